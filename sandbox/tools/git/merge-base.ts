import { mergeBases } from '../../forge/git/index.ts';
import { isAncestor } from '../../forge/index.ts';
import { fatal, readOptions, UsageStop } from './options.ts';
import { resolve } from './revisions.ts';
import type { Work } from './work.ts';

/** `git merge-base`: the last commit that two histories have in common. */
export async function mergeBase(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('merge-base', args, {
    '-a': { as: 'all' },
    '--all': { as: 'all' },
    '--is-ancestor': { as: 'is-ancestor' },
    '--fork-point': { as: 'fork-point' },
    '--octopus': { as: 'octopus' },
    '--independent': { as: 'independent' },
  });
  const ids: string[] = [];
  for (const name of words) {
    const oid = await resolve(work, name);
    if (oid === undefined) throw fatal(`Not a valid object name ${name}`);
    ids.push(oid);
  }
  if (flags.has('independent')) {
    const unique = [...new Set(ids)];
    for (const oid of unique) {
      const others = unique.filter((other) => other !== oid);
      const within = await Promise.all(others.map((other) => isAncestor(work, oid, other)));
      if (!within.includes(true)) work.io.stdout(`${oid}\n`);
    }
    return 0;
  }
  const [one, two] = flags.has('fork-point') && ids.length === 1 ? [ids[0], await resolve(work, 'HEAD')] : ids;
  if (one === undefined || two === undefined) throw new UsageStop('merge-base');
  if (flags.has('is-ancestor')) return (await isAncestor(work, one, two)) ? 0 : 1;
  const found = await mergeBases(work, one, two);
  for (const oid of flags.has('all') ? found : found.slice(0, 1)) work.io.stdout(`${oid}\n`);
  return found.length === 0 ? 1 : 0;
}
