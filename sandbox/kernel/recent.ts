/** What was worked out last, by what it was worked out from. */
export interface Recent<T> {
  has(key: string): boolean;
  /** What is known for this key, or else what `make` gives, which is known from then on. */
  get(key: string, make: () => T): T;
}

/** Keeps as many as `most`: those that were asked for last. It may spare work and nothing else, so that no result can depend on it. */
export function createRecent<T>(most: number): Recent<T> {
  const kept = new Map<string, T>();
  return {
    has: (key) => kept.has(key),
    get(key, make) {
      const value = kept.has(key) ? (kept.get(key) as T) : make();
      kept.delete(key);
      kept.set(key, value);
      // A map goes through its keys in the order in which they were set.
      for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest);
      return value;
    },
  };
}
