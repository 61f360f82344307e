// `git submodule`: other repositories at a fixed commit in folders of this one.
import * as git from 'isomorphic-git';
import { parentOf, resolvePath } from '../../../machine/index.ts';
import { checkout } from '../checkout.ts';
import { clone } from '../clone.ts';
import { describe as describeCommit } from '../describe.ts';
import { readIndexFile } from '../index-file.ts';
import { failed, fatal, GitStop, lastValue, readOptions, UsageStop } from '../options.ts';
import { pathInWork, shownPath } from '../pathspec.ts';
import { resolve } from '../revisions.ts';
import { changeConfig, configText, settingsIn, withSection, withSetting } from '../settings.ts';
import { config } from '../sources.ts';
import { fetch } from '../sync.ts';
import { openWork, type Work } from '../work.ts';
import { stage } from '../work-tree.ts';

interface Module {
  readonly name: string;
  readonly path: string;
  readonly url: string;
  /** The commit that the index names; undefined for one that is only in `.gitmodules`. */
  readonly oid: string | undefined;
}

type Action = (work: Work, args: readonly string[]) => Promise<number>;

const actions: Readonly<Record<string, Action>> = { add, deinit, foreach, init, status, sync, update };
const elsewhere = ['set-branch', 'set-url', 'summary', 'absorbgitdirs'];

export async function submodule(work: Work, args: readonly string[]): Promise<number> {
  const isQuiet = (arg: string): boolean => arg === '--quiet' || arg === '-q';
  const at = args.findIndex((arg) => !arg.startsWith('-'));
  // What stands behind the line of `foreach` is the line's own.
  const [first, ...rest] = args.filter((arg, place) => !isQuiet(arg) || (args[at] === 'foreach' && place > at + 1));
  if (first === undefined) return status(work, []);
  if (elsewhere.includes(first)) throw new GitStop(`git submodule: '${first}' is not part of this sandbox`, 129);
  const action = Object.hasOwn(actions, first) ? actions[first] : undefined;
  if (action === undefined) throw new UsageStop('submodule', {});
  const quiet = args.length > rest.length + 1;
  if (quiet && action === foreach) return foreach(work, ['--quiet', ...rest]);
  return action(quiet ? { ...work, io: { ...work.io, stdout() {}, stderr() {} } } : work, rest);
}

