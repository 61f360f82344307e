import { diff } from './diff.ts';
import { type OptionTable, readOptions } from './options.ts';
import { matches, pathInWork, quotedPath, shownPath } from './pathspec.ts';
import { readLog } from './reflog-file.ts';
import { longForm } from './status-long.ts';
import { ignoredPaths, readStatus, type Status, withSettings } from './status-read.ts';
import { secondForm, shortForm, withNuls } from './status-short.ts';
import type { Work } from './work.ts';

const options: OptionTable = {
  '-s': { as: 'short' },
  '--short': { as: 'short' },
  '--porcelain': { as: 'porcelain' },
  '-b': { as: 'branch' },
  '--branch': { as: 'branch' },
  '--long': { as: 'long' },
  '-u': { as: 'untracked-all' },
  '-uall': { as: 'untracked-all' },
  '--untracked-files=all': { as: 'untracked-all' },
  '-unormal': { as: 'untracked-normal' },
  '-uno': { as: 'untracked-no' },
  '--untracked-files=no': { as: 'untracked-no' },
  '--ignored': { as: 'ignored' },
  '--porcelain=v1': { as: 'porcelain' },
  '--porcelain=v2': { as: 'v2' },
  '--show-stash': { as: 'show-stash' },
  '--no-ahead-behind': { as: 'no-ahead-behind' },
  '--untracked-files': { as: 'untracked-all' },
  '--untracked-files=normal': { as: 'untracked-normal' },
  '--no-renames': { as: 'no-renames' },
  '--renames': { as: 'renames' },
  '-M': { as: 'renames' },
  '--find-renames': { as: 'renames', value: 'optional' },
  '--ahead-behind': { as: 'ahead-behind' },
  '--ignore-submodules': { as: 'ignore-submodules', value: 'optional' },
  '--column': { as: 'column', value: 'optional' },
  '--no-column': { as: 'no-column' },
  '-z': { as: 'nul' },
  '--null': { as: 'nul' },
  '-v': { as: 'verbose' },
  '--verbose': { as: 'verbose' },
};

/** What of it lies under the paths that are asked for. */
function within(found: Status, asked: readonly string[]): Status {
  if (asked.length === 0 || asked.includes('')) return found;
  const keep = <Value>(all: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
    new Map([...all].filter(([path]) => matches(path, asked)));
  return {
    staged: keep(found.staged),
    renamed: keep(found.renamed),
    unstaged: keep(found.unstaged),
    conflicts: keep(found.conflicts),
    untracked: found.untracked.filter((path) => matches(path.replace(/\/$/, ''), asked)),
  };
}

/** `git status`, in the long form, or the short one of `-s` and `--porcelain`. */
export async function status(work: Work, args: readonly string[]): Promise<number> {
  const { flags: given, words, paths = [] } = readOptions('status', args, options);
  const flags = withSettings(work, given);
  const asked = [...words, ...paths].map((path) => pathInWork(work, path));
  const found = within(await readStatus(work, flags), asked);
  if (flags.has('nul') && !flags.has('v2')) {
    work.io.stdout(await withNuls(work, found, flags));
    return 0;
  }
  if (flags.has('v2')) {
    work.io.stdout(await secondForm(work, found, flags));
    return 0;
  }
  if (flags.has('ignored')) {
    if (!flags.has('short') && !flags.has('porcelain')) {
      const ignored = await ignoredPaths(work, flags.has('untracked-all'));
      work.io.stdout(await longForm(work, found, { hidden: flags.has('untracked-no'), ignored }));
      return 0;
    }
    const lines = (await ignoredPaths(work, flags.has('untracked-all'))).map(
      (path) => `!! ${quotedPath(shownPath(work, path), true)}\n`,
    );
    work.io.stdout((await shortForm(work, found, flags)) + lines.join(''));
    return 0;
  }
  if (flags.has('short') || flags.has('porcelain')) work.io.stdout(await shortForm(work, found, flags));
  else {
    work.io.stdout(await longForm(work, found, { hidden: flags.has('untracked-no') }));
    const count = flags.has('show-stash') ? readLog(work, 'refs/stash').length : 0;
    if (count > 0) work.io.stdout(`Your stash currently has ${count} ${count === 1 ? 'entry' : 'entries'}\n`);
    if (flags.has('verbose')) await diff(work, ['--cached']);
  }
  return 0;
}
