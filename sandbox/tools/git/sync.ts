import * as git from 'isomorphic-git';
import { copyObjects, gitFiles, isAncestor, type Place, readTree } from '../../forge/index.ts';
import { type CommandIO, nameOf, resolvePath } from '../../machine/index.ts';
import { addressOf } from './address.ts';
import { makeRepository } from './init.ts';
import { fatal, lastValue, type OptionTable, readOptions } from './options.ts';
import { moveHead, moveRef } from './refs.ts';
import { addRemote } from './remote.ts';
import { follow } from './switch.ts';
import { config, putFiles, resolve, short, type Work } from './work.ts';

const fetchOptions: OptionTable = {
  '-p': { as: 'prune' },
  '--prune': { as: 'prune' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '--all': { as: 'all' },
  '-t': { as: 'tags' },
  '--tags': { as: 'tags' },
  '-v': { as: 'verbose' },
};

/** `git fetch`: brings what the remote has, and moves `origin/*`. */
export async function fetch(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('fetch', args, fetchOptions);
  const lines = await bring(work, words[0] ?? 'origin', flags.has('prune'), undefined, ['fetch', ...args].join(' '));
  if (!flags.has('quiet')) work.io.stderr(lines);
  return 0;
}

async function originOf(work: Work, remote: string): Promise<{ readonly url: string; readonly place: Place }> {
  const url = config(work, `remote.${remote}.url`) ?? (/[/.:]/.test(remote) ? remote : undefined);
  const found = addressOf(work.io, url ?? '', work.dir);
  if (url === undefined || found === undefined) {
    throw fatal(
      url === undefined || !/^https?:/.test(url)
        ? `'${url ?? remote}' does not appear to be a git repository\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.`
        : `repository '${url}/' not found`,
    );
  }
  return { url, place: found };
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
  '--bare': { as: 'bare' },
  '-o': { as: 'origin', value: true },
  '--origin': { as: 'origin', value: true },
  '--no-hardlinks': { as: 'no-hardlinks' },
};

/** `git clone`: another repository, with its working tree. */
export async function clone(io: CommandIO, args: readonly string[]): Promise<number> {
  const parsed = readOptions('clone', args, cloneOptions);
  const [url, folder] = parsed.words;
  if (url === undefined) throw fatal('You must specify a repository to clone.');
  const bare = parsed.flags.has('bare');
  const shown = folder ?? nameOf(url.replace(/\/(\.git)?$/, '')).replace(/\.git$/, '') + (bare ? '.git' : '');
  const dir = resolvePath(io.cwd, shown);
  const { files } = io.machine;
  if (files.exists(dir) && (files.stat(dir).type !== 'directory' || files.list(dir).length > 0)) {
    throw fatal(`destination path '${shown}' already exists and is not an empty directory.`);
  }
  const source = addressOf(io, url, io.cwd);
  const isPath = !/^[a-z+]+:\/\//.test(url);
  if (source === undefined && isPath) throw fatal(`repository '${url}' does not exist`);
  if (!parsed.flags.has('quiet')) io.stderr(`Cloning into ${bare ? 'bare repository ' : ''}'${shown}'...\n`);
  if (source === undefined) {
    const host = /^https?:\/\/([^/:]+)/.exec(url)?.[1];
    if (host !== undefined && host !== 'git.ventarela.test')
      throw fatal(`unable to access '${url}/': Could not resolve host: ${host}`);
    throw fatal(`repository '${url}/' not found`);
  }
  const gitdir = bare ? dir : `${dir}/.git`;
  const work: Work = { io, dir, gitdir, fs: gitFiles(files) };
  const origin: Place = source;
  const done = source.isLocal && !parsed.flags.has('quiet') ? 'done.\n' : '';
  const named = lastValue(parsed, 'origin') ?? 'origin';
  const branch = parsed.values.get('branch')?.at(-1) ?? (await git.currentBranch(origin)) ?? 'main';
  files.mkdir(gitdir, { recursive: true });
  await makeRepository(files, { dir, gitdir, bare, defaultBranch: branch });
  const kept = isPath ? resolvePath(io.cwd, url) : url;
  if (bare) {
    for (const { ref, oid } of await refsOf(origin)) {
      await copyObjects(io.machine, origin, work, oid);
      await git.writeRef({ ...work, ref, value: oid });
    }
    io.stderr(done);
    return 0;
  }
  addRemote(work, named, kept);
  await bring(work, named, false, undefined, `clone: from ${kept}`);
  const target = await resolve(work, `refs/remotes/${named}/${branch}`);
  if (target === undefined) {
    if (parsed.values.has('branch')) throw fatal(`Remote branch ${branch} not found in upstream ${named}`);
    io.stderr(`warning: You appear to have cloned an empty repository.\n${done}`);
    return 0;
  }
  await moveHead(work, target, `clone: from ${kept}`);
  const head = await git.currentBranch(origin);
  if (typeof head === 'string' && (await resolve(work, `refs/remotes/${named}/${head}`)) !== undefined)
    await git.writeRef({
      ...work,
      ref: `refs/remotes/${named}/HEAD`,
      value: `refs/remotes/${named}/${head}`,
      symbolic: true,
    });
  await putFiles(work, await readTree(work, target));
  follow(work, branch, named);
  io.stderr(done);
  return 0;
}

/** Branches and tags of another repository. */
async function refsOf(place: Place): Promise<readonly { readonly ref: string; readonly oid: string }[]> {
  const names = ['heads', 'tags'].map(async (kind) =>
    (await git.listRefs({ ...place, filepath: `refs/${kind}` }))
      .filter((name) => !name.endsWith('^{}'))
      .map((name) => `refs/${kind}/${name}`),
  );
  return Promise.all(
    (await Promise.all(names)).flat().map(async (ref) => ({ ref, oid: await git.resolveRef({ ...place, ref }) })),
  );
}
