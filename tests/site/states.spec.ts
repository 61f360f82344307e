// Pages and the states of the workbench as they are met on a phone, at a zoom of 200 %, in forced colours and without motion.
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { fillForge } from '../journeys/forge.ts';
import { commands, days, openDay, type } from '../journeys/learner.ts';
import { openProduction } from '../journeys/production.ts';

/** `zoomed` is a window of 1280 × 720 at 200 %. */
const sizes = {
  wide: { width: 1440, height: 900 },
  zoomed: { width: 640, height: 360 },
  phone: { width: 360, height: 740 },
} as const;

/** What is wrong with what the page shows now; empty when nothing is. */
function faultsInPage(): readonly string[] {
  const faults: string[] = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) faults.push(`${scrollWidth} px wide in ${innerWidth}`);
  for (const control of document.querySelectorAll<HTMLElement>('a, button, summary, label, h1, h2, h3')) {
    if (!control.checkVisibility() || control.closest('.monaco-editor, .xterm') !== null) continue;
    const style = getComputedStyle(control);
    const cut = style.overflowX !== 'visible' && control.scrollWidth > control.clientWidth + 1;
    if (cut && style.textOverflow !== 'ellipsis' && style.overflowX !== 'auto' && control.clientWidth > 1)
      faults.push(`cut off: ${control.outerHTML.slice(0, 120)}`);
  }
  for (const animation of document.getAnimations()) {
    const target = (animation.effect as KeyframeEffect | null)?.target;
    const duration = Number(animation.effect?.getComputedTiming().duration ?? 0);
    if (animation.playState === 'running' && duration > 1 && target?.closest('.monaco-editor, .xterm') === null)
      faults.push(`moves: ${target.outerHTML.slice(0, 120)}`);
  }
  return faults;
}

/** Looks at one state in every size; with `axe` on a phone, where most is folded, and in forced colours. */
async function look(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    await expect.poll(() => page.evaluate(faultsInPage), { message: `${name}, ${size}` }).toEqual([]);
  }
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').exclude('.xterm').analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    `${name}, phone`,
  ).toEqual([]);
  await page.setViewportSize(sizes.wide);
}

/** Controls that have the keyboard and do not show it, of the first ones in the order of Tab. */
async function unseenFocus(page: Page, count: number): Promise<readonly string[]> {
  const unseen: string[] = [];
  for (let at = 0; at < count; at++) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body || focused.closest('.monaco-editor, .xterm') !== null)
        return '';
      const { outlineStyle, outlineWidth } = getComputedStyle(focused);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1 ? '' : focused.outerHTML.slice(0, 120);
    });
    if (fault !== '') unseen.push(fault);
  }
  return unseen;
}

const pages = {
  home: '/es/',
  map: '/en/days/',
  day: days.es2,
  progress: '/es/progress/',
  certificate: '/en/certificate/',
  class: '/es/class/',
  review: '/en/review/',
  glossary: '/es/glossary/',
  about: '/en/about/',
} as const;

test('every kind of page on a phone, zoomed, without motion and in forced colours', async ({ page }) => {
  test.setTimeout(240_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const [name, address] of Object.entries(pages)) {
    await page.goto(address);
    await look(page, name);
  }
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  for (const [name, address] of Object.entries(pages)) {
    await page.goto(address);
    expect(await unseenFocus(page, 12), name).toEqual([]);
    if (process.env.NOVENTA_LOOK) await page.screenshot({ path: `${process.env.NOVENTA_LOOK}/forced-${name}.png` });
  }
});

test('every main state of the workbench on a phone, zoomed, without motion and in forced colours; a report is the file that is shown', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await page.setViewportSize(sizes.wide);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const states: Readonly<Record<string, () => Promise<void>>> = {
    open: () => openDay(page, days.en1),
    'failed check': async () => {
      await page.keyboard.press('ControlOrMeta+Enter');
      await expect(page.locator('.results .why').first()).toBeVisible({ timeout: 30_000 });
    },
    report: async () => {
      await page.getByRole('button', { name: 'Report a problem here' }).click();
      await page.locator('.report summary').click();
      await expect(page.locator('.report pre')).toBeVisible();
    },
    'passed step': async () => {
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save the file' }).click();
      const file = await saved;
      expect(file.suggestedFilename()).toBe('noventa-d01-problem.json');
      const text = await readFile(await file.path(), 'utf8');
      expect(text).toBe(await page.locator('.report pre').textContent());
      const report = JSON.parse(text);
      expect(report).toMatchObject({ format: 'noventa-problem', day: 'd01', language: 'en' });
      expect(Object.keys(report.results).length).toBeGreaterThan(0);
      await page.locator('.report').getByRole('button', { name: 'Close' }).click();
      await type(page, ...commands('01-one-turn-of-the-loop'));
      await page.keyboard.press('ControlOrMeta+Enter');
      await expect(page.locator('.sum')).toHaveAttribute('data-outcome', /stepPassed|dayPassed/, { timeout: 30_000 });
    },
    runs: async () => {
      await openDay(page, days.en2);
      await fillForge(page);
      await page.locator('#wb-tab-runs').click();
      await expect(page.locator('.run-list li').first()).toBeVisible();
    },
    production: async () => {
      await openProduction(page);
      await page.locator('#wb-tab-production').click();
      await expect(page.locator('.production-host .tile').first()).toBeVisible({ timeout: 30_000 });
    },
    replay: async () => {
      await page.locator('#wb-tab-terminal').click();
      await page.getByRole('button', { name: 'Replay' }).click();
      await expect(page.locator('dialog.replay')).toBeVisible();
      await expect(page.locator('dialog.replay .where')).toContainText('6 of 6', { timeout: 30_000 });
    },
  };
  for (const [name, reach] of Object.entries(states)) {
    await test.step(name, async () => {
      await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'none' });
      await reach();
      await look(page, name);
      await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
      // From the tools of the step on: what comes after them is the editor, where Tab types.
      if (name !== 'replay') await page.locator('.tools button').first().focus();
      expect(await unseenFocus(page, 5), `${name}, forced colours`).toEqual([]);
      if (process.env.NOVENTA_LOOK) await page.screenshot({ path: `${process.env.NOVENTA_LOOK}/forced-${name}.png` });
    });
  }
});
