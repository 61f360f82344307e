import type { Words } from '../../machine/index.ts';

/** What is wrong with a pattern of branches, tags or paths ("Filter pattern cheat sheet"; git check-ref-format). */
export function globProblem(pattern: string, isPath: boolean): Words | undefined {
  if (pattern === '') return { es: 'Un patrón no puede estar vacío.', en: 'A pattern cannot be empty.' };
  if (pattern === '!') return { es: 'Detrás de «!» tiene que haber un patrón.', en: 'A pattern must follow "!".' };
  if (isPath && pattern !== pattern.trim())
    return { es: 'Una ruta no puede empezar ni acabar con espacios.', en: 'A path cannot begin or end with spaces.' };
  if (isPath && /(^|\/)\.{1,2}(\/|$)/.test(pattern.replace(/^!/, '')))
    return {
      es: 'Las rutas van desde la raíz del repositorio, sin «.» ni «..».',
      en: 'Paths begin at the top of the repository, without "." or "..".',
    };
  const name = pattern.replace(/^!/, '');
  if (!isPath && /^\/|\/$|\.$|\/\//.test(name))
    return {
      es: 'Una rama o etiqueta no empieza ni acaba con «/», ni acaba con «.».',
      en: 'A branch or tag does not begin or end with "/", nor end with ".".',
    };
  for (let index = 0; index < name.length; index++) {
    const sign = name[index] ?? '';
    if ((sign === '+' || sign === '?') && (index === 0 || /[*+?]/.test(name[index - 1] ?? '')))
      return {
        es: `«${sign}» repite el signo de antes, y delante no hay ninguno que se pueda repetir.`,
        en: `"${sign}" repeats the sign before it, and there is none that can be repeated.`,
      };
    if (sign === '\\') {
      if (!isPath && !/[[?+*\\!]/.test(name[index + 1] ?? ''))
        return {
          es: 'La barra «\\» solo va delante de [, ?, +, *, \\ y !.',
          en: 'The sign "\\" stands only before [, ?, +, *, \\ and !.',
        };
      index += 1;
    } else if (sign === '[') {
      const end = name.indexOf(']', index + 1);
      if (end < 0) return { es: 'Falta el «]» que cierra.', en: 'The closing "]" is missing.' };
      const inside = name.slice(index + 1, end);
      if (inside === '') return { es: 'Entre «[» y «]» no hay nada.', en: 'There is nothing between "[" and "]".' };
      if (inside.length === 1)
        return { es: `[${inside}] es lo mismo que ${inside}.`, en: `[${inside}] is the same as ${inside}.` };
      for (const [, from = '', to = ''] of inside.matchAll(/(.)-(.)/g))
        if (from > to)
          return { es: `El intervalo ${from}-${to} va al revés.`, en: `The range ${from}-${to} runs backwards.` };
      index = end;
    } else if (!isPath && /[ ~^:]/.test(sign))
      return { es: `Una rama o etiqueta no puede tener «${sign}».`, en: `A branch or tag cannot hold "${sign}".` };
  }
  return undefined;
}
