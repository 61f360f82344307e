import { type CommandIO, resolvePath } from '../../machine/index.ts';
import { editFile, editorOf } from './editor.ts';
import { GitStop, lastValue, type OptionTable, readOptions, UsageStop } from './options.ts';
import {
  changeConfig,
  configText,
  settingsIn,
  withAddedSetting,
  withoutSetting,
  withSection,
  withSetting,
} from './settings.ts';
import { checkedText, keyOf, type Sourced, settingsHere } from './sources.ts';
import { openWork } from './work.ts';

const options: OptionTable = {
  '--global': { as: 'global' },
  '--local': { as: 'local' },
  '--system': { as: 'system' },
  '--list': { as: 'list' },
  '-l': { as: 'list' },
  '--get': { as: 'get' },
  '--unset': { as: 'unset' },
  '--remove-section': { as: 'remove-section' },
  '--rename-section': { as: 'rename-section' },
  '--get-all': { as: 'get-all' },
  '--get-regexp': { as: 'get-regexp' },
  '--name-only': { as: 'name-only' },
  '--show-origin': { as: 'show-origin' },
  '--show-scope': { as: 'show-scope' },
  '-f': { as: 'file', value: true },
  '--file': { as: 'file', value: true },
  '--default': { as: 'default', value: true },
  '--add': { as: 'add' },
  '--replace-all': { as: 'replace-all' },
  '--unset-all': { as: 'unset-all' },
  '--bool': { as: 'bool' },
  '--int': { as: 'int' },
  '--type': { as: 'type', value: true },
  '-e': { as: 'edit' },
  '--edit': { as: 'edit' },
  '-z': { as: 'nul' },
  '--null': { as: 'nul' },
  '--path': { as: 'path' },
  '--bool-or-int': { as: 'bool-or-int' },
  '--includes': { as: 'includes' },
  '--no-includes': { as: 'no-includes' },
};

