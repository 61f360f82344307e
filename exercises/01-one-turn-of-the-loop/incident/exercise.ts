import { type Chance, type Check, type Exercise, failed, pick } from '../../../sandbox/checks/index.ts';
import { arrives } from '../run-checks.ts';

/** Cards whose notes say what their code calls. */
const calls: Readonly<Record<string, readonly string[]>> = {
  'refund-button': ['seats', 'payments'],
  'ticket-by-email': ['seats', 'mail'],
  'kiosk-receipt': ['seats', 'payments', 'printer'],
  'seat-map': ['web', 'seats'],
  'group-booking': ['web', 'seats', 'payments', 'mail'],
};

/** A plan that forgot one service of a card and lets two others go first, and the run that it led to. */
function broken(chance: Chance): string {
  const card = pick(chance, Object.keys(calls));
  const needed = calls[card] ?? [];
  const forgotten = pick(chance, needed);
  const others = Object.keys(calls).filter((other) => other !== card);
  // Three that are not done take 36 hours at least: more than two days with the card's own turn.
  const ahead = others.slice(0, chance.integer(3, others.length));
  const entry = (name: string, services: readonly string[]): string =>
    `  ${name}:\n    asked_by: support\n    services: [${services.join(', ')}]\n`;
  const entries = ahead.map((name) => entry(name, calls[name] ?? [])).join('');
  const plan = `order: [${[...ahead, card].join(', ')}]\ncards:\n${entries}${entry(
    card,
    needed.filter((service) => service !== forgotten),
  )}`;
  return `sed -i 's/column: done/column: ready/' board/cards.yaml
cat > plan.yaml <<'END'
${plan}END
loop run --card ${card}`;
}

const arrivesNow: Check = {
  id: 'd01-i1-c1',
  kind: 'log',
  goal: {
    es: 'La última vuelta de la tarjeta que se detuvo llega a monitor sin paradas, en dos días como mucho',
    en: 'The last run of the card that had stopped reaches monitor without a stop, within two days',
  },
  run(desk) {
    const stopped = desk.log.find((entry) => entry.type === 'RunEnded' && entry.stops > 0);
    if (stopped?.type === 'RunEnded') return arrives(desk, stopped.card);
    return failed({
      expected: { es: 'la vuelta con la que empezó el aviso', en: 'the run that the call began with' },
      found: { es: 'ninguna vuelta con paradas', en: 'no run with a stop' },
      next: { es: 'Restablece el día para empezar de nuevo.', en: 'Reset the day to begin again.' },
    });
  },
};

export const exercise: Exercise = {
  id: 'd01-i1',
  seed: 'ventarela-day-1-incident',
  seeds: 10,
  title: { es: 'Una tarjeta que no llega', en: 'A card that does not arrive' },
  stateFrom: 'd01',
  setup: broken,
  opens: 'plan.yaml',
  steps: [
    {
      id: 'd01-i1-s1',
      kind: 'challenge',
      title: { es: 'Haz que la tarjeta llegue', en: 'Make the card arrive' },
      task: {
        es: 'Anoche una tarjeta se detuvo en *deploy*, y quien la pidió pregunta cuándo llega. Mira cuál fue con `loop runs`. Corrige `plan.yaml` y da otra vuelta con ella: sin paradas y en dos días como mucho.',
        en: 'Last night a card stopped at deploy, and whoever asked for it wants to know when it comes. See which one with `loop runs`. Fix `plan.yaml` and run the card again: without a stop, within two days.',
      },
      checks: [arrivesNow],
      files: ['plan.yaml', { es: 'planning/notas.md', en: 'planning/notes.md' }],
      hints: [
        {
          es: 'El tercer concepto del día 1: un plan nombra los servicios que necesita.',
          en: 'The third concept of day 1: a plan names the services it needs.',
        },
        {
          es: 'Las notas dicen qué hace la tarjeta. Mira también qué tarjetas van antes en `order`.',
          en: 'The notes say what the card does. Look as well at the cards ahead of it in `order`.',
        },
        {
          es: '`order: [LA-TARJETA, …]` y `services: [lo que ya había, …]`',
          en: '`order: [THE-CARD, …]` and `services: [what was there, …]`',
        },
      ],
      reason: {
        es: 'La parada se ve en *deploy*, pero la causa está en el plan: un servicio sin nombrar. Y esperar detrás de otras también es tiempo para quien pidió la tarjeta.',
        en: 'The stop shows at deploy, but its cause is in the plan: a service that it does not name. And waiting behind others is time too for whoever asked.',
      },
    },
  ],
  wrong: { 'last-in-line': 'd01-i1-c1', 'ran-again': 'd01-i1-c1' },
};
