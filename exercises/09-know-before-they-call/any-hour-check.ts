// What is judged of the rules whatever the time is: an alert that fires in one hour fires in every other with the same harm.
import { type Desk, failed, passed, type Verdict } from '../../sandbox/checks/index.ts';
import { both } from './days.ts';
import { BUCKETS, RULES } from './rules.ts';

/** Hours until the longest window that rules look back on is full, and the day that is judged after them. */
const BEFORE = 3;
const DAY = 24;
const SAMPLES = (BEFORE + DAY) * 240;

const series = (name: string, labels: string, step: number): string =>
  `      - { series: '${name}{job="balancer",service="seats"${labels}}', values: '0+${step}x${SAMPLES}' }`;

/**
 * Harm that never ends: half of the answers are errors, and each takes between five and ten seconds. Rules are asked every hour. Tells
 * alerts that fire in some hours only; one that looks at something else fires in none. For promtool.
 */
const HARM_ALL_DAY = `rule_files: [$HOME/${RULES}]
evaluation_interval: 1h
tests:
  - interval: 15s
    input_series:
${[
  ...['200', '503'].map((code) => series('lb_requests_total', `,code="${code}"`, 75)),
  ...BUCKETS.map((le) =>
    series('lb_request_duration_seconds_bucket', `,le="${le}"`, le === '10' || le === '+Inf' ? 150 : 0),
  ),
  series('lb_request_duration_seconds_count', '', 150),
  series('lb_request_duration_seconds_sum', '', 1200),
].join('\n')}
    promql_expr_test:
      - { expr: 'sum by (alertname) (count_over_time(ALERTS{alertstate="firing"}[${DAY}h])) < ${DAY}', eval_time: ${BEFORE + DAY}h }`;

/** Buyers are harmed at any hour: a rule that is mute in some of them knows only the days that it was tried on. */
export async function atAnyHour(desk: Desk): Promise<Verdict> {
  const { stderr } = await desk.run(
    `cat > /tmp/harm-all-day.yaml <<END\n${HARM_ALL_DAY}\nEND\npromtool test rules /tmp/harm-all-day.yaml`,
  );
  const [, name, hours] = /got: .*alertname="([^"]*)"[^}]*\} (\S+)/.exec(stderr) ?? [];
  if (name === undefined) return passed;
  const mute = DAY - Number(hours);
  return failed({
    expected: both(
      'con el mismo daño todo el día, la misma alerta a cada hora',
      'with the same harm all day, the same alert every hour',
    ),
    found: both(`${name} calla en ${mute} de las ${DAY} horas`, `${name} is silent in ${mute} of the ${DAY} hours`),
    where: { file: RULES },
    next: both(
      'Una regla según la hora (`hour()`) conoce un solo día. Si saltaba sin daño, sube el umbral o mide otra cosa.',
      'A rule by the clock (`hour()`) knows a single day. If it fired without harm, raise the threshold or measure something else.',
    ),
  });
}
