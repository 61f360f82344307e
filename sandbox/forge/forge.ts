// One repository of the forge, with all that acting on it needs.
import * as git from 'isomorphic-git';
import type { Machine } from '../machine/machine.ts';
import { placeOn } from './git-files.ts';
import { openStore, type Store } from './store.ts';
import type { Place } from './tree.ts';

export interface Forge {
  readonly machine: Machine;
  readonly repository: string;
  readonly place: Place;
  readonly store: Store;
  /** Simulated time, ms since 1970. */
  now(): number;
  /** The commit of a branch, or undefined when there is none. */
  tip(branch: string): Promise<string | undefined>;
}

export const OWNER = 'ventarela';

/** @param repository as the forge calls it: `seats`. */
export function openForge(machine: Machine, repository: string): Forge {
  const place = placeOn(machine, `/srv/git/${repository}.git`);
  return {
    machine,
    repository,
    place,
    store: openStore(machine, repository),
    now: () => machine.kernel.now(),
    tip: (branch) => git.resolveRef({ ...place, ref: `refs/heads/${branch}` }).catch(() => undefined),
  };
}

/** The company's name before that of the repository: `ventarela/seats`. */
export const fullNameOf = (repository: string): string =>
  repository.includes('/') ? repository : `${OWNER}/${repository}`;

/** Moves a branch and logs it; `to` undefined removes it. */
export async function moveBranch(
  { machine, repository, place }: Forge,
  branch: string,
  to: string | undefined,
  by: string,
): Promise<void> {
  const ref = `refs/heads/${branch}`;
  const from = (await git.resolveRef({ ...place, ref }).catch(() => undefined)) ?? '';
  if (to === undefined) await git.deleteRef({ ...place, ref });
  else await git.writeRef({ ...place, ref, value: to, force: true });
  machine.kernel.record({ type: 'RefUpdated', repository, ref, from, to: to ?? '', by });
}
