// What became of the buyers' requests, one by one, in the order in which they were made. Each is in exactly one place.

/** `served`: an answer below 500. `failed`: 500 and above. `dropped`: refused, reset, or not answered in time. `waiting`: not yet known. */
export interface RequestCounts {
  readonly arrived: number;
  readonly served: number;
  readonly failed: number;
  readonly dropped: number;
  readonly waiting: number;
}

export type Fate = (typeof fates)[number];
const fates = ['waiting', 'served', 'failed', 'dropped'] as const;

/** One request that is over. */
export interface Outcome {
  readonly fate: Exclude<Fate, 'waiting'>;
  /** HTTP status, 0 when there was no answer. */
  readonly status: number;
  /** Ms from the request to its answer, or to giving up. */
  readonly latency: number;
}

export interface Ledger {
  /** @returns the request's number, for `end`. */
  arrive(at: number): number;
  end(request: number, outcome: Outcome): void;
  /** Of the requests made from `since` until before `until` (ms since 1970). */
  counts(since?: number, until?: number): RequestCounts;
  /** Latency in ms below which this share of the answered requests lies (nearest rank), or undefined without any. */
  percentile(share: number, since?: number, until?: number): number | undefined;
}

export function createLedger(): Ledger {
  let size = 0;
  let times = new Float64Array(1024);
  let latencies = new Float32Array(1024);
  let places = new Uint8Array(1024);

  function grow(): void {
    const wider = <T extends { set(from: T): void }>(old: T, made: T): T => {
      made.set(old);
      return made;
    };
    times = wider(times, new Float64Array(size * 2));
    latencies = wider(latencies, new Float32Array(size * 2));
    places = wider(places, new Uint8Array(size * 2));
  }

  /** The first request that was made at `at` or later. */
  function firstFrom(at: number): number {
    let [low, high] = [0, size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[middle] as number) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const range = (since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY) =>
    [firstFrom(since), firstFrom(until)] as const;

  return {
    arrive(at) {
      if (size === times.length) grow();
      times[size] = at;
      return size++;
    },
    end(request, { fate, latency }) {
      places[request] = fates.indexOf(fate);
      latencies[request] = latency;
    },
    counts(since, until) {
      const [first, end] = range(since, until);
      const sums = [0, 0, 0, 0];
      for (let at = first; at < end; at++) sums[places[at] as number] = (sums[places[at] as number] as number) + 1;
      const [waiting = 0, served = 0, failed = 0, dropped = 0] = sums;
      return { arrived: Math.max(0, end - first), served, failed, dropped, waiting };
    },
    percentile(share, since, until) {
      const [first, end] = range(since, until);
      const answered: number[] = [];
      for (let at = first; at < end; at++)
        if (places[at] === 1 || places[at] === 2) answered.push(latencies[at] as number);
      answered.sort((a, b) => a - b);
      return answered[Math.max(0, Math.ceil(share * answered.length) - 1)];
    },
  };
}
