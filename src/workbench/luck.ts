// The luck test: the day's checks on many seeds, in engines of their own.
import type { Lucky } from '../../sandbox/checks/luck.ts';
import { type Bench, reasonOf, tell } from './bench.ts';
import type { Snapshot } from './parts.ts';
import type { LuckTest, State } from './store.ts';

export const SEEDS = 20;
const MOST_ENGINES = 3;

/** Ends the test that is under way. */
const stops = new WeakMap<Bench, AbortController>();

/** Checks in which chance has a part, of the steps that were passed and of the one that is shown. */
export function checksToTry({ exercise }: Pick<Bench, 'exercise'>, { progress, step }: State): readonly string[] {
  return exercise.steps
    .filter(({ id }, index) => index === step || progress.steps.includes(id))
    .flatMap(({ checks }) => checks.flatMap(({ id, kind }) => (kind === 'world' ? [id] : [])));
}

export async function tryLuck(bench: Bench): Promise<void> {
  const { store, desk, texts } = bench;
  if (store.get().luck?.state === 'running') return;
  await texts.settle();
  const stop = new AbortController();
  stops.set(bench, stop);
  const set = (change: Partial<LuckTest>): void =>
    store.set({ luck: { ...(store.get().luck ?? { state: 'running', seeds: SEEDS, done: [] }), ...change } });
  set({ state: 'running', done: [] });
  const seeds = Array.from({ length: SEEDS }, (_, index) => String(index + 1));
  try {
    await desk.luck(checksToTry(bench, store.get()), seeds, {
      signal: stop.signal,
      // The page has little to do meanwhile; each engine takes memory.
      engines: Math.min(MOST_ENGINES, navigator.hardwareConcurrency ?? 2),
      onLucky(lucky) {
        const done = [...(store.get().luck?.done ?? []), lucky];
        set({ done: done.sort((a, b) => Number(a.seed) - Number(b.seed)) });
      },
    });
    set({ state: 'done' });
  } catch (error) {
    set({ state: 'stopped' });
    if (!stop.signal.aborted) tell(bench, bench.say('checkBroke', { why: reasonOf(error) }), 'bad');
  }
}

export function stopLuck(bench: Bench): void {
  stops.get(bench)?.abort(new Error('stopped by the person'));
}

export function isLucky({ results }: Lucky<Snapshot>): boolean {
  return results.every(({ outcome }) => outcome === 'passed');
}
