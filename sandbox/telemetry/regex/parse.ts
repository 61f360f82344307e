// Reads a regular expression in the syntax of RE2, which Prometheus, Loki and Go use: https://github.com/google/re2/wiki/Syntax

/** Code points from–to, both included, in pairs. */
export type Ranges = readonly (readonly [from: number, to: number])[];

export type Node =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly ranges: Ranges; readonly negated: boolean; readonly fold: boolean }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'sequence'; readonly of: readonly Node[] }
  | { readonly kind: 'either'; readonly of: readonly Node[] }
  | {
      readonly kind: 'repeat';
      readonly of: Node;
      readonly min: number;
      readonly max: number;
      readonly greedy: boolean;
    }
  | { readonly kind: 'group'; readonly of: Node; readonly index: number };

export type Assertion = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'boundary' | 'no-boundary';

export interface Pattern {
  readonly root: Node;
  /** Names of the groups by index; index 0 is the whole. */
  readonly names: readonly (string | undefined)[];
}

/** What is wrong with an expression, in the words of Go's regexp package. */
export class RegexError extends Error {}

const fail = (what: string, where: string): never => {
  throw new RegexError(`error parsing regexp: ${what}: \`${where}\``);
};

interface Flags {
  readonly fold: boolean;
  readonly lines: boolean;
  readonly dotAll: boolean;
  readonly lazy: boolean;
}

const digits: Ranges = [[0x30, 0x39]];
const word: Ranges = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const space: Ranges = [
  [0x09, 0x0a],
  [0x0c, 0x0d],
  [0x20, 0x20],
];
const perl = new Map<string, Ranges>([
  ['d', digits],
  ['w', word],
  ['s', space],
]);
const posix = new Map<string, Ranges>([
  ['alnum', [...digits, [0x41, 0x5a], [0x61, 0x7a]]],
  [
    'alpha',
    [
      [0x41, 0x5a],
      [0x61, 0x7a],
    ],
  ],
  ['ascii', [[0, 0x7f]]],
  [
    'blank',
    [
      [0x09, 0x09],
      [0x20, 0x20],
    ],
  ],
  [
    'cntrl',
    [
      [0, 0x1f],
      [0x7f, 0x7f],
    ],
  ],
  ['digit', digits],
  ['graph', [[0x21, 0x7e]]],
  ['lower', [[0x61, 0x7a]]],
  ['print', [[0x20, 0x7e]]],
  [
    'punct',
    [
      [0x21, 0x2f],
      [0x3a, 0x40],
      [0x5b, 0x60],
      [0x7b, 0x7e],
    ],
  ],
  [
    'space',
    [
      [0x09, 0x0d],
      [0x20, 0x20],
    ],
  ],
  ['upper', [[0x41, 0x5a]]],
  ['word', word],
  ['xdigit', [...digits, [0x41, 0x46], [0x61, 0x66]]],
]);
const escapes = new Map([
  ['a', 7],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
]);
const LAST = 0x10ffff;
const MAX_REPEAT = 1000;
const MAX_DEPTH = 250;

function invert(ranges: Ranges): Ranges {
  const sorted = [...ranges].sort(([a], [b]) => a - b);
  const out: [number, number][] = [];
  let next = 0;
  for (const [from, to] of sorted) {
    if (from > next) out.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= LAST) out.push([next, LAST]);
  return out;
}

/** Ranges of a Unicode class (`\p{Greek}`), asked of the language's own tables. */
function unicodeClass(name: string, written: string): Ranges {
  let test: RegExp | undefined;
  for (const property of [name, `Script=${name}`]) {
    try {
      test ??= new RegExp(`^\\p{${property}}$`, 'u');
    } catch {
      // Not a category: a script, or nothing.
    }
  }
  if (test === undefined || !/^[A-Za-z_]+$/.test(name)) return fail('invalid character class range', written);
  const out: [number, number][] = [];
  for (let code = 0; code <= LAST; code++) {
    if (!test.test(String.fromCodePoint(code))) continue;
    const open = out.at(-1);
    if (open !== undefined && open[1] === code - 1) open[1] = code;
    else out.push([code, code]);
  }
  return out;
}

