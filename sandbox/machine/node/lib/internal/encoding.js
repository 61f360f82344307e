import { nodeError } from 'node:internal/errors';
import { host } from 'node:internal/host';

export class TextEncoder {
  get encoding() {
    return 'utf-8';
  }
  encode(text = '') {
    return new Uint8Array(host.encode(String(text)));
  }
  encodeInto(text, target) {
    const bytes = this.encode(text).subarray(0, target.length);
    target.set(bytes);
    return { read: text.length, written: bytes.length };
  }
}

/** The labels of the Encoding Standard for what else is decoded here. */
const others = {
  'utf-16le': ['utf-16le', 'utf-16', 'unicode', 'ucs-2'],
  'windows-1252': [
    'windows-1252',
    'latin1',
    'iso-8859-1',
    'iso8859-1',
    'l1',
    'ascii',
    'us-ascii',
    'cp1252',
    'x-cp1252',
  ],
};
/** The signs of windows-1252 from 0x80 to 0x9f; Node leaves those of `latin1` as they are. */
const high = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function decodeOther(encoding, bytes) {
  const all = new Uint8Array(bytes);
  if (encoding === 'utf-16le') {
    const units = Array.from({ length: all.length >> 1 }, (_, at) => all[2 * at] | (all[2 * at + 1] << 8));
    return units
      .map((unit) => String.fromCharCode(unit))
      .join('')
      .replace(/^\ufeff/, '');
  }
  return Array.from(all, (byte) => (byte >= 0x80 && byte < 0xa0 ? high[byte - 0x80] : String.fromCharCode(byte))).join(
    '',
  );
}

export class TextDecoder {
  constructor(label = 'utf-8', { fatal = false, ignoreBOM = false } = {}) {
    const name = String(label).trim().toLowerCase();
    const other = Object.keys(others).find((one) => others[one].includes(name));
    if (other === undefined && !['utf-8', 'utf8', 'unicode-1-1-utf-8'].includes(name)) {
      throw nodeError(RangeError, 'ERR_ENCODING_NOT_SUPPORTED', `The "${label}" encoding is not supported`);
    }
    Object.assign(this, { encoding: other ?? 'utf-8', fatal, ignoreBOM });
  }
  decode(source = new Uint8Array()) {
    const bytes = ArrayBuffer.isView(source)
      ? source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength)
      : source;
    if (this.encoding !== 'utf-8') return decodeOther(this.encoding, bytes);
    try {
      return host.decode(bytes, this.fatal, this.ignoreBOM);
    } catch {
      throw nodeError(
        TypeError,
        'ERR_ENCODING_INVALID_ENCODED_DATA',
        'The encoded data was not valid for encoding utf-8',
      );
    }
  }
}
