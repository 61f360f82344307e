// `git`, with the real tool's words, flags, output and exit codes for the part that is here. Compared with git 2.39 by the tests.
import { type Command, type CommandIO, FileError, resolvePath, throughPager } from '../../machine/index.ts';
import { add } from './add.ts';
import { am } from './am.ts';
import { archive } from './archive.ts';
import { bisect } from './bisect.ts';
import { blame } from './blame.ts';
import { branch } from './branch.ts';
import { clean } from './clean.ts';
import { clone } from './clone.ts';
import { commit } from './commit.ts';
import { config as configCommand } from './config.ts';
import { describe } from './describe.ts';
import { diff, unrelated } from './diff.ts';
import { diffIndex, diffTree } from './diff-tree.ts';
import { cherry, lsRemote } from './far-refs.ts';
import { checkIgnore, lsFiles, mv, rm } from './files.ts';
import { forEachRef } from './for-each-ref.ts';
import { grep } from './grep.ts';
import { init } from './init.ts';
import { log, show } from './log.ts';
import { merge } from './merge.ts';
import { mergeBase } from './merge-base.ts';
import { catFile, countObjects, hashObject, lsTree } from './objects.ts';
import { GitStop } from './options.ts';
import { apply, formatPatch } from './patches.ts';
import { cherryPick, revert } from './pick.ts';
import { checkoutIndex, commitTree, readTreeCommand, updateIndex, writeTree } from './plumbing.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { rebase } from './rebase.ts';
import { revList, showRef, symbolicRef, updateRef } from './ref-commands.ts';
import { reflog } from './reflog.ts';
import { remote } from './remote.ts';
import { reset } from './reset.ts';
import { restore } from './restore.ts';
import { revParse } from './rev-parse.ts';
import { configText, settingsIn } from './settings.ts';
import { shortlog } from './shortlog.ts';
import { similarTo } from './similar.ts';
import { stash } from './stash.ts';
import { status } from './status.ts';
import { checkout, switchBranch } from './switch.ts';
import { fetch } from './sync.ts';
import { tag } from './tag.ts';
import { storeTrouble } from './trouble.ts';
import { usage } from './usage.ts';
import { config, globalConfig, needWorkTree, openWork, readQuoting, type Work } from './work.ts';

type Subcommand = (work: Work, args: readonly string[]) => Promise<number>;

const inRepository: Readonly<Record<string, Subcommand>> = {
  add,
  am,
  apply,
  archive,
  blame,
  bisect,
  branch,
  'cat-file': catFile,
  'check-ignore': checkIgnore,
  checkout,
  'checkout-index': checkoutIndex,
  cherry,
  clean,
  'cherry-pick': cherryPick,
  commit,
  'commit-tree': commitTree,
  'count-objects': countObjects,
  describe,
  diff,
  'diff-index': diffIndex,
  'diff-tree': diffTree,
  fetch,
  'format-patch': formatPatch,
  'for-each-ref': forEachRef,
  grep,
  'hash-object': hashObject,
  log,
  'ls-files': lsFiles,
  'ls-remote': lsRemote,
  'ls-tree': lsTree,
  merge,
  'merge-base': mergeBase,
  mv,
  pull,
  push,
  'read-tree': readTreeCommand,
  rebase,
  reflog,
  remote,
  reset,
  restore,
  'rev-list': revList,
  revert,
  'rev-parse': revParse,
  rm,
  shortlog,
  show,
  'show-ref': showRef,
  stash,
  status,
  switch: switchBranch,
  'symbolic-ref': symbolicRef,
  tag,
  'update-index': updateIndex,
  'update-ref': updateRef,
  'write-tree': writeTree,
};

/** Subcommands that make no sense without files to work on. */
const onFiles = new Set(
  'add checkout clean cherry-pick commit merge mv pull rebase restore revert rm stash status switch'.split(' '),
);

const anywhere: Readonly<Record<string, (io: CommandIO, args: readonly string[]) => Promise<number>>> = {
  clone,
  config: configCommand,
  init,
};

const names = [...Object.keys(inRepository), ...Object.keys(anywhere)].sort();

/** Subcommands of the real tool that are not here: told apart from typing errors. */
const elsewhere = (
  'add--interactive annotate bugreport bundle check-attr check-mailmap check-ref-format column commit-graph ' +
  'credential credential-cache credential-store daemon diagnose diff-files difftool ' +
  'fast-export fast-import fetch-pack filter-branch fmt-merge-msg for-each-repo fsck gc get-tar-commit-id ' +
  'help hook index-pack init-db instaweb interpret-trailers mailinfo mailsplit maintenance merge-file ' +
  'merge-index merge-tree mergetool mktag mktree multi-pack-index name-rev notes pack-objects pack-refs ' +
  'patch-id prune prune-packed range-diff receive-pack repack replace request-pull rerere send-pack shell ' +
  'show-branch show-index sparse-checkout stage stripspace submodule subtree unpack-file unpack-objects ' +
  'update-server-info upload-archive upload-pack var verify-commit verify-pack verify-tag version ' +
  'whatchanged worktree'
).split(' ');

