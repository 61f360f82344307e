// chmod, chown and rm.
import type { Command, CommandIO } from '../../command.ts';
import { FileError, type FileStat, operandPath, resolvePath } from '../../files/index.ts';
import type { Given } from '../options.ts';
import { permissions } from '../starting/find-format.ts';
import { defineTool, misuse, operandStat, quoted, reason, ToolEnd, textOf } from '../tool.ts';

const octal = (mode: number): string => (mode & 0o7777).toString(8).padStart(4, '0');

/** The mode that a file gets from an octal number or from clauses such as `u+x,go=r` (POSIX chmod); undefined for none. */
export function changedMode(text: string, old: number, isFolder: boolean, umask = 0o022): number | undefined {
  // A number of up to four digits does not take from a folder whose its files are.
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8) | (isFolder ? old & 0o6000 : 0);
  if (/^0[0-7]{4}$/.test(text)) return Number.parseInt(text, 8);
  let mode = old & 0o7777;
  for (const clause of text.split(',')) {
    const [whole, who = '', actions = ''] = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause) ?? [];
    if (whole === undefined) return undefined;
    const places = who === '' || who.includes('a') ? 'ugo' : who;
    // Without letters before it the umask holds some back.
    const held = who === '' ? umask : 0;
    for (const [, sign = '', what = ''] of actions.matchAll(/([-+=])([ugo]|[rwxXst]*)/g)) {
      let bits = 0;
      let touched = 0;
      for (const place of places) {
        const shift = { u: 6, g: 3, o: 0 }[place] ?? 0;
        // `=` takes away what else stands there too; of folders it keeps whose they are.
        touched |= (0o7 << shift) | ({ u: isFolder ? 0 : 0o4000, g: isFolder ? 0 : 0o2000, o: 0o1000 }[place] ?? 0);
        if (/^[ugo]$/.test(what)) bits |= ((mode >> ({ u: 6, g: 3, o: 0 }[what] ?? 0)) & 7) << shift;
        else {
          if (what.includes('r')) bits |= 4 << shift;
          if (what.includes('w')) bits |= 2 << shift;
          if (what.includes('x') || (what.includes('X') && (isFolder || (mode & 0o111) !== 0))) bits |= 1 << shift;
          if (what.includes('s')) bits |= { u: 0o4000, g: 0o2000, o: 0 }[place] ?? 0;
        }
      }
      if (what.includes('t')) bits |= 0o1000;
      bits &= ~held;
      if (sign === '+') mode |= bits;
      else if (sign === '-') mode &= ~bits;
      else mode = (mode & ~touched) | bits;
    }
  }
  return mode;
}

const chmod = defineTool({
  name: 'chmod',
  summary: { es: 'cambia los permisos de archivos', en: 'changes the permissions of files' },
  synopsis: '[OPTION]... MODE[,MODE]... FILE...',
  options: 'c|changes f|silent quiet v|verbose R|recursive reference= preserve-root no-preserve-root r w x X s t',
  // `-x` and `-w` are modes, not options.
  rewrite: (args) => {
    const at = args.findIndex((arg) => /^-[rwxXst]+(?:[-+=,].*)?$/.test(arg));
    return at < 0 ? args : [...args.slice(0, at), '--', ...args.slice(at)];
  },
  run(given, io) {
    const names = [...given.operands];
    const reference = given.value('reference');
    const text = reference === undefined ? names.shift() : undefined;
    if (reference === undefined && text === undefined) throw misuse('missing operand');
    if (names.length === 0) throw misuse(text === undefined ? 'missing operand' : `missing operand after ‘${text}’`);
    const { files } = io.machine;
    const wanted = reference === undefined ? undefined : files.stat(operandPath(io.cwd, reference)).mode;
    if (text !== undefined && changedMode(text, 0, false) === undefined) throw misuse(`invalid mode: ‘${text}’`);
    let exitCode = 0;
    const change = (name: string): void => {
      const path = operandPath(io.cwd, name);
      let stat: FileStat;
      try {
        stat = files.stat(path);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (!given.has('f', 'quiet')) io.stderr(`chmod: cannot access '${name}': ${reason(error)}\n`);
        exitCode = 1;
        return;
      }
      const mode = wanted ?? changedMode(text ?? '', stat.mode, stat.type === 'directory', io.umask) ?? stat.mode;
      files.chmod(path, mode);
      // Said of `chmod -x` alone: the umask held back what its letters say.
      const naive = text?.startsWith('-') ? changedMode(text, stat.mode, stat.type === 'directory', 0) : mode;
      if ((mode & ~(naive ?? mode)) !== 0) {
        const [is, not] = [mode, naive ?? mode].map((one) => permissions('file', one).slice(1));
        io.stderr(`chmod: ${name}: new permissions are ${is}, not ${not}\n`);
        exitCode = 1;
      }
      const before = `${octal(stat.mode)} (${permissions('file', stat.mode).slice(1)})`;
      const after = `${octal(mode)} (${permissions('file', mode).slice(1)})`;
      if ((mode & 0o7777) !== (stat.mode & 0o7777)) {
        if (given.has('v', 'c')) io.stdout(`mode of '${name}' changed from ${before} to ${after}\n`);
      } else if (given.has('v')) io.stdout(`mode of '${name}' retained as ${after}\n`);
      if (!given.has('R') || stat.type !== 'directory') return;
      for (const child of files.list(path)) {
        if (files.lstat(resolvePath(path, child)).type !== 'symlink') change(`${name.replace(/\/$/, '')}/${child}`);
      }
    };
    for (const name of names) change(name);
    return exitCode;
  },
});

