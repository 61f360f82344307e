// Runs in a page of the test: puts hostile scripts where the engine and the frame's own script would run.
import { openWorkerHosts } from '../../sandbox/hosts/worker/client.ts';
import { frameDocument } from '../../sandbox/hosts/worker/frame.ts';
import { attemptsOfFrame, attemptsOfWorker, type Outcomes, tryAll } from './attempts-of-a-script.ts';

/** Messages that break the protocol, or forge it. */
function messages(hit: string): readonly unknown[] {
  let deep: unknown = {};
  for (let depth = 0; depth < 5000; depth++) deep = { deep };
  const loop: Record<string, unknown> = { event: 'output' };
  loop.loop = loop;
  return [
    null,
    undefined,
    0,
    '',
    [],
    {},
    deep,
    loop,
    new Array(1_000_000).fill(0),
    'x'.repeat(5_000_000),
    { id: '__proto__', answer: { polluted: true } },
    { id: -1, fault: null },
    { id: 1e308, fault: { message: 1, stack: {} } },
    JSON.parse('{"__proto__":{"polluted":true},"event":"files"}'),
    { frame: 'ready' },
    { frame: 'start', machine: 1, scripts: [hit] },
    { frame: 'fault', machine: 99, text: hit },
    { part: '__proto__' },
    { part: 'constructor' },
    { part: '../../evil' },
    { part: hit },
    { part: null },
    { part: { toString: 'x' } },
  ];
}

/** In the place of the engine. */
async function fromTheWorker(hit: string): Promise<Outcomes> {
  const asked: string[] = [];
  const script = `for (const message of (${messages})(${JSON.stringify(hit)})) { try { postMessage(message) } catch {} }
  globalThis.noventa = { serve: (port) => async ({ id }) =>
    port.post({ id, answer: await (${tryAll})((${attemptsOfWorker})(${JSON.stringify(hit)}), 2000) }) }`;
  const hosts = await openWorkerHosts({
    scripts: [script],
    wasm: new ArrayBuffer(0),
    fetchPart: (name) => {
      asked.push(name);
      return Promise.reject(new Error('there is no part'));
    },
  });
  const engine = hosts.start();
  try {
    const outcomes = (await engine.call('log', {})) as unknown as Outcomes;
    return { ...outcomes, ...Object.fromEntries(asked.map((name) => [`the part ${name}`, 'got something'])) };
  } finally {
    engine.stop();
    hosts.close();
  }
}

/** The script that would stand in the frame: the page's policy must know its hash. It makes the attempt that it is told. */
function frameAttack(hit: string): string {
  return `const attempts = (${attemptsOfFrame})(${JSON.stringify(hit)});
    onmessage = ({ data }) => attempts[data] && (${tryAll})({ [data]: attempts[data] }, 2500).then((outcomes) => parent.postMessage({ outcomes }, '*'));
    parent.postMessage({ names: Object.keys(attempts) }, '*')`.replaceAll('</', '<\\/');
}

const scriptIn = /<script>([\s\S]*)<\/script>$/;

/** The frame's own script, as this bundle has it. */
const ownScript = (): string => scriptIn.exec(frameDocument())?.[1] ?? '';

/** Each attempt from a frame of its own: some end the document that they stand in. */
async function fromTheFrame(hit: string): Promise<Outcomes> {
  const { names } = await inFrame(hit, '');
  const outcomes: Record<string, string> = {};
  const left = [...names];
  const work = async (): Promise<void> => {
    for (let name = left.shift(); name !== undefined; name = left.shift())
      outcomes[name] = (await inFrame(hit, name)).outcomes?.[name] ?? 'nothing';
  };
  await Promise.all(Array.from({ length: 12 }, work));
  return outcomes;
}

interface Said {
  readonly names: readonly string[];
  readonly outcomes?: Outcomes;
}

/** @returns what a frame said, at the latest after four seconds. */
function inFrame(hit: string, attempt: string): Promise<Said> {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.srcdoc = frameDocument().replace(scriptIn, () => `<script>${frameAttack(hit)}</script>`);
  return new Promise((resolve) => {
    let said: Said = { names: [] };
    const end = (): void => {
      removeEventListener('message', listen);
      frame.remove();
      resolve(said);
    };
    const listen = ({ source, data }: MessageEvent): void => {
      if (source === null || source !== frame.contentWindow || data === null) return;
      said = { ...said, ...data };
      if (data.outcomes || attempt === '') end();
      else frame.contentWindow?.postMessage(attempt, '*');
    };
    addEventListener('message', listen);
    setTimeout(end, 4000);
    document.body.append(frame);
  });
}

Object.assign(globalThis, { fromTheWorker, fromTheFrame, frameAttack, ownScript });
