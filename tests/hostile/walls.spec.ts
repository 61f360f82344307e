import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'esbuild';
import { rawText } from '../../sandbox/hosts/build/bundle.ts';
import type { Outcomes } from './attempts-of-a-script.ts';

interface InPage {
  fromTheWorker(hit: string): Promise<Outcomes>;
  fromTheFrame(hit: string): Promise<Outcomes>;
  frameAttack(hit: string): string;
  ownScript(): string;
}
/** Runs in the page what in-page.ts put there. */
const call = <N extends keyof InPage>(page: Page, name: N, hit: string): Promise<Awaited<ReturnType<InPage[N]>>> =>
  page.evaluate(([name, hit]) => (globalThis as unknown as InPage)[name as N](hit as string) as never, [name, hit]);

let server: Server;
let udp: Socket;
/** What reached the server, whatever the browser says of it: requests, connections without any, packets. */
let reached: string[] = [];
/** Policy of the page that is served. */
let policy = '';
let script = '';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url !== '/page' && request.url !== '/favicon.ico') reached.push(`${request.method} ${request.url}`);
    response
      .setHeader('Content-Security-Policy', policy)
      .setHeader('Content-Type', 'text/html')
      .end('<!doctype html><title>a page</title><body>');
  });
  server.on('upgrade', ({ url }, socket) => {
    reached.push(`upgrade ${url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  udp = createSocket('udp4', () => reached.push('a packet'));
  await new Promise<void>((resolve) => udp.bind((server.address() as AddressInfo).port, '127.0.0.1', resolve));
  const { outputFiles } = await build({
    entryPoints: ['tests/hostile/in-page.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'esnext',
    plugins: [rawText],
  });
  script = outputFiles[0]?.text ?? '';
});
test.afterAll(() => {
  server.close();
  udp.close();
});

/** A page under the policy of a lesson, which knows one inline script, with something to lose. */
async function openPage(page: Page, inline: 'ownScript' | 'frameAttack'): Promise<string> {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  policy = '';
  await page.goto(`${address}/page`);
  await page.evaluate(script);
  const known = createHash('sha256')
    .update(await call(page, inline, address))
    .digest('base64');
  const lesson = readFileSync('dist/es/days/01-one-turn-of-the-loop/index.html', 'utf8');
  const [, ofLesson = ''] = /http-equiv="content-security-policy" content="([^"]*)"/i.exec(lesson) ?? [];
  expect(ofLesson).toContain("default-src 'none'");
  policy = ofLesson.replace("script-src 'self'", `script-src 'self' 'sha256-${known}'`);
  await page.goto(`${address}/page`);
  await page.evaluate(() => {
    localStorage.setItem('kept', 'yes');
    // biome-ignore lint/suspicious/noDocumentCookie: where the Cookie Store API may not be
    document.cookie = 'kept=yes';
    const heard = ['noventa', 'noventa-progress', 'noventa:progress'].map((name) => new BroadcastChannel(name));
    for (const channel of heard) channel.onmessage = () => localStorage.setItem('kept', 'heard something');
    Object.assign(globalThis, { heard });
  });
  await page.evaluate(script);
  return address;
}

/** @returns what happened to the page itself. */
async function harmTo(page: Page, address: string, during: () => Promise<void>): Promise<readonly string[]> {
  const harm: string[] = [];
  const opened = page.context().pages().length;
  page.on('dialog', (dialog) => {
    harm.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  // The attempts' own promises are told here too, without a place in a script.
  page.on('pageerror', ({ message, stack }) => stack && harm.push(`an error of the page: ${message}`));
  page.on('download', () => harm.push('a download'));
  page.on('framenavigated', (frame) => frame === page.mainFrame() && harm.push(`the page went to ${frame.url()}`));
  reached = [];
  await during();
  harm.push(...reached);
  if (page.context().pages().length !== opened) harm.push('another window');
  if (page.url() !== `${address}/page`) harm.push(`the page is at ${page.url()}`);
  const left = await page.evaluate(async () => ({
    title: document.title,
    kept: localStorage.getItem('kept'),
    cookie: document.cookie,
    name: window.name,
    stored: [...(await indexedDB.databases()).map(({ name }) => name), ...(await caches.keys())],
    elements: document.querySelectorAll('body > :not(iframe)').length,
  }));
  if (
    JSON.stringify(left) !==
    JSON.stringify({ title: 'a page', kept: 'yes', cookie: 'kept=yes', name: '', stored: [], elements: 0 })
  )
    harm.push(`the page became ${JSON.stringify(left)}`);
  return harm;
}

const gains = (outcomes: Outcomes): readonly string[] =>
  Object.keys(outcomes).filter((name) => outcomes[name] === 'got something');

test('a hostile script in the place of the engine gets nothing', async ({ page }) => {
  const address = await openPage(page, 'ownScript');
  let outcomes: Outcomes = {};
  const harm = await harmTo(page, address, async () => {
    outcomes = await call(page, 'fromTheWorker', address);
  });
  expect(harm).toEqual([]);
  expect(gains(outcomes)).toEqual([]);
  expect(Object.keys(outcomes).length).toBeGreaterThanOrEqual(70);
});

test('another script than the frame’s own does not run in its document: the page’s policy knows one', async ({
  page,
}) => {
  const address = await openPage(page, 'ownScript');
  expect(await call(page, 'fromTheFrame', address)).toEqual({});
});

test('even if it ran, it would get nothing but a packet out', async ({ page }) => {
  const address = await openPage(page, 'frameAttack');
  let outcomes: Outcomes = {};
  const harm = await harmTo(page, address, async () => {
    outcomes = await call(page, 'fromTheFrame', address);
  });
  // No engine of a browser has a policy against WebRTC (`webrtc 'block'` of CSP 3 is in none), and workers have no WebRTC: the test before holds this.
  expect(harm.filter((one) => one !== 'a packet')).toEqual([]);
  expect(gains(outcomes).filter((name) => name !== 'a call between browsers')).toEqual([]);
  expect(Object.keys(outcomes).length).toBeGreaterThanOrEqual(100);
});
