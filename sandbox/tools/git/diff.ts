import { readTree, type TreeFiles } from '../../forge/index.ts';
import { GitStop, lastValue, type OptionTable, painter, readOptions } from './options.ts';
import { type Change, changesBetween, counts, patchOf, renamedPath, statOf, sumOf } from './patch.ts';
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
  '--check': { as: 'check' },
  '-w': { as: 'ignore-space' },
  '--ignore-all-space': { as: 'ignore-space' },
  '-b': { as: 'ignore-space-change' },
  '-p': { as: 'patch' },
  '--patch': { as: 'patch' },
  '-M': { as: 'renames' },
  '--no-renames': { as: 'no-renames' },
  '--no-ext-diff': { as: 'no-ext-diff' },
  '--no-index': { as: 'no-index' },
  '--diff-filter': { as: 'filter', value: true },
  '--color': { as: 'color' },
  '--no-prefix': { as: 'no-prefix' },
  '--summary': { as: 'summary' },
};

/** `git diff`: working tree, index and commits against each other. */
export async function diff(work: Work, args: readonly string[]): Promise<number> {
  const { io } = work;
  const parsed = readOptions('diff', args, options);
  const { commits, paths } = await splitWords(work, parsed.words, parsed.paths);
  const { flags } = parsed;
  for (const flag of ['no-index', 'no-prefix', 'no-renames', 'summary'])
    if (flags.has(flag)) throw new GitStop(`git diff: '--${flag}' is not part of this sandbox`, 129);
  const letters = lastValue(parsed, 'filter');
  const spaces = flags.has('ignore-space')
    ? /\s+/g
    : flags.has('ignore-space-change')
      ? /[ \t]+(?=\n)|(?<=[ \t])[ \t]+/g
      : undefined;
  const changes = (await changesFor(work, flags.has('staged'), commits, paths)).filter(
    (change) =>
      (letters === undefined ||
        (letters === letters.toLowerCase()
          ? !letters.toUpperCase().includes(change.kind)
          : letters.includes(change.kind))) &&
      !(spaces !== undefined && change.kind === 'M' && isSameBut(change, spaces)),
  );
  if (flags.has('check')) return checked(work, changes);
  if (!flags.has('quiet')) {
    const paint = flags.has('no-color') ? (_: string, text: string) => text : painter(io);
    io.stdout(shownAs(changes, flags, paint, Number(lastValue(parsed, 'context') ?? 3)));
  }
  return (flags.has('quiet') || flags.has('exit-code')) && changes.length > 0 ? 1 : 0;
}

function isSameBut({ oldBytes, newBytes }: Change, spaces: RegExp): boolean {
  const [before, after] = [oldBytes, newBytes].map((bytes) => new TextDecoder().decode(bytes).replaceAll(spaces, ''));
  return before === after;
}

/** `--check`: conflict markers and spaces at line ends that came in. */
function checked({ io }: Work, changes: readonly Change[]): number {
  let found = false;
  for (const change of changes) {
    let line = 0;
    for (const text of patchOf(change, (_, sign) => sign).split('\n')) {
      const start = /^@@ -\S+ \+(\d+)/.exec(text)?.[1];
      if (start !== undefined) line = Number(start) - 1;
      if (/^[+ ]/.test(text) && !text.startsWith('+++ ')) line += 1;
      if (!text.startsWith('+') || text.startsWith('+++ ')) continue;
      const why = /[ \t]$/.test(text)
        ? 'trailing whitespace.'
        : /^\+(<{7}|={7}|>{7}|\|{7})( |$)/.test(text)
          ? 'leftover conflict marker'
          : /^\+[ ]+\t/.test(text)
            ? 'space before tab in indent.'
            : undefined;
      if (why === undefined) continue;
      found = true;
      io.stdout(`${change.path}:${line}: ${why}\n${why.startsWith('leftover') ? '' : `${text}\n`}`);
    }
  }
  return found ? 2 : 0;
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
      .map(({ kind, path, from, score }) =>
        from === undefined ? `${kind}\t${path}\n` : `R${String(score).padStart(3, '0')}\t${from}\t${path}\n`,
      )
      .join('');
  if (flags.has('stat')) return statOf(changes, paint);
  if (flags.has('shortstat')) return changes.length === 0 ? '' : `${sumOf(changes)}\n`;
  if (flags.has('numstat')) {
    return changes
      .map((change) => {
        const count = counts(change);
        return `${count?.added ?? '-'}\t${count?.removed ?? '-'}\t${change.from === undefined ? change.path : renamedPath(change.from, change.path)}\n`;
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
