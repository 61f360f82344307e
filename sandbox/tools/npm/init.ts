import { type CommandIO, nameOf } from '../../machine/index.ts';
import type { Given } from './options.ts';
import { join, type Manifest, readManifest, writeJson } from './project.ts';
import { NpmStop, notHere } from './stop.ts';

/** `npm init -y`: a package.json from what the folder tells. */
export function init(io: CommandIO, given: Given): number {
  const { files } = io.machine;
  if (given.words.length > 0) throw notHere(`npm init ${given.words.join(' ')}`);
  if (!given.has('yes', 'force')) throw notHere('npm init without -y');
  const path = join(io.cwd, 'package.json');
  const old: Manifest = files.exists(path) ? readManifest(files, io.cwd) : {};
  const name =
    old.name ??
    nameOf(io.cwd)
      .replaceAll(/^node-|[.-]js$/g, '')
      .trim()
      .replaceAll(/\s+/g, '-')
      .toLowerCase();
  if (!/^[a-z0-9~!'()*-][a-z0-9._~!'()*-]*$/.test(name.replace(/^@[^/]+\//, '')))
    throw new NpmStop(undefined, [`Invalid name: "${name}"`]);
  const script = { test: 'echo "Error: no test specified" && exit 1' };
  const scripts = old.scripts ?? {};
  const manifest: Manifest = {
    ...(old.name === undefined ? { name } : {}),
    ...old,
    name,
    version: old.version ?? given.flags.get('init-version') ?? '1.0.0',
    description: old.description ?? '',
    main: old.main ?? mainFile(files.list(io.cwd)),
    ...directoriesOf(files.list(io.cwd)),
    scripts: Object.keys(scripts).length > 0 ? scripts : script,
    keywords: old.keywords ?? [],
    author: old.author ?? given.flags.get('init-author-name') ?? '',
    license: old.license ?? given.flags.get('init-license') ?? 'ISC',
    type: old.type ?? given.flags.get('init-type') ?? 'commonjs',
  };
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  writeJson(files, path, manifest);
  if (!given.has('silent')) io.stdout(`Wrote to ${path}:\n\n${text}\n\n`);
  return 0;
}

/** Folders whose names say what they are for. */
function directoriesOf(names: readonly string[]): { directories?: Record<string, string> } {
  const uses: Readonly<Record<string, string>> = {
    example: 'example',
    examples: 'example',
    test: 'test',
    tests: 'test',
    doc: 'doc',
    docs: 'doc',
    man: 'man',
    lib: 'lib',
  };
  const found = names.flatMap((name) => (uses[name] === undefined ? [] : [[uses[name], name] as const]));
  return found.length === 0 ? {} : { directories: Object.fromEntries(found) };
}

function mainFile(names: readonly string[]): string {
  const scripts = names.filter((name) => name.endsWith('.js'));
  return scripts.includes('index.js')
    ? 'index.js'
    : (scripts.find((name) => name === 'main.js' || name === 'server.js') ?? scripts[0] ?? 'index.js');
}
