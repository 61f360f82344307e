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

/** A desk with other luck. */
interface Opened<State> {
  readonly desk: Desk;
  /** Of other desks that were made from it. */
  states(): readonly State[];
  /** Whether anything on it has asked chance for a number. */
  hasDrawn(): boolean;
}

/**
 * Judges the checks of the kind `world` on each seed; chance has no part in the others.
 * @param onLucky told as soon as a seed is done
 */
export async function tryLuck<State>(
  checks: readonly Check[],
  seeds: readonly string[],
  openDesk: (luck: Luck) => Promise<Opened<State>>,
  onLucky: (lucky: Lucky<State>) => void,
): Promise<void> {
  const fixed = new Map<Check, readonly CheckResult[]>();
  for (const seed of seeds) {
    const seen: Seen<State>[] = [];
    const results: CheckResult[] = [];
    for (const check of checks) {
      if (check.kind !== 'world') continue;
      const runs = new Map<string, RunDocument>();
      let opened: Opened<State> | undefined;
      const known = fixed.get(check);
      const judged =
        known ??
        (await judge([check], async () => {
          opened = await openDesk({ seed, onRun: (run) => runs.set(JSON.stringify(run), run) });
          return opened.desk;
        }));
      results.push(...judged);
      const states = opened?.states() ?? [];
      // What chance had no part in comes out the same again.
      if (opened !== undefined && runs.size === 0 && states.length === 0 && !opened.hasDrawn())
        fixed.set(check, judged);
      if (judged.every(({ outcome }) => outcome === 'passed')) continue;
      for (const run of runs.values()) seen.push({ check: check.id, run });
      for (const state of states) seen.push({ check: check.id, state });
    }
    onLucky({ seed, results, seen });
  }
}
