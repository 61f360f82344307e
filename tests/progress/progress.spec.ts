import { expect, type Page, test } from '@playwright/test';
import { build } from 'esbuild';
import type { Progress, ProgressEvent, ProgressStatus } from '../../src/progress/index.ts';

let script: string;
test.beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: "import { openProgress } from './src/progress/index.ts'; globalThis.open_ = openProgress;",
      resolveDir: '.',
      loader: 'ts',
    },
    bundle: true,
    write: false,
    minify: true,
    target: 'es2023',
  });
  script = outputFiles[0]?.text ?? '';
});

type Window = { open_(): Promise<Progress>; progress: Progress };

/** A page of this site with nothing on it but the store. */
async function open(page: Page, before?: string): Promise<void> {
  await page.route('**/store-test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>store</title>' }),
  );
  await page.goto('/store-test/');
  if (before !== undefined) await page.evaluate(before);
  await page.addScriptTag({ content: script });
  await page.evaluate(async () => {
    const page = globalThis as unknown as Window;
    page.progress = await page.open_();
  });
}

const record = (page: Page, event: ProgressEvent): Promise<void> =>
  page.evaluate((one) => (globalThis as unknown as Window).progress.record(one), event);
const status = (page: Page): Promise<ProgressStatus> =>
  page.evaluate(() => (globalThis as unknown as Window).progress.status());
const days = (page: Page) => page.evaluate(() => (globalThis as unknown as Window).progress.days());
const exported = (page: Page): Promise<string> =>
  page.evaluate(async () => (await (globalThis as unknown as Window).progress.export()).text());
const imported = (page: Page, text: string) =>
  page.evaluate((one) => (globalThis as unknown as Window).progress.import(new Blob([one])), text);

/** A sandbox whose one file holds `text`. */
const keep = (page: Page, text: string): Promise<void> =>
  page.evaluate((content) => {
    const bytes = new TextEncoder().encode(content);
    const shell = { cwd: '/', variables: {}, exported: [], functions: [], aliases: {}, history: [] };
    const kernel = { seed: 's', now: 1, random: {}, log: [] };
    const files = { '/x': { type: 'file' as const, mode: 420, mtimeMs: 1, bytes } };
    (globalThis as unknown as Window).progress.keepDraft('d01', () => ({
      version: 1,
      day: 'd01',
      kernel,
      files,
      shell,
    }));
  }, text);
const draft = (page: Page): Promise<string | undefined> =>
  page.evaluate(async () => {
    const entry = (await (globalThis as unknown as Window).progress.draft('d01'))?.files['/x'];
    return entry?.type === 'file' ? new TextDecoder().decode(entry.bytes) : undefined;
  });

const passed = (check: string): ProgressEvent => ({ type: 'CheckPassed', day: 'd01', check });

test('what was recorded and saved is there after a reload', async ({ page }) => {
  await open(page);
  await record(page, passed('d01-c1'));
  await keep(page, 'first');
  await keep(page, 'second');
  expect((await status(page)).saving).toBe('waiting');
  await expect.poll(async () => (await status(page)).saving).toBe('idle');
  expect((await status(page)).savedAt).toBeGreaterThan(0);
  await open(page);
  expect(await days(page)).toMatchObject({ d01: { state: 'started', checks: ['d01-c1'] } });
  expect(await draft(page)).toBe('second');
  expect(await status(page)).toMatchObject({ storage: 'disk', role: 'writer', setAside: 0 });
});

test('leaving the page saves at once', async ({ page }) => {
  await open(page);
  await keep(page, 'leaving');
  await page.goto('about:blank');
  await open(page);
  // The page that was left may end in another process, a moment after the new one began.
  await expect.poll(() => draft(page)).toBe('leaving');
});

