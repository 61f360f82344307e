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
  for (const part of [host.cwd(), ...parts]) {
    if (text(part, 'paths[0]') === '') continue;
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

export function format({ root = '', dir, base, name = '', ext = '' }) {
  const last = base ?? `${name}${ext === '' || ext.startsWith('.') ? ext : `.${ext}`}`;
  if (dir === undefined) return `${root}${last}`;
  return dir === root ? `${dir}${last}` : `${dir}/${last}`;
}

export const toNamespacedPath = (path) => path;

const posix = {
  basename,
  delimiter,
  dirname,
  extname,
  format,
  isAbsolute,
  join,
  normalize,
  parse,
  relative,
  resolve,
  sep,
  toNamespacedPath,
};
posix.posix = posix;

export { posix };
export default posix;
