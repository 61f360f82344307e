// `git worktree`: more than one working tree of a repository, each in a folder and on a branch of its own.
import * as git from 'isomorphic-git';
import { isRefName, short, titleOf } from '../../../forge/git/index.ts';
import { placeAt, readTree } from '../../../forge/index.ts';
import { nameOf, resolvePath } from '../../../machine/index.ts';
import { runHook } from '../hooks.ts';
import { fatal, GitStop, lastValue, type Parsed, readOptions, UsageStop } from '../options.ts';
import { moveRef, record } from '../refs.ts';
import { resolve } from '../revisions.ts';
import { writeState } from '../state.ts';
import { readStatus } from '../status-read.ts';
import { follow } from '../upstream.ts';
import type { Work } from '../work.ts';
import { putFiles } from '../work-tree.ts';
import { type WorkTree, workTrees } from '../worktrees.ts';

type Action = (work: Work, args: readonly string[]) => Promise<number>;

const force = { '-f': { as: 'force' }, '--force': { as: 'force' } } as const;

const actions: Readonly<Record<string, Action>> = { add, list, lock, move, prune, remove, repair, unlock };

export async function worktree(work: Work, [name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined) throw new UsageStop('worktree', { message: 'error: need a subcommand\n' });
  if (name.startsWith('-')) throw new UsageStop('worktree', { option: name });
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) throw new UsageStop('worktree', { message: `error: unknown subcommand: \`${name}'\n` });
  return action(work, args);
}

async function add(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('worktree add', args, {
    ...force,
    '-b': { as: 'create', value: true },
    '-B': { as: 'reset', value: true },
    '-d': { as: 'detach' },
    '--detach': { as: 'detach' },
    '--checkout': { as: 'checkout' },
    '--no-checkout': { as: 'no-checkout' },
    '--lock': { as: 'lock' },
    '--reason': { as: 'reason', value: true },
    '-q': { as: 'quiet' },
    '--quiet': { as: 'quiet' },
  });
  const { flags, words } = parsed;
  const [shown, start] = [...words, ...(parsed.paths ?? [])];
  if (shown === undefined || words.length > 2) throw new UsageStop('worktree add');
  const { io } = work;
  const { files } = io.machine;
  const dir = resolvePath(io.cwd, shown);
  const tell = (text: string): void => {
    if (!flags.has('quiet')) io.stderr(text);
  };
  const chosen = await choose(work, parsed, dir, start);
  tell(`Preparing worktree (${chosen.preparing})\n`);
  if (chosen.made !== undefined) await makeBranch(work, chosen.made, parsed, flags.has('quiet'));
  const trees = await workTrees(work);
  const registered = trees.find((tree) => tree.dir === dir);
  if (files.exists(dir) && (files.stat(dir).type !== 'directory' || files.list(dir).length > 0))
    throw fatal(`'${shown}' already exists`);
  if (registered?.locked !== undefined && !flags.has('force'))
    throw fatal(
      `'${shown}' is a missing but locked worktree;\nuse 'add -f -f' to override, or 'unlock' and 'prune' or 'remove' to clear`,
    );
  if (registered !== undefined && !flags.has('force'))
    throw fatal(
      `'${shown}' is a missing but already registered worktree;\nuse 'add -f' to override, or 'prune' or 'remove' to clear`,
    );
  const taken = trees.find((tree) => tree !== registered && tree.branch === chosen.branch);
  if (chosen.branch !== undefined && taken !== undefined && !flags.has('force'))
    throw fatal(`'${chosen.branch}' is already checked out at '${taken.dir}'`);
  if (registered?.own !== undefined) files.remove(registered.own, { recursive: true });

  const own = freeFolder(work, nameOf(dir));
  files.mkdir(own, { recursive: true });
  files.mkdir(dir, { recursive: true });
  files.writeFile(`${own}/gitdir`, `${dir}/.git\n`);
  files.writeFile(`${own}/commondir`, '../..\n');
  files.writeFile(
    `${own}/HEAD`,
    chosen.branch === undefined ? `${chosen.oid}\n` : `ref: refs/heads/${chosen.branch}\n`,
  );
  files.writeFile(`${dir}/.git`, `gitdir: ${own}\n`);
  if (flags.has('lock')) files.writeFile(`${own}/locked`, `${lastValue(parsed, 'reason') ?? ''}\n`);
  const there: Work = { io: { ...io, cwd: dir }, dir, own, ...placeAt(files, work.gitdir, own) };
  record(there, 'HEAD', undefined, chosen.oid, '');
  if (!flags.has('no-checkout')) {
    await putFiles(there, await readTree(there, chosen.oid));
    writeState(there, 'ORIG_HEAD', `${chosen.oid}\n`);
    record(there, 'HEAD', chosen.oid, chosen.oid, 'reset: moving to HEAD');
    const { commit } = await git.readCommit({ ...there, oid: chosen.oid });
    if (!flags.has('quiet')) io.stdout(`HEAD is now at ${short(work, chosen.oid)} ${titleOf(commit)}\n`);
  }
  await runHook(there, 'post-checkout', ['0'.repeat(40), chosen.oid, '1']);
  return 0;
}

