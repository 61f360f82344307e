import { PROGRESS_FILE } from './progress-file.ts';

/** More than ninety days of work come to. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The records of progress in a file that somebody chose: an archive of their course repository, as downloaded here or from a git
 * host, or the records themselves. Of an archive only that one file is unpacked. What is neither is given back as it is: reading it
 * says what is wrong.
 */
export async function recordsIn(file: Blob): Promise<Blob> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const isZip = start[0] === 0x50 && start[1] === 0x4b;
  if (!isZip || file.size > MOST_BYTES) return file;
  const { unzipSync } = await import('fflate');
  try {
    const found = unzipSync(new Uint8Array(await file.arrayBuffer()), {
      filter: ({ name, originalSize }) => isRecords(name) && originalSize <= MOST_BYTES,
    });
    const [records] = Object.values(found);
    return records === undefined ? file : new Blob([records as Uint8Array<ArrayBuffer>]);
  } catch {
    return file;
  }
}

/** In its root, or below the one folder that git hosts put around an archive. */
function isRecords(path: string): boolean {
  return path === PROGRESS_FILE || (path.endsWith(`/${PROGRESS_FILE}`) && path.split('/').length === 3);
}
