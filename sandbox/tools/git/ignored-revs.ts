// `git blame --ignore-rev`: commits to which no line is put down whose like their parent has.
import { diffArrays } from 'diff';
import { resolvePath } from '../../machine/index.ts';
import { fatal, type Parsed } from './options.ts';
import { resolve } from './revisions.ts';
import { settingsHere } from './sources.ts';
import type { Work } from './work.ts';

/** The commits that `--ignore-rev`, `--ignore-revs-file` and blame.ignoreRevsFile name. @throws GitStop for what is none. */
export async function ignoredRevs(work: Work, { values }: Parsed): Promise<ReadonlySet<string>> {
  const { io } = work;
  const set = settingsHere(io, work).flatMap(({ key, value }) => (key === 'blame.ignorerevsfile' ? [value] : []));
  const ignored = new Set<string>();
  for (const [names, from] of [
    [set, work.dir],
    [values.get('ignore-file') ?? [], io.cwd],
  ] as const)
    for (const name of names) {
      // An empty name forgets those before it.
      if (name === '') ignored.clear();
      else for (const oid of revsIn(work, resolvePath(from, name), name)) ignored.add(oid);
    }
  for (const name of values.get('ignore') ?? []) {
    const oid = await resolve(work, name);
    if (oid === undefined) throw fatal(`cannot find revision ${name} to ignore`);
    ignored.add(oid);
  }
  return ignored;
}

function revsIn({ io }: Work, path: string, name: string): readonly string[] {
  const { files } = io.machine;
  if (!files.exists(path)) throw fatal(`could not open object name list: ${name}`);
  return files
    .readText(path)
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
    .map((line) => {
      if (!/^[0-9a-f]{40}$/.test(line)) throw fatal(`invalid object name: ${line}`);
      return line;
    });
}

/** Of lines that a commit changed, those before it that are most like them: number before, number after. */
export function likeLines(before: string[], after: string[]): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  let [old, now, gone] = [0, 0, 0];
  for (const { added, removed, count = 0 } of diffArrays(before, after)) {
    if (removed) {
      gone = count;
      old += count;
      continue;
    }
    if (added) {
      let least = old - gone;
      for (let step = 0; step < count; step++) {
        const [best, score] = mostAlike(before, after[now + step] ?? '', least, old);
        if (score === 0) continue;
        pairs.push([best, now + step]);
        least = best;
      }
    } else old += count;
    now += count;
    gone = 0;
  }
  return pairs;
}

function mostAlike(lines: readonly string[], line: string, from: number, to: number): readonly [number, number] {
  let [best, score] = [from, 0];
  for (let at = from; at < to; at++) {
    const own = alike(lines[at] ?? '', line);
    if (own > score) [best, score] = [at, own];
  }
  return [best, score];
}

/** How many pairs of letters two lines share, blanks aside. */
function alike(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.replaceAll(/\s/g, '').toLowerCase()) as [string, string];
  const pairs = new Set([...left].map((_, at) => left.slice(at, at + 2)));
  return [...right].filter((_, at) => pairs.has(right.slice(at, at + 2))).length;
}
