// A sed script as commands (POSIX sed, "Editing Commands in sed", with GNU's additions).
import { compile, type Pattern } from '../../pattern.ts';
import { ToolEnd } from '../../tool.ts';

export type Address =
  | { readonly type: 'line'; readonly line: number }
  | { readonly type: 'last' }
  | { readonly type: 'step'; readonly first: number; readonly step: number }
  | { readonly type: 'pattern'; readonly pattern: Pattern | undefined }
  | { readonly type: 'plus'; readonly count: number }
  | { readonly type: 'multiple'; readonly of: number };

export interface Substitution {
  readonly pattern: Pattern | undefined;
  readonly pieces: readonly { readonly text?: string; readonly group?: number; readonly letterCase?: string }[];
  readonly global: boolean;
  readonly print: boolean;
  readonly which: number;
  readonly file: string | undefined;
}

export interface SedCommand {
  readonly name: string;
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly negated: boolean;
  /** Text of a, i, c; label of b, t, T and `:`; file of r and w; exit code of q. */
  readonly text: string;
  readonly substitution?: Substitution;
  readonly map?: ReadonlyMap<string, string>;
  /** For `{`: the index of its `}`. */
  end: number;
}

export function parseScript(source: string, { extended = false, source: which = 1 } = {}): SedCommand[] {
  const commands: SedCommand[] = [];
  const open: number[] = [];
  let at = 0;
  const fail = (why: string, position = at): never => {
    throw new ToolEnd(`-e expression #${which}, char ${position}: ${why}`, 1);
  };
  const expression = (text: string, flags: string): Pattern | undefined => {
    if (text === '') return undefined;
    try {
      return compile(text, extended ? 'extended' : 'basic', {
        ignoreCase: /i/i.test(flags),
        multiline: /m/i.test(flags),
        escapes: 'sed',
      });
    } catch (error) {
      return fail((error as ToolEnd).message);
    }
  };

  /** Text up to an unescaped delimiter, which is left behind. `\` before the delimiter goes; `\n` stays. */
  function delimited(delimiter: string, isPattern: boolean, complaint: string): string {
    let text = '';
    let bracket = false;
    for (; at < source.length; at++) {
      const character = source[at] as string;
      if (isPattern && bracket) {
        if (character === ']') bracket = false;
      } else if (character === '\\') {
        const next = source[at + 1];
        if (next === undefined) break;
        text += next === delimiter ? (isPattern && /[.*[\]^$+?(){}|]/.test(next) ? `\\${next}` : next) : `\\${next}`;
        at++;
        continue;
      } else if (character === delimiter) {
        at++;
        return text;
      } else if (isPattern && character === '[') {
        bracket = true;
        const [opening = '['] = /^\[\^?\]?/.exec(source.slice(at)) ?? [];
        text += opening;
        at += opening.length - 1;
        continue;
      } else if (character === '\n' && isPattern) fail(complaint);
      text += character;
    }
    return fail(complaint, source.length);
  }

  function address(): Address | undefined {
    const rest = source.slice(at);
    const [digits] = /^\d+/.exec(rest) ?? [];
    if (digits !== undefined) {
      at += digits.length;
      if (source[at] === '~') {
        const [, step = '0'] = /^~(\d*)/.exec(source.slice(at)) ?? [];
        at += 1 + step.length;
        return { type: 'step', first: Number(digits), step: Number(step) };
      }
      return { type: 'line', line: Number(digits) };
    }
    if (rest.startsWith('$')) {
      at++;
      return { type: 'last' };
    }
    if (!rest.startsWith('/') && !rest.startsWith('\\')) return undefined;
    if (rest.startsWith('\\')) at++;
    const delimiter = source[at] as string;
    at++;
    const text = delimited(delimiter, true, 'unterminated address regex');
    const [flags = ''] = /^[IM]*/.exec(source.slice(at)) ?? [];
    at += flags.length;
    return { type: 'pattern', pattern: expression(text, flags) };
  }

  function secondAddress(): Address {
    const [whole, sign, count] = /^([+~])(\d+)/.exec(source.slice(at)) ?? [];
    if (whole !== undefined) {
      at += whole.length;
      return sign === '+' ? { type: 'plus', count: Number(count) } : { type: 'multiple', of: Number(count) };
    }
    return address() ?? fail("unexpected `,'", at + 1);
  }

  const skip = (pattern: RegExp): void => {
    at += (pattern.exec(source.slice(at)) ?? [''])[0].length;
  };
  const untilLineEnd = (): string => {
    const end = source.indexOf('\n', at);
    const text = source.slice(at, end < 0 ? undefined : end);
    at = end < 0 ? source.length : end;
    return text;
  };

  /** The text of a, i and c: after `\` and a line's end, or on the same line. */
  function addedText(): string {
    skip(/^[ \t]*/);
    // `$a\` adds nothing but the newline that the last line may lack.
    if (source.slice(at) === '\\') {
      at++;
      return '';
    }
    const [broken] = /^\\[ \t]*\n/.exec(source.slice(at)) ?? [];
    if (broken !== undefined) at += broken.length;
    else if (source[at] === '\\') {
      at++;
      skip(/^[ \t]*(?=\S)/);
      if (/[ \t]/.test(source[at - 1] ?? '')) at = source.lastIndexOf('\\', at) + 1;
    }
    if (at >= source.length) fail("expected \\ after `a', `c' or `i'");
    let text = '';
    for (; at < source.length; at++) {
      const character = source[at] as string;
      if (character === '\n') break;
      if (character === '\\') {
        at++;
        const letter = source[at] ?? '';
        text += { f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }[letter] ?? letter;
      } else text += character;
    }
    return `${text}\n`;
  }

  function substitution(): Substitution {
    const delimiter = source[at] as string;
    if (delimiter === undefined || delimiter === '\n' || delimiter === '\\') fail("unterminated `s' command");
    at++;
    const complaint = "unterminated `s' command";
    const pattern = delimited(delimiter, true, complaint);
    const replacement = delimited(delimiter, false, complaint);
    let which = 0;
    let flags = '';
    let file: string | undefined;
    for (; at < source.length && file === undefined; ) {
      const [digits] = /^\d+/.exec(source.slice(at)) ?? [];
      const letter = source[at] as string;
      if (digits !== undefined) {
        if (which !== 0) fail("multiple number options to `s' command", at + 1);
        if (Number(digits) === 0) fail("number option to `s' command may not be zero", at + 1);
        which = Number(digits);
        at += digits.length;
      } else if (letter === 'w') {
        at++;
        skip(/^[ \t]*/);
        file = untilLineEnd();
      } else if ('gpiIeMm'.includes(letter)) {
        if ('gp'.includes(letter) && flags.includes(letter))
          fail(`multiple \`${letter}' options to \`s' command`, at + 1);
        if (letter === 'e') fail("'s///e' is not part of this sandbox", at + 1);
        flags += letter;
        at++;
      } else break;
    }
    if (at < source.length && !/[\s;}#]/.test(source[at] as string)) fail("unknown option to `s'", at + 1);
    const compiled = expression(pattern, flags);
    const pieces = piecesOf(replacement);
    const highest = Math.max(0, ...pieces.map(({ group = 0 }) => group));
    if (compiled !== undefined && highest > compiled.groups)
      fail(`invalid reference \\${highest} on \`s' command's RHS`);
    return {
      pattern: compiled,
      pieces,
      global: flags.includes('g'),
      print: flags.includes('p'),
      which: which || 1,
      file,
    };
  }

  for (;;) {
    skip(/^[\s;]*/);
    if (at >= source.length) break;
    if (source[at] === '#') {
      untilLineEnd();
      continue;
    }
    const from = address();
    skip(/^[ \t]*/);
    let to: Address | undefined;
    if (from !== undefined && source[at] === ',') {
      at++;
      skip(/^[ \t]*/);
      to = secondAddress();
    }
    skip(/^[ \t]*/);
    let negated = false;
    while (source[at] === '!') {
      if (negated) fail("multiple `!'s", at + 1);
      negated = true;
      at++;
      skip(/^[ \t]*/);
    }
    const name = source[at] ?? fail('missing command', source.length);
    at++;
    if (from?.type === 'line' && from.line === 0 && to?.type !== 'pattern') fail('invalid usage of line address 0');
    const command = { name, from, to, negated, text: '', end: -1 };
    if (name === '{') {
      open.push(commands.length);
      commands.push(command);
      continue;
    }
    if (name === '}') {
      const start = open.pop();
      if (start === undefined) return fail("unexpected `}'");
      (commands[start] as SedCommand).end = commands.length;
      commands.push(command);
    } else if (name === 's') commands.push({ ...command, substitution: substitution() });
    else if (name === 'y') {
      const delimiter = source[at++] ?? '';
      const before = plainText(delimited(delimiter, false, "unterminated `y' command"));
      const after = plainText(delimited(delimiter, false, "unterminated `y' command"));
      const [left, right] = [[...before], [...after]];
      if (left.length !== right.length) fail("strings for `y' command are different lengths");
      commands.push({ ...command, map: new Map(left.map((character, index) => [character, right[index] ?? ''])) });
    } else if (name === 'a' || name === 'i' || name === 'c') commands.push({ ...command, text: addedText() });
    else if (name === ':') {
      skip(/^[ \t]*/);
      const [label = ''] = /^[^\s;]*/.exec(source.slice(at)) ?? [];
      at += label.length;
      if (label === '') fail('":" lacks a label');
      commands.push({ ...command, text: label });
    } else if (name === 'b' || name === 't' || name === 'T') {
      skip(/^[ \t]*/);
      const [label = ''] = /^[^\s;}]*/.exec(source.slice(at)) ?? [];
      at += label.length;
      commands.push({ ...command, text: label });
    } else if ('rRwW'.includes(name)) {
      skip(/^[ \t]*/);
      const file = untilLineEnd();
      if (file === '') fail('missing filename in r/R/w/W commands');
      commands.push({ ...command, text: file });
    } else if (name === 'q' || name === 'Q' || name === 'l') {
      skip(/^[ \t]*/);
      const [digits = ''] = /^\d+/.exec(source.slice(at)) ?? [];
      at += digits.length;
      commands.push({ ...command, text: digits });
    } else if ('dDFgGhHnNpPxz='.includes(name)) commands.push(command);
    else if ('ev'.includes(name)) fail(`'${name}' is not part of this sandbox`);
    else fail(`unknown command: \`${name}'`);
    skip(/^[ \t]*/);
    if (at < source.length && !/[\n;}#]/.test(source[at] as string)) {
      if (!'aic:btTrRwW'.includes(name)) fail('extra characters after command', at + 1);
    }
  }
  const labels = new Set(commands.filter(({ name }) => name === ':').map(({ text }) => text));
  const lost = commands.find(({ name, text }) => 'btT'.includes(name) && text !== '' && !labels.has(text));
  if (open.length > 0) throw new ToolEnd(`-e expression #${which}, char 0: unmatched \`{'`, 1);
  if (lost !== undefined) throw new ToolEnd(`can't find label for jump to \`${lost.text}'`, 4);
  return commands;
}

