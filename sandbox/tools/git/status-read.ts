// What git status tells, before it is put into words.
import { readText, renamed } from '../../forge/git/index.ts';
import type { TreeFiles } from '../../forge/index.ts';
import { unstaged } from './diff-sides.ts';
import { readIndexFile } from './index-file.ts';
import { kindOf, type PlainKind } from './patch.ts';
import { headTree } from './revisions.ts';
import { config } from './sources.ts';
import { conflictLetters } from './state.ts';
import type { Work } from './work.ts';
import { differences, isIgnored, knownFiles } from './work-tree.ts';

/** What `git status` tells, before it is put into words. */
export interface Status {
  /** Path → letter, against HEAD. */
  readonly staged: ReadonlyMap<string, 'R' | PlainKind>;
  /** New name → old name. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly unstaged: ReadonlyMap<string, PlainKind>;
  /** Path → letters of both sides, as `UU`. */
  readonly conflicts: ReadonlyMap<string, string>;
  /** Untracked files; a folder of which nothing is tracked is one entry that ends in `/`. */
  readonly untracked: readonly string[];
}

export async function readStatus(
  work: Work,
  flags: ReadonlySet<string> = new Set(),
  before?: TreeFiles,
): Promise<Status> {
  const head = before ?? (await headTree(work));
  const { files: index, conflicts, intents } = readIndexFile(work);
  const known = knownFiles(work);
  const { tree, paths } = await unstaged(work, known);
  const staged = new Map<string, 'R' | PlainKind>();
  for (const path of differences(head, index))
    if (!conflicts.has(path)) staged.set(path, kindOf(head.get(path), index.get(path)));
  const renames = await findRenames(work, staged, head, index);
  return {
    staged,
    renamed: renames,
    unstaged: new Map(
      paths
        .filter((path) => !conflicts.has(path))
        .map((path) => [
          path,
          intents?.has(path) === true && tree.has(path)
            ? 'A'
            : kindOf(index.get(path) ?? tree.get(path), tree.get(path)),
        ]),
    ),
    conflicts: new Map([...conflicts].map(([path, stages]) => [path, conflictLetters(stages)])),
    untracked: flags.has('untracked-no')
      ? []
      : flags.has('untracked-all')
        ? [...tree].flatMap(([path, { mode }]) => (known.has(path) ? [] : [mode === '160000' ? `${path}/` : path]))
        : untrackedOf(tree, known),
  };
}

/** Files that were taken away and added again under another name, as they were or nearly so. */
async function findRenames(
  work: Work,
  staged: Map<string, 'R' | PlainKind>,
  head: TreeFiles,
  index: TreeFiles,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [path, { from }] of await renamed(head, index, (file) => readText(work, file))) {
    if (staged.get(path) !== 'A' || staged.get(from) !== 'D') continue;
    staged.delete(from);
    staged.set(path, 'R');
    found.set(path, from);
  }
  return found;
}

function untrackedOf(tree: TreeFiles, index: TreeFiles): readonly string[] {
  const found = new Set<string>();
  for (const [path, { mode }] of tree) {
    if (index.has(path)) continue;
    const parts = path.split('/');
    const whole = parts.findIndex((_, depth) => {
      const folder = `${parts.slice(0, depth + 1).join('/')}/`;
      return depth < parts.length - 1 && ![...index.keys()].some((tracked) => tracked.startsWith(folder));
    });
    found.add(whole < 0 ? `${path}${mode === '160000' ? '/' : ''}` : `${parts.slice(0, whole + 1).join('/')}/`);
  }
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}

/** The flags, with those for which settings stand. */
export function withSettings(work: Work, flags: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set(flags);
  const isFree = (prefix: string): boolean => ![...flags].some((flag) => flag.startsWith(prefix));
  const isSet = (name: string, value = 'true'): boolean => config(work, `status.${name}`) === value;
  if (isSet('short') && ['long', 'porcelain', 'v2'].every(isFree)) all.add('short');
  if (isSet('branch') && ['porcelain', 'v2'].every(isFree)) all.add('branch');
  for (const how of ['no', 'all'])
    if (isSet('showUntrackedFiles', how) && isFree('untracked-')) all.add(`untracked-${how}`);
  return all;
}

/** What is ignored: a folder of which all is ignored is one entry that ends in `/`, unless each file is asked for. */
export async function ignoredPaths(work: Work, each = false): Promise<readonly string[]> {
  const { files } = work.io.machine;
  const tracked = [...knownFiles(work).keys()];
  /** What is ignored below a folder, and whether there is anything else. */
  async function walk(
    folder: string,
    all = false,
  ): Promise<{ readonly found: readonly string[]; readonly mixed: boolean }> {
    const found: string[] = [];
    let mixed = false;
    for (const name of files.list(folder === '' ? work.dir : `${work.dir}/${folder}`)) {
      if (name === '.git') continue;
      const path = folder === '' ? name : `${folder}/${name}`;
      if (files.lstat(`${work.dir}/${path}`).type !== 'directory') {
        if (all || (!tracked.includes(path) && (await isIgnored(work, path)))) found.push(path);
        else mixed = true;
        continue;
      }
      const holdsTracked = tracked.some((one) => one.startsWith(`${path}/`));
      const whole = !holdsTracked && (await isIgnored(work, `${path}/`));
      const below = whole && !each ? { found: [`${path}/`], mixed: false } : await walk(path, all || whole);
      mixed ||= below.mixed;
      found.push(...(each || below.mixed || below.found.length === 0 ? below.found : [`${path}/`]));
    }
    return { found, mixed };
  }
  return (await walk('')).found;
}
