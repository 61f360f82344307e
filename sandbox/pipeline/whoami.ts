// The program of the image `traefik/whoami`: it answers every request with who it is and what it was asked.
import type { HttpHandler, HttpResponse } from '../machine/index.ts';

export interface Container {
  readonly hostname: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Its own addresses for other things than that: not part of this sandbox. */
const absent = /^\/(?:api|data|echo|bench|upload)(?:\/|$)/;

/** @returns the port at which it listens within its container (80, or what WHOAMI_PORT_NUMBER says), and its answers. */
export function whoami({ hostname, env }: Container): { readonly port: number; readonly answer: HttpHandler } {
  return {
    port: Number(env.WHOAMI_PORT_NUMBER || '80'),
    async answer({ method, target, headers }) {
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
    },
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
