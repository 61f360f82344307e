import type { ReviewQuestion, Words } from '../../sandbox/checks/index.ts';

const words = (es: string, en: string): Words => ({ es, en });

const percentile: ReviewQuestion = {
  id: 'd08-r1',
  ask(chance) {
    const few = chance.integer(6, 12);
    const slow = chance.integer(3, 9) * 1000;
    const fast = chance.integer(8, 30) * 10;
    const mean = Math.round((fast * (100 - few) + slow * few) / 100);
    return {
      kind: 'quantity',
      text: words(
        `De 100 respuestas, ${100 - few} tardan ${fast} ms y ${few} tardan ${slow} ms. ¿Cuánto vale el percentil 95?`,
        `Of 100 answers, ${100 - few} take ${fast} ms and ${few} take ${slow} ms. What is the 95th percentile?`,
      ),
      answer: slow,
      unit: words('ms', 'ms'),
      why: words(
        `Puestas en orden, la número 95 es ya una de las ${few} lentas.`,
        `In order, number 95 is one of the ${few} slow ones already.`,
      ),
      low: words('Es más: ordénalas y mira la número 95.', 'It is more: put them in order and look at number 95.'),
      high: words('Es menos: ninguna tarda tanto.', 'It is less: none takes that long.'),
      slips: [
        {
          value: fast,
          why: words(
            'Esa es la mediana: la mitad tarda eso o menos.',
            'That is the median: half of them take that or less.',
          ),
        },
        {
          value: mean,
          within: 1,
          why: words('Esa es la media: no la vive nadie.', 'That is the mean: nobody lives through it.'),
        },
      ],
    };
  },
};

const instances: ReviewQuestion = {
  id: 'd08-r2',
  ask(chance) {
    const each = chance.integer(4, 12);
    const target = chance.integer(5, 8) * 10;
    const rate = chance.integer(20, 90);
    const answer = Math.ceil((rate * 100) / (each * target));
    const full = Math.ceil(rate / each);
    return {
      kind: 'quantity',
      text: words(
        `Llegan ${rate} peticiones por segundo y una instancia atiende ${each} por segundo. Quieres que ninguna pase del ${target} % de carga. ¿Cuántas hacen falta?`,
        `${rate} requests arrive a second, and an instance serves ${each} a second. You want none above ${target} % of its load. How many do you need?`,
      ),
      answer,
      unit: words('instancias', 'instances'),
      why: words(
        `Al ${target} %, cada una atiende ${(each * target) / 100} por segundo. ${rate} entre eso, hacia arriba, son ${answer}.`,
        `At ${target} %, each serves ${(each * target) / 100} a second. ${rate} over that, rounded up, gives ${answer}.`,
      ),
      low: words('Son más: hay que dejar libre una parte de cada una.', 'It is more: a part of each has to stay free.'),
      high: words(
        'Son menos: divide lo que llega entre lo que cada una debe atender.',
        'It is less: divide what arrives by what each should serve.',
      ),
      slips:
        full === answer
          ? []
          : [
              {
                value: full,
                why: words(
                  'Así irían todas casi al 100 %, y cualquier pico formaría cola.',
                  'Then all would run near 100 %, and any peak would make a queue.',
                ),
              },
            ],
    };
  },
};

export const review: readonly ReviewQuestion[] = [percentile, instances];
