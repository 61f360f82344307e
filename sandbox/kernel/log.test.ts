import { describe, expect, test } from 'vitest';
import type { LoggedEvent } from './events.ts';
import { createLog, formatLog } from './log.ts';

const opened = { type: 'DayOpened', day: 'd01', seed: 's' } as const;
const ended = { type: 'CommandEnded', terminal: 't', line: 'ls', exitCode: 0 } as const;

describe('the event log', () => {
  test('numbers its entries from 1 and tells whoever listens, until they stop', () => {
    const log = createLog();
    const heard: number[] = [];
    const stop = log.subscribe(({ seq }) => heard.push(seq));
    log.append(10, opened);
    log.append(10, ended);
    stop();
    log.append(11, ended);
    expect(log.entries().map(({ seq, at, type }) => [seq, at, type])).toEqual([
      [1, 10, 'DayOpened'],
      [2, 10, 'CommandEnded'],
      [3, 11, 'CommandEnded'],
    ]);
    expect(heard).toEqual([1, 2]);
  });

  test('goes on from an earlier log', () => {
    const log = createLog([{ seq: 1, at: 5, ...opened }]);
    expect(log.append(5, ended).seq).toBe(2);
  });

  test.each<[string, unknown[], string]>([
    ['a gap in the numbers', [{ seq: 2, at: 1, ...opened }], 'expected number 1'],
    [
      'time that runs backwards',
      [
        { seq: 1, at: 2, ...opened },
        { seq: 2, at: 1, ...ended },
      ],
      'its time 1 is before 2',
    ],
    ['a time that is no number', [{ seq: 1, at: Number.NaN, ...opened }], 'its time NaN is before'],
    ['an event that it does not know', [{ seq: 1, at: 1, type: 'Sneezed' }], 'unknown event type "Sneezed"'],
    ['the name of something every object has', [{ seq: 1, at: 1, type: 'toString' }], 'unknown event type "toString"'],
    ['a field of another kind', [{ seq: 1, at: 1, ...ended, exitCode: '0' }], 'CommandEnded.exitCode must be a number'],
    ['a field that is missing', [{ seq: 1, at: 1, type: 'DayOpened', day: 'd01' }], 'DayOpened.seed must be a string'],
    ['a field too many', [{ seq: 1, at: 1, ...opened, mood: 'good' }], 'DayOpened has no field mood'],
    ['something that is no event', [null], 'an event must be an object'],
  ])('refuses %s', (_, entries, problem) => {
    expect(() => createLog(entries as LoggedEvent[])).toThrow(problem);
  });

  test('refuses a moment before the last one, and stays as it was', () => {
    const log = createLog();
    log.append(10, opened);
    expect(() => log.append(9, ended)).toThrow('its time 9 is before 10');
    expect(log.entries()).toHaveLength(1);
  });

  test('is written with its keys in one order, whatever order they were given in', () => {
    const log = createLog();
    log.append(1, { seed: 's', day: 'd01', type: 'DayOpened' });
    log.append(2, { line: 'echo "ñ"', exitCode: 1, terminal: 't', type: 'CommandEnded' });
    expect(formatLog(log.entries())).toBe(
      '{"seq":1,"at":1,"type":"DayOpened","day":"d01","seed":"s"}\n' +
        '{"seq":2,"at":2,"type":"CommandEnded","exitCode":1,"line":"echo \\"ñ\\"","terminal":"t"}\n',
    );
  });
});
