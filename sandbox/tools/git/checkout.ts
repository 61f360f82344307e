import { commitData, isRefName, short } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import {
  createAndGo,
  discardChanges,
  followNamed,
  goDetached,
  goToBranch,
  goToOrphan,
  hooked,
  leaveUnderWay,
  refuseUnresolved,
} from './go-to.ts';
import { carried } from './move-to.ts';
import { fatal, lastValue, type OptionTable, readOptions } from './options.ts';
import { formerHead } from './reflog-file.ts';
import { mergeAgain, restoreFiles, takeSide } from './restore.ts';
import { resolve } from './revisions.ts';
import { conflictStyle } from './state.ts';
import { isToFollow, trackingText } from './upstream.ts';
import type { Work } from './work.ts';
import { readIndex } from './work-tree.ts';

const checkoutOptions: OptionTable = {
  '-b': { as: 'create', value: true },
  '-B': { as: 'force-create', value: true },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '--detach': { as: 'detach' },
  '-d': { as: 'detach' },
  '--no-track': { as: 'no-track' },
  '--progress': { as: 'progress' },
  '--no-progress': { as: 'no-progress' },
  '--orphan': { as: 'orphan', value: true },
  '-t': { as: 'track' },
  '--track': { as: 'track' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '--ours': { as: 'ours' },
  '--theirs': { as: 'theirs' },
  '-m': { as: 'merge' },
  '--merge': { as: 'merge' },
  '--conflict': { as: 'conflict', value: true },
  '--guess': { as: 'guess' },
  '--no-guess': { as: 'no-guess' },
  '--overwrite-ignore': { as: 'overwrite-ignore' },
  '--ignore-other-worktrees': { as: 'ignore-other-worktrees' },
};

/** `git checkout`: the older command for both branches and files. */
export const checkout = (work: Work, args: readonly string[]): Promise<number> =>
  hooked(work, async () => {
    const exitCode = await goCheckout(work, args);
    return typeof exitCode === 'number' ? { exitCode } : { exitCode: 0, files: true };
  });

/** @returns its exit code, or 'files' when it was files that it gave another state. */
async function goCheckout(work: Work, args: readonly string[]): Promise<number | 'files'> {
  const parsed = readOptions('checkout', args, checkoutOptions);
  const quiet = parsed.flags.has('quiet');
  const created = lastValue(parsed, 'create') ?? lastValue(parsed, 'force-create');
  const [given, ...more] = parsed.words;
  const [, back] = /^@\{-(\d+)\}$/.exec(given ?? '') ?? [];
  const name = back === undefined ? given : (formerHead(work, Number(back)) ?? given);
  const orphan = lastValue(parsed, 'orphan');
  if (orphan !== undefined) return goToOrphan(work, orphan, quiet, false);
  if (parsed.flags.has('force') && parsed.paths === undefined && more.length === 0) await discardChanges(work, name);
  if (parsed.flags.has('track') && created === undefined) return followNamed(work, name, quiet);
  if (created !== undefined)
    return createAndGo(
      work,
      created,
      name,
      parsed.values.has('force-create'),
      quiet,
      isToFollow(parsed.flags),
      'checkout',
    );
  if (parsed.flags.has('detach')) return goDetached(work, name ?? 'HEAD', { quiet, advise: false });
  const style = lastValue(parsed, 'conflict') ?? (parsed.flags.has('merge') ? conflictStyle(work) : undefined);
  const merging = style !== undefined && parsed.paths === undefined && more.length === 0;
  if (merging && name !== undefined && (await resolve(work, `refs/heads/${name}`)) !== undefined)
    return goToBranch(work, name, quiet, 'checkout', true);
  if (style !== undefined) {
    const count = await mergeAgain(
      work,
      [...parsed.words, ...(parsed.paths ?? [])],
      style === 'diff3' ? 'diff3' : 'merge',
    );
    if (!quiet && parsed.paths === undefined)
      work.io.stderr(`Recreated ${count} merge conflict${count === 1 ? '' : 's'}\n`);
    return 'files';
  }
  if (parsed.flags.has('ours') || parsed.flags.has('theirs')) {
    const side = parsed.flags.has('ours') ? 2 : 3;
    const count = await takeSide(work, [...parsed.words, ...(parsed.paths ?? [])], side);
    if (!quiet && parsed.paths === undefined)
      work.io.stderr(`Updated ${count} path${count === 1 ? '' : 's'} from the index\n`);
    return 'files';
  }
  if ((parsed.paths !== undefined && (parsed.paths.length > 0 || name === undefined)) || more.length > 0) {
    if (
      parsed.paths !== undefined &&
      more.length === 0 &&
      name !== undefined &&
      (await resolve(work, name)) === undefined
    )
      throw fatal(`invalid reference: ${name}`);
    const from = name === undefined ? undefined : await resolve(work, name);
    const paths = from === undefined ? [...parsed.words, ...(parsed.paths ?? [])] : [...more, ...(parsed.paths ?? [])];
    const source = from === undefined ? await readIndex(work) : await readTree(work, from);
    const count = await restoreFiles(work, source, paths, from !== undefined);
    if (!quiet && parsed.paths === undefined)
      work.io.stderr(
        `Updated ${count} path${count === 1 ? '' : 's'} from ${from === undefined ? 'the index' : short(work, (await commitData(work, from)).tree)}\n`,
      );
    return 'files';
  }
  if (name === undefined || name === 'HEAD') {
    if ((await resolve(work, 'HEAD')) === undefined) throw fatal('You are on a branch yet to be born');
    refuseUnresolved(work, 'checkout');
    const said = quiet ? '' : (await carried(work)) + (await trackingText(work));
    leaveUnderWay(work, quiet);
    work.io.stdout(said);
    return 0;
  }
  if (
    name === '-' ||
    (isRefName(name) &&
      ((await resolve(work, `refs/heads/${name}`)) !== undefined ||
        (await resolve(work, `refs/remotes/origin/${name}`)) !== undefined))
  ) {
    return goToBranch(work, name, quiet, 'checkout');
  }
  if ((await resolve(work, name)) !== undefined) return goDetached(work, name, { quiet, advise: true });
  const count = await restoreFiles(work, await readIndex(work), [name], false);
  if (!quiet) work.io.stderr(`Updated ${count} path${count === 1 ? '' : 's'} from the index\n`);
  return 'files';
}
