import { ancestry, type CommitData, commitData, short, subjectOf, writeCommit } from '../../forge/git/index.ts';
import { readTree, type TreeFiles } from '../../forge/index.ts';
import { bringBack, OF_MERGE } from './autostash.ts';
import { commitForm } from './commit-form.ts';
import { dateOf } from './dates.ts';
import { unstaged } from './diff-sides.ts';
import { cleaned, edit } from './editor.ts';
import { askHook, runHook } from './hooks.ts';
import { identity } from './identity.ts';
import { readIndexFile, writeIndexFile } from './index-file.ts';
import type { GetLazy } from './lazy.ts';
import { namedText } from './named-text.ts';
import { failed, fatal, GitStop, lastValue, type OptionTable, type Parsed, readOptions } from './options.ts';
import { changesBetween, modeLines, sumOf } from './patch.ts';
import { matches, pathInWork } from './pathspec.ts';
import { moveHead } from './refs.ts';
import { headTree, resolve } from './revisions.ts';
import { config } from './sources.ts';
import { dropMerge, dropState, hasState, refuseUnmerged, stateText, writeState } from './state.ts';
import { status } from './status.ts';
import { nothingToCommit } from './status-long.ts';
import { addTrailers, trailerRules } from './trailers.ts';
import { currentBranch, type Work } from './work.ts';
import { differences, knownFiles, readIndex, stage, stageEntry } from './work-tree.ts';

