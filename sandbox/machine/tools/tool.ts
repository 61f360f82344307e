import type { Command, CommandIO } from '../command.ts';
import { FileError, type FileStat, operandPath } from '../files/index.ts';
import type { Words } from '../words.ts';
import { bytesOfDevice } from './devices.ts';
import { type Given, optionsOf, readOptions } from './options.ts';

/** A program of the GNU system, as far as it is here. */
interface Tool {
  readonly name: string;
  readonly summary: Words;
  /** What follows the name, for `--help`. */
  readonly synopsis: string;
  /** See `optionsOf`. */
  readonly options: string;
  /** What `--help` says of options whose names do not say it: the option as it is typed, and its meaning. */
  readonly explained?: Readonly<Record<string, Words>>;
  /** Options of the real tool that are not here, in the same notation: refused by name. */
  readonly absent?: string;
  /** Options that take a number: what it is, the least that it may be (0) and the most. */
  readonly counts?: Readonly<Record<string, readonly [what: string, least?: number, most?: number]>>;
  /** Exit code after a complaint about the command line; 1 when it is not said. */
  readonly misuse?: number;
  /** Printed after such a complaint in the place of `Try 'NAME --help' …`. */
  readonly usage?: string;
  /** `-5` for `-n5`: rewrites the words of the line before they are read. */
  readonly rewrite?: (args: readonly string[], io: CommandIO) => readonly string[];
  /** Options end at the first operand. */
  readonly inOrder?: boolean;
  /** The package of the real tool, as its `--version` tells it; after `=` the whole line. */
  readonly version?: string;
  run(given: Given, io: CommandIO): Promise<number> | number;
}

/** How each package writes what its programs are: `tar (GNU tar) 1.34`, `gzip 1.12`, `free from procps-ng 4.0.2`. */
export function versionLine(name: string, version = 'GNU coreutils 9.1'): string {
  if (version.startsWith('=')) return version.slice(1);
  if (version.startsWith(`${name} `)) return version;
  if (/^(?:util-linux|procps-ng) /.test(version)) return `${name} from ${version}`;
  return `${name} (${version})`.replace(/ ([\d.]+)\)$/, ') $1');
}

const helpWords = {
  usage: { es: 'Uso', en: 'Usage' },
  options: { es: 'Opciones', en: 'Options' },
  rest: {
    es: 'Las demás opciones del programa real no forman parte de este sandbox.',
    en: 'The other options of the real program are not part of this sandbox.',
  },
} satisfies Record<string, Words>;

/** Thrown by a tool to end at once with a message of its own, without the tool's name before it. */
export class ToolEnd {
  readonly message: string;
  readonly exitCode: number;
  /** Whether where to read more is told after it. */
  readonly hint: boolean;
  constructor(message: string, exitCode = 1, hint = false) {
    this.message = message;
    this.exitCode = exitCode;
    this.hint = hint;
  }
}

/** A complaint about the command line, with the line that tells where to read more. */
export function misuse(message: string, exitCode = 1): ToolEnd {
  return new ToolEnd(message, exitCode, true);
}

