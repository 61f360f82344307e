import { expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { createMachine } from '../../machine/index.ts';
import { CONFIG, readConfig } from './config.ts';
import { nginxFiles } from './index.ts';

function read(site: string) {
  const { files } = createMachine({ kernel: createKernel({ seed: 'nginx' }), language: 'en' });
  files.mkdir('/etc/nginx/conf.d', { recursive: true });
  files.writeFile(CONFIG, nginxFiles[CONFIG] ?? '');
  files.writeFile('/etc/nginx/conf.d/site.conf', site);
  return readConfig(files);
}

test('a server passes on to a group, with what stands around it', () => {
  const config = read(`
    upstream seats { server 127.0.0.1:8081; server 127.0.0.1:8082 backup; } # two
    proxy_read_timeout 5s;
    server {
      listen 80; server_name web-1 www;
      location / { proxy_pass http://seats; proxy_set_header X-By "$host"; }
      location = /ping { return 200 "pong"; }
    }`);
  expect(config).toEqual({
    servers: [
      {
        port: 80,
        names: ['web-1', 'www'],
        locations: [
          {
            path: '/',
            exact: false,
            upstream: [
              { host: '127.0.0.1', port: 8081, backup: false, down: false },
              { host: '127.0.0.1', port: 8082, backup: true, down: false },
            ],
            headers: [['X-By', '$host']],
            connectMs: 60_000,
            readMs: 5000,
          },
          {
            path: '/ping',
            exact: true,
            return: { status: 200, text: 'pong' },
            headers: [],
            connectMs: 60_000,
            readMs: 5000,
          },
        ],
      },
    ],
  });
});

// nginx's own words ("nginx -t"), which stand for its log of errors too.
test.each([
  ['server { lisen 80; }', 'unknown directive "lisen" in /etc/nginx/conf.d/site.conf:1'],
  ['listen 80;', '"listen" directive is not allowed here in /etc/nginx/conf.d/site.conf:1'],
  ['server {\n  listen 80;\n', 'unexpected end of file, expecting "}" in /etc/nginx/conf.d/site.conf:2'],
  ['server { listen 80\n}', 'unexpected "}" in /etc/nginx/conf.d/site.conf:2'],
  ['upstream a { }', 'no servers are inside upstream in /etc/nginx/conf.d/site.conf:1'],
  ['server { location / { proxy_pass seats; } }', 'invalid URL prefix in /etc/nginx/conf.d/site.conf:1'],
  ['server;', 'directive "server" has no opening "{" in /etc/nginx/conf.d/site.conf:1'],
])('%j is refused', (site, problem) => {
  expect(read(site)).toEqual({ problem });
});
