import { createRandom } from '../../kernel/index.ts';
import { exp, exponentialOf, ln } from './exact.ts';

/** A length of time in ms, drawn anew each time. `cv`: standard deviation divided by the mean. */
export type Distribution =
  | { readonly distribution: 'exponential'; readonly mean: number }
  | { readonly distribution: 'deterministic'; readonly mean: number }
  | { readonly distribution: 'lognormal'; readonly mean: number; readonly cv: number };

/** Streams of chance side by side, four words each: the kernel's generator (sfc32) on plain memory, for millions of draws a second. */
export type Streams = Int32Array;

/** @returns one stream for each name; a name has the same numbers whatever other names there are. */
export function createStreams(seed: string, names: readonly string[]): Streams {
  const streams = new Int32Array(names.length * 4);
  for (const [index, name] of names.entries()) streams.set(createRandom(`${seed}/world/${name}`).state(), index * 4);
  return streams;
}

/** The next 32 bits of a stream, as a whole number from 0. */
export function word(streams: Streams, stream: number): number {
  const at = stream * 4;
  const a = streams[at] as number;
  const b = streams[at + 1] as number;
  const c = streams[at + 2] as number;
  const counter = streams[at + 3] as number;
  const sum = (((a + b) | 0) + counter) | 0;
  streams[at] = b ^ (b >>> 9);
  streams[at + 1] = (c + (c << 3)) | 0;
  streams[at + 2] = (((c << 21) | (c >>> 11)) + sum) | 0;
  streams[at + 3] = (counter + 1) | 0;
  return sum >>> 0;
}

/** A number in [0, 1). */
export function uniform(streams: Streams, stream: number): number {
  return word(streams, stream) / 4294967296;
}

/** An exponential time of this mean. */
export function exponential(streams: Streams, stream: number, mean: number): number {
  return exponentialOf(word(streams, stream) + 1) * mean;
}

/** Whether something of this probability happens. Nothing is drawn for what is certain. */
export function happens(streams: Streams, stream: number, probability: number): boolean {
  if (probability <= 0) return false;
  return probability >= 1 || word(streams, stream) < probability * 4294967296;
}

/** A standard normal number, by Marsaglia's polar method (1964); its twin is thrown away so that a stream has no memory but its words. */
function normal(streams: Streams, stream: number): number {
  for (;;) {
    const u = uniform(streams, stream) * 2 - 1;
    const v = uniform(streams, stream) * 2 - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * ln(s)) / s);
  }
}

/** One time in ms. */
export function sample(streams: Streams, stream: number, of: Distribution): number {
  if (of.distribution === 'exponential') return exponentialOf(word(streams, stream) + 1) * of.mean;
  if (of.distribution === 'deterministic') return of.mean;
  if (of.cv !== lastCv) {
    lastCv = of.cv;
    variance = ln(1 + of.cv * of.cv);
    deviation = Math.sqrt(variance);
  }
  return of.mean * exp(deviation * normal(streams, stream) - variance / 2);
}

/** Of the last lognormal time: most draws of a world have the same `cv`. */
let lastCv = Number.NaN;
let variance = 0;
let deviation = 0;
