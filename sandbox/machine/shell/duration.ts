/** GNU sleep's and timeout's: a number with an optional unit s, m, h or d. ms, or undefined when it is none. */
export function milliseconds(text: string): number | undefined {
  const [, number, unit = 's'] = /^(\d+\.?\d*|\.\d+)([smhd])?$/.exec(text) ?? [];
  if (number === undefined) return undefined;
  return Number(number) * { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 's' | 'm' | 'h' | 'd'];
}
