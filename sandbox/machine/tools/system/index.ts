// Tools that tell of the machine and its processes: what they say is what the sandbox holds.
import type { Command, CommandIO } from '../../command.ts';
import { formatTime } from '../time/format.ts';
import { defineTool, misuse, ToolEnd } from '../tool.ts';
import { diskTools } from './disk.ts';
import { programOf, psCommand, rowsOf } from './processes.ts';

const ps: Command = {
  name: 'ps',
  summary: { es: 'los procesos de la máquina', en: 'the processes of the machine' },
  run(args, io) {
    try {
      return psCommand(args, io);
    } catch (error) {
      if (!(error instanceof ToolEnd)) throw error;
      io.stderr(`${error.message.startsWith('error:') ? '' : 'ps: '}${error.message}\n`);
      return error.exitCode;
    }
  },
};

const signals = {
  '1': 'SIGTERM',
  HUP: 'SIGTERM',
  '2': 'SIGINT',
  INT: 'SIGINT',
  '9': 'SIGKILL',
  KILL: 'SIGKILL',
  '15': 'SIGTERM',
  TERM: 'SIGTERM',
} as const;

/** pgrep and pkill: programs by name or by their whole command line. */
function matcher(name: 'pgrep' | 'pkill'): Command {
  return defineTool({
    name,
    summary:
      name === 'pgrep'
        ? { es: 'busca procesos por nombre', en: 'finds processes by name' }
        : { es: 'termina procesos por nombre', en: 'ends processes by name' },
    synopsis: '[OPTION]... PATTERN',
    options:
      'f|full x|exact i|ignore-case n|newest o|oldest v|inverse u|euid= P|parent= c|count e|echo s|signal= l|list-name a|list-full d|delimiter=',
    absent: 'F|pidfile= g|pgroup= G|group= t|terminal= U|uid= w|lightweight L|logpidfile A|ignore-ancestors',
    misuse: 2,
    usage: `Try \`${name} --help' for more information.\n`,
    version: 'procps-ng 4.0.2',
    rewrite: (args) =>
      args.flatMap((arg) =>
        name === 'pkill' && /^-(\d+|(SIG)?(HUP|INT|KILL|TERM))$/.test(arg) ? ['-s', arg.slice(1)] : [arg],
      ),
    async run(given, io) {
      const [pattern, extra] = given.operands;
      if (pattern === undefined && !given.has('u', 'P')) throw misuse('no matching criteria specified', 2);
      if (extra !== undefined) throw misuse('only one pattern can be provided', 2);
      const expression = new RegExp(
        given.has('x') ? `^(${pattern ?? ''})$` : (pattern ?? ''),
        given.has('i') ? 'i' : '',
      );
      const matches = rowsOf(io).filter(({ command, ppid, pid }) => {
        const parent = given.value('P');
        if (parent !== undefined && !parent.split(',').includes(String(ppid))) return false;
        return pid !== io.pid && expression.test(given.has('f') ? command : programOf(command)) !== given.has('v');
      });
      const chosen = given.has('n') ? matches.slice(-1) : given.has('o') ? matches.slice(0, 1) : matches;
      if (name === 'pkill') {
        const signal = signals[(given.value('s') ?? 'TERM').replace(/^SIG/, '') as keyof typeof signals];
        for (const { pid, command } of chosen) {
          if (given.has('e')) io.stdout(`${programOf(command)} killed (pid ${pid})\n`);
          if (signal !== undefined) io.machine.processes.find(pid)?.kill(signal);
        }
      } else if (given.has('c')) io.stdout(`${chosen.length}\n`);
      else {
        const lines = chosen.map(({ pid, command }) =>
          given.has('a') ? `${pid} ${command}` : given.has('l') ? `${pid} ${programOf(command)}` : String(pid),
        );
        if (lines.length > 0) io.stdout(`${lines.join(given.value('d') ?? '\n')}\n`);
      }
      return chosen.length > 0 ? 0 : 1;
    },
  });
}

