// mkdir, mkfifo, rmdir, mv and ln.
import type { Command, CommandIO } from '../../command.ts';
import { FileError, type FileStat, nameOf, operandPath, PIPE, parentOf } from '../../files/index.ts';
import type { Given } from '../options.ts';
import { defineTool, misuse, reason, ToolEnd, textOf } from '../tool.ts';
import { backupOf, keepsBackup } from './backup.ts';
import { changedMode } from './modes.ts';

const withoutSlash = (name: string): string => name.replace(/(?<=.)\/+$/, '');

/** What is at a path, not following a link there; undefined where there is nothing. */
function statAt(io: CommandIO, name: string): FileStat | undefined {
  try {
    return io.machine.files.lstat(operandPath(io.cwd, withoutSlash(name)));
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

function isFolder(io: CommandIO, name: string): boolean {
  const path = operandPath(io.cwd, name);
  return io.machine.files.exists(path) && io.machine.files.stat(path).type === 'directory';
}

/** Does it for each name. @returns 1 when one of them failed, after its complaint. */
function each(
  io: CommandIO,
  names: readonly string[],
  act: (name: string) => void,
  complaint: (name: string) => string,
): number {
  let exitCode = 0;
  for (const name of names) {
    try {
      act(name);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      io.stderr(`${complaint(name)}: ${reason(error)}\n`);
      exitCode = 1;
    }
  }
  return exitCode;
}

const mkdir = defineTool({
  name: 'mkdir',
  summary: { es: 'crea carpetas', en: 'makes folders' },
  synopsis: '[OPTION]... DIRECTORY...',
  options: 'm|mode= p|parents v|verbose',
  absent: 'Z|context?',
  run(given, io) {
    const { files } = io.machine;
    if (given.operands.length === 0) throw misuse('missing operand');
    const usual = 0o777 & ~(io.umask ?? 0o022);
    const text = given.value('m');
    const mode = text === undefined ? usual : changedMode(text, 0o777, true);
    if (mode === undefined) throw new ToolEnd(`invalid mode ‘${text}’`);
    let blamed: string | undefined;
    function make(name: string, last: boolean): void {
      const path = operandPath(io.cwd, name);
      if (given.has('p')) {
        if (isFolder(io, name)) return;
        const above = withoutSlash(name).replace(/[^/]*$/, '');
        if (above !== '' && above !== '/' && !isFolder(io, above)) {
          if (statAt(io, above) !== undefined) {
            blamed = withoutSlash(above);
            throw new FileError('ENOTDIR', 'mkdir', path);
          }
          make(above, false);
        }
      }
      files.mkdir(path, { mode: last ? mode : usual });
      if (given.has('v')) io.stdout(`mkdir: created directory '${withoutSlash(name)}'\n`);
    }
    return each(
      io,
      given.operands,
      (name) => {
        blamed = undefined;
        make(name, true);
      },
      (name) => `mkdir: cannot create directory ‘${blamed ?? name}’`,
    );
  },
});

const mkfifo = defineTool({
  name: 'mkfifo',
  summary: { es: 'crea tuberías con nombre', en: 'makes named pipes' },
  synopsis: '[OPTION]... NAME...',
  options: 'm|mode=',
  absent: 'Z|context?',
  run(given, io) {
    if (given.operands.length === 0) throw misuse('missing operand');
    const text = given.value('m');
    const mode = text === undefined ? 0o666 & ~(io.umask ?? 0o022) : changedMode(text, 0o666, false);
    if (mode === undefined) throw new ToolEnd('invalid mode');
    return each(
      io,
      given.operands,
      (name) => {
        const path = operandPath(io.cwd, name);
        if (statAt(io, name) !== undefined) throw new FileError('EEXIST', 'mkfifo', path);
        io.machine.files.writeFile(path, new Uint8Array(), mode | PIPE);
      },
      (name) => `mkfifo: cannot create fifo '${name}'`,
    );
  },
});

const rmdir = defineTool({
  name: 'rmdir',
  summary: { es: 'borra carpetas vacías', en: 'removes empty folders' },
  synopsis: '[OPTION]... DIRECTORY...',
  options: 'p|parents v|verbose ignore-fail-on-non-empty',
  run(given, io) {
    const { files } = io.machine;
    if (given.operands.length === 0) throw misuse('missing operand');
    let exitCode = 0;
    for (const operand of given.operands) {
      let name = withoutSlash(operand);
      for (;;) {
        if (given.has('v'))
          io.stdout(`rmdir: removing directory, '${name === withoutSlash(operand) ? operand : name}'\n`);
        try {
          const path = operandPath(io.cwd, name);
          if (files.lstat(path).type !== 'directory') throw new FileError('ENOTDIR', 'rmdir', path);
          if (files.list(path).length > 0) throw new FileError('ENOTEMPTY', 'rmdir', path);
          files.remove(path, { recursive: true });
        } catch (error) {
          if (!(error instanceof FileError)) throw error;
          if (error.code === 'ENOTEMPTY' && given.has('ignore-fail-on-non-empty')) break;
          const what = name === withoutSlash(operand) ? '' : 'directory ';
          io.stderr(`rmdir: failed to remove ${what}'${what === '' ? operand : name}': ${reason(error)}\n`);
          exitCode = 1;
          break;
        }
        if (!given.has('p') || !/[^/]\//.test(name)) break;
        name = withoutSlash(name.replace(/[^/]*$/, ''));
      }
    }
    return exitCode;
  },
});

/** The names to move or link, and where to: a folder that is there takes each under its own name. */
function placed(given: Given, io: CommandIO, tool: string): readonly (readonly [from: string, to: string])[] {
  const names = [...given.operands];
  const [first] = names;
  const target = given.value('t') ?? names.pop();
  if (first === undefined || target === undefined) throw misuse('missing file operand');
  if (names.length === 0) throw misuse(`missing destination file operand after '${first}'`);
  if (given.has('T') && names.length > 1) throw misuse(`extra operand '${target}'`);
  const into = isFolder(io, target) && !given.has('T') && !(given.has('n') && tool === 'ln' && isLink(io, target));
  if (!into && (names.length > 1 || given.has('t'))) {
    const why = io.machine.files.exists(operandPath(io.cwd, target)) ? 'Not a directory' : 'No such file or directory';
    throw new ToolEnd(given.has('t') ? `target directory '${target}': ${why}` : `target '${target}': ${why}`);
  }
  return names.map((name) => [name, into ? `${withoutSlash(target)}/${nameOf(withoutSlash(name))}` : target]);
}

const isLink = (io: CommandIO, name: string): boolean => statAt(io, name)?.type === 'symlink';

const mv = defineTool({
  name: 'mv',
  summary: { es: 'mueve y cambia de nombre', en: 'moves and renames' },
  synopsis: '[OPTION]... SOURCE... DEST',
  options:
    'b backup? S|suffix= f|force i|interactive n|no-clobber t|target-directory= T|no-target-directory u|update v|verbose strip-trailing-slashes',
  absent: 'Z|context',
  run(given, io) {
    const answers = textOf(io.stdin).split('\n');
    let exitCode = 0;
    for (const [from, to] of placed(given, io, 'mv')) {
      const problem = move(from, to, given, io, answers);
      if (problem === undefined) continue;
      io.stderr(`mv: ${problem}\n`);
      exitCode = 1;
    }
    return exitCode;
  },
});

/** @returns what to complain of. */
function move(from: string, to: string, given: Given, io: CommandIO, answers: string[]): string | undefined {
  const { files } = io.machine;
  const [source, target] = [operandPath(io.cwd, from), operandPath(io.cwd, to)];
  const [moved, there] = [statAt(io, from), statAt(io, to)];
  if (moved === undefined) return `cannot stat '${from}': No such file or directory`;
  if (from.endsWith('/') && moved.type !== 'directory' && !given.has('strip-trailing-slashes'))
    return moved.type === 'symlink'
      ? `cannot move '${from}' to '${to}': Not a directory`
      : `cannot stat '${from}': Not a directory`;
  if (source === target) return `'${from}' and '${to}' are the same file`;
  if (target.startsWith(`${source}/`)) return `cannot move '${from}' to a subdirectory of itself, '${to}'`;
  let backup = '';
  if (there !== undefined) {
    const last = given.order.findLast(([key]) => ['f', 'i', 'n'].includes(key))?.[0];
    if (last === 'n' || (given.has('u') && there.mtimeMs >= moved.mtimeMs)) return undefined;
    if (last === 'i') {
      io.stderr(`mv: overwrite '${to}'? `);
      if (!/^[yYsS]/.test(answers.shift() ?? '')) return undefined;
    }
    if (there.type === 'directory' && moved.type !== 'directory')
      return `cannot overwrite directory '${to}' with non-directory`;
    if (there.type !== 'directory' && moved.type === 'directory')
      return `cannot overwrite non-directory '${to}' with directory '${from}'`;
    if (keepsBackup(given)) {
      const kept = backupOf(files, target, given);
      files.rename(target, kept);
      backup = ` (backup: '${to}${kept.slice(target.length)}')`;
    }
  }
  try {
    if (/.\/$/.test(to) && moved.type !== 'directory' && there === undefined)
      throw new FileError('ENOTDIR', 'rename', source, to);
    if (there?.type === 'file' && there.inode === moved.inode) files.remove(source);
    else files.rename(source, target);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return `cannot move '${from}' to '${to}': ${reason(error)}`;
  }
  if (given.has('v')) io.stdout(`renamed '${from}' -> '${to}'${backup}\n`);
  return undefined;
}

const ln = defineTool({
  name: 'ln',
  summary: {
    es: 'da otro nombre a un archivo, o crea enlaces simbólicos',
    en: 'gives a file another name, or makes symbolic links',
  },
  synopsis: '[OPTION]... TARGET... LINK_NAME',
  options:
    's|symbolic f|force n|no-dereference r|relative t|target-directory= T|no-target-directory v|verbose b backup? S|suffix= i|interactive L|logical P|physical',
  absent: 'd|directory F',
  run(given, io) {
    const { files } = io.machine;
    const [only, ...more] = given.operands;
    const isSymbolic = given.has('s');
    if (given.has('r') && !isSymbolic) throw new ToolEnd('cannot do --relative without --symbolic');
    const pairs =
      only !== undefined && more.length === 0 && !given.has('t')
        ? [[only, `./${nameOf(withoutSlash(only))}`] as const]
        : placed(given, io, 'ln');
    let exitCode = 0;
    for (const [target, link] of pairs) {
      const path = operandPath(io.cwd, link);
      const shown = given.has('r') ? relative(parentOf(path), operandPath(io.cwd, target)) : target;
      const problem = linkTo(shown, path, link);
      if (problem === undefined) continue;
      io.stderr(`ln: ${problem}\n`);
      exitCode = 1;
    }
    return exitCode;

    /** @returns what to complain of. */
    function linkTo(target: string, path: string, link: string): string | undefined {
      const source = isSymbolic ? undefined : operandPath(io.cwd, target);
      const there = statAt(io, link);
      try {
        if (source !== undefined && (given.has('L') ? files.stat(source) : files.lstat(source)).type === 'directory')
          return `${target}: hard link not allowed for directory`;
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        return `failed to access '${target}': ${reason(error)}`;
      }
      if (there?.type === 'directory' && given.has('f')) return `${link}: cannot overwrite directory`;
      if (source === path && given.has('f')) return `'${target}' and '${link}' are the same file`;
      try {
        if (there !== undefined && keepsBackup(given)) files.rename(path, backupOf(files, path, given));
        else if (there !== undefined && given.has('f')) files.remove(path);
        if (source === undefined) files.symlink(target, path);
        else files.link(given.has('L') ? files.realpath(source) : source, path);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        const isThere = error.code === 'EEXIST';
        return source === undefined
          ? `failed to create symbolic link '${link}': ${reason(error)}`
          : `failed to create hard link '${link}'${isThere ? '' : ` => '${target}'`}: ${reason(error)}`;
      }
      if (given.has('v')) io.stdout(`'${link}' ${isSymbolic ? '->' : '=>'} '${target}'\n`);
      return undefined;
    }
  },
});

/** The way from a folder to a path, both absolute. */
function relative(from: string, to: string): string {
  const [here, there] = [from, to].map((path) => path.split('/').filter(Boolean)) as [string[], string[]];
  let same = 0;
  while (same < here.length && here[same] === there[same]) same++;
  return [...here.slice(same).map(() => '..'), ...there.slice(same)].join('/') || '.';
}

export const folderTools: readonly Command[] = [mkdir, mkfifo, rmdir, mv, ln];
