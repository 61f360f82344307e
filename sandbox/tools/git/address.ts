// Where another repository is: on the forge by its URL, or in a folder of this machine.
import { folderOfUrl, gitFiles, type Place } from '../../forge/index.ts';
import { type CommandIO, resolvePath } from '../../machine/index.ts';

export interface Address extends Place {
  /** Of a repository of the forge. */
  readonly name?: string;
  /** Whether it is a folder, and no server. */
  readonly isLocal: boolean;
}

/** The repository behind a URL or a path as it was given, or undefined when there is none. @param from folder for relative paths. */
export function addressOf({ machine }: CommandIO, url: string, from: string): Address | undefined {
  const { files } = machine;
  const fs = gitFiles(files);
  const onForge = folderOfUrl(url);
  if (onForge !== undefined)
    return files.exists(`${onForge.gitdir}/HEAD`) ? { fs, ...onForge, isLocal: url.startsWith('/') } : undefined;
  if (/^[a-z+]+:\/\//.test(url) && !url.startsWith('file://')) return undefined;
  const path = resolvePath(from, url.replace(/^file:\/\//, ''));
  const gitdir = [`${path}/.git`, path, `${path}.git`, `${path}.git/.git`].find(
    (one) => files.exists(`${one}/HEAD`) && files.exists(`${one}/objects`),
  );
  return gitdir === undefined ? undefined : { fs, gitdir, isLocal: true };
}
