// Buffer: bytes with text encodings utf8, hex, base64, base64url, latin1 and ascii.
import { nodeError, wrongType } from 'node:internal/errors';
import { host } from 'node:internal/host';
import { custom } from 'node:internal/inspect';

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
encodings['utf-8'] = encodings.utf8;
encodings.binary = encodings.latin1;

function encodingNamed(name = 'utf8') {
  const found = encodings[String(name).toLowerCase()];
  if (found === undefined) throw nodeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${name}`);
  return found;
}

export class Buffer extends Uint8Array {
  static poolSize = 8192;

  static from(value, encoding, length) {
    if (typeof value === 'string') return wrap(encodingNamed(encoding).encode(value));
    if (value instanceof ArrayBuffer) return new Buffer(value, encoding, length);
    if (typeof value === 'object' && value !== null) {
      if (value.type === 'Buffer' && Array.isArray(value.data)) return wrap(Uint8Array.from(value.data));
      if (Array.isArray(value) || ArrayBuffer.isView(value) || typeof value.length === 'number')
        return wrap(Uint8Array.from(value));
    }
    const expected = 'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object';
    throw wrongType('first argument', expected, value);
  }
  static alloc(size, fill = 0, encoding = 'utf8') {
    return new Buffer(size).fill(fill, encoding);
  }
  static allocUnsafe(size) {
    return new Buffer(size);
  }
  static isBuffer(value) {
    return value instanceof Buffer;
  }
  static isEncoding(name) {
    return encodings[String(name).toLowerCase()] !== undefined;
  }
  static byteLength(value, encoding) {
    return typeof value === 'string' ? encodingNamed(encoding).encode(value).length : value.byteLength;
  }
  static concat(list, total = list.reduce((sum, { length }) => sum + length, 0)) {
    const joined = Buffer.alloc(total);
    let at = 0;
    for (const bytes of list) {
      joined.set(bytes.subarray(0, Math.max(0, total - at)), at);
      at += bytes.length;
    }
    return joined;
  }
  static compare(a, b) {
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
    return Buffer.compare(this, other) === 0;
  }
  compare(other) {
    return Buffer.compare(this, other);
  }
  write(text, offset = 0, encoding = 'utf8') {
    const bytes = encodingNamed(encoding)
      .encode(text)
      .subarray(0, this.length - offset);
    this.set(bytes, offset);
    return bytes.length;
  }
  fill(value, ...rest) {
    if (typeof value !== 'string') return super.fill(value, ...rest.filter((part) => typeof part === 'number'));
    const bytes = encodingNamed(rest.find((part) => typeof part === 'string')).encode(value);
    for (let at = 0; at < this.length && bytes.length > 0; at++) this[at] = bytes[at % bytes.length];
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
  indexOf(value, from = 0) {
    if (typeof value === 'number') return super.indexOf(value, from);
    const wanted = typeof value === 'string' ? Buffer.from(value) : value;
    for (let at = from; at <= this.length - wanted.length; at++) {
      if (wanted.every((byte, index) => this[at + index] === byte)) return at;
    }
    return -1;
  }
  includes(value, from) {
    return this.indexOf(value, from) >= 0;
  }
  readUInt8(offset = 0) {
    return this[offset];
  }
  [custom]() {
    const shown = [...this.subarray(0, 50)].map((byte) => ` ${byte.toString(16).padStart(2, '0')}`).join('');
    const more = this.length > 50 ? ` ... ${this.length - 50} more byte${this.length > 51 ? 's' : ''}` : '';
    return `<${this.constructor.name}${shown}${more}>`;
  }
}

function wrap(bytes) {
  return new Buffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export const btoa = (text) => toBase64(encodings.latin1.encode(String(text)));
export const atob = (text) => encodings.latin1.decode(fromBase64(String(text)));

export const constants = { MAX_LENGTH: 2 ** 53 - 1, MAX_STRING_LENGTH: 536870888 };
export default { atob, btoa, Buffer, constants };
