import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLabels, formatLabels } from '../labels.ts';
import { formatLogRecord, type LogAnswer, type LogStream, queryLogs, queryLogsAt, readLogs } from './index.ts';
import { parseJson } from './json.ts';
import { parseBytes, parseSeconds } from './values.ts';

const MINUTE = 60_000;

function streamsOf(
  logs: Readonly<Record<string, readonly (readonly [seconds: number, line: string])[]>>,
): readonly LogStream[] {
  const records = Object.entries(logs).flatMap(([labels, lines]) =>
    lines.map(([seconds, line]) => {
      const pairs = labels.split(',').map((pair) => pair.split('=') as [string, string]);
      return formatLogRecord(createLabels(pairs), { at: seconds * 1000, line });
    }),
  );
  return readLogs([records.join('')]);
}

/** The lines that a query gives, oldest first, or its problem. */
function lines(logs: readonly LogStream[], query: string): readonly string[] {
  const answer = queryLogs(logs, query, { from: 0, to: 10 * MINUTE, step: MINUTE, limit: 0, forward: true });
  if (answer.kind === 'problem') return [answer.message];
  if (answer.kind !== 'streams') throw new Error(answer.kind);
  const all = answer.streams.flatMap(({ labels, entries }) => entries.map(({ at, line }) => ({ at, line, labels })));
  return all.sort((a, b) => a.at - b.at).map(({ line, labels }) => `${formatLabels(labels)} ${line}`);
}

/** `{town="oria"} 3`, or the problem. */
function numbers(answer: LogAnswer): readonly string[] {
  if (answer.kind === 'problem') return [answer.message.split('\n')[0] ?? ''];
  if (answer.kind === 'scalar') return [String(answer.value)];
  if (answer.kind !== 'vector') throw new Error(answer.kind);
  return answer.samples.map(({ labels, value }) => `${formatLabels(labels)} ${value}`);
}

const seats = streamsOf({
  'app=seats,town=oria': [
    [10, '{"level":"error","status":500,"took":"1.5s","trace":{"id":"a1"},"tags":[1,2]}'],
    [20, '{"level":"info","status":200,"took":"20ms"}'],
    [30, 'no json at all'],
  ],
  'app=seats,town=vado': [
    [15, '{"level":"error","status":503,"took":"3s","town":"elsewhere"}'],
    [40, '{"level":"info","status":200,"took":"30ms"}'],
  ],
  'app=mail,town=oria': [[25, 'level=warn msg="queue is long" size=3MB empty=']],
});

describe('a log query', () => {
  test('takes the streams whose labels match, and the lines that hold a text', () => {
    expect(lines(seats, '{app="seats",town=~"v.*"} |= "error"')).toEqual([
      '{app="seats", town="vado"} {"level":"error","status":503,"took":"3s","town":"elsewhere"}',
    ]);
    expect(lines(seats, '{app="seats"} != "json" |~ "5\\\\d\\\\d"')).toHaveLength(2);
    expect(lines(seats, '{app="seats"} |= "503" or "no json"')).toHaveLength(2);
    expect(lines(seats, '{app=~"seats|mail"} |> "no <_> all"')).toEqual(['{app="seats", town="oria"} no json at all']);
  });

  test('json makes labels of fields, nested ones with _, and says __error__ of a line that is none', () => {
    expect(lines(seats, '{app="seats", town="oria"} | json')).toEqual([
      '{app="seats", level="error", status="500", took="1.5s", town="oria", trace_id="a1"} {"level":"error","status":500,"took":"1.5s","trace":{"id":"a1"},"tags":[1,2]}',
      '{app="seats", level="info", status="200", took="20ms", town="oria"} {"level":"info","status":200,"took":"20ms"}',
      '{__error__="JSONParserErr", app="seats", town="oria"} no json at all',
    ]);
    expect(
      lines(seats, '{app="seats"} | json id="trace.id", first="tags[0]" | id="a1" | line_format "{{.first}}"'),
    ).toEqual(['{app="seats", first="1", id="a1", town="oria"} 1']);
  });

  test("a parser's label that the stream has already gets _extracted", () => {
    expect(lines(seats, '{town="vado"} | json | town_extracted!="" | keep town_extracted')).toEqual([
      '{town_extracted="elsewhere"} {"level":"error","status":503,"took":"3s","town":"elsewhere"}',
    ]);
  });

  test('label filters compare texts, numbers, durations and sizes; "and" binds closer than "or"', () => {
    const count = (filter: string): number => lines(seats, `{app=~".+"} | json | __error__="" | ${filter}`).length;
    expect(count('status >= 500')).toBe(2);
    expect(count('took > 25ms and status = 200')).toBe(1);
    expect(count('status = 200 or level = "error", took > 2s')).toBe(3);
    expect(count('(status = 200 or level = "error") and took > 2s')).toBe(1);
    expect(lines(seats, '{app="mail"} | logfmt | size > 2MiB | drop app, town, size, level')).toEqual([
      '{msg="queue is long"} level=warn msg="queue is long" size=3MB empty=',
    ]);
  });

  test('a value that cannot be compared is told as an error and not dropped', () => {
    expect(lines(seats, '{app="mail"} | logfmt | level > 5 | keep level')[0]).toContain('__error__="LabelFilterErr"');
  });

  test('pattern, regexp and templates', () => {
    const access = streamsOf({ 'app=web': [[1, '10.0.0.7 - GET /seats 200']] });
    expect(
      lines(
        access,
        '{app="web"} | pattern "<ip> - <method> <_> <status>" | line_format "{{.method | lower}} {{.status}}"',
      ),
    ).toEqual(['{app="web", ip="10.0.0.7", method="GET", status="200"} get 200']);
    expect(
      lines(
        access,
        '{app="web"} | regexp "(?P<verb>[A-Z]+) (?P<path>/[a-z]+)" | label_format what="{{.verb}}!", path2=path',
      ),
    ).toEqual(['{app="web", path2="/seats", verb="GET", what="GET!"} 10.0.0.7 - GET /seats 200']);
  });

  test('gives the newest lines first up to a limit, the start of the range included and its end not', () => {
    const many = streamsOf({ 'app=a': [0, 10, 20, 30].map((seconds) => [seconds, `at ${seconds}`] as const) });
    const answer = queryLogs(many, '{app="a"}', { from: 0, to: 30_000, step: 1000, limit: 2, forward: false });
    expect(answer).toMatchObject({ streams: [{ entries: [{ line: 'at 20' }, { line: 'at 10' }] }] });
    expect(lines(many, '{app="a"}')[0]).toContain('at 0');
  });
});

