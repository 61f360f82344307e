// hexdump: bytes by formats of one's own, in which its usual forms are written too (hexdump(1), "Format").
import type { CommandIO } from '../../command.ts';
import { sizeOf } from '../text/lines.ts';
import { formatDirective } from '../text/printf.ts';
import { byteText, defineTool, fromByteText, ToolEnd, tryInput } from '../tool.ts';
import { rareSummaries } from './summaries.ts';

/** Text, or a conversion of so many bytes (0 for an address). */
type Piece =
  | string
  | {
      readonly flags: string;
      readonly width: number;
      readonly precision: number | undefined;
      readonly letter: string;
      readonly bytes: number;
    };

/** A format that is applied `times` in a row, to so many bytes each time. */
interface Unit {
  readonly times: number;
  /** Whether how often it is applied was said. */
  readonly isCounted: boolean;
  readonly bytes: number;
  readonly pieces: readonly Piece[];
}

const address = '"%07.7_Ax\\n"';
const row = (unit: string): readonly string[] => [address, `"%07.7_ax " ${unit} "\\n"`];
const usual: Readonly<Record<string, readonly string[]>> = {
  b: row('16/1 "%03o "'),
  c: row('16/1 "%3_c "'),
  d: row('8/2 "  %05u "'),
  o: row('8/2 " %06o "'),
  x: row('8/2 "   %04x "'),
  C: ['"%08.8_Ax\\n"', '"%08.8_ax  " 8/1 "%02x " "  " 8/1 "%02x "', '"  |" 16/1 "%_p" "|\\n"'],
};

export const hexdump = defineTool({
  name: 'hexdump',
  summary: rareSummaries.hexdump,
  synopsis: '[-bcCdox] [-e FORMAT] [-n N] [-s N] [-v] [FILE]...',
  options:
    'b|one-byte-octal c|one-byte-char C|canonical d|two-bytes-decimal o|two-bytes-octal x|two-bytes-hex e|format= n|length= s|skip= v|no-squeezing',
  absent: 'f|format-file= L|color?',
  version: 'util-linux 2.38.1',
  run(given, io) {
    const texts = given.order.flatMap(([key, value]) => (key === 'e' ? [value] : (usual[key] ?? [])));
    const formats = (texts.length === 0 ? row('8/2 "%04x "') : texts).map(unitsOf);
    const size = (key: string): number | undefined => {
      const text = given.value(key);
      const value =
        text === undefined ? undefined : sizeOf(text.replace(/^0x[\da-f]+$/i, (hex) => String(Number(hex))));
      if (text !== undefined && value === undefined)
        throw new ToolEnd(`failed to parse ${key === 'n' ? 'length' : 'offset'}: '${text}': Invalid argument`);
      return value;
    };
    const all = given.operands.length === 0 ? [io.stdin] : given.operands.map((name) => tryInput('hexdump', name, io));
    if (given.operands.length > 0 && all.every((one) => one === undefined))
      throw new ToolEnd('all input file arguments failed');
    const skip = size('s') ?? 0;
    const whole = fromByteText(all.map((one) => (one === undefined ? '' : byteText(one))).join(''));
    const most = size('n');
    show(whole.subarray(skip, most === undefined ? undefined : skip + most), skip, formats, given.has('v'), io);
    return all.includes(undefined) ? 1 : 0;
  },
});

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  r: '\r',
  v: '\v',
  '0': '\0',
};

/** @throws ToolEnd for what is no format */
function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const [whole, times, bytes, format = ''] = /^(\d+)?\s*(?:\/\s*(\d+))?\s*"((?:\\.|[^"\\])*)"\s*/s.exec(rest) ?? [];
    if (whole === undefined) throw new ToolEnd(`bad format {${text}}`);
    const pieces = piecesOf(format, bytes === undefined ? undefined : Number(bytes));
    const own = pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? 0 : piece.bytes), 0);
    units.push({
      times: Number(times ?? 1),
      isCounted: times !== undefined,
      bytes: bytes === undefined ? own : Number(bytes),
      pieces,
    });
    rest = rest.slice(whole.length);
  }
  return units;
}

