// node:worker_threads: a worker is a program of its own beside this one, with which it talks as with one that it forked.
import { spawn } from 'node:child_process';
import EventEmitter from 'node:events';
import { nodeError, wrongType } from 'node:internal/errors';
import { pack, unpack } from 'node:internal/packed';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** What a worker begins with, in its environment. */
const VARIABLE = 'NOVENTA_WORKER';
const given = process.env[VARIABLE] === undefined ? undefined : JSON.parse(process.env[VARIABLE]);
delete process.env[VARIABLE];

/** What is sent is copied as structuredClone does: it refuses what cannot be. */
const message = (value) => ({ value: pack(structuredClone(value)) });

class ParentPort extends EventEmitter {
  #hear = ({ value }) => this.emit('message', unpack(value));
  constructor() {
    super();
    const isLast = (name) => name === 'message' && this.listenerCount('message') === 0;
    // While it listens the worker goes on.
    this.on('newListener', (name) => isLast(name) && process.on('message', this.#hear));
    this.on('removeListener', (name) => isLast(name) && process.off('message', this.#hear));
  }
  postMessage(value) {
    process.send(message(value));
  }
  addEventListener(name, listener) {
    this.on(name, (data) => listener({ type: name, data, target: this }));
  }
  set onmessage(listener) {
    this.addEventListener('message', listener);
  }
  start() {}
  ref() {
    process.channel?.ref();
  }
  unref() {
    process.channel?.unref();
  }
  close() {
    process.off('message', this.#hear);
    this.emit('close');
  }
}

if (given !== undefined)
  process.on('uncaughtException', (error) => {
    process.send({ error: pack(error) });
    process.exit(1);
  });

export const isMainThread = given === undefined;
export const threadId = given?.id ?? 0;
export const workerData = given === undefined ? null : unpack(given.data);
export const parentPort = given === undefined ? null : new ParentPort();
export const resourceLimits = {};

let started = 0;

function wordsOf(file, isCode) {
  if (isCode) return ['-e', file];
  if (file instanceof globalThis.URL) return [fileURLToPath(file)];
  if (typeof file !== 'string') throw wrongType('filename', 'of type string or an instance of URL', file);
  if (/^(\/|\.\.?\/)/.test(file)) return [file];
  const words = `The worker script or module filename must be an absolute path or a relative path starting with './' or '../'. Received "${file}"`;
  throw nodeError(TypeError, 'ERR_WORKER_PATH', words);
}

export class Worker extends EventEmitter {
  #child;
  constructor(file, options = {}) {
    super();
    const { argv = [], env = process.env, execArgv = process.execArgv } = options;
    const words = [...execArgv, ...wordsOf(file, options.eval), ...argv.map(String)];
    this.threadId = ++started;
    const begun = JSON.stringify({ id: this.threadId, data: message(options.workerData).value });
    const surroundings = { ...env, [VARIABLE]: begun };
    this.#child = spawn(process.execPath, words, { env: surroundings, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child.once('spawn', () => this.emit('online'));
    this.#child.on('message', ({ value, error }) =>
      error === undefined ? this.emit('message', unpack(value)) : this.emit('error', unpack(error)),
    );
    this.#child.on('exit', (code, signal) => {
      this.threadId = -1;
      this.emit('exit', signal === null ? code : 1);
    });
  }
  postMessage(value) {
    if (this.#child.connected) this.#child.send(message(value));
  }
  terminate() {
    if (this.threadId === -1) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers();
    this.once('exit', resolve);
    this.#child.kill('SIGKILL');
    return promise;
  }
  ref() {
    this.#child.ref?.();
  }
  unref() {
    this.#child.unref?.();
  }
}
export default { isMainThread, parentPort, resourceLimits, threadId, Worker, workerData };
