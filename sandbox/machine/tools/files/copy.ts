import type { CommandIO } from '../../command.ts';
import { FileError, type FileStat, nameOf, operandPath, parentOf } from '../../files/index.ts';
import type { Given } from '../options.ts';
import { defineTool, misuse, operandStat, readInput, reason } from '../tool.ts';
import { backupOf, keepsBackup } from './backup.ts';

/** GNU cp. */
export const cp = defineTool({
  name: 'cp',
  summary: { es: 'copia archivos y carpetas', en: 'copies files and folders' },
  synopsis: '[OPTION]... SOURCE... DEST',
  options:
    'a|archive f|force i|interactive n|no-clobber p preserve? r|recursive R u|update v|verbose t|target-directory= T|no-target-directory L|dereference P|no-dereference d H parents backup? b S|suffix= no-preserve= x|one-file-system l|link s|symbolic-link strip-trailing-slashes',
  absent: 'Z attributes-only copy-contents reflink? sparse= remove-destination',
  run(given, io) {
    const { files } = io.machine;
    const names = [...given.operands];
    const [first] = names;
    const target = given.value('t') ?? names.pop();
    if (first === undefined || target === undefined) throw misuse('missing file operand');
    if (names.length === 0) throw misuse(`missing destination file operand after '${first}'`);
    const place = operandPath(io.cwd, target);
    const isFolder = files.exists(place) && files.stat(place).type === 'directory' && !given.has('T');
    if (!isFolder && (names.length > 1 || given.has('t', 'parents'))) {
      const why = files.exists(place) ? 'Not a directory' : 'No such file or directory';
      io.stderr(given.has('t') ? `cp: target directory '${target}': ${why}\n` : `cp: target '${target}': ${why}\n`);
      return 1;
    }
    let exitCode = 0;
    for (const name of names) {
      const inside = given.has('parents') ? name : nameOf(name.replace(/(?<=.)\/+$/, ''));
      const to = isFolder ? `${target.replace(/(?<=.)\/+$/, '')}/${inside}` : target;
      if (given.has('parents')) files.mkdir(parentOf(operandPath(io.cwd, to)), { recursive: true });
      if (!copy(name, to, given, io, true)) exitCode = 1;
    }
    return exitCode;
  },
});

function copy(from: string, to: string, given: Given, io: CommandIO, named: boolean): boolean {
  const { files } = io.machine;
  const [source, target] = [operandPath(io.cwd, from), operandPath(io.cwd, to)];
  const complain = (text: string): false => {
    io.stderr(`cp: ${text}\n`);
    return false;
  };
  const recursive = given.has('r', 'R', 'a');
  const keepsLinks = !given.has('L') && (given.has('a', 'P', 'd') || (recursive && !(named && given.has('H'))));
  const device = source.startsWith('/dev/');
  let stat: FileStat;
  try {
    stat = device
      ? { type: 'file', mode: 0o644, size: 0, mtimeMs: io.machine.kernel.now(), ctimeMs: 0, inode: 0, links: 1 }
      : operandStat(from, io, !keepsLinks);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return complain(`cannot stat '${from}': ${reason(error)}`);
  }
  const exists = files.exists(target);
  const keeps = given.has('p', 'a') || (given.has('preserve') && given.value('preserve') !== 'links');
  if (stat.type === 'directory') {
    if (!recursive) return complain(`-r not specified; omitting directory '${from}'`);
    if (exists && files.stat(target).type !== 'directory')
      return complain(`cannot overwrite non-directory '${to}' with directory '${from}'`);
    if (target === source || target.startsWith(`${source}/`))
      return complain(`cannot copy a directory, '${from}', into itself, '${to}'`);
    try {
      if (!exists) {
        files.mkdir(target);
        files.chmod(target, stat.mode);
        if (given.has('v')) io.stdout(`'${from}' -> '${to}'\n`);
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return complain(`cannot create directory '${to}': ${reason(error)}`);
    }
    let fine = true;
    for (const child of files.list(source)) {
      if (
        !copy(
          `${from.replace(/(?<=.)\/+$/, '')}/${child}`,
          `${to.replace(/(?<=.)\/+$/, '')}/${child}`,
          given,
          io,
          false,
        )
      )
        fine = false;
    }
    if (keeps) files.utimes(target, stat.mtimeMs);
    return fine;
  }
  if (exists && files.stat(target).type === 'directory')
    return complain(`cannot overwrite directory '${to}' with non-directory '${from}'`);
  const isSame = exists && !device && files.stat(target).inode === files.stat(source).inode;
  if (isSame && !(given.has('l') && files.realpath(target) !== files.realpath(source)))
    return complain(`'${from}' and '${to}' are the same file`);
  if (exists && given.has('n')) return true;
  if (exists && given.has('u') && files.stat(target).mtimeMs >= stat.mtimeMs) return true;
  if (exists && given.has('i')) {
    io.stderr(`cp: overwrite '${to}'? `);
    if (!/^[yYsS]/.test(new TextDecoder().decode(io.stdin))) return true;
  }
  if (exists && keepsBackup(given)) files.rename(target, backupOf(files, target, given));
  try {
    if (to.endsWith('/') && !exists) return complain(`cannot create regular file '${to}': Not a directory`);
    if (target === '/dev/null') return true;
    if (given.has('s')) {
      if (exists && !given.has('f')) return complain(`cannot create symbolic link '${to}' to '${from}': File exists`);
      files.remove(target, { force: true });
      files.symlink(from, target);
    } else if (given.has('l')) {
      if (exists && !given.has('f')) return complain(`cannot create hard link '${to}' to '${from}': File exists`);
      files.remove(target, { force: true });
      files.link(source, target);
    } else if (stat.type === 'symlink') {
      files.remove(target, { force: true });
      files.symlink(files.readlink(source), target);
    } else {
      const fresh = stat.mode & ~(keeps ? 0 : (io.umask ?? 0o022));
      const old = files.exists(target) && !keeps ? files.stat(target).mode : fresh;
      files.writeFile(target, readInput(from, io), old);
      if (keeps) {
        files.chmod(target, stat.mode);
        files.utimes(target, stat.mtimeMs);
      }
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return complain(`cannot create regular file '${to}': ${reason(error)}`);
  }
  if (given.has('v')) io.stdout(`'${from}' -> '${to}'\n`);
  return true;
}
