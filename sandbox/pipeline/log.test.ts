import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';

const cut = (lines: number) => `… ${lines} lines …`;

test('a log of a million lines keeps its beginning and its end, and says how much is left out', () => {
  const log = createLog(cut, []);
  for (let line = 1; line <= 1_000_000; line++) log.write(`line ${line}`);
  const kept = log.take();
  expect(kept).toHaveLength(101_001);
  expect(kept[99_999]).toBe('line 100000');
  expect(kept[100_000]).toBe('… 899000 lines …');
  expect(kept[100_001]).toBe('line 999001');
  expect(kept.at(-1)).toBe('line 1000000');
  expect(log.take()).toEqual([]);
});

test('a line without an end is cut', () => {
  const log = createLog(cut, []);
  log.write('x'.repeat(1_000_000));
  expect(log.take()[0]).toHaveLength(20_001);
});

test('the longest secret is masked first; each line of a secret is one; blank ones are none', () => {
  const log = createLog(cut, ['pass', 'password', '', ' ']);
  log.mask('two\nlines');
  log.write('a password, a pass, two, lines');
  expect(log.take()).toEqual(['a ***, a ***, ***, ***']);
});

test('whatever the secrets, none of them stands in what is kept', () => {
  const text = fc.string({ minLength: 1, maxLength: 6 }).filter((one) => one.trim() !== '' && !/[*\n]/.test(one));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), fc.array(fc.string(), { maxLength: 9 }), (secrets, lines) => {
      const log = createLog(cut, secrets);
      for (const line of lines) log.write(`${line}${secrets.join('-')}${line}`.replaceAll('*', ''));
      for (const line of log.take())
        for (const part of line.split('***')) for (const secret of secrets) expect(part).not.toContain(secret);
    }),
  );
});
