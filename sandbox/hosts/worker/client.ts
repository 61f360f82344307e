// The page's side of the embedded host: an engine in a worker inside an opaque-origin frame.
import { type PartName, partNames } from '../../checks/part-names.ts';
import { connect, type Transport } from '../connect.ts';
import type { EngineHost, FromEngine, Request } from '../protocol.ts';
import { type FromFrame, frameDocument, type ToFrame } from './frame.ts';

/** The texts and bytes from which engines are started, fetched by the page because the frame has no network. */
export interface EngineParts {
  /** The engine's script, then the day's and those of the parts that it is sure to need. As blobs they reach the worker without being copied. */
  readonly scripts: readonly (string | Blob)[];
  readonly wasm: ArrayBuffer;
  /** Fetches the script of a part that an engine turns out to need. */
  fetchPart(name: PartName): Promise<string | Blob>;
}

/** What a worker asks the page for, beside what the protocol has. */
interface PartRequest {
  readonly part: PartName;
}

export type PartAnswer =
  | { readonly part: PartName; readonly script: string | Blob; readonly fault?: undefined }
  | { readonly part: PartName; readonly script?: undefined; readonly fault: string };

export interface WorkerHosts {
  /** Starts one more engine. Each is a worker of its own: ending one leaves the others alone. */
  start(): EngineHost;
  /** Ends all of them and removes the frame. */
  close(): void;
}

/** How long the frame may take to answer. Ours to mend when it does not: a policy of the site forbids frames or inline script. */
const FRAME_LIMIT_MS = 10_000;

/**
 * Puts the frame into the page, which takes its time while the parts are fetched, and has the first engine's worker read its
 * script at once. @throws when the page forbids the frame, or what `coming` rejects with.
 */
export async function openWorkerHosts(coming: EngineParts | Promise<EngineParts>): Promise<WorkerHosts> {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.hidden = true;
  frame.title = 'Noventa';
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.srcdoc = frameDocument();

  const machines = new Map<number, (message: FromFrame) => void>();
  let ready = () => {};
  const opened = new Promise<void>((resolve, reject) => {
    ready = resolve;
    setTimeout(() => reject(new Error('the sandbox frame did not start')), FRAME_LIMIT_MS);
  });
  const listen = (event: MessageEvent): void => {
    if (event.source !== frame.contentWindow || event.source === null) return;
    const said = event.data as FromFrame;
    if (said.frame === 'ready') ready();
    else machines.get(said.machine)?.(said);
  };
  addEventListener('message', listen);
  document.body.append(frame);

  function close(): void {
    removeEventListener('message', listen);
    frame.remove();
  }

  let parts: EngineParts;
  try {
    [parts] = await Promise.all([coming, opened]);
  } catch (error) {
    close();
    throw error;
  }

  const say = (message: ToFrame): void => frame.contentWindow?.postMessage(message, '*');
  let lastMachine = 0;
  function begin(): EngineHost {
    const machine = ++lastMachine;
    say({ frame: 'start', machine, scripts: parts.scripts, wasm: parts.wasm });
    return connect(workerTransport(machine, machines, say, parts.fetchPart));
  }

  let ahead: EngineHost | undefined = begin();
  return {
    start() {
      const host = ahead ?? begin();
      ahead = undefined;
      return host;
    },
    close,
  };
}

function workerTransport(
  machine: number,
  machines: Map<number, (message: FromFrame) => void>,
  say: (message: ToFrame) => void,
  fetchPart: EngineParts['fetchPart'],
): Transport {
  let onMessage = (_: FromEngine): void => {};
  let onFault = (_: string): void => {};
  machines.set(machine, (said) => {
    if (said.frame === 'message') {
      const message = said.message as FromEngine | PartRequest | null;
      if (typeof message !== 'object' || message === null) return;
      if ('part' in message) void answerPart(message.part);
      else onMessage(message);
    }
    if (said.frame === 'fault') onFault(said.text);
  });
  async function answerPart(part: PartName): Promise<void> {
    const post = (message: PartAnswer): void => say({ frame: 'post', machine, message });
    // What runs in the worker is not trusted: it may ask for a part, and for nothing else.
    if (!partNames.includes(part)) return;
    try {
      post({ part, script: await fetchPart(part) });
    } catch (error) {
      post({ part, fault: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    post: (message: Request) => say({ frame: 'post', machine, message }),
    onMessage(listener) {
      onMessage = listener;
    },
    onFault(listener) {
      onFault = listener;
    },
    close() {
      machines.delete(machine);
      say({ frame: 'stop', machine });
    },
  };
}
