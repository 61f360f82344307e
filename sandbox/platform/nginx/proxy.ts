// What a running nginx answers: it passes requests on to the servers that its configuration names.
import type { HttpRequest, HttpResponse, Machine, NetworkFailure } from '../../machine/index.ts';
import { respond } from '../http.ts';
import type { Location, Server, Upstream } from './config.ts';

/** ngx_http_upstream_module: after `max_fails=1` failure a server is left out for `fail_timeout=10s`. */
const FAIL_TIMEOUT = 10_000;

export interface Proxy {
  answer(port: number, request: HttpRequest): Promise<HttpResponse | NetworkFailure>;
}

/** @param complain writes a line of the error log. */
export function createProxy(
  machine: Machine,
  servers: () => readonly Server[],
  complain: (message: string) => void,
): Proxy {
  const { kernel, network } = machine;
  /** Whose turn it is, by the names of the group; and servers that failed, until when. */
  const turns = new Map<string, number>();
  const failed = new Map<string, number>();
  const nameOf = ({ host, port }: Upstream): string => `${host}:${port}`;

  /** Round robin over those that are well; when none is, all are tried again. */
  function orderOf(upstream: readonly Upstream[]): readonly Upstream[] {
    const usable = upstream.filter(({ down }) => !down);
    const isWell = (one: Upstream): boolean => (failed.get(nameOf(one)) ?? 0) <= kernel.now();
    const primary = usable.filter((one) => !one.backup && isWell(one));
    const backups = usable.filter((one) => one.backup && isWell(one));
    const key = upstream.map(nameOf).join();
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    const start = primary.length === 0 ? 0 : turn % primary.length;
    const order = [...primary.slice(start), ...primary.slice(0, start), ...backups];
    return order.length > 0 ? order : usable;
  }

  /** Connections so far: the error log numbers them. */
  let connections = 0;

  async function pass(server: Server, location: Location, request: HttpRequest): Promise<HttpResponse> {
    const connection = ++connections;
    let last: NetworkFailure = 'ECONNREFUSED';
    const upstream = location.upstream ?? [];
    for (const one of orderOf(upstream)) {
      const headers = headersFor(location, request, one);
      const answer = await within(location.readMs, network.request(one.host, one.port, { ...request, headers }));
      if (typeof answer !== 'string') return { ...answer, headers: passedOn(answer.headers) };
      last = answer;
      if (upstream.length > 1) failed.set(nameOf(one), kernel.now() + FAIL_TIMEOUT);
      complain(
        `*${connection} ${reasons[answer]} while ${answer === 'ECONNREFUSED' ? 'connecting to' : 'reading response header from'} upstream, client: ${CLIENT}, server: ${server.names[0] ?? ''}, request: "${request.method} ${request.target} HTTP/1.1", upstream: "http://${nameOf(one)}${request.target}", host: "${request.headers.host ?? ''}"`,
      );
      // What is not idempotent is not sent twice once it has been sent (proxy_next_upstream).
      if (answer !== 'ECONNREFUSED' && !['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'].includes(request.method)) break;
    }
    return last === 'ETIMEDOUT' ? page(504) : page(502);
  }

  /** The answer, or that none came in time. */
  function within(ms: number, answer: Promise<HttpResponse | NetworkFailure>): Promise<HttpResponse | NetworkFailure> {
    return new Promise((resolve, reject) => {
      const cancel = kernel.schedule(ms, () => resolve('ETIMEDOUT'));
      answer.then((given) => {
        cancel();
        resolve(given);
      }, reject);
    });
  }

  return {
    async answer(port, request) {
      const own = servers().filter((server) => server.port === port);
      const host = (request.headers.host ?? '').split(':')[0] ?? '';
      const server = own.find(({ names }) => names.includes(host)) ?? own[0];
      if (server === undefined) return 'ECONNREFUSED';
      const location = locationFor(server, request.target.split('?')[0] ?? '/');
      if (location?.upstream !== undefined) return pass(server, location, request);
      if (location?.return !== undefined)
        return respond(location.return.status, 'text/plain', location.return.text, SERVER);
      return page(404);
    },
  };
}

/** Whoever calls comes through the company's router. */
const CLIENT = '10.0.0.1';
const SERVER = { Server: 'nginx/1.22.1' } as const;

const reasons: Readonly<Record<NetworkFailure, string>> = {
  ECONNREFUSED: 'connect() failed (111: Connection refused)',
  ECONNRESET: 'upstream prematurely closed connection',
  ENOTFOUND: 'host not found in upstream',
  ETIMEDOUT: 'upstream timed out (110: Connection timed out)',
};

/** `location =` first, then the longest prefix (ngx_http_core_module, location). */
function locationFor({ locations }: Server, path: string): Location | undefined {
  const exact = locations.find((one) => one.exact && one.path === path);
  const prefixes = locations.filter((one) => !one.exact && path.startsWith(one.path));
  return exact ?? prefixes.sort((a, b) => b.path.length - a.path.length)[0];
}

function headersFor(
  { headers }: Location,
  request: HttpRequest,
  { host, port }: Upstream,
): Readonly<Record<string, string>> {
  const own: Record<string, string> = { ...request.headers, host: `${host}:${port}`, connection: 'close' };
  const variables: Readonly<Record<string, string>> = {
    host: (request.headers.host ?? host).split(':')[0] ?? '',
    http_host: request.headers.host ?? '',
    proxy_host: `${host}:${port}`,
    scheme: 'http',
    remote_addr: CLIENT,
    proxy_add_x_forwarded_for: CLIENT,
  };
  for (const [name, value] of headers) {
    const text = value.replace(/\$(\w+)/g, (_, variable: string) => variables[variable] ?? '');
    if (text === '') delete own[name.toLowerCase()];
    else own[name.toLowerCase()] = text;
  }
  return own;
}

/** The connection is nginx's own, and so is its name. */
function passedOn(headers: HttpResponse['headers']): HttpResponse['headers'] {
  const kept = headers.filter(([name]) => !['connection', 'keep-alive', 'server'].includes(name.toLowerCase()));
  return [['Server', SERVER.Server], ...kept, ['Connection', 'keep-alive']];
}

const titles: Readonly<Record<number, string>> = { 404: 'Not Found', 502: 'Bad Gateway', 504: 'Gateway Time-out' };

function page(status: number): HttpResponse {
  const title = `${status} ${titles[status]}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>${SERVER.Server}</center>\r\n</body>\r\n</html>\r\n`;
  return respond(status, 'text/html', body, SERVER);
}
