import type { Exercise } from '../../sandbox/checks/index.ts';
import {
  errorsTold,
  fewWaitTold,
  lookedAtSlow,
  nightTold,
  peakAndNight,
  slowTold,
  unseenTold,
} from './alert-checks.ts';
import { besideTheFiles, both } from './days.ts';
import { answered } from './log-checks.ts';
import { newsTold } from './news-checks.ts';
import { crowdSilent, mondaySilent, slowerSilent } from './quiet-checks.ts';
import { beforeTheyCall } from './star-check.ts';
import { scenario, writeLog } from './yesterday.ts';

export const exercise: Exercise = {
  id: 'd09',
  seed: 'ventarela-day-9',
  parts: ['production'],
  seeds: 20,
  title: both('Monitorizar: saberlo antes de que llamen', 'Monitor: know it before they call'),
  stateFrom: 'd08',
  // The recorded days had one instance: the rule of day 8 stands in a folder of its own until it counts in production.
  setup: `
mkdir ~/friday && mv ~/*.promql ~/capacity.yaml ~/decision.yaml ~/diagnosis.yaml ~/friday
cat > /tmp/log.mjs <<'END_OF_PROGRAM'
${writeLog}
END_OF_PROGRAM
node /tmp/log.mjs && rm /tmp/log.mjs && cp /srv/archive/seats.jsonl ~/logs/seats.jsonl
mkdir -p /srv/production && cat > /srv/production/scenario.yaml <<'END_OF_SCENARIO'
${scenario}
END_OF_SCENARIO`,
  opens: 'monitoring/alerts.yaml',
  steps: [
    {
      id: 'd09-s1',
      kind: 'run',
      title: both('Un día lento y ninguna alerta', 'A slow day and no alert'),
      task: both(
        'Repite el día en que el proveedor de pagos iba lento: `prodsim run slow-payment`. Mira cuántas alertas hubo y cuándo llamaron a Soporte: `cat production/slow-payment/calls.jsonl`. Después mira el procesador, antes y después de las 10:00: `grep -E "T(09:5|10:0)" production/slow-payment/minutes.csv`; su uso es la última columna. ¿Por qué calló la alerta de CPU? Tu trabajo de ayer está en `friday/`. Su regla de capacidad no se aplica a estos días, que tuvieron una sola instancia.',
        'Replay the day on which the payment provider was slow: `prodsim run slow-payment`. See how many alerts there were and when people called Support: `cat production/slow-payment/calls.jsonl`. Then look at the processor before and after 10:00: `grep -E "T(09:5|10:0)" production/slow-payment/minutes.csv`; its use is the last column. Why was the CPU alert silent? Your work of yesterday is in `friday/`. Its capacity rule does not apply to these days, which had a single instance.',
      ),
      files: ['monitoring/alerts.yaml'],
      checks: [lookedAtSlow],
      hints: [
        both(
          'El primer concepto de la lección: síntomas antes que causas.',
          'The first concept of the lesson: symptoms before causes.',
        ),
        both(
          'Compara `p95_ms`, la quinta columna, con la última: una sube y la otra no.',
          'Compare `p95_ms`, the fifth column, with the last one: one goes up and the other does not.',
        ),
        both('`prodsim run slow-…`', '`prodsim run slow-…`'),
      ],
      reason: both(
        'Quien espera a otro no gasta procesador. La alerta de CPU vigila una causa posible; ese día el daño tuvo otra.',
        'Whoever waits for somebody else uses no processor. The CPU alert watches one possible cause; that day the harm had another.',
      ),
    },
    {
      id: 'd09-s2',
      kind: 'change',
      title: both('Que Operaciones sepa lo que cambia', 'Let Operations know what changes'),
      task: both(
        'Cambia la ruta de `monitoring/notify.yaml`: los despliegues y las vueltas atrás, salgan bien o mal, deben llegar a `#operations`, y ninguna otra noticia. Compruébalo con el día de un despliegue malo: `prodsim run bad-deploy` y `jq -r .title production/bad-deploy/messages.jsonl`. Los mensajes de una repetición solo están ahí; `inbox` no los muestra.',
        'Change the route in `monitoring/notify.yaml`: deploys and rollbacks, whether they succeed or fail, should reach `#operations`, and no other news. Try it with the day of a bad deploy: `prodsim run bad-deploy` and `jq -r .title production/bad-deploy/messages.jsonl`. The messages of a replay are there alone; `inbox` does not show them.',
      ),
      files: ['monitoring/notify.yaml'],
      checks: [newsTold],
      hints: [
        both(
          'El tercer concepto de la lección: un despliegue es una noticia, no una alerta.',
          'The third concept of the lesson: a deploy is news, and no alert.',
        ),
        both(
          'La ruta de ahora pide dos cosas a la vez y avisa a otro canal.',
          'The route as it is asks for two things at once, and posts to another channel.',
        ),
        both(`\`matchers: ['kind=~"deploy|…"']\``, `\`matchers: ['kind=~"deploy|…"']\``),
      ],
      reason: both(
        'Con `=~` una sola ruta admite los dos tipos. Sin condición sobre `result` también llegan los fallidos, que son los que más interesan.',
        'With `=~` one route takes both kinds. With no condition on `result` the failed ones come too, and they matter most.',
      ),
    },
    {
      id: 'd09-s3',
      kind: 'fill',
      title: both('Una alerta sobre lo que esperan', 'An alert on how long they wait'),
      task: both(
        'Hay daño cuando el 5 % espera más de dos segundos. Quita los `#` de la regla comentada de `monitoring/alerts.yaml` y complétala: percentil, umbral en segundos y `for`. `CpuHigh` ya no hace falta: bórrala, o déjala mientras calle los días sin daño. En `monitoring/alertmanager.yml`, haz que `operations` reciba en el canal `#operations`. Repite `slow-payment`: el aviso debe llegar antes de las 10:05.',
        'There is harm when 5% wait longer than two seconds. Remove the `#` from the rule that is commented out in `monitoring/alerts.yaml`, and fill it in: percentile, threshold in seconds, and `for`. `CpuHigh` is not needed any more: delete it, or let it stay as long as it is silent on days without harm. In `monitoring/alertmanager.yml`, make `operations` post to the channel `#operations`. Replay `slow-payment`: the notification must arrive by 10:05.',
      ),
      files: ['monitoring/alerts.yaml', 'monitoring/alertmanager.yml'],
      checks: [slowTold],
      hints: [
        both(
          'El segundo concepto de la lección: señal, alerta, aviso.',
          'The second concept of the lesson: signal, alert, notification.',
        ),
        both(
          '`promtool check rules` y `amtool check-config` leen tus archivos antes que nadie. Un día normal tiene un p95 de unos 0,5 s. Ningún cubo del histograma acaba en 2 s, sino en 1 y en 2.5: `histogram_quantile` estima entre los dos.',
          '`promtool check rules` and `amtool check-config` read your files before anybody else. A normal day has a p95 of about 0.5 s. No bucket of the histogram ends at 2 s, but at 1 and at 2.5: `histogram_quantile` estimates between the two.',
        ),
        both(
          "`histogram_quantile(0.95, …) > …`, `for: 1m`; y en el receptor, `slack_configs:` con `- channel: '#…'`.",
          "`histogram_quantile(0.95, …) > …`, `for: 1m`; and in the receiver, `slack_configs:` with `- channel: '#…'`.",
        ),
      ],
      reason: both(
        'El p95 mide lo que espera quien peor lo pasa, venga de donde venga la espera. Dos segundos son cuatro veces lo normal, así que un minuto basta para creerlo.',
        'The p95 measures how long those wait who fare worst, wherever the wait comes from. Two seconds are four times the normal, so one minute is enough to believe it.',
      ),
    },
    {
      id: 'd09-s4',
      kind: 'write',
      title: both('Una alerta sobre lo que falla', 'An alert on what fails'),
      task: both(
        'Un error rápido no hace esperar a nadie. Escribe otra regla, con su nombre: la proporción de 5xx, de cualquier código, entre todas las respuestas de `seats`. Desde el 5 % hay daño; con la mitad, calla. Están en `lb_requests_total` (etiquetas `service`, `code`). Su nombre y su `summary`, si lo hay, dicen lo que falla. En `bad-deploy`, el aviso llega antes de las 11:06. En `friday-1700`, la regla de las esperas avisa antes de las 15:17: el daño empieza a las 15:07. En `quiet-night` y `normal-monday` no salta ninguna alerta.',
        'A quick error makes nobody wait. Write another rule, with its own name: the share of 5xx, whatever the code, among all answers of `seats`. From 5% on there is harm; at half of that it is silent. They are in `lb_requests_total`, with labels `service` and `code`. Its name and its `summary`, if any, say what fails. On `bad-deploy` the notification arrives by 11:06. On `friday-1700` (its busiest hour) the rule on waiting tells, within ten minutes: the harm begins at 15:07. On `quiet-night` and `normal-monday` no alert fires.',
      ),
      files: ['monitoring/alerts.yaml'],
      checks: [errorsTold, ...[peakAndNight, mondaySilent].map(besideTheFiles)],
      hints: [
        both(
          'El ejemplo resuelto de la lección escribe una proporción parecida.',
          'The worked example of the lesson writes a similar share.',
        ),
        both(
          'Una proporción es una división: `rate` de los malos entre `rate` de todos, cada uno dentro de `sum`.',
          'A share is a division: the `rate` of the bad ones by the `rate` of all, each within `sum`.',
        ),
        both(
          '`sum(rate(lb_requests_total{service="seats", code=~"5.."}[5m])) / sum(rate(…[5m])) > 0.0…`',
          '`sum(rate(lb_requests_total{service="seats", code=~"5.."}[5m])) / sum(rate(…[5m])) > 0.0…`',
        ),
      ],
      reason: both(
        'La proporción vale igual con mucha gente que con poca; un número fijo de errores, no. Del 5 % no se llega por mala suerte: en un lunes normal es casi cero.',
        'The share means the same with many people as with few; a fixed number of errors does not. Bad luck does not reach 5%: on a normal Monday it is almost zero.',
      ),
    },
    {
      id: 'd09-s5',
      kind: 'write',
      title: both('Contesta desde los registros', 'Answer from the logs'),
      task: both(
        'Desarrollo pregunta algo en `logs/pregunta.md`. Contesta en `answer.yaml` con lo que dice `logs/seats.jsonl`, donde cada línea es un objeto JSON. No hace falta entrar en `web-1`: con un solo `ssh web-1`, o un `scp` desde allí, el paso ya no se aprueba, hasta que restablezcas el día.',
        'Development asks something in `logs/question.md`. Answer in `answer.yaml` with what `logs/seats.jsonl` says, where each line is a JSON object. There is no need to go into `web-1`: after a single `ssh web-1`, or an `scp` from there, the step no longer passes, until you reset the day.',
      ),
      files: [{ es: 'logs/pregunta.md', en: 'logs/question.md' }, 'answer.yaml'],
      checks: [answered],
      hints: [
        both(
          'El tercer concepto de la lección: los registros dejan ver sin entrar.',
          'The third concept of the lesson: logs let people see without going in.',
        ),
        both(
          'El pueblo con más errores no es el que buscas: hay errores de otro tipo. Filtra por `status` antes de contar.',
          'The town with most errors is not the one you look for: there are errors of another kind. Filter by `status` before you count.',
        ),
        both(
          '`jq -r \'select(.status == …) | .version + " " + .town\' logs/seats.jsonl | sort | uniq -c`',
          '`jq -r \'select(.status == …) | .version + " " + .town\' logs/seats.jsonl | sort | uniq -c`',
        ),
      ],
      reason: both(
        'Cada línea lleva sus campos, así que la pregunta es un filtro y una cuenta. Cualquiera puede repetirla sin permiso para entrar en producción.',
        'Each line carries its fields, so the question is a filter and a count. Anybody can repeat it without leave to enter production.',
      ),
    },
    {
      id: 'd09-s6',
      kind: 'challenge',
      title: both('Días que no has visto', 'Days that you have not seen'),
      task: both(
        'Tus alertas se prueban con otros compradores (`--seed N`). Deben avisar el sábado de mercado (`unseen-saturday`), si no se puede pagar (`night-refusals`) y en `half-slow-payment`, y terminar en las dos horas siguientes al daño. Deben callar en `quiet-night` y `busy-friday`. Tres trampas: (1) miles de 404; (2) el 1 o 2 % espera más de dos segundos; (3) mucha gente y 3 errores por mil. La estrella: en `slow-payment` y `bad-deploy` avisan antes que Soporte. Allí y en `night-refusals`, ninguna salta dos veces ni repite mensaje cada media hora.',
        'Your alerts will be tried with other buyers (`--seed N`). They should fire on the market Saturday (`unseen-saturday`), when buyers cannot pay (`night-refusals`) and on `half-slow-payment`, and end within two hours of it. They should be silent on `quiet-night` and `busy-friday`. Three traps: (1) thousands of 404s; (2) 1 or 2% wait over two seconds; (3) a crowd and 3 errors in a thousand. The star: on `slow-payment` and `bad-deploy`, #operations hears before Support. There and on `night-refusals` no alert fires twice or repeats its message every half hour.',
      ),
      files: ['monitoring/alerts.yaml', 'monitoring/alertmanager.yml'],
      checks: [unseenTold, ...[nightTold, fewWaitTold, crowdSilent, slowerSilent].map(besideTheFiles)],
      hints: [
        both(
          'Los conceptos 1 y 2: qué mide cada alerta y cuánto tarda cada paso.',
          'Concepts 1 and 2: what each alert measures, and how long each step takes.',
        ),
        both(
          'De madrugada hay pocas peticiones: pocos errores ya son una proporción grande. `for` y ventana ayudan. `keep_firing_for: 10m` mantiene diez minutos más una alerta que va y viene.',
          'Before dawn there are few requests: a few errors are a large share already. `for` and the window help. `keep_firing_for: 10m` holds an alert that comes and goes for ten minutes more.',
        ),
        both(
          "`prodsim run unseen-saturday --seed 7` y `prodsim run quiet-night --seed 7`. Cada minuto de una expresión: `promtool query range --start=2026-03-13T14:00:00Z --end=2026-03-13T15:00:00Z --step=1m http://busy-friday.ventarela.test:9090 '…'`",
          "`prodsim run unseen-saturday --seed 7` and `prodsim run quiet-night --seed 7`. Each minute of an expression: `promtool query range --start=2026-03-13T14:00:00Z --end=2026-03-13T15:00:00Z --step=1m http://busy-friday.ventarela.test:9090 '…'`",
        ),
      ],
      reason: both(
        'Un síntoma no depende del día: esperar es esperar, sea viernes o sábado. Por eso valen las mismas dos alertas. Un 404 contesta bien a quien pide lo que no existe: por eso se cuentan los 5xx, y entre todas las respuestas. La estrella pide la de errores antes: basta una ventana de dos minutos. Con pocos compradores va y viene, y `keep_firing_for` la mantiene.',
        'A symptom does not depend on the day: waiting is waiting, on a Friday or a Saturday. So the same two alerts hold. A 404 is the right answer to whoever asks for what is not there: so 5xx are counted, among all answers. The star asks for the one on errors sooner: a window of two minutes is enough. With few buyers it comes and goes, and `keep_firing_for` holds it.',
      ),
      stars: [besideTheFiles(beforeTheyCall)],
    },
  ],
  wrong: {
    'cpu-as-well': 'd09-c8',
    'another-summary': 'd09-c6',
    'names-swapped': 'd09-c1 d09-c6',
    'waiting-told-as-errors': 'd09-c1',
    'one-alert-for-both': 'd09-c6',
    'value-as-it-is': 'd09-c1 d09-c6',
    'every-error-counted': 'd09-c4',
    'copied-from-the-host': 'd09-c4',
    'every-service': 'd09-c9 d09-c10',
    'only-500': 'd09-c9',
    'counts-errors': 'd09-c9',
    'tells-everything': 'd09-c3',
    'only-deploys': 'd09-c3',
    'failed-rollbacks-untold': 'd09-c3',
    'patient-alert': 'd09-c1',
    'counts-few-errors': 'd09-c10',
    'mean-wait': 'd09-c11',
    'told-for-half-a-day': 'd09-c7',
    'mute-at-two': 'd09-c7',
    'seven-percent': 'd09-c7',
    'three-seconds': 'd09-c7',
    'some-codes': 'd09-c7',
    'each-balancer': 'd09-c12',
    'one-in-a-hundred': 'd09-c12',
    'one-second': 'd09-c12',
    'payments-mixed-in': 'd09-c12',
    'share-of-good-answers': 'd09-c10',
    'mean-of-codes': 'd09-c10',
    'all-but-404': 'd09-c10',
    'one-percent-of-errors': 'd09-c10',
    'errors-of-all-over-seats': 'd09-c10',
  },
};
