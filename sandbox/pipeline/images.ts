// Programs that stand for the images which people name in `services`: what answers at their port, and their clients within them.
import type { Command, HttpHandler, HttpResponse } from '../machine/index.ts';

/** What a container of the image is given. */
export interface Given {
  readonly hostname: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Image {
  /** The port at which its program listens within its container. */
  readonly port: number | ((env: Given['env']) => number);
  /** Simulated ms from its start until it answers. */
  readonly startMs: number;
  /** Present where it speaks HTTP; a database does not, and takes a connection without a word. */
  readonly http?: (given: Given) => HttpHandler;
  /** Why it ends at once, in its own words. */
  readonly refuses?: (env: Given['env']) => string | undefined;
  /** The programs in it with which a health check asks, by the first words that they know. */
  readonly clients?: Readonly<Record<string, Client>>;
  /** A method that no HTTP client can send: with it the clients of the runner ask whether it is there. */
  readonly greeting?: string;
}

interface Client {
  /** Words of the command line that it answers; all others are refused by name. */
  readonly knows: RegExp;
  readonly up: string;
  readonly down: string;
  readonly downCode: number;
}

const pgIsReady: Client = {
  knows: /^(?!.*--(?:help|version))/,
  up: '{host}:{port} - accepting connections\n',
  down: '{host}:{port} - no response\n',
  downCode: 2,
};
const mysqladmin: Client = {
  knows: /(?:^|\s)ping(?:\s|$)/,
  up: 'mysqld is alive\n',
  down: "mysqladmin: connect to server at '{host}' failed\nerror: 'Can't connect to MySQL server on '{host}:{port}' (111)'\n",
  downCode: 1,
};
const POSTGRES = '\0postgres';
const MYSQL = '\0mysql';

const lacksPassword = ({ POSTGRES_PASSWORD = '', POSTGRES_HOST_AUTH_METHOD: method }: Given['env']) =>
  POSTGRES_PASSWORD !== '' || method === 'trust'
    ? undefined
    : 'Error: Database is uninitialized and superuser password is not specified.';
const lacksRootPassword = (env: Given['env']) =>
  ['ROOT_PASSWORD', 'ALLOW_EMPTY_PASSWORD', 'RANDOM_ROOT_PASSWORD', 'ALLOW_EMPTY_ROOT_PASSWORD'].some(
    (name) => (env[`MYSQL_${name}`] ?? env[`MARIADB_${name}`] ?? '') !== '',
  )
    ? undefined
    : '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified';
const mysql: Image = {
  port: 3306,
  startMs: 9000,
  refuses: lacksRootPassword,
  greeting: MYSQL,
  clients: { mysqladmin },
};

/** By the image's name without its tag, and without the host of Docker Hub. */
export const images: Readonly<Record<string, Image>> = {
  nginx: { port: 80, startMs: 500, http: () => welcome },
  redis: {
    port: 6379,
    startMs: 300,
    greeting: '\0redis',
    clients: {
      'redis-cli': {
        knows: /(?:^|\s)ping(?:\s|$)/i,
        up: 'PONG\n',
        down: 'Could not connect to Redis at {host}:{port}: Connection refused\n',
        downCode: 1,
      },
    },
  },
  postgres: {
    port: 5432,
    startMs: 3500,
    refuses: lacksPassword,
    greeting: POSTGRES,
    clients: { pg_isready: pgIsReady },
  },
  mysql,
  mariadb: {
    ...mysql,
    startMs: 5000,
    clients: {
      mysqladmin,
      'mariadb-admin': mysqladmin,
      'healthcheck.sh': {
        ...mysqladmin,
        knows: /--(?:connect|innodb_initialized)/,
        up: '',
        down: 'healthcheck connect failed\n',
      },
    },
  },
  'traefik/whoami': { port: (env) => Number(env.WHOAMI_PORT_NUMBER || '80'), startMs: 200, http: whoami },
};

/** What ubuntu-latest has of these clients. Beyond asking whether the server is there, all is refused by name. */
export const clientsOfRunner: readonly Command[] = [
  client('pg_isready', pgIsReady, POSTGRES, 5432),
  client(
    'psql',
    {
      knows: /^$/,
      up: '',
      down: 'psql: error: connection to server at "{host}", port {port} failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?\n',
      downCode: 2,
    },
    POSTGRES,
    5432,
  ),
  client('mysqladmin', mysqladmin, MYSQL, 3306),
  client(
    'mysql',
    {
      knows: /^$/,
      up: '',
      down: "ERROR 2003 (HY000): Can't connect to MySQL server on '{host}:{port}' (111)\n",
      downCode: 1,
    },
    MYSQL,
    3306,
  ),
];

/** The clients in a container of the image, which ask their own server where no host is named. */
export const clientsIn = ({ clients = {}, greeting = '', port }: Image): readonly Command[] =>
  Object.entries(clients).map(([name, one]) => client(name, one, greeting, typeof port === 'number' ? port : 0));

function client(name: string, { knows, up, down, downCode }: Client, greeting: string, usual: number): Command {
  return {
    name,
    summary: { es: 'pregunta a un servicio si está', en: 'asks a service whether it is there' },
    async run(args, { machine, env, stdout, stderr }) {
      const value = (flags: readonly string[]): string | undefined => {
        for (const [at, arg] of args.entries())
          for (const flag of flags) {
            if (arg === flag) return args[at + 1];
            if (arg.startsWith(flag.startsWith('--') ? `${flag}=` : flag))
              return arg.slice(flag.length).replace(/^=/, '');
          }
        return undefined;
      };
      const host = value(['-h', '--host', '--hostname']) ?? env.PGHOST ?? 'localhost';
      const port = value([name.startsWith('m') ? '-P' : '-p', '--port']) ?? env.PGPORT ?? String(usual);
      const request = { method: greeting, target: '', headers: {}, body: new Uint8Array() };
      const answer = await machine.network.request(host, Number(port), request);
      const isThere = typeof answer !== 'string' && answer.statusText === greeting;
      const words = (text: string): string => text.replaceAll('{host}', host).replaceAll('{port}', port);
      if (!isThere) {
        (name === 'pg_isready' ? stdout : stderr)(words(down));
        return downCode;
      }
      if (!knows.test(args.join(' '))) {
        stderr(`${name}: '${args.join(' ')}' is not part of this sandbox: the server is there, but keeps no data\n`);
        return downCode;
      }
      stdout(words(up));
      return 0;
    },
  };
}

const welcome: HttpHandler = async ({ method, target }) => {
  const [path] = target.split('?');
  const isIt = path === '/' || path === '/index.html';
  const page = (title: string, more: string): string =>
    `<html>\n<head><title>${title}</title></head>\n<body>\n${more}\n</body>\n</html>\n`;
  const found = page('Welcome to nginx!', '<h1>Welcome to nginx!</h1>');
  const text = isIt ? `<!DOCTYPE html>\n${found}` : page('404 Not Found', '<center><h1>404 Not Found</h1></center>');
  const body = new TextEncoder().encode(text);
  const headers = [
    ['Server', 'nginx/1.27.3'],
    ['Content-Type', 'text/html'],
    ['Content-Length', String(body.length)],
  ] as const;
  const shown = method === 'HEAD' ? new Uint8Array() : body;
  return { status: isIt ? 200 : 404, statusText: isIt ? 'OK' : 'Not Found', headers, body: shown };
};

/** Addresses of whoami for other things than that: not part of this sandbox. */
const absent = /^\/(?:api|data|echo|bench|upload)(?:\/|$)/;

/** It answers every request with who it is and what it was asked. */
function whoami({ hostname, env }: Given): HttpHandler {
  return async ({ method, target, headers }) => {
    const [path = ''] = target.split('?');
    if (absent.test(path)) return plain(501, `whoami: '${path}' is not part of this sandbox\n`);
    if (path === '/health') return plain(200, '');
    const { host = 'localhost', 'user-agent': agent, ...rest } = headers;
    const named = Object.keys(rest).sort();
    const lines = [
      ...(env.WHOAMI_NAME ? [`Name: ${env.WHOAMI_NAME}`] : []),
      `Hostname: ${hostname}`,
      'IP: 127.0.0.1',
      'IP: 172.18.0.2',
      'RemoteAddr: 172.18.0.1:41000',
      // From here on it is the request as Go writes it, with the line ends of HTTP.
      `${method} ${target} HTTP/1.1\r`,
      `Host: ${host}\r`,
      ...(agent === undefined ? [] : [`User-Agent: ${agent}\r`]),
      ...named.map((name) => `${name.replace(/(^|-)[a-z]/g, (part) => part.toUpperCase())}: ${rest[name]}\r`),
      '\r',
    ];
    return plain(200, `${lines.join('\n')}\n`);
  };
}

function plain(status: number, text: string): HttpResponse {
  const body = new TextEncoder().encode(text);
  const headers = [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Length', String(body.length)],
  ] as const;
  return { status, statusText: status === 200 ? 'OK' : 'Not Implemented', headers, body };
}
