import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';
import { rawText } from '../../sandbox/hosts/build/bundle.ts';

let server: Server;
/** What reached the server, whatever the browser says of it. */
let reached: string[] = [];

test.beforeAll(async () => {
  server = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>a page</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
test.afterAll(() => server.close());

test('a hostile script in the place of the engine reaches neither network, storage nor page', async ({ page }) => {
  const { outputFiles } = await build({
    entryPoints: ['tests/hosts/walls-in-page.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2023',
    plugins: [rawText],
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await page.goto(address);
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
  reached = [];
  const attempts = await page.evaluate(
    (one) => (globalThis as unknown as { tryWalls(address: string): Promise<Record<string, string>> }).tryWalls(one),
    `${address}hit`,
  );
  expect(Object.keys(attempts)).toHaveLength(12);
  expect(Object.entries(attempts).filter(([, outcome]) => outcome === 'reached')).toEqual([]);
  expect(reached).toEqual([]);
});