test('a page that ends before its database answers loses nothing', async ({ page }) => {
  await open(page);
  await keep(page, 'stored');
  await expect.poll(async () => (await status(page)).saving).toBe('idle');
  await page.evaluate(() => {
    IDBDatabase.prototype.transaction = () => {
      throw new DOMException('too late');
    };
  });
  await keep(page, 'at the last moment');
  await record(page, passed('d01-c1'));
  await page.goto('about:blank');
  await open(page);
  await expect.poll(() => draft(page)).toBe('at the last moment');
  await expect.poll(async () => (await days(page)).d01?.checks).toEqual(['d01-c1']);
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('parting')));
  await expect.poll(kept).toEqual([]);
  await open(page);
  expect(await draft(page)).toBe('at the last moment');
  expect((await days(page)).d01?.checks).toEqual(['d01-c1']);
  expect((await status(page)).setAside).toBe(0);
});

test('what a left page kept and cannot be read is set aside', async ({ page }) => {
  await open(page, "localStorage.setItem('noventa:parting:x', 'nonsense')");
  expect((await status(page)).setAside).toBe(1);
  expect(
    await page.evaluate(async () => (await (globalThis as unknown as Window).progress.exportSetAside()).text()),
  ).toContain('nonsense');
  expect(await page.evaluate(() => localStorage.getItem('noventa:parting:x'))).toBe(null);
});

test('of two tabs one writes; the other reads along, and may take over without anything being lost', async ({
  context,
}) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  await open(first);
  await open(second);
  expect([(await status(first)).role, (await status(second)).role]).toEqual(['writer', 'reader']);
  await record(first, passed('d01-c1'));
  await expect.poll(async () => (await days(second)).d01?.checks).toEqual(['d01-c1']);
  await keep(first, 'of the first tab');
  await expect.poll(async () => (await status(first)).saving).toBe('idle');
  await keep(second, 'of the second tab');
  await second.waitForTimeout(700);
  await second.evaluate(() => (globalThis as unknown as Window).progress.takeOver());
  await expect.poll(async () => (await status(first)).role).toBe('reader');
  await keep(second, 'of the second tab, now writing');
  await expect.poll(async () => (await status(second)).saving).toBe('idle');
  expect((await status(second)).setAside).toBe(1);
  const aside = await second.evaluate(async () =>
    (await (globalThis as unknown as Window).progress.exportSetAside()).text(),
  );
  expect(aside).toContain(Buffer.from('of the first tab').toString('base64'));
  await second.close();
  await expect.poll(async () => (await status(first)).role).toBe('writer');
});

test('a draft that was damaged after several saves gives way to the one before it', async ({ page }) => {
  await open(page);
  for (const text of ['one', 'two', 'three']) {
    await keep(page, text);
    await page.evaluate(() => (globalThis as unknown as Window).progress.flush());
  }
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('noventa');
        opening.onsuccess = () => {
          const drafts = opening.result.transaction('drafts', 'readwrite').objectStore('drafts');
          drafts.get(['d01', 'now']).onsuccess = (event) => {
            const damaged = { ...(event.target as IDBRequest).result, at: 1 };
            drafts.put(damaged, ['d01', 'now']).onsuccess = () => {
              opening.result.close();
              resolve(undefined);
            };
          };
        };
      }),
  );
  await open(page);
  expect(await draft(page)).toBe('two');
  expect((await status(page)).setAside).toBe(1);
});

test('what was typed before taking over is saved by taking over', async ({ context }) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  await open(first);
  await open(second);
  await keep(second, 'typed as a reader');
  await second.waitForTimeout(700);
  await second.evaluate(() => (globalThis as unknown as Window).progress.takeOver());
  expect((await status(second)).saving).toBe('idle');
  const third = await context.newPage();
  await open(third);
  expect(await draft(third)).toBe('typed as a reader');
});

const walls = {
  'opening it throws': "IDBFactory.prototype.open = () => { throw new DOMException('refused', 'SecurityError'); }",
  'every write throws':
    "IDBObjectStore.prototype.add = IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }",
  'every transaction throws':
    "IDBDatabase.prototype.transaction = () => { throw new DOMException('gone', 'InvalidStateError'); }",
} as const;

for (const [name, wall] of Object.entries(walls)) {
  test(`where storage refuses (${name}), everything works in memory and says so`, async ({ page }) => {
    await open(page, wall);
    await record(page, passed('d01-c1'));
    await keep(page, 'kept');
    await page.waitForTimeout(700);
    expect(await status(page)).toMatchObject({ storage: 'memory' });
    expect(await days(page)).toMatchObject({ d01: { checks: ['d01-c1'] } });
    expect(await draft(page)).toBe('kept');
    expect(await exported(page)).toContain('d01-c1');
  });
}

