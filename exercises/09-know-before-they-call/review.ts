import { pick, type ReviewQuestion, type Words } from '../../sandbox/checks/index.ts';

const words = (es: string, en: string): Words => ({ es, en });
const same = (text: string): Words => words(text, text);

const firstTold: ReviewQuestion = {
  id: 'd09-r1',
  ask(chance) {
    const start = chance.integer(2, 20);
    const wait = chance.integer(2, 8);
    const short = chance.integer(1, wait - 1);
    const answer = start + wait;
    return {
      kind: 'quantity',
      text: words(
        `Una regla tiene \`for: ${wait}m\` y se evalúa cada 15 s. Su expresión da resultado sin pausa desde las 10:${String(start).padStart(2, '0')} hasta las 11:00. Antes ya lo había dado ${short} min, a las 9:30. ¿A qué minuto de las 10 salta?`,
        `A rule has \`for: ${wait}m\` and is evaluated every 15 s. Its expression gives a result without a break from 10:${String(start).padStart(2, '0')} to 11:00. It had done so before, for ${short} min, at 9:30. At which minute past 10 does it fire?`,
      ),
      answer,
      within: 0.25,
      unit: words('min después de las 10', 'min past 10'),
      why: words(
        `Tiene que durar ${wait} min seguidos: ${start} + ${wait}.`,
        `It has to last ${wait} min without a break: ${start} + ${wait}.`,
      ),
      low: words(
        'Es más tarde: hasta que no dura todo el `for`, está pendiente.',
        'It is later: until it has lasted the whole `for`, it is pending.',
      ),
      high: words(
        'Es antes: el tiempo de `for` empieza con el primer resultado.',
        'It is earlier: the time of `for` begins with the first result.',
      ),
      slips: [
        {
          value: start,
          why: words(
            'Entonces queda pendiente. Salta cuando ha durado todo el `for`.',
            'Then it is pending. It fires when it has lasted the whole `for`.',
          ),
        },
        {
          value: start + wait - short,
          why: words(
            'Lo de las 9:30 se cortó: al volver, la cuenta empieza de nuevo.',
            'What was at 9:30 broke off: when it comes back, the count starts again.',
          ),
        },
      ],
    };
  },
};

const symptom: ReviewQuestion = {
  id: 'd09-r2',
  ask(chance) {
    const share = chance.integer(2, 9);
    const seconds = chance.integer(2, 5);
    const cpu = chance.integer(80, 97);
    const time = `03:${chance.integer(10, 59)}`;
    const wrong = [
      {
        text: words(`El procesador pasa del ${cpu} %`, `The processor is above ${cpu} %`),
        why: words(
          'Es una causa posible. Puede pasar sin que nadie sufra, y callar cuando sufren.',
          'That is one possible cause. It may happen without harm, and be silent when there is harm.',
        ),
      },
      {
        text: words(`Se desplegó la versión 1.${share}.0`, `Version 1.${share}.0 was deployed`),
        why: words(
          'Es una noticia: todos quieren saberla, y a nadie hace falta despertar.',
          'That is news: everybody wants to know it, and nobody need be woken.',
        ),
      },
      {
        text: words(`Hay ${share} instancias en marcha`, `${share} instances are running`),
        why: words(
          'Eso describe el sistema. No dice cómo les va a los compradores.',
          'That describes the system. It does not say how the buyers fare.',
        ),
      },
    ];
    return {
      kind: 'choice',
      text: words(
        `Son las ${time}. ¿Cuál de estas señales merece despertar a alguien?`,
        `It is ${time}. Which of these signals is worth waking somebody for?`,
      ),
      choices: [
        pick(chance, [
          {
            text: words(
              `El ${share} % de las compras tarda más de ${seconds} s`,
              `${share} % of the purchases take more than ${seconds} s`,
            ),
            right: true,
            why: words(
              'Eso lo vive quien compra, venga de donde venga.',
              'The buyer lives through that, wherever it comes from.',
            ),
          },
          {
            text: words(`El ${share} % de las respuestas son 5xx`, `${share} % of the answers are 5xx`),
            right: true,
            why: words('Son compradores que se quedan sin respuesta.', 'Those are buyers left without an answer.'),
          },
        ] as const),
        ...wrong,
      ],
    };
  },
};

const routing: ReviewQuestion = {
  id: 'd09-r3',
  ask(chance) {
    const version = `1.${chance.integer(2, 9)}.${chance.integer(0, 5)}`;
    const [kind, other] = pick(chance, [
      ['rollback', 'deploy'],
      ['deploy', 'rollback'],
    ] as const);
    return {
      kind: 'choice',
      text: words(
        `Llega la noticia \`kind=${kind}, version=${version}, result=failed\`. ¿Qué ruta la lleva a su canal?`,
        `The news \`kind=${kind}, version=${version}, result=failed\` comes in. Which route takes it to its channel?`,
      ),
      choices: [
        {
          text: same(`\`matchers: ['kind=~"deploy|rollback"']\``),
          right: true,
          why: words(
            'Pide una sola cosa, y las dos clases la cumplen.',
            'It asks for one thing, and both kinds meet it.',
          ),
        },
        {
          text: same(`\`matchers: ['kind="${other}"']\``),
          why: words(`Esta es de clase ${kind}.`, `This one is of the kind ${kind}.`),
        },
        {
          text: same(`\`matchers: ['kind="${kind}"', 'result="succeeded"']\``),
          why: words(
            'Pide las dos cosas a la vez, y el resultado es otro.',
            'It asks for both at once, and the result is another.',
          ),
        },
      ],
    };
  },
};

export const review: readonly ReviewQuestion[] = [firstTold, symptom, routing];
