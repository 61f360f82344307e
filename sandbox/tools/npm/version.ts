import semver from 'semver';
import { type CommandIO, versionsOn } from '../../machine/index.ts';
import { renew } from './install.ts';
import type { Given } from './options.ts';
import { binsOf, join, projectFolder, readJson, readManifest, writeJson } from './project.ts';
import { quoted, runScript, scriptEnv, shellLine } from './run.ts';
import { NpmStop, notHere } from './stop.ts';
import { npmVersion } from './version-number.ts';
import { chosen } from './workspaces.ts';

const releases = ['major', 'minor', 'patch', 'premajor', 'preminor', 'prepatch', 'prerelease'] as const;

/** `npm version NEW`: package.json, lock file, and in a git repository a commit and a tag. */
export async function version(io: CommandIO, given: Given): Promise<number> {
  const [wanted] = given.words;
  const { files } = io.machine;
  const workspaces = given.has('workspaces') || given.flags.has('workspace') ? chosen(io, given) : undefined;
  if (workspaces !== undefined && wanted !== undefined) {
    const own = new Map([...given.flags, ['git-tag-version', 'false'], ['workspaces', 'false']]);
    own.delete('workspace');
    for (const { name, folder: cwd } of workspaces) {
      io.stdout(`${name}\n`);
      await version({ ...io, cwd }, { ...given, flags: own });
    }
    return renew(io, { ...given, flags: new Map([...given.flags, ['audit', 'false']]) }, () => true);
  }
  const folder = projectFolder(io);
  if (wanted === undefined) {
    const own = files.exists(join(folder, 'package.json')) ? readManifest(files, folder) : {};
    const all = {
      ...(own.name && own.version ? { [own.name]: own.version } : {}),
      npm: npmVersion,
      ...versionsOn(io.env.PATH),
    };
    const key = (name: string): string => (/^[a-zA-Z_$][\w$]*$/.test(name) ? name : `'${name}'`);
    const lines = Object.entries(all).map(([name, value]) => `  ${key(name)}: '${value}'`);
    io.stdout(given.has('json') ? `${JSON.stringify(all, undefined, 2)}\n` : `{\n${lines.join(',\n')}\n}\n`);
    return 0;
  }
  const manifest = readManifest(files, folder);
  const current = manifest.version ?? '0.0.0';
  const clean = semver.clean(current) ?? '0.0.0';
  const release = releases.find((one) => one === wanted);
  const next =
    release === undefined
      ? semver.clean(wanted)
      : semver.valid(current) && semver.inc(clean, release, given.flags.get('preid'));
  if (next === null) throw new NpmStop(undefined, [`Invalid version: ${wanted}`]);
  if (next === clean && !given.has('allow-same-version')) throw new NpmStop(undefined, ['Version not changed']);

  const silent = given.has('silent');
  const git = async (
    line: string,
  ): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> => {
    const ran = await io.run?.({ words: `cd ${quoted(folder)} && git ${line}` });
    return ran === undefined
      ? { exitCode: 127, stdout: '', stderr: '' }
      : { ...ran, stdout: new TextDecoder().decode(ran.stdout) };
  };
  const inGit = given.flags.get('git-tag-version') !== 'false' && files.exists(join(folder, '.git'));
  if (inGit && !given.has('force')) {
    const { stdout } = await git('status --porcelain -uno');
    if (stdout.trim() !== '') throw new NpmStop(undefined, ['Git working directory not clean.']);
  }
  const env = { npm_old_version: current, npm_new_version: next };
  const scripts = async (name: string): Promise<void> => {
    if (!given.has('ignore-scripts')) await runScript(io, folder, manifest, { name, command: 'version', silent, env });
  };
  await scripts('preversion');
  manifest.version = next;
  writeJson(files, join(folder, 'package.json'), manifest);
  const lockPath = join(folder, 'package-lock.json');
  const lock = readJson(files, lockPath);
  if (lock !== undefined) {
    lock.version = next;
    const root = (lock.packages as Record<string, { version?: string }> | undefined)?.[''];
    if (root !== undefined) root.version = next;
    writeJson(files, lockPath, lock);
  }
  await scripts('version');
  if (inGit) {
    const prefix = given.flags.get('tag-version-prefix') ?? 'v';
    const message = (given.flags.get('message') ?? '%s').replaceAll('%s', next);
    const must = async (line: string): Promise<void> => {
      const { exitCode, stderr } = await git(line);
      if (exitCode !== 0) throw new NpmStop(String(exitCode), [`command git ${line}`, ...stderr.trim().split('\n')]);
    };
    await must(`add package.json${lock === undefined ? '' : ' package-lock.json'}`);
    await must(`commit -m ${quoted(message)}`);
    await must(`tag -m ${quoted(message)} ${prefix}${next}`);
  }
  await scripts('postversion');
  io.stdout(`${given.flags.get('tag-version-prefix') ?? 'v'}${next}\n`);
  return 0;
}

/** `npm exec` and `npx`: a command of the packages that are installed here. */
export async function exec(io: CommandIO, given: readonly string[]): Promise<number> {
  const words = given.filter(
    (word, index) => !(index < 2 && ['--', '-y', '--yes', '--no', '--no-install'].includes(word)),
  );
  const [name, ...args] = words;
  if (name === undefined) throw notHere('npx without a command');
  const folder = projectFolder(io);
  const { files } = io.machine;
  if (name === '-c' || name === '--call') {
    const manifest = files.exists(join(folder, 'package.json')) ? readManifest(files, folder) : {};
    const env = { ...scriptEnv(io, folder, manifest, 'exec'), npm_lifecycle_event: 'npx' };
    return shellLine(io, io.cwd, args[0] ?? '', env);
  }
  if (name.startsWith('-')) throw notHere(name);
  const manifest = files.exists(join(folder, 'package.json')) ? readManifest(files, folder) : {};
  const own = manifest.bin === undefined ? undefined : binsOf(manifest)[name];
  // A package is named for its program, where it has one.
  const named = join(folder, `node_modules/${name}`);
  const [only, ...others] = files.exists(join(named, 'package.json'))
    ? Object.keys(binsOf(readManifest(files, named)))
    : [];
  const program = only === undefined || others.length > 0 ? name : only;
  const bin = own === undefined ? join(folder, `node_modules/.bin/${program}`) : join(folder, own);
  if (['node', 'npm', 'npx'].includes(name))
    return shellLine(io, io.cwd, words.map(quoted).join(' '), pathOf(io, folder));
  if (!io.machine.files.exists(bin)) {
    throw new NpmStop(undefined, [
      `'${name}' is not installed in this project, and running packages from the registry is not part of this sandbox`,
    ]);
  }
  // npm makes a program of its own file, as where it is installed.
  if (own !== undefined) files.chmod(bin, 0o755);
  const env = { ...scriptEnv(io, folder, manifest, 'exec'), npm_lifecycle_event: 'npx' };
  return shellLine(io, io.cwd, [bin, ...args].map(quoted).join(' '), env);
}

/** The programs of the installed packages, by name. */
const pathOf = (io: CommandIO, folder: string): Record<string, string> => ({
  npm_command: 'exec',
  PATH: `${join(folder, 'node_modules/.bin')}:${io.env.PATH ?? '/usr/local/bin:/usr/bin:/bin'}`,
});
