// What is judged of the learner's test: that it sees the fault, and that CI saw it do so.
import { type Check, failed, passed, type Star } from '../../sandbox/checks/index.ts';
import { BAD, both, contentsOf, ownPulls } from './facts.ts';
import { alike, good } from './faults.ts';
import { newTests } from './tests-of.ts';

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
        next: both(
          'Crea `seats/test/incident.test.mjs` con la petición que falló y lo que debería contestar.',
          'Make `seats/test/incident.test.mjs` with the request that failed and what it should answer.',
        ),
      });
    if ((await tests.beside({})).exitCode !== 0) {
      const { exitCode, said } = await tests.beside(good);
      if (exitCode !== 0)
        return failed({
          expected: both(`en verde con ${BAD} arreglada`, `green on ${BAD} once it is fixed`),
          found: both(`también entonces en rojo: ${said}`, `red then too: ${said}`),
          where: { file: 'seats/test' },
          next: both(
            'Ha de fallar por la causa de producción: usa solo archivos que 2.2.0 tiene, y espera lo que el comprador debía recibir.',
            'It must fail for the cause of production: use only files that 2.2.0 has, and expect what the buyer should have got.',
          ),
        });
      // It need not see both: which of the two is nearer depends on the fault.
      for (const files of alike) if ((await tests.beside(files)).exitCode !== 0) return passed;
      return failed({
        expected: both(
          'en rojo también si la respuesta es 200 pero vacía o falsa',
          'red too where the answer is 200 but empty or wrong',
        ),
        found: both('en verde: solo mira que no haya un 500', 'green: it only sees that there is no 500'),
        where: { file: 'seats/test' },
        next: both(
          'Di en la prueba qué debería contestar: qué viaje, con cuántos minutos o cuánto equipaje.',
          'Say in the test what it should answer: which trip, with how many minutes or what for luggage.',
        ),
      });
    }
    return failed({
      expected: both(`al menos una prueba que falla con ${BAD}`, `at least one test that fails on ${BAD}`),
      found: both(`todas pasan con ${BAD} (${tests.from})`, `all of them pass on ${BAD} (${tests.from})`),
      where: { file: 'seats/test' },
      next: both(
        'Una prueba que pasa sin el arreglo no lo vigila. Pide en ella lo mismo que falló según el registro.',
        'A test that passes without the fix does not guard it. Ask in it for what failed, says the log.',
      ),
    });
  },
};

export const redThenGreen: Star = {
  id: 'd10-x2',
  star: 'safer',
  goal: both('CI vio tu prueba en rojo antes de verla en verde', 'CI saw your test red before it saw it green'),
  kind: 'git',
  async run(desk) {
    const commits: string[] = [];
    for (const pull of ownPulls(desk)) commits.push(...(await contentsOf(desk, pull)).commits.map(({ oid }) => oid));
    const said = commits.flatMap((commit) => desk.forge('seats').checks(commit));
    if (said.some(({ name, conclusion }) => name === 'test' && conclusion === 'failure')) return passed;
    return failed({
      expected: both(
        'un commit tuyo con `test` en rojo, y otro después en verde',
        'a commit of yours with `test` red, and a later one green',
      ),
      found: both('ninguno en rojo', 'none red'),
      where: { command: 'gh pr checks' },
      next: both(
        'La próxima vez, envía la prueba sola y espera a CI antes de enviar el arreglo.',
        'Next time, push the test alone and wait for CI before you push the fix.',
      ),
    });
  },
};
