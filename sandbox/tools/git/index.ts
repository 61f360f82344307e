// `git`, with the real tool's words, flags, output and exit codes for the part that is here. Compared with git 2.39 by the tests.
import { type Command, type CommandIO, FileError, resolvePath, throughPager } from '../../machine/index.ts';
import { add } from './add.ts';
import { branch } from './branch.ts';
import { checkout } from './checkout.ts';
import { clean } from './clean.ts';
import { clone } from './clone.ts';
import { commit } from './commit.ts';
import { config as configCommand } from './config.ts';
import { diff, unrelated } from './diff.ts';
import { lsRemote } from './far-refs.ts';
import { lsFiles, mv, rm } from './files.ts';
import { forEachRef } from './for-each-ref.ts';
import { init } from './init.ts';
import type { GetLazy, Lazy } from './lazy.ts';
import { refuseLocked } from './lock.ts';
import { log } from './log.ts';
import { merge } from './merge.ts';
import { mergeBase } from './merge-base.ts';
import { fatal, GitStop, UsageStop } from './options.ts';
import { readQuoting } from './pathspec.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { revList, showRef, symbolicRef } from './ref-commands.ts';
import { checkPackedRefs } from './refs.ts';
import { remote } from './remote.ts';
import { reset } from './reset.ts';
import { restore } from './restore.ts';
import { revParse } from './rev-parse.ts';
import { show } from './show.ts';
import { similarTo } from './similar.ts';
import { config, globalConfig, settingsHere } from './sources.ts';
import { stash } from './stash.ts';
import { status } from './status.ts';
import { switchBranch } from './switch.ts';
import { fetch } from './sync.ts';
import { tag } from './tag.ts';
import { needWorkTree, openWork, type Work, withShortIds } from './work.ts';

type Subcommand = (work: Work, args: readonly string[], lazy: GetLazy) => Promise<number>;

/** What is seldom needed of git, and comes when somebody asks for it. */
export interface RareGit {
  readonly subcommands: Readonly<Record<RareName, Subcommand>>;
  readonly lazy: Lazy;
  /** What `git COMMAND -h` prints; undefined for what is not known here. */
  usageOf(command: string): string | undefined;
  /** What is said of a command line that does not fit. */
  complaint(stop: UsageStop): GitStop;
  /** What is said of an error of the object store; undefined when it is sound. @param args the whole command line. */
  storeTrouble(io: CommandIO, error: unknown, args: readonly string[]): Promise<string | undefined>;
}

const rareNames = [
  'am',
  'annotate',
  'apply',
  'archive',
  'bisect',
  'blame',
  'cat-file',
  'check-attr',
  'check-ignore',
  'check-mailmap',
  'check-ref-format',
  'checkout-index',
  'cherry',
  'cherry-pick',
  'commit-tree',
  'count-objects',
  'describe',
  'describe --contains',
  'add --patch',
  'checkout --patch',
  'reset --patch',
  'restore --patch',
  'diff-files',
  'diff-index',
  'diff-tree',
  'format-patch',
  'fsck',
  'gc',
  'grep',
  'hash-object',
  'interpret-trailers',
  'ls-tree',
  'maintenance',
  'merge-tree',
  'name-rev',
  'notes',
  'pack-refs',
  'prune',
  'read-tree',
  'rebase',
  'reflog',
  'repack',
  'revert',
  'shortlog',
  'stripspace',
  'submodule',
  'update-index',
  'update-ref',
  'var',
  'verify-commit',
  'verify-tag',
  'whatchanged',
  'worktree',
  'write-tree',
] as const;
type RareName = (typeof rareNames)[number];
/** A command as it is kept: some options make a rare one of an everyday one. */
function withRareOption(name: string, rest: readonly string[]): string {
  const given = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  const isByHunk = given.includes('-p') || given.includes('--patch');
  if (isByHunk && ['add', 'stage', 'checkout', 'reset', 'restore'].includes(name))
    return `${name === 'stage' ? 'add' : name} --patch`;
  return name === 'describe' && given.includes('--contains') ? 'describe --contains' : name;
}

const isRare = (name: string): name is RareName => (rareNames as readonly string[]).includes(name);

