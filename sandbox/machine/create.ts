import type { Kernel } from '../kernel/index.ts';
import { createMeter } from './cost.ts';
import { createFiles, type Files, type FileTree } from './files/index.ts';
import type { Machine, Outside } from './machine.ts';
import type { Network } from './network.ts';
import type { Pace } from './pace.ts';
import { createNetwork, type OtherPorts } from './ports.ts';
import { createProcesses } from './processes.ts';
import type { Language } from './words.ts';

export interface MachineOptions {
  /** The desk of the learner where nothing else is said. */
  readonly hostname?: string;
  readonly user?: string;
  /** Absolute path of the home folder. */
  readonly home?: string;
  readonly kernel: Kernel;
  readonly language: Language;
  /** A tree that was kept; without it the machine is new. */
  readonly tree?: FileTree;
  /** See `Machine.far`; the machine's own files where nothing is said. */
  readonly far?: Files;
  /** The world outside, when there is one: see `Machine.settle`. */
  readonly settle?: (machine: Machine) => Promise<void>;
  /** Where requests go that are for none of the machine's own names. */
  readonly beyond?: (machine: Machine) => Network['request'];
  /** Answers for ports of the machine on which none of its own programs listens. */
  readonly otherPorts?: OtherPorts;
  readonly pace?: Pace;
  /** See `Machine.cutOff`. */
  readonly cutOff?: boolean;
  /** See `Machine.hangs`. */
  readonly hangs?: boolean;
}

const unknownHost: Network['request'] = async () => 'ENOTFOUND';

const folders = ['/bin', '/dev', '/etc', '/srv/git', '/tmp', '/usr/bin', '/usr/local/bin', '/var/log', '/var/tmp'];

// The programs behave as those of this system, and so it says that it is one.
const osRelease = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`;

/** A machine of the company, the learner's desk where nothing else is said: a new one, or one with the files of a snapshot. */
export function createMachine(options: MachineOptions): Machine {
  const { kernel, language, tree, settle, pace, hostname = 'desk', user = 'dev', home = '/home/dev' } = options;
  const files = createFiles(kernel.now, tree);
  const { far = files } = options;
  if (tree === undefined) {
    for (const folder of [...folders, home]) files.mkdir(folder, { recursive: true });
    files.writeFile('/dev/null', '', 0o666);
    files.writeFile('/etc/hostname', `${hostname}\n`);
    files.writeFile(
      '/etc/hosts',
      `127.0.0.1\tlocalhost\n127.0.1.1\t${hostname}\n::1\tlocalhost ip6-localhost ip6-loopback\n`,
    );
    files.writeFile('/etc/passwd', `root:x:0:0:root:/root:/bin/bash\n${user}:x:1000:1000::${home}:/bin/bash\n`);
    files.writeFile('/etc/group', `root:x:0:\n${user}:x:1000:\n`);
    files.writeFile('/etc/os-release', osRelease);
  }
  const machine: Machine = {
    kernel,
    files,
    far,
    meter: createMeter(kernel, far === files ? [files] : [files, far], pace),
    processes: createProcesses(kernel),
    network: createNetwork(
      kernel,
      hostname,
      (...asked) => (options.beyond?.(machine) ?? unknownHost)(...asked),
      options.otherPorts,
    ),
    hostname,
    user,
    home,
    language,
    ...(pace && { pace }),
    outside: createOutside(),
    asleep: 0,
    isAwaited: false,
    ...(options.cutOff && { cutOff: true }),
    ...(options.hangs && { hangs: true }),
    settle: async () => {
      machine.isAwaited = false;
      await settle?.(machine);
    },
  };
  return machine;
}

function createOutside(): Outside {
  let works = 0;
  return {
    during(work) {
      works += 1;
      return work.finally(() => {
        works -= 1;
      });
    },
    isWorking: () => works > 0,
  };
}
