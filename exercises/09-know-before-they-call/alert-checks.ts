// What is judged of the alerts: that #operations hears in time on the days with harm, and that they are silent on the others.
import {
  type Check,
  type Desk,
  failed,
  passed,
  type Star,
  type Verdict,
  type WatchedDay,
  type Words,
} from '../../sandbox/checks/index.ts';
import { both, clock, firstCall, firstHarm, MINUTE, toldAt, watched } from './days.ts';

const RULES = 'monitoring/alerts.yaml';

export const lookedAtSlow: Check = {
  id: 'd09-c5',
  goal: both('Has repetido el día del proveedor lento', 'You have replayed the day of the slow provider'),
  kind: 'command',
  run(desk) {
    if (desk.exists('/srv/prodsim/slow-payment.json')) return passed;
    return failed({
      expected: both('una repetición de `slow-payment`', 'a replay of `slow-payment`'),
      found: both('ninguna todavía', 'none yet'),
      where: { command: 'prodsim' },
      next: both(
        'En tu carpeta personal: `prodsim run slow-payment`.',
        'In your home folder: `prodsim run slow-payment`.',
      ),
    });
  },
};

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
}

/** Rules of the learner, of all groups. To be called after a replay, which says what is wrong with a file that is none of rules. */
function written(desk: Desk): readonly Rule[] {
  const file = desk.yaml(RULES) as { readonly groups?: readonly { readonly rules?: readonly Rule[] | null }[] } | null;
  return (file?.groups ?? []).flatMap(({ rules }) => rules ?? []).map((rule) => ({ ...rule, expr: String(rule.expr) }));
}

const nameOf = ({ alert, record }: Rule): string => alert ?? record ?? RULES;

type Failed = Verdict & { readonly passed: false };
type Harmed = 'wait' | 'errors';

/** Values of `le` of `lb_request_duration_seconds` (BUCKETS in sandbox/world/create.ts). */
const BUCKETS = ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '0.8', '1', '2.5', '5', '10', '+Inf'];

