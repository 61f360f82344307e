// A static server, as plain as the simplest host of the site: `node tests/serve.mjs FOLDER PORT`. It compresses nothing; with a
// third word, `gzip`, it sends texts as most hosts do.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { createGzip } from 'node:zlib';

const [folder = 'dist', port = '4390', encoding] = process.argv.slice(2);

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

function fileFor(url) {
  const path = join(folder, normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname)));
  if (!path.startsWith(normalize(folder)) || !existsSync(path)) return undefined;
  if (!statSync(path).isDirectory()) return path;
  const index = join(path, 'index.html');
  return existsSync(index) ? index : undefined;
}

createServer((request, response) => {
  const file = fileFor(request.url ?? '/');
  const served = file ?? join(folder, '404.html');
  const type = types[extname(served)] ?? 'application/octet-stream';
  // As docs/hosting.md wants of a host: this page alone is isolated, for its container.
  const isolation = /\/real-node\//.test(request.url ?? '')
    ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
    : {};
  const packed = encoding === 'gzip' && /text|javascript|json|svg|xml|wasm/.test(type);
  response.writeHead(file === undefined ? 404 : 200, {
    'Content-Type': type,
    ...(packed ? { 'Content-Encoding': 'gzip' } : {}),
    ...isolation,
  });
  if (!existsSync(served)) response.end();
  else if (packed) createReadStream(served).pipe(createGzip()).pipe(response);
  else createReadStream(served).pipe(response);
}).listen(Number(port), '127.0.0.1');
