import type { CommandIO } from '../command.ts';
import { costs } from '../cost.ts';
import { resolvePath } from '../files/index.ts';
import type { Words } from '../words.ts';
import type { ProgramStart } from './contract.ts';
import { libraryNames, libraryText } from './library.ts';
import { runProgram } from './program.ts';
import { needsRareNode, type RareNode } from './rare/contract.ts';
import { isTypeScript, type StripTypes } from './typescript.ts';
import { compileQuickJS, type Instance } from './wasm.ts';

/** Runs learners' programs. */
export interface NodeRuntime {
  /** Loads and compiles QuickJS; later calls wait for the first. */
  load(): Promise<void>;
  /** Runs a program to its end and gives its exit code. Its process is `io.pid`, or one of its own. */
  run(start: ProgramStart, io: CommandIO): Promise<number>;
}

interface NodeSurroundings {
  pause?(): Promise<void>;
  watch?: (() => number) | undefined;
  readonly loadRareNode?: () => Promise<RareNode | Words>;
  readonly loadTypeScript?: () => Promise<StripTypes | Words>;
}

/** What was compiled, by where its bytes come from: the engines of a thread, one after another, have one. */
const compiled = new WeakMap<() => Promise<ArrayBuffer | Uint8Array>, Promise<() => Promise<Instance>>>();

/**
 * @param loadWasm gives the bytes of QuickJS, asked for once.
 * @param host.pause one turn of the host's event loop, so that Ctrl+C can arrive while a program runs.
 * @param host.loadRareNode gives what few programs import, or says why it cannot be had now.
 * @param host.loadTypeScript gives what makes JavaScript of TypeScript, or says why it cannot be had now.
 * @param host.watch real milliseconds, to stop a runaway that the count of its steps would let run for long.
 */
export function createNodeRuntime(
  loadWasm: () => Promise<ArrayBuffer | Uint8Array>,
  { pause = () => Promise.resolve(), watch, loadRareNode, loadTypeScript }: NodeSurroundings = {},
): NodeRuntime {
  function compile(): Promise<() => Promise<Instance>> {
    const known =
      compiled.get(loadWasm) ??
      loadWasm()
        .then((bytes) =>
          compileQuickJS(bytes, {
            modules: libraryNames.map((name) => `node:${name}`),
            read: (name) => libraryText(name.slice('node:'.length)),
          }),
        )
        .catch((error: unknown) => {
          compiled.delete(loadWasm);
          throw error;
        });
    compiled.set(loadWasm, known);
    return known;
  }

  return {
    async load() {
      await compile();
    },
    async run(start, io) {
      const { meter, pace } = io.machine;
      const prepare = async () => {
        const makeInstance = await compile();
        if (pace === undefined) meter.spend(costs.program);
        const typed = meetsTypeScript(start, io);
        const mayWait = meets(start, io, isScript, (text) => /\b(exec|spawn|execFile)Sync\b/.test(text));
        const isRare =
          start.words.some((word) => /\bjunit$/.test(word)) ||
          io.channel !== undefined ||
          meets(start, io, isScript, (text) => needsRareNode(text, start.kind === 'file'));
        // That we looked is no work of the program's.
        meter.begin();
        const rare = isRare ? await loadRareNode?.() : undefined;
        return { makeInstance, mayWait, rare, stripTypes: typed ? await loadTypeScript?.() : undefined };
      };
      const run = async (
        pid: number,
        surroundings: CommandIO,
        stopped: Parameters<typeof runProgram>[1]['onSignal'],
      ) => {
        // Who started it beside itself lets no time pass before it has begun.
        const isBeside = pace === undefined && io.started !== undefined;
        const held = <T>(work: Promise<T>): Promise<T> => (isBeside ? io.machine.outside.during(work) : work);
        const { makeInstance, mayWait, rare, stripTypes } = await (pace?.hold(prepare()) ?? held(prepare()));
        const missing =
          typeof stripTypes === 'object' ? stripTypes : rare !== undefined && !('modules' in rare) ? rare : undefined;
        if (missing !== undefined) {
          io.stderr(`node: ${missing[io.machine.language]}\n`);
          return 1;
        }
        const parts = { stripTypes: stripTypes as StripTypes | undefined, rare: rare as RareNode | undefined };
        return runProgram(() => held(makeInstance()), {
          start,
          io: surroundings,
          pid,
          pause,
          watch,
          ...parts,
          mayWait,
          onSignal: stopped,
        });
      };
      if (io.pid !== undefined) {
        return run(io.pid, io, (tell) => listen(io, () => tell(io.killedBy?.() ?? 'SIGTERM')));
      }
      const process = io.machine.processes.start(['node', ...start.words].join(' '), (pid) => {
        type Signal = 'SIGINT' | 'SIGTERM' | 'SIGKILL';
        let early: Signal | undefined;
        let send = (signal: Signal): void => {
          early = signal;
        };
        // Beside the program that started it, it is in the background: that one moves the clock.
        const surroundings = io.started === undefined ? io : { ...io, pid };
        return {
          kill: (signal) => send(signal),
          ended: run(pid, surroundings, (tell) => {
            send = tell;
            if (early !== undefined) tell(early);
            return listen(io, () => tell(io.killedBy?.() ?? 'SIGINT'));
          }),
        };
      });
      io.started?.(process.pid);
      return process.ended;
    },
  };
}

/** Whether the program is TypeScript, or there is any where it is likely to import from. */
function meetsTypeScript(start: ProgramStart, io: CommandIO): boolean {
  return (start.kind === 'file' && isTypeScript(start.path)) || meets(start, io, isTypeScript);
}

const isScript = (name: string): boolean => /\.[cm]?[jt]s$/.test(name);

/** Whether a file of such a name, and such a text, is where the program is likely to import from; or its own text is such. */
function meets(
  start: ProgramStart,
  { machine: { files, home }, cwd }: CommandIO,
  isNamed: (name: string) => boolean,
  isWritten: (text: string) => boolean = () => true,
): boolean {
  if (isNamed === isScript && start.kind === 'code') return isWritten(start.code);
  const own = start.kind === 'file' ? resolvePath(cwd, start.path) : undefined;
  if (
    own !== undefined &&
    (isNamed(own) || isNamed === isScript) &&
    files.exists(own) &&
    files.stat(own).type === 'file' &&
    isWritten(files.readText(own))
  )
    return true;
  const holds = (folder: string): boolean =>
    files.list(folder).some((name) => {
      const path = `${folder === '/' ? '' : folder}/${name}`;
      const { type } = files.lstat(path);
      if (type === 'directory') return !/^\.|^node_modules$/.test(name) && holds(path);
      return type === 'file' && isNamed(name) && isWritten(files.readText(path));
    });
  const around = cwd === home || cwd.startsWith(`${home}/`) ? home : cwd;
  return around !== '/' && files.exists(around) && holds(around);
}

function listen({ signal }: CommandIO, onAbort: () => void): () => void {
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  return () => signal.removeEventListener('abort', onAbort);
}
