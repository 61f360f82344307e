import type { CheckResult } from '../checks/contract.ts';
import type { Language } from '../machine/index.ts';
import type { Calls, DayPack, EngineEvent, EngineHost, Snapshot } from './protocol.ts';

/** A day's sandbox that outlives the engine that runs it: kept in step outside, so that an engine can be ended and begun again. */
export interface Session {
  /** Everything but `start` and `check`, which a session does itself. */
  call<N extends SessionCall>(name: N, args: Calls[N]['args']): Promise<Calls[N]['answer']>;
  subscribe(listener: (event: EngineEvent) => void): () => void;
  /** Ctrl+C; when the program does not hear it within a second, its engine is ended and begun again from what was kept. */
  stopProgram(): Promise<'interrupted' | 'restarted'>;
  /**
   * Judges copies in an engine of its own, so that a check can be ended too. `onResult` hears each result as it comes.
   * Checks that had no result within the limit come back as unfinished.
   */
  check(ids: readonly string[], onResult?: (result: CheckResult) => void): Promise<readonly CheckResult[]>;
  /** What would be saved now. Never waits for the engine. */
  snapshot(): Snapshot;
  close(): void;
}

export type SessionCall = Exclude<keyof Calls, 'start' | 'check' | 'snapshot'>;

export interface SessionOptions {
  /** Starts one more engine, with the day's exercise loaded. */
  readonly startEngine: () => EngineHost;
  readonly pack: DayPack;
  readonly language: Language;
  readonly snapshot?: Snapshot;
}
