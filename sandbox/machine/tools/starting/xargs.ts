import { type Command, type CommandIO, isNotFound } from '../../command.ts';
import { FileError, operandPath } from '../../files/index.ts';
import { bytesOf, defineTool, misuse, readInput, reason, ToolEnd, textOf } from '../tool.ts';

/** GNU xargs 4.9. Programs run one after another; with `-P` what they write stands in the order in which they would have ended. */
export const xargs: Command = defineTool({
  name: 'xargs',
  summary: { es: 'ejecuta un programa con palabras de la entrada', en: 'runs a program with words of its input' },
  synopsis: '[OPTION]... COMMAND [INITIAL-ARGS]...',
  options:
    '0|null a|arg-file= d|delimiter= E= I= i|replace? L|max-lines= n|max-args= P|max-procs= e|eof? r|no-run-if-empty s|max-chars= t|verbose x|exit',
  absent: 'p|interactive o|open-tty show-limits process-slot-var= l',
  inOrder: true,
  version: 'GNU findutils 4.9.0',
  async run(given, io) {
    const number = (key: string): number | undefined => {
      const value = given.value(key);
      if (value === undefined) return undefined;
      if (!/^-?\d+$/.test(value)) throw misuse(`invalid number "${value}" for -${key} option`);
      if (Number(value) < (key === 'P' ? 0 : 1)) throw misuse(`value ${value} for -${key} option should be >= 1`);
      return Number(value);
    };
    const delimiter = given.value('d');
    if (delimiter !== undefined && [...delimiter].length !== 1 && !delimiter.startsWith('\\'))
      throw new ToolEnd(
        `Invalid input delimiter specification ${delimiter}: the delimiter must be either a single character or an escape sequence starting with \\.`,
      );
    const places = number('P') ?? 1;
    const source = given.has('a') ? argumentFile(given.value('a') ?? '-', io) : io.stdin;
    const replace = given.order.findLast(([key]) => 'IinL'.includes(key));
    const mark = given.has('I') ? given.value('I') : given.has('i') ? given.value('i') || '{}' : undefined;
    let most = number('n');
    if (mark !== undefined && most !== undefined) {
      const later = replace?.[0] === 'n' ? '--replace/-I/-i' : '--max-args';
      if (later === '--max-args' || most !== 1)
        io.stderr(
          `xargs: warning: options --max-args and --replace/-I/-i are mutually exclusive, ignoring previous ${later} value\n`,
        );
      if (later === '--max-args') most = undefined;
    }
    const items = itemsOf(
      textOf(source),
      given.has('0') ? '\0' : delimiter,
      mark !== undefined,
      number('L'),
      given.value('E'),
    );
    const words = given.operands.length === 0 ? ['echo'] : given.operands;
    const batches = batchesOf(items, words, mark, most, number('L'), Number(given.value('s') ?? 131_072));
    if (items.length === 0 && mark === undefined && !given.has('r')) batches.push([...words]);
    let exitCode = 0;
    const side = sideBySide(places === 0 ? batches.length : places, io);
    for (const batch of batches) {
      if (io.signal.aborted) return 130;
      if (given.has('t')) io.stderr(`${batch.join(' ')}\n`);
      const code = await start('xargs', batch, side.next());
      side.ended();
      if (code === 126 || code === 127) return side.show(code);
      if (code === 255) side.show(124);
      if (code === 255) throw new ToolEnd(`${words[0]}: exited with status 255; aborting`, 124);
      if (code !== 0) exitCode = 123;
    }
    return side.show(exitCode);
  },
});

function argumentFile(name: string, io: CommandIO): Uint8Array {
  try {
    return readInput(name, io);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new ToolEnd(`Cannot open input file ‘${name}’: ${reason(error)}`);
  }
}

/** Programs that would run side by side in so many places: what each writes is kept until it would have ended. */
function sideBySide(
  places: number,
  io: CommandIO,
): { next(): CommandIO; ended(): void; show(exitCode: number): number } {
  if (places <= 1) return { next: () => io, ended: () => {}, show: (exitCode) => exitCode };
  const { kernel } = io.machine;
  /** ms at which each place is free, from the start on. */
  const free = Array.from({ length: places }, () => 0);
  const done: { readonly end: number; readonly show: () => void }[] = [];
  let started = 0;
  let kept: (() => void)[] = [];
  return {
    next() {
      started = kernel.now();
      kept = [];
      return {
        ...io,
        stdout: (text) => kept.push(() => io.stdout(text)),
        stderr: (text) => kept.push(() => io.stderr(text)),
      };
    },
    ended() {
      const place = free.indexOf(Math.min(...free));
      const end = (free[place] ?? 0) + kernel.now() - started;
      free[place] = end;
      const written = kept;
      done.push({
        end,
        show: () => {
          for (const show of written) show();
        },
      });
    },
    show(exitCode) {
      // Programs that end at one moment stand in the order in which they began.
      for (const { show } of done.sort((one, other) => one.end - other.end)) show();
      return exitCode;
    },
  };
}

