// Productions as numbers, hours long: what the learner's rules make of them costs no day to live through. For promtool.
import type { Desk } from '../../sandbox/checks/index.ts';
import { BUCKETS, RULES } from './rules.ts';

/** Samples of an hour, one every 15 seconds. */
const AN_HOUR = 240;

/** @param labels after `service`, each with its comma before it. */
export const series = (
  name: string,
  labels: string,
  values: string,
  { instance = 'balancer', service = 'seats' } = {},
): string =>
  `{ series: '${name}{job="balancer",instance="${instance}",service="${service}"${labels}}', values: '${values}' }`;

/** A counter that grows by so much from sample to sample, a number an hour. */
export function counter(each: readonly number[]): string {
  let count = 0;
  return each
    .map((step) => {
      const from = count;
      count += AN_HOUR * step;
      return `${from}+${step}x${AN_HOUR - 1}`;
    })
    .join(' ');
}

interface Waiting {
  /** Answers from sample to sample, a number an hour. */
  readonly each: readonly number[];
  /** The bucket in which each lies: how long it took, at most. */
  readonly seconds: string;
}

/** How long the answers of a balancer take: as many hours of each kind. */
export function waits(kinds: readonly Waiting[], instance?: string): readonly string[] {
  const grown = (weightOf: (seconds: string) => number): string =>
    counter(
      (kinds[0]?.each ?? []).map((_, hour) =>
        kinds.reduce((sum, { each, seconds }) => sum + weightOf(seconds) * (each[hour] ?? 0), 0),
      ),
    );
  const name = 'lb_request_duration_seconds';
  return [
    ...BUCKETS.map((le, index) =>
      series(
        `${name}_bucket`,
        `,le="${le}"`,
        grown((seconds) => (index < BUCKETS.indexOf(seconds) ? 0 : 1)),
        {
          instance,
        },
      ),
    ),
    series(
      `${name}_count`,
      '',
      grown(() => 1),
      { instance },
    ),
    series(
      `${name}_sum`,
      '',
      grown((seconds) => 0.8 * Number(seconds)),
      { instance },
    ),
  ];
}

/** Hours, of those that are asked for (halves too), at which an alert fires, each with the names of all that do. */
export async function firingAt(
  desk: Desk,
  production: readonly string[],
  hours: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const text = `rule_files: [$HOME/${RULES}]
evaluation_interval: 30m
tests:
  - interval: 15s
    input_series:
${production.map((one) => `      - ${one}`).join('\n')}
    promql_expr_test:
${hours.map((hour) => `      - { expr: 'ALERTS{alertstate="firing"}', eval_time: ${60 * hour}m }`).join('\n')}`;
  const { stderr } = await desk.run(
    `cat > /tmp/numbers.yaml <<END\n${text}\nEND\npromtool test rules /tmp/numbers.yaml`,
  );
  return new Map(
    [...stderr.matchAll(/time: (\S+),\s+exp: nil\s+got: (.*)/g)].map(([, time = '', labels = '']) => [
      hoursOf(time),
      [...labels.matchAll(/alertname="([^"]*)"/g)].map(([, name = '']) => name),
    ]),
  );
}

/** `1d3h30m` */
function hoursOf(time: string): number {
  const [, days = 0, hours = 0, minutes = 0] = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?/.exec(time) ?? [];
  return 24 * Number(days) + Number(hours) + Number(minutes) / 60;
}
