// Regular expressions as POSIX and GNU write them, run in linear time by RE2 wherever backtracking could explode.
import { RE2JS } from '../shell/just-bash.ts';
import { faultIn, type PatternFault } from './pattern-fault.ts';
import { ToolEnd } from './tool.ts';

export type Dialect = 'basic' | 'extended' | 'perl' | 'fixed';

export interface Match {
  readonly start: number;
  readonly end: number;
  /** By number; 0 is the whole. */
  readonly groups: readonly (string | undefined)[];
}

export interface Pattern {
  /** The first match that begins at `from` or later. */
  find(text: string, from?: number): Match | undefined;
  /** How many groups it has. */
  readonly groups: number;
}

export interface PatternOptions {
  readonly ignoreCase?: boolean;
  /** `^` and `$` at every line of the text. */
  readonly multiline?: boolean;
  /** Backslash escapes such as `\n` and `\t` mean control characters (sed, awk), within brackets too. */
  readonly escapes?: 'sed' | 'awk';
  /** Told of what a pattern has without need (GNU dfa). */
  readonly warn?: (message: string) => void;
}

/** @throws ToolEnd (exit code 2) with the C library's words for what is wrong. */
export function compile(source: string, dialect: Dialect, options: PatternOptions = {}): Pattern {
  if (dialect === 'fixed') return native(escapeText(source), flagsOf(options), 0, '');
  if (dialect === 'perl') return perl(source, options);
  const { text, groups, onlyNative, alternation, repeatedGroup } = translate(source, dialect, options);
  if (!onlyNative && (alternation || repeatedGroup)) return linear(text, options, groups, true);
  const fast = native(text, flagsOf(options), groups, 'Regular expression too big');
  return onlyNative ? fast : eitherWay(fast, text, () => linear(text, options, groups, true));
}

/** Several repetitions, one after another, cost a long line's length to their power where they overlap: such a line is matched in linear time. */
function eitherWay(fast: Pattern, text: string, safeOne: () => Pattern): Pattern {
  const repetitions = (text.match(/(?<!\\)(?:[*+]|\{\d+,\})/g) ?? []).length;
  if (repetitions < 3) return fast;
  let safe: Pattern | undefined;
  const find = (subject: string, from?: number): Match | undefined => {
    if (subject.length ** repetitions < MOST_STEPS) return fast.find(subject, from);
    safe ??= safeOne();
    return safe.find(subject, from);
  };
  return { groups: fast.groups, find };
}

const MOST_STEPS = 1e8;

/** Whether a pattern that only backtracking can match has a repetition within a repetition, or two ways that begin alike: `(a+)+`, `(a|a)*`. */
export function isExplosive(pattern: string): boolean {
  return nestedRepetition.test(pattern) || alikeWays.test(pattern);
}

const atom = String.raw`(?:\[[^\]]*\]|\\.|[^\\()[\]|*+?{}])`;
const endless = String.raw`(?:[*+]|\{\d+,\})`;
const nestedRepetition = new RegExp(String.raw`\((?:\?:)?${atom}${endless}\??\)${endless}`);
const alikeWays = new RegExp(String.raw`\((?:\?:)?(${atom}+)${endless}?(?:\|\1[^()]*)+\)${endless}`);

/** The characters of a line on which an explosive pattern is tried. */
export const LONGEST_RISK = 22;

function flagsOf({ ignoreCase = false, multiline = false }: PatternOptions): string {
  return `gu${ignoreCase ? 'i' : ''}${multiline ? 'm' : ''}`;
}

function native(text: string, flags: string, groups: number, tooMuch: string): Pattern {
  const isRisky = tooMuch !== '' && isExplosive(text);
  let expression: RegExp;
  try {
    expression = new RegExp(text, flags);
  } catch (error) {
    if (/out of order in {} quantifier/.test(String(error))) throw new ToolEnd('Invalid content of \\{\\}', 2);
    throw new ToolEnd('Invalid regular expression', 2);
  }
  return {
    groups,
    find(subject, from = 0) {
      if (isRisky && subject.length > LONGEST_RISK) throw new ToolEnd(tooMuch, 2);
      expression.lastIndex = from;
      const found = expression.exec(subject);
      if (found === null) return undefined;
      const kept = found.groups?.noventaKept;
      const start = found.index + (kept?.length ?? 0);
      const end = found.index + found[0].length;
      return { start, end, groups: [subject.slice(start, end), ...found.slice(1)] };
    },
  };
}

