import { type CommandIO, resolvePath } from '../../machine/index.ts';
import { GitStop, lastValue, type OptionTable, readOptions } from './options.ts';
import {
  changeConfig,
  configText,
  settingIn,
  settingsIn,
  withAddedSetting,
  withoutSetting,
  withSection,
  withSetting,
} from './settings.ts';
import { openWork } from './work.ts';

const options: OptionTable = {
  '--global': { as: 'global' },
  '--local': { as: 'local' },
  '--list': { as: 'list' },
  '-l': { as: 'list' },
  '--get': { as: 'get' },
  '--unset': { as: 'unset' },
  '--remove-section': { as: 'remove-section' },
  '--get-all': { as: 'get-all' },
  '--get-regexp': { as: 'get-regexp' },
  '--name-only': { as: 'name-only' },
  '--show-origin': { as: 'show-origin' },
  '-f': { as: 'file', value: true },
  '--file': { as: 'file', value: true },
  '--default': { as: 'default', value: true },
  '--add': { as: 'add' },
  '--replace-all': { as: 'replace-all' },
  '--unset-all': { as: 'unset' },
  '--bool': { as: 'bool' },
  '--int': { as: 'int' },
  '--type': { as: 'type', value: true },
};

/** `git config`: reads and writes settings of the repository or of the person. */
export async function config(io: CommandIO, args: readonly string[]): Promise<number> {
  const parsed = readOptions('config', args, options);
  const { flags, words } = parsed;
  const { files, home } = io.machine;
  const named = lastValue(parsed, 'file');
  const person = named === undefined ? `${home}/.gitconfig` : resolvePath(io.cwd, named);
  const own = named === undefined ? repositoryOf(io) : undefined;
  const sources = [
    ...(flags.has('local') ? [] : [person]),
    ...(flags.has('global') || own === undefined ? [] : [`${own.gitdir}/config`]),
  ];
  if (flags.has('list')) {
    for (const file of sources) {
      const origin = flags.has('show-origin')
        ? `file:${own !== undefined && file.startsWith(own.gitdir) ? '.git/config' : file}\t`
        : '';
      for (const { key, value } of settingsIn(configText(files, file)))
        io.stdout(`${origin}${key}${flags.has('name-only') ? '' : `=${value}`}\n`);
    }
    return 0;
  }
  if (flags.has('get-regexp') || flags.has('get-all')) {
    const [pattern = ''] = words;
    const wanted = flags.has('get-regexp') ? new RegExp(pattern) : undefined;
    const found = sources
      .flatMap((file) => settingsIn(configText(files, file)))
      .filter(({ key }) => (wanted === undefined ? key === pattern.toLowerCase() : wanted.test(key)));
    for (const { key, value } of found)
      io.stdout(`${wanted === undefined ? value : flags.has('name-only') ? key : `${key} ${value}`}\n`);
    return found.length > 0 ? 0 : 1;
  }
  const [path, value] = words;
  if (path === undefined) throw new GitStop('error: no action specified', 129);
  if (flags.has('remove-section')) {
    const place = flags.has('global') || own === undefined ? person : `${own.gitdir}/config`;
    if (!settingsIn(configText(files, place)).some(({ key }) => key.startsWith(`${path}.`)))
      throw new GitStop(`fatal: no such section: ${path}`, 128);
    changeConfig(files, place, (text) => withSection(text, path));
    return 0;
  }
  const writes = value !== undefined || flags.has('unset');
  if (writes && !flags.has('global') && own === undefined) throw new GitStop('fatal: not in a git directory');
  if (!/^[A-Za-z][\w-]*(\..+)?\.[A-Za-z][\w-]*$/.test(path)) {
    throw new GitStop(
      path.includes('.') ? `error: invalid key: ${path}` : `error: key does not contain a section: ${path}`,
      value === undefined ? 1 : 2,
    );
  }
  if (writes) {
    const file = flags.has('global') || own === undefined ? person : `${own.gitdir}/config`;
    if (flags.has('unset') && settingIn(configText(files, file), path) === undefined) return 5;
    changeConfig(files, file, (text) =>
      flags.has('unset') || value === undefined
        ? withoutSetting(text, path)
        : flags.has('add')
          ? withAddedSetting(text, path, value)
          : withSetting(flags.has('replace-all') ? withoutSetting(text, path) : text, path, value),
    );
    return 0;
  }
  const found =
    (flags.has('global') || own === undefined
      ? undefined
      : settingIn(configText(files, `${own.gitdir}/config`), path)) ??
    (flags.has('local') ? undefined : settingIn(configText(files, person), path));
  if (found === undefined) {
    const usual = lastValue(parsed, 'default');
    if (usual === undefined) return 1;
    io.stdout(`${usual}\n`);
    return 0;
  }
  const origin = !flags.has('show-origin')
    ? ''
    : own !== undefined && !flags.has('global') && settingIn(configText(files, `${own.gitdir}/config`), path) === found
      ? 'file:.git/config\t'
      : `file:${person}\t`;
  io.stdout(
    `${origin}${typed(found, path, lastValue(parsed, 'type') ?? [...flags].find((one) => one === 'bool' || one === 'int'))}\n`,
  );
  return 0;
}

/** A value as `--type=bool` and `--type=int` write it. @throws GitStop when it is none. */
function typed(value: string, key: string, type: string | undefined): string {
  if (type === 'bool') {
    if (/^(true|yes|on|1|)$/i.test(value)) return 'true';
    if (/^(false|no|off|0)$/i.test(value)) return 'false';
    throw new GitStop(`fatal: bad boolean config value '${value}' for '${key}'`);
  }
  if (type === 'int') {
    const [, digits, unit] = /^(-?\d+)([kmg]?)$/i.exec(value) ?? [];
    if (digits === undefined)
      throw new GitStop(`fatal: bad numeric config value '${value}' for '${key}': invalid unit`);
    return String(Number(digits) * 1024 ** ['', 'k', 'm', 'g'].indexOf((unit ?? '').toLowerCase()));
  }
  return value;
}

function repositoryOf(io: CommandIO) {
  try {
    return openWork(io);
  } catch (error) {
    if (error instanceof GitStop) return undefined;
    throw error;
  }
}
