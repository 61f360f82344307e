// scrypt (RFC 7914) on the digests that are there.
import { type Digest, digests } from '../../tools/archive/digests.ts';

interface ScryptSettings {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly length: number;
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const BLOCK = 64;

function hmac(digest: Digest, key: Uint8Array, message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(BLOCK);
  padded.set(key.length > BLOCK ? digest(key) : key);
  const inner = digest(
    joined(
      padded.map((byte) => byte ^ 0x36),
      message,
    ),
  );
  return digest(
    joined(
      padded.map((byte) => byte ^ 0x5c),
      inner,
    ),
  );
}

/** PBKDF2-HMAC-SHA-256 with one round. */
function stretched(password: Uint8Array, salt: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let number = 1; (number - 1) * 32 < length; number++) {
    const counter = Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number);
    blocks.push(hmac(digests.sha256 as Digest, password, joined(salt, counter)));
  }
  return joined(...blocks).slice(0, length);
}

/** The order of the words in a double round of Salsa20: each four are changed in turn. */
const rounds = [
  [0, 4, 8, 12],
  [5, 9, 13, 1],
  [10, 14, 2, 6],
  [15, 3, 7, 11],
  [0, 1, 2, 3],
  [5, 6, 7, 4],
  [10, 11, 8, 9],
  [15, 12, 13, 14],
] as const;
const work = new Int32Array(16);

function salsa(words: Int32Array, at: number): void {
  work.set(words.subarray(at, at + 16));
  for (let round = 0; round < 4; round++) {
    for (const [a, b, c, d] of rounds) {
      let sum = ((work[a] as number) + (work[d] as number)) | 0;
      work[b] = (work[b] as number) ^ ((sum << 7) | (sum >>> 25));
      sum = ((work[b] as number) + (work[a] as number)) | 0;
      work[c] = (work[c] as number) ^ ((sum << 9) | (sum >>> 23));
      sum = ((work[c] as number) + (work[b] as number)) | 0;
      work[d] = (work[d] as number) ^ ((sum << 13) | (sum >>> 19));
      sum = ((work[d] as number) + (work[c] as number)) | 0;
      work[a] = (work[a] as number) ^ ((sum << 18) | (sum >>> 14));
    }
  }
  for (let word = 0; word < 16; word++) words[at + word] = (words[at + word] as number) + (work[word] as number);
}

/** Mixes a block of 2r parts; the even ones come to stand before the odd ones. */
function mixBlock(block: Int32Array, mixed: Int32Array, r: number): void {
  const last = block.slice((2 * r - 1) * 16);
  for (let part = 0; part < 2 * r; part++) {
    for (let word = 0; word < 16; word++) last[word] = (last[word] as number) ^ (block[part * 16 + word] as number);
    salsa(last, 0);
    mixed.set(last, ((part >> 1) + (part & 1) * r) * 16);
  }
  block.set(mixed);
}

function mix(block: Int32Array, { N, r }: ScryptSettings): void {
  const size = block.length;
  const kept = new Int32Array(size * N);
  const mixed = new Int32Array(size);
  for (let step = 0; step < N; step++) {
    kept.set(block, step * size);
    mixBlock(block, mixed, r);
  }
  for (let step = 0; step < N; step++) {
    const from = ((block[(2 * r - 1) * 16] as number) & (N - 1)) * size;
    for (let word = 0; word < size; word++) block[word] = (block[word] as number) ^ (kept[from + word] as number);
    mixBlock(block, mixed, r);
  }
}

/** @param settings JSON of N (a power of two), r, p, and the length of the key in bytes */
export function scrypt(settings: string, password: Uint8Array, salt: Uint8Array): Uint8Array {
  const asked = JSON.parse(settings) as ScryptSettings;
  const bytes = stretched(password, salt, asked.p * 128 * asked.r);
  const view = new DataView(bytes.buffer);
  const size = 32 * asked.r;
  for (let lane = 0; lane < asked.p; lane++) {
    const block = Int32Array.from({ length: size }, (_, word) => view.getInt32((lane * size + word) * 4, true));
    mix(block, asked);
    for (const [at, word] of block.entries()) view.setInt32((lane * size + at) * 4, word, true);
  }
  return stretched(password, bytes, asked.length);
}
