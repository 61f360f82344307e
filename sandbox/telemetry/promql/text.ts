// Literals of PromQL: strings as Go quotes them, numbers and durations.
import { parseDuration } from './duration.ts';

const simple = new Map([
  ['a', 7],
  ['b', 8],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
  ['\\', 92],
]);
const lengths = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** What a quoted string says, or an error as the lexer of Prometheus words it. */
export function unquote(text: string): { readonly value: string } | { readonly error: string } {
  const open = text[0] as string;
  if (open === '`') {
    return text.length > 1 && text.endsWith('`') ? { value: text.slice(1, -1) } : { error: 'unterminated raw string' };
  }
  // Bytes, because \xNN and octal escapes name bytes of UTF-8.
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (let i = 1; i < text.length; ) {
    const char = text[i] as string;
    if (char === open) return { value: decode(Uint8Array.from(bytes)) };
    if (char === '\n') break;
    if (char !== '\\') {
      const code = text.codePointAt(i) as number;
      bytes.push(...encoder.encode(String.fromCodePoint(code)));
      i += code > 0xffff ? 2 : 1;
      continue;
    }
    const letter = text[i + 1];
    if (letter === undefined) return { error: 'escape sequence not terminated' };
    const known = letter === open ? letter.charCodeAt(0) : simple.get(letter);
    if (known !== undefined) {
      bytes.push(known);
      i += 2;
      continue;
    }
    const octal = /[0-7]/.test(letter);
    const length = octal ? 3 : lengths.get(letter);
    if (length === undefined) return { error: `unknown escape sequence ${formatRune(letter)}` };
    const start = octal ? i + 1 : i + 2;
    const digits = text.slice(start, start + length);
    const bad = [...digits].find((digit) => (octal ? /[^0-7]/ : /[^0-9A-Fa-f]/).test(digit));
    if (bad !== undefined) return { error: `illegal character ${formatRune(bad)} in escape sequence` };
    if (digits.length < length) return { error: 'escape sequence not terminated' };
    const code = Number.parseInt(digits, octal ? 8 : 16);
    if (code > (octal ? 0xff : 0x10ffff) || (code >= 0xd800 && code < 0xe000)) {
      return { error: 'escape sequence is an invalid Unicode code point' };
    }
    if (octal || letter === 'x') bytes.push(code);
    else bytes.push(...encoder.encode(String.fromCodePoint(code)));
    i = start + length;
  }
  return { error: 'unterminated quoted string' };
}

/** Bytes that are no UTF-8 become lone surrogates, so that they can be told from characters. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return String.fromCharCode(...bytes.map((byte) => byte)).replace(/[\x80-\xff]/g, (char) =>
      String.fromCharCode(0xdc00 + char.charCodeAt(0)),
    );
  }
}

/** A character as Go's %#U prints it. */
function formatRune(char: string): string {
  const code = char.codePointAt(0) as number;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(code)}'`;
}

/** A number or a duration (in seconds) as PromQL writes it, or undefined where the text is neither. */
export function parseNumber(text: string): number | undefined {
  const [, sign, bare] = /^([+-]?)\s*(.*)$/s.exec(text) as RegExpExecArray;
  const value = parseUnsigned((bare ?? '').toLowerCase());
  return value === undefined ? undefined : sign === '-' ? -value : value;
}

function parseUnsigned(text: string): number | undefined {
  if (text === 'inf' || text === 'infinity') return Number.POSITIVE_INFINITY;
  if (text === 'nan') return Number.NaN;
  // As Go reads whole numbers: a leading zero means octal, underscores may stand between digits.
  const digits = text.replaceAll('_', '');
  if (/^0x[0-9a-f]+$/.test(digits)) return Number.parseInt(digits.slice(2), 16);
  if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
  if (/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(digits)) return Number(digits);
  const ms = parseDuration(text);
  return ms === undefined ? undefined : ms / 1000;
}

/** A number as Go's strconv.ParseFloat takes it, which is what a bucket's `le` is read with. */
export function parseFloat64(text: string): number | undefined {
  const match = /^([+-]?)(inf|infinity|nan|\d[\d_]*\.?[\d_]*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)$/i.exec(text);
  if (match === null || text.includes('_')) return undefined;
  const bare = (match[2] as string).toLowerCase();
  const value = bare.startsWith('inf') ? Number.POSITIVE_INFINITY : bare === 'nan' ? Number.NaN : Number(bare);
  return match[1] === '-' ? -value : value;
}
