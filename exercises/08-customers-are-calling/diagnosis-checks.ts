// What is judged of the learner's look at Friday's figures: a percentile, a resource and a minute.
import { type Check, type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { clock, figure, goal, record } from './figures.ts';

/** A stretch of a day with one instance. */
interface Stretch {
  readonly day: 'friday-1700' | 'half-slow-payment';
  readonly date: string;
  /** Minutes of the day. */
  readonly from: number;
  readonly to: number;
}

/** Where latencies rise, and no two percentiles are alike. */
const BEFORE_THE_QUEUE: Stretch = { day: 'friday-1700', date: '2026-03-06', from: 14 * 60 + 45, to: 15 * 60 + 5 };
/**
 * Where payments are slow and searches are not: the p96 of `seats` is 3.6 to 4.0 s, the p95 of all services together 4.2 to 4.4 s. On
 * Friday the latter is within what is taken for right.
 */
const SLOW_PAYMENTS: Stretch = { day: 'half-slow-payment', date: '2026-03-12', from: 10 * 60 + 10, to: 10 * 60 + 30 };

/** One value a minute: those of each series, or Prometheus' own words for what is wrong. */
async function ask(
  desk: Desk,
  { day, date, from, to }: Stretch,
  query: string,
): Promise<readonly (readonly number[])[] | string> {
  await desk.run(`cat > /tmp/query.promql <<'END_OF_QUERY'\n${query}\nEND_OF_QUERY`);
  const { stdout } = await desk.run(
    `curl -sS -G http://${day}.ventarela.test:9090/api/v1/query_range --data-urlencode "query=$(cat /tmp/query.promql)" -d start=${date}T${clock(from)}:00Z -d end=${date}T${clock(to)}:00Z -d step=60`,
  );
  const { error, data } = JSON.parse(stdout) as {
    error?: string;
    data: { result: { values: [number, string][] }[] };
  };
  if (error !== undefined) return error.replace('invalid parameter "query": ', '');
  return data.result.map(({ values }) => values.map(([, value]) => Number(value)));
}

/** Minutes of the 21 that may lie elsewhere: who takes another function than `rate`, or smooths. */
const ODD_MINUTES = 4;

interface Asked {
  readonly series: readonly (readonly number[])[] | string;
  /** What p95 may be in each window of the query: half a percentile less, and more. */
  readonly windows: readonly (readonly [readonly number[], readonly number[]])[];
}

async function askWithOneInstance(desk: Desk, stretch: Stretch, query: string): Promise<Asked> {
  await desk.run(
    `printf 'seats: { min: 1, max: 1 }' > /tmp/one.yaml; prodsim run ${stretch.day} --capacity /tmp/one.yaml`,
  );
  const quantile = async (share: number, window: string): Promise<readonly number[]> => {
    const series = await ask(
      desk,
      stretch,
      `histogram_quantile(${share}, sum by (le) (rate(lb_request_duration_seconds_bucket{service="seats"}[${window}])))`,
    );
    const [values] = typeof series === 'string' ? [] : series;
    if (values === undefined) throw new Error('the day has no latencies');
    return values;
  };
  const series = await ask(desk, stretch, query);
  // Any window of two scrapes and more, up to half an hour: past that it is no longer the p95 of a moment.
  const named = [...query.matchAll(/\[\s*([1-9]|[12]\d|30)m\b/g)].map(([, minutes]) => `${minutes}m`);
  const windows = await Promise.all(
    [...new Set(named.length === 0 ? ['5m'] : named)]
      .slice(0, 2)
      .map(async (window) => [await quantile(0.945, window), await quantile(0.955, window)] as const),
  );
  return { series, windows };
}

export const ninetyFifth: Check = {
  id: 'd08-c7',
  goal: goal('latency.promql pregunta por el percentil 95', 'latency.promql asks for the 95th percentile'),
  kind: 'world',
  async run(desk) {
    const friday = await isNinetyFifth(
      desk,
      BEFORE_THE_QUEUE,
      goal(
        'Cambia solo el primer número de `histogram_quantile`, y deja `{service="seats"}`: 0.95 es el tiempo que no supera el 95 % de las peticiones.',
        'Change only the first number of `histogram_quantile`, and leave `{service="seats"}`: 0.95 is the time that 95 % of the requests do not exceed.',
      ),
    );
    if (!friday.passed) return friday;
    return isNinetyFifth(
      desk,
      SLOW_PAYMENTS,
      goal(
        'Ese día solo los pagos son lentos. Sin `{service="seats"}` cuentan también sus respuestas, que los compradores ya esperan dentro de `seats`.',
        'On that day only payments are slow. Without `{service="seats"}` their answers count as well, for which buyers wait within `seats` already.',
      ),
    );
  },
};

/** Of a query that gives no series, or several. */
const NOT_ONE = goal(
  'Vuelve a la forma del principio: `sum by (le)` junta todas las instancias y conserva `le`, que `histogram_quantile` necesita.',
  'Go back to the shape it had: `sum by (le)` adds up all instances and keeps `le`, which `histogram_quantile` needs.',
);

async function isNinetyFifth(desk: Desk, stretch: Stretch, next: Words): Promise<Verdict> {
  const { series, windows } = await askWithOneInstance(desk, stretch, desk.text('latency.promql'));
  const where = { file: 'latency.promql' };
  const [only, ...more] = typeof series === 'string' ? [] : series;
  if (typeof series === 'string' || only === undefined || more.length > 0) {
    return failed({
      expected: goal('una serie con el p95 de `seats`, en segundos', 'one series with the p95 of `seats`, in seconds'),
      found:
        typeof series === 'string'
          ? goal(`\`${series}\``, `\`${series}\``)
          : goal(`${series.length} series`, `${series.length} series`),
      where,
      next: typeof series === 'string' ? next : NOT_ONE,
    });
  }
  const inMs = only.reduce((sum, one) => sum + one, 0) / only.length > 100;
  const seconds = only.map((one) => (inMs ? one / 1000 : one));
  const outside = windows.map(([low, high]) =>
    low.flatMap((least, minute) => {
      const value = seconds[minute];
      return value !== undefined && value >= least && value <= (high[minute] ?? 0) ? [] : [minute];
    }),
  );
  const best = outside.toSorted((a, b) => a.length - b.length)[0] ?? [];
  if (best.length <= ODD_MINUTES) return passed;
  const minute = best.at(-1) ?? 0;
  const [low, high] = (windows[outside.indexOf(best)] ?? []).map((values) => figure(values[minute] ?? 0, 2));
  const time = clock(stretch.from + minute);
  const value = seconds[minute];
  return failed({
    expected: goal(
      `${stretch.day} a las ${time}, entre ${low?.es} y ${high?.es} s (entre p94,5 y p95,5)`,
      `${stretch.day} at ${time}, ${low?.en} to ${high?.en} s (between p94.5 and p95.5)`,
    ),
    found:
      value === undefined
        ? goal('ningún valor', 'no value')
        : goal(`${figure(value, 2).es} s`, `${figure(value, 2).en} s`),
    where,
    next,
  });
}

/** The minute of the day from which more than 20 wait, in each of ten minutes. */
function queueGrowsAt(desk: Desk): number {
  const { minutes } = desk.replayDay({ day: 'friday-1700' }).replay;
  const waiting = minutes.map(({ services }) => services.seats?.waiting ?? 0);
  return waiting.findIndex((_, index) => waiting.slice(index, index + 10).every((one) => one > 20));
}

/**
 * Minutes by which the answer may be early: 15:07 is the first that does not empty, and 15:06 the last that did. 15:08 is the moment at which
 * Prometheus tells of it, which the step says. Who looks every five minutes only finds 15:10; the first minute with a processor above 90 %
 * is 15:04, and at 15:05 the queue emptied once more.
 */
const TOLERANCE = 1;

export const diagnosed: Check = {
  id: 'd08-c1',
  goal: goal(
    'El diagnóstico nombra el recurso saturado y el minuto en que la cola empezó a crecer',
    'The diagnosis names the saturated resource and the minute in which the queue began to grow',
  ),
  kind: 'file',
  run(desk) {
    const given = record(desk.yaml('diagnosis.yaml'));
    const resource = String(given.resource ?? '').toLowerCase();
    const where = { file: 'diagnosis.yaml' };
    // Who names them all has not said which.
    const isOne = !/\bmem|\bnet|\bred\b|\bpa[yg]/.test(resource);
    if (!/cpu|proce/.test(resource) || !isOne)
      return failed({
        expected: goal(
          'un recurso: el que llega a su límite a la vez que crece la cola',
          'one resource: the one that comes to its limit while the queue grows',
        ),
        found: goal(resource === '' ? 'nada' : `\`${resource}\``, resource === '' ? 'nothing' : `\`${resource}\``),
        where,
        next: goal(
          'Pregunta por cada uno con `ops/ask.sh` de 14:30 a 15:30. ¿Cuál cambia, y cuál se queda clavado en su máximo?',
          'Ask for each with `ops/ask.sh` from 14:30 to 15:30. Which one changes, and which one sticks at its maximum?',
        ),
      });
    const truth = queueGrowsAt(desk);
    const [, hours, minutes] = /(\d{1,2})[:.](\d{2})/.exec(String(given.queue_grows_from ?? '')) ?? [];
    const told = hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
    if (told !== undefined && told <= truth && truth - told <= TOLERANCE) return passed;
    const tooEarly = told !== undefined && told < truth;
    return failed({
      expected: goal(
        'el minuto desde el que la cola ya no se vacía',
        'the minute from which the queue no longer empties',
      ),
      found: goal(told === undefined ? 'ninguna hora' : clock(told), told === undefined ? 'no time' : clock(told)),
      where,
      next: tooEarly
        ? goal(
            'Después de esa hora aún se vació alguna vez: mira minuto a minuto, hasta las 15:20.',
            'After that it emptied again at times: look minute by minute, until 15:20.',
          )
        : goal(
            '`ops/ask.sh queue.promql 15:00 15:20 1m`, con una sola instancia: ¿desde cuándo ya no vuelve a unos pocos? Cada cifra es del minuto que acaba a esa hora.',
            '`ops/ask.sh queue.promql 15:00 15:20 1m`, with one instance: from when does it no longer go back to a few? Each figure is for the minute that ends at that time.',
          ),
    });
  },
};
