// Who waits for an async function that goes on after an `await`. QuickJS does not tell; the text mostly does.

import type { Frame, Texts } from './contract.ts';
import { codeOnly, offsetOf, placeAt, scopesAt } from './source.ts';
import { ownerType } from './types.ts';

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
  return before === null ? undefined : placeAt(text, Math.max(0, offset - 200) + before.index);
}

/** The functions that wait for the one of `last`, and for each other. */
export function asyncFrames(last: Frame, texts: Texts): readonly string[] {
  const lines: string[] = [];
  let name = functionAt(last);
  const seen = new Set<string>();
  while (name !== undefined && name !== '' && !seen.has(name) && lines.length < MOST) {
    seen.add(name);
    const found = waiterOf(name, texts);
    if (found === undefined) break;
    lines.push(...found.lines);
    name = found.name;
  }
  return lines;
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
): { readonly lines: readonly string[]; readonly name: string | undefined } | undefined {
  const escaped = name.replace(/[$#]/g, '\\$&');
  for (const file of texts.loaded()) {
    const text = texts.read(file);
    if (text === undefined || !text.includes(name)) continue;
    const code = codeOnly(text);
    // What failed is more often what came last; what stands in a `try` would not have gone on from there.
    const calls = [
      ...code.matchAll(new RegExp(`\\bawait\\s+(?:[\\w$]+(?:\\([^()]*\\))?\\??\\.)*${escaped}\\s*\\(`, 'g')),
    ];
    const direct = calls.findLast(({ index }) => !isCaught(code, index)) ?? calls.at(-1) ?? null;
    const all =
      direct === null
        ? new RegExp(
            `\\bawait\\s+(Promise\\.(?:all|allSettled|any|race))\\(\\s*\\[([^\\]]*?)\\b${escaped}\\s*\\(`,
          ).exec(code)
        : null;
    const match = direct ?? all;
    if (match === null) continue;
    const { line, column } = placeAt(text, match.index);
    const scope = scopesAt(code, match.index).find(({ kind }) => kind === 'function');
    const own = scope?.name.split('.').at(-1) ?? '';
    const place = `${file}:${line}:${column}`;
    const frame = { file, name: own, line, column, native: false };
    const type = own === '' ? undefined : ownerType(frame, own, texts, undefined).type;
    const who = type === undefined ? own : `${type}.${own}`;
    const index = all === null ? undefined : (all[2] ?? '').split(/\)\s*,/).length - 1;
    return {
      lines: [
        ...(all === null ? [] : [`async ${all[1]} (index ${index})`]),
        own === '' ? `async ${place}` : `async ${who} (${place})`,
      ],
      name: scope === undefined ? undefined : own,
    };
  }
  return undefined;
}
