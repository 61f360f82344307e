import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { worldHelp } from '../../sandbox/hosts/node/cli/world-words.ts';
import { scenarioFile } from '../../sandbox/world/file/schema.ts';
import { companyDays, createWorld, readCapacity, readScenario } from '../../sandbox/world/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'noventa-world-'));
afterAll(() => rmSync(folder, { recursive: true }));

function noventa(...args: readonly string[]) {
  return spawnSync(process.execPath, ['sandbox/hosts/node/noventa.mjs', 'world', ...args], { encoding: 'utf8' });
}

const docs = readFileSync('docs/world.md', 'utf8');
const documented = /```yaml\n([\s\S]*?)```/.exec(docs)?.[1] ?? '';

test('the scenario of the documentation runs, and its JSON holds the mean wait of M/M/3', () => {
  const file = join(folder, 'mm3.yaml');
  writeFileSync(file, documented);
  const { status, stdout, stderr } = noventa(file, '--json', '--seed', '3');
  expect([status, stderr]).toEqual([0, '']);
  const { services } = JSON.parse(stdout);
  expect(services.web.waitMs.mean).toBeGreaterThan(444.4 * 0.95);
  expect(services.web.waitMs.mean).toBeLessThan(444.4 * 1.05);
  expect(services.web.arrivalRate * (services.web.meanStayMs / 1000)).toBeCloseTo(services.web.meanInSystem, 9);
  expect(noventa(file, '--json', '--seed', '3').stdout).toBe(stdout);
});

test('the example of the help can be read in both languages', () => {
  for (const help of [worldHelp.es, worldHelp.en]) {
    const example = help.split('\n').filter((line) => line.startsWith('  ') && !line.startsWith('  --'));
    expect(readScenario(example.join('\n'), 'help.yaml')).toMatchObject({ ok: true });
  }
});

/** The names of all fields, wherever they stand in a JSON schema. */
function fieldNames(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own =
    'properties' in schema && typeof schema.properties === 'object' ? Object.keys(schema.properties ?? {}) : [];
  return [...new Set([...own, ...Object.values(schema).flatMap(fieldNames)])];
}

