import { expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { type CommandIO, createMachine, type Machine } from '../../machine/index.ts';
import { prodsim } from './index.ts';

function deskOf(files: Readonly<Record<string, string>>) {
  const machine = createMachine({ kernel: createKernel({ seed: '1' }), language: 'en' });
  for (const [path, text] of Object.entries(files)) machine.files.writeFile(`${machine.home}/${path}`, text);
  return machine;
}

async function call(machine: Machine, ...args: readonly string[]) {
  let stdout = '';
  let stderr = '';
  const io = {
    machine,
    cwd: machine.home,
    stdout: (text: string) => {
      stdout += text;
    },
    stderr: (text: string) => {
      stderr += text;
    },
  } as unknown as CommandIO;
  return { exitCode: await prodsim.run(args, io), stdout, stderr };
}

test('Friday without rules is slow, and its files show where the queue began to grow', async () => {
  const machine = deskOf({});
  const { exitCode, stdout } = await call(machine, 'run', 'friday-1700');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('without capacity.yaml: one instance, all day');
  const lines = machine.files.readText(`${machine.home}/production/friday-1700/minutes.csv`).trimEnd().split('\n');
  const [head = '', ...rows] = lines;
  const column = (name: string): number => head.split(',').indexOf(name);
  expect(rows).toHaveLength(1440);
  const waiting = rows.map((row) => Number(row.split(',')[column('seats_waiting')]));
  const first = waiting.findIndex((_, n) => waiting.slice(n, n + 10).every((length) => length > 20));
  expect(rows[first]).toMatch(/^2026-03-06T15:/);
  // The saturated resource at that minute is the processor.
  expect(Number(rows[first]?.split(',')[column('seats_cpu_percent')])).toBeGreaterThanOrEqual(99);
  const calls = machine.files.readText(`${machine.home}/production/friday-1700/calls.jsonl`).trimEnd().split('\n');
  expect(stdout).toContain(`calls to Support            ${calls.length}\n`);
}, 60_000);

test('with a rule by load it meets the goals, the same every time', async () => {
  const machine = deskOf({ 'capacity.yaml': 'seats: { min: 1, max: 6, load: { target: 60% } }\n' });
  const { stdout } = await call(machine, 'run', 'friday-1700', '--json');
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ day: 'friday-1700', seed: '1' });
  expect(report.minutesInTime).toBeGreaterThan(0.99);
  expect(report.supportCalls).toBeLessThan(5);
  expect(report.cost).toBeLessThan(30);
  expect((await call(machine, 'run', 'friday-1700', '--json')).stdout).toBe(stdout);
}, 60_000);

test('a bad rule is told with its place and range, and nothing is run', async () => {
  const machine = deskOf({ 'capacity.yaml': 'seats:\n  min: -1\n  max: 6\n' });
  expect(await call(machine, 'run', 'quiet-night')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'capacity.yaml:2:8: seats.min: expected a whole number from 1 to 100, found -1\n',
  });
  expect(machine.files.exists(`${machine.home}/production`)).toBe(false);
});

test('what it does not know it refuses', async () => {
  const machine = deskOf({});
  expect((await call(machine, 'run', 'sunday')).stderr).toContain('expected one of these days: friday-1700');
  expect((await call(machine, 'run', 'friday-1700', '--fast')).stderr).toContain('"--fast"');
  expect((await call(machine, 'run', 'friday-1700', '--capacity', 'none.yaml')).exitCode).toBe(2);
});