interface Chosen {
  /** What is said of it in brackets. */
  readonly preparing: string;
  readonly oid: string;
  /** The branch that the working tree is on; undefined when HEAD is to be the commit. */
  readonly branch?: string;
  /** A branch that has to be made, or set, first. */
  readonly made?: { readonly name: string; readonly start: string; readonly oid: string; readonly remote?: string };
}

/** Which branch or commit a new working tree gets. */
async function choose(work: Work, parsed: Parsed, dir: string, start: string | undefined): Promise<Chosen> {
  const { flags } = parsed;
  const named = lastValue(parsed, 'create') ?? lastValue(parsed, 'reset');
  if (named !== undefined && flags.has('detach'))
    throw fatal("options '-b', '-B', and '--detach' cannot be used together");
  const isBranch = async (name: string): Promise<boolean> =>
    isRefName(name) && (await resolve(work, `refs/heads/${name}`)) !== undefined;
  const wanted = start === '-' ? '@{-1}' : (start ?? 'HEAD');
  const oid = await resolve(work, wanted);
  const remote =
    oid === undefined && start !== undefined ? await resolve(work, `refs/remotes/origin/${start}`) : undefined;
  if (remote !== undefined && start !== undefined && named === undefined && !flags.has('detach'))
    return newBranch(start, `origin/${start}`, remote, 'origin');
  const own = nameOf(dir);
  if (start === undefined && named === undefined && !flags.has('detach') && (await isBranch(own)))
    return { preparing: `checking out '${own}'`, oid: (await resolve(work, `refs/heads/${own}`)) ?? '', branch: own };
  if (oid === undefined) throw fatal(`invalid reference: ${wanted}`);
  const created = named ?? (start === undefined && !flags.has('detach') ? own : undefined);
  if (created !== undefined) {
    if (!isRefName(created)) throw fatal(`'${created}' is not a valid branch name`);
    const before = parsed.values.has('reset') ? await resolve(work, `refs/heads/${created}`) : undefined;
    const { preparing, ...chosen } = newBranch(created, wanted, oid);
    return {
      preparing: before === undefined ? preparing : `resetting branch '${created}'; was at ${short(work, before)}`,
      ...chosen,
    };
  }
  if (!flags.has('detach') && (await isBranch(wanted)))
    return { preparing: `checking out '${wanted}'`, oid, branch: wanted };
  return { preparing: `detached HEAD ${short(work, oid)}`, oid };
}

const newBranch = (name: string, start: string, oid: string, remote?: string): Chosen => ({
  preparing: `new branch '${name}'`,
  oid,
  branch: name,
  made: { name, start, oid, ...(remote !== undefined && { remote }) },
});

