// Digests of bytes, and the CRC of POSIX cksum.
import sha from 'sha.js';

export type Digest = (bytes: Uint8Array) => Uint8Array;

const byName =
  (name: 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'): Digest =>
  (bytes) =>
    new Uint8Array(sha(name).update(bytes).digest());

export const sha1 = byName('sha1');
export const sha224 = byName('sha224');
export const sha256 = byName('sha256');
export const sha384 = byName('sha384');
export const sha512 = byName('sha512');

/** The message with MD5's padding: a 1 bit, zeros, and its length in bits. */
function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const out = new Uint8Array(length);
  out.set(bytes);
  out[bytes.length] = 0x80;
  const view = new DataView(out.buffer);
  view.setBigUint64(length - 8, BigInt(bytes.length) * 8n, true);
  return view;
}

const left = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const sines = Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32) | 0);

/** RFC 1321: for fingerprints of files; it protects nothing. */
export const md5: Digest = (bytes) => {
  const view = padded(bytes);
  let [a0, b0, c0, d0] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let start = 0; start < view.byteLength; start += 64) {
    let [a, b, c, d] = [a0, b0, c0, d0];
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      const mixed =
        round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d);
      const place = [step, 5 * step + 1, 3 * step + 5, 7 * step][round] as number;
      const sum = (mixed + a + (sines[step] as number) + view.getInt32(start + (place % 16) * 4, true)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + left(sum, shifts[round * 4 + (step % 4)] as number)) | 0;
    }
    [a0, b0, c0, d0] = [(a0 + a) | 0, (b0 + b) | 0, (c0 + c) | 0, (d0 + d) | 0];
  }
  return words([a0, b0, c0, d0]);
};

function words(values: readonly number[]): Uint8Array {
  const out = new Uint8Array(values.length * 4);
  const view = new DataView(out.buffer);
  for (const [index, value] of values.entries()) view.setInt32(index * 4, value, true);
  return out;
}

/** A digest by its name in lower case, or undefined when it is none of these. */
export const digests: Readonly<Record<string, Digest>> = { md5, sha1, sha224, sha256, sha384, sha512 };

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Keyed digest (RFC 2104). */
export function hmac(digest: Digest, block: number, key: Uint8Array, message: Uint8Array): Uint8Array {
  const base = key.length > block ? digest(key) : key;
  const pad = (fill: number): Uint8Array => Uint8Array.from({ length: block }, (_, index) => (base[index] ?? 0) ^ fill);
  const join = (a: Uint8Array, b: Uint8Array): Uint8Array => {
    const out = new Uint8Array(a.length + b.length);
    out.set(a);
    out.set(b, a.length);
    return out;
  };
  return digest(join(pad(0x5c), digest(join(pad(0x36), message))));
}

/** The checksum of POSIX cksum: the CRC of the bytes and of their number. */
export function cksum(bytes: Uint8Array): number {
  let crc = 0;
  const feed = (byte: number): void => {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  };
  for (const byte of bytes) feed(byte);
  for (let { length } = bytes; length > 0; length = Math.floor(length / 256)) feed(length & 255);
  return ~crc >>> 0;
}