test('what could not be written for want of room is written when there is room again', async ({ page }) => {
  await open(
    page,
    "globalThis.add = IDBObjectStore.prototype.add; IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); }",
  );
  await record(page, passed('d01-c1'));
  expect(await status(page)).toMatchObject({ storage: 'memory', saving: 'waiting' });
  await page.evaluate('IDBObjectStore.prototype.add = globalThis.add');
  await record(page, passed('d01-c2'));
  expect(await status(page)).toMatchObject({ storage: 'disk', saving: 'idle' });
  await open(page);
  expect(await days(page)).toMatchObject({ d01: { checks: ['d01-c1', 'd01-c2'] } });
});

test('damaged records and drafts are set aside, offered, and the rest is there', async ({ page }) => {
  await open(page);
  await record(page, passed('d01-c1'));
  await record(page, passed('d01-c2'));
  await keep(page, 'good');
  await expect.poll(async () => (await status(page)).saving).toBe('idle');
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('noventa');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction(['records', 'drafts'], 'readwrite');
          transaction
            .objectStore('records')
            .put({ version: 1, at: 5, event: { type: 'DayPassed', day: 'd01' }, sum: 1 }, 1);
          transaction.objectStore('records').add('nonsense');
          const drafts = transaction.objectStore('drafts');
          drafts.get(['d01', 'now']).onsuccess = (event) => {
            const good = (event.target as IDBRequest).result;
            drafts.put(good, ['d01', 'before']);
            drafts.put({ ...good, at: 1 }, ['d01', 'now']);
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve(undefined);
          };
        };
      }),
  );
  await open(page);
  expect(await days(page)).toMatchObject({ d01: { state: 'started', checks: ['d01-c2'] } });
  expect(await draft(page)).toBe('good');
  await open(page);
  expect((await status(page)).setAside).toBe(3);
  expect(
    await page.evaluate(async () => (await (globalThis as unknown as Window).progress.exportSetAside()).text()),
  ).toContain('nonsense');
});

