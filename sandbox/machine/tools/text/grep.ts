import type { Command, CommandIO } from '../../command.ts';
import { FileError, operandPath } from '../../files/index.ts';
import { decompress, isGzip } from '../archive/gzip.ts';
import type { Given } from '../options.ts';
import { compile, type Dialect, type Match } from '../pattern.ts';
import { defineTool, linesOf, readInput, reason, ToolEnd, textOf, tryInput } from '../tool.ts';
import { globMatcher } from './glob.ts';

interface Search {
  readonly matches: (line: string) => boolean;
  /** Every match of a line, none empty. */
  readonly within: (line: string) => readonly Match[];
  readonly before: number;
  readonly after: number;
  readonly most: number;
  readonly named: boolean;
  readonly coloured: boolean;
  readonly given: Given;
  /** Groups of lines are parted from the second on, over all files. */
  readonly progress: { printed: boolean };
  /** What a file's bytes are before they are searched. */
  readonly open: (bytes: Uint8Array) => Uint8Array;
}

/** GNU grep 3.8. */
function grepNamed(
  name: string,
  preset?: Dialect,
  open: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Command {
  const grep = defineTool({
    name,
    summary: { es: 'busca líneas que coinciden con un patrón', en: 'finds lines that match a pattern' },
    synopsis: '[OPTION]... PATTERNS [FILE]...',
    options:
      'E|extended-regexp F|fixed-strings G|basic-regexp P|perl-regexp e|regexp= f|file= i|ignore-case y no-ignore-case w|word-regexp x|line-regexp v|invert-match ' +
      'c|count L|files-without-match l|files-with-matches m|max-count= o|only-matching q|quiet silent s|no-messages b|byte-offset H|with-filename h|no-filename ' +
      'label= n|line-number z|null-data Z|null A|after-context= B|before-context= C|context= a|text I binary-files= exclude= exclude-dir= include= r|recursive ' +
      'R|dereference-recursive line-buffered color? colour? T|initial-tab d|directories=read/recurse/skip D|devices= U|binary exclude-from= group-separator= no-group-separator',
    misuse: 2,
    usage: "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n",
    version: 'GNU grep 3.8',
    rewrite: (args) =>
      args.map((arg, at) =>
        /^-\d+$/.test(arg) && !/^-\w*[ABCmef]$/.test(args[at - 1] ?? '') ? `--context=${arg.slice(1)}` : arg,
      ),
    run: (given, io) => run(given, io, preset, open),
  });
  return grep;
}

function run(
  given: Given,
  io: CommandIO,
  preset: Dialect | undefined,
  open: (bytes: Uint8Array) => Uint8Array,
): number {
  const count = (key: string): number | undefined => {
    const value = given.value(key);
    if (value === undefined) return undefined;
    if (key === 'm' && /^-\d+$/.test(value)) return Number.POSITIVE_INFINITY;
    if (!/^\d+$/.test(value))
      throw new ToolEnd(key === 'm' ? 'invalid max count' : `${value}: invalid context length argument`, 2);
    return Number(value);
  };
  const around = count('C') ?? 0;
  const before = count('B') ?? around;
  const after = count('A') ?? around;
  const most = count('m') ?? Number.POSITIVE_INFINITY;
  const patterns = given.all('e').flatMap((text) => text.split('\n'));
  for (const file of given.all('f')) {
    const bytes = tryInput('grep', file, io);
    if (bytes === undefined) return 2;
    patterns.push(...linesOf(textOf(bytes)).lines);
  }
  const files = [...given.operands];
  if (!given.has('e', 'f')) {
    const first = files.shift();
    if (first === undefined) throw new ToolEnd('', 2, true);
    patterns.push(...first.split('\n'));
  }
  const folders = given.value('d');
  if (!/^(?:text|binary|without-match)$/.test(given.value('binary-files') ?? 'text'))
    throw new ToolEnd('unknown binary-files type', 2);
  if (!/^(?:read|skip)$/.test(given.value('D') ?? 'read')) throw new ToolEnd('unknown devices method', 2);
  const recursive = given.has('r', 'R') || folders === 'recurse';
  if (files.length === 0) files.push(recursive ? '.' : '-');
  const colour = given.has('color', 'colour') ? given.value('color') || given.value('colour') || 'auto' : 'auto';
  const search: Search = {
    ...matcherOf(patterns, given, preset, (message) => io.stderr(`grep: warning: ${message}\n`)),
    before,
    after,
    most,
    named: !given.has('h') && (given.has('H') || files.length > 1 || (recursive && isFolder(files[0] ?? '', io))),
    coloured: colour === 'always' || (colour === 'auto' && io.isTerminal),
    given,
    progress: { printed: false },
    open,
  };
  const outcome = { found: false, failed: false };
  for (const file of files) {
    if (io.signal.aborted) return 130;
    if (folders === 'skip' && file !== '-' && isFolder(file, io)) continue;
    const walk = recursive && file !== '-' && isFolder(file, io);
    for (const one of walk
      ? inside(file, given.operands.length === (given.has('e', 'f') ? 0 : 1) ? '' : file, given, io)
      : [file]) {
      searchFile(one, search, io, outcome);
      if (outcome.found && given.has('q', 'silent')) return 0;
    }
  }
  return outcome.failed && !(outcome.found && given.has('q')) ? 2 : outcome.found ? 0 : 1;
}

function isFolder(name: string, { machine: { files }, cwd }: CommandIO): boolean {
  const path = operandPath(cwd, name);
  return files.exists(path) && files.stat(path).type === 'directory';
}

/** Files below a folder. A search that names no folder tells its files without one. */
function inside(folder: string, shown: string, given: Given, io: CommandIO): string[] {
  const { files } = io.machine;
  const keeps = given.all('include').map((glob) => globMatcher(glob));
  const listed = given.all('exclude-from').flatMap((file) => linesOf(textOf(readInput(file, io))).lines);
  const drops = [...given.all('exclude'), ...listed].map((glob) => globMatcher(glob));
  const closed = given.all('exclude-dir').map((glob) => globMatcher(glob.replace(/\/$/, '')));
  const found: string[] = [];
  const visit = (path: string, name: string): void => {
    for (const entry of files.list(path)) {
      const below = `${path === '/' ? '' : path}/${entry}`;
      const called = name === '' ? entry : name.endsWith('/') ? name + entry : `${name}/${entry}`;
      const { type } = given.has('R') && files.exists(below) ? files.stat(below) : files.lstat(below);
      if (type === 'directory') {
        if (!closed.some((matches) => matches(entry))) visit(below, called);
      } else if (type === 'file') {
        const kept = keeps.length === 0 || keeps.some((matches) => matches(entry));
        if (kept && !drops.some((matches) => matches(entry))) found.push(called);
      }
    }
  };
  visit(operandPath(io.cwd, folder), shown);
  return found;
}

function matcherOf(
  patterns: readonly string[],
  given: Given,
  preset: Dialect | undefined,
  warn: (message: string) => void,
): Pick<Search, 'matches' | 'within'> {
  const letters: Readonly<Record<string, Dialect>> = { E: 'extended', F: 'fixed', G: 'basic', P: 'perl' };
  const dialect = letters[given.order.findLast(([key]) => letters[key] !== undefined)?.[0] ?? ''] ?? preset ?? 'basic';
  if (given.has('P') && given.has('E', 'F', 'G')) throw new ToolEnd('conflicting matchers specified', 2);
  const ignoreCase = given.has('i', 'y');
  const compiled = patterns.map((pattern) => compile(pattern, dialect, { ignoreCase, warn }));
  const whole = given.has('x');
  const words = given.has('w');
  const find = (line: string, from: number): Match | undefined => {
    let best: Match | undefined;
    for (const pattern of compiled) {
      let match = pattern.find(line, from);
      while (match !== undefined && words && !standsAlone(line, match)) {
        match = shorter(line, match, (text, start) => pattern.find(text, start)) ?? pattern.find(line, match.start + 1);
      }
      if (match === undefined || (whole && !(match.start === 0 && match.end === line.length))) continue;
      if (best === undefined || match.start < best.start || (match.start === best.start && match.end > best.end))
        best = match;
    }
    return best;
  };
  const wholeLine = (line: string): boolean =>
    compiled.some((pattern, index) => {
      const match = pattern.find(line);
      if (match?.start === 0 && match.end === line.length) return true;
      if (dialect === 'fixed' || match === undefined) return false;
      const wrapped = dialect === 'basic' ? `^\\(${patterns[index]}\\)$` : `^(${patterns[index]})$`;
      return compile(wrapped, dialect, { ignoreCase }).find(line) !== undefined;
    });
  return {
    matches: (line) => (whole ? wholeLine(line) : find(line, 0) !== undefined),
    within(line) {
      const all: Match[] = [];
      for (let from = 0; from <= line.length; ) {
        const match = find(line, from);
        if (match === undefined) break;
        if (match.end > match.start) all.push(match);
        from = match.end > match.start ? match.end : match.end + 1;
      }
      return all;
    },
  };
}

function standsAlone(line: string, { start, end }: Match): boolean {
  const isWord = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{N}_]/u.test(character);
  return !isWord(line[start - 1]) && !isWord(line[end]);
}

