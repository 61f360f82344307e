import { type Chance, type Check, type Exercise, failed, passed, pick } from '../../../sandbox/checks/index.ts';
import { truthful } from '../truth.ts';
import { words } from '../words.ts';

/** What somebody made of test.sh so that "it stops complaining". */
function broken(chance: Chance): string {
  const last = pick(chance, [
    'node --test | tee test.log',
    'node --test > test.log || true',
    'node --test > test.log\necho "tests done"',
    'node --test > test.log; cat test.log',
  ]);
  return `cd seats
printf '%s\\n' '#!/usr/bin/env bash' ${last
    .split('\n')
    .map((line) => `'${line}'`)
    .join(' ')} > test.sh
git commit -qam 'Quieter tests'`;
}

const tellsTheTruth: Check = {
  id: 'd04-i1-c1',
  kind: 'command',
  goal: words(
    'test.sh termina con 0 cuando todo va bien y con otro código cuando falla una prueba',
    'test.sh ends with 0 when all is well, and with another code when a test fails',
  ),
  async run(desk) {
    const { exitCode } = await desk.run('bash test.sh', { cwd: 'seats' });
    if (exitCode !== 0)
      return failed({
        expected: words('0, porque el servicio está bien', '0, for the service is right'),
        found: words(`código ${exitCode}`, `code ${exitCode}`),
        where: { file: 'seats/test.sh' },
        next: words('Ejecuta `bash test.sh` y lee qué falla.', 'Run `bash test.sh` and read what fails.'),
      });
    const verdict = await truthful.run(desk);
    return verdict.passed ? passed : verdict;
  },
};

export const exercise: Exercise = {
  id: 'd04-i1',
  seed: 'ventarela-day-4-incident',
  seeds: 6,
  title: words('Pruebas que ya no se quejan', 'Tests that no longer complain'),
  stateFrom: 'd04',
  setup: broken,
  opens: 'seats/test.sh',
  steps: [
    {
      id: 'd04-i1-s1',
      kind: 'challenge',
      title: words('Que test.sh diga la verdad', 'Let test.sh tell the truth'),
      task: words(
        'Desde ayer, `test.sh` sale siempre en verde, también con el servicio roto. Haz que su código de salida vuelva a decir si las pruebas pasan, y que lo que dijeron siga quedando en `test.log`.',
        'Since yesterday `test.sh` is always green, with a broken service too. Let its exit code say again whether the tests pass, and what they said still go into `test.log`.',
      ),
      checks: [tellsTheTruth],
      files: ['seats/test.sh', 'seats/booking.mjs'],
      hints: [
        words('«El código de salida», en el día 4.', '“The exit code”, in day 4.'),
        words(
          '¿De qué orden es el código con el que termina el script? Rompe algo en `booking.mjs` y mira `echo $?`.',
          'Which command does the code that the script ends with come from? Break something in `booking.mjs` and look at `echo $?`.',
        ),
        words(
          '`node --test > test.log; code=____; cat test.log; exit ____`',
          '`node --test > test.log; code=____; cat test.log; exit ____`',
        ),
      ],
      reason: words(
        'Un script termina con el código de su última orden. Si detrás de las pruebas viene otra, o `|| true`, quien lee el código no se entera de nada.',
        'A script ends with the code of its last command. If another one follows the tests, or `|| true`, whoever reads the code learns nothing.',
      ),
    },
  ],
  wrong: { renamed: 'd04-i1-c1' },
};
