import { sameFile } from '../../forge/index.ts';
import { parentOf } from '../../machine/index.ts';
import { readIndexFile } from './index-file.ts';
import { failed, fatal, type OptionTable, readOptions } from './options.ts';
import {
  headTree,
  isIgnored,
  knownFiles,
  matches,
  pathInWork,
  quotedPath,
  readIndex,
  readWorkTree,
  removeFile,
  shownPath,
  stage,
  stageEntry,
  type Work,
} from './work.ts';

const rmOptions: OptionTable = {
  '--cached': { as: 'cached' },
  '-r': { as: 'recursive' },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '-q': { as: 'quiet' },
};

/** `git rm`: takes files out of the index and the working tree. */
export async function rm(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words, paths } = readOptions('rm', args, rmOptions);
  const named = [...words, ...(paths ?? [])];
  if (named.length === 0) throw fatal('No pathspec was given. Which files should I remove?');
  const [index, head] = [knownFiles(work), await headTree(work)];
  const { conflicts } = readIndexFile(work);
  const tree = await readWorkTree(work, index);
  const doomed: string[] = [];
  for (const name of named) {
    const path = pathInWork(work, name);
    const found = [...index.keys()].filter((one) => matches(one, [path]));
    if (found.length === 0) throw fatal(`pathspec '${name}' did not match any files`);
    if (!found.includes(path) && !flags.has('recursive') && !/[*?]/.test(path))
      throw fatal(`not removing '${name}' recursively without -r`);
    doomed.push(...found);
  }
  for (const path of flags.has('force') ? [] : doomed.filter((one) => !conflicts.has(one))) {
    const [staged, now] = [index.get(path), tree.get(path)];
    if (!flags.has('cached') && now !== undefined && !sameFile(staged, now)) {
      throw failed(
        `the following file has local modifications:\n    ${path}\n(use --cached to keep the file, or -f to force removal)`,
      );
    }
    if (!flags.has('cached') && !sameFile(staged, head.get(path))) {
      throw failed(
        `the following file has changes staged in the index:\n    ${path}\n(use --cached to keep the file, or -f to force removal)`,
      );
    }
  }
  for (const path of doomed) {
    await stageEntry(work, path, undefined);
    if (!flags.has('cached')) removeFile(work, path);
    if (!flags.has('quiet')) work.io.stdout(`rm '${path}'\n`);
  }
  return 0;
}

/** `git mv`: renames a file in the working tree and the index. */
export async function mv(work: Work, args: readonly string[]): Promise<number> {
  const { words } = readOptions('mv', args, {});
  const [from, to] = words.map((word) => pathInWork(work, word));
  if (from === undefined || to === undefined || words.length > 2) throw fatal('usage: git mv <source> <destination>');
  const { files } = work.io.machine;
  const index = await readIndex(work);
  const isFolder = files.exists(`${work.dir}/${to}`) && files.stat(`${work.dir}/${to}`).type === 'directory';
  const target = isFolder ? `${to === '' ? '' : `${to}/`}${from.split('/').at(-1)}` : to;
  const moved = [...index.keys()].filter((path) => matches(path, [from]));
  if (!files.exists(`${work.dir}/${from}`)) throw fatal(`bad source, source=${from}, destination=${target}`);
  if (moved.length === 0) throw fatal(`not under version control, source=${from}, destination=${target}`);
  if (files.exists(`${work.dir}/${target}`)) throw fatal(`destination exists, source=${from}, destination=${target}`);
  if (!files.exists(parentOf(`${work.dir}/${target}`)))
    throw fatal(`renaming '${from}' failed: No such file or directory`);
  files.rename(`${work.dir}/${from}`, `${work.dir}/${target}`);
  for (const path of moved) {
    await stageEntry(work, path, undefined);
  }
  await stage(
    work,
    moved.map((path) => target + path.slice(from.length)),
  );
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
};

