import { expect, test } from 'vitest';
import { type Event, markOf } from './marks.ts';
import { productionSpeaker } from './words.ts';

const say = productionSpeaker('en');
const deploy: Event = {
  at: 1,
  kind: 'deploy',
  service: 'seats',
  version: '1.1',
  from: '1.0',
  result: 'succeeded',
  changes: [],
  by: 'nora',
};

test('events in words', () => {
  expect(markOf(deploy, say)).toEqual({
    at: 1,
    kind: 'deploy',
    sign: '▲',
    text: 'Deploy of seats 1.1, before 1.0, by nora',
  });
  expect(markOf({ ...deploy, result: 'failed' }, say)).toMatchObject({
    kind: 'trouble',
    text: expect.stringMatching(/it failed$/),
  });
  expect(markOf({ at: 2, kind: 'scale', service: 'seats', from: 1, to: 3, reason: '' }, say).text).toBe(
    'seats: from 1 to 3 replicas',
  );
  const labels = [['alertname', 'Slow']] as const;
  expect(markOf({ at: 3, kind: 'alert', state: 'firing', labels }, say)).toMatchObject({
    kind: 'alert',
    text: 'Slow fires',
  });
  expect(markOf({ at: 4, kind: 'notice', topic: 'new-thing', service: 'x', text: '' }, say).text).toBe('new-thing: x');
});
