import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../kernel/index.ts';
import { services } from './company.ts';
import { handedOver, received, stages } from './stages.ts';
import { turnOf } from './turn.ts';

const someServices = fc.subarray([...services], { minLength: 1 });
const seed = fc.string();

test('a card whose plan names what its code calls never stops and passes the eight stages in order', () => {
  fc.assert(
    fc.property(seed, someServices, someServices, (name, calls, more) => {
      const { steps, stops } = turnOf(
        { calls },
        { services: [...new Set([...calls, ...more])], ahead: 0 },
        createRandom(name),
      );
      expect(stops).toBe(0);
      expect(steps.map(({ step, stage }) => `${step} ${stage}`)).toEqual(
        stages.flatMap((stage) => [`started ${stage}`, `ended ${stage}`]),
      );
    }),
  );
});

test('every service that the plan forgot stops it at deploy once, and it still arrives', () => {
  fc.assert(
    fc.property(seed, someServices, fc.subarray([...services]), (name, calls, planned) => {
      const { steps, stops } = turnOf({ calls }, { services: planned, ahead: 0 }, createRandom(name));
      const forgotten = calls.filter((service) => !planned.includes(service));
      expect(steps.flatMap((step) => (step.step === 'stopped' ? [`${step.stage} ${step.missing}`] : []))).toEqual(
        forgotten.map((service) => `deploy ${service}`),
      );
      expect(stops).toBe(forgotten.length);
      expect(steps.at(-1)).toMatchObject({ step: 'ended', stage: 'monitor' });
    }),
  );
});

test('the same seed gives the same turn, time only goes forward, and the lead time is what the stages took', () => {
  fc.assert(
    fc.property(
      seed,
      someServices,
      fc.subarray([...services]),
      fc.integer({ min: 0, max: 5 }),
      (name, calls, planned, ahead) => {
        const once = turnOf({ calls }, { services: planned, ahead }, createRandom(name));
        expect(turnOf({ calls }, { services: planned, ahead }, createRandom(name))).toEqual(once);
        const times = once.steps.map(({ at }) => at);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        const taken = once.steps.map((step) => (step.step === 'started' ? 0 : step.minutes));
        expect(once.leadTime).toBe(taken.reduce((sum, minutes) => sum + minutes, 0));
      },
    ),
  );
});

test('a planned card arrives within two days on every seed; one that forgot a service does not on any', () => {
  for (let name = 0; name < 200; name++) {
    const card = { calls: ['seats', 'mail'] };
    expect(turnOf(card, { services: ['seats', 'mail'], ahead: 0 }, createRandom(`${name}`)).leadTime).toBeLessThan(
      2 * 24 * 60,
    );
    expect(turnOf(card, { services: ['seats'], ahead: 0 }, createRandom(`${name}`)).leadTime).toBeGreaterThan(
      2 * 24 * 60,
    );
  }
});

test('three cards ahead cost a planned card its two days on every seed; one does not', () => {
  for (let name = 0; name < 200; name++) {
    const late = (ahead: number) =>
      turnOf({ calls: ['mail'] }, { services: ['seats', 'mail'], ahead }, createRandom(`${name}`)).leadTime;
    expect(late(3)).toBeGreaterThan(2 * 24 * 60);
    expect(late(1)).toBeLessThan(2 * 24 * 60);
  }
});

test('a stage receives what the one before it hands over, and plan what monitor found', () => {
  expect(received('plan')).toBe('feedback');
  for (const [index, stage] of stages.slice(1).entries())
    expect(received(stage)).toBe(handedOver[stages[index] ?? 'plan']);
});
