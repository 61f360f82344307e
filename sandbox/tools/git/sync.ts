import * as git from 'isomorphic-git';
import { short } from '../../forge/git/index.ts';
import { copyObjects, diskOf, isAncestor, type Place, placeOn } from '../../forge/index.ts';
import { addressOf, noRepository, remotesOf, repositoryAt } from './far.ts';
import { bringTags, type TagsAsked, tagsAsked, widthOf } from './fetch-tags.ts';
import { fatal, GitStop, type OptionTable, readOptions } from './options.ts';
import { moveRef, removeRef } from './refs.ts';
import { bringRef, type Refspec, readRefspec } from './refspec.ts';
import { resolve } from './revisions.ts';
import { config, settingsHere } from './sources.ts';
import { wildcard } from './wildcard.ts';
import { currentBranch, ownFile, type Work } from './work.ts';

const fetchOptions: OptionTable = {
  '-p': { as: 'prune' },
  '--prune': { as: 'prune' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '--all': { as: 'all' },
  '-t': { as: 'tags' },
  '--tags': { as: 'tags' },
  '--no-tags': { as: 'no-tags' },
  '-v': { as: 'verbose' },
  '--verbose': { as: 'verbose' },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '-n': { as: 'no-tags' },
  '--dry-run': { as: 'dry-run' },
  '--unshallow': { as: 'unshallow' },
  '--progress': { as: 'progress' },
  '--no-progress': { as: 'no-progress' },
  '-j': { as: 'jobs', value: true },
  '--jobs': { as: 'jobs', value: true },
  '--atomic': { as: 'atomic' },
  '--multiple': { as: 'multiple' },
  '--recurse-submodules': { as: 'submodules', value: 'optional' },
  '--no-recurse-submodules': { as: 'no-submodules' },
  '-u': { as: 'update-head-ok' },
  '--update-head-ok': { as: 'update-head-ok' },
  '--auto-gc': { as: 'auto-gc' },
  '--no-auto-gc': { as: 'no-auto-gc' },
  '--show-forced-updates': { as: 'show-forced' },
};

const ALL_TAGS = 'refs/tags/*:refs/tags/*';

/** `git fetch`: brings what the remote has, and moves `origin/*`. */
export async function fetch(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('fetch', args, fetchOptions);
  if (words.length === 0 && remotesOf(work).length === 0) return 0;
  const branch = await currentBranch(work);
  const followed = branch === undefined ? undefined : config(work, `branch.${branch}.remote`);
  const names = flags.has('all') ? remotesOf(work).map(({ remote }) => remote) : [words[0] ?? followed ?? 'origin'];
  const reflog = ['fetch', ...args].join(' ');
  const named = words.slice(1);
  // `tag v1` names one.
  const refspecs = named.flatMap((word, at) =>
    named[at - 1] === 'tag'
      ? [`refs/tags/${word}:refs/tags/${word}`]
      : word === 'tag' && at + 1 < named.length
        ? []
        : [word],
  );
  const isRefspec = refspecs.length > 1 || /^\+|:|^refs\/|^pull\//.test(refspecs[0] ?? '');
  if (flags.has('unshallow')) await deepen(work, names[0] ?? 'origin');
  let [lines, failures] = ['', 0];
  for (const name of names) {
    if (names.length > 1 && !flags.has('quiet')) work.io.stdout(`Fetching ${name}\n`);
    const from = lines;
    try {
      const tags = tagsAsked(work, name, flags);
      lines += isRefspec
        ? await bringSome(work, name, refspecs, reflog, tags)
        : await bring(work, name, {
            prune: flags.has('prune'),
            only: words[1],
            reflog,
            verbose: flags.has('verbose'),
            isDry: flags.has('dry-run'),
            isForced: flags.has('force'),
            tags,
          });
    } catch (error) {
      if (!(error instanceof GitStop) || !flags.has('all')) throw error;
      failures += 1;
      lines = `${from}${error.message}\nerror: could not fetch ${name}\n`;
    }
  }
  if (!flags.has('quiet')) work.io.stderr(lines);
  return failures > 0 || /^ ! /m.test(lines) ? 1 : 0;
}

/** Brings what a shallow clone left out. @throws GitStop when nothing was left out. */
async function deepen(work: Work, remote: string): Promise<void> {
  const { files } = work.io.machine;
  const list = `${work.gitdir}/shallow`;
  if (!files.exists(list)) throw fatal('--unshallow on a complete repository does not make sense');
  const { place } = await originOf(work, remote);
  const ends = files.readText(list).split('\n').filter(Boolean);
  files.remove(list);
  for (const end of ends)
    for (const parent of (await git.readCommit({ ...place, oid: end })).commit.parent)
      await copyObjects(work.io.machine, place, work, parent);
}

/** Refs of a remote that are named one by one. Tags follow where one of them gets a name here. */
async function bringSome(
  work: Work,
  remote: string,
  asked: readonly string[],
  reflog: string,
  tags: TagsAsked | undefined,
): Promise<string> {
  const origin = await originOf(work, remote);
  const refspecs = tags === 'all' ? [...asked, ALL_TAGS] : asked;
  const rows: string[] = [];
  const tips = new Set<string>();
  let isKept = false;
  for (const text of refspecs) {
    const refspec = readRefspec(text);
    if (refspec.source === '') throw fatal(`fetch: a refspec '${text}' is not part of this sandbox`);
    isKept ||= refspec.target !== undefined;
    for (const one of await spread(origin.place, refspec)) {
      rows.push(...(await bringRef(work, origin, one, reflog)));
      tips.add((await resolve(origin.place, one.source)) ?? '');
    }
  }
  if (tags === undefined && isKept) rows.push(...(await bringTags(work, origin, 'followed', { tips })));
  return rows.length === 0 ? '' : `From ${origin.url.replace(/\.git$/, '')}\n${rows.join('')}`;
}

/** The refs for which a pattern (`refs/heads/*:refs/remotes/o/*`) stands. */
async function spread(place: Place, refspec: Refspec): Promise<readonly Refspec[]> {
  const [folder, end] = refspec.source.split('*');
  if (folder === undefined || end === undefined) return [refspec];
  const names = await git.listRefs({ ...place, filepath: folder.replace(/\/$/, '') });
  return names
    .filter((name) => name.endsWith(end))
    .map((name) => ({
      ...refspec,
      source: folder + name,
      ...(refspec.target !== undefined && {
        target: refspec.target.replace('*', name.slice(0, name.length - end.length)),
      }),
    }));
}

export async function originOf(work: Work, remote: string): Promise<{ readonly url: string; readonly place: Place }> {
  // What the forge does by itself as time passes has happened by now.
  await work.io.machine.settle();
  const url = config(work, `remote.${remote}.url`);
  const address = addressOf(work, remote);
  const found = repositoryAt(work.io, url === undefined ? work.io.cwd : work.dir, address);
  if (found === undefined || !diskOf(work.io.machine, found.gitdir).exists(`${found.gitdir}/HEAD`))
    throw noRepository(address);
  return { url: address, place: placeOn(work.io.machine, found.gitdir) };
}

/** Writes down what was fetched (`FETCH_HEAD`): what a pull would merge comes first. */
async function tellFetched(
  work: Work,
  { url, place }: { readonly url: string; readonly place: Place },
  names: readonly string[],
  only: string | undefined,
): Promise<void> {
  const merge = config(work, `branch.${await currentBranch(work)}.merge`)?.replace('refs/heads/', '');
  const wanted = (name: string): boolean => name === (only ?? merge);
  const lines = await Promise.all(
    [...names.filter(wanted), ...names.filter((name) => !wanted(name))].map(async (name) => {
      const oid = await git.resolveRef({ ...place, ref: `refs/heads/${name}` });
      return `${oid}\t${wanted(name) ? '' : 'not-for-merge'}\tbranch '${name}' of ${url.replace(/\.git$/, '')}\n`;
    }),
  );
  work.io.machine.files.writeFile(ownFile(work, 'FETCH_HEAD'), lines.join(''));
}

/** From a repository that has no name here: one branch, or what its HEAD is, for `FETCH_HEAD` alone. */
async function bringUnnamed(
  work: Work,
  { url, place }: { readonly url: string; readonly place: Place },
  only: string | undefined,
): Promise<string> {
  const oid = await git
    .resolveRef({ ...place, ref: only === undefined ? 'HEAD' : `refs/heads/${only}` })
    .catch(() => undefined);
  if (oid === undefined) throw fatal(`couldn't find remote ref ${only ?? 'HEAD'}`);
  await copyObjects(work.io.machine, place, work, oid);
  const what = only === undefined ? '' : `branch '${only}' of `;
  work.io.machine.files.writeFile(ownFile(work, 'FETCH_HEAD'), `${oid}\t\t${what}${url.replace(/\.git$/, '')}\n`);
  return `From ${url.replace(/\.git$/, '')}\n * ${'branch'.padEnd(17)} ${(only ?? 'HEAD').padEnd(10)} -> FETCH_HEAD\n`;
}

export interface Bringing {
  readonly prune?: boolean;
  /** The one branch that is asked for. */
  readonly only?: string | undefined;
  readonly reflog: string;
  /** Commits whose parents stay behind. */
  readonly cut?: ReadonlySet<string> | undefined;
  readonly verbose?: boolean;
  readonly isDry?: boolean;
  /** Whether a tag that is here already gives way to the remote's. */
  readonly isForced?: boolean;
  /** Where nothing is said those follow that belong to all branches. */
  readonly tags?: TagsAsked | undefined;
}

/** Brings branches of a remote, and its tags. @returns what git prints. */
export async function bring(
  work: Work,
  remote: string,
  {
    prune = false,
    only,
    reflog,
    cut,
    verbose = false,
    isDry = false,
    isForced = false,
    tags = only === undefined ? 'followed' : 'none',
  }: Bringing,
): Promise<string> {
  const { url, place } = await originOf(work, remote);
  const rows: string[] = [];
  if (config(work, `remote.${remote}.url`) === undefined) return bringUnnamed(work, { url, place }, only);
  const refspecs = settingsHere(work.io, work).flatMap(({ key, value }) =>
    key === `remote.${remote}.fetch` ? [value] : [],
  );
  const isTracking = (spec: string): boolean =>
    /^\+?refs\/heads\//.test(spec) && spec.includes(`:refs/remotes/${remote}/`);
  const followed = refspecs.filter(isTracking).map((spec) => wildcard(readRefspec(spec).source));
  const wanted = (name: string): boolean =>
    only === undefined
      ? refspecs.length === 0 || followed.some((source) => source.test(`refs/heads/${name}`))
      : name === only;
  // What the current branch merges comes first.
  const here = await currentBranch(work);
  const merged =
    config(work, `branch.${here}.remote`) === remote
      ? config(work, `branch.${here}.merge`)?.replace('refs/heads/', '')
      : undefined;
  const listed = (await git.listBranches(place)).filter(wanted);
  const names = [...listed.filter((name) => name === merged), ...listed.filter((name) => name !== merged)];
  if (only !== undefined && names.length === 0) throw fatal(`couldn't find remote ref ${only}`);
  if (!isDry) await tellFetched(work, { url, place }, names, only);
  const width = widthOf(names.map((name) => [name, `${remote}/${name}`]));
  const tips = new Set<string>();
  const row = (mark: string, summary: string, name: string): void =>
    void rows.push(` ${mark} ${summary.padEnd(17)} ${name.padEnd(width)} -> ${remote}/${name}\n`);
  if (only !== undefined) rows.push(` * ${'branch'.padEnd(17)} ${only.padEnd(width)} -> FETCH_HEAD\n`);
  for (const name of names) {
    const oid = await git.resolveRef({ ...place, ref: `refs/heads/${name}` });
    tips.add(oid);
    const ref = `refs/remotes/${remote}/${name}`;
    const old = await resolve(work, ref);
    if (old === oid) {
      if (verbose) row('=', '[up to date]', name);
      continue;
    }
    const isForward = old !== undefined && (await isAncestor(place, old, oid).catch(() => false));
    await copyObjects(work.io.machine, place, work, oid, cut);
    const how = old === undefined ? 'storing head' : isForward ? 'fast-forward' : 'forced-update';
    if (!isDry) await moveRef(work, ref, oid, `${reflog}: ${how}`);
    if (old === undefined) row('*', '[new branch]', name);
    else if (isForward) row(' ', `${short(work, old)}..${short(work, oid)}`, name);
    else
      rows.push(
        ` + ${`${short(work, old)}...${short(work, oid)}`.padEnd(17)} ${name.padEnd(width)} -> ${remote}/${name}  (forced update)\n`,
      );
  }
  for (const spec of only === undefined ? refspecs.filter((one) => !isTracking(one)) : [])
    for (const one of await spread(place, readRefspec(spec)))
      rows.push(...(await bringRef(work, { url, place }, one, reflog, false)));
  if (tags !== 'none') rows.push(...(await bringTags(work, { url, place }, tags, { tips, isDry, isForced, reflog })));
  const prunes = prune || [`remote.${remote}.prune`, 'fetch.prune'].some((key) => config(work, key) === 'true');
  if (prunes && only === undefined) {
    const gone: string[] = [];
    for (const name of await git.listBranches({ ...work, remote })) {
      if (names.includes(name) || name === 'HEAD') continue;
      if (!isDry) await removeRef(work, `refs/remotes/${remote}/${name}`);
      gone.push(` - ${'[deleted]'.padEnd(17)} ${'(none)'.padEnd(width)} -> ${remote}/${name}\n`);
    }
    rows.unshift(...gone);
  }
  return rows.length === 0 ? '' : `From ${url.replace(/\.git$/, '')}\n${rows.join('')}`;
}
