// GNU find 4.9: a tree is walked from the top (or, with -depth, from below) and each entry asked a boolean expression.
import { type Command, type CommandIO, isNotFound } from '../../command.ts';
import { FileError, type FileStat, nameOf, operandPath, PIPE, parentOf, resolvePath } from '../../files/index.ts';
import { compile, type Pattern } from '../pattern.ts';
import { globMatcher } from '../text/glob.ts';
import { operandStat, reason, ToolEnd } from '../tool.ts';
import { type Entry, formatEntry } from './find-format.ts';

/** What an expression did beside being true or false. */
interface Walk {
  pruned: boolean;
  quit: boolean;
  exitCode: number;
  /** Programs begun so far: each may have changed what was found. */
  begun: number;
  readonly io: CommandIO;
}

type Test = (entry: Entry, walk: Walk) => boolean | Promise<boolean>;

interface Settings {
  least: number;
  most: number;
  depthFirst: boolean;
  follow: boolean;
  acts: boolean;
  /** Of `-regex`, as `-regextype` names it. */
  regexType: string;
  /** `-exec … +` runs when all is found. */
  readonly last: ((walk: Walk) => Promise<void>)[];
}

export const find: Command = {
  name: 'find',
  summary: { es: 'busca archivos en un árbol de carpetas', en: 'searches files in a tree of folders' },
  async run(args, io) {
    try {
      return await run(args, io);
    } catch (error) {
      if (!(error instanceof ToolEnd)) throw error;
      io.stderr(`find: ${error.message}\n`);
      return error.exitCode;
    }
  },
};

const help = {
  es: `Uso: find [-L] [RUTA...] [EXPRESIÓN]
Pruebas: -name -iname -lname -path -wholename -ipath -regex -iregex -type -size -empty -mtime -mmin -atime -amin -ctime -cmin -newer -newermt -perm -user -group -uid -inum -samefile -links -xtype -executable -readable -writable -true -false
Acciones: -print -print0 -printf -ls -delete -exec … \\; -exec … + -execdir -prune -quit
Otros: -maxdepth -mindepth -depth -mount -xdev -follow ( ) ! -not -a -o ,
Lo demás del programa real no forma parte de este sandbox.
`,
  en: `Usage: find [-L] [PATH...] [EXPRESSION]
Tests: -name -iname -lname -path -wholename -ipath -regex -iregex -type -size -empty -mtime -mmin -atime -amin -ctime -cmin -newer -newermt -perm -user -group -uid -inum -samefile -links -xtype -executable -readable -writable -true -false
Actions: -print -print0 -printf -ls -delete -exec … \\; -exec … + -execdir -prune -quit
Others: -maxdepth -mindepth -depth -mount -xdev -follow ( ) ! -not -a -o ,
The rest of the real program is not part of this sandbox.
`,
};

