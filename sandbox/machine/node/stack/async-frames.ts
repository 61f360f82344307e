// Who waits for an async function that goes on after an `await`. QuickJS does not tell; the text mostly does.

import type { Asked, Frame, Texts } from './contract.ts';
import { heardName } from './listeners.ts';
import { closing, codeOnly, offsetOf, placeAt, scopesAt } from './source.ts';
import { functionAround, ownerType } from './types.ts';

const MOST = 9;

/** Where the `await` stands whose operand is the call at a place. */
export function awaitBefore(
  frame: Frame,
  texts: Texts,
): { readonly line: number; readonly column: number } | undefined {
  const text = texts.read(frame.file);
  if (text === undefined) return undefined;
  const code = codeOnly(text);
  const offset = offsetOf(text, frame.line, frame.column);
  const before = /\bawait\s+(?:new\s+)?(?:[\w$]+\s*(?:\([^()]*\))?\s*\??\.\s*)*$/.exec(
    code.slice(Math.max(0, offset - 200), offset),
  );
  if (before !== null) return placeAt(text, Math.max(0, offset - 200) + before.index);
  // Of a loop that waits for each of its values, V8 tells of the variable.
  return /\bfor\s+await\s*\(\s*(?:const|let|var)\s+$/.test(code.slice(0, offset)) ? frame : undefined;
}

/** The functions that wait for the one of `last`, and for each other. `above`: the frames of what it called. */
export function asyncFrames(
  last: Frame,
  texts: Texts,
  among?: Asked['among'],
  above: readonly Frame[] = [],
): readonly string[] {
  const { lines, outside } = calledAtOnce(last, texts, among);
  return [...lines, ...waiters(outside === undefined ? functionAt(last) : outside, texts, among, above, lines.length)];
}

/** Who waits for an `import()` of the module in which a frame is, while it runs for the first time; nothing where it does not. */
export function importFrames(last: Frame, texts: Texts, among: Asked['among']): readonly string[] | undefined {
  const text = texts.read(last.file);
  if (text === undefined || !last.file.startsWith('file:') || functionAt(last) !== undefined) return undefined;
  const code = codeOnly(text);
  const offset = offsetOf(text, last.line, last.column);
  if (functionAround(code, offset) !== undefined || /\bawait\b/.test(code.slice(0, offset))) return undefined;
  return waiters('import', texts, among, [], 0);
}

function waiters(
  first: string | undefined,
  texts: Texts,
  among: Asked['among'],
  above: readonly Frame[],
  told: number,
): readonly string[] {
  const lines: string[] = [];
  let name = first;
  const seen = new Set<string>();
  while (name !== undefined && name !== '' && !seen.has(name) && told + lines.length < MOST) {
    seen.add(name);
    const found = waiterOf(name, texts, told + lines.length === 0 ? among : undefined, above);
    if (found === undefined) break;
    lines.push(...found.lines);
    name = found.name;
  }
  return lines;
}

/** Of an async function without a name that is called where it stands, and waited for: that place, and the function around it. */
function calledAtOnce(
  frame: Frame,
  texts: Texts,
  among: Asked['among'],
): { readonly lines: string[]; readonly outside?: string | undefined } {
  const text = texts.read(frame.file);
  if (text === undefined || functionAt(frame) !== undefined) return { lines: [] };
  const code = codeOnly(text);
  const offset = offsetOf(text, frame.line, frame.column);
  const own = scopesAt(code, offset).find(({ kind }) => kind === 'function');
  const before = code.slice(0, own?.name === '' ? own.head : offset);
  // One of several that are made by an async function, and waited for together.
  const listed =
    among === undefined ? null : new RegExp(`\\bawait\\s+Promise\\.${among.name}\\(\\s*(?=[^;]*$)`).exec(before);
  const together = listed !== null && /\basync\b/.test(code.slice(listed.index, offset)) ? listed : null;
  const isCalled = own?.name === '' && /^\s*\}?\s*\)\s*\(/.test(code.slice(own.end));
  const wait = together ?? (isCalled ? /\bawait\s*\(\s*(?:async\s*)?$/.exec(before) : null);
  if (wait === null) return { lines: [] };
  const around = scopesAt(code, wait.index).find(({ kind }) => kind === 'function');
  const { line, column } = placeAt(text, wait.index);
  const place = `${frame.file}:${line}:${column}`;
  const name = around?.name ?? '';
  const first = together === null || among === undefined ? [] : [`async Promise.${among.name} (index ${among.index})`];
  return { lines: [...first, name === '' ? `async ${place}` : `async ${name} (${place})`], outside: name };
}

/** The function in which a frame is; nothing when it is a module itself. */
function functionAt(frame: Frame): string | undefined {
  return frame.name === '' || frame.name.startsWith('<') ? undefined : frame.name;
}

function isCaught(code: string, offset: number): boolean {
  for (const scope of scopesAt(code, offset)) {
    if (scope.kind === 'function') return false;
    if (scope.name === 'try' && /^\s*catch\b/.test(code.slice(scope.end + 1))) return true;
  }
  return false;
}

function waiterOf(
  name: string,
  texts: Texts,
  among: Asked['among'],
  above: readonly Frame[],
): { readonly lines: readonly string[]; readonly name: string | undefined } | undefined {
  const escaped = name.replace(/[$#]/g, '\\$&');
  for (const file of texts.loaded()) {
    const text = texts.read(file);
    if (text === undefined) continue;
    const code = codeOnly(text);
    // What failed is more often what came last; what stands in a `try` would not have gone on from there.
    const calls = [
      ...code.matchAll(new RegExp(`\\bawait\\s+(?:[\\w$]+(?:\\([^()]*\\))?\\??\\.)*${escaped}\\s*\\(`, 'g')),
    ].filter(
      ({ 0: call, index }) => !/^\s*\.(?:catch|then)\b/.test(code.slice(closing(code, index + call.length - 1) + 1)),
    );
    // What it was given and called stands in its call.
    const given = above.filter((frame) => frame.file === file).map(({ line, column }) => offsetOf(text, line, column));
    const holding = calls.find(({ 0: call, index }) =>
      given.some((at) => at > index && at < closing(code, index + call.length - 1)),
    );
    const direct = holding ?? calls.findLast(({ index }) => !isCaught(code, index)) ?? calls.at(-1) ?? null;
    const together = among?.name ?? '(?:all|allSettled|any|race)';
    const all =
      direct === null
        ? (new RegExp(`\\bawait\\s+(Promise\\.${together})\\(\\s*\\[([^\\]]*?)\\b${escaped}\\s*\\(`).exec(code) ??
          (among === undefined
            ? null
            : new RegExp(`\\bawait\\s+(Promise\\.${together})\\((?=[^;]*\\.map\\([^;]*\\b${escaped}\\b)`).exec(code)))
        : null;
    const loop =
      direct === null && all === null
        ? new RegExp(
            `\\bfor\\s+await\\s*\\(\\s*(?:const|let|var)\\s+(?=[\\w$[{])[^;()]*?\\s+of\\s+(?:[\\w$]+\\.)*${escaped}\\s*\\(`,
          ).exec(code)
        : null;
    // Of a method that is called by a name that is only known when it runs.
    const computed =
      direct === null && all === null && loop === null && file === texts.loaded().at(-1)
        ? /\bawait\s+(?:[\w$]+\.)*[\w$]+\[[\w$.]+\]\s*\(/.exec(code)
        : null;
    const match = direct ?? all ?? loop ?? computed;
    if (match === null) continue;
    const lead = loop === null ? 0 : (/^for\s+await\s*\(\s*(?:const|let|var)\s+/.exec(loop[0])?.[0].length ?? 0);
    const { line, column } = placeAt(text, match.index + lead);
    const scope = scopesAt(code, match.index).find(({ kind }) => kind === 'function');
    const own = scope?.name.split('.').at(-1) ?? '';
    const place = `${file}:${line}:${column}`;
    const frame = { file, name: own, line, column, native: false };
    const type = own === '' ? undefined : ownerType(frame, own, texts, undefined).type;
    const who = heardName(frame, own, texts) ?? (type === undefined ? own : `${type}.${own}`);
    const index = among?.index ?? (all?.[2] ?? '').split(/\)\s*,/).length - 1;
    return {
      lines: [
        ...(all === null ? [] : [`async ${all[1]} (index ${index})`]),
        who === '' ? `async ${place}` : `async ${who} (${place})`,
      ],
      name: scope === undefined ? undefined : own,
    };
  }
  return undefined;
}
