// Where an error was thrown: shown at the end of a program, and not always where the error was made.

import type { Frame, Texts } from './contract.ts';
import type { Excerpt } from './known-frames.ts';
import { closing, codeOnly, offsetOf, placeAt, scopesAt } from './source.ts';

/** The statement that threw what has no place of its own: a text, a number, an error without a stack. */
export function thrownValue(value: string, texts: Texts): Excerpt | undefined {
  const isObject = /^\[object /.test(value);
  for (const file of texts.loaded()) {
    const text = texts.read(file);
    if (text === undefined) continue;
    const every = [...codeOnly(text).matchAll(/\bthrow\b/g)];
    const literal = every.filter(({ index }) => /^\s*[{[]/.test(text.slice(index + 5)));
    const all = isObject && literal.length > 0 ? literal : every;
    const named = all.find(
      ({ index }) =>
        value !== '' &&
        text
          .slice(index + 5)
          .trimStart()
          .slice(0, value.length + 2)
          .includes(value),
    );
    const plain = all.find(({ index }) => /^\s+[\w$]+\s*[;})\n]/.test(`${text.slice(index + 5)}\n`));
    const found = named ?? plain ?? all[0];
    if (found !== undefined) return at(file, text, found.index);
  }
  return undefined;
}

/** The statement that threw an error made at the first of `frames`; nothing where that place itself is shown. */
export function thrownFrom(frames: readonly Frame[], texts: Texts): Excerpt | undefined {
  const [first] = frames;
  const text = first === undefined ? undefined : texts.read(first.file);
  if (first === undefined || text === undefined) return undefined;
  const code = codeOnly(text);
  const offset = offsetOf(text, first.line, first.column);
  const direct = /\bthrow\s+(?:(?:new\s+)?[\w$.]*\s*\(?\s*)?$/.exec(code.slice(Math.max(0, offset - 120), offset));
  const statement = direct === null ? later(code, offset) : Math.max(0, offset - 120) + direct.index;
  const again = rethrown(frames, texts);
  if (again !== undefined) return again;
  const given = direct === null ? fromCallback(code, offset) : undefined;
  if (given !== undefined) return at(first.file, text, given);
  return statement === undefined ? undefined : at(first.file, text, statement);
}

/** `read(file, (error) => { if (error) throw error; … })` */
function fromCallback(code: string, offset: number): number | undefined {
  const open = /^[\w$.]*\s*\(/.exec(code.slice(offset));
  if (open === null) return undefined;
  const start = offset + open[0].length;
  const given = code.slice(start, closing(code, start - 1));
  for (const { 1: name = '', index } of given.matchAll(/\bthrow\s+([\w$]+)\s*[;})\n]/g)) {
    const escaped = name.replace('$', '\\$');
    if (new RegExp(`\\(\\s*${escaped}\\s*[,)]|(?<![\\w$])${escaped}\\s*=>`).test(given)) return start + index;
  }
  return undefined;
}

/** `const error = new Error(…); … throw error;` */
function later(code: string, offset: number): number | undefined {
  const name = /([\w$]+)\s*=\s*(?:Object\.assign\(\s*)?(?:new\s+)?[\w$.]*$/.exec(
    code.slice(Math.max(0, offset - 120), offset),
  )?.[1];
  const end = scopesAt(code, offset)[0]?.end ?? code.length;
  const assigned = /\bthrow\s+Object\.assign\(\s*(?:new\s+)?$/.exec(code.slice(Math.max(0, offset - 60), offset));
  if (assigned !== null) return Math.max(0, offset - 60) + assigned.index;
  if (name === undefined) return undefined;
  const found = new RegExp(`\\bthrow\\s+${name.replace('$', '\\$')}(?![\\w$])`).exec(code.slice(offset, end));
  return found === null ? undefined : offset + found.index;
}

/** The outermost `catch` around the frames that throws on what it caught. */
function rethrown(frames: readonly Frame[], texts: Texts): Excerpt | undefined {
  let found: Excerpt | undefined;
  for (const { file, line, column } of frames) {
    const text = texts.read(file);
    if (text === undefined) continue;
    const code = codeOnly(text);
    for (const scope of scopesAt(code, offsetOf(text, line, column))) {
      if (scope.kind === 'function') break;
      if (scope.name !== 'try') continue;
      const caught = /^\s*catch\s*\(\s*([\w$]+)\s*\)\s*\{/.exec(code.slice(scope.end + 1));
      if (caught === null) continue;
      const start = scope.end + 1 + caught[0].length;
      const body = code.slice(start, closing(code, start - 1));
      const thrown = new RegExp(`\\bthrow\\s+${(caught[1] as string).replace('$', '\\$')}(?![\\w$])`).exec(body);
      if (thrown === null) return found;
      found = at(file, text, start + thrown.index);
    }
  }
  return found;
}

/** Where a module waits for ever: it got furthest at its last `await`. */
export function lastAwait(file: string, texts: Texts): Excerpt | undefined {
  const text = texts.read(file);
  if (text === undefined) return undefined;
  const code = codeOnly(text);
  const found = [...code.matchAll(/\bawait\b/g)].findLast(
    ({ index }) => !scopesAt(code, index).some(({ kind }) => kind === 'function'),
  );
  return found === undefined ? undefined : at(file, text, found.index);
}

function at(file: string, text: string, offset: number): Excerpt {
  const { line, column } = placeAt(text, offset);
  return { where: `${file}:${line}`, line: text.split('\n')[line - 1] ?? '', column };
}
