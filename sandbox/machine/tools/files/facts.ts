// Tools that tell and change facts of files: stat, touch, readlink, realpath, mktemp, install, basename.
import type { Command, CommandIO } from '../../command.ts';
import { FileError, type FileStat, nameOf, operandPath, PIPE, parentOf, resolvePath } from '../../files/index.ts';
import { permissions } from '../starting/find-format.ts';
import { formatTime } from '../time/format.ts';
import { parseTime } from '../time/parse.ts';
import { defineTool, misuse, operandStat, readInput, reason, ToolEnd } from '../tool.ts';
import { backupOf, keepsBackup } from './backup.ts';
import { changedMode } from './modes.ts';

function kindOf({ type, size, mode }: FileStat): string {
  if (mode & PIPE) return 'fifo';
  if (type === 'directory') return 'directory';
  return type === 'symlink' ? 'symbolic link' : size === 0 ? 'regular empty file' : 'regular file';
}

const stamp = (ms: number): string => formatTime('%F %T.%N +0000', ms);

const stat = defineTool({
  name: 'stat',
  summary: { es: 'los datos de un archivo', en: 'the facts of a file' },
  synopsis: '[OPTION]... FILE...',
  options: 'c|format= printf= L|dereference t|terse',
  absent: 'f|file-system cached=',
  run(given, io) {
    if (given.operands.length === 0) throw misuse('missing operand');
    const { files, user } = io.machine;
    let exitCode = 0;
    for (const name of given.operands) {
      const path = operandPath(io.cwd, name);
      let facts: FileStat;
      try {
        facts = operandStat(name, io, given.has('L'));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        io.stderr(`stat: cannot statx '${name}': ${reason(error)}\n`);
        exitCode = 1;
        continue;
      }
      const mode = (facts.mode & 0o7777).toString(8);
      const blocks = facts.type === 'symlink' ? 0 : Math.ceil(facts.size / 4096) * 8;
      const link = facts.type === 'symlink' ? ` -> '${files.readlink(path)}'` : '';
      const shown: Readonly<Record<string, string>> = {
        n: name,
        N: `'${name}'${link}`,
        s: String(facts.size),
        a: mode,
        A: permissions(facts.type, facts.mode),
        F: kindOf(facts),
        b: String(blocks),
        B: '512',
        o: '4096',
        h: String(facts.links),
        i: String(facts.inode),
        u: '1000',
        g: '1000',
        U: user,
        G: user,
        d: '2049',
        D: '801',
        f: (facts.mode | { file: 0o100000, directory: 0o40000, symlink: 0o120000 }[facts.type]).toString(16),
        x: stamp(facts.mtimeMs),
        y: stamp(facts.mtimeMs),
        z: stamp(facts.ctimeMs),
        w: '-',
        W: '0',
        t: '0',
        T: '0',
        m: '/',
        X: String(Math.floor(facts.mtimeMs / 1000)),
        Y: String(Math.floor(facts.mtimeMs / 1000)),
        Z: String(Math.floor(facts.ctimeMs / 1000)),
        '%': '%',
      };
      const format = given.value('c') ?? given.value('printf');
      if (format === undefined) {
        const owner = `( 1000/${user.padStart(8)})`;
        io.stdout(
          `  File: ${name}${link}\n  Size: ${String(facts.size).padEnd(10)}\tBlocks: ${String(blocks).padEnd(10)} IO Block: 4096   ${kindOf(facts)}\nDevice: 8,1\tInode: ${String(facts.inode).padEnd(11)} Links: ${facts.links}\n` +
            `Access: (${mode.padStart(4, '0')}/${shown.A})  Uid: ${owner}   Gid: ${owner}\nAccess: ${shown.x}\nModify: ${shown.y}\nChange: ${shown.z}\n Birth: -\n`,
        );
        continue;
      }
      const text = format.replaceAll(
        /%([-0]?)(\d*)(?:\.(\d*))?([a-zA-Z%])/g,
        (whole, flag: string, width: string, precision: string | undefined, letter: string) => {
          const value = precision === undefined ? shown[letter] : withFraction(shown[letter], letter, facts, precision);
          if (value === undefined) return whole;
          return flag === '-' ? value.padEnd(Number(width)) : value.padStart(Number(width), flag === '0' ? '0' : ' ');
        },
      );
      io.stdout(
        given.has('c')
          ? `${text}\n`
          : text.replaceAll(/\\([nt\\])/g, (_, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? '\\'),
      );
    }
    return exitCode;
  },
});

/** Seconds with so many decimals; nine where the number is left out. Other values are cut there. */
function withFraction(
  value: string | undefined,
  letter: string,
  { mtimeMs, ctimeMs }: FileStat,
  precision: string,
): string | undefined {
  const digits = precision === '' ? 9 : Number(precision);
  if (!'XYZ'.includes(letter)) return precision === '' ? value : value?.slice(0, digits);
  const fraction = String((letter === 'Z' ? ctimeMs : mtimeMs) % 1000)
    .padStart(3, '0')
    .padEnd(9, '0');
  return digits === 0 ? value : `${value}.${fraction.slice(0, digits)}`;
}

const touch = defineTool({
  name: 'touch',
  summary: { es: 'crea archivos vacíos o cambia su fecha', en: 'makes empty files or changes their time' },
  synopsis: '[OPTION]... FILE...',
  options: 'a c|no-create d|date= f h|no-dereference m r|reference= t= time=atime|access|use/mtime|modify',
  run(given, io) {
    const { files, kernel } = io.machine;
    if (given.operands.length === 0) throw misuse('missing file operand');
    let time = kernel.now();
    const text = given.value('d');
    if (text !== undefined) {
      const parsed = parseTime(text, kernel.now());
      if (parsed === undefined) throw new ToolEnd(`invalid date format ‘${text}’`);
      time = parsed;
    }
    const compact = given.value('t');
    if (compact !== undefined) {
      const [, century = '', year = '', rest = '', seconds = '00'] =
        /^(\d\d)??(\d\d)?(\d{8})(?:\.(\d\d))?$/.exec(compact) ?? [];
      const [month, day, hours, minutes] = rest.match(/../g) ?? [];
      const full =
        year === '' ? formatTime('%Y', kernel.now()) : `${century || (Number(year) < 69 ? '20' : '19')}${year}`;
      const parsed =
        rest === '' ? undefined : parseTime(`${full}-${month}-${day} ${hours}:${minutes}:${seconds}`, kernel.now());
      if (parsed === undefined) throw new ToolEnd(`invalid date format ‘${compact}’`);
      time = parsed;
    }
    const reference = given.value('r');
    if (reference !== undefined) {
      const path = operandPath(io.cwd, reference);
      if (!files.exists(path))
        throw new ToolEnd(`failed to get attributes of '${reference}': No such file or directory`);
      time = files.stat(path).mtimeMs;
    }
    const onlyRead = (given.has('a') || given.value('time') === 'atime') && !given.has('m');
    let exitCode = 0;
    for (const name of given.operands) {
      const path = operandPath(io.cwd, name);
      if (given.has('h') && linkAt(path, io) !== undefined)
        throw new ToolEnd("'-h' for a symbolic link is not part of this sandbox");
      try {
        if (!files.exists(path)) {
          if (given.has('c')) continue;
          if (name.endsWith('/') || given.has('h')) throw new FileError('ENOENT', 'open', name);
          files.writeFile(path, '', 0o666 & ~(io.umask ?? 0o022));
        }
        // Files have one time here: that of their last change.
        if (!onlyRead) files.utimes(path, time);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        io.stderr(
          `touch: ${name.endsWith('/') || given.has('h') ? 'setting times of' : 'cannot touch'} '${name}': ${reason(error)}\n`,
        );
        exitCode = 1;
      }
    }
    return exitCode;
  },
});

/** The absolute path without links. `all`: every part must be there; `none`: nothing need be; else the last need not. */
function truePath(name: string, need: 'all' | 'last' | 'none', io: CommandIO): string | undefined {
  const { files } = io.machine;
  const path = name.startsWith('/') ? name : `${io.cwd}/${name}`;
  try {
    if (files.exists(path)) return files.realpath(path);
    if (need === 'all') return undefined;
    const target = linkAt(path, io);
    // A link that leads nowhere is followed all the same.
    if (target !== undefined)
      return truePath(target.startsWith('/') ? target : `${parentOf(path)}/${target}`, need, io);
    return resolvePath(files.realpath(parentOf(path.replace(/\/+$/, ''))), nameOf(path.replace(/\/+$/, '')));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return need === 'none' ? operandPath(io.cwd, name) : undefined;
  }
}

function linkAt(path: string, { machine: { files } }: CommandIO): string | undefined {
  try {
    return files.lstat(path).type === 'symlink' ? files.readlink(path) : undefined;
  } catch {
    return undefined;
  }
}

function relative(from: string, to: string): string {
  const [a, b] = [from, to].map((path) => path.split('/').filter(Boolean)) as [string[], string[]];
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return [...a.slice(shared).map(() => '..'), ...b.slice(shared)].join('/') || '.';
}

const realpath = defineTool({
  name: 'realpath',
  summary: { es: 'la ruta absoluta, sin enlaces', en: 'the absolute path, without links' },
  synopsis: '[OPTION]... FILE...',
  options:
    'e|canonicalize-existing m|canonicalize-missing L|logical P|physical q|quiet relative-to= relative-base= s|strip no-symlinks z|zero',
  run(given, io) {
    if (given.operands.length === 0) throw misuse('missing operand');
    let exitCode = 0;
    for (const name of given.operands) {
      const plain = given.has('s', 'no-symlinks');
      const found = plain
        ? operandPath(io.cwd, name)
        : truePath(name, given.has('e') ? 'all' : given.has('m') ? 'none' : 'last', io);
      if (found === undefined) {
        if (!given.has('q')) io.stderr(`realpath: ${name}: No such file or directory\n`);
        exitCode = 1;
        continue;
      }
      const base = given.value('relative-to');
      io.stdout(
        `${base === undefined ? found : relative(truePath(base, 'none', io) ?? base, found)}${given.has('z') ? '\0' : '\n'}`,
      );
    }
    return exitCode;
  },
});

const readlink = defineTool({
  name: 'readlink',
  summary: { es: 'adónde lleva un enlace', en: 'where a link leads' },
  synopsis: '[OPTION]... FILE...',
  options:
    'f|canonicalize e|canonicalize-existing m|canonicalize-missing n|no-newline q|quiet s|silent v|verbose z|zero',
  run(given, io) {
    if (given.operands.length === 0) throw misuse('missing operand');
    let exitCode = 0;
    for (const name of given.operands) {
      let found: string | undefined;
      if (given.has('f', 'e', 'm'))
        found = truePath(name, given.has('e') ? 'all' : given.has('m') ? 'none' : 'last', io);
      else {
        const path = operandPath(io.cwd, name);
        try {
          found = io.machine.files.readlink(path);
        } catch (error) {
          if (!(error instanceof FileError)) throw error;
          if (given.has('v')) io.stderr(`readlink: ${name}: ${reason(error)}\n`);
        }
      }
      if (found === undefined) exitCode = 1;
      else io.stdout(found + (given.has('n') && given.operands.length === 1 ? '' : given.has('z') ? '\0' : '\n'));
    }
    return exitCode;
  },
});

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const mktemp = defineTool({
  name: 'mktemp',
  summary: { es: 'crea un archivo o una carpeta temporal', en: 'makes a temporary file or folder' },
  synopsis: '[OPTION]... [TEMPLATE]',
  options: 'd|directory u|dry-run q|quiet suffix= p|tmpdir= t',
  run(given, io) {
    const [template, extra] = given.operands;
    if (extra !== undefined) throw misuse('too many templates');
    const pattern = `${template ?? 'tmp.XXXXXXXXXX'}${given.value('suffix') ?? ''}`;
    if (!/X{3,}[^X]*$/.test(pattern)) throw new ToolEnd(`too few X's in template ‘${pattern}’`);
    const { files, kernel } = io.machine;
    const random = kernel.random('mktemp');
    const name = pattern.replace(/X{3,}(?=[^X]*$)/, (run) =>
      Array.from(run, () => alphabet[random.integer(0, alphabet.length - 1)]).join(''),
    );
    const folder =
      given.value('p') ?? (template === undefined || given.has('t') ? (io.env.TMPDIR ?? '/tmp') : undefined);
    const shown = folder === undefined ? name : `${folder.replace(/\/$/, '')}/${name}`;
    const path = operandPath(io.cwd, shown);
    if (!files.exists(parentOf(path)))
      throw new ToolEnd(
        `failed to create ${given.has('d') ? 'directory' : 'file'} via template ‘${folder === undefined ? pattern : `${folder}/${pattern}`}’: No such file or directory`,
      );
    if (!given.has('u')) {
      if (given.has('d')) files.mkdir(path, { mode: 0o700 });
      else files.writeFile(path, '', 0o600);
    }
    io.stdout(`${shown}\n`);
    return 0;
  },
});

const install = defineTool({
  name: 'install',
  summary: { es: 'copia archivos con permisos, crea carpetas', en: 'copies files with permissions, makes folders' },
  synopsis: '[OPTION]... SOURCE... DEST',
  options:
    'd|directory D m|mode= v|verbose t|target-directory= o|owner= g|group= p|preserve-timestamps T|no-target-directory c C|compare b backup? S|suffix=',
  absent: 's|strip Z',
  run(given, io) {
    const { files } = io.machine;
    const text = given.value('m') ?? '755';
    const mode = changedMode(text, 0, false, 0);
    if (mode === undefined) throw new ToolEnd(`invalid mode ‘${text}’`);
    const names = [...given.operands];
    if (names.length === 0) throw misuse('missing file operand');
    if (given.has('d')) {
      for (const name of names) {
        files.mkdir(operandPath(io.cwd, name), { recursive: true });
        files.chmod(operandPath(io.cwd, name), mode);
      }
      return 0;
    }
    const target = given.value('t') ?? (names.length > 1 ? names.pop() : undefined);
    if (target === undefined) throw misuse(`missing destination file operand after '${names[0]}'`);
    const place = operandPath(io.cwd, target);
    const isFolder = files.exists(place) && files.stat(place).type === 'directory';
    for (const name of names) {
      const to = isFolder || given.has('t') ? `${target.replace(/\/$/, '')}/${nameOf(name)}` : target;
      const path = operandPath(io.cwd, to);
      if (given.has('D')) files.mkdir(parentOf(path), { recursive: true });
      try {
        const bytes = readInput(name, io);
        if (keepsBackup(given) && files.exists(path)) files.rename(path, backupOf(files, path, given));
        files.writeFile(path, bytes, mode);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        const missing = !files.exists(operandPath(io.cwd, name));
        throw new ToolEnd(
          missing ? `cannot stat '${name}': ${reason(error)}` : `cannot create regular file '${to}': ${reason(error)}`,
        );
      }
      files.chmod(path, mode);
      if (given.has('v')) io.stdout(`'${name}' -> '${to}'\n`);
    }
    return 0;
  },
});

const basename = defineTool({
  name: 'basename',
  summary: { es: 'el nombre al final de una ruta', en: 'the name at the end of a path' },
  synopsis: 'NAME [SUFFIX]',
  options: 'a|multiple s|suffix= z|zero',
  run(given, io) {
    const many = given.has('a', 's');
    const [first, suffix, extra] = given.operands;
    if (first === undefined) throw misuse('missing operand');
    if (!many && extra !== undefined) throw misuse(`extra operand ‘${extra}’`);
    for (const name of many ? given.operands : [first]) {
      const base = /^\/+$/.test(name) ? '/' : nameOf(name.replace(/\/+$/, ''));
      const end = many ? (given.value('s') ?? '') : (suffix ?? '');
      io.stdout(
        `${end !== '' && base !== end && base.endsWith(end) ? base.slice(0, -end.length) : base}${given.has('z') ? '\0' : '\n'}`,
      );
    }
    return 0;
  },
});

const dirname = defineTool({
  name: 'dirname',
  summary: { es: 'la carpeta de una ruta', en: 'the folder of a path' },
  synopsis: '[OPTION] NAME...',
  options: 'z|zero',
  run(given, io) {
    if (given.operands.length === 0) throw misuse('missing operand');
    for (const name of given.operands) {
      const plain = name.replace(/(?<=.)\/+$/, '');
      const folder = /^\/+$/.test(plain)
        ? '/'
        : plain.includes('/')
          ? plain.slice(0, plain.lastIndexOf('/')).replace(/(?<=.)\/+$/, '') || '/'
          : '.';
      io.stdout(`${folder}${given.has('z') ? '\0' : '\n'}`);
    }
    return 0;
  },
});

export const factTools: readonly Command[] = [stat, touch, realpath, readlink, mktemp, install, basename, dirname];
