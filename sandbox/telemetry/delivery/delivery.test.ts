import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLabels } from '../labels.ts';
import { mergeTimelines, type TimelineEvent } from '../timeline/index.ts';
import { changesInProduction, deliveryMetrics, failedDeployments, incidents, judgeReport } from './index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const deploy = (at: number, version: string, extra: object = {}): TimelineEvent => ({
  at,
  kind: 'deploy',
  service: 'seats',
  version,
  from: '',
  result: 'succeeded',
  changes: [],
  by: 'operations',
  ...extra,
});
const rollback = (at: number, from: string, version: string): TimelineEvent => ({
  at,
  kind: 'rollback',
  service: 'seats',
  version,
  from,
  result: 'succeeded',
  reason: 'errors',
  by: 'operations',
});
const alert = (at: number, alertname: string, state: 'firing' | 'resolved'): TimelineEvent => ({
  at,
  kind: 'alert',
  state,
  labels: createLabels([['alertname', alertname]]),
});

// Ten days: four deploys of which one is rolled back and one is mended by the next, so two of four failed.
const week = [
  deploy(1 * DAY, '1.0', { changes: [{ commit: 'a', committedAt: 0 }] }),
  deploy(2 * DAY, '1.1', { changes: [{ commit: 'b', committedAt: 2 * DAY - 2 * HOUR }] }),
  deploy(2 * DAY + HOUR, '9.9', { result: 'failed' }),
  rollback(2 * DAY + 2 * HOUR, '1.1', '1.0'),
  deploy(5 * DAY, '1.2', { changes: [{ commit: 'b', committedAt: 2 * DAY - 2 * HOUR }] }),
  deploy(5 * DAY + 4 * HOUR, '1.3', { mends: '1.2', changes: [{ commit: 'c', committedAt: 5 * DAY }] }),
];

describe('the five metrics', () => {
  test('of a period worked out by hand', () => {
    expect(deliveryMetrics(week, 0, 10 * DAY)).toEqual({
      from: 0,
      to: 10 * DAY,
      deployments: 4,
      rollbacks: 1,
      deploymentFrequency: 0.4,
      // 24 h, 2 h and 4 h: the second deployment of a commit adds nothing.
      leadTime: { count: 3, mean: 10 * HOUR, median: 4 * HOUR, longest: 24 * HOUR },
      changeFailRate: 0.5,
      failedDeploymentRecoveryTime: { count: 2, mean: 3 * HOUR, median: 3 * HOUR, longest: 4 * HOUR },
      // The rollback and the fix forward among five changes of what serves.
      reworkRate: 0.4,
    });
  });

  test('say nothing of what did not happen', () => {
    const { leadTime, changeFailRate, failedDeploymentRecoveryTime, reworkRate } = deliveryMetrics([], 0, DAY);
    expect([leadTime, changeFailRate, failedDeploymentRecoveryTime, reworkRate]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('a version that is deployed again is judged anew', () => {
    const events = [deploy(0, '1'), rollback(HOUR, '1', '0'), deploy(2 * HOUR, '1')];
    expect(failedDeployments(events).map(({ deploy: { at } }) => at)).toEqual([0]);
    expect(deliveryMetrics(events, 0, DAY).changeFailRate).toBe(0.5);
  });

  test('another service is not to blame', () => {
    expect(failedDeployments([deploy(0, '1', { service: 'web' }), rollback(HOUR, '1', '0')])).toEqual([]);
  });

  test('rates lie between 0 and 1 and recovery never comes before the failure, whatever happened', () => {
    const version = fc.constantFrom('1', '2', '3');
    const event = fc.oneof(
      fc.tuple(fc.nat(100), version).map(([at, v]) => deploy(at * HOUR, v)),
      fc.tuple(fc.nat(100), version, version).map(([at, v, mends]) => deploy(at * HOUR, v, { mends })),
      fc.tuple(fc.nat(100), version, version).map(([at, from, to]) => rollback(at * HOUR, from, to)),
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const timeline = mergeTimelines(events);
        const { changeFailRate = 0, reworkRate = 0, deployments } = deliveryMetrics(timeline, 0, 5 * DAY);
        for (const rate of [changeFailRate, reworkRate]) expect(rate >= 0 && rate <= 1).toBe(true);
        expect(failedDeployments(timeline).length).toBeLessThanOrEqual(deployments);
        for (const { recoveryTime } of failedDeployments(timeline)) expect(recoveryTime).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('an incident', () => {
  test('lasts from the first alert that fires to the end of the last', () => {
    const timeline = [
      alert(1, 'SlowPayments', 'firing'),
      alert(2, 'Errors', 'firing'),
      alert(3, 'SlowPayments', 'resolved'),
      alert(5, 'Errors', 'resolved'),
      alert(9, 'Errors', 'firing'),
    ];
    expect(incidents(timeline)).toEqual([
      { startedAt: 1, endedAt: 5, alerts: ['SlowPayments', 'Errors'] },
      { startedAt: 9, endedAt: undefined, alerts: ['Errors'] },
    ]);
  });

  test('is reported right within a minute', () => {
    const [change] = changesInProduction(week);
    const truth = { leadTime: change?.leadTime ?? 0, recoveryTime: 30 * 60_000 };
    expect(judgeReport({ leadTimeMinutes: 1441, recoveryTimeMinutes: 28 }, truth)).toEqual({
      expected: { leadTimeMinutes: 1440, recoveryTimeMinutes: 30 },
      isLeadTimeRight: true,
      isRecoveryTimeRight: false,
    });
  });
});
