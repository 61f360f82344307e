// What a stash is: two or three commits that no branch holds, and how its changes come back.
import * as git from 'isomorphic-git';
import { commitData, mergeTrees, short, subjectOf, writeCommit } from '../../forge/git/index.ts';
import { readTree, sameFile, type TreeFile, type TreeFiles } from '../../forge/index.ts';
import { identity } from './identity.ts';
import { readIndexFile, writeIndexFile } from './index-file.ts';
import { GitStop } from './options.ts';
import { matches } from './pathspec.ts';
import { record } from './refs.ts';
import { headTree, resolve } from './revisions.ts';
import { applyMerged, mergeSettings } from './state.ts';
import { currentBranch, type Work } from './work.ts';
import { bytesOf, readIndex, readWorkTree, writeOut } from './work-tree.ts';

/** The ref of the newest stash; its log is the list of the others. */
export const REF = 'refs/stash';

interface Made {
  readonly oid: string;
  readonly title: string;
  readonly untracked: readonly string[];
}

interface Wanted {
  readonly message?: string | undefined;
  readonly untracked?: boolean;
  /** What is ignored as well. */
  readonly ignored?: boolean;
  readonly staged?: boolean;
  readonly asked?: readonly string[];
  /** What is put aside, where it is not what the working tree has. */
  readonly tree?: TreeFiles;
}

/** Makes a stash of what differs from HEAD; undefined when nothing does. */
export async function make(
  work: Work,
  { message, untracked = false, ignored = false, staged = false, asked = [], tree: wanted }: Wanted,
): Promise<Made | undefined> {
  const head = await resolve(work, 'HEAD');
  if (head === undefined) throw new GitStop('You do not have the initial commit yet', 1);
  const [base, index] = [await headTree(work), await readIndex(work)];
  const tree = await readWorkTree(work, index, ignored);
  const kept = new Map<string, TreeFile>();
  const aside = new Map<string, TreeFile>();
  for (const [path, file] of wanted ?? index) if (wanted !== undefined || !matches(path, asked)) kept.set(path, file);
  for (const [path, file] of wanted === undefined ? index : []) {
    const now = staged ? file : tree.get(path);
    if (now !== undefined && matches(path, asked)) kept.set(path, now);
  }
  if (untracked)
    for (const [path, file] of tree)
      if (!index.has(path) && file.mode !== '160000' && matches(path, asked)) aside.set(path, file);
  const isChanged = [...new Set([...base.keys(), ...index.keys(), ...kept.keys()])].some(
    (path) =>
      matches(path, asked) && !(sameFile(base.get(path), index.get(path)) && sameFile(base.get(path), kept.get(path))),
  );
  if (!isChanged && aside.size === 0) return undefined;
  for (const [path] of [...kept, ...aside]) await keepBlob(work, path);
  const branch = (await currentBranch(work)) ?? '(no branch)';
  const at = `${short(work, head)} ${subjectOf(await commitData(work, head))}`;
  const people = { author: await identity(work, 'AUTHOR'), committer: await identity(work, 'COMMITTER') };
  const write = (files: TreeFiles, parents: readonly string[], text: string): Promise<string> =>
    writeCommit(work, { files, parents, message: text, ...people });
  const indexCommit = await write(index, [head], `index on ${branch}: ${at}\n`);
  const more = aside.size === 0 ? [] : [await write(aside, [], `untracked files on ${branch}: ${at}\n`)];
  const title = message === undefined ? `WIP on ${branch}: ${at}` : `On ${branch}: ${message}`;
  return { oid: await write(kept, [head, indexCommit, ...more], title), title, untracked: [...aside.keys()] };
}

const same = (a: TreeFiles, b: TreeFiles): boolean =>
  a.size === b.size && [...a].every(([path, file]) => sameFile(file, b.get(path)));

async function keepBlob(work: Work, path: string): Promise<void> {
  const { files } = work.io.machine;
  const absolute = `${work.dir}/${path}`;
  if (!files.exists(absolute) || files.lstat(absolute).type !== 'file') return;
  await git.writeBlob({ ...work, blob: await bytesOf(work, path) });
}

/** Makes a stash that no list holds; undefined when there is nothing to put aside. */
export async function createStash(work: Work, message: string | undefined): Promise<string | undefined> {
  return (await make(work, { message }))?.oid;
}

/** Makes a stash the newest of the list. */
export async function putInList(work: Work, oid: string, title: string): Promise<void> {
  const before = await resolve(work, REF);
  await git.writeRef({ ...work, ref: REF, value: oid, force: true });
  record(work, REF, before, oid, title);
}

/**
 * Brings a stash's changes into the working tree.
 * @param how whether the index comes back as well; whether nothing is said of it.
 * @returns undefined when it was clean, else what git says on standard error ('' for conflicts).
 */
export async function applyStash(
  work: Work,
  oid: string,
  { index: withIndex, quiet = false }: { readonly index: boolean; readonly quiet?: boolean },
): Promise<string | undefined> {
  const { parent } = await commitData(work, oid);
  const [baseOid, indexOid, asideOid] = parent;
  const base = await readTree(work, baseOid);
  const theirs = await readTree(work, oid);
  const { files: ours, conflicts } = readIndexFile(work);
  if (conflicts.size > 0) return [...conflicts.keys()].map((path) => `${path}: needs merge`).join('\n');
  const words = { ours: 'Updated upstream', theirs: 'Stashed changes', base: 'Stash base' };
  if (same(base, theirs) && !quiet) work.io.stdout('Already up to date.\n');
  const merged = await mergeTrees(work, base, ours, theirs, words, mergeSettings(work));
  const refusal = await applyMerged(work, ours, merged, 'merge');
  // Untracked files come back in any case, but for those in whose place something is.
  const { files } = work.io.machine;
  const inTheWay: string[] = [];
  for (const [path, file] of await readTree(work, asideOid))
    if (files.exists(`${work.dir}/${path}`)) inTheWay.push(`${path} already exists, no checkout\n`);
    else await writeOut(work, path, file);
  const lost = inTheWay.length === 0 ? '' : `${inTheWay.join('')}error: could not restore untracked files from stash`;
  const failing = withIndex ? 'Index was not unstashed.' : '';
  if (refusal !== undefined) return [refusal, failing, lost].filter(Boolean).join('\n');
  if (!quiet) work.io.stdout(merged.messages);
  if (!merged.clean) return [failing, lost].filter(Boolean).join('\n');
  const staged = new Map(withIndex ? ((await readTree(work, indexOid)) as Map<string, TreeFile>) : ours);
  for (const [path, file] of merged.files) if (!ours.has(path) && !withIndex) staged.set(path, file);
  writeIndexFile(work, { files: staged, conflicts: new Map() });
  return lost === '' ? undefined : lost;
}
