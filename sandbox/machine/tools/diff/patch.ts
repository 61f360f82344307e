import type { CommandIO } from '../../command.ts';
import { FileError, operandPath, parentOf } from '../../files/index.ts';
import type { Given } from '../options.ts';
import { bytesOf, defineTool, linesOf, readInput, reason, ToolEnd, textOf } from '../tool.ts';

interface Hunk {
  readonly start: number;
  readonly startNow: number;
  /** Lines with their sign: ` `, `-`, `+`. `ended` is false for a last line without newline. */
  readonly lines: readonly { readonly sign: string; readonly text: string; readonly ended: boolean }[];
}

interface FilePatch {
  readonly old: string;
  readonly now: string;
  readonly heads: readonly [string, string];
  /** What stands between the patch before and this one. */
  readonly leading: readonly string[];
  /** The line of the input after its heads. */
  readonly line: number;
  readonly hunks: readonly Hunk[];
}

/** GNU patch 2.7.6, for unified diffs. */
export const patch = defineTool({
  name: 'patch',
  summary: { es: 'aplica un parche hecho con diff -u', en: 'applies a patch made with diff -u' },
  synopsis: '[OPTION]... [ORIGFILE [PATCHFILE]]',
  options:
    'p|strip= i|input= R|reverse N|forward dry-run s|quiet silent b|backup d|directory= f|force t|batch o|output= r|reject-file= E|remove-empty-files F|fuzz= l|ignore-whitespace u|unified verbose posix no-backup-if-mismatch',
  absent:
    'c|context e|ed n|normal D|ifdef= Z|set-utc T|set-time g|get= V|version-control= z|suffix= B|prefix= Y|basename-prefix= binary merge? read-only=',
  misuse: 2,
  usage: "patch: Try 'patch --help' for more information.\n",
  version: '=GNU patch 2.7.6',
  run(given, io) {
    const folder = given.value('d');
    const place: CommandIO = folder === undefined ? io : { ...io, cwd: operandPath(io.cwd, folder) };
    const [target, second] = given.operands;
    const source = given.value('i') ?? second ?? '-';
    let text: string;
    try {
      text = textOf(readInput(source, io));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      io.stderr(
        error.code === 'EISDIR'
          ? 'patch: **** read error : Is a directory\n'
          : `patch: **** Can't open patch file ${source} : ${reason(error)}\n`,
      );
      return 2;
    }
    const patches = readPatches(text);
    if (patches.length === 0) patches.push(...readNormal(text, target));
    if (patches.length === 0) {
      if (text.trim() === '') return 0;
      io.stderr('patch: **** Only garbage was found in the patch input.\n');
      return 2;
    }
    let exitCode = 0;
    for (const one of patches) exitCode = Math.max(exitCode, apply(one, target, given, place));
    return exitCode;
  },
});

/** What `diff` writes without options names no file: it is for the one on the line. */
function readNormal(text: string, target: string | undefined): readonly FilePatch[] {
  const hunks: Hunk[] = [];
  let body: { sign: string; text: string; ended: boolean }[] = [];
  for (const line of linesOf(text).lines) {
    const [, start, , startNow] = /^(\d+)(,\d+)?[acd](\d+)(?:,\d+)?$/.exec(line) ?? [];
    if (start !== undefined) {
      body = [];
      hunks.push({ start: Number(start), startNow: Number(startNow), lines: body });
    } else if (/^[<>] /.test(line)) body.push({ sign: line[0] === '<' ? '-' : '+', text: line.slice(2), ended: true });
    else if (line.startsWith('\\')) {
      const last = body.at(-1);
      if (last !== undefined) last.ended = false;
    }
  }
  if (hunks.length === 0) return [];
  return [{ old: target ?? '', now: target ?? '', heads: ['', ''], leading: [], line: 1, hunks }];
}

