// What a person may do with a pull request, as the commands that do it. Pure.
import type { MergeMethod, MergeState, PullRequest, Settings } from '../../../../sandbox/hosts/forge-view.ts';
import { rulesOfPull } from '../../../../sandbox/hosts/forge-view.ts';
import { gh } from '../commands.ts';
import type { Action } from './acts.ts';

const labels = { squash: 'mergeSquash', merge: 'mergeMerge', rebase: 'mergeRebase' } as const;
const all = ['squash', 'merge', 'rebase'] as const;

export function actionsOf(
  pull: PullRequest,
  { state, isQueueRequired }: MergeState,
  settings: Partial<Settings>,
  login: string,
): readonly Action[] {
  const { number, isDraft, autoMerge } = pull;
  const diff: Action = { label: 'seeDiff', command: gh.diff(number) };
  if (state === 'merged') return [diff];
  if (state === 'closed') return [{ label: 'reopenPull', command: gh.reopen(number) }, diff];
  const close: Action = { label: 'closePull', command: gh.close(number) };
  if (isDraft) return [{ label: 'ready', command: gh.ready(number) }, diff, close];
  if (state === 'queued') return [diff];
  const approve: readonly Action[] =
    pull.author === login ? [] : [{ label: 'approvePull', command: gh.approve(number) }];
  return [
    ...mergeActions(pull, state === 'ready', isQueueRequired, settings, autoMerge !== undefined),
    ...approve,
    diff,
    close,
  ];
}

function mergeActions(
  pull: PullRequest,
  isReady: boolean,
  isQueueRequired: boolean,
  settings: Partial<Settings>,
  isAutomatic: boolean,
): readonly Action[] {
  const { number } = pull;
  if (isQueueRequired) return isAutomatic ? [] : [{ label: 'mergeQueue', command: gh.queue(number), main: isReady }];
  const methods = methodsFor(pull, settings);
  const [first] = methods;
  if (isReady || first === undefined)
    return methods.map((method, at) => ({
      label: labels[method],
      command: gh.merge(number, method),
      main: isReady && at === 0,
    }));
  const automatic: Action = isAutomatic
    ? { label: 'mergeAutoOff', command: gh.mergeAutoOff(number) }
    : { label: 'mergeAuto', command: gh.mergeAuto(number, first) };
  return [...methods.map((method) => ({ label: labels[method], command: gh.merge(number, method) })), automatic];
}

/** Those that the repository and the rules of the base allow. */
function methodsFor(pull: PullRequest, settings: Partial<Settings>): readonly MergeMethod[] {
  const rules = rulesOfPull(pull, settings).map((one) => one.rules);
  return all
    .filter((method) => (settings.methods ?? all).includes(method))
    .filter((method) => method !== 'merge' || !rules.some(({ requiredLinearHistory }) => requiredLinearHistory))
    .filter((method) => rules.every(({ pullRequest }) => pullRequest?.methods.includes(method) ?? true));
}
