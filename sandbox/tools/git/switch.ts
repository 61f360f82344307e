import {
  createAndGo,
  discardChanges,
  followNamed,
  goDetached,
  goToBranch,
  goToOrphan,
  hooked,
  refuseUnderWay,
} from './go-to.ts';
import { fatal, lastValue, type OptionTable, readOptions } from './options.ts';
import { formerHead } from './reflog-file.ts';
import { isToFollow } from './upstream.ts';
import type { Work } from './work.ts';

const switchOptions: OptionTable = {
  '-c': { as: 'create', value: true },
  '--create': { as: 'create', value: true },
  '-C': { as: 'force-create', value: true },
  '--detach': { as: 'detach' },
  '-d': { as: 'detach' },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '--discard-changes': { as: 'force' },
  '--force-create': { as: 'force-create', value: true },
  '--conflict': { as: 'conflict', value: true },
  '--overwrite-ignore': { as: 'overwrite-ignore' },
  '--ignore-other-worktrees': { as: 'ignore-other-worktrees' },
  '-m': { as: 'merge' },
  '--merge': { as: 'merge' },
  '--orphan': { as: 'orphan', value: true },
  '-t': { as: 'track' },
  '--track': { as: 'track' },
  '--guess': { as: 'guess' },
  '--no-guess': { as: 'no-guess' },
  '--no-track': { as: 'no-track' },
  '--progress': { as: 'progress' },
  '--no-progress': { as: 'no-progress' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
};

/** `git switch`: goes to a branch, or makes one. */
export const switchBranch = (work: Work, args: readonly string[]): Promise<number> =>
  hooked(work, async () => ({ exitCode: await goSwitch(work, args) }));

async function goSwitch(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('switch', args, switchOptions);
  const quiet = parsed.flags.has('quiet');
  const created = lastValue(parsed, 'create') ?? lastValue(parsed, 'force-create');
  const [given] = parsed.words;
  const [, back] = /^@\{-(\d+)\}$/.exec(given ?? '') ?? [];
  const name = back === undefined ? given : (formerHead(work, Number(back)) ?? given);
  if (parsed.flags.has('force')) await discardChanges(work, name);
  const orphan = lastValue(parsed, 'orphan');
  if (orphan !== undefined) return goToOrphan(work, orphan, quiet, true);
  if (parsed.flags.has('track') && created === undefined) return followNamed(work, name, quiet);
  if (created !== undefined) refuseUnderWay(work);
  if (created !== undefined)
    return createAndGo(work, created, name, parsed.values.has('force-create'), quiet, isToFollow(parsed.flags));
  if (parsed.flags.has('detach')) return goDetached(work, name ?? 'HEAD', { quiet, advise: false });
  if (name === undefined) throw fatal('missing branch or commit argument');
  return goToBranch(work, name, quiet, 'switch', parsed.flags.has('merge'));
}
