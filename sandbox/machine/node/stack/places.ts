// Where V8 says that something happens, from where QuickJS says so.

import type { Frame, Texts } from './contract.ts';
import { closing, codeOnly, offsetOf, opening, placeAt, scopeOf, scopesAt } from './source.ts';
import { unknownNameAt } from './unknown-names.ts';

const noCalls =
  /^(if|for|while|switch|function|catch|return|await|typeof|of|in|with|case|throw|void|delete|yield|new)$/;

/** Whether the call whose name begins at `offset` is of a method of something. */
export function isMethodCall(code: string, offset: number): boolean {
  const before = code.slice(Math.max(0, offset - 40), offset).trimEnd();
  return /(?<!\.)\.$/.test(before) || (code[offset] === '[' && /[\w$)\]]$/.test(before));
}

/** Whether a call ends before a place. */
function isCallEnd(code: string, at: number): boolean {
  const before = code.slice(0, at).replace(/\s*\??$/, '');
  if (!before.endsWith(')')) return false;
  return /[\w$)\]]\s*$/.test(code.slice(0, opening(before, before.length - 1)));
}

/** What was called, as far as it is known. */
export interface Callee {
  /** '' for a function without a name. */
  readonly name: string;
  /** One of our library: the program may call it by another name. */
  readonly isInternal?: boolean;
  /** A generator that was asked for its next value. */
  readonly isStep?: boolean;
  /** Of an error that was made by the call. */
  readonly message?: string;
}

/** A call in a text: by which name, and where V8 says that it is. */
interface Call {
  readonly name: string;
  readonly at: number;
  readonly open: number;
}

/** Other names under which functions of our library are called. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  aborting: ['abort'],
  deepStrictEqual: ['deepEqual'],
  notDeepStrictEqual: ['notDeepEqual'],
  notStrictEqual: ['notEqual'],
  ok: ['assert', 'strict'],
  strictEqual: ['equal'],
};

/**
 * The place of a frame's call. V8 tells of a call where its name begins, of `new` where that begins; QuickJS points at the last
 * thing before the call that has a place, which may lie in its arguments.
 */
export function callPlace(frame: Frame, callee: Callee | undefined, texts: Texts): { line: number; column: number } {
  const text = texts.read(frame.file);
  if (text === undefined) return frame;
  const code = codeOnly(text);
  const start = offsetOf(text, frame.line, frame.column);
  // Between a word and what is called there may be a space.
  const from = start + (/^\s*(?:\?\.|\.(?!\.))?\s*/.exec(code.slice(start, start + 200))?.[0].length ?? 0);
  const here = callFrom(code, from) ?? (code[from] === '(' ? callAt(code, from) : undefined);
  const around = callsAround(code, from);
  const all = here === undefined ? around : [here, ...around];
  const accessed = callee === undefined ? undefined : accessOf(callee.name, code, from);
  if (accessed !== undefined) return placeAt(text, accessed);
  const names =
    callee === undefined
      ? []
      : [callee.name, ...(Object.hasOwn(aliases, callee.name) ? (aliases[callee.name] ?? []) : [])];
  const named = all.filter(({ name }) => name !== '' && names.includes(name));
  const made = named.length > 1 ? named.find(({ open }) => mayMake(text, open, callee?.message)) : undefined;
  const isRenamed = callee?.isInternal === true && callee.name !== '';
  const looped = callee?.isStep ? loopOf(code, callee.name, from) : undefined;
  if (looped !== undefined) return placeAt(text, looped);
  const inside = named.length > 0 ? undefined : calledWithin(code, here?.open ?? from, callee?.name ?? '');
  if (inside !== undefined) return placeAt(text, inside);
  const found = made ?? named[0] ?? (isRenamed ? (around[0] ?? here) : all[0]);
  return placeAt(text, found?.at ?? from);
}

