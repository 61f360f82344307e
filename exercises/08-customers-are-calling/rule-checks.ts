// What is judged of the learner's rule, by living through whole days with it.
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
import { clock, type Day, figure, goal, live, type Outcome, percent, RULES, record } from './figures.ts';

/**
 * The goals. On 20 seeds of Friday a target of 70 % with at most six has 99.7 % of the minutes and more in time, no call, and costs
 * 24.9 to 25.9. On 3 seeds of both days: other rules by load (target 50 to 80 %, at most 4 to 10 instances) 99.6 % and more, no call, 24.7 to
 * 29.8; two instances all day 87.7 to 90.4 % with 171 calls and more; six all day cost 87.7; a timetable made for Friday leaves 78.3 to 78.9 % of
 * Saturday's minutes in time, with 387 to 474 calls. One made for Friday and Saturday, of 29.8 units, leaves 86.5 % of Sunday's in time;
 * rules by load 99.6 % and more.
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

const isServed = ({ inTime, calls }: Outcome): boolean => inTime >= LEAST_IN_TIME && calls < CALLS_BELOW;

const told = ({ inTime, calls }: Outcome): Words =>
  goal(`${percent(inTime).es} y ${calls} llamadas`, `${percent(inTime).en} and ${calls} calls`);

const besideTheRule = <One extends Check>(check: One): One =>
  beside(RULES, { found: goal('aún no se puede saber', 'that cannot be told yet') }, check);

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

/** Whether something in the rule hangs on the clock. */
function hasTimetable(desk: Desk): boolean {
  const { hours } = record(record(desk.yaml(RULES)).seats);
  return Array.isArray(hours) && hours.length > 0;
}

export const saturdayServed: Check = {
  id: 'd08-c4',
  goal: goal(
    'La misma regla cumple el sábado, con otra hora punta, y un domingo que nadie conocía',
    'The same rule meets the goal on Saturday, with another peak at another hour, and on a Sunday that nobody knew',
  ),
  kind: 'world',
  run(desk) {
    const seeds = [`saturday-${desk.integer(1, 999_999)}`];
    const load = goal(
      'Deja que decida la carga: `load` con un `target`.',
      'Let the load decide: `load` with a `target`.',
    );
    const saturday = (next: Words): Verdict =>
      serves(desk, 'unseen-saturday', seeds, goal('El sábado', 'Saturday'), next);
    const room = goal(
      '`prodsim run unseen-saturday`: ¿cuándo faltan instancias? ¿Es `max`, o falta holgura para los 45 s que tarda una nueva?',
      '`prodsim run unseen-saturday`: when are there too few? Is it `max`, or is there no room for the 45 s that a new one takes?',
    );
    // A rule by load alone cannot have been made for the days that are known.
    if (!hasTimetable(desk)) return saturday(room);
    const known = saturday(
      goal(
        `Una tabla de horas solo acierta el día para el que se hizo. ${load.es}`,
        `A timetable is right on the day that it was made for. ${load.en}`,
      ),
    );
    if (!known.passed) return known;
    return serves(
      desk,
      'unseen-sunday',
      seeds,
      goal('El domingo', 'Sunday'),
      goal(
        `\`prodsim run unseen-sunday\`: la gente vuelve a las 20:00. Una tabla no conoce los días que vienen. ${load.es}`,
        `\`prodsim run unseen-sunday\`: people come home at 20:00. A timetable does not know the days to come. ${load.en}`,
      ),
    );
  },
};

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
              '¿Cuántas hacen falta en la hora punta? ¿Cuánto espera la regla antes de bajar?',
              'How many does the peak need? How long does the rule wait before it comes down?',
            ),
    });
  },
});
