import { readText } from '../../forge/git/index.ts';
import { sameFile, type TreeFile } from '../../forge/index.ts';
import { parentOf } from '../../machine/index.ts';
import { EMPTY, readIndexFile } from './index-file.ts';
import { endsWord } from './line-ends.ts';
import { fatal, GitStop, type OptionTable, readOptions, UsageStop } from './options.ts';
import { matches, pathInWork, quotedPath, shownPath } from './pathspec.ts';
import { headTree } from './revisions.ts';
import { changeConfig, configText, settingsIn, withSection } from './settings.ts';
import { onlySkipped, skippedAdvice } from './skipped.ts';
import type { Work } from './work.ts';
import {
  attributesOf,
  isIgnored,
  knownFiles,
  readIndex,
  readWorkTree,
  removeFile,
  stage,
  stageAll,
  stageEntry,
} from './work-tree.ts';

const rmOptions: OptionTable = {
  '--cached': { as: 'cached' },
  '-r': { as: 'recursive' },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '-n': { as: 'dry-run' },
  '--dry-run': { as: 'dry-run' },
  '--ignore-unmatch': { as: 'ignore-unmatch' },
};

/** `git rm`: takes files out of the index and the working tree. */
export async function rm(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words, paths } = readOptions('rm', args, rmOptions);
  const named = [...words, ...(paths ?? [])];
  if (named.length === 0) throw fatal('No pathspec was given. Which files should I remove?');
  const [index, head] = [knownFiles(work), await headTree(work)];
  const { conflicts, intents } = readIndexFile(work);
  const tree = await readWorkTree(work, index);
  const asked: string[] = [];
  const skipped = onlySkipped(work, named);
  for (const name of named) {
    if (skipped.includes(name)) continue;
    const path = pathInWork(work, name);
    const found = [...index.keys()].filter((one) => matches(one, [path]));
    if (found.length === 0 && flags.has('ignore-unmatch')) continue;
    if (found.length === 0) throw fatal(`pathspec '${name}' did not match any files`);
    if (!found.includes(path) && !flags.has('recursive') && !/[*?]/.test(path))
      throw fatal(`not removing '${name}' recursively without -r`);
    asked.push(...found);
  }
  if (skipped.length > 0) work.io.stderr(`${skippedAdvice(skipped)}\n`);
  // In the order of the index.
  const doomed = [...index.keys()].filter((path) => asked.includes(path));
  const [both, inIndex, local]: [string[], string[], string[]] = [[], [], []];
  for (const path of flags.has('force') ? [] : doomed.filter((one) => !conflicts.has(one))) {
    const [staged, now] = [index.get(path), tree.get(path)];
    if (now === undefined) continue;
    const isChanged = !sameFile(staged, now);
    const isStaged = !sameFile(staged, head.get(path));
    if (isChanged && isStaged) {
      if (!flags.has('cached') || intents?.has(path) !== true) both.push(path);
    } else if (!flags.has('cached') && isStaged) inIndex.push(path);
    else if (!flags.has('cached') && isChanged) local.push(path);
  }
  const refusals = [
    [both, 'staged content different from both the\nfile and the HEAD', 'use -f to force removal'],
    [inIndex, 'changes staged in the index', 'use --cached to keep the file, or -f to force removal'],
    [local, 'local modifications', 'use --cached to keep the file, or -f to force removal'],
  ] as const;
  const said = refusals.flatMap(([paths, what, advice]) =>
    paths.length === 0
      ? []
      : `error: the following ${paths.length === 1 ? 'file has' : 'files have'} ${what}:\n${paths.map((path) => `    ${path}\n`).join('')}(${advice})`,
  );
  if (said.length > 0) throw new GitStop(said.join('\n'), 1);
  if (flags.has('dry-run')) {
    work.io.stdout(doomed.map((path) => `rm '${path}'\n`).join(''));
    return 0;
  }
  for (const path of doomed) {
    await stageEntry(work, path, undefined);
    if (!flags.has('cached') && index.get(path)?.mode === '160000') await removeModule(work, path);
    else if (!flags.has('cached')) removeFile(work, path);
    if (!flags.has('quiet')) work.io.stdout(`rm '${path}'\n`);
  }
  return skipped.length > 0 ? 1 : 0;
}

/** A submodule goes with its folder, whose repository lies in `.git/modules`, and with what `.gitmodules` says of it. */
async function removeModule(work: Work, path: string): Promise<void> {
  const { files } = work.io.machine;
  const dir = `${work.dir}/${path}`;
  if (files.exists(`${dir}/.git`) && files.stat(`${dir}/.git`).type === 'file') files.remove(dir, { recursive: true });
  else removeFile(work, path);
  const list = `${work.dir}/.gitmodules`;
  const section = settingsIn(configText(files, list)).find(
    ({ key, value }) => value === path && /^submodule\..*\.path$/s.test(key),
  );
  if (section === undefined) return;
  changeConfig(files, list, (text) => withSection(text, section.key.replace(/\.path$/, '')));
  await stage(work, ['.gitmodules']);
}

