// A package as npm sends it: a gzipped tar whose files stand in `package/`, without owners and with one fixed date.
import { joinBytes } from '../../machine/files/index.ts';
import { sha1, sha512 } from '../../machine/tools/archive/digests.ts';
import { compress, decompress } from '../../machine/tools/archive/gzip.ts';

export interface PackedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
}

const BLOCK = 512;
/** 1985-10-26T08:15:00Z in seconds: the date that npm gives to every file, so that the same files make the same bytes. */
const MTIME = 499_162_500;

export function packTarball(files: readonly PackedFile[]): Uint8Array {
  const blocks = files.flatMap((file) => [header(file), padded(file.bytes)]);
  return compress(joinBytes([...blocks, new Uint8Array(2 * BLOCK)]), 9);
}

/** @throws when the bytes are no gzipped tar. */
export function unpackTarball(tarball: Uint8Array): readonly PackedFile[] {
  const bytes = decompress(tarball);
  const files: PackedFile[] = [];
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const size = octal(bytes, at + 124);
    const name = text(bytes, at, 100);
    const prefix = text(bytes, at + 345, 155);
    const path = (prefix === '' ? name : `${prefix}/${name}`).replace(/^[^/]+\//, '');
    files.push({ path, mode: octal(bytes, at + 100), bytes: bytes.slice(at + BLOCK, at + BLOCK + size) });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

/** Subresource integrity of the tarball, as lock files hold it: `sha512-` and base64. */
export function integrityOf(tarball: Uint8Array): string {
  return `sha512-${base64(sha512(tarball))}`;
}

export function shasumOf(tarball: Uint8Array): string {
  return [...sha1(tarball)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function header({ path, bytes, mode }: PackedFile): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (at: number, value: string): void => block.set(new TextEncoder().encode(value), at);
  const full = `package/${path}`;
  const cut = full.length <= 100 ? -1 : full.lastIndexOf('/', 155);
  put(0, full.slice(cut + 1));
  put(100, `${mode.toString(8).padStart(6, '0')} \0`);
  put(124, `${bytes.length.toString(8).padStart(11, '0')} `);
  put(136, `${MTIME.toString(8).padStart(11, '0')} `);
  put(148, '        ');
  put(156, '0');
  put(257, 'ustar\x0000');
  put(329, '000000 \x000000 \0');
  if (cut > 0) put(345, full.slice(0, cut));
  put(
    148,
    `${block
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')} \0`,
  );
  return block;
}

function padded(bytes: Uint8Array): Uint8Array {
  const block = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK);
  block.set(bytes);
  return block;
}

function text(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.slice(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.slice(0, end));
}

function octal(bytes: Uint8Array, at: number): number {
  return Number.parseInt(text(bytes, at, 12).trim() || '0', 8);
}

function base64(bytes: Uint8Array): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let out = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const three = ((bytes[at] as number) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const four = [18, 12, 6, 0].map((shift) => letters[(three >> shift) & 63]);
    const missing = Math.max(0, at + 3 - bytes.length);
    out += four.slice(0, 4 - missing).join('') + '='.repeat(missing);
  }
  return out;
}
