import { type Files, sha256 } from '../machine/index.ts';
import { selects } from './filter.ts';

/**
 * `hashFiles()`: SHA-256 over the SHA-256 of each file below `root` that the patterns select, in order of path; '' when there is
 * none ("Evaluate expressions in workflows and actions", hashFiles).
 */
export function hashFiles(files: Files, root: string, patterns: readonly string[]): string {
  const wanted = patterns
    .flatMap((pattern) => pattern.split('\n'))
    .map((pattern) => pattern.trim().replace(/^(!?)\.\//, '$1'))
    .filter((pattern) => pattern !== '');
  const found = filesBelow(files, root).filter((path) => selects(wanted, path.slice(root.length + 1)));
  if (found.length === 0) return '';
  const parts = found.map((path) => sha256(files.readFile(path)));
  const all = new Uint8Array(parts.length * 32);
  for (const [index, part] of parts.entries()) all.set(part, index * 32);
  return Array.from(sha256(all), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Absolute paths of all files below a folder, sorted. */
export function filesBelow(files: Files, folder: string): readonly string[] {
  if (!files.exists(folder)) return [];
  return files.list(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    const { type } = files.lstat(path);
    return type === 'directory' ? filesBelow(files, path) : type === 'file' ? [path] : [];
  });
}
