// What is judged of production: that the harm ended soon, and that the fixed version serves.
import {
  type Check,
  type Desk,
  failed,
  onDemand,
  passed,
  type Star,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';
import {
  alertsTold,
  BAD,
  both,
  clock,
  clockWithSeconds,
  firstAlert,
  harm,
  harmedUntil,
  isMainUntouched,
  isNewer,
  lastAnswerOf,
  ownPulls,
  plainLine,
  same,
  wentBack,
} from './facts.ts';
import { gateStillSees } from './gate-still-sees.ts';
import { answersRight, answersRightTomorrow } from './right-answers.ts';

const MINUTE = 60_000;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/**
 * Minutes from the alert until buyers are served again. The day opens 5 to 6 minutes after the alert; who rolls back at once needs 7,
 * a fix forward through the whole gate about 17; 30 leaves room for looking around, and none for doing nothing.
 */
const HARM_LIMIT = 30;
/** For the star: rolling back within about six minutes of opening the day. */
const HARM_GOAL = 12;

export const harmReduced: Check = {
  id: 'd10-c6',
  goal: both(
    `Volver a la versión anterior terminó con el daño: a los ${HARM_LIMIT} minutos de la alerta, como mucho, falla menos del 2 %`,
    `Going back to the version before ended the harm: at most ${HARM_LIMIT} minutes after the alert, less than 2 % fail`,
  ),
  kind: 'world',
  run: async (desk) => (await livesOn(desk)).ended.verdict,
};

/**
 * Production after the learner's work, for all checks that ask what becomes of it: it lives through the day once. Each step begins where
 * the one before ended, and none is taken before a check asks for it; the next deploy comes last, for it changes what serves.
 */
const livesOn = (learners: Desk) =>
  learners.once('production lives on', async (desk) => {
    const alert = firstAlert(desk).at;
    const until = await harmedUntil(desk);
    const ended = { minutes: Math.round((until - alert) / MINUTE), verdict: await reducedIn(desk, alert, until) };
    const quiet = onDemand(() => isQuiet(desk));
    const next = onDemand(async () => {
      // What is wrong there is told by its own check.
      await quiet().catch(() => {});
      return deploysWell(desk);
    });
    return { ended, quiet, next };
  });

/** @param alert when it was told. @param until the end of the harm. Both in ms since 1970. */
async function reducedIn(desk: Desk, alert: number, until: number): Promise<Verdict> {
  const now = desk.now();
  const isOver = now - until >= MINUTE || (await harm(desk, now - MINUTE, now)) <= 0.02;
  if (isOver && until - alert <= HARM_LIMIT * MINUTE) {
    if (wentBack(desk)) return passed;
    return failed({
      expected: both(
        'la versión anterior, sirviendo antes que ninguna nueva',
        'the version before, serving before any new one',
      ),
      found: both(
        `a los compradores no los atendió; ${BAD} siguió atendiendo hasta las ${endOf(desk, until)}`,
        `it served no buyers; ${BAD} went on serving until ${endOf(desk, until)}`,
      ),
      where: { command: 'ops/rollback.sh' },
      next: both(
        'Empieza el día de nuevo y vuelve atrás primero: arreglar con calma viene después.',
        'Start the day again and go back first: fixing in peace comes after.',
      ),
    });
  }
  if (isOver)
    return failed({
      expected: both(
        `fin del daño antes de las ${clock(alert + HARM_LIMIT * MINUTE)}`,
        `harm over by ${clock(alert + HARM_LIMIT * MINUTE)}`,
      ),
      found: both(`duró hasta las ${endOf(desk, until)}`, `it lasted until ${endOf(desk, until)}`),
      where: { service: 'web-1' },
      next: both(
        'Empieza el día de nuevo y reduce el daño antes de buscar la causa.',
        'Start the day again, and reduce the harm before you look for the cause.',
      ),
    });
  const share = percent(await harm(desk, now - MINUTE, now));
  return failed({
    expected: both('menos del 2 % de peticiones con error', 'less than 2 % of requests with an error'),
    found: both(`${share} en el último minuto`, `${share} in the last minute`),
    where: { command: 'inbox operations' },
    next: whileItLasts(await servedNow(desk), wentBack(desk)),
  });
}

/** What to do while the last minute still has errors. From a newer version `ops/rollback.sh` may lead to the bad one. */
function whileItLasts(version: string | undefined, hasGoneBack: boolean): Words {
  if (version !== undefined && isNewer(BAD, version))
    return both(
      `web-1 ya tiene ${version}: espera un minuto (\`sleep 60\`) y comprueba.`,
      `web-1 has ${version} already: wait a minute (\`sleep 60\`) and check.`,
    );
  if (version !== undefined && isNewer(version, BAD) && !hasGoneBack)
    return both(
      `${version} llegó sin volver atrás primero. Empieza el día de nuevo: arreglar con calma viene después.`,
      `${version} came without going back first. Start the day again: fixing in peace comes after.`,
    );
  return both(
    '¿Qué cambió justo antes de la alerta? Vuelve atrás con `ops/rollback.sh`, espera un minuto (`sleep 60`) y comprueba.',
    'What changed just before the alert? Go back with `ops/rollback.sh`, wait a minute (`sleep 60`) and check.',
  );
}

/** The version that answers on web-1; undefined where none does. */
async function servedNow(desk: Desk): Promise<string | undefined> {
  try {
    return ((await desk.production.get('http://web-1/version')).json() as { version?: string }).version;
  } catch {
    return undefined;
  }
}

/** When the harm ended: with the last answer of the bad version, where the log has one about then. Not each failure is logged. */
function endOf(desk: Desk, until: number): string {
  const last = lastAnswerOf(desk, BAD);
  return last !== undefined && Math.abs(last - until) <= MINUTE ? clockWithSeconds(last) : clock(until);
}

export const nextDeployWorks: Check = {
  id: 'd10-c3',
  goal: both(
    'El arreglo está en main: con el próximo despliegue, sea de quien sea, todos reciben respuestas correctas',
    'The fix is on main: after the next deploy, whoever makes it, everybody gets right answers',
  ),
  kind: 'world',
  async run(desk) {
    if (await isMainUntouched(desk))
      // What is wrong on main is the learner's to find in the log: none of it is told before they have changed anything.
      return failed({
        expected: both('un cambio tuyo en main, por la puerta', 'a change of yours on main, through the gate'),
        found: both(`main sigue donde se publicó ${BAD}`, `main is still where ${BAD} was released`),
        where: { command: 'git log --oneline origin/main' },
        next: toMain(desk),
      });
    return (await livesOn(desk)).next();
  },
};

/** The next deploy of what main holds. */
async function deploysWell(desk: Desk): Promise<Verdict> {
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
        ? both(`falla el ${percent(share)} de las peticiones`, `${percent(share)} of the requests fail`)
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

/** What comes next while main has not moved: a pull request of the learner's own is already half of the way. */
function toMain(desk: Desk): Words {
  const own = ownPulls(desk).findLast(({ state }) => state === 'OPEN');
  if (own === undefined)
    return both(
      'Con el daño quitado, la tarjeta abierta y la prueba en rojo: arregla la causa en esa rama y abre el pull request.',
      'With the harm ended, the card open and the test red: fix the cause on that branch and open the pull request.',
    );
  return both(
    `Arregla la causa en la rama \`${own.head}\` y envíala. Cuando \`gh pr checks ${own.number}\` esté en verde: \`gh pr merge ${own.number} --squash\`.`,
    `Fix the cause on the branch \`${own.head}\` and push it. Once \`gh pr checks ${own.number}\` is green: \`gh pr merge ${own.number} --squash\`.`,
  );
}

/** Minutes that this check lets pass on its copy; nobody has to wait for them. */
const QUIET = 15;

export const backToNormal: Check = {
  id: 'd10-c1',
  goal: both(
    `La versión arreglada está en producción, sin alerta; los ${QUIET} minutos siguientes (el check los adelanta) pasan sin errores, esperas ni alertas`,
    `The fixed version is in production, with no alert; the next ${QUIET} minutes (the check lets them pass) bring no errors, slow answers or alerts`,
  ),
  kind: 'world',
  run: async (desk) => (await livesOn(desk)).quiet(),
};

/** The next quarter of an hour with what serves now. */
async function isQuiet(desk: Desk): Promise<Verdict> {
  const { version } = (await desk.production.get('http://web-1/version')).json() as { version: string };
  if (!isNewer(version, BAD))
    return failed({
      expected: both(`en web-1, una versión posterior a ${BAD}`, `on web-1, a version after ${BAD}`),
      found: same(version),
      where: { service: 'http://web-1/version' },
      next: both(
        'Publica lo que hay en main (`bash release.sh origin/main`) y despliégalo (`ops/deploy.sh VERSIÓN`).',
        'Release what main holds (`bash release.sh origin/main`) and deploy it (`ops/deploy.sh VERSION`).',
      ),
    });
  const since = desk.now();
  const before = alertsTold(desk).length;
  await desk.run(`sleep ${QUIET}m; inbox > /dev/null`);
  const share = await harm(desk, since, since + QUIET * MINUTE);
  const p95 = (await desk.production.latency(0.95, since, since + QUIET * MINUTE)) ?? 0;
  const open = new Set<string>();
  for (const { alert, isFiring } of alertsTold(desk)) isFiring ? open.add(alert) : open.delete(alert);
  const rang = alertsTold(desk)
    .slice(before)
    .some(({ isFiring }) => isFiring);
  // By the weights of the scenario each of the three faults touches 2 of 14 requests, 14 %.
  if (share <= 0.01 && p95 < 800 && open.size === 0 && !rang) return stillWatched(desk);
  return failed({
    expected: both(
      `en ${QUIET} minutos desde ahora: errores ≤ 1 %, p95 < 800 ms, ninguna alerta`,
      `in ${QUIET} minutes from now: errors ≤ 1 %, p95 < 800 ms, no alert`,
    ),
    found: both(
      `${percent(share)}, ${Math.round(p95)} ms, alertas abiertas: ${[...open].join(', ') || 'ninguna'}`,
      `${percent(share)}, ${Math.round(p95)} ms, open alerts: ${[...open].join(', ') || 'none'}`,
    ),
    where: { command: 'inbox operations' },
    next: both(
      `Busca en los registros qué falla en ${version}: \`logcli query '{app="seats"} |= "error"'\`.`,
      `See in the logs what fails in ${version}: \`logcli query '{app="seats"} |= "error"'\`.`,
    ),
  });
}

/** Whether somebody would be told if it happened again: 2.2.0 is deployed once more. In the morning it was told after three minutes. */
async function stillWatched(desk: Desk): Promise<Verdict> {
  const before = alertsTold(desk).length;
  const { exitCode } = await desk.run(`ops/deploy.sh ${BAD}`);
  // Who has taught the deploy to see the fault is safe as well.
  if (exitCode !== 0) return passed;
  await desk.run('sleep 8m; inbox > /dev/null');
  const rang = alertsTold(desk)
    .slice(before)
    .some(({ isFiring }) => isFiring);
  if (rang) return passed;
  return failed({
    expected: both(
      `que #operations se entere si ${BAD} vuelve a desplegarse`,
      `#operations to be told if ${BAD} is deployed again`,
    ),
    found: both('ningún [FIRING] en 8 minutos', 'no [FIRING] within 8 minutes'),
    where: { file: 'monitoring/alerts.yaml' },
    next: both(
      '¿Qué calla la alerta? Mira sus reglas y su ruta en `monitoring`, y los silencios: `amtool silence query`.',
      'What keeps the alert silent? See its rules and its route in `monitoring`, and silences: `amtool silence query`.',
    ),
  });
}

export const harmReducedSoon: Star = {
  id: 'd10-x1',
  star: 'faster',
  goal: both(
    `El daño terminó en los ${HARM_GOAL} minutos que siguen a la alerta`,
    `The harm was over within ${HARM_GOAL} minutes of the alert`,
  ),
  kind: 'world',
  async run(desk) {
    const { minutes, verdict } = (await livesOn(desk)).ended;
    if (!verdict.passed) return verdict;
    if (minutes <= HARM_GOAL) return passed;
    return failed({
      expected: both(`${HARM_GOAL} minutos como mucho`, `${HARM_GOAL} minutes at most`),
      found: same(`${minutes} min`),
      where: { service: 'web-1' },
      next: both(
        'Con el día empezado de nuevo: volver atrás es lo primero, entender viene después.',
        'After starting the day again: going back comes first, understanding after.',
      ),
    });
  },
};
