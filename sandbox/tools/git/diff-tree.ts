// `git diff-tree`: what differs between two trees, as scripts and hooks ask for it.
import * as git from 'isomorphic-git';
import { commitData } from '../../forge/git/index.ts';
import { readTree, type TreeFile, type TreeFiles } from '../../forge/index.ts';
import { diff } from './diff.ts';
import { leastShare, shownAs } from './diff-forms.ts';
import { details, forms } from './log-options.ts';
import { resolveObject } from './objects.ts';
import { fatal, GitStop, painter, readOptions } from './options.ts';
import { changesBetween } from './patch.ts';
import { pathInWork } from './pathspec.ts';
import { resolve } from './revisions.ts';
import type { Work } from './work.ts';

/** `git diff-tree`: of one commit against its parent, or of two trees. Without `-r` folders stand for what is in them. */
export async function diffTree(work: Work, args: readonly string[]): Promise<number> {
  const {
    flags,
    words,
    paths = [],
  } = readOptions('diff-tree', args, {
    ...forms,
    '-r': { as: 'recursive' },
    '--no-commit-id': { as: 'no-id' },
    '--root': { as: 'root' },
    '-t': { as: 'trees' },
  });
  if (flags.has('trees')) throw new GitStop("git diff-tree: '-t' is not part of this sandbox", 129);
  const [first, second, ...more] = words;
  if (first === undefined)
    throw new GitStop('usage: git diff-tree [<options>] <tree-ish> [<tree-ish>] [<path>...]', 129);
  const ids: string[] = [];
  const other = second === undefined ? undefined : await resolveObject(work, second);
  for (const name of other === undefined ? [first] : [first, second ?? '']) {
    const oid = await resolveObject(work, name);
    if (oid === undefined)
      throw fatal(
        `ambiguous argument '${name}': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`,
      );
    ids.push(oid);
  }
  const asked = [...(other === undefined && second !== undefined ? [second] : []), ...more, ...paths].map((path) =>
    pathInWork(work, path),
  );
  const whole =
    flags.has('recursive') || ['patch', 'stat', 'shortstat', 'numstat', 'summary'].some((flag) => flags.has(flag));
  const treeOf = async (oid: string | undefined): Promise<TreeFiles> =>
    oid === undefined || whole ? readTree(work, oid) : topOf(work, oid);
  let sides: readonly (readonly [string | undefined, string | undefined])[] = [[ids[0], ids[1]]];
  let title = '';
  if (ids.length === 1) {
    const oid = (await resolve(work, first)) ?? '';
    const { parent } = await commitData(work, oid);
    const parents =
      parent.length > 1
        ? flags.has('each-parent')
          ? parent
          : []
        : parent.length === 0 && flags.has('root')
          ? [undefined]
          : parent;
    sides = parents.map((one) => [one, oid] as const);
    title = flags.has('no-id') ? '' : `${oid}\n`;
  }
  const form = details.some((flag) => flags.has(flag)) ? flags : new Set([...flags, 'raw', 'full-ids']);
  for (const [from, to] of sides) {
    const changes = await changesBetween(
      work,
      await treeOf(from),
      await treeOf(to),
      asked,
      undefined,
      flags.has('renames') && leastShare(flags),
    );
    if (changes.length === 0) continue;
    const shown = flags.has('no-patch') ? '' : shownAs(changes, form, painter(work.io));
    work.io.stdout(`${title}${shown}`);
  }
  return 0;
}

const diffFormats = [
  'quiet',
  'exit-code',
  'name-only',
  'name-status',
  'stat',
  'shortstat',
  'numstat',
  'summary',
  'patch',
  'raw',
];
const isFormed = (args: readonly string[]): boolean =>
  args.some((arg) => arg === '-p' || arg === '-s' || diffFormats.includes(arg.replace(/^--/, '')));

/** `git diff-files`: the index against the working tree. */
export const diffFiles = (work: Work, args: readonly string[]): Promise<number> =>
  diff(work, ['--no-renames', ...(isFormed(args) ? [] : ['--raw', '--full-ids']), ...args]);

/** `git diff-index`: a commit against the working tree, or the index (`--cached`), in the forms that `git diff` has too. */
export async function diffIndex(work: Work, args: readonly string[]): Promise<number> {
  return diff(work, ['--no-renames', ...(isFormed(args) ? [] : ['--raw', '--full-ids']), ...args]);
}

/** The entries of a tree alone. */
async function topOf(work: Work, oid: string): Promise<TreeFiles> {
  const { tree } = await git.readTree({ ...work, oid });
  return new Map(tree.map(({ path, mode, oid }): [string, TreeFile] => [path, { oid, mode: mode.padStart(6, '0') }]));
}
