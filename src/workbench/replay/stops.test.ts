import { expect, test } from 'vitest';
import type { Action } from '../../../sandbox/hosts/replay/recording.ts';
import type { Snapshot } from '../parts.ts';
import { messagesIn } from './messages.ts';
import { columnsAt, sightsOf, stopsOf, stopsWithin } from './stops.ts';

const typed = (data: string): Action => ({ call: 'type', args: { id: 't1', data }, at: 0 });
const opened: Action = { call: 'openTerminal', args: { id: 't1', columns: 80, rows: 24 }, at: 0 };
const resized: Action = { call: 'resize', args: { id: 't1', columns: 90, rows: 24 }, at: 0 };

test('one stands after deeds; what the page did by itself belongs to the deed before, in the next visit too', () => {
  const [one, two] = [typed('a\r'), typed('b\r')];
  expect(stopsOf({ visits: [{ actions: [opened, one, resized] }, { actions: [opened, two] }] })).toEqual([
    { done: 1 },
    { done: 4, action: one },
    { done: 5, action: two },
  ]);
  expect(stopsOf({ visits: [] })).toEqual([{ done: 0 }]);
  expect(stopsOf({ visits: [{ actions: [opened, resized] }] })).toEqual([{ done: 2 }]);
});

test('the terminal is as wide as it was then', () => {
  const recording = { visits: [{ actions: [typed('a\r'), opened, resized] }, { actions: [opened, typed('b\r')] }] };
  expect([0, 1, 2, 3, 4, 5].map((done) => columnsAt(recording, done))).toEqual([80, 80, 80, 90, 80, 80]);
  const narrow: Action = { call: 'resize', args: { id: 't1', columns: 3, rows: 24 }, at: 0 };
  expect(columnsAt({ visits: [{ actions: [narrow] }] }, 1)).toBe(20);
});

type Log = Snapshot['kernel']['log'];

test('marks stand where the log grew by what they tell, and checks where they were judged', () => {
  const stops = [{ done: 1 }, { done: 2, action: typed('a\r') }, { done: 3, action: typed('b\r') }];
  const log = [
    { type: 'RefUpdated', repository: 'seats', ref: 'refs/heads/old', from: '', to: 'x', by: 'a' },
    { type: 'CommandEnded', terminal: 't1', line: 'cd x && git -C . commit -m y', exitCode: 0 },
    { type: 'CommandEnded', terminal: 't1', line: 'git commit -m y', exitCode: 1 },
    { type: 'RefUpdated', repository: 'seats', ref: 'refs/heads/main', from: 'x', to: 'y', by: 'dev' },
    { type: 'RefUpdated', repository: 'seats', ref: 'refs/pull/1/merge', from: 'x', to: 'y', by: 'dev' },
    { type: 'AlertFired', alert: 'Slow', labels: '{}', when: 5 },
  ].map((event, index) => ({ ...event, seq: index + 1, at: 0 })) as Log;
  const reached = [1, 1, 3, 6].map((entries) => ({ entries, at: 0 }));
  const seen = sightsOf(stops, log, reached, [{ entries: 3, passed: 1, of: 2 }]);
  expect(seen.map(({ stop, kind, word, values }) => [stop, kind, word, values])).toEqual([
    [1, 'commit', 'sawCommit', {}],
    [1, 'check', 'sawChecks', { n: 1, of: 2 }],
    [2, 'push', 'sawPush', { ref: 'main' }],
    [2, 'alert', 'sawAlert', { name: 'Slow' }],
  ]);
});

test('one can stand where an alert fired in a long wait, and not where something happens as a deed ends', () => {
  const wait = typed('sleep 3600\r');
  const stops = [{ done: 1 }, { done: 2, action: wait }, { done: 3, action: typed('git push\r') }];
  const alert = { type: 'AlertFired', alert: 'Slow', labels: '{}', at: 3_600_000 };
  const log = [
    { ...alert, when: 60_000 },
    { ...alert, type: 'AlertResolved', when: 120_000 },
    { ...alert, when: 120_000 },
    { type: 'RefUpdated', repository: 'seats', ref: 'refs/heads/main', from: '', to: 'y', by: 'dev', at: 3_604_500 },
  ].map((event, index) => ({ ...event, seq: index + 1 })) as Log;
  const reached = [0, 0, 3_600_000, 3_605_000].map((at, index) => ({ entries: [0, 0, 3, 4][index] ?? 0, at }));
  const places = stopsWithin(stops, log, reached);
  expect(places).toEqual([
    { done: 1 },
    { done: 1, action: wait, at: 60_000 },
    { done: 1, action: wait, at: 120_000 },
    ...stops.slice(1),
  ]);
  const seen = sightsOf(places, log, reached, [{ entries: 3, passed: 1, of: 2 }]);
  expect(seen.map(({ stop, word }) => [stop, word])).toEqual([
    [1, 'sawAlert'],
    [2, 'sawResolved'],
    [2, 'sawAlert'],
    [3, 'sawChecks'],
    [4, 'sawPush'],
  ]);
});

test('messages are read from their file, the newest first, and what is none is left out', () => {
  const text = ['{"at":1000,"to":"#a","title":"one"}', 'x', '{"at":"1970-01-01T00:00:02Z","to":"#b","title":"two"}'];
  const bytes = new TextEncoder().encode(`${text.join('\n')}\n`);
  const file = { type: 'file', mode: 0o644, mtimeMs: 0, bytes } as const;
  expect(messagesIn({ '/srv/messages.jsonl': file })).toEqual([
    { at: 2000, to: '#b', title: 'two' },
    { at: 1000, to: '#a', title: 'one' },
  ]);
  expect(messagesIn({})).toEqual([]);
});
