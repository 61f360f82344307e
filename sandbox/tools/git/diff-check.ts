// `git diff --check`.
import { type Change, patchOf } from './patch.ts';
import type { Work } from './work.ts';

/** The markers of conflicts that wait to be resolved. */
export function leftMarkers({ io, dir }: Work, paths: readonly string[]): boolean {
  let found = false;
  for (const path of paths) {
    if (!io.machine.files.exists(`${dir}/${path}`)) continue;
    for (const [at, line] of io.machine.files.readText(`${dir}/${path}`).split('\n').entries())
      if (/^(<{7}|={7}|>{7}|\|{7})( |$)/.test(line)) {
        io.stdout(`${path}:${at + 1}: leftover conflict marker\n`);
        found = true;
      }
  }
  return found;
}

/** `--check`: conflict markers and spaces at line ends that came in. */
export function checked({ io }: Work, changes: readonly Change[]): number {
  let found = false;
  for (const change of changes) {
    let line = 0;
    for (const text of patchOf(change, (_, sign) => sign).split('\n')) {
      const start = /^@@ -\S+ \+(\d+)/.exec(text)?.[1];
      if (start !== undefined) line = Number(start) - 1;
      if (/^[+ ]/.test(text) && !text.startsWith('+++ ')) line += 1;
      if (!text.startsWith('+') || text.startsWith('+++ ')) continue;
      const why = /[ \t\r]$/.test(text)
        ? 'trailing whitespace.'
        : /^\+(<{7}|={7}|>{7}|\|{7})( |$)/.test(text)
          ? 'leftover conflict marker'
          : /^\+[ ]+\t/.test(text)
            ? 'space before tab in indent.'
            : undefined;
      if (why === undefined) continue;
      found = true;
      io.stdout(`${change.path}:${line}: ${why}\n${why.startsWith('leftover') ? '' : `${text}\n`}`);
    }
    const blank = blankAtEnd(change);
    if (blank !== undefined) io.stdout(`${change.path}:${blank}: new blank line at EOF.\n`);
    found ||= blank !== undefined;
  }
  return found ? 2 : 0;
}

/** The number of the first empty line at the end of a file that has more of them than before; undefined when it has not (check_blank_at_eof in git's diff.c). */
function blankAtEnd({ oldBytes, newBytes }: Change): number | undefined {
  const lines = (bytes: Uint8Array): readonly string[] =>
    bytes.length === 0 ? [] : new TextDecoder().decode(bytes).replace(/\n$/, '').split('\n');
  // The first line is never counted.
  const full = (all: readonly string[]): number =>
    Math.max(all.findLastIndex((line) => line.trim() !== '') + 1, Math.min(1, all.length));
  const [old, now] = [lines(oldBytes), lines(newBytes)];
  const [before, after] = [old.length - full(old), now.length - full(now)];
  return after > before ? now.length - after + 1 : undefined;
}
