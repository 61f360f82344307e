// Stands in for stackblitz.com/headless, the frame with which the library speaks: what it is asked is done by the test's process, on this
// computer (`container.ts`). Written after the library's own side (`@webcontainer/api/dist/index.js`).
// @ts-expect-error: the library brings no types for the one that it carries
import { Comlink } from '../../node_modules/@webcontainer/api/dist/vendor/index.js';

interface Bridge {
  standInMount(json: string): Promise<void>;
  standInSpawn(command: string, args: readonly string[]): Promise<number>;
  standInWrite(process: number, text: string): Promise<void>;
  /** What it wrote next; its exit code once it has ended. */
  standInRead(process: number): Promise<string | number>;
  standInKill(process: number): Promise<void>;
  standInTeardown(): Promise<void>;
}

const bridge = globalThis as unknown as Bridge;

const instance = {
  fs: () => Comlink.proxy({}),
  previewScript: () => ({}),
  runtimeInfo: () => ({ path: '/usr/bin', cwd: '/home/stand-in' }),
  loadFiles: (payload: Uint8Array) => bridge.standInMount(new TextDecoder().decode(payload)),
  async run(
    { command, args }: { readonly command: string; readonly args: readonly string[] },
    _stdout: unknown,
    _stderr: unknown,
    output: (bytes: Uint8Array | null) => void,
  ) {
    const process = await bridge.standInSpawn(command, args);
    async function follow(): Promise<number> {
      for (;;) {
        const next = await bridge.standInRead(process);
        if (typeof next === 'number') return next;
        output(new TextEncoder().encode(next));
      }
    }
    return Comlink.proxy({
      write: (text: string) => bridge.standInWrite(process, text),
      resize() {},
      kill: () => bridge.standInKill(process),
      onExit: follow(),
    });
  },
  on: () => Comlink.proxy(() => {}),
  teardown: () => bridge.standInTeardown(),
};

const { port1, port2 } = new MessageChannel();
Comlink.expose({ build: () => Comlink.proxy(instance) }, port1);
parent.postMessage({ type: 'init' }, '*', [port2]);
