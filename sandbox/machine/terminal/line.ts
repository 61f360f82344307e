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

/** How many characters to the left the word under the cursor, or the one before it, begins. */
export function wordLeft({ before }: Line): number {
  let at = before.length;
  while (at > 0 && isSpace(before[at - 1])) at--;
  while (at > 0 && !isSpace(before[at - 1])) at--;
  return before.length - at;
}

export function wordRight({ after }: Line): number {
  let at = 0;
  while (at < after.length && isSpace(after[at])) at++;
  while (at < after.length && !isSpace(after[at])) at++;
  return at;
}

/** Takes `count` characters away, left of the cursor when negative. */
export function remove({ before, after }: Line, count: number): { readonly line: Line; readonly removed: string } {
  if (count < 0) {
    const at = Math.max(0, before.length + count);
    return { line: { before: before.slice(0, at), after }, removed: before.slice(at).join('') };
  }
  return { line: { before, after: after.slice(count) }, removed: after.slice(0, count).join('') };
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
