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

/** A desk with other luck. Desks that are opened one after another with the same seed share experiments (`Desk.once`). */
export interface Opened<State> {
  readonly desk: Desk;
  /** Simulated days that it lived through, itself or by an experiment. */
  runs(): readonly RunDocument[];
  /** Of other desks that were made from it. */
  states(): readonly State[];
  /** Whether chance has had a part: a number was drawn, a day or another desk lived through. */
  isChance(): boolean;
}

/**
 * Judges the checks of the kind `world` on each seed; chance has no part in the others.
 * @param onLucky told as soon as a seed is done
 */
export async function tryLuck<State>(
  checks: readonly Check[],
  seeds: readonly string[],
  openDesk: (seed: string) => Promise<Opened<State>>,
  onLucky: (lucky: Lucky<State>) => void,
): Promise<void> {
  const fixed = new Map<Check, readonly CheckResult[]>();
  for (const seed of seeds) {
    const seen: Seen<State>[] = [];
    const results: CheckResult[] = [];
    for (const check of checks) {
      if (check.kind !== 'world') continue;
      let opened: Opened<State> | undefined;
      const known = fixed.get(check);
      const judged =
        known ??
        (await judge([check], async () => {
          opened = await openDesk(seed);
          return opened.desk;
        }));
      results.push(...judged);
      // What chance had no part in comes out the same again.
      if (opened?.isChance() === false) fixed.set(check, judged);
      if (judged.every(({ outcome }) => outcome === 'passed')) continue;
      const runs = new Map(opened?.runs().map((run) => [JSON.stringify(run), run]));
      for (const run of runs.values()) seen.push({ check: check.id, run });
      for (const state of opened?.states() ?? []) seen.push({ check: check.id, state });
    }
    onLucky({ seed, results, seen });
  }
}
