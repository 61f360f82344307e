import { expect, test } from 'vitest';
import type { Check, Desk } from './contract.ts';
import { judge } from './judge.ts';
import { CheckStop, failed, ProgramOverLimit, passed } from './verdict.ts';

const words = { es: 'x', en: 'x' };
const verdict = failed({ expected: words, found: words, next: words });
const check = (id: string, run: Check['run']): Check => ({ id, goal: words, kind: 'file', run });
const openDesk = async (): Promise<Desk> => ({ integer: () => 4 }) as unknown as Desk;

test('each check has its result, in order, and is told as it comes', async () => {
  const told: string[] = [];
  const checks = [check('a', () => passed), check('b', async () => verdict)];
  const results = await judge(checks, openDesk, ({ id }) => told.push(id));
  expect(results).toEqual([
    { id: 'a', outcome: 'passed' },
    { id: 'b', outcome: 'failed', verdict },
  ]);
  expect(told).toEqual(['a', 'b']);
});

test('every check looks on a desk of its own', async () => {
  const desks: Desk[] = [];
  const look = (desk: Desk) => {
    desks.push(desk);
    return passed;
  };
  await judge([check('a', look), check('b', look)], openDesk);
  expect(new Set(desks).size).toBe(2);
});

test('what the desk could not read fails the check with the verdict that says so', async () => {
  const stop = () => {
    throw new CheckStop(verdict);
  };
  expect(await judge([check('a', stop)], openDesk)).toEqual([{ id: 'a', outcome: 'failed', verdict }]);
});

test('a program over its limits leaves the check unfinished and says that the program is why', async () => {
  const stop = () => {
    throw new ProgramOverLimit('node app.mjs never listened');
  };
  expect(await judge([check('a', stop)], openDesk)).toMatchObject([{ outcome: 'unfinished', fault: 'program' }]);
});

test('a check that breaks is the course’s fault and does not stop the next one', async () => {
  const broken = (desk: Desk) => (desk as unknown as { nothing: { there: string } }).nothing.there as never;
  const results = await judge([check('a', broken), check('b', () => passed)], openDesk);
  expect(results).toMatchObject([
    { id: 'a', outcome: 'unfinished', fault: 'course' },
    { id: 'b', outcome: 'passed' },
  ]);
});

test('a desk that cannot be opened is the course’s fault too', async () => {
  const noDesk = () => Promise.reject(new Error('no memory'));
  expect(await judge([check('a', () => passed)], noDesk)).toMatchObject([{ outcome: 'unfinished', fault: 'course' }]);
});
