import { commitData } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import { shownAs } from './diff-forms.ts';
import { painter, readOptions } from './options.ts';
import { changesBetween } from './patch.ts';
import type { Work } from './work.ts';

/** `git stash show`: what a stash would change. */
export async function showStash(
  work: Work,
  args: readonly string[],
  find: (name: string | undefined) => Promise<{ readonly oid: string }>,
): Promise<number> {
  const { flags, words } = readOptions('stash show', args, {
    '-p': { as: 'patch' },
    '--patch': { as: 'patch' },
    '--stat': { as: 'stat' },
    '--name-only': { as: 'name-only' },
    '--name-status': { as: 'name-status' },
    '--shortstat': { as: 'shortstat' },
    '-u': { as: 'untracked' },
    '--include-untracked': { as: 'untracked' },
    '--only-untracked': { as: 'only' },
  });
  const { oid } = await find(words[0]);
  const { parent } = await commitData(work, oid);
  const after = new Map(await readTree(work, oid));
  if (flags.has('only')) after.clear();
  if (flags.has('untracked') || flags.has('only'))
    for (const [path, file] of await readTree(work, parent[2])) after.set(path, file);
  const changes = await changesBetween(
    work,
    flags.has('only') ? new Map() : await readTree(work, parent[0]),
    after,
    [],
  );
  const chosen = [...flags].some((flag) => flag !== 'untracked' && flag !== 'only') ? flags : new Set(['stat']);
  work.io.stdout(shownAs(changes, chosen, painter(work.io)));
  return 0;
}
