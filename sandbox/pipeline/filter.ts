// Filters of branches, tags and paths ("Workflow syntax": Filter pattern cheat sheet).
import type { Trigger } from './workflow.ts';

/** What happened, as far as filters look at it. */
export interface Occasion {
  readonly event: string;
  /** `opened`, `published`, … */
  readonly action?: string;
  /** `refs/heads/main` or `refs/tags/v1`; of a pull request, the branch that it is to be merged into. */
  readonly ref?: string;
  readonly changedPaths?: readonly string[];
  /** Of `workflow_run`. */
  readonly workflow?: string;
}

/** The activity types that start a workflow which names none ("Events that trigger workflows"). */
const usualTypes: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
};

export function isTriggered(trigger: Trigger | undefined, occasion: Occasion): boolean {
  if (trigger === undefined) return false;
  const { action, ref, changedPaths, workflow } = occasion;
  const types = trigger.types ?? usualTypes[occasion.event];
  if (action !== undefined && types !== undefined && !types.includes(action)) return false;
  if (workflow !== undefined && trigger.workflows !== undefined && !trigger.workflows.includes(workflow)) return false;
  return refPasses(trigger, ref) && pathsPass(trigger, changedPaths);
}

function refPasses(trigger: Trigger, ref: string | undefined): boolean {
  const branchFilter = trigger.branches ?? trigger.branchesIgnore;
  const tagFilter = trigger.tags ?? trigger.tagsIgnore;
  if (ref === undefined || (branchFilter === undefined && tagFilter === undefined)) return true;
  const tag = /^refs\/tags\/(.+)$/.exec(ref)?.[1];
  // A filter of one kind only keeps the other kind out.
  if (tag !== undefined) {
    if (tagFilter === undefined) return false;
    return trigger.tags === undefined ? !matchesAny(tag, trigger.tagsIgnore) : selects(trigger.tags, tag);
  }
  const branch = ref.replace(/^refs\/heads\//, '');
  if (branchFilter === undefined) return false;
  return trigger.branches === undefined
    ? !matchesAny(branch, trigger.branchesIgnore)
    : selects(trigger.branches, branch);
}

/** Tags have no changed paths: path filters are not looked at for them. */
function pathsPass({ paths, pathsIgnore }: Trigger, changed: readonly string[] | undefined): boolean {
  if (changed === undefined) return true;
  if (paths !== undefined) return changed.some((path) => selects(paths, path));
  return pathsIgnore === undefined || changed.some((path) => !matchesAny(path, pathsIgnore));
}

/** The last pattern that matches decides; `!` takes out again. */
export function selects(patterns: readonly string[], text: string): boolean {
  let selected = false;
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) selected &&= !globToRegExp(pattern.slice(1)).test(text);
    else selected ||= globToRegExp(pattern).test(text);
  }
  return selected;
}

function matchesAny(text: string, patterns: readonly string[] = []): boolean {
  return patterns.some((pattern) => globToRegExp(pattern).test(text));
}

/** `*` without `/`, `**` with, `?` zero or one of what is before, `+` one or more, `[]` one of; `\` takes a sign as it is. */
export function globToRegExp(pattern: string): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at] ?? '';
    if (sign === '\\') source += quoted(pattern[++at] ?? '\\');
    else if (pattern.startsWith('**/', at)) {
      source += '(?:.*/)?';
      at += 2;
    } else if (pattern.startsWith('**', at)) {
      source += '.*';
      at += 1;
    } else if (sign === '*') source += '[^/]*';
    else if (sign === '?' || sign === '+') source += sign;
    else if (sign === '[') {
      const end = pattern.indexOf(']', at + 1);
      if (end < 0) source += '\\[';
      else {
        source += pattern.slice(at, end + 1);
        at = end;
      }
    } else source += quoted(sign);
  }
  try {
    return new RegExp(`^${source}$`);
  } catch {
    // A pattern that is none, such as one that begins with `+`, matches itself only.
    return new RegExp(`^${[...pattern].map(quoted).join('')}$`);
  }
}

function quoted(sign: string): string {
  return sign.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
