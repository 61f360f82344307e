import * as git from 'isomorphic-git';
import { copyObjects, isAncestor, type Place, placeAt, readTree } from '../../forge/index.ts';
import { type CommandIO, nameOf, resolvePath } from '../../machine/index.ts';
import { makeRepository } from './init.ts';
import { fatal, type OptionTable, readOptions } from './options.ts';
import { moveHead, moveRef } from './refs.ts';
import { addRemote, remotesOf, repositoryAt } from './remote.ts';
import { detachedAdvice, follow } from './switch.ts';
import { config, currentBranch, putFiles, resolve, short, type Work } from './work.ts';

const fetchOptions: OptionTable = {
  '-p': { as: 'prune' },
  '--prune': { as: 'prune' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '--all': { as: 'all' },
  '-t': { as: 'tags' },
  '--tags': { as: 'tags' },
};

/** `git fetch`: brings what the remote has, and moves `origin/*`. */
export async function fetch(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('fetch', args, fetchOptions);
  if (words.length === 0 && remotesOf(work).length === 0) return 0;
  const branch = await currentBranch(work);
  const followed = branch === undefined ? undefined : config(work, `branch.${branch}.remote`);
  const names = flags.has('all') ? remotesOf(work).map(({ remote }) => remote) : [words[0] ?? followed ?? 'origin'];
  const reflog = ['fetch', ...args].join(' ');
  let lines = '';
  for (const name of names) {
    if (flags.has('all') && !flags.has('quiet')) work.io.stdout(`Fetching ${name}\n`);
    lines += await bring(work, name, flags.has('prune'), words[1], reflog);
  }
  if (!flags.has('quiet')) work.io.stderr(lines);
  return 0;
}

const isLocalPath = (url: string): boolean => !/^\w+:/.test(url);

async function originOf(work: Work, remote: string): Promise<{ readonly url: string; readonly place: Place }> {
  const url = config(work, `remote.${remote}.url`);
  const found = url === undefined ? undefined : repositoryAt(work.io, work.dir, url);
  if (url === undefined || found === undefined || !work.io.machine.files.exists(`${found.gitdir}/HEAD`)) {
    throw fatal(
      url === undefined
        ? `'${remote}' does not appear to be a git repository\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.`
        : isLocalPath(url)
          ? `'${url}' does not appear to be a git repository\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.`
          : `repository '${url}/' not found`,
    );
  }
  return { url, place: placeAt(work.io.machine.files, found.gitdir) };
}

/** @param only the one branch that is asked for. */
export async function bring(
  work: Work,
  remote: string,
  prune: boolean,
  only?: string,
  reflog = 'fetch',
): Promise<string> {
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
    const how =
      old === undefined ? 'storing head' : (await isAncestor(work, old, oid)) ? 'fast-forward' : 'forced-update';
    await moveRef(work, ref, oid, `${reflog}: ${how}`);
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
  const source = repositoryAt(io, io.cwd, url);
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
  const work: Work = { io, dir, ...placeAt(files, gitdir) };
  const origin = placeAt(files, source.gitdir);
  const branch = parsed.values.get('branch')?.at(-1) ?? (await git.currentBranch(origin)) ?? 'main';
  files.mkdir(gitdir, { recursive: true });
  await makeRepository(files, { dir, gitdir, bare: false, defaultBranch: branch });
  const isLocal = !/^\w+:/.test(url);
  addRemote(work, 'origin', isLocal ? resolvePath(io.cwd, url) : url);
  await bring(work, 'origin', false, undefined, `clone: from ${url}`);
  const tag = await resolve(work, `refs/tags/${branch}`);
  const target =
    (await resolve(work, `refs/remotes/origin/${branch}`)) ?? (parsed.values.has('branch') ? tag : undefined);
  if (target === undefined && parsed.values.has('branch')) {
    files.remove(dir, { recursive: true });
    throw fatal(`Remote branch ${branch} not found in upstream origin`);
  }
  if (target !== undefined && target === tag && !(await git.listBranches(origin)).includes(branch)) {
    await git.writeRef({ ...work, ref: 'HEAD', value: target, force: true });
    await putFiles(work, await readTree(work, target));
    if (parsed.flags.has('quiet')) return 0;
    if (isLocal) io.stderr('done.\n');
    if (config(work, 'advice.detachedHead') !== 'false') io.stderr(detachedAdvice(target));
    return 0;
  }
  if (target === undefined) {
    io.stderr('warning: You appear to have cloned an empty repository.\n');
    if (isLocal && !parsed.flags.has('quiet')) io.stderr('done.\n');
    follow(work, branch, 'origin');
    return 0;
  }
  await moveHead(work, target, `clone: from ${url}`);
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
  if (isLocal && !parsed.flags.has('quiet')) io.stderr('done.\n');
  return 0;
}
