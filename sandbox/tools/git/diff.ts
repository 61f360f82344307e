import * as git from 'isomorphic-git';
import { mergeBases, readText } from '../../forge/git/index.ts';
import { readTree, type TreeFiles } from '../../forge/index.ts';
import { type CommandIO, resolvePath } from '../../machine/index.ts';
import { changeFrom, conflictDiff } from './diff-merge.ts';
import { dirstatOf } from './dirstat.ts';
import { readIndexFile } from './index-file.ts';
import { failed, fatal, GitStop, lastValue, type OptionTable, painter, readOptions } from './options.ts';
import { type Change, changesBetween, counts, modeLines, nameOf, patchOf, statOf, sumOf } from './patch.ts';
import { isPathspec, matches, pathInWork, quotedPath } from './pathspec.ts';
import { headTree, mustResolve, resolve } from './revisions.ts';
import type { Work } from './work.ts';
import { bytesOf, differences, readIndex, readWorkTree } from './work-tree.ts';

/** Options for the form of a difference, which `log` and `show` have too. */
export const diffForms: OptionTable = {
  '--stat': { as: 'stat', value: 'optional' },
  '--compact-summary': { as: 'compact' },
  '--dirstat': { as: 'dirstat', value: 'optional' },
  '-X': { as: 'dirstat' },
  '--find-renames': { as: 'renames', value: 'optional' },
  '-M': { as: 'renames' },
  '--no-prefix': { as: 'no-prefix' },
  '-z': { as: 'nul' },
  '--minimal': { as: 'minimal' },
  '--patience': { as: 'patience' },
  '--histogram': { as: 'histogram' },
  '--no-ext-diff': { as: 'no-ext-diff' },
  '--text': { as: 'text' },
  '-a': { as: 'text' },
  '--full-index': { as: 'full-index' },
  '--color=auto': { as: 'auto-color' },
  '-u': { as: 'patch' },
  '--abbrev': { as: 'abbrev', value: true },
  '--stat-width': { as: 'stat-width', value: true },
  '--diff-algorithm': { as: 'algorithm', value: true },
  '--indent-heuristic': { as: 'indent-heuristic' },
  '--no-indent-heuristic': { as: 'no-indent-heuristic' },
  '--color-moved': { as: 'color-moved', value: 'optional' },
  '--textconv': { as: 'textconv' },
  '--no-textconv': { as: 'no-textconv' },
  '--ext-diff': { as: 'ext-diff' },
  '--ignore-submodules': { as: 'ignore-submodules', value: 'optional' },
  '-U': { as: 'context', value: true },
  '--unified': { as: 'context', value: true },
};

const options: OptionTable = {
  ...diffForms,
  '--staged': { as: 'staged' },
  '--base': { as: 'base' },
  '--ours': { as: 'ours' },
  '--theirs': { as: 'theirs' },
  '--cached': { as: 'staged' },
  '--shortstat': { as: 'shortstat' },
  '--numstat': { as: 'numstat' },
  '--name-only': { as: 'name-only' },
  '--name-status': { as: 'name-status' },
  '--quiet': { as: 'quiet' },
  '--exit-code': { as: 'exit-code' },
  '--no-color': { as: 'no-color' },
  '--check': { as: 'check' },
  '--ignore-blank-lines': { as: 'ignore-blank' },
  '-s': { as: 'no-patch' },
  '--no-patch': { as: 'no-patch' },
  '--merge-base': { as: 'merge-base' },
  '-w': { as: 'ignore-space' },
  '--ignore-all-space': { as: 'ignore-space' },
  '-b': { as: 'ignore-space-change' },
  '--ignore-space-change': { as: 'ignore-space-change' },
  '--ignore-space-at-eol': { as: 'ignore-space-at-end' },
  '--ignore-cr-at-eol': { as: 'ignore-cr' },
  '-S': { as: 'pickaxe', value: true },
  '-G': { as: 'pickaxe-lines', value: true },
  '--word-diff=porcelain': { as: 'word-porcelain' },
  '--word-diff': { as: 'word-diff' },
  '--word-diff=plain': { as: 'word-diff' },
  '--word-diff=color': { as: 'color-words' },
  '--color-words': { as: 'color-words', value: 'optional' },
  '--word-diff-regex': { as: 'word-regex', value: 'optional' },
  '--summary': { as: 'summary' },
  '--raw': { as: 'raw' },
  // As the plumbing shows them.
  '--full-ids': { as: 'full-ids' },
  '--binary': { as: 'patch' },
  '--src-prefix': { as: 'src-prefix', value: 'optional' },
  '--dst-prefix': { as: 'dst-prefix', value: 'optional' },
  '--output': { as: 'output', value: true },
  '--relative': { as: 'relative' },
  '--color=always': { as: 'color' },
  '--color=never': { as: 'no-color' },
  '--no-index': { as: 'no-index' },
  '-R': { as: 'reverse' },
  '-p': { as: 'patch' },
  '--patch': { as: 'patch' },
  '--cc': { as: 'patch' },
  '--no-renames': { as: 'no-renames' },
  '--diff-filter': { as: 'filter', value: true },
  '--color': { as: 'color' },
};

