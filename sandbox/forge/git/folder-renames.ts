// Folders that one side of a merge gave another name: what the other side puts into them goes along, by the rules of git's
// merge-ort.c and diffcore-rename.c.
import { sameFile, type TreeFile, type TreeFiles } from '../tree.ts';

export interface Side {
  /** The side's name in messages. */
  readonly word: string;
  readonly files: Map<string, TreeFile>;
  /** New name → old name. */
  readonly renames: Map<string, { readonly from: string }>;
  /** Where a file went along → where the side has it. */
  readonly moved: Map<string, string>;
}

type Say = (path: string, text: string) => void;

/** Old name of a folder → its new one; undefined where no place got most of its files. */
type Folders = ReadonlyMap<string, string | undefined>;

/**
 * Moves files of both sides, and says so. @param settled whether that is all, or a conflict (merge.directoryRenames).
 * @returns folders and files of which it is unclear where they should go.
 */
export function followFolders(
  base: TreeFiles,
  [ours, theirs]: readonly [Side, Side],
  say: Say,
  settled: boolean,
): readonly string[] {
  const [own, far] = [renamedFolders(base, ours, theirs), renamedFolders(base, theirs, ours)];
  const unclear = [...own, ...far].flatMap(([folder, to]) => (to === undefined ? [folder] : []));
  for (const folder of unclear)
    say(
      folder,
      `CONFLICT (directory rename split): Unclear where to rename ${folder} to; it was renamed to multiple other directories, with no destination getting a majority of the files.`,
    );
  for (const [side, other, places] of [
    [ours, theirs, placesOf(base, ours, own, far, say)],
    [theirs, ours, placesOf(base, theirs, far, own, say)],
  ] as const)
    for (const [target, paths] of places) {
      const problem = problemAt(side, target, paths);
      if (problem !== undefined) {
        unclear.push(target);
        say(target, `CONFLICT (implicit dir rename): ${problem}`);
        continue;
      }
      const [path = ''] = paths;
      const from = side.renames.get(path)?.from;
      // A rename of what the other side left alone is no more than a file that came.
      const old = from !== undefined && !sameFile(base.get(from), other.files.get(from)) ? from : undefined;
      move(side, path, target, old);
      const came = old === undefined ? `${path} added in ${side.word}` : `${old} renamed to ${path} in ${side.word},`;
      const where = `inside a directory that was renamed in ${other.word}`;
      say(
        target,
        settled
          ? `Path updated: ${came} ${where}; moving it to ${target}.`
          : `CONFLICT (file location): ${came} ${where}, suggesting it should perhaps be moved to ${target}.`,
      );
    }
  return unclear;
}

function problemAt({ files }: Side, target: string, paths: readonly string[]): string | undefined {
  const list = paths.join(', ');
  if (files.has(target))
    return `Existing file/dir at ${target} in the way of implicit directory rename(s) putting the following path(s) there: ${list}.`;
  return paths.length === 1
    ? undefined
    : `Cannot map more than one path to ${target}; implicit directory renames tried to put these paths there: ${list}`;
}

function move({ files, renames, moved }: Side, path: string, target: string, from: string | undefined): void {
  files.set(target, files.get(path) as TreeFile);
  files.delete(path);
  renames.delete(path);
  if (from !== undefined) renames.set(target, { from });
  moved.set(target, path);
}

/** New place → the files of a side that go there. @param left what the side renamed itself: nothing goes back into it. */
function placesOf(base: TreeFiles, side: Side, left: Folders, folders: Folders, say: Say): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of side.files.keys()) {
    const folder = base.has(path) ? undefined : foldersAbove(path).find((one) => folders.get(one) !== undefined);
    const to = folder === undefined ? undefined : folders.get(folder);
    if (folder === undefined || to === undefined) continue;
    if (left.has(to))
      say(folder, `WARNING: Avoiding applying ${folder} -> ${to} rename to ${path}, because ${to} itself was renamed.`);
    else {
      const target = `${to}${path.slice(folder.length)}`.replace(/^\//, '');
      found.set(target, [...(found.get(target) ?? []), path]);
    }
  }
  return found;
}

/** The folders that a side has no more and into which the other puts files, with where most of what was in them went. */
function renamedFolders(base: TreeFiles, { files, renames }: Side, other: Side): Folders {
  if (renames.size === 0) return new Map();
  const kept = new Set([...files.keys()].flatMap(foldersAbove));
  const filled = new Set<string>();
  for (const path of other.files.keys()) if (!base.has(path) && !files.has(path)) filled.add(above(path));
  const isGone = (folder: string): boolean => folder !== '' && !kept.has(folder);
  const matters = (folder: string): boolean =>
    filled.has(folder) || foldersAbove(folder).some((one) => isGone(one) && filled.has(one));
  const counts = new Map<string, Map<string, number>>();
  for (const [path, { from }] of renames) {
    let [old, now] = [above(from), above(path)];
    for (let first = true; isGone(old) && matters(old); first = false) {
      if (first || filled.has(old)) {
        const places = counts.get(old) ?? new Map<string, number>();
        counts.set(old, places.set(now, (places.get(now) ?? 0) + 1));
      }
      // Folders of other names within are not the same folders elsewhere.
      if (now === '' || last(old) !== last(now)) break;
      [old, now] = [above(old), above(now)];
    }
  }
  return new Map([...counts].map(([folder, places]) => [folder, mostOf(places)]));
}

function mostOf(places: ReadonlyMap<string, number>): string | undefined {
  const most = Math.max(...places.values());
  const [first, second] = [...places].filter(([, count]) => count === most);
  return second === undefined ? first?.[0] : undefined;
}

const above = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const last = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The folders that hold a path, the nearest first; the top is none of them. */
function foldersAbove(path: string): readonly string[] {
  const folder = above(path);
  return folder === '' ? [] : [folder, ...foldersAbove(folder)];
}
