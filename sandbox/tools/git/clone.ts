import * as git from 'isomorphic-git';
import { readCommit } from '../../forge/git/index.ts';
import { copyObjects, diskOf, type Place, placeAt, placeOn, readTree } from '../../forge/index.ts';
import { type CommandIO, nameOf, resolvePath } from '../../machine/index.ts';
import { noRepository, repositoryAt, rewritten } from './far.ts';
import { bringTags } from './fetch-tags.ts';
import { detachedAdvice } from './go-to.ts';
import { makeRepository } from './init.ts';
import type { GetLazy } from './lazy.ts';
import { fatal, lastValue, type OptionTable, readOptions, UsageStop } from './options.ts';
import { moveHead } from './refs.ts';
import { addRemote } from './remote.ts';
import { resolve } from './revisions.ts';
import { changeConfig, withSetting } from './settings.ts';
import { config } from './sources.ts';
import { bring } from './sync.ts';
import { follow } from './upstream.ts';
import type { Work } from './work.ts';
import { putFiles } from './work-tree.ts';

const options: OptionTable = {
  '-b': { as: 'branch', value: true },
  '--branch': { as: 'branch', value: true },
  '-o': { as: 'origin', value: true },
  '--origin': { as: 'origin', value: true },
  '-n': { as: 'no-checkout' },
  '--no-checkout': { as: 'no-checkout' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '--bare': { as: 'bare' },
  '--depth': { as: 'depth', value: true },
  '--single-branch': { as: 'single-branch' },
  '--no-single-branch': { as: 'every-branch' },
  '--no-tags': { as: 'no-tags' },
  '--mirror': { as: 'mirror' },
  '-c': { as: 'setting', value: true },
  '--config': { as: 'setting', value: true },
  '--recurse-submodules': { as: 'submodules' },
  '--recursive': { as: 'submodules' },
  '-l': { as: 'local' },
  '--local': { as: 'local' },
  '--progress': { as: 'progress' },
  '-j': { as: 'jobs', value: true },
  '--jobs': { as: 'jobs', value: true },
  '--no-hardlinks': { as: 'no-hardlinks' },
  '--template': { as: 'template', value: true },
  '--filter': { as: 'filter', value: true },
  '-v': { as: 'verbose' },
  '--verbose': { as: 'verbose' },
};

/** `git clone`: a repository of the forge or of this machine, with its working tree. @param lazy for the submodules, where they may be asked for. */
export async function clone(io: CommandIO, args: readonly string[], lazy?: GetLazy): Promise<number> {
  const parsed = readOptions('clone', args, options);
  const { flags } = parsed;
  const [url, folder] = parsed.words;
  if (url === undefined)
    throw new UsageStop('clone', { message: 'fatal: You must specify a repository to clone.\n\n' });
  const given = lastValue(parsed, 'depth');
  const isLocal = !/^\w+:|^[\w.-]+@[\w.-]+:/.test(url);
  const bare = flags.has('bare') || flags.has('mirror');
  const shown =
    folder ??
    `${nameOf(url.replace(/\/+$/, '').replace(/^[^/]*:(?!\/)/, '')).replace(/\.git$/, '')}${bare ? '.git' : ''}`;
  const dir = resolvePath(io.cwd, shown);
  const { files } = io.machine;
  const address = rewritten(io, undefined, url);
  const source = repositoryAt(io, io.cwd, address);
  const isThere = source !== undefined && diskOf(io.machine, source.gitdir).exists(`${source.gitdir}/HEAD`);
  if (isLocal && !isThere && !files.exists(resolvePath(io.cwd, url))) throw fatal(`repository '${url}' does not exist`);
  if (given !== undefined && !(Number(given) > 0)) throw fatal(`depth ${given} is not a positive number`);
  if (files.exists(dir) && (files.stat(dir).type !== 'directory' || files.list(dir).length > 0))
    throw fatal(`destination path '${shown}' already exists and is not an empty directory.`);
  const tell = (text: string): void => {
    if (!flags.has('quiet')) io.stderr(text);
  };
  tell(`Cloning into ${bare ? 'bare repository ' : ''}'${shown}'...\n`);
  if (!isThere) throw noRepository(url);
  const depth = isLocal ? undefined : given;
  if (given !== undefined && isLocal) io.stderr('warning: --depth is ignored in local clones; use file:// instead.\n');
  if (lastValue(parsed, 'filter') !== undefined && isLocal)
    io.stderr('warning: --filter is ignored in local clones; use file:// instead.\n');
  const origin = placeOn(io.machine, source.gitdir);
  const head = await git.currentBranch(origin);
  const branch = lastValue(parsed, 'branch') ?? head ?? 'main';
  const gitdir = bare ? dir : `${dir}/.git`;
  const work: Work = { io, dir, ...placeAt(files, gitdir) };
  files.mkdir(gitdir, { recursive: true });
  await makeRepository(files, { dir, gitdir, bare, defaultBranch: branch });
  for (const setting of parsed.values.get('setting') ?? []) {
    const [key = '', ...value] = setting.split('=');
    changeConfig(files, `${gitdir}/config`, (text) =>
      withSetting(text, key, value.length === 0 ? 'true' : value.join('=')),
    );
  }
  if (flags.has('submodules'))
    changeConfig(files, `${gitdir}/config`, (text) => withSetting(text, 'submodule.active', '.'));
  const done = isLocal ? 'done.\n' : '';
  const place = isLocal && !url.startsWith('/') ? `${io.cwd}/${url}` : url;
  if (bare) {
    changeConfig(files, `${gitdir}/config`, (text) => withSetting(text, 'remote.origin.url', place));
    if (flags.has('mirror'))
      changeConfig(files, `${gitdir}/config`, (text) =>
        withSetting(withSetting(text, 'remote.origin.fetch', '+refs/*:refs/*'), 'remote.origin.mirror', 'true'),
      );
    tell((await copyRefs(work, origin, flags.has('mirror'))) ? done : `${emptyWarning}${done}`);
    return 0;
  }
  const remote = lastValue(parsed, 'origin') ?? 'origin';
  addRemote(work, remote, place);
  if (flags.has('no-tags'))
    changeConfig(files, `${gitdir}/config`, (text) => withSetting(text, `remote.${remote}.tagOpt`, '--no-tags'));
  const single = flags.has('single-branch') || (depth !== undefined && !flags.has('every-branch'));
  const isBranch = (await git.listBranches(origin)).includes(branch);
  const tagged = isBranch ? undefined : await resolve(origin, `refs/tags/${branch}`);
  if (depth !== undefined && !single)
    throw fatal("clone: '--depth' with '--no-single-branch' is not part of this sandbox");
  const tip = isBranch ? await resolve(origin, `refs/heads/${branch}`) : tagged;
  const cut = depth === undefined || tip === undefined ? undefined : await cutAt(origin, tip, Number(depth));
  if (single && tagged !== undefined) {
    await copyObjects(io.machine, origin, work, tagged, cut);
    await bringTags(work, { place: origin, url }, 'followed', { tips: new Set([tagged]) });
  } else
    await bring(work, remote, {
      only: single && isBranch ? branch : undefined,
      reflog: `clone: from ${url}`,
      cut,
      tags: flags.has('no-tags') ? 'none' : single && isBranch ? 'followed' : 'all',
    });
  if (single && tip !== undefined) {
    const [there, here] = isBranch ? ['heads', `remotes/${remote}`] : ['tags', 'tags'];
    changeConfig(files, `${gitdir}/config`, (text) =>
      withSetting(text, `remote.${remote}.fetch`, `+refs/${there}/${branch}:refs/${here}/${branch}`),
    );
    if (cut !== undefined && cut.size > 0)
      files.writeFile(
        `${gitdir}/shallow`,
        [...cut]
          .sort()
          .map((oid) => `${oid}\n`)
          .join(''),
      );
  }
  const followed = await resolve(work, `refs/remotes/${remote}/${branch}`);
  const tag = parsed.values.has('branch') ? await resolve(work, `refs/tags/${branch}`) : undefined;
  if (followed === undefined && tag === undefined) {
    if (parsed.values.has('branch')) {
      files.remove(dir, { recursive: true });
      throw fatal(`Remote branch ${branch} not found in upstream ${remote}`);
    }
    const isEmpty = (await git.listBranches(origin)).length === 0;
    if (isEmpty) io.stderr(emptyWarning);
    tell(done);
    if (!isEmpty) io.stderr('warning: remote HEAD refers to nonexistent ref, unable to checkout\n');
    follow(work, branch, remote);
    return 0;
  }
  const target = followed ?? tag ?? '';
  if (typeof head === 'string' && (await resolve(work, `refs/remotes/${remote}/${head}`)) !== undefined) {
    const value = `refs/remotes/${remote}/${head}`;
    await git.writeRef({ ...work, ref: `refs/remotes/${remote}/HEAD`, value, symbolic: true });
  }
  if (followed === undefined) await git.writeRef({ ...work, ref: 'HEAD', value: target, force: true });
  else {
    await moveHead(work, target, `clone: from ${url}`);
    follow(work, branch, remote);
  }
  if (!flags.has('no-checkout')) await putFiles(work, await readTree(work, target));
  tell(done);
  if (followed === undefined && config(work, 'advice.detachedHead') !== 'false') io.stderr(detachedAdvice(target));
  if (lazy !== undefined && flags.has('submodules') && files.exists(`${dir}/.gitmodules`)) {
    const quietly = flags.has('quiet') ? ['--quiet'] : [];
    return (await lazy()).submodule({ ...work, io: { ...io, cwd: dir } }, [
      ...quietly,
      'update',
      '--init',
      '--recursive',
    ]);
  }
  return 0;
}

/** The commits at which a history of so many generations ends. */
async function cutAt(origin: Place, tip: string, depth: number): Promise<ReadonlySet<string>> {
  let tips = [tip];
  const parentsOf = async (oid: string): Promise<readonly string[]> => (await readCommit(origin, oid)).commit.parent;
  for (let step = 1; step < depth; step++) tips = (await Promise.all(tips.map(parentsOf))).flat();
  const rooted = await Promise.all(tips.map(async (oid) => (await parentsOf(oid)).length > 0));
  return new Set(tips.filter((_, at) => rooted[at]));
}

const emptyWarning = 'warning: You appear to have cloned an empty repository.\n';

/** All branches and tags, as they are. @returns whether there was one. */
async function copyRefs(work: Work, origin: Place, isMirror: boolean): Promise<boolean> {
  const all = await git.listRefs({ ...origin, filepath: 'refs' });
  const refs = all.filter((ref) => isMirror || /^(heads|tags)\//.test(ref));
  for (const ref of refs) {
    const value = await git.resolveRef({ ...origin, ref: `refs/${ref}` });
    await copyObjects(work.io.machine, origin, work, value);
    await git.writeRef({ ...work, ref: `refs/${ref}`, value });
  }
  return refs.length > 0;
}
