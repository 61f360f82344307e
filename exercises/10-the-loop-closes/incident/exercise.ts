import {
  type Chance,
  type Check,
  CheckStop,
  type Desk,
  type Exercise,
  failed,
  passed,
} from '../../../sandbox/checks/index.ts';
import { write } from '../company.ts';
import { BAD, both } from '../facts.ts';
import { feature, good, spoilt, stopsWithHolds } from '../faults.ts';
import { alongWithIt, logged } from '../seats.ts';

const TEST = 'test/incident.test.mjs';

const tooKind = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openService } from '../testing/service.mjs';

test('2.2.0 answers the buyers', async (t) => {
  const seats = await openService(t);
  assert.equal((await seats.get('/trips?from=Alba&to=Puerto')).status, 200);
});
`;

/** 2.2.0 with one of its faults, what buyers were answered by it, and a test that was written without reading that. */
function bad(chance: Chance): string {
  const released = { ...logged, ...feature, ...spoilt[chance.integer(0, spoilt.length - 1)] };
  return `set -e
rm -rf /srv/production
cd ~/seats
${alongWithIt}
${write(released, '.')}
${stopsWithHolds}
git add .
git commit -qm 'feat: tell how long a trip takes and what luggage costs'
git tag v${BAD}
echo ${BAD} > VERSION
PORT=8088 CURRENCY=units node app.mjs > ~/seats.log &
sleep 2
for query in 'from=Alba&to=Puerto' 'from=Puerto&to=Alba' from=Sierra to=Alba to=Molinos; do curl -s "localhost:8088/trips?$query" > /dev/null; done
for trip in T01 T04; do curl -s -X POST localhost:8088/trips/$trip/holds > /dev/null; done
kill $!
rm VERSION
${write({ [TEST]: tooKind }, '.')}
`;
}

/** Runs the learner's test beside the code of 2.2.0, as it was released or with these files in place of its own. */
async function tried(desk: Desk, fixed: Readonly<Record<string, string>>) {
  const text = desk.text(`seats/${TEST}`);
  const repository = await desk.git.at('seats');
  if (repository === undefined)
    throw new CheckStop(
      failed({
        expected: both(`el repositorio \`seats\`, con v${BAD}`, `the repository \`seats\`, with v${BAD}`),
        found: both('no está', 'it is not there'),
        where: { file: 'seats' },
        next: both('Restablece el incidente.', 'Reset the incident.'),
      }),
    );
  const folder = await desk.checkout(repository, `refs/tags/v${BAD}`);
  await desk.run(write({ [TEST]: text, ...fixed }, folder));
  const { exitCode, stdout, stderr } = await desk.run(`node --test ${TEST}`, { cwd: folder });
  const error = /^\s*(\w*Error\b.*)$/m.exec(`${stdout}\n${stderr}`)?.[1]?.trim().slice(0, 90);
  return { isGreen: exitCode === 0, said: error ?? `node --test: ${exitCode}` };
}

const redThenGreen: Check = {
  id: 'd10-i1-c1',
  kind: 'command',
  goal: both(
    `La prueba falla con ${BAD} y pasa cuando la causa está arreglada`,
    `The test fails on ${BAD}, and passes once the cause is fixed`,
  ),
  async run(desk) {
    if ((await tried(desk, {})).isGreen)
      return failed({
        expected: both(`en rojo con ${BAD}`, `red on ${BAD}`),
        found: both('en verde, con el error dentro', 'green, with the error inside'),
        where: { file: `seats/${TEST}` },
        next: both(
          'Pide lo mismo que la línea con `"level":"error"` de `seats.log`, y di qué debería contestar.',
          'Ask for the same as the line of `seats.log` with `"level":"error"`, and say what it should answer.',
        ),
      });
    const { isGreen, said } = await tried(desk, good);
    if (isGreen) return passed;
    return failed({
      expected: both('en verde cuando la causa está arreglada', 'green once the cause is fixed'),
      found: both(`también entonces en rojo: ${said}`, `red then too: ${said}`),
      where: { file: `seats/${TEST}` },
      next: both(
        'Una prueba que siempre falla tampoco vigila nada. Espera lo que el comprador debía recibir, y mira cómo lo hacen las pruebas vecinas.',
        'A test that always fails guards nothing either. Expect what the buyer should have got, and see how the tests beside it do.',
      ),
    });
  },
};

export const exercise: Exercise = {
  id: 'd10-i1',
  seed: 'ventarela-day-10-incident',
  seeds: 6,
  title: both('La prueba que nunca estuvo en rojo', 'The test that was never red'),
  stateFrom: 'd09',
  setup: bad,
  opens: `seats/${TEST}`,
  steps: [
    {
      id: 'd10-i1-s1',
      kind: 'challenge',
      title: both('Que la prueba vea el error', 'Let the test see the error'),
      task: both(
        'La 2.2.0 dañó a algunos compradores, y su código está en `seats`. Alguien escribió `test/incident.test.mjs` sin leer los registros, y pasa con el error dentro. Mira qué falló, `grep error seats.log`, y cámbiala: en rojo con este código, en verde cuando Nora arregle la causa.',
        '2.2.0 harmed some buyers, and its code is in `seats`. Somebody wrote `test/incident.test.mjs` without reading the log, and it passes with the error inside. See what failed, `grep error seats.log`, and change it: red on this code, green once Nora fixes the cause.',
      ),
      checks: [redThenGreen],
      files: [`seats/${TEST}`, 'seats.log', { es: 'tarjeta.md', en: 'card.md' }],
      hints: [
        both('«De la evidencia a la tarjeta», en el día 10.', '“From evidence to a card”, in day 10.'),
        both(
          'La línea del registro tiene `method` y `path`: eso es lo que la prueba debe pedir. Ejecútala con `node --test`, en `seats`.',
          'The line of the log has `method` and `path`: that is what the test must ask for. Run it with `node --test`, in `seats`.',
        ),
        both(
          "`assert.equal((await seats.get('____')).status, ____)`, o con `seats.post`",
          "`assert.equal((await seats.get('____')).status, ____)`, or with `seats.post`",
        ),
      ],
      reason: both(
        'Una prueba demuestra algo cuando la has visto en rojo por la misma causa que en producción. El registro dice qué pedir en ella.',
        'A test proves something once you have seen it red for the same cause as in production. The log says what to ask for.',
      ),
    },
  ],
  wrong: { 'any-answer': 'd10-i1-c1', 'always-red': 'd10-i1-c1' },
};
