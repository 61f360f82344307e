import type { CommandIO } from '../../machine/index.ts';
import { GitStop, type OptionTable, readOptions } from './options.ts';
import { changeConfig, configText, settingIn, settingsIn, withoutSetting, withSetting } from './settings.ts';
import { openWork } from './work.ts';

const options: OptionTable = {
  '--global': { as: 'global' },
  '--local': { as: 'local' },
  '--list': { as: 'list' },
  '-l': { as: 'list' },
  '--get': { as: 'get' },
  '--unset': { as: 'unset' },
};

/** `git config`: reads and writes settings of the repository or of the person. */
export async function config(io: CommandIO, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('config', args, options);
  const { files, home } = io.machine;
  const person = `${home}/.gitconfig`;
  const own = repositoryOf(io);
  if (flags.has('list')) {
    if (!flags.has('local')) io.stdout(listing(configText(files, person)));
    if (!flags.has('global') && own !== undefined) io.stdout(listing(configText(files, `${own.gitdir}/config`)));
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
    if (!flags.has('global') && own === undefined) throw new GitStop('fatal: not in a git directory');
    const file = flags.has('global') || own === undefined ? person : `${own.gitdir}/config`;
    if (flags.has('unset') && settingIn(configText(files, file), path) === undefined) return 5;
    changeConfig(files, file, (text) =>
      flags.has('unset') || value === undefined ? withoutSetting(text, path) : withSetting(text, path, value),
    );
    return 0;
  }
  const found =
    (flags.has('global') || own === undefined
      ? undefined
      : settingIn(configText(files, `${own.gitdir}/config`), path)) ??
    (flags.has('local') ? undefined : settingIn(configText(files, person), path));
  if (found === undefined) return 1;
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
  return settingsIn(text)
    .map(({ key, value }) => `${key}=${value}\n`)
    .join('');
}
