import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { days, expectShown, openDay, type as typeAtOnce } from './learner.ts';
import { openProduction, place } from './production.ts';

/** As a person does, who reads the prompt before the next line: what a line did is told a moment after its prompt. */
async function type(page: Page, ...lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    await typeAtOnce(page, line);
    await page.waitForTimeout(300);
  }
}

const dialog = (page: Page, name = 'Replay'): Locator => page.getByRole('dialog', { name, exact: true });
const where = (replay: Locator): Locator => replay.locator('.ruler-row .where');

async function openReplay(page: Page): Promise<Locator> {
  await page.locator('#wb-tab-terminal').click();
  await page.getByRole('button', { name: 'Replay' }).click();
  const replay = dialog(page);
  await expect(replay.getByRole('slider')).toBeVisible({ timeout: 60_000 });
  return replay;
}

async function expectNoViolations(page: Page): Promise<void> {
  for (const theme of ['dark', 'light']) {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    const { violations } = await new AxeBuilder({ page }).include('dialog.replay').exclude('.screen').analyze();
    expect(violations.map(({ id, nodes }) => `${theme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  }
}

test('a visit is stepped back and forth by keyboard, and the desk stays as it is', async ({ page }) => {
  await openDay(page, days.en2);
  await type(page, 'echo one > diary.txt', 'echo two >> diary.txt', 'date');
  const replay = await openReplay(page);
  await expect(where(replay)).toContainText('3 of 3: date', { timeout: 20_000 });
  const changed = replay.locator('.changed pre');
  await replay.getByRole('slider').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(where(replay)).toContainText('2 of 3: echo two >> diary.txt');
  await expect(changed).toHaveText('one\ntwo\n');
  await expect(replay.getByRole('slider')).toHaveAttribute('aria-valuetext', /2 of 3: echo two >> diary\.txt · Tue/);
  await page.keyboard.press('ArrowLeft');
  await expect(changed).toHaveText('one\n');
  await page.keyboard.press('Home');
  await expect(where(replay)).toContainText('the beginning');
  await page.keyboard.press('End');
  await expect(where(replay)).toContainText(': date');
  await expectNoViolations(page);
  await page.keyboard.press('Escape');
  await expect(replay).toHaveCount(0);
  await type(page, 'wc -l diary.txt');
  await expectShown(page, '2 diary.txt');

  // On a phone it fits too.
  await page.setViewportSize({ width: 360, height: 740 });
  await page.locator('#tab-bench').click();
  await page.locator('[data-to=terminal]').click();
  await page.getByRole('button', { name: 'Replay' }).click();
  await expect(where(replay)).toContainText('4 of 4: wc -l diary.txt', { timeout: 20_000 });
  expect(await replay.evaluate((shown) => shown.scrollWidth - shown.clientWidth)).toBe(0);
});

test('terminal, files, runs, charts and events move together, and a what-if goes on from a moment', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await openDay(page, days.en5);
  const workflow = 'on: push\\njobs:\\n  greet:\\n    runs-on: ubuntu-latest\\n    steps:\\n      - run: echo hello\\n';
  await type(
    page,
    'cd ~/seats; git switch -q -c try; mkdir -p .github/workflows',
    `printf '${workflow}' > .github/workflows/try.yml; git add .github; git commit -qm Try`,
    'git push -q -u origin try; cd',
    'sleep 300',
  );
  await openProduction(page);
  const deploy = `curl -sS -X POST http://events.ventarela.test/deploys -d '{"service":"seats","version":"2.0.0","action":"deploy","result":"succeeded","host":"web-1"}'`;
  await type(page, deploy, 'ssh web-1 systemctl stop seats', 'sleep 120');
  const replay = await openReplay(page);
  await expect(where(replay)).not.toContainText('Replaying', { timeout: 60_000 });
  await expect(replay.locator('.tile canvas').first()).toBeVisible({ timeout: 60_000 });
  await replay.locator('.sights summary').click();
  const sight = (name: RegExp) => replay.locator('.sights').getByRole('button', { name });
  const run = replay.locator('.runs-host .run-row', { hasText: 'Try' });
  await sight(/commit/).click();
  await expect(where(replay)).toContainText('git commit -qm Try');
  await expect(replay.locator('.changed pre')).toContainText('run: echo hello');
  await expect(run).toHaveCount(0);
  await expect(replay.locator('.production-host')).toBeHidden();
  await sight(/push to try/).click();
  await expect(run).toBeVisible();
  await expect(replay.locator('.screen-text')).toContainText('git push -q -u origin try');
  await expect(replay.locator('.screen-text')).not.toContainText('sleep 300');
  await sight(/deploy of seats 2\.0\.0/).click();
  await expect(where(replay)).toContainText('deploy of seats 2.0.0');
  const events = replay.locator('.production-host .events');
  await expect(events).toContainText('Deploy of seats 2.0.0');
  await expect(events).not.toContainText('seats (web-1) stops');
  await replay.getByRole('button', { name: 'On', exact: true }).click();
  await expect(events).toContainText('seats (web-1) stops');
  await expect(replay.locator('.production-host').getByRole('button', { name: 'Play' })).toHaveCount(0);

  // What if the service had not been stopped?
  await replay.getByRole('button', { name: 'Back', exact: true }).click();
  await replay.getByRole('button', { name: 'Go on from here in another way' }).click();
  const whatIf = replay.locator('.what-if');
  await expect(whatIf.locator('.xterm-rows')).toContainText('dev@desk', { timeout: 30_000 });
  await whatIf.getByRole('button', { name: 'Let 1 min pass' }).click();
  await expect(whatIf.locator('.where')).not.toContainText('Replaying', { timeout: 30_000 });
  await whatIf.getByRole('button', { name: 'Compare up to now' }).click();
  const failed = whatIf.getByRole('row', { name: /^Failed requests/ });
  await expect(failed).toBeVisible({ timeout: 60_000 });
  const [was = 0, is = 0] = (await failed.getByRole('cell').allTextContents()).map(Number);
  expect(is).toBeLessThan(was);
  await expectNoViolations(page);
  await replay.getByRole('button', { name: 'Back to the present' }).click();
  await expect(replay).toHaveCount(0);
  await type(page, 'ssh web-1 systemctl is-active seats');
  await expectShown(page, 'inactive');
});

test('one can stand where an alert fired in the middle of a long wait', async ({ page }) => {
  test.setTimeout(180_000);
  await openDay(page, days.en5);
  await openProduction(page);
  const rules = `groups: [{ name: g, rules: [{ alert: SeatsDown, expr: 'up{job="seats"} == 0', for: 1m }] }]\n`;
  await place(page, '/srv/prometheus/rules.yml', rules);
  await type(page, 'curl -sS -X POST http://prometheus.ventarela.test:9090/-/reload', 'ssh web-1 systemctl stop seats');
  await type(page, 'sleep 3600');
  const replay = await openReplay(page);
  await expect(where(replay)).toContainText(': sleep 3600', { timeout: 60_000 });
  await replay.locator('.sights summary').click();
  await replay
    .locator('.sights')
    .getByRole('button', { name: /SeatsDown fires/ })
    .click();
  await expect(where(replay)).toContainText('during: sleep 3600', { timeout: 30_000 });
  await expect(where(replay)).toContainText('SeatsDown fires');
  await expect(replay.locator('.screen-text')).toContainText('sleep 3600');
  await expect(replay.locator('.production-host .events')).toContainText('SeatsDown');
  await expectNoViolations(page);
});

test('a session travels in a link: nothing runs before a button, and the reader keeps their own', async ({
  page,
  browser,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openDay(page, days.en2);
  await type(page, 'echo from-the-sender > gift.txt', 'cat gift.txt');
  const replay = await openReplay(page);
  await replay.getByRole('button', { name: 'Share with a link' }).click();
  await expect(replay.getByRole('status').first()).toContainText(/Link copied: \d+ characters/);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(8000);
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    replay.getByRole('button', { name: 'Save to a file' }).click(),
  ]);
  const file = readFileSync(await saved.path(), 'utf8');

  const reader = await (await browser.newContext()).newPage();
  await openDay(reader, link);
  const shared = dialog(reader, 'What somebody else did');
  await expect(shared.locator('.deeds')).toContainText('echo from-the-sender > gift.txt', { timeout: 20_000 });
  await expect(shared.getByRole('slider')).toHaveCount(0);
  await shared.getByRole('button', { name: 'Live through it' }).click();
  await expect(where(shared)).toContainText('2 of 2: cat gift.txt', { timeout: 60_000 });
  await expect(shared.locator('.screen-text')).toContainText('\nfrom-the-sender\n');
  await shared.getByRole('button', { name: 'Compare with mine' }).click();
  await expect(shared).toContainText('there is no production with buyers', { timeout: 30_000 });
  await reader.keyboard.press('Escape');
  await type(reader, 'ls gift.txt');
  await expectShown(reader, 'No such file');

  // The same as a file, and a file that is none.
  const own = await openReplay(reader);
  await own
    .locator('input[type=file]')
    .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"v":9}') });
  await expect(own.getByRole('status').first()).toContainText('another version of the course');
  await own
    .locator('input[type=file]')
    .setInputFiles({ name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(file) });
  await expect(shared.locator('.deeds')).toContainText('gift.txt');
  await reader.keyboard.press('Escape');

  // Of another day.
  await openDay(reader, link.replace(days.en2, days.en1));
  await expect(shared).toContainText('This session is of another day (d02)', { timeout: 20_000 });
});

