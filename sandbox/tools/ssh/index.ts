// The ways from the desk to a host of the company: ssh and scp.
import type { Command } from '../../machine/index.ts';
import type { Production } from '../../platform/index.ts';
import { createScp } from './scp.ts';
import { createSsh } from './ssh.ts';

export function sshTools(production: Production): readonly Command[] {
  return [createSsh(production), createScp(production)];
}
