import {
  type Check,
  CheckStop,
  type Desk,
  failed,
  passed,
  type Star,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';
import { expiresLate, lostFrom, type Mutant, offByOne, others, six, unseen, wrongFilter } from './mutants.ts';
import {
  BRANCH,
  brokenCopy,
  byNode,
  byScript,
  copyWith,
  escaped,
  failing,
  failsOnGood,
  failsThere,
  faultsOf,
  goodCopy,
  keptRun,
  type Leaning,
  leaning,
  noticed,
  onItsBranch,
  suiteOn,
  suiteOnRewritten,
  suiteWith,
  testsIn,
} from './suite.ts';
import { words } from './words.ts';

export const ranOnce: Check = {
  id: 'd04-c5',
  goal: words(
    'La suite se ha ejecutado en la terminal, y alguna vez ha fallado una prueba',
    'The suite has been run in the terminal, and a test has failed once',
  ),
  kind: 'log',
  run(desk) {
    // What node ended with, for test.sh itself may still hide it.
    const suites = new Set(
      desk.log.flatMap((entry) =>
        entry.type === 'ProcessStarted' && /^node .*--test\b/.test(entry.command) ? [entry.pid] : [],
      ),
    );
    const codes = desk.log.flatMap((entry) =>
      entry.type === 'ProcessEnded' && suites.has(entry.pid) ? [entry.exitCode] : [],
    );
    if (codes.some((code) => code !== 0)) return passed;
    return failed({
      expected: words(
        '`bash test.sh` ejecutado, también con el servicio estropeado',
        '`bash test.sh` run, also with the service broken',
      ),
      found:
        codes.length === 0
          ? words('todavía no', 'not yet')
          : words('todas las pruebas han pasado siempre', 'all tests have passed each time'),
      where: { command: 'bash test.sh' },
      next:
        codes.length === 0
          ? words('En `seats`: `bash test.sh` y después `echo $?`.', 'In `seats`: `bash test.sh`, then `echo $?`.')
          : words(
              'Quita el `return` de `search`, en `booking.mjs`, guarda y ejecuta `bash test.sh` otra vez.',
              'In `booking.mjs`, delete the `return` of `search`, save, and run `bash test.sh` again.',
            ),
    });
  },
};

export const truthful: Check = {
  id: 'd04-c3',
  goal: words(
    'Cuando falla una prueba, test.sh termina con un código distinto de cero, y test.log dice qué pasó',
    'When a test fails, test.sh ends with a code other than zero, and test.log tells what happened',
  ),
  kind: 'command',
  async run(desk) {
    const lie = (what: { es: string; en: string }) =>
      failed({
        expected: words('un código distinto de 0', 'a code other than 0'),
        found: words(`0, con ${what.es}`, `0, with ${what.en}`),
        where: { file: 'seats/test.sh' },
        next: words(
          'El código de una tubería es el de su última orden, y `|| true` siempre da 0. Pruébalo: rompe una prueba y mira `echo $?`.',
          'The code of a pipeline is that of its last command, and `|| true` always gives 0. Try it: break a test and look at `echo $?`.',
        ),
      });
    const broken = await brokenCopy(desk);
    await desk.run('rm -f test.log', { cwd: broken });
    if ((await byScript(desk, broken)).exitCode === 0)
      return lie(words('un servicio que ni siquiera carga', 'a service that does not even load'));
    if (!desk.exists(`${broken}/test.log`)) return keepsNoLog(words('sin `test.log`', 'no `test.log`'));
    const kept = desk.text(`${broken}/test.log`).trim();
    if (kept === '') return keepsNoLog(words('`test.log` vacío', 'an empty `test.log`'));
    if (!SAYS_WHAT_FAILED.test(kept)) {
      const first = kept.split('\n')[0]?.slice(0, 60);
      return keepsNoLog(words(`con el servicio roto, solo: «${first}»`, `with a broken service, only: “${first}”`));
    }
    const [first, ...others] = await noticed(desk, six);
    if (first === undefined) return passed;
    const heard = await byScript(desk, await copyWith(desk, first));
    const [ran, all] = [testsIn(heard.said), testsIn((await suiteOn(desk, first)).said)];
    if (heard.exitCode === 0)
      return ran === undefined || ran === all
        ? lie(words('pruebas que `node --test` ve fallar', 'tests that `node --test` sees fail'))
        : leavesTestsOut(first);
    // As many tests as node runs by itself: none is left out, and there is no need to try every fault.
    if (ran === all) return passed;
    for (const mutant of others)
      if ((await byScript(desk, await copyWith(desk, mutant))).exitCode === 0) return leavesTestsOut(mutant);
    return passed;
  },
};

/** Each reporter of node has a sign for a test that fails, or tells its error. */
const SAYS_WHAT_FAILED = /✖|not ok|Error\b/;

const keepsNoLog = (found: Words) =>
  failed({
    expected: words(
      'en `test.log`, lo que dicen las pruebas: cuál falla y por qué',
      'in `test.log`, what the tests say: which fails, and why',
    ),
    found,
    where: { file: 'seats/test.sh' },
    next: words(
      'Deja `tee test.log`: la tubería puede terminar como `node --test` y guardar el registro.',
      'Leave `tee test.log` in: the pipeline can end as `node --test` does and keep the log.',
    ),
  });

const leavesTestsOut = ({ fault }: Mutant) =>
  failed({
    expected: words('que test.sh ejecute todas tus pruebas', 'test.sh to run all of your tests'),
    found: words(
      `termina con 0 aunque el servicio falle así: ${fault.es}; \`node --test\` lo ve`,
      `it ends with 0 although ${fault.en}; \`node --test\` sees it`,
    ),
    where: { file: 'seats/test.sh' },
    next: words(
      '`node --test`, sin nombres de archivo, ejecuta todo lo que hay en `test/`.',
      '`node --test`, without file names, runs everything in `test/`.',
    ),
  });

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
  async run(desk) {
    const left = await escaped(desk, mutants, say);
    if (left.length === 0) return passed;
    const { es, en } = faultsOf(left.slice(0, 2));
    return failed({
      expected: words('alguna prueba falla si el servicio falla', 'some test fails when the service is wrong'),
      found: words(`todas pasan aunque el servicio falle así: ${es}`, `all pass although ${en}`),
      where: { file },
      next: words(
        'Escribe en la prueba qué respuesta exacta esperas. ¿Qué línea fallaría con ese error?',
        'Write into the test which exact answer you expect. Which line would fail with that fault?',
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
    'La suite detecta un `left` con un asiento de menos y una reserva que caduca tarde',
    'The suite notices a `left` that is one seat too low, and a hold that expires late',
  ),
  [offByOne, expiresLate],
  'seats/test',
);

/** test.sh on the good service, and once more where it passed. */
const twice = (desk: Desk) =>
  desk.once('test.sh, twice', async (copy) => {
    const folder = await goodCopy(copy);
    const first = await byScript(copy, folder);
    return { first, second: first.exitCode === 0 ? await byScript(copy, folder) : undefined };
  });

const looksAtTheText = failed({
  expected: words(
    'pasa con un servicio que hace lo mismo y está escrito de otra forma',
    'it passes on a service that does the same, written differently',
  ),
  found: words(
    'falla: cambiamos nombres internos, formas de decir lo mismo y el archivo en que está escrito',
    'it fails: we changed internal names, the wording of some lines and the file they are in',
  ),
  where: { file: 'seats/test' },
  next: words(
    'Una prueba que lee el código, o su suma, falla con cualquier cambio. Pregunta qué contesta el servicio.',
    'A test that reads the code, or its checksum, fails at any change. Ask what the service answers.',
  ),
});

export const steady: Check = {
  id: 'd04-c1',
  goal: words(
    'La suite pasa dos veces, con sus archivos en otro orden, cada prueba sola, con otro horario y con el servicio reescrito sin cambiar qué hace',
    'The suite passes twice, with its files in another order, each test alone, with another timetable, and with the service refactored',
  ),
  kind: 'command',
  async run(desk) {
    const folder = await goodCopy(desk);
    const { first, second } = await twice(desk);
    if (first.exitCode !== 0) return failsThere(desk, folder, first);
    if (second?.exitCode !== 0)
      return failed({
        expected: words('pasa también la segunda vez', 'it passes the second time as well'),
        found: words('pasa la primera vez y falla la segunda', 'it passes the first time and fails the second'),
        where: { command: 'bash test.sh; bash test.sh' },
        next: words(
          'Busca lo que una prueba deja en el disco: cada una prepara lo suyo y lo recoge.',
          'Look for what a test leaves on the disk: each prepares its own things and tidies up.',
        ),
      });
    if ((await suiteOnRewritten(desk)).exitCode !== 0) return looksAtTheText;
    const { stdout } = await desk.run('ls -r test/*.test.mjs test/*.test.js 2>/dev/null', { cwd: folder });
    const files = stdout
      .trim()
      .split(/\s+/)
      .filter((name) => name !== '');
    const backwards = await keptRun(desk, files.join(' '), () => byNode(desk, folder, files.join(' ')));
    if (backwards.exitCode !== 0) return failsOnGood(backwards);
    for (const file of files) {
      const found = await leaning(desk, folder, file);
      if (found !== undefined) return needsTheOthers(found);
    }
    return (await readsTheTimetable(desk)) ?? passed;
  },
};

const needsTheOthers = ({ name, how, isAlone }: Leaning) =>
  failed({
    expected: words('cada prueba pasa sin las otras', 'each test passes without the others'),
    found: isAlone
      ? words(`«${name}» pasa detrás de las otras y falla sola`, `“${name}” passes after the others and fails alone`)
      : words(
          `«${name}» pasa detrás de todas y falla si falta una`,
          `“${name}” passes after all and fails when one is left out`,
        ),
    where: { command: `node --test ${how}` },
    next: words(
      'Busca lo que dejó otra prueba: una reserva, un reloj. Crea dentro de cada una los suyos.',
      'Look for what another test left: a hold, a clock. Make in each one its own.',
    ),
  });

/** What a suite is tried with that may lean on the timetable: then it fails, or finds nothing to ask about. */
const NO_TRIPS = '[]\n';

async function readsTheTimetable(desk: Desk): Promise<Verdict | undefined> {
  const good = await suiteWith(desk, [], NO_TRIPS);
  if (good.exitCode !== 0) {
    const { es, en } = failing(good);
    return leansOnTrips(words(`con \`[]\` en ese archivo, ${es}`, `with \`[]\` in that file, ${en}`));
  }
  const [searching, selling] = [[wrongFilter, lostFrom], six.filter((one) => one !== wrongFilter)];
  for (const faults of [searching, selling]) {
    if ((await suiteWith(desk, faults, NO_TRIPS)).exitCode !== 0) continue;
    // What it would not notice with trips either is for the other checks to say.
    if ((await suiteWith(desk, faults)).exitCode === 0) continue;
    const { es, en } = faultsOf(faults.slice(0, 2));
    return leansOnTrips(
      words(
        `con \`[]\` en ese archivo, todas pasan aunque el servicio falle así: ${es}`,
        `with \`[]\` in that file, all pass although ${en}`,
      ),
    );
  }
  return undefined;
}

const leansOnTrips = (found: Words) =>
  failed({
    expected: words(
      'la suite dice lo mismo con cualquier `trips.json`',
      'the suite says the same with any `trips.json`',
    ),
    found,
    where: { file: 'seats/test' },
    next: words(
      'El horario cambia cada mes. Escribe los viajes en la prueba: `createBooking(trips)`, `openService(t, { trips })`.',
      'The timetable changes each month. Write the trips into the test: `createBooking(trips)`, `openService(t, { trips })`.',
    ),
  });

export const mostCaught: Check = {
  id: 'd04-c2',
  goal: words(
    'La suite detecta al menos cinco de seis errores puestos a propósito',
    'The suite notices at least five of six faults put in on purpose',
  ),
  kind: 'command',
  async run(desk) {
    const left = await escaped(desk, six);
    if (left.length <= 1) return passed;
    const { es, en } = faultsOf(left);
    return failed({
      expected: words('5 de 6 errores hacen fallar la suite', '5 of 6 faults make the suite fail'),
      found: words(
        `${6 - left.length}. Pasa aunque el servicio falle así: ${es}`,
        `${6 - left.length}. It passes although ${en}`,
      ),
      where: { file: 'seats/test' },
      next: words(
        'Un 200 no dice qué se contestó: comprueba también el contenido y los códigos de error.',
        'A 200 does not tell what was answered: check the content too, and the codes of errors.',
      ),
    });
  },
};

/** Simulated seconds. Measured: the start takes 0.1 s, solution and alternatives below 0.5 s, one that waits for a hold 600 s. */
const LONGEST_S = 5;

export const quick: Check = {
  id: 'd04-c4',
  goal: words('Toda la suite termina en menos de 5 segundos', 'The whole suite ends in less than 5 seconds'),
  kind: 'command',
  async run(desk) {
    const { seconds } = (await twice(desk)).first;
    if (seconds < LONGEST_S) return passed;
    return failed({
      expected: words('menos de 5 s', 'less than 5 s'),
      found: words(`${seconds.toFixed(1)} s`, `${seconds.toFixed(1)} s`),
      where: { command: 'time bash test.sh' },
      next: words(
        'No esperes: `createBooking(trips, now)` acepta un reloj tuyo.',
        'Do not wait: `createBooking(trips, now)` takes a clock of your own.',
      ),
    });
  },
};

export const shared: Check = {
  id: 'd04-c8',
  goal: words(
    `La rama ${BRANCH} de origin lleva la suite, y test.sh pasa allí y en tu carpeta`,
    `The branch ${BRANCH} of origin holds the suite, and test.sh passes there and in your folder`,
  ),
  kind: 'git',
  async run(desk) {
    const origin = await desk.git.origin('seats');
    const notThere = (found: ReturnType<typeof words>) =>
      failed({
        expected: words(
          `en origin, \`${BRANCH}\` con tus pruebas y \`test.sh\``,
          `on origin, \`${BRANCH}\` with your tests and \`test.sh\``,
        ),
        found,
        where: { command: `git push -u origin ${BRANCH}` },
        next: words(
          '`git status`, `git add test test.sh`, `git commit` y `git push`.',
          '`git status`, `git add test test.sh`, `git commit` and `git push`.',
        ),
      });
    if ((await origin?.resolve(`refs/heads/${BRANCH}`)) === undefined)
      throw new CheckStop(notThere(words('esa rama no está', 'that branch is not there')));
    await onItsBranch(desk);
    const folder = '/tmp/clone/seats';
    await desk.run(`git clone -q -b ${BRANCH} https://git.ventarela.test/seats.git ${folder}`);
    const { stdout: differing } = await desk.run(
      `diff -rq ~/seats/test ${folder}/test; diff -q ~/seats/test.sh ${folder}/test.sh`,
    );
    const [first = ''] = differing.trim().split('\n');
    if (first !== '') {
      const name = /(\w[\w.-]*\.(?:mjs|js|sh))/.exec(first)?.[1] ?? 'test';
      return notThere(words(`\`${name}\` no es igual al de tu carpeta`, `\`${name}\` is not the one in your folder`));
    }
    const there = await byScript(desk, folder);
    if (there.exitCode !== 0) return failsThere(desk, folder, there, words(`en \`${BRANCH}\``, `on \`${BRANCH}\``));
    const here = await byScript(desk, 'seats');
    return here.exitCode === 0 ? passed : failsThere(desk, 'seats', here, words('en tu carpeta', 'in your folder'));
  },
};

export const unseenCaught: Check = {
  id: 'd04-c9',
  goal: words(
    'La suite detecta al menos tres de cuatro errores de los que nadie te habló',
    'The suite notices at least three of four faults that nobody told you of',
  ),
  kind: 'command',
  async run(desk) {
    const left = await escaped(desk, unseen);
    if (left.length <= 1) return passed;
    return failed({
      expected: words('3 de 4', '3 of 4'),
      found: words(`${4 - left.length} de 4`, `${4 - left.length} of 4`),
      where: { file: 'seats/README.md' },
      next: words(
        'Lee la tabla del README fila por fila: ¿qué promesa no comprueba todavía ninguna prueba?',
        'Read the table of the README row by row: which promise does no test check yet?',
      ),
    });
  },
};

export const allCaught: Star = {
  id: 'd04-x1',
  star: 'safer',
  goal: words('La suite detecta los once errores', 'The suite notices all eleven faults'),
  kind: 'command',
  async run(desk) {
    const left = await escaped(desk, [...six, ...unseen, lostFrom]);
    if (left.length === 0) return (await suiteOnRewritten(desk)).exitCode === 0 ? passed : looksAtTheText;
    const promises = [...new Set(left.map(({ promise }) => promise))].slice(0, 2).map((one) => `«${one}»`);
    return failed({
      expected: words('once de once', 'eleven of eleven'),
      found: words(
        `${11 - left.length}; todo sigue en verde en algún caso en que esto no se cumple: ${promises.join(', ')}`,
        `${11 - left.length}; all stays green in some case where this does not hold: ${promises.join(', ')}`,
      ),
      where: { file: 'seats/README.md' },
      next: words(
        'Busca esas palabras en el README. ¿Se cumplen también con otro viaje? ¿Y por HTTP, con `openService`?',
        'Look for these words in the README. Do they hold for another trip too? And over HTTP, with `openService`?',
      ),
    });
  },
};
