import { readIndexFile, writeIndexFile } from './index-file.ts';
import { fatal, GitStop, lastValue, type OptionTable, readOptions } from './options.ts';
import { matches, pathInWork } from './pathspec.ts';
import { onlySkipped, skippedAdvice } from './skipped.ts';
import type { Work } from './work.ts';
import { isIgnored, knownFiles, readIndex, readWorkTree, stage, stageEntry } from './work-tree.ts';

const options: OptionTable = {
  '-A': { as: 'all' },
  '--all': { as: 'all' },
  '-u': { as: 'update' },
  '--update': { as: 'update' },
  '-n': { as: 'dry-run' },
  '--dry-run': { as: 'dry-run' },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '--renormalize': { as: 'renormalize' },
  '--chmod': { as: 'chmod', value: true },
  '--ignore-errors': { as: 'ignore-errors' },
  '-v': { as: 'verbose' },
  '--verbose': { as: 'verbose' },
  '-N': { as: 'intent' },
  '--intent-to-add': { as: 'intent' },
};

/** `git add`: puts the working tree's state of the named paths into the index. */
export async function add(work: Work, args: readonly string[]): Promise<number> {
  const { io } = work;
  const parsed = readOptions('add', args, options);
  const { flags, words, paths } = parsed;
  const chmod = lastValue(parsed, 'chmod');
  if (chmod !== undefined && chmod !== '+x' && chmod !== '-x')
    throw fatal(`--chmod param '${chmod}' must be either -x or +x`);
  const named = [...words, ...(paths ?? [])];
  if (named.length === 0 && !flags.has('all') && !flags.has('update')) {
    io.stderr(
      'Nothing specified, nothing added.\nhint: Maybe you wanted to say \'git add .\'?\nhint: Turn this message off by running\nhint: "git config advice.addEmptyPathspec false"\n',
    );
    return 0;
  }
  const asked = named.map((path) => pathInWork(work, path));
  const index = knownFiles(work);
  const tree = await readWorkTree(work, index, flags.has('force'));
  const wanted = (path: string): boolean => matches(path, asked);

  const ignored: string[] = [];
  for (const [at, path] of asked.entries()) {
    if (path.startsWith(':!')) continue;
    const known = path === '' || [...tree.keys(), ...index.keys()].some((one) => matches(one, [path]));
    if (known) continue;
    const { files } = io.machine;
    if (!files.exists(`${work.dir}/${path}`)) throw fatal(`pathspec '${named[at]}' did not match any files`);
    if (flags.has('force')) continue;
    if (await isIgnored(work, files.lstat(`${work.dir}/${path}`).type === 'directory' ? `${path}/` : path))
      ignored.push(await outermostIgnored(work, path));
  }

  const changed = [...tree].filter(
    ([path, file]) => wanted(path) && !(flags.has('update') && !index.has(path)) && !same(index.get(path), file),
  );
  if (flags.has('intent')) {
    const found = readIndexFile(work);
    const later = changed.flatMap(([path]) => (index.has(path) ? [] : [path]));
    writeIndexFile(work, { ...found, intents: new Set([...(found.intents ?? []), ...later]) });
    return 0;
  }
  const gone = [...index.keys()].filter((path) => wanted(path) && !tree.has(path));
  for (const [path] of changed) {
    if (flags.has('dry-run') || flags.has('verbose')) io.stdout(`add '${path}'\n`);
  }
  if (!flags.has('dry-run'))
    await stage(
      work,
      flags.has('renormalize')
        ? [...tree.keys()].filter((path) => wanted(path) && index.has(path))
        : changed.map(([path]) => path),
      { warns: !flags.has('renormalize'), renormalize: flags.has('renormalize') },
    );
  if (chmod !== undefined && !flags.has('dry-run'))
    for (const [path, file] of await readIndex(work))
      if (wanted(path) && file.mode.startsWith('100'))
        await stageEntry(work, path, { ...file, mode: chmod === '+x' ? '100755' : '100644' });
  for (const path of gone) {
    if (flags.has('dry-run') || flags.has('verbose')) io.stdout(`remove '${path}'\n`);
    if (!flags.has('dry-run')) await stageEntry(work, path, undefined);
  }
  const skipped = onlySkipped(work, named);
  if (skipped.length > 0) throw new GitStop(skippedAdvice(skipped), 1);
  if (ignored.length > 0) {
    throw new GitStop(
      `The following paths are ignored by one of your .gitignore files:\n${[...new Set(ignored)].join('\n')}\nhint: Use -f if you really want to add them.\nhint: Turn this message off by running\nhint: "git config advice.addIgnoredFile false"`,
      1,
    );
  }
  return 0;
}

/** Git names the folder that is ignored, not the file in it. */
async function outermostIgnored(work: Work, path: string): Promise<string> {
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join('/');
    if (await isIgnored(work, `${folder}/`)) return folder;
  }
  return path;
}

function same(a: { oid: string; mode: string } | undefined, b: { oid: string; mode: string }): boolean {
  return a?.oid === b.oid && a.mode === b.mode;
}
