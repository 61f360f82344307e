import { commitData, commitsBetween, mergeBases, short, subjectOf, writeCommit } from '../../forge/git/index.ts';
import { isAncestor, readTree } from '../../forge/index.ts';
import { leaveAside, OF_REBASE, putAside } from './autostash.ts';
import { allRefs } from './decorations.ts';
import { edit } from './editor.ts';
import { runHook } from './hooks.ts';
import { identity } from './identity.ts';
import type { RebaseWish } from './lazy.ts';
import { moveTo } from './move-to.ts';
import { fatal, GitStop, lastValue, type OptionTable, readOptions } from './options.ts';
import { changesBetween, patchOf } from './patch.ts';
import { abortRebase, continueRebase, end, finishRebase, runTodo, skipStep } from './rebase-run.ts';
import { autosquashed, isOfNoCommit, pickOf, readTodo, type Todo, todoHelp, writeTodo } from './rebase-todo.ts';
import { pointHead } from './refs.ts';
import { mustResolve, resolve } from './revisions.ts';
import { show } from './show.ts';
import { config } from './sources.ts';
import { dropState, hasState, refuseChanges, writeState } from './state.ts';
import { upstreamOf } from './upstream.ts';
import { currentBranch, ownFile, type Work } from './work.ts';

const options: OptionTable = {
  '-i': { as: 'interactive' },
  '--interactive': { as: 'interactive' },
  '--onto': { as: 'onto', value: true },
  '--keep-base': { as: 'keep-base' },
  '--root': { as: 'root' },
  // What was empty before is kept anyway.
  '--keep-empty': { as: 'keep-empty' },
  '-k': { as: 'keep-empty' },
  '--reapply-cherry-picks': { as: 'reapply' },
  '--no-reapply-cherry-picks': { as: 'no-reapply' },
  '-X': { as: 'choice', value: true },
  '--strategy-option': { as: 'choice', value: true },
  '--autosquash': { as: 'autosquash' },
  '--no-autosquash': { as: 'no-autosquash' },
  '--autostash': { as: 'autostash' },
  '--no-autostash': { as: 'no-autostash' },
  '-x': { as: 'exec', value: true },
  '--exec': { as: 'exec', value: true },
  '-f': { as: 'force' },
  '--force-rebase': { as: 'force' },
  '--no-ff': { as: 'force' },
  '--no-verify': { as: 'no-verify' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '--continue': { as: 'continue' },
  '--skip': { as: 'skip' },
  '--abort': { as: 'abort' },
  '--quit': { as: 'quit' },
  '--edit-todo': { as: 'edit-todo' },
  '--show-current-patch': { as: 'show-patch' },
  '--update-refs': { as: 'update-refs' },
  '--no-update-refs': { as: 'no-update-refs' },
  '-r': { as: 'merges' },
  '--rebase-merges': { as: 'merges', value: 'optional' },
  '--no-rebase-merges': { as: 'no-merges' },
};

/** `git rebase`: makes the commits of a branch again on top of another one. */
export async function rebase(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('rebase', args, options);
  const { flags, words } = parsed;
  if (flags.has('show-patch')) {
    if (!hasState(work, 'rebase-merge')) throw fatal('No rebase in progress?');
    return show(work, ['REBASE_HEAD']);
  }
  const action = ['continue', 'skip', 'abort', 'quit', 'edit-todo'].find((name) => flags.has(name));
  if (action !== undefined) {
    if (!hasState(work, 'rebase-merge')) throw fatal('No rebase in progress?');
    if (action === 'continue') return continueRebase(work);
    if (action === 'skip') return skipStep(work);
    if (action === 'abort') return abortRebase(work);
    if (action === 'edit-todo') return editTodo(work);
    await leaveAside(work, OF_REBASE);
    dropState(work, 'rebase-merge');
    return 0;
  }
  if (hasState(work, 'rebase-merge')) throw alreadyUnderWay();
  const [named, branch] = words;
  const start = branch === undefined ? undefined : await branchNamed(work, branch);
  if (named !== undefined && (await resolve(work, named === '-' ? '@{-1}' : named)) === undefined)
    throw fatal(`invalid upstream '${named}'`);
  const current = start === undefined ? await currentBranch(work) : start.branch;
  let upstreamName = named;
  if (upstreamName === undefined && !flags.has('root')) {
    const upstream = current === undefined ? undefined : await upstreamOf(work, current);
    if (upstream === undefined) {
      work.io.stdout(noUpstream(current));
      return 1;
    }
    upstreamName = upstream.name;
  }
  const head = start?.oid ?? (await mustResolve(work, 'HEAD'));
  const upstream =
    upstreamName === undefined ? undefined : await resolve(work, upstreamName === '-' ? '@{-1}' : upstreamName);
  if (upstreamName !== undefined && upstream === undefined) throw fatal(`invalid upstream '${upstreamName}'`);
  const isKept = flags.has('keep-base');
  if (isKept && parsed.values.has('onto')) throw fatal("options '--keep-base' and '--onto' cannot be used together");
  const choice = lastValue(parsed, 'choice');
  const given =
    isKept && upstream !== undefined ? (await mergeBases(work, upstream, head))[0] : lastValue(parsed, 'onto');
  const root = given === undefined && upstream === undefined ? await emptyRoot(work) : undefined;
  const ontoName = given ?? upstreamName ?? root ?? '';
  const onto = given === undefined ? (upstream ?? root) : await resolve(work, ontoName);
  if (onto === undefined) throw fatal(`Does not point to a valid commit '${ontoName}'`);
  const autostash =
    flags.has('autostash') || (config(work, 'rebase.autoStash') === 'true' && !flags.has('no-autostash'));
  if (!autostash) await refuseChanges(work, 'rebase');
  if (
    !flags.has('no-verify') &&
    (await runHook(work, 'pre-rebase', [upstreamName ?? '--root', ...words.slice(1, 2)])) !== 0
  )
    throw new GitStop('fatal: The pre-rebase hook refused to rebase.');
  const interactive = flags.has('interactive') || parsed.values.has('exec');
  return rebaseOnto(work, {
    onto,
    ontoName,
    upstream,
    head,
    branch: current,
    interactive,
    edited: flags.has('interactive'),
    autosquash:
      flags.has('interactive') &&
      (flags.has('autosquash') || (config(work, 'rebase.autoSquash') === 'true' && !flags.has('no-autosquash'))),
    exec: parsed.values.get('exec') ?? [],
    updateRefs:
      flags.has('update-refs') || (config(work, 'rebase.updateRefs') === 'true' && !flags.has('no-update-refs')),
    merges: flags.has('merges'),
    force: flags.has('force'),
    autostash,
    root,
    reflog: 'rebase',
    quiet: flags.has('quiet'),
    ...(choice === 'ours' || choice === 'theirs' ? { favor: choice } : {}),
    reapply: flags.has('reapply') || (isKept && !flags.has('no-reapply')),
  });
}

async function emptyRoot(work: Work): Promise<string> {
  const people = { author: await identity(work, 'AUTHOR'), committer: await identity(work, 'COMMITTER') };
  return writeCommit(work, { files: new Map(), parents: [], message: '', ...people });
}

function alreadyUnderWay(): GitStop {
  return fatal(
    'It seems that there is already a rebase-merge directory, and\nI wonder if you are in the middle of another rebase.  If that is the\ncase, please try\n\tgit rebase (--continue | --abort | --skip)\nIf that is not the case, please\n\trm -fr ".git/rebase-merge"\nand run me again.  I am stopping in case you still have something\nvaluable there.\n',
  );
}

function noUpstream(branch: string | undefined): string {
  return branch === undefined
    ? "You are not currently on a branch.\nPlease specify which branch you want to rebase against.\nSee git-rebase(1) for details.\n\n    git rebase '<branch>'\n\n"
    : `There is no tracking information for the current branch.\nPlease specify which branch you want to rebase against.\nSee git-rebase(1) for details.\n\n    git rebase '<branch>'\n\nIf you wish to set tracking information for this branch you can do so with:\n\n    git branch --set-upstream-to=<remote>/<branch> ${branch}\n\n`;
}

async function branchNamed(work: Work, name: string): Promise<{ readonly oid: string; readonly branch?: string }> {
  const oid = await resolve(work, `refs/heads/${name}`);
  if (oid !== undefined) return { oid, branch: name };
  const commit = await resolve(work, name);
  if (commit === undefined) throw fatal(`no such branch/commit '${name}'`);
  return { oid: commit };
}

/** Makes the commits of HEAD that `upstream` does not have again on top of `onto`. */
export async function rebaseOnto(work: Work, wish: RebaseWish): Promise<number> {
  const { io } = work;
  const { onto, upstream, head, branch, quiet } = wish;
  if (!wish.interactive && !wish.force && (await isUpToDate(work, wish))) {
    if (branch !== undefined && branch !== (await currentBranch(work))) {
      await moveTo(work, head, 'checkout');
      await pointHead(work, { branch, oid: head }, `${wish.reflog} (start): checkout ${branch}`);
    }
    if (wish.autostash && (await putAside(work, OF_REBASE))) await end(work);
    if (!quiet) io.stdout(branch === undefined ? 'HEAD is up to date.\n' : `Current branch ${branch} is up to date.\n`);
    return 0;
  }
  if (wish.force && !wish.interactive && !quiet && (await isUpToDate(work, wish)))
    io.stdout(
      branch === undefined
        ? 'HEAD is up to date, rebase forced.\n'
        : `Current branch ${branch} is up to date, rebase forced.\n`,
    );
  let steps = await stepsOf(work, wish);
  const count = steps.length;
  if (wish.merges === true) steps = await withLabels(work, wish, steps);
  if (wish.updateRefs === true) steps = await withRefs(work, steps, branch);
  if (wish.autosquash) steps = autosquashed(steps);
  if (wish.exec !== undefined && wish.exec.length > 0) {
    const runs = wish.exec.map((rest): Todo => ({ command: 'exec', name: '', rest }));
    steps = steps.flatMap((step, at) =>
      isOfNoCommit(step.command) || ['fixup', 'squash'].includes(steps[at + 1]?.command ?? '')
        ? [step]
        : [step, ...runs],
    );
  }
  if (steps.length === 0) steps = [{ command: 'noop', name: '', rest: '' }];
  writeState(work, 'rebase-merge/head-name', `${branch === undefined ? 'detached HEAD' : `refs/heads/${branch}`}\n`);
  writeState(work, 'rebase-merge/onto', `${onto}\n`);
  writeState(work, 'rebase-merge/orig-head', `${head}\n`);
  writeState(work, 'rebase-merge/interactive', '');
  if (wish.root !== undefined) writeState(work, 'rebase-merge/squash-onto', `${wish.root}\n`);
  writeState(work, 'rebase-merge/reflog-action', `${wish.reflog}\n`);
  if (quiet) writeState(work, 'rebase-merge/quiet', '\n');
  if (wish.favor !== undefined) writeState(work, 'rebase-merge/strategy_opts', ` --${wish.favor}\n`);
  const range = `${upstream === undefined ? '' : `${short(work, upstream)}..`}${short(work, head)} onto ${short(work, onto)}`;
  writeState(work, 'rebase-merge/git-rebase-todo.backup', writeTodo(steps) + todoHelp(range, count));
  if (wish.edited) {
    const asked = await askTodo(work, writeTodo(steps, work) + todoHelp(range, steps.length));
    if (asked === 'wrong') {
      await moveTo(work, onto, 'checkout');
      await pointHead(work, { oid: onto }, `${wish.reflog} (start): checkout ${wish.ontoName}`);
      return 1;
    }
    if (typeof asked === 'number') return asked;
    steps = asked;
  }
  const stashed = wish.autostash === true && (await putAside(work, OF_REBASE));
  writeState(work, 'rebase-merge/done', '');
  const skipped = wish.force ? 0 : await unnecessary(work, steps, onto);
  const first = steps.slice(0, skipped).findLast(({ command }) => command === 'pick')?.name ?? onto;
  try {
    await moveTo(work, first, 'checkout');
  } catch (error) {
    if (error instanceof GitStop) dropState(work, 'rebase-merge');
    throw error instanceof GitStop ? new GitStop(`${error.message}\nerror: could not detach HEAD`, 1) : error;
  }
  const left = await mustResolve(work, 'HEAD');
  await pointHead(work, { oid: first }, `${wish.reflog} (start): checkout ${wish.ontoName}`);
  await runHook(work, 'post-checkout', [left, first, '1']);
  writeState(work, 'ORIG_HEAD', `${head}\n`);
  writeState(work, 'rebase-merge/done', writeTodo(steps.slice(0, skipped)));
  if (['fixup', 'squash'].includes(steps[skipped]?.command ?? '') && first !== onto)
    writeState(work, 'rebase-merge/rewritten-pending', `${first}\n`);
  writeState(work, 'rebase-merge/git-rebase-todo', writeTodo(steps.slice(skipped)));
  writeState(work, 'rebase-merge/end', `${steps.length}\n`);
  if (stashed && !hasState(work, OF_REBASE)) return finishRebase(work);
  const list = writeTodo(steps);
  return runTodo(work, (wish.edited ? list.trimEnd() : list).match(/\n\n/g)?.length ?? 0);
}

/** `-r`: the list begins at a label. @throws GitStop where there is a merge to be made again. */
async function withLabels(work: Work, { upstream, head, root }: RebaseWish, steps: readonly Todo[]) {
  for (const oid of await commitsBetween(work, upstream === undefined ? [] : [upstream], head))
    if ((await commitData(work, oid)).parent.length > 1)
      throw new GitStop("git rebase: '--rebase-merges' of merges is not part of this sandbox", 129);
  const begin = (command: 'label' | 'reset', rest: string): Todo => ({ command, name: '', rest });
  if (steps.length === 0) return [begin('label', 'onto')];
  return [begin('label', 'onto'), begin('reset', root === undefined ? 'onto' : '[new root]'), ...steps];
}

/** `--update-refs`: behind each commit the other branches that lie on it. */
async function withRefs(work: Work, steps: readonly Todo[], branch: string | undefined): Promise<readonly Todo[]> {
  const refs = (await allRefs(work)).filter(
    ({ ref }) => ref.startsWith('refs/heads/') && ref !== `refs/heads/${branch}`,
  );
  return steps.flatMap((step) => [
    step,
    ...refs
      .filter(({ oid }) => oid === step.name)
      .map(({ ref }): Todo => ({ command: 'update-ref', name: '', rest: ref }))
      .reverse(),
  ]);
}

async function isUpToDate(work: Work, { onto, upstream, head }: RebaseWish): Promise<boolean> {
  if (upstream === undefined || !(await isAncestor(work, onto, head))) return false;
  const [base] = await mergeBases(work, upstream, head);
  if (base !== onto) return false;
  for (const oid of await commitsBetween(work, [onto], head))
    if ((await commitData(work, oid)).parent.length > 1) return false;
  return true;
}

/** The commits to make again: no merges, and none whose change the other side has already. */
async function stepsOf(work: Work, wish: RebaseWish): Promise<readonly Todo[]> {
  const { io } = work;
  const theirs = new Set<string>();
  if (wish.upstream !== undefined && wish.reapply !== true)
    for (const oid of await commitsBetween(work, [wish.head], wish.upstream)) theirs.add(await patchKey(work, oid));
  const steps: Todo[] = [];
  const skipped: string[] = [];
  for (const oid of await commitsBetween(work, wish.upstream === undefined ? [] : [wish.upstream], wish.head)) {
    const data = await commitData(work, oid);
    if (data.parent.length > 1) continue;
    const key = await patchKey(work, oid);
    // An empty commit is like no other.
    if (key !== '' && theirs.has(key)) skipped.push(oid);
    else steps.push(pickOf(oid, data, key === ''));
  }
  if (skipped.length > 0) {
    io.stderr(skipped.map((oid) => `warning: skipped previously applied commit ${short(work, oid)}\n`).join(''));
    io.stderr(
      'hint: use --reapply-cherry-picks to include skipped commits\nhint: Disable this message with "git config advice.skippedCherryPicks false"\n',
    );
  }
  return steps;
}

/** A commit's change without the places where it is made: what git calls a patch id. */
async function patchKey(work: Work, oid: string): Promise<string> {
  const { parent } = await commitData(work, oid);
  if (parent.length > 1) return oid;
  const changes = await changesBetween(work, await readTree(work, parent[0]), await readTree(work, oid), []);
  const text = changes.map((change) => patchOf(change, (_, one) => one)).join('');
  return text
    .split('\n')
    .filter((line) => !/^(@@|index )/.test(line))
    .map((line) => line.replaceAll(/\s/g, ''))
    .join('\n');
}

/** How many steps at the beginning would only make what is there already. */
async function unnecessary(work: Work, steps: readonly Todo[], onto: string): Promise<number> {
  let [count, at] = [0, onto];
  for (const { command, name } of steps) {
    // What makes no commit is passed over with them (skip_unnecessary_picks in git's sequencer.c).
    if (command === 'drop' || command === 'noop') {
      count++;
      continue;
    }
    if (command !== 'pick' || (await commitData(work, name)).parent[0] !== at) break;
    at = name;
    count++;
  }
  return count;
}

/** Lets the person edit the list with which a rebase begins; a number is the exit code of one that ends here, 'wrong' is a list that waits to be mended. */
async function askTodo(work: Work, text: string): Promise<readonly Todo[] | number | 'wrong'> {
  const { io } = work;
  let edited: string;
  try {
    edited = await edit(work, 'rebase-merge/git-rebase-todo', text, true);
  } catch (error) {
    dropState(work, 'rebase-merge');
    throw error;
  }
  const { steps, wrong } = readTodo(edited);
  if (steps.length === 0 && wrong.length === 0) {
    dropState(work, 'rebase-merge');
    io.stderr('error: nothing to do\n');
    return 1;
  }
  const asked = await checkedTodo(work, { steps, wrong });
  if (asked === undefined) {
    writeState(work, 'rebase-merge/done', '');
    return 'wrong';
  }
  return asked;
}

/** The steps with whole ids; undefined, and told why, when they cannot be done. */
async function checkedTodo(
  work: Work,
  { steps, wrong }: ReturnType<typeof readTodo>,
): Promise<readonly Todo[] | undefined> {
  const complaint = [...wrong];
  const whole: Todo[] = [];
  for (const step of steps) {
    const oid = step.name === '' ? '' : await resolve(work, step.name);
    if (oid === undefined) complaint.push(`error: could not parse '${step.name}'`);
    else
      whole.push({
        ...step,
        name: oid,
        rest: oid === '' ? step.rest : subjectOf(await commitData(work, oid)),
      });
  }
  const [first] = whole.filter(({ command }) => command !== 'noop' && command !== 'drop');
  if (complaint.length === 0 && (first?.command === 'squash' || first?.command === 'fixup'))
    complaint.push(`error: cannot '${first.command}' without a previous commit`);
  if (complaint.length === 0) return whole;
  work.io.stderr(
    `${complaint.join('\n')}\nYou can fix this with 'git rebase --edit-todo' and then run 'git rebase --continue'.\nOr you can abort the rebase with 'git rebase --abort'.\n`,
  );
  return undefined;
}

async function editTodo(work: Work): Promise<number> {
  const { files } = work.io.machine;
  const path = ownFile(work, 'rebase-merge/git-rebase-todo');
  const before = files.readText(path);
  const { steps, wrong } = readTodo(before);
  if (wrong.length > 0) work.io.stderr(`${wrong.join('\n')}\n`);
  let edited: string;
  try {
    edited = await edit(work, 'rebase-merge/git-rebase-todo', wrong.length > 0 ? before : writeTodo(steps, work), true);
  } catch (error) {
    files.writeFile(path, before);
    throw error;
  }
  const asked = await checkedTodo(work, readTodo(edited));
  if (asked === undefined) return 1;
  files.writeFile(path, writeTodo(asked));
  return 0;
}
