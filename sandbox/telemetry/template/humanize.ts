// Numbers for people, as the functions of Prometheus' templates write them.
import { civilOf } from '../promql/civil.ts';
import { formatG } from '../promql/format-number.ts';

const four = (value: number): string => formatG(value, 4);

function scaled(value: number, by: number, big: string, small: string): string {
  let rest = value;
  let prefix = '';
  if (Math.abs(value) >= 1) {
    for (const letter of big.split(' ')) {
      if (Math.abs(rest) < by) break;
      prefix = letter;
      rest /= by;
    }
  } else {
    for (const letter of small) {
      if (Math.abs(rest) >= 1) break;
      prefix = letter;
      rest *= by;
    }
  }
  return four(rest) + prefix;
}

export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return four(value);
  return scaled(value, 1000, 'k M G T P E Z Y', 'munpfazy');
}

export function humanize1024(value: number): string {
  if (Math.abs(value) <= 1 || !Number.isFinite(value)) return four(value);
  return scaled(value, 1024, 'ki Mi Gi Ti Pi Ei Zi Yi', '');
}

export function humanizePercentage(value: number): string {
  return `${four(value * 100)}%`;
}

/** @param value seconds */
export function humanizeDuration(value: number): string {
  if (!Number.isFinite(value)) return four(value);
  if (value === 0) return `${four(value)}s`;
  if (Math.abs(value) < 1) return `${scaled(value, 1000, '', 'munpfazy')}s`;
  const sign = value < 0 ? '-' : '';
  const size = Math.abs(value);
  const whole = Math.trunc(size);
  const [seconds, minutes, hours, days] = [
    whole % 60,
    Math.trunc(whole / 60) % 60,
    Math.trunc(whole / 3600) % 24,
    Math.trunc(whole / 86_400),
  ];
  if (days !== 0) return `${sign}${days}d ${hours}h ${minutes}m ${seconds}s`;
  if (hours !== 0) return `${sign}${hours}h ${minutes}m ${seconds}s`;
  if (minutes !== 0) return `${sign}${minutes}m ${seconds}s`;
  return `${sign}${four(size)}s`;
}

/** @param value seconds since 1970 */
export function humanizeTimestamp(value: number): string {
  if (!Number.isFinite(value)) return four(value);
  const two = (part: number): string => String(part).padStart(2, '0');
  const ms = Math.round(value * 1000);
  const { year, month, day, hour, minute, second } = civilOf(ms / 1000);
  const rest = ((ms % 1000) + 1000) % 1000;
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`;
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}${fraction} +0000 UTC`;
}
