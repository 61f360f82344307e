// Buffer: bytes with text encodings utf8, hex, base64, base64url, latin1 and ascii.
import { define, nodeError, outOfRange, wrongType, wrongValue } from 'node:internal/errors';
import { host } from 'node:internal/host';
import { custom, inspect } from 'node:internal/inspect';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function toBase64(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const letters = [18, 12, 6, 0].map((shift) => alphabet[(group >> shift) & 63]);
    text += letters
      .slice(0, Math.min(4, bytes.length - at + 1))
      .join('')
      .padEnd(4, '=');
  }
  return text;
}

function fromBase64(text) {
  const letters = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/[^A-Za-z0-9+/]/g, '');
  const bytes = [];
  for (let at = 0; at + 1 < letters.length; at += 4) {
    const group = [0, 1, 2, 3].reduce(
      (sum, index) => (sum << 6) | Math.max(0, alphabet.indexOf(letters[at + index] ?? 'A')),
      0,
    );
    bytes.push((group >> 16) & 255);
    if (at + 2 < letters.length) bytes.push((group >> 8) & 255);
    if (at + 3 < letters.length) bytes.push(group & 255);
  }
  return Uint8Array.from(bytes);
}

const slice = (view) => view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);

const encodings = {
  utf8: {
    encode: (text) => new Uint8Array(host.encode(text)),
    decode: (bytes) => host.decode(slice(bytes), false, true),
  },
  hex: {
    encode: (text) =>
      Uint8Array.from((/^(?:[0-9a-f]{2})*/i.exec(text)[0].match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))),
    decode: (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  },
  base64: { encode: fromBase64, decode: toBase64 },
  base64url: {
    encode: fromBase64,
    decode: (bytes) => toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
  },
  latin1: {
    encode: (text) => Uint8Array.from(text, (character) => character.charCodeAt(0) & 255),
    decode: (bytes) => [...bytes].map((byte) => String.fromCharCode(byte)).join(''),
  },
  ascii: {
    encode: (text) => Uint8Array.from(text, (character) => character.charCodeAt(0) & 255),
    decode: (bytes) => [...bytes].map((byte) => String.fromCharCode(byte & 127)).join(''),
  },
};
encodings.utf16le = {
  encode: (text) =>
    Uint8Array.from([...text.split('')].flatMap((unit) => [unit.charCodeAt(0) & 255, unit.charCodeAt(0) >> 8])),
  decode: (bytes) => {
    const units = Array.from({ length: bytes.length >> 1 }, (_, at) => bytes[2 * at] | (bytes[2 * at + 1] << 8));
    return units.map((unit) => String.fromCharCode(unit)).join('');
  },
};
for (const name of ['utf-16le', 'ucs2', 'ucs-2']) encodings[name] = encodings.utf16le;
encodings['utf-8'] = encodings.utf8;
encodings.binary = encodings.latin1;

