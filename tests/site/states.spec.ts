// Pages and the states of the workbench as they are met on a phone, at a zoom of 200 %, in forced colours and without motion.
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { speaker } from '../../src/workbench/words.ts';
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

/** What axe finds in what the page shows now. */
async function violations(page: Page): Promise<readonly string[]> {
  const found = await new AxeBuilder({ page }).exclude('.monaco-editor').exclude('.xterm').analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** In forced colours. Axe takes the text's colour from what the theme says: it is the reader's that shows, whatever the theme. */
async function forcedViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => {
    document.documentElement.dataset.theme = 'light';
  });
  return violations(page);
}

type Theme = 'light' | 'dark';

/** Looks at one state in every size, with axe in the themes that are named for a size. */
async function look(
  page: Page,
  name: string,
  themes: Readonly<Partial<Record<keyof typeof sizes, readonly Theme[]>>>,
): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    await expect.poll(() => page.evaluate(faultsInPage), { message: `${name}, ${size}` }).toEqual([]);
    for (const theme of themes[size as keyof typeof sizes] ?? []) {
      await page.evaluate((one) => {
        document.documentElement.dataset.theme = one;
      }, theme);
      expect(await violations(page), `${name}, ${size}, ${theme}`).toEqual([]);
    }
  }
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

const pages = [
  '',
  'days/',
  'days/02-first-change-in-git/',
  'progress/',
  'certificate/',
  'class/',
  'review/',
  'glossary/',
  'about/',
];
const languages = ['es', 'en'] as const;

for (const language of languages)
  test(`every kind of page in ${language} on a phone, zoomed, without motion and in forced colours`, async ({
    page,
  }) => {
    test.setTimeout(360_000);
    for (const name of pages) {
      await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'none' });
      await page.goto(`/${language}/${name}`);
      // Wide ones have a test of their own: pages.spec.ts.
      await look(page, name, { phone: ['light', 'dark'] });
      await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
      expect(await forcedViolations(page), `${name}, forced colours`).toEqual([]);
      expect(await unseenFocus(page, 12), name).toEqual([]);
    }
  });

for (const language of languages)
  test(`every main state of the workbench in ${language}, in both themes, on a phone, zoomed, without motion and in forced colours; a report is the file that is shown`, async ({
    page,
  }) => {
    test.setTimeout(480_000);
    const say = speaker(language);
    await page.setViewportSize(sizes.wide);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const states: Readonly<Record<string, () => Promise<void>>> = {
      open: () => openDay(page, days[`${language}1`]),
      'failed check': async () => {
        await page.keyboard.press('ControlOrMeta+Enter');
        await expect(page.locator('.results .why').first()).toBeVisible({ timeout: 30_000 });
      },
      report: async () => {
        await page.getByRole('button', { name: say('report') }).click();
        await page.locator('.report summary').click();
        await expect(page.locator('.report pre')).toBeVisible();
      },
      'passed step': async () => {
        const saved = page.waitForEvent('download');
        await page.getByRole('button', { name: say('reportSave') }).click();
        const file = await saved;
        expect(file.suggestedFilename()).toBe('noventa-d01-problem.json');
        const text = await readFile(await file.path(), 'utf8');
        expect(text).toBe(await page.locator('.report pre').textContent());
        const report = JSON.parse(text);
        expect(report).toMatchObject({ format: 'noventa-problem', day: 'd01', language });
        expect(Object.keys(report.results).length).toBeGreaterThan(0);
        await page
          .locator('.report')
          .getByRole('button', { name: say('close') })
          .click();
        await type(page, ...commands('01-one-turn-of-the-loop'));
        await page.keyboard.press('ControlOrMeta+Enter');
        await expect(page.locator('.sum')).toHaveAttribute('data-outcome', /stepPassed|dayPassed/, { timeout: 30_000 });
      },
      runs: async () => {
        await openDay(page, days[`${language}2`]);
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
        await page.getByRole('button', { name: say('replay') }).click();
        await expect(page.locator('dialog.replay')).toBeVisible();
        await expect(page.locator('dialog.replay .where')).toContainText(/\b(\d+) (?:de|of) \1:/, { timeout: 30_000 });
      },
    };
    for (const [name, reach] of Object.entries(states)) {
      await test.step(name, async () => {
        await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'none' });
        await reach();
        // Between the two languages each size is seen in both themes.
        await look(
          page,
          name,
          language === 'es' ? { wide: ['dark'], phone: ['light'] } : { wide: ['light'], phone: ['dark'] },
        );
        await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
        expect(await forcedViolations(page), `${name}, forced colours`).toEqual([]);
        // From the tools of the step on: what comes after them is the editor, where Tab types.
        if (name !== 'replay') await page.locator('.tools button').first().focus();
        expect(await unseenFocus(page, 5), `${name}, forced colours`).toEqual([]);
        if (process.env.NOVENTA_LOOK) await page.screenshot({ path: `${process.env.NOVENTA_LOOK}/forced-${name}.png` });
      });
    }
  });