export function defineTool(tool: Tool): Command {
  const { name, summary } = tool;
  const absent = optionsOf(tool.absent ?? '');
  const known = [...optionsOf(tool.options), ...absent, ...optionsOf('help version')];
  const hint = tool.usage ?? `Try '${name} --help' for more information.\n`;
  async function ran(args: readonly string[], io: CommandIO): Promise<number> {
    const given = readOptions(tool.rewrite?.(args, io) ?? args, known, tool.inOrder);
    if ('misuse' in given) {
      io.stderr(`${name}: ${given.misuse}\n${hint}`);
      return given.exitCode ?? tool.misuse ?? 1;
    }
    if (given.has('help')) {
      io.stdout(helpOf(tool, io));
      return 0;
    }
    if (given.has('version')) {
      io.stdout(`${versionLine(name, tool.version)}\n`);
      return 0;
    }
    for (const [key, value] of given.order) {
      const why = tool.counts?.[key] && value !== '' ? notCounted(value, ...tool.counts[key]) : undefined;
      if (why !== undefined) throw new ToolEnd(why, tool.misuse);
    }
    const missing = absent.find(({ key }) => given.has(key));
    if (missing !== undefined) {
      const shown = missing.key.length > 1 ? `--${missing.key}` : `-${missing.key}`;
      io.stderr(`${name}: '${shown}' is not part of this sandbox\n`);
      return tool.misuse ?? 1;
    }
    return tool.run(given, io);
  }
  return {
    name,
    summary,
    async run(args, io) {
      try {
        return await ran(args, io);
      } catch (error) {
        if (error instanceof ToolEnd) {
          if (error.message !== '') io.stderr(`${name}: ${error.message}\n`);
          if (error.hint) io.stderr(hint);
          return error.exitCode;
        }
        if (!(error instanceof FileError)) throw error;
        io.stderr(`${name}: ${ofFolder(name, error, error.path) ?? `${error.path}: ${reason(error)}`}\n`);
        return tool.misuse ?? 1;
      }
    },
  };
}

/** What is wrong with a number that is asked for (gnulib `xdectoumax`). */
function notCounted(text: string, what: string, least = 0, most = 2 ** 64): string | undefined {
  const value = Number(text);
  if (!/^ *\+?\d+$/.test(text)) return `invalid ${what}: ‘${text}’`;
  if (value >= 2 ** 64) return `invalid ${what}: ‘${text}’: Value too large for defined data type`;
  return value < least || value > most ? `invalid ${what}: ‘${text}’: Numerical result out of range` : undefined;
}

/** What `--help` tells, in the reader's language. */
export function helpOf(tool: Help, { machine: { language }, columns }: CommandIO): string {
  return helpLines(tool, language, columns);
}

type Help = Pick<Tool, 'name' | 'summary' | 'synopsis' | 'options' | 'explained'>;

export function helpLines(tool: Help, language: keyof Words, columns: number): string {
  const names = optionsOf(tool.options).map(({ key, long, value }) => {
    const shown = [key.length === 1 ? `-${key}` : '', long === undefined ? '' : `--${long}`].filter(Boolean).join(', ');
    return shown + (value === 'needed' ? '=…' : value === 'possible' ? '[=…]' : '');
  });
  const lines = [`${helpWords.usage[language]}: ${tool.name} ${tool.synopsis}`, tool.summary[language], ''];
  if (names.length > 0) {
    lines.push(`${helpWords.options[language]}:`);
    let line = ' ';
    for (const name of names) {
      if (line.length + name.length + 3 > Math.min(columns, 100)) {
        lines.push(line);
        line = ' ';
      }
      line += ` ${name};`;
    }
    lines.push(line.replace(/;$/, ''), '');
  }
  const explained = Object.entries(tool.explained ?? {});
  if (explained.length > 0) {
    const width = Math.max(...explained.map(([option]) => option.length));
    lines.push(...explained.map(([option, words]) => `  ${option.padEnd(width)}  ${words[language]}`), '');
  }
  lines.push(helpWords.rest[language]);
  return lines.map((line) => `${line}\n`).join('');
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EEXIST: 'File exists',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  ENOTEMPTY: 'Directory not empty',
  ELOOP: 'Too many levels of symbolic links',
  ENAMETOOLONG: 'File name too long',
  EINVAL: 'Invalid argument',
  EPERM: 'Operation not permitted',
  EFBIG: 'File too large',
  ENOSPC: 'No space left on device',
};

/** What the C library says of an error. */
export function reason(error: FileError): string {
  return reasons[error.code] ?? error.message;
}

/** What tools say of a folder that they were to read, where it is not its name and the C library's words. */
const ofFolders: Readonly<Record<string, string>> = {
  awk: 'read error (Is a directory)',
  base64: 'read error: Is a directory',
  column: 'read failed: Is a directory',
  envsubst: 'error while reading "standard input": Is a directory',
  fmt: 'read error',
  join: 'read error: Is a directory',
  shuf: 'read error: Is a directory',
  sort: 'read failed: %: Is a directory',
  split: '%: Is a directory',
  tr: 'read error: Is a directory',
  uniq: "error reading '%'",
  xxd: 'Is a directory',
};

