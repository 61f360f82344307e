import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { bundleEngine, type EngineScripts, quickjsWasm } from '../../sandbox/hosts/build/bundle.ts';
import { startEngine } from '../../sandbox/hosts/node/index.ts';
import type { EngineHost, Snapshot } from '../../sandbox/hosts/protocol.ts';
import { createReplay, type Moment } from '../../sandbox/hosts/replay/replay.ts';
import { openSession, type Session } from '../../sandbox/hosts/session.ts';

let engine: EngineScripts;
beforeAll(async () => {
  engine = await bundleEngine();
}, 60_000);

/** How many visits are tried: more of them by hand. */
const RUNS = Number(process.env.NOVENTA_RUNS ?? 12);

const start = (): EngineHost => startEngine({ engine, wasm: quickjsWasm().file });
const pack = { day: 'none', seed: 'replay', files: { 'notes.txt': new TextEncoder().encode('one\n') } };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What can differ, as text: byte for byte. */
function told({ kernel, files, shell }: Snapshot): string {
  return JSON.stringify([kernel, shell, files], (_, value) => (value instanceof Uint8Array ? [...value] : value));
}

type Deed = (session: Session) => Promise<unknown>;
const typing =
  (line: string): Deed =>
  async (session) => {
    await session.call('type', { id: 't1', data: `${line}\r` });
    await session.call('settle', {});
  };
const lines = [
  'echo $RANDOM >> luck.txt',
  'cd /tmp; pwd',
  'cd -',
  'false',
  'echo "last: $?"',
  'x=$((x + 1)); echo "x is $x"',
  'sleep 90; date',
  'git init -q shop; cd shop; git commit -q --allow-empty -m first; git log --oneline',
  'cat notes.txt',
  'set -u',
  'echo "$unset"',
  'node -e "console.log(Math.random(), Date.now())"',
  "cat > made.txt <<'END'",
  'END',
  'sleep 1000 &',
  'jobs',
  '',
];
const deeds: readonly Deed[] = [
  ...lines.map(typing),
  (session) => session.call('writeFile', { path: 'notes.txt', bytes: bytes('two\n') }),
  (session) => session.call('rename', { from: 'notes.txt', to: 'kept.txt' }),
  (session) => session.call('remove', { path: 'luck.txt' }),
  (session) => session.call('run', { script: 'ls -la; date' }),
  async (session) => session.call('advance', { until: session.snapshot().kernel.now + 3_600_000 }),
];

/** Does everything once, and keeps what was there after each deed. */
async function live(
  chosen: readonly Deed[],
): Promise<{ session: Session; states: Map<number, string>; screen: string }> {
  let screen = '';
  const engines: EngineHost[] = [];
  const startEngine = (): EngineHost => {
    const host = start();
    engines.push(host);
    return host;
  };
  const session = await openSession({ startEngine, pack, language: 'en' });
  session.subscribe((event) => {
    if (event.event === 'output') screen += event.text;
  });
  await session.call('openTerminal', { id: 't1', columns: 80, rows: 24 });
  const states = new Map<number, string>();
  for (const deed of chosen) {
    await deed(session);
    // The engine's own state: the session's copy does not follow when folders were last changed.
    const answer = await engines[0]?.call('snapshot', {});
    if (answer !== undefined) states.set(session.recording().actions.length, told(answer.snapshot));
  }
  return { session, states, screen };
}

test('back and forth, each moment is what it was, byte for byte', { timeout: 240_000 + 10_000 * RUNS }, async () => {
  const chosen = fc.array(fc.constantFrom(...deeds), { minLength: 2, maxLength: 8 });
  const visits = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(chosen, visits, async (some, shares) => {
      const { session, states, screen } = await live(some);
      const recording = session.recording();
      session.close();
      expect(recording.isExact).toBe(true);
      const replay = createReplay(structuredClone(recording), { startEngine: start, language: 'en' });
      const places = [...states.keys()];
      let moment: Moment | undefined;
      for (const share of [...shares, 1]) {
        const done = places[Math.round(share * (places.length - 1))] as number;
        moment = await replay.goTo(done);
        expect(told(moment.snapshot)).toBe(states.get(done));
      }
      expect(moment?.screens.t1).toBe(screen);
      replay.close();
    }),
    { numRuns: RUNS },
  );
});

test('keys of one line are one action, and what is typed into a running program says that it is not exact', async () => {
  const session = await openSession({ startEngine: start, pack, language: 'en' });
  await session.call('openTerminal', { id: 't1', columns: 80, rows: 24 });
  for (const key of 'ls\r') await session.call('type', { id: 't1', data: key });
  await session.call('settle', {});
  expect(session.recording()).toMatchObject({
    isExact: true,
    actions: [{ call: 'openTerminal' }, { call: 'type', args: { id: 't1', data: 'ls\r' } }],
  });
  await session.call('type', { id: 't1', data: 'cat\r' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await session.call('type', { id: 't1', data: 'hello\r\x04' });
  await session.call('settle', {});
  const recording = session.recording();
  session.close();
  expect(recording.isExact).toBe(false);
  const replay = createReplay(recording, { startEngine: start, language: 'en' });
  const end = await replay.goTo(99);
  expect(end.done).toBe(recording.actions.length);
  expect(end.screens.t1).toContain('\r\nhello\r\n');
  replay.close();
}, 60_000);
