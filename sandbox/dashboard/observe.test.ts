import { expect, test } from 'vitest';
import { formatRun } from '../monitoring/index.ts';
import { replayDay } from '../world/index.ts';
import { boardOf } from './board.ts';
import { type Answered, observe } from './observe.ts';
import { createSources, type FoundSource } from './sources.ts';

const HOUR = 3_600_000;
const capacity = 'seats: { min: 1, max: 6, load: { target: 60% } }\n';
const run = formatRun({ day: 'quiet-night', seed: '7', capacity });
const sources = createSources({} as never, {} as never);
const find = (text: string): Promise<FoundSource> => sources.find({ run: text }, {} as never);

function values(answer: Answered | undefined): readonly number[] {
  if (answer?.ok !== true) throw new Error(answer?.message ?? 'no answer');
  return answer.lines.flatMap((line) => [...line.values]);
}

test('what PromQL counts over a simulated day is what the day itself counted', async () => {
  const found = await find(run);
  if (!found.ok) throw new Error(found.message.en);
  const { from, until } = found.source;
  const { minutes, summary } = replayDay('quiet-night', {
    seed: '7',
    capacity: { seats: { min: 1, max: 6, load: { target: 0.6 } } },
  });
  const ask = { source: { run }, start: until, end: until, step: HOUR };
  const seen = observe(
    found,
    { ...ask, logs: '', expressions: ['sum(support_calls_total)', 'sum(cost_units_total)', 'seats_sold_total'] },
    'en',
  );
  if (!seen.ok) throw new Error(seen.message);
  const [calls, cost, sold] = seen.answers.map((answer) => values(answer)[0] ?? 0);
  expect([calls, sold]).toEqual([summary.supportCalls, summary.seatsSold]);
  expect(cost).toBeCloseTo(summary.cost, 6);
  expect(until - from).toBe(minutes.length * 60_000);
});

test('the usual board has an answer for each of its lines', async () => {
  const found = await find(run);
  const board = boardOf(found, { source: { run } }, 'es');
  if (!board.ok || !found.ok) throw new Error('no board');
  expect(board.panels.map(({ title }) => title)).toEqual([
    'Tráfico',
    'Latencia',
    'Errores',
    'Saturación del procesador',
    'En espera',
    'Réplicas',
    'Costo por hora',
    'Llamadas a Soporte por minuto',
  ]);
  const expressions = board.panels.flatMap(({ lines }) => lines.map(({ expr }) => expr));
  const { from } = board;
  const seen = observe(
    found,
    { source: { run }, logs: '', expressions, start: from, end: from + HOUR, step: 60_000 },
    'es',
  );
  if (!seen.ok) throw new Error(seen.message);
  for (const answer of seen.answers) expect(values(answer).some((value) => !Number.isNaN(value))).toBe(true);
});

test('a mistake in an expression is told with its place, the others are answered', async () => {
  const found = await find(run);
  if (!found.ok) throw new Error(found.message.en);
  const { from } = found.source;
  const span = { logs: '', source: { run }, start: from, end: from + HOUR, step: 60_000 };
  const seen = observe(found, { ...span, expressions: ['sum(rate(up))', 'vector(1)', 'a +', 'up[5m]'] }, 'en');
  expect(seen).toMatchObject({
    answers: [
      { ok: false, line: 1, column: 10 },
      { ok: true, all: 1 },
      { ok: false, line: 1, column: 4 },
      { ok: false },
    ],
  });
});

test('a run of unknown origin is refused with words', async () => {
  for (const text of ['', '[]', '{"day":"__proto__","seed":"1"}', '{"day":"presale"}'])
    expect(await find(text)).toMatchObject({
      ok: false,
      message: { en: expect.stringContaining('run.json describes no day') },
    });
  const bad = await find('{"day":"presale","seed":"1","capacity":"seats: { min: -1, max: 6 }"}');
  expect(bad.ok || bad.message.en).toContain('capacity:1:15: seats.min: expected');
});

test('trouble stands on the timeline with the rest, and lines of logs can be asked for', async () => {
  const broken = formatRun({ day: 'slow-payment', seed: '1' });
  const found = await find(broken);
  if (!found.ok) throw new Error(found.message.en);
  const { from, until, events } = found.source;
  const topics = events.flatMap((event) =>
    event.kind === 'notice' ? [`${event.topic} ${(event.at - from) / HOUR}`] : [],
  );
  expect(topics).toContain('FaultBegan 10');
  expect(topics).toContain('FaultEnded 12');
  const span = { source: { run: broken }, expressions: [], start: from, end: until, step: 60_000 };
  const seen = observe(found, { ...span, logs: '{app="seats"} |= "payments"' }, 'en');
  expect(seen.ok && seen.logs.kind === 'lines' && seen.logs.lines.length).toBe(100);
  expect(observe(found, { ...span, logs: '{app=' }, 'en')).toMatchObject({ logs: { kind: 'problem' } });
}, 60_000);
