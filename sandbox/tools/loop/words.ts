import type { Words } from '../../machine/index.ts';
import type { Stage } from '../../world/loop/index.ts';

export const stageNames: Readonly<Record<Stage, Words>> = {
  plan: {
    es: 'decide qué se hace, para quién y con qué servicios',
    en: 'decides what is done, for whom and with which services',
  },
  code: { es: 'escribe el cambio', en: 'writes the change' },
  build: {
    es: 'convierte el código en algo que se puede entregar',
    en: 'turns code into something that can be handed over',
  },
  test: { es: 'busca errores antes que los viajeros', en: 'looks for mistakes before the passengers do' },
  release: { es: 'elige la versión que puede salir', en: 'chooses the version that may go out' },
  deploy: { es: 'la pone en los servidores', en: 'puts it on the servers' },
  operate: { es: 'la mantiene en marcha', en: 'keeps it running' },
  monitor: { es: 'mira qué pasó y lo cuenta', en: 'looks at what happened and tells it' },
};

/** What is handed over, as it is shown. */
export const things: Readonly<Record<string, Words>> = {
  plan: { es: 'un plan', en: 'a plan' },
  commit: { es: 'un commit', en: 'a commit' },
  artifact: { es: 'un artefacto', en: 'an artifact' },
  'test-report': { es: 'un informe de pruebas', en: 'a test report' },
  release: { es: 'una versión', en: 'a release' },
  deployment: { es: 'un despliegue', en: 'a deployment' },
  telemetry: { es: 'mediciones', en: 'telemetry' },
  feedback: { es: 'una tarjeta nueva', en: 'a new card' },
};

const said = (es: string, en: string): Words => ({ es, en });

