// tar: what goes into an archive, and what comes out of it.
import type { Command, CommandIO } from '../../command.ts';
import { FileError, type FileStat, nameOf, operandPath, parentOf, resolvePath } from '../../files/index.ts';
import type { Given } from '../options.ts';
import { permissions } from '../starting/find-format.ts';
import { globMatcher } from '../text/glob.ts';
import { formatTime } from '../time/format.ts';
import { defineTool, misuse, readInput, reason, ToolEnd, textOf } from '../tool.ts';
import { compress, decompress, isGzip } from './gzip.ts';
import { BLOCK, type Entry, formatGiven, pack } from './tar-format.ts';
import { levelGiven, modeGiven, mtimeGiven, ownerGiven, sortGiven } from './tar-metadata.ts';
import { renaming } from './tar-names.ts';
import { dropsGiven, isDropped, namesGiven, type Place, tellUseless } from './tar-operands.ts';

/** With `-z` it is the program which unpacks that cannot open the file: tar tells of it as of its child. */
function cannotOpen(name: string, error: FileError, given: Given): string {
  const end = 'tar: Error is not recoverable: exiting now\n';
  if (error.code === 'EISDIR')
    return `tar: ${name}: Cannot read: Is a directory\ntar: At beginning of tape, quitting now\n${end}`;
  if (!given.has('z')) return `tar: ${name}: Cannot open: ${reason(error)}\n${end}`;
  const child = `tar (child): ${name}: Cannot open: ${reason(error)}\n${end.replace('tar', 'tar (child)')}`;
  return `${child}tar: Child returned status 2\n${end}`;
}

/** GNU tar 1.34, with gzip as its only compression. */
export const tar: Command = defineTool({
  name: 'tar',
  summary: {
    es: 'reúne varios archivos en uno solo y los saca de él',
    en: 'keeps files in an archive and takes them out',
  },
  synopsis: '[OPTION...] [FILE]...',
  options:
    'c|create x|extract get t|list r|append u|update z|gzip gunzip ungzip a|auto-compress f|file= C|directory= v|verbose k|keep-old-files overwrite O|to-stdout p|preserve-permissions ' +
    'same-permissions exclude= X|exclude-from= exclude-vcs strip-components= T|files-from= owner= group= numeric-owner mode= d|diff compare delete no-same-owner no-same-permissions m|touch sort= mtime= wildcards null no-null verbatim-files-from no-verbatim-files-from recursion no-recursion P|absolute-names one-file-system transform= xform= show-transformed-names I|use-compress-program= clamp-mtime H|format= pax-option=',
  explained: {
    '--sort=name': {
      es: 'lo de cada carpeta, por orden de nombre',
      en: 'what is in a folder, in the order of its names',
    },
    '--mtime=@0': {
      es: 'una misma fecha para todo; @0 es el comienzo de 1970',
      en: 'one date for everything; @0 is the beginning of 1970',
    },
    '--owner=0 --group=0': { es: 'a nombre de quién quedan, por número', en: 'whose they are said to be, by number' },
    '--mode=go=rX,u+w': {
      es: 'qué permisos quedan, como los da chmod',
      en: 'which permissions are kept, as chmod gives them',
    },
    '--numeric-owner': { es: 'de los dueños solo el número, sin nombre', en: 'of owners the number alone, no name' },
    '--exclude=PATTERN': {
      es: 'deja fuera lo que encaja; va antes de los nombres',
      en: 'leaves out what matches; stands before the names',
    },
  },
  absent:
    'j|bzip2 J|xz zstd lzma A|catenate g|listed-incremental= M|multi-volume W|verify remove-files h|dereference to-command= S|sparse',
  misuse: 64,
  usage: "Try 'tar --help' or 'tar --usage' for more information.\n",
  version: 'GNU tar 1.34',
  // The first word may be letters of options without a dash: `tar czf file`. What stands in TAR_OPTIONS goes before.
  rewrite: ([first = '', ...rest], { env }) => {
    const words = env.TAR_OPTIONS?.trim().split(/\s+/) ?? [];
    if (first === '' || first.startsWith('-')) return [...words, first, ...rest].filter((word) => word !== '');
    for (const letter of first) {
      const needsValue = 'fCTI'.includes(letter);
      if (needsValue && rest.length === 0) throw misuse(`Old option '${letter}' requires an argument.`, 2);
      words.push(`-${letter}`, ...(needsValue ? [rest.shift() ?? ''] : []));
    }
    return [...words, ...rest];
  },
  run(given, io) {
    const modes = given.order
      .map(([key]) => (key === 'get' ? 'x' : key === 'compare' ? 'd' : key))
      .filter((key) => key === 'delete' || ('cxtrud'.includes(key) && key.length === 1));
    if (modes.length === 0)
      throw new ToolEnd("You must specify one of the '-Acdtrux', '--delete' or '--test-label' options", 2, true);
    if (new Set(modes).size > 1)
      throw new ToolEnd("You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option", 2, true);
    const [mode] = modes;
    if (mode === 'c') return create(given, io, []);
    const name = given.value('f') ?? '-';
    let packed: Uint8Array;
    try {
      packed = readInput(name, io);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      io.stderr(cannotOpen(name, error, given));
      return 2;
    }
    const entries = open(packed, given, io);
    if (typeof entries === 'number') return entries;
    if (/^[ru]|delete/.test(mode ?? '') && isGzip(packed))
      throw new ToolEnd('Cannot update compressed archives\ntar: Error is not recoverable: exiting now', 2);
    if (mode === 'r' || mode === 'u') return create(given, io, entries);
    if (mode === 'd') return compare(entries, given, io);
    if (mode === 'delete') return remove(entries, given, io);
    return read(entries, mode === 't', given, io);
  },
});

