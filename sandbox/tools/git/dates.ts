// Times as git writes them.
import { type Person, zone } from '../../forge/git/index.ts';

export const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
export const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
export const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Git's own form: `Mon Mar 2 09:00:00 2026 +0000`. */
export function dateOf({ timestamp, timezoneOffset }: Pick<Person, 'timestamp' | 'timezoneOffset'>): string {
  const { year, month, day, weekday, time } = calendar(timestamp - timezoneOffset * 60);
  return `${days[weekday]} ${months[month - 1]} ${day} ${time} ${year} ${zone(timezoneOffset)}`;
}

/** The day of a number of seconds since 1970 (Howard Hinnant's civil_from_days). */
export function calendar(seconds: number) {
  const dayNumber = Math.floor(seconds / 86400);
  const z = dayNumber + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const rest = seconds - dayNumber * 86400;
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    year,
    month,
    day,
    hour: Math.floor(rest / 3600),
    weekday: (((dayNumber + 4) % 7) + 7) % 7,
    time: `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`,
  };
}
