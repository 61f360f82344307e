import { expect, test } from 'vitest';
import { answerApi } from './http-api.ts';
import { labelsOf } from './labels.ts';
import { append, createStore } from './store/store.ts';

const store = createStore();
for (const job of ['api', 'web']) append(store, labelsOf('up', { job }), 1000, job === 'web' ? 1 : 0);

const ask = (target: string, form = ''): unknown => {
  const { status, body } = answerApi(store, target, form, 5000);
  return { status, ...JSON.parse(body) };
};

test('an instant query, asked by GET or by POST, at a moment or now', () => {
  const vector = (at: number): unknown => ({
    status: 'success',
    data: { resultType: 'vector', result: [{ metric: { __name__: 'up', job: 'web' }, value: [at, '1'] }] },
  });
  expect(ask('/api/v1/query?query=up%20%3E%200&time=2.5')).toEqual(vector(2.5));
  expect(ask('/api/v1/query', 'query=up+%3E+0')).toEqual(vector(5));
});

test('a range query, series, label names and values', () => {
  expect(ask('/api/v1/query_range?query=vector(1)&start=0&end=1970-01-01T00:00:02Z&step=1s')).toMatchObject({
    data: {
      resultType: 'matrix',
      result: [
        {
          metric: {},
          values: [
            [0, '1'],
            [1, '1'],
            [2, '1'],
          ],
        },
      ],
    },
  });
  expect(ask('/api/v1/series?match[]=up{job="api"}')).toMatchObject({ data: [{ __name__: 'up', job: 'api' }] });
  expect(ask('/api/v1/labels')).toMatchObject({ data: ['__name__', 'job'] });
  expect(ask('/api/v1/label/job/values')).toMatchObject({ data: ['api', 'web'] });
});

test('what is wrong is told with its kind', () => {
  expect(answerApi(store, '/api/v1/query?query=up%20%2B', '', 0)).toEqual({
    status: 400,
    body: '{"status":"error","errorType":"bad_data","error":"invalid parameter \\"query\\": 1:5: parse error: unexpected end of input"}',
  });
  expect(ask('/api/v1/query_range?query=up&start=0&end=x&step=1')).toMatchObject({ errorType: 'bad_data' });
  expect(answerApi(store, '/api/v2/query', '', 0).status).toBe(404);
});
