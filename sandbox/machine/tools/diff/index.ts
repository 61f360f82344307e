import type { CommandIO } from '../../command.ts';
import { FileError, nameOf, operandPath } from '../../files/index.ts';
import type { Given } from '../options.ts';
import { compile } from '../pattern.ts';
import { globMatcher } from '../text/glob.ts';
import { formatTime } from '../time/format.ts';
import { defineTool, linesOf, misuse, readInput, reason, textOf } from '../tool.ts';
import { type Change, changesOf } from './compare.ts';
import { contextual, edScript, normal, sideBySide, type Text, unified } from './formats.ts';

/** GNU diff 3.8. */
export const diff = defineTool({
  name: 'diff',
  summary: { es: 'muestra en qué se diferencian dos archivos o carpetas', en: 'shows how two files or folders differ' },
  synopsis: '[OPTION]... FILES',
  options:
    'normal e|ed q|brief s|report-identical-files c C= context? u U= unified? y|side-by-side W|width= suppress-common-lines left-column label= r|recursive N|new-file x|exclude= ' +
    'i|ignore-case E|ignore-tab-expansion Z|ignore-trailing-space b|ignore-space-change w|ignore-all-space B|ignore-blank-lines I|ignore-matching-lines= a|text strip-trailing-cr d|minimal color? no-dereference t|expand-tabs L=',
  absent:
    'f|forward-ed n|rcs D|ifdef= p|show-c-function F|show-function-line= l|paginate S|starting-file= X|exclude-from= from-file= to-file= H|speed-large-files',
  misuse: 2,
  usage: "diff: Try 'diff --help' for more information.\n",
  version: 'GNU diffutils 3.8',
  run(given, io) {
    const [one, other, extra] = given.operands;
    for (const length of ['U', 'C', 'unified', 'context'].flatMap((key) => given.all(key)))
      if (!/^\d*$/.test(length)) throw misuse(`invalid context length '${length}'`, 2);
    const [colour, width] = [given.value('color') || 'auto', given.value('W') ?? '130'];
    if (!/^(?:always|auto|never)$/.test(colour)) throw misuse(`invalid color '${colour}'`, 2);
    if (!/^[1-9]\d*$/.test(width)) throw misuse(`invalid width '${width}'`, 2);
    if (one === undefined) throw misuse("missing operand after 'diff'", 2);
    if (other === undefined) throw misuse(`missing operand after '${one}'`, 2);
    if (extra !== undefined) throw misuse(`extra operand '${extra}'`, 2);
    const isFolder = (name: string): boolean => {
      const path = operandPath(io.cwd, name);
      return name !== '-' && io.machine.files.exists(path) && io.machine.files.stat(path).type === 'directory';
    };
    const [first, second] = [isFolder(one), isFolder(other)];
    if (first && second) return folders(one, other, given, io);
    const absent = (first ? [other] : second ? [one] : []).filter(
      (name) => name !== '-' && !io.machine.files.exists(operandPath(io.cwd, name)),
    );
    for (const name of absent) io.stderr(`diff: ${name}: No such file or directory\n`);
    if (absent.length > 0) return 2;
    const inside = (folder: string, file: string): string => `${folder.replace(/\/$/, '')}/${nameOf(file)}`;
    return files(first ? inside(one, other) : one, second ? inside(other, one) : other, given, io, []);
  },
});

function folders(one: string, other: string, given: Given, io: CommandIO): number {
  const { files: tree } = io.machine;
  const dropped = given.all('x').map((glob) => globMatcher(glob));
  const list = (folder: string): readonly string[] =>
    tree.list(operandPath(io.cwd, folder)).filter((name) => !dropped.some((matches) => matches(name)));
  const [left, right] = [list(one), list(other)];
  let exitCode = 0;
  for (const name of [...new Set([...left, ...right])].sort()) {
    const a = `${one.replace(/\/$/, '')}/${name}`;
    const b = `${other.replace(/\/$/, '')}/${name}`;
    const missing = !right.includes(name) ? one : left.includes(name) ? undefined : other;
    const typeOf = (path: string): string => tree.stat(operandPath(io.cwd, path)).type;
    if (missing !== undefined) {
      const there = missing === one ? a : b;
      if (!given.has('N')) {
        io.stdout(`Only in ${missing}: ${name}\n`);
        exitCode = Math.max(exitCode, 1);
        continue;
      }
      if (typeOf(there) === 'directory') continue;
      exitCode = Math.max(exitCode, files(a, b, given, io, wordsOf(given)));
      continue;
    }
    const kinds = [typeOf(a), typeOf(b)];
    if (kinds[0] === 'directory' && kinds[1] === 'directory') {
      if (given.has('r')) exitCode = Math.max(exitCode, folders(a, b, given, io));
      else io.stdout(`Common subdirectories: ${a} and ${b}\n`);
    } else if (kinds[0] !== kinds[1]) {
      const say = (kind = ''): string => (kind === 'directory' ? 'directory' : 'regular file');
      io.stdout(`File ${a} is a ${say(kinds[0])} while file ${b} is a ${say(kinds[1])}\n`);
      exitCode = Math.max(exitCode, 1);
    } else exitCode = Math.max(exitCode, files(a, b, given, io, wordsOf(given)));
  }
  return exitCode;
}

