/** How much one line typed in the shell may use before it is stopped. Counted, not timed: the same in every browser. */
export const shellLimits = {
  maxCommandCount: 20_000,
  maxLoopIterations: 100_000,
  maxCallDepth: 200,
  maxSourceDepth: 50,
  maxSubstitutionDepth: 50,
  maxStringLength: 16 * 2 ** 20,
  maxHeredocSize: 16 * 2 ** 20,
  maxOutputSize: 16 * 2 ** 20,
  maxArrayElements: 100_000,
  maxWorkUnits: 5_000_000,
  maxLiveBytes: 256 * 2 ** 20,
  maxInputBytes: 256 * 2 ** 20,
  // Measured on the simulated clock, which one `sleep` moves as far as it likes. Any limit is a timer, which would keep the whole machine
  // of a script that never ends, with the memories of its programs, for as long as the thread lives.
  maxExecutionTimeMs: Number.POSITIVE_INFINITY,
  // Real time for a command to end after Ctrl+C.
  maxExtensionCleanupTimeMs: 500,
} as const;

/** Background jobs that may run at a time, and how deep jobs may start jobs. */
export const jobLimits = { running: 32, depth: 4 } as const;

/** A shell lets messages arrive after so many statements. */
export const STATEMENTS_BETWEEN_PAUSES = 128;
