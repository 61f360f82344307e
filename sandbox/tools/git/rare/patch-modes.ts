// The commands that ask of each hunk (`-p`), and where what is taken goes (the modes of git's add-patch.c).
import type { TreeFile } from '../../../forge/index.ts';
import { reversed } from '../diff.ts';
import { changesFor } from '../diff-sides.ts';
import { lastValue, type OptionTable, readOptions } from '../options.ts';
import { isPathspec, pathInWork } from '../pathspec.ts';
import { resolve } from '../revisions.ts';
import type { Work } from '../work.ts';
import { readIndex, removeFile, stageEntry, writeOut } from '../work-tree.ts';
import { ask, type Mode } from './by-hunk.ts';

const options: OptionTable = {
  '-p': { as: 'patch' },
  '--patch': { as: 'patch' },
  '-S': { as: 'staged' },
  '--staged': { as: 'staged' },
  '-W': { as: 'worktree' },
  '--worktree': { as: 'worktree' },
  '-s': { as: 'source', value: true },
  '--source': { as: 'source', value: true },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
};

type Place = 'index' | 'worktree' | 'index and worktree';

const staging = (work: Work): Mode => ({
  verb: 'Stage',
  where: '',
  find: (asked) => changesFor(work, false, [], asked, false),
  put: async ({ path }, side) => stageEntry(work, path, await side(false)),
});

/** What differs from a commit goes back to it: seen as a change made since then where it is HEAD's, else as one to be made. */
function goingBack(work: Work, place: Place, source: string | undefined): Mode {
  const isHead = source === undefined || source === 'HEAD' || source === '@';
  const verb = !isHead ? 'Apply' : place === 'index' ? 'Unstage' : 'Discard';
  return {
    verb,
    where: verb === 'Unstage' ? '' : ` ${isHead ? 'from' : 'to'} ${place}`,
    async find(asked) {
      const named = source ?? (place === 'index' ? 'HEAD' : undefined);
      const commit = named === undefined ? undefined : await resolve(work, named);
      const changes = await changesFor(work, place === 'index', commit === undefined ? [] : [commit], asked, false);
      return isHead ? changes : changes.map(reversed);
    },
    async put(change, side, answers) {
      const { path } = change;
      const file = await side(isHead);
      const now = isHead ? change.after : change.before;
      const isSame = place !== 'index and worktree' || (await readIndex(work)).get(path)?.oid === now?.oid;
      if (!isSame) {
        work.io.stderr('The selected hunks do not apply to the index!\n');
        if (!/^y/i.test((await answers('Apply them to the worktree anyway? ')) ?? '')) {
          work.io.stderr('Nothing was applied.\n');
          return;
        }
      }
      if (place !== 'worktree' && isSame) await stageEntry(work, path, file);
      if (place !== 'index') await putInTree(work, path, file);
    },
  };
}

export async function putInTree(work: Work, path: string, file: TreeFile | undefined): Promise<void> {
  if (file === undefined) removeFile(work, path);
  else await writeOut(work, path, file);
}

/** `git add -p`, `git reset -p`, `git checkout -p`, `git restore -p`. */
export const byHunk =
  (command: 'add' | 'reset' | 'checkout' | 'restore') =>
  async (work: Work, args: readonly string[]): Promise<number> => {
    const parsed = readOptions(command, args, options);
    const { flags, words, paths = [] } = parsed;
    const [first] = words;
    const isCommit =
      first !== undefined &&
      (command === 'reset' || command === 'checkout') &&
      (parsed.paths !== undefined || !isPathspec(work, first)) &&
      (await resolve(work, first)) !== undefined;
    const source = isCommit ? first : lastValue(parsed, 'source');
    const place =
      command === 'reset' || (flags.has('staged') && !flags.has('worktree'))
        ? 'index'
        : flags.has('staged') || (command === 'checkout' && source !== undefined)
          ? 'index and worktree'
          : 'worktree';
    const named = [...(isCommit ? words.slice(1) : words), ...paths];
    const mode = command === 'add' ? staging(work) : goingBack(work, place, source);
    await ask(
      work,
      mode,
      named.map((path) => pathInWork(work, path)),
    );
    return 0;
  };

/** `git commit -p`: what is to be staged first. @param asked paths of the repository. */
export async function stageByHunk(work: Work, asked: readonly string[]): Promise<void> {
  await ask(work, staging(work), asked);
}
