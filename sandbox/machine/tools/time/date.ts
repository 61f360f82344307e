import { operandPath } from '../../files/index.ts';
import { defineTool, linesOf, misuse, readInput, ToolEnd, textOf } from '../tool.ts';
import { formatTime } from './format.ts';
import { parseTime } from './parse.ts';
import { zoneOf } from './zones.ts';

const iso: Readonly<Record<string, string>> = {
  '': '%F',
  date: '%F',
  hours: '%FT%H%:z',
  minutes: '%FT%R%:z',
  seconds: '%FT%T%:z',
  ns: '%FT%T,%N%:z',
};

/** GNU date on the machine's clock, which nobody sets. */
export const date = defineTool({
  name: 'date',
  summary: { es: 'muestra la fecha y la hora de la máquina', en: 'shows the date and time of the machine' },
  synopsis: '[OPTION]... [+FORMAT]',
  options:
    'd|date= f|file= I|iso-8601?hours/minutes/date/seconds/ns R|rfc-email rfc-2822 rfc-822 rfc-3339=date/seconds/ns r|reference= u|utc universal debug',
  absent: 's|set= resolution',
  run(given, io) {
    const { kernel, files } = io.machine;
    const [format, extra] = given.operands;
    if (extra !== undefined) throw misuse(`extra operand ‘${extra}’`);
    if (format !== undefined && !format.startsWith('+')) {
      if (given.has('d', 'r', 'f'))
        throw misuse(
          `the argument ‘${format}’ lacks a leading '+';\nwhen using an option to specify date(s), any non-option\nargument must be a format string beginning with '+'`,
        );
      if (/^\d{8}(\d\d)?(\d\d)?(\.\d\d)?$/.test(format)) throw new ToolEnd('cannot set date: Operation not permitted');
      throw new ToolEnd(`invalid date ‘${format}’`);
    }
    const chosen = formatOf(given.order) ?? format?.slice(1) ?? '%a %b %e %H:%M:%S %Z %Y';
    const name = given.has('u', 'universal') ? '' : (io.env.TZ ?? '');
    const zone = zoneOf(name);
    if (zone === undefined) throw new ToolEnd(`time zone ‘${name}’ is not part of this sandbox`);
    const tell = (moment: number): number => {
      const { offset, abbreviation } = zone(moment);
      io.stdout(`${formatTime(chosen, moment, offset, abbreviation)}\n`);
      return 0;
    };
    const show = (text: string): number => {
      const moment = parseTime(text, kernel.now(), zone);
      if (moment !== undefined) return tell(moment);
      io.stderr(`date: invalid date ‘${text}’\n`);
      return 1;
    };
    if (given.has('f'))
      return linesOf(textOf(readInput(given.value('f') ?? '-', io))).lines.reduce(
        (code, line) => show(line) || code,
        0,
      );
    if (given.has('d')) return show(given.value('d') ?? '');
    let moment = kernel.now();
    const reference = given.value('r');
    if (reference !== undefined) {
      const path = operandPath(io.cwd, reference);
      if (!files.exists(path)) throw new ToolEnd(`${reference}: No such file or directory`);
      moment = files.stat(path).mtimeMs;
    }
    return tell(moment);
  },
});

function formatOf(order: readonly (readonly [string, string])[]): string | undefined {
  for (const [key, value] of order) {
    if (key === 'I') {
      const format = iso[value] ?? iso[Object.keys(iso).find((name) => value !== '' && name.startsWith(value)) ?? '?'];
      if (format === undefined)
        throw misuse(
          `invalid argument ‘${value}’ for ‘--iso-8601’\nValid arguments are:\n  - ‘hours’\n  - ‘minutes’\n  - ‘date’\n  - ‘seconds’\n  - ‘ns’`,
        );
      return format;
    }
    if (['R', 'rfc-2822', 'rfc-822'].includes(key)) return '%a, %d %b %Y %T %z';
    if (key === 'rfc-3339') return { date: '%F', seconds: '%F %T%:z', ns: '%F %T.%N%:z' }[value] ?? '%F %T%:z';
  }
  return undefined;
}
