import { fatal, type OptionTable, readOptions } from './options.ts';
import { isIgnored, knownFiles, matches, pathInWork, quotedPath, shownPath, type Work } from './work.ts';

const options: OptionTable = {
  '-n': { as: 'dry' },
  '--dry-run': { as: 'dry' },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '-d': { as: 'folders' },
  '-x': { as: 'ignored' },
  '-X': { as: 'only-ignored' },
  '-q': { as: 'quiet' },
  '-e': { as: 'exclude', value: true },
};

/** `git clean`: removes what git does not know. */
export async function clean(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words, paths, values } = readOptions('clean', args, options);
  if (!flags.has('dry') && !flags.has('force'))
    throw fatal('clean.requireForce defaults to true and neither -i, -n, nor -f given; refusing to clean');
  const { files } = work.io.machine;
  const asked = [...words, ...(paths ?? [])].map((path) => pathInWork(work, path));
  const excluded = (values.get('exclude') ?? []).map((pattern) => pattern.replace(/\/$/, ''));
  const tracked = [...knownFiles(work).keys()];
  const doomed: string[] = [];

  async function walk(folder: string): Promise<void> {
    for (const name of files.list(folder === '' ? work.dir : `${work.dir}/${folder}`)) {
      if (name === '.git') continue;
      const path = folder === '' ? name : `${folder}/${name}`;
      const isFolder = files.lstat(`${work.dir}/${path}`).type === 'directory';
      if (excluded.some((pattern) => matches(path, [pattern]) || matches(name, [pattern]))) continue;
      if (tracked.includes(path)) continue;
      if (isFolder && tracked.some((one) => one.startsWith(`${path}/`))) {
        await walk(path);
        continue;
      }
      const ignored = await isIgnored(work, isFolder ? `${path}/` : path);
      if (flags.has('only-ignored') ? !ignored : ignored && !flags.has('ignored')) continue;
      if (!isFolder) {
        if (matches(path, asked)) doomed.push(path);
        continue;
      }
      if (files.exists(`${work.dir}/${path}/.git`)) continue;
      if (flags.has('folders') && !(await holdsKept(path))) {
        if (matches(path, asked)) doomed.push(`${path}/`);
      } else if (flags.has('folders') || asked.some((one) => one === path || one.startsWith(`${path}/`)))
        await walk(path);
    }
  }

  /** Whether there is something ignored in a folder, that is to stay. */
  async function holdsKept(folder: string): Promise<boolean> {
    if (flags.has('ignored') || flags.has('only-ignored')) return false;
    for (const name of files.list(`${work.dir}/${folder}`)) {
      const path = `${folder}/${name}`;
      const isFolder = files.lstat(`${work.dir}/${path}`).type === 'directory';
      if (await isIgnored(work, isFolder ? `${path}/` : path)) return true;
      if (isFolder && (await holdsKept(path))) return true;
    }
    return false;
  }

  await walk('');
  for (const path of doomed) {
    if (!flags.has('dry')) files.remove(`${work.dir}/${path.replace(/\/$/, '')}`, { recursive: true });
    if (flags.has('dry') || !flags.has('quiet'))
      work.io.stdout(`${flags.has('dry') ? 'Would remove' : 'Removing'} ${quotedPath(shownPath(work, path))}\n`);
  }
  return 0;
}
