import { registryUrl } from '../../forge/registry/index.ts';
import type { CommandIO } from '../../machine/index.ts';
import type { Given } from './options.ts';
import { join, projectFolder } from './project.ts';
import { notHere } from './stop.ts';

/** What holds when no .npmrc says otherwise, for the settings that are used here. */
const defaults: Readonly<Record<string, string>> = {
  registry: registryUrl,
  'save-prefix': '^',
  'save-exact': 'false',
  audit: 'true',
  fund: 'true',
  'tag-version-prefix': 'v',
  'init-license': 'ISC',
  'ignore-scripts': 'false',
  'engine-strict': 'false',
  'package-lock': 'true',
  loglevel: 'notice',
};

/** `npm config get|set|delete|list` on the .npmrc files of the person and of the project. */
export function config(io: CommandIO, given: Given): number {
  const [action = 'list', ...words] = given.words;
  const where = given.flags.get('location') ?? 'user';
  if (where === 'global') throw notHere('npm config --location=global');
  const path = join(where === 'project' ? projectFolder(io) : io.machine.home, '.npmrc');
  if (action === 'get' && words.length > 0) {
    const values = words.map((name) => setting(io, name) ?? 'undefined');
    io.stdout(words.map((name, at) => (words.length > 1 ? `${name}=${values[at]}\n` : `${values[at]}\n`)).join(''));
    return 0;
  }
  if (action === 'set' || action === 'delete') {
    const own = readSettings(io, path);
    const pairs = words[0]?.includes('=') || action === 'delete' ? words.map(pair) : [[words[0] ?? '', words[1] ?? '']];
    for (const [name = '', value = ''] of pairs) {
      if (action === 'set') own.set(name, value);
      else own.delete(name);
    }
    if (own.size === 0) io.machine.files.remove(path, { force: true });
    else io.machine.files.writeFile(path, [...own].map(([name, value]) => `${name}=${value}\n`).join(''), 0o600);
    return 0;
  }
  if (action === 'list' || action === 'ls') {
    const own = [...readSettings(io, path)];
    const shown = own.map(
      ([name, value]) => `${name} = ${name.includes('_auth') ? '(protected)' : JSON.stringify(value)}\n`,
    );
    if (own.length > 0) io.stdout(`; "user" config from ${path}\n\n${shown.join('')}\n`);
    io.stdout(`; npm local prefix = ${projectFolder(io)}\n; cwd = ${io.cwd}\n; HOME = ${io.machine.home}\n`);
    return 0;
  }
  throw notHere(`npm config ${action}`);
}

function pair(word: string): readonly [string, string] {
  const at = word.indexOf('=');
  return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
}

/** A setting: from the environment, the project's .npmrc, the person's, or npm's own. */
export function setting(io: CommandIO, name: string): string | undefined {
  const fromEnvironment = io.env[`npm_config_${name.replaceAll('-', '_')}`];
  const files = [join(projectFolder(io), '.npmrc'), join(io.machine.home, '.npmrc')];
  return (
    fromEnvironment ??
    files.map((path) => readSettings(io, path).get(name)).find((value) => value !== undefined) ??
    defaults[name]
  );
}

/** Whether what is needed to develop is left out. */
export function omitsDev(io: CommandIO, { flags, has }: Given): boolean {
  const names = (list: string, byItself = ''): boolean =>
    (flags.get(list) ?? setting(io, list) ?? byItself).split(',').includes('dev');
  const isOnly = /^prod(uction)?$/.test(flags.get('only') ?? '');
  return (
    !names('include') && (has('production') || isOnly || names('omit', io.env.NODE_ENV === 'production' ? 'dev' : ''))
  );
}

function readSettings(io: CommandIO, path: string): Map<string, string> {
  if (!io.machine.files.exists(path)) return new Map();
  const lines = io.machine.files
    .readText(path)
    .split('\n')
    .map((line) => line.trim());
  return new Map(
    lines
      .filter((line) => line.includes('=') && !/^[;#]/.test(line))
      .map((line) => {
        const [name, value] = pair(line);
        return [name.trim(), value.trim().replaceAll(/\$\{(\w+)\}/g, (whole, variable) => io.env[variable] ?? whole)];
      }),
  );
}
