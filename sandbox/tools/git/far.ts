// Other repositories: behind an address of the forge, or in a folder of this machine.
import { folderOfUrl } from '../../forge/index.ts';
import { type CommandIO, resolvePath } from '../../machine/index.ts';
import { fatal, GitStop } from './options.ts';
import { settingsHere } from './sources.ts';
import type { Work } from './work.ts';

/** What git says where it finds no repository. @param place a name, a path or an address. */
export function noRepository(place: string): GitStop {
  const host = /^https?:\/\/([^/:]+)/.exec(place)?.[1];
  if (host !== undefined && host !== 'git.ventarela.test')
    return fatal(`unable to access '${place}/': Could not resolve host: ${host}`);
  if (host !== undefined) return fatal(`repository '${place}/' not found`);
  const [, shell] = /^(?:[^@/:]+@)?([\w.-]+):(?!\/\/)/.exec(place) ?? /^ssh:\/\/(?:[^@/]+@)?([^/:]+)/.exec(place) ?? [];
  if (shell !== undefined)
    return new GitStop(
      `ssh: Could not resolve hostname ${shell}: Name or service not known\r\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.`,
    );
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
export function remotesOf(work: Work): readonly { readonly remote: string; readonly url: string }[] {
  const names = settingsHere(work.io, work).flatMap(({ key }) => /^remote\.(.+)\.url$/.exec(key)?.[1] ?? []);
  return [...new Set(names)].map((remote) => ({ remote, url: addressOf(work, remote) }));
}

/** Where a remote is, or the address itself when it is no remote's name. */
export function addressOf(work: Work, remote: string): string {
  const { value = remote } = settingsHere(work.io, work).find(({ key }) => key === `remote.${remote}.url`) ?? {};
  return rewritten(work.io, work, value);
}

/** All addresses to which a remote is pushed: its push addresses, else its own. */
export function pushAddresses(work: Work, remote: string): readonly string[] {
  const settings = settingsHere(work.io, work);
  const of = (kind: string): readonly string[] =>
    settings.flatMap(({ key, value }) => (key === `remote.${remote}.${kind}` ? [value] : []));
  const own = of('pushurl');
  if (own.length > 0) return own.map((url) => rewritten(work.io, work, url));
  const urls = of('url');
  return (urls.length > 0 ? urls : [remote]).map((url) => rewritten(work.io, work, url, true));
}

/** An address with its beginning as `url.BASE.insteadOf` says, the longest that fits; `pushInsteadOf` comes before it when one pushes. */
export function rewritten(io: CommandIO, work: Work | undefined, url: string, pushing = false): string {
  const rules = settingsHere(io, work).flatMap(({ key, value }) => {
    const [, base, kind] = /^url\.(.+)\.(insteadof|pushinsteadof)$/s.exec(key) ?? [];
    return base === undefined || !url.startsWith(value) ? [] : [{ base, kind, start: value }];
  });
  const ofKind = (kind: string) =>
    rules.filter((one) => one.kind === kind).sort((a, b) => b.start.length - a.start.length);
  const [rule] = [...(pushing ? ofKind('pushinsteadof') : []), ...ofKind('insteadof')];
  return rule === undefined ? url : rule.base + url.slice(rule.start.length);
}
