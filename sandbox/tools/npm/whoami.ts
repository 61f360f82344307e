import { loginOf } from '../../forge/index.ts';
import { registryUrl } from '../../forge/registry/index.ts';
import type { CommandIO } from '../../machine/index.ts';
import { setting } from './config.ts';
import { NpmStop } from './stop.ts';

/** `npm whoami`: whose token .npmrc has for the registry. @throws NpmStop ENEEDAUTH without one */
export function whoami(io: CommandIO): number {
  const registry = setting(io, 'registry') ?? registryUrl;
  if (!setting(io, `${registry.replace(/^https?:/, '')}:_authToken`))
    throw new NpmStop('ENEEDAUTH', [
      'need auth This command requires you to be logged in.',
      'need auth You need to authorize this machine using `npm adduser`',
    ]);
  io.stdout(`${loginOf(io.machine, io.env)}\n`);
  return 0;
}
