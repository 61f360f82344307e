// node:crypto: digests, and chance from the machine's seed: good for a simulation, not for secrets.
import { Buffer } from 'node:buffer';
import { nodeError, outOfRange, wrongType } from 'node:internal/errors';
import { host } from 'node:internal/host';
import { Transform } from 'node:stream';

const byte = () => Math.floor(host.random() * 256);
const algorithms = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];
const blocks = { md5: 64, sha1: 64, sha224: 64, sha256: 64, sha384: 128, sha512: 128 };

const bytesOf = (data, encoding) => {
  if (typeof data === 'string') return Buffer.from(data, encoding);
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  throw wrongType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
};

const whole = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);

function digest(name, bytes) {
  return Buffer.from(host.hash(name, whole(bytes)));
}

const plainName = (name) =>
  String(name)
    .toLowerCase()
    .replace(/^(rsa-)?sha-?(\d)/, 'sha$2');
const isKnown = (name) => algorithms.includes(plainName(name));

function text(name, value) {
  if (typeof value !== 'string') throw wrongType(name, 'of type string', value);
  return value;
}

function known(name) {
  text('digest', name);
  const found = plainName(name);
  if (!isKnown(name)) throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
  return found;
}

/** Takes data piece by piece, and gives one digest. */
class Digest extends Transform {
  #parts = [];
  #end;
  #done = false;
  #result;
  constructor(end) {
    super();
    this.#end = end;
  }
  copy() {
    if (this.#done) throw nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    const copy = new this.constructor(this.#end);
    copy.#parts = [...this.#parts];
    return copy;
  }
  update(data, encoding) {
    if (this.#done) throw nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.#parts.push(bytesOf(data, encoding));
    return this;
  }
  digest(encoding) {
    if (this.#done) {
      if (this instanceof Hmac) return encoding === undefined || encoding === 'buffer' ? Buffer.alloc(0) : '';
      if (this.#result !== undefined && this.writableEnded)
        return encoding === undefined || encoding === 'buffer' ? this.#result : this.#result.toString(encoding);
      throw nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    }
    this.#done = true;
    const result = this.#end(Buffer.concat(this.#parts));
    this.#result = result;
    return encoding === undefined || encoding === 'buffer' ? result : result.toString(encoding);
  }
  _transform(chunk, encoding, done) {
    this.update(chunk, encoding === 'buffer' ? undefined : encoding);
    done();
  }
  _flush(done) {
    this.push(this.digest());
    done();
  }
}

export class Hash extends Digest {}
export class Hmac extends Digest {}

export function createHash(name) {
  if (!isKnown(text('algorithm', name))) throw new Error('Digest method not supported');
  const algorithm = known(name);
  return new Hash((bytes) => digest(algorithm, bytes));
}

export const hash = (name, data, encoding = 'hex') => createHash(name).update(data).digest(encoding);

function padsOf(algorithm, key) {
  const size = blocks[algorithm];
  const padded = Buffer.alloc(size);
  (key.length > size ? digest(algorithm, key) : key).copy(padded);
  const [inner, outer] = [0x36, 0x5c].map((pad) => Buffer.from(padded.map((one) => one ^ pad)));
  return { inner, outer };
}

/** RFC 2104. */
export function createHmac(name, key) {
  text('hmac', name);
  if (key === undefined || key === null)
    throw wrongType(
      'key',
      'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey',
      key,
    );
  const algorithm = known(name);
  const { inner, outer } = padsOf(algorithm, bytesOf(key));
  return new Hmac((bytes) =>
    digest(algorithm, Buffer.concat([outer, digest(algorithm, Buffer.concat([inner, bytes]))])),
  );
}

/** RFC 8018. */
export function pbkdf2Sync(password, salt, iterations, length, name) {
  const algorithm = known(name);
  for (const [what, value, least] of [
    ['iterations', iterations, 1],
    ['keylen', length, 0],
  ]) {
    if (typeof value !== 'number') throw wrongType(what, 'of type number', value);
    if (!(value >= least && value <= 2147483647)) throw outOfRange(what, `>= ${least} && <= 2147483647`, value);
  }
  const key = bytesOf(password);
  const parts = [];
  const { inner, outer } = padsOf(algorithm, key);
  for (let block = 1, size = 0; size < length; block++) {
    const number = Buffer.from([block >> 24, block >> 16, block >> 8, block]);
    const first = createHmac(algorithm, key).update(bytesOf(salt)).update(number).digest();
    parts.push(Buffer.from(host.hmacSum(algorithm, whole(inner), whole(outer), whole(first), iterations)));
    size += first.length;
  }
  return Buffer.concat(parts).subarray(0, length);
}

export function pbkdf2(...args) {
  const done = args.pop();
  const key = pbkdf2Sync(...args);
  globalThis.process.nextTick(done, null, key);
}

/** What few programs use: it is brought with them. */
const rare = Object.fromEntries(
  'createCipheriv createDecipheriv hkdf hkdfSync scrypt scryptSync'
    .split(' ')
    .map((name) => [name, (...args) => host.importNow('node:internal/secrets')[name](...args)]),
);
export const { createCipheriv, createDecipheriv, hkdf, hkdfSync, scrypt, scryptSync } = rare;
export const getCiphers = () =>
  ['128', '192', '256'].flatMap((bits) => ['cbc', 'ctr', 'gcm'].map((mode) => `aes-${bits}-${mode}`));

/** What needs more than digests. */
const refuse = (name) => () => {
  throw nodeError(
    Error,
    'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
    `crypto.${name} is not part of this sandbox: it has digests, HMAC, keys from passwords, AES and random values`,
  );
};
const refused = Object.fromEntries(
  `createSign createVerify createDiffieHellman generateKeyPair generateKeyPairSync generateKeySync sign verify
  publicEncrypt privateDecrypt`
    .split(/\s+/)
    .map((name) => [name, refuse(name)]),
);
export const { createSign, createVerify, createDiffieHellman } = refused;
export const { generateKeyPair, generateKeyPairSync, generateKeySync } = refused;
export const { sign, verify, publicEncrypt, privateDecrypt } = refused;

export function timingSafeEqual(a, b) {
  for (const [name, one] of [
    ['buf1', a],
    ['buf2', b],
  ])
    if (!ArrayBuffer.isView(one) && !(one instanceof ArrayBuffer))
      throw nodeError(
        TypeError,
        'ERR_INVALID_ARG_TYPE',
        `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`,
      );
  if (a.byteLength !== b.byteLength)
    // Node's own C++ throws this one: its name has no code.
    throw Object.assign(new RangeError('Input buffers must have the same byte length'), {
      code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH',
    });
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;
}

export const getHashes = () => [...algorithms];

export function randomBytes(size, callback) {
  if (typeof size !== 'number') throw wrongType('size', 'of type number', size);
  if (!(size >= 0 && size <= 2147483647)) throw outOfRange('size', '>= 0 && <= 2147483647', size);
  const bytes = Buffer.from(Array.from({ length: size }, byte));
  if (callback === undefined) return bytes;
  globalThis.process.nextTick(callback, null, bytes);
}

export function randomFillSync(target) {
  for (let at = 0; at < target.length; at++) target[at] = byte();
  return target;
}

export function randomUUID() {
  const bytes = Array.from({ length: 16 }, byte);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.map((value) => value.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function randomInt(low, high, callback) {
  const single = high === undefined || typeof high === 'function';
  const [from, to] = single ? [0, low] : [low, high];
  const done = single ? high : callback;
  for (const [name, value] of single
    ? [['max', to]]
    : [
        ['min', from],
        ['max', to],
      ])
    if (!Number.isSafeInteger(value)) throw wrongType(name, 'a safe integer', value);
  if (to <= from) throw outOfRange('max', `greater than the value of "min" (${from})`, to);
  const made = from + Math.floor(host.random() * (to - from));
  if (done === undefined) return made;
  globalThis.process.nextTick(done, null, made);
}

/** Of the Web Crypto API the digests. */
const subtle = {
  async digest(algorithm, data) {
    const name = plainName(algorithm?.name ?? algorithm);
    if (!/^sha(1|256|384|512)$/.test(name)) throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
    return whole(digest(name, ArrayBuffer.isView(data) ? bytesOf(data) : Buffer.from(data)));
  },
};

export { randomFillSync as getRandomValues, subtle };
export const webcrypto = { randomUUID, getRandomValues: randomFillSync, subtle };

export default {
  ...refused,
  ...rare,
  pbkdf2,
  pbkdf2Sync,
  createHash,
  createHmac,
  getCiphers,
  getHashes,
  getRandomValues: randomFillSync,
  Hash,
  hash,
  Hmac,
  randomBytes,
  randomFillSync,
  randomInt,
  randomUUID,
  subtle,
  timingSafeEqual,
  webcrypto,
};