function linear(text: string, options: PatternOptions, groups: number, longest: boolean): Pattern {
  const flags =
    (options.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) |
    (options.multiline ? RE2JS.MULTILINE : 0) |
    (longest ? RE2JS.LONGEST_MATCH : 0);
  const matcherOf = (() => {
    try {
      const compiled = RE2JS.compile(text, flags);
      return (subject: string) => compiled.matcher(subject);
    } catch {
      throw new ToolEnd('Invalid regular expression', 2);
    }
  })();
  let last = { subject: '', matcher: matcherOf('') };
  return {
    groups,
    find(subject, from = 0) {
      if (last.subject !== subject) last = { subject, matcher: matcherOf(subject) };
      const { matcher } = last;
      if (from > subject.length || !matcher.find(from)) return undefined;
      const found = Array.from({ length: groups + 1 }, (_, group) => matcher.group(group) ?? undefined);
      return { start: matcher.start(), end: matcher.end(), groups: found };
    },
  };
}

/** Perl's own syntax: RE2 where it knows it and repetition is nested, JavaScript's engine for the rest. */
function perl(source: string, options: PatternOptions): Pattern {
  const fault = faultIn(source);
  if (fault !== undefined) throw new ToolEnd(perlFaults[fault], 2);
  const [, inline = '', rest = source] = /^\(\?([ims]+)\)([\s\S]*)$/.exec(source) ?? [];
  const ignoreCase = options.ignoreCase || inline.includes('i');
  let text = rest
    .replaceAll('(?P<', '(?<')
    .replaceAll(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replaceAll(/(?<!\\)\(\?#[^)]*\)/g, '')
    .replaceAll(/(?<![\\[])\[(\^?)\]/g, '[$1\\]')
    .replaceAll(/\\Q([\s\S]*?)(?:\\E|$)/g, (_, quoted: string) => escapeText(quoted))
    .replaceAll(/\\([hHAzZR])|\[:(\w+):\]/g, (whole, letter: string | undefined, name: string | undefined) => {
      if (name !== undefined) return perlClasses[name] ?? whole;
      return { h: '[ \\t]', H: '[^ \\t]', A: '^', z: '$', Z: '$', R: '\\n' }[letter ?? ''] ?? whole;
    })
    .replaceAll(/([*+?}])\+/g, '$1');
  const kept = text.lastIndexOf('\\K');
  if (kept >= 0) text = `(?<noventaKept>${text.slice(0, kept)})${text.slice(kept + 2)}`;
  const groups = (text.match(/(?<!\\)\((?!\?)|\(\?<(?![=!])/g) ?? []).length;
  const nested = /\)(?:[*+]|\{\d+,)/.test(text);
  if (nested && kept < 0 && !/\(\?<?[=!]|\\[1-9]/.test(text))
    return linear(text, { ...options, ignoreCase }, groups, false);
  return native(
    text,
    `g${ignoreCase ? 'i' : ''}${options.multiline ? 'm' : ''}${inline.includes('s') ? 's' : ''}`,
    groups,
    "exceeded PCRE's backtracking limit",
  );
}

/** In the words of PCRE2 (pcre2_error.c). */
const perlFaults: Readonly<Record<PatternFault, string>> = {
  class: 'missing terminating ] for character class',
  'empty class': 'missing terminating ] for character class',
  close: 'unmatched closing parenthesis',
  escape: '\\ at end of pattern',
  group: 'unrecognized character after (? or (?-',
  lookbehind: 'lookbehind assertion is not fixed length',
  name: 'syntax error in subpattern name (missing terminator?)',
  open: 'missing closing parenthesis',
  order: 'numbers out of order in {} quantifier',
  posix: 'unknown POSIX class name',
  range: 'range out of order in character class',
  reference: 'reference to non-existent subpattern',
  repeat: 'quantifier does not follow a repeatable item',
};

const perlClasses: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
};

const classes: Readonly<Record<string, string>> = {
  ...perlClasses,
  alpha: '\\p{L}',
  alnum: '\\p{L}\\p{N}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  cntrl: '\\x00-\\x1f\\x7f',
  print: '\\x20-\\x7e\\u{a0}-\\u{10ffff}',
  graph: '\\x21-\\x7e\\u{a1}-\\u{10ffff}',
};

export function escapeText(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

interface Translated {
  readonly text: string;
  readonly groups: number;
  /** It has what RE2 does not know. */
  readonly onlyNative: boolean;
  readonly alternation: boolean;
  readonly repeatedGroup: boolean;
}

const controls: Readonly<Record<string, string>> = { n: '\\n', t: '\\t', r: '\\r', f: '\\f', v: '\\v', a: '\\x07' };
const shared: Readonly<Record<string, string>> = {
  w: '[\\p{L}\\p{N}_]',
  W: '[^\\p{L}\\p{N}_]',
  s: '\\s',
  S: '\\S',
  b: '\\b',
  B: '\\B',
  '<': '\\b(?=\\w)',
  '>': '\\b(?<=\\w)',
  '`': '^',
  "'": '$',
};

/** POSIX (Base Definitions, chapter 9) with GNU's additions, as a pattern that both engines read. */
function translate(source: string, dialect: 'basic' | 'extended', { escapes, warn }: PatternOptions): Translated {
  const basic = dialect === 'basic';
  let text = '';
  let groups = 0;
  let depth = 0;
  let onlyNative = false;
  let alternation = false;
  let repeatedGroup = false;
  /** What stands before, for the stars that mean themselves. */
  let atStart = true;
  let afterGroup = false;
  const fail = (message: string): never => {
    throw new ToolEnd(message, 2);
  };
  const put = (piece: string): void => {
    text += piece;
    atStart = false;
    afterGroup = false;
  };
  for (let at = 0; at < source.length; at++) {
    const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
    if (character.length === 2) at++;
    const next = source[at + 1];
    const escaped = character === '\\';
    if (escaped && next === undefined) fail('Trailing backslash');
    const operator = basic === escaped ? (escaped ? next : character) : undefined;
    if (operator === '(') {
      if (escaped) at++;
      groups++;
      depth++;
      text += '(';
      atStart = true;
    } else if (operator === ')' && (basic || depth > 0 || escapes === 'sed')) {
      if (escaped) at++;
      if (depth === 0) fail('Unmatched ) or \\)');
      if (atStart && escapes === 'awk') fail('missing operand');
      depth--;
      put(')');
      afterGroup = true;
    } else if (operator === '|') {
      if (escaped) at++;
      alternation = true;
      text += '|';
      atStart = true;
    } else if (character === '*' || operator === '+' || operator === '?') {
      if (escaped) at++;
      const sign = character === '*' ? '*' : (operator ?? '');
      // Where nothing stands before, GNU's extended dialect repeats nothing.
      if (atStart && escapes === 'awk') fail('missing operand');
      else if (atStart && basic) put(escapeText(sign));
      else if (atStart && escapes === 'sed') fail('Invalid preceding regular expression');
      else if (atStart) warn?.(`${sign} at start of expression`);
      else {
        if (afterGroup && sign !== '?') repeatedGroup = true;
        // A second sign repeats the repetition, and none of them is lazy.
        if (/(?<!\\)[*+?}]$/.test(text)) {
          if (sign !== '?' || !text.endsWith('*')) text = `${text.slice(0, -1)}*`;
        } else text += sign;
      }
    } else if (
      operator === '{' &&
      escapes !== 'awk' &&
      (basic || escapes === 'sed' || /^\{(\d+(,\d*)?|,\d+)\}/.test(source.slice(at)))
    ) {
      const [whole, least = '', , most] = /^\\?\{(\d*)(,(\d*))?\\?\}/.exec(source.slice(at)) ?? [];
      if (whole === undefined) fail('Unmatched \\{');
      at += (whole ?? '').length - 1;
      if (Number(least) > MOST_TIMES || Number(most || 0) > MOST_TIMES) fail('Regular expression too big');
      if (atStart && !basic && warn !== undefined) {
        warn('{...} at start of expression');
        continue;
      }
      if (atStart) fail('Invalid preceding regular expression');
      if (afterGroup) repeatedGroup = true;
      text += most === undefined ? `{${least}}` : `{${least === '' ? '0' : least},${most}}`;
    } else if (character === '[') {
      if (warn !== undefined && /^\[:[^\]]*:\]/.test(source.slice(at)))
        fail('character class syntax is [[:space:]], not [:space:]');
      const bracket = readBracket(source, at, escapes);
      put(bracket.text);
      at = bracket.end;
    } else if (character === '.') put('[\\s\\S]');
    else if (character === '^') {
      if (!basic || atStart) text += '^';
      else put('\\^');
      if (!basic) atStart = true;
    } else if (character === '$') {
      const rest = source.slice(at + 1);
      if (!basic || rest === '' || rest.startsWith('\\)') || rest.startsWith('\\|')) put('$');
      else put('\\$');
    } else if (escaped) {
      at++;
      const letter = next as string;
      if (/[1-9]/.test(letter) && escapes !== 'awk') {
        if (Number(letter) > groups) fail('Invalid back reference');
        onlyNative = true;
        put(`(?:\\${letter})`);
      } else if (escapes === 'sed' && numberedEscape.test(source.slice(at - 1))) {
        const [whole = '', letterOfBase = '', digits = ''] = numberedEscape.exec(source.slice(at - 1)) ?? [];
        put(escapeText(String.fromCharCode(Number.parseInt(digits, { x: 16, o: 8 }[letterOfBase] ?? 10))));
        at += whole.length - 2;
      } else if (escapes !== undefined && controls[letter] !== undefined) put(controls[letter]);
      else if (shared[letter] !== undefined) {
        if (letter === '<' || letter === '>') onlyNative = true;
        put(shared[letter]);
      } else put(escapeText(letter));
    } else put(escapeText(character));
  }
  if (depth > 0) fail('Unmatched ( or \\(');
  return { text, groups, onlyNative, alternation, repeatedGroup };
}

/** RE_DUP_MAX of the C library. */
const MOST_TIMES = 32_767;

/** A character by its number, as sed takes it. */
const numberedEscape = /^\\([xod])((?<=x)[0-9a-fA-F]{2}|(?<=o)[0-7]{3}|(?<=d)\d{3})/;

/** `[…]` from its opening to its closing bracket. */
function readBracket(
  source: string,
  start: number,
  escapes: PatternOptions['escapes'],
): { readonly text: string; readonly end: number } {
  let at = start + 1;
  let text = '[';
  if (source[at] === '^') {
    text += '^';
    at++;
  }
  for (let first = true; ; first = false) {
    const character = source[at];
    if (character === undefined)
      throw new ToolEnd(first ? 'Invalid regular expression' : 'Unmatched [, [^, [:, [., or [=', 2);
    if (character === ']' && !first) break;
    const [whole, kind, name = ''] = /^\[([:=.])(.*?)\1\]/.exec(source.slice(at)) ?? [];
    if (whole !== undefined) {
      if (kind === ':' && classes[name] === undefined) throw new ToolEnd('Invalid character class name', 2);
      text += kind === ':' ? classes[name] : inClass(name);
      at += whole.length;
      continue;
    }
    const next = source[at + 1] ?? '';
    const byNumber = escapes === 'sed' ? numberedEscape.exec(source.slice(at)) : null;
    if (byNumber !== null) {
      text += inClass(
        String.fromCharCode(Number.parseInt(byNumber[2] ?? '', { x: 16, o: 8 }[byNumber[1] ?? ''] ?? 10)),
      );
      at += byNumber[0].length;
      continue;
    }
    if (character === '\\' && escapes !== undefined && (controls[next] !== undefined || escapes === 'awk')) {
      text += controls[next] ?? inClass(next);
      at += 2;
      continue;
    }
    const isRange = character === '-' && !first && next !== ']' && !text.endsWith('[') && /[^\\^[]$/.test(text);
    text += isRange ? '-' : inClass(character);
    if (isRange && (source[at - 1] ?? '') > next) throw new ToolEnd('Invalid range end', 2);
    at++;
  }
  return { text: `${text}]`, end: at };
}

function inClass(text: string): string {
  return text.replaceAll(/[\\\][^-]/g, '\\$&');
}
