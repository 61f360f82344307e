import { byteWord, defineTool, fromByteText, misuse, ToolEnd } from '../tool.ts';
import { allLines } from './all-lines.ts';

type Section = 'header' | 'body' | 'footer';

const keys = { header: 'h', body: 'b', footer: 'f' } as const;

/** GNU nl: numbers by section; a line of delimiters alone begins one. */
export const nl = defineTool({
  name: 'nl',
  summary: { es: 'numera líneas', en: 'numbers lines' },
  synopsis: '[OPTION]... [FILE]...',
  options:
    'b|body-numbering= d|section-delimiter= f|footer-numbering= h|header-numbering= i|line-increment= l|join-blank-lines= n|number-format= p|no-renumber s|number-separator= v|starting-line-number= w|number-width=',
  counts: { w: ['line number field width', 1, 2 ** 31], l: ['line number of blank lines', 1] },
  run(given, io) {
    const styleOf = (section: Section): string => {
      const style = given.value(keys[section]) ?? (section === 'body' ? 't' : 'n');
      if (!/^(?:[atn]$|p)/.test(style)) throw misuse(`invalid ${section} numbering style: ‘${style}’`);
      return style;
    };
    const styles = { header: styleOf('header'), body: styleOf('body'), footer: styleOf('footer') };
    const format = given.value('n') ?? 'rn';
    if (!/^(?:ln|rn|rz)$/.test(format)) throw misuse(`invalid line numbering format: ‘${format}’`);
    const integer = (key: string, what: string): number => {
      const text = given.value(key) ?? '1';
      if (!/^[-+]?\d+$/.test(text)) throw new ToolEnd(`invalid ${what}: ‘${text}’`);
      return Number(text);
    };
    const first = integer('v', 'starting line number');
    const step = integer('i', 'line number increment');
    const width = Number(given.value('w') ?? 6);
    const separator = byteWord(given.value('s') ?? '\t');
    const mark = byteWord(given.value('d') ?? '')
      .padEnd(2, '\0')
      .replace(/^\0/, '\\')
      .replace(/\0$/, ':');
    const join = Number(given.value('l') ?? 1);
    const { lines, failed } = allLines('nl', given.operands, io);
    let section: Section = 'body';
    let number = first;
    let blanks = 0;
    const out = lines.map((line) => {
      const begun = ([3, 2, 1] as const).find((times) => line === mark.repeat(times));
      if (begun !== undefined) {
        section = ({ 3: 'header', 2: 'body', 1: 'footer' } as const)[begun];
        if (!given.has('p')) number = first;
        return '\n';
      }
      const style = styles[section];
      blanks = line === '' ? blanks + 1 : 0;
      const isNumbered =
        style === 'a'
          ? line !== '' || blanks % join === 0
          : (style === 't' && line !== '') || (style.startsWith('p') && new RegExp(style.slice(1)).test(line));
      if (!isNumbered) return `${' '.repeat(width + separator.length)}${line}\n`;
      const text = String(number);
      number += step;
      const shown = format === 'ln' ? text.padEnd(width) : text.padStart(width, format === 'rz' ? '0' : ' ');
      return `${shown}${separator}${line}\n`;
    });
    io.stdout(fromByteText(out.join('')));
    return failed ? 1 : 0;
  },
});