function readPatches(text: string): FilePatch[] {
  const { lines } = linesOf(text);
  const patches: (Omit<FilePatch, 'hunks'> & { readonly hunks: Hunk[] })[] = [];
  let ended = 0;
  const nameIn = (line: string): string => line.slice(4).split('\t')[0]?.trim() ?? '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    const next = lines[at + 1] ?? '';
    if (line.startsWith('--- ') && next.startsWith('+++ ')) {
      const leading = lines.slice(ended, at);
      patches.push({ old: nameIn(line), now: nameIn(next), heads: [line, next], leading, line: at + 3, hunks: [] });
      at++;
      continue;
    }
    const [, start, count = '1', startNow, countNow = '1'] =
      /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    const current = patches.at(-1);
    if (start === undefined || current === undefined) continue;
    const body: { sign: string; text: string; ended: boolean }[] = [];
    let left = Number(count);
    let right = Number(countNow);
    while ((left > 0 || right > 0) && at + 1 < lines.length) {
      const piece = lines[++at] as string;
      const sign = piece === '' ? ' ' : (piece[0] as string);
      if (sign === '\\') {
        const last = body.at(-1);
        if (last !== undefined) last.ended = false;
        continue;
      }
      if (!' -+'.includes(sign)) throw new ToolEnd(`**** malformed patch at line ${at + 1}: ${piece}\n`, 2);
      if (sign !== '+') left--;
      if (sign !== '-') right--;
      body.push({ sign, text: piece.slice(1), ended: true });
    }
    if (left > 0 || right > 0) throw new ToolEnd('**** unexpected end of file in patch', 2);
    if (lines[at + 1]?.startsWith('\\')) {
      at++;
      const last = body.at(-1);
      if (last !== undefined) last.ended = false;
    }
    ended = at + 1;
    current.hunks.push({ start: Number(start), startNow: Number(startNow), lines: body });
  }
  return patches;
}

function reversed(hunk: Hunk): Hunk {
  const swap: Readonly<Record<string, string>> = { '+': '-', '-': '+', ' ': ' ' };
  const lines = hunk.lines.map((line) => ({ ...line, sign: swap[line.sign] ?? ' ' }));
  // Within a run of changes what goes away stands before what comes.
  const ordered: typeof lines = [];
  let plus: typeof lines = [];
  for (const line of lines) {
    if (line.sign === '+') plus.push(line);
    else {
      if (line.sign === ' ') {
        ordered.push(...plus);
        plus = [];
      }
      ordered.push(line);
    }
  }
  return { start: hunk.startNow, startNow: hunk.start, lines: [...ordered, ...plus] };
}

/** A side of a patch on which there is no file: named so, or as old as time (diff -N). */
function isNothing(head: string): boolean {
  return /^(?:---|\+\+\+) (?:\/dev\/null\b|.*\t1970-01-01 00:00:00)/.test(head);
}

function stripped(name: string, count: number | undefined): string {
  if (count === undefined) return name.split('/').at(-1) ?? name;
  return name.split('/').slice(count).join('/');
}

