import { readTree, type TreeFiles } from '../../forge/index.ts';
import { conflictDiff } from './diff-merge.ts';
import { readIndexFile } from './index-file.ts';
import { lastValue, type OptionTable, painter, readOptions } from './options.ts';
import { type Change, changesBetween, counts, patchOf, statOf, sumOf } from './patch.ts';
import {
  bytesOf,
  differences,
  headTree,
  mustResolve,
  pathInWork,
  readIndex,
  readWorkTree,
  resolve,
  type Work,
} from './work.ts';

const options: OptionTable = {
  '--staged': { as: 'staged' },
  '--cached': { as: 'staged' },
  '--stat': { as: 'stat' },
  '--shortstat': { as: 'shortstat' },
  '--numstat': { as: 'numstat' },
  '--name-only': { as: 'name-only' },
  '--name-status': { as: 'name-status' },
  '--quiet': { as: 'quiet' },
  '--exit-code': { as: 'exit-code' },
  '--no-color': { as: 'no-color' },
  '-U': { as: 'context', value: true },
  '--unified': { as: 'context', value: true },
};

/** `git diff`: working tree, index and commits against each other. */
export async function diff(work: Work, args: readonly string[]): Promise<number> {
  const { io } = work;
  const parsed = readOptions('diff', args, options);
  const { commits, paths } = await splitWords(work, parsed.words, parsed.paths);
  const { conflicts } = readIndexFile(work);
  const changes = (await changesFor(work, parsed.flags.has('staged'), commits, paths)).filter(
    ({ path }) => commits.length > 0 || !conflicts.has(path),
  );
  const { flags } = parsed;
  if (!flags.has('quiet')) {
    const paint = flags.has('no-color') ? (_: string, text: string) => text : painter(io);
    const context = Number(lastValue(parsed, 'context') ?? 3);
    const { first, among } =
      commits.length === 0 ? await conflictDiff(work, flags, paint, paths) : { first: '', among: [] };
    const parts = changes.map((change) => [change.path, shownAs([change], flags, paint, context)] as const);
    io.stdout(
      among.length === 0
        ? first + shownAs(changes, flags, paint, context)
        : first +
            [...parts, ...among]
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([, text]) => text)
              .join(''),
    );
  }
  return (flags.has('quiet') || flags.has('exit-code')) && changes.length > 0 ? 1 : 0;
}

/** Changes in the form that the options ask for. */
export function shownAs(
  changes: readonly Change[],
  flags: ReadonlySet<string>,
  paint: (code: string, text: string) => string,
  context = 3,
): string {
  if (flags.has('name-only')) return changes.map(({ path }) => `${path}\n`).join('');
  if (flags.has('name-status'))
    return changes
      .map(({ kind, path, from, alike = 100 }) =>
        from === undefined ? `${kind}\t${path}\n` : `R${String(alike).padStart(3, '0')}\t${from}\t${path}\n`,
      )
      .join('');
  if (flags.has('stat')) return statOf(changes, paint);
  if (flags.has('shortstat')) return changes.length === 0 ? '' : `${sumOf(changes)}\n`;
  if (flags.has('numstat')) {
    return changes
      .map((change) => {
        const count = counts(change);
        return `${count?.added ?? '-'}\t${count?.removed ?? '-'}\t${change.path}\n`;
      })
      .join('');
  }
  return changes.map((change) => patchOf(change, paint, context)).join('');
}

/** Words before `--` may be commits (`a`, `a..b`) or paths. */
async function splitWords(
  work: Work,
  words: readonly string[],
  behind: readonly string[] | undefined,
): Promise<{ readonly commits: readonly string[]; readonly paths: readonly string[] }> {
  const commits: string[] = [];
  const paths: string[] = [];
  for (const word of words) {
    const sides = word.includes('..') ? word.split(/\.{2,3}/).map((side) => side || 'HEAD') : [word];
    const oids = await Promise.all(sides.map((side) => resolve(work, side)));
    if (oids.every((oid) => oid !== undefined) && paths.length === 0) commits.push(...(oids as string[]));
    else if (behind !== undefined || !work.io.machine.files.exists(`${work.dir}/${pathInWork(work, word)}`)) {
      await mustResolve(work, word);
    } else paths.push(pathInWork(work, word));
  }
  return { commits, paths: [...paths, ...(behind ?? []).map((path) => pathInWork(work, path))] };
}

async function changesFor(
  work: Work,
  staged: boolean,
  commits: readonly string[],
  paths: readonly string[],
): Promise<readonly Change[]> {
  const [from, to] = commits;
  if (to !== undefined) return changesBetween(work, await readTree(work, from), await readTree(work, to), paths);
  const index = await readIndex(work);
  if (staged)
    return changesBetween(work, from === undefined ? await headTree(work) : await readTree(work, from), index, paths);
  const base = from === undefined ? index : await readTree(work, from);
  const tree = await readWorkTree(work, index);
  return changesBetween(work, base, onlyKnown(tree, base, index), paths, (path) => bytesOf(work, path));
}

/** Untracked files are no part of a difference. */
function onlyKnown(tree: TreeFiles, base: TreeFiles, index: TreeFiles): TreeFiles {
  return new Map([...tree].filter(([path]) => base.has(path) || index.has(path)));
}

/** What differs between the index and the working tree, without untracked files. */
export async function unstaged(
  work: Work,
  index: TreeFiles,
): Promise<{ readonly tree: TreeFiles; readonly paths: readonly string[] }> {
  const tree = await readWorkTree(work, index);
  return { tree, paths: differences(index, onlyKnown(tree, index, index)) };
}