/** Where a function is called in the arguments of a call: QuickJS knows no place of a local variable. */
function calledWithin(code: string, open: number, name: string): number | undefined {
  if (code[open] !== '(' || !/^[\w$]+$/.test(name)) return undefined;
  const call = new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s*\\(`).exec(
    code.slice(open, closing(code, open)),
  );
  return call === null ? undefined : open + call.index;
}

/** Where the variable of a loop stands whose values a generator gives: it is there that each is asked for. */
function loopOf(code: string, name: string, from: number): number | undefined {
  const heads = code.matchAll(
    new RegExp(
      `\\bfor\\s*(?:await\\s*)?\\(\\s*(?:const|let|var)\\s+(?=[\\w$[{])[^;()]*?\\s+of\\s+(?:new\\s+\\w+\\([^()]*\\)\\.|[\\w$]+\\.)*${name}\\(`,
      'g',
    ),
  );
  const within = scopesAt(code, from).find(({ kind }) => kind === 'function')?.start ?? 0;
  const endOf = (index: number): number => {
    const close = closing(code, code.indexOf('(', index));
    const body = close + 1 + (/^\s*/.exec(code.slice(close + 1))?.[0].length ?? 0);
    const end = code[body] === '{' ? closing(code, body) : code.indexOf(';', body);
    return end < 0 ? code.length : end;
  };
  const head = [...heads].findLast(({ index }) => index <= from && index >= within && from <= endOf(index));
  if (head === undefined) return undefined;
  const lead = /^for\s*(?:await\s*)?\(\s*(?:const|let|var)\s+/.exec(head[0])?.[0].length ?? 0;
  return head.index + lead;
}

/** Where a getter or a setter is called: what is read is told of where its name begins, what is set where the `=` stands. */
function accessOf(callee: string, code: string, from: number): number | undefined {
  const [, kind, name = ''] = /^(get|set) (.+)$/.exec(callee) ?? [];
  if (kind === undefined) return undefined;
  const access = new RegExp(`\\.\\s*(${name.replace(/[$#]/g, '\\$&')})(?![\\w$])\\s*([-+*/]?=(?![=>]))?`, 'g');
  access.lastIndex = Math.max(0, from - name.length - 2);
  for (let match = access.exec(code); match !== null; match = access.exec(code)) {
    const [whole, word = '', assigned] = match;
    if (kind === 'get') return match.index + whole.indexOf(word, 1);
    if (assigned !== undefined) return match.index + whole.length - 1;
  }
  return undefined;
}

/** The call whose name begins at a place. */
function callFrom(code: string, from: number): Call | undefined {
  const rest = code.slice(from, from + 400);
  // A function that is called where it stands.
  const own = /^\}?\s*\)\s*\(/.exec(rest);
  if (own !== null) return { name: '', at: from + own[0].length - 1, open: from + own[0].length - 1 };
  const direct =
    /^(?:new\s+)?[\w$#.]*[\w$#]\s*(?:\?\.)?\s*\(/.exec(rest) ?? /^(?:[\w$.]|'\s*'|"\s*"|`\s*`)*\]\s*\(/.exec(rest);
  if (direct !== null) return callAt(code, from + direct[0].length - 1);
  const bare = /^new\s+([\w$.]+)/.exec(rest) ?? undefined;
  return bare === undefined ? undefined : { name: bare[1]?.split('.').at(-1) ?? '', at: from, open: -1 };
}

/** The call whose arguments begin at a bracket; nothing where that is none. */
function callAt(code: string, open: number): Call | undefined {
  const before = code
    .slice(Math.max(0, open - 400), open)
    .trimEnd()
    .replace(/\?\.$/, '')
    .trimEnd();
  if (before.endsWith(']')) {
    const list = opening(before, before.length - 1);
    return /[\w$)\]]\s*$/.test(before.slice(0, list)) ? { name: '', at: open, open } : undefined;
  }
  if (before.endsWith(')')) return { name: '', at: open, open };
  const word = /(?<![\w$])[\w$]*#?[\w$]+$/.exec(before);
  if (word === null || noCalls.test(word[0])) return undefined;
  const made = /(?<![\w$.])new\s+(?:[\w$]+\s*\.\s*)*$/.exec(before.slice(0, word.index));
  if (/(?<![\w$.])function\s*\*?\s*$/.test(before.slice(0, word.index))) return undefined;
  // Of a private method V8 tells of its arguments.
  const at = word[0].startsWith('#') ? open : Math.max(0, open - 400) + (made?.index ?? word.index);
  return { name: word[0], at, open };
}

/** The calls in whose arguments a place lies, up to the function or the statement around it; the innermost first. */
function callsAround(code: string, from: number): readonly Call[] {
  const calls: Call[] = [];
  for (let at = from - 1, depth = 0; at >= 0; at--) {
    const char = code[at] as string;
    if (char === ')' || char === ']' || char === '}') depth += 1;
    else if (char === '(' || char === '[' || char === '{') {
      if (depth > 0) depth -= 1;
      else if (char === '{' && scopeOf(code, at).kind !== 'literal') break;
      else if (char === '(') {
        const call = callAt(code, at);
        if (call !== undefined) calls.push(call);
      }
    } else if (depth === 0 && (char === ';' || (char === '>' && code[at - 1] === '='))) break;
  }
  return calls;
}

/** Whether a call with these arguments may have made an error with a message: as far as its first argument is a plain text. */
function mayMake(text: string, open: number, message: string | undefined): boolean {
  if (message === undefined || open < 0) return true;
  const first = /^\s*(?:(['"])((?:(?!\1)[^\\\n])*)\1\s*[,)]|`([^`$\\]*)(`|\$\{))/.exec(text.slice(open + 1));
  if (first === null) return !/^\s*\)/.test(text.slice(open + 1)) || message === '';
  const [, , plain, before = '', end] = first;
  if (plain !== undefined) return plain === message;
  return end === '`' ? before === message : message.startsWith(before);
}

/** QuickJS knows where calls stand, but not where a property is read: there it gives the last place before. */
export function fixedPlace(frame: Frame, message: string, texts: Texts): Frame {
  const text = texts.read(frame.file);
  if (text === undefined) return frame;
  const code = codeOnly(text);
  const from = offsetOf(text, frame.line, frame.column);
  const found = (at: number): Frame => (at < 0 ? frame : { ...frame, ...placeAt(text, at) });
  const property = /^cannot (read|set) property '(.*)' of (null|undefined)$/s.exec(message);
  if (property !== null) {
    const [, did, name = ''] = property;
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    if (did === 'read' && name === 'Symbol.iterator') return found(iterated(code, from));
    const access = new RegExp(`(?:\\.\\s*)(${escaped})(?![\\w$])|\\[`, 'g');
    access.lastIndex = Math.max(0, from - 1);
    const limit = scopesAt(code, from)[0]?.end ?? code.length;
    for (let match = access.exec(code); match !== null && match.index < limit; match = access.exec(code)) {
      if (match[1] !== undefined) {
        const at = match.index + match[0].length - match[1].length;
        const isSet = /^\s*([-+*/|&^%]|\*\*|<<|>>|\?\?|&&|\|\|)?=(?![=>])/.test(code.slice(at + name.length));
        if (did === 'set' && !isSet) continue;
        // What is read to be changed is told of where the expression begins.
        if (did === 'read' && isSet) return found(startOfOperand(code, at));
        if (did === 'set') return found(code.indexOf('=', at));
        // Of what a call gave, V8 tells of the point.
        return found(isCallEnd(code, match.index) ? match.index : at);
      }
      const inside = text.slice(match.index + 1).trimStart();
      // Of `rows[at].name` it is the name that could not be read.
      const isNamedLater =
        !/^\d+$/.test(name) && new RegExp(`\\.\\s*${escaped}(?![\\w$])`).test(code.slice(match.index, limit));
      if (!/^['"`]/.test(inside) && isNamedLater) continue;
      if (/^['"`]/.test(inside) ? inside.slice(1).startsWith(name) : /[\w$)\]]\s*$/.test(code.slice(0, match.index)))
        return found(did === 'set' ? code.indexOf('=', closing(code, match.index)) : match.index);
    }
    return destructured(frame, text, code, from, name, found);
  }
  if (message === 'value is not iterable') return found(iterated(code, from));
  if (message === 'Cannot convert undefined or null to object') return found(takenApart(code, from));
  if (message === "invalid 'in' operand" || message.startsWith("invalid 'instanceof'")) {
    const word = message.includes("'in'") ? /[\w$'")\]]\s+in\s/g : /[\w$)\]}]\s+instanceof\s/g;
    word.lastIndex = from;
    const match = word.exec(code);
    return found(match === null ? -1 : startOfOperand(code, match.index));
  }
  if (/^'(.*)' is read-only$/.test(message) || /is not initialized$/.test(message)) {
    const name = /^'?(.*?)'? is /.exec(message)?.[1] ?? '';
    const uses = new RegExp(`(?<![\\w$])${name.replace('$', '\\$')}(?![\\w$])`, 'g');
    uses.lastIndex = Math.max(0, from);
    const match = uses.exec(code);
    if (match === null) return frame;
    if (message.includes('read-only')) {
      const assigned = new RegExp(
        `(?<![\\w$])${name.replace('$', '\\$')}\\s*((?:[-+*/%]|\\*\\*|\\?\\?|\\|\\||&&)?=(?![=>])|\\+\\+|--)`,
        'g',
      );
      assigned.lastIndex = Math.max(0, from);
      for (let one = assigned.exec(code); one !== null; one = assigned.exec(code)) {
        if (/\b(const|let|var)\s+$/.test(code.slice(0, one.index))) continue;
        const operator = one[1] as string;
        return found(/^(\+\+|--)$/.test(operator) ? one.index : one.index + one[0].length - operator.length);
      }
    }
    return found(match.index);
  }
  if (/^no setter for property|^object is not extensible$/.test(message)) {
    const assigned = /\.[\w$#]+\s*(=)(?![=>])/g;
    assigned.lastIndex = Math.max(0, from - 1);
    const match = assigned.exec(code);
    return found(match === null ? -1 : match.index + match[0].length - 1);
  }
  if (/BigInt/.test(message)) {
    const line = code.lastIndexOf('\n', from - 1) + 1;
    const mixed = /(?<=[\w$)\]])\s*(?:\*\*|[-+*/%])(?![=+-])\s*[\w$(]/;
    const match = mixed.exec(code.slice(line, code.indexOf('\n', from) + 1 || undefined));
    return found(match === null ? -1 : line + match.index + match[0].search(/\S/));
  }
  const unknown = /^(.*) is not defined$/.exec(message)?.[1];
  if (unknown !== undefined) {
    const use = new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${unknown.replace('$', '\\$')}(?![\\w$])`, 'g');
    use.lastIndex = from;
    const at = use.exec(code)?.index ?? -1;
    if (at < 0) return frame;
    // Of what is assigned V8 tells of the sign.
    const assigned = /^[\w$]+\s*(?==(?![=>]))/.exec(code.slice(at));
    return found(assigned === null ? unknownNameAt(code, at) : at + assigned[0].length);
  }
  return frame;
}

/** The first name of the pattern that takes an object apart: what a function is given, or what a variable is made of. */
function takenApart(code: string, from: number): number {
  const declared = /(?:const|let|var)\s*(?=\{)/g;
  declared.lastIndex = Math.max(0, from - 1);
  const match = /^\s*[\w$.]+\(/.test(code.slice(from)) ? null : declared.exec(code);
  const given = givenPattern(code, from);
  const open = match === null || (given >= 0 && given < match.index) ? given : match.index + match[0].length;
  if (open < 0) return -1;
  // Of a pattern within one, what it is made of is missing more often.
  const lead = /^\{\s*(?:[\w$]+\s*:\s*\{\s*)?/.exec(code.slice(open)) as RegExpExecArray;
  return open + lead[0].length;
}

/** Where the next function takes apart what it is given. */
function givenPattern(code: string, from: number): number {
  for (let open = code.indexOf('(', from); open >= 0 && open < from + 600; open = code.indexOf('(', open + 1)) {
    if (!/^\s*(=>|\{)/.test(code.slice(closing(code, open) + 1))) continue;
    const lead = /^\([^(){}]*(?=\{)/.exec(code.slice(open));
    return lead === null ? -1 : open + lead[0].length;
  }
  return -1;
}

function destructured(
  frame: Frame,
  text: string,
  code: string,
  from: number,
  name: string,
  found: (at: number) => Frame,
): Frame {
  const patterns = new RegExp(`[{,]\\s*(${name.replace('$', '\\$')})\\s*[,}:=]`, 'g');
  patterns.lastIndex = Math.max(0, from - 1);
  const match = patterns.exec(code);
  void text;
  return match === null ? frame : found(match.index + match[0].indexOf(match[1] as string));
}

/** What is taken apart as a list, or gone through, from a place on. */
function iterated(code: string, from: number): number {
  const pattern =
    /\bof\s+(?=[\w$([{'"])|\.\.\.\s*|(?:const|let|var)\s*\[(?:[^[\]]|\[[^\]]*\])*\]\s*=\s*|(?:const|let|var)\s*\{[^=;]*?:\s*(?=\[)|\bnew (?:Map|Set)\(|(?:Promise\.\w+|Object\.fromEntries)\(/g;
  // A place in a call of `new` is that of its name; of what a call gave, that of the call.
  const lead =
    /(?:\bnew\s+(?:Map|Set)?\s*\(?|\bof\s+|\.\.\.\s*|(?:const|let|var)\s*\[[^\]]*\]\s*=\s*)(?:[\w$]+\s*\??\.\s*)*$/.exec(
      code.slice(0, from),
    )?.[0].length ?? 1;
  pattern.lastIndex = Math.max(0, from - lead);
  const match = pattern.exec(code);
  if (match === null) return -1;
  return /^new|^Promise|^Object/.test(match[0]) ? match.index : match.index + match[0].length;
}

function startOfOperand(code: string, end: number): number {
  let at = end;
  while (at > 0 && /[\w$.'"()[\]{}]/.test(code[at - 1] as string)) at -= 1;
  return at;
}
