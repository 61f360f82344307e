// What is judged: the learner's rule, by living through Friday and Saturday with it; and what they read in Friday's figures.
import {
  beside,
  type Check,
  type Desk,
  failed,
  passed,
  type Star,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';

const goal = (es: string, en: string): Words => ({ es, en });

const RULES = 'capacity.yaml';

/**
 * The goals. On 20 seeds of Friday a target of 70 % with at most six has 99.7 % of the minutes and more in time, no call, and costs
 * 24.9 to 25.9. On 3 seeds of both days: other rules by load (target 50 to 80 %, at most 4 to 10 instances) 99.6 % and more, no call, 24.7 to
 * 29.8; two instances all day 87.7 to 90.4 % with 171 calls and more; six all day cost 87.7; a timetable made for Friday leaves 78.3 to 78.9 % of
 * Saturday's minutes in time, with 387 to 474 calls.
 */
const LEAST_IN_TIME = 0.99;
const CALLS_BELOW = 5;
const BUDGET = 30;
/**
 * For the star, on the day's own seed, with 99.8 % in time: the solution costs 23.33, a target of 80 % and at most four 23.30. Whoever
 * only writes 70 % and at most four pays 24.00; a target of 90 or 95 % is as cheap with 99.2 to 99.4 %.
 */
const FRUGAL = 23.6;
const ROOMY = 0.996;

type Day = 'friday-1700' | 'unseen-saturday';

interface Outcome {
  readonly inTime: number;
  readonly calls: number;
  readonly cost: number;
}

function live(desk: Desk, day: Day, seed: string, capacity = RULES): Outcome {
  const { summary } = desk.replayDay({ day, seed, capacity }).replay;
  return { inTime: summary.minutesInTime, calls: summary.supportCalls, cost: summary.cost };
}

/** A figure as each language writes it. */
const figure = (value: number, digits: number): Words =>
  goal(value.toFixed(digits).replace('.', ','), value.toFixed(digits));

/** Downwards, so that what does not reach a goal never looks as if it did. */
function percent(share: number): Words {
  const { es, en } = figure(Math.floor(share * 1000) / 10, 1);
  return goal(`${es} %`, `${en} %`);
}

const isServed = ({ inTime, calls }: Outcome): boolean => inTime >= LEAST_IN_TIME && calls < CALLS_BELOW;

const told = ({ inTime, calls }: Outcome): Words =>
  goal(`${percent(inTime).es} y ${calls} llamadas`, `${percent(inTime).en} and ${calls} calls`);

const besideTheRule = <One extends Check>(check: One): One =>
  beside(RULES, { found: goal('no se puede', 'it cannot') }, check);

function serves(desk: Desk, day: Day, seeds: readonly string[], name: Words, next: Words): Verdict {
  for (const seed of seeds) {
    const outcome = live(desk, day, seed);
    if (isServed(outcome)) continue;
    return failed({
      expected: goal(
        `${name.es}, p95 < 800 ms en el 99 % de los minutos y menos de ${CALLS_BELOW} llamadas`,
        `on ${name.en}, p95 < 800 ms in 99 % of the minutes and fewer than ${CALLS_BELOW} calls`,
      ),
      found: told(outcome),
      where: { file: RULES },
      next,
    });
  }
  return passed;
}

/** What a rule that does not serve Friday is told of its price: a night or a budget is no merit of it. */
function unserved(outcome: Outcome): Verdict {
  return failed({
    expected: goal('primero, un viernes bien atendido', 'first, a Friday that is served'),
    found: told(outcome),
    where: { file: RULES },
    next: goal(
      `Con p95 < 800 ms en el 99 % de los minutos y menos de ${CALLS_BELOW} llamadas, se mira esto.`,
      `With p95 < 800 ms in 99 % of the minutes and fewer than ${CALLS_BELOW} calls, this is looked at.`,
    ),
  });
}

export const replayed: Check = {
  id: 'd08-c6',
  goal: goal('Has repetido el viernes y tienes sus cifras', 'You have replayed Friday and have its figures'),
  kind: 'file',
  run(desk) {
    const file = 'production/friday-1700/minutes.csv';
    const next = goal('Ejecútalo en tu carpeta personal (`cd`).', 'Run it in your home folder (`cd`).');
    const where = { command: 'prodsim run friday-1700' };
    if (!desk.exists(file))
      return failed({
        expected: goal(`un archivo \`${file}\``, `a file \`${file}\``),
        found: goal('todavía no existe', 'it is not there yet'),
        where,
        next,
      });
    // With whatever rule: later steps replay the day into the same folder.
    const lines = desk.text(file).trimEnd().split('\n').slice(1);
    const ofFriday = lines.filter((line) => line.startsWith('2026-03-06T')).length;
    if (ofFriday === 24 * 60 && lines.length === ofFriday) return passed;
    return failed({
      expected: goal('los 1440 minutos del viernes', 'the 1440 minutes of Friday'),
      found: goal(
        `${lines.length} líneas, ${ofFriday} del viernes`,
        `${lines.length} lines, ${ofFriday} of them of Friday`,
      ),
      where,
      next,
    });
  },
};

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
 * Friday both are within the percentiles that are taken for right.
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
  /** Percentiles 94 and 96 of each window of the query. */
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
      .map(async (window) => [await quantile(0.94, window), await quantile(0.96, window)] as const),
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
        'Cambia solo el primer número de `histogram_quantile`: 0.95 es el tiempo que no supera el 95 % de las peticiones.',
        'Change only the first number of `histogram_quantile`: 0.95 is the time that 95 % of the requests do not exceed.',
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
      next,
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
      `${stretch.day} a las ${time}, entre ${low?.es} y ${high?.es} s (p94 y p96)`,
      `${stretch.day} at ${time}, ${low?.en} to ${high?.en} s (p94 and p96)`,
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

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/**
 * Minutes by which the answer may miss: `minutes.csv` names the minute by its beginning, 15:07, Prometheus by its end. Who looks every five
 * minutes only finds 15:10; the first minute with a processor above 90 % is 15:04, and at 15:05 the queue emptied once more.
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
    if (told !== undefined && Math.abs(told - truth) <= TOLERANCE) return passed;
    const tooEarly = told !== undefined && told < truth;
    return failed({
      expected: goal(
        'el minuto desde el que la cola ya no se vacía (±1)',
        'the minute from which the queue no longer empties (±1)',
      ),
      found: goal(told === undefined ? 'ninguna hora' : clock(told), told === undefined ? 'no time' : clock(told)),
      where,
      next: tooEarly
        ? goal(
            'Después de esa hora aún se vació alguna vez: mira minuto a minuto, hasta las 15:20.',
            'After that it emptied again at times: look minute by minute, until 15:20.',
          )
        : goal(
            '`ops/ask.sh queue.promql 15:00 15:20 1m`, con una sola instancia: ¿desde cuándo ya no vuelve a unos pocos?',
            '`ops/ask.sh queue.promql 15:00 15:20 1m`, with one instance: from when does it no longer go back to a few?',
          ),
    });
  },
};

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

export const fridayServed: Check = {
  id: 'd08-c2',
  goal: goal(
    `El viernes, p95 < 800 ms en el 99 % de los minutos y menos de ${CALLS_BELOW} llamadas`,
    `On Friday, p95 < 800 ms in 99 % of the minutes and fewer than ${CALLS_BELOW} calls`,
  ),
  kind: 'world',
  run: (desk) =>
    serves(
      desk,
      'friday-1700',
      ['1', `friday-${desk.integer(1, 999_999)}`],
      goal('El viernes', 'Friday'),
      goal(
        '`prodsim run friday-1700` y mira en `minutes.csv` cuándo faltan instancias. Una instancia nueva tarda 45 s.',
        '`prodsim run friday-1700`, and see in `minutes.csv` when there are too few instances. A new instance takes 45 s.',
      ),
    ),
};

export const affordable = besideTheRule<Check>({
  id: 'd08-c3',
  goal: goal(`El viernes cuesta como mucho ${BUDGET} unidades`, `Friday costs at most ${BUDGET} units`),
  kind: 'world',
  run(desk) {
    const outcome = live(desk, 'friday-1700', '1');
    const { cost } = outcome;
    if (!isServed(outcome)) return unserved(outcome);
    if (cost <= BUDGET) return passed;
    return failed({
      expected: goal(`como mucho ${BUDGET}`, `at most ${BUDGET}`),
      found: goal(`${figure(cost, 2).es} unidades`, `${figure(cost, 2).en} units`),
      where: { file: RULES },
      next: goal(
        'Una instancia cuesta 0,6 por hora, también de noche. ¿A qué horas sobran?',
        'An instance costs 0.6 an hour, at night too. At which hours are there too many?',
      ),
    });
  },
});

export const restsAtNight = besideTheRule<Check>({
  id: 'd08-c5',
  goal: goal(
    'A las 03:00, y antes de medianoche, está en el mínimo',
    'At 03:00, and before midnight, it is at the minimum',
  ),
  kind: 'world',
  run(desk) {
    const outcome = live(desk, 'friday-1700', '1');
    if (!isServed(outcome)) return unserved(outcome);
    const { minutes } = desk.replayDay({ day: 'friday-1700', capacity: RULES }).replay;
    const least = Number(record(record(desk.yaml(RULES)).seats).min ?? 1);
    for (const minute of [3 * 60, 24 * 60 - 10]) {
      const found = minutes[minute]?.services.seats?.instances ?? 0;
      if (found <= least) continue;
      return failed({
        expected: goal(
          `${least} a las ${clock(minute)}, como dice \`min\``,
          `${least} at ${clock(minute)}, as \`min\` says`,
        ),
        found: goal(`${found} instancias`, `${found} instances`),
        where: { file: RULES },
        next: goal(
          '¿Qué las mantiene: una hora de la tabla, o un `cooldownDown` demasiado largo?',
          'What keeps them: an hour of the timetable, or a `cooldownDown` that is too long?',
        ),
      });
    }
    return passed;
  },
});

export const saturdayServed: Check = {
  id: 'd08-c4',
  goal: goal(
    'La misma regla cumple un sábado con otra punta, a otra hora',
    'The same rule does it on a Saturday with another peak, at another hour',
  ),
  kind: 'world',
  run: (desk) =>
    serves(
      desk,
      'unseen-saturday',
      [`saturday-${desk.integer(1, 999_999)}`],
      goal('El sábado', 'Saturday'),
      goal(
        'Una tabla de horas solo acierta el día para el que se hizo. Deja que decida la carga: `load` con un `target`.',
        'A timetable is right on the day that it was made for. Let the load decide: `load` with a `target`.',
      ),
    ),
};

export const decided = besideTheRule<Check>({
  id: 'd08-c8',
  goal: goal('decision.yaml dice lo que cambia y lo que cuesta', 'decision.yaml says what changes and what it costs'),
  kind: 'file',
  async run(desk) {
    await desk.run("printf 'seats: { min: 1, max: 1 }' > one-instance.yaml");
    const truths = {
      one_instance: live(desk, 'friday-1700', '1', 'one-instance.yaml'),
      our_rule: live(desk, 'friday-1700', '1'),
    };
    const friday = record(record(desk.yaml('decision.yaml')).friday);
    for (const [name, truth] of Object.entries(truths)) {
      for (const field of ['calls', 'cost'] as const) {
        const given = record(friday[name])[field];
        const number = typeof given === 'number' ? given : Number.parseFloat(String(given ?? '').replace(',', '.'));
        // To the unit, or to a tenth where money has decimals.
        if (Math.abs(number - truth[field]) <= (Number.isInteger(number) ? 0.5 : 0.1)) continue;
        return failed({
          expected: goal(
            `\`${name}.${field}\`: lo que da \`prodsim run friday-1700\``,
            `\`${name}.${field}\`: what \`prodsim run friday-1700\` gives`,
          ),
          found: given === undefined || given === null ? goal('nada', 'nothing') : goal(`\`${given}\``, `\`${given}\``),
          where: { file: 'decision.yaml' },
          next:
            name === 'our_rule'
              ? goal(
                  'Repite el viernes con tu regla de ahora y copia sus cifras.',
                  'Replay Friday with your present rule and copy its figures.',
                )
              : goal(
                  'Escribe `seats: { min: 1, max: 1 }` en `one.yaml` y repite el viernes con `--capacity one.yaml`.',
                  'Write `seats: { min: 1, max: 1 }` to `one.yaml` and replay Friday with `--capacity one.yaml`.',
                ),
        });
      }
    }
    return passed;
  },
});

export const frugal = besideTheRule<Star>({
  id: 'd08-x1',
  star: 'cheaper',
  goal: goal(
    `El viernes, p95 < 800 ms en el 99,6 % de los minutos por menos de ${figure(FRUGAL, 1).es} unidades`,
    `On Friday, p95 < 800 ms in 99.6 % of the minutes for less than ${figure(FRUGAL, 1).en} units`,
  ),
  // A price of that one Friday: on another seed other people come.
  kind: 'file',
  run(desk) {
    const outcome = live(desk, 'friday-1700', '1');
    const { inTime, cost } = outcome;
    if (cost < FRUGAL && inTime >= ROOMY && isServed(outcome)) return passed;
    return failed({
      expected: goal(
        `menos de ${figure(FRUGAL, 1).es} unidades, con el 99,6 % a tiempo`,
        `less than ${figure(FRUGAL, 1).en} units, with 99.6 % in time`,
      ),
      found: goal(
        `${figure(cost, 2).es}; ${percent(inTime).es}; ${outcome.calls} llamadas`,
        `${figure(cost, 2).en}; ${percent(inTime).en}; ${outcome.calls} calls`,
      ),
      where: { file: RULES },
      next:
        inTime < ROOMY
          ? goal('¿Cuánta holgura necesita cada instancia?', 'How much room does each instance need?')
          : goal(
              '¿Cuántas hacen falta en la punta? ¿Cuánto espera la regla antes de bajar?',
              'How many does the peak need? How long does the rule wait before it comes down?',
            ),
    });
  },
});