/** `git config`: reads and writes settings of the repository or of the person. */
export async function config(io: CommandIO, args: readonly string[]): Promise<number> {
  const parsed = readOptions('config', args, options, true);
  const { flags, words } = parsed;
  const { files, home } = io.machine;
  const named = lastValue(parsed, 'file');
  const own = named === undefined ? repositoryOf(io) : undefined;
  if (flags.has('local') && own === undefined)
    throw new GitStop('fatal: --local can only be used inside a git repository');
  const person = named === undefined ? `${home}/.gitconfig` : resolvePath(io.cwd, named);
  const ours = own === undefined ? undefined : `${own.gitdir}/config`;
  const only = ['global', 'local', 'system'].find((flag) => flags.has(flag));
  // A file that is named is read alone, without those that it includes.
  const one = named !== undefined ? person : only === 'global' ? person : only === 'local' ? ours : undefined;
  const origin = `file:${named ?? (one === ours && own?.dir === io.cwd ? '.git/config' : one)}`;
  const found: readonly Sourced[] =
    only === 'system'
      ? []
      : one === undefined
        ? settingsHere(io, own)
        : settingsIn(checkedText(files, one, origin.slice(5))).map((setting) => ({
            ...setting,
            scope: only ?? 'command',
            origin,
          }));
  const prefix = ({ scope, origin }: Sourced): string =>
    `${flags.has('show-scope') ? `${scope}\t` : ''}${flags.has('show-origin') ? `${origin}\t` : ''}`;
  const unread = only === 'global' || named !== undefined ? person : undefined;
  const end = flags.has('nul') ? '\0' : '\n';
  if (flags.has('list')) {
    if (unread !== undefined && !files.exists(unread))
      throw new GitStop(`fatal: unable to read config file '${named ?? unread}': No such file or directory`);
    for (const setting of found)
      io.stdout(
        `${prefix(setting)}${setting.key}${flags.has('name-only') ? '' : `${flags.has('nul') ? '\n' : '='}${setting.value}`}${end}`,
      );
    return 0;
  }
  const place = flags.has('global') || ours === undefined ? person : ours;
  if (flags.has('edit')) {
    // Where nobody edits it the file stays as it is.
    const failure = await editFile(io, place, editorOf(io, own));
    if (failure !== undefined) io.stderr(`${failure}\n`);
    return 0;
  }
  const [path, value] = words;
  if (words.length > 3) throw new UsageStop('config');
  if (path === undefined) {
    const wanted = ['get', 'get-all', 'get-regexp', 'unset', 'add'].some((flag) => flags.has(flag));
    throw new UsageStop(
      'config',
      wanted ? { message: 'error: wrong number of arguments, should be from 1 to 2\n' } : {},
    );
  }
  if (flags.has('get-regexp') || flags.has('get-all')) {
    const wanted = flags.has('get-regexp') ? new RegExp(path, 'i') : undefined;
    const key = keyOf(path);
    const values = found.filter((one) => (wanted === undefined ? one.key === key : wanted.test(one.key)));
    for (const setting of values) {
      const { key: full, value: text } = setting;
      io.stdout(
        `${prefix(setting)}${wanted === undefined ? text : flags.has('name-only') ? full : `${full}${flags.has('nul') ? '\n' : ' '}${text}`}${end}`,
      );
    }
    return values.length > 0 ? 0 : 1;
  }
  const writes =
    value !== undefined || ['unset', 'unset-all', 'remove-section', 'rename-section'].some((flag) => flags.has(flag));
  if (writes && named === undefined && !flags.has('global') && own === undefined)
    throw new GitStop('fatal: not in a git directory');
  if (flags.has('remove-section') || flags.has('rename-section')) {
    if (!settingsIn(configText(files, place)).some(({ key }) => key.startsWith(`${path}.`)))
      throw new GitStop(`fatal: no such section: ${path}`, 128);
    changeConfig(files, place, (text) => withSection(text, path, flags.has('rename-section') ? value : undefined));
    return 0;
  }
  if (!/^[\w-]+(\..+)?\.[A-Za-z][\w-]*$/s.test(path))
    throw new GitStop(
      path.includes('.') ? `error: invalid key: ${path}` : `error: key does not contain a section: ${path}`,
      path.includes('.') || value === undefined ? 1 : 2,
    );
  const key = keyOf(path);
  const type = lastValue(parsed, 'type') ?? ['bool', 'int', 'path', 'bool-or-int'].find((one) => flags.has(one));
  if (writes) {
    const present = settingsIn(configText(files, place)).filter((one) => one.key === key);
    if ((flags.has('unset') || flags.has('unset-all')) && present.length === 0) return 5;
    if (present.length > 1 && !['add', 'replace-all', 'unset-all'].some((flag) => flags.has(flag)))
      throw new GitStop(
        `warning: ${path} has multiple values${flags.has('unset') ? '' : `\nerror: cannot overwrite multiple values with a single value\n       Use a regexp, --add or --replace-all to change ${path}.`}`,
        5,
      );
    const bare = (text: string): string => present.reduce((left) => withoutSetting(left, path), text);
    changeConfig(files, place, (text) =>
      value === undefined || flags.has('unset')
        ? bare(text)
        : flags.has('add')
          ? withAddedSetting(text, path, typed(value, path, type))
          : withSetting(
              present.length > 1 && flags.has('replace-all') ? bare(text) : text,
              path,
              typed(value, path, type),
            ),
    );
    return 0;
  }
  const last = found.findLast((one) => one.key === key);
  const shown = last?.value ?? lastValue(parsed, 'default');
  if (shown === undefined) return 1;
  io.stdout(`${last === undefined ? '' : prefix(last)}${typed(shown, path, type, home)}${end}`);
  return 0;
}

/** A value as `--type=bool` and `--type=int` write it. @throws GitStop when it is none. */
function typed(value: string, key: string, type: string | undefined, home = '~'): string {
  if (type === 'path') return value.replace(/^~(?=\/|$)/, home);
  if (type === 'bool-or-int') return typed(value, key, /^-?\d+[kmg]?$/i.test(value) ? 'int' : 'bool');
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
