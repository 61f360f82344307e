// To what a function belongs, as far as a program's text tells: V8 asks the receiver itself.

import type { Frame, Texts } from './contract.ts';
import { closing, codeOnly, offsetOf, opening, type Scope, scopesAt } from './source.ts';

export interface Owner {
  readonly type?: string;
  /** The whole name, of a function that was given none: where it was put. */
  readonly inferred?: string;
}

/** The name of a function that was given none but stands in an assignment: `exports.run`; or in a call, before an object. */
export function inferredName(frame: Frame, texts: Texts): string | undefined {
  const text = texts.read(frame.file);
  if (text === undefined) return undefined;
  const code = codeOnly(text);
  const own = functionAround(code, offsetOf(text, frame.line, frame.column));
  if (own === undefined) return undefined;
  if (own.name !== '') return own.name.includes('.') ? own.name : undefined;
  return namedByCall(text, code, own);
}

/** The innermost function around a place; of an arrow without braces, its expression. */
export function functionAround(code: string, offset: number): Pick<Scope, 'name' | 'head' | 'end'> | undefined {
  const scope = scopesAt(code, offset).find(({ kind }) => kind === 'function');
  for (let at = offset - 1, depth = 0; at > (scope?.start ?? 0); at--) {
    if (')]}'.includes(code[at] as string)) depth += 1;
    else if ('([{'.includes(code[at] as string)) depth = Math.max(0, depth - 1);
    else if (code[at] === ';' && depth === 0) break;
    else if (depth === 0 && code.startsWith('=>', at)) {
      const head = code.slice(0, at).trimEnd();
      const from = head.endsWith(')') ? opening(head, head.length - 1) : head.search(/[\w$]+$/);
      const outside = code
        .slice(0, from)
        .trimEnd()
        .replace(/\basync$/, '')
        .trimEnd();
      if (!/[(,]$/.test(outside)) return scope;
      return { name: '', head: outside.length, end: argumentEnd(code, at + 2) - 1 };
    }
  }
  return scope;
}

/** Where the argument ends in which a place lies. */
function argumentEnd(code: string, from: number): number {
  for (let at = from; at < code.length; at++) {
    if ('([{'.includes(code[at] as string)) at = closing(code, at);
    else if (/[,)\]}]/.test(code[at] as string)) return at;
  }
  return code.length;
}

/** A function that is handed over before an object has the name of the call and of what stands first in the object. */
function namedByCall(text: string, code: string, { head, end }: Pick<Scope, 'head' | 'end'>): string | undefined {
  const before = code.slice(0, head);
  let open = head - 1;
  for (let depth = 0; open >= 0; open--) {
    if (')]}'.includes(code[open] as string)) depth += 1;
    else if ('([{'.includes(code[open] as string) && depth-- === 0) break;
  }
  const callee = code[open] === '(' ? /(?:[\w$]+\s*\??\.\s*)*[\w$]+\s*$/.exec(before.slice(0, open))?.[0] : undefined;
  if (callee === undefined || /^(if|for|while|switch|function|catch|return|await)\b/.test(callee)) return undefined;
  const after = code.slice(end + 1, closing(code, open));
  const object = /^\s*,(?:[^(){}]*,)?[\s[]*\{\s*/.exec(after);
  if (object === null) return undefined;
  const rest = text.slice(end + 1 + object[0].length);
  const [, quoted, plain, sign] = /^(?:['"]([^'"]*)['"]|(?:async\s+)?\*?\s*([\w$]+)|\.\.\.)\s*(.?)/.exec(rest) ?? [];
  const first = quoted ?? plain;
  const name = callee.replace(/[\s?]/g, '');
  if (first === undefined) return rest.startsWith('...') ? name : undefined;
  // A name that stands for its value is read twice.
  return /^[,}]$/.test(sign ?? '') ? `${name}.${first}.${first}` : `${name}.${first}`;
}

interface Call {
  readonly caller: Frame;
  readonly offset: number;
}

/** The class of a method, or `Object`; nothing for a function that is called without a receiver. */
export function ownerType(frame: Frame, name: string, texts: Texts, call: Call | undefined): Owner {
  const text = texts.read(frame.file);
  if (text === undefined) return {};
  const code = codeOnly(text);
  const offset = offsetOf(text, frame.line, frame.column);
  const scopes = scopesAt(code, offset);
  const own = scopes.findIndex(
    (scope) =>
      scope.kind === 'function' && (scope.name.split('.').at(-1) === name || scope.name === name || name === ''),
  );
  const around = scopes[own + 1];
  const scope = scopes[own];
  if (name === '' && scope?.name.includes('.')) return { inferred: scope.name };
  if (own >= 0 && around?.kind === 'class') {
    if (/\bstatic\b/.test(code.slice(Math.max(0, (scope?.head ?? 0) - 1), scope?.start))) return { type: around.name };
    return { type: (call === undefined ? undefined : receiverOf(call, texts)) ?? around.name };
  }
  if (call === undefined) return {};
  if (scope?.name.includes('.')) return { inferred: scope.name };
  return { type: receiverOf(call, texts) ?? 'Object' };
}

/** The class of what stands before the dot of a call, where the text says `new`. */
function receiverOf({ caller, offset }: Call, texts: Texts): string | undefined {
  const text = texts.read(caller.file);
  if (text === undefined) return undefined;
  const code = codeOnly(text);
  return classOf(
    code,
    code
      .slice(0, offset)
      .trimEnd()
      .replace(/\??\.$/, ''),
    offset,
  );
}

function classOf(code: string, before: string, offset: number): string | undefined {
  const made = /\bnew\s+([\w$]+)\s*\([^()]*\)$/.exec(before);
  if (made !== null) return made[1];
  const name = /(?<![\w$.)\]])([\w$]+(?:\.#?[\w$]+)?)$/.exec(before)?.[1];
  if (name === undefined) return undefined;
  if (name === 'this') return undefined;
  void offset;
  const assigned = new RegExp(
    `(?<![\\w$.])${name.replace(/[$.]/g, '\\$&')}\\s*=\\s*(?:await\\s+)?new\\s+([\\w$]+)`,
  ).exec(code);
  return assigned?.[1];
}

/** The class of the emitter in a call of `emit`. */
export function emitterType(below: Frame, texts: Texts): string {
  const text = texts.read(below.file);
  if (text === undefined) return 'EventEmitter';
  const code = codeOnly(text);
  const offset = offsetOf(text, below.line, below.column);
  const at = code.lastIndexOf('.emit', offset + 2);
  const dot = at >= 0 && at > offset - 80 ? at : code.indexOf('.emit', offset);
  if (dot < 0) return 'EventEmitter';
  const before = code.slice(0, dot);
  if (/\bthis$/.test(before)) return scopesAt(code, dot).find(({ kind }) => kind === 'class')?.name ?? 'EventEmitter';
  return classOf(code, before, dot) ?? 'EventEmitter';
}
