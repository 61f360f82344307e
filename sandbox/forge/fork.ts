// Forks: a person's own copy of a repository, whose branches are proposed to it as `login:branch`.
import * as git from 'isomorphic-git';
import type { Machine } from '../machine/machine.ts';
import { type Answer, done, refused } from './answer.ts';
import { copyObjects } from './copy-objects.ts';
import { type Forge, openForge } from './forge.ts';
import { closePull, headMoved, type RefMove } from './pulls.ts';
import type { Login } from './records.ts';

/** `ana/seats` is ana's fork of `seats`; the company's own repositories have no name before theirs. */
export const parentOf = (repository: string): string | undefined => /^[^/]+\/(.+)$/.exec(repository)?.[1];

export const ownerOf = (repository: string): Login | undefined => /^([^/]+)\//.exec(repository)?.[1];

/** Makes a person's fork, with all branches and tags. @returns its name, `ana/seats` */
export async function makeFork(forge: Forge, by: Login): Promise<Answer<string>> {
  const { machine, repository, place, store } = forge;
  const name = `${by}/${repository}`;
  const target = openForge(machine, name);
  if (repository.includes('/')) return refused('A fork of a fork is not part of this sandbox');
  if (machine.far.exists(`${target.place.gitdir}/HEAD`)) return refused(`${name} already exists`);
  await git.init({ ...target.place, bare: true, defaultBranch: store.settings().defaultBranch });
  const refs = [
    ...(await git.listBranches(place)).map((one) => `refs/heads/${one}`),
    ...(await git.listTags(place)).map((one) => `refs/tags/${one}`),
  ].filter((ref) => !ref.startsWith('refs/heads/gh-readonly-queue/'));
  for (const ref of refs) {
    const value = await git.resolveRef({ ...place, ref });
    await copyObjects(machine, place, target.place, value);
    await git.writeRef({ ...target.place, ref, value, force: true });
  }
  target.store.change({ defaultBranch: store.settings().defaultBranch, admins: [by] });
  return done(name);
}

/** The commit of a pull request's head, in this repository or in a fork: then what it reaches is brought here. */
export async function tipOfHead(forge: Forge, head: string): Promise<string | undefined> {
  const [, owner, branch = ''] = /^([^:]+):(.+)$/.exec(head) ?? [];
  if (owner === undefined) return forge.tip(head);
  const fork = openForge(forge.machine, `${owner}/${forge.repository}`);
  const commit = isThere(forge.machine, fork) ? await fork.tip(branch) : undefined;
  if (commit !== undefined) await copyObjects(forge.machine, fork.place, forge.place, commit);
  return commit;
}

const isThere = ({ far }: Machine, { place }: Forge): boolean => far.exists(`${place.gitdir}/HEAD`);

/** What a moved branch of a fork means for the pull requests that propose it. */
export async function followFork(fork: Forge, { ref, to, by }: RefMove): Promise<void> {
  const [parent, owner] = [parentOf(fork.repository), ownerOf(fork.repository)];
  if (parent === undefined || !ref.startsWith('refs/heads/')) return;
  const forge = openForge(fork.machine, parent);
  if (!isThere(fork.machine, forge)) return;
  const head = `${owner}:${ref.slice('refs/heads/'.length)}`;
  for (const pull of forge.store.pulls()) {
    if (pull.state !== 'OPEN' || pull.head !== head) continue;
    if (to === undefined) await closePull(forge, pull, by);
    else {
      await copyObjects(forge.machine, fork.place, forge.place, to);
      await headMoved(forge, pull, to, by);
    }
  }
}
