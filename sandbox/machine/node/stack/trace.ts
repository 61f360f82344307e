// The stack of an error as V8 and Node print it, from the frames that QuickJS gives: Node's own frames come back by rule.
import { awaitOf } from './async-frames.ts';
import { type Asked, type Frame, isInternal, key, plainName, type Texts, type Traced } from './contract.ts';
import {
  assertion,
  assertions,
  asyncRequired,
  cancelled,
  cannotPrint,
  checkedArguments,
  type Excerpt,
  failing,
  type Known,
  lateExcerpt,
  notExported,
  notRequired,
  refusedImport,
  roots,
  unresolved,
} from './known-frames.ts';
import { misreadAt } from './misread.ts';
import { named, nativeName, ownerOf, stepOf, unseen } from './names.ts';
import { brokenPattern } from './patterns.ts';
import { type Callee, callStep, failedStep, makerName } from './places.ts';
import { notNamed, openRoot, rootExcerpt, rootFrames, unreadRoot } from './roots.ts';
import { placeAt } from './source.ts';
import { emitterType } from './types.ts';
import { rewordFor } from './v8-words.ts';

export function trace(asked: Asked, texts: Texts): Traced {
  // A class that was called without `new` has not begun.
  const isCalled = asked.engine && asked.message.startsWith('class constructors must be');
  const frames = withoutMaking(asked.frames.slice(isCalled ? 1 : 0), asked.classes);
  const made = makerOf(asked);
  const lines: string[] = [];
  const first = frames.find((frame) => !frame.native && !isInternal(frame));
  // What a function of the language says of what it was given is said of its call.
  const isGiven = frames[0]?.native === true && ownerOf.has(frames[0].name);
  const isOwn = asked.engine && !(isGiven && asked.message === 'Cannot convert undefined or null to object');
  const above = first === undefined ? undefined : frames[frames.indexOf(first) - 1];
  const top = above?.native ? above : undefined;
  const step =
    first === undefined || !isOwn
      ? undefined
      : top === undefined
        ? failedStep(first, asked.message, texts, frames[1])
        : callStep(first, { name: top.name }, texts, frames[frames.indexOf(first) + 1]);
  const text = (first && texts.read(first.file)) ?? '';
  const place = first === undefined || step === undefined ? first : { ...first, ...placeAt(text, step.place) };
  const message = isOwn ? rewordFor(asked.message, { step, text, texts, isGiven: top !== undefined }) : undefined;
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
  // A text was being read, and none of the program ran.
  const reader = frames.find(({ native }) => !native);
  const isReading = asked.engine && (reader === undefined || reader.file === 'node:internal/require');
  const broken = isReading ? brokenPattern(asked.message, texts) : undefined;
  if (broken !== undefined)
    return {
      lines: unreadLines(broken.file, frames, asked, texts).slice(0, asked.limit),
      own,
      place: broken,
      message: broken.message,
      misread: broken,
    };
  if (isSyntax && first !== undefined) {
    const told = misreadAt(texts.read(first.file) ?? '', asked.message, first.line, first.file.startsWith('/'));
    const lines = unreadLines(first.file, frames.slice(1), asked, texts).slice(0, asked.limit);
    if (told !== undefined)
      return { lines, own, place: { ...first, line: told.line }, message: told.message, misread: told };
    const length = texts.read(first.file)?.split('\n').length ?? 0;
    // A CommonJS file is the body of a function: behind its last line comes ours.
    if (first.file.startsWith('/') && first.line > length && length > 0)
      return { lines, own, place: { ...first, line: length }, message: 'Unexpected end of input' };
    return { lines, own, place: place ?? first, ...(message === undefined ? {} : { message }) };
  }
  const notFound = unfound(asked, frames.length);
  if (notFound !== undefined)
    return {
      lines: notFound.frames.slice(0, asked.limit),
      own,
      ...(notFound.excerpt === undefined ? {} : { excerpt: notFound.excerpt, lateExcerpt: lateExcerpt(notFound) }),
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
    const isFixed = frame === first && step !== undefined;
    const callee = calleeOf(frames, at - 1, made);
    const called = stepping === undefined ? callee : { name: stepping, isStep: true };
    const done = isFixed ? step : callStep(frame, called, texts, frames[at]);
    const body = texts.read(frame.file) ?? '';
    const told = done === undefined ? frame : { ...frame, ...placeAt(body, done.place) };
    const where = `${frame.file}:${told.line}:${told.column}`;
    if (frame === first) shownPlace = told;
    const stepped = stepOf(told, texts);
    stepping = stepped;
    if (waits) {
      const awaited = awaitOf(body, done);
      if (awaited === undefined) isOver = true;
      else {
        const { line, column } = placeAt(body, awaited);
        lines.push(`async ${named(told, frames, at - 1, texts, `${frame.file}:${line}:${column}`)}`);
      }
      continue;
    }
    const maker = makerName(done);
    lines.push(maker === undefined ? named(told, frames, at - 1, texts, where, stepped) : `${maker} (${where})`);
    // A block of a class is part of what gives it its fields.
    if (done?.body.node.type === 'StaticBlock' && frames[at]?.line === 0) at += 1;
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

/** Below a text that could not be read stands who asked for it. */
function unreadLines(file: string, rest: readonly Frame[], asked: Asked, texts: Texts): readonly string[] {
  const from = rest.findIndex((frame) => !frame.native && !isInternal(frame));
  const root = unreadRoot(file, from >= 0, texts);
  if (from < 0 || file.startsWith('file:')) return root;
  const plain = { ...asked, frames: rest.slice(from), message: '', classes: [], engine: false };
  return [...root, ...trace(plain, texts).lines];
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
    const unnamed = isTop ? notNamed[asked.code ?? ''] : undefined;
    if (unnamed !== undefined) return unnamed;
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
  if (name === 'crypto update' && madeBefore(below, texts) === 'Hmac')
    return { ...known, frames: known.frames.map((one) => one.replace('Hash', 'Hmac')) };
  if (isCalledAsMethod(below, outer.name, texts)) return known;
  const plain = (frame: string): string =>
    frame.replace(`Object.${outer.name}`, outer.name).replace(/^Object\.(\w+) \[as \w+\]/, '$1');
  // It is the outermost that the program called without an object.
  return { ...known, frames: known.frames.map((frame, at) => (at === known.frames.length - 1 ? plain(frame) : frame)) };
}

/** Of which class the digest was that a program made last. */
function madeBefore({ file, line }: Frame, texts: Texts): string | undefined {
  const lines = texts.read(file)?.split('\n').slice(0, line) ?? [];
  return [...lines.join('\n').matchAll(/\bcreate(Hash|Hmac)\(/g)].at(-1)?.[1];
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
