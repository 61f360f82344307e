// What is behind this door: the stack traces of programs in the form that V8 and Node give them. QuickJS tells frames of the program
// and of our library; the words, the columns and Node's own frames come from the program's text and from known-frames.ts.
import type { FileError, Files } from '../../files/index.ts';
import { evalName, type ProgramStart } from '../contract.ts';
import { pathOf, urlOf } from '../module-names.ts';
import type { Modules } from '../modules.ts';
import { isTypeScript } from '../typescript.ts';
import type { Asked, Frame, Texts } from './contract.ts';
import { inTick, roots } from './known-frames.ts';
import { lastAwait, thrownFrom, thrownValue } from './thrown.ts';
import { trace } from './trace.ts';

export { patternProblem } from './patterns.ts';

export interface Stacks {
  /** JSON of what was asked → JSON of what is told. */
  trace(asked: string): string;
  /** JSON of the line that threw a value (as text), or an error whose frames are given as JSON; `null` without one. */
  thrown(value: string, frames: string): string;
  /** JSON of the line of a module with its last `await` outside of functions, or `null`. */
  lastAwait(file: string): string;
  sourceLine(file: string, line: number): string | undefined;
  /** Node's frames below an import of a name that is not there. */
  unlinked(ticking: boolean): readonly string[];
}

/** A script without types is called by the URL of the file that had them. */
const asUrl = (line: string): string => line.replace(/(^|\()(\/[^()]*\.c?ts:\d+(:\d+\)?)?$)/, '$1file://$2');

export function createStacks(files: Files, modules: Modules, start: ProgramStart): Stacks {
  function read(file: string): string | undefined {
    const path = pathOf(file);
    if (path === '[eval]' || path === '[stdin]' || path.endsWith('/[eval1]'))
      return start.kind === 'code' ? start.code : undefined;
    try {
      const isFile = path.startsWith('/') && files.exists(path) && files.stat(path).type === 'file';
      return isFile ? files.readText(path) : undefined;
    } catch (error) {
      if ((error as FileError).code === undefined) throw error;
      return undefined;
    }
  }
  const kind = start.kind === 'file' && start.check ? 'check' : start.kind === 'library' ? 'other' : start.kind;
  const code = start.kind === 'code' ? [evalName(start.isInput)] : [];
  const texts: Texts = {
    read,
    loaded: () => [...code, ...modules.loaded()],
    kind,
    misreader: () => modules.misread()?.by,
  };
  /** Of TypeScript Node shows what it runs: the text without its types. */
  const running: Texts = {
    ...texts,
    read(file) {
      if (!isTypeScript(pathOf(file)) || kind !== 'file') return read(file);
      try {
        return modules.codeOf(pathOf(file));
      } catch {
        return read(file);
      }
    },
  };
  /** Our own words before a file's first line are no part of it. */
  const placed = (frame: Frame): Frame => {
    if (frame.native || frame.file.startsWith('node:')) return frame;
    // QuickJS counts the columns of the first line from 0, and all of them in bytes.
    const bytes = frame.line === 1 ? frame.column - modules.prefixLength(frame.file) : frame.column - 1;
    const line = running.read(frame.file)?.split('\n')[frame.line - 1] ?? '';
    const before = new TextDecoder().decode(new TextEncoder().encode(line).slice(0, Math.max(0, bytes)));
    return { ...frame, column: before.length + 1 };
  };

  return {
    unlinked: (ticking) => (ticking ? inTick(roots.unlinked) : roots.unlinked),
    trace(text) {
      const asked = JSON.parse(text) as Asked;
      const traced = trace({ ...asked, frames: asked.frames.map(placed) }, running);
      const { place } = traced;
      const lines = traced.lines.map(asUrl);
      const isTyped = place !== undefined && isTypeScript(place.file) && place.file.startsWith('/');
      return JSON.stringify({ ...traced, lines, ...(isTyped ? { place: { ...place, file: urlOf(place.file) } } : {}) });
    },
    thrown(value, frames) {
      const found = frames === '' ? thrownValue(value, running) : thrownFrom(JSON.parse(frames) as Frame[], running);
      return JSON.stringify(found === undefined ? null : { ...found, where: asUrl(found.where) });
    },
    lastAwait: (file) => JSON.stringify(lastAwait(file, running) ?? null),
    sourceLine: (file, line) => running.read(file)?.split('\n')[line - 1],
  };
}
