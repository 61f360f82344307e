// `git`, with the real tool's words, flags, output and exit codes for the part that is here. Compared with git 2.39 by the tests.
import { type Command, type CommandIO, FileError, resolvePath, throughPager } from '../../machine/index.ts';
import { add } from './add.ts';
import { branch } from './branch.ts';
import { commit } from './commit.ts';
import { config as configCommand } from './config.ts';
import { diff } from './diff.ts';
import { checkIgnore, lsFiles, mv, rm } from './files.ts';
import { init } from './init.ts';
import { log, show } from './log.ts';
import { catFile, hashObject, lsTree } from './objects.ts';
import { GitStop } from './options.ts';
import { push } from './push.ts';
import { remote } from './remote.ts';
import { reset } from './reset.ts';
import { restore } from './restore.ts';
import { revParse } from './rev-parse.ts';
import { similarTo } from './similar.ts';
import { status } from './status.ts';
import { checkout, switchBranch } from './switch.ts';
import { clone, fetch, merge, pull } from './sync.ts';
import { tag } from './tag.ts';
import { config, globalConfig, openWork, type Work } from './work.ts';

type Subcommand = (work: Work, args: readonly string[]) => Promise<number>;

const inRepository: Readonly<Record<string, Subcommand>> = {
  add,
  branch,
  'cat-file': catFile,
  'check-ignore': checkIgnore,
  checkout,
  commit,
  diff,
  fetch,
  'hash-object': hashObject,
  log,
  'ls-files': lsFiles,
  'ls-tree': lsTree,
  merge,
  mv,
  pull,
  push,
  remote,
  reset,
  restore,
  'rev-parse': revParse,
  rm,
  show,
  status,
  switch: switchBranch,
  tag,
};

const anywhere: Readonly<Record<string, (io: CommandIO, args: readonly string[]) => Promise<number>>> = {
  clone,
  config: configCommand,
  init,
};

const names = [...Object.keys(inRepository), ...Object.keys(anywhere)].sort();

/** Subcommands of the real tool that are not here: told apart from typing errors. */
const elsewhere = (
  'am apply archive bisect blame bundle cherry cherry-pick citool clean describe difftool fast-export fast-import filter-branch ' +
  'for-each-ref format-patch fsck gc grep gui help instaweb interpret-trailers ls-remote maintenance merge-base mergetool notes ' +
  'prune range-diff rebase reflog replace rerere revert rev-list send-email shortlog show-branch show-ref sparse-checkout stash ' +
  'submodule subtree symbolic-ref update-index update-ref verify-commit verify-tag whatchanged worktree write-tree'
).split(' ');

export const git: Command = {
  name: 'git',
  summary: { es: 'guarda y comparte versiones de tus archivos', en: 'keeps and shares versions of your files' },
  async run(args, io) {
    try {
      return await (isPaged(args) ? throughPager(io, (paged) => dispatch(args, paged)) : dispatch(args, io));
    } catch (error) {
      if (error instanceof GitStop) {
        io.stderr(`${error.message}\n`);
        return error.exitCode;
      }
      if (error instanceof FileError) {
        io.stderr(`fatal: ${error.message}\n`);
        return 128;
      }
      throw error;
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

async function dispatch(args: readonly string[], io: CommandIO): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === 'help') {
    io.stdout(
      `usage: git [-C <path>] [--version] [--help] <command> [<args>]\n\n${names.map((one) => `   ${one}\n`).join('')}`,
    );
    return name === undefined ? 1 : 0;
  }
  if (name === '--version' || name === 'version') {
    io.stdout('git version 2.39.5\n');
    return 0;
  }
  if (name === '--no-pager') return dispatch(rest, io);
  if (name === '-C') {
    const cwd = resolvePath(io.cwd, rest[0] ?? '');
    if (!io.machine.files.exists(cwd))
      throw new GitStop(`fatal: cannot change to '${rest[0]}': No such file or directory`);
    return dispatch(rest.slice(1), { ...io, cwd });
  }
  if (name.startsWith('-')) throw new GitStop(`git: '${name}' is not part of this sandbox`, 129);
  const outside = Object.hasOwn(anywhere, name) ? anywhere[name] : undefined;
  if (outside !== undefined) return outside(io, rest);
  const inside = Object.hasOwn(inRepository, name) ? inRepository[name] : undefined;
  if (inside !== undefined) return inside(openWork(io), rest);
  if (elsewhere.includes(name)) throw new GitStop(`git: '${name}' is not part of this sandbox`, 1);
  const alias = aliasOf(io, name);
  if (alias !== undefined) {
    if (alias.startsWith('!')) throw new GitStop('git: an alias that runs the shell is not part of this sandbox', 1);
    return dispatch([...wordsOf(alias), ...rest], io);
  }
  const near = similarTo(name, [...names, ...elsewhere].sort());
  const advice =
    near.length === 0
      ? ''
      : `\n\nThe most similar command${near.length === 1 ? ' is' : 's are'}\n${near.map((one) => `\t${one}`).join('\n')}`;
  throw new GitStop(`git: '${name}' is not a git command. See 'git --help'.${advice}`, 1);
}

function aliasOf(io: CommandIO, name: string): string | undefined {
  try {
    return config(openWork(io), `alias.${name}`);
  } catch (error) {
    if (error instanceof GitStop) return globalConfig(io, `alias.${name}`);
    throw error;
  }
}

/** The words of an alias; quotes hold some together. */
function wordsOf(alias: string): readonly string[] {
  return [...alias.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
