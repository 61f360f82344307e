// Small programs that every Linux machine has and just-bash lacks.
import type { Command, CommandIO } from '../command.ts';
import { resolvePath } from '../files/index.ts';
import { systemTools } from '../tools/index.ts';

function refuse(io: CommandIO, name: string, what: string): number {
  io.stderr(`${name}: '${what}' is not part of this sandbox\n`);
  return 1;
}

const system: Readonly<Record<string, string>> = {
  s: 'Linux',
  r: '6.1.0',
  m: 'x86_64',
  o: 'GNU/Linux',
};

const uname: Command = {
  name: 'uname',
  summary: { es: 'el sistema de la máquina', en: 'the system of the machine' },
  run(args, io) {
    const asked = new Set(args.flatMap((arg) => (arg === '-a' ? [...'snrmo'] : [...arg.replace(/^-/, '')])));
    const unknown = args.find((arg) => !/^-[asnrmo]+$/.test(arg));
    if (unknown !== undefined) return refuse(io, 'uname', unknown);
    const parts: Readonly<Record<string, string>> = { ...system, n: io.machine.hostname };
    const shown = asked.size === 0 ? ['s'] : [...'snrmo'].filter((letter) => asked.has(letter));
    io.stdout(`${shown.map((letter) => parts[letter]).join(' ')}\n`);
    return 0;
  },
};

const id: Command = {
  name: 'id',
  summary: { es: 'tu usuario y tus grupos', en: 'your user and groups' },
  run(args, io) {
    const { user } = io.machine;
    const all = `uid=1000(${user}) gid=1000(${user}) groups=1000(${user})`;
    const answers: Readonly<Record<string, string>> = {
      '': all,
      '-u': '1000',
      '-g': '1000',
      '-un': user,
      '-u -n': user,
      '-gn': user,
      '-G': '1000',
    };
    const answer = answers[args.join(' ')];
    if (answer === undefined) return refuse(io, 'id', args.join(' '));
    io.stdout(`${answer}\n`);
    return 0;
  },
};

const cmp: Command = {
  name: 'cmp',
  summary: { es: 'compara dos archivos byte a byte', en: 'compares two files byte by byte' },
  run(args, io) {
    const silent = args.includes('-s');
    const [one, other, ...rest] = args.filter((arg) => arg !== '-s');
    if (one === undefined || other === undefined || rest.length > 0) return refuse(io, 'cmp', args.join(' '));
    const read = (name: string): Uint8Array | undefined => {
      if (name === '-') return io.stdin;
      const path = resolvePath(io.cwd, name);
      if (io.machine.files.exists(path) && io.machine.files.stat(path).type === 'file')
        return io.machine.files.readFile(path);
      io.stderr(`cmp: ${name}: ${io.machine.files.exists(path) ? 'Is a directory' : 'No such file or directory'}\n`);
      return undefined;
    };
    const a = read(one);
    const b = a && read(other);
    if (a === undefined || b === undefined) return 2;
    const shorter = Math.min(a.length, b.length);
    let at = 0;
    let line = 1;
    for (; at < shorter && a[at] === b[at]; at++) if (a[at] === 10) line++;
    if (at === a.length && at === b.length) return 0;
    if (silent) return 1;
    if (at < shorter) io.stdout(`${one} ${other} differ: byte ${at + 1}, line ${line}\n`);
    else
      io.stderr(
        `cmp: EOF on ${a.length < b.length ? one : other} after byte ${at}, ${a[at - 1] === 10 ? `line ${line - 1}` : `in line ${line}`}\n`,
      );
    return 1;
  },
};

/** @param pause lets messages arrive. */
export function smallTools(pause: () => Promise<void>): readonly Command[] {
  return [...systemTools(pause), uname, id, cmp];
}
