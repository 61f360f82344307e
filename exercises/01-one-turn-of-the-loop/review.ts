import { type Chance, pick, type ReviewQuestion, type Words } from '../../sandbox/checks/index.ts';

const say = (es: string, en: string): Words => ({ es, en });

/** Stages in order, with what each hands over. */
const handed: readonly (readonly [stage: string, hands: Words])[] = [
  ['plan', say('Un plan', 'A plan')],
  ['code', say('Un commit', 'A commit')],
  ['build', say('Un artefacto', 'An artifact')],
  ['test', say('Un informe de pruebas', 'A test report')],
  ['release', say('Una versión con nombre', 'A version with a name')],
  ['deploy', say('Esa versión, en producción', 'That version, in production')],
  ['operate', say('Telemetría', 'Telemetry')],
  ['monitor', say('Una tarjeta nueva', 'A new card')],
];

const receives: ReviewQuestion = {
  id: 'd01-r1',
  ask(chance) {
    const at = chance.integer(2, handed.length - 2);
    const hands = (index: number): Words => handed[index]?.[1] ?? say('', '');
    const name = (index: number): string => handed[index]?.[0] ?? '';
    const belongs = (index: number): Words =>
      say(`Eso lo entrega *${name(index)}*.`, `That is what ${name(index)} hands over.`);
    return {
      kind: 'choice',
      text: say(`¿Qué recibe la etapa *${name(at)}*?`, `What does the stage ${name(at)} receive?`),
      choices: [
        {
          text: hands(at - 1),
          right: true,
          why: say(
            `Se lo entrega *${name(at - 1)}*, la etapa anterior.`,
            `It comes from ${name(at - 1)}, the stage before.`,
          ),
        },
        { text: hands(at), why: belongs(at) },
        { text: hands(at - 2), why: belongs(at - 2) },
        { text: hands(at + 1), why: belongs(at + 1) },
      ],
    };
  },
};

const priceOfAGap: ReviewQuestion = {
  id: 'd01-r2',
  ask(chance) {
    const days = chance.integer(2, 4);
    const hours = chance.integer(1, 9);
    const second = chance.integer(15, 23);
    const first = days * 24 + hours;
    return {
      kind: 'quantity',
      text: say(
        `Dos vueltas de la misma tarjeta. En la primera, el plan olvidó un servicio:\n    R1  Tiempo de entrega: ${days} d ${hours} h. Paradas: 1.\n    R2  Tiempo de entrega: ${second} h. Paradas: 0.\n¿Cuántas horas costó el olvido?`,
        `Two runs of one card. In the first, the plan forgot a service:\n    R1  Lead time: ${days} d ${hours} h. Stops: 1.\n    R2  Lead time: ${second} h. Stops: 0.\nHow many hours did the gap cost?`,
      ),
      answer: first - second,
      unit: say('h', 'h'),
      why: say(
        `${days} d ${hours} h son ${first} h. Menos las ${second} que hacían falta de todos modos: ${first - second}.`,
        `${days} d ${hours} h are ${first} h. Less the ${second} that were needed anyway: ${first - second}.`,
      ),
      low: say(
        'Es más. Pasa la primera vuelta a horas: el día simulado tiene 24.',
        'It is more. Turn the first run into hours: a simulated day has 24.',
      ),
      high: say('Es menos: la segunda vuelta también hacía falta.', 'It is less: the second run was needed too.'),
      slips: [
        {
          value: first,
          why: say(
            'Eso dura toda la primera vuelta. Una parte hacía falta.',
            'That is the whole of the first run. A part of it was needed.',
          ),
        },
        {
          value: days * 8 + hours - second,
          why: say(
            'Contaste días de ocho horas. La empresa simulada no duerme.',
            'You counted days of eight hours. The simulated company does not sleep.',
          ),
        },
      ],
    };
  },
};

interface Wish {
  readonly notes: Words;
  readonly services: readonly string[];
}

