import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { days, expectShown, openDay, type } from './learner.ts';

const file = '.github/workflows/ci.yml';
const lines = [
  'name: CI',
  'on: push',
  'jobs:',
  '  test:',
  '    runs-on: ubuntu-latest',
  '    steps:',
  '      - uses: actions/checkout@v4',
];

/** Writes a workflow with one more line, and opens it in the editor. */
async function writeWorkflow(page: Page, last: string): Promise<void> {
  const words = [...lines, last].map((line) => `'${line.replaceAll("'", "'\\''")}'`).join(' ');
  await type(page, 'cd ~/seats', 'mkdir -p .github/workflows', `printf '%s\\n' ${words} > ${file}`, `edit ${file}`);
}

test('what is wrong with a workflow stands below it, in the reader’s language, and leads to its line', async ({
  page,
}) => {
  await openDay(page, days.es2);
  await writeWorkflow(page, '      - run: echo "$' + '{{ github.head_ref }}"');
  const problems = page.getByRole('region', { name: 'Lo que falla en este archivo' });
  await expect(problems).toContainText('línea 8 aviso: github.head_ref lo escribe cualquiera');
  const { violations } = await new AxeBuilder({ page }).include('.problems').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await problems.getByRole('button', { name: 'línea 8' }).click();
  await expect(
    page.locator('.monaco-editor .native-edit-context, .monaco-editor textarea.inputarea').first(),
  ).toBeFocused();
  // Only lines in view are drawn.
  await expect(page.locator('.monaco-editor .squiggly-warning').first()).toBeVisible();
  await type(page, `printf '%s\\n' 'jobs: {' > ${file}`);
  await expect(problems).toContainText('error:');
});

test('a workflow that is pushed runs, and the view and gh tell the same', async ({ page }) => {
  await openDay(page, days.en2);
  await writeWorkflow(page, '      - run: test -f done.txt');
  await type(page, 'git switch -q -c ci', 'git add .', 'git commit -qm "Run the tests"', 'git push -q -u origin ci');
  await page.locator('#wb-tab-runs').click();
  const runs = page.locator('.runs-host');
  await runs.getByRole('button', { name: 'Run the tests' }).click();
  await runs.getByRole('button', { name: 'Let the clock run' }).click();
  await expect(runs).toContainText('Process completed with exit code 1');
  await type(page, 'clear; gh run view 1 --log-failed');
  await expectShown(page, /test\s+Run test -f done\.txt\s.*exit code 1/s);
  await type(
    page,
    'clear; touch done.txt; git add .; git commit -qm Done; git push -q; gh run watch 2 --exit-status && echo passed',
  );
  await expectShown(page, /passed/);
});
