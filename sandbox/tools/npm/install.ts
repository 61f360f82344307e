import semver from 'semver';
import { type CommandIO, nameOf, nodeVersionOn, resolvePath, type Words } from '../../machine/index.ts';
import { summary, vulnerabilities } from './audit.ts';
import { omitsDev, setting } from './config.ts';
import { installUsage } from './install-usage.ts';
import { readLock, writeLock } from './lock.ts';
import type { Given } from './options.ts';
import { join, type Manifest, readManifest, sortedByName, writeJson } from './project.ts';
import { type Change, difference, reify } from './reify.ts';
import { idealTree, packument, pick } from './resolve.ts';
import { runScript } from './run.ts';
import { NpmStop, say } from './stop.ts';
import { installedTree, isTarball, linked, type Placed, packed, reached, relative, type Tree } from './tree.ts';
import { npmVersion } from './version-number.ts';
import { chosen, readRoot, rootFolder } from './workspaces.ts';

type Field = 'dependencies' | 'devDependencies';

/** `npm install [NAME[@RANGE] | FOLDER]…` */
export async function install(io: CommandIO, given: Given): Promise<number> {
  const { files, kernel } = io.machine;
  const started = kernel.now();
  const folder = rootFolder(io);
  const root = files.exists(join(folder, 'package.json')) ? readRoot(files, folder) : {};
  const owner = given.words.length > 0 ? chosen(io, given)?.[0] : undefined;
  // Whose package.json is changed.
  const target = owner?.manifest ?? root;
  const readLockBefore = readLock(files, folder);
  const before = readLockBefore ?? installedTree(io, folder);
  const wanted: Manifest = {
    ...root,
    dependencies: { ...root.dependencies },
    devDependencies: { ...root.devDependencies },
  };
  for (const word of given.words) {
    const { name, exact, saved } = asked(io, owner?.folder ?? folder, word, given);
    const field: Field =
      given.has('save-dev') || (target.devDependencies?.[name] !== undefined && !given.has('save-prod'))
        ? 'devDependencies'
        : 'dependencies';
    for (const one of ['dependencies', 'devDependencies'] as const) {
      if (target === root) delete wanted[one]?.[name];
      if (target[one] !== undefined) delete target[one][name];
    }
    if (target === root) wanted[field] = { ...wanted[field], [name]: exact };
    target[field] = sortedByName({ ...target[field], [name]: saved });
  }
  if (owner !== undefined) writeJson(files, join(owner.folder, 'package.json'), target);
  const tree = idealTree(io.machine, folder, wanted, before);
  if (given.words.length > 0) dropEmpty(root);
  if (given.has('dry-run')) return rehearse(io, given, folder, tree);
  checkEngines(io, given, root, tree);
  const isLockOnly = given.has('package-lock-only');
  const change = isLockOnly ? unchanged : reify(io, folder, root, withoutOmitted(io, given, root, tree));
  if (given.flags.get('save') !== 'false') {
    if (given.words.length > 0) writeJson(files, join(folder, 'package.json'), root);
    if (given.flags.get('package-lock') !== 'false') writeLock(files, folder, root, tree);
  }
  if (given.words.length === 0 && !isLockOnly) await installScripts(io, folder, root, given);
  finish(io, given, started, change, withoutOmitted(io, given, root, tree));
  warnOfScripts(io, given, folder, tree, readLockBefore);
  return 0;
}

/** Warns of packages that want another node or npm; with `engine-strict` they are refused. @throws NpmStop EBADENGINE */
function checkEngines(io: CommandIO, given: Given, root: Manifest, tree: Tree): void {
  const current = { node: nodeVersionOn(io.env.PATH), npm: npmVersion };
  const isStrict = given.has('engine-strict') || setting(io, 'engine-strict') === 'true';
  const shown = (record: Readonly<Record<string, string>>): string =>
    `{ ${Object.entries(record)
      .map(([name, value]) => `${name}: '${value}'`)
      .join(', ')} }`;
  for (const { name = '', version = '', engines = {} } of [root, ...tree.values()]) {
    const isBad = Object.entries(current).some(
      ([one, now]) => engines[one] !== undefined && !semver.satisfies(now, engines[one], { includePrerelease: true }),
    );
    if (!isBad) continue;
    const id = `${name}@${version}`;
    const words = `Not compatible with your version of node/npm: ${id}`;
    if (isStrict)
      throw new NpmStop('EBADENGINE', [
        'engine Unsupported engine',
        `engine ${words}`,
        `notsup ${words}`,
        `notsup Required: ${JSON.stringify(engines)}`,
        `notsup Actual:   ${JSON.stringify(current)}`,
      ]);
    const lines = [`  package: '${id}',`, `  required: ${shown(engines)},`, `  current: ${shown(current)}`];
    say(
      io,
      'warn',
      ['Unsupported engine {', ...lines, '}'].map((line) => `EBADENGINE ${line}`),
    );
  }
}

