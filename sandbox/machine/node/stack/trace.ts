// The stack of an error as V8 and Node print it, from the frames that QuickJS gives: Node's own frames come back by rule.
import { asyncFrames, awaitBefore, importFrames } from './async-frames.ts';
import type { Asked, Frame, Texts, Traced } from './contract.ts';
import {
  answered,
  assertion,
  assertions,
  asyncRequired,
  cancelled,
  cannotPrint,
  checkedArguments,
  completed,
  type Excerpt,
  ended,
  failing,
  inTick,
  type Known,
  lateExcerpt,
  notExported,
  notRequired,
  refusedImport,
  resumed,
  roots,
  unresolved,
} from './known-frames.ts';
import { misreadAt } from './misread.ts';
import { type Callee, callPlace, fixedPlace, isMethodCall } from './places.ts';
import { codeOnly, offsetOf, scopesAt } from './source.ts';
import { emitterType, inferredName, ownerType } from './types.ts';
import { rewordFor } from './v8-words.ts';

const isInternal = (frame: Frame | undefined): boolean => frame?.file.startsWith('node:') === true;
const key = ({ file, name }: Frame): string => `${file.slice('node:'.length)} ${name}`;

/** Functions of the language that V8 does not show, and those that it shows with what they belong to. */
const unseen = new Set(['', 'call', 'apply', 'bind', 'construct']);
const owners: Readonly<Record<string, string>> = {
  Array:
    'every filter find findIndex findLast findLastIndex flatMap forEach from map push reduce reduceRight some sort toSorted',
  BigInt: 'asIntN',
  Date: 'toISOString',
  JSON: 'parse stringify',
  Number: 'toFixed toPrecision toString',
  Object: 'assign create defineProperty defineProperties entries fromEntries freeze groupBy keys setPrototypeOf values',
  Reflect: 'ownKeys get set',
  String: 'normalize padEnd padStart repeat replace replaceAll matchAll',
};
const ownerOf = new Map(
  Object.entries(owners).flatMap(([owner, names]) => names.split(' ').map((name) => [name, owner] as const)),
);
const constructors = /^(Promise|Map|Set|WeakMap|WeakSet|RegExp|Proxy|ArrayBuffer|DataView|Uint8Array|Date)$/;