/** A shorter match at the same place that ends at the end of a word. */
function shorter(
  line: string,
  match: Match,
  find: (text: string, from: number) => Match | undefined,
): Match | undefined {
  for (let end = match.end - 1; end > match.start; end--) {
    const again = find(line.slice(0, end), match.start);
    if (again?.start === match.start && standsAlone(line, again)) return again;
  }
  return undefined;
}

function searchFile(name: string, search: Search, io: CommandIO, outcome: { found: boolean; failed: boolean }): void {
  const { given } = search;
  let bytes: Uint8Array;
  try {
    bytes = search.open(readInput(name, io));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (!given.has('s')) io.stderr(`grep: ${name === '-' ? '(standard input)' : name}: ${reason(error)}\n`);
    outcome.failed = true;
    return;
  }
  const shown = name === '-' ? (given.value('label') ?? '(standard input)') : name;
  const binary = !given.has('a', 'z') && given.value('binary-files') !== 'text' && bytes.includes(0);
  if (binary && (given.has('I') || given.value('binary-files') === 'without-match')) return;
  // In what is not text a zero byte ends a line too.
  const text = binary ? textOf(bytes).replaceAll('\0', '\n') : textOf(bytes);
  const { lines } = linesOf(text, given.has('z') ? '\0' : '\n');
  const listing = given.has('c', 'l', 'L', 'q', 'silent');
  const printer = createPrinter(shown, lines, search, io);
  let found = 0;
  let taken = 0;
  for (const [index, line] of lines.entries()) {
    if (found >= search.most) break;
    taken += line.length + 1;
    if (search.matches(line) === given.has('v')) continue;
    found++;
    if (listing) {
      if (given.has('q', 'silent', 'l', 'L')) break;
    } else if (binary) break;
    else printer.match(index);
  }
  if (name === '-') io.leaves?.(Math.max(0, text.length - taken));
  if (!listing && !binary) printer.end();
  const colour = (code: string, text: string): string => paint(search, code, text);
  const end = given.has('Z') ? '\0' : '\n';
  if (found > 0) outcome.found = true;
  if (given.has('q', 'silent')) return;
  if (given.has('l') && found > 0) io.stdout(colour('35', shown) + end);
  else if (given.has('L') && found === 0) io.stdout(colour('35', shown) + end);
  else if (given.has('c') && !given.has('l', 'L'))
    io.stdout(`${search.named ? colour('35', shown) + colour('36', ':') : ''}${found}\n`);
  else if (binary && !listing && found > 0) io.stderr(`grep: ${shown}: binary file matches\n`);
}

