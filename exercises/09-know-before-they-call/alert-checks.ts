// What is judged of the days with harm: that #operations hears of it in time, and not of what harms nobody.
import {
  type Check,
  type Desk,
  failed,
  passed,
  type Verdict,
  type WatchedDay,
  type Words,
} from '../../sandbox/checks/index.ts';
import { atAnyHour } from './any-hour-check.ts';
import { both, clock, ELEVEN, firingTold, firstHarm, MINUTE, TEN, toldAt, watched } from './days.ts';
import { ofItsOwn } from './own-alert-check.ts';
import { quiet } from './quiet-checks.ts';
import {
  exprOf,
  type Harmed,
  isOnWaiting,
  notOneInTwenty,
  onWaiting,
  RULES,
  slip,
  tooEasily,
  waitsTooLong,
  written,
} from './rules.ts';
import { saysWhatHarms } from './summary-check.ts';

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
export function unheardOf(day: WatchedDay, from: number, limit: number): Verdict | undefined {
  if (toldAt(day).length > 0) return undefined;
  const until = clock(from + limit);
  const unheard = day.alerts.find(({ firedAt }) => firedAt >= from && firedAt <= from + limit);
  const elsewhere = firingTold(day)[0] ?? day.messages.find(({ via }) => via === 'page');
  if (unheard === undefined) return undefined;
  if (elsewhere !== undefined)
    return failed({
      expected: both(`un mensaje en #operations antes de las ${until}`, `a message in #operations by ${until}`),
      found: both(`el mensaje fue a ${elsewhere.to}`, `the message went to ${elsewhere.to}`),
      where: { file: 'monitoring/alertmanager.yml' },
      next:
        elsewhere.to === '#'
          ? both(
              "En YAML, una `#` sin comillas empieza un comentario, y el canal queda vacío: `channel: '#operations'`.",
              "In YAML a `#` without quotes begins a comment, and the channel is left empty: `channel: '#operations'`.",
            )
          : both(
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

/** An alert fired in time, and its message came too late, or never as it had ended by then. */
export function heldBack(
  desk: Desk,
  day: WatchedDay,
  from: number,
  limit: number,
  expected: Words,
): Verdict | undefined {
  const until = from + limit;
  const fired = day.alerts.find(({ firedAt }) => firedAt >= from && firedAt <= until);
  if (fired === undefined) return undefined;
  const told = toldAt(day).find((at) => at > until);
  const { resolvedAt } = fired;
  if (resolvedAt !== undefined && (told === undefined || told > resolvedAt))
    return failed({
      expected,
      found: both(
        `${fired.name} saltó a las ${clock(fired.firedAt)} y terminó a las ${clock(resolvedAt)}, sin que nadie lo supiera`,
        `${fired.name} fired at ${clock(fired.firedAt)} and ended at ${clock(resolvedAt)}, before anybody was told`,
      ),
      where: { file: RULES },
      next: both(
        'El daño sigue, y la alerta va y viene: su valor ronda tu umbral. Bájalo.',
        'The harm goes on, and the alert comes and goes: its value is about your threshold. Lower it.',
      ),
    });
  if (told === undefined) return undefined;
  const others = isOnWaiting(desk, fired) ? notOneInTwenty(exprOf(desk, fired), 'too late') : undefined;
  const byFor = fired.firedAt - fired.activeAt > told - fired.firedAt;
  return failed({
    expected,
    found: both(
      `${fired.name} saltó a las ${clock(fired.firedAt)}; el aviso llegó a las ${clock(told)}`,
      `${fired.name} fired at ${clock(fired.firedAt)}; the notification came at ${clock(told)}`,
    ),
    where: { file: others !== undefined || byFor ? RULES : 'monitoring/alertmanager.yml' },
    next:
      others ??
      (byFor
        ? shorterFor(desk, fired.name)
        : both(
            'La alerta llegó a tiempo; el mensaje esperó en Alertmanager. Baja `group_wait` (y `group_interval`, si el grupo ya había avisado).',
            'The alert was in time; its message waited in Alertmanager. Lower `group_wait` (and `group_interval`, if the group had told before).',
          )),
  });
}

/** What to try with an alert whose `for` is longer than what its message waits for in Alertmanager. */
function shorterFor(desk: Desk, name: string): Words {
  const held = written(desk).find(({ alert }) => alert === name)?.for;
  return both(
    `Lo que más tarda es el \`for\` de ${name}, ${held}: bájalo.`,
    `What takes longest is the \`for\` of ${name}, ${held}: lower it.`,
  );
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
  const held = heldBack(desk, day, from, limit, expected);
  if (held !== undefined) return held;
  const [early] = day.alerts;
  const [start, end] = [from, from + limit].map((at) => `${new Date(at).toISOString().slice(0, 19)}Z`);
  const asked = `promtool query range --start=${start} --end=${end} --step=1m http://${name}.ventarela.test:9090 '…'`;
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
        : ((harm === 'wait' ? notOneInTwenty(onWaiting(desk), 'too late') : undefined) ??
          waitsTooLong(desk, day, from + limit) ??
          next ??
          both(
            `Mira el valor de tu expresión entonces: \`${asked}\`. Baja el umbral, el \`for\` o la ventana.`,
            `See the value of your expression then: \`${asked}\`. Lower the threshold, the \`for\` or the window.`,
          )),
  });
}

/** The solution told within 10:03 to 10:04 when it was measured; CPU never does. */
export const slowTold: Check = {
  id: 'd09-c1',
  goal: both(
    'En `slow-payment`, #operations lo sabe en 5 minutos; ni el nombre ni el texto son los de otra alerta, y el número va con su unidad',
    'On `slow-payment`, #operations hears of it within 5 minutes; name and text are no other alert’s, and the number fits its unit',
  ),
  kind: 'world',
  run(desk) {
    const told = toldInTime(desk, watched(desk, 'slow-payment'), {
      name: 'slow-payment',
      harm: 'wait',
      from: TEN,
      limit: 5 * MINUTE,
    });
    return told.passed ? saysWhatHarms(desk, 'slow-payment') : told;
  },
};

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
    '`friday-1700` avisa cuando empieza el daño, a las 15:07 (su nombre es el de la hora punta), y la noche tranquila calla',
    'On `friday-1700` #operations is warned when the harm begins, at 15:07 (its name is that of the busiest hour), and the quiet night is silent',
  ),
  kind: 'world',
  run(desk) {
    const friday = peakTold(desk, 'friday-1700');
    return friday.passed ? quiet(desk, { day: 'quiet-night' }) : friday;
  },
};

