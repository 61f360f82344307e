// What is judged of the plan: what it says of a card, held against the card's notes and against what its last run read.
import { type Check, type Desk, failed, passed, type Verdict } from '../../sandbox/checks/index.ts';
import { lastRunOf, planOf, same } from './runs.ts';

/** What the notes of a card say: who asked for it, and what its code needs. */
interface Notes {
  readonly asker: string;
  readonly needed: readonly string[];
}

/** What the plan says of a card now. */
function planned(desk: Desk, card: string) {
  const entry = (desk.yaml('plan.yaml') as Plan | null)?.cards?.[card];
  return {
    isThere: entry !== undefined,
    askedBy: String(entry?.asked_by ?? ''),
    services: Array.isArray(entry?.services) ? [...new Set(entry.services.map(String))] : [],
    where: { file: 'plan.yaml', ...lineOf(desk.text('plan.yaml'), `${card}:`) },
  };
}

/** What should be true of the plan with which a card was last run: it says what the card's notes say, and stands as it was read. */
export function asInNotes(desk: Desk, card: string, { asker, needed }: Notes): Verdict {
  const { isThere, askedBy, where } = planned(desk, card);
  if (!isThere) {
    return failed({
      expected: { es: `\`${card}\` en \`cards\`, en el plan`, en: `\`${card}\` in \`cards\`, in the plan` },
      found: { es: 'esa entrada ya no está', en: 'that entry is gone' },
      where,
      next: {
        es: `Escríbela otra vez, con \`asked_by\` y \`services\`, y da otra vuelta: \`loop run --card ${card}\`.`,
        en: `Write it again, with \`asked_by\` and \`services\`, and run the card again: \`loop run --card ${card}\`.`,
      },
    });
  }
  if (askedBy !== asker) {
    return failed({
      expected: {
        es: `en \`asked_by\`, quien pide \`${card}\` según sus notas`,
        en: `in \`asked_by\`, the team that asks for \`${card}\` in its notes`,
      },
      found: same(`asked_by: ${askedBy || "''"}`),
      where,
      next: {
        es: 'Relee la primera frase de esas notas, escríbelo con un nombre del comentario de `plan.yaml` y da otra vuelta.',
        en: 'Read the first sentence of those notes again, write the name as in the comment of `plan.yaml`, and run the card again.',
      },
    });
  }
  return asksForTooMuch(desk, card, needed) ?? asItWasRead(desk, card);
}

/** What is wrong with a plan that asks for more services than the card's notes; undefined when it does not. */
function asksForTooMuch(desk: Desk, card: string, needed: readonly string[]): Verdict | undefined {
  const { services, where } = planned(desk, card);
  const needless = services.filter((name) => !needed.includes(name));
  if (needless.length === 0) return undefined;
  return failed({
    expected: {
      es: `en \`services\`, solo lo que piden las notas de \`${card}\``,
      en: `in \`services\`, only what the notes of \`${card}\` ask for`,
    },
    found: { es: `además: ${needless.join(', ')}`, en: `also: ${needless.join(', ')}` },
    where,
    next: {
      es: 'Cada servicio hay que prepararlo, y darle permisos. Quita los que ninguna frase de las notas necesita.',
      en: 'Each service has to be prepared and given permissions. Take out those that no sentence of the notes needs.',
    },
  });
}

/** Whether the plan says of a card what its last run read. */
export function asItWasRead(desk: Desk, card: string): Verdict {
  const run = lastRunOf(desk.log, card)?.name ?? '';
  const read = planOf(desk.log, run);
  const { askedBy, services, where } = planned(desk, card);
  const told = [askedBy, ...services.toSorted()].join(', ');
  const toldThen = [read.askedBy, ...read.services.toSorted()].join(', ');
  if (told === toldThen) return passed;
  return failed({
    expected: { es: 'una vuelta con el plan tal como está ahora', en: 'a run with the plan as it is now' },
    found: {
      es: `${run} leyó «${toldThen}»; el plan dice ahora «${told}»`,
      en: `${run} read “${toldThen}”; the plan now says “${told}”`,
    },
    where,
    next: {
      es: `Deja en el plan lo que hace falta y repite \`loop run --card ${card}\`.`,
      en: `Leave in the plan what is needed, and repeat \`loop run --card ${card}\`.`,
    },
  });
}

