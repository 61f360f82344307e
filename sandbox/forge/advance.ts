// What the forge does by itself as time passes: automatic merges, the merge queue, reviews that roles of the company give.
import type { Machine } from '../machine/machine.ts';
import { lastRuns, stateOfCheck } from './check-state.ts';
import { type Forge, openForge } from './forge.ts';
import { mergePull } from './merge-pull.ts';
import { mergeStateOf } from './mergeability.ts';
import { review } from './pulls.ts';
import { advanceQueue, enqueue, queueMethodOf } from './queue.ts';
import type { PullRequest, Reviewer } from './records.ts';
import { openStore } from './store.ts';

/** Brings every repository up to the present. @returns whether anything happened. */
export async function advanceForge(machine: Machine): Promise<boolean> {
  const { far } = machine;
  if (!far.exists('/srv/forge')) return false;
  let happened = false;
  for (const name of far.list('/srv/forge')) {
    if (!far.exists(`/srv/forge/${name}/pulls`)) continue;
    const forge = openForge(machine, name);
    while (await advanceOnce(forge)) happened = true;
  }
  return happened;
}

/** Whether a pull request of a repository merges by itself once its checks have spoken. */
export function mergesByItself(machine: Machine, repository: string): boolean {
  const pulls = openStore(machine, repository).pulls();
  return pulls.some(({ state, autoMerge, queued }) => state === 'OPEN' && (autoMerge ?? queued) !== undefined);
}

async function advanceOnce(forge: Forge): Promise<boolean> {
  const { store } = forge;
  const open = store.pulls().filter(({ state }) => state === 'OPEN');
  for (const base of new Set(open.filter(({ queued }) => queued !== undefined).map((pull) => pull.base)))
    if (await advanceQueue(forge, base)) return true;
  for (const pull of open) {
    if (reviewed(forge, pull)) return true;
    if (await mergedByItself(forge, pull)) return true;
  }
  return false;
}

async function mergedByItself(forge: Forge, pull: PullRequest): Promise<boolean> {
  const { store } = forge;
  const { autoMerge } = pull;
  if (autoMerge === undefined || pull.queued !== undefined) return false;
  const { state } = mergeStateOf(pull, store.settings(), store.checks(pull.headCommit), forge.now());
  if (state !== 'ready') return false;
  const answer =
    queueMethodOf(forge, pull) === undefined
      ? await mergePull(forge, pull, autoMerge)
      : await enqueue(forge, pull, autoMerge.by);
  if (answer.ok) return true;
  // What cannot be done now cannot be done later either, such as a method that is not allowed.
  const { autoMerge: _, ...rest } = pull;
  store.savePull(rest);
  return true;
}

/** A role that is asked for its review gives it once the checks have spoken and its time has passed. */
function reviewed(forge: Forge, pull: PullRequest): boolean {
  const { store } = forge;
  if (pull.isDraft) return false;
  const checks = lastRuns(store.checks(pull.headCommit)).map((one) => stateOfCheck(one, forge.now()));
  if (checks.includes('pending')) return false;
  for (const one of store.settings().reviewers) {
    if (!pull.reviewRequests.includes(one.login) || forge.now() < pull.updatedAt + one.minutes * 60_000) continue;
    const said = wordOf(one, checks.includes('failing'));
    if (said !== undefined && review(forge, pull, { ...said, by: one.login }).ok) return true;
  }
  return false;
}

function wordOf({ passing, failing }: Reviewer, isFailing: boolean): Reviewer['passing'] | undefined {
  return isFailing ? failing : passing;
}
