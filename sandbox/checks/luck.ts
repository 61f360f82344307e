// The same checks on many seeds: would the learner's work do as well with other luck?
import type { RunDocument } from '../monitoring/index.ts';
import type { Check, CheckResult, Desk } from './contract.ts';
import { judge } from './judge.ts';

/** What the checks came to on one seed. */
export interface Lucky<State> {
  readonly seed: string;
  readonly results: readonly CheckResult[];
  /** What a check looked at that did not pass, in the order in which it did: simulated days, and desks with a production of that seed. */
  readonly seen: readonly Seen<State>[];
}

export type Seen<State> =
  | { readonly check: string; readonly run: RunDocument }
  | { readonly check: string; readonly state: State };

/** How a desk is given other luck than its own. */
export interface Luck {
  /** In the place of every seed that a check names. */
  readonly seed: string;
  onRun(run: RunDocument): void;
}

/** @param luck the desk's own where it is undefined. @returns the desk, and the states of other desks that were made from it. */
type OpenDesk<State> = (luck: Luck | undefined) => Promise<{ readonly desk: Desk; states(): readonly State[] }>;

/**
 * Judges checks of the kind `world` on each seed, and the others, which chance does not touch, once.
 * @param onLucky told as soon as a seed is done
 */
export async function tryLuck<State>(
  checks: readonly Check[],
  seeds: readonly string[],
  openDesk: OpenDesk<State>,
  onLucky: (lucky: Lucky<State>) => void,
): Promise<void> {
  const fixed = new Map<string, CheckResult>();
  for (const check of checks) {
    if (check.kind === 'world') continue;
    const [result] = await judge([check], async () => (await openDesk(undefined)).desk);
    if (result !== undefined) fixed.set(check.id, result);
  }
  for (const seed of seeds) {
    const seen: Seen<State>[] = [];
    const results: CheckResult[] = [];
    for (const check of checks) {
      const { id } = check;
      const known = fixed.get(id);
      const runs = new Map<string, RunDocument>();
      let states = (): readonly State[] => [];
      const [result] =
        known === undefined
          ? await judge([check], async () => {
              const opened = await openDesk({ seed, onRun: (run) => runs.set(JSON.stringify(run), run) });
              states = opened.states;
              return opened.desk;
            })
          : [known];
      if (result === undefined) continue;
      results.push(result);
      if (result.outcome === 'passed') continue;
      seen.push(
        ...[...runs.values()].map((run) => ({ check: id, run })),
        ...states().map((state) => ({ check: id, state })),
      );
    }
    onLucky({ seed, results, seen });
  }
}
