/** How much one learner program may use. Counted, not timed: the same in every browser. */
export const programLimits = {
  /** Bytes of QuickJS's heap. */
  memory: 64 * 2 ** 20,
  /** Bytes of QuickJS's stack: a plain recursion of about 1,400 calls, below what any host's own stack takes. */
  stack: 256 * 1024,
  /** Work in one turn of the event loop. One unit is one call of the interrupt handler: some ten thousand loop steps or calls. */
  turnWork: 1000,
  /** What a call of the host costs of that work, and a promise job. */
  hostCall: 1 / 25,
  job: 1 / 400,
  /** Turns that a program which serves nobody may take: a ticker that nobody stops ends here. */
  turns: 20_000,
  /** Turns between two pauses in which messages (Ctrl+C) can arrive. */
  turnsBetweenPauses: 16,
} as const;
