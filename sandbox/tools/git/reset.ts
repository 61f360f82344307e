import * as git from 'isomorphic-git';
import { readTree, sameFile, type TreeFile } from '../../forge/index.ts';
import { unstaged } from './diff.ts';
import { fatal, type OptionTable, readOptions } from './options.ts';
import {
  currentBranch,
  differences,
  headTree,
  matches,
  mustResolve,
  pathInWork,
  putFiles,
  readIndex,
  readWorkTree,
  removeFile,
  resolve,
  short,
  stageEntry,
  type Work,
} from './work.ts';

const options: OptionTable = {
  '--soft': { as: 'soft' },
  '--mixed': { as: 'mixed' },
  '--hard': { as: 'hard' },
  '-q': { as: 'quiet' },
};

/** `git reset`: moves the branch to a commit, and with it the index and the working tree as far as asked; or unstages paths. */
export async function reset(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words, paths } = readOptions('reset', args, options);
  const [first, ...more] = words;
  const commit = first === undefined ? undefined : await resolve(work, first);
  if (
    first !== undefined &&
    commit === undefined &&
    !work.io.machine.files.exists(`${work.dir}/${pathInWork(work, first)}`)
  )
    await mustResolve(work, first);
  const named = [...(commit === undefined && first !== undefined ? words : more), ...(paths ?? [])];
  if (named.length > 0) {
    if (flags.has('hard') || flags.has('soft'))
      throw fatal(`Cannot do ${flags.has('hard') ? 'hard' : 'soft'} reset with paths.`);
    return unstage(work, commit, named, flags.has('quiet'));
  }
  const head = await resolve(work, 'HEAD');
  const target = commit ?? head;
  if (target === undefined) {
    const staged = flags.has('soft') ? [] : [...(await readIndex(work)).keys()];
    for (const path of staged) {
      await stageEntry(work, path, undefined);
      if (flags.has('hard')) removeFile(work, path);
    }
    return 0;
  }
  if (head !== undefined) work.io.machine.files.writeFile(`${work.gitdir}/ORIG_HEAD`, `${head}\n`);
  const before = await headTree(work);
  const after = await readTree(work, target);
  const index = await readIndex(work);
  if (flags.has('hard')) {
    for (const path of new Set([...before.keys(), ...index.keys()])) if (!after.has(path)) removeFile(work, path);
    const tree = await readWorkTree(work, index);
    const differs = ([path, file]: readonly [string, TreeFile]): boolean =>
      !sameFile(tree.get(path), file) || !sameFile(index.get(path), file);
    await putFiles(work, [...after].filter(differs));
  }
  if (!flags.has('soft'))
    for (const path of differences(await readIndex(work), after)) await stageEntry(work, path, after.get(path));
  const branch = await currentBranch(work);
  await git.writeRef({
    ...work,
    ref: branch === undefined ? 'HEAD' : `refs/heads/${branch}`,
    value: target,
    force: true,
  });
  if (flags.has('quiet')) return 0;
  if (flags.has('hard')) {
    const { commit: entry } = await git.readCommit({ ...work, oid: target });
    work.io.stdout(`HEAD is now at ${short(target)} ${entry.message.split('\n')[0]}\n`);
  } else if (!flags.has('soft')) await tellUnstaged(work);
  return 0;
}

async function unstage(
  work: Work,
  commit: string | undefined,
  named: readonly string[],
  quiet: boolean,
): Promise<number> {
  const from = commit === undefined ? await headTree(work) : await readTree(work, commit);
  const index = await readIndex(work);
  for (const name of named) {
    const path = pathInWork(work, name);
    const found = [...new Set([...from.keys(), ...index.keys()])].filter((one) => matches(one, [path]));
    if (found.length === 0) await mustResolve(work, name);
    for (const one of found) if (!sameFile(from.get(one), index.get(one))) await stageEntry(work, one, from.get(one));
  }
  if (!quiet) await tellUnstaged(work);
  return 0;
}

async function tellUnstaged(work: Work): Promise<void> {
  const { tree, paths } = await unstaged(work, await readIndex(work));
  if (paths.length === 0) return;
  work.io.stdout(
    `Unstaged changes after reset:\n${paths.map((path) => `${tree.has(path) ? 'M' : 'D'}\t${path}\n`).join('')}`,
  );
}