/** Starts a program and passes on what it writes; 126 and 127 are told in the name of the tool that starts it. */
export async function start(
  tool: string,
  words: readonly string[] | string,
  io: CommandIO,
  quoted: (name: string) => string = (name) => name,
  stdin: Uint8Array = new Uint8Array(),
  name = words[0] ?? '',
): Promise<number> {
  if (io.run === undefined) throw new ToolEnd('a shell is needed to start a program', 127);
  const path = operandPath(io.cwd, name);
  const isFolder = io.machine.files.exists(path) && io.machine.files.stat(path).type === 'directory';
  // With `NAME=value nohup PROGRAM` the variable is the wrapper’s, not the shell’s: the program has it from there.
  const show = (stream: 'stdout' | 'stderr', bytes: Uint8Array): void => {
    const text = textOf(bytes);
    if (stream === 'stdout') io.stdout(bytes);
    else if (isFolder && text.endsWith(': Is a directory\n'))
      io.stderr(`${tool}${tool.includes(':') ? '' : ':'} ${quoted(name)}: Permission denied\n`);
    else if (!isNotFound({ exitCode: 127, stderr: text }, name)) io.stderr(text);
    else io.stderr(`${tool}${tool.includes(':') ? '' : ':'} ${quoted(name)}: No such file or directory\n`);
  };
  return (await io.run({ words, stdin, env: io.env, show })).exitCode;
}

interface Item {
  readonly text: string;
  readonly line: number;
}

function itemsOf(
  text: string,
  delimiter: string | undefined,
  byLine: boolean,
  lines: number | undefined,
  stop: string | undefined,
): readonly Item[] {
  if (delimiter !== undefined) {
    const sign = { '\\n': '\n', '\\t': '\t', '\\0': '\0' }[delimiter] ?? delimiter;
    const parts = text.split(sign);
    if (parts.at(-1) === '') parts.pop();
    return parts.map((part, line) => ({ text: part, line }));
  }
  const items: Item[] = [];
  let word = '';
  let inWord = false;
  let line = 0;
  const end = (): boolean => {
    if (inWord && word === stop) return true;
    if (inWord) items.push({ text: word, line });
    word = '';
    inWord = false;
    return false;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '\n') {
      if (end()) return items;
      // A line that ends in a blank goes on.
      if (lines === undefined || !/[ \t]/.test(text[at - 1] ?? '')) line++;
    } else if (/[ \t]/.test(character) && (!byLine || !inWord)) {
      if (!byLine && end()) return items;
    } else if (character === "'" || character === '"') {
      const close = text.indexOf(character, at + 1);
      const newline = text.indexOf('\n', at);
      if (close < 0 || (newline >= 0 && newline < close)) {
        const name = character === '"' ? 'double' : 'single';
        throw new ToolEnd(
          `unmatched ${name} quote; by default quotes are special to xargs unless you use the -0 option`,
        );
      }
      word += text.slice(at + 1, close);
      inWord = true;
      at = close;
    } else if (character === '\\' && at + 1 < text.length) {
      word += text[++at];
      inWord = true;
    } else {
      word += character;
      inWord = true;
    }
  }
  end();
  return items;
}

function batchesOf(
  items: readonly Item[],
  words: readonly string[],
  mark: string | undefined,
  most: number | undefined,
  lines: number | undefined,
  characters: number,
): string[][] {
  if (mark !== undefined) return items.map(({ text }) => words.map((word) => word.replaceAll(mark, text)));
  const batches: string[][] = [];
  const base = words.reduce((sum, word) => sum + bytesOf(word).length + 1, 0);
  let batch: Item[] = [];
  let size = base;
  const close = (): void => {
    if (batch.length > 0) batches.push([...words, ...batch.map(({ text }) => text)]);
    batch = [];
    size = base;
  };
  for (const item of items) {
    const length = bytesOf(item.text).length + 1;
    if (base + length > characters) throw new ToolEnd('argument line too long');
    const full =
      batch.length === most ||
      size + length > characters ||
      (lines !== undefined && batch[0] !== undefined && item.line - batch[0].line >= lines);
    if (full) close();
    batch.push(item);
    size += length;
  }
  close();
  return batches;
}
