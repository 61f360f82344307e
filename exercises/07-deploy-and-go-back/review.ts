import { pick, type ReviewQuestion, type Words } from '../../sandbox/checks/index.ts';

const words = (es: string, en: string): Words => ({ es, en });
const same = (text: string): Words => words(text, text);

const theGap: ReviewQuestion = {
  id: 'd07-r1',
  ask(chance) {
    const rate = chance.integer(3, 9);
    const stop = chance.integer(1, 2);
    const start = chance.integer(3, 6);
    const answer = rate * (stop + start);
    return {
      kind: 'quantity',
      text: words(
        `Un deploy para la versión vieja y después arranca la nueva en el mismo puerto. Parar tarda ${stop} s y la nueva escucha ${start} s después. Llegan ${rate} peticiones por segundo. ¿Cuántas no encuentran a nadie, si la vieja deja de atender en cuanto empieza a parar?`,
        `A deploy stops the old version, then starts the new one on the same port. Stopping takes ${stop} s, and the new one listens ${start} s later. ${rate} requests arrive a second. How many find nobody, if the old one stops serving as soon as it begins to stop?`,
      ),
      answer,
      unit: words('peticiones', 'requests'),
      why: words(
        `Durante ${stop} + ${start} s no atiende nadie, y cada segundo llegan ${rate}.`,
        `For ${stop} + ${start} s nobody serves, and ${rate} arrive each second.`,
      ),
      low: words(
        'Son más: cuenta todo el tiempo en que nadie escucha.',
        'It is more: count all the time in which nobody listens.',
      ),
      high: words(
        'Son menos: solo las que llegan mientras nadie escucha.',
        'It is less: only those that arrive while nobody listens.',
      ),
      slips: [
        {
          value: rate * start,
          why: words('Falta el tiempo en que la vieja se para.', 'The time in which the old one stops is missing.'),
        },
        {
          value: 0,
          why: words(
            'Cero sale cuando las dos están a la vez, lado a lado, y se mueve un puntero.',
            'Zero is what you get with both side by side and a pointer that moves.',
          ),
        },
      ],
    };
  },
};

const whoServes: ReviewQuestion = {
  id: 'd07-r2',
  ask(chance) {
    const good = chance.integer(2, 5);
    const first = pick(chance, [8081, 8082]);
    const second = first === 8081 ? 8082 : 8081;
    const serving = good % 2 === 0 ? first : second;
    const other = serving === first ? second : first;
    return {
      kind: 'choice',
      text: words(
        `Atiende el puerto ${first} y ${second} está libre. Haces ${good} deploys que salen bien, lado a lado. El siguiente no pasa la prueba de humo. ¿Qué puerto atiende?`,
        `Port ${first} serves and ${second} is free. You make ${good} deploys that go well, side by side. The next one does not pass the smoke test. Which port serves?`,
      ),
      choices: [
        {
          text: same(String(serving)),
          right: true,
          why: words(
            'Cada deploy bueno cambia de puerto; el que falla no mueve el puntero.',
            'Each good deploy changes the port; the one that fails does not move the pointer.',
          ),
        },
        {
          text: same(String(other)),
          why: words(
            'Allí arrancó la que no pasó la prueba. El puntero no llegó a moverse.',
            'The one that failed the test was started there. The pointer never moved.',
          ),
        },
        {
          text: words('Los dos', 'Both'),
          why: words(
            'nginx reenvía a uno solo; el otro no recibe nada.',
            'nginx passes requests on to one of them; the other receives nothing.',
          ),
        },
        {
          text: words('Ninguno', 'Neither'),
          why: words(
            'Lo que atiende no se toca hasta que la nueva ha demostrado que funciona.',
            'What serves is not touched until the new one has shown that it works.',
          ),
        },
      ],
    };
  },
};

const whatItProves: ReviewQuestion = {
  id: 'd07-r3',
  ask(chance) {
    const version = `1.${chance.integer(1, 9)}.${chance.integer(0, 9)}`;
    const port = pick(chance, [8081, 8082]);
    return {
      kind: 'choice',
      text: words(
        `¿Cuál de estas órdenes demuestra que ${version} hace lo que piden los compradores, antes de mover el puntero?`,
        `Which of these commands shows that ${version} does what buyers ask for, before the pointer moves?`,
      ),
      choices: [
        {
          text: same(`\`curl -fsS 'localhost:${port}/trips?to=Puerto'\``),
          right: true,
          why: words(
            'Pide lo mismo que ellos, al proceso nuevo, y `-f` falla si la respuesta es un error.',
            'It asks for what they ask for, of the new process, and `-f` fails when the answer is an error.',
          ),
        },
        {
          text: same(`\`systemctl start seats@${port}\``),
          why: words(
            'Vuelve en cuanto hay un proceso, aunque muera un segundo después.',
            'It returns as soon as there is a process, even one that dies a second later.',
          ),
        },
        {
          text: same(`\`curl -fsS localhost:${port}/healthz\``),
          why: words(
            'Dice que el proceso contesta. Puede estar sano y no saber buscar.',
            'It says that the process answers. It may be healthy and unable to search.',
          ),
        },
        {
          text: same("`curl -fsS 'http://web-1/trips?to=Puerto'`"),
          why: words(
            'Antes de mover el puntero, ahí contesta todavía la vieja.',
            'Before the pointer moves, the old one still answers there.',
          ),
        },
      ],
    };
  },
};

export const review: readonly ReviewQuestion[] = [theGap, whoServes, whatItProves];
