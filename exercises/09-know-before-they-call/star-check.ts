// What is judged of the star: that #operations hears before Support does, of each harm once, and is left in peace after that.
import {
  type Desk,
  failed,
  passed,
  type Star,
  type Verdict,
  type WatchedDay,
  type Words,
} from '../../sandbox/checks/index.ts';
import { heldBack, unheardOf } from './alert-checks.ts';
import { both, clock, ELEVEN, firstCall, TEN, toldAt, watched } from './days.ts';
import { RULES, slip, tooEasily, waitsTooLong, whereIs } from './rules.ts';

/** Days on which harm begins at once. Support is called at 10:04:02 and at 11:02:55; the solution tells at 10:03:30 and at 11:02:30. */
const sudden = [
  { name: 'slow-payment', harm: 'wait', seed: '1', from: TEN },
  { name: 'bad-deploy', harm: 'errors', seed: '1', from: ELEVEN },
] as const;

/** Days on which one harm is told once: more is to cry wolf. `minutes`: how much of it is judged. */
const once = [
  { name: 'slow-payment', seed: '1', minutes: 35 },
  { name: 'bad-deploy', seed: '1', minutes: 60 },
  { name: 'night-refusals', seed: '7', minutes: 240 },
] as const;

export const beforeTheyCall: Star = {
  id: 'd09-x1',
  star: 'faster',
  goal: both(
    'Del proveedor lento y del despliegue malo #operations sabe antes que Soporte. Ninguna alerta salta dos veces ni repite su mensaje cada media hora o menos, tampoco la noche de los pagos',
    'Of the slow provider and the bad deploy #operations hears before Support does. No alert fires twice or repeats its message every half hour or less, nor when payments fail at night',
  ),
  kind: 'world',
  run(desk) {
    for (const day of sudden) {
      const late = toldLate(desk, day);
      if (late !== undefined) return late;
    }
    for (const day of once) {
      const again = firedTwice(desk, day) ?? repeated(desk, day);
      if (again !== undefined) return again;
    }
    return passed;
  },
};

/** Undefined when #operations was told of that day's harm before somebody called. */
function toldLate(desk: Desk, { name, harm, seed, from }: (typeof sudden)[number]): Verdict | undefined {
  const day = watched(desk, name, seed);
  const call = firstCall(day);
  if (call === undefined) throw new Error(`${name}: nobody calls while it is judged`);
  // What was told before, when nobody was harmed, is for the quiet days to judge.
  const told = toldAt(day).find((at) => at >= from);
  if (told !== undefined && told < call) return undefined;
  const unheard = unheardOf(day, from, call - from);
  if (unheard !== undefined) return unheard;
  const expected = both(
    `${name}: un aviso entre las ${clock(from)}, cuando empieza, y las ${clock(call)}, primera llamada`,
    `${name}: a notification between ${clock(from)}, when it begins, and ${clock(call)}, the first call`,
  );
  const held = heldBack(desk, day, from, call - from, expected);
  if (held !== undefined) return held;
  const slipped = told === undefined ? slip(desk, harm) : undefined;
  if (slipped !== undefined) return failed({ expected, ...slipped });
  return failed({
    expected,
    found:
      told === undefined
        ? both(`ningún aviso desde las ${clock(from)}`, `no notification from ${clock(from)} on`)
        : both(`a las ${clock(told)}`, `at ${clock(told)}`),
    where: { file: RULES },
    next: sooner(desk, day, { call, told }),
  });
}

/** The wait that keeps an alert from being told before the call: its `for`, when without that it would be, or else what it looks back on. */
function sooner(desk: Desk, day: WatchedDay, { call, told }: { call: number; told: number | undefined }): Words {
  const late = day.alerts.find(({ firedAt }) => firedAt > call);
  const [early] = day.alerts;
  if (late === undefined && early !== undefined) return tooEasily(desk, early);
  if (late === undefined)
    return both(
      'Ninguna alerta saltó. Empieza por los pasos 3 y 4: sus objetivos dicen qué falta.',
      'No alert fired. Begin with steps 3 and 4: their goals say what is missing.',
    );
  const inAlertmanager = (told ?? late.firedAt) - late.firedAt;
  const passes = clock(late.activeAt);
  return (
    waitsTooLong(desk, day, call - inAlertmanager) ??
    both(
      `\`${late.name}\` no pasa el umbral hasta las ${passes}: aun sin \`for\`, el mensaje llega tarde. Con una ventana más corta lo pasa antes.`,
      `\`${late.name}\` is not over the threshold before ${passes}: even with no \`for\`, its message comes too late. With a shorter window it is over sooner.`,
    )
  );
}

/** Undefined when no alert fired on that day, ended, and fired again. */
function firedTwice(desk: Desk, { name, seed }: (typeof once)[number]): Verdict | undefined {
  const { alerts } = watched(desk, name, seed);
  const again = alerts.find(({ labels }, index) =>
    alerts.slice(0, index).some((one) => JSON.stringify(one.labels) === JSON.stringify(labels)),
  );
  if (again === undefined) return undefined;
  return failed({
    expected: both(`${name}: ninguna alerta dos veces`, `${name}: no alert twice`),
    found: both(
      `${again.name} otra vez a las ${clock(again.firedAt)}`,
      `${again.name} again at ${clock(again.firedAt)}`,
    ),
    where: whereIs(desk, again.name),
    next: both(
      'Nada se arregló entretanto, y el valor ronda tu umbral. `keep_firing_for` mantiene la alerta, y una ventana más larga también.',
      'Nothing was fixed in between, and the value is about your threshold. `keep_firing_for` holds the alert, and so does a longer window.',
    ),
  });
}

/** Minutes from one message to the next, of an alert that goes on firing, at which nobody reads them any more. */
const TOO_OFTEN = 30;

/** Undefined when an alert that goes on firing is not told again and again. */
function repeated(desk: Desk, { name, seed, minutes }: (typeof once)[number]): Verdict | undefined {
  const day = watched(desk, name, seed);
  const told = toldAt(day).length;
  if (told <= minutes / TOO_OFTEN + day.alerts.length) return undefined;
  return failed({
    expected: both(
      `${name}: un aviso, y que no se repita cada media hora o menos`,
      `${name}: one notification, not one every half hour or less`,
    ),
    found: both(`${told} en ${minutes} minutos`, `${told} in ${minutes} minutes`),
    where: { file: 'monitoring/alertmanager.yml' },
    next: both(
      'La alerta salta una vez; `repeat_interval` decide cada cuánto se repite el mensaje. Unas horas bastan.',
      'The alert fires once; `repeat_interval` decides how often its message is sent again. A few hours will do.',
    ),
  });
}
