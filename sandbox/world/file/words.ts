/** What a person reads, in both languages. */
export interface Text {
  readonly es: string;
  readonly en: string;
}

const both = (es: string, en: string): Text => ({ es, en });

/** What should stand there. */
export const expected = {
  duration: (least: string, most: string): Text =>
    both(
      `un tiempo entre ${least} y ${most}, como 250ms, 1.5s o 10m`,
      `a length of time from ${least} to ${most}, such as 250ms, 1.5s or 10m`,
    ),
  number: (least: number, most: number): Text =>
    both(`un número entre ${least} y ${most}`, `a number from ${least} to ${most}`),
  whole: (least: number, most: number): Text =>
    both(`un número entero entre ${least} y ${most}`, `a whole number from ${least} to ${most}`),
  share: (least: number, most: number): Text =>
    both(
      `una proporción entre ${least * 100}% y ${most * 100}%, como 60% o 0.6`,
      `a share from ${least * 100}% to ${most * 100}%, such as 60% or 0.6`,
    ),
  timeOfDay: both('una hora entre 00:00 y 24:00, como 17:30', 'a time of day from 00:00 to 24:00, such as 17:30'),
  moment: both('una fecha como 2026-03-06 o 2026-03-06T09:00:00Z', 'a date such as 2026-03-06 or 2026-03-06T09:00:00Z'),
  name: both(
    'un nombre de minúsculas, cifras y guiones, de 1 a 40 caracteres',
    'a name of small letters, digits and dashes, 1 to 40 characters long',
  ),
  text: both('un texto', 'a text'),
  map: both('un mapa de campos con nombre, uno por línea', 'named fields, one a line'),
  list: both('una lista', 'a list'),
  truth: both('true o false', 'true or false'),
  oneOf: (values: readonly string[]): Text => both(`uno de: ${values.join(', ')}`, `one of: ${values.join(', ')}`),
  items: (least: number, most: number): Text =>
    both(
      least === most ? `${least} elementos` : `entre ${least} y ${most} elementos`,
      least === most ? `${least} items` : `from ${least} to ${most} items`,
    ),
  something: both('un valor válido', 'a valid value'),
  atLeast: (field: string, value: number): Text =>
    both(`un número no menor que ${field} (${value})`, `a number not less than ${field} (${value})`),
  ascending: both('tiempos en orden creciente', 'times in ascending order'),
  onlyOne: both('o bien `to` o bien `journey`', 'either `to` or `journey`'),
};

/** What is wrong. */
/** In Spanish, what the parser says of the slips that people make. */
const reasons: Readonly<Record<string, string>> = {
  BAD_INDENT: 'la sangría no encaja, o falta la llave o el corchete que cierra',
  BLOCK_AS_IMPLICIT_KEY: 'hay dos pares `clave: valor` en una línea, o una línea con sangría de más',
  BLOCK_IN_FLOW: 'falta una coma entre las llaves o los corchetes',
  DUPLICATE_KEY: 'una clave está dos veces',
  MISSING_CHAR: 'falta un carácter: dos puntos, coma, comilla, llave o corchete',
  MULTILINE_IMPLICIT_KEY: 'una clave ocupa más de una línea, o le faltan los dos puntos',
  TAB_AS_INDENT: 'hay un tabulador en la sangría; se escribe con espacios',
  UNEXPECTED_TOKEN: 'hay algo que ahí no puede estar',
};

export const told = {
  missing: (field: string, should: Text): Text =>
    both(`falta ${field}: se espera ${should.es}`, `${field} is missing: expected ${should.en}`),
  wrong: (field: string, found: string, should: Text): Text =>
    both(`${field}: se espera ${should.es}, y pone ${found}`, `${field}: expected ${should.en}, found ${found}`),
  unknown: (field: string, known: readonly string[]): Text =>
    both(
      `${field} no es un campo de aquí; los que hay: ${known.join(', ')}`,
      `${field} is not a field here; those there are: ${known.join(', ')}`,
    ),
  noSuch: (field: string, found: string, known: readonly string[]): Text =>
    both(
      `${field}: no hay nada que se llame ${found}; lo que hay: ${known.join(', ')}`,
      `${field}: nothing is called ${found}; what there is: ${known.join(', ')}`,
    ),
  /** @param code the parser's name for what is wrong, @param why its English words for it */
  notYaml: (why: string, code = ''): Text =>
    both(`no es YAML válido: ${reasons[code] ?? why}`, `this is not valid YAML: ${why}`),
  tooMuch: (arrivals: number, most: number): Text =>
    both(
      `arrivals: serían unas ${arrivals} llegadas; como mucho ${most} (menos tiempo o menos por segundo)`,
      `arrivals: this would be about ${arrivals} arrivals; at most ${most} (less time or fewer a second)`,
    ),
};
