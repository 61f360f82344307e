import { loginOf, mayDo, tokenOf } from '../../forge/index.ts';
import { publishPackage, registryUrl } from '../../forge/registry/index.ts';
import type { CommandIO } from '../../machine/index.ts';
import { setting } from './config.ts';
import type { Given } from './options.ts';
import { packFolder, tellContents } from './pack.ts';
import { idOf, projectFolder, readManifest } from './project.ts';
import { runScript } from './run.ts';
import { isoTime, NpmStop, say } from './stop.ts';

/** A job publishes with its GITHUB_TOKEN, and must be allowed to. */
function mindToken({ machine }: CommandIO, registry: string, name: string): void {
  const token = tokenOf(machine);
  if (token === undefined || mayDo(token.permissions, 'packages', 'write')) return;
  throw new NpmStop('E403', [
    `403 403 Forbidden - PUT ${registry}${name} - Permission permission_denied: The token provided does not match expected scopes.`,
    '403 In most cases, you or one of your dependencies are requesting',
    '403 a package version that is forbidden by your security policy, or',
    '403 on a server you do not have access to.',
  ]);
}

/** `npm publish`: to the registry of the sandbox, for whoever has a token in .npmrc. */
export async function publish(io: CommandIO, given: Given): Promise<number> {
  const { files, kernel } = io.machine;
  const folder = projectFolder(io);
  const manifest = readManifest(files, folder);
  if (manifest.private === true) {
    throw new NpmStop('EPRIVATE', [
      'This package has been marked as private',
      "Remove the 'private' field from the package.json to publish it.",
    ]);
  }
  await runScript(io, folder, manifest, { name: 'prepublishOnly', command: 'publish', silent: given.has('silent') });
  const packed = await packFolder(io, folder, given);
  const { name = '', version = '' } = manifest;
  if (!given.has('silent')) tellContents(io, packed);
  const registry = setting(io, 'registry') ?? registryUrl;
  if (!setting(io, `${registry.replace(/^https?:/, '')}:_authToken`)) {
    throw new NpmStop('ENEEDAUTH', [
      `need auth This command requires you to be logged in to ${registry}`,
      'need auth You need to authorize this machine using `npm adduser`',
    ]);
  }
  mindToken(io, registry, name);
  const how = `${given.flags.get('tag') ?? 'latest'} and ${given.flags.get('access') ?? 'default'} access`;
  say(io, 'notice', [`Publishing to ${registry} with tag ${how}${given.has('dry-run') ? ' (dry-run)' : ''}`]);
  if (
    !given.has('dry-run') &&
    !publishPackage(
      io.machine,
      { name, version, by: loginOf(io.machine, io.env) },
      packed.tarball,
      isoTime(kernel.now()),
    )
  ) {
    throw new NpmStop('E403', [
      `403 403 Forbidden - PUT ${registry}${name} - You cannot publish over the previously published versions: ${version}.`,
      '403 In most cases, you or one of your dependencies are requesting',
      '403 a package version that is forbidden by your security policy, or',
      '403 on a server you do not have access to.',
    ]);
  }
  io.stdout(`+ ${idOf(manifest)}\n`);
  return 0;
}
