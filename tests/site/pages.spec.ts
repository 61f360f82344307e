import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

const pages = {
  home: { es: '/es/', en: '/en/' },
  map: { es: '/es/days/', en: '/en/days/' },
  'day 1': { es: '/es/days/01-one-turn-of-the-loop/', en: '/en/days/01-one-turn-of-the-loop/' },
  'day 2': { es: '/es/days/02-first-change-in-git/', en: '/en/days/02-first-change-in-git/' },
  progress: { es: '/es/progress/', en: '/en/progress/' },
  'real Node': { es: '/es/real-node/', en: '/en/real-node/' },
  certificate: { es: '/es/certificate/', en: '/en/certificate/' },
  class: { es: '/es/class/', en: '/en/class/' },
  review: { es: '/es/review/', en: '/en/review/' },
  glossary: { es: '/es/glossary/', en: '/en/glossary/' },
  about: { es: '/es/about/', en: '/en/about/' },
} as const;

for (const [name, addresses] of Object.entries(pages)) {
  for (const [language, address] of Object.entries(addresses)) {
    for (const theme of ['light', 'dark'] as const) {
      test(`${name} in ${language}, ${theme}: no violation of accessibility or of its own policy, no request to any other origin`, async ({
        page,
        baseURL,
      }) => {
        const foreign: string[] = [];
        const refused: string[] = [];
        page.on('console', (message) => {
          if (message.text().includes('Content Security Policy')) refused.push(message.text());
        });
        page.on('request', (request) => {
          if (!request.url().startsWith(`${baseURL}/`) && !/^(data|blob):/.test(request.url()))
            foreign.push(request.url());
        });
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        const response = await page.goto(address, { waitUntil: 'networkidle' });
        expect(response?.status()).toBe(200);
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
        expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
        expect(foreign).toEqual([]);
        expect(refused).toEqual([]);
        await expect(page.locator('meta[http-equiv=Content-Security-Policy]')).toHaveCount(1);
      });
    }
    test(`${name} in ${language} can be read and left without any script, and fits 360 px`, async ({
      browser,
      baseURL,
    }) => {
      const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
      const page = await context.newPage();
      await page.goto(`${baseURL}${address}`);
      await expect(page.locator('h1').first()).toBeVisible();
      expect(await page.locator('main a[href], header a[href]').count()).toBeGreaterThan(2);
      await expect(page.locator(`link[rel=alternate][hreflang=${language === 'es' ? 'en' : 'es'}]`)).toHaveCount(1);
      await context.close();
      const narrow = await browser.newPage({ viewport: { width: 360, height: 740 } });
      await narrow.goto(`${baseURL}${address}`);
      expect(await narrow.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      await narrow.close();
    });
  }
}

test('an unknown address says so in both languages and leads back', async ({ page }) => {
  const response = await page.goto('/es/nothing-here/');
  expect(response?.status()).toBe(404);
  await expect(page.locator('a[href="/es/"]').first()).toBeVisible();
});

test('the language switch keeps the day', async ({ page }) => {
  await page.goto('/es/days/02-first-change-in-git/');
  await page.locator('a[hreflang=en], a[lang=en]').first().click();
  await expect(page).toHaveURL(/\/en\/days\/02-first-change-in-git\/$/);
});
