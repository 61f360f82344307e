// Where a name of ssh, scp and rsync leads: `web-1`, `deploy@web-1`, and what follows the colon.
import { type FileError, type Files, resolvePath } from '../../machine/index.ts';

/** Who one is on every host, and the home folder there. */
const HOME = '/home/deploy';

export interface Place {
  /** Absent on the desk itself. */
  readonly host?: string;
  readonly path: string;
  /** As it was typed, without the host. */
  readonly shown: string;
}

/** `host:path`; a path with a slash before the colon is of the desk. */
export function placeOf(word: string, cwd: string): Place {
  const [, host, path = ''] = /^([^/:]+):(.*)$/s.exec(word) ?? [];
  if (host === undefined) return { path: resolvePath(cwd, word), shown: word };
  return { host: hostOf(host), path: resolvePath(HOME, path.replace(/^~\/?/, '')), shown: path };
}

export function hostOf(word: string): string {
  return word.slice(word.indexOf('@') + 1);
}

export function unknownHost(host: string): string {
  return `ssh: Could not resolve hostname ${host}: Name or service not known\n`;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  EACCES: 'Permission denied',
};

export function reasonOf({ code }: FileError): string {
  return reasons[code] ?? code;
}

export interface FoundFile {
  /** Below the folder that was asked for; '' for a file itself. */
  readonly path: string;
  readonly bytes?: Uint8Array;
  readonly mode: number;
}

/** A file, or a folder with all below it. */
export function filesBelow(files: Files, path: string, inside = ''): readonly FoundFile[] {
  const { type, mode } = files.stat(path);
  if (type !== 'directory') return [{ path: inside, bytes: files.readFile(path), mode }];
  const below = files
    .list(path)
    .flatMap((name) =>
      filesBelow(files, `${path === '/' ? '' : path}/${name}`, inside === '' ? name : `${inside}/${name}`),
    );
  return [{ path: inside, mode }, ...below];
}
