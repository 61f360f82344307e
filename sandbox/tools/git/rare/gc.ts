// `git gc` and what it is made of: packs for what is kept, an end for what nobody needs (builtin/gc.c).
import * as git from 'isomorphic-git';
import { type OptionTable, readOptions } from '../options.ts';
import type { Work } from '../work.ts';
import { removeEmptyAbove } from '../work-tree.ts';
import { allObjects, looseObjects, packs, reachedFrom, roots } from './store.ts';

const options: OptionTable = {
  '--aggressive': { as: 'aggressive' },
  '--auto': { as: 'auto' },
  '--prune': { as: 'prune', value: 'optional' },
  '--no-prune': { as: 'no-prune' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '--force': { as: 'force' },
};

/** As many loose objects there have to be before `--auto` does anything. */
const ENOUGH = 6700;

export async function gc(work: Work, args: readonly string[]): Promise<number> {
  const { flags } = readOptions('gc', args, options);
  if (flags.has('auto') && looseObjects(work).length <= ENOUGH) return 0;
  await packRefs(work);
  await repack(work);
  if (flags.has('prune=now') || flags.has('prune=all')) await sweep(work, false);
  return 0;
}

/** `git prune`: takes away objects that nothing reaches. */
export async function prune(work: Work, args: readonly string[]): Promise<number> {
  const { flags } = readOptions('prune', args, {
    '-n': { as: 'dry-run' },
    '--dry-run': { as: 'dry-run' },
    '-v': { as: 'verbose' },
    '--verbose': { as: 'verbose' },
    '--expire': { as: 'expire', value: true },
  });
  for (const { oid, type } of await sweep(work, flags.has('dry-run')))
    if (flags.has('dry-run') || flags.has('verbose')) work.io.stdout(`${oid} ${type}\n`);
  return 0;
}

/** `git repack`, and `git pack-refs`: parts of the same. */
export async function repackCommand(work: Work, args: readonly string[]): Promise<number> {
  readOptions('repack', args, {
    '-a': { as: 'all' },
    '-A': { as: 'all' },
    '-d': { as: 'delete' },
    '-q': { as: 'quiet' },
    '-l': { as: 'local' },
    '-f': { as: 'force' },
  });
  await repack(work);
  return 0;
}

export async function packRefsCommand(work: Work, args: readonly string[]): Promise<number> {
  readOptions('pack-refs', args, { '--all': { as: 'all' }, '--prune': { as: 'prune' } });
  await packRefs(work);
  return 0;
}

/** Everything that is reached comes into one pack; files of their own that it holds go. */
async function repack(work: Work): Promise<void> {
  const { files } = work.io.machine;
  const there = allObjects(work);
  const oids = [...(await reachedFrom(work, await roots(work, true), { there }))].sort();
  if (oids.length === 0) return;
  const old = packs(work);
  const folder = `${work.gitdir}/objects/pack`;
  files.mkdir(folder, { recursive: true });
  const { filename } = await git.packObjects({ ...work, oids, write: true });
  await git.indexPack({ ...work, dir: work.gitdir, filepath: `objects/pack/${filename}` });
  for (const pack of old)
    if (pack !== `${folder}/${filename.replace(/\.pack$/, '')}`)
      for (const end of ['.pack', '.idx', '.rev']) files.remove(pack + end, { force: true });
  const packed = new Set(oids);
  for (const oid of looseObjects(work)) if (packed.has(oid)) removeLoose(work, oid);
}

/** Takes loose objects away that nothing reaches. */
async function sweep(work: Work, isDry: boolean): Promise<readonly { readonly oid: string; readonly type: string }[]> {
  const reached = await reachedFrom(work, await roots(work, true), { there: allObjects(work) });
  const gone: { readonly oid: string; readonly type: string }[] = [];
  for (const oid of looseObjects(work)) {
    if (reached.has(oid)) continue;
    gone.push({ oid, type: (await git.readObject({ ...work, oid })).type });
    if (!isDry) removeLoose(work, oid);
  }
  return gone;
}

function removeLoose({ io, gitdir }: Work, oid: string): void {
  const { files } = io.machine;
  const folder = `${gitdir}/objects/${oid.slice(0, 2)}`;
  files.remove(`${folder}/${oid.slice(2)}`, { force: true });
  if (files.list(folder).length === 0) files.remove(folder, { recursive: true });
}

/** All refs come into `packed-refs`; symbolic ones stay files. */
async function packRefs(work: Work): Promise<void> {
  const { files } = work.io.machine;
  const rows: string[] = [];
  const names = [...new Set(await git.listRefs({ ...work, filepath: 'refs' }))].filter((name) => !name.endsWith('^{}'));
  for (const name of names.sort((a, b) => (a < b ? -1 : 1))) {
    const ref = `refs/${name}`;
    const path = `${work.gitdir}/${ref}`;
    if (files.exists(path) && files.readText(path).startsWith('ref:')) continue;
    const oid = await git.resolveRef({ ...work, ref });
    const read = await git.readObject({ ...work, oid, format: 'parsed' });
    rows.push(`${oid} ${ref}\n`);
    if (read.type === 'tag') rows.push(`^${(await git.readTag({ ...work, oid })).tag.object}\n`);
    if (!files.exists(path)) continue;
    files.remove(path);
    removeEmptyAbove(files, path, `${work.gitdir}/${ref.split('/', 2).join('/')}`);
  }
  files.writeFile(`${work.gitdir}/packed-refs`, `# pack-refs with: peeled fully-peeled sorted \n${rows.join('')}`);
  // Without its folder for branches git would not take it for a repository.
  files.mkdir(`${work.gitdir}/refs/heads`, { recursive: true });
}
