import type { Words } from '../../words.ts';

/** Programs that are seldom used and come with a part of the engine, with what `help` says of each. */
export const rareSummaries = {
  b2sum: { es: 'suma de verificación BLAKE2 de archivos', en: 'BLAKE2 checksum of files' },
  bc: { es: 'calculadora', en: 'calculator' },
  csplit: { es: 'parte un archivo donde lo dicen sus líneas', en: 'cuts a file where its lines say so' },
  getopt: { es: 'pone en orden las opciones de un script', en: 'puts the options of a script in order' },
  hexdump: { es: 'muestra bytes en hexadecimal', en: 'shows bytes as hexadecimal' },
  iconv: { es: 'pasa texto de una codificación a otra', en: 'turns text from one encoding into another' },
  killall: { es: 'termina procesos por su nombre entero', en: 'ends processes by their whole name' },
  od: { es: 'muestra bytes en octal, hexadecimal o letras', en: 'shows bytes in octal, hexadecimal or letters' },
  pidof: { es: 'da los números de los procesos de un programa', en: 'gives the numbers of the processes of a program' },
  pr: { es: 'reparte texto en páginas y columnas', en: 'lays text out in pages and columns' },
  sdiff: { es: 'muestra dos archivos lado a lado', en: 'shows two files side by side' },
  sum: { es: 'suma de verificación de BSD de archivos', en: 'BSD checksum of files' },
  tsort: { es: 'ordena lo que depende de otra cosa', en: 'puts in order what depends on something else' },
  unzip: { es: 'saca archivos de un .zip', en: 'takes files out of a .zip' },
  who: { es: 'dice quién está en la máquina', en: 'tells who is on the machine' },
  xxd: { es: 'muestra bytes en hexadecimal, y al revés', en: 'shows bytes as hexadecimal, and back' },
  zip: { es: 'reúne y comprime archivos en un .zip', en: 'keeps and compresses files in a .zip' },
} satisfies Record<string, Words>;
