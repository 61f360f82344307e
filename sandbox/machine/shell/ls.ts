import type { Command, CommandIO } from '../command.ts';
import { FileError, type FileStat, type Files, operandPath, PIPE, resolvePath } from '../files/index.ts';
import { widthOf } from '../terminal/width.ts';
import { type Given, optionsOf, readOptions } from '../tools/options.ts';
import { globMatcher } from '../tools/text/glob.ts';
import { byVersion } from '../tools/text/sort.ts';
import { formatTime } from '../tools/time/format.ts';
import { helpOf, operandStat, quoted, versionLine } from '../tools/tool.ts';
import { columnsOf } from './columns.ts';
import { quote } from './quote.ts';

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: FileStat;
}

const when = 'always|yes|force/never|no|none/auto|tty|if-tty';
/** Options whose values are other options: what each stands for. */
const meanings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  color: { '': 'c', always: 'c', never: '-' },
  classify: { '': 'F', always: 'F' },
  sort: { none: 'U', time: 't', size: 'S', extension: 'X', version: 'v' },
  format: { verbose: 'l', commas: 'm', horizontal: 'x', vertical: 'C', 'single-column': '1' },
  'indicator-style': { slash: 'p', 'file-type': 'file-type', classify: 'F' },
  'time-style': { 'full-iso': 'T', 'long-iso': 'L', iso: 'O' },
};
/** Of each of these the last one counts. */
const rivals = ['tSXvU', 'lmxC1'];
const withValue: readonly string[] = ['I', 'hide', 'w'];

const help = {
  name: 'ls',
  summary: { es: 'lista carpetas y archivos', en: 'lists folders and files' },
  synopsis: '[OPTION]... [FILE]...',
  options: `1 a|all A|almost-all b|escape B|ignore-backups C d|directory f F classify?${when} G|no-group I|ignore= hide= v w|width= X g h|human-readable i|inode k|kibibytes l m n|numeric-uid-gid N|literal o p q|hide-control-chars Q|quote-name r|reverse R|recursive s|size S t U x color?${when} full-time file-type format=verbose|long/commas/horizontal|across/vertical/single-column group-directories-first indicator-style=none/slash/file-type/classify sort=none/time/size/extension/version/width time-style=`,
  absent:
    'c D|dired H|dereference-command-line L|dereference T|tabsize= u Z|context author block-size= hyperlink? quoting-style= show-control-chars si time=atime|access|use/ctime|status/birth|creation zero',
};
const known = optionsOf(`${help.options} ${help.absent} help version`);
const absent = optionsOf(help.absent).map(({ key }) => key);

/** GNU ls: names in code-unit order, columns and colours on a terminal, UTC. */
export const ls: Command = {
  name: help.name,
  summary: help.summary,
  run(args, io) {
    const given = readOptions(args, known);
    const problem = 'misuse' in given ? `${given.misuse}\nTry 'ls --help' for more information.` : wrongIn(given);
    if (problem !== undefined || 'misuse' in given) {
      io.stderr(`ls: ${problem}\n`);
      return ('misuse' in given ? given.exitCode : undefined) ?? 2;
    }
    if (given.has('version')) {
      io.stdout(`${versionLine('ls')}\n`);
      return 0;
    }
    if (given.has('help')) {
      io.stdout(helpOf(help, io));
      return 0;
    }
    return list(withImplied(lettersOf(given)), given.operands.length === 0 ? ['.'] : given.operands, io);
  },
};

/** Some options ask for the long form by themselves. */
function withImplied(options: ReadonlySet<string>): ReadonlySet<string> {
  const all = options.has('f') ? new Set([...options, 'a', 'U']) : options;
  return ['n', 'g', 'o', 'T'].some((letter) => all.has(letter)) ? new Set([...all, 'l']) : all;
}

