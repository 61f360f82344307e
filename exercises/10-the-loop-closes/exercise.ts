import type { Exercise } from '../../sandbox/checks/index.ts';
import { company } from './company.ts';
import { both } from './facts.ts';
import { morning } from './faults.ts';
import { backToNormal, harmReduced, harmReducedSoon, nextDeployWorks } from './production-checks.ts';
import { cardWithEvidence, linked } from './story-checks.ts';
import { redThenGreen, testFails } from './test-checks.ts';
import { reported } from './times-check.ts';

export const exercise: Exercise = {
  id: 'd10',
  seed: 'ventarela-day-10',
  parts: ['production', 'forge'],
  seeds: 20,
  title: both('Reto: el ciclo se cierra', 'Capstone: the loop closes'),
  stateFrom: 'd09',
  setup: company + morning,
  opens: 'seats/README.md',
  steps: [
    {
      id: 'd10-s1',
      kind: 'run',
      title: both('Reduce el daño', 'Reduce the harm'),
      task: both(
        'Lee el canal: `inbox operations`. ¿Qué alerta saltó, y qué pasó justo antes? Quita el daño primero: `ops/rollback.sh` vuelve a la versión anterior sin construir nada. Espera con `sleep 6m` y mira el canal otra vez.',
        'Read the channel: `inbox operations`. Which alert fired, and what happened just before? Stop harming the buyers: `ops/rollback.sh` goes back to the version before without building anything. Wait with `sleep 6m`, and look at the channel again.',
      ),
      checks: [harmReduced],
      hints: [
        both(
          'El primer concepto de la lección: primero el daño, después la causa.',
          'The first concept of the lesson: the harm first, the cause after.',
        ),
        both(
          'El canal dice a qué hora se desplegó la versión y a qué hora empezó la alerta.',
          'The channel says when the version was deployed, and when the alert began.',
        ),
        both(
          '`ops/…`: está en la última tabla de `seats/README.md`.',
          '`ops/…`: it stands in the last table of `seats/README.md`.',
        ),
      ],
      reason: both(
        'La versión anterior está probada y guardada. Volver a ella tarda segundos, y entender con calma ya no le cuesta nada a nadie.',
        'The version before is tested and kept. Going back to it takes seconds, and understanding in peace costs nobody anything any more.',
      ),
    },
    {
      id: 'd10-s2',
      kind: 'fill',
      title: both('Abre una tarjeta con la evidencia', 'Open a card with the evidence'),
      task: both(
        'Busca la causa en los registros, sin entrar en web-1: `logcli query \'{app="seats"} |= "error"\' --limit 5`. Completa `tarjeta.md`: el nombre de la alerta, la versión y una línea del registro. Ábrela desde `seats`, antes del primer commit del arreglo: `gh issue create --title "…" --body-file ~/tarjeta.md`.',
        'Find the cause in the logs, without going into web-1: `logcli query \'{app="seats"} |= "error"\' --limit 5`. Fill in `card.md`: the name of the alert, the version and a line of the log. Open it from `seats`, before the first commit of the fix: `gh issue create --title "…" --body-file ~/card.md`.',
      ),
      files: [{ es: 'tarjeta.md', en: 'card.md' }],
      checks: [cardWithEvidence],
      hints: [
        both(
          'El segundo concepto de la lección: de la evidencia a la tarjeta.',
          'The second concept of the lesson: from evidence to a card.',
        ),
        both(
          'El nombre de la alerta está detrás de [FIRING:1] en `inbox operations`; lo demás, en el registro.',
          'The name of the alert stands behind [FIRING:1] in `inbox operations`; the rest is in the log.',
        ),
        both(
          'Una línea del registro con `"level":"error"` tiene `version`, `path` y `error`: copia esos tres campos.',
          'A line of the log with `"level":"error"` has `version`, `path` and `error`: copy these three fields.',
        ),
      ],
      reason: both(
        'Con alerta, versión y línea, quien lea la tarjeta dentro de un mes puede reproducir el error. «Falla la búsqueda» no se puede reproducir.',
        'With alert, version and line, whoever reads the card in a month can reproduce the error. “Search is broken” cannot be reproduced.',
      ),
    },
    {
      id: 'd10-s3',
      kind: 'fill',
      title: both('Escribe la prueba que falla', 'Write the test that fails'),
      task: both(
        'En `seats`, en una rama nueva, escribe `test/incident.test.mjs`: la petición del registro y qué debería contener la respuesta, no solo su `status`. Mira cómo lo hacen las pruebas vecinas. Ejecuta `bash test.sh`: tiene que fallar porque recibe el mismo 500 que los compradores. Una estrella del final pide que CI la vea en rojo: para ella, haz un commit solo con la prueba, envíalo y abre ya el pull request. Su título es `fix: …`; su texto, `Fixes #N`: la fusión cierra la tarjeta N.',
        'In `seats`, on a new branch, write `test/incident.test.mjs`: the request from the log and what the answer should hold, not only its `status`. See how the tests beside it do it. Run `bash test.sh`: it must fail because it gets the same 500 as the buyers. One star of the last step asks that CI see it red: for that, commit the test alone, push it and open the pull request now. Its title is `fix: …`, its text `Fixes #N`, and the merge closes card N.',
      ),
      files: ['seats/test/offers.test.mjs', 'seats/testing/service.mjs'],
      checks: [testFails],
      hints: [
        both('El día 4: una prueba que nunca falla no es una prueba.', 'Day 4: a test that never fails is no test.'),
        both(
          '`openService(t)` arranca el servicio con los viajes de verdad. `get` y `post` reciben lo que dice `path` en el registro.',
          '`openService(t)` starts the service with the real trips. `get` and `post` take what `path` says in the log.',
        ),
        both(
          "`test('…', async (t) => { const seats = await openService(t); const { status, body } = await seats.____('____'); … });`",
          "`test('…', async (t) => { const seats = await openService(t); const { status, body } = await seats.____('____'); … });`",
        ),
      ],
      reason: both(
        'La prueba pide lo mismo que falló. En rojo demuestra que entendiste la causa; en verde, que ya no está; y después la vigila en cada cambio.',
        'The test asks for what failed. Red, it shows that you understood the cause; green, that it is gone; and from then on it guards every change.',
      ),
    },
    {
      id: 'd10-s4',
      kind: 'write',
      title: both('Arregla y pasa la puerta', 'Fix it and pass the gate'),
      task: both(
        'Arregla la causa en la misma rama, sin perder lo que trajo 2.2.0. Quien busca por origen o destino ve `minutes` y `luggage` en cada viaje; quien reserva, cuántas paradas hay (`stops`). Envía la rama. Si aún no tiene pull request, ábrelo: su título empieza por `fix:` y su texto nombra tu tarjeta: con `Fixes #N`, la fusión la cierra. Espera a los checks (`gh pr checks --watch`) y fusiona.',
        'Fix the cause on the same branch, without losing what 2.2.0 brought. Whoever searches by town sees `minutes` and `luggage` in each trip; whoever holds a seat sees how many `stops` there are. Push the branch. If it has no pull request yet, open one: its title begins with `fix:`, and its text names your card: with `Fixes #N`, the merge closes it. Wait for the checks (`gh pr checks --watch`) and merge.',
      ),
      checks: [nextDeployWorks],
      hints: [
        both(
          'El día 5: nada entra en main sin pasar la puerta.',
          'Day 5: nothing enters main without passing the gate.',
        ),
        both(
          'El error del registro nombra lo que falta o sobra. ¿Qué archivos cambió 2.2.0? `git diff --stat v2.1.0 v2.2.0`.',
          'The error in the log names what is missing or too much. Which files did 2.2.0 change? `git diff --stat v2.1.0 v2.2.0`.',
        ),
        both(
          '`git push -u origin HEAD`, `gh pr create --title "fix: …" --body "Fixes #…"`, `gh pr checks --watch`, `gh pr merge --squash`.',
          '`git push -u origin HEAD`, `gh pr create --title "fix: …" --body "Fixes #…"`, `gh pr checks --watch`, `gh pr merge --squash`.',
        ),
      ],
      reason: both(
        'El arreglo está en main y lleva su prueba, así que la próxima versión de cualquiera lo incluye. Un arreglo en web-1 se pierde en el siguiente despliegue.',
        'The fix is on main with its test, so anybody’s next version includes it. A fix on web-1 is lost in the next deploy.',
      ),
    },
    {
      id: 'd10-s5',
      kind: 'write',
      title: both('Publica, despliega y mira', 'Release, deploy and watch'),
      task: both(
        "Espera a que la ejecución de main esté en verde (`gh run list --branch main`). Vuelve a tu carpeta (`cd`) y publica lo que hay en main: `bash release.sh origin/main`, que elige el número. Despliégalo con `ops/deploy.sh`. Mira que el 500 sigue en 0 con la versión nueva: `promtool query instant http://prometheus.ventarela.test:9090 'sum by (code) (rate(front_requests_total[5m]))'`.",
        "Wait until the run of main is green (`gh run list --branch main`). Go back to your home folder (`cd`) and release what main holds: `bash release.sh origin/main`, which chooses the number. Deploy it with `ops/deploy.sh`. See that 500 stays at 0 with the new version: `promtool query instant http://prometheus.ventarela.test:9090 'sum by (code) (rate(front_requests_total[5m]))'`.",
      ),
      files: ['release.sh', 'ops/deploy.sh'],
      checks: [backToNormal],
      hints: [
        both(
          'Los días 6 y 7: un nombre que no cambia, y comprobar antes de dejar entrar.',
          'Days 6 and 7: a name that never changes, and asking before buyers are let in.',
        ),
        both(
          '`release.sh` solo publica lo que CI probó en main. `gh run list --branch main` da el ID de esa ejecución, y `gh run watch ID` la espera. Si dice que no hay nada que publicar, ¿cómo empieza el mensaje?',
          '`release.sh` only publishes what CI tested on main. `gh run list --branch main` gives the ID of that run, and `gh run watch ID` waits for it. If it says that there is nothing to release: how does the message begin?',
        ),
        both(
          '`ops/deploy.sh 2.2.____`: un arreglo sube el último número, y `release.sh` lo dice al terminar.',
          '`ops/deploy.sh 2.2.____`: a fix raises the last number, and `release.sh` tells it at its end.',
        ),
      ],
      reason: both(
        'Un arreglo compatible sube el tercer número: 2.2.1. Y desplegar no es el final: la etapa termina cuando la métrica dice que los compradores están bien.',
        'A compatible fix raises the third number: 2.2.1. And deploying is not the end: the stage is over when the metric says that the buyers are well.',
      ),
    },
    {
      id: 'd10-s6',
      kind: 'challenge',
      title: both('Demuéstralo con datos', 'Prove it with data'),
      task: both(
        'Informa de tus dos tiempos con `loop report --lead-time … --recovery-time …` (`8m`, `1h5m`). Entrega: del primer commit de tu cambio a su despliegue. Recuperación: del mensaje [FIRING] al [RESOLVED]. La historia entera debe poder seguirse. Estrellas: daño terminado 12 minutos después de la alerta, como mucho, y tu prueba en rojo en CI antes que en verde.',
        'Report your two times with `loop report --lead-time … --recovery-time …` (`8m`, `1h5m`). Lead time: from the first commit of your change to its deploy. Recovery: from the message [FIRING] to [RESOLVED]. It must be possible to follow the whole story. Stars: harm over within 12 minutes of the alert, and your test red in CI before it was green.',
      ),
      checks: [linked, reported],
      hints: [
        both(
          'El tercer concepto de la lección: cuándo empieza y cuándo para cada reloj.',
          'The third concept of the lesson: where each clock starts and stops.',
        ),
        both(
          '`inbox operations` tiene tres de las cuatro horas; la del primer commit la dice `gh pr view N --json commits`.',
          '`inbox operations` has three of the four moments; that of the first commit is told by `gh pr view N --json commits`.',
        ),
        both(
          '`loop report --lead-time …m --recovery-time …m`, con la hora de [DEPLOY] menos la del commit, y la de [RESOLVED] menos la de [FIRING].',
          '`loop report --lead-time …m --recovery-time …m`, with the time of [DEPLOY] less that of the commit, and that of [RESOLVED] less that of [FIRING].',
        ),
      ],
      reason: both(
        'Los dos tiempos salen de lo que el sistema anotó por sí mismo, no de la memoria. Por eso sirven para comparar la próxima vez.',
        'Both times come from what the system wrote down by itself, and not from memory. That is why they serve for comparing next time.',
      ),
      stars: [harmReducedSoon, redThenGreen],
    },
  ],
  wrong: {
    'announced-as-new': 'd10-c2',
    'built-at-the-desk': 'd10-c2',
    'card-afterwards': 'd10-c2',
    'debug-line-left': 'd10-c3',
    'empty-card': 'd10-c7',
    'exchanged-times': 'd10-c5',
    'fixed-forward': 'd10-c6',
    'gate-ignored': 'd10-c3',
    'guessed-times': 'd10-c5',
    'missing-module': 'd10-c4',
    'midnight-only': 'd10-c3',
    'merged-at-once': 'd10-c2',
    muted: 'd10-c1',
    'names-another-card': 'd10-c2',
    'left-open': 'd10-c2',
    'old-test-gone': 'd10-c3',
    'only-waits': 'd10-c3',
    'red-by-a-slip': 'd10-x2',
    reverted: 'd10-c3',
    'started-beside': 'd10-c6',
    'stops-left-out': 'd10-c3',
    'status-only': 'd10-c4',
    'test-taken-back': 'd10-c4',
    'test-that-passes': 'd10-c4',
    unprotected: 'd10-c2',
    'waited-first': 'd10-c6',
  },
};
