/** What authors see of a day beside its lesson. */
export interface DayState {
  readonly rows: readonly MatrixRow[];
  /** Why there is no matrix: the exercise cannot be read. */
  readonly broken?: string;
  readonly faults: readonly Fault[];
}

/** A line of `noventa verify --json`. */
export interface MatrixRow {
  readonly variant: string;
  readonly seeds: number;
  readonly failing: readonly string[];
  readonly problems: readonly string[];
}

/** A content test that failed, and the places that it names. */
export interface Fault {
  readonly test: string;
  readonly says: readonly string[];
}