function open(packed: Uint8Array, given: Given, io: CommandIO): readonly Entry[] | number {
  const broken = (text: string): number => {
    io.stderr(text);
    return 2;
  };
  let bytes = packed;
  levelGiven(given);
  if (isGzip(packed)) {
    try {
      bytes = decompress(packed);
    } catch {
      return broken(
        '\ngzip: stdin: unexpected end of file\ntar: Child returned status 1\ntar: Error is not recoverable: exiting now\n',
      );
    }
  } else if (given.has('z', 'gunzip', 'ungzip')) {
    return broken(
      `\ngzip: stdin: ${packed.length === 0 ? 'unexpected end of file' : 'not in gzip format'}\ntar: Child returned status 1\ntar: Error is not recoverable: exiting now\n`,
    );
  }
  const entries = unpack(bytes);
  if (entries === undefined)
    return broken(
      'tar: This does not look like a tar archive\ntar: Exiting with failure status due to previous errors\n',
    );
  return entries;
}

function unpack(bytes: Uint8Array): readonly Entry[] | undefined {
  if (bytes.length > 0 && bytes.length < BLOCK) return undefined;
  const entries: Entry[] = [];
  let longName = '';
  let longTarget = '';
  let mtimeMs: number | undefined;
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const text = (from: number, length: number): string =>
      textOf(header.subarray(from, from + length)).replace(/\0.*$/s, '');
    const number = (from: number, length: number): number => Number.parseInt(text(from, length).trim() || '0', 8);
    const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
    if (sum !== number(148, 8)) return undefined;
    const size = number(124, 12);
    const body = bytes.slice(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const kind = text(156, 1);
    if (kind === 'L') longName = textOf(body).replace(/\0$/, '');
    else if (kind === 'K') longTarget = textOf(body).replace(/\0$/, '');
    else if (kind === 'x') {
      for (const [, keyword, value = ''] of textOf(body).matchAll(/^\d+ (\w+)=(.*)$/gm)) {
        if (keyword === 'path') longName = value;
        else if (keyword === 'linkpath') longTarget = value;
        else if (keyword === 'mtime') mtimeMs = Math.floor(Number(value) * 1000);
      }
    } else if (kind === 'g') continue;
    else {
      const prefix = text(257, 5) === 'ustar' && text(257, 8) === 'ustar' ? text(345, 155) : '';
      const name = longName || (prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`);
      const type = kind === '5' ? 'directory' : kind === '2' ? 'symlink' : 'file';
      entries.push({
        name,
        type,
        mode: number(100, 8),
        mtimeMs: mtimeMs ?? number(136, 12) * 1000,
        bytes: body,
        target: longTarget || text(157, 100),
        owner: { uid: number(108, 8), gid: number(116, 8), user: text(265, 32), group: text(297, 32) },
      });
      longName = '';
      longTarget = '';
      mtimeMs = undefined;
    }
  }
  return entries;
}

function create(given: Given, io: CommandIO, before: readonly Entry[]): number {
  const { files } = io.machine;
  const { names, useless } = namesGiven(given, io);
  if (names.length === 0 && !given.has('T')) throw new ToolEnd('Cowardly refusing to create an empty archive', 2, true);
  const owner = ownerGiven(given, io.machine.user);
  const modeOf = modeGiven(given);
  const mtimeMs = mtimeGiven(given, io);
  const isOlder = given.has('clamp-mtime');
  if (isOlder && mtimeMs === undefined) throw misuse('--clamp-mtime needs a date specified using --mtime', 2);
  const level = levelGiven(given);
  const format = formatGiven(given);
  const inOrder = sortGiven(given, io);
  const renamed = renaming([...given.all('transform'), ...given.all('xform')]);
  const entries: Entry[] = [...before];
  const archive = given.value('f') ?? '-';
  const isZipped = given.has('z', 'I') || (given.has('a') && /\.(tar\.gz|tgz)$/.test(archive));
  const shown: string[] = [];
  let exitCode = 0;
  let absolute = false;
  const archivePath = archive === '-' ? '' : resolvePath(io.cwd, archive);
  const add = (name: string, place: Place): void => {
    if (isDropped(name.replace(/\/$/, ''), place.drops)) return;
    const path = resolvePath(place.base, name);
    // With gzip between them tar does not know the file that it writes.
    if (path === archivePath) {
      if (!isZipped) io.stderr(`tar: ${name}: file is the archive; not dumped\n`);
      return;
    }
    let stat: FileStat;
    try {
      stat = files.lstat(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      io.stderr(`tar: ${name}: Cannot stat: ${reason(error)}\n`);
      exitCode = 2;
      return;
    }
    let kept = name;
    if (name.startsWith('/') && !given.has('P')) {
      if (!absolute) io.stderr("tar: Removing leading `/' from member names\n");
      absolute = true;
      kept = name.replace(/^\/+/, '');
    }
    const isFolder = stat.type === 'directory';
    if (isFolder && !kept.endsWith('/')) kept += '/';
    const old = given.has('u') ? before.findLast((entry) => entry.name === kept) : undefined;
    if (old === undefined || Math.floor(stat.mtimeMs / 1000) > Math.floor(old.mtimeMs / 1000)) {
      entries.push({
        name: renamed(kept),
        type: stat.type,
        mode: modeOf(stat),
        mtimeMs: isOlder && stat.mtimeMs < (mtimeMs ?? 0) ? stat.mtimeMs : (mtimeMs ?? stat.mtimeMs),
        ctimeMs: stat.ctimeMs,
        owner,
        bytes: stat.type === 'file' ? files.readFile(path) : new Uint8Array(),
        target: stat.type === 'symlink' ? files.readlink(path) : '',
      });
      const whole = isFolder && !name.endsWith('/') ? `${name}/` : name;
      shown.push(given.has('show-transformed-names') ? renamed(whole) : whole);
    }
    if (!isFolder || !place.isDeep) return;
    const inside = `${name.replace(/\/$/, '')}/`;
    for (const child of inOrder(files.list(path))) add(inside + child, place);
    // Real tar has made the archive before it reads the folder.
    if (archive !== '-' && parentOf(archivePath) === path && !files.exists(archivePath))
      add(inside + nameOf(archivePath), place);
  };
  for (const { name, place } of names) add(name, place);
  if (useless.length > 0) {
    io.stderr(tellUseless(useless));
    exitCode = 2;
  }
  const bytes = pack(entries, format, (name) => {
    io.stderr(`tar: ${name}: file name is too long (cannot be split); not dumped\n`);
    exitCode = 2;
  });
  const out = isZipped ? compress(bytes, level) : bytes;
  if (given.has('v')) for (const name of shown) (archive === '-' ? io.stderr : io.stdout)(`${name}\n`);
  if (archive === '-') io.stdout(out);
  else {
    try {
      files.writeFile(operandPath(io.cwd, archive), out);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      io.stderr(cannotOpen(archive, error, given));
      return 2;
    }
  }
  if (exitCode !== 0) io.stderr('tar: Exiting with failure status due to previous errors\n');
  return exitCode;
}

/** The entries that are named on the line, or lie in a folder that is; all, where none is named. Names the others. */
function named(
  entries: readonly Entry[],
  given: Given,
  io: CommandIO,
): { readonly chosen: readonly Entry[]; readonly exitCode: number } {
  const wanted = given.operands.map((name) => name.replace(/\/$/, ''));
  const isIn = ({ name }: Entry, one: string): boolean => name.replace(/\/$/, '') === one || name.startsWith(`${one}/`);
  const missing = wanted.filter((one) => !entries.some((entry) => isIn(entry, one)));
  for (const one of missing) io.stderr(`tar: ${one}: Not found in archive\n`);
  const chosen = wanted.length === 0 ? entries : entries.filter((entry) => wanted.some((one) => isIn(entry, one)));
  return { chosen, exitCode: missing.length === 0 ? 0 : 2 };
}

/** `-d`: what is in the archive against what lies on the disk. */
function compare(entries: readonly Entry[], given: Given, io: CommandIO): number {
  const { files } = io.machine;
  const base = operandPath(io.cwd, given.value('C') ?? '.');
  const { chosen, exitCode } = named(entries, given, io);
  let isSame = true;
  for (const entry of chosen) {
    const path = resolvePath(base, entry.name);
    if (given.has('v')) io.stdout(`${entry.name}\n`);
    const tell = (words: string): void => {
      isSame = false;
      io.stdout(`${entry.name}: ${words}\n`);
    };
    if (!files.exists(path)) {
      isSame = false;
      io.stderr(`tar: ${entry.name}: Warning: Cannot stat: No such file or directory\n`);
      continue;
    }
    const stat = files.lstat(path);
    if (stat.type !== entry.type) {
      tell('File type differs');
      continue;
    }
    if ((stat.mode & 0o7777) !== entry.mode) tell('Mode differs');
    if (entry.type !== 'file') continue;
    if (Math.floor(stat.mtimeMs / 1000) !== Math.floor(entry.mtimeMs / 1000)) tell('Mod time differs');
    const bytes = files.readFile(path);
    if (bytes.length !== entry.bytes.length) tell('Size differs');
    else if (bytes.some((byte, at) => byte !== entry.bytes[at])) tell('Contents differ');
  }
  if (exitCode !== 0) io.stderr('tar: Exiting with failure status due to previous errors\n');
  return exitCode === 0 && !isSame ? 1 : exitCode;
}

/** `--delete`: the archive without some of its entries. */
function remove(entries: readonly Entry[], given: Given, io: CommandIO): number {
  const { chosen, exitCode } = named(entries, given, io);
  const left = given.operands.length === 0 ? entries : entries.filter((entry) => !chosen.includes(entry));
  io.machine.files.writeFile(
    operandPath(io.cwd, given.value('f') ?? '-'),
    pack(left, formatGiven(given), () => {}),
  );
  if (exitCode !== 0) io.stderr('tar: Exiting with failure status due to previous errors\n');
  return exitCode;
}

function read(entries: readonly Entry[], listing: boolean, given: Given, io: CommandIO): number {
  const { files } = io.machine;
  const isNumeric = given.has('numeric-owner');
  const drops = dropsGiven(given, io);
  const wanted = given.operands.map((name) => name.replace(/\/$/, ''));
  const found = new Set<string>();
  const base = operandPath(io.cwd, given.value('C') ?? '.');
  if (given.has('C') && !files.exists(base)) {
    io.stderr(
      `tar: ${given.value('C')}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\n`,
    );
    return 2;
  }
  const renamed = renaming([...given.all('transform'), ...given.all('xform')]);
  const strip = Number(given.value('strip-components') ?? 0);
  const times: (() => void)[] = [];
  let exitCode = 0;
  let width = 19;
  for (const entry of entries) {
    const plain = entry.name.replace(/\/$/, '');
    const match = wanted.filter(
      (name) => plain === name || plain.startsWith(`${name}/`) || (given.has('wildcards') && globMatcher(name)(plain)),
    );
    if (wanted.length > 0 && match.length === 0) continue;
    for (const name of match) found.add(name);
    const parts = plain.split('/');
    if (parts.some((_, index) => isDropped(parts.slice(0, index + 1).join('/'), drops))) continue;
    if (listing) {
      if (!given.has('v')) {
        io.stdout(`${entry.name}\n`);
        continue;
      }
      const { uid, gid, user, group } = entry.owner;
      const owner = `${isNumeric ? uid : user || uid}/${isNumeric ? gid : group || gid}`;
      const size = String(entry.bytes.length);
      width = Math.max(width, owner.length + 1 + size.length);
      const link = entry.type === 'symlink' ? ` -> ${entry.target}` : '';
      io.stdout(
        `${permissions(entry.type, entry.mode)} ${owner}${size.padStart(width - owner.length)} ${formatTime('%F %R', entry.mtimeMs)} ${entry.name}${link}\n`,
      );
      continue;
    }
    const name = renamed(entry.name).split('/').slice(strip).join('/');
    if (name === '') continue;
    if (given.has('v')) (given.has('O') ? io.stderr : io.stdout)(`${entry.name}\n`);
    if (given.has('O')) {
      io.stdout(entry.bytes);
      continue;
    }
    const path = resolvePath(
      base,
      name
        .replace(/^\/+/, '')
        .split('/')
        .filter((part) => part !== '..')
        .join('/'),
    );
    if (given.has('k') && entry.type !== 'directory' && files.exists(path)) {
      io.stderr(`tar: ${name}: Cannot open: File exists\n`);
      exitCode = 2;
      continue;
    }
    if (entry.type === 'directory') {
      files.mkdir(path, { recursive: true });
      files.chmod(path, entry.mode);
    } else {
      files.mkdir(parentOf(path), { recursive: true });
      files.remove(path, { force: true });
      if (entry.type === 'symlink') files.symlink(entry.target, path);
      else {
        files.writeFile(path, entry.bytes, entry.mode);
        files.chmod(path, entry.mode);
      }
    }
    if (entry.type !== 'symlink' && !given.has('m')) times.push(() => files.utimes(path, entry.mtimeMs));
  }
  for (const set of times.reverse()) set();
  for (const name of wanted) {
    if (found.has(name)) continue;
    io.stderr(`tar: ${name}: Not found in archive\n`);
    exitCode = 2;
  }
  if (exitCode !== 0) io.stderr('tar: Exiting with failure status due to previous errors\n');
  return exitCode;
}