/** @throws RegexError */
export function parseRegex(source: string, options: { readonly dotAll: boolean }): Pattern {
  const text = [...source];
  const names: (string | undefined)[] = [undefined];
  let at = 0;
  let depth = 0;
  const rest = (from = at): string => text.slice(from).join('');

  function alternatives(flags: Flags): Node {
    if (++depth > MAX_DEPTH) fail('expression nests too deeply', source);
    const options: Node[] = [];
    const parts: Node[] = [];
    let mode = flags;
    const close = (): void => {
      options.push(parts.length === 1 ? (parts[0] as Node) : { kind: 'sequence', of: parts.splice(0) });
      parts.length = 0;
    };
    while (at < text.length && text[at] !== ')') {
      if (text[at] === '|') {
        at++;
        close();
        continue;
      }
      const changed = flagsHere(mode);
      if (changed !== undefined) {
        mode = changed;
        continue;
      }
      const atoms = atom(mode);
      // \Q…\E gives many characters, of which the last one is repeated.
      const last = atoms.pop();
      parts.push(...atoms);
      if (last !== undefined) parts.push(repeated(last, mode));
    }
    close();
    depth--;
    return options.length === 1 ? (options[0] as Node) : { kind: 'either', of: options };
  }

  /** `(?i)` and the like, for what follows in the same group. */
  function flagsHere(flags: Flags): Flags | undefined {
    const match = /^\(\?([imsU]*)(?:-([imsU]+))?\)/.exec(rest());
    if (match === null) return undefined;
    at += match[0].length;
    return changeFlags(flags, match[1] ?? '', match[2] ?? '');
  }

  function changeFlags(flags: Flags, on: string, off: string): Flags {
    const is = (letter: string, before: boolean): boolean =>
      off.includes(letter) ? false : on.includes(letter) || before;
    return {
      fold: is('i', flags.fold),
      lines: is('m', flags.lines),
      dotAll: is('s', flags.dotAll),
      lazy: is('U', flags.lazy),
    };
  }

  function repeated(of: Node, flags: Flags): Node {
    let node = of;
    let before: number | undefined;
    for (;;) {
      const from = at;
      const char = text[at];
      let range: readonly [number, number] | undefined;
      if (char === '*') range = [0, Number.POSITIVE_INFINITY];
      else if (char === '+') range = [1, Number.POSITIVE_INFINITY];
      else if (char === '?') range = [0, 1];
      if (range !== undefined) at++;
      else {
        const counted = char === '{' ? /^\{(\d+)(?:(,)(\d*))?\}/.exec(rest()) : null;
        if (counted === null) return node;
        const min = Number(counted[1]);
        const max = counted[2] === undefined ? min : counted[3] === '' ? Number.POSITIVE_INFINITY : Number(counted[3]);
        if (min > MAX_REPEAT || (max > MAX_REPEAT && max !== Number.POSITIVE_INFINITY) || max < min) {
          fail('invalid repeat count', counted[0]);
        }
        at += counted[0].length;
        range = [min, max];
      }
      const lazy = text[at] === '?';
      if (lazy) at++;
      if (before !== undefined) fail('invalid nested repetition operator', text.slice(before, at).join(''));
      before = from;
      node = { kind: 'repeat', of: node, min: range[0], max: range[1], greedy: lazy === flags.lazy };
    }
  }

  function single(code: number, flags: Flags): Node {
    return { kind: 'set', ranges: [[code, code]], negated: false, fold: flags.fold };
  }

  function atom(flags: Flags): Node[] {
    const char = text[at] as string;
    if (char === '(') return [group(flags)];
    if (char === '[') return [characterClass(flags)];
    if (char === '\\') return escaped(flags);
    at++;
    if (char === '.') return [{ kind: 'set', ranges: flags.dotAll ? [] : [[10, 10]], negated: true, fold: false }];
    if (char === '^') return [{ kind: 'assert', what: flags.lines ? 'line-start' : 'text-start' }];
    if (char === '$') return [{ kind: 'assert', what: flags.lines ? 'line-end' : 'text-end' }];
    if (char === '*' || char === '+' || char === '?') fail('missing argument to repetition operator', char);
    if (char === '{') {
      const counted = /^\d+(,\d*)?\}/.exec(rest());
      if (counted !== null) fail('missing argument to repetition operator', `{${counted[0]}`);
    }
    return [single(char.codePointAt(0) as number, flags)];
  }

  function group(flags: Flags): Node {
    const head = /^\((?:\?(?:P?<([^>]*)>|([imsU]*)(?:-([imsU]+))?:))?/.exec(rest()) as RegExpExecArray;
    if (head[0] === '(' && text[at + 1] === '?') {
      fail('invalid or unsupported Perl syntax', text.slice(at, at + (text[at + 2] === '<' ? 4 : 3)).join(''));
    }
    if (head[1] !== undefined && !/^[A-Za-z0-9_]+$/.test(head[1])) fail('invalid named capture', head[0]);
    if (head[1] !== undefined && names.includes(head[1])) fail('duplicate capture group name', head[1]);
    at += [...head[0]].length;
    const captures = head[1] !== undefined || head[0] === '(';
    if (captures) names.push(head[1]);
    const index = names.length - 1;
    const of = alternatives(captures ? flags : changeFlags(flags, head[2] ?? '', head[3] ?? ''));
    if (text[at] !== ')') fail('missing closing )', source);
    at++;
    return captures ? { kind: 'group', of, index } : of;
  }

  /** A backslash and what it makes of what follows; undefined ranges mean that it is no class. */
  function classEscape(): { readonly ranges: Ranges } | undefined {
    const letter = text[at + 1] ?? '';
    const known = perl.get(letter.toLowerCase());
    if (known !== undefined) {
      at += 2;
      return { ranges: letter === letter.toLowerCase() ? known : invert(known) };
    }
    const match = /^\\([pP])(?:\{(\^?)([^}]*)\}|(.))/u.exec(rest());
    if (match === null) return undefined;
    at += [...match[0]].length;
    const ranges = unicodeClass(match[3] ?? match[4] ?? '', match[0]);
    return { ranges: (match[1] === 'P') !== (match[2] === '^') ? invert(ranges) : ranges };
  }

  function codeEscape(): number {
    const letter = text[at + 1];
    if (letter === undefined) return fail('trailing backslash at end of expression', '');
    const hex = /^\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/.exec(rest());
    const octal = /^\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest());
    if (hex !== null || octal !== null) {
      const match = (hex ?? octal) as RegExpExecArray;
      at += match[0].length;
      const code =
        hex === null ? Number.parseInt(match[1] as string, 8) : Number.parseInt(hex[1] ?? (hex[2] as string), 16);
      return code > LAST ? fail('invalid escape sequence', match[0]) : code;
    }
    const code = escapes.get(letter) ?? (/[A-Za-z0-9]/.test(letter) ? undefined : letter.codePointAt(0));
    if (code === undefined || code > 0x7f) return fail('invalid escape sequence', `\\${letter}`);
    at += 2;
    return code;
  }

  function escaped(flags: Flags): Node[] {
    const letter = text[at + 1] ?? '';
    const asserted = new Map<string, Assertion>([
      ['A', 'text-start'],
      ['z', 'text-end'],
      ['b', 'boundary'],
      ['B', 'no-boundary'],
    ]).get(letter);
    if (asserted !== undefined) {
      at += 2;
      return [{ kind: 'assert', what: asserted }];
    }
    if (letter === 'Q') {
      at += 2;
      const literal: Node[] = [];
      while (at < text.length && !(text[at] === '\\' && text[at + 1] === 'E')) {
        literal.push(single((text[at++] as string).codePointAt(0) as number, flags));
      }
      at = Math.min(at + 2, text.length);
      return literal;
    }
    const known = classEscape();
    if (known !== undefined) return [{ kind: 'set', ranges: known.ranges, negated: false, fold: flags.fold }];
    return [single(codeEscape(), flags)];
  }

  function characterClass(flags: Flags): Node {
    const opened = at++;
    const negated = text[at] === '^';
    if (negated) at++;
    const ranges: (readonly [number, number])[] = [];
    for (let first = true; first || text[at] !== ']'; first = false) {
      if (at >= text.length) fail('missing closing ]', rest(opened));
      const named = /^\[:(\^?)(\w+):\]/.exec(rest());
      if (named !== null) {
        const known = posix.get(named[2] as string) ?? fail('invalid character class range', named[0]);
        ranges.push(...(named[1] === '^' ? invert(known) : known));
        at += named[0].length;
        continue;
      }
      const known = text[at] === '\\' ? classEscape() : undefined;
      if (known !== undefined) {
        ranges.push(...known.ranges);
        continue;
      }
      const start = at;
      const from = classChar();
      let to = from;
      if (text[at] === '-' && text[at + 1] !== undefined && text[at + 1] !== ']') {
        at++;
        to = classChar();
        if (to < from) fail('invalid character class range', text.slice(start, at).join(''));
      }
      ranges.push([from, to]);
    }
    at++;
    return { kind: 'set', ranges, negated, fold: flags.fold };
  }

  function classChar(): number {
    return text[at] === '\\' ? codeEscape() : ((text[at++] as string).codePointAt(0) as number);
  }

  const root = alternatives({ fold: false, lines: false, dotAll: options.dotAll, lazy: false });
  if (at < text.length) fail('unexpected )', source);
  return { root, names };
}
