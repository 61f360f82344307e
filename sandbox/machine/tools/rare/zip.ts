// zip and unzip, in the words of Info-ZIP (zip 3.0, UnZip 6.00).
import type { Command, CommandIO } from '../../command.ts';
import { FileError, nameOf, operandPath, parentOf } from '../../files/index.ts';
import type { Given } from '../options.ts';
import { globMatcher } from '../text/glob.ts';
import { formatTime } from '../time/format.ts';
import { defineTool, linesOf, readInput, reason, ToolEnd, textOf } from '../tool.ts';
import { rareSummaries } from './summaries.ts';
import { contentOf, packZip, unpackZip, type ZipEntry, zipEntry } from './zip-format.ts';

const NOTHING_TO_DO = 12;
const FILE = 0o100000;
const FOLDER = 0o040000;

export const zip: Command = defineTool({
  name: 'zip',
  summary: rareSummaries.zip,
  synopsis: '[OPTION...] ARCHIVE [FILE]... [-x PATTERN...] [-i PATTERN...]',
  options:
    'r|recurse-paths q|quiet j|junk-paths u|update f|freshen d|delete m|move D|no-dir-entries T|test @ y|symlinks X|no-extra 0 1 2 3 4 5 6 7 8 9',
  absent: 'e|encrypt P|password= s|split-size= v|verbose F|fix g|grow sf|show-files',
  misuse: 16,
  usage: '',
  rewrite: withMarks,
  run(given, io) {
    const [archive, ...rest] = given.operands;
    if (archive === undefined) throw new ToolEnd('', 16);
    const { names, excluded, included } = readNames(rest, given, io);
    const target = archive === '-' ? '-' : /\.\w+$/.test(nameOf(archive)) ? archive : `${archive}.zip`;
    const before = target === '-' ? [] : readArchive(target, io);
    if (before === undefined) return failure(io, `Zip file structure invalid (${target})`, 3);
    if (given.has('d')) return remove(target, before, names, given, io);
    const chosen = collect(names, given, io).filter(
      ({ name }) =>
        !excluded.some((matches) => matches(name)) &&
        (included.length === 0 || included.some((matches) => matches(name))),
    );
    const entries = [...before];
    let isChanged = false;
    const level = Number(given.order.findLast(([key]) => /^\d$/.test(key))?.[0] ?? 6);
    for (const { name, path } of chosen) {
      if (path === operandPath(io.cwd, target)) continue;
      const stat = io.machine.files.stat(path);
      const isFolder = stat.type === 'directory';
      const old = entries.findIndex((entry) => entry.name === name);
      if (given.has('f') && old < 0) continue;
      if (given.has('u', 'f') && old >= 0 && (entries[old]?.mtimeMs ?? 0) + 2000 > stat.mtimeMs) continue;
      const bytes = isFolder ? new Uint8Array() : io.machine.files.readFile(path);
      const entry = zipEntry(name, bytes, (isFolder ? FOLDER : FILE) | (stat.mode & 0o7777), stat.mtimeMs, level);
      if (old >= 0) entries[old] = entry;
      else entries.push(entry);
      isChanged = true;
      const told = entry.isDeflated ? `deflated ${percentage(entry.size, entry.packed.length)}%` : 'stored 0%';
      const say = target === '-' ? io.stderr : io.stdout;
      if (!given.has('q')) say(`${old >= 0 ? 'updating' : '  adding'}: ${name} (${told})\n`);
    }
    if (!isChanged) {
      if (given.has('u', 'f') && before.length > 0) return NOTHING_TO_DO;
      const hint = given.has('r') && names.length > 0 ? `try: zip -r ${archive} . -i ${names.join(' ')}` : target;
      return failure(io, `Nothing to do! (${hint})`, NOTHING_TO_DO);
    }
    const bytes = packZip(entries);
    if (target === '-') io.stdout(bytes);
    else if (!write(target, bytes, io)) return 15;
    if (given.has('T')) io.stdout(`test of ${target} OK\n`);
    if (given.has('m')) for (const { path } of [...chosen].reverse()) removeFile(path, io);
    return 0;
  },
});

