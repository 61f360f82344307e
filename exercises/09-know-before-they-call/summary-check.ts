// What is judged of the words of a message: that they are not those of another harm.
import { type Desk, failed, passed, type Verdict, type WatchedDay } from '../../sandbox/checks/index.ts';
import { both, watched } from './days.ts';
import { RULES, written } from './rules.ts';

type Fired = WatchedDay['alerts'][number];

/**
 * Whether the alerts of the bad deploy speak of errors, as far as anybody can tell: not in the words of an alert that fires when payments
 * are slow, and not in milliseconds, which is how `humanizeDuration` writes a share.
 */
export function saysWhatFails(desk: Desk): Verdict {
  const [errors, waits] = (['bad-deploy', 'slow-payment'] as const).map((day) => watched(desk, day).alerts) as [
    readonly Fired[],
    readonly Fired[],
  ];
  const only = (own: readonly Fired[], others: readonly Fired[]): readonly Fired[] =>
    own.filter(({ name }) => others.every((other) => other.name !== name));
  for (const error of only(errors, waits)) {
    const summary = summaryOf(desk, error);
    const same = only(waits, errors).find((wait) => summary !== '' && summaryOf(desk, wait) === summary);
    const told = error.annotations.summary ?? '';
    const ms = told.match(/[\d.]+ms\b/g)?.find((one) => !summary.includes(one));
    if (same === undefined && ms === undefined) continue;
    return failed({
      expected: both(
        `un \`summary\` de ${error.name} que diga qué falla`,
        `a \`summary\` of ${error.name} that says what fails`,
      ),
      found: both(`«${told}»`, `“${told}”`),
      where: { file: RULES },
      next:
        same === undefined
          ? both(
              'Tu expresión da una proporción, no un tiempo: `humanizePercentage` en lugar de `humanizeDuration`.',
              'Your expression gives a share, not a time: `humanizePercentage` in place of `humanizeDuration`.',
            )
          : both(
              `Es el de ${same.name}: quien lo lea buscará una espera. Escribe qué falla, con \`humanizePercentage\` si das la proporción.`,
              `It is that of ${same.name}: whoever reads it will look for a wait. Write what fails, with \`humanizePercentage\` if you give the share.`,
            ),
    });
  }
  return passed;
}

/** What the learner wrote, before values are put in. */
const summaryOf = (desk: Desk, { name }: Fired): string =>
  String(written(desk).find(({ alert }) => alert === name)?.annotations?.summary ?? '');