/** `npm ci`: what the lock file says, nothing else. */
export async function ci(io: CommandIO, given: Given): Promise<number> {
  const { files, kernel } = io.machine;
  const started = kernel.now();
  const folder = rootFolder(io);
  const root = readRoot(files, folder);
  const tree = readLock(files, folder);
  if (tree === undefined) {
    throw usageError([
      'The `npm ci` command can only install with an existing package-lock.json or',
      'npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or',
      'later to generate a package-lock.json file, then try again.',
    ]);
  }
  const problems = outOfSync(tree, idealTree(io.machine, folder, root, tree));
  if (problems.length > 0) {
    throw usageError([
      '`npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with `npm install` before continuing.',
      '',
      ...problems,
    ]);
  }
  const shown = withoutOmitted(io, given, root, tree);
  if (given.has('dry-run')) return rehearse(io, given, folder, shown);
  checkEngines(io, given, root, shown);
  const change = reify(io, folder, root, shown, true);
  await installScripts(io, folder, root, given);
  finish(io, given, started, change, shown, tree);
  warnOfScripts(io, given, folder, tree, tree);
  return 0;
}

/**
 * What folders that are linked, and tarballs, would run when they are installed is not run, and told. A folder that stood in the lock
 * file before is called by its own name.
 */
function warnOfScripts(io: CommandIO, given: Given, folder: string, tree: Tree, before: Tree = new Map()): void {
  if (given.has('ignore-scripts') || given.has('silent')) return;
  const told = [...tree].flatMap(([at, { link, resolved = '' }]) => {
    const isPacked = !link && resolved.startsWith('file:');
    const place = link ? resolvePath(folder, resolved) : join(folder, at);
    if (!(link || isPacked) || !io.machine.files.exists(join(place, 'package.json'))) return [];
    const { name, version, installScripts } = linked(io.machine.files, folder, place);
    const called = link && before.has(at) ? nameOf(resolved) : name;
    return installScripts === undefined ? [] : [`  ${called}@${version} (${installScripts.join('; ')})`];
  });
  if (told.length === 0) return;
  const count = told.length === 1 ? '1 package has' : `${told.length} packages have`;
  const advice = 'Run `npm install-scripts ls` to review, or `npm install-scripts approve <pkg>` to allow.';
  const lines = [`${count} install scripts not yet covered by allowScripts:`, ...told, '', advice];
  say(
    io,
    'warn',
    lines.map((line) => `install-scripts${line === '' ? '' : ` ${line}`}`),
  );
}

function outOfSync(lock: Tree, ideal: Tree): readonly string[] {
  return [...ideal].flatMap(([location, { name, version, link }]) => {
    const locked = lock.get(location);
    if (locked === undefined) {
      const missing = `Missing: ${name}@${version} from lock file`;
      // The folder that is linked is missing too.
      return link ? [missing, missing] : [missing];
    }
    return locked.version === version
      ? []
      : [`Invalid: lock file's ${locked.name}@${locked.version} does not satisfy ${name}@${version}`];
  });
}

/** @param explained what is said below the list. Where a command line is wrong npm explains each option in its own prose, left out. */
function ciUsage(explained: readonly string[]): readonly string[] {
  return [
    'Clean install a project',
    '',
    'Usage:',
    'npm ci',
    '',
    ...installUsage.split('\n'),
    '',
    ...explained,
    '',
    'aliases: clean-install, ic, install-clean, isntall-clean',
    '',
    'Run "npm help ci" for more info',
  ];
}

function usageError(lines: readonly string[]): NpmStop {
  return new NpmStop('EUSAGE', ['', ...lines, '', ...ciUsage([])]);
}

const omitWords: Words = {
  es: 'no instala lo de devDependencies ni lo que solo eso necesita',
  en: 'leaves out what is in devDependencies, and what only that needs',
};

