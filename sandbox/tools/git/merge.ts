import {
  commitData,
  commitsBetween,
  commonTree,
  mergeBases,
  mergeTrees,
  short,
  writeCommit,
} from '../../forge/git/index.ts';
import { isAncestor, readTree, type TreeFiles } from '../../forge/index.ts';
import { bringBack, leaveAside, OF_MERGE, putAside } from './autostash.ts';
import { commit, finalMessage } from './commit.ts';
import { dateOf } from './dates.ts';
import { cleaned } from './editor.ts';
import { askHook, runHook } from './hooks.ts';
import { identity } from './identity.ts';
import { readIndexFile } from './index-file.ts';
import type { GetLazy, Head } from './lazy.ts';
import { intoSuffix, titleOf } from './merge-title.ts';
import { moveTo } from './move-to.ts';
import { namedText } from './named-text.ts';
import {
  failed,
  fatal,
  GitStop,
  lastValue,
  type OptionTable,
  type Parsed,
  painter,
  readOptions,
  UsageStop,
} from './options.ts';
import { changesBetween, modeLines, statOf } from './patch.ts';
import { moveHead } from './refs.ts';
import { headTree, resolve } from './revisions.ts';
import { config } from './sources.ts';
import {
  applyMerged,
  dropMerge,
  hasState,
  mergeReset,
  mergeSettings,
  refuseUnmerged,
  stateText,
  writeState,
} from './state.ts';
import { upstreamOf } from './upstream.ts';
import { currentBranch, type Work } from './work.ts';
import { differences } from './work-tree.ts';

