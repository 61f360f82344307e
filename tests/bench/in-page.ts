// Runs inside a page: what the engine needs for its work in the browser's real worker, in ms of the page's clock.
import { openSession, type Session } from '../../sandbox/hosts/session.ts';
import { openWorkerHosts } from '../../sandbox/hosts/worker/client.ts';
import { loadDay } from '../../src/day-assets/index.ts';

type Files = Readonly<Record<string, string>>;

async function timed(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

/** From nothing but files in the browser's cache to the answer to a first command. */
async function firstAnswer(day: string): Promise<number> {
  let close = (): void => {};
  const ms = await timed(async () => {
    const coming = loadDay('/', day);
    const [{ pack }, hosts] = await Promise.all([coming, openWorkerHosts(coming.then(({ engine }) => engine))]);
    const session = await openSession({ startEngine: hosts.start, pack, language: 'en' });
    await session.call('run', { script: 'true' });
    close = () => {
      session.close();
      hosts.close();
    };
  });
  close();
  return ms;
}

/** An empty machine with these files, given as base64. */
async function withMachine<T>(files: Files, use: (session: Session) => Promise<T>): Promise<T> {
  const { engine } = await loadDay('/', 'd01');
  const hosts = await openWorkerHosts({ ...engine, scripts: engine.scripts.slice(0, 1) });
  const pack = { day: 'none', seed: 'bench', files: {} };
  const session = await openSession({ startEngine: hosts.start, pack, language: 'en' });
  try {
    for (const [path, content] of Object.entries(files))
      await session.call('writeFile', {
        path,
        bytes: Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)),
      });
    return await use(session);
  } finally {
    session.close();
    hosts.close();
  }
}

/** Each round: `before`, which is not measured, then the script. @throws when it fails. */
function scripts(script: string, rounds: number, { before = 'true', files = {} as Files } = {}): Promise<number[]> {
  return withMachine(files, async (session) => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await session.call('run', { script: before });
      times.push(
        await timed(async () => {
          const { exitCode, stderr } = await session.call('run', { script });
          if (exitCode !== 0) throw new Error(`${script} ended with ${exitCode}: ${stderr}`);
        }),
      );
    }
    return times;
  });
}

function workflows(path: string, rounds: number, files: Files): Promise<number[]> {
  return withMachine(files, async (session) => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++)
      times.push(
        await timed(async () => {
          const { run } = await session.call('runWorkflow', { path, inputs: {}, secrets: {}, vars: {} });
          if (run?.conclusion !== 'success') throw new Error(`the run ended with ${run?.conclusion}`);
        }),
      );
    return times;
  });
}

/** Friday in an engine of its own: only what that day needs is there. What was lived through is remembered, hence the seed. */
const friday = (seed: number): Promise<number[]> => scripts(`prodsim run friday-1700 --seed ${seed} >/dev/null`, 1);

/** Starts a worker of its own with a script, and gives what it says. */
function inWorker(script: string): Promise<unknown> {
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
}

Object.assign(globalThis, { bench: { firstAnswer, scripts, workflows, friday, inWorker } });