const mvOptions: OptionTable = {
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '-k': { as: 'skip' },
  '-n': { as: 'dry-run' },
  '--dry-run': { as: 'dry-run' },
  '-v': { as: 'verbose' },
  '--verbose': { as: 'verbose' },
};

/** `git mv`: renames a file in the working tree and the index, or moves several into a folder. */
export async function mv(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('mv', args, mvOptions);
  const [to = '', ...from] = words.map((word) => pathInWork(work, word)).reverse();
  if (from.length === 0) throw new UsageStop('mv');
  const { files } = work.io.machine;
  const kindOf = (path: string): string | undefined =>
    files.exists(`${work.dir}/${path}`) ? files.lstat(`${work.dir}/${path}`).type : undefined;
  const index = knownFiles(work);
  const { conflicts } = readIndexFile(work);
  const isFolder = kindOf(to) === 'directory';
  if (from.length > 1 && !isFolder) throw fatal(`destination '${words.at(-1)}' is not a directory`);
  const moves: (readonly [from: string, to: string, tracked: readonly string[]])[] = [];
  for (const source of from.reverse()) {
    const target = isFolder ? `${to === '' ? '' : `${to}/`}${source.split('/').at(-1)}` : to;
    const tracked = [...index.keys()].filter((path) => matches(path, [source]));
    const taken = kindOf(target);
    const why =
      kindOf(source) === undefined
        ? 'bad source'
        : target === source || target.startsWith(`${source}/`)
          ? 'can not move directory into itself'
          : kindOf(source) === 'directory' && tracked.length === 0
            ? 'source directory is empty'
            : tracked.length === 0
              ? 'not under version control'
              : tracked.some((path) => conflicts.has(path))
                ? 'conflicted'
                : taken !== undefined && !(flags.has('force') && taken !== 'directory')
                  ? 'destination exists'
                  : words.at(-1)?.endsWith('/') === true && !isFolder && kindOf(source) !== 'directory'
                    ? 'destination directory does not exist'
                    : undefined;
    if (why === undefined) moves.push([source, target, tracked]);
    else if (!flags.has('skip'))
      throw fatal(`${why}, source=${source}, destination=${target}${why.endsWith('not exist') ? '/' : ''}`);
  }
  // A folder is told of with what is in it.
  const told = moves.flatMap(([source, target, tracked]) =>
    [source, ...tracked.filter((path) => path !== source)].map(
      (path) => [path, target + path.slice(source.length)] as const,
    ),
  );
  if (flags.has('dry-run'))
    work.io.stdout(told.map(([path, now]) => `Checking rename of '${path}' to '${now}'\n`).join(''));
  if (flags.has('dry-run') || flags.has('verbose'))
    work.io.stdout(told.map(([path, now]) => `Renaming ${path} to ${now}\n`).join(''));
  for (const [source, target, tracked] of moves) {
    if (flags.has('dry-run')) continue;
    if (!files.exists(parentOf(`${work.dir}/${target}`)))
      throw fatal(`renaming '${source}' failed: No such file or directory`);
    files.rename(`${work.dir}/${source}`, `${work.dir}/${target}`);
    // The index moves its entries as they are: what was changed and not added stays so.
    stageAll(
      work,
      new Map([
        ...tracked.map((path) => [path, undefined] as const),
        ...tracked.map((path) => [target + path.slice(source.length), index.get(path)] as const),
      ]),
    );
  }
  return 0;
}

const lsOptions: OptionTable = {
  '-s': { as: 'stage' },
  '--stage': { as: 'stage' },
  '-o': { as: 'others' },
  '--others': { as: 'others' },
  '--exclude-standard': { as: 'exclude' },
  '-m': { as: 'modified' },
  '--modified': { as: 'modified' },
  '-u': { as: 'unmerged' },
  '--unmerged': { as: 'unmerged' },
  '-d': { as: 'deleted' },
  '--deleted': { as: 'deleted' },
  '-c': { as: 'cached' },
  '--cached': { as: 'cached' },
  '--full-name': { as: 'full-name' },
  '--error-unmatch': { as: 'error-unmatch' },
  '-z': { as: 'nul' },
  '--eol': { as: 'eol' },
  '-t': { as: 'tags' },
  '-v': { as: 'verbose' },
  '-i': { as: 'ignored' },
  '--ignored': { as: 'ignored' },
};

