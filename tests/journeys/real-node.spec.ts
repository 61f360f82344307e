import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { atPrompt, days, expectShown, openDay, type } from './learner.ts';

test.setTimeout(120_000);

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('.xterm').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

test('where the container never answers, the usual machine comes after ten seconds, with the same files, and says why', async ({
  page,
}) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (!/^(null|http:\/\/127\.0\.0\.1:\d+)$/.test(origin)) foreign.push(origin);
  });
  await page.route('https://stackblitz.com/**', (route) => route.abort());
  await openDay(page, days.en2);
  await type(page, 'echo "from the lesson" > mine.txt');
  await page.waitForTimeout(700);

  await page.goto('/en/real-node/#d02');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect(page.getByLabel('Day')).toHaveValue('d02');
  expect(foreign).toEqual([]);
  const begun = Date.now();
  await page.getByRole('button', { name: 'Begin with real Node' }).press('Enter');
  await expect(page.locator('.told')).toContainText('did not answer within ten seconds', { timeout: 40_000 });
  expect(Date.now() - begun).toBeGreaterThan(9_500);
  expect(new Set(foreign)).toEqual(new Set(['https://stackblitz.com']));
  await atPrompt(page);
  await type(page, 'cat mine.txt', 'echo "from the other page" >> mine.txt');
  await expectShown(page, 'from the lesson');
  await clean(page);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/real-fallback.png`, fullPage: true });
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.locator('.told')).toContainText('Closed');
  await expect(page.locator('#real-node .mount')).toBeHidden();

  // And back in the lesson.
  await openDay(page, days.en2);
  await type(page, 'cat mine.txt');
  await expectShown(page, 'from the other page');
});

test('on a host that does not isolate the page it says so at once, and nothing of another origin is asked for', async ({
  page,
}) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith('https://')) foreign.push(request.url());
  });
  await page.route('**/es/real-node/', async (route) => {
    const response = await route.fetch();
    const { 'cross-origin-embedder-policy': _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/es/real-node/#d03');
  await page.getByRole('button', { name: 'Empezar con Node de verdad' }).click();
  await expect(page.locator('.told')).toContainText('no aísla la página', { timeout: 30_000 });
  await expect(page.locator('#real-node .workbench')).toBeVisible();
  expect(foreign).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await clean(page);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/real-360.png`, fullPage: true });
});

test('a lesson leads to its day with real Node', async ({ page }) => {
  await page.goto(days.es2);
  await page.getByRole('link', { name: 'Con Node de verdad (necesita red)' }).click();
  await expect(page.getByLabel('Día')).toHaveValue('d02');
});
