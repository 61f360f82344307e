import { expect, test } from 'vitest';
import { type ClockState, createClock, type Why } from './clock.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

function clockWith(eventAt: number, busyAt = Number.POSITIVE_INFINITY) {
  let now = 0;
  const states: [ClockState, (Why | 'broke')?][] = [];
  const clock = createClock({
    now: () => now,
    end: () => 86_400_000,
    beat: 1,
    async move(to, toEvent) {
      if (now >= busyAt) return { now, isBusy: true, happened: false };
      const happened = toEvent && eventAt > now && eventAt <= to;
      now = happened ? eventAt : to;
      return { now, isBusy: false, happened };
    },
    onState: (state, why) => states.push(why === undefined ? [state] : [state, why]),
  });
  return { clock, states, now: () => now };
}

test('a long way is gone in strides to its end, or to an event on it', async () => {
  const far = clockWith(Number.POSITIVE_INFINITY);
  far.clock.seek(3_600_000);
  await settled();
  expect([far.now(), far.states]).toEqual([3_600_000, [['seeking'], ['paused', 'arrived']]]);

  const near = clockWith(1_234_567);
  near.clock.toEvent(86_400_000);
  await settled();
  expect([near.now(), near.states.at(-1)]).toEqual([1_234_567, ['paused', 'arrived']]);

  const none = clockWith(Number.POSITIVE_INFINITY);
  none.clock.toEvent(600_000);
  await settled();
  expect([none.now(), none.states.at(-1)]).toEqual([600_000, ['paused', 'nothing']]);
});

test('what runs in the foreground stops it, and so does a pause', async () => {
  const busy = clockWith(Number.POSITIVE_INFINITY, 600_000);
  busy.clock.seek(3_600_000);
  await settled();
  expect([busy.now(), busy.states.at(-1)]).toEqual([600_000, ['paused', 'busy']]);

  const paused = clockWith(Number.POSITIVE_INFINITY);
  paused.clock.play(60);
  await settled();
  paused.clock.pause();
  const at = paused.now();
  await settled();
  expect(at).toBeGreaterThan(0);
  expect(paused.now() - at).toBeLessThan(1000);
  expect(paused.states).toEqual([['playing'], ['paused']]);
});
