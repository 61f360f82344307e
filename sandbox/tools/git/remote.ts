import * as git from 'isomorphic-git';
import { isRefName } from '../../forge/git/index.ts';
import { pushAddresses, remotesOf } from './far.ts';
import type { GetLazy } from './lazy.ts';
import { fatal, GitStop, type OptionTable, readOptions, UsageStop } from './options.ts';
import { removeRef } from './refs.ts';
import { resolve } from './revisions.ts';
import {
  changeConfig,
  configText,
  settingsIn,
  withAddedSetting,
  withoutSetting,
  withSection,
  withSetting,
} from './settings.ts';
import { settingsHere } from './sources.ts';
import { fetch, originOf } from './sync.ts';
import type { Work } from './work.ts';

const options: OptionTable = {
  '-v': { as: 'verbose' },
  '--verbose': { as: 'verbose' },
  '-n': { as: 'dry-run' },
  '--dry-run': { as: 'dry-run' },
  '--push': { as: 'push' },
  '-f': { as: 'fetch' },
  '--fetch': { as: 'fetch' },
  '-a': { as: 'auto' },
  '--auto': { as: 'auto' },
  '-d': { as: 'delete' },
  '--delete': { as: 'delete' },
  '-p': { as: 'prune' },
  '--prune': { as: 'prune' },
  '--all': { as: 'all' },
  '--add': { as: 'add' },
};

/** `git remote`: the other repositories that this one knows by name. */
export async function remote(work: Work, args: readonly string[], lazy: GetLazy): Promise<number> {
  const { io } = work;
  const { flags, words } = readOptions('remote', args, options);
  const [action, name, value] = words;
  const { files } = io.machine;
  const configFile = `${work.gitdir}/config`;
  const remotes = remotesOf(work);
  const known = remotes.find(({ remote: one }) => one === name);
  const must = (): string => {
    if (known === undefined) throw new GitStop(`error: No such remote '${name}'`, 2);
    return known.url;
  };
  if (action === 'show' && name !== undefined) return (await lazy()).showRemote(work, name);
  if (action === 'prune' && name !== undefined) return (await lazy()).pruneRemote(work, name, flags.has('dry-run'));
  if (action === undefined || action === 'show') {
    for (const one of [...remotes].sort((a, b) => (a.remote < b.remote ? -1 : 1))) {
      io.stdout(
        flags.has('verbose')
          ? `${one.remote}\t${one.url} (fetch)\n${pushAddresses(work, one.remote)
              .map((url) => `${one.remote}\t${url} (push)\n`)
              .join('')}`
          : `${one.remote}\n`,
      );
    }
    return 0;
  }
  if (action === 'add' && name !== undefined && value !== undefined) {
    if (known !== undefined) throw new GitStop(`error: remote ${name} already exists.`, 3);
    if (!isRefName(`remotes/${name}/x`)) throw new GitStop(`fatal: '${name}' is not a valid remote name`);
    addRemote(work, name, value);
    if (!flags.has('fetch')) return 0;
    io.stdout(`Updating ${name}\n`);
    return fetch(work, [name]);
  }
  if (action === 'get-url') {
    const url = must();
    const urls = flags.has('push')
      ? pushAddresses(work, name ?? '')
      : flags.has('all')
        ? urlsOf(work, name ?? '', 'url')
        : [url];
    io.stdout((flags.has('all') ? urls : urls.slice(0, 1)).map((one) => `${one}\n`).join(''));
    return 0;
  }
  if (action === 'set-url' && value !== undefined && name !== undefined) {
    must();
    setUrl(work, name, flags, words.slice(2));
    return 0;
  }
  if (action === 'rename' && name !== undefined && value !== undefined) {
    if (known === undefined) throw new GitStop(`error: No such remote: '${name}'`, 2);
    if (remotes.some(({ remote: one }) => one === value))
      throw new GitStop(`error: remote ${value} already exists.`, 3);
    await renameRemote(work, name, value);
    return 0;
  }
  if ((action === 'remove' || action === 'rm') && name !== undefined) {
    if (known === undefined) throw new GitStop(`error: No such remote: '${name}'`, 2);
    for (const branch of await git.listBranches({ ...work, remote: name }))
      await removeRef(work, `refs/remotes/${name}/${branch}`);
    const followers = settingsIn(configText(files, configFile)).flatMap(({ key, value: of }) =>
      of === name && /^branch\..*\.remote$/.test(key) ? [key.replace(/\.remote$/, '')] : [],
    );
    for (const section of [`remote.${name}`, ...followers])
      changeConfig(files, configFile, (text) => withSection(text, section));
    return 0;
  }
  if (action === 'update') {
    for (const one of name === undefined ? remotes.map(({ remote: one }) => one) : words.slice(1)) {
      if (remotes.length > 1) io.stdout(`Fetching ${one}\n`);
      await fetch(work, [one, ...(flags.has('prune') ? ['-p'] : [])]);
    }
    return 0;
  }
  if (action === 'set-branches' && name !== undefined && value !== undefined) {
    must();
    const key = `remote.${name}.fetch`;
    changeConfig(files, configFile, (text) =>
      words
        .slice(2)
        .map((branch) => `+refs/heads/${branch}:refs/remotes/${name}/${branch}`)
        .reduce(
          (left, refspec) => withAddedSetting(left, key, refspec),
          flags.has('add') ? text : withoutSetting(text, key),
        ),
    );
    return 0;
  }
  if (action === 'set-head' && name !== undefined) return setHead(work, name, value, flags);
  if (action !== undefined && ownUsages.includes(action)) throw new UsageStop(`remote ${action}`);
  if (/^[a-z-]+$/.test(action ?? '') && action !== 'set-branches')
    throw new UsageStop('remote', { message: `error: unknown subcommand: \`${action}'\n` });
  throw new GitStop(`git remote: '${words.join(' ')}' is not part of this sandbox`, 129);
}