function piecesOf(format: string, bytes: number | undefined): readonly Piece[] {
  const text = format.replaceAll(/\\(.)/gs, (_, letter: string) => escapes[letter] ?? letter);
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of text.matchAll(/%%|%([-+ #0]*)(\d*)(?:\.(\d+))?(_[aA][dox]|_[cpu]|[cdiouxXeEfgGs])/g)) {
    pieces.push(text.slice(at, found.index) + (found[0] === '%%' ? '%' : ''));
    at = found.index + found[0].length;
    const [, flags = '', width = '', precision, letter] = found;
    if (letter === undefined) continue;
    const usualBytes = /^_a/i.test(letter)
      ? 0
      : /^(?:_|c)/.test(letter)
        ? 1
        : /[eEfgG]/.test(letter)
          ? 8
          : letter === 's'
            ? Number(precision ?? 1)
            : 4;
    pieces.push({
      flags,
      width: Number(width),
      precision: precision === undefined ? undefined : Number(precision),
      letter,
      bytes: usualBytes === 0 ? 0 : (bytes ?? usualBytes),
    });
  }
  return [...pieces, text.slice(at)].filter((piece) => piece !== '');
}

function show(
  bytes: Uint8Array,
  skip: number,
  formats: readonly (readonly Unit[])[],
  repeats: boolean,
  io: CommandIO,
): void {
  const sizeOfAll = (units: readonly Unit[]): number => units.reduce((sum, unit) => sum + unit.times * unit.bytes, 0);
  const block = Math.max(1, ...formats.map(sizeOfAll));
  // The last unit that has bytes goes on to the end of a block, unless how often was said.
  const filled = formats.map((units) => {
    const last = units.findLastIndex((unit) => unit.bytes > 0);
    return units.map((unit, index) =>
      index !== last || unit.isCounted
        ? unit
        : { ...unit, times: unit.times + Math.floor((block - sizeOfAll(units)) / unit.bytes) },
    );
  });
  let before: string | undefined;
  let squeezed = false;
  for (let at = 0; at < bytes.length; at += block) {
    const part = bytes.subarray(at, at + block);
    const key = byteText(part);
    if (!repeats && key === before && part.length === block) {
      if (!squeezed) io.stdout('*\n');
      squeezed = true;
      continue;
    }
    squeezed = false;
    before = key;
    for (const units of filled) io.stdout(blockOf(units, part, at + skip));
  }
  if (bytes.length === 0) return;
  for (const units of formats)
    for (const { pieces } of units)
      if (pieces.some((piece) => typeof piece !== 'string' && piece.letter.startsWith('_A')))
        io.stdout(
          pieces
            .map((piece) => (typeof piece === 'string' ? piece : converted(piece, [], bytes.length + skip)))
            .join(''),
        );
}

function blockOf(units: readonly Unit[], part: Uint8Array, start: number): string {
  let out = '';
  let at = 0;
  for (const { times, bytes, pieces } of units) {
    // What tells the last address waits for it.
    if (pieces.some((piece) => typeof piece !== 'string' && piece.letter.startsWith('_A'))) continue;
    for (let time = 1; time <= times; time++) {
      let place = at;
      for (const [index, piece] of pieces.entries()) {
        const isLast = index === pieces.length - 1 && time === times && times > 1;
        if (typeof piece === 'string') out += isLast ? piece.trimEnd() : piece;
        else {
          const data = part.subarray(place, place + piece.bytes);
          const isGone = piece.bytes > 0 && place >= part.length;
          out += isGone ? ' '.repeat(piece.width) : converted(piece, data, start + place);
          place += piece.bytes;
        }
      }
      at += bytes;
    }
  }
  return out;
}

const controls: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};
const names =
  'nul soh stx etx eot enq ack bel bs ht lf vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us'.split(
    ' ',
  );

function converted(piece: Exclude<Piece, string>, data: ArrayLike<number>, at: number): string {
  const { flags, width, precision, letter } = piece;
  const byte = data[0] ?? 0;
  const aligned = (text: string): string => (flags.includes('-') ? text.padEnd(width) : text.padStart(width));
  const isPrintable = byte >= 32 && byte < 127;
  const plain = String.fromCharCode(byte);
  if (letter === '_p') return aligned(isPrintable ? plain : '.');
  if (letter === '_c') return aligned(controls[byte] ?? (isPrintable ? plain : byte.toString(8).padStart(3, '0')));
  if (letter === '_u')
    return aligned(names[byte] ?? (byte === 127 ? 'del' : isPrintable ? plain : byte.toString(16).padStart(2, '0')));
  if (letter === 'c' || letter === 's')
    return aligned(
      Array.from(data, (one) => String.fromCharCode(one))
        .join('')
        .replace(/\0.*$/s, ''),
    );
  if (/[eEfgG]/.test(letter)) {
    const view = new DataView(Uint8Array.from(data).buffer);
    const value = data.length === 4 ? view.getFloat32(0, true) : data.length === 8 ? view.getFloat64(0, true) : 0;
    return formatDirective(flags, width, precision, letter, { number: value, text: '' });
  }
  let value = letter.startsWith('_') ? BigInt(at) : 0n;
  if (!letter.startsWith('_'))
    for (let index = data.length - 1; index >= 0; index--) value = value * 256n + BigInt(data[index] ?? 0);
  const kind = letter.at(-1) ?? 'd';
  if (/[di]/.test(kind) && !letter.startsWith('_')) value = BigInt.asIntN(piece.bytes * 8, value);
  const base = { x: 16, X: 16, o: 8 }[kind] ?? 10;
  const digits = value.toString(base).padStart(precision ?? 0, '0');
  const shown = (flags.includes('#') && base === 16 ? '0x' : '') + (kind === 'X' ? digits.toUpperCase() : digits);
  return flags.includes('0') && precision === undefined ? shown.padStart(width, '0') : aligned(shown);
}