export const planKnowsWho: Check = {
  id: 'd01-c5',
  kind: 'file',
  goal: {
    es: 'El plan dice quién pidió ticket-by-email y qué servicios necesita, ni uno más; está en order hasta que da su vuelta',
    en: 'The plan says who asked for ticket-by-email and which services it needs, no others; it is in order until it has gone round',
  },
  run(desk) {
    const plan = desk.yaml('plan.yaml') as Plan | null;
    const { asked_by: asker, services } = plan?.cards?.['ticket-by-email'] ?? {};
    const order = Array.isArray(plan?.order) ? plan.order : [];
    // A card that is done may leave the list of what will be done; none is run that does not stand in it.
    const ordered = order.includes('ticket-by-email') || lastRunOf(desk.log, 'ticket-by-email') !== undefined;
    if (asker === 'support' && ordered) return namesServices(desk, services);
    const found = `asked_by: ${JSON.stringify(asker ?? '')}; order: [${order.join(', ')}]`;
    return failed({
      expected: {
        es: '`ticket-by-email` con quien lo pidió en `asked_by`, y dentro de `order`',
        en: '`ticket-by-email` with the team that asked in `asked_by`, and inside `order`',
      },
      found: same(found),
      where: { file: 'plan.yaml', ...lineOf(desk.text('plan.yaml'), ordered ? 'ticket-by-email:' : 'order:') },
      next: !ordered
        ? { es: 'Añade la tarjeta a la lista `order`.', en: 'Add the card to the list `order`.' }
        : /support|soporte/i.test(JSON.stringify(asker ?? ''))
          ? {
              es: 'El equipo es ese. Escríbelo como en el comentario de arriba: `asked_by: support`.',
              en: 'That is the team. Write it as in the comment at the top: `asked_by: support`.',
            }
          : { es: 'En las notas, busca quién recibe las llamadas.', en: 'In the notes, look for who gets the calls.' },
    });
  },
};

/** What the code of ticket-by-email calls, say its notes. */
const forEmail = ['seats', 'mail'];

/** Whether the plan's services for ticket-by-email are a list of names that can be asked for, those that its notes need and no others. */
function namesServices(desk: Desk, services: unknown): Verdict {
  const offered = (desk.yaml('loop.config') as { readonly services?: readonly string[] } | null)?.services ?? [];
  const names = Array.isArray(services) ? services.map(String) : [];
  if (forEmail.some((name) => !offered.includes(name))) {
    return failed({
      expected: {
        es: 'los cinco servicios de la compañía en `loop.config`',
        en: "the company's five services in `loop.config`",
      },
      found: same(`services: [${offered.join(', ')}]`),
      where: { file: 'loop.config', ...lineOf(desk.text('loop.config'), 'services:') },
      next: {
        es: 'Esa lista dice qué se puede pedir, y no se cambia. Restablece el archivo; lo que necesita una tarjeta va en `plan.yaml`.',
        en: 'That list says what can be asked for, and stays as it is. Reset the file; what a card needs goes into `plan.yaml`.',
      },
    });
  }
  const isOffered = names.length > 0 && names.every((name) => offered.includes(name));
  const tooMuch = isOffered ? asksForTooMuch(desk, 'ticket-by-email', forEmail) : undefined;
  if (tooMuch !== undefined) return tooMuch;
  if (isOffered && forEmail.every((name) => names.includes(name))) return passed;
  return failed({
    expected: isOffered
      ? {
          es: 'en `services`, todo lo que piden las notas de `ticket-by-email`',
          en: 'in `services`, everything the notes of `ticket-by-email` ask for',
        }
      : {
          es: `en \`services\`, una lista con nombres de: ${offered.join(', ')}`,
          en: `in \`services\`, a list with names out of: ${offered.join(', ')}`,
        },
    found: same(`services: ${JSON.stringify(services ?? '')}`),
    where: { file: 'plan.yaml', ...lineOf(desk.text('plan.yaml'), 'ticket-by-email:') },
    next: {
      es: 'Relee las notas de la tarjeta: cada cosa que hace su código es trabajo de un servicio de `loop.config`.',
      en: 'Read the notes of the card again: each thing that its code does is the work of a service in `loop.config`.',
    },
  });
}

interface Plan {
  readonly order?: unknown;
  readonly cards?: Readonly<Record<string, { readonly asked_by?: unknown; readonly services?: unknown } | null>>;
}

function lineOf(text: string, mark: string): { readonly line?: number } {
  const index = text.split('\n').findIndex((line) => line.trim().startsWith(mark));
  return index < 0 ? {} : { line: index + 1 };
}
