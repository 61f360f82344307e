import * as git from 'isomorphic-git';
import type { Machine } from '../machine/machine.ts';
import { isAncestor } from './ancestor.ts';
import { copyObjects, hasObject } from './copy-objects.ts';
import { openForge } from './forge.ts';
import { followFork } from './fork.ts';
import { placeOn } from './git-files.ts';
import { followRef } from './pulls.ts';
import { type Ruling, ruleOn } from './push-rules.ts';
import type { Login } from './records.ts';
import { openRepository, type Repository } from './repository.ts';
import type { Place } from './tree.ts';

const URL_START = 'https://git.ventarela.test/';

/** The folder of the bare repository behind a URL, whether or not it is there; undefined when it is not on the forge. */
export function folderOfUrl(url: string): { readonly gitdir: string; readonly name: string } | undefined {
  const plain = url.replace(/^https:\/\/[^@/]*@/, 'https://');
  const path = plain.startsWith(URL_START)
    ? plain.slice(URL_START.length)
    : url.startsWith('/srv/git/')
      ? url.slice('/srv/git/'.length)
      : undefined;
  const name = path?.replace(/\.git$/, '').replace(/^ventarela\//, '');
  if (name === undefined || !/^[\w-]+(\/[\w-]+)?$/.test(name)) return undefined;
  return { gitdir: `/srv/git/${name}.git`, name };
}

/** A repository of the forge by its name (`seats`), or undefined when there is none. */
export function openOrigin({ far }: Machine, name: string): Repository | undefined {
  const gitdir = `/srv/git/${name}.git`;
  return far.exists(`${gitdir}/HEAD`) ? openRepository(far, gitdir, name) : undefined;
}

/** One ref that a push wants moved; `to` is undefined when it is to be removed. */
export interface RefUpdate {
  readonly ref: string;
  readonly to: string | undefined;
  readonly force: boolean;
  /** Who pushes. */
  readonly by: Login;
}

export type RefResult =
  | { readonly result: 'up-to-date' }
  | { readonly result: 'new' | 'removed'; readonly said?: readonly string[] }
  | { readonly result: 'moved' | 'forced'; readonly from: string; readonly said?: readonly string[] }
  | {
      readonly result: 'refused';
      readonly reason: 'fetch first' | 'non-fast-forward' | 'missing' | 'stale info' | Ruling['reason'];
      /** What the forge says of it, a line each. */
      readonly said?: readonly string[];
    };

/**
 * Takes a push: copies the objects that are missing and moves the ref, unless that would lose commits or a rule of the repository
 * forbids it. Pull requests follow. Logged.
 */
export async function receivePush(
  machine: Machine,
  { gitdir, name }: { readonly gitdir: string; readonly name: string },
  from: Place,
  update: RefUpdate,
): Promise<RefResult> {
  const { kernel } = machine;
  const { ref, by } = update;
  const to = placeOn(machine, gitdir);
  const old = await git.resolveRef({ ...to, ref }).catch(() => undefined);
  const refuse = (
    reason: (RefResult & { readonly result: 'refused' })['reason'],
    said?: readonly string[],
  ): RefResult => {
    kernel.record({ type: 'PushRefused', repository: name, ref, reason });
    return { result: 'refused', reason, ...(said && { said }) };
  };

  if (update.to === undefined && old === undefined) return refuse('missing');
  if (old === update.to) return { result: 'up-to-date' };
  if (update.to !== undefined) {
    if (old !== undefined && !update.force) {
      if (!(await hasObject(from, old))) return refuse('fetch first');
      if (!(await isAncestor(from, old, update.to))) return refuse('non-fast-forward');
    }
    await copyObjects(machine, from, to, update.to);
  }
  const isOnForge = gitdir === `/srv/git/${name}.git`;
  const forge = openForge(machine, name);
  const ruling = isOnForge ? await ruleOn(forge, { ref, from: old, to: update.to, by }) : undefined;
  if (ruling?.isRefused) return refuse(ruling.reason, ruling.lines);
  const said = ruling && { said: ruling.lines };

  if (update.to === undefined) await git.deleteRef({ ...to, ref });
  else await git.writeRef({ ...to, ref, value: update.to, force: true });
  kernel.record({ type: 'RefUpdated', repository: name, ref, from: old ?? '', to: update.to ?? '', by });
  if (isOnForge) await followRef(forge, { ref, from: old, to: update.to, by });
  if (isOnForge) await followFork(forge, { ref, from: old, to: update.to, by });
  if (update.to === undefined) return { result: 'removed', ...said };
  if (old === undefined) return { result: 'new', ...said };
  // A tag that moves was forced to, wherever it goes.
  const isForward = !ref.startsWith('refs/tags/') && (await isAncestor(to, old, update.to));
  return { result: isForward ? 'moved' : 'forced', from: old, ...said };
}
