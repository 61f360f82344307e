/** A seeded source of chance. The same seed gives the same numbers in every JavaScript engine (32-bit integer arithmetic only). */
export interface Random {
  /** A number in [0, 1) with 32 bits of resolution. */
  next(): number;
  /** An integer in [low, high], both included. */
  integer(low: number, high: number): number;
  /** What is needed to go on from here with `resumeRandom`. */
  state(): RandomState;
}

export type RandomState = readonly [number, number, number, number];

/** sfc32 by Chris Doty-Humphrey (PractRand), seeded from the text by 32-bit FNV-1a with a different offset for each word. */
export function createRandom(seed: string): Random {
  const random = resumeRandom([hash(seed, 0), hash(seed, 1), hash(seed, 2), 1]);
  for (let i = 0; i < 12; i++) random.next();
  return random;
}

export function resumeRandom(state: RandomState): Random {
  let [a, b, c, counter] = state;
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  const next = (): number => word() / 2 ** 32;
  return {
    next,
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    state: () => [a, b, c, counter],
  };
}

function hash(text: string, salt: number): number {
  let value = (0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1)) | 0;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value | 0;
}
