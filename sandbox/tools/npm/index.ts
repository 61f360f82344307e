// `npm` and `npx`, with the real tool's words, streams and exit codes for the part that is here. Compared with npm 11 by the tests.
import { type Command, type CommandIO, resolvePath } from '../../machine/index.ts';
import { audit } from './audit.ts';
import { config } from './config.ts';
import { explain } from './explain.ts';
import { here, realCommands, similarCommands, usage } from './help.ts';
import { init } from './init.ts';
import { ci, ciHelp, install, prune, uninstall, update } from './install.ts';
import { ls } from './ls.ts';
import { commandAt, type Given, readOptions } from './options.ts';
import { outdated } from './outdated.ts';
import { pack } from './pack.ts';
import { pkg } from './pkg.ts';
import { idOf, projectFolder, readManifest } from './project.ts';
import { publish } from './publish.ts';
import { run } from './run.ts';
import { errorAsJson, NpmStop, notHere, QuietStop, say, tellError } from './stop.ts';
import { exec, version } from './version.ts';
import { npmVersion } from './version-number.ts';
import { view } from './view.ts';
import { whoami } from './whoami.ts';
import { rootFolder } from './workspaces.ts';

type Subcommand = (io: CommandIO, given: Given) => Promise<number> | number;

const commands: Readonly<Record<string, Subcommand>> = {
  audit,
  ci,
  config,
  dedupe: (io, given) => install(io, { ...given, words: [] }),
  explain,
  fund: (io) => {
    io.stdout(`${idOf(readManifest(io.machine.files, projectFolder(io)))}\n\n`);
    return 0;
  },
  get: (io, given) => config(io, { ...given, words: ['get', ...given.words] }),
  help: (io) => {
    io.stdout(usage);
    return 0;
  },
  init,
  install,
  ls,
  outdated,
  pack,
  pkg,
  prefix: (io) => {
    io.stdout(`${rootFolder(io)}\n`);
    return 0;
  },
  prune,
  publish,
  restart: (io, given) => run(io, given, 'restart'),
  root: (io) => {
    io.stdout(`${rootFolder(io)}/node_modules\n`);
    return 0;
  },
  run,
  set: (io, given) => config(io, { ...given, words: ['set', ...given.words] }),
  start: (io, given) => run(io, given, 'start'),
  stop: (io, given) => run(io, given, 'stop'),
  test: (io, given) => run(io, given, 'test'),
  uninstall,
  update,
  version,
  view,
  whoami,
};

const aliases: Readonly<Record<string, string>> = {
  i: 'install',
  in: 'install',
  add: 'install',
  un: 'uninstall',
  rm: 'uninstall',
  remove: 'uninstall',
  r: 'uninstall',
  unlink: 'uninstall',
  ddp: 'dedupe',
  up: 'update',
  upgrade: 'update',
  t: 'test',
  tst: 'test',
  list: 'ls',
  la: 'ls',
  ll: 'ls',
  'run-script': 'run',
  rum: 'run',
  urn: 'run',
  create: 'init',
  innit: 'init',
  info: 'view',
  show: 'view',
  v: 'view',
  c: 'config',
  why: 'explain',
  x: 'exec',
  'clean-install': 'ci',
  ic: 'ci',
  'install-clean': 'ci',
  'isntall-clean': 'ci',
  ...Object.fromEntries('ins inst insta instal isnt isnta isntal isntall'.split(' ').map((word) => [word, 'install'])),
  udpate: 'update',
  verison: 'version',
  hlep: 'help',
};

