import { expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { createMachine, createShell } from '../../machine/index.ts';
import { answerApi, append, createStore, labelsOf } from '../../telemetry/index.ts';
import { promtool } from './index.ts';

const kernel = createKernel({ seed: 'promtool' });
const machine = createMachine({ kernel, language: 'en' });
const shell = createShell(machine, [promtool], undefined, { pause: async () => {} });

const store = createStore();
const start = kernel.now();
for (let i = 0; i <= 4; i++) {
  append(store, labelsOf('up', { job: 'web', instance: 'web-1' }), start + i * 15_000, i % 2);
}
machine.network.listen(9090, 1, async ({ target, body }) => {
  const answer = answerApi(store, target, new TextDecoder().decode(body), kernel.now());
  return { status: answer.status, statusText: 'OK', headers: [], body: new TextEncoder().encode(answer.body) };
});

const run = async (line: string): Promise<string> => {
  const { stdout, stderr, exitCode } = await shell.run(line);
  return `${stdout}${stderr}${exitCode}`;
};
const server = 'http://localhost:9090';
const seconds = start / 1000;

test('an instant query prints a vector, a scalar and JSON as the real one does', async () => {
  expect(await run(`promtool query instant --time=${seconds + 15} ${server} up`)).toBe(
    `up{instance="web-1", job="web"} => 1 @[${seconds + 15}]\n0`,
  );
  expect(await run(`promtool query instant --time=${seconds} ${server} '1+1'`)).toBe(`scalar: 2 @[${seconds}]\n0`);
  expect(await run(`promtool query instant -o json --time=${seconds} ${server} 'vector(2)'`)).toBe(
    `[{"metric":{},"value":[${seconds},"2"]}]\n0`,
  );
});

test('a range query, series and values of a label', async () => {
  expect(await run(`promtool query range --start=${seconds} --end=${seconds + 30} --step=15s ${server} up`)).toBe(
    `up{instance="web-1", job="web"} =>\n0 @[${seconds}]\n1 @[${seconds + 15}]\n0 @[${seconds + 30}]\n0`,
  );
  expect(await run(`promtool query series --match=up ${server}`)).toBe(
    '{__name__="up", instance="web-1", job="web"}\n0',
  );
  expect(await run(`promtool query labels ${server} job`)).toBe('web\n0');
});

test('what is wrong with a query is told, and that nobody answers', async () => {
  expect(await run(`promtool query instant ${server} 'up +'`)).toBe(
    'query error: bad_data: invalid parameter "query": 1:5: parse error: unexpected end of input\n1',
  );
  expect(await run('promtool query instant http://nowhere:9090 up')).toBe(
    'query error: Post "http://nowhere:9090/api/v1/query": dial tcp: lookup nowhere: no such host\n1',
  );
});

test('what is not here is refused by name', async () => {
  expect(await run('promtool tsdb list')).toBe("promtool: 'tsdb' is not part of this sandbox\n1");
});
