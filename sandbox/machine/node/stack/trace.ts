// The stack of an error as V8 and Node print it, from the frames that QuickJS gives: Node's own frames come back by rule.
import { placeAt } from '../syntax/index.ts';
import { awaitOf } from './async-frames.ts';
import { type Asked, type Frame, isInternal, plainName, type Texts, type Traced } from './contract.ts';
import { groupFrames } from './groups.ts';
import { type Excerpt, type Known, lateExcerpt, refusedImport, roots, unresolved } from './known-frames.ts';
import { misreadAt } from './misread.ts';
import { named, nativeName, ownerOf, stepOf, unseen } from './names.ts';
import { brokenPattern } from './patterns.ts';
import { type Callee, callStep, failedStep, makerName } from './places.ts';
import { openRoot, unreadRoot } from './roots.ts';
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
  const notFound = unfound(asked, frames.length, texts);
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
    // After an `await` in it nobody asks it.
    if (stepped !== undefined && frames.slice(at).some(({ native }) => !native))
      lines.push(`${stepped}.next (<anonymous>)`);
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
function unfound({ code, message, starting, frames }: Asked, left: number, texts: Texts): Known | undefined {
  const isPreloaded = frames.some(({ file, name }) => file === 'node:internal/require' && name === 'preload');
  if (code === 'ERR_MODULE_NOT_FOUND' && (left === 0 || isPreloaded))
    return unresolved(message.startsWith('Cannot find package'), !starting);
  if (code !== undefined && left === 0) {
    const known = refusedImport(code, !starting);
    if (known !== undefined) return known;
  }
  if (!/^ERR_(UNSUPPORTED|INVALID)_TYPESCRIPT_SYNTAX$/.test(code ?? '')) return undefined;
  const by = texts.misreader?.();
  const isAsked = frames.some((frame) => !frame.native && !isInternal(frame));
  const required = [...roots.typed, ...(isAsked ? roots.asked : roots.started)];
  const below = by === 'require' ? required : by === 'telling' ? roots.typedFormat : roots.typedModule;
  const told = code?.startsWith('ERR_INVALID') ? below.map((one) => one.replace(':68:40)', ':72:36)')) : below;
  return { frames: by === 'commonjs' ? told.map((one) => one.replace(':680:29)', ':671:29)')) : told };
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