async function dispatch(args: readonly string[], io: CommandIO): Promise<number> {
  const at = commandAt(args);
  const typed = at < 0 ? undefined : (args[at] as string);
  if (typed === undefined) {
    if (args.some((word) => word === '-v' || word === '--version')) {
      io.stdout(`${npmVersion}\n`);
      return 0;
    }
    io.stdout(usage);
    return args.some((word) => word === '-h' || word === '--help') ? 0 : 1;
  }
  const name = aliases[typed] ?? typed;
  // A script that was started silently hands that on.
  const quiet = io.env.npm_config_loglevel === 'silent' ? ['--silent'] : [];
  const rest = [...args.slice(0, at), ...args.slice(at + 1)];
  if (name === 'exec') return exec(io, rest);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) {
    const given = readOptions([...quiet, ...rest]);
    say(
      io,
      'warn',
      given.unknown.map(
        (word) =>
          `Unknown cli config "${word.replace(/=.*/s, '')}". This will stop working in the next major version of npm.`,
      ),
    );
    sayOld(io, given);
    if (given.has('help')) {
      io.stdout(command === ci ? ciHelp(io) : usage);
      return 0;
    }
    if (rest.includes('-ws'))
      say(io, 'warn', ['-ws is not a valid single-hyphen cli flag and will be removed in the future']);
    if (given.has('global')) throw notHere(`npm ${name} -g`);
    // Scripts see them all the same.
    const own = given.unknown.map((word) => /^-+([^=]*)=?(.*)$/s.exec(word) ?? []);
    const env = own.map(([word = '', flag = '', value]) => [
      `npm_config_${flag.replaceAll('-', '_')}`,
      word.includes('=') ? (value ?? '') : 'true',
    ]);
    return command({ ...placed(name, io, given), env: { ...io.env, ...Object.fromEntries(env) } }, given);
  }
  if (realCommands.includes(name)) throw notHere(`npm ${name}`);
  io.stdout(unknown(typed, io));
  return 1;
}

/** `--prefix FOLDER`: the project there, whatever stands around it. @throws NpmStop when there is none. */
function placed(name: string, io: CommandIO, { flags }: Given): CommandIO {
  const prefix = flags.get('prefix');
  if (prefix === undefined) return io;
  const { files } = io.machine;
  const cwd = resolvePath(io.cwd, prefix);
  if (!files.exists(`${cwd}/package.json`) && ['init', 'install'].includes(name))
    throw notHere(`npm ${name} --prefix ${prefix}`);
  readManifest(files, cwd);
  return { ...io, cwd };
}

/** Old options for `--omit=dev`. */
function sayOld(io: CommandIO, { flags, has }: Given): void {
  const only = flags.get('only');
  if (only !== undefined && !/^(null|prod|production)$/.test(only)) {
    const lines = [`only="${only}" set in command line options`, 'Must be one of: null, prod, production'];
    say(
      io,
      'warn',
      lines.map((line) => `invalid config ${line}`),
    );
  } else if (only !== undefined)
    say(io, 'warn', ['config only Use `--omit=dev` to omit dev dependencies from the install.']);
  if (has('production')) say(io, 'warn', ['config production Use `--omit=dev` instead.']);
}

function unknown(typed: string, io: CommandIO): string {
  const folder = projectFolder(io);
  const manifest = io.machine.files.exists(`${folder}/package.json`) ? readManifest(io.machine.files, folder) : {};
  const near = similarCommands(typed, manifest);
  const suggested = near.length === 0 ? '' : `\n${near.join('\n')}`;
  return `Unknown command: "${typed}"${suggested === '' ? '' : `\n${suggested}`}${suggested === '' ? '\n' : ''}\nTo see a list of supported npm commands, run:\n  npm help\n`;
}

function running(body: (args: readonly string[], io: CommandIO) => Promise<number>): Command['run'] {
  return async (args, io) => {
    try {
      return await body(args, io);
    } catch (error) {
      if (error instanceof QuietStop) return error.exitCode;
      if (!(error instanceof NpmStop)) throw error;
      const isQuiet =
        io.env.npm_config_loglevel === 'silent' || args.some((word) => /^(--silent|-s|--loglevel=silent)$/.test(word));
      if (!isQuiet) tellError(io, error, args);
      // What was asked for as JSON fails as JSON; the tree that is shown tells its problems itself.
      if (args.includes('--json') && !/^(ls|list|ll|la|audit)$/.test(args[0] ?? '')) io.stdout(errorAsJson(error));
      return error.exitCode;
    }
  };
}

export const npm: Command = {
  name: 'npm',
  summary: {
    es: 'instala paquetes y ejecuta las tareas de un proyecto',
    en: 'installs packages and runs a project’s tasks',
  },
  run: running(dispatch),
  complete(words, _start, { machine, cwd }) {
    if (words.length === 0) return here;
    if (words.length > 1 || !['run', 'run-script'].includes(words[0] ?? '')) return [];
    try {
      return Object.keys(readManifest(machine.files, projectFolder({ machine, cwd })).scripts ?? {});
    } catch (error) {
      if (error instanceof NpmStop) return [];
      throw error;
    }
  },
};

export const npx: Command = {
  name: 'npx',
  summary: { es: 'ejecuta un programa de los paquetes instalados', en: 'runs a program of the installed packages' },
  run: running((args, io) => exec(io, args)),
};
