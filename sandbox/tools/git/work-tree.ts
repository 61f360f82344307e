// The working tree and the index: what lies in them, and how files come into and out of them.
import * as git from 'isomorphic-git';
import { readText } from '../../forge/git/index.ts';
import { placeAt, sameFile, type TreeFile, type TreeFiles } from '../../forge/index.ts';
import { type Files, parentOf, resolvePath } from '../../machine/index.ts';
import { type Attributes, createAttributes } from './attributes.ts';
import { createIgnoring, type Rule } from './ignore.ts';
import { readIndexFile, writeIndexFile } from './index-file.ts';
import { endsIn, type LineEnds, lineEndsOf, toRepository, toWorkTree, warningFor } from './line-ends.ts';
import { fatal, GitStop } from './options.ts';
import { resolve } from './revisions.ts';
import { config } from './sources.ts';
import { linkedFolder, type Work } from './work.ts';

/** The index: what the next commit will hold. */
export async function readIndex(work: Work): Promise<TreeFiles> {
  return readIndexFile(work).files;
}

/** The index with what is in conflict or to be added later as well, whose entries are like no file: what git knows, and may stage. */
export function knownFiles(work: Work): TreeFiles {
  const { files, conflicts, intents = [] } = readIndexFile(work);
  return new Map([
    ...files,
    ...[...conflicts.keys(), ...intents].map((path) => [path, { oid: '', mode: '' }] as const),
  ]);
}