/** `npm ci --help` */
export function ciHelp({ machine: { language } }: CommandIO): string {
  return `${ciUsage(['  --omit dev', `    ${omitWords[language]}`]).join('\n')}\n`;
}

/** `npm prune`: removes from node_modules what package.json does not ask for. */
export function prune(io: CommandIO, given: Given): number {
  const { files, kernel } = io.machine;
  const started = kernel.now();
  const folder = rootFolder(io);
  const root = readRoot(files, folder);
  const whole = idealTree(io.machine, folder, root, readLock(files, folder) ?? installedTree(io, folder));
  const tree = withoutOmitted(io, given, root, whole);
  if (given.has('dry-run')) return rehearse(io, given, folder, tree);
  const change = reify(io, folder, root, tree);
  if (given.flags.get('package-lock') !== 'false') writeLock(files, folder, root, whole);
  finish(io, given, started, change, tree);
  return 0;
}

/** `npm uninstall NAME…` */
export function uninstall(io: CommandIO, given: Given): number {
  if (given.words.length === 0)
    throw new NpmStop('EUSAGE', [
      '',
      'npm uninstall requires a package name',
      '',
      'Usage:',
      'npm uninstall [<@scope>/]<pkg>...',
    ]);
  const { files, kernel } = io.machine;
  const started = kernel.now();
  const folder = rootFolder(io);
  const root = readRoot(files, folder);
  const owner = chosen(io, given)?.[0];
  const target = owner?.manifest ?? root;
  for (const name of given.words)
    for (const field of ['dependencies', 'devDependencies', 'optionalDependencies'] as const)
      delete target[field]?.[name];
  dropEmpty(target);
  const isSaved = given.flags.get('save') !== 'false';
  if (owner !== undefined && isSaved) writeJson(files, join(owner.folder, 'package.json'), target);
  const before = readLock(files, folder) ?? installedTree(io, folder);
  const tree = idealTree(io.machine, folder, root, before);
  if (given.has('dry-run')) return rehearse(io, given, folder, tree);
  const change = reify(io, folder, root, tree);
  if (isSaved) {
    writeJson(files, join(folder, 'package.json'), root);
    if (given.flags.get('package-lock') !== 'false') writeLock(files, folder, root, tree);
  }
  finish(io, given, started, change, tree);
  warnOfScripts(io, given, folder, before, before);
  return 0;
}

/** `npm update [NAME…]`: the highest versions that package.json allows. */
export function update(io: CommandIO, given: Given): number {
  const isKept = ({ name, link }: Placed): boolean =>
    link === true || (given.words.length > 0 && !given.words.includes(name));
  return renew(io, given, isKept);
}

/** What package.json says now, in node_modules and in the lock file. @param isKept which packages stay at their versions */
export function renew(io: CommandIO, given: Given, isKept: (placed: Placed) => boolean): number {
  const { files, kernel } = io.machine;
  const started = kernel.now();
  const folder = rootFolder(io);
  const root = readRoot(files, folder);
  const before = readLock(files, folder) ?? installedTree(io, folder);
  const kept = new Map([...before].filter(([, placed]) => isKept(placed)));
  const tree = idealTree(io.machine, folder, root, kept);
  const change = reify(io, folder, root, tree);
  writeLock(files, folder, root, tree);
  finish(io, given, started, change, tree);
  return 0;
}

/** What a word of `npm install` asks for: the version that is installed now, and what package.json keeps. */
function asked(
  io: CommandIO,
  folder: string,
  word: string,
  given: Given,
): { name: string; exact: string; saved: string } {
  const { files } = io.machine;
  if (/^(file:|\.{1,2}(\/|$)|\/|~\/)|^[^@].*\/$/.test(word) || isTarball(word)) {
    if (isTarball(word)) {
      const path = relative(folder, resolvePath(io.cwd, word.replace(/^file:/, '')));
      const spec = `file:${path}`;
      return { name: packed(files, folder, spec).name, exact: spec, saved: spec };
    }
    const found = linked(files, io.cwd, word);
    const spec = `file:${linked(files, folder, join(io.cwd, word.replace(/^file:/, ''))).resolved}`;
    return { name: found.name, exact: spec, saved: spec };
  }
  const at = word.indexOf('@', 1);
  const [name, spec] = at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
  if (spec.startsWith('file:')) return { name, exact: spec, saved: spec };
  const version = pick(packument(io.machine, name, spec || '*'), spec);
  const isRange = spec !== '' && semver.valid(spec) === null && semver.validRange(spec) !== null;
  const exactly = given.has('save-exact') || setting(io, 'save-exact') === 'true';
  const saved = exactly ? version : isRange ? spec : `${setting(io, 'save-prefix') ?? '^'}${version}`;
  return { name, exact: version, saved };
}

