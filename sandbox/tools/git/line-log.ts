// `git log -L`: how a stretch of a file came to be what it is (line-log.c: the stretch is carried back from commit to commit).
import { hunksBetween, linesOf, readText } from '../../forge/git/index.ts';
import { readTree, type TreeFile } from '../../forge/index.ts';
import { fatal, GitStop } from './options.ts';
import { changesBetween } from './patch.ts';
import type { Entry } from './pretty.ts';
import type { Work } from './work.ts';

interface Stretch {
  /** First line from 0, and the line after the last. */
  readonly start: number;
  readonly end: number;
}

/** The commits that changed a stretch of lines, with what each did to it. @param asked `3,+2:file`, `/words/,9:file`, `:function:file`. */
export async function lineHistory(work: Work, asked: string, history: readonly Entry[]) {
  const [, named, inFile = ''] = /^:((?:[^:\\]|\\.)+):(.+)$/.exec(asked) ?? [];
  const [, from = '', to = '', path = inFile] =
    /^(\/(?:[^/\\]|\\.)*\/|\d*)(?:,(\/(?:[^/\\]|\\.)*\/|[+-]?\d*))?:(.+)$/.exec(named === undefined ? asked : '') ?? [];
  if (path === '') throw new GitStop(`git log: '-L ${asked}' is not part of this sandbox`, 129);
  const [newest] = history;
  const textAt = async (file: TreeFile | undefined): Promise<readonly string[]> =>
    file === undefined ? [] : linesOf(new TextDecoder().decode(await readText(work, file)));
  const lines = await textAt((await readTree(work, newest?.oid)).get(path));
  if (newest === undefined || lines.length === 0) throw fatal(`There is no path ${path} in the commit`);
  const range = named === undefined ? stretchOf(lines, from, to, path) : functionIn(lines, named);
  const found: { readonly entry: Entry; readonly patch: string }[] = [];
  // Commit → the name of the file there, and the stretch.
  const waiting = new Map<string, readonly [string, Stretch]>([[newest.oid, [path, range]]]);
  for (const entry of history) {
    const [name, range] = waiting.get(entry.oid) ?? [];
    if (name === undefined || range === undefined) continue;
    const tree = await readTree(work, entry.oid);
    const own = await textAt(tree.get(name));
    const steps = await Promise.all(
      (entry.commit.parent.length === 0 ? [undefined] : entry.commit.parent).map(async (parent) => {
        const before = await readTree(work, parent);
        const old = before.has(name)
          ? name
          : ((await changesBetween(work, before, tree, [])).find((change) => change.path === name)?.from ?? name);
        const theirs = await textAt(before.get(old));
        const hunks = hunksBetween(theirs, own).map(({ from, removed, to, added }) => ({
          old: from,
          gone: removed,
          now: to,
          come: added,
        }));
        const touched = hunks.filter(
          (hunk) =>
            (hunk.now < range.end && range.start < hunk.now + hunk.come) ||
            (hunk.come === 0 && range.start < hunk.now && hunk.now < range.end),
        );
        const mapped = (line: number, end: boolean): number => {
          let shift = 0;
          for (const { old, gone, now, come } of hunks) {
            if (end ? line <= now : line < now) break;
            if (end ? line <= now + come : line < now + come) return end ? old + gone : old;
            shift = old + gone - now - come;
          }
          return line + shift;
        };
        const carried = { start: mapped(range.start, false), end: mapped(range.end, true) };
        return { parent, old, theirs, touched, before: carried, isThere: before.has(old) };
      }),
    );
    // A merge that took the stretch from one side says nothing of it.
    const quiet = steps.find(({ touched }) => touched.length === 0);
    for (const step of quiet === undefined ? steps : [quiet])
      if (step.parent !== undefined && step.before.end > step.before.start)
        waiting.set(step.parent, [step.old, step.before]);
    const [step] = steps;
    if (quiet !== undefined || step === undefined || entry.commit.parent.length > 1) continue;
    const { touched, theirs, old, isThere } = step;
    found.push({
      entry,
      patch: `diff --git a/${old} b/${name}\n--- ${isThere ? `a/${old}` : '/dev/null'}\n+++ b/${name}\n${hunkOf(range, touched, theirs, own)}`,
    });
  }
  return found;
}

function stretchOf(lines: readonly string[], from: string, to: string, path: string): Stretch {
  const begin = lineIn(lines, from || '1', 0);
  if (begin > lines.length) throw fatal(`file ${path} has only ${lines.length} line${lines.length === 1 ? '' : 's'}`);
  const last = to.startsWith('+')
    ? begin + Number(to) - 1
    : to.startsWith('-')
      ? begin + Number(to) + 1
      : to === ''
        ? lines.length
        : lineIn(lines, to, begin);
  return { start: Math.min(begin, last) - 1, end: Math.min(Math.max(begin, last), lines.length) };
}

/** From a line that begins as a function does and matches, up to the next that begins so (line-range.c). */
function functionIn(lines: readonly string[], words: string): Stretch {
  const isHead = (line: string): boolean => /^[A-Za-z_$]/.test(line);
  const start = lines.findIndex((line) => isHead(line) && new RegExp(words).test(line));
  if (start < 0) throw fatal(`-L parameter '${words}' starting at line 1: no match`);
  const next = lines.findIndex((line, at) => at > start && isHead(line));
  return { start, end: next < 0 ? lines.length : next };
}

/** The number of a line, from 1. */
function lineIn(lines: readonly string[], text: string, after: number): number {
  if (!text.startsWith('/')) return Number(text);
  const at = lines.findIndex((line, number) => number >= after && new RegExp(text.slice(1, -1)).test(line));
  if (at < 0) throw fatal(`-L parameter '${text.slice(1, -1)}' starting at line ${after + 1}: no match`);
  return at + 1;
}

/** The whole stretch as one hunk (dump_diff_hacky_one of line-log.c). */
function hunkOf(
  { start, end }: Stretch,
  touched: readonly { readonly old: number; readonly gone: number; readonly now: number; readonly come: number }[],
  theirs: readonly string[],
  own: readonly string[],
): string {
  const [first, last] = [touched[0], touched.at(-1)];
  if (first === undefined || last === undefined) return '';
  const oldStart = start < first.now ? first.old - (first.now - start) : first.old;
  const oldEnd = last.old + last.gone + Math.max(0, end - last.now - last.come);
  const none = oldStart === 0 && oldEnd === 0;
  const out = [`@@ -${none ? 0 : oldStart + 1},${oldEnd - oldStart} +${start + 1},${end - start} @@`];
  const line = (sign: string, text: string | undefined): void => {
    const whole = text ?? '';
    out.push(`${sign}${whole.replace(/\n$/, '')}`);
    if (!whole.endsWith('\n')) out.push('\\ No newline at end of file');
  };
  let at = start;
  for (const { old, gone, now, come } of touched) {
    for (; at < now; at++) line(' ', own[at]);
    for (let index = old; index < old + gone; index++) line('-', theirs[index]);
    for (; at < now + come && at < end; at++) line('+', own[at]);
  }
  for (; at < end; at++) line(' ', own[at]);
  return `${out.join('\n')}\n`;
}
