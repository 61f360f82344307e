// Everything that a replay says, in both languages.
import type { Language, Words } from '../parts.ts';

const words = {
  title: { es: 'Repetición', en: 'Replay' },
  lead: {
    es: 'Lo que hiciste se vuelve a hacer en una máquina aparte: mira atrás y adelante sin tocar la tuya.',
    en: 'What you did is done again in a machine apart: look back and forth without touching yours.',
  },
  notExact: {
    es: 'Tecleaste mientras un programa estaba en marcha: desde ahí la repetición puede no ser idéntica.',
    en: 'You typed while a program was running: from there on the replay may not be identical.',
  },
  full: {
    es: 'Se hizo más de lo que se guarda: aquí está el principio.',
    en: 'More was done than what is kept: this is its beginning.',
  },
  ruler: { es: 'Momento', en: 'Moment' },
  back: { es: 'Atrás', en: 'Back' },
  on: { es: 'Adelante', en: 'On' },
  close: { es: 'Volver al presente', en: 'Back to the present' },
  keys: {
    es: 'Flechas: un momento. Inicio y Fin: el primero y el último. RePág y AvPág: los momentos señalados.',
    en: 'Arrows: one moment. Home and End: the first and the last. Page Up and Page Down: the marked moments.',
  },
  beginning: { es: 'el principio', en: 'the beginning' },
  during: { es: 'durante: {what}', en: 'during: {what}' },
  moment: { es: '{n} de {all}: {what}', en: '{n} of {all}: {what}' },
  working: { es: 'Repitiendo…', en: 'Replaying…' },
  stuck: {
    es: 'La repetición no llegó al final: un programa de entonces no terminó. Ciérrala; tu máquina sigue igual.',
    en: 'The replay did not reach the end: a program of then did not end. Close it; your machine is as it was.',
  },
  sights: { es: 'Momentos señalados ({n})', en: 'Marked moments ({n})' },
  noSights: { es: 'Ningún momento señalado.', en: 'No marked moments.' },
  sawCommit: { es: 'commit', en: 'commit' },
  sawPush: { es: 'push a {ref}', en: 'push to {ref}' },
  sawRun: { es: 'termina la ejecución {n}: {state}', en: 'run {n} ends: {state}' },
  sawTurn: { es: 'termina la vuelta {run}', en: 'turn {run} ends' },
  sawPull: { es: 'se abre la pull request {n}', en: 'pull request {n} is opened' },
  sawMerge: { es: 'se fusiona la pull request {n}', en: 'pull request {n} is merged' },
  sawDeploy: { es: 'despliegue de {service} {version}', en: 'deploy of {service} {version}' },
  sawRollback: { es: 'vuelta atrás de {service} a {version}', en: 'rollback of {service} to {version}' },
  sawAlert: { es: 'se dispara {name}', en: '{name} fires' },
  sawResolved: { es: 'se resuelve {name}', en: '{name} is resolved' },
  sawChecks: { es: 'comprobaciones: {n} de {of}', en: 'checks: {n} of {of}' },

  desk: { es: 'La mesa en ese momento', en: 'The desk at that moment' },
  company: { es: 'La empresa en ese momento', en: 'The company at that moment' },
  terminal: { es: 'Terminal', en: 'Terminal' },
  asText: { es: 'En texto', en: 'As text' },
  files: { es: 'Archivos que cambiaron en este momento', en: 'Files that changed at this moment' },
  allFiles: { es: 'Cualquier otro archivo de entonces ({n})', en: 'Any other file of then ({n})' },
  noFiles: { es: 'Ninguno.', en: 'None.' },
  runs: { es: 'Ejecuciones y pull requests', en: 'Runs and pull requests' },
  production: { es: 'Producción', en: 'Production' },
  messages: { es: 'Mensajes ({n})', en: 'Messages ({n})' },
  gone: { es: '(borrado)', en: '(removed)' },
  written: { es: 'se escribe {path}', en: '{path} is written' },
  removed: { es: 'se borra {path}', en: '{path} is removed' },
  moved: { es: '{path} pasa a {to}', en: '{path} becomes {to}' },
  passed: { es: 'pasa el tiempo', en: 'time passes' },
  screen: { es: 'la pantalla cambia', en: 'the screen changes' },
  stopped: { es: 'se detiene lo que estaba en marcha', en: 'what was running is stopped' },

  sharing: { es: 'Compartir', en: 'Sharing' },
  share: { es: 'Compartir con un enlace', en: 'Share with a link' },
  save: { es: 'Guardar en un archivo', en: 'Save to a file' },
  openFile: { es: 'Abrir un archivo', en: 'Open a file' },
  shared: {
    es: 'Enlace copiado: {n} caracteres. Lleva todo lo que tecleaste y escribiste hoy; no pasa por ningún servidor.',
    en: 'Link copied: {n} characters. It holds all that you typed and wrote today; it passes through no server.',
  },
  shareTooLong: {
    es: 'Un enlace tendría {n} caracteres, y a partir de 8000 muchos programas lo cortan: se ha descargado un archivo en su lugar.',
    en: 'A link would have {n} characters, and from 8,000 on many programs cut it off: a file was downloaded instead.',
  },
  shareRefused: {
    es: 'El navegador no deja copiar: se ha descargado un archivo en su lugar.',
    en: 'The browser does not allow copying: a file was downloaded instead.',
  },
  shareUnknown: {
    es: 'No se conoce todo lo que llevó hasta aquí (el día empezó antes de que se guardara): no se puede compartir.',
    en: 'Not all that led here is known (the day began before it was kept): it cannot be shared.',
  },
  saved: { es: 'Archivo descargado.', en: 'File downloaded.' },
  fileOfDay: {
    es: 'El archivo trae un día simulado, no una sesión: aquí se abren sesiones.',
    en: 'The file brings a simulated day and no session: sessions are opened here.',
  },
  otherDay: {
    es: 'Esta sesión es de otro día ({day}): ábrela en la página de ese día.',
    en: 'This session is of another day ({day}): open it on the page of that day.',
  },
  otherVersion: {
    es: 'Se hizo con otra versión del curso: puede no salir igual.',
    en: 'It was done with another version of the course: it may not come out the same.',
  },
  sharedTitle: { es: 'Lo que hizo otra persona', en: 'What somebody else did' },
  sharedLead: {
    es: 'Esto llegó de otra persona. Nada se ha ejecutado: primero mira lo que trae. Si lo pones en marcha, vive en una máquina aparte que se tira al cerrar; la tuya, y lo que tienes guardado, no cambian.',
    en: 'This came from somebody else. Nothing has run: look first at what it brings. If you let it run, it lives in a machine apart that is thrown away when you close this; yours, and what you have saved, do not change.',
  },
  sharedDeeds: { es: 'Lo que se hizo ({n})', en: 'What was done ({n})' },
  moreDeeds: { es: 'Y {n} más.', en: 'And {n} more.' },
  sharedRun: { es: 'Vivirlo paso a paso', en: 'Live through it' },
  throwAway: {
    es: 'Esto vive en una máquina aparte: nada de ello queda en la tuya.',
    en: 'This lives in a machine apart: nothing of it stays on yours.',
  },

  seenTitle: { es: 'Lo que pasó con la semilla {n}', en: 'What happened on seed {n}' },

  whatIf: { es: '¿Y si…?', en: 'What if…?' },
  whatIfLead: {
    es: 'Desde este momento, haz otra cosa en una máquina aparte y compara qué habría sido de los compradores. Los programas que estaban en marcha en tu mesa no vuelven a arrancar; producción sigue.',
    en: 'From this moment on, do something else in a machine apart, and compare what would have become of the buyers. Programs that ran at your desk are not started again; production goes on.',
  },
  whatIfBegin: { es: 'Seguir desde aquí de otro modo', en: 'Go on from here in another way' },
  whatIfAgain: { es: 'Empezar otra vez desde este momento', en: 'Begin again from this moment' },
  whatIfTerminal: { es: 'Terminal del «¿y si…?»', en: 'Terminal of the what-if' },
  whatIfNow: { es: 'Se separó el {from}; allí son {now}.', en: 'It left at {from}; there it is {now}.' },
  whatIfPass: { es: 'Dejar pasar {n} min', en: 'Let {n} min pass' },
  whatIfCompare: { es: 'Comparar hasta ahora', en: 'Compare up to now' },
  whatIfBusy: {
    es: 'Un programa está en marcha allí: el reloj es suyo hasta que acabe.',
    en: 'A program is running there: the clock is its own until it ends.',
  },
  whatIfBroke: {
    es: 'La otra máquina no respondió. Inténtalo otra vez.',
    en: 'The other machine did not answer. Try again.',
  },
  whatIfNoBuyers: {
    es: 'En este día no hay producción con compradores: no hay cifras que comparar.',
    en: 'On this day there is no production with buyers: there are no figures to compare.',
  },
  whatIfHorizon: {
    es: 'Ambos de {from} a {until}. Costo y llamadas no se miden en producción en vivo.',
    en: 'Both from {from} to {until}. Cost and calls are not measured of live production.',
  },
  sides: { es: 'Al lado de lo tuyo', en: 'Beside yours' },
  sidesLead: {
    es: 'Qué fue de los compradores allí y en tu máquina, hasta donde llega la sesión más corta.',
    en: 'What became of the buyers there and on your machine, up to where the shorter session ends.',
  },
  sidesCompare: { es: 'Comparar con lo mío', en: 'Compare with mine' },
  theirs: { es: 'La otra persona', en: 'The other person' },
  mine: { es: 'Tú', en: 'You' },
  whatWas: { es: 'Lo que pasó', en: 'What happened' },
  whatWouldBe: { es: 'Lo que habría pasado', en: 'What would have happened' },
} satisfies Record<string, Words>;

export type ReplayWord = keyof typeof words;
export type ReplaySay = (key: ReplayWord, values?: Readonly<Record<string, string | number>>) => string;

export function replaySpeaker(language: Language): ReplaySay {
  return (key, values = {}) =>
    words[key][language].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
