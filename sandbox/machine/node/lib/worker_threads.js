// A program has one thread here: it can ask which, and start no other.
import { nodeError } from 'node:internal/errors';

export const isMainThread = true;
export const threadId = 0;
export const workerData = null;
export const parentPort = null;
export const resourceLimits = {};
export class Worker {
  constructor() {
    throw nodeError(
      Error,
      'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
      'worker_threads.Worker is not part of this sandbox: a program has one thread here; node:child_process starts others',
    );
  }
}
export default { isMainThread, parentPort, resourceLimits, threadId, Worker, workerData };
