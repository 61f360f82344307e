import type { Language, Words } from '../words.ts';

/** A fault of ours does not take the terminal away. */
export function faultWords(message: string): Words {
  return {
    es: `[Ha fallado la máquina, no tú: ${message}. Tus archivos están a salvo.]`,
    en: `[The machine failed, not you: ${message}. Your files are safe.]`,
  };
}

/** Ctrl+D where nothing is typed. */
export const staysWords: Words = {
  es: '[Aquí Ctrl+D no cierra nada: la terminal se queda abierta.]',
  en: '[Ctrl+D closes nothing here: the terminal stays open.]',
};

/** In the pager's last row, from the longest to the shortest: the first that fits is shown. */
export const hintWords: Readonly<Record<Language, readonly string[]>> = {
  es: [
    'espacio: página siguiente · b: anterior · /: buscar · h: ayuda · q: salir',
    'espacio: sigue · q: salir',
    'q: salir',
  ],
  en: ['space: next page · b: back · /: search · h: help · q: quit', 'space: next · q: quit', 'q: quit'],
};

export const notFoundWords: Words = { es: 'No se encontró', en: 'Pattern not found' };

/** The pager's own help. */
export const helpLines: Readonly<Record<Language, readonly string[]>> = {
  es: [
    'Teclas de esta vista',
    '',
    '  q               salir',
    '  espacio  f      página siguiente',
    '  b               página anterior',
    '  d  u            media página abajo, arriba',
    '  ↓ j  ↑ k        una línea abajo, arriba',
    '  g  G            al principio, al final',
    '  /texto          buscar hacia abajo',
    '  ?texto          buscar hacia arriba',
    '  n  N            siguiente, anterior de lo buscado',
    '',
    'Cualquier tecla vuelve al texto.',
  ],
  en: [
    'Keys of this view',
    '',
    '  q               quit',
    '  space  f        next page',
    '  b               page before',
    '  d  u            half a page down, up',
    '  ↓ j  ↑ k        one line down, up',
    '  g  G            to the beginning, to the end',
    '  /text           search downwards',
    '  ?text           search upwards',
    '  n  N            next, previous match',
    '',
    'Any key goes back to the text.',
  ],
};

/** `nano`, `vi` and their like. */
export function editorWords(name: string): Words {
  return {
    es: `${name} no forma parte de este sandbox: «edit ARCHIVO» abre el archivo en el editor de al lado.`,
    en: `${name} is not part of this sandbox: “edit FILE” opens the file in the editor beside this terminal.`,
  };
}

export const noEditorWords: Words = {
  es: 'edit: aquí no hay ningún editor al lado en el que abrirlo',
  en: 'edit: there is no editor beside this terminal to open it in',
};

export const noTerminalWords: Words = {
  es: 'watch: necesita una terminal',
  en: 'watch: needs a terminal',
};
