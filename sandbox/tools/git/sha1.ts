/** SHA-1 (FIPS 180-4), as the index wants it at its end. */
export function sha1(bytes: Uint8Array): Uint8Array {
  const length = ((bytes.length + 8) >> 6) * 64 + 64;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(length - 4, (bytes.length << 3) >>> 0);
  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const words = new Int32Array(80);
  for (let at = 0; at < length; at += 64) block(view, at, words, state);
  const digest = new Uint8Array(20);
  const out = new DataView(digest.buffer);
  for (const [at, word] of state.entries()) out.setInt32(at * 4, word);
  return digest;
}

const turn = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

function block(view: DataView, at: number, words: Int32Array, state: Int32Array): void {
  const word = (index: number): number => words[index] ?? 0;
  for (let t = 0; t < 16; t++) words[t] = view.getInt32(at + t * 4);
  for (let t = 16; t < 80; t++) words[t] = turn(word(t - 3) ^ word(t - 8) ^ word(t - 14) ^ word(t - 16), 1);
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let t = 0; t < 80; t++) {
    const [mix, constant] =
      t < 20
        ? [(b & c) | (~b & d), 0x5a827999]
        : t < 40
          ? [b ^ c ^ d, 0x6ed9eba1]
          : t < 60
            ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
            : [b ^ c ^ d, 0xca62c1d6];
    const next = (turn(a, 5) + mix + e + constant + word(t)) | 0;
    [e, d, c, b, a] = [d, c, turn(b, 30), a, next];
  }
  for (const [index, value] of [a, b, c, d, e].entries()) state[index] = ((state[index] ?? 0) + value) | 0;
}
