// What is judged of the name and the words of a message: that they are not those of an alert on something else, and that the value has its
// unit. What a text says in words of its own is for people to judge.
import { type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { both, watched } from './days.ts';
import { exprOf, type Fired, type Harmed, whereIs, written } from './rules.ts';

const harmOf = (expr: string): Harmed | 'cause' | undefined =>
  expr.includes('duration_seconds')
    ? 'wait'
    : /requests_total|journeys_total/.test(expr)
      ? 'errors'
      : expr.includes('process_cpu')
        ? 'cause'
        : undefined;

/** The summaries of `start/`, which stay when somebody gives a rule there another expression. */
const begun = [
  { harm: 'cause', summary: 'seats uses {{ $value | humanizePercentage }} of its processor' },
  { harm: 'wait', summary: '5% of the buyers wait longer than {{ $value | humanizeDuration }}' },
] as const;

/** What a day's alert is about, and what its text may have been copied from. */
const olderThan = { wait: ['cause'], errors: ['cause', 'wait'] } as const;

/** Words that tell of one harm for sure, and all by which a text that has one of the other's may mean its own. */
const TELLING: Readonly<Record<Harmed, { readonly sure: RegExp; readonly own: RegExp }>> = {
  wait: {
    sure: /\b(?:wait|slow|laten|esper|lent[oa]|tarda)/i,
    own: /\b(?:wait|slow|laten|esper|lent|tard|demor|delay|late|time|tiempo|durat|durac|second|segund|long|take|quantil|percentil|p9\d|respon|hang)/i,
  },
  errors: {
    sure: /\b(?:error|5xx|fail|fall[aoe])/i,
    own: /\b(?:error|5xx|50\d|fail|fall|refus|reject|rechaz|broke|break|rot[oa]|unavail|down|caíd|código|code|bad|mal[oa]?|lost|vain|timeout|timed|agotad|cannot|can't|no )/i,
  },
};

/** Whether a name or a text, `BuyersWait` or in words, tells of the other harm and not of that one. */
function tellsOfOther(text: string, harm: Harmed): boolean {
  const words = text.replace(/\{\{.*?\}\}/gs, ' ').replace(/(\p{Ll})(?=\p{Lu}|\d)|_/gu, '$1 ');
  return TELLING[harm === 'wait' ? 'errors' : 'wait'].sure.test(words) && !TELLING[harm].own.test(words);
}

const wordsOf = (summary: string): string =>
  (summary.replace(/\{\{.*?\}\}/gs, ' ').match(/\p{L}+/gu) ?? []).join(' ').toLowerCase();

/** Whether an alert that fired on a day has the text of an alert on something else, or a value in the unit of another. */
export function saysWhatHarms(desk: Desk, day: 'slow-payment' | 'bad-deploy'): Verdict {
  for (const alert of watched(desk, day).alerts) {
    const harm = harmOf(exprOf(desk, alert));
    if (harm !== 'wait' && harm !== 'errors') continue;
    if (tellsOfOther(alert.name, harm)) return misnamed(desk, alert.name, harm);
    const next = misspoken(desk, alert, harm);
    if (next === undefined) continue;
    return failed({
      expected: both(
        `un \`summary\` de ${alert.name} que diga qué mide su regla`,
        `a \`summary\` of ${alert.name} that says what its rule measures`,
      ),
      found: both(`«${alert.annotations.summary}»`, `“${alert.annotations.summary}”`),
      where: whereIs(desk, alert.name),
      next,
    });
  }
  return passed;
}

const misnamed = (desk: Desk, name: string, harm: Harmed): Verdict =>
  failed({
    expected: both(
      'el nombre de cada alerta dice qué mide su regla',
      'the name of each alert says what its rule measures',
    ),
    found:
      harm === 'wait'
        ? both(`${name} mide lo que se espera`, `${name} measures how long buyers wait`)
        : both(`${name} mide lo que falla`, `${name} measures what fails`),
    where: whereIs(desk, name),
    next: both(
      'El nombre encabeza el mensaje, y es lo primero que alguien lee. Cámbialo, o cambia la expresión si es la de otra regla.',
      'The name heads the message, and is what people read first. Change it, or the expression if it belongs to another rule.',
    ),
  });

type Unit = 's' | '%';

/** What may be while buyers are harmed, by units: the last bucket but one ends at 10 s, and under 2.5 % nobody may be told. */
const POSSIBLE: Readonly<Record<Unit, readonly [number, number]>> = { s: [0.1, 10], '%': [1, 100] };

/** A number, its SI prefix (`humanize` writes 88.9m), and its unit in full or in short. */
const MEASURE =
  /(\d[\d.]*(?:e[+-]?\d+)?) ?([µunmk]?) ?(?:(s|secs?|seconds?|segs?|segundos?)|(min|minutes?|minutos?)|(?:%|percent|per cent|por ciento))(?!\p{L})/gu;
const PREFIXES: Readonly<Record<string, number>> = { n: 1e-9, u: 1e-6, µ: 1e-6, m: 1e-3, k: 1e3 };

/** Numbers beside a unit in a text, those in seconds or in per cent; `isValue`: whether it is not the learner's own writing. */
function measuresIn(
  text: string,
  isValue: (one: string) => boolean,
): readonly { readonly unit: Unit; readonly amount: number }[] {
  return [...text.matchAll(MEASURE)].flatMap(([one, number, prefix = '', seconds, minutes]) => {
    const amount = Number(number) * (PREFIXES[prefix] ?? 1) * (minutes === undefined ? 1 : 60);
    return isValue(one) ? [{ unit: seconds === undefined && minutes === undefined ? '%' : 's', amount }] : [];
  });
}

const notATime = both(
  'Tu expresión da una proporción, no un tiempo: `{{ $value | humanizePercentage }}`, sin otra unidad.',
  'Your expression gives a share, not a time: `{{ $value | humanizePercentage }}`, with no other unit.',
);
const notAShare = both(
  'Tu expresión da segundos, no una proporción: `humanizeDuration` en lugar de `humanizePercentage`.',
  'Your expression gives seconds, not a share: `humanizeDuration` in place of `humanizePercentage`.',
);
const otherSeconds = both(
  'El número no va con su unidad: tu expresión da segundos. `{{ $value | humanizeDuration }}` pone la que toca.',
  'The number does not fit its unit: your expression gives seconds. `{{ $value | humanizeDuration }}` writes the right one.',
);
const otherShare = both(
  'El número no va con el %: una proporción va de 0 a 1. `{{ $value | humanizePercentage }}` multiplica por 100 y pone el %.',
  'The number does not fit the %: a share goes from 0 to 1. `{{ $value | humanizePercentage }}` multiplies by 100 and writes the %.',
);

function misspoken(desk: Desk, alert: Fired, harm: Harmed): Words | undefined {
  const expr = exprOf(desk, alert);
  const told = alert.annotations.summary ?? '';
  // What the learner wrote, before values are put in.
  const own = summaryOf(desk, alert.name);
  const isValue = (one: string): boolean => !own.includes(one);
  const isTime = /histogram_quantile|_seconds_sum/.test(expr);
  for (const { unit, amount } of measuresIn(told, isValue)) {
    if (unit === '%' && isTime) return notAShare;
    if (unit === 's' && !isTime) return notATime;
    const [least, most] = POSSIBLE[unit];
    if (amount < least || amount > most) return unit === 's' ? otherSeconds : otherShare;
  }
  const others = [
    ...begun,
    ...written(desk).map(({ expr, annotations }) => ({
      harm: harmOf(expr),
      summary: String(annotations?.summary ?? ''),
    })),
  ].filter((one) => olderThan[harm].some((other) => other === one.harm));
  const words = wordsOf(own);
  const isCopied = words !== '' && others.some(({ summary }) => wordsOf(summary) === words);
  if (!isCopied && !tellsOfOther(own, harm)) return undefined;
  return harm === 'errors'
    ? both(
        'Ese texto es de una alerta sobre otra cosa: quien lo lea buscará eso. Di qué falla.',
        'That is the text of an alert on something else: whoever reads it will look for that. Say what fails.',
      )
    : both(
        'Ese texto es de una alerta sobre otra cosa: quien lo lea buscará eso. Di cuánto se espera.',
        'That is the text of an alert on something else: whoever reads it will look for that. Say how long buyers wait.',
      );
}

const summaryOf = (desk: Desk, name: string): string =>
  String(written(desk).find(({ alert }) => alert === name)?.annotations?.summary ?? '');