function encodingNamed(name = 'utf8') {
  const found = encodings[String(name).toLowerCase()];
  if (found === undefined) throw nodeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${name}`);
  return found;
}

const oldWords =
  'Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), Buffer.allocUnsafe(), or Buffer.from() methods instead.';
let isOldTold = false;

/** `new Buffer(text)`, as it was written once. */
function oldBytes(value, encoding) {
  if (!isOldTold) globalThis.process.emitWarning(oldWords, 'DeprecationWarning', 'DEP0005');
  isOldTold = true;
  return encodingNamed(encoding).encode(value);
}

export class Buffer extends Uint8Array {
  static poolSize = 65536;

  constructor(value, encoding, length) {
    // The library makes its own of numbers and bytes.
    if (typeof value === 'string') super(oldBytes(value, encoding));
    else super(value, encoding, length);
  }

  static from(value, encoding, length) {
    if (typeof value === 'string') return wrap(encodingNamed(encoding).encode(value));
    if (value instanceof ArrayBuffer) return new Buffer(value, encoding, length);
    if (typeof value === 'object' && value !== null) {
      if (value.type === 'Buffer' && Array.isArray(value.data)) return wrap(Uint8Array.from(value.data));
      if (Array.isArray(value) || ArrayBuffer.isView(value) || typeof value.length === 'number')
        return wrap(Uint8Array.from(value));
    }
    const plain = typeof value === 'object' && value !== null ? value.valueOf?.() : undefined;
    if (plain !== undefined && plain !== null && plain !== value) return Buffer.from(plain, encoding, length);
    const expected = 'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object';
    throw wrongType('first argument', expected, value);
  }
  static alloc(size, fill = 0, encoding = 'utf8') {
    checkSize(size);
    return new Buffer(size).fill(fill, encoding);
  }
  static allocUnsafeSlow(size) {
    return Buffer.allocUnsafe(size);
  }
  static of(...bytes) {
    return wrap(Uint8Array.from(bytes));
  }
  static copyBytesFrom(view, offset = 0, length = view.length - offset) {
    const part = view.subarray(offset, offset + length);
    return Buffer.from(part.slice().buffer);
  }
  static allocUnsafe(size) {
    checkSize(size);
    return new Buffer(size);
  }
  static isBuffer(value) {
    return value instanceof Buffer;
  }
  static isEncoding(name) {
    return encodings[String(name).toLowerCase()] !== undefined;
  }
  static byteLength(value, encoding) {
    if (typeof value === 'string')
      return (Buffer.isEncoding(encoding) ? encodingNamed(encoding) : encodings.utf8).encode(value).length;
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
    throw wrongType('string', 'of type string or an instance of Buffer or ArrayBuffer', value);
  }
  static concat(list, given) {
    if (!Array.isArray(list)) throw wrongType('list', 'an instance of Array', list);
    for (const [at, one] of list.entries())
      if (!(one instanceof Uint8Array)) throw wrongType(`list[${at}]`, 'an instance of Buffer or Uint8Array', one);
    const total = given ?? list.reduce((sum, { length }) => sum + length, 0);
    const joined = Buffer.alloc(total);
    let at = 0;
    for (const bytes of list) {
      if (at >= total) break;
      joined.set(bytes.subarray(0, Math.max(0, total - at)), at);
      at += bytes.length;
    }
    return joined;
  }
  static compare(a, b) {
    for (const [name, one] of [
      ['buf1', a],
      ['buf2', b],
    ])
      if (!(one instanceof Uint8Array)) throw wrongType(name, 'an instance of Buffer or Uint8Array', one);
    for (let at = 0; at < Math.min(a.length, b.length); at++) if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1;
    return Math.sign(a.length - b.length);
  }
  toString(encoding, start = 0, end = this.length) {
    return encodingNamed(encoding).decode(this.subarray(start, end));
  }
  toJSON() {
    return { type: 'Buffer', data: [...this] };
  }
  equals(other) {
    if (!(other instanceof Uint8Array)) throw wrongType('otherBuffer', 'an instance of Buffer or Uint8Array', other);
    return Buffer.compare(this, other) === 0;
  }
  compare(target, from = 0, to = target?.length, start = 0, end = this.length) {
    if (!(target instanceof Uint8Array)) throw wrongType('target', 'an instance of Buffer or Uint8Array', target);
    return Buffer.compare(this.subarray(start, end), target.subarray(from, to));
  }
  write(text, ...rest) {
    if (typeof text !== 'string') throw wrongType('argument', 'of type string', text);
    const encoding = rest.find((one) => typeof one === 'string');
    const [offset = 0, length = Infinity] = rest.filter((one) => typeof one === 'number');
    if (offset > this.length || offset < 0) throw outOfRange('offset', `>= 0 && <= ${this.length}`, offset);
    const room = Math.min(this.length - offset, length);
    let bytes = encodingNamed(encoding).encode(text).subarray(0, room);
    // Half a character is not written.
    while (
      encodingNamed(encoding) === encodings.utf8 &&
      bytes.length === room &&
      !text.startsWith(host.decode(slice(bytes)))
    )
      bytes = bytes.subarray(0, -1);
    this.set(bytes, offset);
    return bytes.length;
  }
  fill(value, ...rest) {
    const [from = 0, to = this.length] = rest.filter((part) => typeof part === 'number');
    if (from < 0 || from > this.length) throw outOfRange('offset', `>= 0 && <= ${this.length}`, from);
    if (typeof value === 'number' || typeof value === 'boolean') return super.fill(value, from, to);
    const bytes =
      typeof value === 'string' ? encodingNamed(rest.find((part) => typeof part === 'string')).encode(value) : value;
    if (bytes.length === 0 && value.length > 0) throw wrongValue('value', inspect(value));
    for (let at = from; at < to; at++) this[at] = bytes.length === 0 ? 0 : bytes[(at - from) % bytes.length];
    return this;
  }
  slice(start, end) {
    return this.subarray(start, end);
  }
  copy(target, targetStart = 0, start = 0, end = this.length) {
    const part = this.subarray(start, Math.min(end, start + target.length - targetStart));
    target.set(part, targetStart);
    return part.length;
  }
  indexOf(value, from = 0, encoding = 'utf8') {
    if (typeof from === 'string') return this.indexOf(value, 0, from);
    if (typeof value === 'number') return super.indexOf(value & 255, from);
    if (typeof value !== 'string' && !(value instanceof Uint8Array))
      throw wrongType('value', 'one of type number or string or an instance of Buffer or Uint8Array', value);
    const wanted = typeof value === 'string' ? Buffer.from(value, encoding) : value;
    for (let at = from < 0 ? Math.max(0, this.length + from) : from; at <= this.length - wanted.length; at++) {
      if (wanted.every((byte, index) => this[at + index] === byte)) return at;
    }
    return -1;
  }
  lastIndexOf(value, from = this.length, encoding = 'utf8') {
    if (typeof value === 'number') return super.lastIndexOf(value & 255, from);
    const wanted = typeof value === 'string' ? Buffer.from(value, encoding) : value;
    for (let at = Math.min(from, this.length - wanted.length); at >= 0; at--) {
      if (wanted.every((byte, index) => this[at + index] === byte)) return at;
    }
    return -1;
  }
  includes(value, from, encoding) {
    return this.indexOf(value, from, encoding) >= 0;
  }
  toLocaleString(...args) {
    return this.toString(...args);
  }
  readUIntBE(offset, size) {
    return this.subarray(offset, inside(this, offset, size) + size).reduce((sum, byte) => sum * 256 + byte, 0);
  }
  readUIntLE(offset, size) {
    return this.subarray(offset, inside(this, offset, size) + size).reduceRight((sum, byte) => sum * 256 + byte, 0);
  }
  readIntBE(offset, size) {
    return signed(this.readUIntBE(offset, size), size);
  }
  readIntLE(offset, size) {
    return signed(this.readUIntLE(offset, size), size);
  }
  writeUIntBE(value, offset, size) {
    return this.writeUIntLE(value, offset, size, (at) => size - 1 - at);
  }
  writeUIntLE(value, offset, size, place = (at) => at) {
    inside(this, offset, size);
    let rest = value < 0 ? value + 256 ** size : value;
    for (let at = 0; at < size; at++) {
      this[offset + place(at)] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    return offset + size;
  }
  get parent() {
    return this.buffer;
  }
  get offset() {
    return this.byteOffset;
  }
  [custom]() {
    const shown = [...this.subarray(0, 50)].map((byte) => ` ${byte.toString(16).padStart(2, '0')}`).join('');
    const more = this.length > 50 ? ` ... ${this.length - 50} more byte${this.length > 51 ? 's' : ''}` : '';
    const own = Object.keys(this)
      .slice(this.length)
      .map((key) => `, ${key}: ${inspect(this[key])}`)
      .join('');
    return `<${this.constructor.name}${shown === '' && own === '' ? ' ' : shown}${more}${own}>`;
  }
}

function checkSize(size) {
  if (typeof size !== 'number') throw wrongType('size', 'of type number', size);
  if (!(size >= 0 && size <= 9007199254740991)) throw outOfRange('size', '>= 0 && <= 9007199254740991', size);
}

/** Checks that `size` bytes stand at `offset`. */
function inside(buffer, offset, size) {
  if (typeof offset !== 'number') throw wrongType('offset', 'of type number', offset);
  if (Number.isInteger(offset) && offset >= 0 && offset + size <= buffer.length) return offset;
  if (buffer.length < size)
    throw nodeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  const range = Number.isInteger(offset) ? `>= 0 and <= ${buffer.length - size}` : 'an integer';
  throw outOfRange('offset', range, offset);
}

const signed = (value, size) => (value >= 2 ** (8 * size - 1) ? value - 2 ** (8 * size) : value);

/** The values that fit into an integer, as an error tells them. */
function checkRange(value, kind, size) {
  const bits = BigInt(8 * size);
  const [low, high] = kind.includes('U') ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
  if (value >= low && value <= high) return;
  const [from, to] = kind.includes('U') ? ['0', `2 ** ${bits}`] : [`-(2 ** ${bits - 1n})`, `2 ** ${bits - 1n}`];
  const mark = kind.startsWith('Big') ? 'n' : '';
  const range = size > 4 ? `>= ${from}${mark} and < ${to.replace(/(\d+)/g, `$1${mark}`)}` : `>= ${low} and <= ${high}`;
  throw outOfRange('value', range, value);
}

const numbers = { Int8: 1, Uint8: 1, Int16: 2, Uint16: 2, Int32: 4, Uint32: 4, Float32: 4, Float64: 8 };
Object.assign(numbers, { BigInt64: 8, BigUint64: 8 });
const nodeNames = { Float32: 'Float', Float64: 'Double', BigUint64: 'BigUInt64' };

for (const [view, size] of Object.entries(numbers)) {
  const name = nodeNames[view] ?? view.replace('Uint', 'UInt');
  for (const order of size === 1 ? [''] : ['BE', 'LE']) {
    const dataOf = (buffer) => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    const methods = {
      [`read${name}${order}`](offset = 0) {
        return dataOf(this)[`get${view}`](inside(this, offset, size), order === 'LE');
      },
      [`write${name}${order}`](value, offset = 0) {
        if (name.includes('Int')) checkRange(value, name, size);
        dataOf(this)[`set${view}`](inside(this, offset, size), value, order === 'LE');
        return offset + size;
      },
    };
    for (const [method, body] of Object.entries(methods))
      for (const alias of [method, method.replace('UInt', 'Uint')]) define(Buffer.prototype, alias, body);
  }
}
Object.assign(Buffer.prototype, { writeIntBE: Buffer.prototype.writeUIntBE, writeIntLE: Buffer.prototype.writeUIntLE });
for (const name of ['writeIntBE', 'writeIntLE']) Object.defineProperty(Buffer.prototype, name, { enumerable: false });
for (const [bits, size] of [
  [16, 2],
  [32, 4],
  [64, 8],
])
  define(Buffer.prototype, `swap${bits}`, function () {
    if (this.length % size !== 0)
      throw nodeError(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${bits}-bits`);
    for (let at = 0; at < this.length; at += size) this.subarray(at, at + size).reverse();
    return this;
  });

