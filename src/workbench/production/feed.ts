// Where the view gets what it draws: the learner's own engine for production as it lives, a spare one for a simulated day.
import type {
  Advanced,
  Board,
  BoardRequest,
  Compared,
  Observation,
  ObserveRequest,
} from '../../../sandbox/hosts/protocol.ts';
import type { Desk } from '../desk.ts';

type Asked<T> = Omit<T, 'source'>;

export interface Feed {
  board(request: Asked<BoardRequest>): Promise<Board>;
  observe(request: Asked<ObserveRequest>): Promise<Observation>;
  /** With another simulated day, to the same horizon; absent for production as it lives. */
  readonly compare?: (other: string, horizon: number) => Promise<Compared>;
  /** Lets time pass at the desk; absent where the time is that of a day that is over. */
  readonly advance?: (until: number, toEvent: boolean) => Promise<Advanced>;
  close(): void;
}

export function liveFeed({ call }: Pick<Desk, 'call'>): Feed {
  const source = 'live';
  return {
    board: (request) => call('board', { ...request, source }),
    observe: (request) => call('observe', { ...request, source }),
    advance: (until, toEvent) => call('advance', { until, toEvent }),
    close() {},
  };
}

/** @param run the text of its document. The engine is started at the first question, and ended with the feed. */
export function simulatedFeed({ startSpare }: Pick<Desk, 'startSpare'>, run: string): Feed {
  const source = { run };
  let engine: ReturnType<Desk['startSpare']> | undefined;
  const opened = (): ReturnType<Desk['startSpare']> => {
    engine ??= startSpare();
    return engine;
  };
  return {
    board: async (request) => (await opened()).call('board', { ...request, source }),
    observe: async (request) => (await opened()).call('observe', { ...request, source }),
    compare: async (other, horizon) => (await opened()).call('compare', { runs: [run, other], horizon }),
    close() {
      engine?.then(
        (host) => host.stop(),
        () => {},
      );
    },
  };
}