/** `-x` and `-i` are no options but marks among the names: patterns follow. */
function withMarks(args: readonly string[]): readonly string[] {
  return args.map((arg) => (arg === '-x' || arg === '-i' ? `\0${arg.slice(1)}` : arg));
}

interface Names {
  readonly names: readonly string[];
  readonly excluded: readonly ((name: string) => boolean)[];
  readonly included: readonly ((name: string) => boolean)[];
}

/** Names to pack, and the patterns after the marks. */
function readNames(rest: readonly string[], given: Given, io: CommandIO): Names {
  const names = given.has('@') ? linesOf(textOf(io.stdin)).lines : [];
  const marks = new Map<string, string[]>([
    ['x', []],
    ['i', []],
  ]);
  let at: string[] = names;
  for (const word of rest) {
    if (word === '\0x' || word === '\0i') at = marks.get(word.slice(1)) ?? [];
    else at.push(word);
  }
  const matchers = (key: string): ((name: string) => boolean)[] =>
    (marks.get(key) ?? []).map((one) => globMatcher(one));
  return { names, excluded: matchers('x'), included: matchers('i') };
}

/** The files that are named, and what is in them with `-r`, by the names under which they are kept. */
function collect(names: readonly string[], given: Given, io: CommandIO): readonly { name: string; path: string }[] {
  const { files } = io.machine;
  const found: { name: string; path: string }[] = [];
  const add = (name: string): void => {
    const path = operandPath(io.cwd, name);
    if (!files.exists(path)) {
      io.stdout(`\tzip warning: name not matched: ${name}\n`);
      return;
    }
    const isFolder = files.stat(path).type === 'directory';
    const plain = name.replace(/\/+$/, '').replace(/^(?:\.?\/)+/, '');
    const kept = given.has('j') ? nameOf(plain) : plain;
    if (!isFolder) found.push({ name: kept, path });
    else {
      if (plain !== '.' && plain !== '' && !given.has('j', 'D')) found.push({ name: `${plain}/`, path });
      if (given.has('r')) for (const child of files.list(path)) add(plain === '.' ? child : `${plain}/${child}`);
    }
  };
  for (const name of names) add(name);
  return found;
}

function remove(
  target: string,
  before: readonly ZipEntry[],
  names: readonly string[],
  given: Given,
  io: CommandIO,
): number {
  const matchers = names.map((name) => globMatcher(name));
  const gone = before.filter(({ name }) => matchers.some((matches) => matches(name)));
  if (gone.length === 0) return failure(io, `Nothing to do! (${target})`, NOTHING_TO_DO);
  if (!given.has('q')) for (const { name } of gone) io.stdout(`deleting: ${name}\n`);
  const left = before.filter((entry) => !gone.includes(entry));
  if (left.length > 0) return write(target, packZip(left), io) ? 0 : 15;
  io.stdout('\tzip warning: zip file empty\n');
  removeFile(operandPath(io.cwd, target), io);
  return 0;
}

/** The entries of an archive that is there already; none when it is not. */
function readArchive(name: string, io: CommandIO): readonly ZipEntry[] | undefined {
  const path = operandPath(io.cwd, name);
  return io.machine.files.exists(path) ? unpackZip(io.machine.files.readFile(path)) : [];
}

function write(name: string, bytes: Uint8Array, io: CommandIO): boolean {
  try {
    io.machine.files.writeFile(operandPath(io.cwd, name), bytes);
    return true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    io.stdout(`zip I/O error: ${reason(error)}\n`);
    failure(io, `Could not create output file (${name})`, 15);
    return false;
  }
}

function removeFile(path: string, io: CommandIO): void {
  const { files } = io.machine;
  if (files.stat(path).type !== 'directory' || files.list(path).length === 0) files.remove(path);
}

function failure(io: CommandIO, words: string, code: number): number {
  io.stdout(`\nzip error: ${words}\n`);
  return code;
}

function percentage(size: number, packed: number): number {
  return size === 0 ? 0 : Math.round((1 - packed / size) * 100);
}