/** `remote set-url`: one address in place of another, or beside it (`--add`), or without it (`--delete`). */
function setUrl(work: Work, name: string, flags: ReadonlySet<string>, [value = '', old]: readonly string[]): void {
  const kind = flags.has('push') ? 'pushurl' : 'url';
  const key = `remote.${name}.${kind}`;
  const before = urlsOf(work, name, kind);
  const wanted = new RegExp(flags.has('delete') ? value : (old ?? ''));
  const isMeant = (url: string): boolean => (old !== undefined || flags.has('delete')) && wanted.test(url);
  if ((old !== undefined || flags.has('delete')) && !before.some(isMeant))
    throw fatal(flags.has('delete') ? `could not unset '${key}'` : `No such URL found: ${old}`);
  if (flags.has('delete') && kind === 'url' && before.every(isMeant)) throw fatal('Will not delete all non-push URLs');
  const after = flags.has('add')
    ? [...before, value]
    : flags.has('delete')
      ? before.filter((url) => !isMeant(url))
      : old !== undefined
        ? before.map((url) => (isMeant(url) ? value : url))
        : [value];
  const { files } = work.io.machine;
  changeConfig(files, `${work.gitdir}/config`, (text) =>
    before.length === 1 && after.length === 1
      ? withSetting(text, key, after[0] ?? '')
      : after
          .slice(flags.has('add') ? -1 : 0)
          .reduce(
            (left, url) => withAddedSetting(left, key, url),
            flags.has('add') ? text : before.reduce((left) => withoutSetting(left, key), text),
          ),
  );
}

/** The addresses of a remote as they are set. */
const urlsOf = (work: Work, name: string, kind: 'url' | 'pushurl'): readonly string[] =>
  settingsHere(work.io, work).flatMap(({ key, value }) => (key === `remote.${name}.${kind}` ? [value] : []));

/** Actions that need more words than they got. */
const ownUsages: readonly string[] = ['add', 'rename', 'remove', 'rm', 'prune'];

/** `remote set-head`: the branch that `origin` alone means here. */
async function setHead(
  work: Work,
  name: string,
  given: string | undefined,
  flags: ReadonlySet<string>,
): Promise<number> {
  const ref = `refs/remotes/${name}/HEAD`;
  if (flags.has('delete')) {
    await removeRef(work, ref);
    return 0;
  }
  const branch = flags.has('auto') ? await git.currentBranch((await originOf(work, name)).place) : given;
  if (typeof branch !== 'string') throw new GitStop('error: Cannot determine remote HEAD', 1);
  const value = `refs/remotes/${name}/${branch}`;
  if ((await resolve(work, value)) === undefined) throw new GitStop(`error: Not a valid ref: ${value}`, 1);
  await git.writeRef({ ...work, ref, value, symbolic: true, force: true });
  if (flags.has('auto')) work.io.stdout(`${name}/HEAD set to ${branch}\n`);
  return 0;
}

async function renameRemote(work: Work, from: string, to: string): Promise<void> {
  const { files } = work.io.machine;
  changeConfig(files, `${work.gitdir}/config`, (text) => {
    const renamed = withSetting(
      withSection(text, `remote.${from}`, `remote.${to}`),
      `remote.${to}.fetch`,
      `+refs/heads/*:refs/remotes/${to}/*`,
    );
    const followers = settingsIn(renamed).filter(
      ({ key, value }) => value === from && /^branch\..*\.remote$/.test(key),
    );
    return followers.reduce((changed, { key }) => withSetting(changed, key, to), renamed);
  });
  const folder = `${work.gitdir}/refs/remotes`;
  if (files.exists(`${folder}/${from}`)) files.rename(`${folder}/${from}`, `${folder}/${to}`);
  if (files.exists(`${folder}/${to}/HEAD`)) {
    const head = files.readText(`${folder}/${to}/HEAD`);
    files.writeFile(`${folder}/${to}/HEAD`, head.replace(`refs/remotes/${from}/`, `refs/remotes/${to}/`));
  }
}

/** Gives a repository a name here. */
export function addRemote({ io, gitdir }: Work, name: string, url: string): void {
  changeConfig(io.machine.files, `${gitdir}/config`, (text) =>
    withSetting(
      withSetting(text, `remote.${name}.url`, url),
      `remote.${name}.fetch`,
      `+refs/heads/*:refs/remotes/${name}/*`,
    ),
  );
}

/** The branch that a remote's `HEAD` names here (`origin/main`), when a clone has said it. */
export async function remoteHead(work: Work, remote: string): Promise<string | undefined> {
  const file = `${work.gitdir}/refs/remotes/${remote}/HEAD`;
  const { files } = work.io.machine;
  if (!files.exists(file) || (await resolve(work, `refs/remotes/${remote}/HEAD`)) === undefined) return undefined;
  return /^ref: refs\/remotes\/(.+)\n$/.exec(files.readText(file))?.[1];
}
