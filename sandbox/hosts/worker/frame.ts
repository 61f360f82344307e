// The document of the opaque-origin frame. It starts workers from text that the page hands it, and passes messages on.
// Nothing in it can reach the network, the page or its storage: `sandbox="allow-scripts"` and this policy see to that.
import bootFrame from './boot-frame.js?raw';
import bootWorker from './boot-worker.js?raw';
import { frameScript } from './frame-script.ts';

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

/** The whole document, for `srcdoc`: no header of any server is needed for its policy to hold. */
export function frameDocument(): string {
  const script = frameScript(bootFrame, bootWorker);
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Noventa</title><script>${script}</script>`;
}
