// URL and URLSearchParams. Source of the rules: the URL Standard (WHATWG), for http, https, ws, wss, ftp and file; other schemes are kept as they are.
import { define, nodeError, wrongType } from 'node:internal/errors';
import { host } from 'node:internal/host';
import { custom, inspect } from 'node:internal/inspect';

const ports = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21', 'file:': '' };

/** @param others what does not stay as it is */
const encode = (text, others) => text.replace(others, percent);
const percent = (character) =>
  [...new Uint8Array(host.encode(character))]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
const notInPath = /[^!$%&'()*+,\-./0-9:;=@A-Z[\]_a-z|~\\]/gu;
const notInQuery = /[^!$%&()*+,\-./0-9:;=?@A-Z[\\\]^_`a-z{|}~]/gu;
const notInFragment = /[^!#$%&'()*+,\-./0-9:;=?@A-Z[\\\]^_a-z{|}~]/gu;
const notInUser = /[^!$%&'()*+,\-.0-9A-Z_a-z~]/gu;

/** Goes through the pairs as they are by then. */
class Walk {
  #pairs;
  #pick;
  #at = 0;
  constructor(pairs, pick) {
    this.#pairs = pairs;
    this.#pick = pick;
  }
  next() {
    const pair = this.#pairs()[this.#at++];
    return pair === undefined ? { value: undefined, done: true } : { value: this.#pick(pair), done: false };
  }
  [Symbol.iterator]() {
    return this;
  }
  get [Symbol.toStringTag]() {
    return 'URLSearchParams Iterator';
  }
  [custom](_, options) {
    const left = this.#pairs().slice(this.#at).map(this.#pick);
    return left.length === 0
      ? 'URLSearchParams Iterator {  }'
      : `URLSearchParams Iterator ${inspect(left, options).replace(/^\[([\s\S]*)\]$/, '{$1}')}`;
  }
}

export class URLSearchParams {
  #pairs = [];
  #changed;
  constructor(init = '', changed = () => {}) {
    this.#changed = changed;
    if (typeof init === 'object' && init !== null) {
      const pairs = typeof init[Symbol.iterator] === 'function' ? [...init] : Object.entries(init);
      for (const pair of pairs)
        if (pair?.length !== 2 || typeof pair !== 'object')
          throw nodeError(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
      this.#pairs = pairs.map(([name, value]) => [String(name), String(value)]);
    } else this.#pairs = parseQuery(String(init ?? ''));
  }
  get size() {
    return this.#pairs.length;
  }
  append(...args) {
    const [name, value] = pairOf(args);
    this.#pairs.push([String(name), String(value)]);
    this.#changed(this);
  }
  delete(name, value) {
    this.#pairs = this.#pairs.filter(([key, item]) => key !== name || (value !== undefined && item !== value));
    this.#changed(this);
  }
  get(name) {
    return this.#pairs.find(([key]) => key === String(name))?.[1] ?? null;
  }
  getAll(name) {
    return this.#pairs.filter(([key]) => key === String(name)).map(([, value]) => value);
  }
  has(name, value) {
    return this.#pairs.some(([key, item]) => key === String(name) && (value === undefined || item === value));
  }
  set(...args) {
    const [name, value] = pairOf(args);
    const index = this.#pairs.findIndex(([key]) => key === String(name));
    if (index < 0) return this.append(name, value);
    this.#pairs = this.#pairs.filter(([key], at) => at <= index || key !== String(name));
    this.#pairs[index] = [String(name), String(value)];
    this.#changed(this);
  }
  sort() {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#changed(this);
  }
  forEach(action) {
    for (const [name, value] of this.#pairs) action(value, name, this);
  }
  entries() {
    return new Walk(
      () => this.#pairs,
      ([name, value]) => [name, value],
    );
  }
  keys() {
    return new Walk(
      () => this.#pairs,
      ([name]) => name,
    );
  }
  values() {
    return new Walk(
      () => this.#pairs,
      ([, value]) => value,
    );
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  toString() {
    const form = (text) => encode(text, /[^*\-.0-9A-Z_a-z ]/gu).replaceAll(' ', '+');
    return this.#pairs.map(([name, value]) => `${form(name)}=${form(value)}`).join('&');
  }
  [custom](_depth, options) {
    if (this.#pairs.length === 0) return 'URLSearchParams {}';
    return `URLSearchParams { ${this.#pairs.map(([name, value]) => `${inspect(name, options)} => ${inspect(value, options)}`).join(', ')} }`;
  }
}

function pairOf(args) {
  if (args.length < 2)
    throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "name" and "value" arguments must be specified');
  return args;
}

function parseQuery(text) {
  const decode = (part) => decodePercent(part.replaceAll('+', ' '));
  return text
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
    });
}

