// Commits as files of mail, and patches put into the working tree.
import { applyPatch, parsePatch, type StructuredPatch } from 'diff';
import * as git from 'isomorphic-git';
import { commitData, commitsBetween, subjectOf, zone } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import { parentOf, resolvePath } from '../../machine/index.ts';
import { calendar } from './dates.ts';
import { namedText } from './named-text.ts';
import { fatal, GitStop, lastValue, readOptions } from './options.ts';
import { changesBetween, modeLines, patchOf, statOf } from './patch.ts';
import { mustResolve } from './revisions.ts';
import type { Work } from './work.ts';
import { readIndex, removeFile, stage, stageEntry } from './work-tree.ts';

const plain = (_: string, text: string): string => text;
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `git format-patch`: a file of mail for each commit. */
export async function formatPatch(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('format-patch', args, {
    '-o': { as: 'folder', value: true },
    '--output-directory': { as: 'folder', value: true },
    '--stdout': { as: 'stdout' },
    '-n': { as: 'numbered' },
    '-N': { as: 'unnumbered' },
    '-#': { as: 'count', value: true },
    '-1': { as: 'one' },
    '--cover-letter': { as: 'cover' },
    '-q': { as: 'quiet' },
  });
  const { flags, words } = parsed;
  if (flags.has('cover')) throw new GitStop("git format-patch: '--cover-letter' is not part of this sandbox", 129);
  const count = flags.has('one') ? 1 : Number(lastValue(parsed, 'count') ?? 0);
  const [from, to] = (words[0] ?? '').includes('..')
    ? (words[0] ?? '').split('..')
    : count > 0
      ? [undefined, words[0]]
      : [words[0], undefined];
  if (from === undefined && count === 0) throw fatal('no revision given');
  const head = await mustResolve(work, to || 'HEAD');
  const all = await commitsBetween(work, from === undefined ? [] : [await mustResolve(work, from)], head);
  const single: string[] = [];
  for (const oid of all) if ((await commitData(work, oid)).parent.length < 2) single.push(oid);
  const chosen = count > 0 ? single.slice(-count) : single;
  const folder = lastValue(parsed, 'folder');
  for (const [at, oid] of chosen.entries()) {
    const isNumbered = flags.has('numbered') || (chosen.length > 1 && !flags.has('unnumbered'));
    const text = await mailOf(work, oid, isNumbered ? ` ${at + 1}/${chosen.length}` : '');
    if (flags.has('stdout')) {
      work.io.stdout(text);
      continue;
    }
    const slug = subjectOf(await commitData(work, oid))
      .replaceAll(/[^A-Za-z0-9.]+/g, '-')
      .replaceAll(/^-|[-.]+$/g, '')
      .slice(0, 52);
    const name = `${folder === undefined ? '' : `${folder.replace(/\/$/, '')}/`}${String(at + 1).padStart(4, '0')}-${slug}.patch`;
    const path = resolvePath(work.io.cwd, name);
    work.io.machine.files.mkdir(parentOf(path), { recursive: true });
    work.io.machine.files.writeFile(path, text);
    if (!flags.has('quiet')) work.io.stdout(`${name}\n`);
  }
  return 0;
}

async function mailOf(work: Work, oid: string, number: string): Promise<string> {
  const { author, message, parent } = await commitData(work, oid);
  const changes = await changesBetween(work, await readTree(work, parent[0]), await readTree(work, oid), []);
  const [subject = '', ...rest] = message.trimEnd().split('\n');
  const body = rest.join('\n').trim();
  const { year, month, day, time } = calendar(author.timestamp - author.timezoneOffset * 60);
  const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  const weekday = days[(Math.floor((author.timestamp - author.timezoneOffset * 60) / 86_400) + 4) % 7];
  const date = `${weekday}, ${day} ${months[month - 1]} ${year} ${time} ${zone(author.timezoneOffset)}`;
  return (
    `From ${oid} Mon Sep 17 00:00:00 2001\nFrom: ${author.name} <${author.email}>\nDate: ${date}\nSubject: [PATCH${number}] ${subject}\n\n` +
    `${body === '' ? '' : `${body}\n`}---\n${statOf(changes, plain, 72)}${modeLines(changes)}\n${changes.map((one) => patchOf(one, plain)).join('')}-- \n2.39.5\n\n`
  );
}

export interface FilePatch {
  readonly path: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly mode: number | undefined;
  readonly patch: StructuredPatch;
}

