import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { fillForge, LONG } from './forge.ts';
import { days, openDay, type } from './learner.ts';

const view = (page: Page) => page.locator('.runs-host');
const openRuns = (page: Page) => page.locator('#wb-tab-runs').click();
const openRun = (page: Page, title: string) => view(page).getByRole('button', { name: title }).click();

async function expectNoViolations(page: Page): Promise<void> {
  for (const theme of ['dark', 'light']) {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    const { violations } = await new AxeBuilder({ page }).include('.workbench').exclude('.monaco-editor').analyze();
    expect(violations.map(({ id, nodes }) => `${theme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  }
}

test('before the first run it says how to get one, and its code comes only then', async ({ page }) => {
  const scripts: string[] = [];
  page.on('response', (response) => scripts.push(response.url()));
  await openDay(page, days.es2);
  const before = scripts.length;
  await openRuns(page);
  await expect(view(page)).toContainText('Aún no se ha ejecutado nada');
  expect(scripts.length).toBeGreaterThan(before);
  await expectNoViolations(page);
});

test('runs, their jobs, logs, annotations and artifacts; a button does what its command does', async ({ page }) => {
  await openDay(page, days.en2);
  await fillForge(page);
  await openRuns(page);
  await expect(view(page).locator('.run-list li')).toHaveCount(4);
  await expectNoViolations(page);

  await openRun(page, 'Let a search by town');
  await expect(view(page).locator('h3')).toBeFocused();
  await expect(view(page).locator('.run-box')).toHaveCount(5);
  await expect(view(page).locator('.run-graph path[marker-end]')).toHaveCount(4);
  // What failed is unfolded.
  await expect(view(page).locator('.run-log .error').first()).toHaveText(/Error: Expected 2 trips, found 31/);
  await expect(view(page)).toContainText('7 min billed');
  await expect(view(page).locator('.run-markdown')).toContainText('<b onclick="alert(1)">not bold</b>');
  await expectNoViolations(page);

  await view(page).getByText('The graph in words').click();
  await expect(view(page).locator('.run-twin')).toContainText('build: skipped; needs lint, test.');
  await view(page).locator('.run-box').getByRole('button', { name: 'lint' }).click();
  await expect(view(page).locator('[data-job="0"] > summary')).toBeFocused();
  await expect(view(page).locator('[data-job="0"]')).toHaveAttribute('open');

  await view(page).getByText('test-report').click();
  await view(page).getByText('report.txt').click();
  await expect(view(page).getByRole('region', { name: 'report.txt' })).toContainText('13 passed');
  await expect(view(page)).toContainText('picture.png (6 B, not text)');

  await view(page).getByRole('button', { name: 'Re-run failed jobs' }).click();
  await expect(view(page).locator('.run-said')).toContainText('$ gh run rerun 2 --failed');
  await expect(view(page).locator('.run-said')).not.toContainText('Under way');
  await expect(view(page).getByRole('status')).toContainText('gh run rerun 2 --failed');

  await view(page).getByRole('button', { name: 'app.mjs, line 12' }).click();
  await expect(page.locator('.open [aria-current=true]')).toHaveText('app.mjs');
  await expect(page.locator('.monaco-editor .line-numbers.active-line-number').first()).toHaveText('12');
});

test('a workflow file that is pushed runs, and its failure leads back to the line', async ({ page }) => {
  await openDay(page, days.en2);
  const workflow = [
    'name: CI',
    'on: push',
    'jobs:',
    '  test:',
    '    runs-on: ubuntu-latest',
    '    strategy: { fail-fast: false, matrix: { n: [1, 2] } }',
    '    steps:',
    '      - uses: actions/checkout@v4',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow
    '      - run: echo "::error file=trips.json,line=3::no such town" && exit ${{ matrix.n }}',
    '  ship:',
    '    needs: test',
    '    runs-on: ubuntu-latest',
    '    steps: [run: echo shipped]',
  ];
  await type(
    page,
    'cd seats && mkdir -p .github/workflows',
    ...workflow.map((line) => `echo '${line}' >> .github/workflows/ci.yml`),
    'git add .github && git commit -qm "Run tests on every push" && git push -q',
  );
  await openRuns(page);
  await openRun(page, 'Run tests on every push');
  await expect(view(page).locator('h3')).toContainText('in progress');
  await expect(view(page).locator('.run-box')).toHaveCount(2);
  await type(page, 'sleep 600');
  await openRuns(page);
  await expect(view(page).getByRole('status')).toHaveText('CI #1: failure');
  await expect(view(page).locator('.run-log .error').first()).toContainText('Error: no such town');
  await expect(view(page).locator('.run-box').last()).toContainText('skipped');
  await expect(view(page)).toContainText('2 min billed');
  await view(page).getByRole('button', { name: 'trips.json, line 3' }).first().click();
  await expect(page.locator('.open [aria-current=true]')).toHaveText('trips.json');

  await type(page, "echo 'jobs: [' > .github/workflows/ci.yml && git commit -qam 'Break it' && git push -q");
  await openRuns(page);
  await view(page).getByRole('button', { name: 'All runs' }).click();
  await openRun(page, 'Break it');
  await expect(view(page)).toContainText('The workflow file is not valid');
  await view(page)
    .getByRole('button', { name: /ci\.yml, line \d+/ })
    .first()
    .click();
  await expect(page.locator('.open [aria-current=true]')).toHaveText('ci.yml');
});

test('a log of 50,000 lines opens at once and can be searched to its end', async ({ page }) => {
  await openDay(page, days.en2);
  await fillForge(page);
  await openRuns(page);
  await openRun(page, 'Add the timetable');
  const step = view(page).locator('.run-step > summary');
  const took = await step.evaluate(async (summary: HTMLElement) => {
    const started = performance.now();
    summary.click();
    while (document.querySelector('.run-log') === null) await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - started;
  });
  test.info().annotations.push({ type: 'opened in', description: `${Math.round(took)} ms` });
  expect(took).toBeLessThan(2000);
  const log = view(page).locator('.run-log');
  expect(await log.evaluate((one) => one.textContent?.includes('line 50000 of'))).toBe(true);
  expect(await log.locator('.chunk').count()).toBeLessThanOrEqual(LONG / 100);
  await log.evaluate((one) => {
    one.scrollTo(0, one.scrollHeight);
    one.scrollIntoView({ block: 'end' });
  });
  await expect(log.getByText('line 50000 of')).toBeInViewport();
});

test('live: what the clock and the disk change is shown, and an end is said', async ({ page }) => {
  await openDay(page, days.en2);
  await fillForge(page);
  await openRuns(page);
  await openRun(page, 'Sort trips by hour');
  await expect(view(page).locator('h3')).toContainText('in progress');
  await expect(view(page)).toContainText('Let the clock run until it ends');
  await type(page, 'sleep 50000');
  await openRuns(page);
  await expect(view(page).locator('h3')).toContainText('success');
  await expect(view(page).getByRole('status')).toHaveText('CI #3: success');
});

test('a pull request says what it waits for, and leads to the run of a check', async ({ page }) => {
  await openDay(page, days.en2);
  await fillForge(page);
  await openRuns(page);
  await view(page).getByRole('button', { name: 'Pull requests 1' }).click();
  await expect(view(page).locator('.run-list li')).toHaveCount(2);
  await openRun(page, 'Let a search by town');
  await expect(view(page).locator('.run-merge li')).toHaveText([
    'the check test (22, ubuntu-latest) (failure)',
    'the check security (expected; nothing has reported it)',
    'approvals: 1 of 2',
  ]);
  await expect(view(page)).toContainText('commits: 2 · files: 1 · +12 −3');
  await expect(view(page)).toContainText('Labels: bug');
  await expect(view(page)).toContainText('gh pr merge 5 --squash');
  // What waits may be left to merge by itself.
  await expect(view(page)).toContainText('gh pr merge 5 --auto --squash');
  await expect(view(page).getByRole('heading', { name: 'Changed files' })).toBeVisible();
  await expectNoViolations(page);
  await view(page).getByRole('button', { name: 'CI / lint' }).click();
  await expect(view(page).locator('h3')).toContainText('Let a search by town');
  await view(page).getByRole('button', { name: 'All runs' }).click();
  await expect(view(page).locator('[data-key="seats#2"]')).toBeFocused();
});

test('on a phone the runs are a pane of their own', async ({ page }) => {
  await openDay(page, days.es2);
  await fillForge(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.reload();
  await page.locator('#tab-bench').click();
  await page
    .locator('#bench [data-open-workbench]')
    .click({ timeout: 2000 })
    .catch(() => {});
  // With the keyboard: round the panes to the runs, and into one of them.
  await page.getByRole('tab', { name: 'Terminal' }).click();
  await page.keyboard.press('F6');
  await expect(page.getByRole('tab', { name: 'Ejecuciones' })).toHaveAttribute('aria-selected', 'true');
  await expect(view(page).locator('.run-list')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(view(page).getByRole('button', { name: 'Ejecuciones' })).toBeFocused();
  for (let press = 0; press < 3; press++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(view(page).locator('h3')).toContainText('Deploy');
  await expect(view(page)).toContainText('espera a que alguien dé permiso');
  await expect(view(page).getByRole('button', { name: 'Aprobar' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await expectNoViolations(page);
});
