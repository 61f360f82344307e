import { commitData, commitsBetween, labelOf, short, subjectOf, writeCommit } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import { commit, commitSummary, finalMessage } from './commit.ts';
import { commitForm } from './commit-form.ts';
import { cleaned } from './editor.ts';
import { runHook } from './hooks.ts';
import { identity } from './identity.ts';
import { readIndexFile } from './index-file.ts';
import { moveTo } from './move-to.ts';
import { fatal, GitStop, lastValue, type OptionTable, type Parsed, readOptions, UsageStop } from './options.ts';
import { moveHead } from './refs.ts';
import { conflictComment, replay } from './replay.ts';
import { headTree, mustResolve, resolve } from './revisions.ts';
import { changesNow, dropMerge, dropState, hasState, mergeReset, stateText, writeState } from './state.ts';
import { nothingToCommit } from './status-long.ts';
import { cutTrailers } from './trailers.ts';
import type { Work } from './work.ts';
import { differences } from './work-tree.ts';

type Command = 'cherry-pick' | 'revert';

const options: OptionTable = {
  '-n': { as: 'no-commit' },
  '--no-commit': { as: 'no-commit' },
  '-e': { as: 'edit' },
  '--edit': { as: 'edit' },
  '--no-edit': { as: 'no-edit' },
  '-x': { as: 'origin' },
  '-m': { as: 'mainline', value: true },
  '--mainline': { as: 'mainline', value: true },
  '-X': { as: 'choice', value: true },
  '--strategy-option': { as: 'choice', value: true },
  '--ff': { as: 'ff' },
  '--allow-empty': { as: 'allow-empty' },
  '--keep-redundant-commits': { as: 'keep-redundant' },
  '-s': { as: 'signoff' },
  '--signoff': { as: 'signoff' },
  '--continue': { as: 'continue' },
  '--skip': { as: 'skip' },
  '--abort': { as: 'abort' },
  '--quit': { as: 'quit' },
};

/** `git cherry-pick`: makes commits again here. */
export const cherryPick = (work: Work, args: readonly string[]): Promise<number> => start(work, 'cherry-pick', args);

/** `git revert`: new commits that undo others. */
export const revert = (work: Work, args: readonly string[]): Promise<number> => start(work, 'revert', args);

const headFile = (command: Command): string => (command === 'revert' ? 'REVERT_HEAD' : 'CHERRY_PICK_HEAD');

async function start(work: Work, command: Command, args: readonly string[]): Promise<number> {
  const parsed = readOptions(command, args, options);
  const { flags, words } = parsed;
  if (flags.has('continue')) return goOn(work, command);
  if (flags.has('skip')) return skip(work, command);
  if (flags.has('abort')) return abort(work, command);
  if (flags.has('quit')) {
    dropState(work, 'sequencer');
    dropMerge(work);
    return 0;
  }
  if (words.length === 0) throw new UsageStop(command);
  const commits = await commitsOf(work, command, words);
  if (readIndexFile(work).conflicts.size > 0)
    throw new GitStop(
      `error: ${command === 'revert' ? 'Reverting' : 'Cherry-picking'} is not possible because you have unmerged files.\nhint: Fix them up in the work tree, and then use 'git add/rm <file>'\nhint: as appropriate to mark resolution and make a commit.\nfatal: ${command} failed`,
    );
  if (commits.length > 1) {
    if (hasState(work, 'sequencer'))
      throw new GitStop(
        `error: ${stateText(work, 'sequencer/todo')?.startsWith('revert') ? 'revert' : 'cherry-pick'} is already in progress\nhint: try "git ${command} (--continue | --skip | --abort | --quit)"\nfatal: ${command} failed`,
      );
    writeState(work, 'sequencer/head', `${await mustResolve(work, 'HEAD')}\n`);
    const kept = optionsText(parsed);
    if (kept !== '') writeState(work, 'sequencer/opts', kept);
  }
  return runAll(work, command, commits, parsed, commits.length > 1);
}

function optionsText(parsed: Parsed): string {
  const lines = [
    ...(parsed.flags.has('no-commit') ? ['\tno-commit = true'] : []),
    ...(parsed.flags.has('origin') ? ['\trecord-origin = true'] : []),
    ...(parsed.flags.has('edit') ? ['\tedit = true'] : parsed.flags.has('no-edit') ? ['\tedit = false'] : []),
    ...(parsed.values.has('mainline') ? [`\tmainline = ${lastValue(parsed, 'mainline')}`] : []),
    ...(parsed.values.has('choice') ? [`\tstrategy-option = ${lastValue(parsed, 'choice')}`] : []),
  ];
  return lines.length === 0 ? '' : `[options]\n${lines.map((line) => `${line}\n`).join('')}`;
}

