// Which changes are shown.
import { lastValue, type readOptions } from './options.ts';
import { type Change, patchOf } from './patch.ts';

/** What `--diff-filter` and the options for spaces leave of the changes. */
export function filtered(changes: readonly Change[], parsed: ReturnType<typeof readOptions>): readonly Change[] {
  const letters = lastValue(parsed, 'filter');
  const [text, lines] = [lastValue(parsed, 'pickaxe'), lastValue(parsed, 'pickaxe-lines')];
  return bySpaces(changes, parsed.flags).filter(
    (change) =>
      (text === undefined || changesCount(change, text)) &&
      (lines === undefined || changesLine(change, new RegExp(lines))) &&
      (letters === undefined || isAskedKind(change.kind, letters)),
  );
}

/** The changes as they are when some spaces do not count (`-w` and the like); those that are nothing else are gone, but from lists of names. */
export function bySpaces(changes: readonly Change[], flags: ReadonlySet<string>): readonly Change[] {
  const spaces = flags.has('ignore-space')
    ? /\s+/g
    : flags.has('ignore-space-change')
      ? /[ \t\r]+$|(?<=[ \t])[ \t]+/g
      : flags.has('ignore-space-at-end')
        ? /[ \t\r]+$/g
        : flags.has('ignore-cr')
          ? /\r$/g
          : undefined;
  const blank = flags.has('ignore-blank');
  const isList = ['name-only', 'name-status', 'raw'].some((flag) => flags.has(flag));
  return changes
    .map((change) => ({ ...change, ...(spaces && { spaces }), ...(blank && { blank: true as const }) }))
    .filter(
      (change) =>
        spaces === undefined ||
        isList ||
        change.kind !== 'M' ||
        change.before?.mode !== change.after?.mode ||
        !isSameBut(change, spaces),
    );
}

/** Whether a change alters how often a text stands in the file (`-S`). */
export function changesCount({ oldBytes, newBytes }: Change, text: string): boolean {
  const times = (bytes: Uint8Array): number => new TextDecoder().decode(bytes).split(text).length;
  return times(oldBytes) !== times(newBytes);
}

/** Whether a change adds or takes away a line that matches (`-G`). */
export const changesLine = (change: Change, wanted: RegExp): boolean =>
  patchOf(change, (_, text) => text, 0)
    .split('\n')
    .some((line) => /^[+-](?!\+\+ |-- )/.test(line) && wanted.test(line.slice(1)));

/** `--diff-filter`: capital letters choose, small ones leave out. */
export function isAskedKind(kind: Change['kind'], letters: string): boolean {
  return letters === letters.toLowerCase() ? !letters.toUpperCase().includes(kind) : letters.includes(kind);
}

function isSameBut({ oldBytes, newBytes }: Change, spaces: RegExp): boolean {
  const bare = (bytes: Uint8Array): string =>
    new TextDecoder()
      .decode(bytes)
      .split('\n')
      .map((line) => line.replaceAll(spaces, ''))
      .join('\n');
  return bare(oldBytes) === bare(newBytes);
}