function apply(one: FilePatch, target: string | undefined, given: Given, io: CommandIO): number {
  const { files } = io.machine;
  const reverse = given.has('R');
  const count = given.has('p') ? Number(given.value('p')) : undefined;
  const candidates = [one.old, one.now].filter((name) => name !== '/dev/null').map((name) => stripped(name, count));
  const exists = (name: string): boolean => name !== '' && files.exists(operandPath(io.cwd, name));
  const creates = isNothing(one.heads[reverse ? 1 : 0]) || (one.hunks[0]?.start === 0 && !reverse);
  const shortest = [...candidates]
    .filter(exists)
    .sort((a, b) => a.split('/').length - b.split('/').length || a.length - b.length)[0];
  const name = target ?? shortest ?? (creates ? candidates.at(-1) : undefined);
  if (name === undefined || (!exists(name) && !creates)) {
    const heading = [...one.leading, ...one.heads].map((line) => `|${line}\n`).join('');
    io.stdout(
      `can't find file to patch at input line ${one.line}\nPerhaps you ${count === undefined ? 'should have used' : 'used the wrong'} -p or --strip option?\nThe text leading up to this was:\n--------------------------\n${heading}--------------------------\nFile to patch: \nSkip this patch? [y] \nSkipping patch.\n${one.hunks.length} out of ${one.hunks.length} hunk${one.hunks.length === 1 ? '' : 's'} ignored\n`,
    );
    return 1;
  }
  const path = operandPath(io.cwd, name);
  const original = files.exists(path) ? textOf(files.readFile(path)) : '';
  const say = (text: string): void => {
    if (!given.has('s', 'quiet', 'silent')) io.stdout(text);
  };
  say(`${given.has('dry-run') ? 'checking' : 'patching'} file ${name}\n`);
  let hunks = reverse ? one.hunks.map(reversed) : one.hunks;
  const state = linesOf(original);
  const first = hunks[0];
  if (first !== undefined && locate(first, state, 0, 0) === undefined) {
    const back = locate(reversed(first), state, 0, 0);
    if (back !== undefined) {
      const what = reverse ? 'Unreversed patch detected!' : 'Reversed (or previously applied) patch detected!';
      if (given.has('N') || given.has('f')) {
        if (given.has('N')) {
          io.stdout(`${what}  Skipping patch.\n`);
          return ignore(one, hunks, name, given, io);
        }
      } else if (given.has('t')) {
        io.stdout(`${what}  Assuming -R.\n`);
        hunks = hunks.map(reversed);
      } else {
        io.stdout(`${what}  Assume -R? [n] \nApply anyway? [n] \nSkipping patch.\n`);
        return ignore(one, hunks, name, given, io);
      }
    }
  }
  const lines = [...state.lines];
  let { ended } = state;
  let offset = 0;
  let grown = 0;
  let moved = false;
  const rejected: Hunk[] = [];
  for (const [index, hunk] of hunks.entries()) {
    const found = locate(hunk, { lines }, offset + grown, Number(given.value('F') ?? 2));
    if (found === undefined) {
      io.stdout(`Hunk #${index + 1} FAILED at ${hunk.start}.\n`);
      rejected.push(hunk);
      continue;
    }
    // How far it stands from where it would stand after the hunks before it.
    const total = found.at - placeOf(hunk) - grown;
    offset = total;
    if ((total !== 0 && hunk.start !== 0) || found.fuzz > 0) {
      moved = true;
      const fuzz = found.fuzz > 0 ? ` with fuzz ${found.fuzz}` : '';
      const by = total === 0 ? '' : ` (offset ${total} line${Math.abs(total) === 1 ? '' : 's'})`;
      say(`Hunk #${index + 1} succeeded at ${found.at + 1}${fuzz}${by}.\n`);
    }
    const removed = hunk.lines
      .filter(({ sign }) => sign !== '+')
      .slice(found.top, found.bottom === 0 ? undefined : -found.bottom);
    const kept = hunk.lines.slice(found.top, found.bottom === 0 ? undefined : -found.bottom);
    const added = kept.filter(({ sign }) => sign !== '-');
    const place = found.at + found.top;
    if (place + removed.length === lines.length) ended = added.at(-1)?.ended ?? ended;
    lines.splice(place, removed.length, ...added.map(({ text }) => text));
    grown += added.length - removed.length;
  }
  const failed = rejected.length > 0;
  if (failed) reject(one, rejected, hunks.length, name, 'FAILED', given, io);
  if (given.has('dry-run')) return failed ? 1 : 0;
  if (given.has('b') || ((failed || moved) && !given.has('no-backup-if-mismatch')))
    if (files.exists(path) && (failed || moved || given.has('b')))
      files.writeFile(`${path}.orig`, files.readFile(path));
  const result = lines.length === 0 ? '' : lines.join('\n') + (ended ? '\n' : '');
  const output = given.value('o');
  if (output !== undefined) files.writeFile(operandPath(io.cwd, output), bytesOf(result));
  else if (result === '' && (isNothing(one.heads[reverse ? 0 : 1]) || given.has('E'))) removeWithFolders(path, io);
  else if (rejected.length < hunks.length) {
    files.mkdir(parentOf(path), { recursive: true });
    files.writeFile(path, bytesOf(result), files.exists(path) ? files.stat(path).mode : 0o644);
  }
  return failed ? 1 : 0;
}

