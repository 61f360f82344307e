import { basename } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { bundleEngine, quickjsWasm } from '../../sandbox/hosts/build/bundle.ts';
import { dayFolders } from '../../sandbox/hosts/build/day.ts';
import type { Manifest } from '../../src/day-assets/format.ts';

/** Bytes as a host that compresses text would send them. */
const sizeOf = (body: Buffer, type: string): number =>
  /font|wasm|image\/(png|jpeg|webp|avif)/.test(type) ? body.length : brotliCompressSync(body).length;

const kB = 1000;

const written = dayFolders().map((folder) => basename(folder));

for (const path of written.flatMap((name) => [`es/days/${name}/`, `en/days/${name}/`])) {
  test(`${path}: before the workbench is wanted, at most 40 kB of script and 120 kB in all`, async ({ page }) => {
    const sizes: { url: string; script: boolean; bytes: number }[] = [];
    page.on('response', async (response) => {
      const type = response.headers()['content-type'] ?? '';
      const bytes = sizeOf(await response.body().catch(() => Buffer.alloc(0)), type);
      sizes.push({ url: response.url(), script: type.includes('javascript'), bytes });
    });
    await page.goto(`/${path}`, { waitUntil: 'networkidle' });
    const sum = (some: typeof sizes): number => some.reduce((total, { bytes }) => total + bytes, 0);
    const inline = await page.locator('script:not([src])').allTextContents();
    const inlineBytes = inline.reduce((total, text) => total + brotliCompressSync(text).length, 0);
    expect(sum(sizes.filter(({ script }) => script)) + inlineBytes).toBeLessThanOrEqual(40 * kB);
    expect(sum(sizes), JSON.stringify(sizes)).toBeLessThanOrEqual(120 * kB);
  });
}

// The whole machine as the day opens, with its checks and its solution: setting it up in the browser would take up to five seconds.
// Compressed as a host does it at each request: somewhat larger than what a host keeps.
test('the state in which a day begins, with its checks, is at most 200 kB', async ({ request }) => {
  const { days } = (await (await request.get('/sandbox/manifest.json')).json()) as Manifest;
  const sizes: Record<string, number> = {};
  for (const [id, { day, checks, solution }] of Object.entries(days)) {
    const bodies = await Promise.all(
      [day, checks, solution].map(async (file) => (await request.get(`/sandbox/${file}`)).body()),
    );
    const quickly = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
    sizes[id] = bodies.reduce((sum, body) => sum + brotliCompressSync(body, quickly).length, 0);
  }
  expect(Object.keys(sizes).length).toBeGreaterThanOrEqual(written.length);
  expect(Object.entries(sizes).filter(([, bytes]) => bytes > 200 * kB)).toEqual([]);
});

const engineBudgets = {
  /** Desk, git, node and npm, with QuickJS. */
  core: 900,
  /** World, hosts, metrics, logs and alerts. */
  production: 150,
  /** `gh` with the REST interface, and the lint of workflows. */
  forge: 60,
  /** Git's rare commands, and the usage of all. */
  git: 60,
  /** Modules of Node that few programs import. */
  node: 30,
  /** Programs that are seldom used. */
  tools: 30,
  /** The parser that takes the types out. */
  typescript: 40,
};

for (const [name, most] of Object.entries(engineBudgets))
  test(`the engine's ${name} is at most ${most} kB`, async () => {
    const { core, parts } = await bundleEngine();
    const sizes: Readonly<Record<string, number>> = {
      core: brotliCompressSync(core.text).length + brotliCompressSync(quickjsWasm().bytes).length,
      ...Object.fromEntries(Object.entries(parts).map(([part, { text }]) => [part, brotliCompressSync(text).length])),
    };
    expect(Object.keys(sizes)).toEqual(Object.keys(engineBudgets));
    expect(sizes[name]).toBeLessThanOrEqual(most * kB);
  });

test('editor, terminal and workbench are at most 1.3 MB', async ({ page }) => {
  await page.goto('/es/days/01-one-turn-of-the-loop/', { waitUntil: 'networkidle' });
  const seen = new Map<string, number>();
  page.on('response', async (response) => {
    const type = response.headers()['content-type'] ?? '';
    // The engine has a budget of its own, on its way from the site and from the frame to its worker.
    if (/\/sandbox\/|^blob:/.test(response.url())) return;
    seen.set(response.url(), sizeOf(await response.body().catch(() => Buffer.alloc(0)), type));
  });
  await page.locator('#bench [data-open-workbench]').click();
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  // Nothing new for a second: all that it loads is there.
  let before = -1;
  await expect
    .poll(
      () => {
        const same = seen.size === before;
        before = seen.size;
        return same;
      },
      { intervals: [1000] },
    )
    .toBe(true);
  expect(seen.size).toBeGreaterThan(2);
  expect([...seen.values()].reduce((total, bytes) => total + bytes, 0)).toBeLessThanOrEqual(1300 * kB);
});
