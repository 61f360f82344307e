// Workflows that start by the clock.
import { openStore } from '../../forge/index.ts';
import type { Machine } from '../../machine/index.ts';
import { readWorkflow } from '../read.ts';
import { placeOf, workflowFiles } from './compute.ts';
import type { Happening } from './happening.ts';

export interface Schedule {
  readonly repository: string;
  readonly cron: string;
}

/** `workflow` runs on the default branch only ("Events that trigger workflows", schedule). */
export async function schedulesOf(machine: Machine, repository: string): Promise<readonly Schedule[]> {
  const head = defaultHead(machine, repository);
  if (head === undefined) return [];
  const found: Schedule[] = [];
  for (const [path, text] of await workflowFiles(placeOf(machine, repository), head.commit)) {
    const { workflow } = await readWorkflow(path, text);
    for (const cron of workflow?.on.schedule?.crons ?? []) found.push({ repository, cron });
  }
  return found;
}

function defaultHead(machine: Machine, repository: string) {
  const { defaultBranch } = openStore(machine, repository).settings();
  const path = `/srv/git/${repository}.git/refs/heads/${defaultBranch}`;
  return machine.files.exists(path)
    ? { branch: defaultBranch, commit: machine.files.readText(path).trim() }
    : undefined;
}

export function scheduled(
  machine: Machine,
  { repository, cron, at }: Schedule & { readonly at: number },
): readonly Happening[] {
  const head = defaultHead(machine, repository);
  if (head === undefined) return [];
  const { branch, commit } = head;
  const ref = `refs/heads/${branch}`;
  return [
    { event: 'schedule', repository, actor: machine.user, at, ref, branch, commit, cron, payload: { schedule: cron } },
  ];
}
