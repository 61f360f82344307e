// Living through a recording again, back and forth, in an engine of its own.
import type { Language } from '../../machine/words.ts';
import { createMirror, type Mirror } from '../mirror.ts';
import type { EngineEvent, EngineHost, Snapshot } from '../protocol.ts';
import type { Action, Recording } from './recording.ts';

/** Everything that is to be seen at one moment of a recording. */
export interface Moment {
  /** How many of its actions have been done. */
  readonly done: number;
  readonly snapshot: Snapshot;
  /** What each terminal was given to show, since the visit began. */
  readonly screens: Readonly<Record<string, string>>;
}

export interface Replay {
  /** How many actions there are, over all visits. */
  readonly length: number;
  /**
   * The state after so many actions, byte for byte as it was. Onwards the actions are done again; what was passed once is known, and
   * worked out from the nearest snapshot that was kept and what the engine told since.
   * @param onProgress told how many actions are done
   * @throws when it does not come to rest
   */
  goTo(done: number, onProgress?: (done: number) => void): Promise<Moment>;
  /** How many entries the log had after each action that was passed; the first is the beginning. */
  entries(): readonly number[];
  close(): void;
}

export interface ReplayOptions {
  /** Starts one more engine, with the day's exercise loaded. */
  readonly startEngine: () => EngineHost;
  readonly language: Language;
  /** A snapshot is kept every so many actions: going back works through the news of fewer. */
  readonly between?: number;
}

const BETWEEN = 20;
/** Ms of real time in which an engine must come to rest. */
const REST_LIMIT = 30_000;

/** What is known of a moment without its changes. */
interface Keyframe {
  readonly done: number;
  readonly snapshot: Snapshot;
  readonly screens: Readonly<Record<string, string>>;
}

/** What one action made the engine tell. `opened`: a visit began with it, from this. */
interface Frame {
  readonly events: readonly EngineEvent[];
  readonly opened?: Keyframe;
  readonly entries: number;
}

/** A state that follows what an engine tells. */
interface Follower {
  readonly mirror: Mirror;
  readonly screens: Record<string, string>;
}

interface Step {
  readonly action: Action;
  /** At the first action of a visit but the first. */
  readonly opens: boolean;
  /** What the engine waits for after the action: rest, or an entry of the log. */
  readonly until: number | undefined;
}

export function createReplay(
  recording: Recording,
  { startEngine, language, between = BETWEEN }: ReplayOptions,
): Replay {
  const { pack, beginning } = recording;
  const steps = stepsOf(recording);
  const frames: Frame[] = [];
  const keyframes: Keyframe[] = [];
  let engine: Engine | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  async function begin(snapshot: Snapshot | undefined, done: number): Promise<Keyframe> {
    engine?.host.stop();
    const host = startEngine();
    engine = follow(host);
    await host.call('start', { pack, language, ...(snapshot && { snapshot }) });
    const answer = await host.call('snapshot', {});
    engine.take();
    engine.entries = answer.snapshot.kernel.log.length;
    return { done, snapshot: answer.snapshot, screens: {} };
  }

  async function next(): Promise<void> {
    const { action, opens, until } = steps[frames.length] as Step;
    let opened: Keyframe | undefined;
    if (opens) opened = await begin(stateAt(frames.length).snapshot, frames.length);
    const here = engine as Engine;
    await inTime(here.host.call(action.call, action.args));
    await inTime<unknown>(until === undefined ? here.host.call('settle', {}) : here.reached(until));
    frames.push({ events: here.take(), ...(opened && { opened }), entries: here.entries });
    if (frames.length % between === 0) keyframes.push(stateAt(frames.length));
  }

  /** Worked out from what was told. */
  function stateAt(done: number): Moment {
    const from = keyframes.findLast((one) => one.done <= done) as Keyframe;
    let follower = followerOf(from);
    for (const { events, opened } of frames.slice(from.done, done)) {
      if (opened !== undefined) follower = followerOf(opened);
      for (const event of events) hear(follower, event);
    }
    return { done, snapshot: follower.mirror.snapshot(), screens: { ...follower.screens } };
  }

  async function reach(done: number, onProgress: (done: number) => void): Promise<Moment> {
    if (keyframes.length === 0) keyframes.push(await begin(beginning, 0));
    while (frames.length < done) {
      if (isClosed) throw new Error('the replay was closed');
      await next();
      onProgress(frames.length);
    }
    return stateAt(done);
  }

  return {
    length: steps.length,
    goTo(done, onProgress = () => {}) {
      const wanted = Math.max(0, Math.min(steps.length, Math.floor(done)));
      const result = turn.then(() => reach(wanted, onProgress));
      turn = result.catch(() => {});
      return result;
    },
    entries: () => [keyframes[0]?.snapshot.kernel.log.length ?? 0, ...frames.map(({ entries }) => entries)],
    close() {
      isClosed = true;
      engine?.host.stop();
    },
  };
}

function stepsOf({ visits }: Recording): readonly Step[] {
  return visits.flatMap(({ actions, cut }, visit) =>
    actions.map((action, index) => ({
      action,
      opens: index === 0 && visit > 0,
      until: index + 1 < actions.length ? actions[index + 1]?.during : cut,
    })),
  );
}

interface Engine {
  readonly host: EngineHost;
  entries: number;
  /** What was told since it was last taken. */
  take(): readonly EngineEvent[];
  /** Settles when the log has so many entries. */
  reached(entries: number): Promise<void>;
}

function follow(host: EngineHost): Engine {
  let told: EngineEvent[] = [];
  let look = (): void => {};
  const engine: Engine = {
    host,
    entries: 0,
    take() {
      const taken = told;
      told = [];
      return taken;
    },
    reached: (wanted) =>
      new Promise((resolve) => {
        look = () => {
          if (engine.entries >= wanted) resolve();
        };
        look();
      }),
  };
  host.subscribe((event) => {
    told.push(event);
    if (event.event !== 'logged') return;
    engine.entries += 1;
    look();
  });
  return engine;
}

const followerOf = ({ snapshot, screens }: Keyframe): Follower => ({
  mirror: createMirror(snapshot),
  screens: { ...screens },
});

function hear({ mirror, screens }: Follower, event: EngineEvent): void {
  mirror.hear(event);
  if (event.event === 'output') screens[event.terminal] = (screens[event.terminal] ?? '') + event.text;
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