function wrongIn(given: Given): string | undefined {
  const missing = absent.find((key) => given.has(key)) ?? (given.value('sort') === 'width' ? 'sort' : undefined);
  if (missing !== undefined) return `'${missing.length > 1 ? '--' : '-'}${missing}' is not part of this sandbox`;
  const style = given.value('time-style') ?? 'locale';
  if (given.has('l') && !/^\+|^(?:posix-)?(?:full-iso|long-iso|iso|locale)$/.test(style)) return timeStyles(style);
  const width = given.value('w');
  return width === undefined || /^\d+$/.test(width) ? undefined : `invalid line width: ‘${width}’`;
}

function timeStyles(wrong: string): string {
  const listed = ['full-iso', 'long-iso', 'iso', 'locale'].map((style) => `  - [posix-]${style}\n`).join('');
  return `invalid argument ‘${wrong}’ for ‘time style’\nValid arguments are:\n${listed}  - +FORMAT (e.g., +%H:%M) for a 'date'-style format\nTry 'ls --help' for more information.`;
}

/** What was asked for, as letters; a value stands behind its option's name. */
function lettersOf(given: Given): ReadonlySet<string> {
  const options = new Set<string>();
  for (const [key, value] of given.order) {
    const letter = withValue.includes(key)
      ? `${key}=${value}`
      : key === 'full-time'
        ? 'T'
        : value.startsWith('+')
          ? value
          : meanings[key] === undefined
            ? key
            : meanings[key][value];
    if (letter === undefined) continue;
    // One name a line is what the long form gives anyway.
    for (const group of rivals)
      if (group.includes(letter) && !(letter === '1' && options.has('l')))
        for (const other of group) options.delete(other);
    options.add(letter);
  }
  return options;
}

function list(options: ReadonlySet<string>, names: readonly string[], io: CommandIO): number {
  const { files } = io.machine;
  const plain: Entry[] = [];
  const folders: Entry[] = [];
  let exitCode = 0;
  for (const name of names) {
    const path = operandPath(io.cwd, name);
    try {
      if (name === '') throw new FileError('ENOENT', 'stat', name);
      // A link that is named on the line is followed, but not by -l and -d.
      const own = operandStat(name, io);
      const follow = own.type === 'symlink' && !options.has('l') && !options.has('d') && files.exists(path);
      const stat = follow ? files.stat(path) : own;
      (stat.type === 'directory' && !options.has('d') ? folders : plain).push({ name, path, stat });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const why = error.code === 'ENOTDIR' ? 'Not a directory' : 'No such file or directory';
      io.stderr(`ls: cannot access ${quoted(name)}: ${why}\n`);
      exitCode = 2;
    }
  }

  let blank = false;
  if (plain.length > 0) {
    io.stdout(show(sorted(plain, options), options, io));
    blank = true;
  }
  const headed = names.length > 1 || options.has('R');
  const waiting = sorted(folders, options);
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    if (io.signal.aborted) return 130;
    const entries = sorted(inside(folder, options, files), options);
    if (headed) io.stdout(`${blank ? '\n' : ''}${folder.name}:\n`);
    blank = true;
    if (options.has('l') || options.has('s'))
      io.stdout(`total ${entries.reduce((sum, { stat }) => sum + kilobytes(stat), 0)}\n`);
    io.stdout(show(entries, options, io));
    if (options.has('R')) {
      const below = entries.filter(({ name, stat }) => stat.type === 'directory' && name !== '.' && name !== '..');
      const prefix = folder.name.endsWith('/') ? folder.name : `${folder.name}/`;
      waiting.unshift(...below.map((entry) => ({ ...entry, name: prefix + entry.name })));
    }
  }
  return exitCode;
}

function inside(folder: Entry, options: ReadonlySet<string>, files: Files): Entry[] {
  const dots = options.has('a') ? ['.', '..'] : [];
  const hidden = options.has('a') || options.has('A');
  const drops = [...valuesOf(options, 'I'), ...(hidden ? [] : valuesOf(options, 'hide'))].map((one) =>
    globMatcher(one),
  );
  const names = files
    .list(folder.path)
    .filter((name) => hidden || !name.startsWith('.'))
    .filter((name) => !(options.has('B') && name.endsWith('~')) && !drops.some((matches) => matches(name)));
  return [...dots, ...names].map((name) => {
    const path = resolvePath(folder.path, name);
    return { name, path, stat: files.lstat(path) };
  });
}

