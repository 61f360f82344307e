// Tools that show, make and cut bytes.
import type { Command, CommandIO } from '../../command.ts';
import { FileError, operandPath } from '../../files/index.ts';
import { start } from '../starting/xargs.ts';
import { sizeOf } from '../text/lines.ts';
import { byteText, defineTool, fromByteText, linesOf, misuse, readInput, ToolEnd, textOf, tryInput } from '../tool.ts';

function hexOf(value: number, width = 2): string {
  return value.toString(16).padStart(width, '0');
}

function printable(byte: number): string {
  return byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.';
}

const xxd = defineTool({
  name: 'xxd',
  summary: { es: 'muestra bytes en hexadecimal, y al revés', en: 'shows bytes as hexadecimal, and back' },
  synopsis: '[OPTION]... [FILE]',
  options: 'p|plain ps r|revert c|cols= g|groupsize= l|len= s|seek= u b|bits i|include',
  version: '=xxd 2022-01-14 by Juergen Weigert et al.',
  run(given, io) {
    const name = given.operands[0] ?? '-';
    const all = tryInput('xxd', name, io);
    if (all === undefined) return 2;
    const plain = given.has('p', 'ps');
    if (given.has('r')) {
      const digits = linesOf(textOf(all))
        .lines.map((line) => (plain ? line : line.replace(/^[0-9a-f]+: /i, '').replace(/ {2}.*$/, '')))
        .join('')
        .replaceAll(/[^0-9a-fA-F]/g, '');
      io.stdout(Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
      return 0;
    }
    const skip = Number(given.value('s') ?? 0);
    const bytes = all.subarray(skip, given.has('l') ? skip + Number(given.value('l')) : undefined);
    const columns = Number(given.value('c') ?? (plain ? 30 : 16));
    const group = Number(given.value('g') ?? 2);
    const show = (byte: number): string => (given.has('u') ? hexOf(byte).toUpperCase() : hexOf(byte));
    const out: string[] = [];
    for (let at = 0; at < bytes.length; at += columns) {
      const row = [...bytes.subarray(at, at + columns)];
      if (plain) out.push(row.map(show).join(''));
      else {
        const cells = Array.from({ length: columns }, (_, index) => {
          const byte = row[index];
          return (
            (byte === undefined ? '  ' : show(byte)) +
            (group > 0 && (index + 1) % group === 0 && index + 1 < columns ? ' ' : '')
          );
        });
        out.push(`${hexOf(at + skip, 8)}: ${cells.join('')}  ${row.map(printable).join('')}`);
      }
    }
    io.stdout(out.map((line) => `${line}\n`).join(''));
    return 0;
  },
});

const hexdump = defineTool({
  name: 'hexdump',
  summary: { es: 'muestra bytes en hexadecimal', en: 'shows bytes as hexadecimal' },
  synopsis: '[-C] [-n N] [-s N] [FILE]...',
  options: 'C|canonical n|length= s|skip= v|no-squeezing x|two-bytes-hex',
  absent: 'b c d o e= f= L?',
  version: 'util-linux 2.38.1',
  run(given, io) {
    const all =
      given.operands.length === 0
        ? [io.stdin]
        : given.operands.map((name) => tryInput('hexdump', name, io) ?? new Uint8Array());
    const skip = Number(given.value('s') ?? 0);
    const joined = fromByteText(all.map((one) => byteText(one ?? new Uint8Array())).join('')).subarray(skip);
    const bytes = given.has('n') ? joined.subarray(0, Number(given.value('n'))) : joined;
    const canonical = given.has('C');
    const width = canonical ? 8 : 7;
    let last = '';
    let squeezed = false;
    for (let at = 0; at < bytes.length; at += 16) {
      const row = [...bytes.subarray(at, at + 16)];
      const words = Array.from({ length: 8 }, (_, index) => {
        const [low, high] = [row[index * 2], row[index * 2 + 1]];
        return low === undefined ? '    ' : hexOf(low + (high ?? 0) * 256, 4);
      });
      const hex = Array.from(
        { length: 16 },
        (_, index) => `${row[index] === undefined ? '  ' : hexOf(row[index])}${index === 7 ? ' ' : ''}`,
      ).join(' ');
      const body = canonical ? ` ${hex}  |${row.map(printable).join('')}|` : words.join(' ');
      if (body === last && !given.has('v')) {
        if (!squeezed) io.stdout('*\n');
        squeezed = true;
        continue;
      }
      squeezed = false;
      last = body;
      io.stdout(`${hexOf(at + skip, width)} ${body}\n`);
    }
    if (bytes.length > 0) io.stdout(`${hexOf(bytes.length + skip, width)}\n`);
    return 0;
  },
});

const letters: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};

