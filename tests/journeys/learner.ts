// What a learner does, in words of the page: used by the journeys.
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';

export const days = {
  es1: '/es/days/01-one-turn-of-the-loop/',
  en1: '/en/days/01-one-turn-of-the-loop/',
  es2: '/es/days/02-first-change-in-git/',
  en2: '/en/days/02-first-change-in-git/',
  es5: '/es/days/05-first-pipeline-gate/',
  en5: '/en/days/05-first-pipeline-gate/',
  en6: '/en/days/06-release-a-version/',
  en8: '/en/days/08-customers-are-calling/',
} as const;

/** The terminal that is shown, of those that are open. */
export const onScreen = '.terminal-screen:not([hidden])';

/** The course's own answer to a day. */
export function solution(folder: string, file: string): string {
  return readFileSync(`exercises/${folder}/solution/${file}`, 'utf8');
}

/** The commands of the course's own answer, one a line. */
export function commands(folder: string): readonly string[] {
  return solution(folder, '.noventa/actions.sh').trim().split('\n');
}

/** Opens a day and its workbench, and waits for the prompt. */
export async function openDay(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator('#bench [data-open-workbench]').click();
  await atPrompt(page);
}

/** Everything that stands in the terminal. */
export async function shown(page: Page): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: the rows of the terminal are lines only as they are laid out
  return (await page.locator(`${onScreen} .xterm-rows`).innerText()).replaceAll('\u00a0', ' ');
}

export async function expectShown(page: Page, text: string | RegExp): Promise<void> {
  await expect.poll(() => shown(page), { timeout: 20_000 }).toMatch(text);
}

/** Types lines into the terminal, waiting for the prompt after each. */
export async function type(page: Page, ...lines: readonly string[]): Promise<void> {
  const tab = page.locator('#wb-tab-terminal');
  if (await tab.count()) await tab.click();
  // The panel is shown a frame after its tab: what is not shown yet takes no focus.
  const keyboard = page.locator(`${onScreen} .xterm-helper-textarea`);
  await expect(async () => {
    await keyboard.focus();
    await expect(keyboard).toBeFocused({ timeout: 200 });
  }).toPass({ timeout: 20_000 });
  for (const line of lines) {
    await page.keyboard.insertText(line);
    await page.keyboard.press('Enter');
    await atPrompt(page);
  }
}

/** The last line that is not empty is a prompt with nothing behind it. */
export async function atPrompt(page: Page): Promise<void> {
  await page.locator(`${onScreen} .xterm-rows`).waitFor({ timeout: 20_000 });
  await expect
    .poll(async () => (await shown(page)).trimEnd().split('\n').at(-1)?.trimEnd(), { timeout: 20_000 })
    .toMatch(/^dev@desk:.*\$$/);
}

/** Opens a file and puts a whole text into it. */
export async function write(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('treeitem', { name, exact: true }).click();
  await page.locator('.monaco-editor').first().click();
  await expect(
    page.locator('.monaco-editor .native-edit-context, .monaco-editor textarea.inputarea').first(),
  ).toBeFocused();
  const inView = async () =>
    ((await page.locator('.monaco-editor .view-lines').first().textContent()) ?? '').replaceAll('\u00a0', ' ');
  await expect.poll(inView).not.toBe('');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await expect.poll(inView).toBe('');
  // As a paste: the editor indents typed lines by itself.
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
  // The cursor stands at the end, and so does what is in view.
  await expect.poll(inView).toContain(text.trimEnd().split('\n').at(-1) ?? '');
}

/** Checks step after step from the present one on, until the day is done. `patience`: ms for one step's checks, which may replay days. */
export async function checkAll(page: Page, patience = 20_000): Promise<void> {
  for (;;) {
    await page.keyboard.press('ControlOrMeta+Enter');
    const sum = page.locator('.sum');
    await expect(sum).toHaveAttribute('data-outcome', /stepPassed|dayPassed/, { timeout: patience });
    if ((await sum.getAttribute('data-outcome')) === 'dayPassed') return;
    await page.locator('#wb-panel-results .tool.main, .under .tool.main').first().click();
  }
}

/** A line that writes a whole file. */
export const laid = (path: string, text: string): string =>
  `echo ${Buffer.from(text).toString('base64')} | base64 -d > ${path}`;

/** The state of a day on the map. */
export async function stateOnMap(page: Page, language: 'es' | 'en', day: string): Promise<string | null> {
  await page.goto(`/${language}/days/`);
  await expect(page.locator(`[data-day=${day}] .state`).first()).toBeVisible();
  return page.locator(`[data-day=${day}] .state`).first().getAttribute('data-state');
}
