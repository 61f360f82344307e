// node:fs on the machine's files. Everything happens at once; callbacks and promises are told in a later turn.
import { Buffer } from 'node:buffer';
import { define, nodeError, outOfRange, systemError, wrongType, wrongValue } from 'node:internal/errors';
import { host } from 'node:internal/host';
import { inspect } from 'node:internal/inspect';
import { nextTick, setImmediate } from 'node:internal/timers';
import { dirname, matchesGlob, resolve } from 'node:path';
import { fileURLToPath, URL } from 'node:url';

export const constants = Object.fromEntries(
  'F_OK:0 R_OK:4 W_OK:2 X_OK:1 COPYFILE_EXCL:1 COPYFILE_FICLONE:2 O_RDONLY:0 O_WRONLY:1 O_RDWR:2 O_CREAT:64 O_EXCL:128 O_TRUNC:512 O_APPEND:1024 S_IFMT:61440 S_IFREG:32768 S_IFDIR:16384 S_IFLNK:40960 S_IRUSR:256 S_IWUSR:128 S_IXUSR:64'
    .split(' ')
    .map((word) => word.split(':'))
    .map(([name, value]) => [name, Number(value)]),
);

function pathOf(path, name = 'path') {
  if (path instanceof URL) return fileURLToPath(path);
  if (path instanceof Uint8Array) return Buffer.from(path).toString();
  if (typeof path !== 'string') throw wrongType(name, 'of type string or an instance of Buffer or URL', path);
  if (path.includes('\0')) {
    throw wrongValue(name, inspect(path), 'must be a string, Uint8Array, or URL without null bytes');
  }
  return path;
}

function encodingOf(options) {
  const encoding = typeof options === 'string' ? options : options?.encoding;
  if (options !== undefined && options !== null && !['string', 'object', 'function'].includes(typeof options))
    throw wrongType('options', 'of type string or an instance of Object', options);
  if (encoding !== undefined && encoding !== null && encoding !== 'buffer' && !Buffer.isEncoding(encoding))
    throw wrongValue('encoding', inspect(encoding), 'is invalid encoding');
  return encoding ?? undefined;
}

const typeOf = (path) => JSON.parse(host.stat(path)).type;

function contentOf(data) {
  if (typeof data === 'string') return data;
  if (ArrayBuffer.isView(data)) return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
  throw wrongType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
}

/** The machine names its own steps; Node names the call that was made. */
function as(syscall, path, action) {
  try {
    return action();
  } catch (error) {
    if (error.syscall === undefined || error.syscall === syscall) throw repathed(error, path);
    throw repathed(Object.assign(error, { syscall }), path);
  }
}

function repathed(error, path, destination) {
  if (error.code === undefined || path === undefined) return error;
  const words = /^\w+: ([^,]+),/.exec(error.message)?.[1];
  const to = destination === undefined ? '' : ` -> '${destination}'`;
  const made = systemError(`${error.code}: ${words}, ${error.syscall} '${path}'${to}`, {
    errno: error.errno,
    code: error.code,
    syscall: error.syscall,
    path,
    ...(destination === undefined ? {} : { dest: destination }),
  });
  return made;
}

const open = new Map();
const badFile = (syscall) =>
  systemError(`EBADF: bad file descriptor, ${syscall}`, { errno: -9, code: 'EBADF', syscall });

/** The file behind a descriptor. */
function opened(fd, syscall) {
  if (typeof fd !== 'number') throw wrongType('fd', 'of type number', fd);
  if (!Number.isInteger(fd)) throw outOfRange('fd', 'an integer', fd);
  if (fd < 0 || fd > 2147483647) throw outOfRange('fd', '>= 0 && <= 2147483647', fd);
  const file = open.get(fd);
  if (file === undefined) throw badFile(syscall);
  return file;
}

