// The objects of a repository as a whole: which there are, which are reached from where, and which wait to be swept up.
import * as git from 'isomorphic-git';
import { readIndexFile } from '../index-file.ts';
import { readLog } from '../reflog-file.ts';
import type { Work } from '../work.ts';
import { workTrees } from '../worktrees.ts';

/** The ids of objects that are files of their own. */
export function looseObjects({ io, gitdir }: Work): readonly string[] {
  const { files } = io.machine;
  return files
    .list(`${gitdir}/objects`)
    .filter((folder) => /^[0-9a-f]{2}$/.test(folder))
    .flatMap((folder) => files.list(`${gitdir}/objects/${folder}`).map((name) => folder + name))
    .filter((oid) => /^[0-9a-f]{40}$/.test(oid));
}

/** The paths of packs, without the ending. */
export function packs({ io, gitdir }: Work): readonly string[] {
  const folder = `${gitdir}/objects/pack`;
  if (!io.machine.files.exists(folder)) return [];
  return io.machine.files
    .list(folder)
    .flatMap((name) => (name.endsWith('.pack') ? [`${folder}/${name.slice(0, -5)}`] : []));
}

/** The ids in a pack, from its index (Documentation/gitformat-pack.txt, version 2). */
export function packedObjects({ io }: Work, pack: string): readonly string[] {
  if (!io.machine.files.exists(`${pack}.idx`)) return [];
  const bytes = io.machine.files.readFile(`${pack}.idx`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(8 + 255 * 4);
  const start = 8 + 256 * 4;
  return Array.from({ length: count }, (_, at) =>
    [...bytes.subarray(start + at * 20, start + at * 20 + 20)]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(''),
  );
}

export const allObjects = (work: Work): ReadonlySet<string> =>
  new Set([...looseObjects(work), ...packs(work).flatMap((pack) => packedObjects(work, pack))].sort());

export type Kind = 'commit' | 'tree' | 'blob' | 'tag';

export interface Link {
  readonly oid: string;
  readonly type: Kind;
}

export interface Read {
  readonly type: Kind;
  readonly links: readonly Link[];
}

/** An object's type and what it points at. @throws when it is not there or cannot be read. */
export async function readLinks(work: Work, oid: string): Promise<Read> {
  const read = await git.readObject({ ...work, oid, format: 'parsed' });
  switch (read.type) {
    case 'commit': {
      const { tree, parent } = (await git.readCommit({ ...work, oid })).commit;
      return {
        type: 'commit',
        links: [{ oid: tree, type: 'tree' }, ...parent.map((one): Link => ({ oid: one, type: 'commit' }))],
      };
    }
    case 'tree': {
      const { tree } = await git.readTree({ ...work, oid });
      const links = tree.flatMap((entry): Link[] =>
        entry.type === 'commit' ? [] : [{ oid: entry.oid, type: entry.type === 'tree' ? 'tree' : 'blob' }],
      );
      return { type: 'tree', links };
    }
    case 'tag': {
      const { tag } = await git.readTag({ ...work, oid });
      return { type: 'tag', links: [{ oid: tag.object, type: tag.type as Kind }] };
    }
    default:
      return { type: 'blob', links: [] };
  }
}

/** Where everything that is kept is reached from: refs, heads, the index of each working tree, and the logs of refs if wanted. */
export async function roots(work: Work, withLogs: boolean): Promise<readonly string[]> {
  const found: string[] = [];
  const refs = [...new Set(await git.listRefs({ ...work, filepath: 'refs' }))].filter((name) => !name.endsWith('^{}'));
  for (const name of refs) {
    const oid = await git.resolveRef({ ...work, ref: `refs/${name}` }).catch(() => undefined);
    if (oid !== undefined) found.push(oid);
    if (withLogs) for (const { from, to } of readLog(work, `refs/${name}`)) found.push(from, to);
  }
  for (const tree of await workTrees(work)) {
    if (tree.oid !== undefined) found.push(tree.oid);
    const { own, ...shared } = work;
    const there = { ...shared, ...(tree.own !== undefined && { own: tree.own }) };
    const { files, conflicts } = readIndexFile(there);
    for (const { oid } of files.values()) found.push(oid);
    for (const stages of conflicts.values())
      for (const stage of Object.values(stages)) if (stage !== undefined) found.push(stage.oid);
    if (withLogs) for (const { from, to } of readLog(there, 'HEAD')) found.push(from, to);
  }
  return [...new Set(found)].filter((oid) => !/^0+$/.test(oid));
}

/** What is reached from some objects; what is missing on the way is told. */
export async function reachedFrom(
  work: Work,
  starts: readonly string[],
  { there, missing = () => undefined }: { there: ReadonlySet<string>; missing?: (link: Link, from: Link) => void },
): Promise<ReadonlySet<string>> {
  const reached = new Set<string>();
  const waiting = starts.filter((oid) => there.has(oid));
  for (let oid = waiting.pop(); oid !== undefined; oid = waiting.pop()) {
    if (reached.has(oid)) continue;
    reached.add(oid);
    const { type, links } = await readLinks(work, oid);
    for (const link of links) {
      if (there.has(link.oid)) waiting.push(link.oid);
      else missing(link, { oid, type });
    }
  }
  return reached;
}
