// GNU od: bytes as numbers of many kinds, formats below each other in the same columns (coreutils `od.c`).
import type { CommandIO } from '../../command.ts';
import { sizeOf } from '../text/lines.ts';
import { byteText, defineTool, fromByteText, ToolEnd, tryInput } from '../tool.ts';
import { rareSummaries } from './summaries.ts';

interface Format {
  readonly kind: string;
  /** Bytes of a number. */
  readonly size: number;
  /** Characters of a number. */
  readonly width: number;
  /** Letters stand at the end of the line. */
  readonly lettered: boolean;
}

const short: Readonly<Record<string, string>> = {
  a: 'a',
  b: 'o1',
  c: 'c',
  d: 'u2',
  f: 'fF',
  i: 'dI',
  l: 'dL',
  o: 'o2',
  s: 'd2',
  x: 'x2',
};

const widths: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  a: { 1: 3 },
  c: { 1: 3 },
  d: { 1: 4, 2: 6, 4: 11, 8: 20 },
  u: { 1: 3, 2: 5, 4: 10, 8: 20 },
  o: { 1: 3, 2: 6, 4: 11, 8: 22 },
  x: { 1: 2, 2: 4, 4: 8, 8: 16 },
  f: { 4: 15, 8: 24 },
};

const sizes: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8, F: 4, D: 8 };

export const od = defineTool({
  name: 'od',
  summary: rareSummaries.od,
  synopsis: '[OPTION]... [FILE]...',
  options: `A|address-radix= t|format= N|read-bytes= j|skip-bytes= v|output-duplicates w|width? endian=little/big ${Object.keys(short).join(' ')}`,
  absent: 'S|strings? traditional',
  run(given, io) {
    const count = (key: string): number | undefined => {
      const text = given.value(key);
      const value = text === undefined ? undefined : sizeOf(text);
      if (text !== undefined && value === undefined) throw new ToolEnd(`invalid -${key} argument '${text}'`);
      return value;
    };
    const radix = given.value('A') ?? 'o';
    if (!/^[doxn]$/.test(radix))
      throw new ToolEnd(`invalid output address radix '${radix}'; it must be one character from [doxn]`);
    const [skip = 0, most] = [count('j'), count('N')];
    const formats = given.order.flatMap(([key, value]) => {
      const types = key === 't' ? value : short[key];
      return types === undefined ? [] : formatsOf(types);
    });
    if (formats.length === 0) formats.push(...formatsOf('o2'));
    const all =
      given.operands.length === 0
        ? [io.stdin]
        : given.operands.map((name) => tryInput('od', name, io, '', skip + (most ?? 65_536)));
    if (all.every((one) => one === undefined)) return 1;
    const whole = fromByteText(all.map((one) => (one === undefined ? '' : byteText(one))).join(''));
    if (skip > whole.length) throw new ToolEnd('cannot skip past end of combined input');
    const bytes = whole.subarray(skip, most === undefined ? undefined : skip + most);
    const columns = given.has('w') ? Number(given.value('w') || 32) : 16;
    const address = (at: number): string =>
      radix === 'n' ? '' : at.toString({ x: 16, d: 10 }[radix] ?? 8).padStart(radix === 'x' ? 6 : 7, '0');
    dump(
      bytes,
      { skip, columns, formats, address, isBig: given.value('endian') === 'big', repeats: given.has('v') },
      io,
    );
    return all.includes(undefined) ? 1 : 0;
  },
});

interface Layout {
  readonly skip: number;
  readonly columns: number;
  readonly formats: readonly Format[];
  readonly address: (at: number) => string;
  readonly isBig: boolean;
  readonly repeats: boolean;
}