/** `git diff`: working tree, index and commits against each other. */
export async function diff(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('diff', withShares(args), options);
  const output = lastValue(parsed, 'output');
  let written = '';
  const intoFile = (text: string | Uint8Array): void => {
    written += typeof text === 'string' ? text : new TextDecoder().decode(text);
  };
  const io = output === undefined ? work.io : { ...work.io, isTerminal: false, stdout: intoFile };
  const exitCode = await show({ ...work, io }, parsed);
  if (output !== undefined)
    work.io.machine.files.writeFile(resolvePath(work.io.cwd, output), new TextEncoder().encode(written));
  return exitCode;
}

async function show(work: Work, parsed: ReturnType<typeof readOptions>): Promise<number> {
  const { io } = work;
  if (parsed.flags.has('no-index')) return unrelated(io, [...parsed.words, ...(parsed.paths ?? [])], parsed.flags);
  const blobs = await blobPair(work, parsed.words);
  if (blobs !== undefined) {
    const change = filtered([blobs], parsed);
    io.stdout(shownAs(change, parsed.flags, painter(io), Number(lastValue(parsed, 'context') ?? 3)));
    return parsed.flags.has('exit-code') ? 1 : 0;
  }
  const { commits: named, paths } = await splitWords(work, parsed.words, parsed.paths);
  const commits = parsed.flags.has('merge-base') ? await fromBase(work, named) : named;
  const { conflicts } = readIndexFile(work);
  // What is only in the working tree has no id yet.
  const isWritten = parsed.flags.has('staged') || commits.length > 1;
  const flags = isWritten ? parsed.flags : new Set([...parsed.flags, 'unwritten']);
  const here = work.io.cwd.startsWith(`${work.dir}/`) ? `${work.io.cwd.slice(work.dir.length + 1)}/` : '';
  const everywhere = await changesFor(work, flags.has('staged'), commits, paths, leastShare(flags));
  const found = flags.has('relative')
    ? everywhere
        .filter(({ path }) => path.startsWith(here))
        .map((change) => ({ ...change, path: change.path.slice(here.length) }))
    : everywhere;
  const all = flags.has('reverse') ? found.map(reversed) : found;
  const changes = filtered(all, parsed).filter(({ path }) => commits.length > 0 || !conflicts.has(path));
  if (flags.has('check')) {
    const markers = commits.length === 0 && !flags.has('staged') ? leftMarkers(work, [...conflicts.keys()]) : false;
    return markers ? 2 : checked(work, changes);
  }
  if (!flags.has('quiet') && !flags.has('no-patch')) {
    const paint = flags.has('no-color')
      ? (_: string, text: string) => text
      : painter(io, flags.has('color') || flags.has('color-words'));
    const context = Number(lastValue(parsed, 'context') ?? 3);
    const { first, among } =
      commits.length === 0
        ? await conflictDiff(work, flags, paint, paths, lastValue(parsed, 'filter'))
        : { first: '', among: [] };
    if (flags.has('stat') && commits.length === 0 && !flags.has('staged') && conflicts.size > 0) {
      const own = await unmergedChanges(work, paths);
      const sorted = [...changes, ...own].sort((a, b) => (a.path < b.path ? -1 : 1));
      io.stdout(shownAs(sorted, flags, paint, context));
      return flags.has('exit-code') ? 1 : 0;
    }
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

/** What is in conflict, as the working tree holds it, against the own side. */
async function unmergedChanges(work: Work, paths: readonly string[]): Promise<readonly Change[]> {
  const found = [...readIndexFile(work).conflicts].filter(([path]) => matches(path, paths));
  const changes = found.map(
    async ([path, { 2: ours }]): Promise<readonly Change[]> =>
      ours === undefined || !work.io.machine.files.exists(`${work.dir}/${path}`)
        ? []
        : [{ ...(await changeFrom(work, path, ours)), isUnmerged: true }],
  );
  return (await Promise.all(changes)).flat();
}

/** `--merge-base`: from where the first commit and the other parted. */
async function fromBase(work: Work, [first = '', second]: readonly string[]): Promise<readonly string[]> {
  const [base = first] = await mergeBases(work, first, second ?? (await mustResolve(work, 'HEAD')));
  return second === undefined ? [base] : [base, second];
}

/** `HEAD~1:a HEAD:a`: two files out of commits. */
async function blobPair(work: Work, words: readonly string[]): Promise<Change | undefined> {
  const [from, to] = words;
  if (from === undefined || to === undefined || words.length > 2 || !words.every((word) => /^[^:]+:./.test(word)))
    return undefined;
  const side = async (word: string) => {
    const [ref = '', path = ''] = [word.slice(0, word.indexOf(':')), word.slice(word.indexOf(':') + 1)];
    const file = (await readTree(work, await mustResolve(work, ref))).get(pathInWork(work, path));
    if (file === undefined) throw fatal(`path '${path}' does not exist in '${ref}'`);
    return { file, path, bytes: await readText(work, file) };
  };
  const [old, now] = [await side(from), await side(to)];
  return {
    path: now.path,
    from: old.path,
    isPair: true,
    kind: 'M',
    before: old.file,
    after: now.file,
    oldBytes: old.bytes,
    newBytes: now.bytes,
  };
}

/** What `--diff-filter` and the options for spaces leave of the changes. */
function filtered(changes: readonly Change[], parsed: ReturnType<typeof readOptions>): readonly Change[] {
  const letters = lastValue(parsed, 'filter');
  const spaces = parsed.flags.has('ignore-space')
    ? /\s+/g
    : parsed.flags.has('ignore-space-change')
      ? /[ \t\r]+$|(?<=[ \t])[ \t]+/g
      : parsed.flags.has('ignore-space-at-end')
        ? /[ \t\r]+$/g
        : parsed.flags.has('ignore-cr')
          ? /\r$/g
          : undefined;
  const blank = parsed.flags.has('ignore-blank');
  const compared = changes.map((change) => ({
    ...change,
    ...(spaces && { spaces }),
    ...(blank && { blank: true as const }),
  }));
  const [text, lines] = [lastValue(parsed, 'pickaxe'), lastValue(parsed, 'pickaxe-lines')];
  return compared.filter(
    (change) =>
      (text === undefined || changesCount(change, text)) &&
      (lines === undefined || changesLine(change, new RegExp(lines))) &&
      (letters === undefined || isAskedKind(change.kind, letters)) &&
      !(
        spaces !== undefined &&
        change.kind === 'M' &&
        change.before?.mode === change.after?.mode &&
        isSameBut(change, spaces)
      ),
  );
}

/** Whether a change alters how often a text stands in the file (`-S`). */
export function changesCount({ oldBytes, newBytes }: Change, text: string): boolean {
  const times = (bytes: Uint8Array): number => new TextDecoder().decode(bytes).split(text).length;
  return times(oldBytes) !== times(newBytes);
}

/** Whether a change adds or takes away a line that matches (`-G`). */
export const changesLine = (change: Change, wanted: RegExp): boolean =>
  patchOf(change, (_, text) => text, 0)
    .split('\n')
    .some((line) => /^[+-](?!\+\+ |-- )/.test(line) && wanted.test(line.slice(1)));

/** `--diff-filter`: capital letters choose, small ones leave out. */
export function isAskedKind(kind: Change['kind'], letters: string): boolean {
  return letters === letters.toLowerCase() ? !letters.toUpperCase().includes(kind) : letters.includes(kind);
}

function isSameBut({ oldBytes, newBytes }: Change, spaces: RegExp): boolean {
  const bare = (bytes: Uint8Array): string =>
    new TextDecoder()
      .decode(bytes)
      .split('\n')
      .map((line) => line.replaceAll(spaces, ''))
      .join('\n');
  return bare(oldBytes) === bare(newBytes);
}

/** `-R`: what would undo it. */
function reversed(change: Change): Change {
  const { kind, before, after, oldBytes, newBytes } = change;
  const back = { A: 'D', D: 'A', M: 'M', R: 'R', T: 'T' } as const;
  return {
    ...change,
    isReversed: true,
    kind: back[kind],
    before: after,
    after: before,
    oldBytes: newBytes,
    newBytes: oldBytes,
  };
}

/** `--no-index`: two files, whether or not git knows them. */
export async function unrelated(io: CommandIO, words: readonly string[], flags: ReadonlySet<string>): Promise<number> {
  const [from, path] = words;
  if (from === undefined || path === undefined)
    throw new GitStop('usage: git diff --no-index [<options>] <path> <path>', 129);
  const { files } = io.machine;
  const side = async (name: string) => {
    const absolute = resolvePath(io.cwd, name);
    if (name === '/dev/null') return undefined;
    if (!files.exists(absolute)) throw failed(`Could not access '${name}'`);
    const bytes = files.readFile(absolute);
    const mode = files.stat(absolute).mode & 0o100 ? '100755' : '100644';
    return { bytes, file: { oid: (await git.hashBlob({ object: bytes })).oid, mode } };
  };
  const [old, now] = [await side(from), await side(path)];
  if (old?.file.oid === now?.file.oid) return 0;
  const change: Change = {
    path: now === undefined ? from : path,
    ...(old !== undefined && now !== undefined && { from }),
    isPair: true,
    kind: old === undefined ? 'A' : now === undefined ? 'D' : 'M',
    before: old?.file,
    after: now?.file,
    oldBytes: old?.bytes ?? new Uint8Array(),
    newBytes: now?.bytes ?? new Uint8Array(),
  };
  io.stdout(shownAs([change], flags, painter(io)));
  return 1;
}

/** The markers of conflicts that wait to be resolved. */
function leftMarkers({ io, dir }: Work, paths: readonly string[]): boolean {
  let found = false;
  for (const path of paths) {
    if (!io.machine.files.exists(`${dir}/${path}`)) continue;
    for (const [at, line] of io.machine.files.readText(`${dir}/${path}`).split('\n').entries())
      if (/^(<{7}|={7}|>{7}|\|{7})( |$)/.test(line)) {
        io.stdout(`${path}:${at + 1}: leftover conflict marker\n`);
        found = true;
      }
  }
  return found;
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
      const why = /[ \t\r]$/.test(text)
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

/** `-M90%` as `--find-renames=90%`. */
export const withShares = (args: readonly string[]): readonly string[] =>
  args.flatMap((arg) =>
    arg === '--patch-with-stat' ? ['--stat', '-p'] : [arg.replace(/^-M(?=\d)/, '--find-renames=')],
  );

/** The share that has to stay for a file to be a renamed one, in per cent; false when none is looked for; undefined when nothing is said. */
export function leastShare(flags: ReadonlySet<string>): number | false | undefined {
  const share = givenFor(flags, 'renames');
  // Without a sign the digits stand behind a point: `-M5` is half.
  const digits =
    share === undefined || share.endsWith('%') ? Number.parseFloat(share ?? '50') : Number(`0.${share}`) * 100;
  if (flags.has('no-renames')) return false;
  return flags.has('renames') || share !== undefined ? digits : undefined;
}

const givenFor = (flags: ReadonlySet<string>, name: string): string | undefined =>
  [...flags].findLast((flag) => flag.startsWith(`${name}=`))?.slice(name.length + 1);

/** Changes in the form that the options ask for. */
export function shownAs(
  changes: readonly Change[],
  flags: ReadonlySet<string>,
  paint: (code: string, text: string) => string,
  context = 3,
): string {
  const end = flags.has('nul') ? '\0' : '\n';
  const quoted = (path: string): string => (flags.has('nul') ? path : quotedPath(path));
  if (flags.has('name-only')) return changes.map(({ path }) => `${quoted(path)}${end}`).join('');
  if (flags.has('name-status'))
    return changes
      .map(({ kind, path, from, alike = 100 }) =>
        from === undefined
          ? `${kind}\t${quoted(path)}\n`
          : `R${String(alike).padStart(3, '0')}\t${quoted(from)}\t${quoted(path)}\n`,
      )
      .join('');
  const width = givenFor(flags, 'stat');
  const numbers = (): string =>
    changes
      .map((change) => {
        const count = counts(change);
        return `${count?.added ?? '-'}\t${count?.removed ?? '-'}\t${nameOf(change)}${end}`;
      })
      .join('');
  const raw = (): string =>
    changes
      .map(({ kind, path, from, alike = 100, before, after, abbrev }) => {
        const length = flags.has('full-ids') ? 40 : (abbrev ?? 7);
        const written = flags.has('unwritten') ? '' : (after?.oid ?? '');
        const [old, now] = [before?.oid ?? '', written].map((oid) => oid.slice(0, length).padEnd(length, '0'));
        const letter = from === undefined ? kind : `R${String(alike).padStart(3, '0')}`;
        const names = from === undefined ? quoted(path) : `${quoted(from)}\t${quoted(path)}`;
        return `:${before?.mode ?? '000000'} ${after?.mode ?? '000000'} ${old} ${now} ${letter}\t${names}\n`;
      })
      .join('');
  const patch = (): string => changes.map((change) => patchOf(change, paint, context, flags)).join('');
  const parts: Readonly<Record<string, () => string>> = {
    raw,
    numstat: numbers,
    stat: () => statOf(changes, paint, width === undefined ? 80 : Number.parseInt(width, 10), flags.has('compact')),
    shortstat: () => (changes.length === 0 ? '' : `${sumOf(changes)}\n`),
    dirstat: () => dirstatOf(changes, givenFor(flags, 'dirstat') ?? ''),
    summary: () => modeLines(changes),
  };
  const first = Object.entries(parts).flatMap(([name, part]) =>
    flags.has(name) || (name === 'stat' && flags.has('compact')) ? [part()] : [],
  );
  if (first.length === 0) return patch();
  const text = first.join('');
  return flags.has('patch') && changes.length > 0 ? `${text}\n${patch()}` : text;
}

/** Words before `--` may be commits (`a`, `a..b`) or paths. */
async function splitWords(
  work: Work,
  words: readonly string[],
  behind: readonly string[] | undefined,
): Promise<{ readonly commits: readonly string[]; readonly paths: readonly string[] }> {
  const commits: string[] = [];
  const paths: string[] = [];
  for (const given of words) {
    const word = given.replace(/^(.+)\^!$/, '$1^..$1');
    const sides = word.includes('..') ? word.split(/\.{2,3}/).map((side) => side || 'HEAD') : [word];
    const oids = await Promise.all(sides.map((side) => resolve(work, side)));
    const [left, right] = oids;
    // What the second has changed since both parted.
    if (word.includes('...') && left !== undefined && right !== undefined)
      oids[0] = (await mergeBases(work, left, right))[0];
    if (oids.every((oid) => oid !== undefined) && paths.length === 0) commits.push(...(oids as string[]));
    else if (behind !== undefined || !isPathspec(work, word)) {
      await mustResolve(work, word);
    } else paths.push(pathInWork(work, word));
  }
  return { commits, paths: [...paths, ...(behind ?? []).map((path) => pathInWork(work, path))] };
}

/** What differs: between two commits, from a commit or the index to the working tree, from a commit to the index (`staged`). */
export async function changesFor(
  work: Work,
  staged: boolean,
  commits: readonly string[],
  paths: readonly string[],
  detect: number | false | undefined,
): Promise<readonly Change[]> {
  const [from, to] = commits;
  if (to !== undefined)
    return changesBetween(work, await readTree(work, from), await readTree(work, to), paths, undefined, detect);
  const index = await readIndex(work);
  if (staged)
    return changesBetween(
      work,
      from === undefined ? await headTree(work) : await readTree(work, from),
      index,
      paths,
      undefined,
      detect,
    );
  const base = from === undefined ? index : await readTree(work, from);
  // What is to be added later has only its contents in the working tree.
  const { intents = [], conflicts } = readIndexFile(work);
  const known = new Map([...index, ...[...intents].map((path) => [path, { oid: '', mode: '' }] as const)]);
  const tree = await readWorkTree(work, known);
  return changesBetween(
    work,
    base,
    onlyKnown(tree, known, conflicts),
    paths,
    (path) => bytesOf(work, path, { warns: true }),
    detect,
  );
}

/** Untracked files are no part of a difference, whatever else they are compared with. */
function onlyKnown(tree: TreeFiles, index: TreeFiles, conflicts: ReadonlyMap<string, unknown> = new Map()): TreeFiles {
  return new Map([...tree].filter(([path]) => index.has(path) || conflicts.has(path)));
}

/** What differs between the index and the working tree, without untracked files. */
export async function unstaged(
  work: Work,
  index: TreeFiles,
): Promise<{ readonly tree: TreeFiles; readonly paths: readonly string[] }> {
  const tree = await readWorkTree(work, index);
  return { tree, paths: differences(index, onlyKnown(tree, index)) };
}
