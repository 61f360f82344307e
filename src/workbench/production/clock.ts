// Time that the view moves: play, pause, speed, step, and on to a moment or an event. The engine advances production; of a day that is
// over only the cursor moves.

export const speeds = [1, 10, 60, 600, 3600] as const;
export type Speed = (typeof speeds)[number];

/** Why it stands again. `nothing`: no event came. */
export type Why = 'busy' | 'end' | 'arrived' | 'nothing';

export type ClockState = 'paused' | 'playing' | 'seeking';

/** Where a move came to. */
export interface Moved {
  readonly now: number;
  /** A program runs in the foreground: it did not move. */
  readonly isBusy: boolean;
  /** It stopped because something happened. */
  readonly happened: boolean;
}

export interface ClockOptions {
  /** The moment that is now. */
  now(): number;
  /** The last moment to which it can go. */
  end(): number;
  /** Goes there, or with `toEvent` until something happens. */
  move(to: number, toEvent: boolean): Promise<Moved>;
  /** Ms of real time between two moves. */
  readonly beat: number;
  onState(state: ClockState, why?: Why | 'broke'): void;
}

export interface Clock {
  play(speed: Speed): void;
  pause(): void;
  step(by: number): void;
  seek(to: number): void;
  /** Until something happens, for so many ms at most. */
  toEvent(atMost: number): void;
}

/** How far it goes at once on a long way, so that it can be paused: ms of simulated time. */
const STRIDE = 5 * 60_000;

export function createClock({ now, end, move, beat, onState }: ClockOptions): Clock {
  /** What is under way; another one ends it. */
  let turn = 0;

  async function run(state: ClockState, action: (isMine: () => boolean) => Promise<Why>): Promise<void> {
    turn += 1;
    const mine = turn;
    onState(state);
    try {
      const why = await action(() => turn === mine);
      if (turn === mine) onState('paused', why);
    } catch {
      if (turn === mine) onState('paused', 'broke');
    }
  }

  async function towards(to: number, toEvent: boolean, isMine: () => boolean): Promise<Why> {
    while (isMine() && now() < to) {
      const until = Math.min(to, now() + STRIDE);
      const answer = await move(until, toEvent);
      if (answer.isBusy) return 'busy';
      if (answer.happened) return 'arrived';
    }
    return now() >= end() ? 'end' : toEvent ? 'nothing' : 'arrived';
  }

  return {
    play: (speed) =>
      void run('playing', async (isMine) => {
        let before = performance.now();
        while (isMine() && now() < end()) {
          await new Promise((resolve) => setTimeout(resolve, beat));
          if (!isMine()) break;
          const passed = performance.now() - before;
          before += passed;
          // What the engine could not keep up with is not caught up: time is slower then.
          const { isBusy } = await move(Math.min(end(), Math.round(now() + Math.min(passed, 4 * beat) * speed)), false);
          if (isBusy) return 'busy';
        }
        return 'end';
      }),
    pause() {
      turn += 1;
      onState('paused');
    },
    step: (by) =>
      void run('seeking', async () => {
        const { isBusy } = await move(Math.min(end(), now() + by), false);
        return isBusy ? 'busy' : 'arrived';
      }),
    seek: (to) => void run('seeking', (isMine) => towards(Math.min(to, end()), false, isMine)),
    toEvent: (atMost) => void run('seeking', (isMine) => towards(Math.min(now() + atMost, end()), true, isMine)),
  };
}
