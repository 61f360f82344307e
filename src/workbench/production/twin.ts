// A chart as one sentence and as a table: its text twin. Pure.
import type { Unit } from '../../../sandbox/hosts/protocol.ts';
import type { Language } from '../parts.ts';
import { timeText, valueText } from './units.ts';
import type { ProductionSay } from './words.ts';

export interface NamedLine {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

interface Range {
  readonly low: number;
  readonly high: number;
  readonly last: number;
}

function rangeOf(values: ArrayLike<number>): Range | undefined {
  let [low, high, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    last = value;
  }
  return Number.isNaN(last) ? undefined : { low, high, last };
}

/** How many lines one sentence tells of. */
const told = 4;

/** `p95: 230 ms now, from 180 ms to 1.2 s. …` */
export function sentenceOf(lines: readonly NamedLine[], unit: Unit, language: Language, say: ProductionSay): string {
  const parts = lines.flatMap(({ name, values }) => {
    const range = rangeOf(values);
    if (range === undefined) return [];
    const words = Object.fromEntries(
      Object.entries(range).map(([key, value]) => [key, valueText(value, unit, language)]),
    ) as Record<keyof Range, string>;
    const line = range.low === range.high ? say('steady', words) : say('ranges', words);
    return [name === '' ? line : `${name}: ${line}`];
  });
  if (parts.length === 0) return say('nothingYet');
  const more = parts.length > told ? ` ${say('moreLines', { n: parts.length - told })}` : '';
  return `${parts.slice(0, told).join('; ')}.${more}`;
}

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** At most `most` moments, evenly spread, the last one among them; newest first. */
export function tableOf(
  lines: readonly NamedLine[],
  { start, step, count }: { readonly start: number; readonly step: number; readonly count: number },
  unit: Unit,
  language: Language,
  most = 24,
): Table {
  const stride = Math.max(1, Math.ceil(count / most));
  const rows: string[][] = [];
  for (let at = count - 1; at >= 0; at -= stride)
    rows.push([
      timeText(start + at * step, step % 60_000 !== 0),
      ...lines.map(({ values }) => valueText(values[at], unit, language)),
    ]);
  return { head: lines.map(({ name }) => name), rows };
}
