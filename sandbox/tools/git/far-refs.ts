// What another repository has, and when two commits make the same change.
import * as git from 'isomorphic-git';
import { commitData } from '../../forge/git/index.ts';
import { diskOf, placeOn, readTree } from '../../forge/index.ts';
import { addressOf, noRepository, repositoryAt } from './far.ts';
import { readOptions } from './options.ts';
import { changesBetween, patchOf } from './patch.ts';
import { wildcard } from './wildcard.ts';
import type { Work } from './work.ts';

/** `git ls-remote`: the refs of another repository. */
export async function lsRemote(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('ls-remote', args, {
    '--heads': { as: 'heads' },
    '-h': { as: 'heads' },
    '--tags': { as: 'tags' },
    '-t': { as: 'tags' },
    '--refs': { as: 'refs' },
    '-q': { as: 'quiet' },
    '--exit-code': { as: 'exit-code' },
  });
  const [name = 'origin', ...patterns] = words;
  const url = addressOf(work, name);
  const found = repositoryAt(work.io, work.dir, url);
  if (found === undefined || !diskOf(work.io.machine, found.gitdir).exists(`${found.gitdir}/HEAD`))
    throw noRepository(url);
  if (words.length === 0) work.io.stderr(`From ${url}\n`);
  const there = placeOn(work.io.machine, found.gitdir);
  const rows: [oid: string, ref: string][] = [];
  const isAll = !flags.has('heads') && !flags.has('tags');
  const head = await git.resolveRef({ ...there, ref: 'HEAD' }).catch(() => undefined);
  if (isAll && !flags.has('refs') && head !== undefined) rows.push([head, 'HEAD']);
  for (const ref of (await git.listRefs({ ...there, filepath: 'refs' })).map((one) => `refs/${one}`).sort()) {
    if (
      !isAll &&
      !(flags.has('heads') && ref.startsWith('refs/heads/')) &&
      !(flags.has('tags') && ref.startsWith('refs/tags/'))
    )
      continue;
    const oid = await git.resolveRef({ ...there, ref });
    rows.push([oid, ref]);
    const read = await git.readObject({ ...there, oid, format: 'content' });
    if (read.type === 'tag' && !flags.has('refs'))
      rows.push([(await git.readTag({ ...there, oid })).tag.object, `${ref}^{}`]);
  }
  const shown = rows.filter(
    ([, ref]) => patterns.length === 0 || patterns.some((one) => wildcard(`*/${one}`).test(`/${ref}`)),
  );
  work.io.stdout(shown.map(([oid, ref]) => `${oid}\t${ref}\n`).join(''));
  return flags.has('exit-code') && shown.length === 0 ? 2 : 0;
}

/** Whether a remote has a ref. */
export async function hasRef(work: Work, remote: string, ref: string): Promise<boolean> {
  const found = repositoryAt(work.io, work.dir, addressOf(work, remote));
  if (found === undefined) return false;
  const there = placeOn(work.io.machine, found.gitdir);
  return git.resolveRef({ ...there, ref }).then(
    () => true,
    () => false,
  );
}

/** A patch without what depends on where it is applied, as `git patch-id` looks at it. */
export async function patchText(work: Work, oid: string): Promise<string> {
  const { parent } = await commitData(work, oid);
  const changes = await changesBetween(work, await readTree(work, parent[0]), await readTree(work, oid), []);
  return changes
    .map((change) => patchOf(change, (_, text) => text))
    .join('')
    .replaceAll(/^(index .*|@@ .*)$/gm, '');
}
