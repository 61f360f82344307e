// What is judged of the words of a message: that they speak of the harm that the alert is about, and of no other.
import { type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { both, watched } from './days.ts';
import { exprOf, type Fired, type Harmed, RULES, written } from './rules.ts';

/** Words by which a summary speaks of a harm, or of a cause. A text with none of them says nothing wrong. */
const spoken: Readonly<Record<Harmed | 'cause', RegExp>> = {
  wait: /\b(wait|slow|latenc|delay|seconds|p9\d|percentil|esper|lent[oa]|tarda|segundos|demora|retras|duration|durac|response time|tiempo de resp)|\b\d+([.,]\d+)? ?m?s\b/i,
  errors:
    /\b5(xx|\d\d|\.\.)|\b(errors?\b|errore|fail|fall[aoe]|refus|reject|rechaz|broken|rot[oa]s?\b|unavailable|cannot|no pued|no funciona|availab|disponib|success|outage|down\b|ca[ií]d)/i,
  cause: /\b(cpu|processors?|procesador|memory|memoria|dis[ck]o?)\b/i,
};

const harmOf = (expr: string): Harmed | undefined =>
  expr.includes('duration_seconds') ? 'wait' : /requests_total|journeys_total/.test(expr) ? 'errors' : undefined;

/**
 * Whether an alert that fired on a day speaks of something else than what its rule looks at, as far as anybody can tell: in words of
 * another harm and in none of its own, or with a share in milliseconds, which is how `humanizeDuration` writes it.
 */
export function saysWhatHarms(desk: Desk, day: 'slow-payment' | 'bad-deploy'): Verdict {
  for (const alert of watched(desk, day).alerts) {
    const harm = harmOf(exprOf(desk, alert));
    const next = harm === undefined ? undefined : misspoken(desk, alert, harm);
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

function misspoken(desk: Desk, { name, annotations }: Fired, harm: Harmed): Words | undefined {
  const told = annotations.summary ?? '';
  // What the learner wrote, before values are put in.
  const own = summaryOf(desk, name);
  if (harm === 'errors' && told.match(/[\d.]+ms\b/g)?.some((one) => !own.includes(one)))
    return both(
      'Tu expresión da una proporción, no un tiempo: `humanizePercentage` en lugar de `humanizeDuration`.',
      'Your expression gives a share, not a time: `humanizePercentage` in place of `humanizeDuration`.',
    );
  const words = own.replace(/\{\{.*?\}\}/gs, (value) => (value.includes('humanizeDuration') ? ' duration ' : ' '));
  const isOther = Object.entries(spoken).some(([other, pattern]) => other !== harm && pattern.test(words));
  if (!isOther || spoken[harm].test(words)) return undefined;
  return harm === 'errors'
    ? both(
        'Quien lo lea buscará otra cosa. Di qué falla, con `humanizePercentage` si das la proporción.',
        'Whoever reads it will look for something else. Say what fails, with `humanizePercentage` if you give the share.',
      )
    : both(
        'Quien lo lea buscará otra cosa. Di cuánto se espera, con `humanizeDuration` si das el tiempo.',
        'Whoever reads it will look for something else. Say how long buyers wait, with `humanizeDuration` if you give the time.',
      );
}

const summaryOf = (desk: Desk, name: string): string =>
  String(written(desk).find(({ alert }) => alert === name)?.annotations?.summary ?? '');
