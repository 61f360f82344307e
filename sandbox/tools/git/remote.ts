import git from 'isomorphic-git';
import { GitStop, type OptionTable, readOptions } from './options.ts';
import type { Work } from './work.ts';

const options: OptionTable = { '-v': { as: 'verbose' }, '--verbose': { as: 'verbose' } };

/** `git remote`: the other repositories that this one knows by name. */
export async function remote(work: Work, args: readonly string[]): Promise<number> {
  const { io } = work;
  const { flags, words } = readOptions('remote', args, options);
  const [action, name, value] = words;
  const remotes = await git.listRemotes(work);
  const known = remotes.find(({ remote: one }) => one === name);
  const must = (): string => {
    if (known === undefined) throw new GitStop(`error: No such remote '${name}'`, 2);
    return known.url;
  };
  if (action === undefined) {
    for (const one of [...remotes].sort((a, b) => (a.remote < b.remote ? -1 : 1))) {
      io.stdout(
        flags.has('verbose')
          ? `${one.remote}\t${one.url} (fetch)\n${one.remote}\t${one.url} (push)\n`
          : `${one.remote}\n`,
      );
    }
    return 0;
  }
  if (action === 'add' && name !== undefined && value !== undefined) {
    if (known !== undefined) throw new GitStop(`error: remote ${name} already exists.`, 3);
    await git.addRemote({ ...work, remote: name, url: value });
    return 0;
  }
  if (action === 'get-url') {
    io.stdout(`${must()}\n`);
    return 0;
  }
  if (action === 'set-url' && value !== undefined && name !== undefined) {
    must();
    await git.addRemote({ ...work, remote: name, url: value, force: true });
    return 0;
  }
  if ((action === 'remove' || action === 'rm') && name !== undefined) {
    must();
    await git.deleteRemote({ ...work, remote: name });
    for (const branch of await git.listBranches({ ...work, remote: name }))
      await git.deleteRef({ ...work, ref: `refs/remotes/${name}/${branch}` });
    return 0;
  }
  throw new GitStop(`git remote: '${words.join(' ')}' is not part of this sandbox`, 129);
}
