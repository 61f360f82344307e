// `git update-index`: single entries of the index, and what git is to believe of them.
import { unstaged } from '../diff-sides.ts';
import { readIndexFile, writeIndexFile } from '../index-file.ts';
import { failed, fatal, GitStop, readOptions } from '../options.ts';
import { pathInWork } from '../pathspec.ts';
import type { Work } from '../work.ts';
import { readIndex, stage, stageEntry } from '../work-tree.ts';

/** `git update-index`: single entries of the index. Where one of them cannot be written none is. */
export async function updateIndex(work: Work, args: readonly string[]): Promise<number> {
  const before = readIndexFile(work);
  return update(work, args).catch((error: unknown) => {
    writeIndexFile(work, before);
    throw error;
  });
}

async function update(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('update-index', args, {
    '--add': { as: 'add' },
    '--remove': { as: 'remove' },
    '--force-remove': { as: 'force-remove' },
    '--cacheinfo': { as: 'cacheinfo', value: true },
    '--chmod': { as: 'chmod', value: true },
    '--refresh': { as: 'refresh' },
    '-q': { as: 'quiet' },
    '--assume-unchanged': { as: 'assumed' },
    '--no-assume-unchanged': { as: 'no-assumed' },
    '--skip-worktree': { as: 'skipped' },
    '--no-skip-worktree': { as: 'no-skipped' },
  });
  const { flags, values } = parsed;
  const chmod = values.get('chmod')?.at(-1);
  if (chmod !== undefined && !/^[+-]x$/.test(chmod))
    throw new GitStop(`error: option 'chmod' expects "+x" or "-x"`, 129);
  const words = [...parsed.words, ...(parsed.paths ?? [])];
  if ([...flags].some((flag) => /assumed|skipped/.test(flag))) return mark(work, words, flags);
  const index = await readIndex(work);
  const info = values.get('cacheinfo')?.at(-1);
  if (info !== undefined) {
    const [mode = '', oid = '', path = ''] = info.includes(',') ? info.split(',') : [info, ...words.splice(0, 2)];
    if (!index.has(path) && !flags.has('add'))
      throw failed(
        `${path}: cannot add to the index - missing --add option?\nfatal: git update-index: --cacheinfo cannot add ${path}`,
      );
    await stageEntry(work, path, { mode, oid });
  }
  for (const word of words) {
    const path = pathInWork(work, word);
    const exists = work.io.machine.files.exists(`${work.dir}/${path}`);
    const known = index.get(path);
    if (flags.has('force-remove') || (flags.has('remove') && !exists)) await stageEntry(work, path, undefined);
    else if (!exists)
      throw failed(`${path}: does not exist and --remove not passed\nfatal: Unable to process path ${path}`);
    else if (known === undefined && !flags.has('add'))
      throw failed(`${path}: cannot add to the index - missing --add option?\nfatal: Unable to process path ${path}`);
    else await stage(work, [path]);
    const staged = chmod === undefined ? undefined : (await readIndex(work)).get(path);
    if (staged !== undefined) await stageEntry(work, path, { ...staged, mode: chmod === '+x' ? '100755' : '100644' });
  }
  if (!flags.has('refresh')) return 0;
  const { paths: changed } = await unstaged(work, await readIndex(work));
  if (!flags.has('quiet')) work.io.stdout(changed.map((path) => `${path}: needs update\n`).join(''));
  return changed.length > 0 ? 1 : 0;
}

/** Says of files whether git looks at them in the working tree. */
function mark(work: Work, words: readonly string[], flags: ReadonlySet<string>): number {
  const index = readIndexFile(work);
  const marks = { assumed: new Set(index.assumed), skipped: new Set(index.skipped) };
  for (const word of words) {
    const path = pathInWork(work, word);
    if (!index.files.has(path)) throw fatal(`Unable to mark file ${path}`);
    for (const kind of ['assumed', 'skipped'] as const) {
      if (flags.has(kind)) marks[kind].add(path);
      if (flags.has(`no-${kind}`)) marks[kind].delete(path);
    }
  }
  writeIndexFile(work, { ...index, ...marks });
  return 0;
}
