// @ts-check
// Runs in the worker after the engine's script: the worker's end of the transport.
(() => {
  /** @type {any} */
  const scope = globalThis;
  // Taken before the engine replaces the clock: a turn of the event loop that no timer throttles.
  const channel = new MessageChannel();
  /** @type {(() => void)[]} */
  const turns = [];
  channel.port1.onmessage = () => turns.shift()?.();
  /** Parts of the engine that the page was asked for. @type {Map<string, { come(): void, fail(error: unknown): void }>} */
  const asked = new Map();
  /** @param {import('./client.ts').PartAnswer} answer */
  function bring({ part, script, fault }) {
    const { come, fail } = asked.get(part) ?? { come() {}, fail() {} };
    if (script === undefined) return fail(new Error(fault));
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    try {
      scope.importScripts(url);
      come();
    } catch (error) {
      fail(error);
    } finally {
      URL.revokeObjectURL(url);
    }
  }
  scope.onmessage = (/** @type {{ data: ArrayBuffer }} */ { data: wasm }) => {
    const answer = scope.noventa.serve({
      post: (/** @type {unknown} */ message) => scope.postMessage(message),
      loadWasm: () => Promise.resolve(wasm),
      loadPart: (/** @type {string} */ part) =>
        /** @type {Promise<void>} */ (
          new Promise((come, fail) => {
            asked.set(part, { come, fail });
            scope.postMessage({ part });
          })
        ),
      pause: () =>
        /** @type {Promise<void>} */ (
          new Promise((resolve) => {
            turns.push(resolve);
            channel.port2.postMessage(0);
          })
        ),
    });
    scope.onmessage = (/** @type {{ data: any }} */ { data }) => ('part' in data ? bring(data) : answer(data));
  };
})();
