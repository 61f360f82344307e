// What programs pack and unpack (RFC 1950, 1951, 1952), on pako as gzip is.
import pako from 'pako';
import { decompress, isGzip } from './gzip.ts';

const unpackers = { gunzip: 'ungzip', inflate: 'inflate', inflateRaw: 'inflateRaw', unzip: 'inflate' } as const;

/**
 * @param kind as node:zlib calls it: `gzip`, `deflateRaw`, `unzip`…
 * @param level 1 to 9; anything else means 6.
 * @returns the bytes, or what is wrong with them in zlib's words.
 */
export function zlib(kind: string, bytes: Uint8Array, level: number): Uint8Array | string {
  const chosen = (level >= 1 && level <= 9 ? level : 6) as 6;
  if (kind === 'gzip') return pako.gzip(bytes, { level: chosen, header: { os: 3 } });
  if (kind === 'deflate') return pako.deflate(bytes, { level: chosen });
  if (kind === 'deflateRaw') return pako.deflateRaw(bytes, { level: chosen });
  if (bytes.length === 0) return 'unexpected end of file';
  // pako finds out by itself which of both it is: zlib does so only when asked to.
  if (kind === 'gunzip' && bytes.length > 1 && !isGzip(bytes)) return 'incorrect header check';
  if (kind === 'inflate' && isGzip(bytes)) return 'incorrect header check';
  try {
    if (isGzip(bytes) && kind !== 'inflateRaw') return decompress(bytes);
    if (kind === 'inflate') return inflated(bytes);
    return pako[unpackers[kind as keyof typeof unpackers]](bytes) ?? 'unexpected end of file';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** pako gives what there is of data that stop too early: the sum at their end (RFC 1950) tells. */
function inflated(bytes: Uint8Array): Uint8Array | string {
  const plain = pako.inflate(bytes);
  let [low, high] = [1, 0];
  for (const byte of plain ?? []) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  const sum = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isWhole =
    bytes.length > 5 && sum.getUint16(bytes.length - 4) === high && sum.getUint16(bytes.length - 2) === low;
  return plain !== undefined && isWhole ? plain : 'unexpected end of file';
}
