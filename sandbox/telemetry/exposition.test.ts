import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readExposition, writeExposition } from './exposition.ts';
import { createLabels, formatLabels, labelsOf } from './labels.ts';
import { query } from './promql/query.ts';
import { noScrapeYet, storeScrape } from './scrape.ts';
import { createStore, type Store } from './store/store.ts';

const text = `# HELP http_requests_total Requests, by "code" and C:\\\\path.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000
http_requests_total{method="post",code="400"}    3

# TYPE latency histogram
latency_bucket{le="0.1"} 24
latency_bucket{le="+Inf"} 30
latency_sum 5.5e-1
latency_count 30
free NaN
`;

test('an exposition is read by families, with escapes, times and special values', () => {
  const families = readExposition(text);
  expect(families.map(({ name, type, samples }) => [name, type, samples.length])).toEqual([
    ['http_requests_total', 'counter', 2],
    ['latency', 'histogram', 4],
    ['free', 'untyped', 1],
  ]);
  expect(families[0]?.help).toBe('Requests, by "code" and C:\\path.');
  expect(families[0]?.samples[0]).toEqual({
    labels: labelsOf('http_requests_total', { method: 'post', code: '200' }),
    value: 1027,
    time: 1395066363000,
    line: 3,
  });
});

test('what is written is read back', () => {
  const family = fc.record({
    name: fc.constantFrom('a', 'b_total', 'c:d'),
    help: fc.option(
      fc.string().map((help) => help.trim().replace(/[\r\n\s]+/g, ' ')),
      { nil: undefined },
    ),
    type: fc.constantFrom('counter' as const, 'gauge' as const),
    samples: fc.uniqueArray(fc.record({ value: fc.double(), code: fc.string() }), {
      selector: ({ code }) => code,
      maxLength: 4,
    }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(family, { selector: ({ name }) => name }), (given) => {
      const families = given.map(({ samples, help, ...rest }) => ({
        ...rest,
        help: help === '' ? undefined : help,
        samples: samples.map(({ value, code }) => ({
          labels: createLabels([
            ['__name__', rest.name],
            ['code', code],
          ]),
          value,
        })),
      }));
      const read = readExposition(writeExposition(families));
      expect(read.map((one) => ({ ...one, samples: one.samples.map(({ line: _, ...sample }) => sample) }))).toEqual(
        families,
      );
    }),
  );
});

test.each([
  ['a b\n', 'text format parsing error in line 1: expected float as value, got "b"'],
  ['a{b=c} 1\n', `text format parsing error in line 1: expected '"' at start of label value, found 'c'`],
  ['a 1', 'text format parsing error in line 1: unexpected end of input stream'],
  ['# TYPE a foo\n', 'text format parsing error in line 1: unknown metric type "foo"'],
])('%j is refused', (wrong, message) => expect(() => readExposition(wrong)).toThrow(message));

const names = (store: Store, at: number): string[] => {
  const result = query(store, '{job="web"}', at);
  if (!result.ok || result.value.type !== 'vector') throw new Error(JSON.stringify(result));
  return result.value.samples.map(({ labels, value }) => `${formatLabels(labels)} ${value}`).sort();
};

test('a series that a scrape no longer brings has ended; a target that does not answer is down', () => {
  const store = createStore();
  const target = { job: 'web' };
  let state = storeScrape(store, target, { ok: true, text: 'a 1\nb{job="x"} 2\n' }, noScrapeYet, 0).state;
  expect(names(store, 0)).toEqual([
    'a{job="web"} 1',
    'b{exported_job="x", job="web"} 2',
    'scrape_samples_scraped{job="web"} 2',
    'up{job="web"} 1',
  ]);
  state = storeScrape(store, target, { ok: true, text: 'a 1\n' }, state, 15_000).state;
  expect(names(store, 15_000)).toEqual(['a{job="web"} 1', 'scrape_samples_scraped{job="web"} 1', 'up{job="web"} 1']);
  storeScrape(store, target, { ok: false }, state, 30_000);
  expect(names(store, 30_000)).toEqual(['scrape_samples_scraped{job="web"} 0', 'up{job="web"} 0']);
});
