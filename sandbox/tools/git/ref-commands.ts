// The commands that read and write git's refs one by one, and count what they reach.

import * as git from 'isomorphic-git';
import { short, titleOf } from '../../forge/git/index.ts';
import { askedWords } from './asked-words.ts';
import { commitsAsked } from './commits-asked.ts';
import { allRefs } from './decorations.ts';
import { kindsAsked } from './history.ts';
import { forms, historyOptions, withoutNot } from './log-options.ts';
import { fatal, readOptions, UsageStop } from './options.ts';
import { commitText, type Entry, lookOf } from './pretty.ts';
import { remoteHead } from './remote.ts';
import { resolve } from './revisions.ts';
import { configText } from './settings.ts';
import { currentBranch, type Work } from './work.ts';

/** `git rev-list`: the ids of commits, or how many there are. */
export async function revList(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('rev-list', withoutNot(args), {
    ...forms,
    ...historyOptions,
    '--objects': { as: 'objects' },
    '--no-commit-header': { as: 'no-header' },
    '--header': { as: 'header' },
    '--count': { as: 'only-count' },
    '--abbrev-commit': { as: 'abbrev-commit' },
    '--parents': { as: 'parents' },
  });
  const { revs } = await askedWords(work, parsed.words, parsed.paths);
  if (revs.length === 0 && kindsAsked(parsed).length === 0) throw new UsageStop('rev-list');
  const { commits, history, signOf } = await commitsAsked(work, parsed);
  const { flags } = parsed;
  if (flags.has('only-count')) {
    const ours = commits.filter(({ oid }) => signOf(oid) === '<').length;
    work.io.stdout(flags.has('left-right') ? `${ours}\t${commits.length - ours}\n` : `${commits.length}\n`);
    return 0;
  }
  const form = parsed.values.get('format')?.at(-1);
  const isLine = form === 'oneline';
  const look = lookOf(work, parsed);
  for (const { oid, commit } of commits) {
    const side = signOf(oid);
    const id = flags.has('abbrev-commit') ? short(work, oid) : oid;
    const parents = flags.has('parents') ? commit.parent.map((one) => ` ${one}`).join('') : '';
    if (form !== undefined && !isLine) {
      const text = commitText({ oid, commit }, look, []);
      const isBlock = look.shape === 'block';
      const header = isBlock || flags.has('no-header') ? '' : `commit ${id}\n`;
      work.io.stdout(`${header}${text}${isBlock || look.shape === 'separated' ? '\n' : ''}`);
    } else work.io.stdout(`${side}${id}${parents}${isLine ? ` ${titleOf(commit)}` : ''}\n`);
  }
  if (flags.has('objects')) work.io.stdout(await objectsOf(work, commits, new Set(history.map(({ oid }) => oid))));
  return 0;
}

/** `--objects`: the trees and files of commits that no commit before them has, each once and with its path. */
async function objectsOf(work: Work, commits: readonly Entry[], within: ReadonlySet<string>): Promise<string> {
  const seen = new Set<string>();
  const lines: string[] = [];
  const walk = async (oid: string, path: string, isTold: boolean): Promise<void> => {
    if (seen.has(oid)) return;
    seen.add(oid);
    if (isTold) lines.push(`${oid} ${path}\n`);
    for (const entry of (await git.readTree({ ...work, oid })).tree) {
      const name = path === '' ? entry.path : `${path}/${entry.path}`;
      if (entry.type === 'tree') await walk(entry.oid, name, isTold);
      else if (entry.type === 'blob' && !seen.has(entry.oid)) {
        seen.add(entry.oid);
        if (isTold) lines.push(`${entry.oid} ${name}\n`);
      }
    }
  };
  for (const { commit } of commits)
    for (const parent of commit.parent)
      if (!within.has(parent)) await walk((await git.readCommit({ ...work, oid: parent })).commit.tree, '', false);
  for (const { commit } of commits) await walk(commit.tree, '', true);
  return lines.join('');
}

/** `git show-ref`: every ref with its id. */
export async function showRef(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('show-ref', args, {
    '--heads': { as: 'heads' },
    '--tags': { as: 'tags' },
    '--verify': { as: 'verify' },
    '-q': { as: 'quiet' },
    '--quiet': { as: 'quiet' },
    '-s': { as: 'hash' },
    '--hash': { as: 'hash' },
    '-d': { as: 'dereference' },
    '--dereference': { as: 'dereference' },
    '--head': { as: 'head' },
  });
  const kinds = ['heads', 'tags'].filter((kind) => flags.has(kind));
  const found = (await allRefs(work)).filter(
    ({ ref }) =>
      (kinds.length === 0 || kinds.some((kind) => ref.startsWith(`refs/${kind}/`))) &&
      (words.length === 0 || words.some((word) => ref === word || (!flags.has('verify') && ref.endsWith(`/${word}`)))),
  );
  if (found.length === 0) {
    if (flags.has('verify') && !flags.has('quiet')) throw fatal(`'${words[0] ?? ''}' - not a valid ref`);
    return 1;
  }
  if (flags.has('quiet')) return 0;
  const head = flags.has('head') ? await resolve(work, 'HEAD') : undefined;
  if (head !== undefined) work.io.stdout(flags.has('hash') ? `${head}\n` : `${head} HEAD\n`);
  for (const { ref, oid: commit } of found) {
    const oid = await git.resolveRef({ ...work, ref });
    work.io.stdout(flags.has('hash') ? `${oid}\n` : `${oid} ${ref}\n`);
    if (flags.has('dereference') && commit !== oid)
      work.io.stdout(flags.has('hash') ? `${commit}\n` : `${commit} ${ref}^{}\n`);
  }
  return 0;
}

/** `git symbolic-ref`: the branch that HEAD names. */
export async function symbolicRef(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('symbolic-ref', args, {
    '--short': { as: 'short' },
    '-q': { as: 'quiet' },
    '--quiet': { as: 'quiet' },
    '-m': { as: 'message', value: true },
    '-d': { as: 'delete' },
    '--delete': { as: 'delete' },
  });
  const [name = '', target] = words;
  if (flags.has('delete')) {
    const path = `${work.gitdir}/${name}`;
    if (name === 'HEAD') throw fatal('deleting HEAD is not allowed');
    if (!configText(work.io.machine.files, path).startsWith('ref: '))
      throw fatal(`Cannot delete ${name}, not a symbolic ref`);
    work.io.machine.files.remove(path);
    return 0;
  }
  if (/^refs\/remotes\/.+\/HEAD$/.test(name) && target === undefined) {
    const found = await remoteHead(work, name.slice('refs/remotes/'.length, -'/HEAD'.length));
    if (found === undefined) throw fatal(`ref ${name} is not a symbolic ref`);
    work.io.stdout(`${flags.has('short') ? '' : 'refs/remotes/'}${found}\n`);
    return 0;
  }
  if (name !== 'HEAD') throw fatal(`ref ${name} is not a symbolic ref`);
  if (target !== undefined) {
    if (!target.startsWith('refs/')) throw fatal('Refusing to point HEAD outside of refs/');
    await git.writeRef({ ...work, ref: 'HEAD', value: target, symbolic: true, force: true });
    return 0;
  }
  const branch = await currentBranch(work);
  if (branch === undefined) {
    if (flags.has('quiet')) return 1;
    throw fatal('ref HEAD is not a symbolic ref');
  }
  work.io.stdout(`${flags.has('short') ? '' : 'refs/heads/'}${branch}\n`);
  return 0;
}