export const errorsTold: Check = {
  id: 'd09-c6',
  goal: both(
    'En `bad-deploy` avisa en 6 minutos una alerta que no es la de las esperas; nombre, texto y unidad son los de lo que falla',
    'On `bad-deploy` an alert that is not the one on waiting tells within 6 minutes; name, text and unit are those of what fails',
  ),
  kind: 'world',
  async run(desk) {
    const told = toldInTime(desk, watched(desk, 'bad-deploy'), {
      name: 'bad-deploy',
      harm: 'errors',
      from: ELEVEN,
      limit: 6 * MINUTE,
    });
    if (!told.passed) return told;
    const own = await ofItsOwn(desk);
    return own.passed ? saysWhatHarms(desk, 'bad-deploy') : own;
  },
};

export const unseenTold: Check = {
  id: 'd09-c7',
  goal: both(
    'Tus alertas valen para días que no has visto, y terminan como mucho dos horas después del daño',
    'Your alerts hold for days that you have not seen, and end two hours after the harm at the latest',
  ),
  kind: 'world',
  async run(desk) {
    const first = peakTold(desk, 'unseen-saturday', '7');
    if (!first.passed) return first;
    const night = quiet(desk, { day: 'quiet-night', seed: '7' });
    return night.passed ? atAnyHour(desk) : night;
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
    'La noche en que fallan los pagos (`night-refusals`) avisa en 20 minutos, aunque haya pocos compradores',
    'On the night when payments fail (`night-refusals`), #operations hears within 20 minutes, though there are few buyers',
  ),
  kind: 'world',
  run(desk) {
    const day = watched(desk, 'night-refusals', '7');
    return toldInTime(desk, day, {
      name: 'night-refusals',
      harm: 'errors',
      from: TWO,
      limit: 20 * MINUTE,
      next: written(desk).some(({ expr }) => /code\s*=\s*["']500["']/.test(expr))
        ? both(
            'Cuenta cada 5xx, `code=~"5.."`: esa noche ninguno es un 500.',
            'Count every 5xx, `code=~"5.."`: that night none of them is a 500.',
          )
        : both(
            'Con pocos compradores hay pocos errores: divide los 5xx entre las respuestas de `seats`, sin las de `payments`, a quien `seats` vuelve a llamar.',
            'With few buyers there are few errors: divide the 5xx by the answers of `seats`, without those of `payments`, which `seats` calls once more.',
          ),
    });
  },
};

/** Ten in the morning of the Thursday on which the provider takes 10 times as long. On 20 seeds the solution tells by 10:05:00. */
const TEN_ON_THURSDAY = Date.UTC(2026, 2, 12, 10);

export const fewWaitTold: Check = {
  id: 'd09-c11',
  goal: both(
    'Cuando el 5 % espera más de 2 s (`half-slow-payment`) avisa en 10 minutos, aunque la media no llegue a medio segundo',
    'When 5% wait longer than 2 s (`half-slow-payment`), #operations hears within 10 minutes, though the mean stays under half a second',
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