const inRepository: Readonly<Record<string, Subcommand>> = {
  add,
  stage: add,
  branch,
  checkout,
  clean,
  commit,
  diff,
  fetch,
  'for-each-ref': forEachRef,
  log,
  'ls-files': lsFiles,
  'ls-remote': lsRemote,
  merge,
  'merge-base': mergeBase,
  mv,
  pull,
  push,
  remote,
  reset,
  restore,
  'rev-list': revList,
  'rev-parse': revParse,
  rm,
  show,
  'show-ref': showRef,
  stash,
  status,
  switch: switchBranch,
  'symbolic-ref': symbolicRef,
  tag,
};

/** Subcommands that make no sense without files to work on. */
const onFiles = new Set(
  'add checkout clean cherry-pick commit merge mv pull rebase restore revert rm stash status switch'.split(' '),
);

/** Subcommands that lock the index before they look at anything. */
const locking = new Set('add checkout commit mv read-tree reset restore rm switch'.split(' '));

/** Those that show their usage on standard error, even to who asks for it. */
const toErrors = new Set('am branch commit diff gc ls-files merge rebase rev-list rev-parse status'.split(' '));

const anywhere: Readonly<Record<string, (io: CommandIO, args: readonly string[], lazy: GetLazy) => Promise<number>>> = {
  clone,
  config: configCommand,
  init,
};

const names = [
  ...Object.keys(inRepository),
  ...Object.keys(anywhere),
  ...rareNames.filter((name) => !name.includes(' ')),
].sort();

/** Subcommands of the real tool that are not here: told apart from typing errors. */
const elsewhere = (
  'add--interactive remote-ext bugreport bundle column commit-graph ' +
  'credential credential-cache credential-store daemon diagnose difftool ' +
  'fast-export fast-import fetch-pack filter-branch fmt-merge-msg for-each-repo get-tar-commit-id ' +
  'help hook index-pack init-db instaweb mailinfo mailsplit merge-file ' +
  'merge-index mergetool mktag mktree multi-pack-index pack-objects ' +
  'patch-id prune-packed receive-pack replace request-pull rerere send-pack shell ' +
  'range-diff show-branch show-index sparse-checkout subtree unpack-file unpack-objects ' +
  'update-server-info upload-archive upload-pack verify-pack version'
).split(' ');

/** @param rare fetches what is seldom needed. @throws GitStop from there when it cannot be had. */
export const createGit = (rare: () => Promise<RareGit>): Command => ({
  name: 'git',
  summary: { es: 'guarda y comparte versiones de tus archivos', en: 'keeps and shares versions of your files' },
  async run(args, io) {
    try {
      return await (isPaged(args)
        ? throughPager(io, (paged) => dispatch(args, paged, rare))
        : dispatch(args, io, rare));
    } catch (error) {
      const stop = await stopOf(io, error, rare, args);
      if (stop.message !== '') io.stderr(`${stop.message}\n`);
      return stop.exitCode;
    }
  },
  // Branches, tags and remotes are offered by the terminal.
  complete: (words) => (words.length === 0 ? names : []),
});

/** What git says of an error, and its exit code. @throws what is no error of git's. */
async function stopOf(
  io: CommandIO,
  error: unknown,
  rare: () => Promise<RareGit>,
  args: readonly string[],
): Promise<GitStop> {
  if (error instanceof UsageStop)
    return rare().then(
      (part) => part.complaint(error),
      (missing) => stopOf(io, missing, rare, args),
    );
  if (error instanceof GitStop) return error;
  if (error instanceof FileError) return new GitStop(`fatal: ${error.message}`);
  // The part may be missing for what is no error of git's.
  const told = await rare().then(
    (part) => part.storeTrouble(io, error, args),
    () => undefined,
  );
  if (told === undefined) throw error;
  return new GitStop(told);
}

/** Subcommands whose output git shows through a pager. */
function isPaged(args: readonly string[]): boolean {
  const name = args.find((arg) => !arg.startsWith('-'));
  return (
    ['log', 'diff', 'show', 'reflog', 'blame', 'shortlog', 'grep'].includes(name ?? '') && !args.includes('--no-pager')
  );
}

