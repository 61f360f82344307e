// Of node:crypto what hides data and what makes keys of passwords.
import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { nodeError, outOfRange, wrongType } from 'node:internal/errors';
import { host } from 'node:internal/host';
import { nextTick } from 'node:internal/timers';
import { Transform } from 'node:stream';

const whole = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);

function bytesOf(name, data, encoding) {
  if (typeof data === 'string') return Buffer.from(data, encoding);
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  throw wrongType(name, 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView', data);
}

const coded = (Class, code, message) => Object.assign(new Class(message), { code });

/** What OpenSSL tells with a number. */
const numbers = { 'bad decrypt': '1C800064', 'wrong final block length': '1C80006B' };
function worked(kind, settings, ...data) {
  try {
    return Buffer.from(host.rareWork(kind, JSON.stringify(settings), ...data.map(whole)));
  } catch ({ message }) {
    if (numbers[message] === undefined) throw new Error(message);
    const told = `error:${numbers[message]}:Provider routines::${message}`;
    throw Object.assign(new Error(told), {
      opensslErrorStack: [told],
      library: 'Provider routines',
      reason: message,
      code: `ERR_OSSL_${message.toUpperCase().replaceAll(' ', '_')}`,
    });
  }
}

/** What both ways have: data comes in pieces, and whole blocks of it go out at once. */
class Cipher extends Transform {
  _kind;
  #mode;
  #key;
  #vector;
  #data = Buffer.alloc(0);
  #besides = Buffer.alloc(0);
  #given = 0;
  #padding = true;
  #over = false;
  _tag;
  constructor(kind, name, key, vector, options) {
    super(options);
    if (typeof name !== 'string') throw wrongType('cipher', 'of type string', name);
    const [, bits, mode] = /^aes-?(128|192|256)-(cbc|ctr|gcm)$/.exec(name.toLowerCase()) ?? [];
    if (mode === undefined) throw coded(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
    this._kind = kind;
    this.#mode = mode;
    this.#key = bytesOf('key', key);
    this.#vector = bytesOf('iv', vector);
    if (mode === 'gcm' ? this.#vector.length === 0 : this.#vector.length !== 16)
      throw coded(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');
    if (this.#key.length * 8 !== Number(bits))
      throw coded(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
  }
  #work(data, padding) {
    const isOpened = this._kind === 'decrypt' && this.#mode === 'gcm';
    const settings = { mode: this.#mode, padding };
    const given = isOpened ? Buffer.concat([data, this._tag ?? Buffer.alloc(16)]) : data;
    return worked(this._kind, settings, this.#key, this.#vector, given, this.#besides);
  }
  /** Of what has come, what can go out before the end is known. GCM's text is that of its counter, whatever the tag says. */
  #sofar() {
    const { length } = this.#data;
    if (this.#mode === 'cbc') {
      const held = this._kind === 'decrypt' && this.#padding ? 1 : 0;
      return this.#work(this.#data.subarray(0, Math.max(0, Math.floor((length - held) / 16) * 16)), false);
    }
    if (this.#mode === 'ctr') return this.#work(this.#data, false);
    const settings = { mode: 'gcm', padding: false };
    return worked('encrypt', settings, this.#key, this.#vector, this.#data, this.#besides).subarray(0, length);
  }
  #shown(bytes, encoding) {
    const part = bytes.subarray(this.#given);
    this.#given = Math.max(this.#given, bytes.length);
    return encoding === undefined || encoding === 'buffer' ? Buffer.from(part) : part.toString(encoding);
  }
  update(data, inputEncoding, outputEncoding) {
    if (this.#over) throw new Error('Trying to add data in unsupported state');
    this.#data = Buffer.concat([this.#data, bytesOf('data', data, inputEncoding)]);
    return this.#shown(this.#sofar(), outputEncoding);
  }
  final(encoding) {
    if (this.#over) throw nodeErrorOf('final');
    this.#over = true;
    const result = this.#work(this.#data, this.#padding);
    if (this.#mode === 'gcm' && this._kind === 'encrypt') {
      this._tag = result.subarray(-16);
      return this.#shown(result.subarray(0, -16), encoding);
    }
    return this.#shown(result, encoding);
  }
  setAutoPadding(wanted = true) {
    this.#padding = Boolean(wanted);
    return this;
  }
  setAAD(data) {
    this.#besides = bytesOf('buffer', data);
    return this;
  }
  _transform(chunk, _, done) {
    this.push(this.update(chunk));
    done();
  }
  _flush(done) {
    try {
      this.push(this.final());
      done();
    } catch (error) {
      done(error);
    }
  }
}

const nodeErrorOf = () => coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state');

export class Cipheriv extends Cipher {
  constructor(...args) {
    super('encrypt', ...args);
  }
  getAuthTag() {
    if (this._tag === undefined)
      throw nodeError(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state for operation getAuthTag');
    return Buffer.from(this._tag);
  }
}

export class Decipheriv extends Cipher {
  constructor(...args) {
    super('decrypt', ...args);
  }
  setAuthTag(tag, encoding) {
    this._tag = bytesOf('tag', tag, encoding);
    return this;
  }
}

export const createCipheriv = (...args) => new Cipheriv(...args);
export const createDecipheriv = (...args) => new Decipheriv(...args);

/** RFC 7914. */
export function scryptSync(password, salt, length, options = {}) {
  if (typeof length !== 'number') throw wrongType('keylen', 'of type number', length);
  if (!(length >= 0 && length <= 2147483647)) throw outOfRange('keylen', '>= 0 && <= 2147483647', length);
  const N = options.N ?? options.cost ?? 16384;
  const r = options.r ?? options.blockSize ?? 8;
  const p = options.p ?? options.parallelization ?? 1;
  if (N < 2 || (N & (N - 1)) !== 0 || 128 * N * r > (options.maxmem ?? 32 * 2 ** 20))
    throw nodeError(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', 'Invalid scrypt params');
  return worked('scrypt', { N, r, p, length }, bytesOf('password', password), bytesOf('salt', salt));
}

/** RFC 5869. */
export function hkdfSync(digest, key, salt, info, length) {
  const made = createHmac(digest, bytesOf('salt', salt)).update(bytesOf('ikm', key)).digest();
  const parts = [];
  for (let last = Buffer.alloc(0), number = 1, size = 0; size < length; number++) {
    last = createHmac(digest, made)
      .update(last)
      .update(bytesOf('info', info))
      .update(Buffer.from([number]))
      .digest();
    parts.push(last);
    size += last.length;
  }
  return whole(Buffer.concat(parts).subarray(0, length));
}

const later =
  (call) =>
  (...args) => {
    const done = args.pop();
    if (typeof done !== 'function') throw wrongType('callback', 'of type function', done);
    const result = call(...args);
    globalThis.setImmediate(() => nextTick(done, null, result));
  };
export const scrypt = later(scryptSync);
export const hkdf = later(hkdfSync);