function dump(bytes: Uint8Array, layout: Layout, io: CommandIO): void {
  const { skip, columns, formats, address, repeats } = layout;
  const whole = Math.max(...formats.map(({ size, width }) => (width + 1) * (columns / size)));
  let last: string | undefined;
  let squeezed = false;
  for (let at = 0; at < bytes.length; at += columns) {
    const row = bytes.subarray(at, at + columns);
    const key = byteText(row);
    if (key === last && row.length === columns && !repeats) {
      if (!squeezed) io.stdout('*\n');
      squeezed = true;
      continue;
    }
    squeezed = false;
    last = key;
    for (const [index, format] of formats.entries()) {
      const before = index === 0 ? address(at + skip) : ' '.repeat(address(0).length);
      io.stdout(`${before}${lineOf(row, format, whole, layout)}\n`);
    }
  }
  const end = address(bytes.length + skip);
  if (end !== '') io.stdout(`${end}\n`);
}

/** What a narrower format lacks is spread over its columns. */
function lineOf(row: Uint8Array, { kind, size, width, lettered }: Format, whole: number, layout: Layout): string {
  const fields = layout.columns / size;
  const padding = whole - width * fields;
  const rest = (left: number): number => Math.floor((padding * left) / fields);
  const shown = Array.from({ length: Math.ceil(row.length / size) }, (_, index) => {
    const part = new Uint8Array(size);
    part.set(row.subarray(index * size, index * size + size));
    const left = fields - index;
    return show(part, kind, width, layout.isBig).padStart(rest(left) - rest(left - 1) + width);
  }).join('');
  if (!lettered) return shown;
  const blank = Math.floor((layout.columns - row.length) / size);
  const letters = Array.from(row, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
  return `${shown}${' '.repeat(blank * width + rest(blank))}  >${letters}<`;
}

const escapes = ['\\0', '', '', '', '', '', '', '\\a', '\\b', '\\t', '\\n', '\\v', '\\f', '\\r'];
const names =
  'nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp'.split(
    ' ',
  );

function show(part: Uint8Array, kind: string, width: number, isBig: boolean): string {
  const [byte = 0] = part;
  if (kind === 'c')
    return escapes[byte] || (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'));
  if (kind === 'a') return (byte & 127) === 127 ? 'del' : (names[byte & 127] ?? String.fromCharCode(byte & 127));
  const view = new DataView(part.buffer);
  if (kind === 'f') {
    const value = part.length === 4 ? view.getFloat32(0, !isBig) : view.getFloat64(0, !isBig);
    return shortest(value, part.length === 4);
  }
  let value = 0n;
  for (const one of isBig ? part : [...part].reverse()) value = value * 256n + BigInt(one);
  if (kind === 'd') return String(BigInt.asIntN(part.length * 8, value));
  return kind === 'u' ? String(value) : value.toString(kind === 'x' ? 16 : 8).padStart(width, '0');
}

/** The fewest digits that tell a number from its neighbours, as `%g` writes them (gnulib `ftoastr`). */
function shortest(value: number, isSingle: boolean): string {
  if (!Number.isFinite(value) || value === 0)
    return Object.is(value, -0) ? '-0' : String(value).replace('Infinity', 'inf').replace('NaN', 'nan');
  for (let precision = 1; ; precision++) {
    const text = Number(value.toPrecision(precision));
    if (precision < 17 && (isSingle ? Math.fround(text) : text) !== value) continue;
    const [mantissa = '', power = '0'] = text.toExponential().split('e');
    const exponent = Number(power);
    if (exponent >= -4 && exponent < precision) return String(text);
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
}

function formatsOf(types: string): Format[] {
  const formats: Format[] = [];
  let rest = types;
  while (rest !== '') {
    const [whole = '', kind = '', size = '', letters] =
      /^([acdfoux])((?<=[doxu])[CSIL]|(?<=f)[FDL]|(?<=[^ac])\d+)?(z)?/.exec(rest) ?? [];
    if (whole === '') throw new ToolEnd(`invalid character '${rest[0]}' in type string ‘${types}’`);
    const bytes = sizes[size] ?? Number(size || { a: 1, c: 1, f: 8 }[kind] || 4);
    const width = widths[kind]?.[bytes];
    if (width === undefined)
      throw new ToolEnd(
        `invalid type string ‘${types}’;\nthis system doesn't provide a ${bytes}-byte ${kind === 'f' ? 'floating point' : 'integral'} type`,
      );
    formats.push({ kind, size: bytes, width, lettered: letters !== undefined });
    rest = rest.slice(whole.length);
  }
  return formats;
}
