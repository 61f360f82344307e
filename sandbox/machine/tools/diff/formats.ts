// The formats in which diff tells changes (POSIX, diff, "Diff Default Output Format" and the unified and context formats).
import type { Change } from './compare.ts';

export interface Text {
  readonly lines: readonly string[];
  /** Whether the last line has its newline. */
  readonly ended: boolean;
}

const noNewline = '\\ No newline at end of file';

function marked(sign: string, { lines, ended }: Text, from: number, count: number): string[] {
  return lines.slice(from, from + count).flatMap((line, index) => {
    const last = !ended && from + index === lines.length - 1;
    return last ? [sign + line, noNewline] : [sign + line];
  });
}

function range(from: number, count: number): string {
  if (count === 0) return String(from);
  return count === 1 ? String(from + 1) : `${from + 1},${from + count}`;
}

export function normal(changes: readonly Change[], old: Text, now: Text): readonly string[] {
  return changes.flatMap(({ from, removed, to, added }) => {
    const letter = removed === 0 ? 'a' : added === 0 ? 'd' : 'c';
    return [
      `${range(from, removed)}${letter}${range(to, added)}`,
      ...marked('< ', old, from, removed),
      ...(letter === 'c' ? ['---'] : []),
      ...marked('> ', now, to, added),
    ];
  });
}

/** Commands for `ed`, from the last change to the first. */
export function edScript(changes: readonly Change[], now: Text): readonly string[] {
  return changes.toReversed().flatMap(({ from, removed, to, added }) => {
    const letter = removed === 0 ? 'a' : added === 0 ? 'd' : 'c';
    const lines = now.lines.slice(to, to + added);
    // A line that is a dot would end the text: it gets one more, which is then taken away.
    const text = lines.flatMap((line, index) =>
      line !== '.' ? [line] : ['..', '.', 's/.//', ...(index < lines.length - 1 ? ['a'] : [])],
    );
    const isOpen = lines.length > 0 && lines.at(-1) !== '.';
    return [`${range(from, removed)}${letter}`, ...text, ...(isOpen ? ['.'] : [])];
  });
}

/** Changes that stand so near that their context meets. */
function groups(changes: readonly Change[], context: number): readonly (readonly Change[])[] {
  const out: Change[][] = [];
  for (const change of changes) {
    const last = out.at(-1)?.at(-1);
    if (last !== undefined && change.from - (last.from + last.removed) <= 2 * context) out.at(-1)?.push(change);
    else out.push([change]);
  }
  return out;
}

export function unified(changes: readonly Change[], old: Text, now: Text, context: number): readonly string[] {
  return groups(changes, context).flatMap((group) => {
    const [first, last] = [group[0] as Change, group.at(-1) as Change];
    const before = Math.min(context, first.from);
    const start = first.from - before;
    const startNow = first.to - before;
    const end = Math.min(old.lines.length, last.from + last.removed + context);
    const endNow = last.to + last.added + (end - last.from - last.removed);
    const side = (from: number, count: number): string =>
      count === 1 ? `${from + 1}` : `${count === 0 ? from : from + 1},${count}`;
    const body: string[] = [];
    let at = start;
    for (const { from, removed, to, added } of group) {
      body.push(...marked(' ', old, at, from - at), ...marked('-', old, from, removed), ...marked('+', now, to, added));
      at = from + removed;
    }
    body.push(...marked(' ', old, at, end - at));
    return [`@@ -${side(start, end - start)} +${side(startNow, endNow - startNow)} @@`, ...body];
  });
}

export function contextual(changes: readonly Change[], old: Text, now: Text, context: number): readonly string[] {
  return groups(changes, context).flatMap((group) => {
    const [first, last] = [group[0] as Change, group.at(-1) as Change];
    const before = Math.min(context, first.from);
    const end = Math.min(old.lines.length, last.from + last.removed + context);
    const after = end - last.from - last.removed;
    const span = (from: number, to: number): string => (to - from <= 1 ? String(to) : `${from + 1},${to}`);
    const half = (text: Text, side: 'old' | 'now'): string[] => {
      const out: string[] = [];
      let at = (side === 'old' ? first.from : first.to) - before;
      for (const { from, removed, to, added } of group) {
        const [place, count, sign] =
          side === 'old' ? [from, removed, added > 0 ? '! ' : '- '] : [to, added, removed > 0 ? '! ' : '+ '];
        out.push(...marked('  ', text, at, place - at), ...marked(sign, text, place, count));
        at = place + count;
      }
      return [...out, ...marked('  ', text, at, after)];
    };
    const touched = (side: 'removed' | 'added'): boolean => group.some((change) => change[side] > 0);
    return [
      '***************',
      `*** ${span(first.from - before, end)} ****`,
      ...(touched('removed') ? half(old, 'old') : []),
      `--- ${span(first.to - before, last.to + last.added + after)} ----`,
      ...(touched('added') ? half(now, 'now') : []),
    ];
  });
}

/** Two columns in `width` characters, with `|`, `<` and `>` between them. */
export function sideBySide(
  changes: readonly Change[],
  old: Text,
  now: Text,
  width: number,
  { onlyChanges, onlyLeft }: { readonly onlyChanges: boolean; readonly onlyLeft: boolean },
): readonly string[] {
  const half = sizeOf(width);
  const out: string[] = [];
  const row = (left: string, sign: string, right: string): void => {
    const cell = cut(left, half.text);
    let line = cell;
    let place = [...cell].length;
    const reach = (column: number): void => {
      while (place < column) {
        const next = (Math.floor(place / 8) + 1) * 8;
        if (next <= column) {
          line += '\t';
          place = next;
        } else {
          line += ' '.repeat(column - place);
          place = column;
        }
      }
    };
    if (sign !== ' ') {
      reach(Math.floor((half.text + half.second - 1) / 2));
      line += sign;
      place += 1;
    }
    if (right !== '') {
      reach(half.second);
      line += cut(right, half.text);
    }
    out.push(line);
  };
  let at = 0;
  let to = 0;
  const same = (until: number): void => {
    for (; at < until; at++, to++)
      if (!onlyChanges) row(old.lines[at] ?? '', onlyLeft ? '(' : ' ', onlyLeft ? '' : (now.lines[to] ?? ''));
  };
  for (const change of changes) {
    same(change.from);
    const both = Math.min(change.removed, change.added);
    for (let index = 0; index < both; index++)
      row(old.lines[change.from + index] ?? '', '|', now.lines[change.to + index] ?? '');
    for (let index = both; index < change.removed; index++) row(old.lines[change.from + index] ?? '', '<', '');
    for (let index = both; index < change.added; index++) row('', '>', now.lines[change.to + index] ?? '');
    at = change.from + change.removed;
    to = change.to + change.added;
  }
  same(old.lines.length);
  return out;
}

/** GNU diff's side-by-side columns: the second begins at a tab stop. */
function sizeOf(width: number): { readonly text: number; readonly second: number } {
  const tab = 8;
  const gutter = 3;
  const offset = Math.floor((width + tab + gutter) / (2 * tab)) * tab;
  const text = Math.max(0, Math.min(offset - gutter, width - offset));
  return { text, second: text === 0 ? width : offset };
}

function cut(text: string, width: number): string {
  return [...text].slice(0, width).join('');
}
