// Git's objects by the names that people give them.
import * as git from 'isomorphic-git';
import type { Place } from '../../forge/index.ts';
import { resolvePath } from '../../machine/index.ts';
import { fatal, GitStop, readOptions } from './options.ts';
import { resolve, type Work } from './work.ts';

/** The id of any object: a commit or tag by its name, `HEAD:path`, `HEAD^{tree}`, or an id; undefined when there is none. */
export async function resolveObject(work: Work, name: string): Promise<string | undefined> {
  const [ref = '', path] =
    name.includes(':') && !name.startsWith(':/')
      ? [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)]
      : [name];
  if (path !== undefined || ref.endsWith('^{tree}')) {
    const commit = await resolve(work, ref.replace(/\^\{tree\}$/, ''));
    if (commit === undefined) return undefined;
    const { oid } = await git.readTree({ ...work, oid: commit });
    return path === undefined || path === '' ? oid : entryAt(work, oid, path.replace(/\/$/, '').split('/'));
  }
  const tag = await git.resolveRef({ ...work, ref: `refs/tags/${ref}` }).catch(() => undefined);
  return tag ?? resolve(work, ref);
}

/** The id of what stands under a path in a tree. */
export async function entryAt(
  work: Place,
  tree: string,
  [first, ...rest]: readonly string[],
): Promise<string | undefined> {
  const entry = (await git.readTree({ ...work, oid: tree })).tree.find(({ path }) => path === first);
  if (entry === undefined || rest.length === 0) return entry?.oid;
  return entry.type === 'tree' ? entryAt(work, entry.oid, rest) : undefined;
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
