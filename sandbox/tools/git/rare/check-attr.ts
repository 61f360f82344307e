// `git check-attr`: what `.gitattributes` say of paths.
import { GitStop, type OptionTable, readOptions } from '../options.ts';
import { pathInWork } from '../pathspec.ts';
import type { Work } from '../work.ts';
import { attributesOf } from '../work-tree.ts';

const options: OptionTable = { '-a': { as: 'all' }, '--all': { as: 'all' } };

export async function checkAttr(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words, paths } = readOptions('check-attr', args, options);
  const [first, ...others] = words;
  const names = flags.has('all') ? undefined : paths === undefined ? [first ?? ''] : words;
  const asked = flags.has('all') ? [...words, ...(paths ?? [])] : (paths ?? others);
  if (!flags.has('all') && first === undefined) throw new GitStop('error: No attribute specified', 129);
  if (asked.length === 0) throw new GitStop('error: No file specified', 129);
  for (const path of asked) {
    const attributes = attributesOf(work, pathInWork(work, path));
    for (const name of names ?? attributes.keys())
      work.io.stdout(`${path}: ${name}: ${attributes.get(name) ?? 'unspecified'}\n`);
  }
  return 0;
}
