// What is judged of the suite by services with a fault in them: which it notices.
import { type Check, type Desk, failed, passed, type Star, type Words } from '../../sandbox/checks/index.ts';
import {
  expiresEarly,
  expiresLate,
  lostFrom,
  type Mutant,
  offByOne,
  others,
  six,
  unseen,
  wrongFilter,
} from './mutants.ts';
import { escaped, hasNotes } from './noticing.ts';
import { pinned } from './steady-checks.ts';
import { benchOf, failsOnGood, faultsOf } from './suite.ts';
import { words } from './words.ts';

/** What to do about faults that escape: first, to take the marks off tests that are but notes. */
async function unlessMarked(desk: Desk, next: Words): Promise<Words> {
  if (!(await hasNotes(desk))) return next;
  return words(
    'Una prueba marcada con `todo` o `skip` no cuenta: nunca pone la suite en rojo. Quita la marca y mira otra vez.',
    'A test marked `todo` or `skip` does not count: it never turns the suite red. Take the mark off, and look again.',
  );
}

/** A check that the suite notices each of some faults. */
const notices = (
  id: string,
  goal: Words,
  mutants: readonly Mutant[],
  file: string,
  say?: typeof failsOnGood,
): Check => ({
  id,
  goal,
  kind: 'command',
  async run(own) {
    const desk = await benchOf(own);
    const left = await escaped(desk, mutants, say);
    if (left.length === 0) return passed;
    const { es, en } = faultsOf(left);
    return failed({
      expected: words('alguna prueba falla si el servicio falla', 'some test fails when the service is wrong'),
      found: words(`todas pasan aunque el servicio falle así: ${es}`, `all pass although ${en}`),
      where: { file },
      next: await unlessMarked(
        desk,
        words(
          'Escribe qué respuesta exacta esperas. ¿Qué línea fallaría con ese error?',
          'Write which exact answer you expect. Which line would fail with that fault?',
        ),
      ),
    });
  },
});

export const noticesSearch = notices(
  'd04-c6',
  words(
    'La suite detecta una búsqueda que no hace caso de un filtro o da otros viajes',
    'The suite notices a search that ignores a filter or gives other trips',
  ),
  [wrongFilter, lostFrom, ...others],
  'seats/test/search.test.mjs',
  failsOnGood,
);

export const noticesHolds = notices(
  'd04-c7',
  words(
    'La suite detecta un `left` con un asiento de menos y una reserva que caduca tarde, o demasiado pronto',
    'The suite notices a `left` that is one seat too low, and a hold that expires late, or too early',
  ),
  [offByOne, expiresLate, expiresEarly],
  'seats/test',
);

export const mostCaught: Check = {
  id: 'd04-c2',
  goal: words(
    'La suite detecta al menos cinco de seis errores puestos a propósito',
    'The suite notices at least five of six faults put in on purpose',
  ),
  kind: 'command',
  async run(own) {
    const desk = await benchOf(own);
    const left = await escaped(desk, six);
    if (left.length <= 1) return passed;
    const { es, en } = faultsOf(left);
    return failed({
      expected: words('5 de 6 errores hacen fallar la suite', '5 of 6 faults make the suite fail'),
      found: words(
        `${6 - left.length} de 6. Pasa aunque el servicio falle así: ${es}`,
        `${6 - left.length} of 6. It passes although ${en}`,
      ),
      where: { file: 'seats/test' },
      next: await unlessMarked(
        desk,
        words(
          'Un 200 no dice qué se contestó: comprueba también el contenido y los códigos de error.',
          'A 200 does not tell what was answered: check the content too, and the codes of errors.',
        ),
      ),
    });
  },
};

export const unseenCaught: Check = {
  id: 'd04-c9',
  goal: words(
    'La suite detecta al menos tres de cuatro errores de los que nadie te habló',
    'The suite notices at least three of four faults that nobody told you of',
  ),
  kind: 'command',
  async run(own) {
    const desk = await benchOf(own);
    const left = await escaped(desk, unseen);
    if (left.length <= 1) return passed;
    return failed({
      expected: words(
        'al menos 3 de los 4 errores nuevos hacen fallar la suite',
        'at least 3 of the 4 new faults make the suite fail',
      ),
      found: words(`solo ${4 - left.length}`, `only ${4 - left.length}`),
      where: { file: 'seats/README.md' },
      next: await unlessMarked(
        desk,
        words(
          'Lee la tabla del README fila por fila: ¿qué promesa no comprueba todavía ninguna prueba?',
          'Read the table of the README row by row: which promise does no test check yet?',
        ),
      ),
    });
  },
};

export const allCaught: Star = {
  id: 'd04-x1',
  star: 'safer',
  goal: words('La suite detecta los once errores', 'The suite notices all eleven faults'),
  kind: 'command',
  async run(own) {
    const desk = await benchOf(own);
    const left = await escaped(desk, [...six, ...unseen, lostFrom]);
    if (left.length === 0) return (await pinned(desk)) ?? passed;
    const promises = [...new Set(left.map(({ promise }) => promise))].slice(0, 2).map((one) => `«${one}»`);
    return failed({
      expected: words('once de once', 'eleven of eleven'),
      found: words(
        `${11 - left.length} de 11. Pasa aunque no siempre se cumpla esto del README: ${promises.join(', ')}`,
        `${11 - left.length} of 11. It passes although this of the README is not always kept: ${promises.join(', ')}`,
      ),
      where: { file: 'seats/README.md' },
      next: await unlessMarked(
        desk,
        words(
          'Busca esas palabras en el README. ¿Se cumplen también con otro viaje? ¿Y por HTTP, con `openService`?',
          'Look for these words in the README. Do they hold for another trip too? And over HTTP, with `openService`?',
        ),
      ),
    });
  },
};
