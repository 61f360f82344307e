// nginx's configuration file, as far as a reverse proxy needs it. Directives of the real nginx that are not here are refused as unknown.
import type { Files } from '../../machine/index.ts';

export const CONFIG = '/etc/nginx/nginx.conf';

export interface Upstream {
  readonly host: string;
  readonly port: number;
  readonly backup: boolean;
  readonly down: boolean;
}

export interface Location {
  readonly path: string;
  readonly exact: boolean;
  /** Name of an upstream, or of one host and port. */
  readonly upstream?: readonly Upstream[];
  readonly return?: { readonly status: number; readonly text: string };
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly connectMs: number;
  readonly readMs: number;
}

export interface Server {
  readonly port: number;
  readonly names: readonly string[];
  readonly locations: readonly Location[];
}

interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block: readonly Directive[] | undefined;
  readonly file: string;
  readonly line: number;
}

/** Thrown by the reader with nginx's own words; `readConfig` gives them. */
class ConfigError extends Error {}

export type Config = { readonly servers: readonly Server[] } | { readonly problem: string };

/** Where each directive may stand. */
const contexts: Readonly<Record<string, readonly string[]>> = {
  user: ['main'],
  worker_processes: ['main'],
  pid: ['main'],
  error_log: ['main', 'http', 'server', 'location'],
  events: ['main'],
  worker_connections: ['events'],
  http: ['main'],
  include: ['main', 'http', 'server', 'location', 'upstream'],
  access_log: ['http', 'server', 'location'],
  default_type: ['http', 'server', 'location'],
  sendfile: ['http', 'server', 'location'],
  keepalive_timeout: ['http', 'server', 'location'],
  upstream: ['http'],
  server: ['http', 'upstream'],
  keepalive: ['upstream'],
  listen: ['server'],
  server_name: ['server'],
  location: ['server'],
  proxy_pass: ['location'],
  proxy_set_header: ['http', 'server', 'location'],
  proxy_connect_timeout: ['http', 'server', 'location'],
  proxy_read_timeout: ['http', 'server', 'location'],
  proxy_http_version: ['http', 'server', 'location'],
  return: ['server', 'location'],
};
const blocks = new Set(['events', 'http', 'upstream', 'location']);

export function readConfig(files: Files, path = CONFIG): Config {
  try {
    if (!files.exists(path)) throw new ConfigError(`open() "${path}" failed (2: No such file or directory)`);
    const main = directivesOf(files, path, 'main');
    const http = main.find(({ name }) => name === 'http')?.block ?? [];
    const upstreams = new Map(
      http.filter(({ name }) => name === 'upstream').map((one) => [one.args[0] ?? '', upstreamOf(one)]),
    );
    const servers = http.filter(({ name }) => name === 'server').map((one) => serverOf(one, http, upstreams));
    return { servers };
  } catch (error) {
    if (error instanceof ConfigError) return { problem: error.message };
    throw error;
  }
}

const placed = (message: string, { file, line }: Pick<Directive, 'file' | 'line'>): ConfigError =>
  new ConfigError(`${message} in ${file}:${line}`);

function directivesOf(files: Files, file: string, context: string, depth = 0): readonly Directive[] {
  if (depth > 5) throw new ConfigError(`too many levels of include in ${file}:1`);
  const tokens = tokensOf(files.readText(file), file);
  let at = 0;
  const body = (context: string, inBlock: boolean): readonly Directive[] => {
    const found: Directive[] = [];
    for (;;) {
      const first = tokens[at];
      if (first === undefined) {
        if (inBlock) throw placed('unexpected end of file, expecting "}"', { file, line: tokens.at(-1)?.line ?? 1 });
        return found;
      }
      if (first.text === '}' && !first.quoted) {
        if (!inBlock) throw placed('unexpected "}"', { file, line: first.line });
        at += 1;
        return found;
      }
      found.push(...directive(context));
    }
  };
  const directive = (context: string): readonly Directive[] => {
    const { text: name = '', line = 1 } = tokens[at++] ?? {};
    const here = { file, line };
    const args: string[] = [];
    for (;;) {
      const token = tokens[at++];
      if (token === undefined) throw placed(`unexpected end of file, expecting ";" or "}"`, here);
      if (token.quoted || !/^[;{}]$/.test(token.text)) {
        args.push(token.text);
        continue;
      }
      if (token.text === '}') throw placed('unexpected "}"', { file, line: token.line });
      const isBlock = token.text === '{';
      if (!Object.hasOwn(contexts, name)) throw placed(`unknown directive "${name}"`, here);
      if (!contexts[name]?.includes(context)) throw placed(`"${name}" directive is not allowed here`, here);
      const wantsBlock = blocks.has(name) || (name === 'server' && context === 'http');
      if (wantsBlock && !isBlock) throw placed(`directive "${name}" has no opening "{"`, here);
      if (!wantsBlock && isBlock) throw placed(`directive "${name}" is not terminated by ";"`, here);
      if (name === 'include') return included(args[0] ?? '', context, here);
      return [{ name, args, block: isBlock ? body(name, true) : undefined, ...here }];
    }
  };
  const included = (pattern: string, context: string, here: { file: string; line: number }): readonly Directive[] => {
    const path = pattern.startsWith('/') ? pattern : `/etc/nginx/${pattern}`;
    const folder = path.slice(0, path.lastIndexOf('/'));
    const last = path.slice(folder.length + 1);
    if (!last.includes('*')) {
      if (!files.exists(path)) throw placed(`open() "${path}" failed (2: No such file or directory)`, here);
      return directivesOf(files, path, context, depth + 1);
    }
    const [start = '', end = ''] = last.split('*');
    const names = files.exists(folder) ? files.list(folder) : [];
    return names
      .filter((name) => name.startsWith(start) && name.endsWith(end) && !name.startsWith('.'))
      .flatMap((name) => directivesOf(files, `${folder}/${name}`, context, depth + 1));
  };
  return body(context, false);
}

