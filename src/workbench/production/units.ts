// Values as a person reads them. Pure.
import type { Unit } from '../../../sandbox/hosts/protocol.ts';
import type { Language } from '../parts.ts';

const suffixes: Readonly<Record<Unit, Readonly<Record<Language, string>>>> = {
  number: { es: '', en: '' },
  per_second: { es: '/s', en: '/s' },
  percent: { es: ' %', en: '%' },
  seconds: { es: ' s', en: ' s' },
  bytes: { es: ' B', en: ' B' },
  cost: { es: ' u', en: ' u' },
};

/** `12.3/s`, `450 ms`, `7.1 MB`; '–' where there is no value. */
export function valueText(value: number | undefined, unit: Unit, language: Language): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const inWords = (amount: number, suffix: string): string => `${numberText(amount, language)}${suffix}`;
  if (unit === 'percent') return inWords(value * 100, suffixes.percent[language]);
  if (unit === 'seconds' && Math.abs(value) < 1 && value !== 0) return inWords(value * 1000, ' ms');
  if (unit === 'bytes') {
    const [scale, suffix] = [[1e9, ' GB'] as const, [1e6, ' MB'] as const, [1e3, ' kB'] as const].find(
      ([least]) => Math.abs(value) >= least,
    ) ?? [1, ' B'];
    return inWords(value / scale, suffix);
  }
  return inWords(value, suffixes[unit][language]);
}

function numberText(value: number, language: Language): string {
  const size = Math.abs(value);
  const digits = size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4;
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits, useGrouping: size >= 10_000 }).format(value);
}

/** Simulated time of day, as the machines show it (UTC). */
export function timeText(at: number, withSeconds = false): string {
  return new Date(at).toISOString().slice(11, withSeconds ? 19 : 16);
}

/** `vie 6 mar 17:00`. */
export function momentText(at: number, language: Language): string {
  const day = new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(at);
  return `${day}, ${timeText(at, at % 60_000 !== 0)}`;
}
