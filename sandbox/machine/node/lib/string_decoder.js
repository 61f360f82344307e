import { Buffer } from 'node:buffer';

/** Bytes to text in pieces: a letter that is cut in two waits for its rest. */
export class StringDecoder {
  #rest = Buffer.alloc(0);
  constructor(encoding = 'utf8') {
    this.encoding = encoding;
  }
  write(chunk) {
    const all = Buffer.concat([this.#rest, Buffer.from(chunk)]);
    const whole = this.encoding.startsWith('utf') ? wholeLetters(all) : all.length;
    this.#rest = all.subarray(whole);
    return all.subarray(0, whole).toString(this.encoding);
  }
  end(chunk) {
    const text = (chunk === undefined ? '' : this.write(chunk)) + this.#rest.toString(this.encoding);
    this.#rest = Buffer.alloc(0);
    return text;
  }
}

function wholeLetters(bytes) {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

export default { StringDecoder };
