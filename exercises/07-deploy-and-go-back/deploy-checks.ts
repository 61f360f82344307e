// What is judged of deploy.sh and record.sh.
import { type Check, type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { type GoodThenBad, goodDeploy, goodThenBad } from './good-then-bad.ts';
import {
  closed,
  comma,
  freshly,
  gap,
  gives,
  goal,
  isNobody,
  MOST_LOST,
  type Played,
  percent,
  prepare,
} from './played.ts';

/** That a script is at fault before anything else can be judged: a deploy of a good version has to end well. */
function didNotEnd(script: string, { exitCode, said }: Played): Verdict | undefined {
  if (exitCode === 0) return undefined;
  return failed({
    expected: goal(`\`${script}\` termina con código 0`, `\`${script}\` ends with exit code 0`),
    found: goal(`código ${exitCode}: ${said || 'sin mensaje'}`, `exit code ${exitCode}: ${said || 'no message'}`),
    where: { command: script },
    next: goal(
      'Deja web-1 como esta mañana con `ops/start-over.sh` y ejecútalo con `bash -x` delante.',
      'Make web-1 as it was this morning with `ops/start-over.sh`, and run it with `bash -x` before it.',
    ),
  });
}

export const watched: Check = {
  id: 'd07-c6',
  goal: goal('Has llevado una versión a web-1 con el script', 'You have taken a version to web-1 with the script'),
  kind: 'log',
  run(desk) {
    const started = desk.log.filter(({ type }) => type === 'ServiceStarted');
    const again = started.some(
      (entry) => 'host' in entry && entry.host === 'web-1' && entry !== started[0] && isSeats(entry),
    );
    if (again && desk.log.some((entry) => /^Service(Stopped|Failed)$/.test(entry.type) && isSeats(entry)))
      return passed;
    return failed({
      expected: goal('un deploy hecho por ti', 'a deploy made by you'),
      found: goal('el servicio de esta mañana, que sigue igual', 'the service of this morning, untouched'),
      where: { command: 'ops/deploy.sh 1.0.1' },
      next: goal(
        'Ejecútalo en la terminal y mira el registro de errores de nginx.',
        'Run it in the terminal, and look at the error log of nginx.',
      ),
    });
  },
};

function isSeats(entry: object): boolean {
  return 'service' in entry && typeof entry.service === 'string' && entry.service.startsWith('seats');
}

export const honest: Check = {
  id: 'd07-c7',
  goal: goal(
    'deploy.sh termina con 0 si la versión funciona, y con otro código si no',
    'deploy.sh ends with 0 when the version works, and with another code when it does not',
  ),
  kind: 'world',
  async run(desk) {
    const { good, unknown, bad, version } = await goodThenBad(desk);
    const ended = didNotEnd('ops/deploy.sh 1.0.1', good) ?? outOfNothing(unknown);
    if (ended !== undefined) return ended;
    if (bad.exitCode !== 0) return notFooled(desk);
    return failed({
      expected: goal(
        `un código distinto de 0: ${notStarting(version).es}`,
        `a code other than 0: ${notStarting(version).en}`,
      ),
      found: goal(
        `código 0 y «${bad.said}»; ${gives(bad.serving).es}`,
        `code 0 and “${bad.said}”; ${gives(bad.serving).en}`,
      ),
      where: { file: 'ops/deploy.sh' },
      next: goal(
        'Espera, pídele su versión con `curl -f` y termina con `exit 1` si no es esa. Una tubería necesita además `set -o pipefail`.',
        'Wait, ask its version with `curl -f`, and `exit 1` when it is another. A pipe needs `set -o pipefail` as well.',
      ),
    });
  },
};

/** Why the deploy of it has to fail. */
const notStarting = (version: string): Words =>
  version === '1.1.0'
    ? goal('1.1.0 sin CURRENCY no arranca', '1.1.0 without CURRENCY does not start')
    : goal(`${version} no arranca`, `${version} does not start`);

/** Undefined unless a version that does not exist was deployed: what lay about from the deploy before, under another number. */
function outOfNothing({ exitCode, serving, said }: Played): Verdict | undefined {
  if (exitCode !== 0) return undefined;
  return failed({
    expected: goal(
      'un código distinto de 0 con 9.9.9: el registro no la tiene',
      'a code other than 0 for 9.9.9: the registry does not have it',
    ),
    found: goal(`código 0 y «${said}»; ${gives(serving).es}`, `code 0 and “${said}”; ${gives(serving).en}`),
    where: { file: 'ops/deploy.sh' },
    next: goal(
      'Donde `curl -f` falla, termina: `|| exit 1`; en una tubería, con `set -o pipefail`. Lo que quedó en `/tmp` es de otra versión.',
      'Where `curl -f` fails, end: `|| exit 1`; in a pipe, with `set -o pipefail`. What lies in `/tmp` is of another version.',
    ),
  });
}

/** Both ports taken by processes of 1.0.0 that somebody has started by hand: systemd does not know them, and no new one can listen. */
const strays = `ssh web-1 "systemctl stop seats@8081
for port in 8081 8082; do (cd /opt/seats/releases/1.0.0 && PORT=\\$port CURRENCY=units nohup node app.mjs > /dev/null 2>&1 &); done"
sleep 3`;

/** Whether deploy.sh knows its own version from any that answers. One that gets rid of the strays and serves is right as well. */
async function notFooled(desk: Desk): Promise<Verdict> {
  const web = await freshly(desk);
  await web.run(strays);
  const { exitCode, serving, said } = await prepare(web, 'ops/deploy.sh 1.0.1');
  if (exitCode !== 0 || serving === '1.0.1') return passed;
  return failed({
    expected: goal(
      'un código distinto de 0: un proceso olvidado de 1.0.0 ocupa el puerto y contesta por 1.0.1',
      'a code other than 0: a forgotten process of 1.0.0 has the port and answers for 1.0.1',
    ),
    found: goal(`código 0 y «${said}»; ${gives(serving).es}`, `code 0 and “${said}”; ${gives(serving).en}`),
    where: { file: 'ops/deploy.sh' },
    next: goal(
      'Que alguien conteste no basta. Pide `/version` y compárala con la que despliegas.',
      'That somebody answers is not enough. Ask for `/version` and compare it with what you deploy.',
    ),
  });
}

export const unnoticed: Check = {
  id: 'd07-c1',
  goal: goal(
    `Durante deploy.sh 1.0.1 falla como mucho el ${MOST_LOST} % de las peticiones, y lo viejo se para al final`,
    `During deploy.sh 1.0.1 at most ${MOST_LOST} % of the requests fail, and the old one is stopped last`,
  ),
  kind: 'world',
  async run(desk) {
    const { good, stops, early } = await goodDeploy(desk);
    const ended = didNotEnd('ops/deploy.sh 1.0.1', good);
    if (ended !== undefined) return ended;
    if (stops > 0) return closed(stops, 'deploy.sh');
    if (early !== undefined) return gap(early, 'ops/deploy.sh');
    if (good.lost <= MOST_LOST) return passed;
    return failed({
      expected: goal(
        `como mucho el ${MOST_LOST} % sin respuesta correcta`,
        `at most ${MOST_LOST} % without a good answer`,
      ),
      found: goal(
        `${good.failedRequests === 1 ? '1 petición' : `${good.failedRequests} peticiones`}, el ${comma(percent(good.lost))}`,
        `${good.failedRequests === 1 ? '1 request' : `${good.failedRequests} requests`}, ${percent(good.lost)}`,
      ),
      where: { command: 'ssh web-1 "tail -n 3 /var/log/nginx/error.log"' },
      next: goal(
        'Arranca la nueva en el puerto libre, espera a que conteste, cambia nginx y para la vieja al final.',
        'Start the new one on the free port, wait until it answers, switch nginx, and stop the old one last.',
      ),
    });
  },
};

export const stays: Check = {
  id: 'd07-c2',
  goal: goal(
    'Si 1.1.0 no arranca, todo sigue como estaba: atiende la que atendía, y 1.1.0 queda parada',
    'When 1.1.0 does not start, everything stays as it was: the version before goes on serving, and 1.1.0 is stopped',
  ),
  kind: 'world',
  async run(desk) {
    const both = await goodThenBad(desk);
    const { bad, version, before, restarted } = both;
    const { serving, lost } = bad;
    // An earlier deploy may have broken it already.
    const isDown = isNobody(before);
    if (serving === before && lost <= MOST_LOST && !isDown)
      return movedAlready(both) ?? overwritten(both) ?? leftStopped(restarted, version);
    return failed({
      expected: goal(
        `web-1 sigue atendiendo${isDown ? '' : ` con ${before}`}, sin que nadie lo note`,
        `web-1 goes on serving${isDown ? '' : ` ${before}`}, and nobody notices`,
      ),
      found: goal(
        `${gives(serving).es}; falló el ${comma(percent(lost))}`,
        `${gives(serving).en}; ${percent(lost)} failed`,
      ),
      where: { file: 'ops/deploy.sh' },
      next: goal(
        'No toques lo que atiende hasta que la nueva haya contestado en su propio puerto. El puerto libre cambia con cada deploy.',
        'Touch nothing that serves until the new one has answered on its own port. The free port changes with each deploy.',
      ),
    });
  },
};

/** Undefined unless a deploy that failed has left nginx's files otherwise than what serves: the next reload is its end. */
export function movedAlready({ bad, reloaded }: GoodThenBad): Verdict | undefined {
  if (reloaded === bad.serving || isNobody(bad.serving)) return undefined;
  return failed({
    expected: goal(
      `tras un deploy fallido, \`systemctl reload nginx\` no cambia nada: atiende ${bad.serving}`,
      `after a failed deploy, \`systemctl reload nginx\` changes nothing: ${bad.serving} serves`,
    ),
    found: goal(`entonces ${gives(reloaded).es}`, `then ${gives(reloaded).en}`),
    where: { command: 'ssh web-1 "cat /etc/nginx/conf.d/seats.conf"' },
    next: goal(
      'Cambia el archivo de nginx después de la prueba de humo, o déjalo como estaba cuando falla.',
      "Change nginx's file after the smoke test, or put it back when the test fails.",
    ),
  });
}

/** Undefined unless a deploy that failed has changed the files from which what serves was started: its next start is its end. */
export function overwritten({ bad, startedAnew }: GoodThenBad): Verdict | undefined {
  if (startedAnew === bad.serving) return undefined;
  return failed({
    expected: goal(
      `tras un deploy fallido, lo que atiende puede arrancar otra vez: ${bad.serving}`,
      `after a failed deploy, what serves can start again: ${bad.serving}`,
    ),
    found: goal(
      `tras \`systemctl restart\` ${gives(startedAnew).es}: sus archivos son otros`,
      `after \`systemctl restart\` ${gives(startedAnew).en}: its files are others`,
    ),
    where: { command: 'ssh web-1 "ls -l /opt/seats /opt/seats/releases"' },
    next: goal(
      'Desempaqueta cada versión en su propia carpeta de `/opt/seats/releases`, nunca encima de la que atiende.',
      'Unpack each version in a folder of its own in `/opt/seats/releases`, never over the one that serves.',
    ),
  });
}

export function leftStopped(restarted: string | undefined, version: string): Verdict {
  if (restarted === undefined) return passed;
  return failed({
    expected: goal(`${version} parada cuando termina el script`, `${version} stopped when the script has ended`),
    found: goal(
      `systemd sigue arrancando \`${restarted}\`, que termina una y otra vez`,
      `systemd goes on starting \`${restarted}\`, which ends again and again`,
    ),
    where: { command: `ssh web-1 "journalctl -u ${restarted} -n 5"` },
    next: goal(
      'Donde la prueba falla, para también la nueva: `systemctl stop seats@PUERTO`.',
      'Where the test fails, stop the new one too: `systemctl stop seats@PORT`.',
    ),
  });
}

export const really: Check = {
  id: 'd07-c3',
  goal: goal(
    'En el puerto público contesta la versión nueva, y la vieja ya no está en marcha',
    'The new version answers at the public port, and the old one no longer runs',
  ),
  kind: 'world',
  async run(desk) {
    const { good, old } = await goodDeploy(desk);
    const { serving, said } = good;
    if (serving === '1.0.1') {
      if (old === '') return passed;
      return failed({
        expected: goal('1.0.0 parada al final del deploy', '1.0.0 stopped at the end of the deploy'),
        found: goal(`1.0.0 sigue en el puerto ${old}`, `1.0.0 goes on at port ${old}`),
        where: { file: 'ops/deploy.sh' },
        next: goal(
          'Cuando nginx ya reenvía a la nueva, para el servicio del puerto viejo: `systemctl stop seats@PUERTO`.',
          'Once nginx passes requests on to the new one, stop the service on the old port: `systemctl stop seats@PORT`.',
        ),
      });
    }
    return failed({
      expected: goal('`http://web-1/version` dice 1.0.1', '`http://web-1/version` says 1.0.1'),
      found: goal(`${gives(serving).es}; el script dice «${said}»`, `${gives(serving).en}; the script says “${said}”`),
      where: { service: 'GET http://web-1/version' },
      next: goal(
        'Un proceso lee su programa al arrancar. ¿Arrancó uno nuevo? ¿Le reenvía nginx, y ha releído su configuración?',
        'A process reads its program when it starts. Did a new one start? Does nginx pass requests on to it, and has it read its configuration again?',
      ),
    });
  },
};