async function makeBranch(
  work: Work,
  { name, start, oid, remote }: NonNullable<Chosen['made']>,
  parsed: Parsed,
  quiet: boolean,
): Promise<void> {
  const exists = (await resolve(work, `refs/heads/${name}`)) !== undefined;
  // Git asks `git branch` for it, and ends as badly as that one did.
  if (exists && !parsed.values.has('reset')) throw new GitStop(`fatal: a branch named '${name}' already exists`, 255);
  await moveRef(work, `refs/heads/${name}`, oid, `branch: ${exists ? 'Reset to' : 'Created from'} ${start}`);
  const [, from, theirs] = /^(?:refs\/remotes\/)?([^/]+)\/(.+)$/.exec(start) ?? [];
  const isTracked = from !== undefined && (await resolve(work, `refs/remotes/${from}/${theirs}`)) !== undefined;
  if (remote === undefined && !isTracked) return;
  follow(work, name, remote ?? from ?? '', theirs ?? name);
  if (!quiet) work.io.stdout(`branch '${name}' set up to track '${start}'.\n`);
}

/** A folder below `.git/worktrees` that no other working tree has. */
function freeFolder(work: Work, name: string): string {
  const { files } = work.io.machine;
  const base = `${work.gitdir}/worktrees/${name}`;
  if (!files.exists(base)) return base;
  for (let number = 1; ; number++) if (!files.exists(`${base}${number}`)) return `${base}${number}`;
}

async function list(work: Work, args: readonly string[]): Promise<number> {
  const { flags } = readOptions('worktree list', args, {
    '--porcelain': { as: 'porcelain' },
    '-v': { as: 'verbose' },
    '--verbose': { as: 'verbose' },
  });
  const trees = await workTrees(work);
  if (flags.has('porcelain')) {
    work.io.stdout(trees.map(porcelain).join(''));
    return 0;
  }
  const width = Math.max(...trees.map(({ dir }) => dir.length));
  for (const tree of trees) {
    const { dir, oid, branch, isBare, locked, isMissing } = tree;
    const head = branch === undefined ? '(detached HEAD)' : `[${branch}]`;
    const notes = [
      locked === undefined ? '' : flags.has('verbose') && locked !== '' ? `\n\tlocked: ${locked}` : ' locked',
      !isMissing || locked !== undefined ? '' : flags.has('verbose') ? `\n\tprunable: ${gone}` : ' prunable',
    ];
    const rest = isBare ? '(bare)' : `${short(work, oid ?? '0'.repeat(40))} ${head}${notes.join('')}`;
    work.io.stdout(`${dir.padEnd(width + 1)} ${rest}\n`);
  }
  return 0;
}

const gone = 'gitdir file points to non-existent location';

function porcelain({ dir, oid, branch, isBare, locked, isMissing }: WorkTree): string {
  const lines = isBare
    ? ['bare']
    : [`HEAD ${oid ?? '0'.repeat(40)}`, branch === undefined ? 'detached' : `branch refs/heads/${branch}`];
  const notes = [
    ...(locked === undefined ? [] : [`locked${locked === '' ? '' : ` ${locked}`}`]),
    ...(isMissing && locked === undefined ? [`prunable ${gone}`] : []),
  ];
  return `${[`worktree ${dir}`, ...lines, ...notes].join('\n')}\n\n`;
}

/** The working tree of that path, or whose path alone ends like that. @throws GitStop */
async function find(work: Work, shown: string): Promise<WorkTree> {
  const trees = await workTrees(work);
  const dir = resolvePath(work.io.cwd, shown);
  const ending = trees.filter((tree) => `${tree.dir}/`.endsWith(`/${shown.replace(/\/+$/, '')}/`));
  const found = trees.find((tree) => tree.dir === dir) ?? (ending.length === 1 ? ending[0] : undefined);
  if (found === undefined) throw fatal(`'${shown}' is not a working tree`);
  return found;
}

/** A linked working tree. @throws GitStop, for the main one with the words that are given. */
async function findLinked(work: Work, shown: string, ofMain: string): Promise<WorkTree & { readonly own: string }> {
  const tree = await find(work, shown);
  if (tree.own === undefined) throw fatal(ofMain);
  return { ...tree, own: tree.own };
}

async function lock(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('worktree lock', args, { '--reason': { as: 'reason', value: true } });
  const shown = only(parsed, 'worktree lock');
  const { own, locked } = await findLinked(work, shown, 'The main working tree cannot be locked or unlocked');
  if (locked !== undefined) throw fatal(`'${shown}' is already locked${locked === '' ? '' : `, reason: ${locked}`}`);
  work.io.machine.files.writeFile(`${own}/locked`, `${lastValue(parsed, 'reason') ?? ''}\n`);
  return 0;
}

