import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { writeServiceWorker } from '../../src/offline/build.ts';
import { checkAll, commands, days, openDay, solution, type, write } from '../journeys/learner.ts';

/** A copy of the built site on a port of its own, which a test may change. */
async function serveCopy() {
  const folder = mkdtempSync(join(tmpdir(), 'noventa-offline-'));
  cpSync('dist', folder, { recursive: true });
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
  const server = spawn('node', ['tests/serve.mjs', folder, String(port)], { stdio: 'ignore' });
  const base = `http://127.0.0.1:${port}`;
  await expect
    .poll(() =>
      fetch(base).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
  return {
    base,
    folder,
    end() {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

test.setTimeout(120_000);

let site: Awaited<ReturnType<typeof serveCopy>>;
test.beforeEach(async () => {
  site = await serveCopy();
});
test.afterEach(() => site.end());

/** How many files are kept. */
const kept = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    if (!(await caches.has('noventa-offline'))) return 0;
    return (await (await caches.open('noventa-offline')).keys()).length;
  });

/** Waits until no more is being kept. */
async function settled(page: Page): Promise<void> {
  let before = -1;
  await expect
    .poll(
      async () => {
        const now = await kept(page);
        const same = now === before && now > 0;
        before = now;
        return same;
      },
      { intervals: [1000], timeout: 30_000 },
    )
    .toBe(true);
}

test('after one visit a day is done from start to end without a network, reloads included', async ({
  page,
  context,
}) => {
  await page.goto(`${site.base}/es/days/`);
  await openDay(page, site.base + days.es1);
  await settled(page);
  await context.setOffline(true);
  await page.reload();
  await openDay(page, site.base + days.es1);
  await write(page, 'plan.yaml', solution('01-one-turn-of-the-loop', 'plan.yaml'));
  await type(page, ...commands('01-one-turn-of-the-loop'));
  await checkAll(page);
  await page.goto(`${site.base}/es/days/`);
  await expect(page.locator('[data-day=d01] .state').first()).toHaveAttribute('data-state', 'done');
});

test('a lap is fetched beforehand, said so, and taken away again; the learner’s work is not', async ({
  page,
  context,
}) => {
  await page.goto(`${site.base}/en/progress/`);
  await expect(page.locator('#offline .state')).toContainText('Available offline: 0 of', { timeout: 20_000 });
  await page.getByRole('button', { name: /Fetch lap 1/ }).click();
  await expect(page.locator('#offline .state')).toHaveText(/Available offline: (\d+) of \1 days/, { timeout: 60_000 });
  await context.setOffline(true);
  await openDay(page, site.base + days.en2);
  await type(page, 'echo kept > note.txt');
  await context.setOffline(false);

  await page.goto(`${site.base}/en/progress/`);
  await page.getByRole('button', { name: 'Switch off' }).click();
  await expect(page.locator('#offline .state')).toContainText('Nothing is kept');
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  // Everything works without it.
  await openDay(page, site.base + days.en2);
  await type(page, 'cat note.txt');
  await expect(page.locator('.xterm-rows').first()).toContainText('kept');
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});

test('a new version is kept whole before it is offered, between steps only, and taken when the learner says so', async ({
  page,
}) => {
  await page.goto(site.base + days.en1);
  await settled(page);
  const path = join(site.folder, days.en1, 'index.html');
  writeFileSync(path, readFileSync(path, 'utf8').replace('One turn of the loop</h1>', 'One new turn of the loop</h1>'));
  await writeServiceWorker(site.folder, '/');
  await page.reload();
  await expect(page.locator('h1')).toHaveText('One turn of the loop');
  const offer = page.getByRole('button', { name: 'Use it now' });
  await expect(offer).toBeVisible({ timeout: 20_000 });
  await page.locator('#bench [data-open-workbench]').click();
  await expect(offer).toBeHidden();
  await page.reload();
  await offer.click();
  await expect(page.locator('h1')).toHaveText('One new turn of the loop', { timeout: 20_000 });
});
