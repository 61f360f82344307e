// Everything that a replay says, in both languages.
import type { Language, Words } from '../parts.ts';

const words = {
  title: { es: 'Repetición de esta visita', en: 'Replay of this visit' },
  lead: {
    es: 'Lo que hiciste se vuelve a hacer en una máquina aparte: mira atrás y adelante sin tocar la tuya.',
    en: 'What you did is done again in a machine apart: look back and forth without touching yours.',
  },
  notExact: {
    es: 'Tecleaste mientras un programa estaba en marcha: desde ahí la repetición puede no ser idéntica.',
    en: 'You typed while a program was running: from there on the replay may not be identical.',
  },
  full: {
    es: 'La visita es más larga de lo que se guarda: aquí está su principio.',
    en: 'The visit is longer than what is kept: this is its beginning.',
  },
  ruler: { es: 'Momento', en: 'Moment' },
  back: { es: 'Atrás', en: 'Back' },
  on: { es: 'Adelante', en: 'On' },
  close: { es: 'Cerrar', en: 'Close' },
  beginning: { es: 'el principio', en: 'the beginning' },
  moment: { es: '{n} de {all}: {what}', en: '{n} of {all}: {what}' },
  working: { es: 'Repitiendo…', en: 'Replaying…' },
  stuck: {
    es: 'La repetición no llegó a ese momento: un programa de entonces no terminó.',
    en: 'The replay did not reach that moment: a program of then did not end.',
  },
  terminal: { es: 'Terminal', en: 'Terminal' },
  files: { es: 'Archivos que cambiaron en este momento', en: 'Files that changed at this moment' },
  noFiles: { es: 'Ninguno.', en: 'None.' },
  gone: { es: '(borrado)', en: '(removed)' },
  written: { es: 'se escribe {path}', en: '{path} is written' },
  removed: { es: 'se borra {path}', en: '{path} is removed' },
  moved: { es: '{path} pasa a {to}', en: '{path} becomes {to}' },
  passed: { es: 'pasa el tiempo', en: 'time passes' },
  screen: { es: 'la pantalla cambia', en: 'the screen changes' },
  stopped: { es: 'se detiene lo que estaba en marcha', en: 'what was running is stopped' },
} satisfies Record<string, Words>;

export type ReplayWord = keyof typeof words;
export type ReplaySay = (key: ReplayWord, values?: Readonly<Record<string, string | number>>) => string;

export function replaySpeaker(language: Language): ReplaySay {
  return (key, values = {}) =>
    words[key][language].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
