// What is judged of production: that the harm ended soon, and that a newer version serves in quiet.
import { type Check, type Desk, failed, onDemand, passed, type Star, type Words } from '../../sandbox/checks/index.ts';
import { BAD, both, isMainUntouched, ownPulls } from './facts.ts';
import { HARM_LIMIT, harmOver } from './harm-over.ts';
import { deploysWell } from './next-deploy.ts';
import { isQuiet, QUIET } from './quiet-time.ts';

/**
 * Production after the learner's work, for all checks that ask what becomes of it: it lives through the day once. Each step begins where
 * the one before ended, and none is taken before a check asks for it; the next deploy comes last, for it changes what serves.
 */
const livesOn = (learners: Desk) =>
  learners.once('production lives on', async (desk) => {
    const ended = await harmOver(desk);
    const quiet = onDemand(() => isQuiet(desk));
    const next = onDemand(async () => {
      // What is wrong there is told by its own check.
      await quiet().catch(() => {});
      return deploysWell(desk);
    });
    return { ended, quiet, next };
  });

export const harmReduced: Check = {
  id: 'd10-c6',
  goal: both(
    `Has vuelto a la versión anterior, y con eso el daño terminó antes de ${HARM_LIMIT} minutos: falla menos del 2 % de las peticiones`,
    `You have gone back to the version before, and that ended the harm within ${HARM_LIMIT} minutes: less than 2 % of the requests fail`,
  ),
  kind: 'world',
  run: async (desk) => (await livesOn(desk)).ended.verdict,
};

export const backToNormal: Check = {
  id: 'd10-c1',
  goal: both(
    `Una versión posterior a ${BAD} está en producción; los ${QUIET} minutos siguientes (el check los adelanta) pasan sin errores, esperas ni alertas`,
    `A version after ${BAD} is in production; the next ${QUIET} minutes (the check lets them pass) bring no errors, slow answers or alerts`,
  ),
  kind: 'world',
  run: async (desk) => (await livesOn(desk)).quiet(),
};

export const nextDeployWorks: Check = {
  id: 'd10-c3',
  goal: both(
    'El arreglo está en main, y la puerta ve lo mismo que antes: con el próximo despliegue, sea de quien sea, todos reciben respuestas correctas',
    'The fix is on main, and the gate sees what it saw: after the next deploy, whoever makes it, everybody gets right answers',
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

/** For the star: rolling back within about six minutes of opening the day. */
const HARM_GOAL = 12;

export const harmReducedSoon: Star = {
  id: 'd10-x1',
  star: 'faster',
  goal: both(
    `${HARM_GOAL} minutos después del mensaje [FIRING], como mucho, fallaba menos del 2 % de las peticiones`,
    `At most ${HARM_GOAL} minutes after the message [FIRING], less than 2 % of the requests failed`,
  ),
  kind: 'world',
  async run(desk) {
    const { minutes, verdict } = (await livesOn(desk)).ended;
    if (!verdict.passed) return verdict;
    if (minutes <= HARM_GOAL) return passed;
    return failed({
      expected: both(
        `de [FIRING] al fin del daño, ${HARM_GOAL} minutos como mucho`,
        `from [FIRING] to the end of the harm, ${HARM_GOAL} minutes at most`,
      ),
      found: both(`${minutes} minutos`, `${minutes} minutes`),
      where: { command: 'inbox operations' },
      next: both(
        'Para la estrella, empieza el día de nuevo y ejecuta `ops/rollback.sh` lo primero: entender viene después.',
        'For the star, start the day again and run `ops/rollback.sh` first: understanding comes after.',
      ),
    });
  },
};
