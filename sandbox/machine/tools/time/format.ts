// biome-ignore-all lint/style/noRestrictedGlobals: moments that are given, not the present one
// Moments as date, stat, ls and find write them. The machine's locale is C, its time UTC unless `TZ` says otherwise.

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const DAY = 86_400_000;

/** strftime with GNU date's additions: flags `-`, `_`, `0`, `^`, `#` and a width. `offset`: minutes east of UTC, `name`: of the zone. */
export function formatTime(format: string, ms: number, offset = 0, name = usualName(offset)): string {
  const at = new Date(ms + offset * 60_000);
  return format.replaceAll(
    /%([-_0^#]*)(\d*)(:{0,3}[a-zA-Z%+])/g,
    (whole, flags: string, width: string, letter: string) => {
      const found = part(letter, at, ms, offset, name, width);
      if (found === undefined) return whole;
      let { text } = found;
      const pad = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : found.pad;
      const size = flags.includes('-') ? 0 : Math.max(Number(width), found.width);
      if (pad !== undefined) text = text.padStart(size, pad);
      else if (width !== '' && letter !== 'N') text = text.padStart(Number(width));
      if (flags.includes('^')) text = text.toUpperCase();
      if (flags.includes('#')) text = letter === 'p' || letter === 'Z' ? text.toLowerCase() : text.toUpperCase();
      return text;
    },
  );
}

interface Part {
  readonly text: string;
  readonly width: number;
  /** What fills a number; absent for words. */
  readonly pad?: string;
}

function part(letter: string, at: Date, ms: number, offset: number, name: string, width: string): Part | undefined {
  const number = (value: number, size: number, pad = '0'): Part => ({ text: String(value), width: size, pad });
  const word = (text: string): Part => ({ text, width: 0 });
  const again = (format: string): Part => word(formatTime(format, ms, offset, name));
  const hour = at.getUTCHours();
  const year = at.getUTCFullYear();
  const weekday = at.getUTCDay();
  const yearDay = Math.floor((Date.UTC(year, at.getUTCMonth(), at.getUTCDate()) - Date.UTC(year, 0, 1)) / DAY);
  switch (letter) {
    case '%':
      return word('%');
    case 'n':
      return word('\n');
    case 't':
      return word('\t');
    case 'a':
      return word((days[weekday] as string).slice(0, 3));
    case 'A':
      return word(days[weekday] as string);
    case 'b':
    case 'h':
      return word((months[at.getUTCMonth()] as string).slice(0, 3));
    case 'B':
      return word(months[at.getUTCMonth()] as string);
    case 'c':
      return again('%a %b %e %H:%M:%S %Y');
    case 'C':
      return number(Math.floor(year / 100), 2);
    case 'd':
      return number(at.getUTCDate(), 2);
    case 'D':
    case 'x':
      return again('%m/%d/%y');
    case 'e':
      return number(at.getUTCDate(), 2, ' ');
    case 'F':
      return again('%Y-%m-%d');
    case 'g':
      return number(isoWeek(at).year % 100, 2);
    case 'G':
      return number(isoWeek(at).year, 4);
    case 'H':
      return number(hour, 2);
    case 'I':
      return number(hour % 12 || 12, 2);
    case 'j':
      return number(yearDay + 1, 3);
    case 'k':
      return number(hour, 2, ' ');
    case 'l':
      return number(hour % 12 || 12, 2, ' ');
    case 'm':
      return number(at.getUTCMonth() + 1, 2);
    case 'M':
      return number(at.getUTCMinutes(), 2);
    case 'N': {
      const digits = `${String(((ms % 1000) + 1000) % 1000).padStart(3, '0')}000000`;
      return word(width === '' ? digits : digits.slice(0, Number(width)));
    }
    case 'p':
      return word(hour < 12 ? 'AM' : 'PM');
    case 'P':
      return word(hour < 12 ? 'am' : 'pm');
    case 'q':
      return number(Math.floor(at.getUTCMonth() / 3) + 1, 1);
    case 'r':
      return again('%I:%M:%S %p');
    case 'R':
      return again('%H:%M');
    case 's':
      return number(Math.floor(ms / 1000), 1);
    case 'S':
      return number(at.getUTCSeconds(), 2);
    case 'T':
    case 'X':
      return again('%H:%M:%S');
    case 'u':
      return number(weekday || 7, 1);
    case 'U':
      return number(Math.floor((yearDay + 7 - weekday) / 7), 2);
    case 'V':
      return number(isoWeek(at).week, 2);
    case 'w':
      return number(weekday, 1);
    case 'W':
      return number(Math.floor((yearDay + 7 - ((weekday + 6) % 7)) / 7), 2);
    case 'y':
      return number(year % 100, 2);
    case 'Y':
      return number(year, 4);
    case 'z':
      return word(zone(offset, ''));
    case ':z':
      return word(zone(offset, ':'));
    case 'Z':
      return word(name);
    default:
      return undefined;
  }
}

function usualName(offset: number): string {
  return offset === 0 ? 'UTC' : zone(offset, '').replace(/00$/, '');
}

/** ISO 8601: a week belongs to the year of its Thursday. */
function isoWeek(at: Date): { readonly year: number; readonly week: number } {
  const thursday = new Date(
    Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 4 - (at.getUTCDay() || 7)),
  );
  const year = thursday.getUTCFullYear();
  return { year, week: Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY)) + 1 };
}

function zone(offset: number, between: string): string {
  const size = Math.abs(offset);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${between}${two(size % 60)}`;
}
