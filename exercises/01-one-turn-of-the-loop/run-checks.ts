// What is judged of runs: predictions, where they stopped and how long they took, and what they left on the board.
import {
  type Check,
  type Desk,
  failed,
  passed,
  type Star,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';
import { asInNotes, asItWasRead } from './plan-checks.ts';
import { isWhole, lastRunOf, long, planOf, predictions, same, stages } from './runs.ts';

const TWO_DAYS = 2 * 24 * 60;

/** What should be true of the last run of a card: it came to monitor without a stop, within two days. */
export function arrives(desk: Desk, card: string): Verdict {
  const run = lastRunOf(desk.log, card);
  const expected: Words = {
    es: `\`${card}\` llega a monitor sin paradas y en 2 días como mucho`,
    en: `\`${card}\` reaches monitor without a stop, within 2 days`,
  };
  if (run === undefined) {
    return failed({
      expected,
      found: { es: 'esa tarjeta no ha dado ninguna vuelta', en: 'that card has not gone round yet' },
      where: { command: 'loop run' },
      next: {
        es: `Cuando el plan esté listo: \`loop run --card ${card}\``,
        en: `Once the plan is ready: \`loop run --card ${card}\``,
      },
    });
  }
  const lead = long(run.leadTimeMinutes);
  if (run.firstStop !== undefined) {
    const { stage, reason } = run.firstStop;
    return failed({
      expected,
      found: {
        es: `en ${run.name} paró ${run.stops === 1 ? 'una vez' : `${run.stops} veces, la primera`} en ${stage} por falta de ${reason}; tardó ${lead}`,
        en: `in ${run.name} it stopped ${run.stops === 1 ? 'once' : `${run.stops} times, first`} at ${stage}, for lack of ${reason}; it took ${lead}`,
      },
      where: { stage, run: run.name },
      next: {
        es: 'Relee sus notas, completa `services` en `plan.yaml` y da otra vuelta.',
        en: 'Read its notes again, complete `services` in `plan.yaml` and run it once more.',
      },
    });
  }
  if (run.leadTimeMinutes <= TWO_DAYS) return passed;
  return failed({
    expected,
    found: { es: `en ${run.name} no paró, pero tardó ${lead}`, en: `in ${run.name} it did not stop, but took ${lead}` },
    where: { stage: 'plan', run: run.name },
    next: {
      es: 'Esperó a las tarjetas sin hacer que van antes en `order`. Súbela y da otra vuelta.',
      en: 'It waited for the unfinished cards ahead of it in `order`. Move it up and run it once more.',
    },
  });
}

export const wholeTurn: Check = {
  id: 'd01-c1',
  kind: 'log',
  goal: {
    es: 'Una tarjeta pasa por las ocho etapas en orden y sin paradas, y cada una entrega algo a la siguiente',
    en: 'A card goes through the eight stages in order and without a stop, and each hands something to the next',
  },
  run({ log }) {
    const ended = log.flatMap((entry) => (entry.type === 'RunEnded' ? [entry.run] : []));
    if (ended.some((run) => isWhole(log, run))) return passed;
    return failed({
      expected: {
        es: `una vuelta sin paradas: ${stages.join(', ')}`,
        en: `a run without a stop: ${stages.join(', ')}`,
      },
      found:
        ended.length === 0
          ? { es: 'ninguna vuelta terminada', en: 'no run that ended' }
          : { es: `${ended.join(', ')}: con paradas`, en: `${ended.join(', ')}: with stops` },
      where: { command: 'loop run' },
      next: {
        es: 'Escribe en la terminal `loop run --card bigger-letters`.',
        en: 'Type `loop run --card bigger-letters` in the terminal.',
      },
    });
  },
};

export const predictedFirst: Check = {
  id: 'd01-c2',
  kind: 'log',
  goal: {
    es: 'Guardaste tu predicción de dos tarjetas antes de su primera vuelta',
    en: 'You saved a prediction for two cards before their first run',
  },
  run({ log }) {
    const { before, without, waiting } = predictions(log);
    if (before.length >= 2) return passed;
    const found = ({ predicted, not, saved, none }: Record<'predicted' | 'not' | 'saved' | 'none', string>): string =>
      [
        `${predicted}: ${before.join(', ') || none}`,
        ...(without.length > 0 ? [`${not}: ${without.join(', ')}`] : []),
        ...(waiting.length > 0 ? [`${saved}: ${waiting.join(', ')}`] : []),
      ].join('; ');
    return failed({
      expected: { es: 'dos tarjetas con predicción previa', en: 'two cards predicted beforehand' },
      found: {
        es: found({
          predicted: 'con vuelta y predicción previa',
          not: 'con vuelta sin predicción',
          saved: 'con predicción, aún sin vuelta',
          none: 'ninguna',
        }),
        en: found({
          predicted: 'run, predicted beforehand',
          not: 'run without a prediction',
          saved: 'predicted, not yet run',
          none: 'none',
        }),
      },
      where: { command: waiting.length > 0 ? 'loop run' : 'loop predict' },
      next:
        before.length + waiting.length >= 2
          ? {
              es: 'Las predicciones están guardadas: da ahora la vuelta de esas tarjetas con `loop run --card ID`.',
              en: 'The predictions are saved: now run those cards with `loop run --card ID`.',
            }
          : {
              es: 'Elige una tarjeta sin vueltas: primero `loop predict --card ID --stops-at ETAPA`, después `loop run`. Acertar no puntúa.',
              en: 'Choose a card without runs: first `loop predict --card ID --stops-at STAGE`, then `loop run`. Being right does not count.',
            },
    });
  },
};

export const refundArrives: Check = {
  id: 'd01-c6',
  kind: 'log',
  goal: {
    es: 'La última vuelta de refund-button no se detiene, sin servicios de más y con quien la pidió',
    en: 'The last run of refund-button does not stop, with no service too many and with the team that asked',
  },
  run(desk) {
    const run = lastRunOf(desk.log, 'refund-button');
    if (run !== undefined && run.stops === 0)
      return asInNotes(desk, 'refund-button', { asker: 'finance', needed: ['seats', 'payments'] });
    const stop = run?.firstStop;
    return failed({
      expected: { es: '`refund-button` da una vuelta sin paradas', en: '`refund-button` goes round without a stop' },
      found:
        stop === undefined
          ? { es: 'esa tarjeta no ha dado ninguna vuelta', en: 'that card has not gone round yet' }
          : {
              es: `${run?.name} se detuvo en ${stop.stage}: falta ${stop.reason}`,
              en: `${run?.name} stopped at ${stop.stage}: ${stop.reason} is missing`,
            },
      where: stop === undefined ? { command: 'loop run' } : { stage: stop.stage, ...(run && { run: run.name }) },
      next:
        stop === undefined
          ? {
              es: 'Guarda tu predicción y escribe `loop run --card refund-button`.',
              en: 'Save your prediction and type `loop run --card refund-button`.',
            }
          : {
              es: 'Pon en `plan.yaml` el servicio que falta y repite `loop run --card refund-button`.',
              en: 'Put the missing service into `plan.yaml` and repeat `loop run --card refund-button`.',
            },
    });
  },
};

export const emailArrives: Check = {
  id: 'd01-c3',
  kind: 'log',
  goal: {
    es: 'Con el plan de ahora, ticket-by-email llega a monitor sin paradas, en dos días como mucho',
    en: 'With the plan as it is now, ticket-by-email reaches monitor without a stop, within two days',
  },
  run(desk) {
    const arrived = arrives(desk, 'ticket-by-email');
    return arrived.passed ? asItWasRead(desk, 'ticket-by-email') : arrived;
  },
};

export const boardTells: Check = {
  id: 'd01-c4',
  kind: 'world',
  goal: {
    es: 'El tablero tiene ticket-by-email en Done y la tarjeta que abrió monitor en Backlog',
    en: 'The board has ticket-by-email in Done, and the card that monitor opened in Backlog',
  },
  run(desk) {
    const cards = desk.yaml('board/cards.yaml');
    const list = Array.isArray(cards) ? (cards as readonly { id?: string; column?: string }[]) : [];
    const columnOf = (id: string): string => list.find((card) => card?.id === id)?.column ?? '—';
    const feedback = 'feedback-ticket-by-email';
    const created = desk.log.some((entry) => entry.type === 'CardCreated' && entry.card === feedback);
    const stand = columnOf('ticket-by-email') === 'done' && columnOf(feedback) === 'backlog';
    if (stand && created) return passed;
    const columns = `ticket-by-email: ${columnOf('ticket-by-email')}; ${feedback}: ${columnOf(feedback)}`;
    return failed({
      expected: {
        es: `\`ticket-by-email\` en done, y \`${feedback}\`, abierta por monitor, en backlog`,
        en: `\`ticket-by-email\` in done, and \`${feedback}\`, opened by monitor, in backlog`,
      },
      found: stand
        ? { es: `${columns}, pero ninguna vuelta las movió`, en: `${columns}, but no run moved them` }
        : same(columns),
      where: { file: 'board/cards.yaml' },
      next: {
        es: 'Las columnas las mueve la vuelta: `loop run --card ticket-by-email`, después `board list`.',
        en: 'The run moves the columns: `loop run --card ticket-by-email`, then `board list`.',
      },
    });
  },
};

/** What the notes of group-booking say. */
const forGroups = { asker: 'support', needed: ['web', 'seats', 'payments', 'mail'] };

export const groupArrives: Check = {
  id: 'd01-c7',
  kind: 'log',
  goal: {
    es: 'group-booking llega a monitor sin paradas ni servicios de más, con quien la pidió, en dos días como mucho',
    en: 'group-booking reaches monitor without a stop or a service too many, with the team that asked, within two days',
  },
  run(desk) {
    const arrived = arrives(desk, 'group-booking');
    return arrived.passed ? asInNotes(desk, 'group-booking', forGroups) : arrived;
  },
};

export const groupAtOnce: Star = {
  id: 'd01-x1',
  star: 'faster',
  kind: 'log',
  goal: {
    es: 'La primera vuelta de group-booking ya llega sin paradas, sin servicios de más y con quien la pidió',
    en: 'The very first run of group-booking arrives without a stop, with no service too many and with the team that asked',
  },
  run({ log }) {
    const first = log.find((entry) => entry.type === 'RunEnded' && entry.card === 'group-booking');
    const run = first?.type === 'RunEnded' ? first : undefined;
    const { askedBy, services } = planOf(log, run?.run ?? '');
    const needless = services.filter((name) => !forGroups.needed.includes(name));
    if (run?.stops === 0 && needless.length === 0 && askedBy === forGroups.asker) return passed;
    return failed({
      expected: {
        es: 'una primera vuelta sin paradas, con los servicios justos y quien la pidió',
        en: 'a first run without a stop, with the services it needs and the team that asked',
      },
      found:
        run === undefined
          ? { es: 'ninguna vuelta todavía', en: 'no run yet' }
          : run.stops > 0
            ? { es: `${run.run} se detuvo`, en: `${run.run} stopped` }
            : needless.length > 0
              ? {
                  es: `${run.run} pidió además ${needless.join(', ')}`,
                  en: `${run.run} asked for ${needless.join(', ')} too`,
                }
              : { es: `${run.run} leyó \`asked_by: ${askedBy}\``, en: `${run.run} read \`asked_by: ${askedBy}\`` },
      ...(run && { where: { stage: run.stops > 0 ? 'deploy' : 'plan', run: run.run } }),
      next: {
        es: 'Restablece el día si quieres intentarlo otra vez: lo que ya lograste sigue logrado.',
        en: 'Reset the day if you want to try again: what you have reached stays reached.',
      },
    });
  },
};
