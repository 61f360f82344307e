import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { review } from '../../exercises/01-one-turn-of-the-loop/review.ts';
import { askWith } from '../../sandbox/hosts/asking.ts';
import { writeFile } from '../../src/progress/file.ts';
import { recordOf } from '../../src/progress/record.ts';
import { atPrompt, type } from './learner.ts';

const DAY = 86_400_000;

/** Brings a learner who did day 1 ten days ago. */
async function bringLearner(page: Page, language: 'es' | 'en'): Promise<void> {
  const records = [recordOf({ type: 'DayPassed', day: 'd01' }, Date.now() - 10 * DAY)];
  await page.goto(`/${language}/progress/`, { waitUntil: 'networkidle' });
  const copy = {
    name: 'copy.json',
    mimeType: 'application/json',
    buffer: Buffer.from(writeFile({ records, drafts: [] })),
  };
  await page.locator('#copy input[type=file]').setInputFiles(copy);
  await expect(page.locator('#copy > [role=status]')).toContainText('1');
}

/** Answers the question that is shown by the keyboard alone: rightly, or with the first wrong choice or number. */
async function answer(page: Page, id: string, language: 'es' | 'en', rightly: boolean): Promise<void> {
  const question = review.find((one) => one.id === id);
  if (question === undefined) throw new Error(`no question ${id}`);
  await expect(page.locator(`#review [data-item=${id}]`)).toBeVisible();
  const asked = askWith(question, `${id}#1`);
  if (asked.kind === 'choice') {
    const place = asked.choices.findIndex(({ right }) => (right === true) === rightly);
    await page.locator(`#review input[value="${place}"]`).focus();
    await page.keyboard.press('Space');
  } else {
    await page.locator('#review input').focus();
    await page.keyboard.type(String(rightly ? asked.answer : asked.slips[0]?.value));
  }
  await page.keyboard.press('Enter');
  const said = { es: ['Sí.', 'No.'], en: ['Yes.', 'No.'] }[language][rightly ? 0 : 1] ?? '';
  await expect(page.locator('#review .told')).toContainText(said);
  await expect(page.locator('#review .next')).toBeFocused();
}

async function noViolation(page: Page): Promise<void> {
  if (process.env.SHOTS)
    await page.screenshot({ path: `${process.env.SHOTS}/review-${Date.now()}.png`, fullPage: true });
  const { violations } = await new AxeBuilder({ page }).include('main').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

test('whoever did nothing yet is told when reviews begin', async ({ page }) => {
  await page.goto('/en/review/');
  await expect(page.locator('#review')).toContainText('Nothing to review yet');
});

test('a done day comes back: the incident is solved in its sandbox, the questions by keyboard, and the day is learned', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ colorScheme: 'light' });
  await bringLearner(page, 'es');
  await page.goto('/es/days/01-one-turn-of-the-loop/');
  await expect(page.locator('[data-due]')).toContainText('Para repasar hoy: 5');
  await page.locator('[data-due] a').click();
  await page.getByRole('button', { name: 'Empezar' }).click();
  await page.getByRole('button', { name: 'Abrir el incidente' }).click();
  await atPrompt(page);
  await noViolation(page);
  await type(page, "card=$(loop runs | tail -n 1 | awk '{print $2}')");
  await type(
    page,
    'sed -i "s/^order: .*/order: [$card]/; /^  $card:/,\\$s/services: .*/services: [web, seats, payments, mail, printer]/" plan.yaml',
    'loop run --card $card',
  );
  await page.getByRole('button', { name: /^Comprobar/ }).click();
  await expect(page.locator('#review > p[role=status]')).toContainText('Resuelto', { timeout: 30_000 });
  await page.locator('#review .next').click();
  await expect(page.locator('#review h2')).toContainText('2 de 2');
  await noViolation(page);
  await answer(page, 'd01-r1', 'es', true);
  await noViolation(page);
  await page.keyboard.press('Enter');
  await expect(page.locator('#review')).toContainText('Bien a la primera: 2 de 2');
  await page.getByRole('button', { name: 'Hacer algunas más' }).click();
  for (const id of ['d01-r2', 'd01-r3', 'd01-r4']) {
    await answer(page, id, 'es', true);
    await page.keyboard.press('Enter');
  }
  await expect(page.locator('#review .learned')).toContainText('Una vuelta completa al ciclo');
  await noViolation(page);
  await page.goto('/es/days/');
  await expect(page.locator('[data-day=d01] .state')).toHaveAttribute('data-state', 'learned');
});

test('a wrong answer is explained with the right one and comes back tomorrow; an answer that is none is asked for again', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await bringLearner(page, 'en');
  await page.goto('/en/review/');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('button', { name: 'Not now' }).click();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('#review .told')).toContainText('Choose an answer first');
  await answer(page, 'd01-r1', 'en', false);
  await expect(page.locator('#review .told')).toContainText('The right one:');
  await noViolation(page);
  await page.keyboard.press('Enter');
  await expect(page.locator('#review')).toContainText('Right at the first try: 0 of 2');
  await page.reload();
  await expect(page.locator('#review')).toContainText('Due today: 4');
});
