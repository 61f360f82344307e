// bash's own printf: its directives count bytes, and what it cannot read is told and taken as far as it goes.
import type { Machine } from '../machine.ts';
import { formatDirective } from '../tools/text/printf.ts';
import { formatTime } from '../tools/time/format.ts';
import { zoneOf } from '../tools/time/zones.ts';
import { shellQuoted } from '../tools/tool.ts';
import { bytesOfText, fromLatin1 } from './bash-files.ts';
import { LimitError, type State } from './just-bash.ts';

/** What just-bash calls a command with, as far as printf needs it. */
interface Context {
  readonly env: ReadonlyMap<string, string>;
  readonly limits: { readonly maxStringLength: number };
  readonly shell: { readonly state: State };
  assignShellVariable(name: string, value: string, subscript?: string): Promise<void> | void;
}

interface Answer {
  readonly stdout: string;
  readonly stdoutKind: 'bytes';
  readonly stdoutEncoding: 'binary';
  readonly stderr: string;
  readonly exitCode: number;
}

const usage = 'printf: usage: printf [-v var] format [arguments]\n';

const textOfBytes = (bytes: string): string => new TextDecoder().decode(fromLatin1(bytes));

export function printfCommand(machine: Machine) {
  return {
    name: 'printf',
    async execute(args: readonly string[], context: Context): Promise<Answer> {
      const answer = (stdout: string, stderr: string, exitCode: number): Answer => ({
        stdout,
        stdoutKind: 'bytes',
        stdoutEncoding: 'binary',
        stderr,
        exitCode,
      });
      let at = 0;
      let variable: RegExpExecArray | undefined;
      for (; args[at]?.startsWith('-') && args[at] !== '-'; at++) {
        const option = args[at] as string;
        if (option === '--') {
          at++;
          break;
        }
        if (!option.startsWith('-v'))
          return answer('', `bash: printf: ${option.slice(0, 2)}: invalid option\n${usage}`, 2);
        const name = option === '-v' ? args[++at] : option.slice(2);
        if (name === undefined) return answer('', `bash: printf: -v: option requires an argument\n${usage}`, 2);
        variable = /^([A-Za-z_]\w*)(?:\[(.+)\])?$/.exec(name) ?? undefined;
        if (variable === undefined) return answer('', `bash: printf: \`${name}': not a valid identifier\n`, 2);
      }
      const format = args[at];
      if (format === undefined) return answer('', usage, 2);
      const made = print(bytesOfText(format), args.slice(at + 1), context, machine);
      const stderr = made.problems.map((problem) => `bash: printf: ${problem}\n`).join('');
      const exitCode = made.problems.some((problem) => !problem.startsWith('warning: ')) ? 1 : 0;
      if (variable === undefined) return answer(made.bytes, stderr, exitCode);
      const [, name = '', subscript] = variable;
      await context.assignShellVariable(name, textOfBytes(made.bytes), subscript?.replace(/^(["'])(.*)\1$/s, '$2'));
      return answer('', stderr, exitCode);
    },
  };
}

function print(
  format: string,
  given: readonly string[],
  { env, limits, shell }: Context,
  machine: Machine,
): { readonly bytes: string; readonly problems: readonly string[] } {
  const problems: string[] = [];
  let bytes = '';
  let used = 0;
  const put = (more: string): void => {
    if (bytes.length + more.length > limits.maxStringLength)
      throw new LimitError('printf: output size limit exceeded', 'string_length');
    bytes += more;
  };
  const next = (): string | undefined => given[used++];
  const size = (text: string): number => {
    const value = Number(integerOf(next(), problems));
    if (Math.abs(value) > limits.maxStringLength) throw new LimitError(`printf: ${text}`, 'string_length');
    return value;
  };
  do {
    const before = used;
    for (let at = 0; at < format.length; ) {
      if (format[at] === '\\') {
        const found = escapeAt(format, at, false);
        if (found.problem !== undefined) problems.push(found.problem);
        put(found.bytes);
        at = found.end;
        continue;
      }
      if (format[at] !== '%') {
        const end = format.slice(at).search(/[\\%]/);
        put(end < 0 ? format.slice(at) : format.slice(at, at + end));
        at = end < 0 ? format.length : at + end;
        continue;
      }
      const found = /^%([-+ #0']*)(\d+|\*)?(\.(\d+|\*)?)?([hjlLtzq]*)(\([^)]*\)T|[\s\S])?/.exec(format.slice(at));
      const [whole = '', flagged = '', wide, point, exact, modifiers = ''] = found ?? [];
      const letter = found?.[6] ?? (modifiers.endsWith('q') ? 'q' : '');
      at += whole.length;
      if (whole === '%%') {
        put('%');
        continue;
      }
      let width = wide === '*' ? size(whole) : Number(wide ?? 0);
      const flags = width < 0 ? `${flagged}-` : flagged;
      width = Math.abs(width);
      if (width > limits.maxStringLength) throw new LimitError(`printf: ${whole}`, 'string_length');
      const asked = exact === '*' ? size(whole) : point === undefined ? undefined : Number(exact ?? 0);
      const precision = asked === undefined || asked < 0 ? undefined : asked;
      const text = (value: string): void =>
        put(formatDirective(flags, width, precision, 's', { number: 0, text: value }));
      if (letter === '') {
        problems.push(`\`${whole}': missing format character`);
        return { bytes, problems };
      }
      if (modifiers.endsWith('q')) {
        // `%q` takes no modifiers: what looked like one is the directive, and its letter stands for itself.
        at -= letter === 'q' && found?.[6] === undefined ? 0 : letter.length;
        text(bytesOfText((shell.state.isProgram ? shellQuoted : quoted)(next() ?? '')));
      } else if (letter === 's') text(bytesOfText(next() ?? ''));
      else if (letter === 'c') put(padded(bytesOfText(next() ?? '').slice(0, 1) || '\0', flags, width));
      else if (letter === 'b') {
        const expanded = expand(bytesOfText(next() ?? ''), problems);
        text(expanded.bytes);
        if (expanded.isLast) return { bytes, problems };
      } else if ('diouxX'.includes(letter))
        put(formatDirective(flags, width, precision, letter, { number: integerOf(next(), problems), text: '' }));
      else if ('eEfFgG'.includes(letter))
        put(formatDirective(flags, width, precision, letter, { ...floatOf(next(), problems), text: '' }));
      else if (letter.endsWith('T')) {
        const word = next();
        const seconds = word === undefined ? -1 : Number(integerOf(word, problems));
        const ms = seconds < 0 ? machine.kernel.now() : seconds * 1000;
        const zone = zoneOf(env.get('TZ') ?? '') ?? zoneOf('');
        const { offset, abbreviation } = zone?.(ms) ?? { offset: 0, abbreviation: 'UTC' };
        text(bytesOfText(formatTime(textOfBytes(letter.slice(1, -2)) || '%X', ms, offset, abbreviation)));
      } else {
        problems.push(`\`${textOfBytes(letter)}': invalid format character`);
        return { bytes, problems };
      }
    }
    if (used === before) break;
  } while (used < given.length);
  return { bytes, problems };
}

function padded(text: string, flags: string, width: number): string {
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width);
}

const plain: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** What stands behind a backslash. `%b` has a zero before three octal digits. */
function escapeAt(
  format: string,
  at: number,
  isArgument: boolean,
): { readonly bytes: string; readonly end: number; readonly problem?: string } {
  const rest = format.slice(at + 1, at + 11);
  const octal = (isArgument ? /^0?([0-7]{1,3})/ : /^([0-7]{1,3})/).exec(rest);
  if (octal !== null)
    return {
      bytes: String.fromCharCode(Number.parseInt(octal[1] as string, 8) & 255),
      end: at + 1 + octal[0].length,
    };
  const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest);
  if (hex !== null)
    return { bytes: String.fromCharCode(Number.parseInt(hex[1] as string, 16)), end: at + 1 + hex[0].length };
  const unicode = /^(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8}))/.exec(rest);
  if (unicode !== null) {
    const code = Number.parseInt(unicode[1] ?? unicode[2] ?? '', 16);
    return { bytes: bytesOfText(String.fromCodePoint(Math.min(code, 0x10ffff))), end: at + 1 + unicode[0].length };
  }
  const [letter = ''] = rest;
  const known = plain[letter];
  if (known !== undefined && !(isArgument && '\'"?'.includes(letter))) return { bytes: known, end: at + 2 };
  const problem = letter === 'x' ? { problem: 'missing hex digit for \\x' } : {};
  return { bytes: `\\${letter}`, end: at + 1 + letter.length, ...problem };
}

/** A text with its escapes, as `%b` takes it; `\c` ends everything. */
function expand(text: string, problems: string[]): { readonly bytes: string; readonly isLast: boolean } {
  let bytes = '';
  for (let at = 0; at < text.length; ) {
    if (text[at] !== '\\') bytes += text[at++];
    else if (text[at + 1] === 'c') return { bytes, isLast: true };
    else {
      const found = escapeAt(text, at, true);
      if (found.problem !== undefined) problems.push(found.problem);
      bytes += found.bytes;
      at = found.end;
    }
  }
  return { bytes, isLast: false };
}

/** A word as a whole number, as far as it is one (`strtoimax`). */
function integerOf(word: string | undefined, problems: string[]): bigint {
  if (word === undefined || word === '') return 0n;
  if (/^['"]/.test(word)) return BigInt(word.codePointAt(1) ?? 0);
  const [whole = '', sign = '', digits = ''] = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(word) ?? [];
  if (whole !== word)
    problems.push(
      `${word}: invalid ${/^0[xX]/.test(word) ? 'hex number' : /^0\d/.test(word) ? 'octal number' : 'number'}`,
    );
  const value = digits === '' ? 0n : BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const signed = sign === '-' ? -value : value;
  const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];
  if (signed >= least && signed <= most) return signed;
  problems.push(`warning: ${word}: Numerical result out of range`);
  return signed < least ? least : most;
}

interface Float {
  readonly number: number;
  readonly decimals?: (digits: number) => string;
}

/** A word as a number, as far as it is one (`strtold`). */
function floatOf(word: string | undefined, problems: string[]): Float {
  if (word === undefined || word === '') return { number: 0 };
  if (/^['"]/.test(word)) return { number: word.codePointAt(1) ?? 0 };
  const [whole = ''] =
    /^\s*[-+]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)/i.exec(word) ?? [];
  if (whole !== word) problems.push(`${word}: invalid number`);
  const text = whole.trim().toLowerCase();
  if (text === '') return { number: 0 };
  if (/inf/.test(text)) return { number: text.startsWith('-') ? -Infinity : Infinity };
  if (text.endsWith('nan')) return { number: Number.NaN };
  const number = Number(text);
  const [, units = '', parts = '', power = '0'] = /^[-+]?(\d*)\.?(\d*)(?:e([-+]?\d+))?$/.exec(text) ?? [];
  const exponent = Number(power) - parts.length;
  if (units + parts === '' || number === 0 || Math.abs(exponent) > 300) return { number };
  return { number, decimals: (digits) => extended(BigInt(units + parts), exponent, digits) };
}

/** A decimal number rounded to the 64 bits of a C `long double`, then to so many decimals. */
function extended(mantissa: bigint, exponent: number, digits: number): string {
  const above = mantissa * 10n ** BigInt(Math.max(exponent, 0));
  const below = 10n ** BigInt(Math.max(-exponent, 0));
  const shift = 64 - (above.toString(2).length - below.toString(2).length);
  let [scale, bits] = [shift, rounded(above << BigInt(Math.max(shift, 0)), below << BigInt(Math.max(-shift, 0)))];
  if (bits >> 64n !== 0n) {
    scale -= 1;
    bits = rounded(above << BigInt(Math.max(scale, 0)), below << BigInt(Math.max(-scale, 0)));
  }
  const whole = rounded(
    (bits * 10n ** BigInt(digits)) << BigInt(Math.max(-scale, 0)),
    1n << BigInt(Math.max(scale, 0)),
  );
  const text = whole.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** A quotient to the nearest whole number, to the even one of two. */
function rounded(above: bigint, below: bigint): bigint {
  const quotient = above / below;
  const twice = 2n * (above % below);
  return twice > below || (twice === below && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** A word as it can be typed (`sh_backslash_quote`, `ansic_quote`). */
function quoted(word: string): string {
  if (word === '') return "''";
  if (!/\p{Cc}/u.test(word))
    return word.replace(/[ '"\\|&;()<>!{}*[\]?^$`,]/g, '\\$&').replace(/^[~#]|(?<=[=:])~/g, '\\$&');
  const named: Readonly<Record<string, string>> = {
    '\x07': 'a',
    '\b': 'b',
    '\x1b': 'E',
    '\f': 'f',
    '\n': 'n',
    '\r': 'r',
    '\t': 't',
    '\v': 'v',
    "'": "'",
    '\\': '\\',
  };
  const written = word.replace(
    /[\p{Cc}'\\]/gu,
    (letter) => `\\${named[letter] ?? letter.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `$'${written}'`;
}
