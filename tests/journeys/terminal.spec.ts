import { expect, test } from '@playwright/test';
import { atPrompt, days, expectShown, onScreen, openDay, shown, type } from './learner.ts';

test('two terminals: each its folder and program, the same files and history; kept over a reload', async ({ page }) => {
  await openDay(page, days.en2);
  await type(page, 'cd seats');
  await page.getByRole('button', { name: 'Open another terminal' }).click();
  await atPrompt(page);
  await type(page, 'pwd', 'echo shared > from-two.txt');
  await expectShown(page, /\n\/home\/dev\n/);
  // A program in the foreground of one does not hold up the other.
  await page.keyboard.insertText('cat');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Terminal 1' }).click();
  await type(page, 'cat ../from-two.txt');
  await expectShown(page, /\nshared/);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expectShown(page, /\$ (cat|echo shared > from-two\.txt)\s*$/);
  await page.keyboard.press('Control+c');
  await page.getByRole('tab', { name: 'Terminal 2, running a program' }).click();
  await page.keyboard.insertText('typed');
  await page.keyboard.press('Enter');
  await expectShown(page, /typed\s+typed/);
  await page.keyboard.press('Control+c');
  await atPrompt(page);
  await type(page, 'cd /tmp');
  await page.reload();
  await openDay(page, days.en2);
  await expectShown(page, /~\/seats/);
  await page.getByRole('tab', { name: 'Terminal 2' }).click();
  await expectShown(page, /:\/tmp/);
  await page.getByRole('button', { name: 'Close terminal 2' }).click();
  await expect(page.getByRole('tab', { name: /^Terminal \d/ })).toHaveCount(0);
  await expectShown(page, /~\/seats/);
});

test('with the keyboard alone: a pager is read and left, terminals are opened and closed, a file is opened for editing', async ({
  page,
}) => {
  await openDay(page, days.es1);
  const screen = page.locator(`${onScreen} .xterm-helper-textarea`);
  await screen.focus();
  await page.keyboard.type('seq 200 | less\n');
  await expectShown(page, /^1\n2\n/);
  await expectShown(page, /q: salir/);
  await page.keyboard.press('Space');
  await expect.poll(() => shown(page)).not.toMatch(/^1\n/);
  await page.keyboard.type('/150\n');
  await expectShown(page, /^150\n/);
  await page.keyboard.type('q');
  await atPrompt(page);

  await page.getByRole('button', { name: 'Abrir otra terminal' }).focus();
  await page.keyboard.press('Enter');
  await atPrompt(page);
  const tab = page.getByRole('tab', { name: 'Terminal 2' });
  await tab.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { name: 'Terminal 1' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(tab).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('tab', { name: /^Terminal \d/ })).toHaveCount(0);

  await screen.focus();
  await page.keyboard.type('edit nuevo.txt\n');
  await expect(page.locator('.open [aria-current=true]')).toHaveText('nuevo.txt');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane')))
    .toBe('editor');
});

test('the edited line follows the width of the window', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openDay(page, days.en1);
  await page.locator(`${onScreen} .xterm-helper-textarea`).focus();
  const long = 'echo one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen';
  await page.keyboard.insertText(long);
  await page.setViewportSize({ width: 1000, height: 900 });
  const joined = async (): Promise<string> => (await shown(page)).replaceAll(/\s+/g, '');
  await expect.poll(joined).toBe(`dev@desk:~$${long.replaceAll(' ', '')}`);
  await page.keyboard.press('Home');
  await page.keyboard.press('Control+k');
  await expect.poll(joined).toBe('dev@desk:~$');
  await page.keyboard.press('Control+y');
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(joined).toBe(`dev@desk:~$${long.replaceAll(' ', '')}`);
});
