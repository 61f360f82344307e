// Where one can stand on the ruler of a recording, and which of these places are of interest. Pure.
import type { Action, Recording } from '../../../sandbox/hosts/replay/recording.ts';
import type { Reached } from '../../../sandbox/hosts/replay/replay.ts';
import type { Snapshot } from '../parts.ts';
import type { ReplayWord } from './words.ts';

/** A place on the ruler: after what somebody did, and whatever the page itself did until the next deed; or in the middle of it. */
export interface Stop {
  /** How many actions are done. */
  readonly done: number;
  /** Absent at the beginning. */
  readonly action?: Action;
  /** Set in the middle of the action, which is not done yet: ms since 1970. */
  readonly at?: number;
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

/** Of one deed, and ms before its end: what happens as it ends has no place of its own. */
const MOST_INSIDE = 20;
const NEAR = 1000;

/** With a place for each moment at which something of interest happened while a deed was under way: an alert in a long wait. */
export function stopsWithin(
  stops: readonly Stop[],
  log: readonly Logged[],
  reached: readonly Reached[],
): readonly Stop[] {
  return stops.flatMap((stop, index) => {
    const before = stops[index - 1];
    if (before === undefined || stop.action === undefined) return [stop];
    const done = before.done;
    const [from, to] = [reached[done], reached[done + 1]];
    if (from === undefined || to === undefined) return [stop];
    const moments = log
      .slice(from.entries, to.entries)
      .flatMap((entry) => (toldOf(entry) === undefined ? [] : [momentOf(entry)]))
      .filter((at) => at > from.at && at < to.at - NEAR);
    const places = [...new Set(moments)].sort((a, b) => a - b).slice(0, MOST_INSIDE);
    return [...places.map((at) => ({ done, action: stop.action as Action, at })), stop];
  });
}

/** What happened in production is told later. */
function momentOf(entry: Logged): number {
  return 'when' in entry && typeof entry.when === 'number' ? entry.when : entry.at;
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
 * @param log of the end
 * @param checks when checks were judged, by the entries that there were then
 */
export function sightsOf(
  stops: readonly Stop[],
  log: readonly Logged[],
  reached: readonly Reached[],
  checks: Recording['checks'],
): readonly Sight[] {
  const stopWith = (count: number): number =>
    stops.findIndex(({ done, at }) => at === undefined && (reached[done]?.entries ?? 0) >= count);
  /** In the middle of the deed that logged it, when there is a place at that moment. */
  const stopOf = (entry: Logged, count: number): number => {
    const after = stopWith(count);
    const inside = stops.findIndex(
      ({ done, at }) =>
        at === momentOf(entry) && (reached[done]?.entries ?? 0) < count && (reached[done + 1]?.entries ?? 0) >= count,
    );
    return inside < 0 ? after : inside;
  };
  const first = reached[stops[0]?.done ?? 0]?.entries ?? 0;
  const logged = log.flatMap((entry, index): Sight[] => {
    const told = index < first ? undefined : toldOf(entry);
    return told === undefined ? [] : [{ ...told, stop: stopOf(entry, index + 1), sign: signs[told.kind] }];
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
