import { fatal, type OptionTable, readOptions } from './options.ts';
import { matches, pathInWork, quotedPath, shownPath } from './pathspec.ts';
import { config } from './sources.ts';
import { wildcard } from './wildcard.ts';
import type { Work } from './work.ts';
import { isIgnored, knownFiles } from './work-tree.ts';

const options: OptionTable = {
  '-n': { as: 'dry-run' },
  '--dry-run': { as: 'dry-run' },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '-d': { as: 'folders' },
  '-x': { as: 'ignored-too' },
  '-X': { as: 'ignored-only' },
  '-e': { as: 'except', value: true },
  '--exclude': { as: 'except', value: true },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
};

/** `git clean`: removes what git does not track. */
export async function clean(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words, paths, values } = readOptions('clean', args, options);
  const dry = flags.has('dry-run');
  if (!dry && !flags.has('force') && config(work, 'clean.requireForce') !== 'false')
    throw fatal('clean.requireForce defaults to true and neither -i, -n, nor -f given; refusing to clean');
  const asked = [...words, ...(paths ?? [])].map((path) => pathInWork(work, path));
  const here = work.io.cwd === work.dir ? '' : `${work.io.cwd.slice(work.dir.length + 1)}/`;
  const excepted = (values.get('except') ?? []).map((one) => wildcard(one.replace(/\/$/, '')));
  const { found } = await doomed(work, '', {
    tracked: [...knownFiles(work).keys()],
    folders: flags.has('folders') || asked.length > 0,
    isKept: (name) => excepted.some((one) => one.test(name)),
    onlyIgnored: flags.has('ignored-only'),
    isWanted(path, isIgnored) {
      const name = path.replace(/\/$/, '');
      if (asked.length === 0 ? !path.startsWith(here) : !matches(name, asked)) return false;
      return isIgnored ? flags.has('ignored-only') || flags.has('ignored-too') : !flags.has('ignored-only');
    },
  });
  for (const path of [...found].sort((a, b) => (a < b ? -1 : 1))) {
    if (!dry) work.io.machine.files.remove(`${work.dir}/${path.replace(/\/$/, '')}`, { recursive: true });
    if (dry || !flags.has('quiet'))
      work.io.stdout(`${dry ? 'Would remove' : 'Removing'} ${quotedPath(shownPath(work, path))}\n`);
  }
  return 0;
}

interface Wish {
  readonly tracked: readonly string[];
  /** Whether folders of which nothing is tracked are looked into. */
  readonly folders: boolean;
  readonly onlyIgnored: boolean;
  /** Whether what is called so stays (`-e`). */
  isKept(name: string): boolean;
  isWanted(path: string, isIgnored: boolean): boolean;
}

/** What is to go below a folder; a folder of which all is to go is one entry that ends in `/`, and `whole` says that it is one. */
async function doomed(
  work: Work,
  folder: string,
  wish: Wish,
): Promise<{ readonly found: readonly string[]; readonly whole: boolean }> {
  const { files } = work.io.machine;
  const found: string[] = [];
  let whole = true;
  for (const name of files.list(`${work.dir}/${folder}`)) {
    const path = `${folder}${name}`;
    const isFolder = files.lstat(`${work.dir}/${path}`).type === 'directory';
    const holdsTracked = wish.tracked.some((one) => one === path || (isFolder && one.startsWith(`${path}/`)));
    const entry = isFolder ? `${path}/` : path;
    // A repository within is nobody's to throw away.
    if (
      name === '.git' ||
      (!holdsTracked && wish.isKept(name)) ||
      (isFolder && files.exists(`${work.dir}/${path}/.git`))
    )
      whole = false;
    else if (isFolder && !holdsTracked && !wish.folders) whole = false;
    else if (!holdsTracked && (await isIgnored(work, entry))) {
      if (wish.isWanted(entry, true)) found.push(entry);
      else whole = false;
    } else if (isFolder) {
      const below = await doomed(work, entry, wish);
      const goes =
        below.whole && !holdsTracked && (wish.onlyIgnored ? below.found.length > 0 : wish.isWanted(entry, false));
      if (goes) found.push(entry);
      else found.push(...below.found);
      whole &&= goes;
    } else if (!holdsTracked && wish.isWanted(entry, false)) found.push(entry);
    else whole = false;
  }
  return { found, whole };
}
