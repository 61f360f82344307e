// Tools that count, choose and compare whole lines.
import type { Command, CommandIO } from '../../command.ts';
import { FileError, operandPath } from '../../files/index.ts';
import type { Given } from '../options.ts';
import {
  byteText,
  defineTool,
  fromByteText,
  linesOf,
  misuse,
  quoted,
  readInput,
  reason,
  ToolEnd,
  textOf,
  tryInput,
} from '../tool.ts';

const wc = defineTool({
  name: 'wc',
  summary: { es: 'cuenta líneas, palabras y bytes', en: 'counts lines, words and bytes' },
  synopsis: '[OPTION]... [FILE]...',
  options: 'c|bytes m|chars l|lines w|words L|max-line-length',
  absent: 'files0-from=',
  run(given, io) {
    const all = !given.has('c', 'm', 'l', 'w', 'L');
    const shown = (['l', 'w', 'm', 'c', 'L'] as const).filter((key) => given.has(key) || (all && 'lwc'.includes(key)));
    const names = given.operands.length === 0 ? [undefined] : given.operands;
    const rows: { readonly name: string | undefined; readonly counts: readonly number[] }[] = [];
    let exitCode = 0;
    let size = 0;
    let irregular = false;
    for (const name of names) {
      if (name === '') {
        io.stderr('wc: invalid zero-length file name\n');
        exitCode = 1;
        continue;
      }
      const bytes = tryInput('wc', name ?? '-', io, name === undefined ? "'standard input': " : '');
      const isInput = name === undefined || name === '-';
      irregular ||= isInput && !io.isFromFile;
      if (bytes === undefined) {
        exitCode = 1;
        if (isInput || io.machine.files.exists(operandPath(io.cwd, name))) {
          irregular = true;
          rows.push({ name, counts: shown.map(() => 0) });
        }
        continue;
      }
      size += bytes.length;
      const counts = countsOf(bytes, shown);
      rows.push({ name, counts });
    }
    const single = shown.length === 1 && names.length === 1;
    const width = single ? 1 : irregular ? Math.max(7, String(size).length) : String(size).length;
    if (names.length > 1) {
      const counts = shown.map((key, column) => {
        const values = rows.map((row) => row.counts[column] ?? 0);
        return key === 'L' ? Math.max(0, ...values) : values.reduce((sum, one) => sum + one, 0);
      });
      rows.push({ name: 'total', counts });
    }
    for (const { name, counts } of rows) {
      const numbers = counts.map((count) => String(count).padStart(width)).join(' ');
      io.stdout(`${numbers}${name === undefined ? '' : ` ${name}`}\n`);
    }
    return exitCode;
  },
});

function countsOf(bytes: Uint8Array, keys: readonly string[]): readonly number[] {
  const text = keys.some((key) => 'mwL'.includes(key)) ? textOf(bytes) : '';
  return keys.map((key) => {
    if (key === 'c') return bytes.length;
    if (key === 'l') return bytes.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
    if (key === 'm') return [...text].length;
    // What cannot be seen makes no word.
    if (key === 'w') return text.replaceAll(/[^\P{Cc}\s]/gu, '').match(/\S+/g)?.length ?? 0;
    return text.split('\n').reduce((most, line) => Math.max(most, widthOf(line)), 0);
  });
}

/** Columns that a line takes: tabs reach to the next eighth, controls take none. */
function widthOf(line: string): number {
  let width = 0;
  for (const letter of line) width += letter === '\t' ? 8 - (width % 8) : letter < ' ' || letter === '\x7f' ? 0 : 1;
  return width;
}

const skips = [
  ['f', 'fields to skip'],
  ['s', 'bytes to skip'],
  ['w', 'bytes to compare'],
] as const;

