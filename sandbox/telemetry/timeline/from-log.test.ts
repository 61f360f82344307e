import { expect, test } from 'vitest';
import type { LoggedEvent } from '../../kernel/index.ts';
import { deliveryMetrics } from '../delivery/index.ts';
import { timelineFromLog } from './index.ts';

const entry = (at: number, version: string, more: object = {}): LoggedEvent =>
  ({
    seq: at,
    at,
    type: 'DeployRecorded',
    service: 'seats',
    version,
    action: 'deploy',
    result: 'succeeded',
    host: '',
    by: 'operations',
    ...more,
  }) as LoggedEvent;

test('each deploy and rollback is one event that knows what served before', () => {
  const log = [
    entry(1, '1.0'),
    entry(2, '1.1'),
    entry(3, '1.2', { result: 'failed' }),
    entry(4, '1.0', { action: 'rollback' }),
  ];
  const events = timelineFromLog(log, (_, version) => [{ commit: version, committedAt: 0 }]);
  expect(
    events.map(
      ({ kind, ...more }) => `${kind} ${'from' in more ? more.from : ''}>${'version' in more ? more.version : ''}`,
    ),
  ).toEqual(['deploy >1.0', 'deploy 1.0>1.1', 'deploy 1.1>1.2', 'rollback 1.1>1.0']);
  expect(deliveryMetrics(events, 0, 86_400_000)).toMatchObject({ deployments: 2, rollbacks: 1, changeFailRate: 0.5 });
});

test('hosts that tell of the same deploy are one, which failed when one of them failed', () => {
  const hosts = [entry(1, '1.0', { host: 'web-1' }), entry(2, '1.0', { host: 'web-2', result: 'failed' })];
  expect(timelineFromLog(hosts)).toMatchObject([{ at: 1, version: '1.0', result: 'failed' }]);
  expect(timelineFromLog([...hosts, entry(3, '1.0', { host: 'web-1' })])).toHaveLength(2);
  expect(timelineFromLog([entry(1, '1.0'), entry(2, '1.0')])).toHaveLength(2);
});
