// Asks a Prometheus server of the sandbox over its HTTP API and prints the answer as promtool does.
import type { CommandIO } from '../../machine/index.ts';
import { createLabels, formatAllLabels, formatLabels, parseDuration, parseTime } from '../../telemetry/index.ts';
import { FAILURE } from './check-rules.ts';
import type { Parsed } from './options.ts';

type Point = readonly [number, string];
type Metric = Readonly<Record<string, string>>;

/** What the API gives as `data`. */
type Data =
  | { readonly resultType: 'scalar' | 'string'; readonly result: Point }
  | { readonly resultType: 'vector'; readonly result: readonly { readonly metric: Metric; readonly value: Point }[] }
  | {
      readonly resultType: 'matrix';
      readonly result: readonly { readonly metric: Metric; readonly values: readonly Point[] }[];
    };

/** @returns the exit code */
export async function runQuery(parsed: Parsed, io: CommandIO): Promise<number> {
  const fail = (message: string): number => {
    io.stderr(`${message}\n`);
    return FAILURE;
  };
  const [server = '', expression = ''] = parsed.args;
  const flag = (name: string): string | undefined => parsed.flags.get(name)?.at(-1);
  const format = flag('format') ?? 'promql';
  if (format !== 'promql' && format !== 'json') {
    return fail(`promtool: error: enum value must be one of promql,json, got '${format}', try --help`);
  }
  const asked = requestOf(parsed, expression, io.machine.kernel.now());
  if (typeof asked === 'string') return fail(asked);
  const answer = await ask(server, asked.path, asked.form, io);
  if ('error' in answer) return fail(`query error: ${answer.error}`);
  if (format === 'json') {
    const data = answer.data as { readonly result?: unknown };
    io.stdout(
      `${JSON.stringify(parsed.command === 'query instant' || parsed.command === 'query range' ? data.result : data)}\n`,
    );
    return 0;
  }
  if (parsed.command === 'query series') {
    for (const metric of answer.data as readonly Metric[])
      io.stdout(`${formatAllLabels(createLabels(Object.entries(metric)))}\n`);
  } else if (parsed.command === 'query labels') {
    for (const value of answer.data as readonly string[]) io.stdout(`${value}\n`);
  } else io.stdout(`${show(answer.data as Data)}\n`);
  return 0;
}

interface Asked {
  readonly path: string;
  readonly form: readonly (readonly [string, string])[];
}

/** The request for what was asked, or what is wrong with its times. */
function requestOf(parsed: Parsed, expression: string, now: number): Asked | string {
  const flag = (name: string): string | undefined => parsed.flags.get(name)?.at(-1);
  const time = (name: string, otherwise: number): number | string => {
    const text = flag(name);
    if (text === undefined) return otherwise;
    return (
      parseTime(text) ??
      `error parsing ${name === 'time' ? 'evaluation' : name} time: cannot parse "${text}" to a valid timestamp`
    );
  };
  if (parsed.command === 'query instant') {
    const at = time('time', now);
    if (typeof at === 'string') return at;
    return {
      path: '/api/v1/query',
      form: [
        ['query', expression],
        ['time', String(at / 1000)],
      ],
    };
  }
  const end = time('end', now);
  if (typeof end === 'string') return end;
  if (parsed.command === 'query range') {
    const start = time('start', end - 5 * 60_000);
    if (typeof start === 'string') return start;
    if (start >= end) return 'start time is not before end time';
    const given = flag('step');
    // As promtool: 250 points, but at least a second apart.
    const step = given === undefined ? Math.max(Math.floor((end - start) / 250_000), 1) * 1000 : parseDuration(given);
    if (step === undefined) return `promtool: error: time: invalid duration "${given}", try --help`;
    const span = [
      ['start', start],
      ['end', end],
      ['step', step],
    ] as const;
    return {
      path: '/api/v1/query_range',
      form: [['query', expression], ...span.map(([name, ms]) => [name, String(ms / 1000)] as const)],
    };
  }
  const matchers = (parsed.flags.get('match') ?? []).map((text) => ['match[]', text] as const);
  if (parsed.command === 'query series') {
    if (matchers.length === 0) return 'promtool: error: required flag --match not provided, try --help';
    return { path: '/api/v1/series', form: matchers };
  }
  return { path: `/api/v1/label/${encodeURIComponent(expression)}/values`, form: matchers };
}

async function ask(
  server: string,
  path: string,
  form: readonly (readonly [string, string])[],
  io: CommandIO,
): Promise<{ readonly data: unknown } | { readonly error: string }> {
  const address = /^(?:https?:\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/.exec(server);
  if (address === null) return { error: `parse "${server}": invalid URI for request` };
  const [, host = '', port = '80'] = address;
  const body = form.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  // Values of a label can only be asked for with GET.
  const isGet = path.startsWith('/api/v1/label/');
  const response = await io.machine.network.request(host, Number(port), {
    method: isGet ? 'GET' : 'POST',
    target: isGet && body !== '' ? `${path}?${body}` : path,
    headers: { host: `${host}:${port}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: isGet ? new Uint8Array() : new TextEncoder().encode(body),
  });
  if (typeof response === 'string')
    return { error: `${isGet ? 'Get' : 'Post'} "${server}${path}": ${unreachable(response, host, port)}` };
  const text = new TextDecoder().decode(response.body);
  try {
    const answer = JSON.parse(text) as { status?: string; data?: unknown; errorType?: string; error?: string };
    if (answer.status === 'success') return { data: answer.data };
    if (answer.status === 'error') return { error: `${answer.errorType}: ${answer.error}` };
  } catch {
    // Not an answer of the API: told below.
  }
  return { error: `bad_response: unknown response code ${response.status}` };
}

function unreachable(failure: string, host: string, port: string): string {
  if (failure === 'ENOTFOUND') return `dial tcp: lookup ${host}: no such host`;
  const address = host === 'localhost' ? '127.0.0.1' : host;
  const why =
    failure === 'ECONNREFUSED'
      ? 'connection refused'
      : failure === 'ETIMEDOUT'
        ? 'i/o timeout'
        : 'connection reset by peer';
  return `dial tcp ${address}:${port}: connect: ${why}`;
}

function show(data: Data): string {
  switch (data.resultType) {
    case 'scalar':
      return `scalar: ${data.result[1]} @[${data.result[0]}]`;
    case 'string':
      return data.result[1];
    case 'vector':
      return data.result.map(({ metric, value: [time, value] }) => `${name(metric)} => ${value} @[${time}]`).join('\n');
    case 'matrix':
      return data.result
        .map(
          ({ metric, values }) =>
            `${name(metric)} =>\n${values.map(([time, value]) => `${value} @[${time}]`).join('\n')}`,
        )
        .join('\n');
  }
}

const name = (metric: Metric): string => formatLabels(createLabels(Object.entries(metric)));
