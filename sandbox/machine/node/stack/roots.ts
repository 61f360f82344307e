// What of Node's own stands below the outermost function of a program: who called it, or waits for it.
import { asyncFrames, importFrames } from './async-frames.ts';
import { type Asked, type Frame, key, type Texts } from './contract.ts';
import {
  answered,
  checkedArguments,
  completed,
  type Excerpt,
  ended,
  inTick,
  jobRunners,
  type Known,
  notRequired,
  roots,
} from './known-frames.ts';
import { heardBy } from './listeners.ts';
import { readlineFrames, tellersOf } from './tellers.ts';

const loader = 'node:internal/modules/cjs/loader';

/** What `require` says of an argument that names no module, by the code of the error. */
export const notNamed: Readonly<Record<string, Known>> = {
  ERR_INVALID_ARG_TYPE: {
    frames: [`Module.require (${loader}:1667:3)`, ...roots.asked.slice(1)],
    excerpt: checkedArguments,
    late: "  validateString(id, 'id');",
  },
  ERR_INVALID_ARG_VALUE: {
    frames: [`Module.require (${loader}:1669:11)`, ...roots.asked.slice(1)],
    excerpt: { where: `${loader}:1669`, line: "    throw new ERR_INVALID_ARG_VALUE('id', id,", column: 5 },
  },
};

/** What Node calls the outermost function with. */
export function rootFrames(
  group: readonly Frame[],
  isTop: boolean,
  above: Frame | undefined,
  texts: Texts,
): readonly string[] {
  const outer = group.at(-1) as Frame;
  const from = key(outer);
  const emits = group.findIndex((frame) => key(frame) === 'events emit');
  const tells = group.findIndex((frame) => key(frame) === 'readline #tell');
  if (above !== undefined && !above.native && Math.max(emits, tells) >= 0) {
    const text = texts.read(above.file) ?? '';
    if (tells >= 0 && (emits < 0 || tells < emits)) return readlineFrames('', group, text);
    const heard = heardBy(above, texts);
    const known = heard === undefined ? undefined : tellersOf(heard, group, text);
    if (known !== undefined) return known;
  }
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

export const rootExcerpt = (group: readonly Frame[], isTop: boolean): { readonly excerpt?: Excerpt } =>
  isTop && /^internal\/require (runMain|preload)$/.test(key(group.at(-1) as Frame)) && notRequired.excerpt !== undefined
    ? { excerpt: notRequired.excerpt }
    : {};

/** Below what stands at the bottom: a module, a text that is evaluated, or whoever waits for an async function. */
export function openRoot(
  last: Frame,
  isWaiting: boolean,
  { starting, ticking, among, frames }: Asked,
  texts: Texts,
): readonly string[] {
  if (isWaiting) return starting ? [] : asyncFrames(last, texts, among, frames);
  if (last.file === '[eval]') return roots.eval;
  if (last.file === '[stdin]') return roots.stdin;
  if (starting && /\/\[eval1\]$/.test(last.file)) return roots.evalModule;
  if (starting) return ticking ? inTick(roots.module) : roots.module;
  const importing = importFrames(last, texts, among);
  if (importing !== undefined) return [...roots.module.slice(0, 2), ...importing];
  return [...jobRunners(ticking), ...asyncFrames(last, texts, among, frames)];
}

/** Below a text that could not be read. */
export function unreadRoot(file: string, isRequired: boolean, texts: Texts): readonly string[] {
  if (texts.kind === 'check') return file.startsWith('file:') ? roots.checkedModule : roots.checked;
  if (file === '[eval]') return roots.unreadEval;
  if (file === '[stdin]') return roots.unreadInput;
  if (file.startsWith('file:')) return roots.unreadModule;
  return isRequired ? [...roots.unread, ...roots.asked] : [...roots.unread, ...roots.started];
}
