// AES (FIPS 197) in the modes that programs ask for by name: CBC, CTR and GCM (NIST SP 800-38A, 38D).

interface Cipher {
  readonly mode: 'cbc' | 'ctr' | 'gcm';
  /** Whether the last block is filled up (PKCS #7). */
  readonly padding: boolean;
}

const double = (byte: number): number => ((byte << 1) ^ (byte & 0x80 ? 0x1b : 0)) & 0xff;

/** The substitution box and its inverse, from inverses in GF(2^8). */
const [box, unbox] = boxes();
function boxes(): readonly [Uint8Array, Uint8Array] {
  const [forward, back] = [new Uint8Array(256), new Uint8Array(256)];
  let [power, inverse] = [1, 1];
  do {
    power = power ^ double(power);
    inverse ^= inverse << 1;
    inverse ^= inverse << 2;
    inverse ^= inverse << 4;
    inverse &= 0xff;
    if (inverse & 0x80) inverse ^= 0x09;
    const turned = (by: number): number => ((inverse << by) | (inverse >> (8 - by))) & 0xff;
    forward[power] = inverse ^ turned(1) ^ turned(2) ^ turned(3) ^ turned(4) ^ 0x63;
  } while (power !== 1);
  forward[0] = 0x63;
  forward.forEach((value, at) => {
    back[value] = at;
  });
  return [forward, back];
}

/** The key of each round, one after the other. */
function schedule(key: Uint8Array): Uint8Array {
  const words = key.length / 4;
  const keys = new Uint8Array(16 * (words + 7));
  keys.set(key);
  for (let at = key.length, constant = 1; at < keys.length; at += 4) {
    let last = [...keys.subarray(at - 4, at)];
    const word = at / 4;
    if (word % words === 0) {
      last = [...last.slice(1), last[0] as number].map((byte) => box[byte] as number);
      last[0] = (last[0] as number) ^ constant;
      constant = double(constant);
    } else if (words > 6 && word % words === 4) last = last.map((byte) => box[byte] as number);
    for (let byte = 0; byte < 4; byte++)
      keys[at + byte] = (keys[at - key.length + byte] as number) ^ (last[byte] as number);
  }
  return keys;
}

function addKey(block: Uint8Array, keys: Uint8Array, round: number): void {
  for (let at = 0; at < 16; at++) block[at] = (block[at] as number) ^ (keys[round * 16 + at] as number);
}

function encryptBlock(keys: Uint8Array, input: Uint8Array): Uint8Array {
  const last = keys.length / 16 - 1;
  let block = input.slice();
  addKey(block, keys, 0);
  for (let round = 1; round <= last; round++) {
    const from = block;
    block = Uint8Array.from(from, (_, at) => box[from[(at + 4 * (at % 4)) % 16] as number] as number);
    if (round < last) mixColumns(block, 1);
    addKey(block, keys, round);
  }
  return block;
}

function decryptBlock(keys: Uint8Array, input: Uint8Array): Uint8Array {
  const last = keys.length / 16 - 1;
  let block = input.slice();
  addKey(block, keys, last);
  for (let round = last - 1; round >= 0; round--) {
    const from = block;
    block = Uint8Array.from(from, (_, at) => unbox[from[(at + 12 * (at % 4)) % 16] as number] as number);
    addKey(block, keys, round);
    // Three times forward is once back.
    if (round > 0) mixColumns(block, 3);
  }
  return block;
}

function mixColumns(block: Uint8Array, times: number): void {
  for (let time = 0; time < times; time++) {
    for (let at = 0; at < 16; at += 4) {
      const [a = 0, b = 0, c = 0, d = 0] = block.subarray(at, at + 4);
      const all = a ^ b ^ c ^ d;
      block[at] = a ^ all ^ double(a ^ b);
      block[at + 1] = b ^ all ^ double(b ^ c);
      block[at + 2] = c ^ all ^ double(c ^ d);
      block[at + 3] = d ^ all ^ double(d ^ a);
    }
  }
}

const xor = (left: Uint8Array, right: Uint8Array): Uint8Array => left.map((byte, at) => byte ^ (right[at] as number));

/** Counts up the last `width` bytes. */
function next(counter: Uint8Array, width: number): Uint8Array {
  const made = counter.slice();
  for (let at = 15; at >= 16 - width; at--) {
    made[at] = (made[at] as number) + 1;
    if (made[at] !== 0) break;
  }
  return made;
}

function counted(keys: Uint8Array, start: Uint8Array, width: number, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length);
  let counter = start;
  for (let at = 0; at < data.length; at += 16) {
    out.set(xor(data.subarray(at, at + 16), encryptBlock(keys, counter)), at);
    counter = next(counter, width);
  }
  return out;
}

