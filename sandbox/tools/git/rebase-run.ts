// The steps of a rebase, one after another; it stops for conflicts, for editing, and when a command fails.

import { commitData, labelOf, short, subjectOf, writeCommit } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import { bringBack, OF_REBASE } from './autostash.ts';
import { commitSummary, finalMessage } from './commit.ts';
import { commitForm } from './commit-form.ts';
import { cleaned, runLine } from './editor.ts';
import { askHook, runHook } from './hooks.ts';
import { identity } from './identity.ts';
import { readIndexFile } from './index-file.ts';
import { GitStop } from './options.ts';
import { changesBetween, patchOf } from './patch.ts';
import { noteRef, updateRefs } from './rebase-refs.ts';
import { lineOf, readTodo, type Todo, writeTodo } from './rebase-todo.ts';
import { moveHead, moveRef, pointHead } from './refs.ts';
import { conflictComment, replay } from './replay.ts';
import { headTree, mustResolve } from './revisions.ts';
import { changesNow, dropMerge, dropState, forceTree, hasState, stateText, writeState } from './state.ts';
import { ownFile, type Work } from './work.ts';
import { differences, readIndex } from './work-tree.ts';

const state = (name: string): string => `rebase-merge/${name}`;

const steps = (work: Work, name: string): readonly Todo[] => readTodo(stateText(work, state(name)) ?? '').steps;

const action = (work: Work): string => stateText(work, state('reflog-action')) ?? 'rebase';

const quiet = (work: Work): boolean => hasState(work, state('quiet'));

const favored = (work: Work): 'ours' | 'theirs' | undefined =>
  /--(ours|theirs)/.exec(stateText(work, state('strategy_opts')) ?? '')?.[1] as 'ours' | 'theirs' | undefined;

/** Git wipes its line of progress with as many spaces as the terminal has columns. */
function wipe(work: Work): void {
  if (!quiet(work)) work.io.stderr(work.io.isTerminal ? '\r\x1b[K' : `\r${' '.repeat(80)}\r`);
}

/** Does what the list still holds, and ends the rebase. @param empty its empty lines, which git counts with the others at first. */
export async function runTodo(work: Work, empty = 0): Promise<number> {
  const { io } = work;
  for (let todo = steps(work, 'git-rebase-todo'); todo.length > 0; todo = steps(work, 'git-rebase-todo')) {
    const [step, ...rest] = todo;
    if (step === undefined) break;
    const done = [...steps(work, 'done'), step];
    writeState(work, state('done'), writeTodo(done));
    writeState(work, state('git-rebase-todo'), writeTodo(rest));
    writeState(work, state('msgnum'), `${done.length}\n`);
    if (!quiet(work) && step.command !== 'noop')
      io.stderr(`Rebasing (${done.length}/${done.length + rest.length + empty})\r`);
    dropState(work, ...['message', 'author-script', 'amend', 'patch', 'stopped-sha'].map(state), 'REBASE_HEAD');
    const exitCode = await runStep(work, step, rest);
    if (exitCode !== undefined) return exitCode;
    if (step.name !== '' && step.command !== 'drop') await recordRewritten(work, step.name, rest[0]);
  }
  return finishRebase(work);
}

/** Writes down what became of a commit, for the hook `post-rewrite`; what is melded has the same new commit. */
async function recordRewritten(work: Work, oid: string, next: Todo | undefined): Promise<void> {
  const before = stateText(work, state('rewritten-pending'));
  const pending = `${before === undefined ? '' : `${before}\n`}${oid}\n`;
  writeState(work, state('rewritten-pending'), pending);
  if (next?.command === 'fixup' || next?.command === 'squash') return;
  const head = await mustResolve(work, 'HEAD');
  const lines = pending.split('\n').flatMap((one) => (one === '' ? [] : [`${one} ${head}\n`]));
  const earlier = stateText(work, state('rewritten-list'));
  writeState(work, state('rewritten-list'), `${earlier === undefined ? '' : `${earlier}\n`}${lines.join('')}`);
  dropState(work, state('rewritten-pending'));
}

