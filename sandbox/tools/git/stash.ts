import * as git from 'isomorphic-git';
import { commitData, short } from '../../forge/git/index.ts';
import { sameFile } from '../../forge/index.ts';
import { readIndexFile, writeIndexFile } from './index-file.ts';
import type { GetLazy } from './lazy.ts';
import { failed, fatal, GitStop, lastValue, type OptionTable, readOptions } from './options.ts';
import { matches, pathInWork } from './pathspec.ts';
import { readLog, writeLog } from './reflog-file.ts';
import { record } from './refs.ts';
import { headTree, resolve } from './revisions.ts';
import { showStash } from './stash-show.ts';
import { applyStash, createStash, make, putInList, REF } from './stashes.ts';
import { forceTree } from './state.ts';
import { status } from './status.ts';
import { switchBranch } from './switch.ts';
import type { Work } from './work.ts';
import { readWorkTree, removeFile, writeOut } from './work-tree.ts';

const pushOptions: OptionTable = {
  '-m': { as: 'message', value: true },
  '--message': { as: 'message', value: true },
  '-a': { as: 'ignored' },
  '--all': { as: 'ignored' },
  '-u': { as: 'untracked' },
  '--include-untracked': { as: 'untracked' },
  '-k': { as: 'keep-index' },
  '--keep-index': { as: 'keep-index' },
  '--no-keep-index': { as: 'no-keep-index' },
  '-S': { as: 'staged' },
  '--staged': { as: 'staged' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '-p': { as: 'patch' },
  '--patch': { as: 'patch' },
};

/** `git stash`: puts changes aside and brings them back. */
export async function stash(work: Work, args: readonly string[], lazy: GetLazy): Promise<number> {
  const [first, ...rest] = args;
  if (first === undefined || first.startsWith('-')) return push(work, args, lazy);
  switch (first) {
    case 'push':
      return push(work, rest, lazy);
    case 'save': {
      const words = rest.filter((word) => !word.startsWith('-'));
      const flags = rest.filter((word) => word.startsWith('-'));
      return push(work, [...flags, ...(words.length === 0 ? [] : ['-m', words.join(' ')])], lazy);
    }
    case 'list':
      return list(work, rest);
    case 'show':
      return showStash(work, rest, (name) => entryOf(work, name));
    case 'pop':
    case 'apply':
      return apply(work, rest, first);
    case 'drop':
      return drop(work, rest);
    case 'clear':
      writeLog(work, REF, []);
      await git.deleteRef({ ...work, ref: REF });
      return 0;
    case 'branch':
      return branchFrom(work, rest);
    case 'create': {
      const oid = await createStash(work, rest.length === 0 ? undefined : rest.join(' '));
      if (oid !== undefined) work.io.stdout(`${oid}\n`);
      return 0;
    }
    case 'store': {
      const { words, values } = readOptions('stash store', rest, pushOptions);
      await putInList(
        work,
        (await resolve(work, words[0] ?? '')) ?? '',
        lastValue({ words, values, flags: new Set(), paths: undefined }, 'message') ?? 'Created via "git stash store".',
      );
      return 0;
    }
    default:
      throw fatal(`subcommand wasn't specified; 'push' can't be assumed due to unexpected token '${first}'`);
  }
}

async function push(work: Work, args: readonly string[], lazy: GetLazy): Promise<number> {
  const { io } = work;
  const parsed = readOptions('stash', args, pushOptions);
  const { flags } = parsed;
  if (flags.has('patch')) return (await lazy()).stashByHunk(work, parsed);
  const named = [...parsed.words, ...(parsed.paths ?? [])];
  const asked = named.map((path) => pathInWork(work, path));
  const { files: index, conflicts } = readIndexFile(work);
  if (conflicts.size > 0) {
    io.stdout([...conflicts.keys()].map((path) => `${path}: needs merge\n`).join(''));
    return 1;
  }
  const isAll = flags.has('ignored');
  const untracked = isAll || flags.has('untracked');
  const tree = await readWorkTree(work, index, isAll);
  for (const [at, path] of asked.entries()) {
    if (!untracked && ![...index.keys()].some((one) => matches(one, [path])))
      throw new GitStop(
        `error: pathspec ':(,prefix:0)${named[at]}' did not match any file(s) known to git\nDid you forget to 'git add'?`,
        1,
      );
  }
  const made = await make(work, {
    message: lastValue(parsed, 'message'),
    untracked,
    ignored: isAll,
    staged: flags.has('staged'),
    asked,
  });
  if (made === undefined && flags.has('staged')) {
    const { files: changed } = readIndexFile(work);
    if ([...changed].some(([path, file]) => !sameFile(tree.get(path), file))) throw new GitStop('No staged changes', 1);
  }
  if (made === undefined) {
    if (!flags.has('quiet')) io.stdout('No local changes to save\n');
    return 0;
  }
  await putInList(work, made.oid, made.title);
  if (!flags.has('quiet')) io.stdout(`Saved working directory and index state ${made.title}\n`);
  for (const path of made.untracked) removeFile(work, path);
  const base = await headTree(work);
  const head = await resolve(work, 'HEAD');
  // Git takes the changes away with `reset --hard`, which the log of HEAD tells.
  if (head !== undefined && asked.length === 0 && !flags.has('staged'))
    record(work, 'HEAD', head, head, 'reset: moving to HEAD');
  if (flags.has('keep-index')) await forceTree(work, index);
  else if (asked.length === 0 && !flags.has('staged')) await forceTree(work, base);
  else {
    const next = new Map(index);
    for (const path of new Set([...index.keys(), ...base.keys()])) {
      const [was, is] = [base.get(path), index.get(path)];
      if (!matches(path, asked) || (flags.has('staged') && sameFile(was, is))) continue;
      if (was === undefined) {
        removeFile(work, path);
        next.delete(path);
      } else {
        await writeOut(work, path, was, true);
        next.set(path, was);
      }
    }
    writeIndexFile(work, { files: next, conflicts: new Map() });
  }
  return 0;
}

function list(work: Work, args: readonly string[]): number {
  const { values } = readOptions('stash list', args, {
    '-n': { as: 'count', value: true },
    '-#': { as: 'count', value: true },
    '--oneline': { as: 'oneline' },
    '--format': { as: 'format', value: true },
    '--pretty': { as: 'format', value: true },
  });
  const format = values.get('format')?.at(-1);
  const count = values.get('count')?.at(-1);
  for (const [at, { message, to }] of readLog(work, REF)
    .slice(0, count === undefined ? undefined : Number(count))
    .entries())
    if (format !== undefined) {
      const marks: Readonly<Record<string, string>> = {
        gd: `stash@{${at}}`,
        gs: message,
        s: message,
        H: to,
        h: short(work, to),
      };
      work.io.stdout(`${format.replaceAll(/%(gd|gs|[sHh])/g, (_, mark: string) => marks[mark] ?? '')}\n`);
    } else work.io.stdout(`${args.includes('--oneline') ? `${short(work, to)} refs/` : ''}stash@{${at}}: ${message}\n`);
  return 0;
}

/** The stash that a name means: `stash@{1}`, `1`, or the last one. @throws GitStop when there is none. */
async function entryOf(
  work: Work,
  name: string | undefined,
): Promise<{ readonly oid: string; readonly at: number | undefined }> {
  const log = readLog(work, REF);
  if (name === undefined) {
    const [last] = log;
    if (last === undefined) throw new GitStop('No stash entries found.', 1);
    return { oid: last.to, at: 0 };
  }
  const [, digits] = /^(?:(?:refs\/)?stash@\{)?(\d+)\}?$/.exec(name) ?? (name === 'stash' ? [name, '0'] : []);
  if (digits === undefined) {
    const oid = await resolve(work, name);
    if (oid === undefined) throw failed(`${name} is not a valid reference`);
    if ((await commitData(work, oid)).parent.length < 2) throw fatal(`'${name}' is not a stash-like commit`);
    return { oid, at: undefined };
  }
  const shown = /^\d+$/.test(name) ? `refs/stash@{${name}}` : name;
  const entry = log[Number(digits)];
  if (entry === undefined) {
    if (log.length === 0) throw failed(`${shown} is not a valid reference`);
    throw fatal(`log for '${shown.replace(/@.*/, '')}' only has ${log.length} entries`);
  }
  return { oid: entry.to, at: Number(digits) };
}

const applyOptions: OptionTable = {
  '--index': { as: 'index' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
};

async function apply(work: Work, args: readonly string[], command: 'pop' | 'apply'): Promise<number> {
  const { io } = work;
  const { flags, words } = readOptions(`stash ${command}`, args, applyOptions);
  const entry = await entryOf(work, words[0]);
  if (command === 'pop' && entry.at === undefined) throw failed(`'${words[0]}' is not a stash reference`);
  const trouble = await applyStash(work, entry.oid, { index: flags.has('index') });
  if (trouble !== undefined && trouble !== '') io.stderr(`${trouble}\n`);
  if (!flags.has('quiet')) await status(work, []);
  if (trouble !== undefined) {
    if (command === 'pop') io.stdout('The stash entry is kept in case you need it again.\n');
    return 1;
  }
  return command === 'pop' ? forget(work, words[0], entry, flags.has('quiet')) : 0;
}

async function drop(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('stash drop', args, applyOptions);
  const entry = await entryOf(work, words[0]);
  if (entry.at === undefined) throw failed(`'${words[0]}' is not a stash reference`);
  return forget(work, words[0], entry, flags.has('quiet'));
}

async function forget(
  work: Work,
  name: string | undefined,
  { oid, at }: { readonly oid: string; readonly at: number | undefined },
  quiet: boolean,
): Promise<number> {
  const log = readLog(work, REF).filter((_, number) => number !== at);
  // Each entry follows upon the one below it.
  const chained = log.map((entry, number) => ({ ...entry, from: log[number + 1]?.to ?? '0'.repeat(40) }));
  writeLog(work, REF, chained);
  const [last] = chained;
  if (last === undefined) await git.deleteRef({ ...work, ref: REF });
  else await git.writeRef({ ...work, ref: REF, value: last.to, force: true });
  const shown = name === undefined ? 'refs/stash@{0}' : /^\d+$/.test(name) ? `refs/stash@{${name}}` : name;
  if (!quiet) work.io.stdout(`Dropped ${shown} (${oid})\n`);
  return 0;
}

async function branchFrom(work: Work, args: readonly string[]): Promise<number> {
  const [name, which] = args;
  if (name === undefined) {
    work.io.stderr('No branch name specified\n');
    return 1;
  }
  const entry = await entryOf(work, which);
  const [base = ''] = (await commitData(work, entry.oid)).parent;
  const exitCode = await switchBranch(work, ['-c', name, base]);
  if (exitCode !== 0) return exitCode;
  const trouble = await applyStash(work, entry.oid, { index: true });
  if (trouble !== undefined && trouble !== '') work.io.stderr(`${trouble}\n`);
  await status(work, []);
  if (trouble !== undefined) return 1;
  return entry.at === undefined ? 0 : forget(work, which, entry, false);
}
