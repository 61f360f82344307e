import type { CheckResult } from '../../checks/contract.ts';
import type { Language, RunResult } from '../../machine/index.ts';
import { bundleEngine, quickjsWasm } from '../build/bundle.ts';
import type { Day, FolderFiles } from '../build/day.ts';
import { Told } from '../build/told.ts';
import type { DayPack, EngineHost, Snapshot, WorkflowAnswer, WorkflowRequest } from '../protocol.ts';
import { startEngine } from './engine.ts';

export interface SandboxOptions {
  /** A written day; absent for an empty machine. */
  readonly day?: Day;
  readonly language: Language;
  /** Put over the home folder once the day is set up. */
  readonly files?: FolderFiles;
  /** Goes on from here; `files` then are the whole home folder. */
  readonly snapshot?: Snapshot;
  /** Instead of the day's own. */
  readonly seed?: string;
  /** See `EngineFiles`. */
  readonly isHeard?: boolean;
}

/** A sandbox in Node: what the command line and the tests run. */
export interface Sandbox {
  readonly host: EngineHost;
  run(script: string, stdin?: Uint8Array): Promise<RunResult>;
  /**
   * The day once more, or another, from its beginning or a snapshot, on another seed when one is named: in the same thread, which saves
   * its start and keeps what the computer has learned to do fast.
   */
  reopen(from: Pick<SandboxOptions, 'day' | 'seed' | 'snapshot'>): Promise<void>;
  /** Puts files over the home folder. @throws Told when one is refused. */
  lay(files: FolderFiles): Promise<void>;
  /** All checks of the day, or those named. */
  check(ids?: readonly string[]): Promise<readonly CheckResult[]>;
  runWorkflow(request: WorkflowRequest): Promise<WorkflowAnswer>;
  snapshot(): Promise<Snapshot>;
  /** The event log since the day was opened, one JSON object a line. */
  log(): Promise<string>;
  close(): void;
}

const emptyMachine: DayPack = { day: 'none', seed: 'none', files: {} };

/** Opens a day's sandbox in a thread of its own. @throws Told when the day's setup fails or a file is refused. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { language, files = {}, isHeard = true } = options;
  const engine = await bundleEngine();
  let { day } = options;
  const host = startEngine({ engine, wasm: quickjsWasm().file, isHeard, ...(day && { exercise: day.script }) });

  async function begin({ day: next = day, seed, snapshot }: Parameters<Sandbox['reopen']>[0]): Promise<void> {
    if (next !== undefined && next !== day) host.load(next.script);
    day = next;
    const pack = day?.pack ?? emptyMachine;
    try {
      await host.call('start', { pack: { ...pack, ...(seed && { seed }) }, language, ...(snapshot && { snapshot }) });
    } catch (error) {
      host.stop();
      if (error instanceof Error && error.message.startsWith('setup of ')) throw new Told(error.message);
      throw error;
    }
  }

  async function lay(files: FolderFiles): Promise<void> {
    for (const [path, bytes] of Object.entries(files)) {
      const answer = await host.call('writeFile', { path, bytes });
      if (answer.ok) continue;
      host.stop();
      throw new Told(`${path}: ${answer.message}`);
    }
  }

  await begin(options);
  await lay(files);
  return {
    host,
    reopen: begin,
    lay,
    run: (script, stdin) =>
      host.call('run', { script, asScript: true, ...(stdin === undefined || stdin.length === 0 ? {} : { stdin }) }),
    check: async (checks) => (await host.call('check', checks === undefined ? {} : { checks })).results,
    runWorkflow: (request) => host.call('runWorkflow', request),
    snapshot: async () => (await host.call('snapshot', {})).snapshot,
    log: async () => (await host.call('log', {})).text,
    close: () => host.stop(),
  };
}
