import { expect, test } from '@playwright/test';
import { atPrompt, days, expectShown, onScreen, openDay, shown, type, write } from './learner.ts';

test('a loop without end stops at Ctrl+C while the page goes on, and no file is lost', async ({ page }) => {
  await openDay(page, days.en1);
  await type(page, 'echo kept > mine.txt');
  await page.locator(`${onScreen} .xterm-helper-textarea`).focus();
  await page.keyboard.insertText('while true; do sleep 0.01; done');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+c');
  await atPrompt(page);
  await type(page, 'cat mine.txt');
  await expectShown(page, /\nkept/);
});

test('a program that hears nothing is ended by the stop button; files, terminal and history go on', async ({
  page,
}) => {
  await openDay(page, days.en1);
  await type(page, 'echo kept > mine.txt', "echo 'while (true) {}' > spin.mjs");
  await page.locator(`${onScreen} .xterm-helper-textarea`).focus();
  await page.keyboard.insertText('for i in 1 2 3 4 5 6 7 8 9; do node spin.mjs; done');
  await page.keyboard.press('Enter');
  const stop = page.locator('.tools').getByRole('button', { name: 'Stop' });
  await stop.click();
  await atPrompt(page);
  await type(page, 'cat mine.txt');
  await expectShown(page, /\nkept/);
});

test('what the terminal writes stands in the editor, and the reverse, at once', async ({ page }) => {
  await openDay(page, days.en1);
  await write(page, 'plan.yaml', 'order: [from-the-editor]\n');
  await type(page, 'cat plan.yaml');
  await expectShown(page, /order: \[from-the-editor\]/);
  await type(page, 'echo "order: [from-the-terminal]" > plan.yaml');
  await expect(page.locator('.monaco-editor')).toContainText('from-the-terminal');
});

test('of more open files than there is room for, the tab of the one that is shown is seen whole', async ({ page }) => {
  await openDay(page, days.en1);
  const names = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `a-file-with-a-long-name-${number}.txt`);
  for (const name of names) await type(page, `echo > ${name}; edit ${name}`);
  const active = page.locator('.open li[data-active]');
  await expect(active).toContainText('-8.txt');
  await expect(active).toBeInViewport({ ratio: 0.99 });
  await type(page, `edit ${names[0]}`);
  await expect(active).toContainText('-1.txt');
  await expect(active).toBeInViewport({ ratio: 0.99 });
});

test('a reset of the day can be undone', async ({ page }) => {
  await openDay(page, days.en1);
  await type(page, 'echo mine > mine.txt');
  await page.locator('summary', { hasText: 'Reset' }).click();
  await page.getByRole('button', { name: 'The whole day' }).click();
  await expect(page.getByRole('treeitem', { name: 'mine.txt' })).toHaveCount(0);
  await page.locator('.notice').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('treeitem', { name: 'mine.txt' })).toHaveCount(1);
});

test('of two tabs the second says that it does not save, and can take over', async ({ context }) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  await openDay(first, days.en1);
  await openDay(second, days.en1);
  await expect(second.locator('.saved')).toContainText('another tab');
  await second.locator('.saved').getByRole('button', { name: 'Save from here' }).click();
  await expect(first.locator('.saved')).toContainText('another tab');
});

test('the sandbox goes on without a network once it is open', async ({ page, context }) => {
  await openDay(page, days.en2);
  await context.setOffline(true);
  await type(page, 'cd seats', 'node --version', 'git status --short');
  await expectShown(page, /v24\./);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.locator('.sum')).toHaveAttribute('data-outcome', 'none', { timeout: 20_000 });
});

test('with the keyboard alone: in, through the panes, out of every trap', async ({ page }) => {
  await page.goto(days.es1);
  await page.locator('#bench [data-open-workbench]').focus();
  await page.keyboard.press('Enter');
  await atPrompt(page);
  const pane = () =>
    page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane') ?? '');
  const panes = new Set<string>();
  for (let press = 0; press < 6; press++) {
    const before = await pane();
    await page.keyboard.press('F6');
    await expect.poll(pane).not.toBe(before);
    panes.add(await pane());
  }
  expect([...panes].sort()).toEqual(expect.arrayContaining(['editor', 'files', 'steps', 'terminal']));
  await page.locator(`${onScreen} .xterm-helper-textarea`).focus();
  await page.keyboard.type('loop stages\n');
  await expectShown(page, /monitor/);
  // The results take the terminal's place, and its keyboard.
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.locator('#wb-panel-results')).toBeFocused();
});

test('on a phone of 360 px: prose first, then the workbench in tabs, with a plain editor', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    baseURL: baseURL ?? '',
  });
  const page = await context.newPage();
  await page.goto(days.es1);
  await expect(page.locator('h1')).toBeVisible();
  await page.locator('#tab-bench').click();
  await page
    .locator('#bench [data-open-workbench]')
    .click({ timeout: 2000 })
    .catch(() => {});
  await expect(page.locator('.workbench')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('tab', { name: 'Terminal' }).click();
  await atPrompt(page);
  await page.locator(`${onScreen} .xterm-helper-textarea`).focus();
  await page.keyboard.type('board list\n');
  await expect.poll(() => shown(page)).toMatch(/Backlog/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await context.close();
});