/** The options as they stand before each pair of files in a comparison of folders. */
function wordsOf(given: Given): readonly string[] {
  const letters = given.order
    .filter(([key, value]) => key.length === 1 && value === '' && key !== 'x')
    .map(([key]) => key)
    .join('');
  const rest = given.order
    .filter(([key, value]) => key.length > 1 || value !== '')
    .flatMap(([key, value]) => (key.length > 1 ? [`--${key}${value === '' ? '' : `=${value}`}`] : [`-${key}`, value]));
  return ['diff', ...(letters === '' ? [] : [`-${letters}`]), ...rest];
}

function files(one: string, other: string, given: Given, io: CommandIO, heading: readonly string[]): number {
  const read = (name: string, missingIsEmpty: boolean): Uint8Array | undefined => {
    try {
      return readInput(name, io);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (missingIsEmpty && error.code === 'ENOENT') return new Uint8Array();
      io.stderr(`diff: ${name}: ${reason(error)}\n`);
      return undefined;
    }
  };
  const a = read(one, given.has('N'));
  const b = read(other, given.has('N'));
  if (a === undefined || b === undefined) return 2;
  if (!given.has('a') && (a.includes(0) || b.includes(0))) {
    const same = a.length === b.length && a.every((byte, at) => byte === b[at]);
    if (!same)
      io.stdout(given.has('q') ? `Files ${one} and ${other} differ\n` : `Binary files ${one} and ${other} differ\n`);
    return same ? identical(one, other, given, io) : 1;
  }
  const [old, now] = [textFrom(a, given), textFrom(b, given)];
  const changes = relevant(changesOf(keys(old, given), keys(now, given)), old, now, given);
  if (changes.length === 0 && !given.has('y')) return identical(one, other, given, io);
  if (changes.length > 0 && given.has('q')) {
    io.stdout(`Files ${one} and ${other} differ\n`);
    return 1;
  }
  const out: string[] = heading.length > 0 ? [`${heading.join(' ')} ${one} ${other}`] : [];
  const labels = [...given.all('label'), ...given.all('L')];
  const head = (index: 0 | 1): string => {
    const label = labels[index];
    if (label !== undefined) return label;
    const name = index === 0 ? one : other;
    const path = operandPath(io.cwd, name);
    const exists = name !== '-' && io.machine.files.exists(path);
    const ms = exists ? io.machine.files.stat(path).mtimeMs : name === '-' ? io.machine.kernel.now() : 0;
    return `${name}\t${formatTime('%F %T.%N +0000', ms)}`;
  };
  const around = (letter: string): number => {
    const value = [...given.all(letter), ...given.all(letter === 'U' ? 'unified' : 'context')].findLast(
      (text) => text !== '',
    );
    return Number(value ?? 3);
  };
  if (given.has('u', 'U', 'unified'))
    out.push(`--- ${head(0)}`, `+++ ${head(1)}`, ...unified(changes, old, now, around('U')));
  else if (given.has('c', 'C', 'context'))
    out.push(`*** ${head(0)}`, `--- ${head(1)}`, ...contextual(changes, old, now, around('C')));
  else if (given.has('y'))
    out.push(
      ...sideBySide(changes, old, now, Number(given.value('W') ?? 130), {
        onlyChanges: given.has('suppress-common-lines'),
        onlyLeft: given.has('left-column'),
      }),
    );
  else if (given.has('e')) out.push(...edScript(changes, now));
  else out.push(...normal(changes, old, now));
  const coloured =
    given.value('color') === 'always' || (given.has('color') && given.value('color') !== 'never' && io.isTerminal);
  io.stdout(out.map((line) => `${coloured ? paint(line) : line}\n`).join(''));
  return changes.length > 0 ? 1 : 0;
}

function identical(one: string, other: string, given: Given, io: CommandIO): number {
  if (given.has('s')) io.stdout(`Files ${one} and ${other} are identical\n`);
  return 0;
}

function textFrom(bytes: Uint8Array, given: Given): Text {
  const { lines, ended } = linesOf(textOf(bytes));
  return { lines: given.has('strip-trailing-cr') ? lines.map((line) => line.replace(/\r$/, '')) : lines, ended };
}

/** Lines as they are compared. A last line without newline is another than with it. */
function keys({ lines, ended }: Text, given: Given): readonly string[] {
  const loose = given.has('w', 'b', 'Z');
  return lines.map((line, index) => {
    let key = line;
    if (given.has('w')) key = key.replaceAll(/\s/g, '');
    else if (given.has('b')) key = key.replaceAll(/\s+/g, ' ').replace(/ $/, '');
    else if (given.has('Z')) key = key.replace(/\s+$/, '');
    if (given.has('i')) key = key.toLowerCase();
    return !ended && !loose && index === lines.length - 1 ? `${key}\n` : key;
  });
}

function relevant(changes: readonly Change[], old: Text, now: Text, given: Given): readonly Change[] {
  if (!given.has('B', 'I')) return changes;
  const patterns = given.all('I').map((source) => compile(source, 'basic'));
  const blank = ({ lines }: Text, from: number, count: number): boolean =>
    lines
      .slice(from, from + count)
      .every((line) => (given.has('B') && line === '') || patterns.some((pattern) => pattern.find(line) !== undefined));
  return changes.filter(({ from, removed, to, added }) => !(blank(old, from, removed) && blank(now, to, added)));
}

function paint(line: string): string {
  const colour = /^(---|\+\+\+|\*\*\*) /.test(line)
    ? '1'
    : /^@@/.test(line)
      ? '36'
      : /^[-<]/.test(line)
        ? '31'
        : /^[+>]/.test(line)
          ? '32'
          : undefined;
  return colour === undefined ? line : `\x1b[${colour}m${line}\x1b[0m`;
}
