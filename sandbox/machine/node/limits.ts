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
  /**
   * Real milliseconds for one turn, where the host has a watch. The count above stops a program at the same place everywhere; where
   * every step is so heavy that the count would take long (a loop around JSON.parse of a large text), this one does.
   */
  turnTime: 6000,
  /** Turns that a program which serves nobody may take: a ticker that nobody stops ends here. */
  turns: 10_000,
  /** Turns for which time passes while a program owes somebody an answer; then it is taken for forgotten. */
  turnsForAnswer: 1000,
  /** Turns of the host in which others may wake a program on a runner that only waits, before time passes. */
  turnsForOthers: 2000,
  /** Turns of a program on a host before others have theirs. */
  turnsAtOnce: 1000,
  /** Timers of a program on a host in a minute of simulated time. */
  timersOfMinute: 6000,
  /** Turns between two pauses in which messages (Ctrl+C) can arrive. */
  turnsBetweenPauses: 16,
  /** Immediates that have their turn before the time that they took passes. */
  immediatesAtOnce: 16,
} as const;