async function run(args: readonly string[], io: CommandIO): Promise<number> {
  if (args.includes('--help') || args[0] === '-help') {
    io.stdout(help[io.machine.language]);
    return 0;
  }
  if (args[0] === '--version') {
    io.stdout('find (GNU findutils) 4.9.0\n');
    return 0;
  }
  const words = [...args];
  const settings: Settings = {
    least: 0,
    most: Number.POSITIVE_INFINITY,
    depthFirst: false,
    follow: false,
    acts: false,
    regexType: 'findutils-default',
    last: [],
  };
  while (words[0] === '-L' || words[0] === '-H' || words[0] === '-P') settings.follow = words.shift() === '-L';
  const starts: string[] = [];
  while (words[0] !== undefined && !/^(-.|[(!]$)/.test(words[0])) starts.push(words.shift() as string);
  if (starts.length === 0) starts.push('.');
  const test = parse(words, settings, io);
  const walk: Walk = { pruned: false, quit: false, exitCode: 0, begun: 0, io };
  for (const start of starts) if (!walk.quit) await visitStart(start, test, settings, walk);
  for (const last of settings.last) await last(walk);
  return walk.exitCode;
}

async function visitStart(start: string, test: Test, settings: Settings, walk: Walk): Promise<void> {
  const { files } = walk.io.machine;
  const path = operandPath(walk.io.cwd, start);
  const complain = (error: unknown, name: string): void => {
    if (!(error instanceof FileError)) throw error;
    walk.io.stderr(`find: ‘${name}’: ${reason(error)}\n`);
    walk.exitCode = 1;
  };
  const visit = async (name: string, at: string, depth: number): Promise<void> => {
    if (walk.quit || walk.io.signal.aborted) return;
    const look = (): FileStat => (settings.follow && files.exists(at) ? files.stat(at) : files.lstat(at));
    let stat: FileStat;
    try {
      stat = depth === 0 ? operandStat(start, walk.io, settings.follow && files.exists(at)) : look();
    } catch (error) {
      return complain(error, name);
    }
    const { begun } = walk;
    let known = depth === 0 ? stat : undefined;
    const entry: Entry = {
      ...{ name, path: at, depth, start, type: typeOf(stat) },
      get stat() {
        known ??= walk.begun > begun && files.exists(at) ? look() : stat;
        return known;
      },
    };
    const asked = depth >= settings.least;
    walk.pruned = false;
    if (asked && !settings.depthFirst) await test(entry, walk);
    const pruned = walk.pruned && !settings.depthFirst;
    if (stat.type === 'directory' && !pruned && depth < settings.most) {
      // `-exec rm -r {} \\;` takes away what would be looked into next.
      if (!files.exists(at)) return complain(new FileError('ENOENT', 'scandir', at), name);
      for (const child of files.list(at)) {
        await visit(name.endsWith('/') ? name + child : `${name}/${child}`, resolvePath(at, child), depth + 1);
        if (walk.quit) return;
      }
    }
    if (asked && settings.depthFirst) await test(entry, walk);
  };
  await visit(start, path, 0);
}

/** The expression as one test; without an action what is true is printed. */
function parse(words: string[], settings: Settings, io: CommandIO): Test {
  const print: Test = ({ name }, { io: out }) => {
    out.stdout(`${name}\n`);
    return true;
  };
  if (words.length === 0) return print;
  /** The test, action or operator that was read last. */
  let latest: string | undefined;
  const next = (): string | undefined => {
    latest = words.shift();
    return latest;
  };
  const list = (): Test => {
    let left = or();
    while (words[0] === ',') {
      next();
      const [first, second] = [left, or()];
      left = async (entry, walk) => {
        await first(entry, walk);
        return second(entry, walk);
      };
    }
    return left;
  };
  const or = (): Test => {
    let left = and();
    while (words[0] === '-o' || words[0] === '-or') {
      next();
      if (words.length === 0) throw new ToolEnd("expected an expression after '-o'", 1);
      const [first, second] = [left, and()];
      left = async (entry, walk) => (await first(entry, walk)) || second(entry, walk);
    }
    return left;
  };
  const and = (): Test => {
    let left = not();
    while (words[0] !== undefined && !['-o', '-or', ')', ','].includes(words[0])) {
      const sign = words[0] === '-a' || words[0] === '-and' ? next() : undefined;
      if (sign !== undefined && words.length === 0) throw new ToolEnd(`expected an expression after '${sign}'`, 1);
      const [first, second] = [left, not()];
      left = async (entry, walk) => (await first(entry, walk)) && second(entry, walk);
    }
    return left;
  };
  const not = (): Test => {
    if (words[0] === '!' || words[0] === '-not') {
      const sign = next();
      if (words.length === 0) throw new ToolEnd(`expected an expression after '${sign}'`, 1);
      const inner = not();
      return async (entry, walk) => !(await inner(entry, walk));
    }
    if (words[0] === '(') {
      next();
      const inner = list();
      if (next() !== ')')
        throw new ToolEnd("invalid expression; I was expecting to find a ')' somewhere but did not see one.", 1);
      return inner;
    }
    const before = latest;
    const name = next();
    if (name === undefined) throw new ToolEnd('invalid expression', 1);
    if (name === ')' && before === '(') throw new ToolEnd('invalid expression; empty parentheses are not allowed.', 1);
    if (name === ')') throw new ToolEnd(`expected an expression between '${before}' and ')'`, 1);
    if (!/^(?:-|,$)/.test(name)) throw new ToolEnd(misplaced(name, before, io), 1);
    if (/^-(?:o|or|a|and)$|^,$/.test(name))
      throw new ToolEnd(`invalid expression; you have used a binary operator '${name}' with nothing before it.`, 1);
    return predicate(name, words, settings, io);
  };
  const test = list();
  if (words.length > 0) throw new ToolEnd("you have too many ')'", 1);
  return settings.acts ? test : async (entry, walk) => (await test(entry, walk)) && print(entry, walk);
}

/** A file among the tests has mostly come of a pattern that the shell expanded. */
function misplaced(word: string, before: string | undefined, io: CommandIO): string {
  const isFile = io.machine.files.exists(operandPath(io.cwd, word));
  const hint = isFile ? `\nfind: possible unquoted pattern after predicate \`${before}'?` : '';
  return `paths must precede expression: \`${word}'${hint}`;
}

const letters: Readonly<Record<string, string>> = { f: 'file', d: 'directory', l: 'symlink', p: 'pipe' };

function typeOf({ type, mode }: FileStat): string {
  return mode & PIPE ? 'pipe' : type;
}

const DAY = 86_400_000;

function predicate(name: string, words: string[], settings: Settings, io: CommandIO): Test {
  const { files, kernel, user } = io.machine;
  const value = (): string => {
    const word = words.shift();
    if (word === undefined) throw new ToolEnd(`missing argument to \`${name}'`, 1);
    return word;
  };
  const action = (test: Test): Test => {
    settings.acts = true;
    return test;
  };
  /** `+3`, `-3` or `3`. */
  const compared = (text: string): ((number: number) => boolean) => {
    const [, sign, digits] = /^([+-]?)(\d+(?:\.\d+)?)$/.exec(text) ?? [];
    if (digits === undefined) throw new ToolEnd(`invalid argument \`${text}' to \`${name}'`, 1);
    const wanted = Number(digits);
    return (number) => (sign === '+' ? number > wanted : sign === '-' ? number < wanted : number === wanted);
  };
  const aged = (unit: number): Test => {
    const matches = compared(value());
    return ({ stat }) => matches(Math.floor((kernel.now() - stat.mtimeMs) / unit));
  };
  switch (name) {
    case '-name':
    case '-iname': {
      const matches = globMatcher(value(), { ignoreCase: name === '-iname' });
      return (entry) => matches(entry.name === '/' ? '/' : nameOf(entry.name.replace(/\/+$/, '')));
    }
    case '-lname':
    case '-ilname': {
      const matches = globMatcher(value(), { ignoreCase: name === '-ilname' });
      return ({ stat, path }) => stat.type === 'symlink' && matches(files.readlink(path));
    }
    case '-path':
    case '-wholename':
    case '-ipath': {
      const matches = globMatcher(value(), { ignoreCase: name === '-ipath' });
      return (entry) => matches(entry.name);
    }
    case '-regex':
    case '-iregex': {
      const pattern = regexOf(value(), settings.regexType, name === '-iregex');
      return (entry) => pattern.find(entry.name) !== undefined;
    }
    case '-regextype': {
      const type = value();
      if (!regexTypes.includes(type))
        throw new ToolEnd(
          `Unknown regular expression type ‘${type}’; valid types are ${regexTypes.map((one) => `‘${one}’`).join(', ')}.`,
          1,
        );
      settings.regexType = type;
      return () => true;
    }
    case '-xtype':
    case '-type': {
      const types = value();
      if (types.length > 1 && !types.includes(','))
        throw new ToolEnd(`Must separate multiple arguments to ${name} using: ','`, 1);
      const wanted = types.split(',').map((letter) => {
        if (!'bcdpflsD'.includes(letter) || letter.length !== 1)
          throw new ToolEnd(`Unknown argument to ${name}: ${letter}`, 1);
        return letters[letter];
      });
      // A link is what it leads to; one that leads nowhere is itself.
      if (name === '-xtype')
        return ({ stat, path }) => wanted.includes(typeOf(files.exists(path) ? files.stat(path) : stat));
      return ({ type }) => wanted.includes(type);
    }
    case '-size': {
      const text = value();
      const [, number = '', unit = ''] = /^([+-]?\d*)([a-zA-Z]?)$/.exec(text) ?? [];
      if (text === '') throw new ToolEnd('invalid null argument to -size', 1);
      if (!/^[cwbkMG]?$/.test(unit)) throw new ToolEnd(`invalid -size type \`${unit}'`, 1);
      if (!/\d/.test(number)) throw new ToolEnd(`Invalid argument \`${text}' to -size`, 1);
      const matches = compared(number);
      const bytes = { c: 1, w: 2, b: 512, k: 1024, M: 2 ** 20, G: 2 ** 30 }[unit || 'b'] ?? 512;
      return ({ stat }) => matches(Math.ceil(stat.size / bytes));
    }
    case '-empty':
      return ({ stat, path }) =>
        stat.type === 'directory' ? files.list(path).length === 0 : stat.type === 'file' && stat.size === 0;
    case '-mtime':
    case '-atime':
    case '-ctime':
      return aged(DAY);
    case '-mmin':
    case '-amin':
    case '-cmin': {
      const matches = compared(value());
      return ({ stat }) => matches(Math.ceil((kernel.now() - stat.mtimeMs) / 60_000));
    }
    case '-newer':
    case '-anewer':
    case '-cnewer': {
      const other = value();
      const path = operandPath(io.cwd, other);
      if (!files.exists(path)) throw new ToolEnd(`‘${other}’: No such file or directory`, 1);
      const { mtimeMs } = files.stat(path);
      return ({ stat }) => stat.mtimeMs > mtimeMs;
    }
    case '-newermt': {
      const text = value();
      // biome-ignore lint/style/noRestrictedGlobals: a moment that is given, not the present one
      const time = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : `${text.replace(' ', 'T')}Z`);
      if (Number.isNaN(time)) throw new ToolEnd(`I cannot figure out how to interpret ‘${text}’ as a date or time`, 1);
      return ({ stat }) => stat.mtimeMs > time;
    }
    case '-perm': {
      const text = value();
      const [, sign, octal] = /^([-/]?)([0-7]+)$/.exec(text) ?? [];
      const symbolic = /^([-/]?)([ugoa]*)[-+=]([rwx]*)$/.exec(text);
      if (octal === undefined && symbolic === null) throw new ToolEnd(`invalid mode ‘${text}’`, 1);
      const mode =
        octal === undefined ? symbolicMode(symbolic?.[2] ?? '', symbolic?.[3] ?? '') : Number.parseInt(octal, 8);
      const how = sign ?? symbolic?.[1];
      return ({ stat }) => {
        const own = stat.mode & 0o7777;
        if (how === '-') return (own & mode) === mode;
        return how === '/' ? mode === 0 || (own & mode) !== 0 : own === mode;
      };
    }
    case '-user':
    case '-group': {
      const wanted = value();
      if (!/^\d+$/.test(wanted) && wanted !== user && wanted !== 'root')
        throw new ToolEnd(
          name === '-user'
            ? `‘${wanted}’ is not the name of a known user`
            : `‘${wanted}’ is not the name of an existing group`,
          1,
        );
      return () => wanted === user || wanted === '1000';
    }
    case '-uid':
    case '-gid': {
      const matches = compared(value());
      return () => matches(1000);
    }
    case '-inum': {
      const matches = compared(value());
      return ({ stat }) => matches(stat.inode);
    }
    case '-samefile': {
      const other = value();
      const path = operandPath(io.cwd, other);
      if (!files.exists(path)) throw new ToolEnd(`‘${other}’: No such file or directory`, 1);
      const { inode } = files.stat(path);
      return ({ stat }) => stat.inode === inode;
    }
    case '-links': {
      const matches = compared(value());
      return ({ stat }) => matches(stat.links);
    }
    case '-executable':
      return ({ stat }) => (stat.mode & 0o111) !== 0;
    case '-readable':
      return ({ stat }) => (stat.mode & 0o444) !== 0;
    case '-writable':
      return ({ stat }) => (stat.mode & 0o222) !== 0;
    case '-true':
      return () => true;
    case '-false':
      return () => false;
    case '-maxdepth':
    case '-mindepth': {
      const text = value();
      if (!/^\d+$/.test(text))
        throw new ToolEnd(`Expected a positive decimal integer argument to ${name}, but got ‘${text}’`, 1);
      if (name === '-maxdepth') settings.most = Number(text);
      else settings.least = Number(text);
      return () => true;
    }
    case '-depth':
    case '-d':
      settings.depthFirst = true;
      return () => true;
    case '-follow':
      settings.follow = true;
      return () => true;
    case '-mount':
    case '-xdev':
    case '-noleaf':
    case '-daystart':
      return () => true;
    case '-print':
    case '-print0':
      return action((entry, { io: out }) => {
        out.stdout(entry.name + (name === '-print' ? '\n' : '\0'));
        return true;
      });
    case '-printf': {
      const format = value();
      return action((entry, { io: out }) => {
        out.stdout(formatEntry(format, entry, io.machine));
        return true;
      });
    }
    case '-ls':
      return action((entry, { io: out }) => {
        out.stdout(formatEntry('%9i %6k %M %3n %-8u %-8g %8s %Tb %e %TH:%TM %p%l\n', entry, io.machine));
        return true;
      });
    case '-delete':
      settings.depthFirst = true;
      return action((entry, walk) => {
        if (entry.name === '.') return true;
        try {
          files.remove(entry.path);
          return true;
        } catch (error) {
          if (!(error instanceof FileError)) throw error;
          walk.io.stderr(`find: cannot delete ‘${entry.name}’: ${reason(error)}\n`);
          walk.exitCode = 1;
          return false;
        }
      });
    case '-prune':
      return (_, walk) => {
        walk.pruned = true;
        return true;
      };
    case '-quit':
      return action((_, walk) => {
        walk.quit = true;
        return true;
      });
    case '-exec':
    case '-execdir':
    case '-ok':
    case '-okdir':
      return action(starter(name, words, settings));
    case '-fprint': {
      const file = operandPath(io.cwd, value());
      files.writeFile(file, new Uint8Array());
      return action((entry) => {
        files.appendFile(file, new TextEncoder().encode(`${entry.name}\n`));
        return true;
      });
    }
    default:
      if (['-fprintf', '-fls', '-fstype', '-samefile', '-xtype', '-used'].includes(name))
        throw new ToolEnd(`'${name}' is not part of this sandbox`, 1);
      throw new ToolEnd(`unknown predicate \`${name}'`, 1);
  }
}