const od = defineTool({
  name: 'od',
  summary: { es: 'muestra bytes en octal, hexadecimal o letras', en: 'shows bytes in octal, hexadecimal or letters' },
  synopsis: '[OPTION]... [FILE]...',
  options: 'A|address-radix= t|format= N|read-bytes= j|skip-bytes= v|output-duplicates w|width? c b x o d a',
  absent: 'S|strings? endian= traditional',
  run(given, io) {
    const all =
      given.operands.length === 0
        ? [io.stdin]
        : given.operands.map((name) => tryInput('od', name, io, '', Number(given.value('N') ?? 65_536)));
    const skip = Number(given.value('j') ?? 0);
    const joined = fromByteText(all.map((one) => (one === undefined ? '' : byteText(one))).join('')).subarray(skip);
    const bytes = given.has('N') ? joined.subarray(0, sizeOf(given.value('N') ?? '') ?? 0) : joined;
    const short: Readonly<Record<string, string>> = { c: 'c', b: 'o1', x: 'x2', o: 'o2', d: 'u2', a: 'a' };
    const formats = given.order.flatMap(([key, value]) =>
      key === 't' ? (value.match(/[acdoux]\d*/g) ?? []) : short[key] === undefined ? [] : [short[key]],
    );
    if (formats.length === 0) formats.push('o2');
    const radix = given.value('A') ?? 'o';
    const columns = Number(given.value('w') || 16);
    const address = (at: number): string =>
      radix === 'n' ? '' : radix === 'x' ? hexOf(at, 6) : at.toString(radix === 'd' ? 10 : 8).padStart(7, '0');
    let last: string | undefined;
    let squeezed = false;
    for (let at = 0; at < bytes.length; at += columns) {
      const row = bytes.subarray(at, at + columns);
      const key = byteText(row);
      if (key === last && row.length === columns && !given.has('v')) {
        if (!squeezed) io.stdout('*\n');
        squeezed = true;
        continue;
      }
      squeezed = false;
      last = key;
      for (const [index, format] of formats.entries()) {
        const before = index === 0 ? address(at + skip) : ' '.repeat(address(0).length);
        io.stdout(`${before}${cellsOf(row, format).join('')}\n`);
      }
    }
    if (radix !== 'n') io.stdout(`${address(bytes.length + skip)}\n`);
    return all.includes(undefined) ? 1 : 0;
  },
});

function cellsOf(row: Uint8Array, format: string): readonly string[] {
  const kind = format[0] as string;
  if (kind === 'c' || kind === 'a')
    return Array.from(row, (byte) =>
      (
        letters[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))
      ).padStart(4),
    );
  const size = Number(format.slice(1) || (kind === 'o' || kind === 'x' || kind === 'u' || kind === 'd' ? 4 : 1));
  const cells: string[] = [];
  for (let at = 0; at < row.length; at += size) {
    let value = 0n;
    for (let byte = size - 1; byte >= 0; byte--) value = value * 256n + BigInt(row[at + byte] ?? 0);
    if (kind === 'd') value = BigInt.asIntN(size * 8, value);
    const base = { x: 16, o: 8 }[kind] ?? 10;
    const width =
      {
        x: size * 2,
        o: Math.ceil((size * 8) / 3),
        u: [0, 3, 5, 0, 10, 0, 0, 0, 20][size] ?? 3,
        d: [0, 4, 6, 0, 11, 0, 0, 0, 20][size] ?? 4,
      }[kind] ?? 3;
    cells.push(` ${value.toString(base).padStart(width, base === 10 ? ' ' : '0')}`);
  }
  return cells;
}

/** Zero is a number, and not one that is asked for. */
function outOfRange(text: string | undefined): string {
  return text !== undefined && /^0+$/.test(text) ? ': Numerical result out of range' : '';
}