function dropEmpty(root: Manifest): void {
  for (const field of ['dependencies', 'devDependencies', 'optionalDependencies'] as const)
    if (root[field] !== undefined && Object.keys(root[field]).length === 0) delete root[field];
}

function withoutOmitted(io: CommandIO, given: Given, root: Manifest, tree: Tree): Tree {
  if (!omitsDev(io, given)) return tree;
  const kept = reached(tree, root, false);
  return new Map([...tree].filter(([location]) => kept.has(location)));
}

const unchanged: Change = { added: [], removed: [], changed: [] };

/** `--dry-run`: tells what would be done, the last package first, and does nothing. */
function rehearse(io: CommandIO, given: Given, folder: string, tree: Tree): number {
  const before = installedTree(io, folder);
  const change = difference(before, tree);
  const told = new Map([
    ...change.removed.map((at) => [at, 'remove'] as const),
    ...change.added.map((at) => [at, 'add'] as const),
    ...change.changed.map((at) => [at, 'change'] as const),
  ]);
  const lines = [...new Set([...before.keys(), ...tree.keys()])].reverse().flatMap((at) => {
    const [did, old, now] = [told.get(at), before.get(at), tree.get(at)];
    if (did === undefined) return [];
    const version = did === 'change' ? `${old?.version} => ${now?.version}` : (now ?? old)?.version;
    return [`${did} ${(now ?? old)?.name} ${version}`];
  });
  if (!given.has('silent')) io.stdout(lines.map((line) => `${line}\n`).join(''));
  const flags = new Map([...given.flags, ['audit', 'false']]);
  finish(io, { ...given, flags }, io.machine.kernel.now(), change, tree);
  return 0;
}

async function installScripts(io: CommandIO, folder: string, root: Manifest, given: Given): Promise<void> {
  if (given.has('ignore-scripts')) return;
  for (const name of ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'])
    await runScript(io, folder, root, { name, command: 'install', silent: given.has('silent') });
}

/** `added 3 packages, and audited 4 packages in 2s`, and what the audit found. */
function finish(io: CommandIO, given: Given, started: number, change: Change, tree: Tree, whole: Tree = tree): void {
  if (given.has('silent')) return;
  const audits = given.flags.get('audit') !== 'false' && setting(io, 'audit') !== 'false';
  const [added, removed, changed] = [change.added.length, change.removed.length, change.changed.length];
  // What a link leads to counts too, also where the link is left out.
  const links = new Set([...whole.values()].filter(({ link }) => link).map(({ resolved }) => resolved));
  const audited = audits ? tree.size + links.size + 1 : 0;
  const count = (verb: string, n: number): string => `${verb} ${n} package${n === 1 ? '' : 's'}`;
  let line = '';
  if (added + removed + changed === 0) line = `up to date${audited ? ', ' : ''}`;
  else {
    if (added) line += count('added', added);
    if (removed)
      line += `${added ? ', ' : ''}${added && !audited && !changed ? 'and ' : ''}${count('removed', removed)}`;
    if (changed)
      line += `${added || removed ? ', ' : ''}${!audited && (added || removed) ? 'and ' : ''}${count('changed', changed)}`;
    if (audited) line += ', and ';
  }
  if (audited) line += count('audited', audited);
  io.stdout(`\n${line} in ${duration(io.machine.kernel.now() - started)}\n`);
  if (!audits) return;
  const found = vulnerabilities(io.machine.far, tree, readManifest(io.machine.files, rootFolder(io)));
  io.stdout(`\n${summary(found)}${found.length > 0 ? '\n\nRun `npm audit` for details.' : ''}\n`);
}

function duration(ms: number): string {
  if (ms < 1000) return `${ms}ms`;
  return ms < 60_000 ? `${Math.round(ms / 1000)}s` : `${Math.round(ms / 60_000)}m`;
}
