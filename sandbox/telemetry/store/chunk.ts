// A sealed run of samples of one series in as few bytes as its values need.

/** Samples in ascending order of time. Counters of whole numbers take 1 to 4 bytes a sample, others 4 or 8. */
export interface Chunk {
  readonly count: number;
  readonly first: number;
  readonly last: number;
  /** Milliseconds between samples where they are equally far apart, else each sample's distance from the first. */
  readonly times: number | Uint32Array;
  /** Value of the first sample when `values` are distances from it, else 0. */
  readonly base: number;
  /** Undefined where all values equal the base. */
  readonly values: Int8Array | Int16Array | Int32Array | Float32Array | Float64Array | undefined;
}

export function seal(times: readonly number[], values: readonly number[]): Chunk {
  const count = times.length;
  const first = times[0] as number;
  const last = times[count - 1] as number;
  return { count, first, last, times: packTimes(times), ...packValues(values) };
}

function packTimes(times: readonly number[]): number | Uint32Array {
  const first = times[0] as number;
  const step = times.length > 1 ? (times[1] as number) - first : 0;
  if (times.every((time, i) => time === first + i * step)) return step;
  return Uint32Array.from(times, (time) => time - first);
}

function packValues(values: readonly number[]): Pick<Chunk, 'base' | 'values'> {
  const base = values[0] as number;
  let isSame = true;
  let isWhole = true;
  let isSingle = true;
  let far = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (isSame && !Object.is(value, base)) isSame = false;
    // Minus zero and fractions would not come back from a sum of whole numbers.
    if (isWhole && (!Number.isSafeInteger(value) || Object.is(value, -0))) isWhole = false;
    if (isWhole) far = Math.max(far, value < base ? base - value - 1 : value - base);
    if (isSingle && !Object.is(Math.fround(value), value)) isSingle = false;
  }
  if (isSame) return { base, values: undefined };
  if (isWhole && far < 0x80000000) {
    const distances = new (far < 0x80 ? Int8Array : far < 0x8000 ? Int16Array : Int32Array)(values.length);
    for (let at = 0; at < values.length; at++) distances[at] = (values[at] as number) - base;
    return { base, values: distances };
  }
  return { base: 0, values: isSingle ? Float32Array.from(values) : Float64Array.from(values) };
}

export function timeAt(chunk: Chunk, i: number): number {
  return chunk.first + (typeof chunk.times === 'number' ? i * chunk.times : (chunk.times[i] as number));
}

export function valueAt(chunk: Chunk, i: number): number {
  const { base, values } = chunk;
  if (values === undefined) return base;
  // Not base + value for all: 0 + -0 is 0.
  return values instanceof Float64Array || values instanceof Float32Array
    ? (values[i] as number)
    : base + (values[i] as number);
}

/** The index of the first sample after that time, `count` if there is none. */
export function firstAfter(chunk: Chunk, time: number): number {
  let low = 0;
  let high = chunk.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeAt(chunk, middle) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}
