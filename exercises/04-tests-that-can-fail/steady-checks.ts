// What is judged of the suite on the good service: it passes, whatever else changes, and soon.
import {
  type Check,
  type Desk,
  failed,
  type Place,
  passed,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';
import { kept } from './kept.ts';
import { lostFrom, six, wrongFilter } from './mutants.ts';
import { failsOn, failsOnAlike } from './noticing.ts';
import { type Leaning, leaning } from './order.ts';
import {
  benchOf,
  byScript,
  CLEAN_TMP,
  copyOf,
  failing,
  failsThere,
  faultsOf,
  TIMED_OUT,
  testsOf,
  waitsForGood,
} from './suite.ts';
import { words } from './words.ts';

/** Files of the folder that were written since `../began`, and are neither as they were recorded nor ignored. */
const WRITTEN = `git ls-files -moz --exclude-standard | while IFS= read -rd '' file; do
  [ "$file" -nt ../began ] && echo "$file"; done | grep -vx test.log`;

/** test.sh on the good service in a folder, and what it leaves there; once more where it passed, while somebody has the service running. */
export const twice = (desk: Desk) =>
  kept(
    desk,
    'twice',
    async () => {
      const folder = await copyOf(desk);
      const first = await byScript(desk, folder, `${CLEAN_TMP}\ntouch ../began; sleep 0.01`);
      const [left = ''] = (await desk.run(WRITTEN, { cwd: folder })).stdout.split('\n');
      if (first.exitCode !== 0) return { first, left };
      const second = await byScript(desk, folder, SERVED);
      await desk.run('kill $(< ../served)', { cwd: folder });
      return { first, left, second };
    },
    { script: true },
  );

const SERVED = 'node app.mjs > /dev/null 2>&1 & echo $! > ../served; sleep 1';

/** A suite that fails on a service which promises the same. */
export async function pinned(desk: Desk): Promise<Verdict | undefined> {
  const fails = await failsOnAlike(desk);
  if (fails === undefined) return undefined;
  const said = failing(fails.ran);
  return fails.because === 'text' ? looksAtTheText(said) : leansOnNames(said);
}

const leansOnNames = ({ es, en }: Words) =>
  failed({
    expected: words(
      'pasa si cambia lo que el README no promete: `H1`, `K1`, los textos de los errores',
      'it passes when what the README does not promise changes: `H1`, `K1`, the texts of errors',
    ),
    found: words(`con otros, ${es}`, `with others, ${en}`),
    where: { file: 'seats/test' },
    next: words(
      'Usa el nombre que dio la respuesta, `body.hold`, y de un error comprueba su `status`.',
      'Use the name that the answer gave, `body.hold`, and of an error assert its `status`.',
    ),
  });

const looksAtTheText = ({ es, en }: Words) =>
  failed({
    expected: words(
      'pasa con un servicio que hace lo mismo y está escrito de otra forma',
      'it passes on a service that does the same, written differently',
    ),
    found: words(
      `${es}: cambiamos nombres internos, líneas y el archivo en que están`,
      `${en}: we changed internal names, lines and the file they are in`,
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
    'La suite dice lo mismo dos veces, a otra hora, en otro orden, cada prueba sola, con otro horario y servicio reescrito; no deja archivos',
    'The suite says the same twice, at another hour, in another order, each test alone, on other trips and refactored code; leaves no files',
  ),
  kind: 'command',
  async run(own) {
    const desk = await benchOf(own);
    const { first, left, second } = await twice(desk);
    if (first.exitCode !== 0) return failsThere(desk, await copyOf(desk), first);
    if (left !== '') return leavesAFile(left, { command: 'bash test.sh; git status --short' });
    if (second?.said.includes('EADDRINUSE')) return takesThePort;
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
    const pin = await pinned(desk);
    if (pin !== undefined) return pin;
    const found = await leaning(desk);
    if (found?.what === 'leaves a file') return leavesAFile(found.how, { file: `seats/${found.name}` });
    if (found !== undefined) return needsTheOthers({ ...found, what: found.what });
    return (await readsTheTimetable(desk)) ?? passed;
  },
};

const leavesAFile = (path: string, where: Place) =>
  failed({
    expected: words('la suite no deja nada atrás', 'the suite leaves nothing behind'),
    found: words(`\`${path}\` queda, nuevo o cambiado`, `\`${path}\` is left, new or changed`),
    where,
    next: words(
      'Lo que una prueba escribe, lo borra al acabar: `t.after(() => rmSync(…))`. Lo que `test.sh` guarda a propósito va en `.gitignore`.',
      'What a test writes it deletes when it ends: `t.after(() => rmSync(…))`. What `test.sh` keeps on purpose goes into `.gitignore`.',
    ),
  });

const takesThePort = failed({
  expected: words(
    'pasa también la segunda vez, con el servicio en marcha en 8080',
    'it passes the second time too, with the service running on 8080',
  ),
  found: words('`EADDRINUSE`: una prueba escucha en ese puerto', '`EADDRINUSE`: a test listens on that port'),
  where: { command: 'node app.mjs & bash test.sh' },
  next: words(
    'Usa `openService`, o `server.listen(0)`: el sistema da un puerto libre, y dos archivos de pruebas no chocan.',
    'Use `openService`, or `server.listen(0)`: the system gives a free port, and two files of tests do not clash.',
  ),
});

const makesItsOwn = words(
  'Busca lo que dejó otra (reserva, reloj, archivo) y créalo en cada una.',
  'Look for what another left (hold, clock, file), and make it in each.',
);

const needsTheOthers = ({
  name,
  how,
  what,
  fault,
}: Leaning & { readonly what: Exclude<Leaning['what'], 'leaves a file'> }) => {
  const shown = name.length > 40 ? `${name.slice(0, 39)}…` : name;
  return failed({
    expected: words(
      'cada prueba dice lo mismo sola, en cualquier orden y a cualquier hora',
      'each test says the same alone, in any order and at any hour',
    ),
    found: {
      'fails alone': words(
        `«${shown}» pasa detrás de las otras y falla sola`,
        `“${shown}” passes after the others and fails alone`,
      ),
      'fails in another order': words(`«${shown}» falla en otro orden`, `“${shown}” fails in another order`),
      'reads the time of day': words(
        `«${shown}» falla a otra hora, con un reloj que avanza`,
        `“${shown}” fails at another hour, with a clock that goes on`,
      ),
      'leaves its clock': words(
        `${name} termina con un \`Date\` que no es el de node`,
        `${name} ends with a \`Date\` that is not node’s`,
      ),
      'asks too late': words(
        `${fault?.es}: en ${name} lo nota algo que se ejecuta cuando su prueba ya acabó`,
        `${fault?.en}: in ${name} something notices it that runs when its test has ended`,
      ),
      'notices nothing alone': words(
        `${fault?.es}: «${shown}» lo nota detrás de otra, no sola`,
        `${fault?.en}: “${shown}” notices it behind another, not alone`,
      ),
    }[what],
    where: what === 'leaves its clock' ? { file: `seats/${name}` } : { command: `node --test ${how}` },
    next: {
      'reads the time of day': words(
        '`Date.now()` da otro número un momento después. Dale tu reloj al servicio, `createBooking(trips, now)`, y compara con él.',
        '`Date.now()` gives another number a moment later. Give the service your clock, `createBooking(trips, now)`, and compare with that.',
      ),
      'leaves its clock': words(
        'Dale el reloj al servicio: `createBooking(trips, now)`. O devuélvelo al final de la prueba: `t.after(() => …)`.',
        'Give the clock to the service: `createBooking(trips, now)`. Or put it back when the test ends: `t.after(() => …)`.',
      ),
      'asks too late': words(
        'Una prueba no espera a `setTimeout` ni a una promesa. Hazla `async` y usa `await`, o mueve tu propio reloj.',
        'A test does not wait for `setTimeout` or a promise. Make it `async` and use `await`, or move a clock of your own.',
      ),
      'fails alone': makesItsOwn,
      'fails in another order': makesItsOwn,
      'notices nothing alone': makesItsOwn,
    }[what],
  });
};

/** What a suite is tried with that may lean on the timetable: then it fails, or finds nothing to ask about. */
const NO_TRIPS = '[]\n';

async function readsTheTimetable(desk: Desk): Promise<Verdict | undefined> {
  const ran = await failsOn(desk, [], NO_TRIPS);
  if (ran !== undefined) {
    const { es, en } = failing(ran);
    return leansOnTrips(words(`con \`[]\` en ese archivo, ${es}`, `with \`[]\` in that file, ${en}`));
  }
  const [searching, selling] = [[wrongFilter, lostFrom], six.filter((one) => one !== wrongFilter)];
  for (const faults of [searching, selling]) {
    if ((await failsOn(desk, faults, NO_TRIPS)) !== undefined) continue;
    // What it would not notice with trips either is for the other checks to say.
    if ((await failsOn(desk, faults)) === undefined) continue;
    const { es, en } = faultsOf(faults);
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

/** Simulated seconds. Measured: the start takes 0.1 s, solution and alternatives below 0.5 s, one that waits for a hold 600 s. */
const LONGEST_S = 5;

export const quick: Check = {
  id: 'd04-c4',
  goal: words('Toda la suite termina en menos de 5 segundos', 'The whole suite ends in less than 5 seconds'),
  kind: 'command',
  async run(own) {
    const { first } = await twice(await benchOf(own));
    const { seconds } = first;
    if (seconds < LONGEST_S) return passed;
    if (first.exitCode === TIMED_OUT) return waitsForGood(first);
    const [slowest] = testsOf(first).toSorted((one, other) => other.ms - one.ms);
    const all = `${seconds.toFixed(1)} s`;
    const waits = slowest !== undefined && slowest.ms > 1000;
    const of = waits ? `${(slowest.ms / 1000).toFixed(1)} s` : '';
    return failed({
      expected: words('menos de 5 s', 'less than 5 s'),
      found: waits
        ? words(`${all}; ${of} son de «${slowest.name}»`, `${all}; ${of} are of “${slowest.name}”`)
        : words(all, all),
      where: { command: 'time bash test.sh' },
      next: waits
        ? words(
            'Si esa prueba espera a que caduque una reserva, no hace falta: `createBooking(trips, now)` acepta un reloj tuyo.',
            'If that test waits for a hold to expire, there is no need: `createBooking(trips, now)` takes a clock of your own.',
          )
        : words(
            'Ninguna prueba tarda tanto: mira qué más hace `test.sh`, orden por orden.',
            'No test takes that long: look at what else `test.sh` does, command by command.',
          ),
    });
  },
};
