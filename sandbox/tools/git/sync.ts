import * as git from 'isomorphic-git';
import { copyObjects, folderOfUrl, gitFiles, isAncestor, type Place, readTree } from '../../forge/index.ts';
import { type CommandIO, nameOf, resolvePath } from '../../machine/index.ts';
import { modeLines } from './commit.ts';
import { makeRepository } from './init.ts';
import { failed, fatal, GitStop, type OptionTable, painter, readOptions } from './options.ts';
import { changesBetween, statOf } from './patch.ts';
import { addRemote } from './remote.ts';
import { upstreamOf } from './status.ts';
import { follow, moveTo } from './switch.ts';
import { config, currentBranch, mustResolve, putFiles, resolve, short, type Work } from './work.ts';

const fetchOptions: OptionTable = {
  '-p': { as: 'prune' },
  '--prune': { as: 'prune' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '--all': { as: 'all' },
};

/** `git fetch`: brings what the remote has, and moves `origin/*`. */
export async function fetch(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('fetch', args, fetchOptions);
  const lines = await bring(work, words[0] ?? 'origin', flags.has('prune'));
  if (!flags.has('quiet')) work.io.stderr(lines);
  return 0;
}

async function originOf(work: Work, remote: string): Promise<{ readonly url: string; readonly place: Place }> {
  const url = config(work, `remote.${remote}.url`);
  const found = folderOfUrl(url ?? '');
  if (url === undefined || found === undefined || !work.io.machine.files.exists(`${found.gitdir}/HEAD`)) {
    throw fatal(
      url === undefined
        ? `'${remote}' does not appear to be a git repository\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.`
        : `repository '${url}/' not found`,
    );
  }
  return { url, place: { fs: work.fs, gitdir: found.gitdir } };
}

/** @param only the one branch that is asked for. */
async function bring(work: Work, remote: string, prune: boolean, only?: string): Promise<string> {
  const { url, place } = await originOf(work, remote);
  const rows: string[] = [];
  const names = (await git.listBranches(place)).filter((name) => only === undefined || name === only);
  if (only !== undefined && names.length === 0) throw fatal(`couldn't find remote ref ${only}`);
  const width = Math.max(10, ...names.map((name) => name.length));
  const row = (mark: string, summary: string, name: string): void =>
    void rows.push(` ${mark} ${summary.padEnd(17)} ${name.padEnd(width)} -> ${remote}/${name}\n`);
  if (only !== undefined) rows.push(` * ${'branch'.padEnd(17)} ${only.padEnd(width)} -> FETCH_HEAD\n`);
  for (const name of names) {
    const oid = await git.resolveRef({ ...place, ref: `refs/heads/${name}` });
    const ref = `refs/remotes/${remote}/${name}`;
    const old = await resolve(work, ref);
    if (old === oid) continue;
    await copyObjects(work.io.machine, place, work, oid);
    await git.writeRef({ ...work, ref, value: oid, force: true });
    if (old === undefined) row('*', '[new branch]', name);
    else if (await isAncestor(work, old, oid)) row(' ', `${short(old)}..${short(oid)}`, name);
    else
      rows.push(
        ` + ${`${short(old)}...${short(oid)}`.padEnd(17)} ${name.padEnd(width)} -> ${remote}/${name}  (forced update)\n`,
      );
  }
  for (const name of only === undefined ? await git.listTags(place) : []) {
    if ((await resolve(work, `refs/tags/${name}`)) !== undefined) continue;
    const oid = await git.resolveRef({ ...place, ref: `refs/tags/${name}` });
    await copyObjects(work.io.machine, place, work, oid);
    await git.writeRef({ ...work, ref: `refs/tags/${name}`, value: oid });
    rows.push(` * ${'[new tag]'.padEnd(17)} ${name.padEnd(width)} -> ${name}\n`);
  }
  if (prune && only === undefined) {
    for (const name of await git.listBranches({ ...work, remote })) {
      if (names.includes(name) || name === 'HEAD') continue;
      await git.deleteRef({ ...work, ref: `refs/remotes/${remote}/${name}` });
      rows.unshift(` - ${'[deleted]'.padEnd(17)} ${'(none)'.padEnd(width)} -> ${remote}/${name}\n`);
    }
  }
  return rows.length === 0 ? '' : `From ${url.replace(/\.git$/, '')}\n${rows.join('')}`;
}

/** What git says to people who have not chosen between merging and rebasing. */
const divergent =
  'hint: You have divergent branches and need to specify how to reconcile them.\nhint: You can do so by running one of the following commands sometime before\nhint: your next pull:\nhint: \nhint:   git config pull.rebase false  # merge\nhint:   git config pull.rebase true   # rebase\nhint:   git config pull.ff only       # fast-forward only\nhint: \nhint: You can replace "git config" with "git config --global" to set a default\nhint: preference for all repositories. You can also pass --rebase, --no-rebase,\nhint: or --ff-only on the command line to override the configured default per\nhint: invocation.\n';

const pullOptions: OptionTable = {
  '--ff-only': { as: 'ff-only' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '-p': { as: 'prune' },
  '--prune': { as: 'prune' },
};

/** `git pull`: fetch, then a fast-forward of the current branch. */
export async function pull(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('pull', args, pullOptions);
  const branch = await currentBranch(work);
  const [remote = 'origin', name] = words;
  const lines = await bring(work, remote, flags.has('prune'), name);
  if (!flags.has('quiet')) work.io.stderr(lines);
  const upstream = branch === undefined ? undefined : await upstreamOf(work, branch);
  if (name === undefined && upstream === undefined) {
    work.io.stderr(
      `There is no tracking information for the current branch.\nPlease specify which branch you want to merge with.\nSee git-pull(1) for details.\n\n    git pull <remote> <branch>\n\nIf you wish to set tracking information for this branch you can do so with:\n\n    git branch --set-upstream-to=${remote}/<branch> ${branch}\n\n`,
    );
    return 1;
  }
  const target = name === undefined ? upstream?.oid : await resolve(work, `refs/remotes/${remote}/${name}`);
  if (target === undefined) throw fatal(`couldn't find remote ref ${name ?? branch}`);
  const otherwise = flags.has('ff-only')
    ? fatal('Not possible to fast-forward, aborting.')
    : new GitStop(`${divergent}fatal: Need to specify how to reconcile divergent branches.`);
  return fastForward(work, target, flags.has('quiet'), otherwise);
}

/** `git merge`, for the part of it that needs no commit of its own. */
export async function merge(work: Work, args: readonly string[]): Promise<number> {
  const { words, flags } = readOptions('merge', args, { '--ff-only': { as: 'ff-only' }, '--ff': { as: 'ff' } });
  const [name] = words;
  if (name === undefined) throw fatal('No remote for the current branch.');
  const target = await resolve(work, name);
  if (target === undefined) {
    work.io.stderr(`merge: ${name} - not something we can merge\n`);
    return 1;
  }
  return fastForward(
    work,
    target,
    false,
    flags.has('ff-only')
      ? fatal('Not possible to fast-forward, aborting.')
      : failed('git merge: a merge that needs a commit of its own is not part of this sandbox'),
  );
}

async function fastForward(work: Work, target: string, quiet: boolean, otherwise: GitStop): Promise<number> {
  const { io } = work;
  const head = await resolve(work, 'HEAD');
  const branch = await currentBranch(work);
  if (head !== undefined && (await isAncestor(work, target, head))) {
    if (!quiet) io.stdout('Already up to date.\n');
    return 0;
  }
  if (head !== undefined && !(await isAncestor(work, head, target))) throw otherwise;
  if (!quiet && head !== undefined) io.stdout(`Updating ${short(head)}..${short(target)}\n`);
  await moveTo(work, target, 'merge');
  if (head !== undefined) io.machine.files.writeFile(`${work.gitdir}/ORIG_HEAD`, `${head}\n`);
  await git.writeRef({
    ...work,
    ref: branch === undefined ? 'HEAD' : `refs/heads/${branch}`,
    value: target,
    force: true,
  });
  if (!quiet && head !== undefined) {
    const [before, after] = [await readTree(work, head), await readTree(work, target)];
    const changes = await changesBetween(work, before, after, []);
    io.stdout(`Fast-forward\n${statOf(changes, painter(io))}${modeLines(before, after)}`);
  }
  return 0;
}

const cloneOptions: OptionTable = {
  '-b': { as: 'branch', value: true },
  '--branch': { as: 'branch', value: true },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
};

/** `git clone`: a repository of the forge, with its working tree. */
export async function clone(io: CommandIO, args: readonly string[]): Promise<number> {
  const parsed = readOptions('clone', args, cloneOptions);
  const [url, folder] = parsed.words;
  if (url === undefined) throw fatal('You must specify a repository to clone.');
  const shown = folder ?? nameOf(url).replace(/\.git$/, '');
  const dir = resolvePath(io.cwd, shown);
  const { files } = io.machine;
  if (files.exists(dir) && (files.stat(dir).type !== 'directory' || files.list(dir).length > 0)) {
    throw fatal(`destination path '${shown}' already exists and is not an empty directory.`);
  }
  const source = folderOfUrl(url);
  if (!parsed.flags.has('quiet')) io.stderr(`Cloning into '${shown}'...\n`);
  if (source === undefined || !files.exists(`${source.gitdir}/HEAD`)) {
    const host = /^https?:\/\/([^/:]+)/.exec(url)?.[1];
    if (host !== undefined && host !== 'git.ventarela.test')
      throw fatal(`unable to access '${url}/': Could not resolve host: ${host}`);
    throw fatal(
      `repository '${url}${host === undefined ? '' : '/'}' ${host === undefined ? 'does not exist' : 'not found'}`,
    );
  }
  const gitdir = `${dir}/.git`;
  const work: Work = { io, dir, gitdir, fs: gitFiles(files) };
  const origin: Place = { fs: work.fs, gitdir: source.gitdir };
  const branch = parsed.values.get('branch')?.at(-1) ?? (await git.currentBranch(origin)) ?? 'main';
  files.mkdir(gitdir, { recursive: true });
  await makeRepository(files, { dir, gitdir, bare: false, defaultBranch: branch });
  addRemote(work, 'origin', url);
  await bring(work, 'origin', false);
  const target = await resolve(work, `refs/remotes/origin/${branch}`);
  if (target === undefined) {
    io.stderr('warning: You appear to have cloned an empty repository.\n');
    return 0;
  }
  await git.writeRef({ ...work, ref: `refs/heads/${branch}`, value: await mustResolve(work, target) });
  const head = await git.currentBranch(origin);
  if (typeof head === 'string' && (await resolve(work, `refs/remotes/origin/${head}`)) !== undefined)
    await git.writeRef({
      ...work,
      ref: 'refs/remotes/origin/HEAD',
      value: `refs/remotes/origin/${head}`,
      symbolic: true,
    });
  await putFiles(work, await readTree(work, target));
  follow(work, branch, 'origin');
  return 0;
}
