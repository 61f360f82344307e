// url.parse and what goes with it: URLs as they were read before there was URL.
import { wrongType } from 'node:internal/errors';
import querystring from 'node:querystring';

export function Url() {
  for (const name of 'protocol slashes auth host port hostname hash search query pathname path href'.split(' '))
    this[name] = null;
}
const slashed = /^(https?|ftp|gopher|file|wss?):$/;

export function parse(text, wantsQuery = false, slashesDenoteHost = false) {
  if (text instanceof Url) return text;
  if (typeof text !== 'string') throw wrongType('url', 'of type string', text);
  const url = new Url();
  let rest = text.trim().replace(/^[^?#]*/, (part) => part.replaceAll('\\', '/'));
  const scheme = /^([a-z0-9.+-]+:)/i.exec(rest)?.[1];
  if (scheme !== undefined) {
    url.protocol = scheme.toLowerCase();
    rest = rest.slice(scheme.length);
  }
  if (
    rest.startsWith('//') &&
    (scheme !== undefined || slashesDenoteHost || /^\/\/[^@/]+@[^@/]+/.test(rest)) &&
    url.protocol !== 'javascript:'
  ) {
    url.slashes = true;
    const [, authority] = /^\/\/([^/?#]*)/.exec(rest);
    rest = rest.slice(authority.length + 2);
    const at = authority.lastIndexOf('@');
    if (at >= 0) url.auth = decodeURIComponent(authority.slice(0, at));
    const [, name, port] = /^(.*?)(?::(\d*))?$/.exec(authority.slice(at + 1));
    url.hostname = name.replace(/^\[(.*)\]$/, '$1').toLowerCase();
    if (port) url.port = port;
    url.host = `${name.toLowerCase()}${port ? `:${port}` : ''}`;
  }
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    url.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const mark = rest.indexOf('?');
  if (mark >= 0) {
    url.search = escaped(rest.slice(mark));
    url.query = url.search.slice(1);
    rest = rest.slice(0, mark);
  } else if (wantsQuery) Object.assign(url, { search: null, query: '' });
  if (wantsQuery) url.query = querystring.parse(url.query ?? '');
  if (rest !== '') url.pathname = escaped(rest);
  else if (slashed.test(url.protocol ?? '') && url.hostname) url.pathname = '/';
  if (url.pathname !== null || url.search !== null) url.path = `${url.pathname ?? ''}${url.search ?? ''}`;
  url.href = format(url);
  return url;
}

const escaped = (text) =>
  text.replace(/[ "<>\\^`{|}\t\n']/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

export function format(given) {
  if (typeof given === 'string') return format(parse(given));
  if (typeof given !== 'object' || given === null) throw wrongType('urlObject', 'one of type object or string', given);
  const { auth, hostname, port, query, hash = '', pathname = '' } = given;
  let protocol = given.protocol ?? '';
  if (protocol !== '' && !protocol.endsWith(':')) protocol += ':';
  const user = auth ? `${encodeURIComponent(auth).replace(/%3A/i, ':')}@` : '';
  let host = '';
  if (given.host) host = user + given.host;
  else if (hostname) host = `${user}${hostname.includes(':') ? `[${hostname}]` : hostname}${port ? `:${port}` : ''}`;
  const made = typeof query === 'object' && query !== null ? querystring.stringify(query) : '';
  let search = given.search || (made && `?${made}`) || '';
  if (search !== '' && !search.startsWith('?')) search = `?${search}`;
  let path = pathname ?? '';
  let authority = host;
  if (given.slashes || (slashed.test(protocol) && host !== '')) {
    authority = `//${host}`;
    if (path !== '' && !path.startsWith('/')) path = `/${path}`;
  }
  const fragment = hash && !hash.startsWith('#') ? `#${hash}` : (hash ?? '');
  return `${protocol}${authority}${path.replace(/[?#]/g, encodeURIComponent)}${search.replaceAll('#', '%23')}${fragment ?? ''}`;
}

export function resolve(from, to) {
  const base = new URL(from, 'resolve://resolve.test');
  const found = new URL(to, base);
  if (found.protocol !== 'resolve:') return found.href;
  const { pathname, search, hash } = found;
  const path = `${pathname}${search}${hash}`;
  return from.startsWith('/') || to.startsWith('/') ? path : path.slice(1);
}
