// The repository in which a command is given: where it lies, its branch.
import * as git from 'isomorphic-git';
import { type Place, placeAt } from '../../forge/index.ts';
import { type CommandIO, type Files, parentOf, resolvePath } from '../../machine/index.ts';
import { fatal } from './options.ts';
import { config } from './sources.ts';

/** A repository with its working tree, found from where the command was given. */
export interface Work extends Place {
  readonly io: CommandIO;
  /** The top folder of the working tree. */
  readonly dir: string;
  /** Where the HEAD, index and state of a linked working tree lie; undefined in the main one, whose are in `gitdir`. */
  readonly own?: string;
}

/** A file of `.git` that every working tree has for itself. */
export const ownFile = ({ own, gitdir }: Pick<Work, 'own' | 'gitdir'>, name: string): string =>
  `${own ?? gitdir}/${name}`;

/** Where GIT_DIR says, else upwards for `.git` or a bare repository. @throws GitStop when there is none. */
export function openWork(io: CommandIO): Work {
  const { files } = io.machine;
  const { GIT_DIR: named, GIT_WORK_TREE: tree } = io.env;
  const open = (found: string, dir: string): Work => {
    const common = `${found}/commondir`;
    const gitdir = files.exists(common) ? resolvePath(found, files.readText(common).trim()) : found;
    return {
      io,
      dir: tree === undefined ? dir : resolvePath(io.cwd, tree),
      ...placeAt(files, gitdir, found),
      ...(gitdir !== found && { own: found }),
    };
  };
  if (named !== undefined) {
    const gitdir = resolvePath(io.cwd, named);
    if (!hasHead(files, gitdir)) throw fatal(`not a git repository: '${named}'`);
    return open(gitdir, io.cwd);
  }
  for (let dir = io.cwd; ; dir = parentOf(dir)) {
    const gitdir = `${dir === '/' ? '' : dir}/.git`;
    if (hasHead(files, gitdir)) return open(gitdir, dir);
    const linked = linkedFolder(files, gitdir);
    if (linked !== undefined) return open(linked, dir);
    if (hasHead(files, dir) && files.exists(`${dir}/objects`) && files.exists(`${dir}/refs`)) return open(dir, dir);
    if (dir === '/') throw fatal('not a git repository (or any of the parent directories): .git');
  }
}

/** The same, with ids as long as core.abbrev wants them: `auto`, `no`, or a number from 4 on. */
export function withShortIds(work: Work): Work {
  const value = config(work, 'core.abbrev') ?? 'auto';
  const abbrev = /^(no|off|false)$/i.test(value) ? 40 : Number(value);
  return abbrev >= 4 ? { ...work, abbrev } : work;
}

/** Whether a folder has a HEAD as git writes it: without one it is no repository. */
function hasHead(files: Files, gitdir: string): boolean {
  const path = `${gitdir}/HEAD`;
  return (
    files.exists(path) &&
    files.stat(path).type === 'file' &&
    /^(ref: *refs\/|[0-9a-f]{40}\s*$)/.test(files.readText(path))
  );
}

/** Where the `.git` of a linked working tree, a file, leads to. @throws GitStop when nothing is there. */
export function linkedFolder(files: Files, path: string): string | undefined {
  if (!files.exists(path) || files.stat(path).type !== 'file') return undefined;
  const [, named] = /^gitdir: (.+)\n*$/.exec(files.readText(path)) ?? [];
  if (named === undefined) throw fatal(`invalid gitfile format: ${path}`);
  const folder = resolvePath(parentOf(path), named);
  if (!hasHead(files, folder)) throw fatal(`not a git repository: ${folder}`);
  return folder;
}

/** @throws GitStop in a repository that has no working tree. */
export function needWorkTree(work: Work): void {
  const inside = work.io.env.GIT_WORK_TREE === undefined && work.own === undefined;
  if (inside && (config(work, 'core.bare') === 'true' || work.dir === work.gitdir))
    throw fatal('this operation must be run in a work tree');
}

/** The branch that HEAD names (it may have no commit yet), or undefined when HEAD is a commit. */
export async function currentBranch(work: Place): Promise<string | undefined> {
  return (await git.currentBranch({ ...work, fullname: false })) ?? undefined;
}
