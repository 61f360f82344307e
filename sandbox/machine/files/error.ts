/** The error codes of POSIX that the file tree can answer with, and Node's wording of each. */
const wording = {
  ENOENT: 'no such file or directory',
  EEXIST: 'file already exists',
  ENOTDIR: 'not a directory',
  EISDIR: 'illegal operation on a directory',
  ENOTEMPTY: 'directory not empty',
  ELOOP: 'too many symbolic links encountered',
  ENAMETOOLONG: 'name too long',
  EINVAL: 'invalid argument',
  EPERM: 'operation not permitted',
  EFBIG: 'file too large',
  ENOSPC: 'no space left on device',
} as const;

export type FileErrorCode = keyof typeof wording;

/** Thrown by the file tree. `code`, `syscall`, `path` and the message are those of Node's `fs`. */
export class FileError extends Error {
  override readonly name = 'Error';
  readonly code: FileErrorCode;
  readonly syscall: string;
  readonly path: string;

  constructor(code: FileErrorCode, syscall: string, path: string, destination?: string) {
    // git asks for hundreds of files that are not there: where in our code that was found is told to nobody, and costs more than the rest.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(`${code}: ${wording[code]}, ${syscall} '${path}'${destination === undefined ? '' : ` -> '${destination}'`}`);
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.syscall = syscall;
    this.path = path;
  }
}