const flagWords = { 0: 'r', 1: 'r+', 2: 'r+', 65: 'a', 577: 'w', 578: 'w+', 193: 'wx', 1089: 'a', 1090: 'a+' };
export function openSync(file, given = 'r', mode = 0o666) {
  const path = pathOf(file);
  const flags = typeof given === 'number' ? flagWords[given] : (given ?? 'r');
  if (!/^(r|rs|sr|r\+|rs\+|w|wx|xw|w\+|wx\+|a|ax|xa|as|a\+|ax\+|as\+)$/.test(flags))
    throw wrongValue('flags', inspect(given));
  as('open', path, () => {
    if (flags.includes('x') && host.exists(path)) {
      throw systemError('EEXIST: file already exists, open', { errno: -17, code: 'EEXIST', syscall: 'open' });
    }
    if (flags.startsWith('r') && typeOf(path) === 'directory' && flags.includes('+'))
      throw systemError('EISDIR: illegal operation on a directory, open', {
        errno: -21,
        code: 'EISDIR',
        syscall: 'open',
      });
    if (flags.startsWith('w')) host.writeFile(path, '', mode & 0o644);
    if (flags.startsWith('a')) host.appendFile(path, '');
  });
  let fd = 3;
  while (open.has(fd)) fd += 1;
  open.set(fd, { path, flags, at: 0 });
  return fd;
}

export function closeSync(fd) {
  opened(fd, 'close');
  open.delete(fd);
}

export function readSync(fd, target, ...rest) {
  const given = typeof rest[0] === 'object' && rest[0] !== null ? rest[0] : undefined;
  const [offset = 0, length = target.byteLength - offset, position = null] =
    given === undefined ? rest : [given.offset, given.length, given.position];
  const file = opened(fd, 'read');
  if (file.flags === 'w' || file.flags === 'a') throw badFile('read');
  const from = typeof position === 'number' && position >= 0 ? position : file.at;
  const bytes = readBytes(file.path).subarray(from, from + length);
  new Uint8Array(target.buffer, target.byteOffset).set(bytes, offset);
  if (typeof position !== 'number' || position < 0) file.at += bytes.length;
  return bytes.length;
}

export function writeSync(fd, data, ...rest) {
  const text = typeof data === 'string';
  const bytes = text ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const part = text ? bytes : bytes.subarray(rest[0] ?? 0, (rest[0] ?? 0) + (rest[1] ?? bytes.length));
  if (fd === 1 || fd === 2) host.write(fd, contentOf(part));
  else {
    const file = opened(fd, 'write');
    if (file.flags === 'r') throw badFile('write');
    if (file.flags.startsWith('a')) host.appendFile(file.path, contentOf(part));
    else {
      const position = rest[text ? 0 : 2];
      const from = typeof position === 'number' ? position : file.at;
      const before = Buffer.from(readBytes(file.path));
      const joined = Buffer.alloc(Math.max(before.length, from + part.length));
      before.copy(joined);
      part.copy(joined, from);
      host.writeFile(file.path, contentOf(joined), 0o644);
      if (typeof position !== 'number') file.at += part.length;
    }
  }
  return part.length;
}

export const fstatSync = (fd) => statSync(opened(fd, 'fstat').path);
export const fsyncSync = (fd) => void opened(fd, 'fsync');

export function truncateSync(file, length = 0) {
  const path = typeof file === 'number' ? opened(file, 'ftruncate').path : pathOf(file);
  const bytes = Buffer.from(as('open', path, () => host.readFile(path)));
  const cut = Buffer.alloc(length);
  bytes.copy(cut);
  host.writeFile(path, contentOf(cut), 0o644);
}
const ftruncateSync = truncateSync;

const refuse = (name) => () => {
  throw nodeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `fs.${name} is not part of this sandbox`);
};
const watching = Object.fromEntries(
  ['watch', 'watchFile', 'unwatchFile'].map((name) => [
    name,
    (...args) => host.importNow('node:internal/watch')[name](...args),
  ]),
);
export const { watch, watchFile, unwatchFile } = watching;

