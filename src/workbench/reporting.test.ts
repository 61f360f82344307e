import { expect, test } from 'vitest';
import { reportOf, withoutPersons } from './reporting.ts';

const command = (line: string) => ({ type: 'CommandStarted', at: 5, terminal: 't1', line, cwd: '/home/dev' }) as const;
const seen = {
  course: { engine: 'engine.0123456789.js' },
  day: 'd02',
  step: 'd02-s1',
  language: 'en',
  results: {},
  notice: '',
  kernel: {
    seed: 'ventarela-day-2',
    now: 9,
    random: {},
    log: [command('setup'), { type: 'DayOpened', at: 1, day: 'd02', seed: 's' } as const, command('git status')],
  },
};

test('a report names version, day, step and seed, and holds what was typed since the day was opened', () => {
  const work = { files: { 'a.txt': 'a' }, gone: [], left: [] };
  const report = reportOf({ ...seen, work } as unknown as Parameters<typeof reportOf>[0]);
  expect(report).toMatchObject({ course: seen.course, day: 'd02', step: 'd02-s1', seed: 'ventarela-day-2', work });
  expect(report.actions).toEqual([{ at: 5, terminal: 't1', cwd: '/home/dev', line: 'git status' }]);
});

test('whoever wants only what was seen told gives neither lines nor files', () => {
  const report = reportOf({ ...seen, work: undefined } as unknown as Parameters<typeof reportOf>[0]);
  expect([report.actions, report.work]).toEqual([undefined, undefined]);
});

test('addresses, names for git and tokens do not leave; the company keeps its own', () => {
  expect(withoutPersons('git config user.email ana.perez+x@example.org')).toBe('git config user.email …@…');
  expect(withoutPersons('git config --global user.name "Ana Pérez"')).toBe('git config --global user.name …');
  expect(withoutPersons(`push ghp_${'a'.repeat(36)}`)).toBe('push …');
  expect(withoutPersons('reservas@ventarela.test')).toBe('reservas@ventarela.test');
  const long = 'a'.repeat(100_000);
  expect(withoutPersons(long)).toBe(long);
});