const split = defineTool({
  name: 'split',
  summary: { es: 'parte un archivo en trozos', en: 'cuts a file into pieces' },
  synopsis: '[OPTION]... [FILE [PREFIX]]',
  options:
    'a|suffix-length= additional-suffix= b|bytes= C|line-bytes= d numeric-suffixes? l|lines= n|number= verbose filter=',
  absent: 'e|elide-empty-files t|separator= u|unbuffered x hex-suffixes?',
  async run(given, io) {
    const [name = '-', prefix = 'x', extra] = given.operands;
    if (extra !== undefined) throw misuse(`extra operand ‘${extra}’`);
    const bytes = tryInput('split', name, io, "cannot open '%' for reading: ");
    if (bytes === undefined) return 1;
    const pieces: Uint8Array[] = [];
    const pieceBytes = given.has('b') ? sizeOf(given.value('b') ?? '') : undefined;
    if (given.has('b') && !pieceBytes)
      throw new ToolEnd(`invalid number of bytes: ‘${given.value('b')}’${outOfRange(given.value('b'))}`);
    if (pieceBytes !== undefined)
      for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes));
    else if (given.has('n')) {
      const [, byLines, count] = /^(l\/)?(\d+)$/.exec(given.value('n') ?? '') ?? [];
      if (count === undefined) throw new ToolEnd(`invalid number of chunks: ‘${given.value('n')}’`);
      const size = Math.floor(bytes.length / Number(count));
      let at = 0;
      for (let piece = 1; piece <= Number(count); piece++) {
        let end = piece === Number(count) ? bytes.length : piece * size;
        if (byLines !== undefined && piece < Number(count)) end = Math.max(at, bytes.indexOf(10, end - 1) + 1);
        pieces.push(bytes.subarray(at, end));
        at = end;
      }
    } else {
      const lines = Number(given.value('l') ?? 1000);
      if (!(lines > 0))
        throw new ToolEnd(`invalid number of lines: ‘${given.value('l')}’${outOfRange(given.value('l'))}`);
      for (let at = 0; at < bytes.length; ) {
        let end = at;
        for (let line = 0; line < lines && end < bytes.length; line++) {
          const next = bytes.indexOf(10, end);
          end = next < 0 ? bytes.length : next + 1;
        }
        pieces.push(bytes.subarray(at, end));
        at = end;
      }
    }
    const length = Number(given.value('a') ?? 2);
    const numeric = given.has('d', 'numeric-suffixes');
    for (const [index, piece] of pieces.entries()) {
      const suffix = numeric
        ? String(index + Number(given.value('numeric-suffixes') || 0)).padStart(length, '0')
        : lettersOf(index, length);
      const file = `${prefix}${suffix}${given.value('additional-suffix') ?? ''}`;
      const filter = given.value('filter');
      if (filter !== undefined) {
        if (given.has('verbose')) io.stdout(`executing with FILE=${file}\n`);
        const exitCode = await start(
          'split',
          ['sh', '-c', filter],
          { ...io, env: { ...io.env, FILE: file } },
          String,
          piece,
        );
        if (exitCode > 0) throw new ToolEnd(`with FILE=${file}, exit ${exitCode} from command: ${filter}`, exitCode);
        continue;
      }
      if (given.has('verbose')) io.stdout(`creating file '${file}'\n`);
      io.machine.files.writeFile(operandPath(io.cwd, file), piece);
    }
    return 0;
  },
});

function lettersOf(number: number, length: number): string {
  let text = '';
  for (let rest = number; text.length < length; rest = Math.floor(rest / 26))
    text = String.fromCharCode(97 + (rest % 26)) + text;
  return text;
}

function encoder(name: 'base64' | 'base32'): Command {
  return defineTool({
    name,
    summary: { es: `codifica bytes en ${name}, y al revés`, en: `encodes bytes as ${name}, and back` },
    synopsis: '[OPTION]... [FILE]',
    options: 'd|decode i|ignore-garbage w|wrap=',
    run(given, io) {
      const [file = '-', extra] = given.operands;
      if (extra !== undefined) throw misuse(`extra operand ‘${extra}’`);
      const bytes = tryInput(name, file, io);
      if (bytes === undefined) return 1;
      if (!given.has('d')) {
        const text = name === 'base64' ? btoa(byteText(bytes)) : base32(bytes);
        const wrap = Number(given.value('w') ?? 76);
        io.stdout(wrap === 0 ? text : text.replaceAll(new RegExp(`.{1,${wrap}}`, 'g'), '$&\n'));
        return 0;
      }
      const alphabet = name === 'base64' ? /[^A-Za-z0-9+/=]/g : /[^A-Z2-7=]/g;
      const text = textOf(bytes).replaceAll('\n', '');
      const clean = given.has('i') ? text.replaceAll(alphabet, '') : text;
      // As far as it can be read: of a group that breaks off too, but for a single letter.
      const whole = name === 'base64' ? (/^[A-Za-z0-9+/]*/.exec(clean)?.[0] ?? '') : clean;
      io.stdout(
        name === 'base64'
          ? fromByteText(atob(whole.slice(0, whole.length % 4 === 1 ? -1 : undefined)))
          : unbase32(whole),
      );
      const broken =
        name === 'base64'
          ? clean.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(clean)
          : !/^[A-Z2-7]*=*$/.test(clean);
      if (broken) throw new ToolEnd('invalid input');
      return 0;
    },
  });
}

