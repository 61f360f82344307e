// The commands that look at git's objects one by one.
import * as git from 'isomorphic-git';
import { readTree } from '../../../forge/index.ts';
import { resolvePath } from '../../../machine/index.ts';
import { entryAt, noSuchObject, resolveObject } from '../objects.ts';
import { fatal, GitStop, readOptions, UsageStop } from '../options.ts';
import { matches, pathInWork, quotedPath, shownPath } from '../pathspec.ts';
import type { Work } from '../work.ts';
import { allObjects } from './store.ts';

/** `git cat-file`: an object's type, size or contents. */
export async function catFile(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('cat-file', args, {
    '-p': { as: 'print' },
    '-t': { as: 'type' },
    '-s': { as: 'size' },
    '-e': { as: 'exists' },
    '--batch': { as: 'batch' },
    '--batch-all-objects': { as: 'all-objects' },
    '--buffer': { as: 'buffer' },
    '--unordered': { as: 'unordered' },
    '--batch-check': { as: 'batch-check', value: 'optional' },
  });
  if (flags.has('batch') || flags.has('batch-check')) {
    const asked = flags.has('all-objects')
      ? allObjects(work)
      : new TextDecoder().decode(work.io.stdin).split('\n').slice(0, -1);
    for (const name of asked) {
      const oid = flags.has('all-objects') ? name : await resolveObject(work, name);
      if (oid === undefined) work.io.stdout(`${name} missing\n`);
      else {
        const { type, object } = await git.readObject({ ...work, oid, format: 'content' });
        const bytes = object as Uint8Array;
        const form = [...flags].find((flag) => flag.startsWith('batch-check='))?.slice('batch-check='.length);
        const facts: Readonly<Record<string, string>> = {
          objectname: oid,
          objecttype: type,
          objectsize: String(bytes.length),
        };
        const line = (form ?? '%(objectname) %(objecttype) %(objectsize)').replaceAll(
          /%\((\w+)\)/g,
          (mark, key: string) => facts[key] ?? mark,
        );
        work.io.stdout(`${line}\n`);
        if (flags.has('batch')) work.io.stdout(bytes);
        if (flags.has('batch')) work.io.stdout('\n');
      }
    }
    return 0;
  }
  const [first = '', second] = words;
  const name = second ?? first;
  const oid = await resolveObject(work, name);
  if (oid === undefined)
    throw name.includes(':') ? await noSuchObject(work, name) : fatal(`Not a valid object name ${name}`);
  if (flags.has('exists') && !(await git.readObject({ ...work, oid, format: 'deflated' }).then(Boolean, () => false)))
    return 1;
  const read = await git.readObject({ ...work, oid, format: 'content' }).catch((error: { readonly code?: string }) => {
    if (error.code !== 'NotFoundError') throw error;
    const isFact = flags.has('type') || flags.has('size');
    throw fatal(isFact ? 'git cat-file: could not get object info' : `Not a valid object name ${name}`);
  });
  const { type, object } = read;
  const bytes = object as Uint8Array;
  if (flags.has('exists')) return 0;
  if (flags.has('type')) work.io.stdout(`${type}\n`);
  else if (flags.has('size')) work.io.stdout(`${bytes.length}\n`);
  else if (second !== undefined && type !== first && !(first === 'tree' && type === 'commit'))
    throw fatal(`git cat-file ${name}: bad file`);
  else if (type === 'tree' && second === undefined) {
    const { tree } = await git.readTree({ ...work, oid });
    work.io.stdout(tree.map((entry) => lineOf(entry, entry.path)).join(''));
  } else work.io.stdout(bytes);
  return 0;
}

function lineOf(entry: { mode: string; type: string; oid: string }, path: string): string {
  return `${entry.mode.padStart(6, '0')} ${entry.type} ${entry.oid}\t${quotedPath(path)}\n`;
}

