import { isProgressFile } from './progress-file.ts';

/** More than ninety days of work come to. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The files of progress in a file that somebody chose: an archive of their course repository, as downloaded here or from a git
 * host, or such a file itself. Of an archive only these files are unpacked. What is neither is given back as it is: reading it says
 * what is wrong.
 */
export async function recordsIn(file: Blob): Promise<readonly Blob[]> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const isZip = start[0] === 0x50 && start[1] === 0x4b;
  if (!isZip || file.size > MOST_BYTES) return [file];
  const { unzipSync } = await import('fflate');
  try {
    let left = MOST_BYTES;
    const found = unzipSync(new Uint8Array(await file.arrayBuffer()), {
      filter({ name, originalSize }) {
        const isWanted = isProgressFile(name) && originalSize <= left;
        if (isWanted) left -= originalSize;
        return isWanted;
      },
    });
    const records = Object.values(found).map((bytes) => new Blob([bytes as Uint8Array<ArrayBuffer>]));
    return records.length === 0 ? [file] : records;
  } catch {
    return [file];
  }
}
