// Paths of POSIX.
import { wrongType } from 'node:internal/errors';
import { host } from 'node:internal/host';

export const sep = '/';
export const delimiter = ':';

function text(value, name = 'path') {
  if (typeof value !== 'string') throw wrongType(name, 'of type string', value);
  return value;
}

/** Resolves `.`, `..` and double slashes. */
function clean(path, absolute) {
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !absolute) parts.push(part);
  }
  return parts.join('/');
}

export function normalize(path) {
  if (text(path) === '') return '.';
  const absolute = path.startsWith('/');
  const cleaned = clean(path, absolute);
  if (cleaned === '') return absolute ? '/' : path.endsWith('/') ? './' : '.';
  return `${absolute ? '/' : ''}${cleaned}${path.endsWith('/') ? '/' : ''}`;
}

export function join(...parts) {
  const joined = parts.filter((part) => text(part) !== '').join('/');
  return joined === '' ? '.' : normalize(joined);
}

export function resolve(...parts) {
  let path = '';
  for (const [at, part] of parts.entries()) text(part, `paths[${at}]`);
  for (const part of [host.cwd(), ...parts]) {
    if (part === '') continue;
    path = part.startsWith('/') ? part : `${path}/${part}`;
  }
  return `/${clean(path, true)}`;
}

export const isAbsolute = (path) => text(path).startsWith('/');

export function dirname(path) {
  const trimmed = text(path).replace(/\/+$/, '');
  if (trimmed === '') return path.startsWith('/') ? '/' : '.';
  const end = trimmed.lastIndexOf('/');
  if (end < 0) return '.';
  return trimmed.slice(0, end).replace(/\/+$/, '') || '/';
}

export function basename(path, suffix = '') {
  text(suffix, 'suffix');
  const trimmed = text(path).replace(/\/+$/, '');
  const name = trimmed.slice(trimmed.lastIndexOf('/') + 1);
  return name !== suffix && name.endsWith(suffix) ? name.slice(0, name.length - suffix.length) : name;
}

export function extname(path) {
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 || name === '..' ? '' : name.slice(dot);
}

export function relative(from, to) {
  text(from, 'from');
  text(to, 'to');
  const [start, end] = [resolve(from), resolve(to)].map((path) => path.split('/').filter(Boolean));
  let shared = 0;
  while (shared < start.length && start[shared] === end[shared]) shared += 1;
  return [...start.slice(shared).map(() => '..'), ...end.slice(shared)].join('/');
}

export function parse(path) {
  const base = basename(path);
  const ext = extname(path);
  const dir = dirname(path);
  return {
    root: path.startsWith('/') ? '/' : '',
    dir: path.includes('/') ? dir : '',
    base,
    ext,
    name: ext === '' ? base : base.slice(0, -ext.length),
  };
}

export function format(parts) {
  if (typeof parts !== 'object' || parts === null) throw wrongType('pathObject', 'of type object', parts);
  const { root = '', dir, base, name = '', ext = '' } = parts;
  const last = base || `${name}${ext === '' || ext.startsWith('.') ? ext : `.${ext}`}`;
  if (dir === undefined) return `${root}${last}`;
  return dir === root ? `${dir}${last}` : `${dir}/${last}`;
}

export const toNamespacedPath = (path) => path;

/** Of paths on Windows what a script here could want to know. */
const windows = (name, ...args) => {
  const slashed = args.map((arg) => (typeof arg === 'string' ? arg.replaceAll('\\', '/') : arg));
  const found = posix[name](...slashed);
  return typeof found === 'string' ? found.replaceAll('/', '\\') : found;
};
export const win32 = { sep: '\\', delimiter: ';', isAbsolute: (path) => /^([a-z]:)?[\\/]/i.test(path) };

/** A pattern of a shell: `*` and `?` stay in one folder, `**` does not. */
export function matchesGlob(path, pattern) {
  const source = text(pattern, 'pattern')
    .replace(/[.+^$()|\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, names) => `(?:${names.replaceAll(',', '|')})`)
    .replaceAll('**/', '\0')
    .replaceAll('**', '\u0001')
    .replaceAll('*', '[^/]*')
    .replace(/(?<!\()\?/g, '[^/]')
    .replaceAll('\0', '(?:.*/)?')
    .replaceAll('\u0001', '.*');
  return new RegExp(`^${source}$`).test(text(path));
}

const posix = {
  resolve,
  normalize,
  isAbsolute,
  join,
  relative,
  toNamespacedPath,
  dirname,
  basename,
  extname,
  format,
  parse,
  matchesGlob,
  sep,
  delimiter,
};
for (const name of ['basename', 'dirname', 'extname', 'join', 'normalize', 'relative'])
  win32[name] = (...args) => windows(name, ...args);
win32.parse = (path) => {
  const root = /^(?:[a-z]:)?[\\/]?/i.exec(text(path))[0];
  const { base, ext, name } = posix.parse(path.replaceAll('\\', '/'));
  const dir = path.slice(0, path.length - base.length).replace(/(?<=[^\\/:])[\\/]$/, '');
  return { root, dir, base, ext, name };
};
Object.assign(win32, { win32, posix });
Object.assign(posix, { win32, posix });

export { posix };
export default posix;
