// Words that do not belong: of one region only, calques, and filler that says nothing.
import type { Language } from './lesson.ts';

/** A pattern for a whole word or phrase, and what to write. */
const unwanted: Readonly<Record<Language, readonly (readonly [string, string])[]>> = {
  es: [
    ['vosotr[oa]s|vuestr[oa]s?|os', 'tú'],
    ['(?:pod|quer|sab|hac|ten|deb)(?:áis|éis)|sois|habéis|vais', 'tú'],
    ['vos|sos|(?:ten|pod|quer|sab|hac|deb)és', 'tú'],
    ['ustedes?', 'tú'],
    ['ordenador(?:es)?|computador(?:a|es|as)?', 'máquina, equipo'],
    ['ficheros?', 'archivo'],
    ['celular(?:es)?', 'teléfono'],
    ['coges?|cogen?|coger|cogid[oa]s?|cogiendo', 'tomar, elegir'],
    ['ahorita|chévere|guay|laburos?|chamba|curro|mola|padrísim[oa]', 'una palabra que se entienda en todas partes'],
    ['che(?:c|que)ar|che(?:c|que)as?|che(?:c|que)an', 'comprobar'],
    ['aparcar|aparcamiento|parquear', 'estacionar'],
    [
      'deployar|pushear|commitear|mergear|clickear|testear|buguead[oa]|randoms?',
      'el verbo español, o el término del oficio en cursiva',
    ],
    ['librerías?', 'biblioteca'],
    ['remover|removid[oa]s?', 'quitar, borrar'],
    ['accesar|customizar|inicializar', 'entrar, adaptar, preparar'],
    ['eventualmente', 'al final, tarde o temprano'],
    ['simplemente|básicamente|obviamente|evidentemente|por supuesto|lógicamente|sencillamente', 'nada: sobra'],
    [
      'cabe (?:destacar|mencionar|señalar)|es importante (?:destacar|mencionar|señalar)|como puedes ver|hoy en día',
      'nada: sobra',
    ],
    ['potentes?|robust[oa]s?|innovador(?:a|es|as)?', 'lo que hace'],
  ],
  en: [
    ['simply|basically|obviously|of course|easily|clearly|actually', 'nothing: it can go'],
    ['in order to', 'to'],
    [
      '(?:please )?note that|it is important to note|as you can see|needless to say|at the end of the day',
      'nothing: it can go',
    ],
    ['utili[sz]e[sd]?|leverag(?:e|es|ed|ing)', 'use'],
    ['delve|dive into|deep dive|seamless(?:ly)?|cutting[- ]edge|game[- ]changer|robust|powerful', 'what it does'],
    ['gonna|wanna|y’all|guys', 'plain English'],
  ],
};

const patterns: Readonly<Record<Language, readonly (readonly [RegExp, string])[]>> = {
  es: unwanted.es.map(([words, instead]) => [whole(words), instead]),
  en: unwanted.en.map(([words, instead]) => [whole(words), instead]),
};

function whole(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_./-])(?:${words})(?![\\p{L}\\p{N}_/-])`, 'giu');
}

/** What of a text does not belong: `'fichero': write archivo`. Code in backticks is not looked at. */
export function unwantedIn(text: string, language: Language): readonly string[] {
  const prose = text.replaceAll(/`[^`]*`/g, ' ');
  return patterns[language].flatMap(([pattern, instead]) =>
    [...prose.matchAll(pattern)].map(([found]) => `'${found}': write ${instead}`),
  );
}
