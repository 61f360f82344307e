import { pick, type ReviewQuestion, type Words } from '../../sandbox/checks/index.ts';
import { both } from './facts.ts';

const clock = (hour: number, minutes: number): string =>
  `${hour + Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

const leadTime: ReviewQuestion = {
  id: 'd10-r1',
  ask(chance) {
    const alert = chance.integer(0, 20);
    const commit = alert + chance.integer(6, 15);
    const merge = commit + chance.integer(10, 30);
    const deploy = merge + chance.integer(4, 9);
    const at = (minutes: number): string => clock(9, minutes);
    return {
      kind: 'quantity',
      text: both(
        `Alerta a las ${at(alert)}, primer commit a las ${at(commit)}, fusión a las ${at(merge)} y despliegue a las ${at(deploy)}. ¿Cuántos minutos es el tiempo de entrega?`,
        `Alert at ${at(alert)}, first commit at ${at(commit)}, merge at ${at(merge)} and deploy at ${at(deploy)}. How many minutes is the lead time?`,
      ),
      answer: deploy - commit,
      within: 0.5,
      unit: both('min', 'min'),
      why: both(
        `Del primer commit al despliegue: de ${at(commit)} a ${at(deploy)}.`,
        `From the first commit to the deploy: from ${at(commit)} to ${at(deploy)}.`,
      ),
      low: both('Es más: la espera y la puerta también cuentan.', 'It is more: waiting and the gate count too.'),
      high: both(
        'Es menos: empieza con el cambio, no con la alerta.',
        'It is less: it begins with the change, not with the alert.',
      ),
      slips: [
        {
          value: deploy - merge,
          why: both(
            'Eso va de la fusión al despliegue. El cambio empezó antes.',
            'That goes from the merge to the deploy. The change began earlier.',
          ),
        },
        {
          value: merge - commit,
          why: both(
            'Hasta la fusión nadie recibió nada: termina con el despliegue.',
            'Until the merge nobody received anything: it ends with the deploy.',
          ),
        },
        {
          value: deploy - alert,
          why: both(
            'La alerta pone en marcha el otro reloj, el de la recuperación.',
            'The alert starts the other clock, that of the recovery.',
          ),
        },
      ],
    };
  },
};

const recovery: ReviewQuestion = {
  id: 'd10-r2',
  ask(chance) {
    const bad = chance.integer(2, 20);
    const firing = bad + chance.integer(2, 4);
    const back = firing + chance.integer(3, 9);
    const resolved = back + chance.integer(5, 6);
    const fixed = resolved + chance.integer(15, 40);
    const at = (minutes: number): string => clock(14, minutes);
    return {
      kind: 'quantity',
      text: both(
        `El canal dice:\n    ${at(bad)} [DEPLOY] seats 2.2.0 succeeded\n    ${at(firing)} [FIRING:1] BuyersGetErrors\n    ${at(back)} [ROLLBACK] seats 2.2.0 to 2.1.0 succeeded\n    ${at(resolved)} [RESOLVED] BuyersGetErrors\n    ${at(fixed)} [DEPLOY] seats 2.2.1 succeeded\n¿Cuánto duró la recuperación, como la mediste en el día 10?`,
        `The channel says:\n    ${at(bad)} [DEPLOY] seats 2.2.0 succeeded\n    ${at(firing)} [FIRING:1] BuyersGetErrors\n    ${at(back)} [ROLLBACK] seats 2.2.0 to 2.1.0 succeeded\n    ${at(resolved)} [RESOLVED] BuyersGetErrors\n    ${at(fixed)} [DEPLOY] seats 2.2.1 succeeded\nHow long was the recovery, as you measured it on day 10?`,
      ),
      answer: resolved - firing,
      within: 0.5,
      unit: both('min', 'min'),
      why: both(
        `De la alerta al mensaje de que terminó: de [FIRING], ${at(firing)}, a [RESOLVED], ${at(resolved)}.`,
        `From the alert until it says that it is over: from [FIRING], ${at(firing)}, to [RESOLVED], ${at(resolved)}.`,
      ),
      low: both(
        'Es más: la alerta espera a ver limpios los últimos minutos.',
        'It is more: the alert waits to see the last minutes clean.',
      ),
      high: both(
        'Es menos: empieza con la alerta y no espera al arreglo.',
        'It is less: it begins with the alert and does not wait for the fix.',
      ),
      slips: [
        {
          value: back - firing,
          why: both(
            'Entonces terminó el daño, pero nadie lo sabía aún: se mide hasta [RESOLVED].',
            'The harm ended then, but nobody knew it yet: it is measured until [RESOLVED].',
          ),
        },
        {
          value: fixed - firing,
          why: both(
            'El arreglo llegó después y no quitó ningún error: ya se había vuelto atrás.',
            'The fix came later and took no error away: you had gone back already.',
          ),
        },
      ],
    };
  },
};

const whatFirst: ReviewQuestion = {
  id: 'd10-r3',
  ask(chance) {
    const deployed = chance.integer(5, 40);
    const version = `1.${chance.integer(3, 8)}.0`;
    const storesData = chance.integer(0, 1) === 1;
    const right = (yes: boolean) => (yes ? { right: true as const } : {});
    const more: Words = storesData
      ? both(
          'Ya ha guardado reservas en una forma que la versión anterior no entiende.',
          'It has stored holds already in a form that the version before does not understand.',
        )
      : both('Sospechas de una línea.', 'You suspect one line.');
    return {
      kind: 'choice',
      text: both(
        `${version} se desplegó a las ${clock(9, deployed)}, y a las ${clock(9, deployed + 2)} saltó una alerta de errores. ${more.es} ¿Qué haces primero?`,
        `${version} was deployed at ${clock(9, deployed)}, and at ${clock(9, deployed + 2)} an alert about errors fired. ${more.en} What do you do first?`,
      ),
      choices: [
        {
          text: both('Volver a la versión anterior', 'Go back to the version before'),
          ...right(!storesData),
          why: storesData
            ? both(
                'La anterior no entiende esas reservas: el daño sería otro, quizá mayor.',
                'The one before does not understand these holds: the harm would be another, perhaps a greater one.',
              )
            : both(
                'Tarda segundos y no exige tener razón. La sospecha se comprueba después.',
                'It takes seconds and does not ask you to be right. The suspicion is verified afterwards.',
              ),
        },
        {
          text: both('Llevar un arreglo por la puerta', 'Carry a fix through the gate'),
          ...right(storesData),
          why: storesData
            ? both(
                'Cuando no se puede volver, se arregla hacia delante, y con prisa, pero por la puerta.',
                'Where going back is impossible one fixes forward: in a hurry, yet through the gate.',
              )
            : both(
                'Quizá tengas razón, pero la puerta tarda minutos y mientras tanto siguen los errores.',
                'You may be right, but the gate takes minutes, and meanwhile the errors go on.',
              ),
        },
        {
          text: both('Corregir el archivo en web-1', 'Edit the file on web-1'),
          why: both(
            'Dura hasta el próximo despliegue, y nadie sabrá qué está en marcha.',
            'It lasts until the next deploy, and nobody will know what is running.',
          ),
        },
        {
          text: both('Reunir a todos para hallar la causa', 'Gather everybody to find the cause'),
          why: both(
            'Primero el daño. La causa se busca mejor cuando nadie sufre.',
            'The harm first. The cause is easier to find when nobody suffers.',
          ),
        },
      ],
    };
  },
};

const whatItGuards: ReviewQuestion = {
  id: 'd10-r4',
  ask(chance) {
    const version = `1.${chance.integer(3, 9)}.0`;
    const [before, after] = pick(chance, [
      ['red', 'green'],
      ['green', 'green'],
      ['red', 'red'],
    ] as const);
    const colour = { red: both('en rojo', 'red'), green: both('en verde', 'green') };
    const is = (b: string, a: string) => (before === b && after === a ? { right: true as const } : {});
    return {
      kind: 'choice',
      text: both(
        `Tu prueba está ${colour[before].es} con el código de ${version}, que dañó a los compradores, y ${colour[after].es} con el arreglo, que está bien. ¿Qué sabes de ella?`,
        `Your test is ${colour[before].en} on the code of ${version}, which harmed buyers, and ${colour[after].en} with the fix, which is right. What do you know about it?`,
      ),
      choices: [
        {
          text: both('Que ve el error y avisará si vuelve', 'That it sees the error, and will tell if it returns'),
          ...is('red', 'green'),
          why:
            before === 'red' && after === 'green'
              ? both('Distingue el código malo del bueno.', 'It tells the bad code from the good.')
              : both(
                  'Dice lo mismo de los dos códigos, así que no los distingue.',
                  'It says the same of both codes, so it does not tell them apart.',
                ),
        },
        {
          text: both('Que no mira donde duele', 'That it does not look where it hurts'),
          ...is('green', 'green'),
          why:
            before === 'green'
              ? both('Pasa con el error dentro.', 'It passes with the error inside.')
              : both(`Con ${version} falla: algo de allí ve.`, `It fails on ${version}: it sees something there.`),
        },
        {
          text: both(
            'Que espera algo que tampoco es lo correcto',
            'That it expects something that is not right either',
          ),
          ...is('red', 'red'),
          why:
            after === 'red'
              ? both(
                  'El código está bien y aun así falla: hay que corregir lo que espera.',
                  'The code is right and it fails all the same: what it expects has to be fixed.',
                )
              : both('Con el arreglo pasa, y el arreglo está bien.', 'It passes with the fix, and the fix is right.'),
        },
      ],
    };
  },
};

export const review: readonly ReviewQuestion[] = [leadTime, recovery, whatFirst, whatItGuards];
