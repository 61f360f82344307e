import { promises } from 'node:fs';

export const {
  access,
  appendFile,
  chmod,
  constants,
  copyFile,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  truncate,
  unlink,
  watch,
  writeFile,
} = promises;
export default promises;
