import * as git from 'isomorphic-git';
import type { Machine } from '../machine/machine.ts';
import { diskOf } from './git-files.ts';
import type { Place } from './tree.ts';

/** Copies what `start` reaches and the other repository lacks. @param cut commits whose parents stay behind. */
export async function copyObjects(
  machine: Machine,
  from: Place,
  to: Place,
  start: string,
  cut: ReadonlySet<string> = new Set(),
): Promise<void> {
  const queue = [start];
  for (let oid = queue.pop(); oid !== undefined; oid = queue.pop()) {
    if (await hasObject(to, oid)) continue;
    const read = await git.readObject({ ...from, oid, format: 'parsed' });
    await copyObject(machine, from, to, oid);
    if (read.type === 'commit') {
      const { tree, parent } = read.object as { tree: string; parent: readonly string[] };
      queue.push(tree, ...(cut.has(oid) ? [] : parent));
    } else if (read.type === 'tree') {
      // The commits of repositories within are not here.
      const entries = read.object as { oid: string; type: string }[];
      queue.push(...entries.flatMap(({ oid: one, type }) => (type === 'commit' ? [] : [one])));
    } else if (read.type === 'tag') queue.push((read.object as unknown as { object: string }).object);
  }
}

async function copyObject(machine: Machine, from: Place, to: Place, oid: string): Promise<void> {
  const file = `objects/${oid.slice(0, 2)}/${oid.slice(2)}`;
  const [there, here] = [diskOf(machine, from.gitdir), diskOf(machine, to.gitdir)];
  if (there.exists(`${from.gitdir}/${file}`)) {
    here.mkdir(`${to.gitdir}/objects/${oid.slice(0, 2)}`, { recursive: true });
    here.writeFile(`${to.gitdir}/${file}`, there.readFile(`${from.gitdir}/${file}`), 0o444);
    return;
  }
  // Packed: real git may have made this repository.
  const { object, type } = await git.readObject({ ...from, oid, format: 'content' });
  await git.writeObject({ ...to, object: object as Uint8Array, type: type as 'blob', format: 'content' });
}

export async function hasObject(place: Place, oid: string): Promise<boolean> {
  return git.readObject({ ...place, oid, format: 'deflated' }).then(
    () => true,
    () => false,
  );
}
