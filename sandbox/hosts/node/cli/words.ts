import type { Language, Words } from '../../../machine/words.ts';

export const words = {
  usage: {
    es: `Uso: noventa <orden> [opciones]

  noventa list [--json]                            los días y lo que está escrito
  noventa check DÍA [--files DIR] [--json]         comprueba los archivos de DIR sobre los del día
  noventa run DÍA [--files DIR] [--write-back] -- 'SCRIPT'
                                                   ejecuta un script en la máquina de ese día
  noventa log DÍA [--files DIR] [--json] [-- 'SCRIPT']
                                                   lo que quedó en el registro de sucesos
  noventa verify [DÍA…] [--seeds N|all] [--json]   toda la matriz de soluciones y errores; DÍA también 1..10
  noventa mutants DÍA [ARCHIVO…] [--json]          los descuidos en la solución que ninguna comprobación ve
  noventa new-day DÍA [--plan ARCHIVO]             el esqueleto de un día que aún no está escrito
  noventa workflow ARCHIVO [--event push] [--ref refs/heads/main] [--payload JSON] [--input N=V] [--secret N=V]
                   [--var N=V] [--repository OWNER/NAME] [--actor WHO] [--files DIR] [--json]
                                                   ejecuta un flujo de trabajo de la carpeta actual (o de DIR) como si
                                                   fuera el repositorio. Con --ref cuentan los filtros de ramas y
                                                   etiquetas; --payload es un archivo con los datos del suceso.
                                                   Código de salida: 0 éxito o todo omitido, 1 fallo o cancelado,
                                                   2 el suceso no lo inicia, 3 el archivo no es válido
  noventa world ESCENARIO.yaml [--seed N] [--until 24h] [--json]
                                                   simula un servicio en producción (noventa world --help)

DÍA es un número (1), un id (d01), un nombre (01-one-turn-of-the-loop) o, para run y log, none: una
máquina vacía cuya carpeta personal es una copia de DIR (o de la carpeta actual).
DIR puede llevar .noventa/actions.sh: órdenes que se ejecutan antes de comprobar.
--write-back guarda en DIR la carpeta personal y, en .noventa/, el resto de la máquina.
--lang es|en elige el idioma; sin ella, el del sistema (LC_ALL, LC_MESSAGES, LANG) si es español, y si no, inglés.
Código de salida 2: la orden no se entendió o falta algo.`,
    en: `Usage: noventa <command> [options]

  noventa list [--json]                            the days, and what is written
  noventa check DAY [--files DIR] [--json]         checks the files of DIR laid over those of the day
  noventa run DAY [--files DIR] [--write-back] -- 'SCRIPT'
                                                   runs a script on that day's machine
  noventa log DAY [--files DIR] [--json] [-- 'SCRIPT']
                                                   what the event log holds
  noventa verify [DAY…] [--seeds N|all] [--json]   the whole matrix of right and wrong answers; DAY also 1..10
  noventa mutants DAY [FILE…] [--json]             the slips in a day's solution that no check sees
  noventa new-day DAY [--plan FILE]                the skeleton of a day that is not written yet
  noventa workflow FILE [--event push] [--ref refs/heads/main] [--payload JSON] [--input N=V] [--secret N=V]
                   [--var N=V] [--repository OWNER/NAME] [--actor WHO] [--files DIR] [--json]
                                                   runs a workflow file of the current folder (or of DIR) as if it
                                                   were the repository. With --ref the filters of branches and tags
                                                   count; --payload is a file with the data of the event.
                                                   Exit code: 0 success or all skipped, 1 failure or cancelled,
                                                   2 the event does not start it, 3 the file is not valid
  noventa world SCENARIO.yaml [--seed N] [--until 24h] [--json]
                                                   simulates a service in production (noventa world --help)

DAY is a number (1), an id (d01), a name (01-one-turn-of-the-loop) or, for run and log, none: an empty
machine whose home folder is a copy of DIR (or of the current folder).
DIR may hold .noventa/actions.sh: commands that are run before checking.
--write-back keeps the home folder in DIR and, in .noventa/, the rest of the machine.
--lang es|en chooses the language; without it, that of the system (LC_ALL, LC_MESSAGES, LANG) if Spanish, else English.
Exit code 2: the command was not understood, or something is missing.`,
  },
  unknownCommand: { es: 'orden desconocida', en: 'unknown command' },
  unknownDay: { es: 'no hay ningún día escrito con ese nombre', en: 'no written day has that name' },
  tryList: { es: 'mira cuáles hay con: noventa list', en: 'see which there are with: noventa list' },
  noFolder: { es: 'no existe esa carpeta', en: 'there is no such folder' },
  noScript: {
    es: "falta el script: noventa run DÍA -- 'SCRIPT'",
    en: "the script is missing: noventa run DAY -- 'SCRIPT'",
  },
  badPayload: { es: 'los datos del suceso no son un objeto de JSON', en: 'the data of the event are no JSON object' },
  oneWorkflow: { es: 'se espera un archivo de flujo de trabajo', en: 'expected one workflow file' },
  noWorkflow: { es: 'no existe ese archivo', en: 'there is no such file' },
  notValid: { es: 'el archivo no es un flujo de trabajo válido', en: 'the file is not a valid workflow' },
  notTriggered: {
    es: 'este flujo de trabajo no se inicia con ese suceso',
    en: 'this event does not start this workflow',
  },
  oneDay: { es: 'se espera un día', en: 'expected one day' },
  passed: { es: 'se cumple', en: 'passed' },
  failed: { es: 'falta', en: 'failed' },
  unfinished: { es: 'sin resultado', en: 'no result' },
  expected: { es: 'se esperaba', en: 'expected' },
  found: { es: 'se encontró', en: 'found' },
  where: { es: 'dónde', en: 'where' },
  runOf: { es: 'ejecución', en: 'run' },
  next: { es: 'intenta', en: 'try' },
  day: { es: 'día', en: 'day' },
  steps: { es: 'pasos', en: 'steps' },
  checks: { es: 'comprobaciones', en: 'checks' },
  variant: { es: 'variante', en: 'variant' },
  failing: { es: 'no pasan', en: 'failing' },
  seeds: { es: 'semillas', en: 'seeds' },
  unplannedDay: { es: 'content/curriculum.yaml no tiene ese día', en: 'content/curriculum.yaml has no such day' },
  isThere: { es: 'ya existe; no se ha escrito nada', en: 'is there already; nothing was written' },
  newDayNext: {
    es: 'Lo que falta se llama TODO. npm run dev lo enseña; npx noventa verify {n} y npx vitest run tests/content dicen qué queda.',
    en: 'What is missing is called TODO. npm run dev shows it; npx noventa verify {n} and npx vitest run tests/content say what is left.',
  },
  seedCount: { es: 'se espera un número de 1 a 1000, o all', en: 'expected a number from 1 to 1000, or all' },
  unwritten: { es: 'no está escrito', en: 'is not written' },
  noMutants: { es: 'la solución no tiene ese archivo', en: 'the solution has no such file' },
  unseen: { es: 'pasan todas las comprobaciones', en: 'pass every check' },
  asItShould: { es: 'como debe', en: 'as it should' },
  toMend: { es: 'por corregir', en: 'to mend' },
  needFolder: { es: '--write-back necesita --files DIR', en: '--write-back needs --files DIR' },
} satisfies Record<string, Words>;

/** The reader's language: asked for, else Spanish where the system says so, else English. */
export function languageOf(asked: string | undefined, environment: NodeJS.ProcessEnv): Language {
  if (asked === 'es' || asked === 'en') return asked;
  const system = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return system.startsWith('es') ? 'es' : 'en';
}
