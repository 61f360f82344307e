// A program's text as far as a stack trace needs it: what is code, which functions and classes stand around a place.
import { createRecent } from '../../../kernel/index.ts';

/** Something in braces around a place. */
export interface Scope {
  readonly kind: 'function' | 'class' | 'literal' | 'block';
  /** Of a function or class; '' without one. */
  readonly name: string;
  /** Where its brace opens and closes. */
  readonly start: number;
  readonly end: number;
  /** Where the words before the brace begin that say what it is. */
  readonly head: number;
}

const masked = createRecent<string>(16);

/** The text with all that is no code (comments, texts, regular expressions) as spaces; every place stays where it was. */
export function codeOnly(text: string): string {
  return masked.get(text, () => mask(text));
}

function mask(text: string): string {
  const out =
    [...text].length === text.length ? text.split('') : Array.from({ length: text.length }, (_, at) => text.charAt(at));
  const blank = (from: number, to: number): void => {
    for (let at = from; at < to && at < out.length; at++) if (out[at] !== '\n') out[at] = ' ';
  };
  /** Depths of braces at which a template goes on. */
  const templates: number[] = [];
  let depth = 0;
  let before = '';
  for (let at = 0; at < text.length; ) {
    const char = text[at] as string;
    const two = text.slice(at, at + 2);
    let end = at + 1;
    if (two === '//') {
      end = lineEnd(text, at);
      blank(at, end);
    } else if (two === '/*') {
      const close = text.indexOf('*/', at + 2);
      end = close < 0 ? text.length : close + 2;
      blank(at, end);
    } else if (char === "'" || char === '"') {
      end = quoteEnd(text, at, char);
      blank(at + 1, end - 1);
      before = char;
    } else if (char === '`' || (char === '}' && templates.at(-1) === depth)) {
      if (char === '}') templates.pop();
      end = templateEnd(text, at + 1);
      if (text[end - 1] === '{') templates.push(depth);
      blank(at + (char === '}' ? 0 : 1), end - (text[end - 1] === '`' ? 1 : 0));
      before = '`';
    } else if (char === '/' && /^$|[=(,:;!&|?{}[+\-*%<>~^]|\b(return|typeof|case|in|of|await|throw)$/.test(before)) {
      end = patternEnd(text, at);
      blank(at + 1, end);
      before = '/';
    } else {
      if (char === '{') depth += 1;
      if (char === '}') depth -= 1;
      if (/\S/.test(char))
        before = /\w/.test(char) ? (/\w$/.test(before) && /\w/.test(text[at - 1] ?? '') ? before + char : char) : char;
    }
    at = end;
  }
  return out.join('');
}

const lineEnd = (text: string, from: number): number => {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
};

function quoteEnd(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote || text[at] === '\n') return at + 1;
  }
  return text.length;
}

function templateEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '`') return at + 1;
    else if (text[at] === '$' && text[at + 1] === '{') return at + 2;
  }
  return text.length;
}

function patternEnd(text: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '\n') return at;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return at + 1;
  }
  return text.length;
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Where the bracket at `open` closes. */
export function closing(code: string, open: number): number {
  const [left, right] = [code[open] as string, pairs[code[open] as string]];
  for (let at = open, depth = 0; at < code.length; at++) {
    if (code[at] === left) depth += 1;
    else if (code[at] === right && --depth === 0) return at;
  }
  return code.length;
}

/** Where the bracket opens that closes at `close`. */
export function opening(code: string, close: number): number {
  const right = code[close] as string;
  const left = Object.keys(pairs).find((key) => pairs[key] === right);
  for (let at = close, depth = 0; at >= 0; at--) {
    if (code[at] === right) depth += 1;
    else if (code[at] === left && --depth === 0) return at;
  }
  return -1;
}

/** What is around a place, the innermost first. */
export function scopesAt(code: string, offset: number): readonly Scope[] {
  const scopes: Scope[] = [];
  for (let at = offset - 1, depth = 0; at >= 0; at--) {
    if (code[at] === '}') depth += 1;
    if (code[at] !== '{') continue;
    if (depth > 0) depth -= 1;
    else scopes.push(scopeOf(code, at));
  }
  return scopes;
}

const blocks = /^(if|for|while|switch|catch|with|await)$/;

/** What the brace at `start` opens. */
export function scopeOf(code: string, start: number): Scope {
  const end = closing(code, start);
  const scope = (kind: Scope['kind'], name: string, head: number): Scope => ({ kind, name, start, end, head });
  const before = code.slice(0, start).trimEnd();
  const line = before.slice(Math.max(0, before.lastIndexOf(';') + 1, before.lastIndexOf('}') + 1));
  const made = /\bclass\b\s*([\w$]*)(\s+extends\s+[\w$.]+(\([^()]*\))?)?$/.exec(line);
  if (made !== null) {
    const named =
      made[1] === 'extends' || made[1] === '' ? nameBefore(before.slice(0, before.length - made[0].length)) : made[1];
    return scope('class', named ?? '', before.length - made[0].length);
  }
  if (before.endsWith('=>')) {
    const head = before.slice(0, -2).trimEnd();
    const from = head.endsWith(')') ? opening(head, head.length - 1) : head.search(/[\w$]+$/);
    const outside = head
      .slice(0, from)
      .trimEnd()
      .replace(/\basync$/, '');
    return scope('function', nameBefore(outside) ?? '', outside.length);
  }
  if (before.endsWith(')')) {
    const from = opening(before, before.length - 1);
    const head = before.slice(0, from).trimEnd();
    const plain = /\b(async\s+)?function\s*\*?\s*([\w$]*)$/.exec(head);
    if (plain !== null) {
      const outside = head.slice(0, plain.index);
      return scope('function', plain[2] || (nameBefore(outside.trimEnd()) ?? ''), plain.index);
    }
    const named = /(?:\b(?:async|static|get|set)\s+|\*\s*)*([\w$#]+)$/.exec(head);
    if (named === null || blocks.test(named[1] as string)) return scope('block', named?.[1] ?? '', from);
    return scope('function', named[1] as string, named.index);
  }
  if (/(\b(else|try|finally|do)|[;{}]|^|:\s*)$/.test(before) && !/[\w$'"\]]\s*:$/.test(before))
    return scope('block', /\w*$/.exec(before)?.[0] ?? '', before.length);
  return scope('literal', '', start);
}

/** The name that a function or class without one gets from where it is put. */
function nameBefore(before: string): string | undefined {
  return /([\w$.#]+)\s*(?:=|:)\s*$/.exec(before)?.[1];
}

/** The offset of a line and column, both from 1. */
export function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let left = line - 1; left > 0; left--) {
    const next = text.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
  }
  return start + column - 1;
}

export function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
