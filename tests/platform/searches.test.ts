// The artifact that was built is what answers on a simulated day: its bugs are what buyers meet.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Desk, openDesk } from './desk.ts';

const seats = new URL('../../exercises/04-tests-that-can-fail/start/seats/', import.meta.url);

/** Packs the service of day 4 with one text in its place by another. */
async function pack(desk: Desk, name: string, from = '', to = ''): Promise<void> {
  const { files } = desk.machine;
  files.mkdir('/tmp/build', { recursive: true });
  for (const file of ['app.mjs', 'booking.mjs', 'trips.json']) {
    const text = readFileSync(new URL(file, seats), 'utf8');
    files.writeFile(`/tmp/build/${file}`, file === 'booking.mjs' ? text.replace(from, to) : text);
  }
  await desk.must(`tar -czf ${name} -C /tmp/build .`);
}

/** Of a night with the artifact: the summary, and shares of the town's searches by their code. */
async function night(desk: Desk, options: string) {
  return JSON.parse(await desk.must(`prodsim run quiet-night ${options} --json`));
}

test('a good program changes little: its work comes on top of the declared times', async () => {
  const desk = await openDesk();
  await pack(desk, 'seats.tgz');
  const [without, withProgram] = [await night(desk, ''), await night(desk, '--artifact seats.tgz')];
  const { searches, ...rest } = withProgram;
  expect(searches.of).toBeGreaterThan(0.7 * rest.asked);
  expect(searches.ran).toBeLessThan(0.1 * searches.of);
  expect(Math.abs(rest.asked / without.asked - 1)).toBeLessThan(0.02);
  expect(rest.failed).toBeLessThan(0.01 * rest.asked);
  expect(await night(desk, '--artifact seats.tgz')).toEqual(withProgram);
}, 60_000);

test('searches of one town that fail are failures of that share, in figures and logs', async () => {
  const desk = await openDesk();
  await pack(
    desk,
    'bad.tgz',
    'return trips\n',
    "if (from === 'Molinos') throw new Refused(500, 'no map');\n    return trips\n",
  );
  const { searches, failed } = await night(desk, '--artifact bad.tgz');
  // Two of twelve live in Molinos; each of them is asked again once after a failure, and then goes away.
  expect(failed / searches.of).toBeGreaterThan(0.1);
  expect(failed / searches.of).toBeLessThan(0.3);
  const logs = await desk.must('cat production/quiet-night/logs.jsonl');
  expect(logs).toContain('"status":500');
  const towns = [...logs.matchAll(/"path":"\/trips","status":500,.*"town":"(\w+)"/g)].map(([, town]) => town);
  expect(new Set(towns)).toEqual(new Set(['Molinos']));
}, 60_000);

test('a program that crashes at each request: its trace is in the logs, and its instance starts again and again', async () => {
  const desk = await openDesk();
  await pack(desk, 'crash.tgz', 'return trips\n', 'return nothing\n');
  const { searches, seatsSold } = await night(desk, '--artifact crash.tgz');
  expect(seatsSold).toBe(0);
  expect(searches.ran).toBeLessThanOrEqual(12);
  expect(await desk.must('cat production/quiet-night/logs.jsonl')).toContain('ReferenceError: nothing is not defined');
  const events = await desk.must('cat production/quiet-night/events.jsonl');
  expect(events.match(/InstanceCrashed/g)?.length).toBeGreaterThan(10);
}, 60_000);

test('a program that never ends one of its answers hangs its instance, and the night goes on', async () => {
  const desk = await openDesk();
  await pack(desk, 'loop.tgz', 'return trips\n', "if (from === 'Sierra') for (;;);\n    return trips\n");
  const { asked, failed } = await night(desk, '--artifact loop.tgz');
  expect(failed / asked).toBeGreaterThan(0.9);
  expect(await desk.must('cat production/quiet-night/events.jsonl')).toContain('InstanceUnhealthy');
}, 60_000);

test('what is no artifact is refused with the words of tar or of the program', async () => {
  const desk = await openDesk();
  await pack(
    desk,
    'silent.tgz',
    'const HOLD_MS',
    "console.error('CURRENCY is not set'); process.exit(1);\nconst HOLD_MS",
  );
  await desk.must('echo text > text.tgz');
  const run = async (file: string) => {
    const { exitCode, stderr } = await desk.run(`prodsim run quiet-night --artifact ${file}`);
    return [exitCode, stderr];
  };
  expect(await run('silent.tgz')).toEqual([1, 'silent.tgz: CURRENCY is not set\n']);
  expect(await run('text.tgz')).toEqual([1, expect.stringMatching(/^text\.tgz: .*gzip/)]);
  expect(await run('none.tgz')).toEqual([2, 'prodsim: there is no file none.tgz\n']);
  expect(desk.machine.files.exists('/home/dev/production')).toBe(false);
}, 60_000);
