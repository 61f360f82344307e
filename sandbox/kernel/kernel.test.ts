import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKernel, DAY_START, type Kernel } from './kernel.ts';
import { formatLog } from './log.ts';

const open = (now?: number): Kernel => createKernel(now === undefined ? { seed: 'test' } : { seed: 'test', now });

describe('the clock', () => {
  test('begins on Monday 2 March 2026 at 09:00 UTC', () => {
    expect(new Date(DAY_START).toUTCString()).toBe('Mon, 02 Mar 2026 09:00:00 GMT');
    expect(open().now()).toBe(DAY_START);
  });

  test('runs what was scheduled on its way, each at its own moment, in order of (time, scheduling)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.array(fc.nat(30), { minLength: 1 }), (delays, advances) => {
        const kernel = open(0);
        const ran: [at: number, index: number][] = [];
        for (const [index, delay] of delays.entries()) kernel.schedule(delay, () => ran.push([kernel.now(), index]));
        for (const ms of advances) kernel.advance(ms);
        const end = advances.reduce((sum, ms) => sum + ms, 0);
        const due = delays.map((delay, index) => [delay, index] as const).filter(([delay]) => delay <= end);
        expect(kernel.now()).toBe(end);
        expect(ran).toEqual(due.sort(([a, i], [b, j]) => a - b || i - j));
        const waiting = delays.filter((delay) => delay > end);
        expect(kernel.untilNext()).toBe(waiting.length === 0 ? undefined : Math.min(...waiting) - end);
      }),
    );
  });

  test('runs what an action schedules for within the same advance', () => {
    const kernel = open(0);
    const ran: number[] = [];
    const everyTen = (): void => {
      ran.push(kernel.now());
      kernel.schedule(10, everyTen);
    };
    kernel.schedule(10, everyTen);
    kernel.advance(35);
    expect(ran).toEqual([10, 20, 30]);
    expect(kernel.untilNext()).toBe(5);
  });

  test('lets an action move the clock itself, and never runs backwards', () => {
    const kernel = open(0);
    const seen: number[] = [];
    kernel.schedule(5, () => kernel.advance(20));
    kernel.schedule(10, () => seen.push(kernel.now()));
    kernel.schedule(30, () => seen.push(kernel.now()));
    kernel.advance(12);
    expect(kernel.now()).toBe(25);
    kernel.advance(-7);
    expect(kernel.now()).toBe(25);
    kernel.advance(5);
    expect(seen).toEqual([10, 30]);
  });

  test('does not run what was cancelled', () => {
    const kernel = open(0);
    const ran: string[] = [];
    const cancel = kernel.schedule(5, () => ran.push('cancelled'));
    kernel.schedule(6, () => ran.push('kept'));
    cancel();
    expect(kernel.untilNext()).toBe(6);
    kernel.advance(10);
    expect(ran).toEqual(['kept']);
  });
});

describe('chance', () => {
  test('has a stream for each name that no other user of chance disturbs', () => {
    const [alone, shared] = [open(), open()];
    shared.random('traffic').next();
    expect(shared.random('failures').next()).toBe(alone.random('failures').next());
    expect(open().random('a').next()).not.toBe(open().random('b').next());
  });

  test('is another one with another seed', () => {
    expect(createKernel({ seed: 'a' }).random('x').next()).not.toBe(createKernel({ seed: 'b' }).random('x').next());
  });
});

type Action = { readonly advance: number } | { readonly draw: string } | { readonly record: string };

const actions = fc.array(
  fc.oneof(
    fc.record({ advance: fc.nat(5000) }),
    fc.record({ draw: fc.constantFrom('traffic', 'failures', 'people') }),
    fc.record({ record: fc.string() }),
  ),
);

function perform(kernel: Kernel, plan: readonly Action[]): number[] {
  return plan.flatMap((action) => {
    if ('advance' in action) kernel.advance(action.advance);
    else if ('record' in action) kernel.record({ type: 'DayOpened', day: action.record, seed: '' });
    else return [kernel.random(action.draw).next()];
    return [];
  });
}

test('a kernel that goes on from a snapshot does what the unbroken one does, to the byte of the log', () => {
  fc.assert(
    fc.property(fc.string(), actions, actions, (seed, before, after) => {
      const unbroken = createKernel({ seed });
      perform(unbroken, before);
      const restored = createKernel(structuredClone(unbroken.snapshot()));
      expect(perform(restored, after)).toEqual(perform(unbroken, after));
      expect(restored.now()).toBe(unbroken.now());
      expect(formatLog(restored.log.entries())).toBe(formatLog(unbroken.log.entries()));
      expect(restored.snapshot()).toEqual(unbroken.snapshot());
    }),
  );
});

test('a snapshot does not change with the kernel that it was taken of', () => {
  const kernel = open();
  kernel.random('x').next();
  const snapshot = kernel.snapshot();
  const copy = structuredClone(snapshot);
  perform(kernel, [{ advance: 10 }, { draw: 'x' }, { record: 'd01' }]);
  expect(snapshot).toEqual(copy);
});
