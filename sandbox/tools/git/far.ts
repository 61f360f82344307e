// Other repositories: behind an address of the forge, or in a folder of this machine.
import { folderOfUrl } from '../../forge/index.ts';
import { type CommandIO, resolvePath } from '../../machine/index.ts';
import { fatal, type GitStop } from './options.ts';
import { configText, settingsIn } from './settings.ts';
import type { Work } from './work.ts';

/** What git says where it finds no repository. @param place a name, a path or an address. */
export function noRepository(place: string): GitStop {
  const host = /^https?:\/\/([^/:]+)/.exec(place)?.[1];
  if (host !== undefined && host !== 'git.ventarela.test')
    return fatal(`unable to access '${place}/': Could not resolve host: ${host}`);
  if (host !== undefined) return fatal(`repository '${place}/' not found`);
  return fatal(
    `'${place}' does not appear to be a git repository\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.`,
  );
}

/**
 * The repository behind a URL of the forge or a path of this machine; undefined when it is neither.
 * @param from the folder from which a relative path goes.
 */
export function repositoryAt(
  { machine }: CommandIO,
  from: string,
  url: string,
): { readonly gitdir: string; readonly name: string } | undefined {
  const path = url.replace(/^file:\/\//, '');
  if (/^[\w.-]*(:|@)/.test(path) || path === '') return folderOfUrl(url);
  const folder = resolvePath(from, path);
  const gitdir = [`${folder}/.git`, folder, `${folder}.git`].find((one) => machine.files.exists(`${one}/HEAD`));
  // Where the forge has a disk of its own, none of its repositories is behind a path.
  const onForge = machine.far === machine.files ? folderOfUrl(url) : undefined;
  return gitdir === undefined || onForge !== undefined ? onForge : { gitdir, name: folder };
}

/** The remotes by name. */
export function remotesOf({
  io,
  gitdir,
}: Pick<Work, 'io' | 'gitdir'>): readonly { readonly remote: string; readonly url: string }[] {
  return settingsIn(configText(io.machine.files, `${gitdir}/config`)).flatMap(({ key, value: url }) => {
    const remote = /^remote\.(.+)\.url$/.exec(key)?.[1];
    return remote === undefined ? [] : [{ remote, url }];
  });
}