test('every field that a file may have is described', () => {
  const names = fieldNames(z.toJSONSchema(scenarioFile, { unrepresentable: 'any', io: 'input' }));
  expect(names.length).toBeGreaterThan(60);
  const described = new Set(
    docs
      .replaceAll('```', '')
      .match(/`[^`]+`/g)
      ?.flatMap((quoted) => quoted.match(/\w+/g) ?? []),
  );
  expect(names.filter((field) => !described.has(field))).toEqual([]);
});

test('a file with errors ends with code 2 and names file, line, field and range, in the language that was asked for', () => {
  const file = join(folder, 'bad.yaml');
  writeFileSync(file, documented.replace('rate: 2', 'rate: -2'));
  const inSpanish = noventa(file, '--lang', 'es');
  expect(inSpanish.status).toBe(2);
  expect(inSpanish.stdout).toBe('');
  expect(inSpanish.stderr).toBe(
    `${file}:5:40: arrivals[0].rate: se espera un número entre 0.000001 y 10000, y pone -2\n`,
  );
  expect(noventa(file, '--lang', 'en').stderr).toContain('expected a number from 0.000001 to 10000, found -2');
  expect(noventa('no-such.yaml', '--lang', 'en').status).toBe(2);
  expect(noventa('quiet-night', '--until', 'soon', '--lang', 'en').stderr).toContain(
    '--until: expected a length of time',
  );
});

describe('capacity.yaml', () => {
  const problems = (text: string): readonly string[] => {
    const read = readCapacity(text, 'capacity.yaml', ['seats']);
    return read.ok
      ? []
      : read.problems.map(({ file, line, field, message }) => `${file}:${line} ${field}: ${message.en}`);
  };

  test.each([
    ['seats: { min: -1, max: 4 }', /:1 seats.min: .* a whole number from 1 to 100, found -1/],
    ['seats: { min: 1, max: 1e9 }', /:1 seats.max: .* from 1 to 100, found 1000000000/],
    ['seats: { min: 1, max: .inf }', /a whole number from 1 to 100, found .inf/],
    ['seats: { min: .nan, max: 4 }', /a whole number from 1 to 100, found .nan/],
    ['seats: { min: 1.5, max: 4 }', /a whole number from 1 to 100, found 1.5/],
    ['seats:\n  min: 4\n  max: 2', /:3 seats.max: .* not less than min \(4\), found 2/],
    ['seats: { min: 1 }', /:1 seats.max: seats.max is missing: expected a whole number/],
    ['seats: { min: 1, max: 4, load: { target: 0 } }', /seats.load.target: .* from 1% to 100%/],
    ['seats: { min: 1, max: 4, load: { target: 60%, cooldownUp: -5s } }', /cooldownUp: .* from 0s to 1h/],
    [
      'seats: { min: 1, max: 4, hours: [{ from: 25:00, to: 17:00, instances: 2 }] }',
      /hours\[0\].from: .* 00:00 to 24:00/,
    ],
    [
      'seats: { min: 1, max: 4, hours: [{ from: 15:00, to: 17:00, instances: 9 }] }',
      /hours\[0\].instances: .* from 1 to 4/,
    ],
    ['web: { min: 1, max: 4 }', /:1 web: web: nothing is called web; what there is: seats/],
    [
      'seats: { min: 1, max: 4, maximum: 6 }',
      /seats.maximum is not a field here; those there are: min, max, hours, load/,
    ],
    ['seats: 3', /expected named fields/],
    ['seats: { min: 1', /not valid YAML/],
    ['a: &a [*a]\nseats: *a', /a: expected named fields, one a line, found \[…\]/],
    ['', /expected named fields, one a line, found null/],
    ['__proto__: { min: 1, max: 2 }', /__proto__: expected a name/],
  ])('%s', (text, message) => {
    expect(problems(text).join('\n')).toMatch(message);
  });

  test('a good rule is read', () => {
    const text =
      'seats:\n  min: 1\n  max: 6\n  hours: [{ from: 15:00, to: 19:30, instances: 3 }]\n  load: { target: 60% }\n';
    expect(readCapacity(text, 'capacity.yaml', ['seats'])).toEqual({
      ok: true,
      value: { seats: { min: 1, max: 6, hours: [{ from: 900, to: 1170, instances: 3 }], load: { target: 0.6 } } },
    });
  });
});

describe('Friday with different rules, as day 8 judges them', () => {
  const run = (day: 'friday-1700' | 'unseen-saturday', rule: string) => {
    const read = readCapacity(rule, 'capacity.yaml', ['seats']);
    if (!read.ok) throw new Error(rule);
    const scenario = { ...companyDays[day], capacity: read.value };
    const world = createWorld({ scenario, seed: '1' });
    world.runUntil(scenario.start + scenario.length);
    const { support, cost } = world.figures();
    const minutes = world.minutes();
    return {
      calls: support.slow + support.failed + support.abandoned,
      good: minutes.filter(({ p95 }) => p95 < 800).length / minutes.length,
      cost: cost.total,
      atThree: minutes[180]?.services.seats?.instances,
    };
  };
  const byLoad = 'seats: { min: 1, max: 6, load: { target: 60% } }';

  test('one instance: slow, and Support is called', () => {
    const { calls, good, cost } = run('friday-1700', 'seats: { min: 1, max: 1 }');
    expect(calls).toBeGreaterThan(100);
    expect(good).toBeLessThan(0.9);
    expect(cost).toBeLessThan(20);
  }, 60_000);

  test.each(['friday-1700', 'unseen-saturday'] as const)(
    'a rule by load meets every goal on %s',
    (day) => {
      const { calls, good, cost, atThree } = run(day, byLoad);
      expect(calls).toBeLessThan(5);
      expect(good).toBeGreaterThanOrEqual(0.99);
      expect(cost).toBeLessThanOrEqual(30);
      expect(atThree).toBe(1);
    },
    60_000,
  );

  test('the most all day: nobody calls, and it costs three times as much', () => {
    const { calls, cost } = run('friday-1700', 'seats: { min: 6, max: 6 }');
    expect(calls).toBeLessThan(5);
    expect(cost).toBeGreaterThan(80);
  }, 60_000);

  test('a timetable for Friday does not hold on Saturday', () => {
    const { calls, good } = run(
      'unseen-saturday',
      'seats: { min: 1, max: 6, hours: [{ from: 15:00, to: 19:30, instances: 6 }] }',
    );
    expect(calls).toBeGreaterThan(100);
    expect(good).toBeLessThan(0.9);
  }, 60_000);
});
