import { pick, type ReviewQuestion } from '../../sandbox/checks/index.ts';
import { words } from './words.ts';

const same = (text: string) => words(text, text);

const whichCode: ReviewQuestion = {
  id: 'd04-r1',
  ask(chance) {
    const code = chance.integer(1, 7);
    const { script, right } = pick(chance, [
      { script: 'node --test | tee test.log', right: 0 },
      { script: 'set -o pipefail; node --test | tee test.log', right: code },
      { script: 'node --test || true', right: 0 },
      { script: 'node --test > test.log; code=$?; cat test.log; exit $code', right: code },
      { script: 'node --test > test.log; cat test.log', right: 0 },
    ]);
    const why =
      right === 0
        ? words(
            'La última orden salió bien, y su código es el que queda.',
            'The last command went well, and its code is what is left.',
          )
        : words('El código de las pruebas se conserva hasta el final.', 'The code of the tests is kept to the end.');
    return {
      kind: 'quantity',
      text: words(
        `Falla una prueba y \`node --test\` termina con ${code}. Todo lo demás sale bien. ¿Con qué código termina este script?\n    ${script}`,
        `A test fails, and \`node --test\` ends with ${code}. All else goes well. With which code does this script end?\n    ${script}`,
      ),
      answer: right,
      unit: words('de código', 'as its code'),
      why,
      low: words('Sigue el código de una orden a la siguiente.', 'Follow the code from one command to the next.'),
      high: words('Sigue el código de una orden a la siguiente.', 'Follow the code from one command to the next.'),
      slips: [
        right === 0
          ? {
              value: code,
              why: words(
                'Ese código se pierde: después viene otra orden, y sale bien.',
                'That code is lost: another command follows, and it goes well.',
              ),
            }
          : {
              value: 0,
              why: words('Aquí nada tapa el código de las pruebas.', 'Nothing covers the code of the tests here.'),
            },
      ],
    };
  },
};

const whichNotices: ReviewQuestion = {
  id: 'd04-r2',
  ask(chance) {
    const seats = chance.integer(12, 40);
    const hold = chance.integer(1, 4);
    const left = seats - hold;
    const say = (text: string) => same(`\`${text}\``);
    return {
      kind: 'choice',
      text: words(
        `Un viaje tiene ${seats} asientos y se reservan ${hold}. ¿Qué línea falla si el servicio se olvida de restarlos?`,
        `A trip has ${seats} seats and ${hold} are held. Which line fails if the service forgets to take them off?`,
      ),
      choices: [
        {
          text: say(`assert.equal(trip.seats, ${left})`),
          right: true,
          why: words(
            `Sin la resta quedarían ${seats}, y la línea espera ${left}.`,
            `Without it ${seats} would be left, and the line expects ${left}.`,
          ),
        },
        {
          text: say('assert.ok(trip.seats > 0)'),
          why: words(
            `${seats} también es mayor que 0: pasa con el fallo dentro.`,
            `${seats} is more than 0 as well: it passes with the fault inside.`,
          ),
        },
        {
          text: say('assert.equal(answer.status, 201)'),
          why: words(
            'El estado dice que se aceptó, no que se restara.',
            'The status says that it was accepted, and not that anything was taken off.',
          ),
        },
        {
          text: say(`assert.ok(trip.seats <= ${seats})`),
          why: words(
            `${seats} no es mayor que ${seats}: pasa sin la resta.`,
            `${seats} is not more than ${seats}: it passes without the subtraction.`,
          ),
        },
      ],
    };
  },
};

export const review: readonly ReviewQuestion[] = [whichCode, whichNotices];