/** The working tree's files as git believes that they are: what it is told not to look at is as the index has it. */
export async function readWorkTree(work: Work, index: TreeFiles, ignoredToo = false): Promise<TreeFiles> {
  const tree = await lookAtWorkTree(work, index, ignoredToo);
  const { files, assumed = [], skipped = [] } = readIndexFile(work);
  const believed = [...assumed, ...skipped].flatMap((path) => {
    const file = files.get(path);
    return file === undefined ? [] : [[path, file] as const];
  });
  return believed.length === 0 ? tree : new Map([...tree, ...believed].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The working tree's files: those of the index and those that are not ignored. Contents are hashed each time: times say nothing
 * where the clock stands still.
 */
export async function lookAtWorkTree(work: Work, index: TreeFiles, ignoredToo = false): Promise<TreeFiles> {
  const { files } = work.io.machine;
  const found = new Map<string, TreeFile>();
  const tracked = [...index.keys()];
  const modeOf = modesOf(work);

  async function walk(folder: string): Promise<void> {
    for (const name of files.list(folder === '' ? work.dir : `${work.dir}/${folder}`)) {
      if (name === '.git') continue;
      const path = folder === '' ? name : `${folder}/${name}`;
      const absolute = `${work.dir}/${path}`;
      const { type, mode } = files.lstat(absolute);
      if (type === 'directory') {
        const holdsTracked = tracked.some((one) => one.startsWith(`${path}/`));
        if (!holdsTracked && !ignoredToo && !index.has(path) && (await isIgnored(work, `${path}/`))) continue;
        // A repository of its own is not looked into: it is one entry, its commit.
        if (!holdsTracked && files.exists(`${absolute}/.git`)) {
          found.set(path, { oid: await nestedHead(work, path), mode: '160000' });
          continue;
        }
        await walk(path);
      } else if (index.has(path) || ignoredToo || !(await isIgnored(work, path))) {
        const { oid } = await git.hashBlob({ object: await bytesOf(work, path) });
        found.set(path, { oid, mode: modeOf(type, mode, index.get(path)) });
      }
    }
  }

  await walk('');
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** How git notes a file's mode; where core.fileMode is off, as the index has it. */
function modesOf(work: Work): (type: string, mode: number, known: TreeFile | undefined) => string {
  const trusts = config(work, 'core.fileMode') !== 'false';
  return (type, mode, known) => {
    if (type === 'symlink') return '120000';
    if (!trusts) return known?.mode.startsWith('100') === true ? known.mode : '100644';
    return mode & 0o100 ? '100755' : '100644';
  };
}

/** The commit of a repository within this one; '' when it has none yet. */
async function nestedHead({ io, dir }: Work, path: string): Promise<string> {
  const { files } = io.machine;
  const own = `${dir}/${path}/.git`;
  const gitdir = linkedFolder(files, own) ?? own;
  const common = `${gitdir}/commondir`;
  const shared = files.exists(common) ? resolvePath(gitdir, files.readText(common).trim()) : gitdir;
  return (await resolve(placeAt(files, shared, gitdir), 'HEAD')) ?? '';
}

/** What the working tree holds under a path, as git keeps it: of a symbolic link, where it points. */
export async function bytesOf(work: Work, path: string, how: Keeping = {}): Promise<Uint8Array> {
  const { files } = work.io.machine;
  const absolute = `${work.dir}/${path}`;
  const { type } = files.lstat(absolute);
  if (type === 'symlink') return new TextEncoder().encode(files.readlink(absolute));
  if (type === 'directory') return readText(work, { oid: await nestedHead(work, path), mode: '160000' });
  const bytes = files.readFile(absolute);
  const ends = lineEnds(work, path);
  if (ends === undefined) return bytes;
  const keeps = !how.renormalize && ends.auto && (await hasCrInIndex(work, path));
  const warning = how.warns ? warningFor(path, bytes, ends, keeps) : undefined;
  if (warning !== undefined && config(work, 'core.safecrlf') !== 'false') work.io.stderr(warning);
  return toRepository(bytes, ends, keeps);
}

interface Keeping {
  /** Line ends are changed even where the index has CRLF. */
  readonly renormalize?: boolean;
  /** Whether it is told when line ends would not come back as they are. */
  readonly warns?: boolean;
}

async function hasCrInIndex(work: Work, path: string): Promise<boolean> {
  const file = readIndexFile(work).files.get(path);
  if (file === undefined) return false;
  const { crlf, isBinary } = endsIn(await readText(work, file));
  return crlf > 0 && !isBinary;
}

const attributes = new WeakMap<Work, (path: string) => Attributes>();

/** What `.gitattributes` say of a path. */
export function attributesOf(work: Work, path: string): Attributes {
  const { io, dir, gitdir } = work;
  const of = attributes.get(work) ?? createAttributes({ files: io.machine.files, dir, gitdir });
  attributes.set(work, of);
  return of(path);
}

/** How line ends of a path are treated. */
export const lineEnds = (work: Work, path: string): LineEnds | undefined =>
  lineEndsOf(attributesOf(work, path), { auto: config(work, 'core.autocrlf'), eol: config(work, 'core.eol') });

/** @param path a folder's ends in `/`. */
export async function isIgnored(work: Work, path: string): Promise<boolean> {
  const rule = ignoringRule(work, path.replace(/\/$/, ''), path.endsWith('/'));
  return rule !== undefined && !rule.pattern.startsWith('!');
}

const ignoring = new WeakMap<Work, ReturnType<typeof createIgnoring>>();

/** The pattern that says whether a path is ignored; undefined when none does. */
export function ignoringRule(work: Work, path: string, isFolder: boolean): Rule | undefined {
  const { files, home } = work.io.machine;
  const named = config(work, 'core.excludesFile') ?? `${home}/.config/git/ignore`;
  // An empty value stands for none.
  const person = named === '' ? '/dev/null' : resolvePath(work.dir, named.replace(/^~(?=\/)/, home));
  if (files.exists(person) && files.stat(person).type === 'directory')
    throw fatal(`cannot use ${named} as an exclude file`);
  const ruleFor = ignoring.get(work) ?? createIgnoring({ files, dir: work.dir, gitdir: work.gitdir, person });
  ignoring.set(work, ruleFor);
  return ruleFor(path, isFolder);
}

/** Paths that differ between two trees, sorted. */
export function differences(before: TreeFiles, after: TreeFiles): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => !sameFile(before.get(path), after.get(path))).sort((a, b) => (a < b ? -1 : 1));
}

/** Puts files of a tree into the working tree and the index. */
export async function putFiles(work: Work, tree: Iterable<readonly [path: string, file: TreeFile]>): Promise<void> {
  const paths: string[] = [];
  for (const [path, file] of tree) {
    await writeOut(work, path, file);
    // A repository within is not brought with it: the index names its commit all the same.
    if (file.mode === '160000') await stageEntry(work, path, file);
    else paths.push(path);
  }
  await stage(work, paths);
}

/** Puts a file of a tree into the working tree alone. */
export async function writeOut(work: Work, path: string, file: TreeFile, replaceFolder = false): Promise<void> {
  const { files } = work.io.machine;
  const absolute = `${work.dir}/${path}`;
  if (file.mode === '160000') {
    files.mkdir(absolute, { recursive: true });
    return;
  }
  const bytes = await readText(work, file);
  forgetRules(work, path);
  files.mkdir(parentOf(absolute), { recursive: true });
  files.remove(absolute, { force: true, recursive: replaceFolder });
  if (file.mode === '120000') files.symlink(new TextDecoder().decode(bytes), absolute);
  else files.writeFile(absolute, toWorkTree(bytes, lineEnds(work, path)), file.mode === '100755' ? 0o755 : 0o644);
}

/** Files that say how others are treated are read again after they changed. */
function forgetRules(work: Work, path: string): void {
  if (path.endsWith('.gitignore')) ignoring.delete(work);
  if (path.endsWith('.gitattributes')) attributes.delete(work);
}

/** Puts files of the working tree into the index. */
export async function stage(work: Work, paths: readonly string[], how: Keeping = {}): Promise<void> {
  if (paths.length === 0) return;
  const { files } = work.io.machine;
  const entries = new Map<string, TreeFile>();
  const modeOf = modesOf(work);
  const { files: staged } = readIndexFile(work);
  for (const path of paths) {
    const { type, mode } = files.lstat(`${work.dir}/${path}`);
    if (type === 'directory') {
      entries.set(path, { oid: await nestedToStage(work, path, how.warns), mode: '160000' });
      continue;
    }
    const oid = await git.writeBlob({ ...work, blob: await bytesOf(work, path, how) });
    entries.set(path, { oid, mode: modeOf(type, mode, staged.get(path)) });
  }
  stageAll(work, entries);
}

/** The commit of a repository within, of which git warns when it is staged for the first time. @throws GitStop when it has none. */
async function nestedToStage(work: Work, path: string, warns = false): Promise<string> {
  const oid = await nestedHead(work, path);
  if (oid === '') throw new GitStop(`error: '${path}/' does not have a commit checked out\nfatal: adding files failed`);
  if (warns && !readIndexFile(work).files.has(path))
    work.io.stderr(
      `warning: adding embedded git repository: ${path}\nhint: You've added another git repository inside your current repository.\nhint: Clones of the outer repository will not contain the contents of\nhint: the embedded repository and will not know how to obtain it.\nhint: If you meant to add a submodule, use:\nhint: \nhint: \tgit submodule add <url> ${path}\nhint: \nhint: If you added this path by mistake, you can remove it from the\nhint: index with:\nhint: \nhint: \tgit rm --cached ${path}\nhint: \nhint: See "git help submodule" for more information.\n`,
    );
  return oid;
}

/** Gives the index an entry of a tree, whatever the working tree holds; undefined takes it out. */
export async function stageEntry(work: Work, path: string, file: TreeFile | undefined): Promise<void> {
  stageAll(work, new Map([[path, file]]));
}

/** Gives the index several entries, and ends the conflicts of their paths; undefined takes one out. */
export function stageAll(work: Work, entries: ReadonlyMap<string, TreeFile | undefined>): void {
  const index = readIndexFile(work);
  const [files, conflicts, intents] = [new Map(index.files), new Map(index.conflicts), new Set(index.intents)];
  for (const [path, file] of entries) {
    conflicts.delete(path);
    intents.delete(path);
    files.delete(path);
    if (file === undefined) continue;
    // A file takes the place of a folder, and the other way round.
    for (const other of files.keys())
      if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) files.delete(other);
    files.set(path, file);
  }
  writeIndexFile(work, { files, conflicts, intents });
}

/** Takes a file out of the working tree, and the folders that it leaves empty. */
export function removeFile(work: Work, path: string): void {
  const { files } = work.io.machine;
  const absolute = `${work.dir}/${path}`;
  // A repository within stays, but for an empty folder.
  if (files.exists(absolute) && files.lstat(absolute).type === 'directory') {
    if (files.list(absolute).length > 0) work.io.stderr(`warning: unable to rmdir '${path}': Directory not empty\n`);
    else files.remove(absolute, { recursive: true });
    return;
  }
  files.remove(absolute, { force: true });
  forgetRules(work, path);
  removeEmptyAbove(files, absolute, work.dir);
}

/** Takes away the folders above a path, up to a top one that stays, as long as they are empty. */
export function removeEmptyAbove(files: Files, path: string, top: string): void {
  for (let folder = parentOf(path); folder !== top && files.exists(folder); folder = parentOf(folder)) {
    if (files.list(folder).length > 0) break;
    files.remove(folder, { recursive: true });
  }
}
