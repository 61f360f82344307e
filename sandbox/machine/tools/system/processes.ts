// What is told of processes: those of the machine's table, and the shell in which they are asked for.
import type { CommandIO } from '../../command.ts';
import { formatTime } from '../time/format.ts';
import { misuse, ToolEnd } from '../tool.ts';

/** Where pids of programs begin is 1000; the shell stands before them. */
const SHELL_PID = 900;

export interface Row {
  readonly pid: number;
  readonly ppid: number;
  readonly command: string;
  readonly startedAt: number;
}

/** The shell and the running programs, by pid. */
export function rowsOf({ machine: { processes } }: CommandIO): readonly Row[] {
  const programs = processes
    .list()
    .map(({ pid, command, startedAt }) => ({ pid, ppid: SHELL_PID, command, startedAt }));
  return [{ pid: SHELL_PID, ppid: 1, command: 'bash', startedAt: programs[0]?.startedAt ?? 0 }, ...programs];
}

/** The name of the program in a command line. */
export function programOf(command: string): string {
  const program = (command.split(' ')[0] ?? '').split('/').at(-1) ?? '';
  // `nginx: master process` is the title of a program whose name is nginx.
  return program.replace(/:$/, '').slice(0, 15);
}

/** What a program of the sandbox takes, as far as it is known: nothing is measured, so nothing is told but zero. */
const columns: Readonly<
  Record<
    string,
    {
      readonly head: string;
      readonly width: number;
      readonly right: boolean;
      readonly of: (row: Row, io: CommandIO) => string;
    }
  >
> = {
  pid: { head: 'PID', width: 5, right: true, of: ({ pid }) => String(pid) },
  ppid: { head: 'PPID', width: 5, right: true, of: ({ ppid }) => String(ppid) },
  user: { head: 'USER', width: 8, right: false, of: (_, io) => io.machine.user },
  uid: { head: 'UID', width: 5, right: true, of: () => '1000' },
  comm: { head: 'COMMAND', width: 15, right: false, of: ({ command }) => programOf(command) },
  args: { head: 'COMMAND', width: 27, right: false, of: ({ command }) => command },
  '%cpu': { head: '%CPU', width: 4, right: true, of: () => '0.0' },
  '%mem': { head: '%MEM', width: 4, right: true, of: () => '0.0' },
  vsz: { head: 'VSZ', width: 6, right: true, of: () => '0' },
  rss: { head: 'RSS', width: 5, right: true, of: () => '0' },
  tty: { head: 'TT', width: 8, right: false, of: () => 'pts/0' },
  stat: { head: 'STAT', width: 4, right: false, of: ({ pid }) => (pid === SHELL_PID ? 'Ss' : 'S') },
  s: { head: 'S', width: 1, right: false, of: () => 'S' },
  start: { head: 'STARTED', width: 8, right: true, of: ({ startedAt }) => formatTime('%H:%M:%S', startedAt) },
  stime: { head: 'STIME', width: 5, right: false, of: ({ startedAt }) => formatTime('%H:%M', startedAt) },
  lstart: {
    head: 'STARTED',
    width: 24,
    right: true,
    of: ({ startedAt }) => formatTime('%a %b %e %H:%M:%S %Y', startedAt),
  },
  time: { head: 'TIME', width: 8, right: true, of: () => '00:00:00' },
  bsdtime: { head: 'TIME', width: 6, right: true, of: () => '0:00' },
  etime: {
    head: 'ELAPSED',
    width: 11,
    right: true,
    of: ({ startedAt }, io) => elapsed(io.machine.kernel.now() - startedAt),
  },
  etimes: {
    head: 'ELAPSED',
    width: 7,
    right: true,
    of: ({ startedAt }, io) => String(Math.floor((io.machine.kernel.now() - startedAt) / 1000)),
  },
  ni: { head: 'NI', width: 3, right: true, of: () => '0' },
  pri: { head: 'PRI', width: 3, right: true, of: () => '19' },
  c: { head: 'C', width: 2, right: true, of: () => '0' },
};
const aliases: Readonly<Record<string, string>> = {
  cmd: 'args',
  command: 'args',
  ucmd: 'comm',
  pcpu: '%cpu',
  pmem: '%mem',
  euser: 'user',
  uname: 'user',
  ruser: 'user',
  state: 's',
  tt: 'tty',
  tname: 'tty',
  cputime: 'time',
  nice: 'ni',
  rssize: 'rss',
  vsize: 'vsz',
  start_time: 'stime',
  stime: 'stime',
};
const heads: Readonly<Record<string, string>> = { cmd: 'CMD', ucmd: 'CMD', tname: 'TTY' };

function elapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const hours = Math.floor(seconds / 3600);
  if (hours === 0) return clock;
  return hours < 24 ? `${two(hours)}:${clock}` : `${Math.floor(hours / 24)}-${two(hours % 24)}:${clock}`;
}

/** `ps` with columns of one's own. */
export function table(names: readonly string[], rows: readonly Row[], io: CommandIO): string {
  const chosen = names.map((word) => {
    const [name = '', title] = word.split('=');
    const column = columns[aliases[name] ?? name];
    if (column === undefined) throw misuse(`error: unknown user-defined format specifier "${name}"`, 1);
    return { column, head: title ?? heads[name] ?? column.head };
  });
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => {
        const { column, head } = chosen[index] as (typeof chosen)[number];
        const width = Math.max(column.width, head.length);
        if (column.right) return cell.padStart(width);
        return index === chosen.length - 1 ? cell : cell.padEnd(width);
      })
      .join(' ');
  const out = rows.map((row) => line(chosen.map(({ column }) => column.of(row, io))));
  const titled = chosen.some(({ head }) => head !== '');
  return [...(titled ? [line(chosen.map(({ head }) => head))] : []), ...out].map((text) => `${text}\n`).join('');
}

