// Which refs `git branch`, `tag` and `for-each-ref` keep: by what they reach, and by what reaches them.
import { isAncestor } from '../../forge/index.ts';
import { fatal, GitStop, type OptionTable, type Parsed } from './options.ts';
import { resolve } from './revisions.ts';
import type { Work } from './work.ts';

const kinds = ['merged', 'no-merged', 'contains', 'no-contains', 'points-at'] as const;

export const refFilters: OptionTable = Object.fromEntries(kinds.map((as) => [`--${as}`, { as, value: true }]));

/** The commit of these may be left out at the end of the line: it is HEAD then. */
export function withHead(args: readonly string[]): readonly string[] {
  return kinds.some((kind) => args.at(-1) === `--${kind}`) ? [...args, 'HEAD'] : args;
}

export const isFiltered = ({ values }: Parsed): boolean => kinds.some((kind) => values.has(kind));

/** Whether a ref is one of those that are asked for. @throws GitStop for a commit that is not there. */
export async function isKept(work: Work, { values }: Parsed, ref: string): Promise<boolean> {
  for (const kind of kinds)
    for (const name of values.get(kind) ?? []) {
      const commit = await resolve(work, name);
      if (commit === undefined)
        throw kind.endsWith('merged')
          ? fatal(`malformed object name ${name}`)
          : new GitStop(`error: malformed object name ${name}`, 129);
      const oid = (await resolve(work, ref)) ?? '';
      const fits =
        kind === 'points-at'
          ? oid === commit
          : kind.endsWith('contains')
            ? await isAncestor(work, commit, oid)
            : await isAncestor(work, oid, commit);
      if (fits === kind.startsWith('no-')) return false;
    }
  return true;
}