export function readFileSync(path, options) {
  const encoding = encodingOf(options);
  if (Number.isInteger(path) && path !== 0) {
    const file = opened(path, 'read');
    const bytes = readBytes(file.path).subarray(file.at);
    file.at += bytes.length;
    return encoding === undefined ? Buffer.from(bytes) : Buffer.from(bytes).toString(encoding);
  }
  if ((path === 0 || path === '/dev/stdin') && host.isTyped()) {
    throw nodeError(
      Error,
      'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
      'fs.readFileSync(0) cannot wait for the keyboard in this sandbox: read process.stdin by its events, or pipe something in',
    );
  }
  const read = isUtf8(encoding) ? readUtf8 : readBytesOf;
  const bytes = path === 0 || path === '/dev/stdin' ? new Uint8Array(host.stdin()) : read(path);
  const buffer = Buffer.from(bytes.buffer);
  return encoding === undefined || encoding === null || encoding === 'buffer' ? buffer : buffer.toString(encoding);
}

const isUtf8 = (encoding) => /^utf-?8$/.test(encoding);
const readBytesOf = (path) => readBytes(pathOf(path));
// By these names a stack knows which way Node takes: it asks for text in UTF-8 at once, and opens a file for anything else.
const descending = (read) => read();
const readUtf8 = (path) => readBytesOf(path);
const opening = (write) => write();

function readBytes(path) {
  try {
    return new Uint8Array(host.readFile(path));
  } catch (error) {
    if (error.code !== 'EISDIR') throw repathed(error, path);
    throw systemError('EISDIR: illegal operation on a directory, read', {
      errno: -21,
      code: 'EISDIR',
      syscall: 'read',
    });
  }
}

export function writeFileSync(file, data, options) {
  if (typeof file === 'number') return void writeSync(file, data);
  const path = pathOf(file);
  const { flag = 'w', mode = 0o644, encoding } = writingOf(options);
  encodingOf(options);
  const isText = typeof data === 'string' && isUtf8(encoding);
  const content = contentOf(isText || typeof data !== 'string' ? data : Buffer.from(data, encoding));
  const write = () =>
    as('open', path, () => {
      if (flag.includes('x') && host.exists(path)) {
        throw systemError('EEXIST: file already exists, open', { errno: -17, code: 'EEXIST', syscall: 'open' });
      }
      if (flag.startsWith('a')) return host.appendFile(path, content);
      return host.writeFile(path, content, mode);
    });
  if (isText) write();
  else opening(write);
}

/** As Node takes them: an object that names no encoding is not completed. */
const writingOf = (options) =>
  typeof options === 'object' && options !== null ? options : { encoding: options ?? 'utf8' };

export const appendFileSync = (file, data, options) => writeFileSync(file, data, { flag: 'a', ...writingOf(options) });

export const existsSync = (path) => (typeof path === 'string' || path instanceof URL) && host.exists(pathOf(path));

export function accessSync(file, mode = 0) {
  const path = pathOf(file);
  as('access', path, () => {
    const wanted = mode & 7;
    if (((JSON.parse(host.stat(path)).mode >> 6) & wanted) !== wanted)
      throw systemError('EACCES: permission denied, access', { errno: -13, code: 'EACCES', syscall: 'access' });
  });
}

export function mkdirSync(folder, options) {
  const path = pathOf(folder);
  const recursive = typeof options === 'object' && options?.recursive === true;
  let fresh;
  for (let at = path.replace(/(?<=.)\/+$/, ''); recursive && !host.exists(at); at = dirname(at)) fresh = at;
  as('mkdir', path, () => host.mkdir(path, recursive));
  return fresh;
}

export function mkdtempSync(prefix) {
  const path = `${prefix}${host.random().toString(36).slice(2, 8).padEnd(6, 'x')}`;
  as('mkdtemp', `${prefix}XXXXXX`, () => host.mkdir(path, false));
  return path;
}

