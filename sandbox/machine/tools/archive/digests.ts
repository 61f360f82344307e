// Digests of bytes: MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4), and the CRC of POSIX cksum.

type Digest = (bytes: Uint8Array) => Uint8Array;

/** The message with its padding: a 1 bit, zeros, and its length in bits. */
function padded(bytes: Uint8Array, block: number, bigEndian: boolean): DataView {
  const tail = block / 8;
  const length = Math.ceil((bytes.length + 1 + tail) / block) * block;
  const out = new Uint8Array(length);
  out.set(bytes);
  out[bytes.length] = 0x80;
  const view = new DataView(out.buffer);
  const bits = BigInt(bytes.length) * 8n;
  view.setBigUint64(length - 8, bits, !bigEndian);
  return view;
}

const left = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
const right = (value: number, by: number): number => (value >>> by) | (value << (32 - by));

const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const sines = Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32) | 0);

export const md5: Digest = (bytes) => {
  const view = padded(bytes, 64, false);
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
  return words([a0, b0, c0, d0], true);
};

export const sha1: Digest = (bytes) => {
  const view = padded(bytes, 64, true);
  const state = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  const w = new Int32Array(80);
  for (let start = 0; start < view.byteLength; start += 64) {
    for (let step = 0; step < 80; step++) {
      w[step] =
        step < 16
          ? view.getInt32(start + step * 4)
          : left(
              (w[step - 3] as number) ^ (w[step - 8] as number) ^ (w[step - 14] as number) ^ (w[step - 16] as number),
              1,
            );
    }
    let [a, b, c, d, e] = state as [number, number, number, number, number];
    for (let step = 0; step < 80; step++) {
      const [mixed, constant] =
        step < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : step < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : step < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      const next = (left(a, 5) + mixed + e + constant + (w[step] as number)) | 0;
      [e, d, c, b, a] = [d, c, left(b, 30), a, next];
    }
    for (const [index, value] of [a, b, c, d, e].entries()) state[index] = ((state[index] as number) + value) | 0;
  }
  return words(state, false);
};

const primes = (() => {
  const found: number[] = [];
  for (let candidate = 2; found.length < 80; candidate++)
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found;
})();

/** The first 64 bits of the fraction of a prime's root. */
function rootFraction(prime: number, degree: 2 | 3): bigint {
  const scaled = BigInt(prime) << BigInt(64 * degree);
  let low = 0n;
  let high = 1n << 72n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    const power = degree === 2 ? middle * middle : middle * middle * middle;
    if (power <= scaled) low = middle;
    else high = middle;
  }
  return low & 0xffffffffffffffffn;
}

let tables:
  | { readonly k512: readonly bigint[]; readonly k256: Int32Array; readonly h512: readonly bigint[] }
  | undefined;

function constants() {
  tables ??= (() => {
    const k512 = primes.map((prime) => rootFraction(prime, 3));
    const k256 = Int32Array.from(k512.slice(0, 64), (value) => Number(value >> 32n) | 0);
    return { k512, k256, h512: primes.slice(0, 16).map((prime) => rootFraction(prime, 2)) };
  })();
  return tables;
}

function sha2small(bytes: Uint8Array, start: readonly number[], size: number): Uint8Array {
  const { k256 } = constants();
  const view = padded(bytes, 64, true);
  const state = Int32Array.from(start);
  const w = new Int32Array(64);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let step = 0; step < 64; step++) {
      if (step < 16) w[step] = view.getInt32(block + step * 4);
      else {
        const [x, y] = [w[step - 15] as number, w[step - 2] as number];
        const s0 = right(x, 7) ^ right(x, 18) ^ (x >>> 3);
        const s1 = right(y, 17) ^ right(y, 19) ^ (y >>> 10);
        w[step] = ((w[step - 16] as number) + s0 + (w[step - 7] as number) + s1) | 0;
      }
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
    for (let step = 0; step < 64; step++) {
      const s1 = right(e, 6) ^ right(e, 11) ^ right(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (k256[step] as number) + (w[step] as number)) | 0;
      const s0 = right(a, 2) ^ right(a, 13) ^ right(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    for (const [index, value] of [a, b, c, d, e, f, g, h].entries())
      state[index] = ((state[index] as number) + value) | 0;
  }
  return words([...state], false).subarray(0, size);
}

const mask = 0xffffffffffffffffn;

function sha2large(bytes: Uint8Array, start: readonly bigint[], size: number): Uint8Array {
  const { k512 } = constants();
  const turn = (value: bigint, by: bigint): bigint => ((value >> by) | (value << (64n - by))) & mask;
  const view = padded(bytes, 128, true);
  const state = [...start];
  const w: bigint[] = [];
  for (let block = 0; block < view.byteLength; block += 128) {
    for (let step = 0; step < 80; step++) {
      if (step < 16) w[step] = view.getBigUint64(block + step * 8);
      else {
        const [x, y] = [w[step - 15] as bigint, w[step - 2] as bigint];
        const s0 = turn(x, 1n) ^ turn(x, 8n) ^ (x >> 7n);
        const s1 = turn(y, 19n) ^ turn(y, 61n) ^ (y >> 6n);
        w[step] = ((w[step - 16] as bigint) + s0 + (w[step - 7] as bigint) + s1) & mask;
      }
    }
    let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
    for (let step = 0; step < 80; step++) {
      const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
      const t1 = (h + s1 + ((e & f) ^ (~e & mask & g)) + (k512[step] as bigint) + (w[step] as bigint)) & mask;
      const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & mask;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & mask, c, b, a, (t1 + t2) & mask];
    }
    for (const [index, value] of [a, b, c, d, e, f, g, h].entries())
      state[index] = ((state[index] as bigint) + value) & mask;
  }
  const out = new Uint8Array(64);
  const outView = new DataView(out.buffer);
  for (const [index, value] of state.entries()) outView.setBigUint64(index * 8, value);
  return out.subarray(0, size);
}

const high = (value: bigint): number => Number(value >> 32n) | 0;
const low = (value: bigint): number => Number(value & 0xffffffffn) | 0;

export const sha256: Digest = (bytes) => sha2small(bytes, constants().h512.slice(0, 8).map(high), 32);
export const sha224: Digest = (bytes) => sha2small(bytes, constants().h512.slice(8).map(low), 28);
export const sha512: Digest = (bytes) => sha2large(bytes, constants().h512.slice(0, 8), 64);
export const sha384: Digest = (bytes) => sha2large(bytes, constants().h512.slice(8), 48);

function words(values: readonly number[], littleEndian: boolean): Uint8Array {
  const out = new Uint8Array(values.length * 4);
  const view = new DataView(out.buffer);
  for (const [index, value] of values.entries()) view.setInt32(index * 4, value, littleEndian);
  return out;
}

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
