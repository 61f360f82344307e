// `npm run`, `npm test`, `npm start`, and the scripts around other commands.
import { type CommandIO, nodeVersionOn, parentOf } from '../../machine/index.ts';
import { similarCommands } from './help.ts';
import type { Given } from './options.ts';
import { binsOf, idOf, join, type Manifest, projectFolder, readManifest } from './project.ts';
import { NpmStop, QuietStop, say } from './stop.ts';
import { npmVersion } from './version-number.ts';
import { chosen, type Workspace } from './workspaces.ts';

const lifecycle = new Set(
  (
    'prepare prepublishOnly prepack postpack dependencies preinstall install postinstall prepublish publish postpublish ' +
    'prerestart restart postrestart prestart start poststart prestop stop poststop pretest test posttest preuninstall ' +
    'uninstall postuninstall preversion version postversion'
  ).split(' '),
);

/** `npm run [NAME [-- ARGS]]`; `npm test` and its like come here with their own name. */
export async function run(io: CommandIO, given: Given, command = 'run'): Promise<number> {
  const workspaces = chosen(io, given);
  const folder = projectFolder(io);
  if (workspaces === undefined)
    return runIn(io, given, command, { folder, manifest: readManifest(io.machine.files, folder) });
  let exitCode = 0;
  for (const [index, one] of workspaces.entries())
    try {
      if (index > 0 && command === 'run' && given.words.length === 0) io.stdout('\n');
      exitCode = (await runIn(io, given, command, one)) || exitCode;
    } catch (error) {
      if (!(error instanceof NpmStop || error instanceof QuietStop)) throw error;
      exitCode = error.exitCode;
      if (given.has('silent')) continue;
      say(io, 'error', failure(error, command === 'run' ? given.words[0] : command, one));
      if (index < workspaces.length - 1) io.stderr('\n');
    }
  return exitCode;
}

/** What is told of a workspace whose script failed, or is not there: the others have their turn all the same. */
function failure(
  error: NpmStop | QuietStop,
  event: string | undefined,
  { folder, manifest }: Pick<Workspace, 'folder' | 'manifest'>,
): readonly string[] {
  const where = [`workspace ${idOf(manifest)}`, `location ${folder}`];
  const told = `Lifecycle script \`${event}\` failed with error:`;
  if (error instanceof NpmStop)
    return [
      told,
      ...where,
      ...error.lines.map((line) => (line === '  npm run' ? `${line} --workspace=${idOf(manifest)}` : line)),
    ];
  const line = `command sh -c ${manifest.scripts?.[event ?? '']}`;
  return [told, `code ${error.exitCode}`, `path ${folder}`, ...where, 'command failed', line];
}

async function runIn(
  io: CommandIO,
  given: Given,
  command: string,
  { folder, manifest }: Pick<Workspace, 'folder' | 'manifest'>,
): Promise<number> {
  const [event, ...words] = command === 'run' ? given.words : [command, ...given.words];
  if (event === undefined) return list(io, given, manifest);
  const scripts = { ...manifest.scripts };
  if (event === 'restart') scripts.restart ??= 'npm stop --if-present && npm start';
  if (event === 'env') scripts.env ??= 'env';
  if (event === 'start' && io.machine.files.exists(join(folder, 'server.js'))) scripts.start ??= 'node server.js';
  if (!Object.hasOwn(scripts, event)) {
    if (given.has('if-present')) return 0;
    const near = similarCommands(event, { ...manifest, scripts });
    throw new NpmStop(undefined, [
      `Missing script: "${event}"`,
      ...near,
      '',
      'To see a list of scripts, run:',
      '  npm run',
    ]);
  }
  const silent = given.has('silent');
  const around = given.has('ignore-scripts') ? [] : ['pre', 'post'];
  for (const [name, args] of [
    ...around.slice(0, 1).map((prefix) => [`${prefix}${event}`, []] as const),
    [event, [...words, ...given.rest]] as const,
    ...around.slice(1).map((prefix) => [`${prefix}${event}`, []] as const),
  ]) {
    if (scripts[name]) await runScript(io, folder, { ...manifest, scripts }, { name, args, silent, command });
  }
  return 0;
}

