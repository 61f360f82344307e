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
  scope.onmessage = (/** @type {{ data: ArrayBuffer }} */ { data: wasm }) => {
    const answer = scope.noventa.serve({
      post: (/** @type {unknown} */ message) => scope.postMessage(message),
      loadWasm: () => Promise.resolve(wasm),
      pause: () =>
        /** @type {Promise<void>} */ (
          new Promise((resolve) => {
            turns.push(resolve);
            channel.port2.postMessage(0);
          })
        ),
    });
    scope.onmessage = (/** @type {{ data: unknown }} */ event) => answer(event.data);
  };
})();
