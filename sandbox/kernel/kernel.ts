import type { LoggedEvent, SandboxEvent } from './events.ts';
import { createLog, type EventLog } from './log.ts';
import { createQueue } from './queue.ts';
import { createRandom, type Random, type RandomState, resumeRandom } from './random.ts';

/** The moment at which the course begins, and a kernel that is told no other: Monday 2 March 2026, 09:00 UTC. */
export const DAY_START = 1_772_442_000_000;

/** Time, chance, memory of what happened: the only source of each inside the sandbox. */
export interface Kernel {
  /** Simulated time, ms since 1970-01-01 UTC. */
  now(): number;
  /** A stream of chance of its own for each name, so that one user of chance never disturbs another. */
  random(name: string): Random;
  log: EventLog;
  /** Appends to the log at the present moment. */
  record(event: SandboxEvent): void;
  /** Runs `action` when the clock reaches now + `delay` ms; the returned function cancels it. */
  schedule(delay: number, action: () => void): () => void;
  /** Moves the clock forward by `ms`, running on the way what was scheduled, in order of (time, order of scheduling). */
  advance(ms: number): void;
  /** The delay in ms until the next scheduled action, or undefined when nothing is scheduled. */
  untilNext(): number | undefined;
  snapshot(): KernelSnapshot;
}

/** Plain data; scheduled actions are not part of it: whoever schedules must schedule again after a restore. */
export interface KernelSnapshot {
  readonly seed: string;
  readonly now: number;
  readonly random: Readonly<Record<string, RandomState>>;
  readonly log: readonly LoggedEvent[];
}

export function createKernel(from: { readonly seed: string; readonly now?: number } | KernelSnapshot): Kernel {
  const resumed = 'log' in from ? from : undefined;
  let now = from.now ?? DAY_START;
  const log = createLog(resumed?.log);
  const streams = new Map<string, Random>();
  for (const [name, state] of Object.entries(resumed?.random ?? {})) streams.set(name, resumeRandom(state));
  const queue = createQueue<{ cancelled: boolean; readonly action: () => void }>();

  function nextAt(): number | undefined {
    while (queue.peek()?.item.cancelled) queue.pop();
    return queue.peek()?.at;
  }

  return {
    now: () => now,
    random(name) {
      const stream = streams.get(name) ?? createRandom(`${from.seed}/${name}`);
      streams.set(name, stream);
      return stream;
    },
    log,
    record: (event) => void log.append(now, event),
    schedule(delay, action) {
      const entry = { cancelled: false, action };
      queue.push(now + Math.max(0, delay), entry);
      return () => {
        entry.cancelled = true;
      };
    },
    advance(ms) {
      const end = now + Math.max(0, ms);
      for (let at = nextAt(); at !== undefined && at <= end; at = nextAt()) {
        const due = queue.pop();
        now = Math.max(now, at);
        due?.item.action();
      }
      now = Math.max(now, end);
    },
    untilNext() {
      const at = nextAt();
      return at === undefined ? undefined : Math.max(0, at - now);
    },
    snapshot: () => ({
      seed: from.seed,
      now,
      random: Object.fromEntries(
        [...streams].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, r]) => [name, r.state()]),
      ),
      log: [...log.entries()],
    }),
  };
}
