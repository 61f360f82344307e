// The file system of a sandbox machine, and the changes that let others follow it.
export { joinBytes } from './bytes.ts';
export { FileError, type FileErrorCode } from './error.ts';
export {
  createFiles,
  createFollower,
  defaultFileLimits,
  type FileChange,
  type FileEntry,
  type FileLimits,
  type FileStat,
  type Files,
  type FileTree,
  PIPE,
} from './files.ts';
export { nameOf, operandPath, parentOf, resolvePath } from './path.ts';