export const git: Command = {
  name: 'git',
  summary: { es: 'guarda y comparte versiones de tus archivos', en: 'keeps and shares versions of your files' },
  async run(args, io) {
    try {
      return await (isPaged(args) ? throughPager(io, (paged) => dispatch(args, paged)) : dispatch(args, io));
    } catch (error) {
      if (error instanceof GitStop) {
        if (error.message !== '') io.stderr(`${error.message}\n`);
        return error.exitCode;
      }
      if (error instanceof FileError) {
        io.stderr(`fatal: ${error.message}\n`);
        return 128;
      }
      const told = await storeTrouble(io, error);
      if (told === undefined) throw error;
      io.stderr(`${told}\n`);
      return 128;
    }
  },
  // Branches, tags and remotes are offered by the terminal.
  complete: (words) => (words.length === 0 ? names : []),
};

/** Subcommands whose output git shows through a pager. */
function isPaged(args: readonly string[]): boolean {
  const name = args.find((arg) => !arg.startsWith('-'));
  return (
    ['log', 'diff', 'show', 'reflog', 'blame', 'shortlog', 'grep'].includes(name ?? '') && !args.includes('--no-pager')
  );
}

/** Two files outside of any repository, which `git diff` compares all the same. */
function isPair(io: CommandIO, args: readonly string[]): boolean {
  if (args.filter((arg) => !arg.startsWith('-')).length !== 2) return false;
  try {
    openWork(io);
    return false;
  } catch (error) {
    if (error instanceof GitStop) return true;
    throw error;
  }
}

async function dispatch(args: readonly string[], io: CommandIO): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    if (rest.length > 0) throw new GitStop(`git: the manual's page '${rest.join(' ')}' is not part of this sandbox`, 1);
    io.stdout(usage);
    return name === undefined ? 1 : 0;
  }
  if (name === '--version' || name === '-v' || name === 'version') {
    io.stdout('git version 2.39.5\n');
    return 0;
  }
  if (name === '--no-pager' || name === '-P') return dispatch(rest, io);
  if (name === '-C') {
    const cwd = resolvePath(io.cwd, rest[0] ?? '');
    if (!io.machine.files.exists(cwd))
      throw new GitStop(`fatal: cannot change to '${rest[0]}': No such file or directory`);
    return dispatch(rest.slice(1), { ...io, cwd });
  }
  if (name === '-c') {
    const [setting = '', ...others] = rest;
    const at = setting.indexOf('=');
    const [key, value] = at < 0 ? [setting, 'true'] : [setting.slice(0, at), setting.slice(at + 1)];
    return dispatch(others, { ...io, env: { ...io.env, ...withParameter(io.env, key, value) } });
  }
  const [, place, inline] = /^--(git-dir|work-tree)(?:=(.*))?$/.exec(name) ?? [];
  if (place !== undefined) {
    const [path = '', ...others] = inline === undefined ? rest : [inline, ...rest];
    const variable = place === 'git-dir' ? 'GIT_DIR' : 'GIT_WORK_TREE';
    return dispatch(others, { ...io, env: { ...io.env, [variable]: resolvePath(io.cwd, path) } });
  }
  if (name.startsWith('-')) throw new GitStop(`git: '${name}' is not part of this sandbox`, 129);
  const outside = Object.hasOwn(anywhere, name) ? anywhere[name] : undefined;
  if (outside !== undefined) return outside(io, rest);
  const inside = Object.hasOwn(inRepository, name) ? inRepository[name] : undefined;
  if (inside !== undefined) {
    const work = name === 'diff' && isPair(io, rest) ? undefined : openWork(io);
    if (work === undefined)
      return unrelated(
        io,
        rest.filter((arg) => !arg.startsWith('-')),
        new Set(),
      );
    if (onFiles.has(name)) needWorkTree(work);
    readQuoting(work);
    return inside(work, rest);
  }
  if (elsewhere.includes(name)) throw new GitStop(`git: '${name}' is not part of this sandbox`, 1);
  const alias = aliasOf(io, name);
  if (alias !== undefined) {
    if (alias.startsWith('!')) return runInShell(io, alias.slice(1), rest);
    return dispatch([...wordsOf(alias), ...rest], io);
  }
  const near = similarTo(name, [...new Set([...names, ...elsewhere, ...aliasesOf(io)])].sort());
  const advice =
    near.length === 0
      ? ''
      : `\n\nThe most similar command${near.length === 1 ? ' is' : 's are'}\n${near.map((one) => `\t${one}`).join('\n')}`;
  throw new GitStop(`git: '${name}' is not a git command. See 'git --help'.${advice}`, 1);
}

/** An alias that begins with `!`: a line of the shell, at the top of the working tree. */
async function runInShell(io: CommandIO, line: string, rest: readonly string[]): Promise<number> {
  if (io.run === undefined) throw new GitStop(`fatal: cannot run ${line}: there is no shell here`);
  const quoted = rest.map((word) => ` '${word.replaceAll("'", "'\\''")}'`).join('');
  const { stdout, stderr, exitCode } = await io.run({ words: `${line}${quoted}` });
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
  const { files, home } = io.machine;
  const places = [`${home}/.gitconfig`];
  try {
    places.push(`${openWork(io).gitdir}/config`);
  } catch (error) {
    if (!(error instanceof GitStop)) throw error;
  }
  return places.flatMap((place) =>
    settingsIn(configText(files, place)).flatMap(({ key }) => (key.startsWith('alias.') ? [key.slice(6)] : [])),
  );
}

/** The words of an alias; quotes hold some together. */
function wordsOf(alias: string): readonly string[] {
  return [...alias.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
