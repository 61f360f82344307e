import * as git from 'isomorphic-git';
import { readCommit, readText } from '../../forge/git/index.ts';
import { type Place, placeAt, readTree, sameFile, type TreeFile, type TreeFiles } from '../../forge/index.ts';
import { type CommandIO, type Files, parentOf, resolvePath } from '../../machine/index.ts';
import { type Attributes, createAttributes } from './attributes.ts';
import { createIgnoring, type Rule } from './ignore.ts';
import { readIndexFile, writeIndexFile } from './index-file.ts';
import { endsIn, type LineEnds, lineEndsOf, toRepository, toWorkTree, warningFor } from './line-ends.ts';
import { fatal, GitStop } from './options.ts';
import { formerHead, readLog } from './reflog-file.ts';
import { keyOf, settingsHere } from './sources.ts';
import { wildcard } from './wildcard.ts';

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
function linkedFolder(files: Files, path: string): string | undefined {
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

/** The commit of a ref, an abbreviated id, `HEAD~2`, `main^`; undefined when there is none. */
export async function resolve(work: Place, name: string): Promise<string | undefined> {
  const [, from, said] = /^(.+)\^\{\/(.+)\}$/.exec(name) ?? [];
  if (from !== undefined && said !== undefined) {
    const start = await resolve(work, from);
    const wanted = new RegExp(said);
    const history = start === undefined ? [] : await git.log({ ...work, ref: start });
    return history.find(({ commit }) => wanted.test(commit.message))?.oid;
  }
  const [, base = '', steps = ''] = /^(.*?)((?:[~^]\d*)*)$/.exec(name.replaceAll(/\^\{(commit)?\}/g, '')) ?? [];
  let oid = await resolveName(work, base === '@' || base === '' ? 'HEAD' : base);
  for (const [, mark, count = ''] of steps.matchAll(/([~^])(\d*)/g)) {
    const times = mark === '~' ? Number(count || 1) : 1;
    const parent = mark === '^' ? Number(count || 1) : 1;
    for (let step = 0; step < times && oid !== undefined && parent > 0; step++) {
      oid = (await readCommit(work, oid)).commit.parent[parent - 1];
    }
  }
  return oid;
}

async function resolveName(work: Place, name: string): Promise<string | undefined> {
  const [, text] = /^:\/(?!!)(.+)$/.exec(name) ?? [];
  if (text !== undefined) return newestThatSays(work, text);
  const [, ref = '', at] = /^(.*?)@\{(.*)\}$/.exec(name) ?? [];
  if (at !== undefined) return 'io' in work ? resolveAt(work as Work, ref, at) : undefined;
  const fetched = name === 'FETCH_HEAD' ? await fetchHead(work) : undefined;
  if (fetched !== undefined) return fetched;
  for (const full of fullNames(name)) {
    const oid = await git.resolveRef({ ...work, ref: full }).catch(() => undefined);
    if (oid !== undefined) return peel(work, oid);
    if (full.startsWith('refs/')) warnOfBroken(work, full);
  }
  if (!/^[0-9a-f]{4,40}$/.test(name)) return undefined;
  const oid = await git.expandOid({ ...work, oid: name }).catch(() => undefined);
  return oid === undefined ? undefined : peel(work, oid);
}

/** A ref's file that names nothing is passed over. */
function warnOfBroken(work: Place, ref: string): void {
  if (!('io' in work)) return;
  const { io, gitdir } = work as Work;
  const path = `${gitdir}/${ref}`;
  const { files } = io.machine;
  if (files.exists(path) && files.stat(path).type === 'file' && !files.readText(path).startsWith('ref: '))
    io.stderr(`warning: ignoring broken ref ${ref}\n`);
}

/** What the last fetch of a single ref brought. */
async function fetchHead({ fs, gitdir }: Place): Promise<string | undefined> {
  if (!('promises' in fs)) return undefined;
  const text = await fs.promises.readFile(`${gitdir}/FETCH_HEAD`, 'utf8').catch(() => '');
  return /^[0-9a-f]{40}/.exec(String(text))?.[0];
}

/** `:/words`: the newest commit reached from any ref whose message they match. */
async function newestThatSays(work: Place, text: string): Promise<string | undefined> {
  const starts = ['HEAD'];
  for (const kind of ['heads', 'remotes', 'tags'])
    for (const name of await git.listRefs({ ...work, filepath: `refs/${kind}` })) starts.push(`refs/${kind}/${name}`);
  const wanted = new RegExp(text);
  let best: { readonly oid: string; readonly time: number } | undefined;
  for (const start of starts) {
    const oid = await resolveName(work, start);
    if (oid === undefined) continue;
    const found = (await git.log({ ...work, ref: oid })).find(({ commit }) => wanted.test(commit.message));
    const time = found?.commit.committer.timestamp ?? 0;
    if (found !== undefined && (best === undefined || time > best.time)) best = { oid: found.oid, time };
  }
  return best?.oid;
}

const fullNames = (name: string): readonly string[] => [
  name,
  `refs/${name}`,
  `refs/tags/${name}`,
  `refs/heads/${name}`,
  `refs/remotes/${name}`,
];

/** `HEAD@{1}`, `main@{2}`, `@{-1}`, `@{u}`. @throws GitStop when the log is shorter. */
async function resolveAt(work: Work, ref: string, at: string): Promise<string | undefined> {
  if (/^-\d+$/.test(at)) {
    const former = ref === '' ? formerHead(work, -Number(at)) : undefined;
    return former === undefined ? undefined : resolve(work, former);
  }
  const branch = ref === '' || ref === '@' || ref === 'HEAD' ? await currentBranch(work) : ref;
  if (/^(u|upstream|push)$/i.test(at)) {
    const [remote, merge] = [config(work, `branch.${branch}.remote`), config(work, `branch.${branch}.merge`)];
    if (merge === undefined) throw fatal(`no upstream configured for branch '${branch}'`);
    return resolve(work, `refs/remotes/${remote}/${merge.replace('refs/heads/', '')}`);
  }
  if (!/^\d+$/.test(at)) return undefined;
  const named = ref === '' ? (branch ?? 'HEAD') : ref === '@' ? 'HEAD' : ref;
  const log = fullNames(named).map((full) => readLog(work, full));
  const entries = log.find((one) => one.length > 0);
  const now = entries === undefined ? await resolveName(work, named) : undefined;
  if (now !== undefined && Number(at) > 0) throw fatal(`log for ${named} is empty`);
  if (now !== undefined) return now;
  if (entries === undefined) return undefined;
  const count = Number(at);
  const entry = entries[count];
  if (entry !== undefined) return entry.to;
  const oldest = entries.at(-1);
  if (count === entries.length && oldest !== undefined && !/^0+$/.test(oldest.from)) return oldest.from;
  throw fatal(`log for '${named}' only has ${entries.length} entries`);
}

/** The commit behind an annotated tag. */
async function peel(work: Place, oid: string): Promise<string> {
  const read = await git.readObject({ ...work, oid, format: 'parsed' }).catch(() => undefined);
  return read?.type === 'tag' ? (read.object as unknown as { object: string }).object : oid;
}

/** Like `resolve`. @param whole the word of the command line in which the name stands. @throws GitStop in git's words. */
export async function mustResolve(work: Place, name: string, whole = name): Promise<string> {
  const oid = await resolve(work, name);
  if (oid !== undefined) return oid;
  throw fatal(
    `ambiguous argument '${whole}': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`,
  );
}

/** The tree of HEAD; empty when there is no commit yet. */
export async function headTree(work: Place): Promise<TreeFiles> {
  return readTree(work, await resolve(work, 'HEAD'));
}

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

/**
 * The working tree's files: those of the index and those that are not ignored. Contents are hashed each time: times say nothing
 * where the clock stands still.
 */
export async function readWorkTree(work: Work, index: TreeFiles, ignoredToo = false): Promise<TreeFiles> {
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

/** Whether the working tree has something under a name of the command line, if only a link that leads nowhere. */
export function isInTree(work: Work, name: string): boolean {
  const { files } = work.io.machine;
  const path = `${work.dir}/${pathInWork(work, name)}`;
  return (
    files.exists(path) ||
    (files.exists(parentOf(path)) && files.list(parentOf(path)).includes(path.slice(path.lastIndexOf('/') + 1)))
  );
}

/** Paths that differ between two trees, sorted. */
export function differences(before: TreeFiles, after: TreeFiles): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => !sameFile(before.get(path), after.get(path))).sort((a, b) => (a < b ? -1 : 1));
}

