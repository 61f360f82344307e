import { companyDays } from '../../../world/index.ts';

const names = Object.keys(companyDays).join(', ');

const example = `  # shop.yaml: M/M/3 with at most 20 waiting
  until: 24h
  warmup: 1h
  arrivals:
    - to: web
      pattern: poisson        # poisson | constant | profile | trace
      rate: 2.5               # per second
      patience: { distribution: exponential, mean: 4s }   # optional
  services:
    web:
      instances: 1
      concurrency: 3          # requests that one instance works on at once
      queueLimit: 20          # optional; without it everybody may wait
      serviceTime: { distribution: exponential, mean: 1s }  # exponential | deterministic | lognormal (with cv)
  faults:                     # optional
    - { at: 12h, for: 10m, kind: slow, on: web, factor: 3 }
  capacity:                   # optional
    web: { min: 1, max: 4, load: { target: 60% } }`;

export const worldHelp = {
  es: `Uso: noventa world ESCENARIO.yaml [--seed N] [--until 24h] [--json]

Simula lo que describe el archivo, suceso a suceso, y escribe lo que se contó: llegadas, servidas, rechazadas, abandonadas;
media y percentiles de la espera y de la respuesta; utilización; cuántas había de media; costo. La misma semilla da lo mismo.

${example}

En lugar de un archivo vale el nombre de un día de la empresa: ${names}.

  --seed N      la semilla del azar (1)
  --until 24h   cuánto dura, en lugar de lo que diga el archivo: 90s, 30m, 24h, 7d
  --json        las cifras como JSON; los tiempos, en milisegundos

Todos los campos, con sus límites, y lo que significa cada cifra: docs/world.md.
Código de salida 2: el archivo tiene errores; cada uno se dice con su línea y lo que se esperaba.`,
  en: `Usage: noventa world SCENARIO.yaml [--seed N] [--until 24h] [--json]

Simulates what the file describes, event by event, and prints what was counted: arrived, served, refused, abandoned;
mean and percentiles of the wait and of the response; utilisation; the mean number in the system; cost. The same seed gives the same.

${example}

Instead of a file the name of one of the company's days will do: ${names}.

  --seed N      names the chance (1)
  --until 24h   how long it lasts, instead of what the file says: 90s, 30m, 24h, 7d
  --json        the figures as JSON; times are in milliseconds

All fields with their limits, and what each figure means: docs/world.md.
Exit code 2: the file has errors; each is told with its line and what was expected.`,
};

export const worldWords = {
  oneScenario: { es: 'se espera un archivo de escenario', en: 'expected one scenario file' },
  noScenario: { es: 'no existe ese archivo', en: 'there is no such file' },
  badUntil: {
    es: '--until: se espera un tiempo entre 1s y 31d, como 24h',
    en: '--until: expected a length of time from 1s to 31d, such as 24h',
  },
  tooManyInside: {
    es: 'esperan más de dos millones de peticiones: el servicio no da abasto y la cola crece sin fin; pon queueLimit, menos llegadas o menos tiempo',
    en: 'more than two million requests are waiting: the service cannot keep up and its queue grows without end; set queueLimit, fewer arrivals or less time',
  },
  span: { es: 'cifras de', en: 'figures of' },
  seed: { es: 'semilla', en: 'seed' },
  events: { es: 'sucesos', en: 'events' },
  cost: { es: 'costo en total', en: 'cost in all' },
  support: { es: 'llamadas a Soporte', en: 'calls to Support' },
  columns: {
    arrived: { es: 'llegadas', en: 'arrived' },
    served: { es: 'servidas', en: 'served' },
    failed: { es: 'falladas', en: 'failed' },
    refused: { es: 'rechazadas', en: 'refused' },
    abandoned: { es: 'abandonadas', en: 'abandoned' },
    timedOut: { es: 'agotado su tiempo', en: 'timed out' },
    dropped: { es: 'perdidas', en: 'dropped' },
    insideBefore: { es: 'estaban ya dentro', en: 'inside before' },
    insideNow: { es: 'siguen dentro', en: 'still inside' },
    utilisation: { es: 'utilización', en: 'utilisation' },
    waitedShare: { es: 'tuvieron que esperar', en: 'had to wait' },
    meanInSystem: { es: 'dentro, de media', en: 'mean in system' },
    meanInQueue: { es: 'en cola, de media', en: 'mean in queue' },
    instanceHours: { es: 'horas de instancia', en: 'instance-hours' },
    cost: { es: 'costo', en: 'cost' },
  },
  wait: { es: 'espera', en: 'wait' },
  response: { es: 'respuesta', en: 'response' },
  times: { es: 'media  p50  p90  p95  p99  máx.', en: 'mean  p50  p90  p95  p99  max' },
};
