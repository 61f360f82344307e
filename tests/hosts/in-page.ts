// Runs inside a page: the contract's cases on the worker host, and a day's solution for its log.
import { openSession } from '../../sandbox/hosts/session.ts';
import { openWorkerHosts } from '../../sandbox/hosts/worker/client.ts';
import { loadDay } from '../../src/day-assets/index.ts';
import { cases } from './contract.ts';
import { liveThrough } from './production.ts';

/** Runs one case. @returns its complaint, or '' when it has none. */
async function runCase(name: string): Promise<string> {
  const { engine } = await loadDay('/', 'd01');
  // Without the day's exercise: the contract is about an empty machine.
  const hosts = await openWorkerHosts({ ...engine, scripts: engine.scripts.slice(0, 1) });
  try {
    await cases.find((one) => one.name === name)?.run({ startEngine: hosts.start, openSession });
    return '';
  } catch (error) {
    return error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
  } finally {
    hosts.close();
  }
}

/** Does what a variant of a day does, and gives the event log and which of the checks named pass. */
async function runVariant(
  dayId: string,
  files: Record<string, number[]>,
  actions: string,
  ids: readonly string[],
): Promise<{ log: string; passed: string[] }> {
  const { engine, pack } = await loadDay('/', dayId);
  const hosts = await openWorkerHosts(engine);
  const session = await openSession({ startEngine: hosts.start, pack, language: 'es' });
  try {
    for (const [path, bytes] of Object.entries(files))
      await session.call('writeFile', { path, bytes: Uint8Array.from(bytes) });
    if (actions !== '') await session.call('run', { script: actions });
    const results = ids.length === 0 ? [] : await session.check(ids);
    const { text } = await session.call('log', {});
    return { log: text, passed: results.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id) };
  } finally {
    session.close();
    hosts.close();
  }
}

/** Lives through a day of production, and gives what was said and logged. */
async function runProduction(): Promise<string> {
  const { engine } = await loadDay('/', 'd01');
  const hosts = await openWorkerHosts({ ...engine, scripts: engine.scripts.slice(0, 1) });
  const pack = { day: 'none', seed: 'production', files: {} };
  const session = await openSession({ startEngine: hosts.start, pack, language: 'en' });
  try {
    return await liveThrough(session);
  } finally {
    session.close();
    hosts.close();
  }
}

/** Calls a tool of a part that the page cannot fetch at first. */
async function runWithoutNetwork(): Promise<{ stdout: string; stderr: string; exitCode: number }[]> {
  const { engine } = await loadDay('/', 'd01');
  let isThere = false;
  const fetchPart: typeof engine.fetchPart = (name) =>
    isThere ? engine.fetchPart(name) : Promise.reject(new TypeError('Failed to fetch'));
  const hosts = await openWorkerHosts({ ...engine, scripts: engine.scripts.slice(0, 1), fetchPart });
  const pack = { day: 'none', seed: 'parts', files: {} };
  const session = await openSession({ startEngine: hosts.start, pack, language: 'en' });
  try {
    const first = await session.call('run', { script: 'promtool --version' });
    isThere = true;
    return [first, await session.call('run', { script: 'promtool --version' })];
  } finally {
    session.close();
    hosts.close();
  }
}

Object.assign(globalThis, { contract: { runCase, runVariant, runProduction, runWithoutNetwork } });
