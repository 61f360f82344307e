// The merge queue ("Managing a merge queue"): pull requests that are ready are put on top of each other, checked as what the base
// would become, and land in their order.
import * as git from 'isomorphic-git';
import { type Answer, done, refused } from './answer.ts';
import { stateOfRequired } from './check-state.ts';
import type { Forge } from './forge.ts';
import { commitFor, land } from './merge-pull.ts';
import { mergeStateOf, requiredChecksOf, rulesOfPull } from './mergeability.ts';
import type { Login, MergeMethod, PullRequest } from './records.ts';

/** "Status check timeout" as it is when a queue is made: ms. */
const PATIENCE = 60 * 60_000;

/** How the queue of a pull request's base merges, or undefined where there is no queue. */
export function queueMethodOf({ store }: Forge, pull: PullRequest): MergeMethod | undefined {
  return rulesOfPull(pull, store.settings()).find(({ rules }) => rules.mergeQueue !== undefined)?.rules.mergeQueue
    ?.method;
}

/** The queue of a base branch, first the one that lands next. */
function queueOf({ store }: Forge, base: string): readonly PullRequest[] {
  return store
    .pulls()
    .filter((pull) => pull.state === 'OPEN' && pull.base === base && pull.queued !== undefined)
    .sort((a, b) => (a.queued?.at ?? 0) - (b.queued?.at ?? 0) || a.number - b.number);
}

/** Puts a pull request that waits for nothing at the end of the queue. */
export async function enqueue(forge: Forge, pull: PullRequest, by: Login): Promise<Answer<PullRequest>> {
  const { store } = forge;
  if (pull.queued !== undefined) return refused('Pull request is already in the queue');
  const state = mergeStateOf(pull, store.settings(), store.checks(pull.headCommit), forge.now());
  if (state.state !== 'ready') return refused('Pull request is not ready to be added to the queue');
  const onto = queueOf(forge, pull.base).at(-1)?.queued?.commit ?? (await forge.tip(pull.base));
  const queued = onto === undefined ? undefined : await build(forge, pull, onto, forge.now(), by);
  return queued === undefined ? refused('Pull Request is not mergeable') : done(queued);
}

/** Makes what the base would become, on a branch of its own, and asks for its checks. */
async function build(
  forge: Forge,
  pull: PullRequest,
  onto: string,
  at: number,
  by: Login,
): Promise<PullRequest | undefined> {
  const { machine, repository, place, store } = forge;
  const method = queueMethodOf(forge, pull) ?? 'merge';
  const commit = await commitFor(forge, pull, onto, { method, by });
  if (commit === undefined) return undefined;
  await git.writeRef({ ...place, ref: refOf(pull, commit), value: commit, force: true });
  const { autoMerge: _, ...rest } = pull;
  const queued: PullRequest = { ...rest, queued: { commit, onto, at, by } };
  store.savePull(queued);
  machine.kernel.record({ type: 'MergeQueued', repository, number: pull.number, commit, by });
  return queued;
}

const refOf = ({ base, number }: PullRequest, commit: string): string =>
  `refs/heads/gh-readonly-queue/${base}/pr-${number}-${commit}`;

/** Takes a pull request out of the queue; those behind it are built again without it. */
export async function dequeue(forge: Forge, pull: PullRequest): Promise<void> {
  const { queued, ...rest } = pull;
  if (queued === undefined) return;
  await git.deleteRef({ ...forge.place, ref: refOf(pull, queued.commit) });
  forge.store.savePull(rest);
}

/** Lets what has passed land, and what has failed leave. @returns whether anything changed. */
export async function advanceQueue(forge: Forge, base: string): Promise<boolean> {
  const { store } = forge;
  const [first, ...others] = queueOf(forge, base);
  if (first?.queued === undefined) return false;
  const { queued } = first;
  const tip = await forge.tip(base);
  if (tip === undefined) return false;
  if (queued.onto !== tip) {
    await rebuild(forge, [first, ...others], tip);
    return true;
  }
  const checks = store.checks(queued.commit);
  const states = requiredChecksOf(first, store.settings()).map((name) => stateOfRequired(name, checks, forge.now()));
  const isLate = forge.now() - queued.at > PATIENCE && states.some((state) => state !== 'passing');
  if (states.includes('failing') || isLate) {
    await dequeue(forge, first);
    await rebuild(forge, others, tip);
    return true;
  }
  if (states.some((state) => state !== 'passing')) return false;
  await git.deleteRef({ ...forge.place, ref: refOf(first, queued.commit) });
  await land(forge, first, { commit: queued.commit, by: queued.by, method: queueMethodOf(forge, first) ?? 'merge' });
  return true;
}

async function rebuild(forge: Forge, pulls: readonly PullRequest[], tip: string): Promise<void> {
  let onto = tip;
  for (const pull of pulls) {
    const { queued } = pull;
    if (queued === undefined) continue;
    await git.deleteRef({ ...forge.place, ref: refOf(pull, queued.commit) });
    const built = await build(forge, pull, onto, queued.at, queued.by);
    if (built?.queued === undefined) {
      const { queued: _, ...rest } = pull;
      forge.store.savePull(rest);
    } else onto = built.queued.commit;
  }
}