/** The files of a unified diff; names lose their first folder. */
export function filesOf(text: string): readonly FilePatch[] {
  const parts = text.split(/^(?=diff --git )/m).filter((part) => part.startsWith('diff --git '));
  return (parts.length > 0 ? parts : [text]).flatMap((part) => {
    const [patch] = parsePatch(part.replace(/\n-- \n[\s\S]*$/, '\n'));
    if (patch === undefined) return [];
    const name = (line: RegExp): string | undefined => {
      const [, found] = line.exec(part) ?? [];
      return found === undefined || found === '/dev/null'
        ? undefined
        : found.replace(/^[^/]*\//, '').replace(/\t.*$/, '');
    };
    const [, headFrom, headTo] = /^diff --git a\/(\S+) b\/(\S+)$/m.exec(part) ?? [];
    const isNew = /^new file mode/m.test(part);
    const isGone = /^deleted file mode/m.test(part);
    const from = isNew ? undefined : (name(/^--- (.+)$/m) ?? (/^--- \/dev\/null/m.test(part) ? undefined : headFrom));
    const to = isGone
      ? undefined
      : (name(/^\+\+\+ (.+)$/m) ?? (/^\+\+\+ \/dev\/null/m.test(part) ? undefined : headTo));
    const path = to ?? from;
    if (path === undefined) return [];
    const [, mode] = /^new (?:file )?mode (\d+)$/m.exec(part) ?? [];
    return [{ path, from, to, mode: mode === undefined ? undefined : Number.parseInt(mode.slice(-3), 8), patch }];
  });
}

/** What the files would hold, or why the patch does not apply. */
export function outcome(
  work: Work,
  files: readonly FilePatch[],
  known: { has(path: string): boolean } = new Set(),
  textOf: (path: string) => string | undefined = (path) => textHere(work, path),
): { readonly texts: Map<string, string>; readonly problems: string[] } {
  const texts = new Map<string, string>();
  const problems: string[] = [];
  for (const { path, from, patch } of files) {
    const old = textOf(from ?? path);
    if (from === undefined && old !== undefined)
      problems.push(`error: ${path}: already exists in ${known.has(path) ? 'index' : 'working directory'}`);
    else if (from !== undefined && old === undefined) problems.push(`error: ${path}: No such file or directory`);
    else {
      const text = old ?? '';
      const done = isAnchored(text, patch) && applyPatch(text, patch, { autoConvertLineEndings: false });
      if (done === false)
        problems.push(
          `error: patch failed: ${path}:${patch.hunks[0]?.oldStart ?? 1}\nerror: ${path}: patch does not apply`,
        );
      else texts.set(path, done);
    }
  }
  return { texts, problems };
}

function textHere({ io, dir }: Work, path: string): string | undefined {
  const there = `${dir}/${path}`;
  return io.machine.files.exists(there) ? io.machine.files.readText(there) : undefined;
}

/** A hunk without lines after it must end the file, one from line 1 must begin it (find_pos in git's apply.c). */
function isAnchored(text: string, { hunks }: StructuredPatch): boolean {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return hunks.every(({ lines: all, oldStart }) => {
    const old = all.filter((line) => /^[ -]/.test(line)).map((line) => line.slice(1));
    const isLast = !(all.findLast((line) => !line.startsWith('\\')) ?? '').startsWith(' ');
    const isSame = (part: readonly string[]): boolean =>
      part.length === old.length && part.every((line, at) => line === old[at]);
    const end = old.length === 0 ? [] : lines.slice(-old.length);
    return (!isLast || isSame(end)) && (oldStart > 1 || isSame(lines.slice(0, old.length)));
  });
}

export async function put(
  work: Work,
  files: readonly FilePatch[],
  texts: ReadonlyMap<string, string>,
  staged: boolean,
): Promise<void> {
  for (const { path, from, to, mode } of files) {
    const absolute = `${work.dir}/${path}`;
    if (from !== undefined && from !== to) {
      removeFile(work, from);
      if (staged) await stageEntry(work, from, undefined);
    }
    if (to === undefined) continue;
    work.io.machine.files.mkdir(parentOf(absolute), { recursive: true });
    const known = work.io.machine.files.exists(absolute) ? work.io.machine.files.stat(absolute).mode & 0o777 : 0o644;
    work.io.machine.files.writeFile(absolute, texts.get(path) ?? '', mode ?? known);
    if (staged) await stage(work, [path]);
  }
}

/** `git apply`: a patch into the working tree, all of it or nothing. */
export async function apply(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('apply', args, {
    '--check': { as: 'check' },
    '--stat': { as: 'stat' },
    '--index': { as: 'index' },
    '--cached': { as: 'cached' },
    '--reject': { as: 'reject' },
    '-R': { as: 'reverse' },
    '--reverse': { as: 'reverse' },
    '-v': { as: 'verbose' },
    '--verbose': { as: 'verbose' },
    '--numstat': { as: 'numstat' },
    '--summary': { as: 'summary' },
    '-q': { as: 'quiet' },
    '--quiet': { as: 'quiet' },
    '--allow-empty': { as: 'allow-empty' },
    '--whitespace': { as: 'whitespace', value: true },
  });
  const { io } = work;
  let failed = false;
  for (const word of words.length === 0 ? ['-'] : words) {
    const text = namedText(io, word);
    if (text === undefined) throw new GitStop(`error: can't open patch '${word}': No such file or directory`);
    const files = filesOf(text).map((one) => (flags.has('reverse') ? reversed(one) : one));
    if (files.length === 0 && !flags.has('allow-empty'))
      throw new GitStop(`error: No valid patches in input (allow with "--allow-empty")`, 128);
    if (flags.has('stat')) {
      io.stdout(figures(files));
    }
    if (flags.has('numstat'))
      for (const one of files) {
        const { added, removed } = countsOf(one);
        io.stdout(`${added}\t${removed}\t${one.path}\n`);
      }
    if (flags.has('summary'))
      for (const { path: name, from, to, mode } of files) {
        if (from === undefined) io.stdout(` create mode 100${(mode ?? 0o644).toString(8)} ${name}\n`);
        else if (to === undefined) io.stdout(` delete mode 100644 ${name}\n`);
      }
    if (['stat', 'numstat', 'summary'].some((flag) => flags.has(flag))) {
      continue;
    }
    if (flags.has('reject')) {
      failed = (await applyRejecting(work, files)) || failed;
      continue;
    }
    const staged = await stagedTexts(work, files, flags);
    const { texts, problems } = outcome(
      work,
      files,
      staged,
      flags.has('cached') ? (one) => staged.get(one) : undefined,
    );
    if (flags.has('cached') || flags.has('index'))
      for (const { path: name, from } of files) {
        const here = flags.has('cached') ? staged.get(name) : textHere(work, name);
        if (from === undefined) continue;
        if (!staged.has(from)) replaceProblem(problems, name, `error: ${name}: does not exist in index`);
        else if (here !== staged.get(from)) replaceProblem(problems, name, `error: ${name}: does not match index`);
      }
    if (problems.length > 0) throw new GitStop(problems.join('\n'), 1);
    if (flags.has('verbose')) for (const { path: name } of files) io.stderr(`Checking patch ${name}...\n`);
    if (flags.has('check')) continue;
    if (flags.has('cached')) await putStaged(work, files, texts);
    else await put(work, files, texts, flags.has('index'));
    if (flags.has('verbose')) for (const { path: name } of files) io.stderr(`Applied patch ${name} cleanly.\n`);
  }
  return failed ? 1 : 0;
}

/** Of the files of a patch what the index holds, where it is asked. */
async function stagedTexts(
  work: Work,
  files: readonly FilePatch[],
  flags: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  if (!flags.has('cached') && !flags.has('index')) return texts;
  const index = await readIndex(work);
  for (const { path, from } of files)
    for (const name of [path, ...(from === undefined ? [] : [from])]) {
      const file = index.get(name);
      if (file !== undefined)
        texts.set(name, new TextDecoder().decode((await git.readBlob({ ...work, oid: file.oid })).blob));
    }
  return texts;
}

/** What is wrong with a file is told once. */
function replaceProblem(problems: string[], name: string, problem: string): void {
  const at = problems.findIndex((one) => one.includes(`error: ${name}: `));
  if (at < 0) problems.push(problem);
  else problems[at] = problem;
}

async function putStaged(work: Work, files: readonly FilePatch[], texts: ReadonlyMap<string, string>): Promise<void> {
  const index = await readIndex(work);
  for (const { path, from, to, mode } of files) {
    if (from !== undefined && from !== to) await stageEntry(work, from, undefined);
    if (to === undefined) continue;
    const oid = await git.writeBlob({ ...work, blob: new TextEncoder().encode(texts.get(path) ?? '') });
    const known = index.get(from ?? path)?.mode ?? '100644';
    await stageEntry(work, path, { oid, mode: mode === undefined ? known : `100${mode.toString(8)}` });
  }
}

/** `--reject`: hunk by hunk; those that do not fit go into `FILE.rej`. @returns whether there was one. */
async function applyRejecting(work: Work, files: readonly FilePatch[]): Promise<boolean> {
  const { io } = work;
  const done: { readonly file: FilePatch; readonly text: string; readonly rejected: readonly number[] }[] = [];
  let failed = false;
  for (const file of files) {
    io.stderr(`Checking patch ${file.path}...\n`);
    const old = textHere(work, file.from ?? file.path);
    if ((file.from === undefined) !== (old === undefined)) {
      io.stderr(
        `error: ${file.path}: ${old === undefined ? 'No such file or directory' : 'already exists in working directory'}\n`,
      );
      failed = true;
      continue;
    }
    let text = old ?? '';
    const rejected: number[] = [];
    for (const [at, hunk] of file.patch.hunks.entries()) {
      const one = { ...file.patch, hunks: [hunk] };
      const next = isAnchored(text, one) && applyPatch(text, one, { autoConvertLineEndings: false });
      if (next === false) {
        const wanted = hunk.lines.filter((line) => /^[ -]/.test(line)).map((line) => `${line.slice(1)}\n`);
        io.stderr(
          `error: while searching for:\n${wanted.join('')}\nerror: patch failed: ${file.path}:${hunk.oldStart}\n`,
        );
        rejected.push(at);
      } else text = next;
    }
    done.push({ file, text, rejected });
  }
  for (const { file, text, rejected } of done) {
    const { path, patch } = file;
    await put(work, [file], new Map([[path, text]]), false);
    if (rejected.length === 0) {
      io.stderr(`Applied patch ${path} cleanly.\n`);
      continue;
    }
    failed = true;
    io.stderr(`Applying patch ${path} with ${rejected.length} reject${rejected.length === 1 ? '' : 's'}...\n`);
    for (const at of patch.hunks.keys())
      io.stderr(rejected.includes(at) ? `Rejected hunk #${at + 1}.\n` : `Hunk #${at + 1} applied cleanly.\n`);
    const hunks = rejected.map((at) => hunkText(patch.hunks[at] as Hunk));
    io.machine.files.writeFile(
      `${work.dir}/${path}.rej`,
      `diff a/${path} b/${path}\t(rejected hunks)\n${hunks.join('')}`,
    );
  }
  return failed;
}

type Hunk = StructuredPatch['hunks'][number];

function hunkText({ oldStart, oldLines, newStart, newLines, lines }: Hunk): string {
  const range = (start: number, count: number): string => (count === 1 ? `${start}` : `${start},${count}`);
  return `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@\n${lines.map((line) => `${line}\n`).join('')}`;
}

function reversed({ path, from, to, patch }: FilePatch): FilePatch {
  const hunks = patch.hunks.map((hunk) => ({
    ...hunk,
    oldStart: hunk.newStart,
    oldLines: hunk.newLines,
    newStart: hunk.oldStart,
    newLines: hunk.oldLines,
    lines: hunk.lines.map((line) =>
      line.startsWith('+') ? `-${line.slice(1)}` : line.startsWith('-') ? `+${line.slice(1)}` : line,
    ),
  }));
  return { path: from ?? path, from: to, to: from, mode: undefined, patch: { ...patch, hunks } };
}

function countsOf({ patch }: FilePatch): { readonly added: number; readonly removed: number } {
  const lines = patch.hunks.flatMap((hunk) => hunk.lines);
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  return { added: count('+'), removed: count('-') };
}

/** As `diffstat` draws them: counts have four columns at least. */
function figures(files: readonly FilePatch[]): string {
  const rows = files.map((one) => ({ path: one.path, ...countsOf(one) }));
  const width = Math.max(...rows.map(({ path }) => path.length));
  const added = rows.reduce((sum, row) => sum + row.added, 0);
  const removed = rows.reduce((sum, row) => sum + row.removed, 0);
  const bars = rows.map(
    (row) =>
      ` ${row.path.padEnd(width)} | ${String(row.added + row.removed).padStart(4)} ${'+'.repeat(row.added)}${'-'.repeat(row.removed)}\n`,
  );
  const parts = [` ${rows.length} file${rows.length === 1 ? '' : 's'} changed`];
  if (added > 0 || removed === 0) parts.push(`${added} insertion${added === 1 ? '' : 's'}(+)`);
  if (removed > 0 || added === 0) parts.push(`${removed} deletion${removed === 1 ? '' : 's'}(-)`);
  return `${bars.join('')}${parts.join(', ')}\n`;
}
