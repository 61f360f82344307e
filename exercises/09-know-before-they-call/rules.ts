// What the learner's rules say: which slip keeps an alert from firing, and what to try with one that fires too easily. Only for messages:
// whether rules are right is judged by what they do on the days.
import type { Desk, Verdict, WatchedDay, Words } from '../../sandbox/checks/index.ts';
import { both, clock } from './days.ts';

export const RULES = 'monitoring/alerts.yaml';

export type Fired = WatchedDay['alerts'][number];

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: unknown;
  readonly keep_firing_for?: unknown;
  readonly annotations?: Readonly<Record<string, unknown>> | null;
}

/** Rules of the learner, of all groups. To be called after a replay, which says what is wrong with a file that is none of rules. */
export function written(desk: Desk): readonly Rule[] {
  const file = desk.yaml(RULES) as { readonly groups?: readonly { readonly rules?: readonly Rule[] | null }[] } | null;
  return (file?.groups ?? []).flatMap(({ rules }) => rules ?? []).map((rule) => ({ ...rule, expr: String(rule.expr) }));
}

/** Where the rule of an alert begins, for the link of a message. */
export function whereIs(desk: Desk, name: string): { readonly file: string; readonly line?: number } {
  const lines = desk.text(RULES).split('\n');
  const index = lines.findIndex((line) => /^[\s-]*alert:\s*["']?(.*?)["']?\s*(#.*)?$/.exec(line)?.[1] === name);
  return index < 0 ? { file: RULES } : { file: RULES, line: index + 1 };
}

const nameOf = ({ alert, record }: Rule): string => alert ?? record ?? RULES;

type Failed = Verdict & { readonly passed: false };
export type Harmed = 'wait' | 'errors';

/** Values of `le` of `lb_request_duration_seconds` (BUCKETS in sandbox/world/create.ts). */
export const BUCKETS = ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '0.8', '1', '2.5', '5', '10', '+Inf'];

/** A slip in the rules which Prometheus accepts, and with which an alert on that harm cannot fire. */
export function slip(desk: Desk, harm: Harmed): Pick<Failed, 'found' | 'where' | 'next'> | undefined {
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
  if (harm === 'wait')
    return rules.some(({ expr }) => expr.includes('duration_seconds'))
      ? undefined
      : {
          found: both('ninguna regla sobre lo que se espera', 'no rule on how long buyers wait'),
          where: { file: RULES },
          next: both(
            'Completa la regla comentada: el p95 de `lb_request_duration_seconds`, en segundos.',
            'Fill in the rule that is commented out: the p95 of `lb_request_duration_seconds`, in seconds.',
          ),
        };
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
      next: both('Una proporción va de 0 a 1: el 5 % es 0.05.', 'A share goes from 0 to 1: 5% is 0.05.'),
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

/** The expression of the rule from which an alert comes, with those of the recording rules that it names. */
export function exprOf(desk: Desk, { name }: Pick<Fired, 'name'>): string {
  const rules = written(desk);
  const own = rules.find(({ alert }) => alert === name)?.expr ?? '';
  const recorded = rules.filter(({ record }) => record !== undefined && own.includes(record));
  return [own, ...recorded.map(({ expr }) => expr)].join('\n');
}

const CLOCK = /\b(hour|minute|day_of_\w+|time)\s*\(/;

/** Whether some rule asks what time it is. */
export const isByTheClock = (desk: Desk): boolean => written(desk).some(({ expr }) => CLOCK.test(expr));

const quantileIn = (expr: string): number | undefined => {
  const [, quantile] = /histogram_quantile\(\s*([\d.]+)/.exec(expr) ?? [];
  return quantile === undefined ? undefined : Number(quantile);
};

/** A slip with which a value is over any threshold, whatever happens to buyers: no other threshold mends it. */
export function alwaysOver(expr: string): Words | undefined {
  const quantile = quantileIn(expr) ?? 0;
  if (quantile > 1)
    return both(
      `El cuantil va de 0 a 1: el 95 % es 0.95. Con ${quantile} el valor es +Inf, y pasa cualquier umbral.`,
      `The quantile goes from 0 to 1: 95% is 0.95. With ${quantile} the value is +Inf, over any threshold.`,
    );
  if (/\)?\s*\/\s*\(?\s*rate\(/.test(expr) && !expr.includes('_seconds') && !/\b(sum|avg)\b/.test(expr))
    return both(
      'Sin `sum`, cada serie se divide por la que tiene las mismas etiquetas, que es ella misma: siempre sale 1. Pon `sum(…)` arriba y abajo.',
      'Without `sum`, each series is divided by the one with the same labels, which is itself: that is always 1. Put `sum(…)` above and below.',
    );
  return undefined;
}

/** Why a rule on waiting does not tell whether one in twenty waits: it looks at others. */
export function notOneInTwenty(expr: string, fires: 'too soon' | 'too late'): Words | undefined {
  const quantile = quantileIn(expr);
  if (quantile === undefined)
    return expr.includes('_seconds_sum')
      ? both('Una media no dice cuántos esperan: mira el p95.', 'A mean does not say how many wait: look at the p95.')
      : undefined;
  if (fires === 'too soon' && quantile > 0.95)
    return both(
      `El cuantil ${quantile} salta ya con menos: pide el 0.95.`,
      `The quantile ${quantile} fires for fewer: ask for 0.95.`,
    );
  if (fires === 'too late' && quantile < 0.95)
    return both(
      `El cuantil ${quantile} no ve a ese 5 %: pide el 0.95.`,
      `The quantile ${quantile} does not see those 5%: ask for 0.95.`,
    );
  return undefined;
}

/** All that the learner's rules on waiting say. */
export const onWaiting = (desk: Desk): string =>
  written(desk)
    .map(({ expr }) => expr)
    .filter((expr) => expr.includes('duration_seconds'))
    .join('\n');

/** What to try with an alert that fired while nobody was harmed. */
export function tooEasily(desk: Desk, { name, labels }: Fired): Words {
  const expr = exprOf(desk, { name });
  const over = alwaysOver(expr);
  if (over !== undefined) return over;
  const { service } = labels;
  if (service !== undefined && service !== 'seats')
    return both(
      `La regla salta por unas pocas respuestas de \`${service}\`: los compradores no las ven todas. Cuenta solo las de \`service="seats"\`.`,
      `The rule fires because of a few answers of \`${service}\`: buyers do not see all of those. Count only those of \`service="seats"\`.`,
    );
  if (expr.includes('_total') && !expr.includes('process_cpu') && !expr.includes('/'))
    return both(
      'Con mucha gente, 3 por mil son ya un error cada pocos segundos. Alerta sobre una proporción, no sobre una cantidad.',
      'In a crowd, 3 in a thousand are an error every few seconds already. Alert on a share, not on a number.',
    );
  if (expr.includes('process_cpu'))
    return both(
      'Nadie sufría: un procesador ocupado es una causa posible, no un síntoma. Borra esa regla.',
      'Nobody was harmed: a busy processor is a possible cause, not a symptom. Delete that rule.',
    );
  if (CLOCK.test(expr))
    return both(
      'Nadie sufría. Una regla según la hora conoce un solo día: mira lo que sienten los compradores, sea la hora que sea.',
      'Nobody was harmed. A rule by the clock knows a single day: look at what buyers feel, whatever the time is.',
    );
  return both(
    'Nadie sufría. Una alerta que salta sin daño enseña a no mirarla: sube el umbral o el `for`.',
    'Nobody was harmed. An alert without harm teaches people not to look: raise the threshold or the `for`.',
  );
}

/** What to try when the first alert after that moment would have fired by then, had its `for` been over at once. */
export function waitsTooLong(desk: Desk, { alerts }: WatchedDay, until: number): Words | undefined {
  const late = alerts.find(({ firedAt }) => firedAt > until);
  if (late === undefined || late.activeAt > until) return undefined;
  const held = written(desk).find(({ alert }) => alert === late.name)?.for;
  return both(
    `\`${late.name}\` pasa el umbral a las ${clock(late.activeAt)} y espera los ${held} de su \`for\`. Bájalo.`,
    `\`${late.name}\` is over the threshold at ${clock(late.activeAt)}, and waits for the ${held} of its \`for\`. Lower it.`,
  );
}

/** Whether an alert comes of a rule on how long answers take. */
export const isOnWaiting = (desk: Desk, alert: Pick<Fired, 'name'>): boolean =>
  exprOf(desk, alert).includes('duration_seconds');

/** Whether it comes of a division, and not of one on how long answers take. */
export const isShare = (desk: Desk, alert: Fired): boolean =>
  exprOf(desk, alert).includes('/') && !isOnWaiting(desk, alert);

/** Whether it comes of a rule that three errors in a thousand are enough for, give or take as many. */
export function isBelowTheCrowd(desk: Desk, alert: Fired): boolean {
  const [, threshold] = />=?\s*([\d.]+)\s*$/m.exec(exprOf(desk, alert)) ?? [];
  return Number(threshold) <= 0.006;
}

/** Whether it comes of a rule that does not ask for `seats` alone. */
export const mixesServices = (desk: Desk, alert: Fired): boolean =>
  !/service\s*=~?\s*["']seats["']/.test(exprOf(desk, alert));