/** The exit code when the rebase stops here. */
async function runStep(work: Work, step: Todo, rest: readonly Todo[]): Promise<number | undefined> {
  const { io } = work;
  switch (step.command) {
    case 'noop':
    case 'drop':
      return undefined;
    case 'break': {
      wipe(work);
      io.stderr(`Stopped at ${await labelOf(work, await mustResolve(work, 'HEAD'))}\n`);
      return 0;
    }
    case 'label':
      return undefined;
    case 'reset':
      // Without merges HEAD is there already.
      if (!/^(onto|\[new root\])$/.test(step.rest))
        throw new GitStop(`git rebase: 'reset ${step.rest}' of a list is not part of this sandbox`, 1);
      return undefined;
    case 'update-ref':
      await noteRef(work, step.rest);
      return undefined;
    case 'exec':
      return runExec(work, step.rest);
    default:
      return pick(work, step, rest);
  }
}

async function runExec(work: Work, line: string): Promise<number | undefined> {
  const { io } = work;
  wipe(work);
  io.stderr(`Executing: ${line}\n`);
  const exitCode = await runLine(work.io, line);
  if (exitCode === 0) return undefined;
  const { staged, unstaged } = await changesNow(work);
  const left = staged || unstaged ? 'and made changes to the index and/or the working tree\n' : '';
  io.stderr(
    `warning: execution failed: ${line}\n${left}You can fix the problem, and then run\n\n  git rebase --continue\n\n\n`,
  );
  return 1;
}

async function pick(work: Work, step: Todo, rest: readonly Todo[]): Promise<number | undefined> {
  const { io } = work;
  const { command, name: oid } = step;
  const data = await commitData(work, oid);
  const head = await mustResolve(work, 'HEAD');
  const melding = command === 'squash' || command === 'fixup';
  const isRoot = head === stateText(work, state('squash-onto'));
  if (!melding && (isRoot ? data.parent.length === 0 : data.parent[0] === head)) {
    await forceTree(work, await readTree(work, oid));
    await moveHead(work, oid, `${action(work)}: fast-forward`);
  } else {
    let merged: Awaited<ReturnType<typeof replay>>;
    try {
      merged = await replay(work, { oid, command: 'rebase', favor: favored(work) });
    } catch (error) {
      if (!(error instanceof GitStop)) throw error;
      // What stands in the way is told, and the step is tried again by --continue.
      writeState(work, state('git-rebase-todo'), writeTodo([step, ...rest]));
      writeState(work, state('done'), writeTodo(steps(work, 'done').slice(0, -1)));
      io.stderr(
        `${error.message.replace(/\nfatal: rebase failed$/, '')}\nhint: Could not execute the todo command\nhint: \nhint:     ${lineOf(step)}\nhint: \nhint: It has been rescheduled; To edit the command before continuing, please\nhint: edit the todo list first:\nhint: \nhint:     git rebase --edit-todo\nhint:     git rebase --continue\n`,
      );
      return 1;
    }
    const message = melding ? await meldedMessage(work, step) : data.message;
    if (!merged.clean) return stopForConflict(work, step, message, conflictComment(merged));
    const wasEmpty = differences(await readTree(work, data.parent[0]), await readTree(work, oid)).length === 0;
    const isEmpty = differences(await headTree(work), merged.files).length === 0;
    if (!melding && isEmpty && !wasEmpty) {
      io.stderr(`dropping ${oid} ${subjectOf(data)} -- patch contents already upstream\n`);
      return undefined;
    }
    if (melding) return meld(work, step, rest, message);
    await commitAs(work, {
      message: await hooked(work, message),
      parents: isRoot ? [] : [head],
      author: data.author,
      reflog: `(${command})`,
    });
    await runHook(work, 'post-commit');
  }
  if (command === 'edit') {
    wipe(work);
    io.stderr(`Stopped at ${short(work, oid)}...  ${subjectOf(data)}\n`);
    await writeStopped(work, step, data.message);
    writeState(work, state('amend'), `${await mustResolve(work, 'HEAD')}\n`);
    io.stderr(
      'You can amend the commit now, with\n\n  git commit --amend \n\nOnce you are satisfied with your changes, run\n\n  git rebase --continue\n',
    );
    return 0;
  }
  if (command === 'reword') {
    const now = await mustResolve(work, 'HEAD');
    const { parent, message, author } = await commitData(work, now);
    await askHook(work, 'pre-commit');
    const text = await editedMessage(work, { text: message, source: ['commit', 'HEAD'], author, verified: true });
    await commitAs(work, { message: text, parents: parent, author, reflog: '(reword)' });
    io.stdout(await commitSummary(work, await mustResolve(work, 'HEAD'), { dated: true, amended: true }));
    await tellAmended(work, now);
  }
  return undefined;
}

