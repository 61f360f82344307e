// A commit of the forge, checked out on another machine as actions/checkout does it: its files, and a repository that holds as
// much of its history as was asked for.
import * as git from 'isomorphic-git';
import type { Files } from '../machine/files/index.ts';
import { placeAt } from './git-files.ts';
import { type Place, readTree } from './tree.ts';

export interface CheckOut {
  /** Full id. */
  readonly commit: string;
  /** What started the run: `refs/heads/main`, `refs/tags/v1`, `refs/pull/3/merge`. */
  readonly ref: string;
  /** How many commits come along; 0: all, of all branches and tags (`fetch-depth`). */
  readonly depth: number;
  /** Where the repository stands on the forge. */
  readonly url: string;
  /** Whether later commands may push (`persist-credentials`). */
  readonly isTrusted: boolean;
}

/** Puts `.git` into a folder that has the commit's files already. */
export async function writeCheckOut(from: Place, files: Files, folder: string, asked: CheckOut): Promise<void> {
  const { commit, ref, depth, url, isTrusted } = asked;
  const gitdir = `${folder}/.git`;
  files.mkdir(gitdir, { recursive: true });
  const to = placeAt(files, gitdir);
  await git.init({ ...to, dir: folder, defaultBranch: 'main' });
  const [, branch] = /^refs\/heads\/(.+)$/.exec(ref) ?? [];
  // A branch that is made at `refs/remotes/origin/NAME` follows it (`branch.autoSetupMerge`).
  const section = branch?.replaceAll('"', '\\"');
  const tracking = section === undefined ? '' : `[branch "${section}"]\n\tremote = origin\n\tmerge = ${ref}\n`;
  const credentials = isTrusted
    ? '[http "https://git.ventarela.test/"]\n\textraheader = AUTHORIZATION: basic ***\n'
    : '';
  files.writeFile(
    `${gitdir}/config`,
    `[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n\tlogallrefupdates = true\n[remote "origin"]\n\turl = ${url}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n${tracking}${credentials}`,
  );
  const others = depth === 0 ? await branchesAndTags(from) : [];
  const starts = [commit, ...others.map(({ oid }) => oid)];
  const cut = await bringHistory(from, to, starts, depth === 0 ? Number.POSITIVE_INFINITY : depth);
  if (cut.length > 0) files.writeFile(`${gitdir}/shallow`, `${[...cut].sort().join('\n')}\n`);
  for (const { name, oid } of others) await git.writeRef({ ...to, ref: name, value: oid, force: true });

  const followed =
    branch !== undefined ? `refs/remotes/origin/${branch}` : ref.replace(/^refs\/pull\//, 'refs/remotes/pull/');
  if (!ref.startsWith('refs/tags/')) await git.writeRef({ ...to, ref: followed, value: commit, force: true });
  else if (depth !== 0) await git.writeRef({ ...to, ref, value: commit, force: true });
  if (branch === undefined) await git.writeRef({ ...to, ref: 'HEAD', value: commit, force: true });
  else {
    const value = `refs/heads/${branch}`;
    await git.writeRef({ ...to, ref: value, value: commit, force: true });
    await git.writeRef({ ...to, ref: 'HEAD', value, symbolic: true, force: true });
  }
  for (const [filepath, { oid }] of await readTree(from, commit))
    if (files.exists(`${folder}/${filepath}`)) await git.updateIndex({ ...to, dir: folder, filepath, oid, add: true });
}

/** Branches as a clone names them, tags as they are. */
async function branchesAndTags(from: Place): Promise<readonly { readonly name: string; readonly oid: string }[]> {
  const names = [
    ...(await git.listBranches(from)).map((one) => [`refs/heads/${one}`, `refs/remotes/origin/${one}`] as const),
    ...(await git.listTags(from)).map((one) => [`refs/tags/${one}`, `refs/tags/${one}`] as const),
  ];
  return Promise.all(names.map(async ([ref, name]) => ({ name, oid: await git.resolveRef({ ...from, ref }) })));
}

/** Copies what the starts reach within so many commits. @returns the commits whose parents stayed behind. */
async function bringHistory(from: Place, to: Place, starts: readonly string[], depth: number): Promise<string[]> {
  const seen = new Set<string>();
  const cut: string[] = [];
  const queue = starts.map((oid) => ({ oid, left: depth }));
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { oid, left } = next;
    if (seen.has(oid)) continue;
    seen.add(oid);
    const read = await git.readObject({ ...from, oid, format: 'parsed' });
    await copyObject(from, to, oid);
    if (read.type === 'commit') {
      const { tree, parent } = read.object as { tree: string; parent: readonly string[] };
      queue.push({ oid: tree, left });
      if (left > 1) queue.push(...parent.map((one) => ({ oid: one, left: left - 1 })));
      else if (parent.length > 0) cut.push(oid);
    } else if (read.type === 'tree') {
      const entries = read.object as { oid: string; type: string }[];
      queue.push(...entries.filter(({ type }) => type !== 'commit').map((entry) => ({ oid: entry.oid, left })));
    } else if (read.type === 'tag') queue.push({ oid: (read.object as unknown as { object: string }).object, left });
  }
  return cut;
}

async function copyObject(from: Place, to: Place, oid: string): Promise<void> {
  const { object, type } = await git.readObject({ ...from, oid, format: 'content' });
  await git.writeObject({ ...to, object: object as Uint8Array, type: type as 'blob', format: 'content' });
}
