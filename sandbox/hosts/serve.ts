// What runs at the engine's end of every transport. Bundled into one classic script that sets `globalThis.noventa`.
import type { Exercise } from '../checks/contract.ts';
import { createEngine, type Engine } from '../engine.ts';
import type { Kernel } from '../kernel/index.ts';
import { installVirtualGlobals, type RealPrograms } from '../machine/index.ts';
import { type PartExports, PartMissing, type PartName } from '../parts/index.ts';
import type { CallName, Calls, FromEngine, Request } from './protocol.ts';
import { isActing } from './replay/recording.ts';

/** The engine's end of a transport. `pause` is one turn of the host's event loop. */
export interface EnginePort {
  post(message: FromEngine): void;
  loadWasm(): Promise<ArrayBuffer | Uint8Array>;
  /** Has the script of a part run in this thread. Rejects when it cannot be had now. */
  loadPart(name: PartName): Promise<void>;
  pause(): Promise<void>;
  /** The host's own programs in place of the desk's. */
  readonly real?: RealPrograms;
}

/** What `build/modules.js` puts into the thread. */
interface Modules {
  has(name: string): boolean;
  take(name: string): unknown;
}

type Handlers = { [N in CallName]: (args: Calls[N]['args']) => Calls[N]['answer'] | Promise<Calls[N]['answer']> };

/** Answers requests until the host ends the thread. Replaces the thread's clock and chance by those of the sandbox. */
export function serve(port: EnginePort): (request: Request) => void {
  let engine: Engine | undefined;
  let kernel: Kernel | undefined;
  installVirtualGlobals(
    globalThis,
    () => kernel?.now() ?? 0,
    () => kernel?.random('Math.random').next() ?? 0,
  );

  function running(): Engine {
    if (engine === undefined) throw new Error('the engine was called before start');
    return engine;
  }

  async function loadPart<N extends PartName>(name: N): Promise<PartExports[N]> {
    const { noventa } = globalThis as unknown as { readonly noventa: Modules };
    const entry = `./${name}.js`;
    if (!noventa.has(entry)) {
      await port.loadPart(name).catch((error: unknown) => {
        throw new PartMissing(String(error));
      });
    }
    return noventa.take(entry) as PartExports[N];
  }

  const handlers: Handlers = {
    async start({ pack, language, snapshot }) {
      const exercise = loadedExercise();
      engine = await createEngine(
        { pack, language, ...(exercise && { exercise }), ...(snapshot && { snapshot }) },
        {
          loadWasm: port.loadWasm,
          loadPart,
          pause: port.pause,
          rest: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
          watch: () => performance.now(),
          onKernel(current) {
            kernel = current;
          },
          emit: port.post,
          ...(port.real && { real: port.real }),
        },
      );
      return {};
    },
    run: ({ script, ...options }) => running().run(script, options),
    openTerminal({ id, ...options }) {
      running().openTerminal(id, options);
      return {};
    },
    closeTerminal({ id }) {
      running().closeTerminal(id);
      return {};
    },
    type({ id, data }) {
      running().type(id, data);
      return {};
    },
    resize({ id, columns, rows }) {
      running().resize(id, columns, rows);
      return {};
    },
    interrupt({ terminal }) {
      running().interrupt(terminal);
      return {};
    },
    async settle() {
      await running().settle();
      return {};
    },
    writeFile: ({ path, bytes }) => running().writeFile(path, bytes),
    makeFolder: ({ path }) => running().makeFolder(path),
    rename: ({ from, to }) => running().rename(from, to),
    remove: ({ path }) => running().remove(path),
    check: async ({ checks }) => ({ results: await running().check(checks) }),
    async luck({ checks, seeds }) {
      await running().luck(checks, seeds);
      return {};
    },
    runWorkflow: (request) => running().runWorkflow(request),
    lint: async ({ path, text }) => ({ problems: await running().lint(path, text) }),
    board: (request) => running().board(request),
    observe: (request) => running().observe(request),
    compare: (request) => running().compare(request),
    figures: (request) => running().figures(request),
    advance: (request) => running().advance(request),
    snapshot: () => ({ snapshot: running().snapshot() }),
    log: () => ({ text: running().log() }),
  };

  return async (request) => {
    try {
      if (isActing(request.call)) port.post({ event: 'began', ...running().moment() });
      const handler = handlers[request.call] as (args: unknown) => unknown;
      port.post({ id: request.id, answer: await handler(request.args) });
    } catch (error) {
      const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
      port.post({ id: request.id, fault: { message, stack } });
    }
  };
}

/** A day's bundled exercise.ts sets a global; hosts load it into the thread before the engine starts. */
function loadedExercise(): Exercise | undefined {
  return (globalThis as { noventaExercise?: { exercise: Exercise } }).noventaExercise?.exercise;
}