/**
 * A path of the command line as a path of the repository: `.` at the top is '', what is left out (`:!x`) begins with `:!`, and `:/`
 * goes from the top ("pathspec" in gitglossary). @throws GitStop when it lies outside. */
export function pathInWork(work: Work, path: string): string {
  const [, excluded, top] = /^:(?:\(exclude\)|[!^])(.*)$|^:(?:\(top\)|\/)(.*)$/.exec(path) ?? [];
  if (excluded !== undefined) return `:!${pathInWork(work, excluded)}`;
  if (top !== undefined) return pathInWork({ ...work, io: { ...work.io, cwd: work.dir } }, top || '.');
  const [, magic, plain] = /^:\((glob|icase)\)(.*)$/.exec(path) ?? [];
  if (magic !== undefined && plain !== undefined) return `:(${magic})${pathInWork(work, plain)}`;
  const absolute = resolvePath(work.io.cwd, path);
  if (absolute === work.dir) return '';
  if (!absolute.startsWith(`${work.dir}/`)) throw fatal(`${path}: '${path}' is outside repository at '${work.dir}'`);
  return absolute.slice(work.dir.length + 1);
}

/** Whether a path is one of those asked for, or lies below one; `*` in them is git's wildcard. Nothing asked for means all. */
export function matches(path: string, asked: readonly string[]): boolean {
  const without = asked.filter((one) => one.startsWith(':!')).map((one) => one.slice(2));
  if (without.length > 0)
    return (
      !matches(path, without) &&
      matches(
        path,
        asked.filter((one) => !one.startsWith(':!')),
      )
    );
  return (
    asked.length === 0 ||
    asked.some(
      (one) =>
        fitsMagic(path, one) ||
        one === '' ||
        path === one ||
        path.startsWith(`${one}/`) ||
        (/[*?]/.test(one) && wildcard(one).test(path)),
    )
  );
}