/** Node's own goes level by level; the one whose result is a promise begins with the folder that it found last. */
export const readdirSync = (folder, options) => listed(folder, options ?? {}, (folders) => folders.shift());
function listed(folder, options, next) {
  const path = pathOf(folder);
  const { withFileTypes = false, recursive = false } = typeof options === 'object' && options !== null ? options : {};
  const read = () => as('scandir', path, () => JSON.parse(host.list(path)));
  const names = recursive ? descending(read) : read();
  if (!withFileTypes && !recursive) return names;
  const found = [];
  const folders = [''];
  while (folders.length > 0) {
    const folder = next(folders);
    const here = folder === '' ? path : `${path.replace(/\/$/, '')}/${folder}`;
    for (const name of folder === '' ? names : JSON.parse(host.list(here))) {
      const { type } = JSON.parse(host.lstat(`${here}/${name}`));
      const inner = folder === '' ? name : `${folder}/${name}`;
      found.push(withFileTypes ? new Dirent(name, here, type) : inner);
      if (recursive && type === 'directory') folders.push(inner);
    }
  }
  return found;
}

class Kind {
  #type;
  constructor(type) {
    this.#type = type;
  }
  isFIFO() {
    return false;
  }
  isSocket() {
    return false;
  }
  isBlockDevice() {
    return false;
  }
  isCharacterDevice() {
    return false;
  }
  isFile() {
    return this.#type === 'file';
  }
  isDirectory() {
    return this.#type === 'directory';
  }
  isSymbolicLink() {
    return this.#type === 'symlink';
  }
}

const kType = Symbol('type');
export class Dirent extends Kind {
  constructor(name, parentPath, type) {
    super(type);
    Object.assign(this, { name, parentPath, [kType]: { file: 1, directory: 2, symlink: 3 }[type] });
  }
}

export class Stats extends Kind {
  constructor({ type, mode, size, mtimeMs, ctimeMs, inode, links }) {
    super(type);
    const bits = { file: 0o100000, directory: 0o40000, symlink: 0o120000 }[type];
    Object.assign(this, {
      dev: 1,
      mode: bits | mode,
      nlink: links,
      uid: 1000,
      gid: 1000,
      rdev: 0,
      blksize: 4096,
      ino: inode,
      size,
      blocks: Math.ceil(size / 512),
      atimeMs: mtimeMs,
      mtimeMs,
      ctimeMs,
      birthtimeMs: ctimeMs,
    });
  }
}
/** Dates are made when they are asked for. */
for (const name of ['atime', 'mtime', 'ctime', 'birthtime'])
  Object.defineProperty(Stats.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = new Date(this[`${name}Ms`]);
      Object.defineProperty(this, name, { value, enumerable: true, configurable: true, writable: true });
      return value;
    },
  });

function statWith(call, file, options) {
  const path = pathOf(file);
  if (options?.throwIfNoEntry === false && !host.exists(path)) return undefined;
  return new Stats(JSON.parse(as(call, path, () => host[call](path))));
}

export const statSync = (path, options) => statWith('stat', path, options);
export const lstatSync = (path, options) => statWith('lstat', path, options);

/** What Node itself finds wrong with a folder. */
function fsError(syscall, path, message, told = 'is a directory') {
  const error = nodeError(Error, 'ERR_FS_EISDIR', message);
  define(error, 'name', 'SystemError');
  define(error, 'stack', String(error.stack).replace(/^Error/, 'SystemError'));
  const faults = { message: told, path, syscall, errno: 21 };
  const info = syscall === 'cp' ? { ...faults, code: 'EISDIR' } : { code: 'EISDIR', ...faults };
  error.info = info;
  for (const name of ['errno', 'syscall', 'path']) {
    const set = (value) => {
      info[name] = value;
    };
    Object.defineProperty(error, name, { enumerable: true, configurable: true, get: () => info[name], set });
  }
  const shown = (_, options) => inspect(error, { ...options, getters: true, customInspect: false });
  return define(error, inspect.custom, shown);
}

