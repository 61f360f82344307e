// `--help` of programs that just-bash brings or that are about the terminal, in the reader's language.

import { helpLines, versionLine } from '../tools/tool.ts';
import type { Words } from '../words.ts';

const texts: ReadonlyMap<string, readonly [summary: Words, synopsis: string, options: string]> = new Map([
  [
    'tee',
    [
      { es: 'copia lo que lee en archivos y en la salida', en: 'copies what it reads to files and to its output' },
      '[OPTION]... [FILE]...',
      'a|append',
    ],
  ],
  [
    'strings',
    [{ es: 'busca textos dentro de un archivo', en: 'finds texts within a file' }, '[OPTION]... [FILE]...', 'n|bytes='],
  ],
  ['which', [{ es: 'dónde está un programa', en: 'where a program is' }, '[-as] NAME...', 'a s']],
  [
    'tree',
    [{ es: 'muestra carpetas como un árbol', en: 'shows folders as a tree' }, '[OPTION]... [FOLDER]...', 'a d f L='],
  ],
  ['less', [{ es: 'muestra un texto página a página', en: 'shows a text page by page' }, '[FILE]...', '']],
  ['more', [{ es: 'muestra un texto página a página', en: 'shows a text page by page' }, '[FILE]...', '']],
  [
    'watch',
    [
      { es: 'repite una orden y muestra lo que da', en: 'repeats a command and shows what it gives' },
      '[OPTION]... COMMAND',
      'n|interval= t|no-title g|chgexit',
    ],
  ],
]);

const versions: ReadonlyMap<string, string | undefined> = new Map([
  ['tee', undefined],
  ['more', 'util-linux 2.38.1'],
  ['watch', 'procps-ng 4.0.2'],
  ['strings', '=GNU strings (GNU Binutils for Debian) 2.40'],
]);

/** Undefined for programs that tell it themselves. */
export function versionText(name: string): string | undefined {
  return versions.has(name) ? `${versionLine(name, versions.get(name))}\n` : undefined;
}

/** Undefined for programs that tell it themselves. */
export function helpText(name: string, language: keyof Words, columns = 80): string | undefined {
  const [summary, synopsis, options] = texts.get(name) ?? [];
  if (summary === undefined || synopsis === undefined || options === undefined) return undefined;
  return helpLines({ name, summary, synopsis, options }, language, columns);
}