/** `git ls-files`: what the index holds. */
export async function lsFiles(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words, paths } = readOptions('ls-files', args, lsOptions);
  const asked = [...words, ...(paths ?? [])].map((path) => pathInWork(work, path));
  if (flags.has('unmerged')) {
    for (const [path, stages] of readIndexFile(work).conflicts)
      for (const stage of [1, 2, 3] as const) {
        const file = stages[stage];
        if (file !== undefined && matches(path, asked))
          work.io.stdout(`${file.mode} ${file.oid} ${stage}\t${quotedPath(shownPath(work, path))}\n`);
      }
    return 0;
  }
  const index = await readIndex(work);
  const here = work.io.cwd.startsWith(`${work.dir}/`) ? `${work.io.cwd.slice(work.dir.length + 1)}/` : '';
  const looks = ['others', 'modified', 'deleted'].some((flag) => flags.has(flag));
  const tree = looks ? await readWorkTree(work, index) : index;
  for (const [path, file] of flags.has('others') ? tree : index) {
    if (asked.length === 0 && !path.startsWith(here)) continue;
    if (!matches(path, asked) || (flags.has('others') && index.has(path))) continue;
    if (flags.has('modified') && sameFile(tree.get(path), file)) continue;
    if (flags.has('deleted') && !flags.has('modified') && !flags.has('stage') && tree.has(path)) continue;
    work.io.stdout(`${flags.has('stage') ? `${file.mode} ${file.oid} 0\t` : ''}${quotedPath(shownPath(work, path))}\n`);
  }
  return 0;
}

/** `git check-ignore`: which of the paths are ignored. */
export async function checkIgnore(work: Work, args: readonly string[]): Promise<number> {
  const { words, flags } = readOptions('check-ignore', args, {
    '-v': { as: 'verbose' },
    '--verbose': { as: 'verbose' },
    '-q': { as: 'quiet' },
  });
  const known = knownFiles(work);
  let found = false;
  for (const word of words) {
    if (!(await isIgnored(work, pathInWork(work, word)))) continue;
    if (known.has(pathInWork(work, word))) continue;
    found = true;
    if (flags.has('quiet')) continue;
    const rule = flags.has('verbose') ? ruleFor(work, pathInWork(work, word)) : '';
    work.io.stdout(`${rule}${word}\n`);
  }
  return found ? 0 : 1;
}

/** `.gitignore:2:*.log` and a tab: the last pattern that matches a path, or a folder that holds it. */
function ruleFor(work: Work, path: string): string {
  const { files } = work.io.machine;
  const parts = path.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const target = parts.slice(0, depth).join('/');
    const absolute = `${work.dir}/${target}`;
    const isFolder = depth < parts.length || (files.exists(absolute) && files.stat(absolute).type === 'directory');
    for (let above = depth - 1; above >= 0; above--) {
      const folder = parts.slice(0, above).join('/');
      const file = `${folder === '' ? '' : `${folder}/`}.gitignore`;
      if (!files.exists(`${work.dir}/${file}`)) continue;
      const inner = folder === '' ? target : target.slice(folder.length + 1);
      const lines = files.readText(`${work.dir}/${file}`).split('\n');
      const at = lines.findLastIndex((line) => ignores(line, inner, isFolder));
      if (at >= 0) return `${file}:${at + 1}:${lines[at]}\t`;
    }
  }
  return '';
}

/** Whether one line of a `.gitignore` matches a path below its folder ("gitignore", Pattern format). */
function ignores(line: string, path: string, isFolder: boolean): boolean {
  const text = line.trimEnd().replace(/^!/, '');
  if (text === '' || text.startsWith('#') || (text.endsWith('/') && !isFolder)) return false;
  const pattern = text.replace(/\/$/, '');
  const anchored = pattern.includes('/');
  const source = pattern
    .replace(/^\//, '')
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('**/', '\u0000')
    .replaceAll('/**', '\u0001')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
    .replaceAll('\u0000', '(?:.*/)?')
    .replaceAll('\u0001', '/.*');
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${source}$`).test(path);
}
