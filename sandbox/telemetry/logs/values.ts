// Values with units, as label filters and `unwrap` compare them.

const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};
const longer: Readonly<Record<string, number>> = { d: 86_400, w: 604_800, y: 31_536_000 };

/** Seconds of a duration as Go reads it (`1h30m`, `0.5s`); with `isLiteral` also days, weeks and years, as in a query. */
export function parseSeconds(text: string, isLiteral = false): number | undefined {
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (body === '0') return 0;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)[a-zµμ]+)+$/.test(body)) return undefined;
  let seconds = 0;
  for (const [, amount, unit = ''] of body.matchAll(/(\d+\.?\d*|\.\d+)([a-zµμ]+)/g)) {
    const size = Object.hasOwn(nanoseconds, unit)
      ? nanoseconds[unit]
      : isLiteral && Object.hasOwn(longer, unit)
        ? longer[unit]
        : undefined;
    if (size === undefined) return undefined;
    seconds += Number(amount) * size;
  }
  return sign === '-' ? -seconds : seconds;
}

const powers = ['', 'k', 'm', 'g', 't', 'p', 'e'];

/** Bytes of a size: `42MB` is 42,000,000, `1.5KiB` 1,536. */
export function parseBytes(text: string): number | undefined {
  const [, amount, prefix = '', binary] =
    /^(\d+\.?\d*|\.\d+)\s*([kmgtpe]?)(i?)b?$/i.exec(text.replaceAll(',', '')) ?? [];
  if (amount === undefined || (binary !== '' && prefix === '')) return undefined;
  return Math.trunc(Number(amount) * (binary === '' ? 1000 : 1024) ** powers.indexOf(prefix.toLowerCase()));
}

/** A floating-point number as Go reads it. */
export function parseFloatText(text: string): number | undefined {
  if (/^[+-]?(?:inf|infinity)$/i.test(text))
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}
