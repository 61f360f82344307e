// Other repositories: behind an address of the forge, or in a folder of this machine.
import { folderOfUrl } from '../../forge/index.ts';
import { type CommandIO, resolvePath } from '../../machine/index.ts';
import { fatal, type GitStop } from './options.ts';
import { config, settingsHere } from './sources.ts';
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
export function remotesOf(work: Work): readonly { readonly remote: string; readonly url: string }[] {
  return settingsHere(work.io, work).flatMap(({ key, value }) => {
    const remote = /^remote\.(.+)\.url$/.exec(key)?.[1];
    return remote === undefined ? [] : [{ remote, url: rewritten(work.io, work, value) }];
  });
}

/** Where a remote is, or the address itself when it is no remote's name. @param pushing where it is pushed to. */
export function addressOf(work: Work, remote: string, pushing = false): string {
  const own = pushing ? config(work, `remote.${remote}.pushurl`) : undefined;
  return rewritten(work.io, work, own ?? config(work, `remote.${remote}.url`) ?? remote, pushing && own === undefined);
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
