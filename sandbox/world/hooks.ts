/** Something that happened to an instance, to capacity, a fault or a call to Support. `at` is ms since 1970-01-01 UTC. */
export type WorldEvent = { readonly at: number; readonly type: string } & Readonly<Record<string, string | number>>;

/** What a program is asked. */
export interface Call {
  readonly service: string;
  readonly instance: string;
  readonly version: string;
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly town: string;
  readonly user: number;
  /** ms since 1970-01-01 UTC, as the host's clock shows it. */
  readonly at: number;
}

/** What a program did: its status, and whether its process ended or will never answer. */
export interface Answer {
  readonly status: number;
  /** Ms that it computed and waited: it takes them beside the time that the scenario declares. */
  readonly cost: number;
  readonly failed?: 'crash' | 'hang';
}

/** A request that an instance is done with. */
export interface Finished {
  readonly at: number;
  readonly service: string;
  readonly instance: string;
  readonly version: string;
  readonly route: string;
  readonly code: number;
  /** From the moment the instance got it, ms. */
  readonly ms: number;
  readonly town: string;
  readonly user: number;
}

export interface Hooks {
  /** Answers in the place of the scenario's shares of errors; undefined leaves a request to them. */
  readonly serve?: ((call: Call) => Answer | undefined) | undefined;
  readonly finished?: ((request: Finished) => void) | undefined;
  /** Told of those only that end with a status of 500 or more. */
  readonly failed?: ((request: Finished) => void) | undefined;
  readonly happened?: ((event: WorldEvent) => void) | undefined;
}