const options: OptionTable = {
  '-m': { as: 'message', value: true },
  '--message': { as: 'message', value: true },
  '-F': { as: 'file', value: true },
  '--file': { as: 'file', value: true },
  '-a': { as: 'all' },
  '--all': { as: 'all' },
  '--amend': { as: 'amend' },
  '--no-verify': { as: 'no-verify' },
  '-n': { as: 'no-verify' },
  '--no-edit': { as: 'no-edit' },
  '-e': { as: 'edit' },
  '--edit': { as: 'edit' },
  '-C': { as: 'reuse', value: true },
  '--reuse-message': { as: 'reuse', value: true },
  '-c': { as: 'reedit', value: true },
  '--reedit-message': { as: 'reedit', value: true },
  '--status': { as: 'status' },
  '--no-status': { as: 'no-status' },
  '--long': { as: 'long' },
  '-u': { as: 'untracked' },
  '-uno': { as: 'untracked' },
  '-uall': { as: 'untracked' },
  '--untracked-files': { as: 'untracked', value: 'optional' },
  '--fixup': { as: 'fixup', value: true },
  '--squash': { as: 'squash', value: true },
  '--reset-author': { as: 'reset-author' },
  '--date': { as: 'date', value: true },
  '--cleanup': { as: 'cleanup', value: true },
  '--allow-empty': { as: 'allow-empty' },
  '--allow-empty-message': { as: 'allow-empty-message' },
  '-s': { as: 'signoff' },
  '--signoff': { as: 'signoff' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '--author': { as: 'author', value: true },
  '--trailer': { as: 'trailer', value: true },
  '-o': { as: 'only' },
  '--only': { as: 'only' },
  '-i': { as: 'include' },
  '--include': { as: 'include' },
  '--no-gpg-sign': { as: 'no-sign' },
  '--no-signoff': { as: 'no-signoff' },
  '-t': { as: 'template', value: true },
  '--template': { as: 'template', value: true },
  '--dry-run': { as: 'dry-run' },
  '--short': { as: 'short' },
  '--porcelain': { as: 'porcelain' },
  '--branch': { as: 'branch' },
  '-v': { as: 'verbose' },
  '-p': { as: 'patch' },
  '--patch': { as: 'patch' },
  '--verbose': { as: 'verbose' },
};

/** What a commit concludes. */
type Whence = 'commit' | 'merge' | 'cherry-pick';

function whenceOf(work: Work): Whence {
  return hasState(work, 'MERGE_HEAD') ? 'merge' : hasState(work, 'CHERRY_PICK_HEAD') ? 'cherry-pick' : 'commit';
}

/** `git commit`: records the index as a new commit on the current branch. What it staged for a commit that fails is forgotten. */
export async function commit(work: Work, args: readonly string[], lazy?: GetLazy): Promise<number> {
  const index = readIndexFile(work);
  let exitCode = 1;
  try {
    exitCode = await makeCommit(work, args, lazy);
    return exitCode;
  } finally {
    if (exitCode !== 0 || ['--dry-run', '--short', '--porcelain'].some((one) => args.includes(one)))
      writeIndexFile(work, index);
  }
}

/** @throws GitStop for options that git does not take together. */
function refuseTogether({ flags, values, words, paths = [] }: Parsed): void {
  const apart = (given: Readonly<Record<string, boolean>>): void => {
    const names = Object.keys(given).filter((name) => given[name]);
    if (names.length < 2) return;
    const quoted = names.map((name) => `'${name}'`);
    const list = quoted.length === 2 ? quoted.join(' and ') : `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
    throw fatal(`options ${list} cannot be used together`);
  };
  const [reuse, reedit, file] = [values.has('reuse'), values.has('reedit'), values.has('file')];
  apart({ '--reset-author': flags.has('reset-author'), '--author': values.has('author') });
  const [, kind] = /^(amend|reword):/.exec(values.get('fixup')?.at(-1) ?? '') ?? [];
  if (kind !== undefined) throw new GitStop(`git commit: '--fixup=${kind}:' is not part of this sandbox`, 129);
  apart({ '--squash': values.has('squash'), '--fixup': values.has('fixup') });
  apart({ '-C': reuse, '-c': reedit, '-F': file, '--fixup': values.has('fixup') });
  apart({ '-m': values.has('message'), '-c': reedit, '-C': reuse, '-F': file });
  if (flags.has('reset-author') && !reuse && !reedit && !flags.has('amend'))
    throw fatal('--reset-author can be used only with -C, -c or --amend.');
  apart({ '-i/--include': flags.has('include'), '-o/--only': flags.has('only'), '-a/--all': flags.has('all') });
  const [path] = [...words, ...paths];
  if (path === undefined && !flags.has('amend') && (flags.has('include') || flags.has('only')))
    throw fatal('No paths with --include/--only does not make sense.');
  if (flags.has('all') && path !== undefined) throw fatal(`paths '${path} ...' with -a does not make sense`);
}

async function makeCommit(work: Work, args: readonly string[], lazy?: GetLazy): Promise<number> {
  const { io } = work;
  const parsed = readOptions('commit', args, options);
  const { flags } = parsed;
  const whence = whenceOf(work);
  const amend = flags.has('amend');
  const head = await resolve(work, 'HEAD');
  if (amend && head === undefined) throw new GitStop('fatal: You have nothing to amend.');
  if (amend && whence !== 'commit')
    throw fatal(
      whence === 'merge'
        ? 'You are in the middle of a merge -- cannot amend.'
        : 'You are in the middle of a cherry-pick -- cannot amend.',
    );
  refuseTogether(parsed);
  const previous = amend && head !== undefined ? await commitData(work, head) : undefined;

  const asked = [...parsed.words, ...(parsed.paths ?? [])].map((path) => pathInWork(work, path));
  if (flags.has('patch')) await (await lazy?.())?.stageByHunk(work, asked);
  const named = flags.has('patch') ? [] : asked;
  if (named.length > 0 && whence !== 'commit') throw fatal(`cannot do a partial commit during a ${whence}.`);
  const kept = named.length > 0 && !flags.has('include') ? readIndexFile(work) : undefined;
  if (kept !== undefined) writeIndexFile(work, { files: await headTree(work), conflicts: new Map() });
  if (flags.has('all') || named.length > 0) await stageTracked(work, named, kept?.files);
  refuseUnmerged(work, 'Committing');
  if (flags.has('short') || flags.has('porcelain')) {
    await status(
      work,
      ['short', 'porcelain', 'branch'].flatMap((flag) => (flags.has(flag) ? [`--${flag}`] : [])),
    );
    return differences(await headTree(work), await readIndex(work)).length > 0 ? 0 : 1;
  }
  if (flags.has('dry-run')) {
    const staged = differences(await headTree(work), await readIndex(work)).length > 0;
    io.stdout(await nothingToCommit(work));
    // What it staged is forgotten by whoever called.
    return staged ? 0 : 1;
  }
  if (!flags.has('no-verify')) await askHook(work, 'pre-commit');
  const reused = await reusedCommit(work, parsed, whence, previous);
  const givenAuthor = await authorNamed(work, lastValue(parsed, 'author'));
  const date = lastValue(parsed, 'date');
  const author =
    reused === undefined || givenAuthor !== undefined || flags.has('reset-author')
      ? await identity(work, 'AUTHOR', givenAuthor, date)
      : date === undefined
        ? reused.author
        : {
            ...reused.author,
            ...(await identity(work, 'AUTHOR', undefined, date)),
            name: reused.author.name,
            email: reused.author.email,
          };
  const committer = await identity(work, 'COMMITTER');
  const draft = await draftOf(work, parsed, previous?.message ?? reused?.message, whence);

  const before = previous === undefined ? await headTree(work) : await readTree(work, previous.parent[0]);
  const after = await readIndex(work);
  const changes = await changesBetween(work, before, after, []);
  if (changes.length === 0 && whence !== 'merge' && !flags.has('allow-empty') && !amend) {
    if (whence === 'cherry-pick') io.stderr(emptyPick);
    io.stdout(await nothingToCommit(work));
    return 1;
  }
  if (changes.length === 0 && amend && !flags.has('allow-empty') && (previous?.parent.length ?? 2) < 2) {
    io.stdout(await nothingToCommit(work, true));
    io.stderr(emptyAmend);
    return 1;
  }
  const signed = flags.has('signoff') ? [`Signed-off-by: ${committer.name} <${committer.email}>`] : [];
  const given = parsed.values.get('trailer') ?? [];
  const text = addTrailers(addTrailers(draft.text, signed), given, given.length > 0 ? trailerRules(work) : []);
  const dated = (previous ?? reused) !== undefined ? !flags.has('reset-author') : date !== undefined;
  const form = draft.edited ? await commitForm(work, { author, committer, dated, amending: amend }) : '';
  const message = await finalMessage(work, { ...draft, text, form }, flags.has('no-verify'));
  if (message === '' && !flags.has('allow-empty-message'))
    throw new GitStop('Aborting commit due to empty commit message.', 1);
  const merged = whence === 'merge' ? (stateText(work, 'MERGE_HEAD') ?? '').split('\n') : [];
  const parents = previous?.parent ?? (head === undefined ? [] : [head, ...merged]);
  const oid = await writeCommit(work, { files: after, parents, message, author, committer });
  const kind = amend ? ' (amend)' : head === undefined ? ' (initial)' : whence === 'commit' ? '' : ` (${whence})`;
  await moveHead(work, oid, `commit${kind}: ${subjectOf({ message })}`);
  if (kept !== undefined) {
    // What was staged of other files waits for the next commit.
    const files = new Map(kept.files);
    for (const path of new Set([...after.keys(), ...files.keys()].filter((one) => matches(one, named)))) {
      const file = after.get(path);
      if (file === undefined) files.delete(path);
      else files.set(path, file);
    }
    writeIndexFile(work, { ...kept, files, conflicts: new Map() });
  }
  if (hasState(work, 'sequencer')) endSequence(work);
  dropMerge(work);
  if (!flags.has('quiet')) {
    io.stdout(
      await commitSummary(work, oid, {
        amended: amend,
        dated:
          (previous !== undefined && !flags.has('reset-author')) ||
          (previous === undefined && reused !== undefined) ||
          parsed.values.has('date'),
      }),
    );
  }
  await runHook(work, 'post-commit');
  if (amend && head !== undefined) await runHook(work, 'post-rewrite', ['amend'], `${head} ${oid}\n`);
  await bringBack(work, OF_MERGE);
  return 0;
}

/** A message on its way, and where it comes from, as the hook is told. */
interface Draft {
  readonly text: string;
  readonly source: readonly string[];
  readonly edited?: boolean;
  readonly strip?: boolean;
  /** Comments below it, for who edits it. */
  readonly form?: string;
  /** A form that is no message until something is written into it. */
  readonly untouched?: string;
}

/** The message after the hooks and the editor have seen it. */
export async function finalMessage(
  work: Work,
  { text, source, edited = false, strip = edited, form = '', untouched }: Draft,
  unverified = false,
  name = 'COMMIT_EDITMSG',
): Promise<string> {
  writeState(work, name, text + form);
  await askHook(work, 'prepare-commit-msg', [`.git/${name}`, ...source]);
  if (edited) await edit(work, name, `${stateText(work, name) ?? ''}\n`);
  if (!unverified) await askHook(work, 'commit-msg', [`.git/${name}`]);
  const final = cleaned(stateText(work, name) ?? text, strip);
  if (untouched !== undefined && final !== '' && final === cleaned(untouched, true))
    throw new GitStop('Aborting commit; you did not edit the message.', 1);
  return final;
}

const emptyAmend =
  'You asked to amend the most recent commit, but doing so would make\nit empty. You can repeat your command with --allow-empty, or you can\nremove the commit entirely with "git reset HEAD^".\n';

const emptyPick =
  "The previous cherry-pick is now empty, possibly due to conflict resolution.\nIf you wish to commit it anyway, use:\n\n    git commit --allow-empty\n\nOtherwise, please use 'git cherry-pick --skip'\n";

/** A sequence of which the last commit was just made by hand is over. */
function endSequence(work: Work): void {
  const rest = (stateText(work, 'sequencer/todo') ?? '').split('\n').filter((line) => line !== '');
  if (rest.length <= 1 && (hasState(work, 'CHERRY_PICK_HEAD') || hasState(work, 'REVERT_HEAD')))
    dropState(work, 'sequencer');
}

/** The commit whose author and date a new one takes over. */
async function reusedCommit(
  work: Work,
  parsed: ReturnType<typeof readOptions>,
  whence: Whence,
  previous: CommitData | undefined,
): Promise<CommitData | undefined> {
  const named = lastValue(parsed, 'reuse') ?? lastValue(parsed, 'reedit');
  if (named !== undefined) {
    const oid = await resolve(work, named);
    if (oid === undefined) throw fatal(`could not lookup commit ${named}`);
    return commitData(work, oid);
  }
  if (previous !== undefined) return previous;
  return whence === 'cherry-pick' ? commitData(work, stateText(work, 'CHERRY_PICK_HEAD') ?? '') : undefined;
}

/** The first paragraph as one line, as `%s` gives it. */
const subjectLine = (message: string): string => (message.split('\n\n')[0] ?? '').trimEnd().replaceAll('\n', ' ');

/** What git prints of a new commit: `[main 1a2b3c4] Subject`, and how much it changed. */
export async function commitSummary(
  work: Work,
  oid: string,
  {
    dated = false,
    detached,
    amended = false,
  }: { readonly dated?: boolean; readonly detached?: string; readonly amended?: boolean } = {},
): Promise<string> {
  const { author, committer, message, parent } = await commitData(work, oid);
  const branch = await currentBranch(work);
  const root = parent.length === 0 && !amended ? ' (root-commit)' : '';
  const text = [`[${branch ?? detached ?? 'detached HEAD'}${root} ${short(work, oid)}] ${subjectLine(message)}\n`];
  if (author.name !== committer.name || author.email !== committer.email)
    text.push(` Author: ${author.name} <${author.email}>\n`);
  if (dated) text.push(` Date: ${dateOf(author)}\n`);
  if (parent.length < 2) {
    const [before, after] = [await readTree(work, parent[0]), await readTree(work, oid)];
    const changes = await changesBetween(work, before, after, []);
    if (changes.length > 0) text.push(`${sumOf(changes)}\n${modeLines(changes)}`);
  }
  return text.join('');
}

async function stageTracked(work: Work, named: readonly string[], staged?: TreeFiles): Promise<void> {
  const known = knownFiles(work);
  const both = new Map([...(staged ?? known), ...known]);
  for (const name of named)
    if (![...both.keys()].some((path) => matches(path, [name])))
      throw failed(`pathspec '${name}' did not match any file(s) known to git`);
  const { tree, paths } = await unstaged(
    work,
    new Map([...both].filter(([path]) => known.has(path) || matches(path, named))),
  );
  const fresh = [...both.keys()].filter((path) => !known.has(path) && tree.has(path) && matches(path, named));
  const asked = [...new Set([...fresh, ...paths.filter((path) => matches(path, named))])];
  await stage(
    work,
    asked.filter((path) => tree.has(path)),
    { warns: true },
  );
  for (const path of asked) if (!tree.has(path)) await stageEntry(work, path, undefined);
}

async function draftOf(
  work: Work,
  parsed: ReturnType<typeof readOptions>,
  previous: string | undefined,
  whence: Whence,
): Promise<Draft> {
  const { io } = work;
  const { flags } = parsed;
  const paragraphs = parsed.values.get('message');
  const file = lastValue(parsed, 'file');
  const given = file === undefined ? paragraphs?.join('\n\n') : textOf(work, file);
  const strip = lastValue(parsed, 'cleanup') === 'strip';
  for (const kind of ['fixup', 'squash'] as const) {
    const target = lastValue(parsed, kind);
    if (target === undefined) continue;
    const oid = await resolve(work, target);
    if (oid === undefined) throw fatal(`could not lookup commit ${target}`);
    const line = `${kind}! ${subjectOf(await commitData(work, oid))}`;
    const edited = kind === 'squash' && given === undefined && !flags.has('no-edit');
    return { text: cleaned(given === undefined ? line : `${line}\n\n${given}`), source: ['message'], edited };
  }
  if (given !== undefined)
    return { text: cleaned(given), source: ['message'], edited: flags.has('edit'), strip: strip || flags.has('edit') };
  const reused = lastValue(parsed, 'reuse') ?? lastValue(parsed, 'reedit');
  const from = reused !== undefined ? ['commit', reused] : flags.has('amend') ? ['commit', 'HEAD'] : undefined;
  const waiting = from === undefined ? (stateText(work, 'MERGE_MSG') ?? stateText(work, 'SQUASH_MSG')) : undefined;
  const template =
    lastValue(parsed, 'template') ?? config(work, 'commit.template')?.replace(/^~(?=\/)/, io.machine.home);
  const form = template === undefined ? undefined : textOf(work, template);
  const prepared = from === undefined ? (waiting ?? (whence === 'commit' ? form : previous)) : previous;
  const source = from ?? (hasState(work, 'MERGE_MSG') ? ['merge'] : hasState(work, 'SQUASH_MSG') ? ['squash'] : []);
  const edited = prepared === undefined || !(flags.has('no-edit') || parsed.values.has('reuse'));
  const untouched = from === undefined && waiting === undefined && whence === 'commit' ? form : undefined;
  return {
    // A form stays as it is, with the blanks behind which something is to be written.
    text: untouched ?? (edited ? withNewline((prepared ?? '').trimEnd()) : (prepared ?? '')),
    source: untouched === undefined ? source : ['template'],
    edited,
    strip: strip || edited,
    ...(untouched !== undefined && { untouched }),
  };
}

const withNewline = (text: string): string => (text === '' ? '' : `${text}\n`);

/** @throws GitStop when there is no such file. */
function textOf({ io }: Work, file: string): string {
  const text = namedText(io, file);
  if (text === undefined) throw fatal(`could not read log file '${file}': No such file or directory`);
  return text;
}

/** `Ana <ana@x>` as it stands; else the newest author of whom the text is a part. @throws GitStop when there is none. */
async function authorNamed(work: Work, given: string | undefined): Promise<string | undefined> {
  if (given === undefined || /^.*<.*>$/.test(given)) return given;
  for (const oid of await ancestry(work, ...[(await resolve(work, 'HEAD')) ?? []].flat())) {
    const { author } = await commitData(work, oid);
    const who = `${author.name} <${author.email}>`;
    if (who.toLowerCase().includes(given.toLowerCase())) return who;
  }
  throw fatal(`--author '${given}' is not 'Name <email>' and matches no existing author`);
}
