import type { Kernel } from '../kernel/index.ts';
import { createFiles, type FileTree } from './files/index.ts';
import type { Machine } from './machine.ts';
import { createNetwork } from './ports.ts';
import { createProcesses } from './processes.ts';
import type { Language } from './words.ts';

export interface MachineOptions {
  readonly kernel: Kernel;
  readonly language: Language;
  /** A tree that was kept; without it the machine is new. */
  readonly tree?: FileTree;
}

const home = '/home/dev';
const folders = ['/bin', '/dev', '/etc', home, '/srv/git', '/tmp', '/usr/bin', '/usr/local/bin', '/var/log'];

/** The learner's desk: a new one, or one with the files of a snapshot. */
export function createMachine({ kernel, language, tree }: MachineOptions): Machine {
  const hostname = 'desk';
  const files = createFiles(kernel.now, tree);
  if (tree === undefined) {
    for (const folder of folders) files.mkdir(folder, { recursive: true });
    files.writeFile('/dev/null', '', 0o666);
    files.writeFile('/etc/hostname', `${hostname}\n`);
  }
  return {
    kernel,
    files,
    processes: createProcesses(kernel),
    network: createNetwork(kernel, hostname),
    hostname,
    user: 'dev',
    home,
    language,
  };
}
