import git from 'isomorphic-git';
import type { CommandIO } from '../../machine/index.ts';
import { GitStop, type OptionTable, readOptions } from './options.ts';
import { asConfig, openWork } from './work.ts';

const options: OptionTable = {
  '--global': { as: 'global' },
  '--local': { as: 'local' },
  '--list': { as: 'list' },
  '-l': { as: 'list' },
  '--get': { as: 'get' },
  '--unset': { as: 'unset' },
  '--add': { as: 'add' },
};

/** `git config`: reads and writes settings of the repository or of the person. */
export async function config(io: CommandIO, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('config', args, options);
  const { files, home } = io.machine;
  const person = `${home}/.gitconfig`;
  const own = repositoryOf(io);
  if (flags.has('list')) {
    if (!flags.has('local')) io.stdout(listing(files.exists(person) ? files.readText(person) : ''));
    if (!flags.has('global') && own !== undefined) io.stdout(listing(files.readText(`${own.gitdir}/config`)));
    return 0;
  }
  const [path, value] = words;
  if (path === undefined) throw new GitStop('error: no action specified', 129);
  if (!/^[A-Za-z][\w-]*(\..+)?\.[A-Za-z][\w-]*$/.test(path)) {
    throw new GitStop(
      path.includes('.') ? `error: invalid key: ${path}` : `error: key does not contain a section: ${path}`,
      1,
    );
  }
  if (value !== undefined || flags.has('unset')) {
    if (flags.has('global')) {
      if (!files.exists(person)) files.writeFile(person, '');
      await git.setConfig({ ...asConfig(files, person), path, value: flags.has('unset') ? undefined : value });
    } else {
      if (own === undefined) throw new GitStop('fatal: not in a git directory');
      await git.setConfig({ ...own, path, value: flags.has('unset') ? undefined : value });
    }
    return 0;
  }
  const found =
    (flags.has('global') || own === undefined ? undefined : await git.getConfig({ ...own, path })) ??
    (files.exists(person) && !flags.has('local')
      ? await git.getConfig({ ...asConfig(files, person), path })
      : undefined);
  if (found === undefined || found === null) return 1;
  io.stdout(`${found}\n`);
  return 0;
}

function repositoryOf(io: CommandIO) {
  try {
    return openWork(io);
  } catch (error) {
    if (error instanceof GitStop) return undefined;
    throw error;
  }
}

/** A configuration file as `section.name=value` lines. */
function listing(text: string): string {
  let section = '';
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const [, name, sub] = /^\s*\[([\w.-]+)(?:\s+"(.*)")?\]/.exec(line) ?? [];
    if (name !== undefined) section = sub === undefined ? name.toLowerCase() : `${name.toLowerCase()}.${sub}`;
    const [, key, value = ''] = /^\s*([A-Za-z][\w-]*)\s*=\s*(.*)$/.exec(line) ?? [];
    if (key !== undefined) lines.push(`${section}.${key.toLowerCase()}=${value}\n`);
  }
  return lines.join('');
}
