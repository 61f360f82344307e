// Promises that the machine settles.
let nextId = 1;
const open = new Map();

/** Starts an operation: `start` gets the number under which the machine answers. */
export function operation(start) {
  const id = nextId++;
  return new Promise((resolve, reject) => {
    open.set(id, { resolve, reject });
    start(id);
  });
}

export function settle(id, succeeded, head, body) {
  const { resolve, reject } = open.get(id);
  open.delete(id);
  if (succeeded) resolve({ ...JSON.parse(head), body: body === undefined ? new Uint8Array() : new Uint8Array(body) });
  else reject(head);
}
