// What an artifact is on the forge: a zip of its files, whose SHA-256 is the artifact's digest.
import { joinBytes } from '../machine/files/index.ts';
import { sha256 } from '../machine/index.ts';

/** 1 January 1980, where the format's dates begin: the same files give the same bytes. */
const DATE = 0x0021;
/** "Version needed to extract", 2.0. */
const VERSION = 20;
/** Bit 11 of the flags: names are UTF-8. */
const UTF8 = 0x0800;

/**
 * The files as a zip without compression, in order of their paths (PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16).
 * @param files by path; at most 65,535 of them, as the format has it without its 64-bit part.
 */
export function zipOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const paths = Object.keys(files).sort();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const path of paths) {
    const bytes = files[path] ?? new Uint8Array();
    const name = new TextEncoder().encode(path);
    // From the version on, both headers have the same fields.
    const facts = [...two(VERSION), ...two(UTF8), ...two(0), ...two(0), ...two(DATE), ...four(crc32(bytes))];
    const sizes = [...four(bytes.length), ...four(bytes.length), ...two(name.length), ...two(0)];
    parts.push(Uint8Array.from([...four(0x04034b50), ...facts, ...sizes]), name, bytes);
    const rest = [...two(0), ...two(0), ...two(0), ...four(0), ...four(offset)];
    directory.push(Uint8Array.from([...four(0x02014b50), ...two(VERSION), ...facts, ...sizes, ...rest]), name);
    offset += 30 + name.length + bytes.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const counts = [...two(0), ...two(0), ...two(paths.length), ...two(paths.length)];
  return joinBytes([
    ...parts,
    ...directory,
    Uint8Array.from([...four(0x06054b50), ...counts, ...four(size), ...four(offset), ...two(0)]),
  ]);
}

/** SHA-256 in lower-case hexadecimal. */
export function digestOf(bytes: Uint8Array): string {
  return Array.from(sha256(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const two = (value: number): readonly number[] => [value & 0xff, (value >>> 8) & 0xff];
const four = (value: number): readonly number[] => [...two(value), ...two(value >>> 16)];

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}
