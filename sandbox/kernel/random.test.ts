import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom, type Random, resumeRandom } from './random.ts';

/** 32-bit FNV-1a in exact arithmetic, as its authors describe it. */
function fnv1a(text: string, offset = 0x811c9dc5n): number {
  let value = offset;
  for (const byte of new TextEncoder().encode(text)) value = ((value ^ BigInt(byte)) * 0x01000193n) & 0xffffffffn;
  return Number(value);
}

/** Pearson's statistic for counts that should all be equal. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function countInto(buckets: number, draws: number, draw: () => number): number[] {
  const counts = new Array<number>(buckets).fill(0);
  for (let i = 0; i < draws; i++) {
    const bucket = draw();
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}

const words = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.next() * 2 ** 32);

describe('a stream of chance', () => {
  test('is sfc32: the same words as the algorithm in C, compiled by gcc, from the state 1, 2, 3, 1', () => {
    expect(words(resumeRandom([1, 2, 3, 1]), 20)).toEqual([
      4, 31, 56623170, 132259135, 3317874561, 1410031969, 1873638350, 4016548663, 3104202574, 1621234736, 3321213350,
      2433413257, 1936341825, 3001364500, 1029104839, 3987121759, 92551270, 1122162139, 24194941, 3548292025,
    ]);
  });

  test('takes its first state from the FNV-1a hash of the seed', () => {
    // Two of the published vectors of the hash stand for the arithmetic of this test's own copy.
    expect(fnv1a('a')).toBe(0xe40c292c);
    expect(fnv1a('foobar')).toBe(0xbf9cf968);
    const offset = (salt: bigint) => 0x811c9dc5n ^ ((salt * 0x9e3779b1n) & 0xffffffffn);
    const [a, b, c] = [0n, 1n, 2n].map((salt) => fnv1a('foobar', offset(salt)));
    const reference = resumeRandom([a ?? 0, b ?? 0, c ?? 0, 1]);
    words(reference, 12);
    expect(words(createRandom('foobar'), 5)).toEqual(words(reference, 5));
  });

  test('goes on from its state as if nothing had happened', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(200), (seed, before) => {
        const random = createRandom(seed);
        words(random, before);
        const resumed = resumeRandom(structuredClone(random.state()));
        expect(words(resumed, 20)).toEqual(words(random, 20));
      }),
    );
  });

  test('stays in [0, 1) and fills it evenly', () => {
    const random = createRandom('evenness');
    const counts = countInto(100, 100_000, () => Math.floor(random.next() * 100));
    // 99 degrees of freedom: 66.5 to 139 is the middle 99 %.
    expect(counts).toHaveLength(100);
    expect(chiSquare(counts)).toBeGreaterThan(66.5);
    expect(chiSquare(counts)).toBeLessThan(139);
  });

  test('gives integers from both ends and all between, evenly', () => {
    const random = createRandom('dice');
    const counts = countInto(7, 60_000, () => random.integer(1, 6));
    expect(counts[0]).toBe(0);
    // 5 degrees of freedom, 99 %.
    expect(chiSquare(counts.slice(1))).toBeLessThan(15.09);
  });

  test('has nothing to do with the stream of a neighbouring seed', () => {
    const [one, other] = [createRandom('seed/1'), createRandom('seed/2')];
    const pairs = countInto(100, 100_000, () => Math.floor(one.next() * 10) * 10 + Math.floor(other.next() * 10));
    expect(chiSquare(pairs)).toBeLessThan(139);
  });
});
