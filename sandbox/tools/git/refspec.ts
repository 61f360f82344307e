// `git fetch REMOTE [+]SOURCE[:TARGET]`: one ref of the remote, wherever it is to stand.
import * as git from 'isomorphic-git';
import { short } from '../../forge/git/index.ts';
import { copyObjects, isAncestor, type Place } from '../../forge/index.ts';
import { fatal } from './options.ts';
import { moveRef } from './refs.ts';
import { resolve } from './revisions.ts';
import { ownFile, type Work } from './work.ts';

export interface Refspec {
  readonly force: boolean;
  readonly source: string;
  readonly target?: string;
}

export function readRefspec(text: string): Refspec {
  const [, plus, source = '', , target] = /^(\+?)([^:]*)(:(.*))?$/.exec(text) ?? [];
  return { force: plus === '+', source, ...(target !== undefined && target !== '' && { target }) };
}

/** Brings one ref. @param isNoted whether it is written down as what was fetched (`FETCH_HEAD`). @returns the lines that git prints below `From`. @throws GitStop when the remote has no such ref. */
export async function bringRef(
  work: Work,
  { place, url }: { readonly place: Place; readonly url: string },
  { force, source, target }: Refspec,
  reflog: string,
  isNoted = true,
): Promise<readonly string[]> {
  const ref = await fullRef(place, source);
  if (ref === undefined) throw fatal(`couldn't find remote ref ${source}`);
  const oid = await git.resolveRef({ ...place, ref });
  await copyObjects(work.io.machine, place, work, oid);
  const kind = ref.startsWith('refs/heads/') ? 'branch' : ref.startsWith('refs/tags/') ? 'tag' : 'ref';
  const shown = kind === 'ref' ? ref : ref.replace(/^refs\/(heads|tags)\//, '');
  const from = url.replace(/\.git$/, '');
  const what = kind === 'ref' ? `'${ref}'` : `${kind} '${shown}'`;
  if (isNoted) work.io.machine.files.writeFile(ownFile(work, 'FETCH_HEAD'), `${oid}\t\t${what} of ${from}\n`);
  const row = (mark: string, summary: string, to: string, why = ''): string =>
    ` ${mark} ${summary.padEnd(17)} ${shown.padEnd(10)} -> ${to}${why}\n`;
  if (target === undefined) return [row('*', kind === 'ref' ? 'branch' : kind, 'FETCH_HEAD')];
  const full = target.startsWith('refs/') ? target : `refs/heads/${target}`;
  const to = full.replace(/^refs\/(heads|tags|remotes)\//, '');
  // A tag is what it is, and nothing comes after it.
  const isTag = kind === 'tag' && full.startsWith('refs/tags/');
  const old = isTag ? await git.resolveRef({ ...work, ref: full }).catch(() => undefined) : await resolve(work, full);
  if (old === oid) return [];
  if (isTag && old !== undefined && !force) return [row('!', '[rejected]', to, '  (would clobber existing tag)')];
  if (isTag && old !== undefined) {
    await moveRef(work, full, oid, `${reflog}: updating tag`);
    return [row('t', '[tag update]', to)];
  }
  const isForward = old === undefined || (await isAncestor(work, old, oid));
  if (!isForward && !force) return [row('!', '[rejected]', to, '  (non-fast-forward)')];
  const how = old === undefined ? 'storing head' : isForward ? 'fast-forward' : 'forced-update';
  await moveRef(work, full, oid, `${reflog}: ${how}`);
  if (old === undefined) return [row('*', `[new ${kind}]`, to)];
  if (isForward) return [row(' ', `${short(work, old)}..${short(work, oid)}`, to)];
  return [row('+', `${short(work, old)}...${short(work, oid)}`, to, '  (forced update)')];
}

async function fullRef(place: Place, name: string): Promise<string | undefined> {
  for (const ref of [name, `refs/${name}`, `refs/tags/${name}`, `refs/heads/${name}`])
    if (ref.startsWith('refs/') && (await git.resolveRef({ ...place, ref }).catch(() => undefined)) !== undefined)
      return ref;
  return undefined;
}
