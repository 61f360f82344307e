/** A line that is being edited: characters as people count them, and where the cursor stands among them. */
export interface Line {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export const emptyLine: Line = { before: [], after: [] };

export function lineOf(text: string): Line {
  return { before: [...text], after: [] };
}

export function textOf({ before, after }: Line): string {
  return before.join('') + after.join('');
}

export function insert({ before, after }: Line, text: string): Line {
  return { before: [...before, ...text], after };
}

export function move({ before, after }: Line, by: number): Line {
  const all = [...before, ...after];
  const at = Math.max(0, Math.min(all.length, before.length + by));
  return { before: all.slice(0, at), after: all.slice(at) };
}

export const toStart = (line: Line): Line => move(line, Number.NEGATIVE_INFINITY);
export const toEnd = (line: Line): Line => move(line, Number.POSITIVE_INFINITY);

/** What a word is made of: letters and digits for Alt+B, F, D and Backspace; anything but spaces for Ctrl+W. */
export type WordKind = 'letters' | 'anything';

/** How many characters to the left the word under the cursor, or the one before it, begins. */
export function wordLeft({ before }: Line, kind: WordKind): number {
  let at = before.length;
  while (at > 0 && !isOf(kind, before[at - 1])) at--;
  while (at > 0 && isOf(kind, before[at - 1])) at--;
  return before.length - at;
}

/** How many characters to the right the word under the cursor, or the one after it, ends. */
export function wordRight({ after }: Line, kind: WordKind): number {
  let at = 0;
  while (at < after.length && !isOf(kind, after[at])) at++;
  while (at < after.length && isOf(kind, after[at])) at++;
  return at;
}

/** Exchanges the character before the cursor with the one under it, or the last two at the end. */
export function transpose(line: Line): Line {
  const { before, after } = line.after.length === 0 ? move(line, -1) : line;
  const [left, right] = [before.at(-1), after[0]];
  if (left === undefined || right === undefined) return line;
  return { before: [...before.slice(0, -1), right, left], after: after.slice(1) };
}

/** Takes `count` characters away, left of the cursor when negative. */
export function remove({ before, after }: Line, count: number): { readonly line: Line; readonly removed: string } {
  if (count < 0) {
    const at = Math.max(0, before.length + count);
    return { line: { before: before.slice(0, at), after }, removed: before.slice(at).join('') };
  }
  return { line: { before, after: after.slice(count) }, removed: after.slice(0, count).join('') };
}

function isOf(kind: WordKind, character: string | undefined): boolean {
  return character !== undefined && (kind === 'letters' ? /[\p{L}\p{N}\p{M}]/u : /[^ \t\n]/).test(character);
}