/** Removes a file, and the folders that are empty without it. */
function removeWithFolders(path: string, { machine: { files }, cwd }: CommandIO): void {
  files.remove(path, { force: true });
  for (
    let folder = parentOf(path);
    folder.startsWith(`${cwd}/`) && files.list(folder).length === 0;
    folder = parentOf(folder)
  )
    files.remove(folder, { recursive: true });
}

function ignore(one: FilePatch, hunks: readonly Hunk[], name: string, given: Given, io: CommandIO): number {
  reject(one, hunks, hunks.length, name, 'ignored', given, io);
  return 1;
}

function reject(
  one: FilePatch,
  rejected: readonly Hunk[],
  all: number,
  name: string,
  what: string,
  given: Given,
  io: CommandIO,
): void {
  const file = given.value('r') ?? `${name}.rej`;
  const saving = given.has('dry-run') ? '' : ` -- saving rejects to file ${file}`;
  io.stdout(`${rejected.length} out of ${all} hunk${all === 1 ? '' : 's'} ${what}${saving}\n`);
  if (given.has('dry-run')) return;
  const [before, after] = given.has('R') ? [one.heads[1], one.heads[0]] : one.heads;
  const head = (sign: string, line: string): string => `${sign} ${line.includes('\t') ? line.slice(4) : name}`;
  const heads = [head('---', before), head('+++', after)];
  const text = rejected.map(({ start, startNow, lines }) => {
    const side = (from: number, sign: string): string => {
      const count = lines.filter((line) => line.sign !== sign).length;
      return count === 1 ? String(from) : `${from},${count}`;
    };
    const body = lines
      .map(({ sign, text: line, ended }) => `${sign}${line}\n${ended ? '' : '\\ No newline at end of file\n'}`)
      .join('');
    return `@@ -${side(start, '+')} +${side(startNow, '-')} @@\n${body}`;
  });
  io.machine.files.writeFile(operandPath(io.cwd, file), `${heads.join('\n')}\n${text.join('')}`);
}

/** Where a hunk fits: at its own place, else nearest to it, with up to `fuzz` lines of context left out at its ends. */
/** The index of its first line; what only adds lines stands after the line that it names. */
function placeOf({ start, lines }: Hunk): number {
  return Math.max(0, start - (lines.every(({ sign }) => sign === '+') ? 0 : 1));
}

function locate(
  hunk: Hunk,
  { lines }: { readonly lines: readonly string[] },
  offset: number,
  fuzz: number,
): { readonly at: number; readonly fuzz: number; readonly top: number; readonly bottom: number } | undefined {
  const old = hunk.lines.filter(({ sign }) => sign !== '+').map(({ text }) => text);
  const context = (from: readonly { readonly sign: string }[]): number => {
    const end = from.findIndex(({ sign }) => sign !== ' ');
    return end < 0 ? from.length : end;
  };
  const before = context(hunk.lines);
  const after = context([...hunk.lines].reverse());
  const start = placeOf(hunk) + offset;
  const expected = old.length === 0 ? Math.min(start, lines.length) : start;
  for (let loose = 0; loose <= Math.min(fuzz, Math.max(before, after)); loose++) {
    const top = Math.min(loose, before);
    const bottom = Math.min(loose, after);
    const wanted = old.slice(top, bottom === 0 ? undefined : old.length - bottom);
    const fits = (at: number): boolean =>
      at >= 0 && at + wanted.length <= lines.length && wanted.every((line, index) => lines[at + index] === line);
    for (let distance = 0; distance <= lines.length; distance++) {
      for (const at of distance === 0 ? [expected] : [expected + distance, expected - distance]) {
        if (fits(at + top)) return { at, fuzz: loose, top, bottom };
      }
    }
  }
  return undefined;
}
