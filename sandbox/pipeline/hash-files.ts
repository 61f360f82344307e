import sha from 'sha.js';
import type { Files } from '../machine/index.ts';
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
  const all = new sha.sha256();
  for (const path of found) all.update(new sha.sha256().update(files.readFile(path)).digest());
  return all.digest('hex');
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
