// The files in which git's settings stand, one after another, with those that they include ("CONFIGURATION FILE" of git-config).
import { type CommandIO, type Files, parentOf, resolvePath } from '../../machine/index.ts';
import { fatal } from './options.ts';
import { badLineIn, changesTo, configText, settingsIn } from './settings.ts';
import { wildcard } from './wildcard.ts';

interface Repository {
  readonly dir: string;
  readonly gitdir: string;
  readonly own?: string;
}

/** A setting, and where it comes from as `--show-scope` and `--show-origin` name it. */
export interface Sourced {
  readonly key: string;
  readonly value: string;
  readonly scope: string;
  readonly origin: string;
}

/** How deep files may include others. */
const DEPTH = 10;

/** What a command has read, until it changes a file of settings itself. */
const known = new WeakMap<
  CommandIO,
  { readonly of: string; readonly changes: number; readonly all: readonly Sourced[] }
>();

/** Every setting that holds here; of those with one key the last counts. @throws GitStop for a file with a line that is none. */
export function settingsHere(io: CommandIO, repository: Repository | undefined): readonly Sourced[] {
  const of = repository?.own ?? repository?.gitdir ?? '';
  const changes = changesTo(io.machine.files);
  const read = known.get(io);
  if (read !== undefined && read.of === of && read.changes === changes) return read.all;
  const all = readAll(io, repository);
  known.set(io, { of, changes, all });
  return all;
}

function readAll(io: CommandIO, repository: Repository | undefined): readonly Sourced[] {
  const { home } = io.machine;
  const person = [`${home}/.config/git/config`, `${home}/.gitconfig`].flatMap((path) =>
    settingsOf(io, { path, scope: 'global', repository }),
  );
  const path = `${repository?.gitdir}/config`;
  const shown = repository !== undefined && repository.dir === io.cwd ? '.git/config' : path;
  const own = repository === undefined ? [] : settingsOf(io, { path, shown, scope: 'local', repository });
  return [...person, ...own, ...givenSettings(io.env)];
}

/** The settings of the command line (`git -c`). */
function givenSettings(env: CommandIO['env']): readonly Sourced[] {
  return Array.from({ length: Number(env.GIT_CONFIG_COUNT ?? 0) }, (_, at) => ({
    key: keyOf(env[`GIT_CONFIG_KEY_${at}`] ?? ''),
    value: env[`GIT_CONFIG_VALUE_${at}`] ?? '',
    scope: 'command',
    origin: 'command line:',
  }));
}

/** A key as files are searched for it: its section and name in lower case. */
export function keyOf(path: string): string {
  const [first, last] = [path.indexOf('.'), path.lastIndexOf('.')];
  return path.slice(0, first).toLowerCase() + path.slice(first, last) + path.slice(last).toLowerCase();
}

/** @throws GitStop when a line of it is no setting. */
export function checkedText(files: Files, path: string, shown = path): string {
  const text = configText(files, path);
  const bad = badLineIn(text);
  if (bad !== undefined) throw fatal(`bad config line ${bad} in file ${shown}`);
  return text;
}

interface Asked {
  readonly path: string;
  readonly shown?: string;
  readonly scope: string;
  readonly repository: Repository | undefined;
  readonly depth?: number;
}

function settingsOf(io: CommandIO, { path, shown = path, scope, repository, depth = 0 }: Asked): readonly Sourced[] {
  const { files, home } = io.machine;
  return settingsIn(checkedText(files, path, shown)).flatMap((setting) => {
    const own = { ...setting, scope, origin: `file:${shown}` };
    const including = /^include(?:if\.(.*))?\.path$/s.exec(setting.key);
    if (including === null || depth >= DEPTH) return [own];
    const [, condition] = including;
    if (condition !== undefined && !holds(io, condition, path, repository)) return [own];
    const named = setting.value.replace(/^~(?=\/)/, home);
    const included = resolvePath(parentOf(path), named);
    // Git names a file as it found it: beside the one that includes it.
    const told = named.startsWith('/') || !shown.includes('/') ? included : `${parentOf(shown)}/${named}`;
    return [own, ...settingsOf(io, { path: included, shown: told, scope, repository, depth: depth + 1 })];
  });
}

/** The condition of an `includeIf`: `gitdir:PATTERN`, `gitdir/i:PATTERN`, `onbranch:PATTERN`. */
function holds(io: CommandIO, condition: string, path: string, repository: Repository | undefined): boolean {
  const [, kind, pattern = ''] = /^(gitdir(?:\/i)?|onbranch):(.*)$/s.exec(condition) ?? [];
  if (kind === undefined || repository === undefined) return false;
  const below = pattern.endsWith('/') ? `${pattern}**` : pattern;
  const { files, home } = io.machine;
  if (kind === 'onbranch') {
    const head = files.readText(`${repository.own ?? repository.gitdir}/HEAD`);
    return wildcard(below).test(/^ref: refs\/heads\/(.+)\n/.exec(head)?.[1] ?? '');
  }
  const whole = below.replace(/^~(?=\/)/, home).replace(/^\.(?=\/)/, parentOf(path));
  const place = repository.own ?? repository.gitdir;
  const wanted = wildcard(whole.startsWith('/') ? whole : `*/${whole}`);
  return kind === 'gitdir' ? wanted.test(place) : new RegExp(wanted, 'i').test(place);
}

/** The configured value: of the command line, else of the repository, else of the person. */
export function config(work: Repository & { readonly io: CommandIO }, key: string): string | undefined {
  const wanted = keyOf(key);
  return settingsHere(work.io, work).findLast((one) => one.key === wanted)?.value;
}

/** The person's configured value. */
export function globalConfig(io: CommandIO, key: string): string | undefined {
  const wanted = keyOf(key);
  return settingsHere(io, undefined).findLast((one) => one.key === wanted)?.value;
}