function storedOptions(work: Work): Parsed {
  const text = stateText(work, 'sequencer/opts') ?? '';
  const value = (name: string): string | undefined => new RegExp(`^\\t${name} = (.*)$`, 'm').exec(text)?.[1];
  const flags = new Set<string>();
  if (value('record-origin') !== undefined) flags.add('origin');
  if (value('no-commit') !== undefined) flags.add('no-commit');
  if (value('edit') === 'true') flags.add('edit');
  const values = new Map<string, readonly string[]>();
  for (const [stored, as] of [
    ['mainline', 'mainline'],
    ['strategy-option', 'choice'],
  ] as const) {
    const one = value(stored);
    if (one !== undefined) values.set(as, [one]);
  }
  return { flags, values, words: [], paths: undefined };
}

/** What is named: single commits in the order of the line, ranges oldest first (a revert goes backwards). */
async function commitsOf(work: Work, command: Command, words: readonly string[]): Promise<readonly string[]> {
  const [hidden, shown]: [string[], string[]] = [[], []];
  let isRange = false;
  const find = async (name: string, whole: string): Promise<string> => {
    const oid = await resolve(work, name === '-' ? '@{-1}' : name);
    if (oid === undefined) throw fatal(`bad revision '${whole}'`);
    return oid;
  };
  for (const word of words) {
    const [from, to] = word.split('..');
    if (to !== undefined) {
      isRange = true;
      hidden.push(await find(from || 'HEAD', word));
      shown.push(await find(to || 'HEAD', word));
    } else if (word.startsWith('^')) {
      isRange = true;
      hidden.push(await find(word.slice(1), word));
    } else shown.push(await find(word, word));
  }
  if (!isRange) return shown;
  const found: string[] = [];
  for (const one of shown)
    for (const oid of await commitsBetween(work, hidden, one)) if (!found.includes(oid)) found.push(oid);
  if (found.length === 0) throw new GitStop(`error: empty commit set passed\nfatal: ${command} failed`);
  return command === 'revert' ? found.reverse() : found;
}

async function writeTodo(work: Work, command: Command, rest: readonly string[]): Promise<void> {
  const verb = command === 'revert' ? 'revert' : 'pick';
  const lines: string[] = [];
  for (const oid of rest) lines.push(`${verb} ${short(work, oid)} ${subjectOf(await commitData(work, oid))}\n`);
  writeState(work, 'sequencer/todo', lines.join(''));
}

async function runAll(
  work: Work,
  command: Command,
  commits: readonly string[],
  parsed: Parsed,
  sequence: boolean,
): Promise<number> {
  for (const [at, oid] of commits.entries()) {
    if (sequence) {
      await writeTodo(work, command, commits.slice(at));
      writeState(work, 'sequencer/abort-safety', `${await mustResolve(work, 'HEAD')}\n`);
    }
    const exitCode = await one(work, command, oid, parsed, sequence);
    if (exitCode !== 0) return exitCode;
  }
  if (sequence) dropState(work, 'sequencer');
  return 0;
}

async function messageFor(work: Work, command: Command, oid: string, parsed: Parsed): Promise<string> {
  const { message, parent } = await commitData(work, oid);
  if (command === 'cherry-pick') {
    if (!parsed.flags.has('origin')) return message;
    const body = `${message.trimEnd()}\n`;
    return `${body}${cutTrailers(body).text === '' ? '\n' : ''}(cherry picked from commit ${oid})\n`;
  }
  const mainline = lastValue(parsed, 'mainline');
  const reversing =
    mainline === undefined || parent.length < 2 ? '.' : `, reversing\nchanges made to ${parent[Number(mainline) - 1]}.`;
  return `Revert "${subjectOf({ message })}"\n\nThis reverts commit ${oid}${reversing}\n`;
}

