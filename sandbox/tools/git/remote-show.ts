// What a remote has beside what is known of it here: `git remote show`, `prune`.
import * as git from 'isomorphic-git';
import { diskOf, isAncestor, type Place, placeOn } from '../../forge/index.ts';
import { addressOf, noRepository, repositoryAt } from './far.ts';
import { removeRef } from './refs.ts';
import { resolve } from './revisions.ts';
import { config } from './sources.ts';
import type { Work } from './work.ts';

interface Far {
  readonly place: Place;
  readonly url: string;
  /** Its branches, and what they hold. */
  readonly branches: ReadonlyMap<string, string>;
}

/** @throws GitStop when there is no repository behind the name. */
async function farOf(work: Work, remote: string): Promise<Far> {
  const url = addressOf(work, remote);
  const found = repositoryAt(work.io, work.dir, url);
  if (found === undefined || !diskOf(work.io.machine, found.gitdir).exists(`${found.gitdir}/HEAD`))
    throw noRepository(url);
  const place = placeOn(work.io.machine, found.gitdir);
  const names = await git.listBranches(place);
  const oids = await Promise.all(names.map((name) => git.resolveRef({ ...place, ref: `refs/heads/${name}` })));
  return { place, url, branches: new Map(names.map((name, at) => [name, oids[at] ?? ''])) };
}

async function knownOf(work: Work, remote: string): Promise<readonly string[]> {
  return (await git.listBranches({ ...work, remote })).filter((name) => name !== 'HEAD');
}

/** `git remote show NAME`. */
export async function showRemote(work: Work, remote: string): Promise<number> {
  const { place, url, branches } = await farOf(work, remote);
  const known = await knownOf(work, remote);
  const stale = known.filter((name) => !branches.has(name)).map((name) => `refs/remotes/${remote}/${name}`);
  const rows = [
    ...[...branches.keys()].map((name): [string, string] => [
      name,
      known.includes(name) ? 'tracked' : `new (next fetch will store in remotes/${remote})`,
    ]),
    ...stale.map((name): [string, string] => [name, "stale (use 'git remote prune' to remove)"]),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  const local = await git.listBranches(work);
  const merging = local.flatMap((name): [string, string][] => {
    const merge = config(work, `branch.${name}.merge`)?.replace('refs/heads/', '');
    if (config(work, `branch.${name}.remote`) !== remote || merge === undefined) return [];
    const rebases = config(work, `branch.${name}.rebase`) === 'true';
    return [[name, rebases ? `rebases onto remote ${merge}` : `merges with remote ${merge}`]];
  });
  const pushing: [string, string][] = [];
  for (const name of local)
    if (branches.has(name)) pushing.push([name, await standing(work, name, branches.get(name) ?? '')]);
  const wide = Math.max(0, ...pushing.map(([name]) => name.length));
  const head = await git.currentBranch(place);
  work.io.stdout(
    [
      `* remote ${remote}`,
      `  Fetch URL: ${url}`,
      `  Push  URL: ${url}`,
      `  HEAD branch: ${typeof head === 'string' && branches.has(head) ? head : '(unknown)'}`,
      ...table(rows, '  Remote branch', 'es', ''),
      ...table(merging, '  Local branch', 'es', " configured for 'git pull'"),
      ...table(
        pushing.map(([name, how]) => [name, `pushes to ${name.padEnd(wide)} (${how})`]),
        '  Local ref',
        's',
        " configured for 'git push'",
      ),
    ]
      .map((line) => `${line}\n`)
      .join(''),
  );
  return 0;
}

async function standing(work: Work, name: string, there: string): Promise<string> {
  const here = await resolve(work, `refs/heads/${name}`);
  if (here === there) return 'up to date';
  const isKnown = here !== undefined && (await resolve(work, there)) !== undefined;
  return isKnown && (await isAncestor(work, there, here)) ? 'fast-forwardable' : 'local out of date';
}

function table(rows: readonly (readonly [string, string])[], title: string, plural: string, rest: string): string[] {
  if (rows.length === 0) return [];
  const wide = Math.max(...rows.map(([name]) => name.length));
  return [
    `${title}${rows.length > 1 ? plural : ''}${rest}:`,
    ...rows.map(([name, what]) => `    ${name.padEnd(wide)} ${what}`),
  ];
}

/** `git remote prune NAME`: forgets the branches that are gone there. */
export async function pruneRemote(work: Work, remote: string, isDry: boolean): Promise<number> {
  const { url, branches } = await farOf(work, remote);
  const stale = (await knownOf(work, remote)).filter((name) => !branches.has(name));
  if (stale.length === 0) return 0;
  work.io.stdout(`Pruning ${remote}\nURL: ${url}\n`);
  for (const name of stale) {
    if (!isDry) await removeRef(work, `refs/remotes/${remote}/${name}`);
    work.io.stdout(` * [${isDry ? 'would prune' : 'pruned'}] ${remote}/${name}\n`);
  }
  return 0;
}