const upSince = (io: CommandIO): number => io.machine.kernel.log.entries()[0]?.at ?? io.machine.kernel.now();

function uptimeLine(io: CommandIO): string {
  const now = io.machine.kernel.now();
  const minutes = Math.floor((now - upSince(io)) / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  const clock =
    hours > 0 ? `${String(hours).padStart(2)}:${String(minutes % 60).padStart(2, '0')}` : `${minutes % 60} min`;
  return `${formatTime('%H:%M:%S', now)} up ${days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : ''}${clock},  1 user,  load average: 0.00, 0.00, 0.00`;
}

const uptime = defineTool({
  name: 'uptime',
  summary: { es: 'cuánto tiempo lleva encendida la máquina', en: 'how long the machine has been up' },
  synopsis: '[OPTION]',
  options: 'p|pretty s|since',
  version: 'procps-ng 4.0.2',
  run(given, io) {
    const minutes = Math.floor((io.machine.kernel.now() - upSince(io)) / 60_000);
    const hours = Math.floor(minutes / 60);
    if (given.has('s')) io.stdout(`${formatTime('%F %T', upSince(io))}\n`);
    else if (given.has('p'))
      io.stdout(
        `up ${hours > 0 ? `${hours} hour${hours === 1 ? '' : 's'}, ` : ''}${minutes % 60} minute${minutes % 60 === 1 ? '' : 's'}\n`,
      );
    else io.stdout(` ${uptimeLine(io)}\n`);
    return 0;
  },
});

const top = defineTool({
  name: 'top',
  summary: { es: 'una foto de los procesos (con -b -n 1)', en: 'a snapshot of the processes (with -b -n 1)' },
  synopsis: '-b -n 1',
  options: 'b n= o= p= d= w? c H i',
  version: 'procps-ng 4.0.2',
  run(given, io) {
    if (!given.has('b')) throw new ToolEnd("'top' without -b is not part of this sandbox", 1);
    const rows = rowsOf(io).filter(
      ({ pid }) => !given.has('p') || (given.value('p') ?? '').split(',').includes(String(pid)),
    );
    const { total, used } = memoryOf(io);
    const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1).padStart(8);
    io.stdout(`top - ${uptimeLine(io)}\n`);
    io.stdout(
      `Tasks: ${String(rows.length).padStart(3)} total,   1 running, ${String(rows.length - 1).padStart(3)} sleeping,   0 stopped,   0 zombie\n`,
    );
    io.stdout('%Cpu(s):  0.0 us,  0.0 sy,  0.0 ni,100.0 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st \n');
    io.stdout(
      `MiB Mem : ${mib(total)} total, ${mib(total - used)} free, ${mib(used)} used, ${mib(0)} buff/cache     \n`,
    );
    io.stdout(`MiB Swap: ${mib(0)} total, ${mib(0)} free, ${mib(0)} used. ${mib(total - used)} avail Mem \n\n`);
    io.stdout('    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n');
    for (const { pid, command } of rows) {
      io.stdout(
        `${String(pid).padStart(7)} ${io.machine.user.padEnd(9)} 20   0       0      0      0 S   0.0   0.0   0:00.00 ${programOf(command)}\n`,
      );
    }
    return 0;
  },
});

/** The machine's memory: what programs may take in all, and what its files take, for they are kept in it. */
function memoryOf(io: CommandIO): { readonly total: number; readonly used: number } {
  return { total: 2 ** 30, used: io.machine.files.totalBytes };
}

