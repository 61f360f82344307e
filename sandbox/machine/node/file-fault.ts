import { FileError } from '../files/index.ts';
import { Fault } from './vm.ts';

/** Whether a failure of the file tree is the program's to catch. */
export function asFault(error: unknown): unknown {
  if (!(error instanceof FileError)) return error;
  const { code, syscall, path } = error;
  return new Fault(error.message, { errno: errnos[code] ?? -1, code, syscall, path });
}

const errnos: Readonly<Record<string, number>> = {
  EPERM: -1,
  ENOENT: -2,
  EEXIST: -17,
  ENOTDIR: -20,
  EISDIR: -21,
  EINVAL: -22,
  EFBIG: -27,
  ENOSPC: -28,
  ENOTEMPTY: -39,
  ELOOP: -40,
  ENAMETOOLONG: -36,
};
