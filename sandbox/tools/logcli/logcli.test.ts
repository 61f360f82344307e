import { expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { type CommandIO, createMachine } from '../../machine/index.ts';
import { formatLogRecord } from '../../telemetry/logs/index.ts';
import { logcli } from './index.ts';

const NOW = Date.UTC(2026, 2, 6, 18);

function desk() {
  const machine = createMachine({ kernel: createKernel({ seed: 'a', now: NOW }), language: 'en' });
  const line = (town: string, ago: number, text: string): string =>
    formatLogRecord(
      [
        ['app', 'seats'],
        ['town', town],
      ],
      { at: NOW - ago * 1000, line: text },
    );
  machine.files.mkdir('/srv/loki', { recursive: true });
  machine.files.writeFile(
    '/srv/loki/seats.jsonl',
    line('oria', 300, '{"status":500}') + line('vado', 200, '{"status":200}') + line('oria', 7200, '{"status":503}'),
  );
  return async (args: readonly string[], stdin = '') => {
    let [out, err] = ['', ''];
    const io: CommandIO = {
      machine,
      cwd: machine.home,
      env: {},
      stdin: new TextEncoder().encode(stdin),
      isTerminal: false,
      columns: 80,
      stdout: (text) => {
        out += text;
      },
      stderr: (text) => {
        err += text;
      },
      signal: new AbortController().signal,
    };
    const exitCode = await logcli.run(args, io);
    return { out, err, exitCode };
  };
}

test('query prints the last hour, newest first, and tells what all lines share apart', async () => {
  expect(await desk()(['query', '{app="seats"}'])).toEqual({
    out: '2026-03-06T17:56:40Z {town="vado"} {"status":200}\n2026-03-06T17:55:00Z {town="oria"} {"status":500}\n',
    err: 'Common labels: {app="seats"}\n',
    exitCode: 0,
  });
});

test('flags choose the range, the number, the order and the form', async () => {
  const run = desk();
  const lines = async (...args: string[]) => (await run(['query', '-q', '{app="seats"}', ...args])).out;
  expect(await lines('--since=3h', '--limit', '1', '--forward', '-o', 'raw')).toBe('{"status":503}\n');
  expect(await lines('--from=2026-03-06T17:55:00Z', '--to=2026-03-06T17:56:40Z', '--no-labels')).toBe(
    '2026-03-06T17:55:00Z {"status":500}\n',
  );
  expect(await lines('--limit=1', '--output=jsonl')).toBe(
    '{"labels":{},"line":"{\\"status\\":200}","timestamp":"2026-03-06T17:56:40Z"}\n',
  );
});

test('a metric query prints JSON, at a moment or over a range', async () => {
  const run = desk();
  const sum = 'sum by (town) (count_over_time({app="seats"} | json | status >= 500 [3h]))';
  expect(JSON.parse((await run(['instant-query', sum])).out)).toEqual([
    { metric: { town: 'oria' }, value: [NOW / 1000, '2'] },
  ]);
  const { out } = await run(['query', 'count_over_time({town="oria"}[1h])', '--step=30m']);
  expect(JSON.parse(out)).toEqual([
    {
      metric: { app: 'seats', town: 'oria' },
      values: [[NOW / 1000, '1']],
    },
  ]);
});

test('lines from standard input need no selector', async () => {
  const run = desk();
  expect(
    (await run(['--stdin', 'query', '-q', '-o', 'raw', '|= "b" | json | b > 1'], '{"a":1}\n{"b":1}\n{"b":2}\n')).out,
  ).toBe('{"b":2}\n');
});

test('labels and series show what there is', async () => {
  const run = desk();
  expect((await run(['labels'])).out).toBe('app\ntown\n');
  expect((await run(['labels', 'town'])).out).toBe('oria\nvado\n');
  expect((await run(['series', '{town=~"o.*"}'])).out).toBe('{app="seats", town="oria"}\n');
});

test.each([
  [['query', '{app="seats"'], 'Query failed: parse error : syntax error'],
  [['query'], "logcli: error: required argument 'query' not provided, try --help\n"],
  [['query', '--tail', '{a="b"}'], "logcli: error: flag '--tail' is not part of this sandbox, try --help\n"],
  [['stats', '{a="b"}'], "logcli: error: 'stats' is not part of this sandbox, try --help\n"],
  [['query', '--since=soon', '{a="b"}'], 'logcli: error: time: invalid duration "soon", try --help\n'],
  [['search'], 'logcli: error: expected command but got "search", try --help\n'],
])('%j is refused', async (args, message) => {
  const { err, exitCode } = await desk()(args);
  expect(err).toContain(message);
  expect(exitCode).toBe(1);
});