const free = defineTool({
  name: 'free',
  summary: { es: 'la memoria de la máquina', en: 'the memory of the machine' },
  synopsis: '[OPTION]',
  options: 'b|bytes k|kibi m|mebi g|gibi h|human t|total w|wide si',
  absent: 'l|lohi s|seconds= c|count= kilo mega giga',
  version: 'procps-ng 4.0.2',
  run(given, io) {
    const { total, used } = memoryOf(io);
    const human = (bytes: number): string => {
      let value = bytes;
      let unit = 0;
      const step = given.has('si') ? 1000 : 1024;
      for (; value >= step && unit < 4; unit++) value /= step;
      const name = unit === 0 ? 'B' : `${'KMGT'[unit - 1]}${given.has('si') ? '' : 'i'}`;
      return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)}${name}`;
    };
    const unit = given.has('b') ? 1 : given.has('m') ? 2 ** 20 : given.has('g') ? 2 ** 30 : 1024;
    const show = (bytes: number): string =>
      (given.has('h') ? human(bytes) : String(Math.floor(bytes / unit))).padStart(12);
    const left = total - used;
    io.stdout('               total        used        free      shared  buff/cache   available\n');
    io.stdout(`Mem:    ${[total, used, left, 0, 0, left].map(show).join('')}\n`);
    io.stdout(`Swap:   ${[0, 0, 0].map(show).join('')}\n`);
    if (given.has('t')) io.stdout(`Total:  ${[total, used, left].map(show).join('')}\n`);
    return 0;
  },
});

/** Sockets: the ports on which programs of the machine listen. */
const ss = defineTool({
  name: 'ss',
  summary: { es: 'los puertos en los que se escucha', en: 'the ports that are listened on' },
  synopsis: '[OPTION]... [FILTER]',
  options: 't|tcp u|udp l|listening n|numeric p|processes a|all H|no-header 4|ipv4 6|ipv6 r|resolve',
  absent: 's|summary e|extended m|memory i|info o|options x|unix w|raw K|kill',
  misuse: 255,
  version: 'iproute2 6.1.0',
  run(given, io) {
    const [word = '', state = '', ...filter] =
      given.operands[0] === 'state' ? given.operands : ['', '', ...given.operands];
    const wanted = /:(\d+)/.exec(filter.join(' '))?.[1];
    const listening = given.has('l', 'a') || state === 'listening';
    const netid = !given.has('t') || given.has('u');
    const rows = (listening && !(given.has('u') && !given.has('t')) ? io.machine.network.ports() : [])
      .filter(({ port }) => wanted === undefined || String(port) === wanted)
      .map(({ port, pid }) => {
        const command = io.machine.processes.find(pid)?.command ?? '';
        const process = given.has('p') ? ` users:(("${programOf(command)}",pid=${pid},fd=18))` : '';
        return { port: String(port), process };
      });
    // The addresses end at their colons, and the ports begin there.
    const width = Math.max(4, ...rows.map(({ port }) => port.length));
    const withState = word === '';
    if (!given.has('H')) {
      io.stdout(
        `${netid ? 'Netid ' : ''}${withState ? 'State  ' : ''}Recv-Q Send-Q Local Address:${'Port'.padEnd(width)} Peer Address:PortProcess\n`,
      );
    }
    for (const { port, process } of rows)
      io.stdout(
        `${netid ? 'tcp   ' : ''}${withState ? 'LISTEN ' : ''}0      511    ${'*:'.padStart(14)}${port.padEnd(width)} ${'*:'.padStart(13)}*   ${process}\n`,
      );
    return 0;
  },
});

const lsof = defineTool({
  name: 'lsof',
  summary: { es: 'qué proceso usa un puerto (con -i)', en: 'which process uses a port (with -i)' },
  synopsis: '-i [:PORT]',
  options: 'i? t n P s? a p=',
  version: 'lsof 4.95.0',
  rewrite: (args) =>
    args.flatMap((arg, index) =>
      args[index - 1] === '-i' && arg.startsWith(':')
        ? []
        : arg === '-i' && args[index + 1]?.startsWith(':')
          ? [`-i${args[index + 1]}`]
          : [arg],
    ),
  run(given, io) {
    if (!given.has('i')) throw new ToolEnd("'lsof' without -i is not part of this sandbox", 1);
    const wanted = /:(\d+)/.exec(given.value('i') ?? '')?.[1];
    const rows = io.machine.network.ports().filter(({ port }) => wanted === undefined || String(port) === wanted);
    if (given.has('t')) io.stdout(rows.map(({ pid }) => `${pid}\n`).join(''));
    else if (rows.length > 0) {
      io.stdout('COMMAND  PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\n');
      for (const { port, pid } of rows) {
        const name = programOf(io.machine.processes.find(pid)?.command ?? '').slice(0, 9);
        io.stdout(
          `${name.padEnd(7)} ${String(pid).padStart(4)} ${io.machine.user.padStart(4)}   18u  IPv6      0      0t0  TCP *:${port} (LISTEN)\n`,
        );
      }
    }
    return rows.length > 0 ? 0 : 1;
  },
});

function saying(
  name: string,
  summary: Command['summary'],
  say: (io: CommandIO) => string,
  options = '',
  absent = '',
): Command {
  return defineTool({
    name,
    summary,
    synopsis: '',
    options,
    absent,
    run(given, io) {
      const [extra] = given.operands;
      if (extra !== undefined) throw misuse(`extra operand ‘${extra}’`);
      io.stdout(`${say(io)}\n`);
      return 0;
    },
  });
}

const groups = defineTool({
  name: 'groups',
  summary: { es: 'los grupos de un usuario', en: 'the groups of a user' },
  synopsis: '[USERNAME]...',
  options: '',
  run(given, io) {
    for (const name of given.operands) {
      if (name !== io.machine.user) throw new ToolEnd(`‘${name}’: no such user`);
      io.stdout(`${name} : ${name}\n`);
    }
    if (given.operands.length === 0) io.stdout(`${io.machine.user}\n`);
    return 0;
  },
});

const getent = defineTool({
  name: 'getent',
  summary: { es: 'busca en las listas del sistema', en: 'looks into the lists of the system' },
  synopsis: 'DATABASE [KEY]...',
  options: '',
  run(given, io) {
    const [database = '', ...keys] = given.operands;
    const file = { passwd: '/etc/passwd', group: '/etc/group', hosts: '/etc/hosts' }[database];
    if (file === undefined) {
      io.stderr(`Unknown database: ${database}\nTry \`getent --help' or \`getent --usage' for more information.\n`);
      return 1;
    }
    const lines = io.machine.files.exists(file) ? io.machine.files.readText(file).split('\n').filter(Boolean) : [];
    let exitCode = 0;
    for (const key of keys.length === 0 ? [undefined] : keys) {
      const found = lines.filter(
        (line) =>
          key === undefined ||
          (database === 'hosts'
            ? line.split(/\s+/).includes(key)
            : line.split(':').some((part, at) => (at === 0 || at === 2) && part === key)),
      );
      if (found.length === 0) exitCode = 2;
      for (const line of key === undefined ? found : found.slice(0, 1)) {
        const [address = '', ...names] = line.split(/\s+/);
        io.stdout(`${database === 'hosts' ? `${address.padEnd(15)} ${names.join(' ')}` : line}\n`);
      }
    }
    return exitCode;
  },
});

export const machineTools: readonly Command[] = [
  ps,
  matcher('pgrep'),
  matcher('pkill'),
  uptime,
  top,
  free,
  ss,
  lsof,
  groups,
  getent,
  ...diskTools,
  saying('whoami', { es: 'quién eres', en: 'who you are' }, (io) => io.machine.user),
  saying(
    'hostname',
    { es: 'el nombre de la máquina', en: 'the name of the machine' },
    (io) => io.machine.hostname,
    's|short f|fqdn',
    'i|ip-address I|all-ip-addresses d|domain',
  ),
  saying('arch', { es: 'la arquitectura de la máquina', en: 'the architecture of the machine' }, () => 'x86_64'),
  saying('nproc', { es: 'cuántos procesadores hay', en: 'how many processors there are' }, () => '1', 'all', 'ignore='),
];
