import type { TreeFile } from '../../../forge/index.ts';
import { changesFor } from '../diff-sides.ts';
import { lastValue, type Parsed } from '../options.ts';
import { pathInWork } from '../pathspec.ts';
import { headTree, mustResolve } from '../revisions.ts';
import { make, putInList } from '../stashes.ts';
import type { Work } from '../work.ts';
import { readIndex, stageAll } from '../work-tree.ts';
import { ask } from './by-hunk.ts';
import { putInTree } from './patch-modes.ts';

/** `git stash -p`: a stash of the hunks that are taken, which then leave the working tree; the index stays. */
export async function stashByHunk(work: Work, parsed: Parsed): Promise<number> {
  const { io } = work;
  const { flags, words, paths = [] } = parsed;
  const quiet = flags.has('quiet');
  const asked = [...words, ...paths].map((path) => pathInWork(work, path));
  const head = await mustResolve(work, 'HEAD');
  const [base, index] = [await headTree(work), await readIndex(work)];
  if ((await make(work, { message: undefined, asked })) === undefined) {
    if (!quiet) io.stdout('No local changes to save\n');
    return 0;
  }
  const taken = new Map<string, TreeFile | undefined>();
  const left = new Map<string, TreeFile | undefined>();
  await ask(
    work,
    {
      verb: 'Stash',
      where: '',
      find: () => changesFor(work, false, [head], asked, false),
      async put({ path }, side) {
        taken.set(path, await side(false));
        left.set(path, await side(true));
      },
    },
    asked,
  );
  const tree = new Map(base);
  for (const [path, file] of taken)
    if (file === undefined) tree.delete(path);
    else tree.set(path, file);
  const made = taken.size === 0 ? undefined : await make(work, { message: lastValue(parsed, 'message'), tree });
  if (made === undefined) {
    if (!quiet) io.stderr('No changes selected\n');
    return 1;
  }
  await putInList(work, made.oid, made.title);
  if (!quiet) io.stdout(`Saved working directory and index state ${made.title}\n`);
  for (const [path, file] of left) await putInTree(work, path, file);
  if (flags.has('no-keep-index'))
    stageAll(work, new Map([...index.keys(), ...base.keys()].map((path) => [path, base.get(path)])));
  return 0;
}
