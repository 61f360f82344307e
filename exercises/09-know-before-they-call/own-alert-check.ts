// What is judged of two harms: that each has an alert of its own, so that a message says which it is.
import { type Desk, failed, passed, type Verdict } from '../../sandbox/checks/index.ts';
import { both } from './days.ts';
import { counter, firingAt, series, waits } from './numbers.ts';
import { whereIs } from './rules.ts';

/** Hour by hour: good answers, ten seconds of waiting for all, good answers, and half of them quick errors. */
const hours = [
  series('lb_requests_total', ',code="200"', counter([200, 200, 200, 100])),
  series('lb_requests_total', ',code="503"', counter([0, 0, 0, 100])),
  ...waits([
    { each: [200, 0, 200, 200], seconds: '0.1' },
    { each: [0, 200, 0, 0], seconds: '10' },
  ]),
];
const [SLOW, BAD] = [2, 4];

/** Rules that fire in neither hour look at other series, and are not judged by these. */
export async function ofItsOwn(desk: Desk): Promise<Verdict> {
  const fired = await firingAt(desk, hours, [SLOW, BAD]);
  const onWaiting = fired.get(SLOW) ?? [];
  const onErrors = fired.get(BAD) ?? [];
  const [name] = onErrors;
  if (name === undefined || onErrors.some((one) => !onWaiting.includes(one))) return passed;
  return failed({
    expected: both(
      'una alerta sobre lo que falla que calle cuando solo se espera',
      'an alert on what fails that is silent when people only wait',
    ),
    found: both(`${name} salta por las dos cosas`, `${name} fires for both`),
    where: whereIs(desk, name),
    next: both(
      'Quien la lee no sabe cuál de las dos es. Haz dos reglas, cada una con su expresión y su nombre.',
      'Whoever reads it cannot tell which of the two it is. Make two rules, each with its expression and its name.',
    ),
  });
}