function wrap(bytes) {
  return new Buffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function btoa(text) {
  if ([...String(text)].some((character) => character.codePointAt(0) > 255))
    throw new globalThis.DOMException('Invalid character', 'InvalidCharacterError');
  return toBase64(encodings.latin1.encode(String(text)));
}
export const isUtf8 = (bytes) => {
  try {
    host.decode(slice(bytes), true);
    return true;
  } catch {
    return false;
  }
};
export const isAscii = (bytes) => bytes.every((byte) => byte < 128);
export const transcode = (bytes, from, to) => Buffer.from(Buffer.from(bytes).toString(from), to);
export const kMaxLength = 2 ** 53 - 1;
export const kStringMaxLength = 536870888;
export function atob(text) {
  const plain = String(text).replace(/[\t\n\f\r ]/g, '');
  const bare = plain.length % 4 === 0 ? plain.replace(/={1,2}$/, '') : plain;
  if (!/^[A-Za-z0-9+/]*$/.test(bare)) throw new globalThis.DOMException('Invalid character', 'InvalidCharacterError');
  if (bare.length % 4 === 1)
    throw new globalThis.DOMException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
  return encodings.latin1.decode(fromBase64(bare));
}

export const constants = { MAX_LENGTH: 2 ** 53 - 1, MAX_STRING_LENGTH: 536870888 };
export default {
  get Blob() {
    return globalThis.Blob;
  },
  get File() {
    return globalThis.File;
  },
  INSPECT_MAX_BYTES: 50,
  atob,
  btoa,
  Buffer,
  constants,
  isAscii,
  isUtf8,
  kMaxLength,
  kStringMaxLength,
  transcode,
};
