// Promises that the machine settles.
import { host } from 'node:internal/host';
import { context } from 'node:internal/timers';

let nextId = 1;
const open = new Map();

/** Starts an operation: `start` gets the number under which the machine answers, `hear` what it tells before. */
export function operation(start, hear) {
  const id = nextId++;
  return new Promise((resolve, reject) => {
    open.set(id, { resolve, reject, hear });
    start(id);
  });
}

/** An operation that may be given up: what comes of it then is not heard, and the program does not wait for it. */
export function abandonable(start) {
  let taken;
  const promise = operation((id) => {
    taken = id;
    start(id);
  });
  const abandon = () => {
    if (open.delete(taken)) host.abandon(taken);
  };
  return { promise, abandon };
}

export function heard(id, ...told) {
  context.frame = undefined;
  open.get(id)?.hear(...told);
}

export function settle(id, succeeded, head, body) {
  if (!open.has(id)) return;
  context.frame = undefined;
  const { resolve, reject } = open.get(id);
  open.delete(id);
  if (succeeded) resolve({ ...JSON.parse(head), body: body === undefined ? new Uint8Array() : new Uint8Array(body) });
  else reject(head);
}
