// The file system of a sandbox machine, and the changes that let others follow it.
export { joinBytes } from './bytes.ts';
export {
  type FileChange,
  type FileEntry,
  type FileLimits,
  type FileStat,
  type Files,
  type FileTree,
  PIPE,
} from './contract.ts';
export { FileError, type FileErrorCode } from './error.ts';
export { createFiles, defaultFileLimits } from './files.ts';
export { createFollower } from './follower.ts';
export { nameOf, operandPath, parentOf, resolvePath } from './path.ts';