/** Two files outside of any repository, which `git diff` compares all the same. */
function isPair(io: CommandIO, args: readonly string[]): boolean {
  return args.filter((arg) => !arg.startsWith('-')).length === 2 && isOutside(io);
}

/** Whether there is no repository around. */
function isOutside(io: CommandIO): boolean {
  try {
    openWork(io);
    return false;
  } catch (error) {
    if (error instanceof GitStop) return true;
    throw error;
  }
}

async function dispatch(
  args: readonly string[],
  io: CommandIO,
  rare: () => Promise<RareGit>,
  aliases: readonly string[] = [],
): Promise<number> {
  const [name, ...rest] = args;
  const again = (others: readonly string[], there = io): Promise<number> => dispatch(others, there, rare, aliases);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const [topic] = rest.filter((word) => !word.startsWith('-'));
    if (topic !== undefined && ![...names, ...elsewhere].includes(topic))
      throw new GitStop(`No manual entry for git${topic}`, 16);
    if (rest.length > 0) throw new GitStop(`git: the manual's page '${rest.join(' ')}' is not part of this sandbox`, 1);
    io.stdout((await rare()).usageOf('git') ?? '');
    return name === undefined ? 1 : 0;
  }
  if (name === '--version' || name === '-v' || name === 'version') {
    io.stdout('git version 2.39.5\n');
    return 0;
  }
  if (name === '--no-pager' || name === '-P') return again(rest);
  if (name === '-C') {
    const cwd = resolvePath(io.cwd, rest[0] ?? '');
    if (!io.machine.files.exists(cwd))
      throw new GitStop(`fatal: cannot change to '${rest[0]}': No such file or directory`);
    return again(rest.slice(1), { ...io, cwd });
  }
  if (name === '-c') {
    const [setting = '', ...others] = rest;
    const at = setting.indexOf('=');
    // Settings are read when a command asks for them.
    if (others.length > 0 && !/^[^=]*\./.test(setting))
      throw new GitStop(
        `error: key does not contain a section: ${setting.replace(/=.*/, '')}\nfatal: unable to parse command-line config`,
      );
    const [key, value] = at < 0 ? [setting, 'true'] : [setting.slice(0, at), setting.slice(at + 1)];
    return again(others, { ...io, env: { ...io.env, ...withParameter(io.env, key, value) } });
  }
  const [, place, inline] = /^--(git-dir|work-tree)(?:=(.*))?$/.exec(name) ?? [];
  if (place !== undefined) {
    const [path = '', ...others] = inline === undefined ? rest : [inline, ...rest];
    const variable = place === 'git-dir' ? 'GIT_DIR' : 'GIT_WORK_TREE';
    return again(others, { ...io, env: { ...io.env, [variable]: path } });
  }
  if (name === '--bare' || name === '--paginate' || name === '-p') return again(rest);
  if (
    /^--(?:exec-path|html-path|man-path|info-path|namespace|super-prefix|config-env|no-replace-objects|literal-pathspecs|no-optional-locks)(?:=|$)/.test(
      name,
    )
  )
    throw new GitStop(`git: '${name}' is not part of this sandbox`, 129);
  if (name.startsWith('-'))
    throw new GitStop(`unknown option: ${name}\n${((await rare()).usageOf('git') ?? '').split('\n\n')[0]}`, 129);
  if (rest[0] === '-h' && rest.length === 1 && names.includes(name)) {
    const text = (await rare()).usageOf(name);
    if (text !== undefined) (toErrors.has(name) ? io.stderr : io.stdout)(text);
    if (text !== undefined) return 129;
  }
  const outside = Object.hasOwn(anywhere, name) ? anywhere[name] : undefined;
  const lazy = async (): Promise<Lazy> => (await rare()).lazy;
  if (outside !== undefined) return outside(io, rest, lazy);
  const whole = withRareOption(name, rest);
  const inside = isRare(whole)
    ? (await rare()).subcommands[whole]
    : Object.hasOwn(inRepository, name)
      ? inRepository[name]
      : undefined;
  if (inside !== undefined) {
    if (name === 'diff' && isOutside(io) && !isPair(io, rest))
      throw new UsageStop('diff --no-index', {
        message: 'warning: Not a git repository. Use --no-index to compare two paths outside a working tree\n',
      });
    const work = name === 'diff' && isPair(io, rest) ? undefined : openWork(io);
    if (work === undefined)
      return unrelated(
        io,
        rest.filter((arg) => !arg.startsWith('-')),
        new Set(),
      );
    checkPackedRefs(work);
    if (onFiles.has(name)) needWorkTree(work);
    if (locking.has(name) && !rest.some((arg) => /^(--soft|-[bcBC])$/.test(arg))) refuseLocked(work, 'index');
    readQuoting(work);
    return inside(withShortIds(work), rest, lazy);
  }
  if (elsewhere.includes(name)) throw new GitStop(`git: '${name}' is not part of this sandbox`, 1);
  const alias = aliasOf(io, name);
  if (alias !== undefined) {
    if (alias.startsWith('!'))
      return runInShell(io, alias.slice(1), rest, isOutside(io) ? undefined : openWork(io).dir);
    const words = wordsOf(alias);
    if (words[0] === name) throw fatal(`recursive alias: ${name}`);
    if (aliases.includes(name)) throw fatal(loopText(aliases, name));
    return dispatch([...(words.length === 0 ? [''] : words), ...rest], io, rare, [...aliases, name]);
  }
  if (aliases.length > 0)
    throw new GitStop(`expansion of alias '${aliases[0]}' failed; '${name}' is not a git command`, 1);
  const near = similarTo(name, [...new Set([...names, ...elsewhere, ...aliasesOf(io)])].sort());
  const advice =
    near.length === 0
      ? ''
      : `\n\nThe most similar command${near.length === 1 ? ' is' : 's are'}\n${near.map((one) => `\t${one}`).join('\n')}`;
  throw new GitStop(`git: '${name}' is not a git command. See 'git --help'.${advice}`, 1);
}

