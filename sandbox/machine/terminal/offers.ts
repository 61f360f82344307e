import { type Files, parentOf } from '../files/index.ts';
import type { Machine } from '../machine.ts';

/** Words that may follow a command. */
export interface Offers {
  readonly words: readonly string[];
  /** Nothing else makes sense there: no paths. */
  readonly only?: boolean;
}

interface Where {
  readonly machine: Machine;
  readonly cwd: string;
}

/** What Tab offers after commands whose words stand in files of the machine: git's names, npm's scripts. */
export function offersFor(name: string, words: readonly string[], start: string, where: Where): Offers | undefined {
  if (name === 'git') return gitOffers(words, start, where);
  if (name === 'npm') return npmOffers(words, where);
  return undefined;
}

const withBranches: readonly string[] = ['switch', 'branch', 'rebase', 'merge'];
const withRefs: readonly string[] = [
  'checkout',
  'log',
  'show',
  'diff',
  'reset',
  'cherry-pick',
  'revert',
  'tag',
  'describe',
];
const withRemotes: readonly string[] = ['push', 'pull', 'fetch'];

/** Words of git beside its subcommands, which the command itself offers. */
function gitOffers([name, ...rest]: readonly string[], start: string, where: Where): Offers | undefined {
  if (name === undefined || rest.includes('--')) return undefined;
  const known = [...withBranches, ...withRefs, ...withRemotes, 'remote', 'stash', 'bisect'];
  const folder = known.includes(name) ? gitFolder(where)?.replace(/\/worktrees\/[^/]+$/, '') : undefined;
  if (folder === undefined) return undefined;
  const { files } = where.machine;
  const refs = (kind: string): readonly string[] => refsIn(files, folder, kind);
  const remotes = remotesOf(refs('remotes'), files, folder);
  const branches = refs('heads');
  const positionals = rest.filter((word) => !word.startsWith('-'));
  if (withRemotes.includes(name)) return { words: positionals.length === 0 ? remotes : branches, only: true };
  if (name === 'remote') {
    if (rest.length === 0) return { words: ['add', 'get-url', 'remove', 'rename', 'set-url', 'show'], only: true };
    return { words: rest[0] === 'add' ? [] : remotes };
  }
  if (name === 'stash')
    return rest.length > 0 ? undefined : { words: ['apply', 'drop', 'list', 'pop', 'push', 'show'] };
  if (name === 'bisect')
    return rest.length > 0 ? undefined : { words: ['bad', 'good', 'log', 'reset', 'run', 'start'] };
  if (withBranches.includes(name))
    return { words: [...branches, ...(name === 'switch' ? [] : refs('remotes'))], only: true };
  // A range is completed behind its dots.
  const [, range = ''] = /^(.*\.\.\.?)/.exec(start) ?? [];
  const all = ['HEAD', ...branches, ...refs('tags'), ...refs('remotes')];
  return { words: all.map((ref) => `${range}${ref}`) };
}

/** The repository around a folder: its `.git`. */
export function gitFolder({ machine: { files }, cwd }: Where): string | undefined {
  for (let folder = cwd; ; folder = parentOf(folder)) {
    const inside = `${folder === '/' ? '' : folder}/.git`;
    if (files.exists(`${inside}/HEAD`)) return inside;
    // In a linked working tree it is a file that names `.git/worktrees/NAME`.
    if (files.exists(inside) && files.stat(inside).type === 'file')
      return /^gitdir: (.+)$/m.exec(files.readText(inside))?.[1];
    if (folder === '/') return undefined;
  }
}

/** Names below `refs/KIND/`, each in a file or in `packed-refs`. */
function refsIn(files: Files, gitFolder: string, kind: string): readonly string[] {
  const packed = `${gitFolder}/packed-refs`;
  const lines = files.exists(packed) ? files.readText(packed).split('\n') : [];
  const inPack = lines.flatMap((line) => {
    const [, name] = line.split(` refs/${kind}/`);
    return name === undefined ? [] : [name];
  });
  const found = [...inPack, ...filesBelow(files, `${gitFolder}/refs/${kind}`, '')];
  return [...new Set(found)].filter((name) => !name.endsWith('/HEAD')).sort();
}

function filesBelow(files: Files, folder: string, prefix: string): readonly string[] {
  if (!files.exists(folder)) return [];
  return files.list(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    return files.stat(path).type === 'directory' ? filesBelow(files, path, `${prefix}${name}/`) : [`${prefix}${name}`];
  });
}

function remotesOf(tracked: readonly string[], files: Files, gitFolder: string): readonly string[] {
  const config = `${gitFolder}/config`;
  const text = files.exists(config) ? files.readText(config) : '';
  const named = [...text.matchAll(/^\s*\[remote "([^"]+)"\]/gm)].map(([, name = '']) => name);
  return [...new Set([...named, ...tracked.map((name) => name.split('/')[0] ?? '')])].sort();
}

const npmCommands: readonly string[] =
  'audit ci exec help init install ls outdated pack publish run start test uninstall update version view'.split(' ');

function npmOffers([name, ...rest]: readonly string[], { machine: { files }, cwd }: Where): Offers | undefined {
  if (name === undefined) return { words: npmCommands, only: true };
  if (!['run', 'run-script', 'rum', 'urn'].includes(name) || rest.length > 0) return undefined;
  for (let folder = cwd; ; folder = parentOf(folder)) {
    const path = `${folder === '/' ? '' : folder}/package.json`;
    if (files.exists(path)) return { words: scriptsIn(files.readText(path)), only: true };
    if (folder === '/') return { words: [], only: true };
  }
}

/** The scripts of a package; none when the file is not what it should be. */
function scriptsIn(text: string): readonly string[] {
  try {
    const { scripts }: { scripts?: unknown } = JSON.parse(text) ?? {};
    return typeof scripts === 'object' && scripts !== null ? Object.keys(scripts) : [];
  } catch {
    return [];
  }
}