/** What `tool` says of a folder; undefined for another error, or where it has no words of its own. */
export function ofFolder(tool: string, error: FileError, name: string): string | undefined {
  return error.code === 'EISDIR' ? ofFolders[tool]?.replace('%', name) : undefined;
}

/**
 * The bytes of a file by the name that stands on the line; `-` is standard input.
 * @throws FileError
 */
export function readInput(name: string, io: CommandIO, most?: number): Uint8Array {
  if (name === '-') return io.stdin;
  const path = operandPath(io.cwd, name);
  if (path === '/dev/stdin' || path === '/dev/fd/0') return io.stdin;
  if (/[^/]\/+$/.test(name) && io.machine.files.exists(path) && io.machine.files.stat(path).type !== 'directory')
    throw new FileError('ENOTDIR', 'open', name);
  return io.descriptors?.get(path) ?? bytesOfDevice(path, io.machine, most) ?? io.machine.files.readFile(path);
}

/**
 * What is at a name on the line; a link is followed only when told to. A slash at its end follows it, and is for folders alone.
 * @throws FileError
 */
export function operandStat(name: string, { machine: { files }, cwd }: CommandIO, follows = false): FileStat {
  const path = operandPath(cwd, name);
  if (!/[^/]\/+$/.test(name)) return follows ? files.stat(path) : files.lstat(path);
  const stat = files.stat(path);
  if (stat.type !== 'directory') throw new FileError('ENOTDIR', 'stat', path);
  return stat;
}

/** Tools that are not of coreutils tell a name as it is. */
const plainNames: ReadonlySet<string> = new Set(['awk', 'cmp', 'column', 'diff', 'grep', 'jq', 'sed']);

/** A name as coreutils tell it, always in quotes (gnulib `quotearg`, style shell-escape-always). */
export function quoted(name: string): string {
  if (name.includes('\n'))
    return name
      .split('\n')
      .map((part) => (part === '' ? '' : quoted(part)))
      .join("$'\\n'");
  if (!name.includes("'")) return `'${name}'`;
  return /["$`\\!]/.test(name) ? `'${name.replaceAll("'", "'\\''")}'` : `"${name}"`;
}

/** A name as coreutils tell it: in quotes where the shell would need them (gnulib `quotearg`, style shell-escape). */
export function shellQuoted(name: string): string {
  if (name !== '' && !/[\s!"$&'()*;<=>?[\\^`|]|^[~#]/.test(name)) return name;
  return quoted(name);
}

/** As `readInput`; what cannot be read is told as `NAME: FILE: reason` and gives undefined. */
export function tryInput(tool: string, name: string, io: CommandIO, how = '', most?: number): Uint8Array | undefined {
  try {
    return readInput(name, io, most);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const shown = plainNames.has(tool) ? name : shellQuoted(name);
    const told =
      ofFolder(tool, error, name) ??
      (how === '' ? `${shown}: ` : how.replace('%', how.includes("'%'") ? name : shown)) + reason(error);
    io.stderr(`${tool}: ${told}\n`);
    return undefined;
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Lines without their ends. `ended`: whether the last one has its newline. */
export function linesOf(text: string, end = '\n'): { readonly lines: string[]; readonly ended: boolean } {
  if (text === '') return { lines: [], ended: true };
  const lines = text.split(end);
  const ended = lines.at(-1) === '';
  if (ended) lines.pop();
  return { lines, ended };
}

/** Text with a character for each byte: what compares and counts as the C locale does. */
export function byteText(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join('');
}

/** The opposite of `byteText`. */
export function fromByteText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** A word of the line as `byteText`. */
export function byteWord(word: string): string {
  return byteText(encoder.encode(word));
}