/** `:(glob)`: `*` stays within a folder, `**` does not; `:(icase)`: capitals do not matter. */
function fitsMagic(path: string, asked: string): boolean {
  const [, magic, plain = ''] = /^:\((glob|icase)\)(.*)$/.exec(asked) ?? [];
  if (magic === 'icase') return matches(path.toLowerCase(), [plain.toLowerCase()]);
  if (magic !== 'glob') return false;
  const source = plain
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*\*\/|\*\*|\*|\?/g, (sign) =>
      sign === '**/' ? '(?:.*/)?' : sign === '**' ? '.*' : sign === '*' ? '[^/]*' : '[^/]',
    );
  return new RegExp(`^${source}(?:/.*)?$`).test(path);
}

/** A path of the repository as it is shown from the folder in which the command was given. */
export function shownPath(work: Work, path: string): string {
  // From outside, a path is as it is from the top.
  if (!work.io.cwd.startsWith(work.dir)) return path;
  const here = work.io.cwd === work.dir ? '' : `${work.io.cwd.slice(work.dir.length + 1)}/`;
  if (here === '') return path;
  if (path.startsWith(here)) return path.slice(here.length) || './';
  const from = here.split('/').slice(0, -1);
  const to = path.split('/');
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
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
  for (
    let folder = parentOf(`${work.dir}/${path}`);
    folder !== work.dir && files.exists(folder);
    folder = parentOf(folder)
  ) {
    if (files.list(folder).length > 0) break;
    files.remove(folder, { recursive: true });
  }
}

/** The configured value: of the command line, else of the repository, else of the person. */
export function config(work: Pick<Work, 'dir' | 'gitdir' | 'own' | 'io'>, key: string): string | undefined {
  const wanted = keyOf(key);
  return settingsHere(work.io, work).findLast((one) => one.key === wanted)?.value;
}

/** The person's configured value. */
export function globalConfig(io: CommandIO, key: string): string | undefined {
  const wanted = keyOf(key);
  return settingsHere(io, undefined).findLast((one) => one.key === wanted)?.value;
}

let plainPaths = false;

/** Whether names beyond ASCII are shown as they are (core.quotePath): asked once by each command, for all that it prints. */
export function readQuoting(work: Work): void {
  plainPaths = config(work, 'core.quotePath') === 'false';
}

/**
 * A name in quotes, with its bytes beyond ASCII as octal ones, as core.quotePath asks for.
 * @param spaces the short form of `status` puts names with spaces in quotes too.
 */
export function quotedPath(path: string, spaces = false): string {
  if (plainPaths && !/[\p{Cc}"\\]/u.test(path) && !(spaces && path.includes(' '))) return path;
  if (/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/.test(path) && !(spaces && path.includes(' '))) return path;
  const bytes = [...new TextEncoder().encode(path)];
  const text = bytes.map((byte) => {
    if (byte === 34 || byte === 92) return `\\${String.fromCharCode(byte)}`;
    return byte < 32 || byte === 127 || (byte > 127 && !plainPaths)
      ? `\\${byte.toString(8).padStart(3, '0')}`
      : String.fromCharCode(byte);
  });
  return `"${text.join('')}"`;
}
