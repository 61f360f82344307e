import * as git from 'isomorphic-git';
import { readText } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import { type CommandIO, resolvePath } from '../../machine/index.ts';
import { checked, leftMarkers } from './diff-check.ts';
import { filtered } from './diff-filter.ts';
import { diffForms, leastShare, shownAs, withShares } from './diff-forms.ts';
import { changeFrom, conflictDiff } from './diff-merge.ts';
import { changesFor, fromBase, splitWords } from './diff-sides.ts';
import { readIndexFile } from './index-file.ts';
import { failed, GitStop, lastValue, type OptionTable, painter, readOptions } from './options.ts';
import type { Change } from './patch.ts';
import { fromTop, matches } from './pathspec.ts';
import { misspelt, mustResolve } from './revisions.ts';
import type { Work } from './work.ts';

export const options: OptionTable = {
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
  '-s': { as: 'no-patch' },
  '--no-patch': { as: 'no-patch' },
  '--merge-base': { as: 'merge-base' },
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

export async function show(work: Work, parsed: ReturnType<typeof readOptions>): Promise<number> {
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

/** `HEAD~1:a HEAD:a`: two files out of commits. */
async function blobPair(work: Work, words: readonly string[]): Promise<Change | undefined> {
  const [from, to] = words;
  if (from === undefined || to === undefined || words.length > 2 || !words.every((word) => /^[^:]+:./.test(word)))
    return undefined;
  const side = async (word: string) => {
    const [ref = '', path = ''] = [word.slice(0, word.indexOf(':')), word.slice(word.indexOf(':') + 1)];
    const file = (await readTree(work, await mustResolve(work, ref, word))).get(fromTop(work, path));
    if (file === undefined) throw await misspelt(work, word);
    return { file, path: fromTop(work, path), bytes: await readText(work, file) };
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

/** `-R`: what would undo it. */
export function reversed(change: Change): Change {
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