export function psCommand(args: readonly string[], io: CommandIO): number {
  let rows = rowsOf(io);
  let layout: 'plain' | 'full' | 'bsd' | 'aux' | 'own' = 'plain';
  const own: string[] = [];
  let sortKey: string | undefined;
  let headed = true;
  const chosen: ((row: Row) => boolean)[] = [];
  const select = (option: string, value: string): void => {
    const wanted = value.split(/[ ,]/);
    if ('pq'.includes(option)) {
      const wrong = wanted.find((pid) => !/^\d+$/.test(pid));
      if (wrong !== undefined) throw new ToolEnd('error: process ID list syntax error', 1);
      chosen.push(({ pid }) => wanted.includes(String(pid)));
    } else if (option === 'C') chosen.push(({ command }) => wanted.includes(programOf(command)));
    else if (option === 'P') chosen.push(({ ppid }) => wanted.includes(String(ppid)));
    else chosen.push(() => wanted.includes(io.machine.user) || wanted.includes('1000'));
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as string;
    const [name = '', value] = arg.startsWith('--')
      ? arg.includes('=')
        ? [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]
        : [arg, undefined]
      : [arg, undefined];
    if (name === '--help') {
      io.stdout(psHelp[io.machine.language]);
      return 0;
    }
    if (name === '--sort') sortKey = value ?? args[++at];
    else if (name === '--pid') select('p', value ?? args[++at] ?? '');
    else if (name === '--ppid') select('P', value ?? args[++at] ?? '');
    else if (name === '--no-headers' || name === '--no-heading') headed = false;
    else if (name === '--format') {
      layout = 'own';
      own.push(...(value ?? args[++at] ?? '').split(/[ ,]/));
    } else if (/^\d+$/.test(arg)) select('p', arg);
    else if (/^-?[a-zA-Z]+$/.test(arg)) {
      const dash = arg.startsWith('-');
      const letters = arg.replace(/^-/, '');
      if (!dash && layout === 'plain') layout = 'bsd';
      for (let letter = 0; letter < letters.length; letter++) {
        const one = letters[letter] as string;
        const rest = letters.slice(letter + 1);
        if (one === 'o' || 'pqCUG'.includes(one) || (dash && (one === 'u' || one === 't'))) {
          const given = rest === '' ? (args[++at] ?? '') : rest;
          if (one === 'o') {
            layout = 'own';
            own.push(
              ...(given.includes('=')
                ? [...given.split(',').slice(0, -1), given.split(',').at(-1) ?? '']
                : given.split(/[ ,]/)),
            );
          } else select(one, given);
          break;
        }
        if (one === 'u') layout = 'aux';
        else if (one === 'f' && dash) layout = 'full';
        else if (one === 'h' && !dash) headed = false;
        else if (!'eAaxwdfNHl'.includes(one)) throw new ToolEnd(`'${arg}' is not part of this sandbox`, 1);
      }
    } else throw new ToolEnd(`'${arg}' is not part of this sandbox`, 1);
  }
  if (chosen.length > 0) rows = rows.filter((row) => chosen.some((test) => test(row)));
  if (sortKey !== undefined) {
    const sign = sortKey.startsWith('-') ? -1 : 1;
    const key = sortKey.replace(/^[-+]/, '');
    const column = columns[aliases[key] ?? key];
    if (column === undefined) throw new ToolEnd('error: unknown sort specifier', 1);
    const numeric = (row: Row): number | string =>
      Number.isNaN(Number(column.of(row, io))) ? column.of(row, io) : Number(column.of(row, io));
    rows = [...rows].sort((a, b) => (numeric(a) < numeric(b) ? -sign : numeric(a) > numeric(b) ? sign : 0));
  }
  const names: Readonly<Record<typeof layout, readonly string[]>> = {
    plain: ['pid', 'tname', 'time', 'ucmd'],
    full: ['user=UID', 'pid', 'ppid', 'c', 'stime', 'tname', 'time', 'cmd'],
    bsd: ['pid', 'tname', 'stat', 'bsdtime', 'command'],
    aux: ['user', 'pid', '%cpu', '%mem', 'vsz', 'rss', 'tname', 'stat', 'stime=START', 'bsdtime', 'command'],
    own,
  };
  const text = table(names[layout], rows, io);
  const titled = names[layout].some((name) => !name.endsWith('='));
  io.stdout(headed || !titled ? text : text.replace(/^.*\n/, ''));
  return rows.length > 0 ? 0 : 1;
}

const psHelp = {
  es: 'Uso: ps [aux] [-e] [-A] [-f] [-o COLUMNAS] [-p PID] [-C NOMBRE] [-u USUARIO] [--sort COLUMNA] [--no-headers]\nMuestra los procesos de la máquina. El uso de CPU y memoria no se mide aquí: es 0.\n',
  en: 'Usage: ps [aux] [-e] [-A] [-f] [-o COLUMNS] [-p PID] [-C NAME] [-u USER] [--sort COLUMN] [--no-headers]\nShows the processes of the machine. Use of CPU and memory is not measured here: it is 0.\n',
};
