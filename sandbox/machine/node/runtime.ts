import type { CommandIO } from '../command.ts';
import { costs } from '../cost.ts';
import type { ProgramStart } from './contract.ts';
import { runProgram } from './program.ts';
import { isTypeScript, loadTypeScript } from './typescript.ts';
import { compileQuickJS, type Instance } from './wasm.ts';

/** Runs learners' programs. */
export interface NodeRuntime {
  /** Loads and compiles QuickJS; later calls wait for the first. */
  load(): Promise<void>;
  /** Runs a program to its end and gives its exit code. Its process is `io.pid`, or one of its own. */
  run(start: ProgramStart, io: CommandIO): Promise<number>;
}

/**
 * @param loadWasm gives the bytes of QuickJS, asked for once.
 * @param host.pause one turn of the host's event loop, so that Ctrl+C can arrive while a program runs.
 * @param host.watch real milliseconds, to stop a runaway that the count of its steps would let run for long.
 */
export function createNodeRuntime(
  loadWasm: () => Promise<ArrayBuffer | Uint8Array>,
  { pause = () => Promise.resolve(), watch }: { pause?: () => Promise<void>; watch?: (() => number) | undefined } = {},
): NodeRuntime {
  let compiled: Promise<() => Promise<Instance>> | undefined;

  function compile(): Promise<() => Promise<Instance>> {
    compiled ??= loadWasm()
      .then(compileQuickJS)
      .catch((error: unknown) => {
        compiled = undefined;
        throw error;
      });
    return compiled;
  }

  return {
    async load() {
      await compile();
    },
    async run(start, io) {
      const { meter, pace } = io.machine;
      const prepare = async () => {
        const instance = await (await compile())();
        if (pace === undefined) meter.spend(costs.program);
        const typed = meetsTypeScript(start, io);
        // That we looked is no work of the program's.
        meter.begin();
        return { instance, stripTypes: typed ? await loadTypeScript() : undefined };
      };
      const run = async (pid: number, stopped: Parameters<typeof runProgram>[1]['onSignal']) => {
        const { instance, stripTypes } = await (pace === undefined ? prepare() : pace.hold(prepare()));
        return runProgram(instance, { start, io, pid, pause, watch, stripTypes, onSignal: stopped });
      };
      if (io.pid !== undefined) {
        return run(io.pid, (tell) => listen(io, () => tell(io.killedBy?.() ?? 'SIGTERM')));
      }
      const process = io.machine.processes.start(['node', ...start.words].join(' '), (pid) => {
        const tellers: ((signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL') => void)[] = [];
        return {
          kill: (signal) => {
            for (const tell of tellers) tell(signal);
          },
          ended: run(pid, (tell) => {
            tellers.push(tell);
            return listen(io, () => tell('SIGINT'));
          }),
        };
      });
      return process.ended;
    },
  };
}

/** Whether the program is TypeScript, or there is any where it is likely to import from. */
function meetsTypeScript(start: ProgramStart, { machine: { files, home }, cwd }: CommandIO): boolean {
  if (start.kind === 'file' && isTypeScript(start.path)) return true;
  const holds = (folder: string): boolean =>
    files.list(folder).some((name) => {
      const path = `${folder === '/' ? '' : folder}/${name}`;
      const { type } = files.lstat(path);
      return type === 'directory' ? !/^\.|^node_modules$/.test(name) && holds(path) : isTypeScript(name);
    });
  const around = cwd === home || cwd.startsWith(`${home}/`) ? home : cwd;
  return around !== '/' && files.exists(around) && holds(around);
}

function listen({ signal }: CommandIO, onAbort: () => void): () => void {
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  return () => signal.removeEventListener('abort', onAbort);
}
