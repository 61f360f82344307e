// biome-ignore-all lint/style/noRestrictedGlobals: moments that are given, not the present one
// Zip archives as bytes. Source: PKWARE's APPNOTE 6.3, what Info-ZIP 3.0 writes of it: stored and deflated entries, no encryption.
import pako from 'pako';
import { joinBytes } from '../../files/index.ts';
import { bytesOf, textOf } from '../tool.ts';

export interface ZipEntry {
  /** A folder's ends in `/`. */
  readonly name: string;
  /** Of a file: type and permissions, as stat tells them. */
  readonly mode: number;
  readonly mtimeMs: number;
  readonly crc: number;
  readonly size: number;
  /** How it lies in the archive. */
  readonly packed: Uint8Array;
  readonly isDeflated: boolean;
}

const signature = { entry: 0x04034b50, listed: 0x02014b50, end: 0x06054b50 };
const UNIX_ZIP_3 = 0x031e;
const USER = 1000;

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** The CRC-32 of zip and gzip. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 255] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** An entry with its content deflated where that makes it smaller. @param level 0 stores. */
export function zipEntry(name: string, bytes: Uint8Array, mode: number, mtimeMs: number, level: number): ZipEntry {
  const deflated = level === 0 || bytes.length === 0 ? bytes : pako.deflateRaw(bytes, { level: level as 6 });
  const isDeflated = deflated.length < bytes.length;
  const packed = isDeflated ? deflated : bytes;
  return { name, mode, mtimeMs, crc: crc32(bytes), size: bytes.length, packed, isDeflated };
}

/** The content of an entry; undefined when it is damaged. */
export function contentOf({ packed, isDeflated, crc, size }: ZipEntry): Uint8Array | undefined {
  try {
    const bytes = isDeflated ? pako.inflateRaw(packed) : packed;
    return bytes !== undefined && bytes.length === size && crc32(bytes) === crc ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** Dates of MS-DOS: two seconds are one, and nothing is before 1980. */
function dosTime(ms: number): number {
  const at = new Date(Math.max(ms, Date.UTC(1980, 0, 1)));
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return ((date << 16) | time) >>> 0;
}

function msOfDos(stamp: number): number {
  const [date, time] = [stamp >>> 16, stamp & 0xffff];
  return Date.UTC((date >> 9) + 1980, ((date >> 5) & 15) - 1, date & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2);
}

export function packZip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const listed: Uint8Array[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = bytesOf(entry.name);
    const common = fields(26, (view) => {
      view.setUint16(0, entry.isDeflated ? 20 : 10, true);
      view.setUint16(4, entry.isDeflated ? 8 : 0, true);
      view.setUint32(6, dosTime(entry.mtimeMs), true);
      view.setUint32(10, entry.crc, true);
      view.setUint32(14, entry.packed.length, true);
      view.setUint32(18, entry.size, true);
      view.setUint16(22, name.length, true);
    });
    // What Info-ZIP adds: the moment in seconds (twice in front, once in the list), user and group.
    const seconds = Math.floor(entry.mtimeMs / 1000);
    const owner = [...number16(0x7875), ...number16(11), 1, 4, ...number32(USER), 4, ...number32(USER)];
    const inFront = [...number16(0x5455), ...number16(9), 3, ...number32(seconds), ...number32(seconds), ...owner];
    const inList = [...number16(0x5455), ...number16(5), 3, ...number32(seconds), ...owner];
    const local = [
      ...[number32(signature.entry), common.slice(0, 24), number16(inFront.length)],
      ...[name, Uint8Array.from(inFront), entry.packed],
    ];
    const attributes = fields(14, (view) => {
      view.setUint32(6, ((entry.mode << 16) | (entry.name.endsWith('/') ? 0x10 : 0)) >>> 0, true);
      view.setUint32(10, at, true);
    });
    const made = fields(2, (view) => view.setUint16(0, UNIX_ZIP_3, true));
    listed.push(number32(signature.listed), made, common.slice(0, 24), number16(inList.length));
    listed.push(attributes, name, Uint8Array.from(inList));
    parts.push(...local);
    at += local.reduce((sum, { length }) => sum + length, 0);
  }
  const size = listed.reduce((sum, { length }) => sum + length, 0);
  const end = fields(18, (view) => {
    view.setUint16(4, entries.length, true);
    view.setUint16(6, entries.length, true);
    view.setUint32(8, size, true);
    view.setUint32(12, at, true);
  });
  return joinBytes([...parts, ...listed, number32(signature.end), end]);
}

/** @returns undefined for what is no zip archive. */
export function unpackZip(bytes: Uint8Array): readonly ZipEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== signature.end) end--;
  if (end < 0) return undefined;
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== signature.listed) return undefined;
    const local = view.getUint32(at + 42, true);
    if (local + 30 > bytes.length) return undefined;
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const length = view.getUint16(at + 28, true);
    entries.push({
      name: textOf(bytes.subarray(at + 46, at + 46 + length)),
      mode: view.getUint32(at + 38, true) >>> 16,
      mtimeMs: msOfDos(view.getUint32(at + 12, true)),
      crc: view.getUint32(at + 16, true),
      size: view.getUint32(at + 24, true),
      packed: bytes.slice(start, start + view.getUint32(at + 20, true)),
      isDeflated: view.getUint16(at + 10, true) === 8,
    });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function fields(size: number, fill: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size);
  fill(new DataView(bytes.buffer));
  return bytes;
}

function number16(value: number): Uint8Array {
  return fields(2, (view) => view.setUint16(0, value, true));
}

function number32(value: number): Uint8Array {
  return fields(4, (view) => view.setUint32(0, value, true));
}