async function unlock(work: Work, args: readonly string[]): Promise<number> {
  const shown = only(readOptions('worktree unlock', args, {}), 'worktree unlock');
  const { own, locked } = await findLinked(work, shown, 'The main working tree cannot be locked or unlocked');
  if (locked === undefined) throw fatal(`'${shown}' is not locked`);
  work.io.machine.files.remove(`${own}/locked`);
  return 0;
}

const only = ({ words, paths = [] }: Parsed, command: string): string => {
  const [shown, ...others] = [...words, ...paths];
  if (shown === undefined || others.length > 0) throw new UsageStop(command);
  return shown;
};

const lockedText = (verb: string, locked: string): string =>
  `cannot ${verb} a locked working tree${locked === '' ? '' : `, lock reason: ${locked}`}${locked === '' ? ';' : ''}\nuse '${verb} -f -f' to override or unlock first`;

async function remove(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('worktree remove', args, force);
  const shown = only(parsed, 'worktree remove');
  const { own, dir, locked, isMissing } = await findLinked(work, shown, `'${shown}' is a main working tree`);
  // Once for what is not committed, twice for a lock.
  const times = args.flatMap((arg) => (arg === '--force' ? ['f'] : /^-f+$/.test(arg) ? [...arg.slice(1)] : [])).length;
  if (locked !== undefined && times < 2) throw fatal(lockedText('remove', locked));
  const { files } = work.io.machine;
  if (!isMissing) {
    const there: Work = { ...work, io: { ...work.io, cwd: dir }, dir, own, ...placeAt(files, work.gitdir, own) };
    const { staged, unstaged, conflicts, untracked } = await readStatus(there);
    if (times === 0 && staged.size + unstaged.size + conflicts.size + untracked.length > 0)
      throw fatal(`'${shown}' contains modified or untracked files, use --force to delete it`);
  }
  files.remove(dir, { recursive: true, force: true });
  drop(work, own);
  return 0;
}

/** Forgets a linked working tree; with the last one the folder goes too. */
function drop(work: Work, own: string): void {
  const { files } = work.io.machine;
  files.remove(own, { recursive: true });
  if (files.list(`${work.gitdir}/worktrees`).length === 0)
    files.remove(`${work.gitdir}/worktrees`, { recursive: true });
}

async function move(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('worktree move', args, force);
  const [shown, target, ...others] = [...parsed.words, ...(parsed.paths ?? [])];
  if (shown === undefined || target === undefined || others.length > 0) throw new UsageStop('worktree move');
  const { own, dir, locked } = await findLinked(work, shown, `'${shown}' is a main working tree`);
  const { files } = work.io.machine;
  const named = resolvePath(work.io.cwd, target);
  const into = files.exists(named) && files.stat(named).type === 'directory' ? `${named}/${nameOf(dir)}` : named;
  if (files.exists(into)) throw fatal(`target '${target}' already exists`);
  if (locked !== undefined) throw fatal(lockedText('move', locked));
  files.rename(dir, into);
  files.writeFile(`${own}/gitdir`, `${into}/.git\n`);
  return 0;
}

async function prune(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('worktree prune', args, {
    '-n': { as: 'dry-run' },
    '--dry-run': { as: 'dry-run' },
    '-v': { as: 'verbose' },
    '--verbose': { as: 'verbose' },
    '--expire': { as: 'expire', value: true },
  });
  if (words.length > 0) throw new UsageStop('worktree prune');
  for (const { own, isMissing, locked } of await workTrees(work)) {
    if (own === undefined || !isMissing || locked !== undefined) continue;
    if (flags.has('verbose') || flags.has('dry-run')) work.io.stderr(`Removing worktrees/${nameOf(own)}: ${gone}\n`);
    if (!flags.has('dry-run')) drop(work, own);
  }
  return 0;
}

/** Nothing can come apart here that git could put together again. */
async function repair(): Promise<number> {
  return 0;
}