test('the luck test runs beside, can be stopped, and opens what failed', async ({ page }) => {
  test.setTimeout(240_000);
  await openDay(page, days.en8);
  // A timetable made for Friday: Saturday's buyers come at another hour.
  await type(
    page,
    'printf \'seats: { min: 1, max: 6, hours: [{ from: "14:00", to: "20:00", instances: 6 }] }\\n\' > capacity.yaml',
  );
  await page.locator('.pane.steps li button[title]').nth(4).click();
  await page.locator('#wb-tab-results').click();
  await page.getByRole('button', { name: 'Luck test: 20 seeds' }).click();
  const luck = page.locator('.luck');
  await expect(luck.getByRole('progressbar')).toBeVisible();
  await expect(luck).toContainText(/[2-9]\/20/, { timeout: 120_000 });
  await luck.getByRole('button', { name: 'Stop the test' }).click();
  await expect(luck.getByRole('status')).toContainText(/Stopped\. Passed on \d+ of \d+ seeds\./);
  await expect(luck.getByRole('status')).toContainText('Failed on: 1, 2');
  await luck.getByRole('button', { name: 'Open unseen-saturday' }).first().click();
  const seen = page.getByRole('dialog', { name: 'What happened on seed 1' });
  await expect(seen.locator('.tile canvas').first()).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await expect(seen).toHaveCount(0);
});