/** `git ls-tree`: what a tree holds. */
export async function lsTree(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('ls-tree', args, {
    '-r': { as: 'recursive' },
    '--name-only': { as: 'name-only' },
    '-d': { as: 'trees' },
    '-l': { as: 'long' },
    '--long': { as: 'long' },
    '--full-tree': { as: 'full-tree' },
    '--full-name': { as: 'full-name' },
    '--name-status': { as: 'name-only' },
    '--object-only': { as: 'object-only' },
    '--abbrev': { as: 'abbrev', value: 'optional' },
    '-t': { as: 'with-trees' },
    '-z': { as: 'nul' },
  });
  const [name, ...paths] = words;
  if (name === undefined) throw new UsageStop('ls-tree');
  const oid = await resolveObject(work, name);
  if (oid === undefined) throw fatal(`Not a valid object name ${name}`);
  // In a folder what lies in it is listed, by the names that it has there.
  const isBelow = work.io.cwd.startsWith(`${work.dir}/`) && !flags.has('full-tree');
  const here = isBelow ? work.io.cwd.slice(work.dir.length + 1) : '';
  const shown = async (entry: { mode: string; type: string; oid: string }, whole: string): Promise<string> => {
    const path = here === '' || flags.has('full-name') ? whole : whole === here ? './' : shownPath(work, whole);
    if (flags.has('nul'))
      return flags.has('name-only') ? `${path}\0` : `${lineOf(entry, path).replace(/\t.*\n$/s, '')}\t${path}\0`;
    if (flags.has('name-only')) return `${quotedPath(path)}\n`;
    if (flags.has('object-only')) return `${entry.oid}\n`;
    if (flags.has('abbrev')) return lineOf({ ...entry, oid: entry.oid.slice(0, 7) }, path);
    if (!flags.has('long')) return lineOf(entry, path);
    const size = entry.type === 'blob' ? String((await git.readBlob({ ...work, oid: entry.oid })).blob.length) : '-';
    return lineOf({ ...entry, oid: `${entry.oid} ${size.padStart(7)}` }, path);
  };
  if (flags.has('recursive')) {
    const asked = paths.length === 0 && here !== '' ? [here] : paths.map((path) => pathInWork(work, path));
    const seen = new Set<string>();
    for (const [path, file] of await readTree(work, oid)) {
      const folders = flags.has('with-trees') && matches(path, asked) ? path.split('/').slice(0, -1) : [];
      for (const depth of folders.keys()) {
        const parts = folders.slice(0, depth + 1);
        if (seen.has(parts.join('/'))) continue;
        seen.add(parts.join('/'));
        const tree = (await entryAt(work, oid, parts)) ?? '';
        work.io.stdout(await shown({ mode: '040000', type: 'tree', oid: tree }, parts.join('/')));
      }
      if (matches(path, asked))
        work.io.stdout(await shown({ ...file, type: file.mode === '160000' ? 'commit' : 'blob' }, path));
    }
    return 0;
  }
  const inTree = (path: string): string => `${pathInWork(work, path)}${path.endsWith('/') ? '/' : ''}`;
  const found =
    paths.length > 0
      ? (await Promise.all(paths.map((path) => entriesAt(work, oid, here === '' ? path : inTree(path))))).flat()
      : here === ''
        ? await entriesIn(work, oid, '')
        : await entriesAt(work, oid, `${here}/`);
  for (const { entry, path } of found)
    if (!flags.has('trees') || entry.type === 'tree') work.io.stdout(await shown(entry, path));
  return 0;
}

async function entriesIn(work: Work, tree: string, folder: string) {
  const { tree: entries } = await git.readTree({ ...work, oid: tree });
  return entries.map((entry) => ({ entry, path: `${folder}${entry.path}` }));
}

/** `d` is the folder itself, `d/` what is in it. */
async function entriesAt(work: Work, tree: string, path: string) {
  const parts = path.replace(/\/$/, '').split('/');
  const folder = path.endsWith('/') ? parts : parts.slice(0, -1);
  const found = folder.length === 0 ? tree : await entryAt(work, tree, folder);
  if (found === undefined) return [];
  const entries = await entriesIn(work, found, folder.map((part) => `${part}/`).join(''));
  return path.endsWith('/') ? entries : entries.filter((one) => one.path === path);
}

/** A file takes whole blocks on the disk: bytes. */
const BLOCK = 4096;

/** `git count-objects`: objects that are files of their own, and the room that they take. */
export async function countObjects({ io, gitdir }: Work, args: readonly string[]): Promise<number> {
  const { flags } = readOptions('count-objects', args, { '-v': { as: 'verbose' }, '--verbose': { as: 'verbose' } });
  const { files } = io.machine;
  const sizes = files.list(`${gitdir}/objects`).flatMap((folder) => {
    if (!/^[0-9a-f]{2}$/.test(folder)) return [];
    const path = `${gitdir}/objects/${folder}`;
    return files.list(path).map((name) => files.stat(`${path}/${name}`).size);
  });
  const kilobytes = sizes.reduce((sum, size) => sum + (Math.ceil(size / BLOCK) * BLOCK) / 1024, 0);
  const folder = `${gitdir}/objects/pack`;
  const inPacks = files.exists(folder) ? files.list(folder).filter((name) => /\.(?:pack|idx)$/.test(name)) : [];
  const packs = inPacks.filter((name) => name.endsWith('.pack'));
  const counts = packs.map((name) => {
    const bytes = files.readFile(`${folder}/${name}`);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(8);
  });
  const size = inPacks.reduce((sum, name) => sum + files.stat(`${folder}/${name}`).size, 0);
  if (!flags.has('verbose')) io.stdout(`${sizes.length} objects, ${kilobytes} kilobytes\n`);
  else
    io.stdout(
      `count: ${sizes.length}\nsize: ${kilobytes}\nin-pack: ${counts.reduce((sum, count) => sum + count, 0)}\npacks: ${packs.length}\nsize-pack: ${Math.floor(size / 1024)}\nprune-packable: 0\ngarbage: 0\nsize-garbage: 0\n`,
    );
  return 0;
}

/** `git hash-object`: the id that a file would have. */
export async function hashObject(work: Work, args: readonly string[]): Promise<number> {
  const { flags, values, words } = readOptions('hash-object', args, {
    '-w': { as: 'write' },
    '--stdin': { as: 'stdin' },
    '--stdin-paths': { as: 'paths' },
    '-t': { as: 'type', value: true },
  });
  const type = values.get('type')?.at(-1) ?? 'blob';
  if (type !== 'blob') throw new GitStop("git hash-object: '-t' is not part of this sandbox", 129);
  const { io } = work;
  const contents = flags.has('stdin')
    ? [io.stdin]
    : (flags.has('paths') ? new TextDecoder().decode(io.stdin).split('\n').filter(Boolean) : words).map((word) => {
        const path = resolvePath(io.cwd, word);
        if (!io.machine.files.exists(path))
          throw fatal(`could not open '${word}' for reading: No such file or directory`);
        return io.machine.files.readFile(path);
      });
  for (const blob of contents) {
    const oid = flags.has('write')
      ? await git.writeBlob({ ...work, blob })
      : (await git.hashBlob({ object: blob })).oid;
    io.stdout(`${oid}\n`);
  }
  return 0;
}
