import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { ProgressEvent } from '../../src/progress/contract.ts';
import { writeFile } from '../../src/progress/file.ts';
import { recordOf } from '../../src/progress/record.ts';

/** A Thursday at noon. */
const now = new Date(2026, 9, 15, 12);
const daysAgo = (days: number, event: ProgressEvent) => recordOf(event, new Date(2026, 9, 15 - days, 10).getTime());
const step = (days: number) => daysAgo(days, { type: 'StepPassed', day: 'd02', step: 'd02-s1' });

/** Last week full, three days of this one, day 1 done ten days ago. */
const records = [daysAgo(10, { type: 'DayPassed', day: 'd01' }), ...[10, 9, 8, 7, 6, 3, 2, 1].map(step)];

for (const [language, theme] of [
  ['es', 'light'],
  ['en', 'dark'],
] as const) {
  test(`progress in ${language}, ${theme}: weeks, streak, skills, time and what is due, as table and as CSV`, async ({
    page,
  }) => {
    await page.clock.setFixedTime(now);
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize(theme === 'dark' ? { width: 360, height: 800 } : { width: 1440, height: 900 });
    await page.goto(`/${language}/progress/`, { waitUntil: 'networkidle' });
    const buffer = Buffer.from(writeFile({ records, drafts: [] }));
    await page
      .locator('#copy input[type=file]')
      .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer });
    const overview = page.locator('#overview');
    await expect(overview.locator('.big')).toContainText({ es: '3 de 5', en: '3 of 5' }[language]);
    await expect(overview).toContainText({ es: 'Semanas seguidas: 1.', en: 'Weeks in a row: 1.' }[language]);
    await expect(overview.locator('td[data-kind=learned]')).toHaveCount(8);
    await expect(overview.locator('td[data-kind=ahead]')).toHaveCount(3);
    await expect(overview).toContainText({ es: 'Para repasar hoy: 5.', en: 'Due for review today: 5.' }[language]);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      theme === 'dark' ? 360 : 1440,
    );
    const coming = page.waitForEvent('download');
    await overview.getByRole('button', { name: 'CSV' }).click();
    const rows = readFileSync(await (await coming).path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(rows[0]).toBe('time,day,event,what,value');
    expect(rows.length).toBe(1 + records.length);
    await page.emulateMedia({ media: 'print' });
    await expect(overview.getByRole('button', { name: 'CSV' })).toBeHidden();
    await expect(overview.locator('.calendar')).toBeVisible();
    if (process.env.SHOTS) {
      await page.emulateMedia({ media: 'screen' });
      await page.screenshot({ path: `${process.env.SHOTS}/progress-${language}.png`, fullPage: true });
    }
  });
}
