import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { days, expectShown, openDay, type } from './learner.ts';

test('a visit is stepped back and forth, and the desk stays as it is', async ({ page }) => {
  await openDay(page, days.en2);
  await type(page, 'echo one > diary.txt', 'echo two >> diary.txt', 'date');
  await page.getByRole('button', { name: 'Replay' }).click();
  const replay = page.getByRole('dialog', { name: 'Replay of this visit' });
  await expect(replay.getByRole('status')).toContainText(': date', { timeout: 20_000 });
  await replay.getByRole('button', { name: 'Back' }).click();
  await expect(replay.getByRole('status')).toContainText('echo two >> diary.txt');
  await expect(replay.locator('pre')).toHaveText('one\ntwo\n');
  await replay.getByRole('button', { name: 'Back' }).click();
  await expect(replay.locator('pre')).toHaveText('one\n');
  await replay.getByRole('slider').focus();
  await page.keyboard.press('Home');
  await expect(replay.getByRole('status')).toContainText('the beginning');
  await page.keyboard.press('End');
  await expect(replay.getByRole('status')).toContainText(': date');
  const { violations } = await new AxeBuilder({ page }).include('dialog.replay').exclude('.screen').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(replay).toHaveCount(0);
  await type(page, 'wc -l diary.txt');
  await expectShown(page, '2 diary.txt');

  // On a phone it fits too.
  await page.setViewportSize({ width: 360, height: 740 });
  await page.locator('#tab-bench').click();
  await page.locator('[data-to=terminal]').click();
  await page.getByRole('button', { name: 'Replay' }).click();
  await expect(replay.getByRole('status')).toContainText('the screen changes', { timeout: 20_000 });
  expect(await replay.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0);
});