/** Everything belongs to one user here: giving it to that user, or to root as root does, changes nothing. */
function owning(name: 'chown' | 'chgrp'): Command {
  return defineTool({
    name,
    summary:
      name === 'chown'
        ? { es: 'cambia el dueño de archivos', en: 'changes the owner of files' }
        : { es: 'cambia el grupo de archivos', en: 'changes the group of files' },
    synopsis: `[OPTION]... ${name === 'chown' ? 'OWNER[:GROUP]' : 'GROUP'} FILE...`,
    options: 'R|recursive v|verbose c|changes f|silent h|no-dereference',
    absent: 'reference= from= H L P',
    run(given, io) {
      const [owner, ...names] = given.operands;
      if (owner === undefined) throw misuse('missing operand');
      if (names.length === 0) throw misuse(`missing operand after ‘${owner}’`);
      const { user, files } = io.machine;
      const known = [user, '1000', '', 'root', '0'];
      const parts = owner.split(/[:.]/);
      const wrong = parts.findIndex((part) => !known.includes(part));
      if (wrong >= 0) throw new ToolEnd(`invalid ${wrong === 0 && name === 'chown' ? 'user' : 'group'}: ‘${owner}’`);
      let exitCode = 0;
      for (const one of names) {
        if (!files.exists(operandPath(io.cwd, one))) {
          io.stderr(`${name}: cannot access '${one}': No such file or directory\n`);
          exitCode = 1;
        } else if (parts.some((part) => part === 'root' || part === '0')) {
          io.stderr(
            `${name}: changing ${name === 'chown' ? 'ownership' : 'group'} of '${one}': Operation not permitted\n`,
          );
          exitCode = 1;
        }
      }
      return exitCode;
    },
  });
}

const rm = defineTool({
  name: 'rm',
  summary: { es: 'borra archivos y carpetas', en: 'removes files and folders' },
  synopsis: '[OPTION]... [FILE]...',
  options:
    'f|force i I interactive?never|no|none/once/always|yes r|recursive R d|dir v|verbose preserve-root? no-preserve-root one-file-system',
  run(given, io) {
    const last = given.order.findLast(([key]) => ['f', 'i', 'I', 'interactive'].includes(key))?.[0];
    const force = last === 'f';
    const names = given.operands;
    if (names.length === 0) {
      if (force) return 0;
      throw misuse('missing operand');
    }
    const answers = textOf(io.stdin).split('\n');
    const asks = last === 'i' || (last === 'interactive' && given.value('interactive') !== 'never');
    const agrees = (question: string): boolean => {
      io.stderr(`rm: ${question}? `);
      return /^[yYsS]/.test(answers.shift() ?? '');
    };
    if (last === 'I' && (names.length > 3 || given.has('r', 'R'))) {
      const what = names.length === 1 ? '1 argument' : `${names.length} arguments`;
      if (!agrees(`remove ${what}${given.has('r', 'R') ? ' recursively' : ''}`)) return 0;
    }
    let exitCode = 0;
    for (const name of names) if (!removeOne(name, { force, asks, agrees }, given, io)) exitCode = 1;
    return exitCode;
  },
});

interface Manner {
  readonly force: boolean;
  readonly asks: boolean;
  readonly agrees: (question: string) => boolean;
}

function removeOne(name: string, { force, asks, agrees }: Manner, given: Given, io: CommandIO): boolean {
  const { files } = io.machine;
  const path = operandPath(io.cwd, name);
  const complain = (text: string): false => {
    io.stderr(`rm: ${text}\n`);
    return false;
  };
  const recursive = given.has('r', 'R');
  if (/(^|\/)\.\.?\/?$/.test(name) && recursive)
    return complain(`refusing to remove '.' or '..' directory: skipping '${name}'`);
  if (path === '/' && recursive && !given.has('no-preserve-root'))
    return complain(
      "it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe",
    );
  const remove = (at: string, shown: string): boolean => {
    let stat: FileStat;
    try {
      stat = at === path ? operandStat(name, io) : files.lstat(at);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return force && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
        ? true
        : complain(`cannot remove ${quoted(shown)}: ${reason(error)}`);
    }
    if (stat.type !== 'directory') {
      const kind = stat.type === 'symlink' ? 'symbolic link' : stat.size === 0 ? 'regular empty file' : 'regular file';
      if (asks && !agrees(`remove ${kind} '${shown}'`)) return true;
      files.remove(at);
      if (given.has('v')) io.stdout(`removed ${quoted(shown)}\n`);
      return true;
    }
    const children = files.list(at);
    if (!recursive && !given.has('d')) return complain(`cannot remove ${quoted(shown)}: Is a directory`);
    if (!recursive && children.length > 0) return complain(`cannot remove ${quoted(shown)}: Directory not empty`);
    if (asks && children.length > 0 && !agrees(`descend into directory '${shown}'`)) return true;
    let fine = true;
    for (const child of children)
      if (!remove(resolvePath(at, child), `${shown.replace(/\/$/, '')}/${child}`)) fine = false;
    if (files.list(at).length > 0) return asks ? fine : false;
    if (asks && !agrees(`remove directory '${shown}'`)) return fine;
    if (at === '/') return fine;
    // A link with a slash behind it: what it leads to is emptied, and stays.
    if (files.lstat(at).type !== 'directory')
      return force || complain(`cannot remove ${quoted(shown)}: Not a directory`);
    files.remove(at, { recursive: true });
    if (given.has('v')) io.stdout(`removed directory ${quoted(shown)}\n`);
    return fine;
  };
  return remove(path, name);
}

export const modeTools: readonly Command[] = [chmod, owning('chown'), owning('chgrp'), rm];