function plainText(text: string): string {
  return text.replaceAll(/\\([\\nt])/g, (_, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? letter);
}

/** `\x41`, `\o101`, `\d065`: a character by its number. */
function numbered(written: string): string {
  const radix = { x: 16, o: 8, d: 10 }[written[1] ?? ''] ?? 10;
  return String.fromCharCode(Number.parseInt(written.slice(2), radix));
}

function piecesOf(replacement: string): Substitution['pieces'] {
  const pieces: { text?: string; group?: number; letterCase?: string }[] = [];
  for (const [whole] of replacement.matchAll(/\\(?:x[0-9a-fA-F]{2}|o[0-7]{3}|d\d{3}|[\s\S])|&|[^\\&]+/g)) {
    if (whole === '&') pieces.push({ group: 0 });
    else if (whole[0] !== '\\' || whole.length === 1) pieces.push({ text: whole });
    else if (whole.length > 2) pieces.push({ text: numbered(whole) });
    else if (/\d/.test(whole[1] as string)) pieces.push({ group: Number(whole[1]) });
    else if (/[ULulE]/.test(whole[1] as string)) pieces.push({ letterCase: whole[1] as string });
    else pieces.push({ text: { n: '\n', t: '\t', r: '\r' }[whole[1] as string] ?? (whole[1] as string) });
  }
  return pieces;
}
