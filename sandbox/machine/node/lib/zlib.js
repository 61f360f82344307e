// node:zlib: what is packed and unpacked as a whole, and the streams around that. No Brotli and no Zstandard.
import { Buffer } from 'node:buffer';
import { nodeError } from 'node:internal/errors';
import { host } from 'node:internal/host';
import { nextTick } from 'node:internal/timers';
import { Transform } from 'node:stream';

export const constants = {
  Z_NO_COMPRESSION: 0,
  Z_BEST_SPEED: 1,
  Z_BEST_COMPRESSION: 9,
  Z_DEFAULT_COMPRESSION: -1,
  Z_NO_FLUSH: 0,
  Z_FINISH: 4,
  Z_OK: 0,
  Z_DATA_ERROR: -3,
  Z_BUF_ERROR: -5,
};

const whole = (data) => {
  const bytes =
    typeof data === 'string' ? Buffer.from(data) : Buffer.from(data.buffer ?? data, data.byteOffset, data.byteLength);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
};

function sync(kind) {
  // By its name it is known in a stack.
  const name = `${kind}Sync`;
  return { [name]: (data, options = {}) => Buffer.from(host.zlib(kind, whole(data), options.level ?? -1)) }[name];
}

function later(work) {
  return (data, options, callback) => {
    const done = typeof options === 'function' ? options : callback;
    let result;
    let failure = null;
    try {
      result = work(data, typeof options === 'function' ? {} : options);
    } catch (error) {
      failure = error;
    }
    nextTick(() => done(failure, result));
  };
}

/** Holds what comes until its end: only then is it known what comes of it. */
function stream(work) {
  return (options = {}) => {
    const chunks = [];
    return new Transform({
      transform(chunk, encoding, done) {
        chunks.push(Buffer.from(chunk, encoding));
        done();
      },
      flush(done) {
        try {
          done(null, work(Buffer.concat(chunks), options));
        } catch (error) {
          done(error);
        }
      },
    });
  };
}

export const gzipSync = sync('gzip');
export const gunzipSync = sync('gunzip');
export const deflateSync = sync('deflate');
export const inflateSync = sync('inflate');
export const deflateRawSync = sync('deflateRaw');
export const inflateRawSync = sync('inflateRaw');
export const unzipSync = sync('unzip');
export const gzip = later(gzipSync);
export const gunzip = later(gunzipSync);
export const deflate = later(deflateSync);
export const inflate = later(inflateSync);
export const deflateRaw = later(deflateRawSync);
export const inflateRaw = later(inflateRawSync);
export const unzip = later(unzipSync);
export const createGzip = stream(gzipSync);
export const createGunzip = stream(gunzipSync);
export const createDeflate = stream(deflateSync);
export const createInflate = stream(inflateSync);
export const createDeflateRaw = stream(deflateRawSync);
export const createInflateRaw = stream(inflateRawSync);
export const createUnzip = stream(unzipSync);

/** CRC-32 as of gzip (RFC 1952, section 8). */
export function crc32(data, before = 0) {
  let sum = ~before;
  for (const byte of new Uint8Array(whole(data))) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

const refuse = (name) => () => {
  throw nodeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `zlib.${name} is not part of this sandbox: use gzip`);
};
export const brotliCompress = refuse('brotliCompress');
export const brotliCompressSync = refuse('brotliCompressSync');
export const brotliDecompress = refuse('brotliDecompress');
export const brotliDecompressSync = refuse('brotliDecompressSync');
export const createBrotliCompress = refuse('createBrotliCompress');
export const createBrotliDecompress = refuse('createBrotliDecompress');

export default {
  brotliCompress,
  brotliCompressSync,
  brotliDecompress,
  brotliDecompressSync,
  constants,
  crc32,
  createBrotliCompress,
  createBrotliDecompress,
  createDeflate,
  createDeflateRaw,
  createGunzip,
  createGzip,
  createInflate,
  createInflateRaw,
  createUnzip,
  deflate,
  deflateRaw,
  deflateRawSync,
  deflateSync,
  gunzip,
  gunzipSync,
  gzip,
  gzipSync,
  inflate,
  inflateRaw,
  inflateRawSync,
  inflateSync,
  unzip,
  unzipSync,
};