async function one(work: Work, command: Command, oid: string, parsed: Parsed, sequence: boolean): Promise<number> {
  const { io } = work;
  const { flags } = parsed;
  const noCommit = flags.has('no-commit');
  const head = await mustResolve(work, 'HEAD');
  if (!noCommit && (await changesNow(work)).staged) {
    const hint = 'hint: commit your changes or stash them to proceed.\n';
    throw new GitStop(`error: your local changes would be overwritten by ${command}.\n${hint}fatal: ${command} failed`);
  }
  const data = await commitData(work, oid);
  if (flags.has('ff') && data.parent[0] === head && data.parent.length === 1) {
    await moveTo(work, oid, 'merge');
    await moveHead(work, oid, 'cherry-pick: fast-forward');
    return 0;
  }
  const choice = lastValue(parsed, 'choice');
  const mainline = lastValue(parsed, 'mainline');
  const merged = await replay(work, {
    oid,
    command,
    reverse: command === 'revert',
    mainline: mainline === undefined ? undefined : Number(mainline),
    favor: choice === 'ours' || choice === 'theirs' ? choice : undefined,
    ontoIndex: noCommit,
  });
  const message = cleaned(await messageFor(work, command, oid, parsed));
  writeState(work, 'MERGE_MSG', `${message}${conflictComment(merged)}`);
  if (!merged.clean) {
    if (!noCommit) writeState(work, headFile(command), `${oid}\n`);
    io.stderr(
      `error: could not ${command === 'revert' ? 'revert' : 'apply'} ${await labelOf(work, oid, 'message')}\n${noCommit ? "hint: after resolving the conflicts, mark the corrected paths\nhint: with 'git add <paths>' or 'git rm <paths>'\n" : hintsOf(command)}`,
    );
    return 1;
  }
  if (noCommit) {
    if (command === 'revert') writeState(work, 'REVERT_HEAD', `${oid}\n`);
    return 0;
  }
  const isEmpty = differences(await headTree(work), merged.files).length === 0;
  // One that was empty from the beginning may be made; one that became so may not.
  const wasEmpty = differences(await readTree(work, data.parent[0]), await readTree(work, oid)).length === 0;
  if (isEmpty && !flags.has('keep-redundant') && !(wasEmpty && flags.has('allow-empty'))) {
    if (command === 'cherry-pick') writeState(work, 'CHERRY_PICK_HEAD', `${oid}\n`);
    if (command === 'cherry-pick') io.stderr(emptyPick);
    io.stdout(await nothingToCommit(work));
    return 1;
  }
  const committer = await identity(work, 'COMMITTER');
  const author = command === 'revert' ? await identity(work, 'AUTHOR') : data.author;
  const edited = flags.has('edit');
  const form = edited
    ? await commitForm(work, { author, committer, dated: command !== 'revert', amending: false })
    : '';
  const final = await finalMessage(work, { text: message, source: ['message'], edited, form }, true);
  const created = await writeCommit(work, { files: merged.files, parents: [head], message: final, author, committer });
  await moveHead(work, created, `${command}: ${final.split('\n')[0]}`);
  dropMerge(work);
  io.stdout(await commitSummary(work, created, { dated: true }));
  if (sequence) writeState(work, 'sequencer/abort-safety', `${created}\n`);
  await runHook(work, 'post-commit');
  return 0;
}

const emptyPick =
  "The previous cherry-pick is now empty, possibly due to conflict resolution.\nIf you wish to commit it anyway, use:\n\n    git commit --allow-empty\n\nOtherwise, please use 'git cherry-pick --skip'\n";

const hintsOf = (command: Command): string =>
  `hint: After resolving the conflicts, mark them with\nhint: "git add/rm <pathspec>", then run\nhint: "git ${command} --continue".\nhint: You can instead skip this commit with "git ${command} --skip".\nhint: To abort and get back to the state before "git ${command}",\nhint: run "git ${command} --abort".\n`;

const underWay = (work: Work): boolean =>
  hasState(work, 'CHERRY_PICK_HEAD') || hasState(work, 'REVERT_HEAD') || hasState(work, 'sequencer');

const nothing = (command: Command, skips = false): GitStop =>
  new GitStop(`error: no ${skips ? command : 'cherry-pick or revert'} in progress\nfatal: ${command} failed`);

/** The commits that wait after the current one. */
async function waiting(work: Work): Promise<readonly string[]> {
  const lines = (stateText(work, 'sequencer/todo') ?? '').split('\n').filter((line) => line !== '');
  return Promise.all(lines.map((line) => mustResolve(work, line.split(' ')[1] ?? '')));
}

async function goOn(work: Work, command: Command): Promise<number> {
  if (!underWay(work)) throw nothing(command);
  const sequence = hasState(work, 'sequencer');
  const rest = (await waiting(work)).slice(1);
  const isStopped = hasState(work, 'CHERRY_PICK_HEAD') || hasState(work, 'REVERT_HEAD');
  const parsed = storedOptions(work);
  if (isStopped) {
    const exitCode = await commit(work, ['--no-edit', '--cleanup=strip']);
    if (exitCode !== 0) return exitCode;
  }
  if (!sequence) return 0;
  return runAll(work, command, rest, parsed, true);
}

async function skip(work: Work, command: Command): Promise<number> {
  if (!underWay(work)) throw nothing(command, true);
  const rest = (await waiting(work)).slice(1);
  const parsed = storedOptions(work);
  await mergeReset(work, await headTree(work));
  dropMerge(work);
  return hasState(work, 'sequencer') ? runAll(work, command, rest, parsed, true) : 0;
}

async function abort(work: Work, command: Command): Promise<number> {
  if (!underWay(work)) throw nothing(command);
  const head = stateText(work, 'sequencer/head') ?? (await mustResolve(work, 'HEAD'));
  await mergeReset(work, await readTree(work, head));
  await moveHead(work, head, `reset: moving to ${head}`);
  dropMerge(work);
  dropState(work, 'sequencer');
  return 0;
}
