// What two branches are to each other: what a pull request brings, and whether it can be merged.

import { codeOwnersPaths, ownersOf } from './code-owners.ts';
import { combine } from './combine.ts';
import { commitsBetween, hunksBetween, linesOf, mergeBases, readText } from './git/index.ts';
import type { Comparison, Login } from './records.ts';
import { type Place, readTree, sameFile } from './tree.ts';

/** @param base and @param head commits. @param teams for CODEOWNERS, which is read in the base. */
export async function compare(
  place: Place,
  base: string,
  head: string,
  teams: Readonly<Record<string, readonly Login[]>>,
): Promise<Comparison> {
  const [parting] = await mergeBases(place, base, head);
  const files = await changedFiles(place, parting, head);
  const { conflicts, unclear } = await combine(place, base, head, { ours: 'base', theirs: 'head' });
  const tree = await readTree(place, base);
  const path = codeOwnersPaths.find((one) => tree.has(one));
  const owners = path === undefined ? '' : new TextDecoder().decode(await readText(place, tree.get(path)));
  return {
    baseCommit: base,
    conflicts: [...conflicts.keys(), ...unclear].sort(),
    isBehind: parting !== base,
    commits: (await commitsBetween(place, [base], head)).length,
    files,
    owners: ownersOf(
      owners,
      files.map((one) => one.path),
      teams,
    ),
  };
}

async function changedFiles(place: Place, from: string | undefined, to: string): Promise<Comparison['files']> {
  const [before, after] = [await readTree(place, from), await readTree(place, to)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changed = paths.filter((path) => !sameFile(before.get(path), after.get(path)));
  return Promise.all(
    changed.map(async (path) => {
      const sides = [await readText(place, before.get(path)), await readText(place, after.get(path))];
      if (sides.some((bytes) => bytes.subarray(0, 8000).includes(0))) return { path, additions: 0, deletions: 0 };
      const [old = [], young = []] = sides.map((bytes) => linesOf(new TextDecoder().decode(bytes)));
      const hunks = hunksBetween(old, young);
      return {
        path,
        additions: hunks.reduce((sum, { added }) => sum + added, 0),
        deletions: hunks.reduce((sum, { removed }) => sum + removed, 0),
      };
    }),
  );
}
