import type { Words } from '../words.ts';

const limits: Readonly<Record<string, Words>> = {
  commands: { es: 'demasiadas órdenes seguidas', en: 'too many commands in a row' },
  iterations: { es: 'un bucle dio demasiadas vueltas', en: 'a loop went round too many times' },
  recursion: { es: 'una función se llamó a sí misma demasiadas veces', en: 'a function called itself too many times' },
  output_size: { es: 'demasiado texto de salida', en: 'too much output' },
  string_length: { es: 'un texto demasiado largo', en: 'a text that is too long' },
  array_elements: { es: 'una lista demasiado larga', en: 'a list that is too long' },
};

/** What the learner reads when a limit stopped what they ran. */
export function limitWords(limit: string): Words {
  const { es, en } = limits[limit] ?? { es: `límite «${limit}»`, en: `limit “${limit}”` };
  return {
    es: `[La máquina lo detuvo: ${es}. Busca un bucle que no acaba; tus archivos están a salvo.]`,
    en: `[The machine stopped it: ${en}. Look for a loop that never ends; your files are safe.]`,
  };
}

export const interruptWords: Words = { es: 'interrumpido', en: 'interrupted' };
