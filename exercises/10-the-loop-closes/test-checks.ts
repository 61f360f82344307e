// What is judged of the learner's test: that it sees the fault, and that CI saw it do so.
import {
  type Check,
  type Desk,
  failed,
  passed,
  type Star,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';
import { BAD, both, failureOf, isMerged, ownPulls } from './facts.ts';
import { good, hidden } from './faults.ts';
import { type NewTests, newTests, testsOf } from './tests-of.ts';

export const testFails: Check = {
  id: 'd10-c4',
  goal: both(
    `Tu prueba nueva falla con el código de ${BAD}, y por su error`,
    `Your new test fails on the code of ${BAD}, and for its error`,
  ),
  kind: 'command',
  async run(desk) {
    const tests = await newTests(desk);
    if (tests === undefined)
      return failed({
        expected: both('una prueba nueva en `seats/test`', 'a new test in `seats/test`'),
        found: both(`las mismas pruebas que en ${BAD}`, `the same tests as in ${BAD}`),
        where: { file: 'seats/test' },
        next: isMerged(desk)
          ? both(
              'En main no hay ninguna prueba nueva: llévala con otro pull request.',
              'Main has no new test: take it there with another pull request.',
            )
          : both(
              'Crea `seats/test/incident.test.mjs` con la petición que falló y lo que debería contestar.',
              'Make `seats/test/incident.test.mjs` with the request that failed and what it should answer.',
            ),
      });
    return seen(desk, tests);
  },
};

/** Whether tests see the fault: red on the code of 2.2.0, green once it is fixed, red where it is only hidden. */
async function seen(desk: Desk, tests: NewTests): Promise<Verdict> {
  const where = { file: `seats/${tests.path}` };
  if ((await tests.beside({})).exitCode !== 0) {
    const { exitCode, said } = await tests.beside(good);
    if (exitCode !== 0)
      return failed({
        expected: both(`tu prueba en verde con ${BAD} arreglada`, `your test green on ${BAD} once it is fixed`),
        found: both(`sigue en rojo: ${said}`, `still red: ${said}`),
        where,
        next: both(
          'Ha de fallar por la causa de producción: usa solo archivos de 2.2.0 y espera lo que el comprador debía recibir.',
          'It must fail for the cause of production: use only files of 2.2.0, and expect what the buyer should have got.',
        ),
      });
    const { files, told, asked } = hidden(failureOf(desk).error);
    if ((await tests.beside(files)).exitCode !== 0) return passed;
    return failed({
      expected: both(
        'tu prueba en rojo también con el error solo tapado',
        'your test red too where the error is only hidden',
      ),
      found: both(`pasa cuando se contesta ${told.es}`, `it passes when the answer is ${told.en}`),
      where,
      next: both(
        `Comprueba ${asked.es}: no basta con contar viajes o pedir un 200.`,
        `Assert in it ${asked.en}: counting trips or asking for 200 is not enough.`,
      ),
    });
  }
  return failed({
    expected: both(`al menos una prueba que falla con ${BAD}`, `at least one test that fails on ${BAD}`),
    found: both(`todas las de \`${tests.from}\` pasan con ${BAD}`, `all those of \`${tests.from}\` pass on ${BAD}`),
    where,
    next: both(
      'Una prueba que pasa sin el arreglo no lo vigila. Haz en ella la petición que falló, tal como está en `path` en el registro.',
      'A test that passes without the fix does not guard it. Make in it the request that failed, as `path` in the log has it.',
    ),
  });
}

export const redThenGreen: Star = {
  id: 'd10-x2',
  star: 'safer',
  goal: both('CI vio tu prueba en rojo antes de verla en verde', 'CI saw your test red before it saw it green'),
  kind: 'git',
  async run(desk) {
    const pulls = ownPulls(desk);
    // All that was pushed to their branches: a commit that was amended since has had its run too.
    const commits = new Set(
      pulls.flatMap(({ head, headCommit }) => [
        ...desk.log.flatMap((entry) =>
          entry.type === 'RefUpdated' && entry.repository === 'seats' && entry.ref === `refs/heads/${head}`
            ? [entry.to]
            : [],
        ),
        headCommit,
      ]),
    );
    const red = [...commits].filter((commit) =>
      desk
        .forge('seats')
        .checks(commit)
        .some(({ name, conclusion }) => name === 'test' && conclusion === 'failure'),
    );
    // Red is not enough: a slip in the test is just as red.
    let expected = both(
      `un commit tuyo con \`test\` en rojo por el error de ${BAD}`,
      `a commit of yours with \`test\` red for the error of ${BAD}`,
    );
    let found = both(
      `${commits.size} commits enviados, ninguno con \`test\` en rojo`,
      `${commits.size} commits pushed, none with \`test\` red`,
    );
    const [pull] = pulls;
    let where = { command: pull === undefined ? 'gh pr list --state all' : `gh pr checks ${pull.number}` };
    let content: Words | undefined;
    for (const commit of red) {
      const tests = await testsOf(desk, commit);
      const verdict = await seen(desk, tests);
      if (verdict.passed) return passed;
      expected = verdict.expected;
      content = verdict.next;
      found = both(`${tests.from}: ${verdict.found.es}`, `${tests.from}: ${verdict.found.en}`);
      where = { command: `git show ${tests.from}:${tests.path}` };
    }
    return failed({
      expected,
      found,
      where,
      next: howToShow(content, isMerged(desk)),
    });
  },
};

/** @param content what the test lacks, where CI saw one red that does not see the fault. */
function howToShow(content: Words | undefined, isLate: boolean): Words {
  if (content === undefined)
    return isLate
      ? both(
          'Con el día empezado de nuevo: envía la prueba sola y espera a CI antes de enviar el arreglo.',
          'After starting the day again: push the test alone, and wait for CI before you push the fix.',
        )
      : both(
          'Envía la prueba sola, abre el pull request y espera a CI antes de enviar el arreglo.',
          'Push the test alone, open the pull request, and wait for CI before you push the fix.',
        );
  const { es, en } = content;
  return isLate
    ? both(`Empieza el día de nuevo. ${es}`, `Start the day again. ${en}`)
    : both(`${es} CI debe verla así, antes del arreglo.`, `${en} CI is to see it like that before the fix.`);
}