const uniq = defineTool({
  name: 'uniq',
  summary: { es: 'junta las líneas iguales seguidas', en: 'joins equal lines that follow each other' },
  synopsis: '[OPTION]... [INPUT [OUTPUT]]',
  options:
    'c|count d|repeated D i|ignore-case u|unique f|skip-fields= s|skip-chars= w|check-chars= z|zero-terminated all-repeated?none/prepend/separate group?prepend/append/separate/both',
  run(given, io) {
    const [input = '-', output, extra] = given.operands;
    if (extra !== undefined) throw misuse(`extra operand ‘${extra}’`);
    const bytes = tryInput('uniq', input, io);
    if (bytes === undefined) return 1;
    const end = given.has('z') ? '\0' : '\n';
    if (given.has('c') && given.has('D', 'all-repeated'))
      throw misuse('printing all duplicated lines and repeat counts is meaningless');
    for (const [key, what] of skips)
      if (!/^\d+$/.test(given.value(key) ?? '0')) throw new ToolEnd(`${given.value(key)}: invalid number of ${what}`);
    const { lines } = linesOf(byteText(bytes), end);
    const fields = Number(given.value('f') ?? 0);
    const key = (line: string): string => {
      let text = line;
      for (let field = 0; field < fields; field++) text = text.replace(/^[ \t]*[^ \t]*/, '');
      text = text.slice(Number(given.value('s') ?? 0));
      if (given.has('w')) text = text.slice(0, Number(given.value('w')));
      return given.has('i') ? text.toLowerCase() : text;
    };
    const groups: { readonly key: string; readonly lines: string[] }[] = [];
    for (const line of lines) {
      const last = groups.at(-1);
      const own = key(line);
      if (last?.key === own) last.lines.push(line);
      else groups.push({ key: own, lines: [line] });
    }
    const out: string[] = [];
    const method = given.has('group') ? given.value('group') || 'separate' : given.value('all-repeated') || 'none';
    const repeated = given.has('D', 'all-repeated');
    for (const { lines: same } of groups) {
      if (given.has('u') && same.length > 1) continue;
      if ((given.has('d') || repeated) && same.length === 1) continue;
      const count = given.has('c') ? `${String(same.length).padStart(7)} ` : '';
      const before = method === 'prepend' || method === 'both' || (method === 'separate' && out.length > 0);
      if (before && (method !== 'both' || out.length === 0)) out.push(end);
      for (const line of repeated || given.has('group') ? same : same.slice(0, 1)) out.push(count + line + end);
      if (method === 'append' || method === 'both') out.push(end);
    }
    const written = fromByteText(out.join(''));
    if (output === undefined) io.stdout(written);
    else io.machine.files.writeFile(operandPath(io.cwd, output), written);
    return 0;
  },
});

const units: Readonly<Record<string, number>> = {
  b: 512,
  kB: 1000,
  K: 1024,
  k: 1024,
  KiB: 1024,
  MB: 1e6,
  M: 2 ** 20,
  m: 2 ** 20,
  G: 2 ** 30,
  GB: 1e9,
};

/** `10`, `2K`, `1M` as a number; undefined when it is none. */
export function sizeOf(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+)([A-Za-z]*)$/.exec(text) ?? [];
  if (digits === undefined || (unit !== '' && units[unit] === undefined)) return undefined;
  return Number(digits) * (units[unit] ?? 1);
}

/** `-5` becomes `-n5`, `-c5` stays. */
function withCount(args: readonly string[]): readonly string[] {
  const [, count, unit = ''] = /^-(\d+)([bkmclqvz]*)$/.exec(args[0] ?? '') ?? [];
  if (count === undefined) return args;
  const size = unit.match(/[bkm]/)?.[0] ?? '';
  const letters = unit.replaceAll(/[bkmcl]/g, '');
  return [
    `-${/[cbkm]/.test(unit) ? 'c' : 'n'}${count}${size}`,
    ...(letters === '' ? [] : [`-${letters}`]),
    ...args.slice(1),
  ];
}

function ends(
  given: Given,
  io: CommandIO,
  name: 'head' | 'tail',
  cut: (bytes: Uint8Array) => Uint8Array,
  most?: number,
): number {
  const names = given.operands.length === 0 ? ['-'] : given.operands;
  const headed = given.has('v') || (names.length > 1 && !given.has('q', 'silent'));
  let exitCode = 0;
  let first = true;
  for (const one of names) {
    let bytes: Uint8Array | undefined;
    try {
      bytes = readInput(one, io, most);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      exitCode = 1;
      if (error.code !== 'EISDIR') {
        io.stderr(`${name}: cannot open ${quoted(one)} for reading: ${reason(error)}\n`);
        continue;
      }
    }
    const shown = one === '-' ? 'standard input' : one;
    if (headed) io.stdout(`${first ? '' : '\n'}==> ${shown} <==\n`);
    first = false;
    if (bytes !== undefined) {
      const part = cut(bytes);
      io.stdout(part);
      if (one === '-' && name === 'head') io.leaves?.(bytes.length - part.length);
    } else io.stderr(`${name}: error reading '${shown}': Is a directory\n`);
  }
  return exitCode;
}

