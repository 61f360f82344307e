// Git's objects by the names that people give them.
import * as git from 'isomorphic-git';
import type { Place, TreeFile } from '../../forge/index.ts';
import { readIndexFile } from './index-file.ts';
import { fatal, type GitStop } from './options.ts';
import { fromTop, pathInWork } from './pathspec.ts';
import { misspelt, resolve } from './revisions.ts';
import type { Work } from './work.ts';

/** The id of any object: a commit or tag by its name, `HEAD:path`, `HEAD^{tree}`, or an id; undefined when there is none. */
export async function resolveObject(work: Work, name: string): Promise<string | undefined> {
  const [, stage = '0', inIndex] = ofIndex.exec(name) ?? [];
  if (inIndex !== undefined) return fileOfIndex(work, inIndex, Number(stage))?.oid;
  const [ref = '', path] =
    name.includes(':') && !name.startsWith(':/')
      ? [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)]
      : [name];
  if (path !== undefined || ref.endsWith('^{tree}')) {
    const commit = await resolve(work, ref.replace(/\^\{tree\}$/, ''));
    if (commit === undefined) return undefined;
    const { oid } = await git.readTree({ ...work, oid: commit });
    return path === undefined || path === ''
      ? oid
      : entryAt(work, oid, fromTop(work, path).replace(/\/$/, '').split('/'));
  }
  const isTag = !ref.endsWith('/');
  const tag = isTag ? await git.resolveRef({ ...work, ref: `refs/tags/${ref}` }).catch(() => undefined) : undefined;
  return tag ?? resolve(work, ref);
}

/** `:a`, `:2:a`: a file of the index, or one of its versions in a conflict. */
const ofIndex = /^:(?!\/)(?:([0-3]):)?(.+)$/;

function fileOfIndex(work: Work, path: string, stage: number): TreeFile | undefined {
  const { files, conflicts } = readIndexFile(work);
  const whole = fromTop(work, path);
  return stage === 0 ? files.get(whole) : conflicts.get(whole)?.[stage as 1 | 2 | 3];
}

/** A file of the index by such a word. @throws GitStop when it is not there. */
export function entryOf(work: Work, word: string): TreeFile {
  const [, number = '0', path = ''] = ofIndex.exec(word) ?? [];
  const stage = Number(number);
  const file = fileOfIndex(work, path, stage);
  if (file !== undefined) return file;
  const { files, conflicts } = readIndexFile(work);
  const stages = conflicts.get(path);
  const isKnown = files.has(path) || stages !== undefined;
  const here = pathInWork(work, path);
  throw fatal(
    isKnown
      ? `path '${path}' is in the index, but not at stage ${stage}\nhint: Did you mean ':${stages === undefined ? 0 : Object.keys(stages)[0]}:${path}'?`
      : here !== path && files.has(here)
        ? `path '${here}' is in the index, but not '${path}'\nhint: Did you mean ':${stage}:${here}' aka ':${stage}:./${path}'?`
        : work.io.machine.files.exists(`${work.dir}/${path}`)
          ? `path '${path}' exists on disk, but not in the index`
          : `path '${path}' does not exist (neither on disk nor in the index)`,
  );
}

/** What is said of a word that names no object. */
export async function noSuchObject(work: Work, word: string): Promise<GitStop> {
  // Other signs behind a colon are magic of paths.
  if (/^:[0-9a-z]/i.test(word)) entryOf(work, word);
  return misspelt(work, word);
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
