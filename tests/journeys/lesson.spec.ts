// What a reader does in a lesson, before any workbench.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { days } from './learner.ts';

const told = (question: Locator): Locator => question.locator('[role=status]');

test('a prediction is committed to, kept over a reload, and shown again with what happened', async ({ page }) => {
  await page.goto(days.en2);
  await page.getByLabel('The result from before').check();
  await page.getByRole('button', { name: 'Save my guess' }).click();
  const again = page.locator('[data-prediction=d02-p1]');
  await expect(again).toHaveText('You predicted: “The result from before”. That is what happened.');
  await page.reload();
  await expect(again).toHaveText('You predicted: “The result from before”. That is what happened.');
  await expect(page.getByLabel('The result from before')).toBeDisabled();
});

test('things are put in order by the keyboard alone, which stays on what it moves', async ({ page }) => {
  await page.goto(days.es1);
  const question = page.locator('#d01-q4');
  const items = question.locator('.order > li');
  await question.getByRole('button', { name: 'Comprobar' }).press('Enter');
  await expect(told(question)).toContainText('Mira el siguiente');
  for (const name of ['Deploy', 'Release', 'Test', 'Build', 'Code']) {
    const item = items.filter({ has: page.locator('.answer', { hasText: name }) });
    for (let at = 0; at < 5 && (await items.first().locator('.answer').textContent()) !== name; at++) {
      await item.getByRole('button', { name: 'Subir' }).focus();
      await page.keyboard.press('Enter');
      await expect(item.locator('button:focus')).toHaveCount(1);
    }
  }
  await question.getByRole('button', { name: 'Comprobar' }).press('Enter');
  await expect(told(question)).toHaveText('Así es, ese es el orden.');
});

test('a wrong pair says what to look at, and all right ones are told', async ({ page }) => {
  await page.goto(days.en2);
  const question = page.locator('#d02-q4');
  const [add, commit, push] = ['git add', 'git commit', 'git push'].map((name) => question.getByLabel(name));
  await add?.selectOption('Into the index');
  await question.getByRole('button', { name: 'Check' }).click();
  await expect(commit as Locator).toBeFocused();
  await commit?.selectOption('Into the history that all can see');
  await push?.selectOption('Into the history on your machine');
  await question.getByRole('button', { name: 'Check' }).click();
  await expect(told(question)).toContainText('1 of 3');
  await expect(question.getByText('It records what is in the index')).toBeVisible();
  await commit?.selectOption('Into the history on your machine');
  await push?.selectOption('Into the history that all can see');
  await question.getByRole('button', { name: 'Check' }).click();
  await expect(told(question)).toHaveText('Yes, each with its own.');
});

async function answerNumber(page: Page, text: string): Promise<Locator> {
  const question = page.locator('#d01-q6');
  await question.getByRole('textbox').fill(text);
  await question.getByRole('textbox').press('Enter');
  return told(question);
}

test('a number is read with a comma, and a known slip is told apart from one that is only too small', async ({
  page,
}) => {
  await page.goto(days.es1);
  await page.locator('.example .go').last().click();
  await expect(await answerNumber(page, 'cuarenta')).toContainText('no se lee como un número');
  await expect(await answerNumber(page, '59')).toContainText('la primera vuelta entera');
  await expect(await answerNumber(page, '30')).toContainText('Es más');
  await expect(await answerNumber(page, '40,4')).toContainText('Sí.');
});

test('a worked example goes move by move, all at once, and to what a link in the page finds', async ({ page }) => {
  await page.goto(days.en2);
  const moves = page.locator('.example > .move');
  const shown = moves.locator('visible=true');
  await expect(moves).toHaveCount(5);
  await expect(page.locator('.example > .move:not([hidden])')).toHaveCount(1);
  await page.getByRole('button', { name: 'Next: See what it does today' }).click();
  await expect(page.locator('.example > .move:not([hidden]) h3')).toHaveText('See what it does today');
  await expect(page.locator('.example h3:focus')).toHaveText('See what it does today');
  await page.getByRole('button', { name: 'Choose, record and push' }).click();
  await page.getByText('What this step left behind').locator('visible=true').click();
  await expect(page.getByText('origin/seats: feat/healthz-trips')).toBeVisible();
  await page.getByRole('button', { name: 'See all the steps together' }).click();
  await expect(page.locator('.example > .move:not([hidden])')).toHaveCount(5);
  await expect(shown.first()).toBeVisible();
});

test('a word is explained under the pointer, the keyboard and a finger, and goes away with Escape', async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto(days.en2);
  const term = page.locator('a.term', { hasText: 'repository' }).first();
  const card = page.locator('.term-card');
  await term.hover();
  await expect(card).toContainText('repositorio');
  const [word, box] = [await term.boundingBox(), await card.boundingBox()];
  const below = (box?.y ?? 0) - ((word?.y ?? 0) + (word?.height ?? 0));
  const above = (word?.y ?? 0) - ((box?.y ?? 0) + (box?.height ?? 0));
  expect(Math.max(below, above)).toBeGreaterThanOrEqual(0);
  expect(Math.max(below, above)).toBeLessThan(12);
  await card.hover();
  await page.waitForTimeout(400);
  await expect(card).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await page.mouse.move(0, 0);
  await term.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(card).toBeVisible();
  const phone = await browser.newPage({
    hasTouch: true,
    viewport: { width: 360, height: 740 },
    baseURL: baseURL ?? '',
  });
  await phone.goto(days.en2);
  await phone.locator('a.term').first().tap();
  await expect(phone.locator('.term-card')).toBeVisible();
  await expect(phone).toHaveURL(/02-first-change-in-git/);
  await phone.close();
});

test('without script every question has its answer, and every move is there', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
  const page = await context.newPage();
  await page.goto(days.es1);
  await page.getByText('Ver el orden').click();
  await expect(page.locator('#d01-q4 details li').first()).toHaveText('Code');
  await expect(page.locator('.example > .move').last()).toBeVisible();
  await page.getByText('Ver la respuesta').click();
  await expect(page.locator('#d01-q6 details')).toContainText('40 h');
  await context.close();
});

test('with everything answered and opened, nothing is in the way of anybody', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const address of [days.es1, days.en2]) {
    await page.goto(address);
    await page.locator('.example .all').click();
    for (const details of await page.locator('main details').all())
      await details.evaluate((one) => one.setAttribute('open', ''));
    for (const check of await page.locator('[data-question] .button').all()) await check.click();
    await page.locator('a.term').first().hover();
    await expect(page.locator('.term-card')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  }
});