const regexTypes =
  'findutils-default ed emacs gnu-awk grep posix-awk awk posix-basic posix-egrep egrep posix-extended posix-minimal-basic sed'.split(
    ' ',
  );

/** A path's whole name must match. Unless told otherwise `+` and `?` are operators and `\\(`, `\\)`, `\\|` have their backslash. */
function regexOf(source: string, type: string, ignoreCase: boolean): Pattern {
  const isExtended = /awk|egrep|extended/.test(type);
  const isEmacs = /findutils|emacs/.test(type);
  const text = isEmacs
    ? source.replaceAll(/\[\^?\]?[^\]]*\]|\\?[\s\S]/g, (piece) =>
        /^\\[()|]$/.test(piece) ? piece.slice(1) : /^[(){}|]$/.test(piece) ? `\\${piece}` : piece,
      )
    : source;
  try {
    if (!isExtended && !isEmacs) return compile(`^\\(${text}\\)$`, 'basic', { ignoreCase });
    compile(text, 'extended');
    return compile(`^(${text})$`, 'extended', { ignoreCase });
  } catch (error) {
    if (!(error instanceof ToolEnd)) throw error;
    throw new ToolEnd(`failed to compile regular expression '${source}': ${error.message}`, 1);
  }
}

function symbolicMode(who: string, what: string): number {
  const bits = [...what].reduce((sum, letter) => sum | ({ r: 4, w: 2, x: 1 }[letter] ?? 0), 0);
  const all = who === '' || who.includes('a') ? 'ugo' : who;
  return [...all].reduce((mode, letter) => mode | (bits << ({ u: 6, g: 3, o: 0 }[letter] ?? 0)), 0);
}

