// Runs inside a page: a hostile script in the place of the engine tries what must not be possible from there.
import { openWorkerHosts } from '../../sandbox/hosts/worker/client.ts';

/** What came of each attempt: the name of the error, or 'reached'. */
type Attempts = Readonly<Record<string, string>>;

/** Runs in the worker, as an engine would. */
function hostile(address: string): void {
  const attempts: Record<string, () => unknown> = {
    'fetch this site': () => fetch(address),
    'fetch another site': () => fetch('https://example.com/'),
    importScripts: () => (globalThis as unknown as { importScripts(url: string): void }).importScripts(address),
    'import a module': () => import(/* @vite-ignore */ address),
    'open a socket': () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(address.replace('http', 'ws'));
        socket.onopen = resolve;
        socket.onerror = () => reject(new TypeError('refused'));
      }),
    'open a request': () =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.onload = resolve;
        request.onerror = () => reject(new TypeError('refused'));
        request.open('GET', address);
        request.send();
      }),
    'listen to events': () =>
      new Promise((resolve, reject) => {
        const source = new EventSource(address);
        source.onopen = resolve;
        source.onerror = () => reject(new TypeError('refused'));
      }),
    'open a database': () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('noventa');
        opening.onsuccess = resolve;
        opening.onerror = () => reject(opening.error);
      }),
    'open a cache': () => caches.open('noventa'),
    'ask for a lock': () => navigator.locks.request('noventa-progress', () => {}),
    'evaluate text': () => new Function('return 1')(),
    'find a page': () => {
      if (typeof document !== 'undefined' || typeof window !== 'undefined') return;
      throw new ReferenceError('no page');
    },
  };
  const scope = globalThis as unknown as { noventa: object };
  scope.noventa = {
    serve: (port: { post(message: unknown): void }) => async (request: { id: number }) => {
      const answer: Record<string, string> = {};
      for (const [name, attempt] of Object.entries(attempts)) {
        try {
          await attempt();
          answer[name] = 'reached';
        } catch (error) {
          answer[name] = error instanceof Error || error instanceof DOMException ? error.name : String(error);
        }
      }
      port.post({ id: request.id, answer });
    },
  };
}

async function tryWalls(address: string): Promise<Attempts> {
  const hosts = await openWorkerHosts({
    scripts: [`(${hostile.toString()})(${JSON.stringify(address)})`],
    wasm: new ArrayBuffer(0),
    fetchPart: () => Promise.reject(new Error('the walls need no part')),
  });
  const engine = hosts.start();
  try {
    return (await engine.call('log', {})) as unknown as Attempts;
  } finally {
    engine.stop();
    hosts.close();
  }
}

Object.assign(globalThis, { tryWalls });