interface Made {
  readonly message: string;
  readonly parents: readonly string[];
  readonly author: Awaited<ReturnType<typeof commitData>>['author'];
  readonly reflog: string;
}

/** What the hook makes of the message of a commit that nobody edits. */
async function hooked(work: Work, message: string): Promise<string> {
  writeState(work, 'COMMIT_EDITMSG', message);
  await askHook(work, 'prepare-commit-msg', ['.git/COMMIT_EDITMSG', 'message']);
  return work.io.machine.files.readText(ownFile(work, 'COMMIT_EDITMSG'));
}

interface Wording {
  readonly text: string;
  readonly source: readonly string[];
  readonly author: Made['author'];
  /** Whether the hook that judges messages is asked. */
  readonly verified?: boolean;
  readonly amending?: boolean;
}

/** A message as the person leaves it in the editor. @throws GitStop when nothing is left of it. */
async function editedMessage(
  work: Work,
  { text, source, author, verified = false, amending = true }: Wording,
): Promise<string> {
  const committer = await identity(work, 'COMMITTER');
  const form = await commitForm(work, { author, committer, dated: true, amending, replaying: true });
  const message = await finalMessage(work, { text: `${text.trimEnd()}\n`, source, edited: true, form }, !verified);
  if (message === '') throw new GitStop('Aborting commit due to empty commit message.', 1);
  return message;
}

/** Runs the hooks after a commit took the place of another. */
async function tellAmended(work: Work, before: string): Promise<void> {
  await runHook(work, 'post-commit');
  await runHook(work, 'post-rewrite', ['amend'], `${before} ${await mustResolve(work, 'HEAD')}\n`);
}

async function commitAs(work: Work, { message, parents, author, reflog }: Made): Promise<void> {
  const committer = await identity(work, 'COMMITTER');
  const files = await readIndex(work);
  const oid = await writeCommit(work, { files, parents, message, author, committer });
  if (oid !== (await mustResolve(work, 'HEAD')))
    await moveHead(work, oid, `${action(work)} ${reflog}: ${message.split('\n')[0]}`);
  dropMerge(work);
}