function list(io: CommandIO, given: Given, manifest: Manifest): number {
  const scripts = Object.entries(manifest.scripts ?? {});
  if (given.has('silent')) return 0;
  if (given.has('json')) {
    io.stdout(`${JSON.stringify(manifest.scripts ?? {}, undefined, 2)}\n`);
    return 0;
  }
  if (given.has('parseable')) {
    io.stdout(scripts.map(([name, line]) => `${name}:${line}\n`).join(''));
    return 0;
  }
  const own = scripts.filter(([name]) => !lifecycle.has(name));
  const known = scripts.filter(([name]) => lifecycle.has(name));
  const shown = (some: typeof scripts): string => some.map(([name, line]) => `  ${name}\n    ${line}\n`).join('');
  const id = manifest.version === undefined ? String(manifest.name) : idOf(manifest);
  if (known.length > 0) io.stdout(`Lifecycle scripts included in ${id}:\n${shown(known)}`);
  if (own.length > 0) {
    io.stdout(`${known.length > 0 ? 'available via `npm run`' : `Scripts available in ${id} via \`npm run\``}:\n`);
    io.stdout(shown(own));
  }
  return 0;
}

export interface ScriptStart {
  readonly name: string;
  readonly args?: readonly string[];
  readonly silent?: boolean;
  /** It is shown among the errors. */
  readonly aside?: boolean;
  /** npm's own command, for `npm_command`. */
  readonly command?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it is shown before it runs, as in `npm run`. */
  readonly banner?: boolean;
}

/** Runs a script of package.json in its folder. @throws QuietStop with the script's exit code when that is not 0 */
export async function runScript(io: CommandIO, folder: string, manifest: Manifest, start: ScriptStart): Promise<void> {
  const { name, args = [], silent = false, aside = false, command = 'run', banner = true } = start;
  const line = manifest.scripts?.[name];
  if (!line) return;
  if (banner && !silent) {
    const id =
      command === 'version' || manifest.name === undefined || manifest.version === undefined
        ? ''
        : `${idOf(manifest)} `;
    const words = args.length === 0 ? '' : ` ${args.join(' ')}`;
    io[aside ? 'stderr' : 'stdout'](`\n> ${id}${name}\n> ${line.trim().replaceAll('\n', '\n> ')}${words}\n\n`);
  }
  const env = { ...scriptEnv(io, folder, manifest, command), npm_lifecycle_event: name, npm_lifecycle_script: line };
  if (silent) Object.assign(env, { npm_config_loglevel: 'silent' });
  const exitCode = await shellLine(io, folder, [line, ...args.map(quoted)].join(' '), { ...env, ...start.env });
  if (exitCode !== 0) throw new QuietStop(exitCode);
}

/** Runs a line by `sh -c` in a folder; what it writes goes where npm writes. `shell`: how the shell calls itself. */
export async function shellLine(
  io: CommandIO,
  folder: string,
  line: string,
  env: Readonly<Record<string, string>>,
  shell = 'sh',
): Promise<number> {
  if (io.run === undefined) throw new Error('npm was started where there is no shell');
  // Written on the line: a shell within hands on only what is exported.
  const variables = Object.entries(env)
    .filter(([name]) => /^\w+$/.test(name))
    .map(([name, value]) => `${name}=${quoted(value)}`);
  const words = `cd ${quoted(folder)} && export ${variables.join(' ')} && sh -c ${quoted(line)}`;
  const ran = await io.run({ words, stdin: io.stdin, env: io.env }).catch((error: unknown) => {
    // Ctrl+C or `kill` ends the script with npm.
    if (!io.signal.aborted) throw error;
    return { stdout: new Uint8Array(), stderr: '', exitCode: 130 };
  });
  io.stdout(ran.stdout);
  if (ran.stderr !== '')
    io.stderr(
      ran.stderr.replace(/^(?:bash|sh): line (\d+): (.*?): command not found$/gm, `${shell}: $1: $2: not found`),
    );
  return ran.exitCode;
}

export function quoted(word: string): string {
  return /^[^\t\n\r "#$&'()*;<>?\\`|~]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** PATH with the commands of installed packages, as they are seen from a folder. */
export function pathWithin(io: CommandIO, folder: string): string {
  const bins = (at: string): readonly string[] => [
    join(at, 'node_modules/.bin'),
    ...(at === '/' ? [] : bins(parentOf(at))),
  ];
  return [...bins(folder), io.env.PATH ?? '/usr/local/bin:/usr/bin:/bin'].join(':');
}

/** What npm adds to the environment of a script (npm documentation, "scripts", Environment). */
export function scriptEnv(io: CommandIO, folder: string, manifest: Manifest, command: string): Record<string, string> {
  const described = {
    name: manifest.name,
    version: manifest.version,
    config: manifest.config,
    engines: manifest.engines,
  };
  return {
    ...flatten('npm_package_', { ...described, bin: manifest.bin === undefined ? undefined : binsOf(manifest) }),
    INIT_CWD: io.cwd,
    NODE: '/usr/bin/node',
    PATH: pathWithin(io, folder),
    npm_command: command === 'run' ? 'run' : command,
    npm_config_local_prefix: folder,
    npm_config_user_agent: `npm/${npmVersion} node/${nodeVersionOn(io.env.PATH)} linux x64 workspaces/false`,
    npm_execpath: '/usr/lib/node_modules/npm/bin/npm-cli.js',
    npm_node_execpath: '/usr/bin/node',
    npm_package_json: join(folder, 'package.json'),
  };
}

function flatten(prefix: string, value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null)
    return { [prefix.replace(/_$/, '')]: value === null || value === false ? '' : String(value) };
  return Object.assign({}, ...Object.entries(value).map(([key, inner]) => flatten(`${prefix}${key}_`, inner)));
}
