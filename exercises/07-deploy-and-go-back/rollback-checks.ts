// What is judged of rollback.sh.
import {
  type Check,
  type Desk,
  failed,
  passed,
  type Star,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';
import { leftStopped } from './deploy-checks.ts';
import { areDeployed, goingBack, isBack, isThere, type TwoDeploys, type WentBack } from './going-back.ts';
import { goodThenBad, startedForEver } from './good-then-bad.ts';
import {
  closed,
  comma,
  gap,
  gives,
  goal,
  isNobody,
  MOST_LOST,
  type Played,
  percent,
  seconds,
  serves,
  tooEarly,
} from './played.ts';

/** That there is nothing to go back from: where no deploy goes through, a rollback.sh that does nothing would be right. */
function nothingDeployed(both: TwoDeploys): Verdict | undefined {
  if (areDeployed(both)) return undefined;
  const { versions, first, deployed } = both;
  const isFirst = first.exitCode !== 0 || isNobody(first.serving);
  const [ended, version] = isFirst ? [first, versions[0]] : [deployed, versions[1]];
  return failed({
    expected: goal(
      `dos deploys que salen bien: ${versions.join(', luego ')}`,
      `two deploys that go well: ${versions.join(', then ')}`,
    ),
    found: goal(
      `${ending('es', ended, `deploy.sh ${version}`)}; después, ${gives(ended.serving).es}`,
      `${ending('en', ended, `deploy.sh ${version}`)}; afterwards, ${gives(ended.serving).en}`,
    ),
    where: { file: 'ops/deploy.sh' },
    next: goal(
      'Arregla primero `deploy.sh` (paso 4). ¿Lee en `seats.conf` qué puerto está libre? ¿Adónde lleva su enlace?',
      'Fix `deploy.sh` first (step 4). Does it read in `seats.conf` which port is free? Where does its link lead?',
    ),
  });
}

export const back: Check = {
  id: 'd07-c4',
  goal: goal(
    'rollback.sh devuelve la versión anterior en menos de 30 segundos, con lo que hay en web-1',
    'rollback.sh brings back the version before in under 30 seconds, from what is on web-1',
  ),
  kind: 'world',
  async run(desk) {
    const { first, again, second } = await goingBack(desk);
    const wrong = notBackAlone(await first()) ?? notAgain(await again());
    return wrong ?? notBackAlone(await second()) ?? passed;
  },
};

const notBackAlone = (went: WentBack): Verdict | undefined =>
  nothingDeployed(went) ?? notBack(went) ?? fetchedAgain(went);

/** What was downloaded need not have been of use: the day on which one goes back may be the one on which the registry is away. */
function fetchedAgain({ fetched, before, releases, told }: WentBack): Verdict | undefined {
  const [path] = fetched;
  if (path === undefined) return undefined;
  return failed({
    expected: goal(
      `\`rollback.sh\` vuelve a ${before} con lo que hay en web-1, sin descargar nada`,
      `\`rollback.sh\` goes back to ${before} with what is on web-1, and downloads nothing`,
    ),
    found: goal(`el registro entregó \`${path}\``, `the registry handed out \`${path}\``),
    where: { file: 'ops/rollback.sh' },
    next: told.some(({ kind }) => kind === 'deploy')
      ? goal(
          'Llamar a `deploy.sh` descarga otra vez. Pon lo que comparten en `switch.sh`, y que lo llamen los dos.',
          'To call `deploy.sh` is to download again. Put what they share into `switch.sh`, and let both call it.',
        )
      : !releases.includes(before)
        ? keepFolder(before, releases)
        : goal(
            `Quita la descarga: ${before} sigue en \`/opt/seats/releases\`. Arráncala, pruébala y mueve el puntero.`,
            `Take the download out: ${before} is still in \`/opt/seats/releases\`. Start it, test it and move the pointer.`,
          ),
  });
}

function notAgain(again: Played): Verdict | undefined {
  if (isThere('1.0.1', again)) return undefined;
  return failed({
    expected: goal('que tras `rollback.sh` se pueda desplegar 1.0.1', 'that 1.0.1 can be deployed after `rollback.sh`'),
    found: goal(
      `${ending('es', again, 'deploy.sh 1.0.1')}; ${gives(again.serving).es}`,
      `${ending('en', again, 'deploy.sh 1.0.1')}; ${gives(again.serving).en}`,
    ),
    where: { file: 'ops/rollback.sh' },
    next: goal(
      'Mira qué quedó en marcha en el puerto que usa, y adónde lleva su enlace: `ssh web-1 "systemctl status seats@PUERTO; ls -l /opt/seats"`.',
      'See what still runs on the port that it takes, and where its link leads: `ssh web-1 "systemctl status seats@PORT; ls -l /opt/seats"`.',
    ),
  });
}

function notBack(went: WentBack): Verdict | undefined {
  if (isBack(went)) return undefined;
  const { before, serving, later } = went;
  const { serving: after, ms } = went.back;
  const [since, sinceThen] =
    later === undefined ? [', con CURRENCY', ', with CURRENCY'] : [', con `/tmp` vacía', ', with `/tmp` empty'];
  return failed({
    expected: goal(
      `volver de ${serving} a ${before} en menos de 30 s${since}`,
      `to go back from ${serving} to ${before} in under 30 s${sinceThen}`,
    ),
    found: goal(
      `${ending('es', went.back)} tras ${Math.round(ms / 1000)} s; ${gives(after).es}`,
      `${ending('en', went.back)} after ${Math.round(ms / 1000)} s; ${gives(after).en}`,
    ),
    where: { file: 'ops/rollback.sh' },
    next: toGetBack(went),
  });
}

function toGetBack({ before, releases, later, back }: WentBack): Words {
  if (back.serving === before)
    return back.exitCode === 0
      ? goal(
          `Vuelve, pero tardó ${Math.round(back.ms / 1000)} s, de 30. Espera en pasos cortos: pregunta cada segundo y sigue en cuanto conteste.`,
          `It goes back, but took ${Math.round(back.ms / 1000)} s, of 30. Wait in short steps: ask each second, and go on as soon as it answers.`,
        )
      : goal(`${before} ya atiende: termina con 0.`, `${before} serves again: end with 0.`);
  if (later?.lost !== undefined)
    return goal(
      `\`${later.lost}\` decía cuál era. Apúntalo donde dure: \`/opt/seats/previous\`.`,
      `\`${later.lost}\` said which one it was. Note it where it lasts: \`/opt/seats/previous\`.`,
    );
  if (!releases.includes(before)) return keepFolder(before, releases);
  return goal(
    'Sigue en `/opt/seats/releases`. Falta saber cuál era: que `deploy.sh` lo apunte.',
    'It is still in `/opt/seats/releases`. What is missing is which one it was: let `deploy.sh` note it.',
  );
}

/** What whoever unpacks one version over another is told, or removes it. */
const keepFolder = (version: string, releases: readonly string[]): Words =>
  goal(
    `En \`/opt/seats/releases\` no está ${version}, sino: ${releases.join(', ') || 'nada'}. Desempaqueta cada versión en su propia carpeta, y consérvala.`,
    `\`/opt/seats/releases\` does not have ${version}, but: ${releases.join(', ') || 'nothing'}. Unpack each version in a folder of its own, and keep it.`,
  );

/** How a script ended. */
export function ending(language: 'es' | 'en', { exitCode, said }: Played, script = 'rollback.sh'): string {
  const message = said === '' ? '' : language === 'es' ? `, «${said}»` : `, “${said}”`;
  return language === 'es'
    ? `\`${script}\` termina con código ${exitCode}${message}`
    : `\`${script}\` ends with exit code ${exitCode}${message}`;
}

/** Undefined when rollback.sh goes somewhere: one that never does lets nobody in either. */
export function doesNotGoBack(went: WentBack): Verdict | undefined {
  const nothing = nothingDeployed(went);
  const { back } = went;
  if (nothing !== undefined || (back.exitCode === 0 && !isNobody(back.serving))) return nothing;
  return failed({
    expected: goal(
      'un `rollback.sh` que vuelve cuando la versión anterior funciona',
      'a `rollback.sh` that goes back when the version before works',
    ),
    found: goal(`${ending('es', back)}; ${gives(back.serving).es}`, `${ending('en', back)}; ${gives(back.serving).en}`),
    where: { file: 'ops/rollback.sh' },
    next: goal(
      'Primero que vuelva (paso 5); después se mira esta meta.',
      'Let it go back first (step 5); then this goal is looked at.',
    ),
  });
}

/** Undefined when rollback.sh goes back where it can, and refuses with a record where it cannot. */
const unproven = (desk: Desk): Promise<Verdict | undefined> =>
  desk.once('whether a rollback is proven', async (copy) => {
    const { well, refused } = await goingBack(copy);
    const never = doesNotGoBack(await well());
    if (never !== undefined) return never;
    const went = await refused();
    if (!('back' in went)) return nothingDeployed(went);
    return letIn(went, 'no arranca', 'does not start') ?? notTold(went) ?? (await goesOn(copy, went));
  });

type Refused = Pick<WentBack, 'before' | 'serving' | 'back' | 'told'>;

/** Who fetches the version before again, or goes to an older one that works, is right as well. */
export function letIn(went: Refused, why: string, whyEn: string): Verdict | undefined {
  const { before, serving, back } = went;
  const { exitCode, serving: after, lost } = back;
  const isTrue = (exitCode === 0) === (after !== serving);
  const nobodyNotices = !isNobody(after) && lost <= MOST_LOST;
  if (isTrue && nobodyNotices) return undefined;
  if (nobodyNotices && after === serving) return deniedWithZero(went, why, whyEn);
  return failed({
    expected: goal(
      `${before} ya ${why}: sigue ${serving}, código distinto de 0`,
      `${before} ${whyEn} any more: ${serving} goes on, code other than 0`,
    ),
    found: goal(
      `${ending('es', back)}; ${gives(after).es} y falla el ${comma(percent(lost))}`,
      `${ending('en', back)}; ${gives(after).en}, and ${percent(lost)} fail`,
    ),
    where: { file: 'ops/rollback.sh' },
    next:
      exitCode === 0
        ? goal(
            'Antes de mover el puntero, la misma prueba de humo que en `deploy.sh`.',
            'Before the pointer moves, the same smoke test as in `deploy.sh`.',
          )
        : isNobody(after)
          ? onFreePort
          : goal(
              `Se niega demasiado tarde. No muevas el puntero ni pares ${serving} hasta que ${before} pase la prueba de humo.`,
              `It refuses too late. Neither move the pointer nor stop ${serving} until ${before} has passed the smoke test.`,
            ),
  });
}

/** What whoever takes web-1 down is told: most of all where a port stands in the script. */
export const onFreePort = goal(
  'Pruébala en el puerto libre antes de mover el puntero: `seats.conf` dice cada vez cuál es.',
  'Test it on the free port before the pointer moves: `seats.conf` says each time which one.',
);

/** All is as it should be, and whoever called the script is told that it went back. */
function deniedWithZero({ before, serving, back, told }: Refused, why: string, whyEn: string): Verdict {
  return failed({
    expected: goal(
      `${before} ya ${why}: \`rollback.sh\` debía terminar con un código distinto de 0`,
      `${before} ${whyEn} any more: \`rollback.sh\` should end with a code other than 0`,
    ),
    found: goal(`${ending('es', back)}; sigue ${serving}`, `${ending('en', back)}; ${serving} goes on`),
    where: { file: 'ops/rollback.sh' },
    next:
      told.length > 0
        ? goal(
            'Que siga la de ahora está bien. Después de anotar `failed`, termina con `exit 1`.',
            'That the present one goes on is right. After `failed` is on record, end with `exit 1`.',
          )
        : goal(
            `¿Llegó a probar ${before}, la que atendía antes? Nada queda anotado de ella: falta \`failed\`, y después \`exit 1\`.`,
            `Did it try ${before} at all, which served before? Nothing is on record of it: record \`failed\`, then \`exit 1\`.`,
          ),
  });
}

function notTold({ before, back, told }: WentBack): Verdict | undefined {
  const rollbacks = told.filter(({ kind }) => kind === 'rollback');
  if (back.exitCode === 0 || (rollbacks.length > 0 && rollbacks.every(({ result }) => result === 'failed')))
    return undefined;
  const list = told.map(({ kind, version, result }) => `${kind} ${version} ${result}`).join(', ');
  return failed({
    expected: goal(
      `${before} ya no arranca: un \`rollback\` \`failed\` anotado, y nada más`,
      `${before} does not start any more: a \`rollback\` \`failed\` on record, and nothing else`,
    ),
    found: goal(list || 'nada anotado', list || 'nothing on record'),
    where: { file: 'ops/rollback.sh' },
    next: rollbacks.some(({ result }) => result === 'succeeded')
      ? tooEarly
      : goal(
          'Como en `deploy.sh`: donde la prueba falla, `record.sh rollback`, la versión y `failed`; después, un código distinto de 0.',
          'As in `deploy.sh`: where the test fails, `record.sh rollback`, the version and `failed`; then a code other than 0.',
        ),
  });
}

/** Whose deploy.sh leaves it running as well has failed c2 for that already. */
async function goesOn(desk: Desk, { web, before }: WentBack): Promise<Verdict | undefined> {
  const restarted = await startedForEver(web);
  if (restarted === undefined || (await goodThenBad(desk)).restarted !== undefined) return undefined;
  return leftStopped(restarted, before);
}

export const proven: Check = {
  id: 'd07-c12',
  goal: goal(
    'Si a la versión anterior ya le falta un archivo, rollback.sh no deja entrar a nadie, anota failed y termina con un código distinto de 0',
    'When a file of the version before is gone, rollback.sh lets nobody in, records failed and ends with a code other than 0',
  ),
  kind: 'world',
  run: async (desk) => (await unproven(desk)) ?? passed,
};

/** Whether c12 is content: who fails it hears of it there. */
export const refuses = (desk: Desk): Promise<boolean> =>
  unproven(desk).then(
    (verdict) => verdict === undefined,
    () => false,
  );

export const noneLost: Star = {
  id: 'd07-x1',
  star: 'safer',
  goal: goal(
    'Al volver atrás no se pierde ni una petición, y la vieja acaba lo que contesta',
    'Going back loses not a single request, and the old one finishes what it answers',
  ),
  kind: 'world',
  async run(desk) {
    const deployed = await (await goingBack(desk)).well();
    const nothing = nothingDeployed(deployed);
    if (nothing !== undefined) return nothing;
    const { before, back, early, killed, stops } = deployed;
    if (stops > 0) return closed(stops, 'rollback.sh');
    if (early !== undefined) return gap(early, 'ops/rollback.sh');
    if (killed !== undefined) return cutOff(killed);
    const { failedRequests, serving, exitCode } = back;
    if (failedRequests === 0 && serving === before && exitCode === 0) return passed;
    return failed({
      expected: goal(
        `que \`rollback.sh\` vuelva a ${before} sin perder ninguna petición`,
        `\`rollback.sh\` to go back to ${before} and lose no request`,
      ),
      found: goal(
        `${ending('es', back)}; ${serves(serving).es} y se pierden ${failedRequests}`,
        `${ending('en', back)}; ${serves(serving).en}, and ${failedRequests} are lost`,
      ),
      where: { file: 'ops/rollback.sh' },
      next: goal(
        'Vuelve como fuiste: lado a lado, prueba, puntero, y lo viejo al final.',
        'Go back as you came: side by side, test, pointer, and the old one last.',
      ),
    });
  },
};

/** Whether somebody is being answered in that moment is chance, and that nobody would be answered to the end is not. */
const cutOff = (service: string): Verdict =>
  failed({
    expected: goal('la vieja termina de contestar y acaba', 'the old one finishes its answers, and ends'),
    found: goal(
      `\`${service}\` terminó por \`SIGKILL\`: sin poder acabar ninguna respuesta`,
      `\`${service}\` ended by \`SIGKILL\`: with no chance to finish an answer`,
    ),
    where: { command: 'ssh web-1 "journalctl -u seats@8081 -u seats@8082 | grep KILL"' },
    next: goal(
      '`systemctl stop` envía `SIGTERM`, y `seats` acaba lo que está contestando. `kill -9` no deja acabar nada.',
      '`systemctl stop` sends `SIGTERM`, and `seats` finishes what it is answering. `kill -9` lets nothing finish.',
    ),
  });

/** The solution takes 3.6 s on each of 6 seeds, two of them the pauses until the service answers; the alternatives 2.3, 3.3 and 8.6 s. */
export const quick: Star = {
  id: 'd07-x2',
  star: 'faster',
  goal: goal('rollback.sh tarda menos de 6 segundos', 'rollback.sh takes less than 6 seconds'),
  kind: 'world',
  async run(desk) {
    const deployed = await (await goingBack(desk)).well();
    const nothing = nothingDeployed(deployed);
    if (nothing !== undefined) return nothing;
    const { before, back } = deployed;
    const { ms, serving } = back;
    if (ms < 6000 && serving === before) return passed;
    return failed({
      expected: goal(`que atienda ${before} en menos de 6 s`, `${before} to serve in less than 6 s`),
      found: goal(
        `${ending('es', back)} tras ${comma(seconds(ms))}; ${serves(serving).es}`,
        `${ending('en', back)} after ${seconds(ms)}; ${serves(serving).en}`,
      ),
      where: { file: 'ops/rollback.sh' },
      next: goal(
        'Nada que descargar ni desempaquetar: ya está en web-1. ¿Qué esperas de más?',
        'Nothing to download or unpack: it is on web-1 already. What do you wait for too long?',
      ),
    });
  },
};
