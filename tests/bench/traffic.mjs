// What a learner's visits cost a host in bytes and requests, compressed as docs/hosting/nginx.conf would with brotli: the built site
// (`npm run build`) behind a server of its own, in a real browser. `node tests/bench/traffic.mjs`
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from '@playwright/test';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};
const compressed = new Map();

function bodyOf(file) {
  if (!compressed.has(file)) {
    const bytes = readFileSync(file);
    compressed.set(file, extname(file) === '.woff2' ? bytes : brotliCompressSync(bytes));
  }
  return compressed.get(file);
}

let sent = { bytes: 0, requests: 0, unchanged: 0 };
const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
  const file = join('dist', path.endsWith('/') ? `${path}index.html` : path);
  sent.requests += 1;
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || stat.isDirectory()) return response.writeHead(404).end();
  const etag = `"${stat.size}-${stat.mtimeMs}"`;
  const isForEver = /^\/(_astro|sandbox)\//.test(path) && !path.endsWith('manifest.json');
  const headers = {
    ETag: etag,
    'Cache-Control': isForEver ? 'max-age=31536000, immutable' : 'max-age=0, must-revalidate',
  };
  if (request.headers['if-none-match'] === etag) {
    sent.unchanged += 1;
    return response.writeHead(304, headers).end();
  }
  const body = bodyOf(file);
  sent.bytes += body.length;
  if (extname(file) !== '.woff2') headers['Content-Encoding'] = 'br';
  response.writeHead(200, { ...headers, 'Content-Type': types[extname(file)] ?? 'application/octet-stream' }).end(body);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;

const executablePath = process.env.NOVENTA_CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const context = await browser.newContext();
const page = await context.newPage();

/** Runs a visit and prints what went over the wire until two seconds of silence. */
async function visit(name, go) {
  sent = { bytes: 0, requests: 0, unchanged: 0 };
  await go();
  for (let before = -1; before !== sent.requests; ) {
    before = sent.requests;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  console.log(
    `${name.padEnd(44)} ${String(Math.round(sent.bytes / 1000)).padStart(6)} kB  ${String(sent.requests).padStart(4)} requests, ${sent.unchanged} of them unchanged`,
  );
}

const day = (name) => () => page.goto(`${base}/es/days/${name}/`, { waitUntil: 'networkidle' });
const open = async () => {
  await page.locator('#bench [data-open-workbench]').click();
  await page.locator('.monaco-editor').first().waitFor({ timeout: 60_000 });
};
await visit('first visit of a lesson, kept for offline too', day('01-one-turn-of-the-loop'));
await visit('its workbench', open);
await visit('the same lesson again', day('01-one-turn-of-the-loop'));
await visit('its workbench again', open);
await visit('the next day’s lesson', day('02-first-change-in-git'));
await visit('its workbench', open);
await visit('all of lap 1, fetched beforehand', async () => {
  await page.goto(`${base}/es/progress/`, { waitUntil: 'networkidle' });
  await page.locator('[data-keep]').first().click();
});
await visit('a tenth visit, everything kept', day('01-one-turn-of-the-loop'));
await browser.close();
server.close();
