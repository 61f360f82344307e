// What became of the buyers' requests, counted by the tenth of a second in which they were made. Each is in exactly one place.

/** `served`: an answer below 500. `failed`: 500 and above. `dropped`: refused, reset, or not answered in time. `waiting`: not yet known. */
export interface RequestCounts {
  readonly arrived: number;
  readonly served: number;
  readonly failed: number;
  readonly dropped: number;
  readonly waiting: number;
}

export type Fate = 'served' | 'failed' | 'dropped';

/** One request that is over. */
export interface Outcome {
  readonly fate: Fate;
  /** HTTP status, 0 when there was no answer. */
  readonly status: number;
  /** Ms from the request to its answer, or to giving up. */
  readonly latency: number;
}

export interface Ledger {
  arrive(at: number): void;
  /** @param at when it was made. */
  end(at: number, outcome: Outcome): void;
  /** Of the requests made from `since` until before `until` (ms since 1970, by the tenth of a second). */
  counts(since?: number, until?: number): RequestCounts;
  /** Latency in ms below which this share of the answered requests lies (nearest rank), or undefined without any. */
  percentile(share: number, since?: number, until?: number): number | undefined;
}

/** ms */
const SLOT = 100;

interface Slot {
  arrived: number;
  served: number;
  failed: number;
  dropped: number;
  readonly latencies: number[];
}

export function createLedger(): Ledger {
  const slots = new Map<number, Slot>();

  function slotOf(at: number): Slot {
    const key = Math.floor(at / SLOT);
    const known = slots.get(key);
    if (known !== undefined) return known;
    const made: Slot = { arrived: 0, served: 0, failed: 0, dropped: 0, latencies: [] };
    slots.set(key, made);
    return made;
  }

  function* within(since: number, until: number): Iterable<Slot> {
    for (const [key, slot] of slots) if ((key + 1) * SLOT > since && key * SLOT < until) yield slot;
  }

  return {
    arrive: (at) => void slotOf(at).arrived++,
    end(at, { fate, latency }) {
      const slot = slotOf(at);
      slot[fate] += 1;
      if (fate !== 'dropped') slot.latencies.push(latency);
    },
    counts(since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY) {
      const sum = { arrived: 0, served: 0, failed: 0, dropped: 0 };
      for (const slot of within(since, until))
        for (const key of ['arrived', 'served', 'failed', 'dropped'] as const) sum[key] += slot[key];
      return { ...sum, waiting: sum.arrived - sum.served - sum.failed - sum.dropped };
    },
    percentile(share, since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY) {
      const all = [...within(since, until)].flatMap(({ latencies }) => latencies).sort((a, b) => a - b);
      return all[Math.max(0, Math.ceil(share * all.length) - 1)];
    },
  };
}
