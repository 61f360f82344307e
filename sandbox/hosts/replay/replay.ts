// Living through a recording again, back and forth, in an engine of its own.
import type { Language } from '../../machine/words.ts';
import { createMirror, type Mirror } from '../mirror.ts';
import type { EngineEvent, EngineHost, Snapshot } from '../protocol.ts';
import type { Action, Recording } from './recording.ts';

/** Everything that is to be seen at one moment of a recording. */
export interface Moment {
  /** How many of its actions have been done. */
  readonly done: number;
  /** Set in the middle of the next action: its desk's clock, ms since 1970. */
  readonly at?: number;
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
  /**
   * The state at a moment of the action that comes after so many: what had been done at the desk until then, and production as it lived up
   * to there. A command that was under way is in the log as stopped.
   * @param at ms since 1970
   */
  goInto(done: number, at: number): Promise<Moment>;
  /** After each action that was passed, how many entries the log had and what the clock showed; the first is the beginning. */
  reached(): readonly Reached[];
  close(): void;
}

export interface Reached {
  readonly entries: number;
  /** Ms since 1970. */
  readonly at: number;
}

export interface ReplayOptions {
  /** Starts one more engine, with the day's exercise loaded. */
  readonly startEngine: () => EngineHost;
  readonly language: Language;
  /** A snapshot is kept every so many actions: going back works through the news of fewer. */
  readonly between?: number;
}

const BETWEEN = 20;
/** Of moments in the middle of actions the last ones are kept: each holds a whole desk. */
const KEPT_INSIDE = 16;
/** Ms of real time in which an engine must come to rest. */
const REST_LIMIT = 30_000;

/** What is known of a moment without its changes. */
interface Keyframe {
  readonly done: number;
  readonly snapshot: Snapshot;
  readonly screens: Readonly<Record<string, string>>;
}

/** What one action made the engine tell. `opened`: a visit began with it, from this. */
interface Frame extends Reached {
  readonly events: readonly EngineEvent[];
  readonly opened?: Keyframe;
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
  const inside = new Map<string, Moment>();
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
    engine.at = answer.snapshot.kernel.now;
    return { done, snapshot: answer.snapshot, screens: {} };
  }

  async function next(): Promise<void> {
    const { action, opens, until } = steps[frames.length] as Step;
    let opened: Keyframe | undefined;
    if (opens) opened = await begin(stateAt(frames.length).snapshot, frames.length);
    const here = engine as Engine;
    await inTime(here.host.call(action.call, action.args));
    await inTime<unknown>(until === undefined ? here.host.call('settle', {}) : here.reached(until));
    frames.push({ events: here.take(), ...(opened && { opened }), entries: here.entries, at: here.at });
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

  /** What the engine told of an action until this moment. */
  function stateInside(done: number, at: number): Moment {
    const { events, opened, at: end } = frames[done] as Frame;
    const follower = followerOf(opened ?? stateAt(done));
    for (const event of events) {
      const time = timeOf(event);
      // A file may be dated in a future that never came.
      if (time > at && time <= end) break;
      hear(follower, event);
    }
    return { done, at, snapshot: follower.mirror.snapshot(), screens: { ...follower.screens } };
  }

  /** Production is computed from what was done to it: it lives on to this moment in an engine that begins with the rest. */
  async function liveOn(snapshot: Snapshot, at: number): Promise<Snapshot> {
    if (snapshot.kernel.now >= at) return snapshot;
    const host = startEngine();
    try {
      await host.call('start', { pack, language, snapshot });
      let now = snapshot.kernel.now;
      // One call lets a day pass at most.
      while (now < at) ({ now } = await inTime(host.call('advance', { until: at })));
      return (await host.call('snapshot', {})).snapshot;
    } finally {
      host.stop();
    }
  }

  async function reachInside(done: number, at: number): Promise<Moment> {
    await reach(done + 1, () => {});
    const key = `${done} ${at}`;
    const known = inside.get(key);
    if (known !== undefined) return known;
    const moment = stateInside(done, at);
    const found = { ...moment, snapshot: await liveOn(moment.snapshot, at) };
    inside.set(key, found);
    for (const old of [...inside.keys()].slice(0, -KEPT_INSIDE)) inside.delete(old);
    return found;
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
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
      return inTurn(() => reach(wanted, onProgress));
    },
    goInto: (done, at) => inTurn(() => reachInside(done, at)),
    reached() {
      const { log, now } = keyframes[0]?.snapshot.kernel ?? { log: [], now: 0 };
      return [{ entries: log.length, at: now }, ...frames.map(({ entries, at }) => ({ entries, at }))];
    },
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
  at: number;
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
    at: 0,
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
    if (event.event === 'state') engine.at = Math.max(engine.at, event.kernel.now);
    if (event.event !== 'logged') return;
    engine.entries += 1;
    look();
  });
  return engine;
}

/** When it was told, ms since 1970, as far as it says so: what says nothing goes with what is before it. */
function timeOf(event: EngineEvent): number {
  if (event.event === 'logged') return event.entry.at;
  if (event.event === 'state') return event.kernel.now;
  // Attributes are what somebody chose, as `touch -d` does.
  if (event.event === 'files')
    return Math.max(0, ...event.changes.map((change) => (change.op === 'attributes' ? 0 : change.mtimeMs)));
  return 0;
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