export const mergeOptions: OptionTable = {
  '--ff': { as: 'ff' },
  '--no-ff': { as: 'no-ff' },
  '--ff-only': { as: 'ff-only' },
  '--squash': { as: 'squash' },
  '--no-squash': { as: 'no-squash' },
  '--commit': { as: 'commit' },
  '--no-commit': { as: 'no-commit' },
  '--no-edit': { as: 'no-edit' },
  '-e': { as: 'edit' },
  '--edit': { as: 'edit' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '-v': { as: 'verbose' },
  '--stat': { as: 'stat' },
  '--no-verify': { as: 'no-verify' },
  '-n': { as: 'no-stat' },
  '--no-stat': { as: 'no-stat' },
  '-m': { as: 'message', value: true },
  '--message': { as: 'message', value: true },
  '--file': { as: 'file', value: true },
  '--verbose': { as: 'verbose' },
  '--summary': { as: 'stat' },
  '--progress': { as: 'progress' },
  '--no-progress': { as: 'no-progress' },
  '--no-log': { as: 'no-log' },
  '--no-signoff': { as: 'no-signoff' },
  '--cleanup': { as: 'cleanup', value: true },
  '--overwrite-ignore': { as: 'overwrite-ignore' },
  '--no-rerere-autoupdate': { as: 'no-rerere' },
  '-F': { as: 'file', value: true },
  '-X': { as: 'choice', value: true },
  '--strategy-option': { as: 'choice', value: true },
  '-s': { as: 'strategy', value: true },
  '--strategy': { as: 'strategy', value: true },
  '--allow-unrelated-histories': { as: 'unrelated' },
  '--autostash': { as: 'autostash' },
  '--no-autostash': { as: 'no-autostash' },
};

/** `git merge`: joins another history to the current branch. */
export async function merge(work: Work, args: readonly string[], lazy: GetLazy): Promise<number> {
  const parsed = readOptions('merge', args, {
    ...mergeOptions,
    '--abort': { as: 'abort' },
    '--continue': { as: 'continue' },
    '--quit': { as: 'quit' },
  });
  const { flags, words } = parsed;
  if (flags.has('abort') && args.length > 1)
    throw new UsageStop('merge', { message: 'fatal: --abort expects no arguments\n\n' });
  if (flags.has('abort')) return abort(work);
  if (flags.has('quit')) {
    await leaveAside(work, OF_MERGE);
    dropMerge(work);
    return 0;
  }
  if (flags.has('continue')) {
    if (args.length > 1) throw new UsageStop('merge', { message: 'fatal: --continue expects no arguments\n\n' });
    if (!hasState(work, 'MERGE_HEAD')) throw fatal('There is no merge in progress (MERGE_HEAD missing).');
    return commit(work, []);
  }
  refuseMerging(work);
  let names = words.length === 1 && words[0] === '-' ? ['@{-1}'] : words;
  if (names.length === 0) {
    const branch = await currentBranch(work);
    const upstream = branch === undefined ? undefined : await upstreamOf(work, branch);
    if (branch === undefined) throw fatal('No current branch.');
    if (config(work, `branch.${branch}.remote`) === undefined) throw fatal('No remote for the current branch.');
    if (upstream === undefined) throw fatal('No default upstream defined for the current branch.');
    names = [upstream.ref];
  }
  checkStrategy(parsed);
  if (names.length > 1) {
    const { independent, octopus } = await lazy();
    const current = await resolve(work, 'HEAD');
    const heads: Head[] = [];
    for (const one of names) {
      const oid = await resolve(work, one);
      if (oid === undefined) throw new GitStop(`merge: ${one} - not something we can merge`, 1);
      heads.push({ name: one, oid });
    }
    const own = current === undefined ? [] : [{ name: 'HEAD', oid: current }];
    const ahead = (await independent(work, [...own, ...heads])).filter((head) => heads.includes(head));
    if (current !== undefined && ahead.length > 1) {
      if (flags.has('squash') || flags.has('no-commit') || flags.has('autostash'))
        throw new GitStop('git merge: an octopus merge but a plain one is not part of this sandbox', 1);
      const stat = async (before: TreeFiles, after: TreeFiles): Promise<string> =>
        flags.has('no-stat') ? '' : mergeStat(work, before, after);
      return octopus(work, parsed, { current, heads: ahead, into: await intoSuffix(work), stat });
    }
    names = ahead.length === 0 ? names.slice(0, 1) : ahead.map(({ name }) => name);
  }
  const [name = ''] = names;
  const fetched = name === 'FETCH_HEAD' ? stateText(work, 'FETCH_HEAD')?.split('\n') : undefined;
  // Only what was asked for is merged.
  const [, wanted, what = name] = /^(\S+)\t\t(.*)$/.exec(fetched?.find((line) => line.includes('\t\t')) ?? '') ?? [];
  if (fetched !== undefined && wanted === undefined) {
    work.io.stdout('Already up to date.\n');
    return 0;
  }
  const target = wanted ?? (await resolve(work, name));
  if (target === undefined) {
    work.io.stderr(`merge: ${name} - not something we can merge\n`);
    return 1;
  }
  return mergeInto(work, parsed, {
    name,
    target,
    words: wanted === undefined ? await titleOf(work, name) : `Merge ${what}${await intoSuffix(work)}`,
    reflog: `merge ${name}`,
  });
}

/** @throws GitStop when a merge or a cherry-pick waits for its end. */
export function refuseMerging(work: Work, what = 'Merging'): void {
  refuseUnmerged(work, what);
  for (const [state, kind] of [
    ['MERGE_HEAD', 'merge'],
    ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ] as const)
    if (hasState(work, state))
      throw fatal(
        `You have not concluded your ${kind} (${state} exists).\nPlease, commit your changes before you merge.`,
      );
}

async function abort(work: Work): Promise<number> {
  if (!hasState(work, 'MERGE_HEAD')) throw fatal('There is no merge to abort (MERGE_HEAD missing).');
  const head = await resolve(work, 'HEAD');
  await mergeReset(work, await headTree(work));
  dropMerge(work);
  if (head !== undefined) {
    writeState(work, 'ORIG_HEAD', `${head}\n`);
    await moveHead(work, head, 'reset: moving to HEAD');
  }
  await bringBack(work, OF_MERGE);
  return 0;
}

/** @throws GitStop for a strategy that git does not know. */
function checkStrategy(parsed: Parsed): string {
  const strategy = lastValue(parsed, 'strategy') ?? 'ort';
  if (['ort', 'recursive', 'ours'].includes(strategy)) return strategy;
  if (['octopus', 'resolve', 'subtree'].includes(strategy))
    throw new GitStop(`git merge: '-s ${strategy}' is not part of this sandbox`, 1);
  throw new GitStop(
    `Could not find merge strategy '${strategy}'.\nAvailable strategies are: octopus ours recursive resolve subtree.`,
    1,
  );
}

interface Target {
  /** As it was named on the command line: it stands behind the markers of conflicts. */
  readonly name: string;
  readonly target: string;
  /** The message of the merge. */
  readonly words: string;
  /** How the log of the branch calls the command. */
  readonly reflog: string;
}

/** Joins a commit to the current branch: by moving it forward where that is enough. */
export async function mergeInto(work: Work, parsed: Parsed, { name, target, words, reflog }: Target): Promise<number> {
  const { io } = work;
  const { flags } = parsed;
  const quiet = flags.has('quiet');
  const file = lastValue(parsed, 'file');
  const written = file === undefined ? undefined : namedText(io, file);
  if (file !== undefined && written === undefined) throw new GitStop(`error: could not read file '${file}'`, 129);
  if (flags.has('squash') && flags.has('no-ff'))
    throw fatal("options '--squash' and '--no-ff.' cannot be used together");
  const head = await resolve(work, 'HEAD');
  const preference = config(work, 'merge.ff');
  const ffOnly = flags.has('ff-only') || (preference === 'only' && !flags.has('no-ff') && !flags.has('ff'));
  const noFf = flags.has('no-ff') || (preference === 'false' && !flags.has('ff') && !ffOnly);
  if (head === undefined) {
    await moveTo(work, target, 'merge');
    await moveHead(work, target, 'initial pull');
    return 0;
  }
  if (await isAncestor(work, target, head)) {
    if (!quiet) io.stdout(`Already up to date.${flags.has('squash') ? ' (nothing to squash)' : ''}\n`);
    return 0;
  }
  writeState(work, 'ORIG_HEAD', `${head}\n`);
  if ((await isAncestor(work, head, target)) && !noFf) {
    return fastForward(work, parsed, head, target, reflog);
  }
  if (ffOnly) throw fatal('Not possible to fast-forward, aborting.');
  if ((await mergeBases(work, head, target)).length === 0 && !flags.has('unrelated'))
    throw fatal('refusing to merge unrelated histories');
  return realMerge(work, parsed, { name, target, words: written ?? words, reflog }, head);
}

async function fastForward(work: Work, parsed: Parsed, head: string, target: string, reflog: string): Promise<number> {
  const { io } = work;
  const { flags, values } = parsed;
  const [quiet, squash] = [flags.has('quiet'), flags.has('squash')];
  const isUnread = values.has('message') || values.has('file');
  if (!quiet) io.stdout(`Updating ${short(work, head)}..${short(work, target)}\n`);
  if (isAutostash(work, flags)) await putAside(work, OF_MERGE);
  try {
    await moveTo(work, target, 'merge');
  } catch (error) {
    await bringBack(work, OF_MERGE);
    throw error;
  }
  if (!quiet) io.stdout(`Fast-forward${isUnread ? ' (no commit created; -m option ignored)' : ''}\n`);
  if (squash) {
    await writeSquash(work, head, target);
    if (!quiet) io.stdout('Squash commit -- not updating HEAD\n');
  } else await moveHead(work, target, `${reflog}: Fast-forward`);
  if (!quiet && !flags.has('no-stat'))
    io.stdout(await mergeStat(work, await readTree(work, head), await readTree(work, target)));
  await runHook(work, 'post-merge', [squash ? '1' : '0']);
  await bringBack(work, OF_MERGE);
  return 0;
}

const isAutostash = (work: Work, flags: ReadonlySet<string>): boolean =>
  flags.has('autostash') || (config(work, 'merge.autoStash') === 'true' && !flags.has('no-autostash'));

async function mergeStat(work: Work, before: TreeFiles, after: TreeFiles): Promise<string> {
  const changes = await changesBetween(work, before, after, []);
  return `${statOf(changes, painter(work.io))}${modeLines(changes)}`;
}

/** What `git merge --squash` leaves for the message of the commit to come. */
async function writeSquash(work: Work, head: string, target: string): Promise<void> {
  const parts: string[] = [];
  for (const oid of [...(await commitsBetween(work, [head], target))].reverse()) {
    const { author, message, parent } = await commitData(work, oid);
    if (parent.length > 1) continue;
    const text = message
      .trimEnd()
      .split('\n')
      .map((line) => (line === '' ? '' : `    ${line}`))
      .join('\n');
    parts.push(`\ncommit ${oid}\nAuthor: ${author.name} <${author.email}>\nDate:   ${dateOf(author)}\n\n${text}\n`);
  }
  writeState(work, 'SQUASH_MSG', `Squashed commit of the following:\n${parts.join('')}`);
}

async function realMerge(
  work: Work,
  parsed: Parsed,
  { name, target, words, reflog }: Target,
  head: string,
): Promise<number> {
  const { io } = work;
  const { flags } = parsed;
  const quiet = flags.has('quiet');
  const strategy = checkStrategy(parsed);

  const choice = lastValue(parsed, 'choice');
  if (choice !== undefined && choice !== 'ours' && choice !== 'theirs')
    throw new GitStop(`git merge: '-X ${choice}' is not part of this sandbox`, 1);
  const isStashing = isAutostash(work, flags);
  if (isStashing) await putAside(work, OF_MERGE);
  const ours = await readTree(work, head);
  const staged = differences(ours, readIndexFile(work).files);
  if (staged.length > 0) {
    io.stderr(
      `error: Your local changes to the following files would be overwritten by merge:\n  ${staged.join(' ')}\nMerge with strategy ${strategy} failed.\n`,
    );
    return 2;
  }
  const base = await commonTree(work, head, target);
  const merged =
    strategy === 'ours'
      ? { files: ours, conflicts: new Map(), unclear: [], clean: true, messages: '' }
      : await mergeTrees(
          work,
          base.files,
          ours,
          await readTree(work, target),
          { ours: 'HEAD', theirs: name, base: base.label },
          { favor: choice, ...mergeSettings(work) },
        );
  const refusal = await applyMerged(work, ours, merged, 'merge');
  if (refusal !== undefined) {
    io.stderr(`${refusal}\nMerge with strategy ${strategy} failed.\n`);
    await bringBack(work, OF_MERGE);
    return 2;
  }
  io.stdout(merged.messages);
  const given = parsed.values.get('message')?.join('\n\n');
  const message = cleaned(given ?? words);
  const { clean } = merged;
  const stop = !clean || flags.has('squash') || flags.has('no-commit');
  const leave = (list = ''): void => {
    writeState(work, 'MERGE_HEAD', `${target}\n`);
    writeState(work, 'MERGE_MODE', flags.has('no-ff') ? 'no-ff' : '');
    writeState(work, 'MERGE_MSG', `${message}${list}`);
  };
  if (stop) {
    const paths = [...merged.conflicts.keys()].sort((a, b) => (a < b ? -1 : 1));
    const list = clean ? '' : `\n# Conflicts:\n${paths.map((path) => `#\t${path}\n`).join('')}`;
    if (flags.has('squash')) {
      await writeSquash(work, head, target);
      if (!clean) writeState(work, 'MERGE_MSG', list);
      if (!quiet) io.stdout('Squash commit -- not updating HEAD\n');
    } else leave(list);
    const later = isStashing ? 'When finished, apply stashed changes with `git stash pop`\n' : '';
    if (!clean) {
      io.stdout(`Automatic merge failed; fix conflicts and then commit the result.\n${later}`);
      return 1;
    }
    io.stdout(later);
    io.stderr('Automatic merge went well; stopped before committing as requested\n');
    if (flags.has('squash')) await runHook(work, 'post-merge', ['1']);
    return 0;
  }
  const draft = { text: message, source: ['merge'], edited: flags.has('edit') };
  const final = await (flags.has('no-verify') ? Promise.resolve() : askHook(work, 'pre-merge-commit'))
    .then(() => finalMessage(work, draft, flags.has('no-verify'), 'MERGE_MSG'))
    .catch((error: unknown) => {
      leave();
      const said = error instanceof GitStop && error.message === '';
      throw said ? new GitStop("Not committing merge; use 'git commit' to complete the merge.", 1) : error;
    });
  if (final === '')
    throw failed("Empty commit message.\nNot committing merge; use 'git commit' to complete the merge.");
  const oid = await writeCommit(work, {
    files: merged.files,
    parents: [head, target],
    message: final,
    author: await identity(work, 'AUTHOR'),
    committer: await identity(work, 'COMMITTER'),
  });
  dropMerge(work);
  await moveHead(work, oid, `${reflog}: Merge made by the '${strategy}' strategy.`);
  if (!quiet) {
    io.stdout(`Merge made by the '${strategy}' strategy.\n`);
    if (!flags.has('no-stat')) io.stdout(await mergeStat(work, ours, merged.files));
  }
  await runHook(work, 'post-merge', ['0']);
  await bringBack(work, OF_MERGE);
  return 0;
}
