// The engine's protocol: one typed description, carried by every transport (a worker in a frame, a worker thread of Node).
import type { CheckResult } from '../checks/contract.ts';
import type {
  Board,
  BoardRequest,
  Compared,
  CompareRequest,
  FiguresRequest,
  Observation,
  ObserveRequest,
  RunFigures,
} from '../dashboard/index.ts';
import type { Language, RunResult } from '../machine/index.ts';
import type { Advanced, AdvanceRequest } from '../passing.ts';
import type { Problem, WorkflowAnswer, WorkflowRequest } from '../pipeline/index.ts';
import type { DayPack, EngineEvent, FileAnswer, Snapshot } from '../snapshot.ts';

export type {
  Board,
  BoardRequest,
  Compared,
  CompareRequest,
  FiguresRequest,
  Observation,
  ObserveRequest,
  Panel,
  RunFigures,
  SourceName,
  Unit,
} from '../dashboard/index.ts';
export type { Advanced, AdvanceRequest } from '../passing.ts';
export type { Problem, WorkflowAnswer, WorkflowRequest } from '../pipeline/index.ts';
export type { DayPack, DeskMoment, EngineEvent, FileAnswer, Snapshot } from '../snapshot.ts';

type Nothing = Readonly<Record<string, never>>;

/** Calls: name → arguments and answer. Every answer is a value; a rejected call is a fault of ours. */
export interface Calls {
  start: { args: { pack: DayPack; language: Language; snapshot?: Snapshot }; answer: Nothing };
  /** Runs a script outside any terminal and gives all of what it wrote. `isTerminal`: as if a person had typed it. `asScript`: as `bash -c`. */
  run: { args: { script: string; stdin?: Uint8Array; isTerminal?: boolean; asScript?: boolean }; answer: RunResult };
  /** `hasEditor`: whether the host opens files that `edit` events name. */
  openTerminal: { args: { id: string; columns: number; rows: number; hasEditor?: boolean }; answer: Nothing };
  /** Ends what runs in it, and its shell. The first terminal's shell stays. */
  closeTerminal: { args: { id: string }; answer: Nothing };
  type: { args: { id: string; data: string }; answer: Nothing };
  resize: { args: { id: string; columns: number; rows: number }; answer: Nothing };
  /** Ctrl+C to whatever runs in the foreground of a terminal, or of all. */
  interrupt: { args: { terminal?: string }; answer: Nothing };
  /** Comes back when nothing runs in the foreground of a terminal and everything typed has been dealt with. */
  settle: { args: Nothing; answer: Nothing };
  writeFile: { args: { path: string; bytes: Uint8Array }; answer: FileAnswer };
  makeFolder: { args: { path: string }; answer: FileAnswer };
  rename: { args: { from: string; to: string }; answer: FileAnswer };
  remove: { args: { path: string }; answer: FileAnswer };
  /** Judges copies of this sandbox's state; changes nothing in it. Hosts call it in an engine of its own, which they can end. */
  check: { args: { checks?: readonly string[] }; answer: { results: readonly CheckResult[] } };
  /** Judges copies on other seeds, one after another; each is told when it is done. Changes nothing, as `check`. */
  luck: { args: { checks: readonly string[]; seeds: readonly string[] }; answer: Nothing };
  runWorkflow: { args: WorkflowRequest; answer: WorkflowAnswer };
  /** What is wrong with the text of a workflow file; changes nothing. */
  lint: { args: { path: string; text: string }; answer: { problems: readonly Problem[] } };
  /** What a dashboard shows, and what can be asked for there; changes nothing. */
  board: { args: BoardRequest; answer: Board };
  /** What can be seen of production over a stretch of time; changes nothing. */
  observe: { args: ObserveRequest; answer: Observation };
  /** Simulated days side by side, to the same horizon. */
  compare: { args: CompareRequest; answer: Compared };
  /** What became of the buyers of live production in a stretch of time; none where there is no production. Changes nothing. */
  figures: { args: FiguresRequest; answer: { figures?: RunFigures } };
  /** Lets time pass at the desk, as `sleep` does. */
  advance: { args: AdvanceRequest; answer: Advanced };
  snapshot: { args: Nothing; answer: { snapshot: Snapshot } };
  /** The event log since the day was opened, one JSON object a line. */
  log: { args: Nothing; answer: { text: string } };
}

export type CallName = keyof Calls;
export type Request = {
  [N in CallName]: { readonly id: number; readonly call: N; readonly args: Calls[N]['args'] };
}[CallName];
export type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly fault: { readonly message: string; readonly stack: string } };
export type FromEngine = Reply | EngineEvent;

/** A running engine, whatever carries it. The whole contract of a host. */
export interface EngineHost {
  call<N extends CallName>(name: N, args: Calls[N]['args']): Promise<Calls[N]['answer']>;
  /** The returned function ends the subscription. */
  subscribe(listener: (event: EngineEvent) => void): () => void;
  /** Settles when it was stopped (`EngineStopped`) or broke down (`EngineFault`). */
  readonly ended: Promise<Error>;
  /** Ends it at once, whatever it is doing. Calls under way reject with `EngineStopped`. */
  stop(): void;
}

export class EngineStopped extends Error {
  override readonly name = 'EngineStopped';
}

/** A fault inside the engine, with the engine's own stack. */
export class EngineFault extends Error {
  override readonly name = 'EngineFault';
}
