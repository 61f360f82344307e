// The Node host: an engine in a worker thread that runs the same script as the browser's worker.
import { Worker } from 'node:worker_threads';
import type { PartName } from '../../checks/part-names.ts';
import type { EngineScripts, Script } from '../build/bundle.ts';
import { connect } from '../connect.ts';
import type { EngineHost, FromEngine } from '../protocol.ts';

/** Where the scripts stand on disk. */
export interface EngineFiles {
  readonly engine: EngineScripts;
  readonly exercise?: Pick<Script, 'file' | 'hash'>;
  readonly wasm: string;
  /** False where nobody listens to events: then none is told, which saves a tenth of some days. */
  readonly isHeard?: boolean;
  /** Told which part the engine turns out to need, which waits for that: it is on disk anyway. */
  onPart?(part: PartName): Promise<void>;
}

/** Runs in the thread. Code that V8 has compiled once is kept beside the script: it halves the time to the first command. */
const boot = `
const { parentPort, workerData } = require('node:worker_threads');
const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');
const turn = setImmediate;
const read = readFileSync;
function run({ file, hash }) {
  const kept = file + '.' + hash + '.' + process.version + '.compiled';
  const cachedData = existsSync(kept) ? read(kept) : undefined;
  const script = new Script(read(file, 'utf8'), { filename: file, cachedData });
  script.runInThisContext();
  if (cachedData === undefined || script.cachedDataRejected) {
    const beside = kept + '.' + process.pid + '.' + workerData.thread;
    writeFileSync(beside, script.createCachedData());
    renameSync(beside, kept);
  }
}
workerData.scripts.forEach(run);
const asked = new Map();
const answer = globalThis.noventa.serve({
  post: (message) => {
    if (workerData.isHeard || !('event' in message)) parentPort.postMessage(message);
  },
  loadWasm: async () => read(workerData.wasm),
  loadPart: (part) =>
    new Promise((come) => {
      asked.set(part, come);
      parentPort.postMessage({ part });
    }),
  pause: () => new Promise((resolve) => turn(resolve)),
});
function bring(part) {
  run(workerData.parts[part]);
  asked.get(part)();
}
parentPort.on('message', (message) => {
  if ('part' in message) bring(message.part);
  else if ('exercise' in message) run(message.exercise);
  else answer(message);
});
`;

/** The thread reads the text itself, with what was compiled of it. */
const onDisk = ({ file, hash }: Pick<Script, 'file' | 'hash'>) => ({ file, hash });

let threads = 0;

/** An engine in a thread, which can go on with another day. */
export interface NodeEngine extends EngineHost {
  /** Whatever starts from here on is of this exercise. */
  load(exercise: Pick<Script, 'file' | 'hash'>): void;
}

/** Starts an engine in a thread of its own. */
export function startEngine({
  engine,
  exercise,
  wasm,
  isHeard = true,
  onPart = async () => {},
}: EngineFiles): NodeEngine {
  const core = onDisk(engine.core);
  const parts = Object.fromEntries(Object.entries(engine.parts).map(([name, script]) => [name, onDisk(script)]));
  const worker = new Worker(boot, {
    eval: true,
    workerData: {
      scripts: exercise === undefined ? [core] : [core, onDisk(exercise)],
      parts,
      wasm,
      isHeard,
      thread: ++threads,
    },
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
    execArgv: [],
  });
  const host = connect({
    post: (request) => worker.postMessage(request),
    onMessage: (listener) =>
      void worker.on('message', (message: FromEngine | { readonly part: PartName }) => {
        if (!('part' in message)) return listener(message);
        const { part } = message;
        void onPart(part).then(() => worker.postMessage({ part }));
      }),
    onFault: (listener) => void worker.on('error', (error: Error) => listener(error.stack ?? error.message)),
    close: () => void worker.terminate(),
  });
  return { ...host, load: (script) => worker.postMessage({ exercise: onDisk(script) }) };
}
