import { selects } from '../filter.ts';
import type { Trigger, Workflow } from '../workflow.ts';
import type { Happening } from './happening.ts';

/** Activity types that count where a workflow names none ("Events that trigger workflows"); all types for other events. */
const usualTypes: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
};

/** Whether what happened starts a workflow. */
export async function starts(workflow: Workflow, happening: Happening): Promise<boolean> {
  const { event, type, only, after, cron } = happening;
  const trigger = workflow.on[event];
  if (trigger === undefined) return false;
  if (only !== undefined && !isCalled(workflow, only)) return false;
  if (cron !== undefined) return trigger.crons?.includes(cron) ?? false;
  if (after !== undefined && !(trigger.workflows ?? []).includes(after)) return false;
  if (type !== undefined && !(trigger.types ?? usualTypes[event] ?? [type]).includes(type)) return false;
  return passesNames(trigger, happening) && (await passesPaths(trigger, happening));
}

/** A workflow by its path, the name of its file, or its name. */
export function isCalled({ path, name }: Pick<Workflow, 'path' | 'name'>, called: string): boolean {
  return path === called || path.slice(path.lastIndexOf('/') + 1) === called || name === called;
}

/** Filters of one kind alone keep out what is of the other: `tags` without `branches` keeps out all branches. */
export function passesNames(
  trigger: Trigger,
  { event, ref, filteredBranch }: Pick<Happening, 'event' | 'ref' | 'filteredBranch'>,
): boolean {
  const { branches, branchesIgnore, tags, tagsIgnore } = trigger;
  const isTag = event === 'push' && ref.startsWith('refs/tags/');
  const name = filteredBranch ?? ref.replace(/^refs\/(heads|tags)\//, '');
  const [wanted, unwanted] = isTag ? [tags, tagsIgnore] : [branches, branchesIgnore];
  if (wanted !== undefined) return selects(wanted, name);
  if (unwanted !== undefined) return !selects(unwanted, name);
  const other = isTag ? (branches ?? branchesIgnore) : (tags ?? tagsIgnore);
  return other === undefined || event !== 'push';
}

async function passesPaths({ paths, pathsIgnore }: Trigger, { changed }: Happening): Promise<boolean> {
  if (changed === undefined || (paths === undefined && pathsIgnore === undefined)) return true;
  const all = await changed();
  if (paths !== undefined) return all.some((path) => selects(paths, path));
  return all.some((path) => !selects(pathsIgnore ?? [], path));
}