export function rmSync(target, { recursive = false, force = false } = {}) {
  const path = pathOf(target);
  if (!recursive && host.exists(path) && JSON.parse(host.lstat(path)).type === 'directory') {
    throw fsError('rm', path, `Path is a directory: rm returned EISDIR (is a directory) ${path}`);
  }
  as('lstat', path, () => host.remove(path, recursive, force));
}

export function unlinkSync(file) {
  const path = pathOf(file);
  as('unlink', path, () => {
    if (JSON.parse(host.lstat(path)).type === 'directory') {
      throw systemError('EISDIR: illegal operation on a directory, unlink', {
        errno: -21,
        code: 'EISDIR',
        syscall: 'unlink',
      });
    }
    return host.remove(path, false, false);
  });
}

export function rmdirSync(folder) {
  const path = pathOf(folder);
  as('rmdir', path, () => {
    if (typeOf(path) !== 'directory')
      throw systemError('ENOTDIR: not a directory, rmdir', { errno: -20, code: 'ENOTDIR', syscall: 'rmdir' });
    host.remove(path, false, false);
  });
}

export function renameSync(from, to) {
  const [source, target] = [pathOf(from, 'oldPath'), pathOf(to, 'newPath')];
  try {
    host.rename(source, target);
  } catch (error) {
    throw repathed(error, source, target);
  }
}

export function copyFileSync(from, to, mode = 0) {
  const [source, target] = [pathOf(from, 'src'), pathOf(to, 'dest')];
  try {
    if (mode & constants.COPYFILE_EXCL && host.exists(target)) {
      throw systemError('EEXIST: file already exists, copyfile', { errno: -17, code: 'EEXIST', syscall: 'copyfile' });
    }
    host.writeFile(target, host.readFile(source), 0o644);
  } catch (error) {
    throw repathed(Object.assign(error, { syscall: 'copyfile' }), source, target);
  }
}

export function cpSync(from, to, options = {}) {
  const { recursive = false, errorOnExist = false, force = true } = options;
  const [source, target] = [pathOf(from, 'src'), pathOf(to, 'dest')];
  if (options.filter?.(source, target) === false) return;
  lstatSync(source);
  if (!statSync(source).isDirectory()) {
    if (force || !host.exists(target)) return copyFileSync(source, target);
    if (!errorOnExist) return;
    const told = `${target} already exists`;
    throw Object.assign(fsError('cp', target, `Target already exists: cp returned EEXIST (${told}) ${target}`, told), {
      code: 'ERR_FS_CP_EEXIST',
      errno: 17,
    });
  }
  if (!recursive)
    throw Object.assign(new Error(`Recursive option not enabled, cannot copy a directory: ${source}/`), {
      code: 'ERR_FS_EISDIR',
    });
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source)) cpSync(`${source}/${name}`, `${target}/${name}`, options);
}

export const chmodSync = (path, mode) =>
  as('chmod', path, () => host.chmod(pathOf(path), typeof mode === 'string' ? Number.parseInt(mode, 8) : mode));
export function symlinkSync(target, file) {
  const path = pathOf(file);
  try {
    host.symlink(String(target), path);
  } catch (error) {
    throw repathed(error, target, path);
  }
}
export function linkSync(from, to) {
  const [source, target] = [pathOf(from, 'existingPath'), pathOf(to, 'newPath')];
  try {
    host.link(source, target);
  } catch (error) {
    throw repathed(Object.assign(error, { syscall: 'link' }), source, target);
  }
}
export const readlinkSync = (path) => as('readlink', path, () => host.readlink(pathOf(path)));
export function realpathSync(file) {
  const path = pathOf(file);
  // Node goes from folder to folder, as far as there are any.
  let first = resolve(path);
  while (first !== '/' && !host.exists(dirname(first))) first = dirname(first);
  return as('lstat', first, () => host.realpath(path));
}

