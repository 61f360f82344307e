// Living through a recording again, back and forth, in an engine of its own.
import type { Language } from '../../machine/words.ts';
import type { EngineEvent, EngineHost, Snapshot } from '../protocol.ts';
import type { Action, Recording } from './recording.ts';

/** Everything that is to be seen at one moment of a recording. */
export interface Moment {
  /** How many of its actions have been done. */
  readonly done: number;
  readonly snapshot: Snapshot;
  /** What each terminal was given to show, from the beginning. */
  readonly screens: Readonly<Record<string, string>>;
}

export interface Replay {
  /**
   * The state after so many actions. What was seen before is remembered; forward it goes on, backward it begins anew: a running program
   * and a shell's options are part of no snapshot, so that only the beginning is sure to lead to the same.
   * @throws when it does not come to rest
   */
  goTo(done: number): Promise<Moment>;
  close(): void;
}

export interface ReplayOptions {
  /** Starts one more engine, with the day's exercise loaded. */
  readonly startEngine: () => EngineHost;
  readonly language: Language;
}

/** Moments that are remembered: each holds a copy of the files. */
const KEPT = 30;
/** Ms of real time in which an engine must come to rest. */
const REST_LIMIT = 30_000;

interface Run {
  readonly host: EngineHost;
  readonly screens: Record<string, string>;
  /** Settles when the log has so many entries. */
  entries(count: number): Promise<void>;
  done: number;
}

export function createReplay(
  { beginning, pack, actions }: Recording,
  { startEngine, language }: ReplayOptions,
): Replay {
  const seen = new Map<number, Moment>();
  let run: Run | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  async function begin(): Promise<Run> {
    run?.host.stop();
    const host = startEngine();
    const screens: Record<string, string> = {};
    let count = beginning.kernel.log.length;
    const waiting = new Set<() => void>();
    host.subscribe((event: EngineEvent) => {
      if (event.event === 'output') screens[event.terminal] = (screens[event.terminal] ?? '') + event.text;
      if (event.event !== 'logged') return;
      count += 1;
      for (const look of waiting) look();
    });
    run = {
      host,
      screens,
      done: 0,
      entries: (wanted) =>
        new Promise((resolve) => {
          const look = (): void => {
            if (count < wanted) return;
            waiting.delete(look);
            resolve();
          };
          waiting.add(look);
          look();
        }),
    };
    await host.call('start', { pack, language, snapshot: beginning });
    return run;
  }

  /** Until the next action may come. */
  function rest({ host, entries }: Run, next: Action | undefined): Promise<unknown> {
    return inTime<unknown>(next?.during === undefined ? host.call('settle', {}) : entries(next.during));
  }

  async function reach(done: number): Promise<Moment> {
    const known = seen.get(done);
    if (known !== undefined) return known;
    const here = run !== undefined && run.done <= done ? run : await begin();
    while (here.done < done) {
      const action = actions[here.done] as Action;
      // What is typed is dealt with after the call has been answered.
      await inTime(here.host.call(action.call, action.args));
      here.done += 1;
      await rest(here, actions[here.done]);
    }
    const { snapshot } = await here.host.call('snapshot', {});
    const moment: Moment = { done, snapshot, screens: { ...here.screens } };
    seen.set(done, moment);
    for (const old of [...seen.keys()].slice(0, Math.max(0, seen.size - KEPT))) seen.delete(old);
    return moment;
  }

  return {
    goTo(done) {
      const wanted = Math.max(0, Math.min(actions.length, Math.floor(done)));
      const next = turn.then(() => reach(wanted));
      turn = next.catch(() => {});
      return next;
    },
    close: () => run?.host.stop(),
  };
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the replay did not come to rest in ${REST_LIMIT} ms`)), REST_LIMIT);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
