import { commonTree, mergeTrees, writeTree } from '../../../forge/git/index.ts';
import { readTree } from '../../../forge/index.ts';
import { fatal, GitStop, readOptions, UsageStop } from '../options.ts';
import { quotedPath } from '../pathspec.ts';
import { resolve } from '../revisions.ts';
import { mergeSettings } from '../state.ts';
import type { Work } from '../work.ts';

/** `git merge-tree --write-tree`: what a merge of two commits would give, without a working tree; 1 when they conflict. */
export async function mergeTree(work: Work, args: readonly string[]): Promise<number> {
  const { io } = work;
  const { flags, words } = readOptions('merge-tree', args, {
    '--write-tree': { as: 'write' },
    '--messages': { as: 'messages' },
    '--no-messages': { as: 'no-messages' },
    '--name-only': { as: 'names' },
    '--allow-unrelated-histories': { as: 'unrelated' },
  });
  const [one, two] = words;
  if (words.length === 3 && !flags.has('write'))
    throw new GitStop("git merge-tree: '--trivial-merge' is not part of this sandbox", 129);
  if (one === undefined || two === undefined || words.length > 2) throw new UsageStop('merge-tree');
  const sides: string[] = [];
  for (const name of [one, two]) {
    const oid = await resolve(work, name);
    if (oid === undefined) throw new GitStop(`merge-tree: ${name} - not something we can merge`, 1);
    sides.push(oid);
  }
  const [ours = '', theirs = ''] = sides;
  const base = await commonTree(work, ours, theirs);
  if (!base.related && !flags.has('unrelated')) throw fatal('refusing to merge unrelated histories');
  const merged = await mergeTrees(
    work,
    base.files,
    await readTree(work, ours),
    await readTree(work, theirs),
    { ours: one, theirs: two, base: base.label },
    mergeSettings(work),
  );
  io.stdout(`${await writeTree(work, merged.files)}\n`);
  for (const [path, stages] of merged.conflicts)
    if (flags.has('names')) io.stdout(`${quotedPath(path)}\n`);
    else
      for (const stage of [1, 2, 3] as const) {
        const file = stages[stage];
        if (file !== undefined) io.stdout(`${file.mode} ${file.oid} ${stage}\t${quotedPath(path)}\n`);
      }
  if (flags.has('messages') || (!merged.clean && !flags.has('no-messages'))) io.stdout(`\n${merged.messages}`);
  return merged.clean ? 0 : 1;
}
