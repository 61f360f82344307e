// What if, from a moment on: a machine that goes on from there by other deeds, and its buyers beside those of what was done.
import type { EngineHost, RunFigures } from '../../../sandbox/hosts/protocol.ts';
import type { Moment } from '../../../sandbox/hosts/replay/replay.ts';
import type { Bench } from '../bench.ts';
import type { Desk } from '../desk.ts';
import type { Snapshot } from '../parts.ts';
import { openTerminal, type TerminalPane } from '../terminal.ts';
import type { ReplaySay } from './words.ts';

export interface WhatIf {
  /** Of its terminal. */
  readonly host: HTMLElement;
  readonly state: WhatIfState;
  /** Goes on from a moment of what was done; `end` is the last one. */
  begin(moment: Moment, end: Moment): Promise<void>;
  pass(ms: number): Promise<void>;
  compare(): Promise<void>;
  close(): void;
}

export type WhatIfState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'open';
      /** Ms since 1970: where it left what was done, and its own clock. */
      readonly from: number;
      readonly now: number;
      readonly isWorking: boolean;
      readonly fault: string;
      readonly compared?: { readonly until: number; readonly was?: RunFigures; readonly is?: RunFigures };
    };

const TERMINAL = 'what-if';
const DAY = 86_400_000;

export function createWhatIf(bench: Bench, say: ReplaySay, draw: () => void): WhatIf {
  const host = document.createElement('div');
  host.className = 'what-if-screen';
  let state: WhatIfState = { kind: 'none' };
  let fork: EngineHost | undefined;
  /** What was done, at its end or later. */
  let base: { readonly host: Promise<EngineHost>; now: number } | undefined;
  let end: Snapshot | undefined;
  let pane: TerminalPane | undefined;
  let isBusy = false;

  function set(change: Partial<Extract<WhatIfState, { kind: 'open' }>>): void {
    if (state.kind !== 'open') return;
    state = { ...state, ...change };
    draw();
  }

  function stop(): void {
    pane?.dispose();
    fork?.stop();
    base?.host.then(
      (one) => one.stop(),
      () => {},
    );
    pane = undefined;
    fork = undefined;
    base = undefined;
    host.replaceChildren();
  }

  /** @param work whose failing is told, and does no harm */
  async function working(work: () => Promise<void>): Promise<void> {
    set({ isWorking: true, fault: '' });
    try {
      await work();
    } catch {
      set({ fault: say('whatIfBroke') });
    }
    set({ isWorking: false });
  }

  async function baseAt(until: number): Promise<EngineHost> {
    const last = end as Snapshot;
    base ??= { host: bench.desk.startSpare(last), now: last.kernel.now };
    const engine = await base.host;
    while (base.now < until) {
      const { now } = await engine.call('advance', { until: Math.min(until, base.now + DAY) });
      if (now <= base.now) break;
      base.now = now;
    }
    return engine;
  }

  return {
    host,
    get state() {
      return state;
    },
    async begin(moment, last) {
      stop();
      end = last.snapshot;
      const from = moment.snapshot.kernel.now;
      state = { kind: 'open', from, now: from, isWorking: true, fault: '' };
      draw();
      await working(async () => {
        const engine = await bench.desk.startSpare(moment.snapshot);
        fork = engine;
        engine.subscribe((event) => {
          if (event.event === 'busy') isBusy = event.busy;
          if (event.event === 'state') set({ now: event.kernel.now });
        });
        const desk: Desk = {
          ...bench.desk,
          call: (name, args) => engine.call(name, args),
          subscribe: engine.subscribe,
        };
        pane = await openTerminal({
          id: TERMINAL,
          container: host,
          desk,
          label: say('whatIfTerminal'),
          isBusy: () => isBusy,
          onInterrupt: () => void engine.call('interrupt', { terminal: TERMINAL }).catch(() => {}),
          beforeEnter: () => {},
        });
        host.scrollIntoView({ block: 'nearest' });
        pane.focus();
      });
    },
    pass: (ms) =>
      working(async () => {
        const now = state.kind === 'open' ? state.now : 0;
        const moved = await fork?.call('advance', { until: now + ms });
        if (moved?.isBusy) set({ fault: say('whatIfBusy') });
        else if (moved !== undefined) set({ now: moved.now });
      }),
    compare: () =>
      working(async () => {
        if (state.kind !== 'open' || fork === undefined) return;
        const { from, now: until } = state;
        const [was, is] = await Promise.all([
          baseAt(until).then((engine) => engine.call('figures', { from, until })),
          fork.call('figures', { from, until }),
        ]);
        set({
          compared: {
            until,
            ...(was.figures && { was: was.figures }),
            ...(is.figures && { is: is.figures }),
          },
        });
      }),
    close() {
      stop();
      state = { kind: 'none' };
    },
  };
}