const wishes: readonly Wish[] = [
  {
    notes: say('«Al aceptar el pago, se imprime un recibo.»', '“When the payment is accepted, a receipt is printed.”'),
    services: ['payments', 'printer'],
  },
  {
    notes: say(
      '«Buscamos cada asiento confirmado y avisamos por correo.»',
      '“We look up each confirmed seat and tell the passenger by e-mail.”',
    ),
    services: ['seats', 'mail'],
  },
  {
    notes: say(
      '«Si se anula el viaje, se libera el asiento y se devuelve el dinero.»',
      '“If the trip is cancelled, the seat is freed and the money goes back.”',
    ),
    services: ['seats', 'payments'],
  },
  {
    notes: say(
      '«La página enseña los asientos libres mientras se elige.»',
      '“The page shows the free seats while one chooses.”',
    ),
    services: ['web', 'seats'],
  },
];

const whereItStops: ReviewQuestion = {
  id: 'd01-r3',
  ask(chance) {
    const { notes, services } = pick(chance, wishes);
    const forgotten = pick(chance, services);
    const [planned = ''] = services.filter((service) => service !== forgotten);
    return {
      kind: 'choice',
      text: say(
        `Las notas de una tarjeta dicen: ${notes.es} Su plan dice \`services: [${planned}]\`. ¿Qué pasa en la vuelta?`,
        `The notes of a card say: ${notes.en} Its plan says \`services: [${planned}]\`. What happens in the run?`,
      ),
      choices: [
        {
          text: say(
            `Se detiene en *deploy*: falta \`${forgotten}\``,
            `It stops at deploy: \`${forgotten}\` is missing`,
          ),
          right: true,
          why: say(
            'Es el primer lugar donde la versión se encuentra con la producción.',
            'It is the first place where the version meets production.',
          ),
        },
        {
          text: say(`Se detiene en *deploy*: falta \`${planned}\``, `It stops at deploy: \`${planned}\` is missing`),
          why: say('Ese lo nombra el plan, así que estará preparado.', 'The plan names that one, so it will be ready.'),
        },
        {
          text: say(`Se detiene en *test*: falta \`${forgotten}\``, `It stops at test: \`${forgotten}\` is missing`),
          why: say(
            'Las pruebas usan un sustituto del servicio, y pasan.',
            'The tests use a stand-in for the service, and pass.',
          ),
        },
        {
          text: say('No se detiene', 'It does not stop'),
          why: say(
            `El código llama también a \`${forgotten}\`, y nadie lo preparó.`,
            `The code calls \`${forgotten}\` as well, and nobody prepared it.`,
          ),
        },
      ],
    };
  },
};

const waiting: ReviewQuestion = {
  id: 'd01-r4',
  ask(chance: Chance) {
    const ahead = chance.integer(2, 5);
    const each = chance.integer(9, 15);
    const own = chance.integer(16, 24);
    const answer = ahead * each + own;
    return {
      kind: 'quantity',
      text: say(
        `Hoy alguien pide una tarjeta. Antes van ${ahead} sin terminar, y cada una ocupa al equipo ${each} horas. La vuelta de la tarjeta dura ${own} horas. ¿Cuál será su tiempo de entrega?`,
        `Somebody asks for a card today. Ahead of it stand ${ahead} unfinished ones, and each keeps the team busy for ${each} hours. The card's own turn takes ${own} hours. What will its lead time be?`,
      ),
      answer,
      unit: say('h', 'h'),
      why: say(
        `El reloj empieza cuando alguien la pide: ${ahead} × ${each} h de espera y ${own} h de vuelta.`,
        `The clock starts when somebody asks: ${ahead} × ${each} h of waiting, and ${own} h of its own turn.`,
      ),
      low: say(
        'Es más: cuenta la espera detrás de todas y la vuelta.',
        'It is more: count the wait behind all of them, and the turn.',
      ),
      high: say(
        'Es menos: espera a las que van antes, y a nadie más.',
        'It is less: it waits for those ahead, and for nobody else.',
      ),
      slips: [
        {
          value: own,
          why: say(
            'Eso dura la vuelta. Quien la pidió también esperó.',
            'That is how long the turn takes. Whoever asked has waited too.',
          ),
        },
        {
          value: ahead * each,
          why: say(
            'Eso es la espera. Falta la vuelta de la propia tarjeta.',
            'That is the wait. The turn of the card itself is missing.',
          ),
        },
      ],
    };
  },
};

export const review: readonly ReviewQuestion[] = [receives, priceOfAGap, whereItStops, waiting];
