// What is judged of days, and hours of days, on which nobody is harmed: that the alerts are silent.
import { type Check, type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { both, clock, watched } from './days.ts';
import { counter, firingAt, series, waits } from './numbers.ts';
import {
  alwaysOver,
  exprOf,
  type Fired,
  isBelowTheCrowd,
  isOnWaiting,
  isShare,
  mixesServices,
  notOneInTwenty,
  RULES,
  tooEasily,
  whereIs,
  written,
} from './rules.ts';

interface Quiet {
  readonly day: 'quiet-night' | 'normal-monday' | 'busy-friday';
  readonly seed?: string;
  /** Whether a moment, ms since 1970, is in the part of the day that is judged (all of it). */
  readonly judged?: (at: number) => boolean;
  /** What to try with an alert that fired, where that day has something of its own to say of it. */
  readonly next?: (alert: Fired) => Words | undefined;
}

/** What fired on a day on which nobody was harmed. To be silent is a merit only of rules that look at buyers. */
export function quiet(desk: Desk, { day, seed, judged = () => true, next }: Quiet): Verdict {
  const alert = watched(desk, day, seed).alerts.find(({ firedAt }) => judged(firedAt));
  if (!written(desk).some((rule) => rule.alert !== undefined && !rule.expr.includes('process_cpu')))
    return failed({
      expected: both(`${day}: tus alertas callan`, `${day}: your alerts are silent`),
      found: both('todavía ninguna alerta sobre los compradores', 'no alert on buyers yet'),
      where: { file: RULES },
      next: both(
        'Escribe primero las que deben saltar: sobre lo que esperan y lo que falla.',
        'First write those that should fire: on how long buyers wait, and on what fails.',
      ),
    });
  if (alert === undefined) return passed;
  const of = alert.labels.service === undefined ? '' : ` (service="${alert.labels.service}")`;
  return failed({
    expected: both(`${day}: ninguna alerta`, `${day}: no alert`),
    found: both(`${alert.name}${of} a las ${clock(alert.firedAt)}`, `${alert.name}${of} at ${clock(alert.firedAt)}`),
    where: whereIs(desk, alert.name),
    next: next?.(alert) ?? tooEasily(desk, alert),
  });
}

/** A check of its own: each day takes a second or two to live through, and a check has ten on a slow machine. */
export const mondaySilent: Check = {
  id: 'd09-c8',
  goal: both('En `normal-monday` no salta ninguna alerta', 'On `normal-monday` no alert fires'),
  kind: 'world',
  run: (desk) => quiet(desk, { day: 'normal-monday' }),
};

/** The slower hours of the busy Friday: everything until 15:00, `payments` alone until 15:25. */
const TWO = Date.UTC(2026, 2, 13, 14);
const THREE = Date.UTC(2026, 2, 13, 15);
const HALF_PAST_THREE = Date.UTC(2026, 2, 13, 15, 30);
const isSlower = (at: number): boolean => at >= TWO && at < HALF_PAST_THREE;

/** Answers to what cannot be given: a page that has moved or is not there, a request that is none, a seat that is taken, an expired hold. */
const AS_IT_SHOULD = ['302', '400', '404', '409', '410'];

/**
 * Hours of nearly nothing but such answers, with so few buyers that there are half as many errors as good answers: as a share of all
 * answers they stay at 3 in a thousand.
 */
const fewGood = [['200', 15] as const, ...AS_IT_SHOULD.map((code) => [code, 495] as const), ['503', 7.5] as const].map(
  ([code, each]) => series('lb_requests_total', `,code="${code}"`, counter([each, each])),
);

/** So many answers of a service from one sample to the next, by their codes: the good ones of several, as real services give them. */
const answers = (service: string, good: number, bad: number): readonly string[] =>
  [...['200', '201', '409'].map((code) => [code, good / 3] as const), ['503', bad] as const].map(([code, each]) =>
    series('lb_requests_total', `,code="${code}"`, counter([each, each]), { service }),
  );

/** Hours in which few buyers see an error, or none does, and what to try with an alert that fires in them. */
const harmless = (): readonly {
  readonly production: readonly string[];
  readonly when: Words;
  readonly next: (expr: string) => Words;
}[] => [
  // Whatever the threshold is: an alert that divides by the good answers alone fires, and one that counts as an error what is none.
  {
    production: fewGood,
    when: both(
      `de cada mil respuestas 990 son ${AS_IT_SHOULD.join(', ')}, 6 buenas y 3 errores`,
      `of a thousand answers 990 are ${AS_IT_SHOULD.join(', ')}, 6 good and 3 errors`,
    ),
    next: overAllAnswers,
  },
  {
    production: answers('seats', 39, 1),
    when: both('el 2,5 % de las respuestas son errores', '2.5% of the answers are errors'),
    next: (expr) =>
      /\bavg\b/.test(expr)
        ? both(
            '`avg` reparte entre las series, una por código: abajo hay más que arriba, y sale más de lo que es. Suma ambas partes con `sum`.',
            '`avg` divides by the number of series, one a code: there are more below than above, and the share comes out too large. Use `sum` in both parts.',
          )
        : both(
            'Desde el 5 % hay daño; con la mitad, todavía no. Sube el umbral.',
            'From 5% on there is harm; at half of that there is none yet. Raise the threshold.',
          ),
  },
  {
    production: [...answers('seats', 100, 0), ...answers('payments', 10, 10)],
    when: both(
      'solo falla `payments`, y `seats` vuelve a preguntar con éxito',
      'only `payments` fails, and `seats` asks again with success',
    ),
    next: () =>
      both(
        'Los compradores no ven esos errores. Pon `service="seats"` arriba y abajo de la división.',
        'Buyers do not see those errors. Put `service="seats"` above and below in the division.',
      ),
  },
];

async function quietWithFewErrors(desk: Desk): Promise<Verdict> {
  for (const { production, when, next } of harmless()) {
    const name = nameIn(await firingAt(desk, production, [2]));
    if (name === undefined) continue;
    return failed({
      expected: both(`ninguna alerta si ${when.es}`, `no alert when ${when.en}`),
      found: both(`salta ${name}`, `${name} fires`),
      where: whereIs(desk, name),
      next: alwaysOver(exprOf(desk, { name })) ?? next(exprOf(desk, { name })),
    });
  }
  return passed;
}

/** The name of an alert that fires at some of the hours that were asked for. */
const nameIn = (fired: ReadonlyMap<number, readonly string[]>): string | undefined => [...fired.values()].flat()[0];

const overAllAnswers = (expr: string): Words =>
  expr.includes('journeys_total')
    ? both(
        '`journeys_total` cuenta visitas, también las que acaban en un 404. Los 5xx están en `lb_requests_total`.',
        '`journeys_total` counts visits, those that end in a 404 too. The 5xx are in `lb_requests_total`.',
      )
    : both(
        'A quien pide lo que no hay se le contesta bien con un 404. Arriba solo van los 5xx; abajo, todas las respuestas de `seats`.',
        'A 404 is the right answer to whoever asks for what is not there. Above stand the 5xx alone; below, all answers of `seats`.',
      );

/**
 * Three answers in a thousand are errors until 13:45 and from 16:00 on. On 20 seeds that is more than 0.05 a second for minutes in the
 * afternoon, and a share under 0.6 %. Until 13:45 it is 0.5 a second, and as 96 % of the answers are 404, more than 6.5 % of the 2xx.
 */
export const crowdSilent: Check = {
  id: 'd09-c10',
  goal: both(
    'En `busy-friday`, con miles de 404 o 3 errores por mil, ninguna alerta; ni con un 2,5 % de errores, ni si falla `payments` sin que se note',
    'On `busy-friday`, with thousands of 404s or 3 errors in a thousand, no alert; nor at 2.5% of errors, nor if `payments` fails unnoticed',
  ),
  kind: 'world',
  async run(desk) {
    const friday = quiet(desk, {
      day: 'busy-friday',
      judged: (at) => !isSlower(at),
      next: (alert) =>
        alert.firedAt < TWO && isShare(desk, alert) && !isBelowTheCrowd(desk, alert)
          ? (alwaysOver(exprOf(desk, alert)) ?? overAllAnswers(exprOf(desk, alert)))
          : undefined,
    });
    return friday.passed ? quietWithFewErrors(desk) : friday;
  },
};

/** A second balancer has come, over which 5 of a thousand requests go: all of them slow, and 3 in vain. */
const twoBalancers = [
  series('lb_requests_total', ',code="200"', counter([199, 199])),
  series('lb_requests_total', ',code="200"', counter([0.4, 0.4]), { instance: 'balancer-2' }),
  series('lb_requests_total', ',code="503"', counter([0.6, 0.6]), { instance: 'balancer-2' }),
  ...waits([{ each: [199, 199], seconds: '0.1' }]),
  ...waits([{ each: [1, 1], seconds: '10' }], 'balancer-2'),
];

/** Buyers are harmed or not, whichever way they come: a rule that judges each instance by itself makes much of a few. */
async function quietWithTwoBalancers(desk: Desk): Promise<Verdict> {
  const name = nameIn(await firingAt(desk, twoBalancers, [2]));
  if (name === undefined) return passed;
  return failed({
    expected: both(
      'ninguna alerta si solo 5 de cada mil peticiones, las de un segundo balanceador, van mal',
      'no alert when only 5 in a thousand requests go wrong, those over a second balancer',
    ),
    found: both(`salta ${name}`, `${name} fires`),
    where: whereIs(desk, name),
    next:
      alwaysOver(exprOf(desk, { name })) ??
      both(
        'Tu regla juzga cada `instance` aparte. Junta las respuestas de todas: `sum by (le) (…)` dentro del cuantil, `sum(…)` en una proporción.',
        'Your rule judges each `instance` by itself. Put the answers of all together: `sum by (le) (…)` within the quantile, `sum(…)` in a share.',
      ),
  });
}

/** What to try with a rule that fires for fewer than one in twenty. */
export function forFew(expr: string): Words {
  const over = alwaysOver(expr);
  if (over !== undefined) return over;
  const harm = both(
    'Hay daño cuando el 5 % espera más de dos segundos.',
    'There is harm when 5% wait over two seconds.',
  );
  const why =
    notOneInTwenty(expr, 'too soon') ?? both('Tu umbral es más bajo: súbelo.', 'Your threshold is lower: raise it.');
  return both(`${harm.es} ${why.es}`, `${harm.en} ${why.en}`);
}

/**
 * From 14:00 to 15:00 the p95 is 1.6 s (at most 1.8 on 20 seeds), the p99 2.4 s, and the mean 0.5 s: more than on the day when the provider
 * is half slow, so that no threshold on the mean is right on both. From 15:00 to 15:25 the p95 of `seats` is 1.7 s (at most 1.85), and that
 * of the answers of both services over 2 s for ten minutes and more.
 */
export const slowerSilent: Check = {
  id: 'd09-c12',
  goal: both(
    'En `busy-friday`, mientras solo el 1 o 2 % espera más de 2 s, no salta ninguna alerta; ni si son todos los de un segundo balanceador',
    'On `busy-friday`, while only 1 or 2% wait longer than 2 s, no alert fires; nor when these few are all that a second balancer has',
  ),
  kind: 'world',
  async run(desk) {
    const friday = quiet(desk, {
      day: 'busy-friday',
      judged: isSlower,
      next: (alert) => {
        if (!isOnWaiting(desk, alert)) return undefined;
        if (alert.firedAt >= THREE && mixesServices(desk, alert))
          return both(
            'Tu histograma mezcla dos servicios: cada pago lento cuenta dos veces, en `payments` y en `seats`, que lo espera. El comprador solo ve `service="seats"`.',
            'Your histogram mixes two services: each slow payment counts twice, in `payments` and in `seats`, which waits for it. Buyers see `service="seats"` only.',
          );
        return forFew(exprOf(desk, alert));
      },
    });
    return friday.passed ? quietWithTwoBalancers(desk) : friday;
  },
};
