import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { type Journal, journalText, readJournal } from '../../sandbox/hosts/replay/journal.ts';
import type { Certificate } from '../../src/certificate/contract.ts';
import { dataOf, readCertificate } from '../../src/certificate/file.ts';
import { packText, unpackText } from '../../src/progress/packed.ts';
import { checkAll, commands, days, openDay, solution, type, write } from './learner.ts';

test.setTimeout(180_000);

const name = '<img src=x onerror=alert(1)> & Ana';

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** For who looks at the pages: `SHOTS` names a folder. */
async function shoot(page: Page, as: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${as}.png`, fullPage: true });
}

async function open(page: Page, text: string, called = 'certificate.html'): Promise<void> {
  await page
    .locator('#certificate input[type=file]')
    .setInputFiles({ name: called, mimeType: 'text/html', buffer: Buffer.from(text) });
}

/** The certificate with the run of its first day changed, sealed as if it had been made like that. */
function forged(text: string, change: (journal: Journal) => Journal): string {
  const read = readCertificate(text);
  if (!read.ok) throw new Error(read.detail);
  const [day] = read.certificate.days;
  const run = readJournal(unpackText(day?.run?.run ?? '', 8_000_000) ?? '');
  if (day?.run === undefined || run === undefined) throw new Error('no run');
  const other: Certificate = {
    ...read.certificate,
    days: [{ ...day, run: { ...day.run, run: packText(journalText(change(run))) } }],
  };
  return text.replace(dataOf(read.certificate), () => dataOf(other));
}

/** What a page has stored on its device: nothing of a stranger's certificate. */
function stored(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase | undefined>((resolve) => {
      const request = indexedDB.open('noventa');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
    });
    const count = (store: string): Promise<number> =>
      new Promise((resolve) => {
        const request = database?.transaction(store).objectStore(store).count();
        if (request) request.onsuccess = () => resolve(request.result);
        else resolve(0);
      });
    return {
      records: await count('records'),
      drafts: await count('drafts'),
      local: Object.keys(localStorage).filter((key) => key.startsWith('noventa:')),
    };
  });
}

async function fresh(browser: Browser, language: 'es' | 'en', theme: 'light' | 'dark', width: number): Promise<Page> {
  const context = await browser.newContext({ colorScheme: theme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  await page.goto(`/${language}/certificate/`, { waitUntil: 'networkidle' });
  return page;
}

test('day 1 is passed in two visits; its certificate is done again by a stranger and passes; changed ones do not', async ({
  page,
  browser,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  const lines = commands('01-one-turn-of-the-loop');
  await openDay(page, days.es1);
  await type(page, ...lines.slice(0, 3));
  // Left with a text that the desk has not got yet.
  await write(page, 'plan.yaml', solution('01-one-turn-of-the-loop', 'plan.yaml'));
  await openDay(page, days.es1);
  await type(page, ...lines.slice(3));
  await checkAll(page);
  await page.goto('/es/certificate/', { waitUntil: 'networkidle' });
  await expect(page.locator('.certificate .done')).toContainText('1 de los 10 días');
  await page.getByRole('textbox', { name: 'Nombre' }).fill(name);
  await expect(page.locator('.certificate .name')).toHaveText(name);
  await clean(page);
  await shoot(page, 'own-es-light-1280');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Descargar el certificado' }).click();
  const saved = await coming;
  expect(saved.suggestedFilename()).toBe('noventa-certificado-1.html');
  const text = readFileSync(await saved.path(), 'utf8');

  // By itself, without the site: everything is to be read, and nothing is asked for.
  const profile = await browser.newContext({ colorScheme: 'dark', viewport: { width: 360, height: 740 } });
  const alone = await profile.newPage();
  const asked: string[] = [];
  alone.on('request', (request) => asked.push(request.url()));
  await alone.route('**/alone.html', (route) => route.fulfill({ contentType: 'text/html', body: text }));
  await alone.goto('http://127.0.0.1/alone.html');
  await expect(alone.locator('.name')).toHaveText(name);
  await expect(alone.locator('tbody tr')).toHaveCount(1);
  await expect(alone.locator('img')).toHaveCount(0);
  expect(asked.filter((url) => !url.endsWith('favicon.ico'))).toEqual(['http://127.0.0.1/alone.html']);
  expect(await alone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await clean(alone);
  await shoot(alone, 'file-dark-360');
  await profile.close();

  // A stranger, in the other language.
  const stranger = await fresh(browser, 'en', 'dark', 360);
  const nothing = await stored(stranger);
  await open(stranger, text);
  await expect(stranger.locator('.told')).toContainText('Certificate opened');
  await expect(stranger.locator('.certificate .name')).toHaveText(name);
  await expect(stranger.locator('.certificate')).not.toContainText('passes');
  await stranger.getByRole('button', { name: 'Do it again and check' }).press('Enter');
  await expect(stranger.getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect(stranger.locator('.told')).toHaveText(
    'Days that were done again and pass: 1. That do not pass: 0. That cannot be done again: 0.',
    { timeout: 60_000 },
  );
  await expect(stranger.locator('tbody td.again')).toHaveText(/^✓ passes/);
  expect(await stranger.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await clean(stranger);
  await shoot(stranger, 'again-en-dark-360');

  // The last deed is left out: the certificate still says that the day was passed, and the browser says what is not so.
  const withoutLast = forged(text, (journal) => [
    ...journal.slice(0, -1),
    { actions: journal.at(-1)?.actions.slice(0, -1) ?? [] },
  ]);
  await stranger.setViewportSize({ width: 1440, height: 900 });
  await open(stranger, withoutLast);
  await stranger.getByRole('button', { name: 'Do it again and check' }).click();
  await expect(stranger.locator('.told')).toContainText('That do not pass: 1.', { timeout: 60_000 });
  await expect(stranger.locator('tbody td.again')).toContainText('does not pass:');
  expect(await stranger.locator('tbody td.again li').count()).toBeGreaterThan(0);
  await clean(stranger);
  await shoot(stranger, 'failed-en-dark-1440');

  // A program that never ends is stopped by the reader.
  const endless = forged(text, ([first]) => [
    { actions: [...(first?.actions.slice(0, 1) ?? []), { call: 'type', args: { id: 't1', data: 'cat\r' }, at: 0 }] },
  ]);
  await open(stranger, endless);
  await stranger.getByRole('button', { name: 'Do it again and check' }).click();
  await expect(stranger.locator('.certificate progress')).toBeVisible();
  await stranger.getByRole('button', { name: 'Stop' }).click();
  await expect(stranger.locator('.told')).toContainText('Stopped.');
  expect(await stored(stranger)).toEqual(nothing);

  // On paper there is the certificate and nothing else.
  await stranger.emulateMedia({ media: 'print' });
  await expect(stranger.locator('.certificate')).toBeVisible();
  await expect(stranger.locator('h1')).toBeHidden();
  await expect(stranger.getByRole('button', { name: 'Print' })).toBeHidden();
  if (process.env.SHOTS) await stranger.pdf({ path: `${process.env.SHOTS}/certificate.pdf`, format: 'A4' });
  await stranger.context().close();
});

test('files that are no certificate are refused in words, and nothing of them is shown', async ({ browser }) => {
  const page = await fresh(browser, 'es', 'light', 1440);
  const status = page.locator('.told');
  const day = {
    id: 'd01',
    passedAt: 5,
    checks: [],
    stars: [],
    run: { version: 'v', run: packText(' '.repeat(20_000_000)) },
  };
  const certificate: Certificate = {
    name,
    part: 'course',
    of: 90,
    made: 1,
    days: [day, { ...day, id: 'd77' }, { id: 'd02', passedAt: 5, checks: [], stars: [] }],
  };
  const file = `<script type="application/json" id="noventa-certificate">${dataOf(certificate)}</script>`;
  for (const [text, told] of [
    ['', 'no es un certificado'],
    ['PK\u0003\u0004 <script>alert(1)</script>', 'no es un certificado'],
    [file.slice(0, 200), 'incompleto'],
    [file.replace('"version":1', '"version":9'), 'versión más nueva'],
    [file.replace('Ana', 'Eva'), 'se cambió o se dañó'],
    ['x'.repeat(40_000_001), 'pasa de 40 MB'],
  ] as const) {
    await open(page, text, '<b>x</b>.html');
    await expect(status).toContainText(told);
    await expect(page.locator('.certificate')).toHaveCount(0);
  }
  await clean(page);
  await shoot(page, 'refused-es-light-1440');

  // A bomb, a day that there is not, and a day without its run: each is named, and none runs.
  await open(page, file);
  await page.getByRole('button', { name: 'Repetir y comprobar' }).click();
  await expect(status).toHaveText('Días que se han repetido y pasan: 0. Que no pasan: 1. Que no se pueden repetir: 2.');
  await expect(page.locator('tbody td.again')).toHaveText([
    'El registro no se puede leer.',
    /esta versión del curso no tiene este día/,
    /no lleva registro/,
  ]);
  await expect(page.locator('.certificate img')).toHaveCount(0);
  await clean(page);
  await page.context().close();
});
