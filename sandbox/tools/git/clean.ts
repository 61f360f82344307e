import { fatal, type OptionTable, readOptions } from './options.ts';
import { matches, pathInWork, quotedPath, shownPath } from './pathspec.ts';
import { config } from './sources.ts';
import { ignoredPaths, readStatus } from './status.ts';
import { wildcard } from './wildcard.ts';
import type { Work } from './work.ts';

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
  const { files } = work.io.machine;
  const here = work.io.cwd === work.dir ? '' : `${work.io.cwd.slice(work.dir.length + 1)}/`;
  for (const path of await doomed(work, flags)) {
    const name = path.replace(/\/$/, '');
    if (asked.length === 0 ? !path.startsWith(here) : !matches(name, asked)) continue;
    const last = name.slice(name.lastIndexOf('/') + 1);
    if (values.get('except')?.some((one) => wildcard(one.replace(/\/$/, '')).test(last))) continue;
    if (path.endsWith('/') && !flags.has('folders') && asked.length === 0) continue;
    // A repository within is nobody's to throw away.
    if (files.exists(`${work.dir}/${name}/.git`)) continue;
    if (!dry) files.remove(`${work.dir}/${name}`, { recursive: true });
    if (dry || !flags.has('quiet'))
      work.io.stdout(`${dry ? 'Would remove' : 'Removing'} ${quotedPath(shownPath(work, path))}\n`);
  }
  return 0;
}

async function doomed(work: Work, flags: ReadonlySet<string>): Promise<readonly string[]> {
  const plain = flags.has('ignored-only') ? [] : (await readStatus(work)).untracked;
  const ignored = flags.has('ignored-only') || flags.has('ignored-too') ? await ignoredPaths(work) : [];
  return [...new Set([...plain, ...ignored])].sort((a, b) => (a < b ? -1 : 1));
}