describe('a metric query', () => {
  const at = (query: string, seconds = 60): readonly string[] => numbers(queryLogsAt(seats, query, seconds * 1000));

  test('counts lines in a window that is open at its start and closed at its end', () => {
    expect(at('count_over_time({app="seats"}[30s])', 40)).toEqual([
      '{app="seats", town="oria"} 2',
      '{app="seats", town="vado"} 2',
    ]);
    expect(at('sum(rate({app="seats"} |= "error" [1m]))')).toEqual([`{} ${2 / 60}`]);
    expect(at('sum by (town) (bytes_over_time({app="mail"}[1m]))')).toEqual(['{town="oria"} 46']);
    expect(at('count_over_time({app="seats",town="oria"}[1m] offset 1m)', 120)).toEqual([
      '{app="seats", town="oria"} 3',
    ]);
  });

  test('takes numbers from labels with unwrap', () => {
    const slow = '{app="seats"} | json | __error__="" | unwrap duration(took)';
    expect(at(`max_over_time(${slow} [1m]) by (town)`)).toEqual(['{town="oria"} 1.5', '{town="vado"} 3']);
    expect(at(`quantile_over_time(0.5, ${slow} [1m]) by (app)`)).toEqual(['{app="seats"} 0.765']);
    expect(at('sum(sum_over_time({app="mail"} | logfmt | unwrap bytes(size) [1m]))')).toEqual(['{} 3000000']);
  });

  test('operators bind as in Prometheus, which the grammar alone does not know', () => {
    expect(at('1 + 2 * 3 ^ 2 ^ 0')).toEqual(['7']);
    expect(at('10 - 4 - 3')).toEqual(['3']);
    expect(at('(10 - 4) * 3 > bool 17')).toEqual(['1']);
    expect(
      at(
        'sum by (town) (count_over_time({app="seats"} |= "error" [1m])) / sum by (town) (count_over_time({app="seats"}[1m])) * 100 > 40',
      ),
    ).toEqual(['{town="vado"} 50']);
    expect(at('topk(1, sum by (town) (count_over_time({app="seats"}[1m])))')).toEqual(['{town="oria"} 3']);
    expect(at('absent_over_time({app="web"}[1m])')).toEqual(['{app="web"} 1']);
  });

  test('a line that could not be read stops the query and is not left out silently', () => {
    expect(at('count_over_time({app="seats"} | json [1m])')).toEqual([
      `pipeline error: 'JSONParserErr' for series: '{__error__="JSONParserErr", app="seats", town="oria"}'.`,
    ]);
  });

  test('over a range has a point a step where there is something', () => {
    const answer = queryLogs(seats, 'count_over_time({app="mail"}[20s])', {
      from: 0,
      to: 60_000,
      step: 20_000,
      limit: 0,
      forward: true,
    });
    expect(answer).toMatchObject({ kind: 'matrix', series: [{ points: [[40_000, 1]] }] });
  });

  test('counting and grouping any lines adds up to all of them', () => {
    const line = fc.tuple(fc.nat(59), fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x=1', 'x=2 y=3', 'z'));
    fc.assert(
      fc.property(fc.array(line), (all) => {
        const logs = readLogs(
          all.map(([seconds, town, text]) =>
            formatLogRecord(
              [
                ['app', 'p'],
                ['town', town],
              ],
              { at: seconds * 1000 + 1, line: text },
            ),
          ),
        );
        const answer = queryLogsAt(logs, 'count_over_time({app="p"} | logfmt [1m])', MINUTE);
        const sum = answer.kind === 'vector' ? answer.samples.reduce((total, { value }) => total + value, 0) : -1;
        expect(sum).toBe(all.length);
      }),
    );
  });
});

describe('what cannot be asked', () => {
  test.each([
    ['{app="a"', 'parse error : syntax error'],
    ['{app=~".*"}', 'queries require at least one regexp or equality matcher'],
    ['{app="a"} |~ "("', 'error parsing regexp: missing closing )'],
    ['{app="a"} | pattern "<a><b>"', 'found consecutive capture'],
    ['{app="a"} | unpack', "'unpack' is not part of this sandbox"],
    ['{app="a"} |= ip("10.0.0.0/8")', 'is not part of this sandbox'],
    ['{app="a"} | line_format "{{ nosuch }}"', 'function "nosuch" not defined'],
    ['rate_counter({app="a"} | unwrap x [1m])', "'rate_counter' is not part of this sandbox"],
    ['count_over_time({app="a"} | unwrap x [1m])', 'invalid aggregation count_over_time with unwrap'],
    ['sum_over_time({app="a"}[1m])', 'invalid aggregation sum_over_time without unwrap'],
    ['rate({app="a"}[1m]) by (x)', 'grouping not allowed for rate aggregation'],
    ['rate({app="a"}[1m]) and 1', 'unexpected literal for right leg'],
    ['rate({app="a"}[1m]) * on(x) group_left rate({app="a"}[1m])', "'group_left' is not part of this sandbox"],
  ])('%s', (query, part) => {
    const answer = queryLogs(seats, query, { from: 0, to: MINUTE, step: MINUTE, limit: 0, forward: true });
    expect(answer.kind === 'problem' ? answer.message : answer.kind).toContain(part);
  });

  test('a query that is too long or nests too deep is refused, not run into', () => {
    const nested = (depth: number): string => `${'('.repeat(depth)}1${')'.repeat(depth)}`;
    expect(numbers(queryLogsAt([], nested(100), 0))).toEqual(['1']);
    for (const query of [
      nested(50_000),
      `${'sum('.repeat(30_000)}1`,
      '1 + '.repeat(30_000).concat('1'),
      'x'.repeat(200_000),
    ])
      expect(queryLogsAt([], query, 0)).toMatchObject({ kind: 'problem' });
  });

  test('a query over too many points is refused before it is computed', () => {
    const answer = queryLogs(seats, 'rate({app="seats"}[1m])', {
      from: 0,
      to: 1e9,
      step: 1000,
      limit: 0,
      forward: true,
    });
    expect(answer).toMatchObject({ kind: 'problem', message: expect.stringContaining('11,000 points') });
  });
});

test('our JSON agrees with JSON.parse about what is JSON', () => {
  fc.assert(fc.property(fc.json(), (text) => parseJson(text) !== undefined));
  for (const wrong of ['', '{', '{"a":}', '[1,]', '01', '"\n"', '{"a":1}x', "{'a':1}", '[1 2]', 'nul'])
    expect(parseJson(wrong)).toBeUndefined();
  expect(parseJson('['.repeat(5000))).toBeUndefined();
});

test('durations and sizes are read as Go and go-humanize read them', () => {
  expect(['1h30m', '1.5s', '250us', '0', '-2m'].map((text) => parseSeconds(text))).toEqual([
    5400, 1.5, 0.00025, 0, -120,
  ]);
  expect(['1', '1d', 'x', ''].map((text) => parseSeconds(text))).toEqual([undefined, undefined, undefined, undefined]);
  expect(parseSeconds('1d', true)).toBe(86_400);
  expect(['20B', '42MB', '1.5KiB', '1kb', '12', 'x'].map(parseBytes)).toEqual([
    20,
    42_000_000,
    1536,
    1000,
    12,
    undefined,
  ]);
});