/** A slip in the rules which Prometheus accepts, and with which an alert on that harm cannot fire. */
function slip(desk: Desk, harm: Harmed): Pick<Failed, 'found' | 'where' | 'next'> | undefined {
  const rules = written(desk);
  const gap = rules.find(({ expr }) => expr.includes('___') && (harm === 'wait' || !expr.includes('_seconds')));
  if (gap !== undefined) {
    const line =
      desk
        .text(RULES)
        .split('\n')
        .findIndex((text) => /^\s*[^#\s].*___/.test(text)) + 1;
    return {
      found: both(`queda un hueco, \`___\`, en ${nameOf(gap)}`, `a gap, \`___\`, is left in ${nameOf(gap)}`),
      where: { file: RULES, line },
      next: both(
        'Prometheus lo toma por el nombre de una serie que no existe. Pon ahí un número.',
        'Prometheus takes it for the name of a series that does not exist. Put a number there.',
      ),
    };
  }
  const large = rules.find(({ expr }) => expr.includes('_seconds') && />=?\s*\d{3,}/.test(expr));
  if (harm === 'wait' && large !== undefined)
    return {
      found: both(
        `${nameOf(large)} pide más de cien segundos`,
        `${nameOf(large)} asks for more than a hundred seconds`,
      ),
      where: { file: RULES },
      next: both('Prometheus da segundos, no milisegundos.', 'Prometheus gives seconds, not milliseconds.'),
    };
  const bucket = rules
    .flatMap((rule) => [...rule.expr.matchAll(/\ble\s*=\s*["']([^"']*)["']/g)].map(([, le = '']) => ({ rule, le })))
    .find(({ le }) => !BUCKETS.includes(le));
  if (harm === 'wait' && bucket !== undefined)
    return {
      found: both(
        `${nameOf(bucket.rule)} pide le="${bucket.le}", que el histograma no tiene`,
        `${nameOf(bucket.rule)} asks for le="${bucket.le}", which the histogram does not have`,
      ),
      where: { file: RULES },
      next: both(
        `Sus cubos acaban en ${BUCKETS.join(', ')}. Usa uno de ellos, o \`histogram_quantile\`, que calcula entre dos.`,
        `Its buckets end at ${BUCKETS.join(', ')}. Use one of them, or \`histogram_quantile\`, which works out what lies between two.`,
      ),
    };
  if (harm === 'wait') return undefined;
  const percent = rules.find(
    ({ expr }) =>
      expr.includes('/') &&
      /_total/.test(expr) &&
      />=?\s*[1-9][\d.]*\s*$/.test(expr.trim()) &&
      !/\*\s*100\b|\b100\s*\*/.test(expr),
  );
  if (percent !== undefined)
    return {
      found: both(
        `${nameOf(percent)} compara una proporción con más de 1`,
        `${nameOf(percent)} compares a share with 1 or more`,
      ),
      where: { file: RULES },
      next: both('Una proporción va de 0 a 1: el 5 % es 0.05.', 'A share goes from 0 to 1: 5 % is 0.05.'),
    };
  const literal = rules.find(({ expr }) => /code\s*=~?\s*["']5xx["']/i.test(expr));
  if (literal !== undefined)
    return {
      found: both(`${nameOf(literal)} busca un código «5xx»`, `${nameOf(literal)} looks for a code "5xx"`),
      where: { file: RULES },
      next: both(
        '`code=~"5.."` es una expresión regular: cada punto es un carácter cualquiera.',
        '`code=~"5.."` is a regular expression: each dot stands for any one character.',
      ),
    };
  if (rules.some(({ expr }) => /lb_requests_total|journeys_total/.test(expr))) return undefined;
  return {
    found: both('ninguna regla sobre errores', 'no rule on errors'),
    where: { file: RULES },
    next: both(
      'Escribe una con la proporción de 5xx de `lb_requests_total`.',
      'Write one with the share of 5xx in `lb_requests_total`.',
    ),
  };
}

interface Told {
  readonly name: string;
  readonly harm: Harmed;
  /** When the harm begins, and how long after that somebody must know, ms. */
  readonly from: number;
  readonly limit: number;
  /** What to try when an alert fires too late or never, and nothing else is wrong. */
  readonly next?: Words;
}

/** An alert fired in time, and no message of it reached #operations. */
function unheardOf(day: WatchedDay, from: number, limit: number): Verdict | undefined {
  if (toldAt(day).length > 0) return undefined;
  const until = clock(from + limit);
  const unheard = day.alerts.find(({ firedAt }) => firedAt >= from && firedAt <= from + limit);
  const elsewhere = day.messages.find(({ title }) => title.startsWith('[FIRING'));
  if (unheard === undefined) return undefined;
  if (elsewhere !== undefined)
    return failed({
      expected: both(`un mensaje en #operations antes de las ${until}`, `a message in #operations by ${until}`),
      found: both(`el mensaje fue a ${elsewhere.to}`, `the message went to ${elsewhere.to}`),
      where: { file: 'monitoring/alertmanager.yml' },
      next: both(
        "Cambia el canal del receptor: `channel: '#operations'`.",
        "Change the channel of the receiver: `channel: '#operations'`.",
      ),
    });
  return failed({
    expected: both(`un mensaje en #operations antes de las ${until}`, `a message in #operations by ${until}`),
    found: both(
      `${unheard.name} saltó a las ${clock(unheard.firedAt)} y nadie lo supo`,
      `${unheard.name} fired at ${clock(unheard.firedAt)} and nobody heard`,
    ),
    where: { file: 'monitoring/alertmanager.yml' },
    next: both(
      "El receptor necesita un canal: `slack_configs` con `channel: '#operations'`.",
      "The receiver needs a channel: `slack_configs` with `channel: '#operations'`.",
    ),
  });
}

/** What is wrong when a day's harm was told too late, too early or never. */
function toldInTime(desk: Desk, day: WatchedDay, { name, harm, from, limit, next }: Told): Verdict {
  const told = toldAt(day);
  const [first] = told;
  // What else was told that day is for the quiet days to judge.
  if (told.some((at) => at >= from && at <= from + limit)) return passed;
  const unheard = unheardOf(day, from, limit);
  if (unheard !== undefined) return unheard;
  const until = clock(from + limit);
  const expected = both(
    `${name}: aviso entre las ${clock(from)} y las ${until}`,
    `${name}: a notification between ${clock(from)} and ${until}`,
  );
  const slipped = slip(desk, harm);
  if (slipped !== undefined) return failed({ expected, ...slipped });
  const [early] = day.alerts;
  return failed({
    expected,
    found:
      first === undefined
        ? both('ningún aviso hasta entonces', 'no notification by then')
        : both(`primer aviso a las ${clock(first)}`, `the first one at ${clock(first)}`),
    where: { file: RULES },
    next:
      first !== undefined && first < from && early !== undefined
        ? tooEasily(desk, early)
        : (next ??
          both(
            'Mira el valor de tu expresión a esa hora con `promtool query range`; baja el umbral, el `for` o la ventana.',
            'See the value of your expression at that time with `promtool query range`; lower the threshold, the `for` or the window.',
          )),
  });
}

/** Ten in the morning, when the provider becomes slow. The solution told within 10:03 to 10:04 when it was measured; CPU never does. */
const TEN = Date.UTC(2026, 2, 4, 10);

export const slowTold: Check = {
  id: 'd09-c1',
  goal: both(
    'El día del proveedor lento avisa a #operations en 5 minutos',
    'On the day of the slow provider, #operations hears of it within 5 minutes',
  ),
  kind: 'world',
  run: (desk) =>
    toldInTime(desk, watched(desk, 'slow-payment'), {
      name: 'slow-payment',
      harm: 'wait',
      from: TEN,
      limit: 5 * MINUTE,
    }),
};

/** What to try with an alert that fired while nobody was harmed. */
function tooEasily(desk: Desk, { name, labels }: WatchedDay['alerts'][number]): Words {
  const expr = written(desk).find(({ alert }) => alert === name)?.expr ?? '';
  const { service } = labels;
  if (service !== undefined && service !== 'seats')
    return both(
      `La regla salta por unas pocas respuestas de \`${service}\`: los compradores no las ven todas. Cuenta solo las de \`service="seats"\`.`,
      `The rule fires because of a few answers of \`${service}\`: buyers do not see all of those. Count only those of \`service="seats"\`.`,
    );
  if (expr.includes('_total') && !expr.includes('process_cpu') && !expr.includes('/'))
    return both(
      'Entre 40 respuestas por segundo, 3 por mil son ya un error cada ocho segundos. Alerta sobre una proporción, no sobre una cantidad.',
      'Among 40 answers a second, 3 in a thousand are an error every eight seconds. Alert on a share, not on a number.',
    );
  if (expr.includes('process_cpu'))
    return both(
      'Nadie sufría: un procesador ocupado es una causa posible, no un síntoma. Borra esa regla.',
      'Nobody was harmed: a busy processor is a possible cause, not a symptom. Delete that rule.',
    );
  return both(
    'Nadie sufría. Una alerta que salta sin daño enseña a no mirarla: sube el umbral o el `for`.',
    'Nobody was harmed. An alert without harm teaches people not to look: raise the threshold or the `for`.',
  );
}

interface Quiet {
  readonly day: 'quiet-night' | 'normal-monday' | 'busy-friday';
  readonly seed?: string;
  /** The part of the day that is judged, ms since 1970. */
  readonly from?: number;
  readonly until?: number;
  /** What to try with an alert on waiting that fired. */
  readonly next?: Words;
}

/** What fired on a day on which nobody was harmed. To be silent is a merit only of rules that look at buyers. */
function quiet(desk: Desk, { day, seed, from = 0, until = Number.POSITIVE_INFINITY, next }: Quiet): Verdict {
  const alert = watched(desk, day, seed).alerts.find(({ firedAt }) => firedAt >= from && firedAt < until);
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
    where: { file: RULES },
    next: (isOnWaiting(desk, alert) ? next : undefined) ?? tooEasily(desk, alert),
  });
}

const isOnWaiting = (desk: Desk, { name }: WatchedDay['alerts'][number]): boolean =>
  written(desk).some(({ alert, expr }) => alert === name && expr.includes('duration_seconds'));

/** The first minutes of a queue are slow for few: ten minutes from the first of five bad minutes in a row. */
function peakTold(desk: Desk, day: 'friday-1700' | 'unseen-saturday', seed?: string): Verdict {
  const seen = watched(desk, day, seed);
  const harm = firstHarm(seen);
  if (harm === undefined) throw new Error(`${day} harms nobody`);
  // An alert may see the queue grow a little before a minute counts as bad.
  return toldInTime(desk, seen, { name: day, harm: 'wait', from: harm.from - 10 * MINUTE, limit: 20 * MINUTE });
}

export const peakAndNight: Check = {
  id: 'd09-c2',
  goal: both(
    'El viernes a las 17:00 avisa, y la noche tranquila calla',
    'On Friday at 17:00 #operations is warned, and the quiet night is silent',
  ),
  kind: 'world',
  run(desk) {
    const friday = peakTold(desk, 'friday-1700');
    return friday.passed ? quiet(desk, { day: 'quiet-night' }) : friday;
  },
};

/** A check of its own: each day takes a second or two to live through, and a check has ten on a slow machine. */
export const mondaySilent: Check = {
  id: 'd09-c8',
  goal: both('El lunes normal no salta ninguna alerta', 'On the normal Monday no alert fires'),
  kind: 'world',
  run: (desk) => quiet(desk, { day: 'normal-monday' }),
};

/** Half past three, between the slower hour and the crowd. */
const HALF_PAST_THREE = Date.UTC(2026, 2, 13, 15, 30);

/** Three answers in a thousand are errors from 16:00 on. On 20 seeds that is more than 0.05 a second for minutes, and a share under 1 %. */
export const crowdSilent: Check = {
  id: 'd09-c10',
  goal: both(
    'El viernes con mucha gente y 3 errores por mil no salta ninguna alerta',
    'On the Friday with many people and 3 errors in a thousand no alert fires',
  ),
  kind: 'world',
  run: (desk) => quiet(desk, { day: 'busy-friday', from: HALF_PAST_THREE }),
};

/**
 * From 14:00 to 15:00 the p95 is 1.6 s (at most 1.8 on 20 seeds), the p99 2.4 s, and the mean 0.5 s: more than on the day when the provider
 * is half slow, so that no threshold on the mean is right on both.
 */
export const slowerSilent: Check = {
  id: 'd09-c12',
  goal: both(
    'Ese viernes, la hora en que solo el 1 % espera más de dos segundos no salta ninguna alerta',
    'On that Friday, in the hour in which only 1 % wait longer than two seconds, no alert fires',
  ),
  kind: 'world',
  run: (desk) =>
    quiet(desk, {
      day: 'busy-friday',
      until: HALF_PAST_THREE,
      next: both(
        'Hay daño cuando el 5 % espera más de dos segundos. Un p99, un umbral más bajo o una media saltan sin que sea así.',
        'There is harm when 5 % wait longer than two seconds. A p99, a lower threshold or a mean fire when it is not so.',
      ),
    }),
};

/** 1.2.0 answers its first request at 11:00:46. */
const ELEVEN = Date.UTC(2026, 2, 9, 11);

export const errorsTold: Check = {
  id: 'd09-c6',
  goal: both(
    'El despliegue malo, que da errores rápidos, avisa a #operations en 6 minutos',
    'When the bad deploy gives errors quickly, #operations hears of it within 6 minutes',
  ),
  kind: 'world',
  run: (desk) =>
    toldInTime(desk, watched(desk, 'bad-deploy'), {
      name: 'bad-deploy',
      harm: 'errors',
      from: ELEVEN,
      limit: 6 * MINUTE,
    }),
};

export const unseenTold: Check = {
  id: 'd09-c7',
  goal: both('Tus alertas valen para días que no has visto', 'Your alerts hold for days that you have not seen'),
  kind: 'world',
  run(desk) {
    const first = peakTold(desk, 'unseen-saturday', '7');
    if (!first.passed) return first;
    return quiet(desk, { day: 'quiet-night', seed: '7' });
  },
};

/** Two in the morning, when the provider's certificate runs out: each payment fails at once, and little else happens. */
const TWO = Date.UTC(2026, 2, 11, 2);

/**
 * On 20 seeds the solution fires from 02:01:00 to 02:03:15, the alternative, at 3 %, from 02:02:00 to 02:04:30. A count of 0.2 errors a second,
 * which is enough on the day of the bad deploy, never fires before 04:27, when people get up; 500s there are none.
 * Over five minutes 4 to 29 % of the answers of `seats` are errors, and 1.3 to 1.9 % of those of all services.
 */
export const nightTold: Check = {
  id: 'd09-c9',
  goal: both(
    'La noche en que fallan los pagos avisa en 20 minutos, aunque haya pocos compradores',
    'On the night when payments fail, #operations hears of it within 20 minutes, though there are few buyers',
  ),
  kind: 'world',
  run: (desk) =>
    toldInTime(desk, watched(desk, 'night-refusals', '7'), {
      name: 'night-refusals',
      harm: 'errors',
      from: TWO,
      limit: 20 * MINUTE,
      next: both(
        'Con pocos compradores hay pocos errores: divide entre las respuestas de `seats`, sin las de `payments`, al que vuelve a pedir. Y cuenta cada 5xx: esa noche ninguno es un 500.',
        'With few buyers there are few errors: divide by the answers of `seats`, without those of `payments`, which it asks again. And count every 5xx: that night none of them is a 500.',
      ),
    }),
};

/** Ten in the morning of the Thursday on which the provider takes 10 times as long. On 20 seeds the solution tells by 10:05:00. */
const TEN_ON_THURSDAY = Date.UTC(2026, 2, 12, 10);

export const fewWaitTold: Check = {
  id: 'd09-c11',
  goal: both(
    'El día en que el 5 % espera más de dos segundos avisa en 10 minutos, aunque la media no llegue a medio segundo',
    'When 5 % wait longer than two seconds, #operations hears of it within 10 minutes, though the mean stays under half a second',
  ),
  kind: 'world',
  run: (desk) =>
    toldInTime(desk, watched(desk, 'half-slow-payment'), {
      name: 'half-slow-payment',
      harm: 'wait',
      from: TEN_ON_THURSDAY,
      limit: 10 * MINUTE,
      next: both(
        'Solo esperan los que pagan, uno de cada diez: la media no llega a medio segundo. Mira el p95, con un umbral de unos dos segundos.',
        'Only those who pay wait, one in ten: the mean stays under half a second. Look at the p95, with a threshold of about two seconds.',
      ),
    }),
};

/** Days on which harm begins at once. Support is called at 10:04:02 and at 11:02:55; the solution tells at 10:03:30 and at 11:02:30. */
const sudden = [
  { name: 'slow-payment', from: TEN },
  { name: 'bad-deploy', from: ELEVEN },
] as const;

export const beforeTheyCall: Star = {
  id: 'd09-x1',
  star: 'faster',
  goal: both(
    'El proveedor lento y el despliegue malo: #operations lo sabe antes que Soporte, y en la noche de los pagos ninguna alerta salta dos veces',
    'The slow provider and the bad deploy: #operations knows before Support does, and in the night of the payments no alert fires twice',
  ),
  kind: 'world',
  run(desk) {
    for (const { name, from } of sudden) {
      const day = watched(desk, name);
      const call = firstCall(day);
      if (call === undefined) throw new Error(`${name}: nobody calls while it is judged`);
      // What was told before, when nobody was harmed, is for the quiet days to judge.
      const told = toldAt(day).find((at) => at >= from);
      if (told !== undefined && told < call) continue;
      const unheard = unheardOf(day, from, call - from);
      if (unheard !== undefined) return unheard;
      return failed({
        expected: both(
          `${name}: un aviso entre las ${clock(from)}, cuando empieza, y las ${toSecond(call)}, primera llamada`,
          `${name}: a notification between ${clock(from)}, when it begins, and ${toSecond(call)}, the first call`,
        ),
        found:
          told === undefined
            ? both(`ningún aviso desde las ${clock(from)}`, `no notification from ${clock(from)} on`)
            : both(`a las ${toSecond(told)}`, `at ${toSecond(told)}`),
        where: { file: RULES },
        next: both(
          'Cuentan la ventana, el `for` y el `group_wait`: ¿cuál se puede acortar sin falsas alarmas?',
          'The window, the `for` and the `group_wait` count: which can be shorter without false alarms?',
        ),
      });
    }
    const { alerts } = watched(desk, 'night-refusals', '7');
    const again = alerts.find(({ labels }, index) =>
      alerts.slice(0, index).some((one) => JSON.stringify(one.labels) === JSON.stringify(labels)),
    );
    if (again === undefined) return passed;
    return failed({
      expected: both('night-refusals: ninguna alerta dos veces', 'night-refusals: no alert twice'),
      found: both(
        `${again.name} otra vez a las ${toSecond(again.firedAt)}`,
        `${again.name} again at ${toSecond(again.firedAt)}`,
      ),
      where: { file: RULES },
      next: both(
        'Nada se arregló entretanto: una ventana corta tiene pocas respuestas. `keep_firing_for` la mantiene, y una ventana más larga también.',
        'Nothing was mended in between: a short window has few answers. `keep_firing_for` holds it, and so does a longer window.',
      ),
    });
  },
};

/** `10:04:02` */
const toSecond = (at: number): string => new Date(at).toISOString().slice(11, 19);
