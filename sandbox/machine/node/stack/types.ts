// To what a function belongs, as far as a program's text tells: V8 asks the receiver itself.

import type { Frame, Texts } from './contract.ts';
import { codeOnly, offsetOf, scopesAt } from './source.ts';

export interface Owner {
  readonly type?: string;
  /** The whole name, of a function that was given none: where it was put. */
  readonly inferred?: string;
}

/** The name of a function that was given none but stands in an assignment: `exports.run`. */
export function inferredName(frame: Frame, texts: Texts): string | undefined {
  const text = texts.read(frame.file);
  if (text === undefined) return undefined;
  const scope = scopesAt(codeOnly(text), offsetOf(text, frame.line, frame.column)).find(
    ({ kind }) => kind === 'function',
  );
  return scope?.name.includes('.') ? scope.name : undefined;
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