function valuesOf(options: ReadonlySet<string>, name: string): readonly string[] {
  return [...options].filter((one) => one.startsWith(`${name}=`)).map((one) => one.slice(name.length + 1));
}

function sorted(entries: readonly Entry[], options: ReadonlySet<string>): Entry[] {
  const byName = (a: Entry, b: Entry): number => compareText(a.name, b.name);
  const order = (a: Entry, b: Entry): number => {
    if (options.has('t')) return b.stat.mtimeMs - a.stat.mtimeMs || byName(a, b);
    if (options.has('S')) return b.stat.size - a.stat.size || byName(a, b);
    if (options.has('X')) return compareText(extensionOf(a.name), extensionOf(b.name)) || byName(a, b);
    if (options.has('v')) return byVersion(a.name, b.name) || byName(a, b);
    return byName(a, b);
  };
  const inOrder = options.has('U') ? [...entries] : [...entries].sort(order);
  if (options.has('r')) inOrder.reverse();
  if (!options.has('group-directories-first')) return inOrder;
  const isFolder = ({ stat }: Entry): boolean => stat.type === 'directory';
  return [...inOrder.filter(isFolder), ...inOrder.filter((entry) => !isFolder(entry))];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function extensionOf(name: string): string {
  const at = name.lastIndexOf('.');
  return at < 0 ? '' : name.slice(at);
}

function show(entries: readonly Entry[], options: ReadonlySet<string>, io: CommandIO): string {
  const coloured = options.has('c') || (io.isTerminal && !options.has('-'));
  const before = prefixes(entries, options);
  const columns = Number(valuesOf(options, 'w').at(-1) ?? io.columns);
  const painted = (entry: Entry): string => {
    const name = paint(entry, nameOf(entry, options, io.isTerminal && !options.has('N')), coloured);
    return options.has('l') ? name : before(entry) + name;
  };
  if (options.has('m')) return separated(entries.map(painted), columns);
  if (options.has('l')) return long(entries, options, io, painted);
  if (options.has('1') || !(io.isTerminal || options.has('C') || options.has('x')))
    return entries.map((one) => `${painted(one)}\n`).join('');
  return columnsOf(entries.map(painted), columns, { across: options.has('x'), tabs: !io.isTerminal });
}

/** Names with commas between, in lines that are as wide as fits. */
function separated(names: readonly string[], width: number): string {
  let text = '';
  let at = 0;
  for (const [index, name] of names.entries()) {
    const size = widthOf(name);
    const fits = at + size + 2 < width;
    if (index > 0) text += fits ? ', ' : ',\n';
    at = index > 0 && fits ? at + 2 : index > 0 ? 0 : at;
    text += name;
    at += size;
  }
  return text === '' ? '' : `${text}\n`;
}

/** Inode and blocks before each name, when they are asked for. */
function prefixes(entries: readonly Entry[], options: ReadonlySet<string>): (entry: Entry) => string {
  const inodes = Math.max(0, ...entries.map(({ stat }) => String(stat.inode).length));
  const blocks = Math.max(0, ...entries.map(({ stat }) => String(kilobytes(stat)).length));
  return ({ stat }) =>
    (options.has('i') ? `${String(stat.inode).padStart(inodes)} ` : '') +
    (options.has('s') ? `${String(kilobytes(stat)).padStart(blocks)} ` : '');
}

/** On a terminal, names that the shell would not take as one word are shown in quotes. */
function nameOf({ name, stat }: Entry, options: ReadonlySet<string>, quoted: boolean): string {
  const shown = options.has('Q')
    ? `"${name.replaceAll(/["\\]/g, '\\$&')}"`
    : options.has('b')
      ? name.replaceAll(/[\\ ]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
      : quoted && !/^[\p{L}\p{N}_./,:@%+=~^-]+$/u.test(name)
        ? quote(name)
        : name;
  const byKind = options.has('F') || options.has('file-type');
  if (stat.type === 'directory' && (byKind || options.has('p'))) return `${shown}/`;
  if (stat.type === 'symlink' && byKind) return options.has('l') ? shown : `${shown}@`;
  return options.has('F') && stat.mode & 0o111 ? `${shown}*` : shown;
}

function paint({ stat }: Entry, text: string, coloured: boolean): string {
  const executable = stat.type === 'file' && (stat.mode & 0o111) !== 0;
  const colour =
    stat.type === 'directory' ? '01;34' : stat.type === 'symlink' ? '01;36' : executable ? '01;32' : undefined;
  return coloured && colour !== undefined ? `\x1b[${colour}m${text}\x1b[0m` : text;
}

function long(
  entries: readonly Entry[],
  options: ReadonlySet<string>,
  { machine }: CommandIO,
  painted: (entry: Entry) => string,
): string {
  const before = prefixes(entries, options);
  const rows = entries.map((entry) => ({
    entry,
    links: String(entry.stat.links),
    size: options.has('h') ? human(entry.stat.size) : String(entry.stat.size),
  }));
  const linksWidth = Math.max(0, ...rows.map(({ links }) => links.length));
  const sizeWidth = Math.max(0, ...rows.map(({ size }) => size.length));
  return rows
    .map(({ entry, links, size }) => {
      const target = entry.stat.type === 'symlink' ? ` -> ${machine.files.readlink(entry.path)}` : '';
      const who = options.has('n') ? '1000' : machine.user;
      const owner = [...(options.has('g') ? [] : [who]), ...(options.has('o') || options.has('G') ? [] : [who])].join(
        ' ',
      );
      const time = timeOf(entry.stat.mtimeMs, options, machine.kernel.now());
      return `${before(entry)}${permissions(entry.stat)} ${links.padStart(linksWidth)} ${owner}${owner === '' ? '' : ' '}${size.padStart(sizeWidth)} ${time} ${painted(entry)}${target}\n`;
    })
    .join('');
}

/** `drwxr-xr-x` */
function permissions({ type, mode }: FileStat): string {
  const bits = [...'rwxrwxrwx'].map((letter, index) => (mode & (0o400 >> index) ? letter : '-'));
  const special = (bit: number, at: number, letter: string): void => {
    if (mode & bit) bits[at] = bits[at] === 'x' ? letter : letter.toUpperCase();
  };
  special(0o4000, 2, 's');
  special(0o2000, 5, 's');
  special(0o1000, 8, 't');
  return (type === 'directory' ? 'd' : type === 'symlink' ? 'l' : mode & PIPE ? 'p' : '-') + bits.join('');
}

/** What files take on a disk with blocks of 4096 bytes, in units of 1024 bytes. */
function kilobytes({ type, size }: FileStat): number {
  return type === 'symlink' ? 0 : Math.ceil(size / 4096) * 4;
}

function human(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 1024; unit++) value /= 1024;
  if (unit === 0) return String(bytes);
  return `${value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : Math.ceil(value)}${'KMGT'[unit - 1]}`;
}

const HALF_YEAR = 31_556_952_000 / 2;

function timeOf(ms: number, options: ReadonlySet<string>, now: number): string {
  const format = [...options].find((option) => option.startsWith('+'));
  if (format !== undefined) return formatTime(format.slice(1), ms);
  if (options.has('T')) return formatTime('%F %T.%N +0000', ms);
  if (options.has('L')) return formatTime('%F %R', ms);
  if (options.has('O')) return formatTime(ms > now - HALF_YEAR && ms <= now ? '%m-%d %R' : '%F ', ms);
  return moment(ms, now);
}

/** The time of day for the last half year, the year for what is older or yet to come. */
function moment(ms: number, now: number): string {
  // biome-ignore lint/style/noRestrictedGlobals: a moment that is given, not the present one
  const [, day = '', month = '', year = '', time = ''] = new Date(ms).toUTCString().split(' ');
  const recent = ms > now - HALF_YEAR && ms <= now;
  return `${month} ${String(Number(day)).padStart(2)} ${recent ? time.slice(0, 5) : ` ${year}`}`;
}
