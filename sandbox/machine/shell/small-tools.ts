// Small programs that every Linux machine has and just-bash lacks.
import type { Command, CommandIO } from '../command.ts';
import { FileError, nameOf, parentOf, resolvePath } from '../files/index.ts';
import { systemTools } from '../tools/index.ts';

function refuse(io: CommandIO, name: string, what: string): number {
  io.stderr(`${name}: '${what}' is not part of this sandbox\n`);
  return 1;
}

const realpath: Command = {
  name: 'realpath',
  summary: { es: 'la ruta absoluta, sin enlaces', en: 'the absolute path, without links' },
  run(args, io) {
    const option = args.find((arg) => arg.startsWith('-') && arg !== '--');
    if (option !== undefined) return refuse(io, 'realpath', option);
    const names = args.filter((arg) => arg !== '--');
    if (names.length === 0) {
      io.stderr("realpath: missing operand\nTry 'realpath --help' for more information.\n");
      return 1;
    }
    let exitCode = 0;
    for (const name of names) {
      const path = name.startsWith('/') ? name : `${io.cwd}/${name}`;
      const { files } = io.machine;
      try {
        // The last part need not exist.
        const parent = files.realpath(parentOf(path));
        io.stdout(`${files.exists(path) ? files.realpath(path) : resolvePath(parent, nameOf(path))}\n`);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        io.stderr(`realpath: ${name}: No such file or directory\n`);
        exitCode = 1;
      }
    }
    return exitCode;
  },
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const mktemp: Command = {
  name: 'mktemp',
  summary: { es: 'crea un archivo o una carpeta temporal', en: 'makes a temporary file or folder' },
  run(args, io) {
    const options = args.filter((arg) => arg.startsWith('-'));
    const [template = '/tmp/tmp.XXXXXXXXXX'] = args.filter((arg) => !arg.startsWith('-'));
    const unknown = options.find((option) => option !== '-d' && option !== '--directory');
    if (unknown !== undefined) return refuse(io, 'mktemp', unknown);
    if (!/XXX$/.test(template)) {
      io.stderr(`mktemp: too few X's in template '${template}'\n`);
      return 1;
    }
    const { files, kernel } = io.machine;
    const random = kernel.random('mktemp');
    const name = template.replace(/X+$/, (letters62) =>
      Array.from(letters62, () => letters[random.integer(0, letters.length - 1)]).join(''),
    );
    const path = resolvePath(io.cwd, name);
    if (options.length > 0) files.mkdir(path, { mode: 0o700 });
    else files.writeFile(path, '', 0o600);
    io.stdout(`${name}\n`);
    return 0;
  },
};

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

const nproc: Command = {
  name: 'nproc',
  summary: { es: 'cuántos procesadores hay', en: 'how many processors there are' },
  run(args, io) {
    if (args.length > 0) return refuse(io, 'nproc', args.join(' '));
    io.stdout('1\n');
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
    if (at < shorter) io.stdout(`${one} ${other} differ: char ${at + 1}, line ${line}\n`);
    else
      io.stderr(
        `cmp: EOF on ${a.length < b.length ? one : other} after byte ${at}, ${a[at - 1] === 10 ? `line ${line - 1}` : `in line ${line}`}\n`,
      );
    return 1;
  },
};

export const smallTools: readonly Command[] = [...systemTools, realpath, mktemp, uname, id, nproc, cmp];