const letters32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  const text = (bits.match(/.{1,5}/g) ?? []).map((part) => letters32[Number.parseInt(part.padEnd(5, '0'), 2)]).join('');
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=');
}

function unbase32(text: string): Uint8Array {
  const bits = Array.from(text.replaceAll('=', ''), (letter) =>
    letters32.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (part) => Number.parseInt(part, 2));
}

const truncate = defineTool({
  name: 'truncate',
  summary: { es: 'cambia el tamaño de archivos', en: 'changes the size of files' },
  synopsis: 'OPTION... FILE...',
  options: 'c|no-create s|size= r|reference=',
  absent: 'o|io-blocks',
  run(given, io) {
    const text = given.value('s');
    if (text === undefined && !given.has('r')) throw misuse('you must specify either ‘--size’ or ‘--reference’');
    if (given.operands.length === 0) throw misuse('missing file operand');
    const { files } = io.machine;
    for (const name of given.operands) {
      const path = operandPath(io.cwd, name);
      if (!files.exists(path) && given.has('c')) continue;
      const old = files.exists(path) ? files.readFile(path) : new Uint8Array();
      const [, sign = '', number = ''] = /^([-+<>/%]?)(.*)$/.exec(text ?? '') ?? [];
      const size = given.has('r') ? files.stat(operandPath(io.cwd, given.value('r') ?? '')).size : sizeOf(number);
      if (size === undefined) throw new ToolEnd(`Invalid number: ‘${text}’`);
      const wanted =
        sign === '+'
          ? old.length + size
          : sign === '-'
            ? Math.max(0, old.length - size)
            : sign === '<'
              ? Math.min(old.length, size)
              : sign === '>'
                ? Math.max(old.length, size)
                : size;
      const bytes = new Uint8Array(wanted);
      bytes.set(old.subarray(0, wanted));
      files.writeFile(path, bytes);
    }
    return 0;
  },
});

const dd = defineTool({
  name: 'dd',
  version: 'coreutils 9.1',
  summary: { es: 'copia bloques de bytes', en: 'copies blocks of bytes' },
  synopsis: '[if=FILE] [of=FILE] [bs=N] [count=N] [skip=N] [seek=N] [conv=notrunc] [status=none]',
  options: '',
  run(given, io) {
    const options = new Map<string, string>();
    for (const word of given.operands) {
      const at = word.indexOf('=');
      const name = word.slice(0, at);
      if (!['if', 'of', 'bs', 'ibs', 'obs', 'count', 'skip', 'seek', 'conv', 'status', 'iflag', 'oflag'].includes(name))
        throw misuse(`unrecognized operand ‘${word}’`);
      options.set(name, word.slice(at + 1));
    }
    const size = sizeOf(options.get('bs') ?? '512') ?? 512;
    const count = options.has('count') ? (sizeOf(options.get('count') ?? '') ?? 0) : undefined;
    const skip = (sizeOf(options.get('skip') ?? '0') ?? 0) * size;
    const input = options.get('if') ?? '-';
    const most = count === undefined ? undefined : skip + count * size;
    let all: Uint8Array;
    try {
      all = readInput(input, io, most);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new ToolEnd(`failed to open '${input}': No such file or directory`);
    }
    const bytes = all.subarray(skip, most);
    const output = options.get('of');
    if (output === undefined) io.stdout(bytes);
    else
      writeAt(
        operandPath(io.cwd, output),
        bytes,
        (sizeOf(options.get('seek') ?? '0') ?? 0) * size,
        options.get('conv')?.includes('notrunc') ?? false,
        io,
      );
    if (options.get('status') !== 'none') {
      const blocks = `${Math.floor(bytes.length / size)}+${bytes.length % size === 0 ? 0 : 1}`;
      io.stderr(`${blocks} records in\n${blocks} records out\n`);
      if (options.get('status') !== 'noxfer')
        io.stderr(`${bytes.length} byte${bytes.length === 1 ? '' : 's'} copied, 0 s, Infinity B/s\n`);
    }
    return 0;
  },
});

function writeAt(
  path: string,
  bytes: Uint8Array,
  seek: number,
  keeps: boolean,
  { machine: { files } }: CommandIO,
): void {
  if (path === '/dev/null') return;
  const old = files.exists(path) ? files.readFile(path) : new Uint8Array();
  const out = new Uint8Array(Math.max(seek + bytes.length, keeps ? old.length : 0));
  out.set(old.subarray(0, keeps ? undefined : seek));
  out.set(bytes, seek);
  files.writeFile(path, out);
}

export const byteTools: readonly Command[] = [
  xxd,
  hexdump,
  od,
  split,
  encoder('base64'),
  encoder('base32'),
  truncate,
  dd,
];