/** The message that grows while commits are melded, as the person sees it in the editor. */
async function meldedMessage(work: Work, { command, name }: Todo): Promise<string> {
  const { message } = await commitData(work, name);
  const earlier = stateText(work, state('message-squash'));
  const count = Number(stateText(work, state('current-fixups'))?.split('\n').length ?? 0) + 2;
  const before = (await commitData(work, await mustResolve(work, 'HEAD'))).message;
  const start = `${earlier ?? `# This is a combination of 2 commits.\n# This is the 1st commit message:\n\n${before.trimEnd()}`}\n`;
  const body = start.replace(
    /^# This is a combination of \d+ commits\./,
    `# This is a combination of ${count} commits.`,
  );
  const text = message
    .trimEnd()
    .replace(/^(squash|fixup)! .*\n*/, (line) => (command === 'squash' ? `# ${line.trimEnd()}\n\n` : line));
  const next =
    command === 'squash'
      ? `\n# This is the commit message #${count}:\n\n${text.trimEnd()}\n`
      : `\n# The commit message #${count} will be skipped:\n\n${message
          .trimEnd()
          .split('\n')
          .map((line) => (line === '' ? '#' : `# ${line}`))
          .join('\n')}\n`;
  writeState(work, state('message-squash'), body + next);
  const chain = stateText(work, state('current-fixups'));
  writeState(work, state('current-fixups'), `${chain === undefined ? '' : `${chain}\n`}${command} ${name}\n`);
  return body + next;
}

async function meld(work: Work, step: Todo, rest: readonly Todo[], message: string): Promise<undefined> {
  const head = await mustResolve(work, 'HEAD');
  const before = await commitData(work, head);
  const goesOn = rest[0]?.command === 'squash' || rest[0]?.command === 'fixup';
  const chain = stateText(work, state('current-fixups')) ?? '';
  const onlyFixups = !chain.includes('squash ');
  const edited = !goesOn && !onlyFixups;
  const { author } = before;
  const text = edited
    ? await editedMessage(work, { text: message, source: ['message'], author })
    : await hooked(work, onlyFixups ? before.message : cleaned(message, false));
  if (text === '') throw new GitStop('Aborting commit due to empty commit message.', 1);
  await commitAs(work, { message: text, parents: before.parent, author: before.author, reflog: `(${step.command})` });
  if (edited)
    work.io.stdout(await commitSummary(work, await mustResolve(work, 'HEAD'), { dated: true, amended: true }));
  await tellAmended(work, head);
  if (!goesOn) dropState(work, state('message-squash'), state('current-fixups'));
  return undefined;
}

/** What is written down when the rebase stops at a commit. */
async function writeStopped(work: Work, { name }: Todo, message: string): Promise<void> {
  const { author, parent } = await commitData(work, name);
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const changes = await changesBetween(work, await readTree(work, parent[0]), await readTree(work, name), []);
  writeState(work, state('stopped-sha'), `${name}\n`);
  writeState(work, state('message'), `${message}\n`);
  writeState(work, state('patch'), changes.map((change) => patchOf(change, (_, one) => one)).join(''));
  writeState(
    work,
    state('author-script'),
    `GIT_AUTHOR_NAME=${quoted(author.name)}\nGIT_AUTHOR_EMAIL=${quoted(author.email)}\nGIT_AUTHOR_DATE='@${author.timestamp} +0000'\n`,
  );
  writeState(work, 'REBASE_HEAD', `${name}\n`);
}

async function stopForConflict(work: Work, step: Todo, message: string, list: string): Promise<number> {
  const label = await labelOf(work, step.name, 'message');
  await writeStopped(work, step, message);
  writeState(work, 'MERGE_MSG', `${message}${list}`);
  if (step.command === 'squash' || step.command === 'fixup')
    writeState(work, state('amend'), `${await mustResolve(work, 'HEAD')}\n`);
  work.io.stderr(
    `error: could not apply ${label}\nhint: Resolve all conflicts manually, mark them as resolved with\nhint: "git add/rm <conflicted_files>", then run "git rebase --continue".\nhint: You can instead skip this commit: run "git rebase --skip".\nhint: To abort and get back to the state before "git rebase", run "git rebase --abort".\nCould not apply ${label}\n`,
  );
  return 1;
}

export async function continueRebase(work: Work): Promise<number> {
  const { io } = work;
  const { wrong } = readTodo(stateText(work, state('git-rebase-todo')) ?? '');
  if (wrong.length > 0)
    throw new GitStop(`${wrong.join('\n')}\nerror: please fix this using 'git rebase --edit-todo'.`, 1);
  const { conflicts } = readIndexFile(work);
  if (conflicts.size > 0) {
    io.stdout([...conflicts.keys()].map((path) => `${path}: needs merge\n`).join(''));
    io.stdout('You must edit all merge conflicts and then\nmark them as resolved using git add\n');
    return 1;
  }
  const { staged, unstaged } = await changesNow(work);
  if (unstaged) {
    io.stdout('You must edit all merge conflicts and then\nmark them as resolved using git add\n');
    return 1;
  }
  const stopped = stateText(work, state('stopped-sha'));
  const amend = stateText(work, state('amend'));
  const head = await mustResolve(work, 'HEAD');
  if (staged) {
    if (amend !== undefined && amend !== head)
      throw new GitStop(
        "error: \nYou have uncommitted changes in your working tree. Please, commit them\nfirst and then run 'git rebase --continue' again.",
        1,
      );
    const before = await commitData(work, amend ?? stopped ?? head);
    const parents = amend === undefined ? [head] : before.parent;
    const prepared = stateText(work, 'MERGE_MSG') ?? before.message;
    const chain = stateText(work, state('current-fixups'));
    const text = chain !== undefined && !chain.includes('squash ') ? before.message : prepared;
    let message: string;
    try {
      const { author } = before;
      message = await editedMessage(work, { text, source: ['message'], author, amending: amend !== undefined });
    } catch (error) {
      if (!(error instanceof GitStop)) throw error;
      io.stderr(`${error.message}\nerror: could not commit staged changes.\n`);
      return 1;
    }
    await commitAs(work, { message, parents, author: before.author, reflog: '(continue)' });
    io.stdout(await commitSummary(work, await mustResolve(work, 'HEAD'), { dated: amend !== undefined }));
    await (amend === undefined ? runHook(work, 'post-commit') : tellAmended(work, amend));
    if (!['squash', 'fixup'].includes(steps(work, 'git-rebase-todo')[0]?.command ?? ''))
      dropState(work, state('message-squash'), state('current-fixups'));
  }
  dropMerge(work);
  if (stopped !== undefined) await recordRewritten(work, stopped, steps(work, 'git-rebase-todo')[0]);
  dropState(work, state('stopped-sha'));
  return runTodo(work);
}

export async function skipStep(work: Work): Promise<number> {
  await forceTree(work, await headTree(work));
  dropMerge(work);
  return runTodo(work);
}

export async function abortRebase(work: Work): Promise<number> {
  const name = stateText(work, state('head-name')) ?? '';
  const oid = stateText(work, state('orig-head')) ?? '';
  await forceTree(work, await readTree(work, oid));
  const message = `${action(work)} (abort): returning to ${name === 'detached HEAD' ? oid : name}`;
  await pointHead(work, { oid, ...(name.startsWith('refs/heads/') && { branch: name.slice(11) }) }, message);
  await end(work);
  return 0;
}

/** Lets the branch name the new commits. */
export async function finishRebase(work: Work): Promise<number> {
  const name = stateText(work, state('head-name')) ?? '';
  const onto = stateText(work, state('onto')) ?? '';
  const head = await mustResolve(work, 'HEAD');
  if (name.startsWith('refs/heads/')) {
    await moveRef(work, name, head, `${action(work)} (finish): ${name} onto ${onto}`);
    await pointHead(work, { branch: name.slice(11), oid: head }, `${action(work)} (finish): returning to ${name}`);
  }
  const isQuiet = quiet(work);
  const updated = await updateRefs(work);
  const rewritten = stateText(work, state('rewritten-list'));
  if (rewritten !== undefined) await runHook(work, 'post-rewrite', ['rebase'], `${rewritten}\n`);
  await end(work);
  if (isQuiet) return 0;
  work.io.stderr(work.io.isTerminal ? '\r\x1b[K' : `\r${' '.repeat(80)}\r`);
  work.io.stderr(`Successfully rebased and updated ${name === 'detached HEAD' ? 'detached HEAD' : name}.\n${updated}`);
  return 0;
}

/** Takes the state away, and brings back what was put aside. */
export async function end(work: Work): Promise<void> {
  await bringBack(work, OF_REBASE);
  dropState(work, 'rebase-merge', 'REBASE_HEAD');
  dropMerge(work);
}
