// Everything that the production view says, in both languages.
import type { Language, Words } from '../parts.ts';

const words = {
  title: { es: 'Producción', en: 'Production' },
  source: { es: 'Qué se mira', en: 'What is shown' },
  liveSource: { es: 'Producción, en vivo', en: 'Production, live' },
  simulatedSource: { es: 'Día simulado: {path}', en: 'Simulated day: {path}' },
  boardChoice: { es: 'Paneles', en: 'Panels' },
  usualBoard: { es: 'Los de siempre', en: 'The usual ones' },
  width: { es: 'Tramo', en: 'Stretch' },
  minutes: { es: '{n} min', en: '{n} min' },
  hours: { es: '{n} h', en: '{n} h' },
  wholeDay: { es: 'Todo el día', en: 'The whole day' },

  clock: { es: 'Tiempo', en: 'Time' },
  play: { es: 'Reproducir', en: 'Play' },
  pause: { es: 'Pausa', en: 'Pause' },
  speed: { es: 'Velocidad', en: 'Speed' },
  stepBack: { es: '{time}: un paso atrás', en: '{time}: one step back' },
  stepOn: { es: '{time}: un paso', en: '{time}: one step' },
  toEvent: { es: 'Hasta el próximo evento', en: 'To the next event' },
  toFriday: { es: 'Hasta el viernes 17:00', en: 'To Friday 17:00' },
  ruler: { es: 'Momento del día', en: 'Moment of the day' },
  moves: {
    es: 'Aquí el tiempo que pasa es el de tu mesa: también avanzan los servicios y el CI.',
    en: 'The time that passes here is that of your desk: services and CI move on too.',
  },
  isBusy: {
    es: 'Un programa está en marcha en la terminal: el reloj es suyo hasta que acabe (Ctrl+C lo detiene).',
    en: 'A program is running in the terminal: the clock is its own until it ends (Ctrl+C stops it).',
  },
  atEnd: { es: 'Fin del día.', en: 'End of the day.' },
  arrived: { es: '{time}.', en: '{time}.' },
  broke: {
    es: 'La máquina no respondió. Vuelve a intentarlo; si sigue igual, recarga la página.',
    en: 'The machine did not answer. Try again; if it stays like this, reload the page.',
  },
  working: { es: 'Calculando el día…', en: 'Working out the day…' },
  noEvent: { es: 'No pasó nada en un día entero.', en: 'Nothing happened for a whole day.' },

  query: { es: 'Consulta PromQL', en: 'PromQL query' },
  ask: { es: 'Consultar', en: 'Run query' },
  queryHelp: {
    es: 'Ctrl+Espacio sugiere nombres; con las flechas eliges y con Tab o Intro los tomas.',
    en: 'Ctrl+Space offers names; arrows choose, Tab or Enter takes one.',
  },
  offersCount: { es: '{n} sugerencias', en: '{n} offers' },
  metric: { es: 'métrica', en: 'metric' },
  function: { es: 'función', en: 'function' },
  aggregation: { es: 'agregación', en: 'aggregation' },
  label: { es: 'etiqueta', en: 'label' },
  keyword: { es: 'palabra clave', en: 'keyword' },
  queryPanel: { es: 'Tu consulta', en: 'Your query' },
  column: { es: 'columna {n}', en: 'column {n}' },
  noSeries: { es: 'No hay ninguna serie así.', en: 'There is no such series.' },
  notAll: { es: 'Se muestran {n} de {all} series.', en: '{n} of {all} series are shown.' },

  charts: { es: 'Gráficas', en: 'Charts' },
  table: { es: 'En tabla', en: 'As a table' },
  tableOf: { es: '{title}, valores', en: '{title}, values' },
  expression: { es: 'Expresión', en: 'Expression' },
  time: { es: 'Hora', en: 'Time' },
  value: { es: 'Valor', en: 'Value' },
  ranges: { es: 'ahora {last}, entre {low} y {high}', en: '{last} now, from {low} to {high}' },
  steady: { es: '{last} todo el tiempo', en: '{last} all the time' },
  nothingYet: { es: 'Aún no hay datos en este tramo.', en: 'There is no data in this stretch yet.' },
  moreLines: { es: 'Y {n} más en la tabla.', en: 'And {n} more in the table.' },
  warning: { es: 'por encima del aviso', en: 'above the warning' },
  critical: { es: 'por encima del límite', en: 'above the limit' },
  unmeasured: { es: 'Aquí no se mide: {names}.', en: 'Not measured here: {names}.' },

  problems: { es: '{file} no se puede usar:', en: '{file} cannot be used:' },
  atLine: { es: '{file}, línea {n}', en: '{file}, line {n}' },
  usualShown: {
    es: 'Mientras tanto se muestran los paneles de siempre.',
    en: 'Until then the usual panels are shown.',
  },

  compare: { es: 'Lado a lado', en: 'Side by side' },
  compareWith: { es: 'Comparar con', en: 'Compare with' },
  nothingElse: { es: 'ninguno', en: 'none' },
  asked: { es: 'Peticiones', en: 'Requests' },
  failed: { es: 'Peticiones fallidas', en: 'Failed requests' },
  p95: { es: 'p95 desde el principio', en: 'p95 since the beginning' },
  cost: { es: 'Costo', en: 'Cost' },
  calls: { es: 'Llamadas a Soporte', en: 'Calls to Support' },
  restore: { es: 'Tiempo hasta servir bien de nuevo', en: 'Time to serve well again' },
  goesOn: { es: 'y sigue', en: 'and it goes on' },
  horizon: {
    es: 'Ambos hasta {time}, a contar desde su principio.',
    en: 'Both up to {time}, counted from their beginning.',
  },
  restoreWhy: {
    es: 'El tiempo hasta servir bien es la racha más larga de minutos con p95 de 800 ms o más, o con más del 1 % de fallos.',
    en: 'The time to serve well again is the longest row of minutes with a p95 of 800 ms or more, or more than 1% failed.',
  },

  linkedSource: { es: 'Un día que llegó con un enlace', en: 'A day that came with a link' },
  linkedTitle: { es: 'Este enlace trae un día simulado', en: 'This link brings a simulated day' },
  linkedLead: {
    es: 'Lo envió otra persona. Nada se ha ejecutado: primero mira lo que trae. Si lo pones en marcha, vive en una máquina aparte que se tira al cerrar; la tuya no cambia.',
    en: 'Somebody else sent it. Nothing has run: look first at what it brings. If you let it run, it lives in a machine apart that is thrown away when you close this; yours does not change.',
  },
  linkedContent: { es: 'Lo que trae el enlace', en: 'What the link brings' },
  linkedArtifact: {
    es: 'un programa empaquetado (.tgz, {n} caracteres en base64), que contesta lo que buscan los compradores',
    en: 'a packed program (.tgz, {n} characters of base64), which answers what buyers search for',
  },
  linkedRun: { es: 'Vivir este día', en: 'Live through this day' },
  throwAway: {
    es: 'Este día vive en una máquina aparte: nada de él queda en la tuya.',
    en: 'This day lives in a machine apart: nothing of it stays on yours.',
  },
  linkTooLong: {
    es: 'El enlace trae más de lo que puede traer (32 000 caracteres). No se ha abierto nada: pide el archivo en su lugar.',
    en: 'The link brings more than a link may (32,000 characters). Nothing was opened: ask for the file instead.',
  },
  linkBroken: {
    es: 'El enlace no trae nada que se pueda repetir: quizá se cortó al copiarlo. Pide que te lo envíen otra vez.',
    en: 'The link brings nothing that can be replayed: perhaps it was cut when it was copied. Ask for it again.',
  },
  linkVersion: {
    es: 'El enlace es de otra versión del curso y aquí no se puede abrir. Pide uno nuevo.',
    en: 'The link is of another version of the course and cannot be opened here. Ask for a new one.',
  },
  share: { es: 'Copiar el enlace de este día', en: 'Copy the link to this day' },
  noLink: { es: 'Este día es demasiado largo para un enlace.', en: 'This day is too long for a link.' },

  events: { es: 'Eventos', en: 'Events' },
  noEvents: { es: 'En este tramo no pasó nada.', en: 'Nothing happened in this stretch.' },
  olderEvents: { es: 'Y {n} anteriores.', en: 'And {n} earlier ones.' },
  alerts: { es: 'Alertas', en: 'Alerts' },
  noAlerts: { es: 'Ninguna alerta activa.', en: 'No active alerts.' },
  firing: { es: 'disparada', en: 'firing' },
  pending: { es: 'pendiente', en: 'pending' },
  since: { es: 'desde {time}', en: 'since {time}' },
  logs: { es: 'Registros', en: 'Logs' },
  logsQuery: { es: 'Consulta LogQL', en: 'LogQL query' },
  noLogs: { es: 'Ninguna línea en este tramo.', en: 'No lines in this stretch.' },

  deploy: { es: 'Despliegue de {service} {version}', en: 'Deploy of {service} {version}' },
  rollback: { es: 'Vuelta atrás de {service} a {version}', en: 'Rollback of {service} to {version}' },
  before: { es: 'antes {version}', en: 'before {version}' },
  by: { es: 'por {who}', en: 'by {who}' },
  didFail: { es: 'falló', en: 'it failed' },
  scaled: { es: '{service}: de {from} a {to} réplicas', en: '{service}: from {from} to {to} replicas' },
  fires: { es: 'Se dispara {name}', en: '{name} fires' },
  resolved: { es: 'Se resuelve {name}', en: '{name} is resolved' },
  told: { es: 'Aviso a {to}: {title}', en: '{to} is told: {title}' },
  faultBegan: { es: 'Empieza un fallo en {service}: {text}', en: 'A fault begins at {service}: {text}' },
  faultEnded: { es: 'Acaba el fallo en {service}: {text}', en: 'The fault at {service} ends: {text}' },
  crashed: { es: '{service} se cayó: {text}', en: '{service} crashed: {text}' },
  unhealthy: { es: '{service} no responde', en: '{service} does not answer' },
  serviceFailed: { es: '{service} falló: {text}', en: '{service} failed: {text}' },
  serviceStarted: { es: 'Arranca {service}', en: '{service} starts' },
  serviceStopped: { es: 'Se detiene {service}', en: '{service} stops' },
} satisfies Record<string, Words>;

export type ProductionWord = keyof typeof words;
export type ProductionSay = (key: ProductionWord, values?: Readonly<Record<string, string | number>>) => string;

export function productionSpeaker(language: Language): ProductionSay {
  return (key, values = {}) =>
    words[key][language].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