/** What `.gitmodules` names, by path. */
function modulesOf(work: Work): readonly Module[] {
  const { files } = readIndexFile(work);
  const settings = settingsIn(configText(work.io.machine.files, `${work.dir}/.gitmodules`));
  const named = (key: string): string | undefined => settings.findLast((one) => one.key === key)?.value;
  const found = settings.flatMap(({ key, value: path }) => {
    const [, name] = /^submodule\.(.+)\.path$/s.exec(key) ?? [];
    return name === undefined
      ? []
      : [{ name, path, url: named(`submodule.${name}.url`) ?? '', oid: files.get(path)?.oid }];
  });
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The modules under the paths that are asked for. @throws GitStop for a path that has none. */
function chosen(work: Work, words: readonly string[]): readonly Module[] {
  const all = modulesOf(work);
  for (const word of words)
    if (!all.some(({ path }) => path === pathInWork(work, word.replace(/\/$/, ''))))
      throw failed(`pathspec '${word}' did not match any file(s) known to git`);
  return words.length === 0 ? all : all.filter(({ path }) => words.some((word) => pathInWork(work, word) === path));
}

/** The repository in a module's folder; undefined before it is there. */
function inside(work: Work, { path }: Module): Work | undefined {
  const cwd = `${work.dir}/${path}`;
  return work.io.machine.files.exists(`${cwd}/.git`) ? openWork({ ...work.io, cwd }) : undefined;
}

/** An address that begins with `./` or `../` goes from where this repository came from, or is. */
function whole(work: Work, url: string): string {
  if (!/^\.{1,2}\//.test(url)) return url;
  const base = config(work, 'remote.origin.url') ?? work.dir;
  const [, site = '', path = base] = /^(\w+:\/\/[^/]+)(\/.*)$/.exec(base) ?? [];
  return site + resolvePath(path.startsWith('/') ? path : resolvePath(work.dir, path), url);
}

async function status(work: Work, args: readonly string[]): Promise<number> {
  const { words, flags } = readOptions('submodule status', args, {
    '--cached': { as: 'cached' },
    '--recursive': { as: 'recursive' },
  });
  const unnamed = [...readIndexFile(work).files].find(
    ([path, { mode }]) => mode === '160000' && !modulesOf(work).some((one) => one.path === path),
  );
  if (unnamed !== undefined) throw fatal(`no submodule mapping found in .gitmodules for path '${unnamed[0]}'`);
  for (const module of chosen(work, words)) {
    if (module.oid === undefined) continue;
    const there = inside(work, module);
    const head = there === undefined ? undefined : await resolve(there, 'HEAD');
    const oid = flags.has('cached') ? module.oid : (head ?? module.oid);
    const sign = there === undefined ? '-' : head === module.oid ? ' ' : '+';
    const name = there === undefined ? '' : ` (${await nameOf(there, oid)})`;
    work.io.stdout(`${sign}${oid} ${shownPath(work, module.path)}${name}\n`);
  }
  return 0;
}

/** A commit by the nearest tag, else by any ref. */
async function nameOf(work: Work, oid: string): Promise<string> {
  for (const way of [[], ['--tags'], ['--all', '--always']]) {
    let name = '';
    const io = {
      ...work.io,
      stdout(text: string | Uint8Array) {
        name += String(text);
      },
    };
    const done = await describeCommit({ ...work, io }, [...way, oid]).catch(() => 1);
    if (done === 0 && name !== '') return name.trim();
  }
  return oid.slice(0, 7);
}

/** Brings a module's repository, which lies in `.git/modules`. @throws GitStop as clone does. */
async function bringModule(work: Work, { name, path, url }: Omit<Module, 'oid'>): Promise<Work> {
  const { io } = work;
  const { files } = io.machine;
  const dir = `${work.dir}/${path}`;
  const store = `${work.gitdir}/modules/${name}`;
  const isLocal = !/^\w+:|^[\w.-]+@[\w.-]+:/.test(url);
  if (!files.exists(`${store}/HEAD`)) {
    if ((isLocal || url.startsWith('file:')) && config(work, 'protocol.file.allow') !== 'always') {
      io.stderr(`Cloning into '${dir}'...\n`);
      throw fatal(`transport 'file' not allowed\nfatal: clone of '${url}' into submodule path '${dir}' failed`);
    }
    await clone({ ...io, cwd: work.dir }, [url, dir]);
    files.mkdir(parentOf(store), { recursive: true });
    files.rename(`${dir}/.git`, store);
  }
  files.mkdir(dir, { recursive: true });
  const up = (from: string): string => '../'.repeat(from.split('/').length);
  files.writeFile(`${dir}/.git`, `gitdir: ${up(path)}.git/modules/${name}\n`);
  changeConfig(files, `${store}/config`, (text) =>
    withSetting(text, 'core.worktree', `${up(`.git/modules/${name}`)}${path}`),
  );
  return openWork({ ...io, cwd: dir });
}

async function add(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('submodule add', args, {
    '-b': { as: 'branch', value: true },
    '--branch': { as: 'branch', value: true },
    '--name': { as: 'name', value: true },
    '-f': { as: 'force' },
    '--force': { as: 'force' },
  });
  const [url, word] = [...parsed.words, ...(parsed.paths ?? [])];
  if (url === undefined) throw new UsageStop('submodule add');
  const { files } = work.io.machine;
  const given =
    word ??
    url
      .replace(/\/+$/, '')
      .replace(/^.*[/:]/, '')
      .replace(/\.git$/, '');
  const path = pathInWork(work, given.replace(/\/$/, ''));
  if (!/^(\.{0,2}\/|\w+:|[\w.-]+@[\w.-]+:)/.test(url))
    throw fatal(`repo URL: '${url}' must be absolute or begin with ./|../`);
  if (readIndexFile(work).files.has(path)) throw fatal(`'${path}' already exists in the index`);
  const dir = `${work.dir}/${path}`;
  if (files.exists(dir) && files.list(dir).length > 0 && !files.exists(`${dir}/.git`))
    throw fatal(`'${path}' already exists and is not a valid git repo`);
  const name = lastValue(parsed, 'name') ?? path;
  if (files.exists(`${dir}/.git`)) work.io.stderr(`Adding existing repo at '${path}' to the index\n`);
  else {
    const there = await bringModule(work, { name, path, url: whole(work, url) });
    const branch = lastValue(parsed, 'branch');
    if (branch !== undefined) await checkout(there, ['-q', '-B', branch, `origin/${branch}`]);
  }
  changeConfig(files, `${work.dir}/.gitmodules`, (text) => {
    const placed = withSetting(withSetting(text, `submodule.${name}.path`, path), `submodule.${name}.url`, url);
    const branch = lastValue(parsed, 'branch');
    return branch === undefined ? placed : withSetting(placed, `submodule.${name}.branch`, branch);
  });
  register(work, name, whole(work, url));
  await stage(work, [path, '.gitmodules']);
  return 0;
}

function register(work: Work, name: string, url: string): void {
  changeConfig(work.io.machine.files, `${work.gitdir}/config`, (text) =>
    // Where it is said of all of them, it is not said of each.
    config(work, 'submodule.active') === undefined
      ? withSetting(withSetting(text, `submodule.${name}.url`, url), `submodule.${name}.active`, 'true')
      : withSetting(text, `submodule.${name}.url`, url),
  );
}

async function init(work: Work, args: readonly string[]): Promise<number> {
  const { words } = readOptions('submodule init', args, {});
  for (const { name, path, url } of chosen(work, words)) {
    if (config(work, `submodule.${name}.url`) !== undefined) continue;
    register(work, name, whole(work, url));
    work.io.stderr(`Submodule '${name}' (${whole(work, url)}) registered for path '${shownPath(work, path)}'\n`);
  }
  return 0;
}

async function update(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('submodule update', args, {
    '--init': { as: 'init' },
    '--recursive': { as: 'recursive' },
    '--remote': { as: 'remote' },
    '-f': { as: 'force' },
    '--force': { as: 'force' },
    '--checkout': { as: 'checkout' },
    '-j': { as: 'jobs', value: true },
    '--jobs': { as: 'jobs', value: true },
  });
  const { flags, words } = parsed;
  if (flags.has('init')) await init(work, words);
  const active = chosen(work, words).filter(({ name }) => config(work, `submodule.${name}.url`) !== undefined);
  // All are brought before the first is checked out.
  const fresh = active.filter((module) => inside(work, module) === undefined);
  for (const module of fresh)
    await bringModule(work, { ...module, url: config(work, `submodule.${module.name}.url`) ?? '' });
  for (const module of active) {
    const there = inside(work, module);
    if (there === undefined) continue;
    let oid = module.oid;
    if (flags.has('remote')) {
      await fetch(there, []);
      const branch = settingsIn(configText(work.io.machine.files, `${work.dir}/.gitmodules`)).findLast(
        ({ key }) => key === `submodule.${module.name}.branch`,
      )?.value;
      oid = await resolve(there, `refs/remotes/origin/${branch ?? 'HEAD'}`);
    }
    if (oid !== undefined && (fresh.includes(module) || (await resolve(there, 'HEAD')) !== oid)) {
      if ((await resolve(there, oid)) === undefined || !(await has(there, oid))) await fetch(there, ['-q']);
      await checkout(there, ['-q', '-f', '--detach', oid]);
      work.io.stdout(`Submodule path '${shownPath(work, module.path)}': checked out '${oid}'\n`);
    }
    if (flags.has('recursive') && work.io.machine.files.exists(`${there.dir}/.gitmodules`))
      await update(
        there,
        args.filter((arg) => arg.startsWith('-')),
      );
  }
  return 0;
}

const has = (work: Work, oid: string): Promise<boolean> => git.readCommit({ ...work, oid }).then(Boolean, () => false);
async function foreach(work: Work, args: readonly string[]): Promise<number> {
  const { io } = work;
  if (io.run === undefined) throw fatal('there is no shell here');
  const quiet = args[0] === '--quiet';
  const command = (quiet ? args.slice(1) : args).filter((arg, at) => at > 0 || arg !== '--recursive');
  for (const module of modulesOf(work)) {
    const there = inside(work, module);
    if (there === undefined) continue;
    const shown = shownPath(work, module.path);
    if (!quiet) io.stdout(`Entering '${shown}'\n`);
    const settings = `name='${module.name}'; sm_path='${module.path}'; displaypath='${shown}'; sha1='${module.oid ?? ''}'; toplevel='${work.dir}';`;
    const line = `cd '${there.dir}' && { ${settings} ${command.join(' ')}\n}`;
    const { stdout, stderr, exitCode } = await io.run({ words: line });
    io.stdout(stdout);
    if (stderr !== '') io.stderr(stderr);
    if (exitCode !== 0) throw fatal(`run_command returned non-zero status for ${shown}\n.`);
  }
  return 0;
}

async function sync(work: Work, args: readonly string[]): Promise<number> {
  const { words } = readOptions('submodule sync', args, { '--recursive': { as: 'recursive' } });
  for (const module of chosen(work, words)) {
    if (config(work, `submodule.${module.name}.url`) === undefined) continue;
    const url = whole(work, module.url);
    work.io.stdout(`Synchronizing submodule url for '${shownPath(work, module.path)}'\n`);
    register(work, module.name, url);
    const there = inside(work, module);
    if (there === undefined) continue;
    changeConfig(work.io.machine.files, `${there.gitdir}/config`, (text) =>
      withSetting(text, 'remote.origin.url', url),
    );
  }
  return 0;
}

async function deinit(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('submodule deinit', args, {
    '-f': { as: 'force' },
    '--force': { as: 'force' },
    '--all': { as: 'all' },
  });
  if (words.length === 0 && !flags.has('all'))
    throw fatal("Use '--all' if you really want to deinitialize all submodules");
  const { files } = work.io.machine;
  for (const module of chosen(work, words)) {
    const shown = shownPath(work, module.path);
    const dir = `${work.dir}/${module.path}`;
    files.remove(dir, { recursive: true, force: true });
    files.mkdir(dir, { recursive: true });
    work.io.stdout(`Cleared directory '${shown}'\n`);
    if (config(work, `submodule.${module.name}.url`) === undefined) continue;
    changeConfig(files, `${work.gitdir}/config`, (text) => withSection(text, `submodule.${module.name}`));
    work.io.stdout(`Submodule '${module.name}' (${module.url}) unregistered for path '${shown}'\n`);
  }
  return 0;
}