/** GHASH: a sum of products in GF(2^128). */
function ghash(keys: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const factor = number(encryptBlock(keys, new Uint8Array(16)));
  let sum = 0n;
  const take = (block: Uint8Array): void => {
    sum ^= number(block);
    let [product, shifted] = [0n, factor];
    for (let bit = 127n; bit >= 0n; bit--) {
      if ((sum >> bit) & 1n) product ^= shifted;
      shifted = (shifted >> 1n) ^ (shifted & 1n ? 0xe1n << 120n : 0n);
    }
    sum = product;
  };
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 16) {
      const block = new Uint8Array(16);
      block.set(part.subarray(at, at + 16));
      take(block);
    }
  }
  const lengths = new DataView(new ArrayBuffer(16));
  for (const [at, part] of parts.entries()) lengths.setBigUint64(at * 8, BigInt(part.length) * 8n);
  take(new Uint8Array(lengths.buffer));
  return Uint8Array.from({ length: 16 }, (_, at) => Number((sum >> BigInt(8 * (15 - at))) & 0xffn));
}

const number = (block: Uint8Array): bigint => block.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

function firstCounter(keys: Uint8Array, vector: Uint8Array): Uint8Array {
  if (vector.length !== 12) return ghash(keys, new Uint8Array(), vector);
  const counter = new Uint8Array(16);
  counter.set(vector);
  counter[15] = 1;
  return counter;
}

/** What follows the text in GCM: 16 bytes that only the key can make. */
function tagOf(keys: Uint8Array, counter: Uint8Array, besides: Uint8Array, secret: Uint8Array): Uint8Array {
  return xor(ghash(keys, besides, secret), encryptBlock(keys, counter));
}

/** The secret text; in GCM its tag follows. @param settings JSON of mode and padding @throws Error as OpenSSL words it */
export function encrypt(settings: string, ...[key, vector, data, besides]: Uint8Array[]): Uint8Array {
  const { mode, padding } = JSON.parse(settings) as Cipher;
  const [keys, start, plain] = [schedule(key as Uint8Array), vector as Uint8Array, data as Uint8Array];
  if (mode === 'ctr') return counted(keys, start, 16, plain);
  if (mode === 'gcm') {
    const counter = firstCounter(keys, start);
    const secret = counted(keys, next(counter, 4), 4, plain);
    return Uint8Array.of(...secret, ...tagOf(keys, counter, besides as Uint8Array, secret));
  }
  const missing = padding ? 16 - (plain.length % 16) : 0;
  if ((plain.length + missing) % 16 !== 0) throw new Error('wrong final block length');
  const filled = new Uint8Array(plain.length + missing).fill(missing);
  filled.set(plain);
  let before = start;
  for (let at = 0; at < filled.length; at += 16) {
    before = encryptBlock(keys, xor(filled.subarray(at, at + 16), before));
    filled.set(before, at);
  }
  return filled;
}

/** The text of a secret one; in GCM its tag follows it. @throws Error as OpenSSL words it */
export function decrypt(settings: string, ...[key, vector, data, besides]: Uint8Array[]): Uint8Array {
  const { mode, padding } = JSON.parse(settings) as Cipher;
  const [keys, start, secret] = [schedule(key as Uint8Array), vector as Uint8Array, data as Uint8Array];
  if (mode === 'ctr') return counted(keys, start, 16, secret);
  if (mode === 'gcm') {
    const counter = firstCounter(keys, start);
    const [text, tag] = [secret.subarray(0, -16), secret.subarray(-16)];
    const made = tagOf(keys, counter, besides as Uint8Array, text);
    if (!made.every((byte, at) => byte === tag[at]))
      throw new Error('Unsupported state or unable to authenticate data');
    return counted(keys, next(counter, 4), 4, text);
  }
  if (secret.length % 16 !== 0 || (padding && secret.length === 0)) throw new Error('wrong final block length');
  const plain = new Uint8Array(secret.length);
  for (let at = 0; at < secret.length; at += 16) {
    const before = at === 0 ? start : secret.subarray(at - 16, at);
    plain.set(xor(decryptBlock(keys, secret.subarray(at, at + 16)), before), at);
  }
  if (!padding) return plain;
  const missing = plain.at(-1) as number;
  if (missing < 1 || missing > 16 || !plain.subarray(-missing).every((byte) => byte === missing))
    throw new Error('bad decrypt');
  return plain.subarray(0, plain.length - missing);
}
