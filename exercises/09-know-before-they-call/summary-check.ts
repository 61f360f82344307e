// What is judged of the words of a message: that they are not those of an alert on something else, and that the value has its unit. What a
// text says in words of its own is for people to judge.
import { type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { both, watched } from './days.ts';
import { exprOf, type Fired, type Harmed, RULES, written } from './rules.ts';

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
  { harm: 'wait', summary: '5 % of the buyers wait longer than {{ $value | humanizeDuration }}' },
] as const;

/** What a day's alert is about, and what its text may have been copied from. */
const olderThan = { wait: ['cause'], errors: ['cause', 'wait'] } as const;

const wordsOf = (summary: string): string =>
  (summary.replace(/\{\{.*?\}\}/gs, ' ').match(/\p{L}+/gu) ?? []).join(' ').toLowerCase();

/** Whether an alert that fired on a day has the text of an alert on something else, or a value in the unit of another. */
export function saysWhatHarms(desk: Desk, day: 'slow-payment' | 'bad-deploy'): Verdict {
  for (const alert of watched(desk, day).alerts) {
    const next = misspoken(desk, alert);
    if (next === undefined) continue;
    return failed({
      expected: both(
        `un \`summary\` de ${alert.name} que diga qué mide su regla`,
        `a \`summary\` of ${alert.name} that says what its rule measures`,
      ),
      found: both(`«${alert.annotations.summary}»`, `“${alert.annotations.summary}”`),
      where: { file: RULES },
      next,
    });
  }
  return passed;
}

function misspoken(desk: Desk, alert: Fired): Words | undefined {
  const expr = exprOf(desk, alert);
  const harm = harmOf(expr);
  if (harm !== 'wait' && harm !== 'errors') return undefined;
  const told = alert.annotations.summary ?? '';
  // What the learner wrote, before values are put in.
  const own = summaryOf(desk, alert.name);
  const isValue = (one: string): boolean => !own.includes(one);
  if (harm === 'errors' && told.match(/[\d.]+ms\b/g)?.some(isValue))
    return both(
      'Tu expresión da una proporción, no un tiempo: `humanizePercentage` en lugar de `humanizeDuration`.',
      'Your expression gives a share, not a time: `humanizePercentage` in place of `humanizeDuration`.',
    );
  if (expr.includes('histogram_quantile') && told.match(/[\d.]+%/g)?.some(isValue))
    return both(
      'Tu expresión da segundos, no una proporción: `humanizeDuration` en lugar de `humanizePercentage`.',
      'Your expression gives seconds, not a share: `humanizeDuration` in place of `humanizePercentage`.',
    );
  const others = [
    ...begun,
    ...written(desk).map(({ expr, annotations }) => ({
      harm: harmOf(expr),
      summary: String(annotations?.summary ?? ''),
    })),
  ].filter((one) => olderThan[harm].some((other) => other === one.harm));
  const words = wordsOf(own);
  if (words === '' || !others.some(({ summary }) => wordsOf(summary) === words)) return undefined;
  return harm === 'errors'
    ? both(
        'Es el texto de una alerta sobre otra cosa: quien lo lea buscará eso. Di qué falla.',
        'That is the text of an alert on something else: whoever reads it will look for that. Say what fails.',
      )
    : both(
        'Es el texto de una alerta sobre otra cosa: quien lo lea buscará eso. Di cuánto se espera.',
        'That is the text of an alert on something else: whoever reads it will look for that. Say how long buyers wait.',
      );
}

const summaryOf = (desk: Desk, name: string): string =>
  String(written(desk).find(({ alert }) => alert === name)?.annotations?.summary ?? '');