/** Percent escapes as UTF-8; what is no escape stays. */
function decodePercent(text) {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    const bytes = run.match(/[0-9a-f]{2}/gi).map((pair) => Number.parseInt(pair, 16));
    return host.decode(Uint8Array.from(bytes).buffer, false, true);
  });
}

function invalid(input, base) {
  // It is made in C++: its code is no part of its head.
  const error = Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' });
  return Object.assign(error, base === undefined ? { input } : { input, base });
}

function cleanPath(path) {
  if (!/\\|\/(?:\.|%2e)/i.test(path)) return encode(path, notInPath);
  const parts = [];
  const segments = path.replaceAll('\\', '/').split('/').slice(1);
  segments.forEach((segment, index) => {
    const plain = segment.replaceAll(/%2e/gi, '.');
    const last = index === segments.length - 1;
    if (plain === '..') {
      parts.pop();
      if (last) parts.push('');
    } else if (plain === '.') {
      if (last) parts.push('');
    } else parts.push(encode(segment, notInPath));
  });
  return `/${parts.join('/')}`;
}

function parseHost(text, fail) {
  if (/^\[[0-9a-f:.]+\]$/i.test(text)) return text.toLowerCase();
  const plain = decodePercent(text).toLowerCase();
  const name = /[^\0-\x7f]/.test(plain) ? host.domainToASCII(plain) : plain;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: forbidden host code points
  if (name === '' || /[\u0000-\u0020#/:<>?@[\\\]^|%\u007f]/.test(name)) throw fail();
  if (/^\d+(\.\d+){3}$/.test(name) && name.split('.').some((part) => Number(part) > 255)) throw fail();
  return name;
}

function parse(input, base, fail) {
  const text = input.trim().replace(/[\t\n\r]/g, '');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    if (base === undefined) throw fail();
    return relative(text, base);
  }
  const protocol = `${scheme}:`;
  const rest = text.slice(protocol.length);
  const parts = { protocol, username: '', password: '', hostname: '', port: '', pathname: '', search: '', hash: '' };
  if (ports[protocol] === undefined && !rest.startsWith('//')) {
    const [, path, query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(rest);
    return { ...parts, pathname: path, search: query === '?' ? '' : query, hash: fragment === '#' ? '' : fragment };
  }
  const special = ports[protocol] !== undefined;
  const body = special
    ? rest.replace(/^[/\\]*/, protocol === 'file:' ? (slashes) => slashes.slice(2) : '')
    : rest.slice(2);
  const [, authority, path, query = '', fragment = ''] = /^([^/\\?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(body);
  const [, , user, , password = '', server] = /^(([^:@]*)(:([^@]*))?@)?(.*)$/s
    .exec(authority)
    .map((part) => part ?? '');
  const [, name, port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(server) ?? [];
  if (name === undefined || Number(port) > 65535) throw fail();
  if (protocol !== 'file:') parts.hostname = special ? parseHost(name, fail) : name;
  return {
    ...parts,
    username: encode(user, notInUser),
    password: encode(password, notInUser),
    port: port === '' || String(Number(port)) === ports[protocol] ? '' : String(Number(port)),
    pathname: special || path !== '' ? cleanPath(path === '' ? '/' : path) : '',
    search: searchOf(query),
    hash: hashOf(fragment),
  };
}

const searchOf = (text) => (text.length > 1 ? `?${encode(text.replace(/^\?/, ''), notInQuery)}` : '');
const hashOf = (text) => (text.length > 1 ? `#${encode(text.replace(/^#/, ''), notInFragment)}` : '');

function relative(text, base) {
  const [, path, query, fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(text);
  if (/^[/\\]{2}/.test(path)) return parse(`${base.protocol}${text}`, undefined, () => invalid(text));
  const folder = base.pathname.slice(0, base.pathname.lastIndexOf('/') + 1);
  const pathname = path === '' ? base.pathname : cleanPath(/^[/\\]/.test(path) ? path : `${folder}${path}`);
  const search = query !== undefined ? searchOf(query) : path === '' ? base.search : '';
  return { ...base, pathname, search, hash: hashOf(fragment) };
}

export class URL {
  #parts;
  #params;
  constructor(...args) {
    const [input, base] = args;
    if (args.length === 0) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "url" argument must be specified');
    const text = String(input);
    const fail = () => invalid(text, base === undefined ? undefined : String(base));
    this.#parts = parse(text, base === undefined ? undefined : URL.#partsOf(base, fail), fail);
  }
  /** A service reads each address from the same base. */
  static #lastBase = { text: undefined, parts: undefined };
  static #partsOf(base, fail) {
    const text = String(base);
    if (URL.#lastBase.text !== text) URL.#lastBase = { text, parts: parse(text, undefined, fail) };
    return URL.#lastBase.parts;
  }
  #newParams() {
    return new URLSearchParams(this.#parts.search, (params) => {
      const text = params.toString();
      this.#parts = { ...this.#parts, search: text === '' ? '' : `?${text}` };
    });
  }
  static canParse(input, base) {
    return URL.parse(input, base) !== null;
  }
  static parse(input, base) {
    try {
      return new URL(input, base);
    } catch {
      return null;
    }
  }
  get href() {
    const { protocol, username, password, pathname, search, hash } = this.#parts;
    const user = username === '' && password === '' ? '' : `${username}${password === '' ? '' : `:${password}`}@`;
    const authority = this.#parts.hostname !== '' || protocol === 'file:' ? `//${user}${this.host}` : '';
    return `${protocol}${authority}${pathname}${search}${hash}`;
  }
  get origin() {
    const { protocol } = this.#parts;
    return ports[protocol] === undefined || protocol === 'file:' ? 'null' : `${protocol}//${this.host}`;
  }
  get protocol() {
    return this.#parts.protocol;
  }
  get username() {
    return this.#parts.username;
  }
  get password() {
    return this.#parts.password;
  }
  get host() {
    const { hostname, port } = this.#parts;
    return port === '' ? hostname : `${hostname}:${port}`;
  }
  get hostname() {
    return this.#parts.hostname;
  }
  get port() {
    return this.#parts.port;
  }
  get pathname() {
    return this.#parts.pathname;
  }
  get search() {
    return this.#parts.search;
  }
  get searchParams() {
    this.#params ??= this.#newParams();
    return this.#params;
  }
  get hash() {
    return this.#parts.hash;
  }
  set href(text) {
    const fail = () => invalid(`${text}`);
    this.#parts = parse(`${text}`, undefined, fail);
    this.#params = undefined;
  }
  set protocol(text) {
    const protocol = `${`${text}`.replace(/:.*$/s, '').toLowerCase()}:`;
    if ((ports[protocol] === undefined) === (ports[this.protocol] === undefined))
      this.#parts = { ...this.#parts, protocol, port: this.port === ports[protocol] ? '' : this.port };
  }
  set username(text) {
    if (this.hostname !== '') this.#parts = { ...this.#parts, username: encode(`${text}`, notInUser) };
  }
  set password(text) {
    if (this.hostname !== '') this.#parts = { ...this.#parts, password: encode(`${text}`, notInUser) };
  }
  set host(text) {
    const [, name, port] = /^([^/?#]*?)(?::(\d*))?(?:[/?#].*)?$/s.exec(`${text}`) ?? [];
    if (!name) return;
    this.hostname = name;
    if (port !== undefined && port !== '') this.port = port;
  }
  set pathname(path) {
    this.#parts = {
      ...this.#parts,
      pathname: cleanPath(`${path}`.startsWith('/') ? `${path}` : `/${path}`).replace(/[?#]/g, percent),
    };
  }
  set search(text) {
    this.#parts = { ...this.#parts, search: searchOf(text === '' ? '' : `?${String(text).replace(/^\?/, '')}`) };
    this.#params = undefined;
  }
  set hash(text) {
    this.#parts = { ...this.#parts, hash: hashOf(text === '' ? '' : `#${String(text).replace(/^#/, '')}`) };
  }
  set port(value) {
    const port = /^\d*/.exec(String(value))[0];
    if ((port === '' && value !== '') || Number(port) > 65535) return;
    const plain = port === '' ? '' : String(Number(port));
    this.#parts = { ...this.#parts, port: plain === ports[this.protocol] ? '' : plain };
  }
  set hostname(name) {
    try {
      this.#parts = {
        ...this.#parts,
        hostname: parseHost(String(name).replace(/[:/?#].*$/s, ''), () => invalid(name)),
      };
    } catch {
      // What is no host changes nothing.
    }
  }
  toString() {
    return this.href;
  }
  toJSON() {
    return this.href;
  }
  [custom](depth, options) {
    const {
      href,
      origin,
      protocol,
      username,
      password,
      host: server,
      hostname,
      port,
      pathname,
      search,
      searchParams,
      hash,
    } = this;
    const shown = {
      href,
      origin,
      protocol,
      username,
      password,
      host: server,
      hostname,
      port,
      pathname,
      search,
      searchParams,
      hash,
    };
    return depth < 0 ? '[URL]' : `URL ${inspect(shown, options)}`;
  }
}

export function fileURLToPath(url) {
  const parsed = typeof url === 'string' ? new URL(url) : url;
  if (!(parsed instanceof URL)) throw wrongType('path', 'of type string or an instance of URL', url);
  if (parsed.protocol !== 'file:')
    throw nodeError(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  if (parsed.hostname !== '')
    throw nodeError(TypeError, 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  if (/%2f/i.test(parsed.pathname))
    throw nodeError(TypeError, 'ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters');
  return decodePercent(parsed.pathname);
}

export function pathToFileURL(path) {
  if (typeof path !== 'string') throw wrongType('path', 'of type string', path);
  const absolute = path.startsWith('/') ? path : `${host.cwd()}/${path}`;
  return new URL(`file://${absolute.replaceAll('%', '%25').replaceAll('?', '%3F').replaceAll('#', '%23')}`);
}

const old = () => host.importNow('node:internal/url-parse');
export function format(url, { auth = true, fragment = true, search = true, unicode = false } = {}) {
  if (!(url instanceof URL)) return old().format(url);
  const copy = new URL(url);
  if (!auth) Object.assign(copy, { username: '', password: '' });
  if (!fragment) copy.hash = '';
  if (!search) copy.search = '';
  return unicode ? copy.href : copy.href;
}

let warned = false;

/** As before there was URL; Node warns of it once. */
export function parseOld(...args) {
  if (!warned)
    globalThis.process.emitWarning(
      '`url.parse()` behavior is not standardized and prone to errors that have security implications. Use the WHATWG URL API instead. CVEs are not issued for `url.parse()` vulnerabilities.',
      'DeprecationWarning',
      'DEP0169',
    );
  warned = true;
  return old().parse(...args);
}
define(parseOld, 'name', 'parse');
export const resolve = (from, to) => old().resolve(from, to);
export const resolveObject = (from, to) => old().parse(old().resolve(from, to));
export const domainToASCII = (name) => URL.parse(`http://${name}`)?.hostname ?? '';
export const domainToUnicode = (name) => name;
export function urlToHttpOptions(url) {
  const { protocol, hostname, hash, search, pathname, href, port, username, password } = url;
  return {
    __proto__: null,
    ...url,
    protocol,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    hash,
    search,
    pathname,
    path: `${pathname}${search}`,
    href,
    ...(port === '' ? {} : { port: Number(port) }),
    ...(username === '' && password === '' ? {} : { auth: `${decodePercent(username)}:${decodePercent(password)}` }),
  };
}
export { parseOld as parse };

export default {
  parse: parseOld,
  resolve,
  resolveObject,
  format,
  URL,
  URLSearchParams,
  domainToASCII,
  domainToUnicode,
  pathToFileURL,
  fileURLToPath,
  urlToHttpOptions,
};
