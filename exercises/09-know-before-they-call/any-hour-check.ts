// What is judged of the rules whatever the time, the code and the amount are: where buyers are harmed for a whole day, some alert fires at
// every hour of it, and none goes on long after it.
import { type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { both } from './days.ts';
import { counter, firingAt, series, waits } from './numbers.ts';
import { forFew } from './quiet-checks.ts';
import { exprOf, isByTheClock, isOnWaiting, notOneInTwenty, onWaiting, RULES, whereIs, written } from './rules.ts';

/** Hours until the longest window that rules look back on is full, and the day that is judged after them. */
const BEFORE = 3;
const DAY = 24;
const END = BEFORE + DAY;
/** When every alert has ended: two hours after the harm, and half an hour more, for rules are evaluated so often here. */
const LONG_AFTER = END + 2.5;
const HOURS = END + 3;
/** Answers between two samples: so many that a count of errors, which other days judge, is passed too. */
const ANSWERS = 300;

/** What fails, three hours each. 500 has a day of its own. At last hardly more than the page calls harm, and no code alone as much. */
const STRETCHES: readonly { readonly codes: readonly string[]; readonly share: number }[] = [
  ...['501', '502', '503', '504', '505', '507', '511'].map((code) => ({ codes: [code], share: 0.5 })),
  { codes: ['503', '504'], share: 0.055 },
];
const CODES = [...new Set(STRETCHES.flatMap(({ codes }) => codes))];

const stretchAt = (hour: number) => STRETCHES[Math.max(0, Math.floor((hour - BEFORE) / (DAY / STRETCHES.length)))];
/** Of each hour from the beginning to the end. */
const hourly = <T>(of: (hour: number) => T): readonly T[] => Array.from({ length: HOURS }, (_, hour) => of(hour));

function failing(code: string, hour: number): number {
  const stretch = stretchAt(hour);
  return stretch?.codes.includes(code) ? (ANSWERS * stretch.share) / stretch.codes.length : 0;
}

const answered = (code: string, each: readonly number[]): string =>
  series('lb_requests_total', `,code="${code}"`, counter(each));

/**
 * Of those who wait longer than two seconds, from 2.5 to 5 s, in the last hours of the slow day: hardly more than the page calls harm.
 * The p95 is 2.7 s then, and the mean, which other days judge, 0.8 s.
 */
const FEW = 0.055;
const MIDDAY = BEFORE + DAY / 2;
const isOfFew = (hour: number): boolean => hour >= MIDDAY && hour < END;

const slowDay = [
  answered(
    '200',
    hourly(() => ANSWERS),
  ),
  ...waits([
    { each: hourly((hour) => (hour < MIDDAY ? ANSWERS : 0)), seconds: '10' },
    { each: hourly((hour) => (isOfFew(hour) ? FEW * ANSWERS : 0)), seconds: '5' },
    { each: hourly((hour) => (isOfFew(hour) ? 1 - FEW : hour < END ? 0 : 1) * ANSWERS), seconds: '0.8' },
  ]),
];
const badDay = [
  answered(
    '200',
    hourly((hour) => ANSWERS * (1 - (stretchAt(hour)?.share ?? 0))),
  ),
  ...CODES.map((code) =>
    answered(
      code,
      hourly((hour) => failing(code, hour)),
    ),
  ),
  ...waits([{ each: hourly(() => ANSWERS), seconds: '0.1' }]),
];

/**
 * The first hour of that day at which nothing fires, and the name of an alert that does long after it. Rules that fire in no hour look at
 * other series, and are not judged by these.
 */
async function heardOn(
  desk: Desk,
  production: readonly string[],
): Promise<{ readonly muteAt: number | undefined; readonly still: string | undefined }> {
  const hours = Array.from({ length: DAY }, (_, index) => BEFORE + index + 1);
  const fired = await firingAt(desk, production, [...hours, LONG_AFTER]);
  return {
    muteAt: fired.size === 0 ? undefined : hours.find((hour) => !fired.has(hour)),
    still: fired.get(LONG_AFTER)?.[0],
  };
}

export async function atAnyHour(desk: Desk): Promise<Verdict> {
  const { muteAt: slow, ...afterSlow } = await heardOn(desk, slowDay);
  if (slow !== undefined)
    return isOfFew(slow - 1)
      ? mute(desk, slow, both('un 5,5 % que espera de 2,5 a 5 s', '5.5% who wait 2.5 to 5 s'), tooPatient(desk))
      : mute(desk, slow, both('esperas de 5 a 10 s', 'waits of 5 to 10 s'), leaving);
  const { muteAt: bad, ...afterBad } = await heardOn(desk, badDay);
  const still = afterSlow.still ?? afterBad.still;
  if (bad === undefined) return still === undefined ? passed : longOver(desk, still);
  const { codes, share } = stretchAt(bad - 1) ?? { codes: [], share: 0 };
  const percent = String(100 * share);
  const harm = both(
    `un ${percent.replace('.', ',')} % de errores, ${codes.join(' y ')}`,
    `${percent}% errors, ${codes.join(' and ')}`,
  );
  return mute(desk, bad, harm, codes.length > 1 ? inAll : anyCode);
}

const leaving = both(
  '¿Qué deja fuera tu expresión? El daño es el mismo a cualquier hora.',
  'What does your expression leave out? The harm is the same at any hour.',
);
const tooPatient = (desk: Desk): Words =>
  notOneInTwenty(onWaiting(desk), 'too late') ??
  both(
    'Hay daño cuando el 5 % espera más de dos segundos: baja el umbral.',
    'There is harm when 5% wait longer than two seconds: lower the threshold.',
  );
const anyCode = both('Cuenta cada 5xx: `code=~"5.."`.', 'Count every 5xx: `code=~"5.."`.');
const inAll = both(
  'Desde el 5 % hay daño, venga de un código o de varios: súmalos con `sum`, y baja el umbral.',
  'From 5% on there is harm, of one code or of several: add them up with `sum`, and lower the threshold.',
);

/** Whether a window or a `keep_firing_for` is one of hours. */
const isLong = (text: string): boolean => /(^|\[)\d+([hdw]|\d\dm)/.test(text);

/** An alert that fires on when nobody has been harmed for hours. */
function longOver(desk: Desk, name: string): Verdict {
  const keep = written(desk).find(({ alert }) => alert === name)?.keep_firing_for;
  return failed({
    expected: both(
      'tras un día de esperas o de errores, ninguna alerta dos horas después de su fin',
      'after a day of waiting or of errors, no alert two hours after its end',
    ),
    found: both(
      `${name} sigue saltando dos horas y media después`,
      `${name} still fires two and a half hours after it`,
    ),
    where: whereIs(desk, name),
    next:
      isOnWaiting(desk, { name }) && ![exprOf(desk, { name }), String(keep ?? '')].some(isLong)
        ? forFew(exprOf(desk, { name }))
        : keep === undefined
          ? both(
              'Su expresión mira demasiado atrás: acorta la ventana.',
              'Its expression looks back too far: use a shorter window.',
            )
          : both(
              `La mantiene \`keep_firing_for: ${keep}\`: quien la lee busca un daño que ya pasó. Unos minutos bastan.`,
              `\`keep_firing_for: ${keep}\` holds it: whoever reads it looks for harm that is over. A few minutes will do.`,
            ),
  });
}

const mute = (desk: Desk, hour: number, harm: Words, next: Words): Verdict =>
  failed({
    expected: both(`una alerta con ${harm.es}`, `an alert when there are ${harm.en}`),
    found: isByTheClock(desk)
      ? both(`ninguna a las ${hour % DAY}:00`, `none at ${hour % DAY}:00`)
      : both('ninguna', 'none'),
    where: { file: RULES },
    next: isByTheClock(desk)
      ? both(
          'Una regla según la hora (`hour()`) conoce un solo día: quita esa condición.',
          'A rule by the clock (`hour()`) knows a single day: take that condition out.',
        )
      : next,
  });
