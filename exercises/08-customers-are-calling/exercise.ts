import type { Exercise, Words } from '../../sandbox/checks/index.ts';
import { decided, replayed } from './decision-checks.ts';
import { diagnosed, ninetyFifth } from './diagnosis-checks.ts';
import { affordable, fridayServed, frugal, restsAtNight, saturdayServed } from './rule-checks.ts';

const goal = (es: string, en: string): Words => ({ es, en });

export const exercise: Exercise = {
  id: 'd08',
  seed: 'day-08',
  parts: ['production'],
  seeds: 20,
  title: goal('Operar: los clientes están llamando', 'Operate: the customers are calling'),
  stateFrom: 'd07',
  opens: 'capacity.yaml',
  // A day that was recorded is lived through again: the host of day 7 has no part in it.
  setup: 'chmod +x ~/ops/*.sh && rm -r /srv/production /srv/loki',
  steps: [
    {
      id: 'd08-s1',
      title: goal('Repite el viernes', 'Replay Friday'),
      kind: 'run',
      task: goal(
        'Repite aquel día como fue, con una sola instancia: `prodsim run friday-1700`. Mira el resumen, la primera llamada (`head -n 1 production/friday-1700/calls.jsonl`) y unos minutos de la tarde (`grep -e time -e T15:0 production/friday-1700/minutes.csv`). Apunta ya en `decision.yaml`, en `one_instance`, las llamadas y el costo.',
        'Replay that day as it was, with a single instance: `prodsim run friday-1700`. Look at the summary, the first call (`head -n 1 production/friday-1700/calls.jsonl`) and some minutes of the afternoon (`grep -e time -e T15:0 production/friday-1700/minutes.csv`). Note the calls and the cost in `decision.yaml` now, under `one_instance`.',
      ),
      checks: [replayed],
      files: ['capacity.yaml', 'decision.yaml'],
      hints: [
        goal(
          '`prodsim --help` dice qué deja cada repetición, y dónde.',
          '`prodsim --help` says what each replay leaves, and where.',
        ),
        goal(
          'La primera línea de `minutes.csv` tiene los nombres de las columnas: `head -n 1`. `requests` cuenta también las que fallan.',
          'The first line of `minutes.csv` has the names of the columns: `head -n 1`. `requests` also counts those that fail.',
        ),
        goal('`prodsim run ____`', '`prodsim run ____`'),
      ],
      reason: goal(
        'Antes de cambiar nada se mira lo que pasó. La repetición da siempre las mismas cifras, así que se puede comparar.',
        'Look at what happened before you change anything. The replay gives the same figures each time, so you can compare.',
      ),
    },
    {
      id: 'd08-s2',
      title: goal('Mira a quien espera más', 'Look at those who wait longest'),
      kind: 'change',
      task: goal(
        '`ops/ask.sh latency.promql 14:30 15:30` da la mediana: la mitad de las peticiones tardó menos. Cambia `latency.promql` para que dé el percentil 95, y compara los dos hacia las 15:00.',
        '`ops/ask.sh latency.promql 14:30 15:30` gives the median: half of the requests took less. Change `latency.promql` so that it gives the 95th percentile, and compare the two around 15:00.',
      ),
      checks: [ninetyFifth],
      files: ['latency.promql', 'ops/ask.sh'],
      hints: [
        goal(
          'Lee «Latencia y percentiles»: qué cuota es cada percentil.',
          'Read “Latency and percentiles”: which share each percentile is.',
        ),
        goal(
          'Solo cambia un número. Es una cuota entre 0 y 1.',
          'Only one number changes. It is a share between 0 and 1.',
        ),
        goal('`histogram_quantile(0.____, …)`', '`histogram_quantile(0.____, …)`'),
      ],
      reason: goal(
        'Con la mediana, a las 15:00 todo parecía bien. El percentil 95 ya pasaba de 800 ms: una de cada veinte peticiones esperaba demasiado.',
        'By the median all seemed well at 15:00. The 95th percentile was above 800 ms already: one request in twenty waited too long.',
      ),
    },
    {
      id: 'd08-s3',
      title: goal('Di qué pasó', 'Say what happened'),
      kind: 'fill',
      task: goal(
        'Pregunta del mismo modo por la CPU, la memoria, los pagos y la cola: hay un archivo `.promql` para cada uno. Completa `diagnosis.yaml`: qué recurso llegó a su límite, y desde qué minuto la cola dejó de vaciarse. Cada minuto se ve con `ops/ask.sh queue.promql 15:00 15:20 1m`: la cifra que da a las 15:08 es la del minuto que empezó a las 15:07. Anota el minuto en que empieza.',
        'Ask in the same way for CPU, memory, payments and the queue: there is a `.promql` file for each. Complete `diagnosis.yaml`: which resource came to its limit, and from which minute on the queue no longer emptied. To see each minute, `ops/ask.sh queue.promql 15:00 15:20 1m`: the figure that it gives at 15:08 is for the minute that began at 15:07. Write down the minute that begins.',
      ),
      checks: [diagnosed],
      files: ['diagnosis.yaml', 'queue.promql', 'cpu.promql'],
      hints: [
        goal(
          'Lee «Saturación»: qué hace una cola cuando llega más de lo que se atiende.',
          'Read “Saturation”: what a queue does when more comes than is served.',
        ),
        goal(
          'La CPU se da como parte de un procesador: 1 es todo. En la cola, busca desde cuándo ya no vuelve a unos pocos.',
          'CPU is given as a part of one processor: 1 is all of it. In the queue, look from when it no longer goes back to a few.',
        ),
        goal('`resource: ____` y `queue_grows_from: "15:____"`', '`resource: ____` and `queue_grows_from: "15:____"`'),
      ],
      reason: goal(
        'La memoria y los pagos no se movieron; la CPU se quedó en 1 y la cola empezó a crecer en el mismo minuto. La primera llamada llegó diez minutos después.',
        'Memory and payments did not move; CPU stuck at 1, and the queue began to grow in the same minute. The first call came ten minutes later.',
      ),
    },
    {
      id: 'd08-s4',
      title: goal('Una regla que cumpla', 'A rule that meets the goal'),
      kind: 'write',
      task: goal(
        `Escribe en \`capacity.yaml\` cuántas instancias hay, por horas o por carga. Repite el viernes hasta que p95 baje de 800 ms en el 99 % de los minutos y llamen menos de ${5} personas. Finanzas acepta 30 unidades. De noche debe quedar en \`min\`. \`prodsim --help\` muestra las dos formas. Desde ahora, \`ops/ask.sh\` pregunta por tu última repetición.`,
        `Write in \`capacity.yaml\` how many instances there are, by the hour or by load. Replay Friday until p95 is under 800 ms in 99 % of the minutes and fewer than ${5} people call. Finance accepts 30 units. At night it should be at \`min\`. \`prodsim --help\` shows both forms. From now on \`ops/ask.sh\` asks about your last replay.`,
      ),
      checks: [fridayServed, affordable, restsAtNight],
      files: ['capacity.yaml'],
      hints: [
        goal(
          'Lee «La capacidad es una decisión»: las dos formas de una regla.',
          'Read “Capacity is a decision”: the two forms of a rule.',
        ),
        goal(
          '40 peticiones por segundo a 80 ms cada una: ¿cuántas instancias están ocupadas a la vez? Pon `max` por encima.',
          '40 requests a second at 80 ms each: how many instances are busy at once? Put `max` above that.',
        ),
        goal(
          '`hours: [{ from: "____", to: "____", instances: ____ }]`, o `load: { target: ____% }`, junto a `min` y `max`.',
          '`hours: [{ from: "____", to: "____", instances: ____ }]`, or `load: { target: ____% }`, beside `min` and `max`.',
        ),
      ],
      reason: goal(
        'Con el 70 % de ocupación como objetivo queda holgura para los 45 segundos que tarda una instancia en arrancar. En la hora punta hay 3,2 ocupadas: cuatro bastan, y de noche una. Por la tarde la carga baja una vez y no vuelve a subir, así que dos minutos de espera también bastan.',
        'With 70 % in use as the target there is room for the 45 seconds that an instance takes to start. At the peak 3.2 are busy: four will do, and one at night. In the evening the load falls once and stays low, so a wait of two minutes is enough too.',
      ),
    },
    {
      id: 'd08-s5',
      title: goal('Reto: el día que no esperabas', 'Challenge: the day you did not expect'),
      kind: 'challenge',
      task: goal(
        'El sábado hay mercado en Puerto: la hora punta es otra (`prodsim run unseen-saturday`). Los días que vienen nadie los conoce, y la misma regla tiene que servir también un domingo distinto. Después dile a Finanzas lo que se decide: en `decision.yaml`, las llamadas y el costo del viernes con una instancia y con tu regla. El costo, a la unidad más cercana o con decimales.',
        'On Saturday there is a market in Puerto: another peak, at another hour (`prodsim run unseen-saturday`). Nobody knows the days to come, and the same rule has to hold on a different Sunday too. Then tell Finance what is being decided: in `decision.yaml`, calls and cost of Friday with one instance and with your rule. The cost to the nearest unit, or with decimals.',
      ),
      checks: [saturdayServed, decided],
      stars: [frugal],
      files: ['capacity.yaml', 'decision.yaml'],
      hints: [
        goal(
          '¿Qué sabe una tabla de horas de un día que no ha visto?',
          'What does a timetable know of a day that it has not seen?',
        ),
        goal(
          'El costo de una instancia ya lo viste en el primer paso; `--capacity` repite el día con otro archivo.',
          'You saw the cost of one instance in the first step; `--capacity` replays the day with another file.',
        ),
        goal(
          '`load: { target: ____% }`, y en `decision.yaml` `calls: ____`, `cost: ____`',
          '`load: { target: ____% }`, and in `decision.yaml` `calls: ____`, `cost: ____`',
        ),
      ],
      reason: goal(
        'La carga dice lo mismo el viernes que el sábado: cuántas instancias están ocupadas. Con las cifras delante, Finanzas decide sobre algo concreto.',
        'Load says the same on a Friday and on a Saturday: how many instances are busy. With the figures before it, Finance has something definite to decide on.',
      ),
    },
  ],
  wrong: {
    'most-all-day': 'd08-c3',
    'friday-timetable': 'd08-c4',
    'two-days-timetable': 'd08-c4',
    'blames-the-provider': 'd08-c1',
    'every-five-minutes': 'd08-c1',
    'when-it-was-told': 'd08-c1',
    'names-them-all': 'd08-c1',
    'hardly-anybody': 'd08-c7',
    'ninety-fourth': 'd08-c7',
    'every-service': 'd08-c7',
    'always-a-second': 'd08-c7',
    'saturdays-minutes': 'd08-c6',
    'not-noted': 'd08-c6',
    'no-room': 'd08-x1',
    'figures-of-a-guess': 'd08-c8',
  },
};