/** A function of the language, as V8 shows it; nothing for those that it does not. */
function nativeName(name: string, caller: Frame | undefined, texts: Texts): string | undefined {
  if (constructors.test(name)) return `new ${name}`;
  if (/^(BigInt|decodeURIComponent|encodeURIComponent|decodeURI|encodeURI|Symbol)$/.test(name)) return name;
  const owner = ownerOf.get(name);
  if (owner !== 'Array' || name !== 'forEach' || caller === undefined)
    return owner === undefined ? undefined : `${owner}.${name}`;
  const line = texts.read(caller.file)?.split('\n')[caller.line - 1] ?? '';
  return /new (Set|Map)\([^;]*\.forEach/.test(line) ? `${/new (Set|Map)/.exec(line)?.[1]}.forEach` : 'Array.forEach';
}

export function trace(asked: Asked, texts: Texts): Traced {
  const frames = withoutMaking(asked.frames, asked.classes);
  const made = makerOf(asked);
  const lines: string[] = [];
  const first = frames.find((frame) => !frame.native && !isInternal(frame));
  // What a function of the language says of what it was given is said of its call.
  const isGiven = frames[0]?.native === true && ownerOf.has(frames[0].name);
  const isOwn = asked.engine && !(isGiven && asked.message === 'Cannot convert undefined or null to object');
  const place = first === undefined ? undefined : isOwn ? fixedPlace(first, asked.message, texts) : first;
  const message = isOwn ? rewordFor(asked.message, place, texts) : undefined;
  const isSyntax = asked.classes[0] === 'SyntaxError' && asked.engine && first !== undefined && frames[0] === first;
  const own = frames
    .filter((frame) => !frame.native && !isInternal(frame))
    .map((frame, at) => (at === 0 && place !== undefined ? place : frame));
  let shownPlace: Frame | undefined;
  let excerpt: Excerpt | undefined;
  let late: Excerpt | undefined;
  let waits = false;
  let isOver = false;
  let stepping: string | undefined;
  let at = 0;
  if (isSyntax && first !== undefined) {
    const told = misreadAt(texts.read(first.file) ?? '', asked.message, first.line, first.file.startsWith('/'));
    if (told !== undefined)
      return {
        lines: unreadRoot(first.file, frames.slice(1), texts).slice(0, asked.limit),
        own,
        place: { ...first, line: told.line },
        message: told.message,
        misread: told,
      };
    const length = texts.read(first.file)?.split('\n').length ?? 0;
    // A CommonJS file is the body of a function: behind its last line comes ours.
    const isBehind = first.file.startsWith('/') && first.line > length && length > 0;
    if (isBehind)
      return {
        lines: unreadRoot(first.file, frames.slice(1), texts),
        own,
        place: { ...first, line: length },
        message: 'Unexpected end of input',
      };
    lines.push(...unreadRoot(first.file, frames.slice(1), texts));
    return {
      lines: lines.slice(0, asked.limit),
      own,
      place: place ?? first,
      ...(message === undefined ? {} : { message }),
    };
  }
  const notFound = unfound(asked, frames.length);
  if (notFound !== undefined)
    return {
      lines: notFound.frames.slice(0, asked.limit),
      own,
      ...(notFound.excerpt === undefined ? {} : { excerpt: notFound.excerpt }),
    };
  while (at < frames.length && !isOver) {
    const frame = frames[at] as Frame;
    const isTop = lines.length === 0 && at === 0;
    let end = at;
    while (end < frames.length && (isInternal(frames[end]) || frames[end]?.native)) end += 1;
    const hasInternal = frames.slice(at, end).some(isInternal);
    if (hasInternal) {
      const group = frames.slice(at, end).filter((one) => !one.native);
      const below = frames[end];
      const known = groupFrames(group, isTop, frames[at - 1], below, asked, texts);
      lines.push(...known.frames);
      if (isTop) [excerpt, late] = [known.excerpt, lateExcerpt(known)];
      waits ||= known.waits === true || known.frames.some((line) => line.startsWith('async '));
      at = end;
      continue;
    }
    at += 1;
    if (frame.native) {
      if (unseen.has(frame.name)) continue;
      const shown = nativeName(frame.name, frames[at], texts);
      if (shown !== undefined) lines.push(`${shown} (<anonymous>)`);
      continue;
    }
    const here = frame === first && place !== undefined ? place : frame;
    const isFixed = frame === first && place !== undefined && place !== first;
    const callee = calleeOf(frames, at - 1, made);
    const called = stepping === undefined ? callee : { name: stepping, isStep: true };
    const shown = isFixed ? place : callPlace(here, called, texts);
    if (frame === first) shownPlace = { ...frame, line: shown.line, column: shown.column };
    const stepped = stepOf(frame, texts);
    stepping = stepped;
    if (waits) {
      const awaited = awaitBefore({ ...here, line: shown.line, column: shown.column }, texts);
      if (awaited === undefined) isOver = true;
      else
        lines.push(`async ${named(frame, frames, at - 1, texts, `${frame.file}:${awaited.line}:${awaited.column}`)}`);
      continue;
    }
    // What QuickJS tells of the innermost may lie before its function.
    const told = frame === first ? { ...frame, line: shown.line, column: shown.column } : frame;
    lines.push(named(told, frames, at - 1, texts, `${here.file}:${shown.line}:${shown.column}`, stepped));
    if (stepped !== undefined) lines.push(`${stepped}.next (<anonymous>)`);
  }
  // What goes on after an `await` in a generator is asked for by its `next`.
  const last = frames.findLast(({ native, name }) => !native || !/^(next|return|throw)?$/.test(name));
  const isOpen = last !== undefined && !last.native && !isInternal(last) && !isOver;
  if (isOpen && last !== undefined) lines.push(...openRoot(last, waits, asked, texts));
  return {
    lines: lines.slice(0, asked.limit),
    ...(place === undefined ? {} : { place: shownPlace === undefined ? place : { ...place, line: shownPlace.line } }),
    ...(message === undefined ? {} : { message }),
    ...(excerpt === undefined ? {} : { excerpt }),
    ...(late === undefined ? {} : { lateExcerpt: late }),
    ...(shownPlace === undefined ? {} : { column: shownPlace.column }),
    own: shownPlace === undefined ? own : own.with(0, shownPlace),
    ...(isOpen && !asked.starting ? { isLate: true } : {}),
  };
}

/** What a module that is not there, or cannot be read as TypeScript, leaves behind: nothing of the program has run. */
function unfound({ code, message, starting, frames }: Asked, left: number): Known | undefined {
  const isPreloaded = frames.some(({ file, name }) => file === 'node:internal/require' && name === 'preload');
  if (code === 'ERR_MODULE_NOT_FOUND' && (left === 0 || isPreloaded))
    return unresolved(message.startsWith('Cannot find package'), !starting);
  if (code !== undefined && left === 0) {
    const known = refusedImport(code, !starting);
    if (known !== undefined) return known;
  }
  if (!/^ERR_(UNSUPPORTED|INVALID)_TYPESCRIPT_SYNTAX$/.test(code ?? '')) return undefined;
  const below = frames.some(({ file }) => file === 'node:internal/require') ? roots.typed : roots.typedModule;
  return { frames: code?.startsWith('ERR_INVALID') ? below.map((one) => one.replace(':68:40)', ':72:36)')) : below };
}

/** What was called where an error was made that is no other's: the class that the program named. */
function makerOf({ engine, classes: [name], message }: Asked): Callee | undefined {
  return engine || name === undefined ? undefined : { name, message };
}

/** What the frame at `at` called: the frame above it, or what made the error. */
function calleeOf(frames: readonly Frame[], at: number, made: Callee | undefined): Callee | undefined {
  const above = frames[at - 1];
  if (above === undefined) return made;
  if (above.native && above.name !== '' && above.name !== 'construct') return { name: above.name };
  const called = frames.slice(0, at).findLast(({ native }) => !native);
  return called === undefined ? undefined : { name: plainName(called), isInternal: isInternal(called) };
}

const plainName = ({ name }: Frame): string => (name.startsWith('<') ? '' : name);

/** Without what made the error: its constructor, and those of the classes that extend it. */
function withoutMaking(frames: readonly Frame[], classes: readonly string[]): readonly Frame[] {
  let at = 0;
  const isMaking = (frame: Frame | undefined): boolean =>
    frame !== undefined &&
    ((frame.native && frame.name === 'construct') ||
      frame.file === 'node:internal/errors' ||
      (!frame.native && !isInternal(frame) && classes.includes(frame.name)));
  while (isMaking(frames[at])) at += 1;
  return frames.slice(at).filter((frame) => frame.native || !/^(<input>)?$/.test(frame.file));
}

function groupFrames(
  group: readonly Frame[],
  isTop: boolean,
  above: Frame | undefined,
  below: Frame | undefined,
  asked: Asked,
  texts: Texts,
): Known {
  const snapshot = group.filter(({ file }) => file === 'node:internal/test/snapshot');
  const outer = (snapshot.find(({ name }) => name === 'read') ?? snapshot.at(-1) ?? group.at(-1)) as Frame;
  if (below === undefined && isTop && asked.code === 'ABORT_ERR' && key(outer) === 'internal/timers fireTimer')
    return {
      ...cancelled,
      frames: [...cancelled.frames, 'Timeout._onTimeout (node:internal/abort_controller:208:7)', ...roots.timer],
    };
  if (below === undefined && key(outer) === 'internal/boot cannotPrint') return cannotPrint;
  if (below === undefined) return { frames: rootFrames(group, isTop, above, texts), ...rootExcerpt(group, isTop) };
  if (outer.file === 'node:internal/require') {
    if (isTop && asked.code === 'ERR_REQUIRE_ASYNC_MODULE') return asyncRequired;
    const known = asked.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED' ? notExported : notRequired;
    return isTop ? { ...known, frames: [...known.frames, ...roots.asked] } : { frames: roots.required };
  }
  if (isTop && outer.file === 'node:assert') {
    const rejects = /^(rejects|doesNotReject)$/.test(outer.name);
    return { frames: [], ...(rejects ? { waits: true } : {}), excerpt: assertions[asked.operator ?? ''] ?? assertion };
  }
  if (!isTop) return { frames: callbackFrames(group, below, texts) };
  const isLater =
    outer.file === 'node:fs' && group.some((frame) => frame.name.endsWith('Sync')) && !outer.name.endsWith('Sync');
  const name = isLater ? `fs/promises ${outer.name}` : key(outer);
  const text = texts.read(below.file)?.split('\n')[below.line - 1] ?? '';
  const isText =
    name === 'fs readFileSync' && /readFileSync\([^()]*(\([^()]*\)[^()]*)*,\s*(\{[^}]*encoding|['"`])/.test(text);
  const known = [
    ...optionFaults
      .filter(([, words]) => name === 'util parseArgs' && words.test(asked.message))
      .map(([which]) => `${name} ${which}`),
    ...(asked.code === 'ERR_INVALID_ARG_TYPE' && asked.message.startsWith('The "path"') ? [`${name} path`] : []),
    ...(isText ? [`${name} utf8 ${asked.code}`] : []),
    `${name} ${asked.code}`,
    ...(isText ? [`${name} utf8`] : []),
    name,
  ]
    .map((one) => failing[one])
    .find((one) => one !== undefined);
  if (known === undefined)
    return { frames: [], ...(asked.code?.startsWith('ERR_') ? { excerpt: checkedArguments } : {}) };
  if (name === 'events emit')
    return { ...known, frames: known.frames.map((one) => one.replace('EventEmitter', emitterType(below, texts))) };
  if (isCalledAsMethod(below, outer.name, texts)) return known;
  return { ...known, frames: known.frames.map((frame) => frame.replace(`Object.${outer.name}`, outer.name)) };
}

/** Node tells of these with one code. */
const optionFaults = [
  ['takes none', /does not take an argument/],
  ['lacks one', /argument missing/],
  ['ambiguous', /ambiguous/],
] as const;

function isCalledAsMethod(below: Frame, name: string, texts: Texts): boolean {
  const text = texts.read(below.file)?.split('\n')[below.line - 1] ?? '';
  return (
    new RegExp(`\\.${name.replace('$', '\\$')}\\s*\\(`).test(text) ||
    !new RegExp(`\\b${name.replace('$', '\\$')}\\s*\\(`).test(text)
  );
}

/** What Node calls between two functions of the program. */
function callbackFrames(group: readonly Frame[], below: Frame, texts: Texts): readonly string[] {
  const outer = group.at(-1) as Frame;
  if (outer.file === 'node:assert') {
    const strict = /assert\/strict|\bstrict\b/.test(texts.read(below.file) ?? '');
    const owner = isCalledAsMethod(below, outer.name, texts) ? `${strict ? 'strict' : 'ok'}.` : '';
    if (outer.name === 'throws' || outer.name === 'doesNotThrow')
      return [
        'getActual (node:assert:611:5)',
        `${owner}${outer.name} (node:assert:${outer.name === 'throws' ? '759:24' : '779:32'})`,
      ];
  }
  if (key(outer) === 'events emit') {
    const type = emitterType(below, texts);
    const once = group.some(({ file, name }) => file === 'node:events' && name === 'wrapper');
    return [...(once ? [`${type}.wrapper (node:events:639:12)`] : []), `${type}.emit (node:events:514:28)`];
  }
  return [];
}

function rootFrames(
  group: readonly Frame[],
  isTop: boolean,
  above: Frame | undefined,
  texts: Texts,
): readonly string[] {
  const outer = group.at(-1) as Frame;
  const from = key(outer);
  if (from === 'internal/require runMain' && isTop && texts.kind === 'check') return roots.uncheckable;
  if (from === 'internal/require runMain') return isTop ? [...notRequired.frames, ...roots.started] : roots.main;
  if (from === 'internal/require preload' && isTop) return [...notRequired.frames, ...roots.preloading];
  if (from === 'internal/timers fireTimer') return roots.timer;
  const child = group.filter(({ file, name }) => file === 'node:child_process' && name in ended);
  if (child.length > 0) {
    const isOnce = group.slice(0, group.indexOf(child[0] as Frame)).some((frame) => key(frame) === 'events wrapper');
    const told = 'ChildProcess.emit (node:events:514:28)';
    const heard = isOnce ? ['ChildProcess.wrapper (node:events:639:12)', told] : [told];
    return child.flatMap(({ name }) => [...(/^(exited|closed?)$/.test(name) ? heard : []), ...(ended[name] ?? [])]);
  }
  const answer = group.find(({ file }) => file === 'node:fs');
  if (from === 'internal/timers runImmediates' && answer !== undefined) return answered[answer.name] ?? completed;
  if (from === 'internal/timers runImmediates') return roots.immediate;
  if (from === 'internal/timers runTicks') {
    const listens = group.some(({ name }) => name === 'emit') && group.some(({ file }) => file === 'node:http');
    if (listens && above !== undefined) return roots.listening;
    return above === undefined ? [] : roots.tick;
  }
  if (from === 'internal/boot request' || group.some(({ file }) => file === 'node:http')) {
    return group.some(({ name }) => name === 'emit') ? ['Server.emit (node:events:514:28)', ...roots.request] : [];
  }
  return [];
}

const rootExcerpt = (group: readonly Frame[], isTop: boolean): { readonly excerpt?: Excerpt } =>
  isTop && /^internal\/require (runMain|preload)$/.test(key(group.at(-1) as Frame)) && notRequired.excerpt !== undefined
    ? { excerpt: notRequired.excerpt }
    : {};

/** Below what stands at the bottom: a module, a text that is evaluated, or whoever waits for an async function. */
function openRoot(
  last: Frame,
  isWaiting: boolean,
  { starting, ticking, among, frames }: Asked,
  texts: Texts,
): readonly string[] {
  if (isWaiting) return [];
  if (last.file === '[eval]') return roots.eval;
  if (last.file === '[stdin]') return roots.stdin;
  if (starting && /\/\[eval1\]$/.test(last.file)) return roots.evalModule;
  if (starting) return ticking ? inTick(roots.module) : roots.module;
  const importing = importFrames(last, texts, among);
  if (importing !== undefined) return [...roots.module.slice(0, 2), ...importing];
  return [...(ticking ? [resumed] : []), ...asyncFrames(last, texts, among, frames)];
}

/** Below a text that could not be read. */
function unreadRoot(file: string, rest: readonly Frame[], texts: Texts): readonly string[] {
  if (texts.kind === 'check') return file.startsWith('file:') ? roots.checkedModule : roots.checked;
  if (file === '[eval]') return roots.unreadEval;
  if (file.startsWith('file:')) return roots.unreadModule;
  const isRequired = rest.some((frame) => !frame.native && !isInternal(frame));
  return isRequired ? [...roots.unread, ...roots.asked] : [...roots.unread, ...roots.started];
}

/** The name of a generator's function: whoever asks for its next value calls `next`. */
function stepOf(frame: Frame, texts: Texts): string | undefined {
  const name = plainName(frame);
  const text = texts.read(frame.file);
  if (text === undefined || !/^[\w$]+$/.test(name)) return undefined;
  const code = codeOnly(text);
  const scope = scopesAt(code, offsetOf(text, frame.line, frame.column)).find(({ kind }) => kind === 'function');
  if (scope === undefined) return undefined;
  const head = code.slice(scope.head, scope.start);
  return /^(?:static\s+)?(?:async\s+)?(?:function\s*)?\*\s*[\w$]/.test(head) ? name : undefined;
}

/** A frame as V8 prints it: the function with what it belongs to, and the place. */
function named(
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
  if (caller === undefined && name === '' && servesIn(frame, texts)) return 'Server.<anonymous>';
  if (caller === undefined) return name === '' ? name : ownedName(frame, name, texts);
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

/** Whether a frame is in the function that a server was made with: it is called with the server as `this`. */
function servesIn(frame: Frame, texts: Texts): boolean {
  const text = texts.read(frame.file);
  if (text === undefined) return false;
  const code = codeOnly(text);
  const scope = scopesAt(code, offsetOf(text, frame.line, frame.column)).find(({ kind }) => kind === 'function');
  return (
    scope !== undefined && /\bcreateServer\(\s*(async\s*)?$/.test(code.slice(Math.max(0, scope.head - 60), scope.head))
  );
}

function calledName(frame: Frame, name: string, caller: Frame, texts: Texts): string {
  const text = texts.read(caller.file);
  if (text === undefined) return name;
  const { line, column } = callPlace(caller, { name }, texts);
  const offset = offsetOf(text, line, column);
  const code = codeOnly(text);
  if (/^[gs]et /.test(name)) return name;
  if (/^new\b/.test(code.slice(offset, offset + 4))) return name === '' ? 'new <anonymous>' : `new ${name}`;
  if (!isMethodCall(code, offset)) return name;
  if (!/^[\w$]+$/.test(name)) return name === '' ? ownedName(frame, name, texts, offset, caller) : name;
  return ownedName(frame, name, texts, offset, caller);
}

function ownedName(frame: Frame, name: string, texts: Texts, offset?: number, caller?: Frame): string {
  const owner = ownerType(frame, name, texts, caller === undefined ? undefined : { caller, offset: offset as number });
  if (owner.inferred !== undefined) return owner.inferred;
  if (owner.type === undefined) return name;
  return `${owner.type}.${name || '<anonymous>'}`;
}
