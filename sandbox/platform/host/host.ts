// A host of the company: a machine with services, a journal and a way in.
import type { Kernel } from '../../kernel/index.ts';
import {
  type Command,
  createMachine,
  type Language,
  type Machine,
  type Network,
  type Pace,
  parentOf,
} from '../../machine/index.ts';
import { createNginx, nginxFiles } from '../nginx/index.ts';
import { createJournal, type Journal } from './journal.ts';
import { createJournalctl } from './journalctl.ts';
import { createServices, type ServiceEvent, type Services } from './services.ts';
import { sudo } from './sudo.ts';
import { createSystemctl } from './systemctl.ts';

export interface Host {
  readonly name: string;
  readonly machine: Machine;
  readonly services: Services;
  readonly journal: Journal;
  /** What is installed on it. */
  readonly commands: readonly Command[];
}

export interface HostOptions {
  readonly name: string;
  readonly kernel: Kernel;
  readonly language: Language;
  /** Commands that every machine of the company has (node, curl …). */
  readonly commands: readonly Command[];
  readonly pace: Pace;
  /** Other machines of the company. */
  readonly beyond: Network['request'];
  tell(event: ServiceEvent): void;
}

const HOME = '/home/deploy';
const folders = [
  '/opt',
  '/etc/systemd/system/multi-user.target.wants',
  '/etc/nginx/conf.d',
  '/etc/nginx/sites-enabled',
  '/var/lib',
  '/var/log/nginx',
];

/** A new host. Who comes in is `deploy`, whom the host lets manage services with or without sudo (a polkit rule does that). */
export function createHost({ name, kernel, language, commands, pace, beyond, tell }: HostOptions): Host {
  const user = 'deploy';
  const machine = createMachine({ kernel, language, hostname: name, user, home: HOME, pace, beyond: () => beyond });
  const { files } = machine;
  for (const folder of folders) files.mkdir(folder, { recursive: true });
  for (const [path, text] of Object.entries(nginxFiles)) {
    files.mkdir(parentOf(path), { recursive: true });
    files.writeFile(path, text);
  }
  const journal = createJournal();
  const installed: Command[] = [...commands];
  const services = createServices(machine, journal, () => installed, tell);
  installed.push(createSystemctl(services, journal), createJournalctl(journal), createNginx(machine), sudo);
  return { name, machine, services, journal, commands: installed };
}
