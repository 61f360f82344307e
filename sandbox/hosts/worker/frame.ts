// The document of the opaque-origin frame. It starts workers from text that the page hands it, and passes messages on.
// Nothing in it can reach the network, the page or its storage: `sandbox="allow-scripts"` and this policy see to that.

/** No source at all, but the script below, workers made from it, and WebAssembly. */
const policy = "default-src 'none'; script-src 'unsafe-inline' blob: 'wasm-unsafe-eval'; worker-src blob:";

/** What the page says to the frame; `port` messages go on to that worker as they are. */
export type ToFrame =
  | {
      readonly frame: 'start';
      readonly machine: number;
      readonly scripts: readonly (string | Blob)[];
      readonly wasm: ArrayBuffer;
    }
  | { readonly frame: 'stop'; readonly machine: number }
  | { readonly frame: 'post'; readonly machine: number; readonly message: unknown };

/** What the frame says to the page. */
export type FromFrame =
  | { readonly frame: 'ready' }
  | { readonly frame: 'message'; readonly machine: number; readonly message: unknown }
  | { readonly frame: 'fault'; readonly machine: number; readonly text: string };

/** Runs in the worker after the engine's script: the worker's end of the transport. */
function bootWorker(): void {
  const scope = globalThis as unknown as {
    noventa: { serve(port: object): (request: unknown) => void };
    onmessage: ((event: { data: unknown }) => void) | null;
    postMessage(message: unknown): void;
  };
  // Taken before the engine replaces the clock: a turn of the event loop that no timer throttles.
  const channel = new MessageChannel();
  const turns: (() => void)[] = [];
  channel.port1.onmessage = () => turns.shift()?.();
  scope.onmessage = ({ data }) => {
    const wasm = data as ArrayBuffer;
    const answer = scope.noventa.serve({
      post: (message: unknown) => scope.postMessage(message),
      loadWasm: () => Promise.resolve(wasm),
      pause: () =>
        new Promise<void>((resolve) => {
          turns.push(resolve);
          channel.port2.postMessage(0);
        }),
    });
    scope.onmessage = (event) => answer(event.data);
  };
}

/** Runs in the frame. */
function bootFrame(boot: string): void {
  const workers = new Map<number, Worker>();
  const tell = (message: FromFrame): void => parent.postMessage(message, '*');
  addEventListener('message', (event) => {
    if (event.source !== parent) return;
    const said = event.data as ToFrame;
    if (said.frame === 'start') {
      const url = URL.createObjectURL(
        new Blob([...said.scripts.flatMap((script) => [script, '\n;']), boot], { type: 'text/javascript' }),
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
}

/** The whole document, for `srcdoc`: no header of any server is needed for its policy to hold. */
export function frameDocument(): string {
  const boot = JSON.stringify(`(${bootWorker.toString()})()`).replaceAll('<', '\\u003c');
  const script = `(${bootFrame.toString()})(${boot})`;
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Noventa</title><script>${script.replaceAll('</', '<\\/')}</script>`;
}
