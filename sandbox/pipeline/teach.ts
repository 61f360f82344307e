// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows
// What GitHub's parser says, in the words of a teacher and in both languages.
import type { Words } from '../machine/index.ts';

type Rule = readonly [pattern: RegExp, words: (...found: string[]) => Words];

const contexts: Words = {
  es: 'los contextos son github, env, vars, job, steps, runner, secrets, strategy, matrix, needs e inputs, y no todos valen en todas partes',
  en: 'the contexts are github, env, vars, job, steps, runner, secrets, strategy, matrix, needs and inputs, and not all are there everywhere',
};

const rules: readonly Rule[] = [
  [/^Required property is missing: (.+)$/s, (name) => ({ es: `Falta ${name}.`, en: `${name} is missing.` })],
  [
    /^There's not enough info to determine what you meant\. Add one of these properties: (.+)$/s,
    (names) => ({
      es: `No se sabe qué es esto. Le falta una de estas claves: ${names}.`,
      en: `One cannot tell what this is. It lacks one of these keys: ${names}.`,
    }),
  ],
  [
    /^Unexpected value ''$/,
    () => ({
      es: 'Aquí falta un valor: la clave está y detrás no hay nada.',
      en: 'A value is missing here: the key is there, and nothing follows it.',
    }),
  ],
  [
    /^Unexpected value '(.*)'$/s,
    (value) => ({
      es: `«${value}» no va aquí. Mira si está bien escrito y con la sangría que le toca.`,
      en: `"${value}" does not belong here. See whether it is spelt well, and indented as it must.`,
    }),
  ],
  [
    /^'(.*)' is already defined$/s,
    (name) => ({ es: `La clave ${name} está dos veces.`, en: `The key ${name} is there twice.` }),
  ],
  [
    /^A sequence was not expected$/,
    () => ({ es: 'Aquí no va una lista (líneas con guion).', en: 'A list (lines with a dash) does not belong here.' }),
  ],
  [
    /^A mapping was not expected$/,
    () => ({
      es: 'Aquí no van claves con valores (clave: valor).',
      en: 'Keys with values (key: value) do not belong here.',
    }),
  ],
  [
    /^A template expression is not allowed in this context$/,
    () => ({
      es: 'Aquí no vale una expresión ${{ }}: escribe el valor.',
      en: 'An expression ${{ }} does not work here: write the value.',
    }),
  ],
  [
    /^The expression is not closed\./,
    () => ({ es: 'Falta el }} que cierra la expresión.', en: 'The }} that closes the expression is missing.' }),
  ],
  [
    /^An expression was expected$/,
    () => ({ es: 'Entre ${{ y }} no hay nada.', en: 'There is nothing between ${{ and }}.' }),
  ],
  [
    /^The directive '(.+)' is not allowed in this context/s,
    (name) => ({ es: `${name} no vale dentro de un texto.`, en: `${name} does not work within a text.` }),
  ],
  [
    /^Unrecognized named-value: '(.*)'$/s,
    (name) => ({
      es: `No existe «${name}», o no vale aquí: ${contexts.es}. Un texto va entre comillas simples.`,
      en: `There is no "${name}", or not here: ${contexts.en}. A text stands in single quotes.`,
    }),
  ],
  [
    /^Unrecognized function: '(.*)'$/s,
    (name) => ({
      es: `No existe la función ${name}, o no vale aquí. Hay contains, startsWith, endsWith, format, join, toJSON, fromJSON, hashFiles y case; en los if, además, success, failure, cancelled y always.`,
      en: `There is no function ${name}, or not here. There are contains, startsWith, endsWith, format, join, toJSON, fromJSON, hashFiles and case; in an if also success, failure, cancelled and always.`,
    }),
  ],
  [
    /^Unexpected symbol: '(.*)'\.? ?.*$/s,
    (sign) => ({
      es: `«${sign}» no se entiende en esta expresión. Los textos van entre comillas simples, y los operadores son == != < > && || !.`,
      en: `"${sign}" makes no sense in this expression. Texts stand in single quotes, and the operators are == != < > && || !.`,
    }),
  ],
  [
    /^Unexpected end of expression/,
    () => ({
      es: 'La expresión se acaba antes de tiempo: falta algo al final.',
      en: 'The expression ends too early: something is missing at its end.',
    }),
  ],
  [
    /^Exceeded max expression depth (\d+)/,
    (most) => ({
      es: `La expresión se mete en sí misma más de ${most} veces: hazla más sencilla.`,
      en: `The expression goes into itself more than ${most} times: make it simpler.`,
    }),
  ],
  [
    /^Exceeded max expression length|^ErrorExceededMaxLength/,
    () => ({
      es: 'La expresión pasa de 21000 signos: hazla más corta.',
      en: 'The expression has more than 21000 signs: make it shorter.',
    }),
  ],
  [
    /^Too few parameters supplied: '(.*)'$/s,
    (name) => ({ es: `A ${name} le faltan argumentos.`, en: `${name} lacks arguments.` }),
  ],
  [
    /^Too many parameters supplied: '(.*)'$/s,
    (name) => ({ es: `A ${name} le sobran argumentos.`, en: `${name} has too many arguments.` }),
  ],
  [
    /^Even number of parameters supplied.*: '(.*)'$/s,
    (name) => ({
      es: `${name} toma parejas de condición y valor, y al final el valor que queda.`,
      en: `${name} takes pairs of a condition and a value, and at the end the value that is left.`,
    }),
  ],
  [
    /^The workflow must contain at least one job with no dependencies\.$/,
    () => ({
      es: 'Ningún trabajo puede empezar: tiene que haber al menos uno sin needs.',
      en: 'No job can begin: at least one must have no needs.',
    }),
  ],
  [
    /^Job '(.*)' depends on job '(.*)' which creates a cycle in the dependency graph\.$/s,
    (job, need) => ({
      es: `${job} espera a ${need}, que espera a ${job}: así no empieza ninguno. Quita uno de los needs.`,
      en: `${job} waits for ${need}, which waits for ${job}: so neither begins. Take one of the needs away.`,
    }),
  ],
  [
    /^Job '(.*)' depends on unknown job '(.*)'\.$/s,
    (job, need) => ({
      es: `El trabajo ${job} espera a ${need}, y no hay ningún trabajo con ese nombre.`,
      en: `The job ${job} waits for ${need}, and no job has that name.`,
    }),
  ],
  [
    /^The identifier '(.*)' (?:is invalid|may not be used more than once).*$/s,
    (id) => ({
      es: `El id «${id}» no vale: empieza por letra o _, solo tiene letras, cifras, - y _, y está una sola vez.`,
      en: `The id "${id}" does not work: it begins with a letter or _, holds only letters, digits, - and _, and is there once.`,
    }),
  ],
  [
    /^Invalid cron expression/,
    () => ({
      es: 'El horario tiene cinco partes: minuto, hora, día del mes, mes y día de la semana, como 0 6 * * 1.',
      en: 'A schedule has five parts: minute, hour, day of the month, month and day of the week, as in 0 6 * * 1.',
    }),
  ],
  [
    /^Missing required key 'cron' in schedule entry$/,
    () => ({ es: 'A este horario le falta cron.', en: 'This schedule lacks cron.' }),
  ],
  [
    /^Container image cannot be empty$/,
    () => ({ es: 'La imagen no puede estar vacía.', en: 'The image cannot be empty.' }),
  ],
  [
    /^Missing 'options' for choice input$/,
    () => ({ es: 'Una entrada de tipo choice necesita options.', en: 'An input of the type choice needs options.' }),
  ],
  [
    /^Input type is not 'choice', but 'options' is defined$/,
    () => ({ es: 'options solo vale en entradas de tipo choice.', en: 'options is for inputs of the type choice.' }),
  ],
  [
    /^Unexpected type '.*' encountered while reading '(.*)'\. The type '(\w+)Token' was expected\.$/s,
    (name, kind) => {
      const known: Readonly<Record<string, Words>> = {
        Mapping: { es: 'claves con valores', en: 'keys with values' },
        Sequence: { es: 'una lista', en: 'a list' },
        String: { es: 'un texto', en: 'a text' },
      };
      const { es, en } = known[kind ?? ''] ?? { es: 'un valor', en: 'a value' };
      return { es: `${name} espera ${es}.`, en: `${name} expects ${en}.` };
    },
  ],
  [
    /^Unknown anchor '(.*)'$/s,
    (name) => ({
      es: `Nadie ha puesto el ancla &${name} antes de *${name}.`,
      en: `Nobody has put the anchor &${name} before *${name}.`,
    }),
  ],
  [
    /^The anchor '(.*)' contains itself$/s,
    (name) => ({ es: `El ancla &${name} se contiene a sí misma.`, en: `The anchor &${name} contains itself.` }),
  ],
  [
    /^The anchors of this file make more than (\d+) values$/,
    (most) => ({
      es: `Escritas enteras, las anclas de este archivo son más de ${most} valores.`,
      en: `Written out, the anchors of this file are more than ${most} values.`,
    }),
  ],
  [
    /^All mapping items must start at the same column|^All sequence items must start at the same column/,
    () => ({
      es: 'La sangría no cuadra: lo que va junto empieza en la misma columna.',
      en: 'The indentation does not fit: what belongs together begins in the same column.',
    }),
  ],
  [
    /^Nested mappings are not allowed in compact mappings|^Implicit keys need to be on a single line|^Implicit map keys need to be followed by map values/,
    () => ({
      es: 'Esto no es YAML: falta un «:» detrás de una clave, o un valor con «: » tiene que ir entre comillas.',
      en: 'This is not YAML: a ":" is missing after a key, or a value with ": " must stand in quotes.',
    }),
  ],
  [
    /^Tabs are not allowed as indentation/,
    () => ({
      es: 'La sangría va con espacios, no con tabuladores.',
      en: 'Indentation is made of spaces, not of tabs.',
    }),
  ],
  [
    /^Unexpected flow-map-start|^Unexpected flow-seq-start/,
    () => ({
      es: 'Dentro de [ ] o { }, un texto con { o [ va entre comillas: YAML los toma por suyos.',
      en: 'Within [ ] or { }, a text with { or [ stands in quotes: YAML takes them for its own.',
    }),
  ],
  [
    /^Missing closing (["'])quote|^Flow (?:map|sequence) in block collection must be|^Expected flow (?:map|sequence) to end with/,
    () => ({ es: 'Falta la comilla o el paréntesis que cierra.', en: 'The closing quote or bracket is missing.' }),
  ],
];

/** What is not known here stays as the parser says it. */
export function taught(message: string): Words {
  for (const [pattern, words] of rules) {
    const found = pattern.exec(message);
    if (found !== null) return words(...found.slice(1).map((one) => one ?? ''));
  }
  return { es: message, en: message };
}