export const unzip: Command = defineTool({
  name: 'unzip',
  summary: rareSummaries.unzip,
  synopsis: '[OPTION...] ARCHIVE[.zip] [FILE]... [-x PATTERN...] [-d FOLDER]',
  options: 'l v t p c q o n u f j d= Z 1 C',
  absent: 'P= a b K L M U V X z',
  misuse: 10,
  usage: '',
  version: 'UnZip 6.00',
  rewrite: withMarks,
  run(given, io) {
    const [asked, ...rest] = given.operands;
    if (asked === undefined) throw new ToolEnd('', 10);
    const split = rest.indexOf('\0x');
    const wanted = split < 0 ? rest : rest.slice(0, split);
    const excluded = (split < 0 ? [] : rest.slice(split + 1)).map((name) => globMatcher(name));
    const name = [asked, `${asked}.zip`, `${asked}.ZIP`].find((one) => isFile(one, io));
    if (name === undefined) {
      io.stderr(`unzip:  cannot find or open ${asked}, ${asked}.zip or ${asked}.ZIP.\n`);
      return 9;
    }
    const all = unpackZip(readInput(name, io));
    const isQuiet = given.has('q', 'p') || (given.has('Z') && given.has('1'));
    if (!isQuiet) io.stdout(`Archive:  ${name}\n`);
    if (all === undefined) return notAnArchive(asked, name, io);
    const matchers = wanted.map((pattern) => ({ pattern, matches: globMatcher(pattern) }));
    const entries = all.filter(
      (entry) =>
        (matchers.length === 0 || matchers.some(({ matches }) => matches(entry.name))) &&
        !excluded.some((matches) => matches(entry.name)),
    );
    const code = work(entries, name, given, io);
    const unmatched = matchers.filter(({ matches }) => !all.some((entry) => matches(entry.name)));
    if (given.has('l', 'v', 'Z')) return entries.length === 0 && unmatched.length > 0 ? 11 : code;
    for (const { pattern } of unmatched) io.stderr(`caution: filename not matched:  ${pattern}\n`);
    return unmatched.length > 0 ? 11 : code;
  },
});

function isFile(name: string, { machine: { files }, cwd }: CommandIO): boolean {
  const path = operandPath(cwd, name);
  return files.exists(path) && files.stat(path).type !== 'directory';
}

function notAnArchive(asked: string, name: string, io: CommandIO): number {
  io.stderr(
    '  End-of-central-directory signature not found.  Either this file is not\n' +
      '  a zipfile, or it constitutes one disk of a multi-part archive.  In the\n' +
      '  latter case the central directory and zipfile comment will be found on\n' +
      '  the last disk(s) of this archive.\n' +
      `unzip:  cannot find zipfile directory in one of ${asked} or\n        ${asked}.zip, and cannot find ${name}.ZIP, period.\n`,
  );
  return 9;
}

function work(entries: readonly ZipEntry[], archive: string, given: Given, io: CommandIO): number {
  if (given.has('Z') && given.has('1')) io.stdout(entries.map(({ name }) => `${name}\n`).join(''));
  else if (given.has('v')) io.stdout(verboseList(entries));
  else if (given.has('l')) io.stdout(list(entries));
  else if (given.has('t')) return test(entries, archive, io);
  else if (given.has('p', 'c')) return show(entries, given, io);
  else return extract(entries, given, io);
  return 0;
}

const stamp = (ms: number): string => formatTime('%F %R', ms);
const count = (entries: readonly ZipEntry[]): string => `${entries.length} file${entries.length === 1 ? '' : 's'}`;
const total = (entries: readonly ZipEntry[], size: (entry: ZipEntry) => number): number =>
  entries.reduce((sum, entry) => sum + size(entry), 0);

function list(entries: readonly ZipEntry[]): string {
  const line = ({ size, mtimeMs, name }: ZipEntry): string =>
    `${String(size).padStart(9)}  ${stamp(mtimeMs)}   ${name}\n`;
  const sum = String(total(entries, ({ size }) => size)).padStart(9);
  return `  Length      Date    Time    Name\n---------  ---------- -----   ----\n${entries.map(line).join('')}---------                     -------\n${sum}                     ${count(entries)}\n`;
}

