// What `time` says. Source: bash 5.2, execute_cmd.c (print_formatted_time) and its manual, TIMEFORMAT.
import type { State } from './just-bash.ts';

const USUAL = '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS';
const POSIX = 'real %2R\nuser %2U\nsys %2S';

/** @param ms how long it took, in simulated time; nothing here takes time of a processor. */
export function timeReport({ env }: State, ms: number, isPosix: boolean): string {
  const format = isPosix ? POSIX : (env.get('TIMEFORMAT') ?? USUAL);
  if (format === '') return '';
  const shown = format.replaceAll(
    /%(?:%|(\d?)(l?)([RUS])|P)/g,
    (whole, digits: string, long: string, which?: string) => {
      if (which === undefined) return whole === '%%' ? '%' : '0.00';
      return duration(which === 'R' ? ms / 1000 : 0, Math.min(Number(digits || 3), 3), long !== '');
    },
  );
  return `${shown}\n`;
}

function duration(seconds: number, digits: number, isLong: boolean): string {
  const shift = 10 ** digits;
  const whole = Math.trunc(seconds * shift) / shift;
  return isLong ? `${Math.floor(whole / 60)}m${(whole % 60).toFixed(digits)}s` : whole.toFixed(digits);
}
