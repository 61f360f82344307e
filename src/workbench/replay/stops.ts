// Where one can stand on the ruler of a recording, and which of these places are of interest. Pure.
import type { Action, Recording } from '../../../sandbox/hosts/replay/recording.ts';
import type { Snapshot } from '../parts.ts';
import type { ReplayWord } from './words.ts';

/** A place on the ruler: after what somebody did, and whatever the page itself did until the next deed. */
export interface Stop {
  /** How many actions are done. */
  readonly done: number;
  /** Absent at the beginning. */
  readonly action?: Action;
}

/** What the page does by itself: nobody's deed. */
const screens: readonly string[] = ['openTerminal', 'closeTerminal', 'resize'];

export function stopsOf({ visits }: Pick<Recording, 'visits'>): readonly Stop[] {
  const actions = visits.flatMap((visit) => visit.actions);
  const deeds = actions.flatMap(({ call }, index) => (screens.includes(call) ? [] : [index]));
  const ends = [...deeds.slice(1), actions.length];
  return [
    { done: deeds[0] ?? actions.length },
    ...deeds.map((deed, index) => ({ done: ends[index] as number, action: actions[deed] as Action })),
  ];
}

/** How wide the terminal was after `done` actions: in columns, within what can be shown; 80 where none was open. */
export function columnsAt({ visits }: Pick<Recording, 'visits'>, done: number): number {
  const widths = visits
    .flatMap(({ actions }) => actions)
    .slice(0, done)
    .flatMap((action) => (action.call === 'openTerminal' || action.call === 'resize' ? [action.args.columns] : []));
  return Math.max(20, Math.min(200, widths.at(-1) ?? 80));
}

export type SightKind = 'commit' | 'push' | 'run' | 'pull' | 'deploy' | 'alert' | 'check';

export interface Sight {
  /** Which stop. */
  readonly stop: number;
  readonly kind: SightKind;
  readonly sign: string;
  readonly word: ReplayWord;
  readonly values: Readonly<Record<string, string | number>>;
}

const signs: Readonly<Record<SightKind, string>> = {
  commit: '•',
  push: '↑',
  run: '▶',
  pull: '⇄',
  deploy: '▲',
  alert: '!',
  check: '✓',
};

type Logged = Snapshot['kernel']['log'][number];
type Told = Pick<Sight, 'kind' | 'word' | 'values'>;

/**
 * @param log of the end. @param entries how many of it there were after each action.
 * @param checks when checks were judged, by the entries that there were then
 */
export function sightsOf(
  stops: readonly Stop[],
  log: readonly Logged[],
  entries: readonly number[],
  checks: Recording['checks'],
): readonly Sight[] {
  const stopWith = (count: number): number => stops.findIndex(({ done }) => (entries[done] ?? 0) >= count);
  const first = entries[stops[0]?.done ?? 0] ?? 0;
  const logged = log.flatMap((entry, index): Sight[] => {
    const told = index < first ? undefined : toldOf(entry);
    return told === undefined ? [] : [{ ...told, stop: stopWith(index + 1), sign: signs[told.kind] }];
  });
  const judged = checks.map(({ entries: count, passed, of }): Sight => {
    const values = { n: passed, of };
    return { kind: 'check', word: 'sawChecks', values, stop: stopWith(count), sign: signs.check };
  });
  return [...logged, ...judged].filter(({ stop }) => stop >= 0).sort((a, b) => a.stop - b.stop);
}

function toldOf(entry: Logged): Told | undefined {
  const tell = (kind: SightKind, word: ReplayWord, values: Told['values'] = {}): Told => ({ kind, word, values });
  switch (entry.type) {
    case 'CommandEnded':
      return entry.exitCode === 0 && /\bgit\b[^;&|]*\bcommit\b/.test(entry.line)
        ? tell('commit', 'sawCommit')
        : undefined;
    case 'RefUpdated':
      return /^refs\/(heads|tags)\//.test(entry.ref) && entry.to !== ''
        ? tell('push', 'sawPush', { ref: entry.ref.replace(/^refs\/\w+\//, '') })
        : undefined;
    case 'WorkflowRunEnded':
      return tell('run', 'sawRun', { n: entry.run, state: entry.conclusion });
    case 'RunEnded':
      return tell('run', 'sawTurn', { run: entry.run });
    case 'PullRequestOpened':
      return tell('pull', 'sawPull', { n: entry.number });
    case 'PullRequestMerged':
      return tell('pull', 'sawMerge', { n: entry.number });
    case 'DeployRecorded':
      return tell('deploy', entry.action === 'rollback' ? 'sawRollback' : 'sawDeploy', entry);
    case 'AlertFired':
      return tell('alert', 'sawAlert', { name: entry.alert });
    case 'AlertResolved':
      return tell('alert', 'sawResolved', { name: entry.alert });
    default:
      return undefined;
  }
}
