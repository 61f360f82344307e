// The page's side of the container host: engines as Node processes in a WebContainer, spoken to over their standard input and output.
import type { FileSystemTree, WebContainer, WebContainerProcess } from '@webcontainer/api';
import { partNames } from '../../checks/part-names.ts';
import { connect, type Transport } from '../connect.ts';
import type { EngineHost, FromEngine } from '../protocol.ts';
import type { EngineParts } from '../worker/client.ts';
import { linesOf, readLines } from './lines.ts';

/** What is used of a container: so much a test can stand in for. */
export type Container = Pick<WebContainer, 'mount' | 'spawn' | 'on' | 'teardown'>;

export interface ContainerParts extends EngineParts {
  /** The script of `inside/main.ts`. */
  readonly program: string | Blob;
}

export interface ContainerHosts {
  /** Starts one more engine, in a process of its own. @param isReal whether its `node` and `npm` are the container's */
  start(isReal?: boolean): EngineHost;
  /** Told when a program of the container listens on a port, with the address at which the page can show it, and when it stops. */
  onPort(listener: (port: number, url: string | undefined) => void): () => void;
  /** Ends everything in the container and the container itself. */
  close(): void;
}

/** Where the container keeps what is ours, beside the desk's files. */
const FOLDER = 'noventa';
/** Of what an engine's process says besides, that much is told when it breaks down: characters. */
const LAST_WORDS = 2000;

/** @throws when the container does not take the files */
export async function openContainerHosts(container: Container, parts: ContainerParts): Promise<ContainerHosts> {
  await container.mount({ [FOLDER]: { directory: await layoutOf(parts) } });
  const running = new Set<EngineHost>();
  return {
    start(isReal = true) {
      const args = [`${FOLDER}/program.cjs`, FOLDER, ...(isReal ? ['--real'] : [])];
      const host = connect(processTransport(container.spawn('node', args)));
      running.add(host);
      void host.ended.then(() => running.delete(host));
      return host;
    },
    onPort: (listener) => container.on('port', (port, kind, url) => listener(port, kind === 'open' ? url : undefined)),
    close() {
      for (const host of running) host.stop();
      container.teardown();
    },
  };
}

async function layoutOf({ program, scripts, wasm, fetchPart }: ContainerParts): Promise<FileSystemTree> {
  const text = async (script: string | Blob): Promise<string> =>
    typeof script === 'string' ? script : await script.text();
  const file = (contents: string | Uint8Array): FileSystemTree[string] => ({ file: { contents } });
  const named = scripts.map(async (script, index) => [
    `${index}`.padStart(2, '0').concat('.js'),
    file(await text(script)),
  ]);
  const parts = partNames.map(async (name) => [`${name}.js`, file(await text(await fetchPart(name)))]);
  return {
    'program.cjs': file(await text(program)),
    'quickjs.wasm': file(new Uint8Array(wasm)),
    scripts: { directory: Object.fromEntries(await Promise.all(named)) },
    // All of them: from inside nothing is asked of the page.
    parts: { directory: Object.fromEntries(await Promise.all(parts)) },
  };
}

function processTransport(starting: Promise<WebContainerProcess>): Transport {
  let onMessage = (_: FromEngine): void => {};
  let onFault = (_: string): void => {};
  let lastWords = '';
  const reader = readLines(
    'toPage',
    (message) => {
      if (!('ready' in (message as object))) onMessage(message as FromEngine);
    },
    (line) => {
      lastWords = `${lastWords}${line}\n`.slice(-LAST_WORDS);
    },
  );
  const input = starting.then((process) => process.input.getWriter());
  input.catch(() => {});

  async function follow(): Promise<void> {
    const process = await starting;
    void process.exit.then((code) => onFault(`the engine's process ended with ${code}\n${lastWords}`));
    const output = process.output.getReader();
    for (let part = await output.read(); !part.done; part = await output.read()) reader.feed(part.value);
  }
  follow().catch((error: unknown) => onFault(String(error)));

  return {
    post: (request) =>
      void input.then((writer) => writer.write(linesOf(request, 'toEngine'))).catch((error) => onFault(String(error))),
    onMessage(listener) {
      onMessage = listener;
    },
    onFault(listener) {
      onFault = listener;
    },
    close: () =>
      void starting.then(
        (process) => process.kill(),
        () => {},
      ),
  };
}