/** Where line number `count` from the start begins, or -1. */
function startOfLine(bytes: Uint8Array, count: number, end: number): number {
  let at = 0;
  for (let line = 0; line < count; line++) {
    const next = bytes.indexOf(end, at);
    if (next < 0) return bytes.length;
    at = next + 1;
  }
  return at;
}

/** Where the last `count` lines begin. */
function startOfLast(bytes: Uint8Array, count: number, end: number): number {
  if (count === 0) return bytes.length;
  let at = bytes.length - (bytes.at(-1) === end ? 1 : 0);
  for (let line = 0; line < count; line++) {
    at = at <= 0 ? -1 : bytes.lastIndexOf(end, at - 1);
    if (at < 0) return 0;
  }
  return at + 1;
}

const head = defineTool({
  name: 'head',
  summary: { es: 'las primeras líneas', en: 'the first lines' },
  synopsis: '[OPTION]... [FILE]...',
  options: 'c|bytes= n|lines= q|quiet silent v|verbose z|zero-terminated',
  rewrite(args) {
    const [, letter] = /^-\d+[bkmclqvz]*([^bkmclqvz\d])/.exec(args[0] ?? '') ?? [];
    if (letter !== undefined) throw misuse(`invalid trailing option -- ${letter}`);
    return withCount(args);
  },
  run(given, io) {
    const byBytes = given.has('c');
    const text = given.value(byBytes ? 'c' : 'n') ?? '10';
    const but = text.startsWith('-');
    const count = sizeOf(text.replace(/^[-+]/, ''));
    if (count === undefined) throw new ToolEnd(`invalid number of ${byBytes ? 'bytes' : 'lines'}: ‘${text}’`);
    const end = given.has('z') ? 0 : 10;
    const cut = (bytes: Uint8Array): Uint8Array => {
      if (byBytes) return bytes.subarray(0, but ? Math.max(0, bytes.length - count) : count);
      return bytes.subarray(0, but ? startOfLast(bytes, count, end) : startOfLine(bytes, count, end));
    };
    return ends(given, io, 'head', cut, byBytes && !but ? count : undefined);
  },
});

const tail = defineTool({
  name: 'tail',
  summary: { es: 'las últimas líneas', en: 'the last lines' },
  synopsis: '[OPTION]... [FILE]...',
  options:
    'c|bytes= n|lines= q|quiet silent v|verbose z|zero-terminated f follow?descriptor/name F pid= s|sleep-interval= retry',
  rewrite: (args) => {
    // The old form is for one file.
    const [, digit] = /^[-+](\d)\d*/.exec(args[0] ?? '') ?? [];
    const isOdd = digit !== undefined && /^-/.test(args[0] ?? '') && !/^-\d+[bcl]?f?$/.test(args[0] ?? '');
    if (isOdd || (digit !== undefined && args.slice(1).filter((arg) => !arg.startsWith('-')).length > 1))
      throw new ToolEnd(`option used in invalid context -- ${digit}`);
    return withCount(args).map((arg, index) =>
      index === 0 && /^\+\d+$/.test(arg)
        ? `-n${arg}`
        : index === 0 && /^-\d+f$/.test(arg)
          ? `-fn${arg.slice(1, -1)}`
          : arg,
    );
  },
  async run(given, io) {
    const byBytes = given.has('c');
    const text = given.value(byBytes ? 'c' : 'n') ?? '10';
    const from = text.startsWith('+');
    const count = sizeOf(text.replace(/^[-+]/, ''));
    if (count === undefined) throw new ToolEnd(`invalid number of ${byBytes ? 'bytes' : 'lines'}: ‘${text}’`);
    const end = given.has('z') ? 0 : 10;
    const skipped = Math.max(0, count - 1);
    const cut = (bytes: Uint8Array): Uint8Array => {
      if (byBytes) return from ? bytes.subarray(skipped) : bytes.subarray(Math.max(0, bytes.length - count));
      return bytes.subarray(from ? startOfLine(bytes, skipped, end) : startOfLast(bytes, count, end));
    };
    const exitCode = ends(given, io, 'tail', cut);
    const [name] = given.operands;
    if (!given.has('f', 'follow', 'F') || name === undefined || name === '-') return exitCode;
    if (given.has('f', 'follow') && exitCode !== 0 && !io.machine.files.exists(operandPath(io.cwd, name)))
      throw new ToolEnd('no files remaining');
    return follow(name, io);
  },
});