interface Token {
  readonly text: string;
  readonly line: number;
  readonly quoted: boolean;
}

function tokensOf(text: string, file: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const letter = text[at] as string;
    if (letter === '\n') line += 1;
    if (/\s/.test(letter)) at += 1;
    else if (letter === '#') while (at < text.length && text[at] !== '\n') at += 1;
    else if (/[;{}]/.test(letter)) {
      tokens.push({ text: letter, line, quoted: false });
      at += 1;
    } else if (letter === '"' || letter === "'") {
      const end = text.indexOf(letter, at + 1);
      if (end < 0) throw placed(`unexpected end of file, expecting "${letter}"`, { file, line });
      tokens.push({ text: text.slice(at + 1, end), line, quoted: true });
      line += text.slice(at, end).split('\n').length - 1;
      at = end + 1;
    } else {
      const start = at;
      while (at < text.length && !/[\s;{}]/.test(text[at] as string)) at += 1;
      tokens.push({ text: text.slice(start, at), line, quoted: false });
    }
  }
  return tokens;
}

function upstreamOf(directive: Directive): readonly Upstream[] {
  const servers = (directive.block ?? []).filter(({ name }) => name === 'server');
  if (servers.length === 0) throw placed('no servers are inside upstream', directive);
  return servers.map((server) => {
    const [address = '', ...flags] = server.args;
    const wrong = flags.find((flag) => !['backup', 'down'].includes(flag));
    if (wrong !== undefined) throw placed(`invalid parameter "${wrong}"`, server);
    return { ...addressOf(address, server), backup: flags.includes('backup'), down: flags.includes('down') };
  });
}

function addressOf(text: string, at: Directive): { readonly host: string; readonly port: number } {
  const [, host = '', port = '80'] = /^([\w.-]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (host === '' || Number(port) > 65_535) throw placed(`invalid port in upstream "${text}"`, at);
  return { host, port: Number(port) };
}

function serverOf(
  directive: Directive,
  http: readonly Directive[],
  upstreams: ReadonlyMap<string, readonly Upstream[]>,
): Server {
  const block = directive.block ?? [];
  const [listen] = block.filter(({ name }) => name === 'listen');
  const [, port] = /^(?:(?:\*|[\d.]+|\[::\]):)?(\d+)$/.exec(listen?.args[0] ?? '80') ?? [];
  if (port === undefined) throw placed(`invalid parameter "${listen?.args[0]}"`, listen ?? directive);
  const names = block.filter(({ name }) => name === 'server_name').flatMap(({ args }) => args);
  const locations = block
    .filter(({ name }) => name === 'location')
    .map((one) => locationOf(one, [http, block], upstreams));
  const returns = block.find(({ name }) => name === 'return');
  const whole = returns && locationOf({ ...returns, args: ['/'], block: [returns] }, [http, block], upstreams);
  return { port: Number(port), names, locations: whole === undefined ? locations : [...locations, whole] };
}

function locationOf(
  directive: Directive,
  around: readonly (readonly Directive[])[],
  upstreams: ReadonlyMap<string, readonly Upstream[]>,
): Location {
  const [first = '', second] = directive.args;
  if (first.startsWith('~') || first === '^~')
    throw placed(`location "${first}" is not part of this sandbox`, directive);
  const block = directive.block ?? [];
  const last = (name: string): Directive | undefined =>
    [block, ...around.toReversed()]
      .map((one) => one.filter((inner) => inner.name === name).at(-1))
      .find((one) => one !== undefined);
  // Headers are inherited only where a level has none of its own (ngx_http_proxy_module, proxy_set_header).
  const headers =
    [block, ...around.toReversed()]
      .map((one) => one.filter(({ name }) => name === 'proxy_set_header'))
      .find((one) => one.length > 0) ?? [];
  const pass = block.find(({ name }) => name === 'proxy_pass');
  const answer = block.find(({ name }) => name === 'return');
  const [, scheme, target = ''] = /^(https?):\/\/([^/]+)\/?$/.exec(pass?.args[0] ?? '') ?? [];
  if (pass !== undefined && scheme === undefined) throw placed('invalid URL prefix', pass);
  if (scheme === 'https') throw placed('"https" in proxy_pass is not part of this sandbox', pass ?? directive);
  const upstream =
    pass === undefined
      ? undefined
      : (upstreams.get(target) ?? [{ ...addressOf(target, pass), backup: false, down: false }]);
  return {
    path: second ?? first,
    exact: first === '=',
    ...(upstream && { upstream }),
    ...(answer && { return: { status: Number(answer.args[0]), text: answer.args[1] ?? '' } }),
    headers: headers.map(({ args: [name = '', value = ''] }) => [name, value] as const),
    connectMs: timeOf(last('proxy_connect_timeout')),
    readMs: timeOf(last('proxy_read_timeout')),
  };
}

/** 60 s where nothing is said. */
function timeOf(directive: Directive | undefined): number {
  if (directive === undefined) return 60_000;
  const [, number, unit = 's'] = /^(\d+)(ms|s|m)?$/.exec(directive.args[0] ?? '') ?? [];
  if (number === undefined) throw placed(`"${directive.name}" directive invalid value`, directive);
  return Number(number) * ({ ms: 1, s: 1000, m: 60_000 }[unit] ?? 1000);
}
