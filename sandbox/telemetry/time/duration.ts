const units = [
  ['y', 31_536_000_000],
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

const shape = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/**
 * A duration as Prometheus and Alertmanager write it (`1h30m`, `5m`, `0`) in ms; undefined when it is none.
 * Prometheus, "Configuration", placeholder `<duration>`.
 */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const match = text === '' ? null : shape.exec(text);
  if (match === null) return undefined;
  const ms = units.reduce((sum, [, size], index) => sum + Number(match[index + 1] ?? 0) * size, 0);
  // Go keeps nanoseconds in 63 bits.
  return ms <= 9_223_372_036_854 ? ms : undefined;
}

/** The shortest text of that form: years and weeks only where nothing is left over, as Prometheus does. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  let left = Math.abs(ms);
  let text = ms < 0 ? '-' : '';
  for (const [unit, size] of units) {
    const isWhole = left % size === 0;
    if (left < size || (!isWhole && (unit === 'y' || unit === 'w' || unit === 'd'))) continue;
    text += `${Math.floor(left / size)}${unit}`;
    left %= size;
  }
  return text;
}