/** Shows what is added to a file until it is interrupted: in the terminal, or as a job. */
async function follow(name: string, io: CommandIO): Promise<number> {
  const { files } = io.machine;
  const path = operandPath(io.cwd, name);
  let seen = files.exists(path) ? files.stat(path).size : 0;
  await new Promise<void>((resolve) => {
    const stop = files.watch((change) => {
      if (change.path !== path || !files.exists(path)) return;
      const { size } = files.stat(path);
      if (size < seen) {
        io.stderr(`tail: ${name}: file truncated\n`);
        seen = 0;
      }
      if (size > seen) io.stdout(files.readFile(path).subarray(seen));
      seen = size;
    });
    const end = (): void => {
      stop();
      resolve();
    };
    if (io.signal.aborted) end();
    else io.signal.addEventListener('abort', end);
  });
  return 130;
}

const comm = defineTool({
  name: 'comm',
  summary: { es: 'compara dos archivos ordenados', en: 'compares two sorted files' },
  synopsis: '[OPTION]... FILE1 FILE2',
  options: '1 2 3 check-order nocheck-order output-delimiter= total',
  run(given, io) {
    const [one, other, extra] = given.operands;
    if (one === undefined) throw misuse('missing operand');
    if (other === undefined) throw misuse(`missing operand after ‘${one}’`);
    if (extra !== undefined) throw misuse(`extra operand ‘${extra}’`);
    const left = tryInput('comm', one, io);
    const right = left && tryInput('comm', other, io);
    if (left === undefined || right === undefined) return 1;
    const [a, b] = [linesOf(byteText(left)).lines, linesOf(byteText(right)).lines];
    const tab = given.value('output-delimiter') ?? '\t';
    const out: string[] = [];
    const totals = [0, 0, 0];
    const put = (column: 1 | 2 | 3, line: string): void => {
      totals[column - 1] = (totals[column - 1] ?? 0) + 1;
      if (given.has(String(column))) return;
      const before = [1, 2, 3].filter((other) => other < column && !given.has(String(other))).length;
      out.push(`${tab.repeat(before)}${line}\n`);
    };
    const places = [0, 0];
    const unsorted = new Set<number>();
    let isAlone = false;
    let isStopped = false;
    // Nobody looks at the order of what is read before the first line that stands alone.
    const next = (index: 0 | 1): void => {
      const lines = index === 0 ? a : b;
      const at = (places[index] ?? 0) + 1;
      places[index] = at;
      const isSorted = at >= lines.length || (lines[at - 1] ?? '') <= (lines[at] ?? '');
      if (isSorted || given.has('nocheck-order') || !(isAlone || given.has('check-order'))) return;
      unsorted.add(index + 1);
      isStopped = given.has('check-order');
    };
    while (!isStopped) {
      const [l, r] = [a[places[0] ?? 0], b[places[1] ?? 0]];
      if (l === undefined && r === undefined) break;
      if (l !== r) isAlone = true;
      if (l !== undefined && (r === undefined || l < r)) {
        put(1, l);
        next(0);
      } else if (r !== undefined && (l === undefined || r < l)) {
        put(2, r);
        next(1);
      } else {
        put(3, l ?? '');
        next(0);
        if (!isStopped) next(1);
      }
    }
    if (given.has('total')) out.push(`${totals.join(tab)}${tab}total\n`);
    io.stdout(fromByteText(out.join('')));
    for (const index of unsorted) io.stderr(`comm: file ${index} is not in sorted order\n`);
    if (unsorted.size > 0 && !isStopped) io.stderr('comm: input is not in sorted order\n');
    return unsorted.size > 0 ? 1 : 0;
  },
});

export const lineTools: readonly Command[] = [wc, uniq, head, tail, comm];
