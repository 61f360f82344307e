import type { Exercise } from '../../sandbox/checks/index.ts';
import { allCaught, mostCaught, noticesHolds, noticesSearch, unseenCaught } from './fault-checks.ts';
import { ranOnce, shared } from './script-checks.ts';
import { quick, steady } from './steady-checks.ts';
import { truthful } from './truth.ts';
import { words } from './words.ts';

export const exercise: Exercise = {
  id: 'd04',
  seed: 'ventarela-day-4',
  title: { es: 'Pruebas capaces de fallar', en: 'Tests that are able to fail' },
  stateFrom: 'd02',
  opens: 'seats/test.sh',
  // The booking developers merged the branches of day 2, and have written holding and selling, with one test and a bit.
  setup: `
set -e
forge person dev-booking 'Desarrollo de reservas' reservas@ventarela.test
cp -r ~/seats /tmp/theirs
forge as dev-booking 'set -e
cd /tmp
git clone -q https://git.ventarela.test/seats.git work
cd work
git merge -q --no-edit origin/chore/ignore-secrets
git merge -q --no-edit origin/fix/from-filter
cp ../theirs/app.mjs ../theirs/booking.mjs ../theirs/trips.json ../theirs/README.md .
echo test.log >> .gitignore
git add .
git commit -q -m "Hold and sell seats"
cp -r ../theirs/test ../theirs/testing ../theirs/test.sh .
git add .
git commit -q -m "Begin tests"
git push -q origin main'
cd ~/seats
git fetch -q
git switch -q -f main
git reset -q --hard origin/main
git clean -fdq
git switch -q -c test/booking
rm -rf /tmp/theirs /tmp/work`,
  steps: [
    {
      id: 'd04-s1',
      title: words('Una suite que no sabe fallar', 'A suite that cannot fail'),
      kind: 'run',
      task: words(
        'En `seats`, ejecuta `bash test.sh` y después `echo $?`. Ahora estropea el servicio a propósito: en `search`, en `booking.mjs`, quita la palabra `return` y guarda. Ejecuta otra vez las dos órdenes. ¿Qué dice la pantalla? ¿Y el código? Deshaz el cambio con `git restore booking.mjs`.',
        'In `seats`, run `bash test.sh`, then `echo $?`. Now break the service on purpose: in `booking.mjs`, delete the word `return` in `search`, and save. Run the two commands again. What does the screen say? And the code? Undo the change with `git restore booking.mjs`.',
      ),
      checks: [ranOnce],
      files: ['seats/test.sh', 'seats/booking.mjs', 'seats/test/smoke.test.mjs'],
      hints: [
        words('Lee «El código de salida» en la lección.', 'Read “The exit code” in the lesson.'),
        words(
          'Las pruebas se ejecutan en la carpeta `seats`: mira con `pwd` dónde estás.',
          'The tests run in the folder `seats`: see with `pwd` where you are.',
        ),
        words('`cd ~/seats`, `bash ____`, `echo $?`', '`cd ~/seats`, `bash ____`, `echo $?`'),
      ],
      reason: words(
        'Antes de fiarte de una suite, mírala fallar una vez.',
        'Before you trust a suite, see it fail once.',
      ),
    },
    {
      id: 'd04-s2',
      title: words('Que el código diga la verdad', 'Let the code tell the truth'),
      kind: 'change',
      task: words(
        '`test.sh` guarda en `test.log` lo que dicen las pruebas, y eso debe seguir así. Pero termina con 0 aunque fallen. Cámbialo para que termine como terminan ellas.',
        '`test.sh` keeps in `test.log` what the tests say, and that should stay. But it ends with 0 even when they fail. Change it so that it ends as they end.',
      ),
      checks: [truthful],
      files: ['seats/test.sh'],
      hints: [
        words('Lee qué hace `|` con el código de salida.', 'Read what `|` does with the exit code.'),
        words(
          '¿Qué orden es la última de la tubería? Su código es el que cuenta.',
          'Which command is the last of the pipeline? Its code is the one that counts.',
        ),
        words('`set -o ____` antes de la tubería', '`set -o ____` before the pipeline'),
      ],
      reason: words(
        'Con `pipefail`, una tubería falla si falla cualquiera de sus órdenes. El registro se guarda igual.',
        'With `pipefail`, a pipeline fails when any of its commands fails. The log is kept all the same.',
      ),
    },
    {
      id: 'd04-s3',
      title: words('Di qué esperas', 'Say what you expect'),
      kind: 'fill',
      task: words(
        'En `test/search.test.mjs`, la prueba solo comprueba que `search` da una respuesta, no cuál. Complétala: qué viajes deben salir entre dos pueblos, cuáles solo con `from` y cuáles solo con `to`. `null` quiere decir sin filtro.',
        'In `test/search.test.mjs`, the test only checks that `search` gives an answer, not which. Complete it: which trips must come out between two towns, which with `from` alone and which with `to` alone. `null` means no filter.',
      ),
      checks: [noticesSearch],
      files: ['seats/test/search.test.mjs', 'seats/booking.mjs'],
      hints: [
        words('Lee «Preparar, actuar, comprobar».', 'Read “Arrange, act, assert”.'),
        words(
          'Los cuatro viajes de la prueba llevan id. ¿Cuáles salen de Alba y llegan a Sierra?',
          'The four trips of the test have ids. Which leave Alba and go to Sierra?',
        ),
        words(
          '`assert.deepEqual(found.map(({ id }) => id), [____]);`',
          '`assert.deepEqual(found.map(({ id }) => id), [____]);`',
        ),
      ],
      reason: words(
        'Se comparan los ids: la prueba dice justo lo que importa, y falla si sobra o falta un viaje.',
        'The ids are compared: the test says just what matters, and fails when a trip is missing or there is one too many.',
      ),
    },
    {
      id: 'd04-s4',
      title: words('Reservas, con tu propio reloj', 'Holds, with a clock of your own'),
      kind: 'write',
      task: words(
        'Escribe `test/hold.test.mjs`. Una reserva quita un asiento libre (`left`) y a los diez minutos lo devuelve. `createBooking(trips, now)` acepta un reloj: no hace falta esperar.',
        'Write `test/hold.test.mjs`. A hold takes one free seat (`left`), and after ten minutes gives it back. `createBooking(trips, now)` takes a clock: there is no need to wait.',
      ),
      checks: [noticesHolds],
      files: ['seats/booking.mjs', 'seats/README.md'],
      hints: [
        words(
          'Lee en la lección por qué una prueba trae su reloj.',
          'Read in the lesson why a test brings its own clock.',
        ),
        words(
          '`now` es una función que da milisegundos. Si devuelve una variable tuya, la mueves tú.',
          '`now` is a function that gives milliseconds. If it returns a variable of yours, you move it.',
        ),
        words(
          '`let ms = 0; const booking = createBooking(trips, () => ms);` … `ms = ____ * 60_000;`',
          '`let ms = 0; const booking = createBooking(trips, () => ms);` … `ms = ____ * 60_000;`',
        ),
      ],
      reason: words(
        'El reloj es una entrada más de la prueba. Así diez minutos duran un instante y siempre lo mismo.',
        'The clock is one more input of the test. So ten minutes take a moment, and always the same.',
      ),
    },
    {
      id: 'd04-s5',
      title: words('El último asiento se vende una vez', 'The last seat is sold once'),
      kind: 'write',
      task: words(
        'Escribe pruebas de la venta: el último asiento, el precio y los códigos de error del README, que se ven por HTTP con `openService(t, { trips, now })` (`now`, tu reloj). La suite debe detectar cinco de seis errores que pondremos en el servicio, pasar dos veces seguidas sin dejar archivos y tardar menos de 5 s. Cada prueba trae sus viajes y dice lo mismo también sola. Guarda la suite y `test.sh`, y nada más, en commits de `test/booking`, tu rama, y envíala: `git push -u origin test/booking`.',
        'Write tests of selling: the last seat, the price, and the error codes in the README, which are seen over HTTP with `openService(t, { trips, now })` (`now`, your clock). The suite must notice five of six faults that we put into the service, pass twice without leaving files, and take less than 5 s. Each test brings its own trips and says the same alone too. Record the suite and `test.sh`, and nothing else, in commits on `test/booking`, your branch, and push it: `git push -u origin test/booking`.',
      ),
      checks: [steady, mostCaught, quick, shared],
      files: ['seats/README.md', 'seats/booking.mjs', 'seats/testing/service.mjs', 'seats/app.mjs'],
      hints: [
        words('Lee «Qué promete una prueba».', 'Read “What a test promises”.'),
        words(
          'Los errores: un filtro, un asiento vendido otra vez, un `left` con uno de menos, otra moneda, un error que contesta 200 y una reserva que caduca tarde.',
          'The faults: a filter, a sold seat sold again, a `left` one too low, another currency, an error that answers 200 and a hold that expires late.',
        ),
        words(
          "`const { hold } = booking.hold('A');` … `assert.deepEqual(booking.sell(hold).price, { amount: ____, currency: '____' });`",
          "`const { hold } = booking.hold('A');` … `assert.deepEqual(booking.sell(hold).price, { amount: ____, currency: '____' });`",
        ),
      ],
      reason: words(
        'Por HTTP se ven también los códigos de estado. Cada prueba abre su propio servicio, así que el orden da igual.',
        'Over HTTP the status codes are seen as well. Each test opens a service of its own, so the order does not matter.',
      ),
    },
    {
      id: 'd04-s6',
      title: words('Reto: los errores que nadie anunció', 'Challenge: the faults that nobody announced'),
      kind: 'challenge',
      task: words(
        'Hay cuatro errores más y no te diremos cuáles. Todos rompen algo que el README promete. Haz que la suite detecte al menos tres. Son once en total: los seis, el filtro `from` del paso 3 y estos cuatro. Si los detecta todos, una estrella.',
        'There are four more faults, and we will not tell you which. Each breaks something that the README promises. Make the suite notice at least three. There are eleven in all: the six, the filter `from` of step 3, and these four. Noticing all of them gives a star.',
      ),
      checks: [unseenCaught],
      files: ['seats/README.md'],
      hints: [
        words(
          'Una promesa del README que ninguna prueba comprueba puede romperse sin ruido.',
          'A promise of the README that no test checks can break without a sound.',
        ),
        words(
          '¿Qué pasa con `left` después de vender? ¿Y si se vende dos veces la misma reserva, o una caducada?',
          'What becomes of `left` after a sale? And when one hold is sold twice, or an expired one?',
        ),
        words(
          '`assert.throws(() => booking.sell(hold), { status: ____ });`',
          '`assert.throws(() => booking.sell(hold), { status: ____ });`',
        ),
      ],
      reason: words(
        'Se va del contrato a las pruebas, fila por fila. Adivinar errores alcanza para los que ya conoces.',
        'You go from the contract to the tests, row by row. Guessing at faults is enough only for those that you know.',
      ),
      stars: [allCaught],
    },
  ],
  wrong: {
    'only-the-status-of-sales': 'd04-c2',
    'says-done-at-the-end': 'd04-c3',
    'never-seen-red': 'd04-c5',
    'keeps-no-log': 'd04-c3',
    'log-says-nothing': 'd04-c3',
    'still-spoiled': 'd04-c8',
    'reads-the-words': 'd04-c3',
    'runs-one-file': 'd04-c3',
    'reads-the-code': 'd04-c1',
    'waits-ten-minutes': 'd04-c4',
    'leaves-a-growing-file': 'd04-c1',
    'counts-in-tmp': 'd04-c1',
    // What it notices beside is what it would notice on a clean machine.
    'earlier-tickets': 'd04-c1 d04-c2',
    'keeps-the-last-lines': 'd04-c3',
    'keeps-the-names': 'd04-c3',
    'runs-some-names': 'd04-c3',
    'an-hour-late': 'd04-c7',
    'never-before-the-limit': 'd04-c7',
    'counts-the-trips': 'd04-c6',
    'no-from': 'd04-c6',
    'not-pushed': 'd04-c8',
    'pushes-notes-too': 'd04-c8',
    'pushes-the-key': 'd04-c8',
    'pushes-main-too': 'd04-c8',
    'pushes-a-spoiled-service': 'd04-c8',
    'keeps-the-clock': 'd04-c1',
    'asks-the-time-of-day': 'd04-c1',
    'names-what-nobody-promised': 'd04-c1',
    'takes-a-fixed-port': 'd04-c1',
    'reads-the-timetable': 'd04-c1',
    'shares-a-booking': 'd04-c1',
    'shares-a-clock': 'd04-c1',
    'silent-alone': 'd04-c1',
  },
};