/** What is said of aliases that lead back to `name`. */
function loopText(aliases: readonly string[], name: string): string {
  const lines = aliases.map(
    (one, at) => `\n  ${one}${one === name ? ' <==' : at === aliases.length - 1 ? ' ==>' : ''}`,
  );
  return `alias loop detected: expansion of '${aliases[0]}' does not terminate:${lines.join('')}`;
}

const prefixBelow = (cwd: string, dir: string): string =>
  cwd.startsWith(`${dir}/`) ? `${cwd.slice(dir.length + 1)}/` : '';

/** An alias that begins with `!`: a line of the shell, at the top of the working tree. */
async function runInShell(io: CommandIO, line: string, rest: readonly string[], cwd?: string): Promise<number> {
  if (io.run === undefined) throw new GitStop(`fatal: cannot run ${line}: there is no shell here`);
  const quoted = rest.map((word) => ` '${word.replaceAll("'", "'\\''")}'`).join('');
  const { stdout, stderr, exitCode } = await io.run({
    words: `${line}${quoted}`,
    ...(cwd !== undefined && { cwd, env: { GIT_PREFIX: prefixBelow(io.cwd, cwd) } }),
  });
  io.stdout(stdout);
  if (stderr !== '') io.stderr(stderr);
  return exitCode;
}

/** Settings of the command line, as git hands them to the commands that it starts. */
function withParameter(env: CommandIO['env'], key: string, value: string): Record<string, string> {
  const count = Number(env.GIT_CONFIG_COUNT ?? 0);
  return {
    GIT_CONFIG_COUNT: String(count + 1),
    [`GIT_CONFIG_KEY_${count}`]: key,
    [`GIT_CONFIG_VALUE_${count}`]: value,
  };
}

function aliasOf(io: CommandIO, name: string): string | undefined {
  try {
    return config(openWork(io), `alias.${name}`);
  } catch (error) {
    if (error instanceof GitStop) return globalConfig(io, `alias.${name}`);
    throw error;
  }
}

/** The names of the aliases that are set here. */
function aliasesOf(io: CommandIO): readonly string[] {
  const settings = settingsHere(io, isOutside(io) ? undefined : openWork(io));
  return settings.flatMap(({ key }) => (key.startsWith('alias.') ? [key.slice(6)] : []));
}

/** The words of an alias; quotes, wherever they stand, hold some together. */
const wordsOf = (alias: string): readonly string[] =>
  [...alias.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'));