function paint({ coloured }: Search, code: string, text: string): string {
  return coloured ? `\x1b[${code}m\x1b[K${text}\x1b[m\x1b[K` : text;
}

/** Prints matching lines with what stands around them. */
function createPrinter(
  name: string,
  lines: readonly string[],
  search: Search,
  io: CommandIO,
): { match(index: number): void; end(): void } {
  const { given, before, after } = search;
  const withContext = before + after > 0;
  let next = 0;
  let pending = 0;
  const offsets: number[] = [];
  const offsetOf = (index: number): number => {
    for (let at = offsets.length; at <= index; at++)
      offsets.push(at === 0 ? 0 : (offsets[at - 1] ?? 0) + new TextEncoder().encode(lines[at - 1]).length + 1);
    return offsets[index] ?? 0;
  };
  const prefix = (index: number, sign: string, offset: number): string => {
    const mark = paint(search, '36', sign);
    const parts = [];
    if (search.named) parts.push(paint(search, '35', name) + (given.has('Z') ? '\0' : mark));
    if (given.has('n')) parts.push(paint(search, '32', String(index + 1)) + mark);
    if (given.has('b')) parts.push(paint(search, '32', String(offset)) + mark);
    if (given.has('T') && parts.length > 0) parts.push('\t');
    return parts.join('');
  };
  const end = given.has('z') ? '\0' : '\n';
  const print = (index: number, sign: string): void => {
    const line = lines[index] ?? '';
    if (given.has('o')) {
      if (sign === '-' || given.has('v')) return;
      for (const match of search.within(line)) {
        const offset = given.has('b')
          ? offsetOf(index) + new TextEncoder().encode(line.slice(0, match.start)).length
          : 0;
        io.stdout(prefix(index, ':', offset) + paint(search, '01;31', line.slice(match.start, match.end)) + end);
      }
      return;
    }
    let text = line;
    if (search.coloured && (sign === ':') !== given.has('v')) {
      text = '';
      let at = 0;
      for (const match of search.within(line)) {
        text += line.slice(at, match.start) + paint(search, '01;31', line.slice(match.start, match.end));
        at = match.end;
      }
      text += line.slice(at);
    }
    io.stdout(prefix(index, sign, given.has('b') ? offsetOf(index) : 0) + text + end);
  };
  const trail = (until: number): void => {
    for (; pending > 0 && next < until; pending--) print(next++, '-');
  };
  return {
    match(index) {
      trail(index);
      const from = Math.max(next, index - before);
      if (withContext && search.progress.printed && (from > next || next === 0) && !given.has('no-group-separator'))
        io.stdout(`${paint(search, '36', given.value('group-separator') ?? '--')}\n`);
      for (let at = from; at < index; at++) print(at, '-');
      print(index, ':');
      next = index + 1;
      pending = after;
      search.progress.printed = true;
    },
    end: () => trail(lines.length),
  };
}

export const grepTools: readonly Command[] = [
  grepNamed('grep'),
  grepNamed('egrep', 'extended'),
  grepNamed('fgrep', 'fixed'),
  grepNamed('zgrep', undefined, (bytes) => (isGzip(bytes) ? decompress(bytes) : bytes)),
];
