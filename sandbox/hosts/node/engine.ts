// The Node host: an engine in a worker thread that runs the same script as the browser's worker.
import { Worker } from 'node:worker_threads';
import type { Script } from '../build/bundle.ts';
import { connect } from '../connect.ts';
import type { EngineHost, FromEngine } from '../protocol.ts';

/** Where the scripts stand on disk. */
export interface EngineFiles {
  readonly engine: Pick<Script, 'file' | 'hash'>;
  readonly exercise?: Pick<Script, 'file' | 'hash'>;
  readonly wasm: string;
}

/** Runs in the thread. Code that V8 has compiled once is kept beside the script: it halves the time to the first command. */
const boot = `
const { parentPort, workerData } = require('node:worker_threads');
const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');
const turn = setImmediate;
const read = readFileSync;
for (const { file, hash } of workerData.scripts) {
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
const answer = globalThis.noventa.serve({
  post: (message) => parentPort.postMessage(message),
  loadWasm: async () => read(workerData.wasm),
  pause: () => new Promise((resolve) => turn(resolve)),
});
parentPort.on('message', answer);
`;

let threads = 0;

/** Starts an engine in a thread of its own. */
export function startEngine({ engine, exercise, wasm }: EngineFiles): EngineHost {
  const worker = new Worker(boot, {
    eval: true,
    workerData: { scripts: exercise === undefined ? [engine] : [engine, exercise], wasm, thread: ++threads },
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
    execArgv: [],
  });
  return connect({
    post: (request) => worker.postMessage(request),
    onMessage: (listener) => void worker.on('message', (message: FromEngine) => listener(message)),
    onFault: (listener) => void worker.on('error', (error: Error) => listener(error.stack ?? error.message)),
    close: () => void worker.terminate(),
  });
}
