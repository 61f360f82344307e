// What an answer comes to, for the questions that are more than a choice. Pure.

/** How many items stand right from the top on, and the first that does not: `places` are the right places in the order shown. */
export function orderVerdict(places: readonly number[]): {
  readonly right: number;
  readonly firstWrong: number | undefined;
} {
  const firstWrong = places.findIndex((place, index) => place !== index);
  return firstWrong < 0 ? { right: places.length, firstWrong: undefined } : { right: firstWrong, firstWrong };
}

/** A number as people write it, with a decimal point or comma; undefined for what is none. A thousand has no sign of its own. */
export function readNumber(text: string): number | undefined {
  const written = text.trim().replace(',', '.').replace(/^−/, '-');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(written) ? Number(written) : undefined;
}

export interface Range {
  readonly value: number;
  /** How far from it still counts as it. */
  readonly within: number;
}

export type QuantityVerdict =
  | { readonly kind: 'right' | 'low' | 'high' }
  /** A known way to go wrong, by its index. */
  | { readonly kind: 'slip'; readonly slip: number };

export function quantityVerdict(given: number, answer: Range, slips: readonly Range[]): QuantityVerdict {
  if (isWithin(given, answer)) return { kind: 'right' };
  const slip = slips.findIndex((range) => isWithin(given, range));
  if (slip >= 0) return { kind: 'slip', slip };
  return { kind: given < answer.value ? 'low' : 'high' };
}

/** With room for the last binary digit: 0.3 is within 0.1 of 0.2. */
function isWithin(given: number, { value, within }: Range): boolean {
  return Math.abs(given - value) <= within + 1e-9 * Math.max(1, Math.abs(value));
}

/**
 * An order of `count` things to begin with: the same for the same id in every language and build, and never the right one.
 * @returns the things' right places, from top to bottom.
 */
export function startOrder(id: string, count: number): readonly number[] {
  const order = Array.from({ length: count }, (_, place) => place).sort(
    (a, b) => hash(`${id}/${a}`) - hash(`${id}/${b}`) || a - b,
  );
  return order.every((place, index) => place === index) ? [...order.slice(1), ...order.slice(0, 1)] : order;
}

/** FNV-1a, 32 bits, stirred once more so that neighbours part. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (const character of text) sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), 0x01000193);
  sum = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
  return (sum ^ (sum >>> 13)) >>> 0;
}