function starter(name: string, words: string[], settings: Settings): Test {
  const end = words.findIndex((word, index) => word === ';' || (word === '+' && words[index - 1] === '{}'));
  if (end < 0) throw new ToolEnd(`missing argument to \`${name}'`, 1);
  const batch = words[end] === '+';
  const command = words.slice(0, end);
  words.splice(0, end + 1);
  const begin = async (line: readonly string[], cwd: string, walk: Walk): Promise<number> => {
    const { io } = walk;
    walk.begun++;
    if (io.run === undefined) throw new ToolEnd('a shell is needed to start a program', 1);
    const { stdout, stderr, exitCode } = await io.run({ words: line, stdin: io.stdin, cwd });
    io.stdout(stdout);
    const [program = ''] = line;
    const missing = isNotFound({ exitCode, stderr }, program);
    io.stderr(missing ? `find: ‘${program}’: No such file or directory\n` : stderr);
    return exitCode;
  };
  /** In which folder an entry is handed to the program, and by what name: `-execdir` takes the one that it lies in. */
  const placed = ({ name: shown, path }: Entry, { io }: Walk): { readonly cwd: string; readonly shown: string } =>
    name.endsWith('dir')
      ? { cwd: shown === '.' ? path : parentOf(path), shown: `./${shown === '.' ? shown : nameOf(path)}` }
      : { cwd: io.cwd, shown };
  if (batch) {
    let [folder, names]: [string, string[]] = ['', []];
    const flush = async (walk: Walk): Promise<void> => {
      if (names.length > 0 && (await begin([...command.slice(0, -1), ...names], folder, walk)) !== 0) walk.exitCode = 1;
      names = [];
    };
    settings.last.push(flush);
    return async (entry, walk) => {
      const { cwd, shown } = placed(entry, walk);
      if (cwd !== folder) await flush(walk);
      folder = cwd;
      names.push(shown);
      return true;
    };
  }
  return async (entry, walk) => {
    const { cwd, shown } = placed(entry, walk);
    if (name.startsWith('-ok')) {
      walk.io.stderr(`< ${command[0]} ... ${entry.name} > ? `);
      if (!/^[yYsS]/.test(new TextDecoder().decode(walk.io.stdin))) return false;
    }
    return (
      (await begin(
        command.map((word) => word.replaceAll('{}', shown)),
        cwd,
        walk,
      )) === 0
    );
  };
}