test('a database of a newer course is left alone', async ({ page }) => {
  await page.route('**/store-test/', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto('/store-test/');
  const make = () =>
    new Promise<number>((resolve) => {
      const opening = indexedDB.open('noventa', 99);
      opening.onupgradeneeded = () => void opening.result.createObjectStore('future');
      opening.onsuccess = () => {
        const { version } = opening.result;
        opening.result.close();
        resolve(version);
      };
    });
  await page.evaluate(make);
  await open(page);
  await record(page, passed('d01-c1'));
  expect(await status(page)).toMatchObject({ storage: 'memory' });
  expect(await page.evaluate(make)).toBe(99);
});

test('everything leaves as one file and comes back on another device, once', async ({ browser, page, baseURL }) => {
  await open(page);
  await record(page, passed('d01-c1'));
  await record(page, { type: 'DayPassed', day: 'd02' });
  await keep(page, 'mi año');
  const text = await exported(page);
  const other = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
  await open(other);
  await record(other, passed('d01-c3'));
  expect(await imported(other, text)).toEqual({ ok: true, added: 2, drafts: 1 });
  expect(await imported(other, text)).toEqual({ ok: true, added: 0, drafts: 0 });
  await open(other);
  expect(await days(other)).toMatchObject({
    d01: { checks: expect.arrayContaining(['d01-c1', 'd01-c3']) },
    d02: { state: 'done' },
  });
  expect(await draft(other)).toBe('mi año');
  expect(await imported(other, text.slice(0, -9))).toMatchObject({ ok: false, reason: 'truncated' });
  expect(await imported(other, 'PK…')).toMatchObject({ ok: false, reason: 'not-ours' });
  expect(await days(other)).toMatchObject({ d02: { state: 'done' } });
});

test('what happens at the same moment is stored once each, also while storage fails in between', async ({ page }) => {
  await open(page);
  await page.evaluate(async () => {
    const { progress } = globalThis as unknown as Window;
    const passed = (check: string) => progress.record({ type: 'CheckPassed', day: 'd01', check });
    const { add } = IDBObjectStore.prototype;
    const some = [passed('a'), passed('b')];
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    some.push(passed('c'));
    await Promise.all(some);
    IDBObjectStore.prototype.add = add;
    await Promise.all([passed('d'), passed('e')]);
  });
  expect(await status(page)).toMatchObject({ storage: 'disk', saving: 'idle' });
  await open(page);
  const { contents } = JSON.parse(await exported(page));
  expect(contents.records.map(({ event }: { event: { check: string } }) => event.check).sort()).toEqual([...'abcde']);
});

test('where the browser refuses locks and channels, the page opens and writes', async ({ page }) => {
  await open(
    page,
    `navigator.locks.request = () => Promise.reject(new DOMException('denied', 'SecurityError'));
     globalThis.BroadcastChannel = class { constructor() { throw new DOMException('denied', 'SecurityError'); } };`,
  );
  await record(page, passed('d01-c1'));
  expect(await status(page)).toMatchObject({ storage: 'disk', role: 'writer' });
});

test('while nothing can be written, reading does not make it look saved; a draft is written when there is room', async ({
  page,
}) => {
  await open(
    page,
    `globalThis.put = IDBObjectStore.prototype.put;
     IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }`,
  );
  await keep(page, 'kept');
  await expect.poll(async () => (await status(page)).storage).toBe('memory');
  await exported(page);
  await page.evaluate(() => (globalThis as unknown as Window).progress.draft('d02'));
  expect(await status(page)).toMatchObject({ storage: 'memory' });
  await page.evaluate('IDBObjectStore.prototype.put = globalThis.put');
  await page.evaluate(() => (globalThis as unknown as Window).progress.flush());
  expect(await status(page)).toMatchObject({ storage: 'disk' });
  await open(page);
  expect(await draft(page)).toBe('kept');
});

/** Changes the stored draft so that its checksum is wrong. */
const damageDraft = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('noventa');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('drafts', 'readwrite');
          const drafts = transaction.objectStore('drafts');
          drafts.get(['d01', 'now']).onsuccess = (event) =>
            drafts.put({ ...(event.target as IDBRequest).result, at: 1 }, ['d01', 'now']);
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );

test('a damaged draft does not spoil the exported file, and is set aside before anything takes its place', async ({
  page,
}) => {
  await open(page);
  await record(page, passed('d01-c1'));
  await keep(page, 'damaged');
  await expect.poll(async () => (await status(page)).saving).toBe('idle');
  await damageDraft(page);
  await open(page);
  await keep(page, 'new');
  await expect.poll(async () => (await status(page)).saving).toBe('idle');
  expect((await status(page)).setAside).toBe(1);
  await damageDraft(page);
  const text = await exported(page);
  expect(await imported(page, text)).toEqual({ ok: true, added: 0, drafts: 0 });
});

test('a draft that came from a file while another tab works is not written over unseen', async ({
  browser,
  baseURL,
  context,
}) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  await open(first);
  await keep(first, 'here');
  await expect.poll(async () => (await status(first)).saving).toBe('idle');
  const other = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
  await open(other);
  await keep(other, 'from elsewhere');
  await expect.poll(async () => (await status(other)).saving).toBe('idle');
  await open(second);
  expect(await imported(second, await exported(other))).toEqual({ ok: true, added: 0, drafts: 1 });
  await keep(first, 'here, later');
  await expect.poll(async () => (await status(first)).saving).toBe('idle');
  const aside = await first.evaluate(async () =>
    (await (globalThis as unknown as Window).progress.exportSetAside()).text(),
  );
  expect(aside).toContain(Buffer.from('from elsewhere').toString('base64'));
});

test('closing the tab saves at once', async ({ context, page }) => {
  await open(page);
  await record(page, passed('d01-c1'));
  const closing = await context.newPage();
  await page.close();
  await open(closing);
  await keep(closing, 'closing');
  const next = await context.newPage();
  await closing.close({ runBeforeUnload: true });
  await open(next);
  await expect.poll(() => draft(next)).toBe('closing');
});
