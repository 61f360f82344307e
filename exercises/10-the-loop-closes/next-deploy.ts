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
  return failed({
    expected: both('un despliegue de main sin errores', 'a deploy of main without errors'),
    found:
      exitCode === 0
        ? both(`falla el ${percent(share).es} de las peticiones`, `${percent(share).en} of the requests fail`)
        : both(
            `no se pudo desplegar: ${stderr.trim().slice(-120)}`,
            `it could not be deployed: ${stderr.trim().slice(-120)}`,
          ),
    where: { command: 'ops/deploy.sh' },
    next: both(
      'Lo que se arregla en web-1 dura hasta el próximo despliegue. Arréglalo en el repositorio y llévalo a main.',
      'A fix on web-1 lasts until the next deploy. Make it in the repository and take it to main.',
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
