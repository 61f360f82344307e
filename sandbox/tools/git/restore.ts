import { mergeText, readText } from '../../forge/git/index.ts';
import { readTree, sameFile, type TreeFiles } from '../../forge/index.ts';
import { runHook } from './hooks.ts';
import { readIndexFile } from './index-file.ts';
import { failed, fatal, type GitStop, lastValue, type OptionTable, readOptions } from './options.ts';
import { matches, pathInWork } from './pathspec.ts';
import { headTree, resolve } from './revisions.ts';
import { conflictStyle } from './state.ts';
import type { Work } from './work.ts';
import { knownFiles, lookAtWorkTree, putFiles, readIndex, removeFile, stageEntry, writeOut } from './work-tree.ts';

const restoreOptions: OptionTable = {
  '--staged': { as: 'staged' },
  '-S': { as: 'staged' },
  '--worktree': { as: 'worktree' },
  '-W': { as: 'worktree' },
  '-s': { as: 'source', value: true },
  '--source': { as: 'source', value: true },
  '--ours': { as: 'ours' },
  '-2': { as: 'ours' },
  '--theirs': { as: 'theirs' },
  '-3': { as: 'theirs' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '--no-overlay': { as: 'no-overlay' },
  '--progress': { as: 'progress' },
  '--no-progress': { as: 'no-progress' },
  '--ignore-unmerged': { as: 'ignore-unmerged' },
  '-m': { as: 'merge' },
  '--merge': { as: 'merge' },
  '--conflict': { as: 'conflict', value: true },
};

/** `git restore`: gives files of the working tree or the index their state in the index or a commit. */
export async function restore(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('restore', args, restoreOptions);
  const named = [...parsed.words, ...(parsed.paths ?? [])];
  if (named.length === 0) throw fatal('you must specify path(s) to restore');
  if (parsed.flags.has('ours') || parsed.flags.has('theirs')) {
    await takeSide(work, named, parsed.flags.has('ours') ? 2 : 3);
    return 0;
  }
  const style = lastValue(parsed, 'conflict') ?? (parsed.flags.has('merge') ? conflictStyle(work) : undefined);
  if (style !== undefined) {
    await mergeAgain(work, named, style.includes('diff3') ? 'diff3' : 'merge');
    return 0;
  }
  const source = lastValue(parsed, 'source');
  const staged = parsed.flags.has('staged');
  const from =
    source === undefined
      ? staged
        ? await headTree(work)
        : await readIndex(work)
      : await readTree(work, await sourceNamed(work, source));
  if (staged && source === undefined && (await resolve(work, 'HEAD')) === undefined)
    throw fatal('could not resolve HEAD');
  const before = staged && parsed.flags.has('worktree') ? await readIndex(work) : new Map();
  if (staged) await restoreIndex(work, from, named);
  // What was only staged goes from both.
  const wanted = named.map((name) => pathInWork(work, name));
  for (const path of before.keys()) if (!from.has(path) && matches(path, wanted)) removeFile(work, path);
  if (!staged || parsed.flags.has('worktree')) await restoreFiles(work, from, named, false, true);
  const head = (await resolve(work, 'HEAD')) ?? '0'.repeat(40);
  return runHook(work, 'post-checkout', [head, head, '0']);
}

async function sourceNamed(work: Work, name: string): Promise<string> {
  const oid = await resolve(work, name);
  if (oid === undefined) throw fatal(`could not resolve ${name}`);
  return oid;
}

async function restoreIndex(work: Work, from: TreeFiles, named: readonly string[]): Promise<void> {
  const index = await readIndex(work);
  for (const name of named) {
    const path = pathInWork(work, name);
    const known = knownFiles(work);
    const paths = [...new Set([...from.keys(), ...known.keys()])].filter((one) => matches(one, [path]));
    if (paths.length === 0) throw noSuchPath(name);
    for (const one of paths) if (!sameFile(from.get(one), index.get(one))) await stageEntry(work, one, from.get(one));
  }
}

/**
 * Gives named files of the working tree their state in a tree; says how many it wrote.
 * @param whole whether those that the tree does not have go (`restore`), else they stay (`checkout`).
 */
export async function restoreFiles(
  work: Work,
  from: TreeFiles,
  named: readonly string[],
  intoIndex: boolean,
  whole = false,
): Promise<number> {
  const { files: index, conflicts, skipped } = readIndexFile(work);
  const tree = await lookAtWorkTree(work, index);
  let count = 0;
  for (const name of named) {
    const path = pathInWork(work, name);
    const paths = [...new Set([...from.keys(), ...index.keys()])].filter(
      (one) => matches(one, [path]) && skipped?.has(one) !== true,
    );
    const waiting = intoIndex ? undefined : [...conflicts.keys()].find((one) => matches(one, [path]));
    if (waiting !== undefined) throw failed(`path '${waiting}' is unmerged`);
    if (!paths.some((one) => whole || from.has(one))) throw noSuchPath(name);
    // A file may have to make room for a folder of its name, and the other way round.
    if (whole) for (const one of paths) if (!from.has(one) && tree.has(one)) removeFile(work, one);
    for (const one of paths) {
      const file = from.get(one);
      if (file === undefined || (sameFile(file, tree.get(one)) && !intoIndex)) continue;
      const isThere = sameFile(file, tree.get(one)) && sameFile(file, index.get(one));
      if (intoIndex) await putFiles(work, [[one, file]]);
      else await writeOut(work, one, file, true);
      if (!isThere) count += 1;
    }
  }
  return count;
}

/** Gives files in conflict the contents of one side (2 ours, 3 theirs), others those of the index; says how many it wrote. */
export async function takeSide(work: Work, names: readonly string[], side: 2 | 3): Promise<number> {
  const { files, conflicts } = readIndexFile(work);
  const tree = await lookAtWorkTree(work, files);
  let count = 0;
  for (const name of names) {
    const asked = pathInWork(work, name);
    const found = [...files.keys(), ...conflicts.keys()].filter((path) => matches(path, [asked]));
    if (found.length === 0) throw noSuchPath(name);
    for (const path of found) {
      const stages = conflicts.get(path);
      const file = stages === undefined ? files.get(path) : stages[side];
      if (file === undefined) throw failed(`path '${path}' does not have ${side === 2 ? 'our' : 'their'} version`);
      await writeOut(work, path, file, true);
      count += stages === undefined && sameFile(file, tree.get(path)) ? 0 : 1;
    }
  }
  return count;
}

/** Writes the conflicts of files anew (`checkout -m`); says how many. */
export async function mergeAgain(work: Work, names: readonly string[], style: 'merge' | 'diff3'): Promise<number> {
  const { conflicts } = readIndexFile(work);
  let count = 0;
  for (const name of names) {
    const found = [...conflicts].filter(([path]) => matches(path, [pathInWork(work, name)]));
    if (found.length === 0) throw noSuchPath(name);
    for (const [path, stages] of found) {
      const text = async (stage: 1 | 2 | 3) => new TextDecoder().decode(await readText(work, stages[stage]));
      const [base, ours, theirs] = [await text(1), await text(2), await text(3)];
      const labels = { ours: 'ours', theirs: 'theirs', base: 'base' };
      const merged = mergeText({ base, ours, theirs, labels, style });
      work.io.machine.files.writeFile(`${work.dir}/${path}`, new TextEncoder().encode(merged.text));
      count += 1;
    }
  }
  return count;
}

/** What git says of a path that it does not know. */
export function noSuchPath(name: string): GitStop {
  return failed(`pathspec '${name}' did not match any file(s) known to git`);
}
