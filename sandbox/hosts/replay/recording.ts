// What somebody did at a desk, as data: enough to live through it again.
import type { Calls, DayPack, DeskMoment, Snapshot } from '../protocol.ts';

/** Calls that change something, as the session carries them. */
const acting = [
  'run',
  'openTerminal',
  'closeTerminal',
  'type',
  'resize',
  'interrupt',
  'writeFile',
  'makeFolder',
  'rename',
  'remove',
  'advance',
  'runWorkflow',
] as const;
export type Acting = (typeof acting)[number];

export type Action = {
  [N in Acting]: {
    readonly call: N;
    readonly args: Calls[N]['args'];
    /** The desk's clock when it began, ms since 1970. */
    readonly at: number;
    /**
     * Set when a program ran in the foreground: how many entries the log had. Such an action comes at a moment of the program's own and
     * is not sure to find it at the same place again.
     */
    readonly during?: number;
  };
}[Acting];

export interface Recording {
  readonly pack: DayPack;
  /** What was there before the first action; absent where that is the day's own beginning. */
  readonly beginning?: Snapshot;
  /** What was done in the life of one engine after another. */
  readonly visits: readonly { readonly actions: readonly Action[]; readonly cut?: number }[];
  /** Whether there was more than is kept. */
  readonly isFull: boolean;
  /** False where real programs ran, which do nothing the same twice. */
  readonly isRepeatable?: boolean;
  /** When checks were judged, as far as it is known. */
  readonly checks: readonly Judging[];
}

export interface Judging {
  /** How many entries the log had then. */
  readonly entries: number;
  readonly passed: number;
  readonly of: number;
}

/** Whether living through it again is sure to give the same, byte for byte. */
export function isExact({ visits, isRepeatable = true }: Pick<Recording, 'visits' | 'isRepeatable'>): boolean {
  return (
    isRepeatable &&
    visits.every(({ actions, cut }) => cut === undefined && actions.every(({ during }) => during === undefined))
  );
}

export interface Recorder {
  /** @param began as the engine tells it */
  hear(call: Acting, args: unknown, began: DeskMoment): void;
  /** What was heard, and whether there was more than is kept. */
  heard(): { readonly actions: readonly Action[]; readonly isFull: boolean };
}

/** Actions, and bytes of what was typed and written. */
const MOST_ACTIONS = 5000;
const MOST_BYTES = 2_000_000;

export function isActing(call: string): call is Acting {
  return (acting as readonly string[]).includes(call);
}

export function createRecorder(): Recorder {
  const actions: Action[] = [];
  let bytes = 0;
  let isFull = false;

  return {
    hear(call, args, { at, entries, isBusy }) {
      if (isFull) return;
      const action = { call, args, at, ...(isBusy && { during: entries }) } as Action;
      const last = actions.at(-1);
      const joined = joinedWith(last, action);
      bytes += sizeOf(args) - (joined?.call === 'writeFile' && last !== undefined ? sizeOf(last.args) : 0);
      isFull = actions.length >= MOST_ACTIONS || bytes > MOST_BYTES;
      if (isFull) return;
      if (joined === undefined) actions.push(action);
      else actions[actions.length - 1] = joined;
    },
    heard: () => ({ actions: [...actions], isFull }),
  };
}

/** Keys of one line are one action, and so are writings of one file at one moment: only the last one lasts. */
function joinedWith(last: Action | undefined, next: Action): Action | undefined {
  if (last?.during !== undefined || next.during !== undefined) return undefined;
  if (last?.call === 'writeFile' && next.call === 'writeFile')
    return last.args.path === next.args.path && last.at === next.at ? next : undefined;
  if (last?.call !== 'type' || next.call !== 'type' || last.args.id !== next.args.id) return undefined;
  if (last.args.data.endsWith('\r')) return undefined;
  return { ...last, args: { id: last.args.id, data: last.args.data + next.args.data } };
}

function sizeOf(args: unknown): number {
  return Object.values(args as object).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' || value instanceof Uint8Array ? value.length : 8),
    0,
  );
}
