// What is judged of the rules whatever the time is: an alert that fires in one hour fires in every other with the same harm.
import { type Desk, failed, passed, type Verdict } from '../../sandbox/checks/index.ts';
import { both } from './days.ts';
import { BUCKETS, RULES } from './rules.ts';

/** Hours until the longest window that rules look back on is full, and the day that is judged after them. */
const BEFORE = 3;
const DAY = 24;
const AN_HOUR = 240;
const SAMPLES = (BEFORE + DAY) * AN_HOUR;
/** More at each sample while half of the answers are errors. */
const STEP = 75;

/** Codes of the errors, one after the other, each for its share of the day. 500 has a day of its own. */
const CODES = ['502', '503', '504'];

const series = (name: string, labels: string, values: string): string =>
  `      - { series: '${name}{job="balancer",service="seats"${labels}}', values: '${values}' }`;

/** The count of one of the codes: nothing, more and more, no more. */
function errors(index: number): string {
  const turn = (DAY / CODES.length) * AN_HOUR;
  const from = index === 0 ? 0 : BEFORE * AN_HOUR + index * turn;
  const to = BEFORE * AN_HOUR + (index + 1) * turn;
  return `0x${from} ${STEP}+${STEP}x${to - from} ${STEP * (to - from + 1)}x${SAMPLES - to}`;
}

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
  series('lb_requests_total', ',code="200"', `0+${STEP}x${SAMPLES}`),
  ...CODES.map((code, index) => series('lb_requests_total', `,code="${code}"`, errors(index))),
  ...BUCKETS.map((le) =>
    series(
      'lb_request_duration_seconds_bucket',
      `,le="${le}"`,
      `0+${le === '10' || le === '+Inf' ? 2 * STEP : 0}x${SAMPLES}`,
    ),
  ),
  series('lb_request_duration_seconds_count', '', `0+${2 * STEP}x${SAMPLES}`),
  series('lb_request_duration_seconds_sum', '', `0+${16 * STEP}x${SAMPLES}`),
].join('\n')}
    promql_expr_test:
      - { expr: 'sum by (alertname) (count_over_time(ALERTS{alertstate="firing"}[${DAY}h])) < ${DAY}', eval_time: ${BEFORE + DAY}h }`;

/** Buyers are harmed at any hour, by any 5xx: a rule that is mute in some of them knows only the days that it was tried on. */
export async function atAnyHour(desk: Desk): Promise<Verdict> {
  const { stderr } = await desk.run(
    `cat > /tmp/harm-all-day.yaml <<END\n${HARM_ALL_DAY}\nEND\npromtool test rules /tmp/harm-all-day.yaml`,
  );
  const [, name, hours] = /got: .*alertname="([^"]*)"[^}]*\} (\S+)/.exec(stderr) ?? [];
  if (name === undefined) return passed;
  const mute = DAY - Number(hours);
  return failed({
    expected: both(
      `esperas de 5 a 10 s y la mitad de errores todo el día (${CODES.join(', luego ')}): la misma alerta a cada hora`,
      `waits of 5 to 10 s and half of the answers errors all day (${CODES.join(', then ')}): the same alert every hour`,
    ),
    found: both(`${name} calla en ${mute} de las ${DAY} horas`, `${name} is silent in ${mute} of the ${DAY} hours`),
    where: { file: RULES },
    next: both(
      'Cuenta cada 5xx: `code=~"5.."`. Una regla según la hora (`hour()`) conoce un solo día.',
      'Count every 5xx: `code=~"5.."`. A rule by the clock (`hour()`) knows a single day.',
    ),
  });
}