/** `git ls-files`: what the index holds. */
export async function lsFiles(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words, paths } = readOptions('ls-files', args, lsOptions);
  const asked = [...words, ...(paths ?? [])].map((path) => pathInWork(work, path));
  const shown = (path: string): string => {
    const name = flags.has('full-name') ? path : shownPath(work, path);
    return flags.has('nul') ? `${name}\0` : `${quotedPath(name)}\n`;
  };
  if (flags.has('ignored') && !flags.has('others') && !flags.has('cached'))
    throw fatal('ls-files -i must be used with either -o or -c');
  if (flags.has('ignored') && !flags.has('exclude')) throw fatal('ls-files --ignored needs some exclude pattern');
  if (flags.has('ignored') && flags.has('cached')) {
    for (const path of (await readIndex(work)).keys())
      if (matches(path, asked) && (await isIgnored(work, path))) work.io.stdout(shown(path));
    return 0;
  }
  if (flags.has('unmerged')) {
    for (const [path, stages] of readIndexFile(work).conflicts)
      for (const stage of [1, 2, 3] as const) {
        const file = stages[stage];
        if (file !== undefined && matches(path, asked))
          work.io.stdout(`${file.mode} ${file.oid} ${stage}\t${shown(path)}`);
      }
    return 0;
  }
  const { files: listed, intents = [], assumed, skipped } = readIndexFile(work);
  // What is only to be added later is not as it was.
  const planned = new Set(intents);
  const later = [...intents].map((path) => [path, { oid: EMPTY, mode: '100644' }] as const);
  const index = new Map([...listed, ...later]);
  const here = work.io.cwd.startsWith(`${work.dir}/`) ? `${work.io.cwd.slice(work.dir.length + 1)}/` : '';
  const looks = ['others', 'modified', 'deleted'].some((flag) => flags.has(flag));
  const seen = looks ? await readWorkTree(work, index) : index;
  const everything = flags.has('others') && (!flags.has('exclude') || flags.has('ignored'));
  const all = everything ? await readWorkTree(work, index, true) : seen;
  const tree = flags.has('ignored') ? new Map([...all].filter(([path]) => !seen.has(path))) : all;
  const staged = [...index, ...stagesOf(work)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const isAsked = (path: string): boolean => (asked.length > 0 || path.startsWith(here)) && matches(path, asked);
  const tell = async (path: string, file: TreeFile, letter: string, stage = 0): Promise<void> => {
    const marked = letter === 'H' && skipped?.has(path) ? 'S' : letter;
    const written = flags.has('verbose') && assumed?.has(path) ? marked.toLowerCase() : marked;
    const tag = flags.has('tags') || flags.has('verbose') ? `${written} ` : '';
    const facts = flags.has('stage') ? `${file.mode} ${file.oid} ${stage}\t` : '';
    work.io.stdout(flags.has('eol') ? await eolLine(work, path, file, shown(path)) : tag + facts + shown(path));
  };
  if (flags.has('others'))
    for (const [path, file] of tree) if (isAsked(path) && !index.has(path)) await tell(path, file, '?');
  // What is wanted of the index: all of it, unless only some kinds are named; a file can be of several.
  const whole = !looks || flags.has('cached') || flags.has('stage');
  for (const [path, file, stage = 0] of staged) {
    if (!isAsked(path)) continue;
    if (whole) await tell(path, file, stage > 0 ? 'M' : 'H', stage);
    if (flags.has('deleted') && !tree.has(path)) await tell(path, file, 'R', stage);
    if (flags.has('modified') && !(sameFile(tree.get(path), file) && !planned.has(path)))
      await tell(path, file, 'C', stage);
  }
  const missing = flags.has('error-unmatch')
    ? asked.findIndex((one) => ![...index.keys()].some((path) => matches(path, [one])))
    : -1;
  if (missing >= 0)
    throw new GitStop(
      `error: pathspec '${[...words, ...(paths ?? [])][missing]}' did not match any file(s) known to git\nDid you forget to 'git add'?`,
      1,
    );
  return 0;
}

/** `--eol`: line ends in the index and in the working tree, and the attributes about them. */
async function eolLine(work: Work, path: string, file: TreeFile, shown: string): Promise<string> {
  const { files } = work.io.machine;
  const absolute = `${work.dir}/${path}`;
  const inIndex = readIndexFile(work).files.has(path) ? endsWord(await readText(work, file)) : '';
  const inTree =
    files.exists(absolute) && files.lstat(absolute).type === 'file' ? endsWord(files.readFile(absolute)) : '';
  const attributes = attributesOf(work, path);
  const [text, eol] = [attributes.get('text'), attributes.get('eol')];
  const words = [
    text === 'unset'
      ? '-text'
      : text === 'set' || (text === undefined && eol !== undefined)
        ? 'text'
        : text && `text=${text}`,
    text !== 'unset' && eol !== undefined ? `eol=${eol}` : undefined,
  ].filter((word) => word !== undefined);
  return `i/${inIndex.padEnd(5)} w/${inTree.padEnd(5)} attr/${words.join(' ').padEnd(17)}\t${shown}`;
}

function stagesOf(work: Work): readonly (readonly [path: string, file: TreeFile, stage: number])[] {
  return [...readIndexFile(work).conflicts].flatMap(([path, stages]) =>
    ([1, 2, 3] as const).flatMap((stage) => {
      const file = stages[stage];
      return file === undefined ? [] : [[path, file, stage] as const];
    }),
  );
}
