// Whether the message of a commit says what the commit achieves.
import type { Commit, Repository, Words } from '../../sandbox/checks/index.ts';
import { BESIDE } from './origin.ts';

/** Words of a message that are true of any change here: `fix`, `wip`, `service`, `step`; `arreglo`, `cambios`, `tarea`. */
const OF_ANY_CHANGE =
  /^(?:wip|works?|in|on|for|with|now|progress|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|homework|fix(?:e[sd]|ing)?|mend(?:s|ed)?|bug(?:s|fix)?|hotfix|issue|error|problem|chang(?:e[sd]?|ing)|updat(?:e[sd]?|ing)|edit(?:s|ed)?|commit|save[ds]?|add(?:s|ed)?|improv(?:e[sd]?|ing)|modif(?:y|ies|ied)|adjust(?:s|ed)?|tweak(?:s|ed)?|refactor(?:s|ed)?|first|last|final|new|small|minor|functions?|logic|method|handler|module|done|ready|stuff|things?|code|files?|seats|app|service|server|program|branch|step|task|exercise|day|the|an?|my|of|to|and|it|this|some|test|chore|feat|lunes|martes|miercoles|jueves|viernes|sabado|domingo|hoy|ayer|trabaj\p{L}*|arregl\p{L}*|corr[ei]\p{L}*|cambi\p{L}*|actualiz\p{L}*|guard\p{L}*|modific\p{L}*|mejor\p{L}*|ajust\p{L}*|refactor\p{L}*|logica|metodo|modulo|prueba|fallo|problema|cosas?|codigo|archivos?|servici\p{L}*|servidor|programa|rama|paso|tarea|ejercicio|nuevo|listo|hecho|dia|primer|ultimo|mi|el|la|los|las|un|una|de|del|y|en|que|por|para|con|ya|ahora|funcion\p{L}*|(\p{L})\1*)$/iu;

/** Stems of the words in which people speak of this change: of searching trips by the town that they leave, in both languages. */
const OF_THIS_CHANGE =
  /^(?:from$|filte?r|search|quer(?:y|ies)|param|trips?$|coach|bus(?:es)?$|town|cit(?:y|ies)$|station|depart|leav|arriv|destin|schedul|timetable|match|region|passenger|travel|journey|route|bus[cq]|consult|viaj|autobus|autocar|coche|trayect|recorrid|rutas?$|horari|pueblo|ciudad|localidad|parada|estacion|sal(?:e|en|es|ga|gan|ida|idas|ir|iendo)$|partid|origen|origin$|comprador|clientes?$|buyers?$|customers?$|lleg|coincid|pasajer|sierra|alba$|puerto$|molinos$)/;

/** What all of `seats` is about: by itself it says nothing of one change. */
const OF_THE_SERVICE = /^(?:trip|viaje|asiento)s?$/;

/** What says of the one thing that is named what has become of it: it works, or it is there. “Update” does not. */
const BECAME = /^(?:fix|mend|correct|repair|works?$|adds?$|added$|arregl|corrig|corre[cg]|repar|funciona$)/;

/** Where `from` is the word of every day, and not the filter: “changes from today”. */
const FROM_OF_EVERY_DAY =
  /\bfrom (?:the|my|our|an?|this|that|last|yesterday|here|me|us|home|work|scratch|main|git|class|lesson|step|\w*day)\b/g;

/** The branch's name as it is written, or without its kind: “Fix from filter” is a sentence. */
const NAME_OF_THE_BRANCH = /^(?:fix[/-])?from[ -]filter$/i;

/** Words of the language JavaScript: they stand in every program. */
const KEYWORD =
  /^(?:const|let|var|function|return|if|else|for|of|in|new|null|undefined|true|false|import|export|from|default|async|await)$/;

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');

/** The words of a text; a name of a program is several: `byDeparture`. */
const wordsOf = (text: string): readonly string[] =>
  folded(text.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 '))
    .toLowerCase()
    .match(/\p{L}+/gu) ?? [];

/** What keeps a message from saying what its commit achieves: it would fit any other, is the branch's name, speaks of something else, is too short or only says where; or undefined. */
export async function saysNothing(origin: Repository, commit: Commit): Promise<Words | undefined> {
  // `fix(search): …` says which kind of change it is; what it achieves comes after.
  const message = commit.message.replace(/^\w+(?:\([^)]*\))?!?: /, '');
  const said = commit.changed.reduce((text, path) => text.replaceAll(path, ' '), message);
  const words = wordsOf(said);
  const own = words.filter((word) => !OF_ANY_CHANGE.test(word));
  if (own.every((word) => OF_THE_SERVICE.test(word)))
    return { es: 'que vale para cualquier cambio', en: 'which would do for any change' };
  if (NAME_OF_THE_BRANCH.test(commit.message.trim()))
    return { es: 'que es el nombre de la rama', en: 'which is the name of the branch' };
  const told = wordsOf(said.toLowerCase().replace(FROM_OF_EVERY_DAY, ' ')).filter((word) => !OF_ANY_CHANGE.test(word));
  if (!told.some((word) => OF_THIS_CHANGE.test(word))) {
    const names = await newNames(origin, commit);
    if (!told.some((word) => names.has(word)))
      return { es: 'que no nombra nada de lo que cambia', en: 'which names nothing of what it changes' };
  }
  if (words.length < 3 && own.length < 2)
    return { es: 'que es muy poco para decirlo', en: 'which is too little to say it' };
  const isNamed = own.filter((word) => !OF_THE_SERVICE.test(word)).length >= 2;
  return isNamed || words.length < 3 || words.some((word) => BECAME.test(word))
    ? undefined
    : { es: 'que dice dónde, y no qué se consigue', en: 'which says where, and not what comes of it' };
}

/** Words of the names in the lines that a commit brings to programs. */
async function newNames(origin: Repository, { id, changed }: Commit): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const path of changed) {
    if (BESIDE.test(path)) continue;
    const before = new Set((await origin.read('refs/heads/main', path))?.split('\n'));
    const lines = (await origin.read(id, path))?.split('\n').filter((line) => !before.has(line)) ?? [];
    for (const word of wordsOf(lines.join('\n'))) if (word.length > 2 && !KEYWORD.test(word)) names.add(word);
  }
  return names;
}
