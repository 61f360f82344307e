// @ts-check
/// <reference lib="dom" />
// Runs in the opaque-origin frame: starts workers from text that the page hands it, and passes messages on. Kept as plain script
// because a page's policy allows it by its hash.
(() => {
  /** The text of boot-worker.js, which frame-script.ts puts before this one. @type {{ bootWorker: string }} */
  const { bootWorker } = /** @type {any} */ (globalThis);
  /** @type {Map<number, Worker>} */
  const workers = new Map();
  /** @param {import('./frame.ts').FromFrame} message */
  const tell = (message) => parent.postMessage(message, '*');
  addEventListener('message', (event) => {
    if (event.source !== parent) return;
    /** @type {import('./frame.ts').ToFrame} */
    const said = event.data;
    if (said.frame === 'start') {
      const url = URL.createObjectURL(
        new Blob([...said.scripts.flatMap((script) => [script, '\n;']), bootWorker], { type: 'text/javascript' }),
      );
      const worker = new Worker(url);
      const { machine } = said;
      worker.onmessage = ({ data }) => tell({ frame: 'message', machine, message: data });
      worker.onerror = (error) =>
        tell({ frame: 'fault', machine, text: `${error.message} (${error.lineno}:${error.colno})` });
      worker.postMessage(said.wasm);
      workers.set(machine, worker);
    } else if (said.frame === 'stop') {
      workers.get(said.machine)?.terminate();
      workers.delete(said.machine);
    } else {
      workers.get(said.machine)?.postMessage(said.message);
    }
  });
  tell({ frame: 'ready' });
})();