function verboseList(entries: readonly ZipEntry[]): string {
  const line = ({ size, packed, isDeflated, mtimeMs, crc, name }: ZipEntry): string =>
    `${String(size).padStart(8)}  ${isDeflated ? 'Defl:N' : 'Stored'} ${String(packed.length).padStart(8)} ${`${percentage(size, packed.length)}%`.padStart(4)} ${stamp(mtimeMs)} ${crc.toString(16).padStart(8, '0')}  ${name}\n`;
  const [size, packed] = [total(entries, (one) => one.size), total(entries, (one) => one.packed.length)];
  const sum = `${String(size).padStart(8)}         ${String(packed).padStart(8)} ${`${percentage(size, packed)}%`.padStart(4)}                            ${count(entries)}\n`;
  return ` Length   Method    Size  Cmpr    Date    Time   CRC-32   Name\n--------  ------  ------- ---- ---------- ----- --------  ----\n${entries.map(line).join('')}--------          -------  ---                            -------\n${sum}`;
}

function test(entries: readonly ZipEntry[], archive: string, io: CommandIO): number {
  let isSound = true;
  for (const entry of entries) {
    const isFine = contentOf(entry) !== undefined;
    isSound &&= isFine;
    io.stdout(`    testing: ${entry.name.padEnd(22)}   ${isFine ? 'OK' : 'bad CRC'}\n`);
  }
  io.stdout(
    isSound
      ? `No errors detected in compressed data of ${archive}.\n`
      : `At least one error was detected in ${archive}.\n`,
  );
  return isSound ? 0 : 2;
}

function show(entries: readonly ZipEntry[], given: Given, io: CommandIO): number {
  for (const entry of entries.filter(({ name }) => !name.endsWith('/'))) {
    const bytes = contentOf(entry);
    if (bytes === undefined) return damaged(entry, io);
    if (given.has('c')) io.stdout(action(entry, entry.name));
    io.stdout(bytes);
    if (given.has('c')) io.stdout('\n');
  }
  return 0;
}

const action = ({ isDeflated }: ZipEntry, path: string): string =>
  `${isDeflated ? '  inflating' : ' extracting'}: ${path.padEnd(22)}  \n`;

function damaged({ name }: ZipEntry, io: CommandIO): number {
  io.stderr(`  error:  invalid compressed data to inflate ${name}\n`);
  return 2;
}

function extract(entries: readonly ZipEntry[], given: Given, io: CommandIO): number {
  const { files } = io.machine;
  const folder = given.value('d')?.replace(/\/+$/, '');
  const say = (text: string): void => {
    if (!given.has('q')) io.stdout(text);
  };
  for (const entry of entries) {
    const isFolder = entry.name.endsWith('/');
    if (isFolder && given.has('j')) continue;
    const parts = entry.name.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
    const inner = given.has('j') ? (parts.at(-1) ?? '') : parts.join('/');
    const shown = folder === undefined ? inner : `${folder}/${inner}`;
    const path = operandPath(io.cwd, shown);
    if (isFolder) {
      if (!files.exists(path)) {
        files.mkdir(path, { recursive: true });
        say(`   creating: ${shown}/\n`);
      }
      continue;
    }
    if (files.exists(path) && !given.has('o')) {
      if (given.has('n')) continue;
      const isOlder = files.stat(path).mtimeMs >= entry.mtimeMs;
      if (given.has('u', 'f') && isOlder) continue;
      // Nobody answers: it takes that for "none".
      io.stderr(
        `replace ${shown}? [y]es, [n]o, [A]ll, [N]one, [r]ename:  NULL\n(EOF or read error, treating as "[N]one" ...)\n`,
      );
      return 1;
    }
    if (given.has('f') && !files.exists(path)) continue;
    const bytes = contentOf(entry);
    if (bytes === undefined) return damaged(entry, io);
    files.mkdir(parentOf(path), { recursive: true });
    files.writeFile(path, bytes, entry.mode & 0o777 || 0o644);
    files.utimes(path, entry.mtimeMs);
    say(action(entry, shown));
  }
  return 0;
}