export const words = {
  usage: said(
    `Uso: loop stages                                las ocho etapas
     loop predict --card ID --stops-at ETAPA    guarda tu predicción (ETAPA, o none)
     loop run --card ID                         da una vuelta al ciclo con una tarjeta
     loop runs                                  las vueltas hasta ahora
     loop show VUELTA                           una vuelta, etapa por etapa (R1, R2, …)
     loop report --lead-time 47m --recovery-time 18m
                                                los tiempos de tu cambio, según tus cuentas (día 10)

En vez de --stops-at none puedes escribir --reaches monitor.`,
    `Usage: loop stages                                the eight stages
       loop predict --card ID --stops-at STAGE    saves your prediction (STAGE, or none)
       loop run --card ID                         sends one card round the loop
       loop runs                                  the runs so far
       loop show RUN                              one run, stage by stage (R1, R2, …)
       loop report --lead-time 47m --recovery-time 18m
                                                  the times of your change, as you worked them out (day 10)

Instead of --stops-at none you can write --reaches monitor.`,
  ),
  needsTime: (name: string): Words =>
    said(`falta --${name}, una duración como 47m o 1h5m`, `--${name} is missing, a duration like 47m or 1h5m`),
  noTime: (name: string, text: string): Words =>
    said(
      `«${text}» no es una duración para --${name}; escribe una como 47m o 1h5m`,
      `"${text}" is no duration for --${name}; write one like 47m or 1h5m`,
    ),
  reported: (leadMinutes: number, recoveryMinutes: number): Words => {
    const [lead, recovery] = [leadMinutes, recoveryMinutes].map((minutes) => Math.round(minutes * 10) / 10);
    return said(
      `anotado: ${lead} min del commit a producción, ${recovery} min hasta recuperarse`.replaceAll('.', ','),
      `noted: ${lead} min from commit to production, ${recovery} min to recover`,
    );
  },
  boardUsage: said(
    'Uso: board list          las tarjetas por columna\n     board show ID       una tarjeta y lo que el plan dice de ella',
    'Usage: board list          the cards by column\n       board show ID       one card, and what the plan says of it',
  ),
  unknownCommand: (tool: string, name: string): Words =>
    said(
      `'${name}' no es parte de esta herramienta. Mira: ${tool} --help`,
      `'${name}' is not part of this tool. See: ${tool} --help`,
    ),
  needsCard: said(
    'falta la tarjeta: --card ID (míralas con board list)',
    'the card is missing: --card ID (see them with board list)',
  ),
  needsStage: said(
    'falta la predicción: --stops-at ETAPA, o --stops-at none si no se detiene',
    'the prediction is missing: --stops-at STAGE, or --stops-at none if it does not stop',
  ),
  noSuchStage: (name: string, all: string): Words =>
    said(`'${name}' no es una etapa. Hay: ${all}, o none`, `'${name}' is not a stage. There are: ${all}, or none`),
  noSuchCard: (id: string): Words =>
    said(
      `no hay ninguna tarjeta '${id}' en el tablero. Mira: board list`,
      `the board has no card '${id}'. See: board list`,
    ),
  cannotRun: (id: string): Words =>
    said(
      `'${id}' nació de una vuelta y nadie la ha preparado todavía: se queda en el tablero`,
      `'${id}' was born of a run and nobody has prepared it yet: it stays on the board`,
    ),
  alreadyRun: said(
    'la vuelta de esta tarjeta ya se vio: predecir ahora sería recordar',
    'the run of this card has been seen: to predict now would be to remember',
  ),
  noPlan: (id: string): Words =>
    said(
      `plan.yaml no dice nada de '${id}': añade su entrada bajo cards`,
      `plan.yaml says nothing of '${id}': add its entry under cards`,
    ),
  noAsker: (place: string): Words =>
    said(
      `${place}: asked_by está vacío. Sin saber quién lo pidió, nadie puede decir si sirve`,
      `${place}: asked_by is empty. Without knowing who asked, nobody can say whether it helps`,
    ),
  notOrdered: (id: string): Words =>
    said(
      `'${id}' no está en order: la lista de plan.yaml dice qué se hace primero`,
      `'${id}' is not in order: the list in plan.yaml says what is done first`,
    ),
  missingFile: (name: string): Words => said(`falta el archivo ${name}`, `the file ${name} is missing`),
  badYaml: (place: string): Words =>
    said(
      `${place}: no es YAML válido. Mira la sangría, los dos puntos y las comillas`,
      `${place}: not valid YAML. Look at the indentation, the colons and the quotes`,
    ),
  notAList: (name: string): Words => said(`${name}: se esperaba una lista`, `${name}: expected a list`),
  notAListAt: (place: string): Words =>
    said(`${place}: se esperaba una lista, como [seats, mail]`, `${place}: expected a list, like [seats, mail]`),
  notAMap: (place: string): Words =>
    said(`${place}: se esperaban tarjetas con sus campos`, `${place}: expected cards with their fields`),
  cardWithoutId: (place: string): Words => said(`${place}: una tarjeta sin id`, `${place}: a card without an id`),
  noSuchColumn: (place: string, name: string, all: string): Words =>
    said(
      `${place}: '${name}' no es una columna. Hay: ${all}`,
      `${place}: '${name}' is not a column. There are: ${all}`,
    ),
  unknownCard: (place: string, id: string): Words =>
    said(`${place}: no hay ninguna tarjeta '${id}'`, `${place}: there is no card '${id}'`),
  unknownRole: (place: string, name: string, all: string): Words =>
    said(
      `${place}: nadie se llama '${name}' en la empresa. Hay: ${all}`,
      `${place}: nobody at the company is called '${name}'. There are: ${all}`,
    ),
  unknownService: (place: string, name: string, all: string): Words =>
    said(
      `${place}: '${name}' no es un servicio. Hay: ${all}`,
      `${place}: '${name}' is not a service. There are: ${all}`,
    ),
  saved: (card: string, stage: string): Words =>
    said(
      stage === 'none'
        ? `Predicción guardada: ${card} no se detiene.`
        : `Predicción guardada: ${card} se detiene en ${stage}.`,
      stage === 'none' ? `Prediction saved: ${card} does not stop.` : `Prediction saved: ${card} stops at ${stage}.`,
    ),
  runHead: (run: string, card: string): Words =>
    said(`${run}: ${card} da una vuelta al ciclo`, `${run}: ${card} goes round the loop`),
  waits: (count: number): Words =>
    said(
      `espera a ${count} tarjeta${count === 1 ? '' : 's'} que va${count === 1 ? '' : 'n'} antes`,
      `waits for ${count} card${count === 1 ? '' : 's'} ahead of it`,
    ),
  hands: said('entrega', 'hands over'),
  stopped: (service: string): Words =>
    said(
      `SE DETIENE: el código llama a ${service} y nadie lo preparó`,
      `STOPS: the code calls ${service}, and nobody prepared it`,
    ),
  back: (service: string): Words =>
    said(`vuelve a plan y espera a que exista ${service}`, `goes back to plan and waits until ${service} exists`),
  arrived: (lead: string, stops: number): Words =>
    said(
      `Llegó a monitor. Tiempo de entrega: ${lead}. Paradas: ${stops}.`,
      `Reached monitor. Lead time: ${lead}. Stops: ${stops}.`,
    ),
  predicted: (prediction: string, happened: string): Words => {
    const told = (none: string, at: string, stage: string): string => (stage === 'none' ? none : `${at} ${stage}`);
    const es = (stage: string): string => told('no se detiene', 'se detiene en', stage);
    const en = (stage: string): string => told('does not stop', 'stops at', stage);
    const right = prediction === happened;
    return said(
      `Tu predicción: ${es(prediction)}. ${right ? 'Acertaste.' : `Ocurrió: ${es(happened)}.`}`,
      `Your prediction: ${en(prediction)}. ${right ? 'You were right.' : `What happened: ${en(happened)}.`}`,
    );
  },
  noSuchRun: (name: string): Words =>
    said(`no hay ninguna vuelta '${name}'. Mira: loop runs`, `there is no run '${name}'. See: loop runs`),
  onlyMonitor: (name: string): Words =>
    said(
      `--reaches admite monitor, no '${name}'. Para decir dónde se detiene: --stops-at ETAPA`,
      `--reaches takes monitor, not '${name}'. To say where it stops: --stops-at STAGE`,
    ),
  created: (id: string, role: string): Words =>
    said(
      `Monitor abrió una tarjeta en Backlog: ${id} (pregunta a ${role}).`,
      `Monitor opened a card in Backlog: ${id} (ask ${role}).`,
    ),
  noRuns: said('Todavía no hay ninguna vuelta.', 'There are no runs yet.'),
  feedbackTitle: (title: Words): Words => said(`¿Sirvió «${title.es}»?`, `Did “${title.en}” help?`),
  planSays: (askedBy: string, services: string): Words =>
    said(
      `plan: lo pidió ${askedBy || '(nadie)'}; servicios: ${services || '(ninguno)'}`,
      `plan: asked by ${askedBy || '(nobody)'}; services: ${services || '(none)'}`,
    ),
  planSilent: said('plan: nada todavía', 'plan: nothing yet'),
};

/** Minutes as people say them: `2 d 3 h`, `5 h 20 min`, `14 min`. */
export function duration(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return rest > 0 ? `${hours} h ${rest} min` : `${hours} h`;
  return `${rest} min`;
}
