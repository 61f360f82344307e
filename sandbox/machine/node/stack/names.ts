// How V8 names a frame: the function, with what it belongs to.
import { functionAt, offsetOf } from '../syntax/index.ts';
import { type Frame, isInternal, key, plainName, type Texts } from './contract.ts';
import { heardName } from './listeners.ts';
import { callStep } from './places.ts';
import type { Step } from './recorder.ts';
import { FIELDS } from './targets.ts';
import { emitterType, inferredName, ownerType } from './types.ts';

/** Functions of the language that V8 does not show, and those that it shows with what they belong to. */
export const unseen = new Set(['', 'call', 'apply', 'bind', 'construct']);
const owners: Readonly<Record<string, string>> = {
  Array:
    'every filter find findIndex findLast findLastIndex flatMap forEach from map push reduce reduceRight some sort toSorted',
  BigInt: 'asIntN',
  Date: 'toISOString',
  JSON: 'parse stringify',
  Number: 'toFixed toPrecision toString',
  Object: 'assign create defineProperty defineProperties entries fromEntries freeze groupBy keys setPrototypeOf values',
  Reflect: 'ownKeys get set',
  String: 'match matchAll normalize padEnd padStart repeat replace replaceAll search',
};
export const ownerOf = new Map(
  Object.entries(owners).flatMap(([owner, names]) => names.split(' ').map((name) => [name, owner] as const)),
);
const constructors = /^(Promise|Map|Set|WeakMap|WeakSet|RegExp|Proxy|ArrayBuffer|DataView|Uint8Array|Date)$/;

/** A function of the language, as V8 shows it; nothing for those that it does not. */
export function nativeName(name: string, caller: Frame | undefined, texts: Texts): string | undefined {
  if (name === 'RegExp' && caller?.native && /^(?:match|matchAll|search)$/.test(caller.name)) return undefined;
  const step = caller === undefined ? undefined : callStep(caller, { name }, texts);
  if (constructors.test(name)) return step?.kind === 'call' && step.key === name ? name : `new ${name}`;
  if (/^(BigInt|decodeURIComponent|encodeURIComponent|decodeURI|encodeURI|Symbol)$/.test(name)) return name;
  const owner = ownerOf.get(name);
  if (owner !== 'Array' || name !== 'forEach' || caller === undefined)
    return owner === undefined ? undefined : `${owner}.${name}`;
  const line = texts.read(caller.file)?.split('\n')[caller.line - 1] ?? '';
  return /new (Set|Map)\([^;]*\.forEach/.test(line) ? `${/new (Set|Map)/.exec(line)?.[1]}.forEach` : 'Array.forEach';
}

/** The name of a generator's function: whoever asks for its next value calls `next`. */
export function stepOf(frame: Frame, texts: Texts): string | undefined {
  const name = plainName(frame);
  const text = texts.read(frame.file) ?? '';
  const own = functionAt(text, offsetOf(text, frame.line, frame.column));
  return own?.isGenerator && name !== '' ? name : undefined;
}

/** A frame as V8 prints it: the function with what it belongs to, and the place. */
export function named(
  frame: Frame,
  frames: readonly Frame[],
  at: number,
  texts: Texts,
  place: string,
  stepped?: string,
): string {
  const who = stepped === undefined ? nameOf(frame, frames, at, texts) : ownedName(frame, stepped, texts);
  return who === '' ? place : `${who} (${place})`;
}

function nameOf(frame: Frame, frames: readonly Frame[], at: number, texts: Texts): string {
  const name = frame.name === '<anonymous>' || frame.name.startsWith('<') ? '' : frame.name;
  const [next, after] = [frames[at + 1], frames[at + 2]];
  const caller = next?.native ? after : next;
  if (caller !== undefined && isInternal(caller) && caller.file === 'node:internal/require') {
    if (name === '') return 'Object.<anonymous>';
  }
  if (name === '') {
    const inferred = inferredName(frame, texts);
    if (inferred !== undefined) return inferred;
  }
  if (next !== undefined && !next.native && !isInternal(next)) return calledName(frame, name, next, texts);
  if (next?.native && !isInternal(after)) return name;
  if (caller === undefined)
    return heardName(frame, name, texts) ?? (name === '' ? name : ownedName(frame, name, texts));
  const from = key(caller);
  const group = frames.slice(at + 1).filter(({ native }) => !native);
  if (from === 'fs readFileFailed')
    return name === '' ? 'ReadFileContext.callback' : `ReadFileContext.${name} [as callback]`;
  if (from === 'internal/timers fireTimer')
    return name === '' ? 'Timeout._onTimeout' : `Timeout.${name} [as _onTimeout]`;
  if (from === 'internal/timers runImmediates') return `Immediate.${name || '<anonymous>'}`;
  if (from.startsWith('internal/test/'))
    return `${group.some((one) => one.name === 'suite') ? 'Suite' : 'TestContext'}.${name || '<anonymous>'}`;
  if (from === 'events emit' || from === 'events wrapper') {
    const below = group.find((one) => !isInternal(one));
    const heard = below === undefined ? heardName(frame, name, texts) : undefined;
    if (heard !== undefined) return heard;
    const type =
      group.some(({ file }) => file === 'node:http') && below === undefined
        ? 'Server'
        : below === undefined
          ? group.some(({ file }) => file === 'node:child_process')
            ? 'ChildProcess'
            : 'EventEmitter'
          : emitterType(below, texts);
    return `${type}.${name || '<anonymous>'}`;
  }
  return name;
}

function calledName(frame: Frame, name: string, caller: Frame, texts: Texts): string {
  if (/^[gs]et /.test(name)) return name;
  const step = callStep(caller, { name }, texts);
  if (step === undefined) return name;
  const { callee } = step.node;
  const member = callee?.type === 'ChainExpression' ? callee.argument : callee;
  if (step.kind === 'new' || step.key === FIELDS || callee?.type === 'Super') return `new ${name || '<anonymous>'}`;
  const isPlain = callee !== undefined && member?.type !== 'MemberExpression';
  if (isPlain || step.kind === 'class' || (name !== '' && !/^[\w$]+$/.test(name))) return name;
  return ownedName(frame, name, texts, { text: texts.read(caller.file) ?? '', step });
}

function ownedName(frame: Frame, name: string, texts: Texts, call?: { text: string; step: Step }): string {
  const owner = ownerType(frame, name, texts, call);
  if (owner.inferred !== undefined) return owner.inferred;
  return owner.type === undefined ? name : `${owner.type}.${name || '<anonymous>'}`;
}
