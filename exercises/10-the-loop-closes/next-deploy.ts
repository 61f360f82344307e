// What becomes of the next deploy of what main holds, whoever makes it.
import { type Desk, failed, passed, type Verdict } from '../../sandbox/checks/index.ts';
import { both, harm, MINUTE, percent, plainLine } from './facts.ts';
import { gateStillSees } from './gate-still-sees.ts';
import { answersRight, answersRightTomorrow } from './right-answers.ts';

/** The next deploy of what main holds. */
export async function deploysWell(desk: Desk): Promise<Verdict> {
  await desk.run('git clone -q https://git.ventarela.test/seats.git /tmp/next && cd /tmp/next && npm ci --silent');
  const wrong = await answersRight(desk, '/tmp/next');
  if (wrong !== undefined) return wrong;
  const wrongTomorrow = await answersRightTomorrow(desk, '/tmp/next');
  if (wrongTomorrow !== undefined) return wrongTomorrow;
  const unguarded = await gateStillSees(desk, '/tmp/next');
  if (unguarded !== undefined) return unguarded;
  const { exitCode, stderr } = await desk.run(`cd /tmp/next && bash build.sh &&
    curl -fsS -T dist/*.tgz http://registry.ventarela.test/seats/99.0.0/seats-99.0.0.tgz && ~/ops/deploy.sh 99.0.0`);
  const since = desk.now();
  await desk.run('sleep 300');
  const share = await harm(desk, since, since + 5 * MINUTE);
  // By the weights of the scenario each of the three faults touches 2 of 14 requests, 14 %; a deploy without fault none.
  if (exitCode === 0 && share <= 0.02) {
    const plain = plainLine(desk, since);
    return plain === undefined ? passed : notLogged(plain);
  }
  if (exitCode !== 0) return notDeployed(stderr);
  return failed({
    expected: both('un despliegue de main sin errores', 'a deploy of main without errors'),
    found: both(`falla el ${percent(share).es} de las peticiones`, `${percent(share).en} of the requests fail`),
    where: { command: 'ops/deploy.sh' },
    next: both(
      'Lo que se arregla en web-1 dura hasta el próximo despliegue. Arréglalo en el repositorio y llévalo a main.',
      'A fix on web-1 lasts until the next deploy. Make it in the repository and take it to main.',
    ),
  });
}

/** @param stderr what the journal said of a version that does not start, among others. */
function notDeployed(stderr: string): Verdict {
  const [, missing] = /releases\/99\.0\.0\/([^'\s]+)'\s*\n?\}/.exec(stderr) ?? [];
  if (missing !== undefined)
    return failed({
      expected: both('un artefacto de main que arranca', 'an artifact of main that starts'),
      found: both(`no lleva \`${missing}\``, `it does not hold \`${missing}\``),
      where: { file: 'seats/build.sh' },
      next: both(
        '`build.sh` solo empaqueta los `.mjs` y `.json` que no están en una carpeta. Mueve ese archivo, o cambia `build.sh`, y llévalo a main.',
        '`build.sh` packs only those `.mjs` and `.json` that are in no folder. Move that file, or change `build.sh`, and take it to main.',
      ),
    });
  const told = stderr.split('\n').filter((line) => /\w/.test(line) && !/^(seats|Node\.js )/.test(line));
  const said = told.at(-1)?.trim().slice(0, 120) ?? '';
  return failed({
    expected: both('un artefacto de main que arranca', 'an artifact of main that starts'),
    found: both(`no se pudo desplegar: ${said}`, `it could not be deployed: ${said}`),
    where: { file: 'seats/build.sh' },
    next: both(
      'Haz el artefacto (`bash build.sh`) y mira qué le falta. Arréglalo y llévalo a main.',
      'Make the artifact (`bash build.sh`) and see what it lacks. Mend that and take it to main.',
    ),
  });
}

/** A line among the logs by which nobody can search. */
const notLogged = (line: string): Verdict =>
  failed({
    expected: both(
      'en los registros, una línea de JSON por petición',
      'in the logs, one line of JSON for each request',
    ),
    found: both(`además, \`${line.slice(0, 60)}\``, `\`${line.slice(0, 60)}\` as well`),
    where: { command: `logcli query '{app="seats"}'` },
    next: both(
      'Quita los `console.log` con los que buscabas la causa, y llévalo a main.',
      'Take out each `console.log` that you added to look for the cause, and take that to main.',
    ),
  });