/** Of the times of a file the one of its last change is kept. */
export const utimesSync = (file, _, changed) =>
  as('utime', pathOf(file), () => host.utimes(pathOf(file), Number(changed) * (changed instanceof Date ? 1 : 1000)));
export const chownSync = (path) => void as('chown', pathOf(path), () => host.stat(path));

/** A folder that is read entry by entry. */
export class Dir {
  #entries;
  constructor(path) {
    this.path = path;
    this.#entries = readdirSync(path, { withFileTypes: true });
  }
  readSync() {
    return this.#entries.shift() ?? null;
  }
  async read() {
    return this.readSync();
  }
  closeSync() {}
  async close() {}
  async *[Symbol.asyncIterator]() {
    yield* this.#entries.splice(0);
  }
}
export const opendirSync = (path) => as('opendir', pathOf(path), () => new Dir(path));

/** Paths below a folder that fit a pattern of a shell. */
export function globSync(patterns, { cwd = '.', exclude = () => false, withFileTypes = false } = {}) {
  const all = readdirSync(cwd, { recursive: true, withFileTypes: true }).map((entry) => {
    const whole = `${entry.parentPath}/${entry.name}`;
    return [whole.slice(cwd.length + 1), entry];
  });
  const isNamed = (path) =>
    typeof exclude === 'function' ? exclude(path) : [exclude].flat().some((one) => matchesGlob(path, one));
  // What is in a folder that is left out is left out too.
  const isOut = ([path]) => path.split('/').some((_, at, parts) => isNamed(parts.slice(0, at + 1).join('/')));
  return all
    .filter(
      (one) => [patterns].flat().some((pattern) => matchesGlob(one[0], pattern.replace(/^\.\//, ''))) && !isOut(one),
    )
    .map(([path, entry]) => (withFileTypes ? entry : path));
}
async function* glob(...args) {
  yield* globSync(...args);
}

const synchronous = {
  chown: chownSync,
  glob: globSync,
  opendir: opendirSync,
  utimes: utimesSync,
  access: accessSync,
  appendFile: appendFileSync,
  chmod: chmodSync,
  copyFile: copyFileSync,
  link: linkSync,
  cp: cpSync,
  truncate: truncateSync,
  lstat: lstatSync,
  mkdir: mkdirSync,
  mkdtemp: mkdtempSync,
  readdir: readdirSync,
  readFile: readFileSync,
  readlink: readlinkSync,
  realpath: realpathSync,
  rename: renameSync,
  rm: rmSync,
  rmdir: rmdirSync,
  stat: statSync,
  symlink: symlinkSync,
  unlink: unlinkSync,
  writeFile: writeFileSync,
};

/** What goes wrong in a later turn has no place in the program. */
const placeless = (error) => define(error, 'stack', `${/^[^:]*/.exec(error.stack)[0]}: ${error.message}`);

/** Each question to the system is answered in a turn of its own: who reads a file opens it, asks for its size, reads, and closes it. */
const questions = { readFile: 4, writeFile: 3, appendFile: 3 };
function after(count, done, ...args) {
  if (count === 0) setImmediate(done, ...args);
  else setImmediate(() => after(count - 1, done, ...args));
}

/** Who calls back stands in a stack: by this name it is known there. */
const answering = (call, how, done) => ({ [`${call}${how}`]: (...args) => done(...args) })[`${call}${how}`];

/** The same calls, with the result in a promise. */
export const promises = { constants };
const callbacks = {};
const laterOf = (call, name) =>
  define(
    async (...args) => {
      let count = 1;
      try {
        const { signal } = args.at(-1) ?? {};
        if (signal?.aborted)
          throw Object.assign(new Error('The operation was aborted', { cause: signal.reason }), {
            name: 'AbortError',
            code: 'ABORT_ERR',
          });
        const result = call(...args);
        count = questions[name] ?? 1;
        return result;
      } catch (error) {
        // These ask by callbacks.
        if (/^(rm|opendir)$/.test(name) && !error.code.startsWith('ERR_INVALID')) placeless(error);
        throw error;
      } finally {
        await new Promise((resolve) => after(count, resolve));
      }
    },
    'name',
    name,
  );
for (const [name, call] of Object.entries(synchronous)) {
  promises[name] = laterOf(call, name);
  callbacks[name] = (...args) => {
    const done = args.findLast((one) => typeof one === 'function');
    if (done === undefined)
      throw wrongType('cb', 'of type function', args.at(-1) instanceof Object ? args.at(-1) : undefined);
    args.splice(args.lastIndexOf(done));
    try {
      const result = call(...args);
      after(
        questions[name] ?? 1,
        answering(name, 'Done', done),
        null,
        ...(result === undefined && name !== 'mkdir' ? [] : [result]),
      );
    } catch (error) {
      if (error.code?.startsWith('ERR_INVALID') || error.code === 'ERR_OUT_OF_RANGE') throw error;
      after(1, answering(name, 'Failed', done), placeless(error));
    }
  };
  define(callbacks[name], 'name', name);
}
callbacks.exists = (path, done) => after(1, done, existsSync(path));
promises.lchown = promises.chown;

export const {
  access,
  appendFile,
  chmod,
  chown,
  copyFile,
  cp,
  exists,
  link,
  lstat,
  mkdir,
  mkdtemp,
  opendir,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  unlink,
  utimes,
  writeFile,
} = callbacks;

const streams = () => host.importNow('node:stream');

let ReadStream;
let WriteStream;
/** Streams of files have classes of their own. */
function readStream(Readable) {
  ReadStream ??= class ReadStream extends Readable {};
  return ReadStream;
}

export function createReadStream(path, options) {
  const {
    encoding,
    start = 0,
    end,
    highWaterMark = 65536,
  } = typeof options === 'string' ? { encoding: options } : (options ?? {});
  const { Readable } = streams();
  let at = start;
  let bytes;
  const stream = new (readStream(Readable))({
    highWaterMark,
    read() {
      try {
        bytes ??= readFileSync(path).subarray(0, end === undefined ? undefined : end + 1);
      } catch (error) {
        const renamed = { message: error.message.replace(/, \w+ '/, ", open '"), syscall: 'open' };
        this.destroy(placeless(Object.assign(error, renamed)));
        return;
      }
      if (at >= bytes.length) this.push(null);
      else {
        const chunk = bytes.subarray(at, at + highWaterMark);
        this.bytesRead += chunk.length;
        at += highWaterMark;
        this.push(chunk);
      }
    },
  });
  // A file is opened whether or not anybody reads.
  nextTick(() => {
    if (existsSync(path)) stream.emit('open', 3);
    else globalThis.setImmediate(() => !stream.destroyed && stream._read());
  });
  if (encoding !== undefined) stream.setEncoding(encoding);
  return Object.assign(stream, { path, bytesRead: 0 });
}

export function createWriteStream(path, options) {
  const { flags = 'w', mode, highWaterMark } = typeof options === 'string' ? {} : (options ?? {});
  const { Writable } = streams();
  pathOf(path);
  WriteStream ??= class WriteStream extends Writable {};
  let fd;
  /** What is to be done when the file is open. */
  let opened;
  const whenOpen = (action) => {
    if (fd === undefined) opened = action;
    else action();
  };
  const put = (bytes, done) =>
    whenOpen(() =>
      after(1, () => {
        if (stream.destroyed) return;
        stream.bytesWritten += writeSync(fd, bytes);
        done();
      }),
    );
  const stream = new WriteStream({
    highWaterMark,
    write: (chunk, _, done) => put(chunk, done),
    writev: (chunks, done) => put(Buffer.concat(chunks.map(({ chunk }) => chunk)), done),
    final: whenOpen,
    destroy(error, done) {
      if (fd === undefined) return done(error);
      closeSync(fd);
      after(1, done, error);
    },
  });
  Object.assign(stream, { fd: null, path, flags, mode: mode ?? 0o666, bytesWritten: 0, pending: true });
  nextTick(after, 1, () => {
    try {
      fd = openSync(path, flags, mode);
    } catch (error) {
      stream.destroy(placeless(error));
      return;
    }
    if (stream.destroyed) return closeSync(fd);
    Object.assign(stream, { fd, pending: false });
    stream.emit('open', fd);
    stream.emit('ready');
    opened?.();
  });
  return stream;
}

/** What `fs.promises.open` gives. */
export class FileHandle {
  constructor(fd) {
    this.fd = fd;
  }
  async close() {
    // Whoever read it to its end has closed it.
    if (this.fd < 0) return;
    closeSync(this.fd);
    this.fd = -1;
  }
  async read(target, ...rest) {
    return { __proto__: null, bytesRead: readSync(this.fd, target, ...rest), buffer: target };
  }
  async write(data, ...rest) {
    return { __proto__: null, bytesWritten: writeSync(this.fd, data, ...rest), buffer: data };
  }
  async readFile(options) {
    return readFileSync(this.fd, options);
  }
  async writeFile(data) {
    writeSync(this.fd, data);
  }
  async appendFile(data) {
    writeSync(this.fd, data);
  }
  async stat() {
    return fstatSync(this.fd);
  }
  async truncate(length) {
    truncateSync(this.fd, length);
  }
  async *readLines() {
    const lines = readFileSync(this.fd, 'utf8').split(/\r?\n/);
    if (lines.at(-1) === '') lines.pop();
    yield* lines;
    await this.close();
  }
  async [Symbol.asyncDispose ?? Symbol('asyncDispose')]() {
    await this.close();
  }
}
/** Where the promise's own way is another. */
const otherwise = {
  readdirSync: (folder, options) => listed(folder, options ?? {}, (folders) => folders.pop()),
  cpSync(from, to, options) {
    const source = pathOf(from, 'src');
    if (options?.recursive === true || !lstatSync(source).isDirectory()) return cpSync(from, to, options);
    const told = `${source} is a directory (not copied)`;
    throw fsError('cp', source, `Path is a directory: cp returned EISDIR (${told}) ${source}`, told);
  },
};
promises.readdir = laterOf(otherwise.readdirSync, 'readdir');
promises.cp = laterOf(otherwise.cpSync, 'cp');
promises.open = async (...args) => new FileHandle(openSync(...args));
promises.watch = refuse('promises.watch');
promises.glob = glob;

const withDescriptors = { openSync, closeSync, readSync, writeSync, fstatSync, fsyncSync, ftruncateSync };
for (const [name, call] of Object.entries(withDescriptors)) {
  callbacks[name.slice(0, -4)] = (...args) => {
    const done = args.pop();
    if (typeof done !== 'function') throw wrongType('cb', 'of type function', done);
    try {
      const result = call(...args);
      nextTick(done, null, result, ...(name === 'readSync' || name === 'writeSync' ? [args[1]] : []));
    } catch (error) {
      if (error instanceof TypeError) throw error;
      nextTick(done, error);
    }
  };
}
const openFile = callbacks.open;
export const { close, read, write, fstat, fsync, ftruncate, truncate } = callbacks;
export { ftruncateSync, openFile as open };

export default {
  ...watching,
  ...callbacks,
  ...withDescriptors,
  createReadStream,
  createWriteStream,
  constants,
  promises,
  Dir,
  Dirent,
  Stats,
  existsSync,
  ...Object.fromEntries(Object.entries(synchronous).map(([name, call]) => [`${name}Sync`, call])),
};
