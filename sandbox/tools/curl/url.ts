/** An address as curl understands it. */
export interface Url {
  readonly scheme: string;
  readonly user?: string;
  readonly host: string;
  readonly port: number;
  /** Whether the port has to be named in the Host header. */
  readonly hasPort: boolean;
  /** Path and query as they are sent. */
  readonly target: string;
}

export type UrlProblem = { readonly exitCode: 1 | 3; readonly message: string };

const malformed: UrlProblem = { exitCode: 3, message: 'URL using bad/illegal format or missing URL' };

/** Reads an address; without a scheme it is http. Dots in the path are resolved, what is not ASCII is escaped. */
export function parseUrl(text: string): Url | UrlProblem {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: curl refuses control characters and spaces
  if (text === '' || /[\u0000-\u0020\u007f]/.test(text)) return malformed;
  const [, scheme = 'http', rest = ''] = /^(?:([a-zA-Z][\w+.-]*):\/\/)?(.*)$/s.exec(text) ?? [];
  const lower = scheme.toLowerCase();
  if (lower !== 'http' && lower !== 'https') {
    return { exitCode: 1, message: `Protocol "${lower}" not supported or disabled in libcurl` };
  }
  const [, authority = '', path = '', query = ''] = /^([^/?#]*)([^?#]*)(\?[^#]*)?/.exec(rest) ?? [];
  const at = authority.lastIndexOf('@');
  const server = authority.slice(at + 1);
  const [, host, port = ''] = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]+)(?::(\d*))?$/.exec(server) ?? [];
  if (host === undefined || Number(port) > 65_535) return malformed;
  return {
    scheme: lower,
    ...(at < 0 ? {} : { user: authority.slice(0, at) }),
    host: host.toLowerCase(),
    port: port === '' ? (lower === 'https' ? 443 : 80) : Number(port),
    hasPort: port !== '' && Number(port) !== (lower === 'https' ? 443 : 80),
    target: `${escaped(withoutDots(path === '' ? '/' : path))}${escaped(query)}`,
  };
}

/** The address that a Location header names, seen from the one that was asked. */
export function follow(from: Url, location: string): string {
  if (/^[a-zA-Z][\w+.-]*:\/\//.test(location)) return location;
  if (location.startsWith('//')) return `${from.scheme}:${location}`;
  const origin = `${from.scheme}://${hostOf(from)}`;
  if (location.startsWith('/')) return `${origin}${location}`;
  const path = from.target.replace(/\?.*$/s, '');
  return location.startsWith('?')
    ? `${origin}${path}${location}`
    : `${origin}${path.slice(0, path.lastIndexOf('/') + 1)}${location}`;
}

export function hostOf({ host, port, hasPort }: Url): string {
  return hasPort ? `${host}:${port}` : host;
}

function withoutDots(path: string): string {
  const parts: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    if (segment === '..') parts.pop();
    else if (segment !== '.') parts.push(segment);
    if ((segment === '.' || segment === '..') && index === segments.length - 1) parts.push('');
  }
  return `/${parts.join('/')}`;
}

function escaped(text: string): string {
  let result = '';
  for (const byte of new TextEncoder().encode(text)) {
    result += byte < 128 ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`;
  }
  return result;
}
