import type { Exercise } from '../../sandbox/checks/index.ts';
import { backAfterFailure, inProduction, kept } from './challenge-checks.ts';
import { setup } from './company.ts';
import { honest, really, stays, unnoticed, watched } from './deploy-checks.ts';
import { goal } from './played.ts';
import { backRecorded, recorded } from './record-checks.ts';
import { back, noneLost, proven, quick } from './rollback-checks.ts';

const readme = goal('ops/LEEME.md', 'ops/README.md');

export const exercise: Exercise = {
  id: 'd07',
  seed: 'day-07',
  parts: ['production'],
  seeds: 20,
  title: goal('Desplegar, comprobar y volver atrás', 'Deploy, verify, go back'),
  stateFrom: 'd06',
  opens: 'ops/deploy.sh',
  setup,
  steps: [
    {
      id: 'd07-s1',
      title: goal('Un deploy como hasta hoy', 'The deploy as it has been so far'),
      kind: 'run',
      task: goal(
        'Mira qué versión está atendiendo: `curl http://web-1/version`. Despliega con el script que hay: `ops/deploy.sh 1.0.1`. Las peticiones de los compradores siguen llegando mientras tanto. Espera unos segundos y cuenta cuántas veces nginx llamó a un puerto donde nadie escuchaba: `ssh web-1 "grep -c refused /var/log/nginx/error.log"`. Después deja web-1 como estaba: `ops/start-over.sh`.',
        'See which version is serving: `curl http://web-1/version`. Deploy with the script as it is: `ops/deploy.sh 1.0.1`. The requests of the buyers keep coming meanwhile. Wait a few seconds, then count how often nginx called a port where nobody was listening: `ssh web-1 "grep -c refused /var/log/nginx/error.log"`. Then put web-1 back as it was: `ops/start-over.sh`.',
      ),
      checks: [watched],
      files: ['ops/deploy.sh', readme],
      hints: [
        goal(
          'Lee «Un proceso, un puerto»: qué hay entre los compradores y `seats`.',
          'Read “A process, a port”: what is between the buyers and `seats`.',
        ),
        goal(
          'El script está en `ops/`. Se ejecuta desde tu carpeta personal, con la versión detrás.',
          'The script is in `ops/`. Run it from your home folder, followed by the version.',
        ),
        goal(
          '`ops/deploy.sh ____`, y después `curl http://web-1/____`',
          '`ops/deploy.sh ____`, then `curl http://web-1/____`',
        ),
      ],
      reason: goal(
        'Entre `stop` y el momento en que la nueva escucha no atiende nadie: cada línea `refused` es un comprador con un error.',
        'Between `stop` and the moment when the new one listens, nobody serves: each `refused` line is a buyer with an error.',
      ),
    },
    {
      id: 'd07-s2',
      title: goal('Que no diga que sí sin mirar', 'No “done” without a look'),
      kind: 'change',
      task: goal(
        'A 1.1.0 le falta una variable (iría en `/etc/seats.env` de web-1) y no arranca. Despliégala: el script dice que todo fue bien. Cambia el final de `ops/deploy.sh`: espera a que la nueva conteste y pregúntale su versión. Si no es la pedida, termina con un código distinto de 0. Puedes empezar de nuevo cuantas veces quieras: `ops/start-over.sh`.',
        '1.1.0 lacks a variable (it belongs in `/etc/seats.env` on web-1) and does not start. Deploy it: the script says that all went well. Change the end of `ops/deploy.sh`: wait until the new one answers, and ask for its version. If it is not the one you deployed, end with a code other than 0. Start over as often as you like: `ops/start-over.sh`.',
      ),
      checks: [honest],
      files: ['ops/deploy.sh', readme],
      hints: [
        goal(
          'Lee «Prueba de humo»: por qué `systemctl start` no basta.',
          'Read “Smoke test”: why `systemctl start` is not enough.',
        ),
        goal(
          'Mira qué pasó: `ssh web-1 "journalctl -u seats@8081 -n 20"`. Un programa tarda más de un segundo en escuchar.',
          'See what happened: `ssh web-1 "journalctl -u seats@8081 -n 20"`. A program takes more than a second before it listens.',
        ),
        goal(
          '`for try in 1 2 3 4 5; do sleep ____; if ssh web-1 "curl -fsS localhost:8081/version" | grep -q "$version"; then exit 0; fi; done`, y al final `exit ____`',
          '`for try in 1 2 3 4 5; do sleep ____; if ssh web-1 "curl -fsS localhost:8081/version" | grep -q "$version"; then exit 0; fi; done`, and at the end `exit ____`',
        ),
      ],
      reason: goal(
        '`systemctl start` vuelve en cuanto hay un proceso. Solo una respuesta con la versión pedida demuestra que la nueva funciona, y el código de salida se lo dice a quien llamó al script.',
        '`systemctl start` returns as soon as there is a process. Only an answer with the version asked for shows that the new one works, and the exit code tells whoever called the script.',
      ),
    },
    {
      id: 'd07-s3',
      title: goal('Que quede anotado', 'Put it on record'),
      kind: 'fill',
      task: goal(
        'Operaciones lleva una lista de deploys en `http://events.ventarela.test/deploys`. `ops/record.sh` debe enviar acción, versión y resultado (`action`, `version`, `result`), pero todavía le faltan los dos últimos. Complétalo, pruébalo y llámalo desde `deploy.sh`: con `succeeded` o con `failed`, según salga la prueba. El servidor añade quién y cuándo, y llama `kind` a la acción. Una versión que el registro no tiene no llega a web-1, y no hace falta anotarla.',
        'Operations keeps a list of deploys at `http://events.ventarela.test/deploys`. `ops/record.sh` should send `action`, `version` and `result`, but the last two are still missing. Complete it, try it, and call it from `deploy.sh`: with `succeeded` or `failed`, depending on how the test turns out. The server adds who and when, and calls the action `kind`. A version that the registry does not have never reaches web-1, and need not be recorded.',
      ),
      checks: [recorded],
      files: ['ops/record.sh', 'ops/deploy.sh'],
      hints: [
        goal(
          'Sus primeras líneas dicen qué recibe: `$1`, `$2` y `$3`.',
          'Its first lines say what it is given: `$1`, `$2` and `$3`.',
        ),
        goal(
          'Ejecútalo solo: la respuesta dice qué campo falta. `printf` pone cada valor en el `%s` que le toca.',
          'Run it alone: the answer says which field is missing. `printf` puts each value into the `%s` whose turn it is.',
        ),
        goal(
          '`…"action":"%s","version":"____","result":"____"}\' "$1" "____" "____"`; en `deploy.sh`: `./record.sh deploy "$version" ____`',
          '`…"action":"%s","version":"____","result":"____"}\' "$1" "____" "____"`; in `deploy.sh`: `./record.sh deploy "$version" ____`',
        ),
      ],
      reason: goal(
        'Un deploy es lo primero que se busca cuando algo empieza a ir mal. Quién y cuándo los añade el servidor; el resultado solo lo sabe tu script, también cuando falla.',
        'A deploy is the first thing people look for when something begins to go wrong. The server adds who and when; only your script knows the result, also when it fails.',
      ),
    },
    {
      id: 'd07-s4',
      title: goal('Sin que nadie lo note', 'Without anybody noticing'),
      kind: 'write',
      task: goal(
        'Reescribe `ops/deploy.sh` para que ningún comprador lo note. La nueva arranca en el puerto libre, al lado de la que atiende. Si pasa la prueba, nginx le reenvía las peticiones y la vieja se para. Si no, se para la nueva y todo sigue como estaba. Debe servir una y otra vez: el puerto libre cambia. Qué hay en web-1, y dónde, lo dice `ops/LEEME.md`.',
        'Rewrite `ops/deploy.sh` so that no buyer notices. The new one starts on the free port, beside the one that serves. If it passes the test, nginx passes requests on to it and the old one is stopped. If not, the new one is stopped and everything stays as it was. It must work again and again: the free port changes. `ops/README.md` says what is on web-1, and where.',
      ),
      checks: [unnoticed, stays, really],
      files: ['ops/deploy.sh', readme],
      hints: [
        goal(
          'Lee «Lado a lado, y un puntero» y relee el ejemplo: es el mismo orden, a mano.',
          'Read “Side by side, and a pointer”, and the example again: it is the same order, by hand.',
        ),
        goal(
          'Qué puerto atiende lo dice `/etc/nginx/conf.d/seats.conf` de web-1. `sed -i` lo cambia; `systemctl reload nginx` lo hace valer.',
          '`/etc/nginx/conf.d/seats.conf` on web-1 says which port serves. `sed -i` changes it; `systemctl reload nginx` puts it into effect.',
        ),
        goal(
          '`old=$(ssh web-1 "grep -o \'127.0.0.1:[0-9]*\' /etc/nginx/conf.d/seats.conf" | cut -d: -f2)`, `new=8082`, `if [ "$old" = 8082 ]; then new=____; fi`',
          '`old=$(ssh web-1 "grep -o \'127.0.0.1:[0-9]*\' /etc/nginx/conf.d/seats.conf" | cut -d: -f2)`, `new=8082`, `if [ "$old" = 8082 ]; then new=____; fi`',
        ),
      ],
      reason: goal(
        'Lo que atiende no se toca hasta que la nueva ha demostrado que funciona. Por eso un fallo no cuesta nada: no hay nada que deshacer.',
        'What is serving is not touched until the new one has shown that it works. So a failure costs nothing: there is nothing to undo.',
      ),
    },
    {
      id: 'd07-s5',
      title: goal('El camino de vuelta', 'The way back'),
      kind: 'write',
      task: goal(
        'Escribe `ops/rollback.sh`: una orden, sin argumentos, que devuelve web-1 a la versión que atendía antes, en menos de 30 segundos, sin construir ni descargar nada. Anota la vuelta con `record.sh`: acción `rollback` y la versión a la que vuelves. Si esa versión ya no funciona, sigue atendiendo la de ahora, el resultado anotado es `failed` y el código no es 0. Lo que ir y volver tienen en común puede estar en un archivo aparte, como `ops/switch.sh`; se llama con `bash switch.sh`.',
        'Write `ops/rollback.sh`: one command, without arguments, that takes web-1 back to the version that served before, in under 30 seconds, without building or downloading anything. Put it on record with `record.sh`: action `rollback`, and the version that you go back to. If that version no longer works, the present one goes on serving, `failed` goes on record and the code is not 0. What both directions share can go in a file of its own, such as `ops/switch.sh`, called with `bash switch.sh`.',
      ),
      checks: [back, backRecorded, proven],
      files: ['ops/rollback.sh', 'ops/deploy.sh', readme],
      hints: [
        goal(
          'En «Lado a lado, y un puntero»: qué queda en web-1 después de un deploy.',
          'In “Side by side, and a pointer”: what is left on web-1 after a deploy.',
        ),
        goal(
          'Volver es otro cambio de puntero. `deploy.sh` puede apuntar en un archivo de web-1 qué versión atendía. Qué hace una segunda vuelta seguida lo decides tú: nada aquí lo pide.',
          'Going back is one more move of the pointer. `deploy.sh` can note in a file on web-1 which version served. What a second rollback right after does is up to you: nothing here asks for it.',
        ),
        goal(
          'En `deploy.sh`: `ssh web-1 "echo $serving > /opt/seats/previous"`. En `rollback.sh`: `previous=$(ssh web-1 "cat ____")`, y lo mismo que para desplegar.',
          'In `deploy.sh`: `ssh web-1 "echo $serving > /opt/seats/previous"`. In `rollback.sh`: `previous=$(ssh web-1 "cat ____")`, then the same as for a deploy.',
        ),
      ],
      reason: goal(
        'Ir y volver es lo mismo: arrancar al lado, probar, mover el puntero. En la solución eso está en un archivo aparte, `switch.sh`, que llaman los dos: así el camino de vuelta se ensaya en cada deploy.',
        'There and back is the same: start beside, test, move the pointer. In the solution that is a file of its own, `switch.sh`, which both call: so every deploy rehearses the way back.',
      ),
    },
    {
      id: 'd07-s6',
      title: goal('Reto: sana no quiere decir que funcione', 'Challenge: healthy does not mean working'),
      kind: 'challenge',
      task: goal(
        '1.0.2 arranca, da su versión y dice que está sana, pero no sabe buscar viajes. Que tus scripts paren una así antes de que llegue a un comprador, también al volver. Después `rollback.sh` debe seguir sabiendo adónde volver, también si alguien despliega otra vez la versión que ya atiende. Al final lleva a tu web-1 la versión 1.1.0, con `CURRENCY=units` en `/etc/seats.env`.',
        '1.0.2 starts, gives its version and calls itself healthy, but it cannot search for trips. Let your scripts stop such a version before it reaches a buyer, on the way back too. Afterwards `rollback.sh` must still know where to go back to, also when somebody deploys again the version that serves already. At the end take 1.1.0 to your web-1, with `CURRENCY=units` in `/etc/seats.env`.',
      ),
      checks: [kept, backAfterFailure, inProduction],
      stars: [noneLost, quick],
      files: ['ops/deploy.sh', 'ops/rollback.sh'],
      hints: [
        goal('Relee «Prueba de humo»: a qué pregunta contesta.', 'Read “Smoke test” again: which question it answers.'),
        goal(
          '¿Qué piden los compradores a `seats` todo el día? ¿Cuándo escribe `deploy.sh` la versión anterior, y qué escribe si atiende ya la que despliegas?',
          'What do buyers ask `seats` for all day? When does `deploy.sh` write down the version before, and what does it write when the one that you deploy serves already?',
        ),
        goal(
          'En la prueba: `… && curl -fsS localhost:$new/____`. En web-1: `echo CURRENCY=units > /etc/____`, y `ops/deploy.sh 1.1.0`.',
          'In the test: `… && curl -fsS localhost:$new/____`. On web-1: `echo CURRENCY=units > /etc/____`, then `ops/deploy.sh 1.1.0`.',
        ),
      ],
      reason: goal(
        'La prueba de humo pide los viajes, como un comprador. La versión anterior se apunta al final, cuando la nueva ya atiende y es otra: un deploy fallido o repetido no cambia adónde se vuelve.',
        'The smoke test asks for trips, as a buyer does. The version before is noted at the end, when the new one serves and is another: a failed or repeated deploy does not change where one goes back to.',
      ),
    },
  ],
  wrong: {
    'restart-in-place': 'd07-c1',
    'restarts-nginx': 'd07-c1',
    'stops-before-the-pointer': 'd07-c1',
    'moves-before-the-test': 'd07-c2 d07-c9',
    'any-answer-will-do': 'd07-c7',
    'old-goes-on': 'd07-c3',
    'always-succeeded': 'd07-c5',
    'search-untold': 'd07-c5',
    'another-currency': 'd07-c11',
    'failure-exits-zero': 'd07-c7',
    'only-version-asked': 'd07-c9',
    'asks-through-nginx': 'd07-c9',
    'noted-too-early': 'd07-c10',
    'noted-again': 'd07-c10',
    'failure-overwrites': 'd07-c10',
    'failed-noted-as-current': 'd07-c10',
    'noted-in-tmp': 'd07-c4',
    'stopped-and-content': 'd07-c9',
    'there-and-back': 'd07-c4',
    'failed-one-goes-on': 'd07-c2',
    'unproven-rollback': 'd07-c12',
    'waits-for-ever': 'd07-c12',
    'refusal-untold': 'd07-c12',
    'leaves-the-old-one': 'd07-c4',
    'deploys-again': 'd07-c4 d07-c8',
    'one-folder-for-all': 'd07-c2 d07-c4',
    'what-lay-in-tmp': 'd07-c7',
    'killed-not-stopped': 'd07-x1',
  },
};
