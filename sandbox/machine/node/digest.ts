import sha from 'sha.js';

/** The digest of bytes. @param name `md5`, `sha1`, `sha224`, `sha256`, `sha384` or `sha512`. */
export function digest(name: string, bytes: Uint8Array): Uint8Array {
  if (name === 'md5') return md5(bytes);
  return sha(name as 'sha256')
    .update(bytes)
    .digest();
}

/** RFC 1321. For fingerprints of files, as `md5sum` gives them; it protects nothing. */
function md5(bytes: Uint8Array): Uint8Array {
  const length = ((bytes.length + 8) >>> 6) + 1;
  const padded = new Uint8Array(length * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, bytes.length * 8, true);
  view.setUint32(padded.length - 4, Math.floor(bytes.length / 2 ** 29), true);
  let [a, b, c, d] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476] as [number, number, number, number];
  for (let block = 0; block < padded.length; block += 64) {
    let [p, q, r, s] = [a, b, c, d];
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      const mixed = [(q & r) | (~q & s), (q & s) | (r & ~s), q ^ r ^ s, r ^ (q | ~s)][round] as number;
      const word = [step, 5 * step + 1, 3 * step + 5, 7 * step][round] as number;
      const sum = (p + mixed + (sines[step] as number) + view.getUint32(block + (word % 16) * 4, true)) | 0;
      const by = turns[round]?.[step % 4] as number;
      [p, s, r, q] = [s, r, q, (q + ((sum << by) | (sum >>> (32 - by)))) | 0];
    }
    [a, b, c, d] = [(a + p) | 0, (b + q) | 0, (c + r) | 0, (d + s) | 0];
  }
  const result = new DataView(new ArrayBuffer(16));
  for (const [index, value] of [a, b, c, d].entries()) result.setUint32(index * 4, value, true);
  return new Uint8Array(result.buffer);
}

const turns = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];
const sines = Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32) | 0);
