// A few of the random histories in real Chromium, with real IndexedDB, locks and tabs that crash. Many more are lived in Node
// (losses.test.ts). `NOVENTA_HISTORIES=500 npx playwright test --config tests/playwright.config.ts progress/losses` lives as many here.
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import fc from 'fast-check';
import type { Progress } from '../../../src/progress/index.ts';
import { type Course, type Device, type Fault, live, type Step, step, type Tab } from './history.ts';
import { damage } from './in-node.ts';
import { type Create, foreignFiles, snapshotWith, storeScript } from './store.ts';

const HISTORIES = Number(process.env.NOVENTA_HISTORIES ?? 25);

type Window = {
  store: { createProgress: Create };
  progress: Progress;
  fault: Fault | undefined;
  clock: number;
};

/** Puts the faults and the clock of the device into a page. Runs in it. */
function rigPage([fault, clock]: readonly [Fault | null, number]): void {
  const page = globalThis as unknown as Window;
  page.fault = fault ?? undefined;
  page.clock = clock;
  const fail = (one: Fault, name: string): void => {
    if (page.fault === one) throw new DOMException(one, name);
  };
  const now = Date.now.bind(Date);
  Date.now = () => now() + page.clock;
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...args) {
    fail('refused', 'SecurityError');
    return open.apply(this, args);
  };
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...args) {
    fail('gone', 'InvalidStateError');
    return transaction.apply(this, args);
  };
  for (const method of ['add', 'put'] as const) {
    const write = IDBObjectStore.prototype[method];
    IDBObjectStore.prototype[method] = function (...args) {
      fail('full', 'QuotaExceededError');
      const request = write.apply(this, args);
      if (page.fault === 'aborts') request.addEventListener('success', () => this.transaction.abort());
      return request;
    };
  }
  const { commit } = IDBTransaction.prototype;
  IDBTransaction.prototype.commit = function () {
    if (page.fault === 'aborts') this.abort();
    else commit.apply(this);
  };
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (...args) {
    fail('local', 'QuotaExceededError');
    return setItem.apply(this, args);
  };
}

const turnsOf = (page: Page, count: number): Promise<void> =>
  page.evaluate(async (turns) => {
    for (let at = 0; at < turns; at++) await new Promise((resolve) => setTimeout(resolve));
  }, count);

async function chromiumDevice(context: BrowserContext, scripts: Readonly<Record<Course, string>>): Promise<Device> {
  const pages = new Set<Page>();
  let fault: Fault | undefined;
  let clock = 0;
  await context.route('**/store-test/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>store</title>' }),
  );
  /** Has no store: looks at the disk from beside. */
  const beside = await context.newPage();
  await beside.goto('/store-test/beside');
  await beside.evaluate(`globalThis.damage = ${damage}`);

  function tabOf(page: Page): Tab {
    const inPage = <A, R>(run: (argument: A) => R | Promise<R>, argument?: A) =>
      page.evaluate(run as never, argument as never) as Promise<R>;
    /** Nothing is waited for, and the page may die meanwhile. */
    const send = <A>(run: (argument: A) => void, argument?: A): void => void inPage(run, argument).catch(() => {});
    return {
      record: (events) =>
        send((some) => {
          for (const one of some) void (globalThis as unknown as Window).progress.record(one);
        }, events),
      keep: (day, mark) =>
        void page
          .evaluate(
            `{ const snapshotWith = ${snapshotWith}; progress.keepDraft('${day}', () => snapshotWith('${mark}', '${day}')) }`,
          )
          .catch(() => {}),
      draft: (day) =>
        inPage(async (id) => {
          const entry = (await (globalThis as unknown as Window).progress.draft(id))?.files['/x'];
          return entry?.type === 'file' ? new TextDecoder().decode(entry.bytes) : undefined;
        }, day),
      status: () => inPage(() => (globalThis as unknown as Window).progress.status()),
      flush: () => send(() => void (globalThis as unknown as Window).progress.flush()),
      takeOver: () => send(() => void (globalThis as unknown as Window).progress.takeOver()),
      import: (text) =>
        inPage(async (one) => (await (globalThis as unknown as Window).progress.import(new Blob([one]))).ok, text),
      records: () => inPage(() => JSON.stringify((globalThis as unknown as Window).progress.records())),
      export: () => inPage(async () => (await (globalThis as unknown as Window).progress.export()).text()),
      exportSetAside: () =>
        inPage(async () => (await (globalThis as unknown as Window).progress.exportSetAside()).text()),
      hide: () =>
        inPage(() => {
          Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }),
      async leave(turns) {
        if (turns > 3) await page.goto('about:blank');
        pages.delete(page);
        await page.close(turns > 3 ? {} : { runBeforeUnload: true });
        if (turns <= 3 && !page.isClosed()) await page.waitForEvent('close');
      },
      async kill() {
        pages.delete(page);
        const session = await context.newCDPSession(page);
        // The process dies as it stands; it can tell nobody that it did.
        await Promise.race([session.send('Page.crash').catch(() => {}), page.waitForEvent('crash')]);
        await page.close({ runBeforeUnload: false });
      },
    };
  }

  const everywhere = (run: (value: never) => void, value: unknown): Promise<unknown> =>
    Promise.all([...pages].map((page) => page.evaluate(run as never, value as never)));

  return {
    async open(course) {
      const page = await context.newPage();
      await page.goto('/store-test/');
      await page.evaluate(rigPage, [fault ?? null, clock] as const);
      await page.addScriptTag({ content: scripts[course] });
      await page.evaluate(async () => {
        const here = globalThis as unknown as Window;
        here.progress = await here.store.createProgress('noventa');
      });
      pages.add(page);
      return tabOf(page);
    },
    async fault(one) {
      fault = one;
      await everywhere((value: Fault | null) => {
        (globalThis as unknown as Window).fault = value ?? undefined;
      }, one ?? null);
    },
    async corrupt(what, which) {
      await beside.evaluate(
        async ([kind, at]) => {
          if (kind === 'parting') {
            const key = Object.keys(localStorage).find((one) => one.includes(':parting:'));
            if (key !== undefined)
              localStorage.setItem(key, (localStorage.getItem(key) ?? '').replace('"sum":', '"sum": 1'));
            return;
          }
          if (!(await indexedDB.databases()).some(({ name }) => name === 'noventa')) return;
          await new Promise<void>((resolve, reject) => {
            const opening = indexedDB.open('noventa');
            opening.onsuccess = () => {
              const transaction = opening.result.transaction(['records', 'drafts'], 'readwrite');
              transaction.oncomplete = transaction.onabort = () => {
                opening.result.close();
                resolve();
              };
              (globalThis as unknown as { damage: typeof damage }).damage(transaction, kind, at);
            };
            opening.onerror = () => reject(opening.error);
          });
        },
        [what, which] as const,
      );
    },
    async clock(by) {
      clock += by;
      await everywhere((value: number) => {
        (globalThis as unknown as Window).clock = value;
      }, clock);
    },
    wait: (ms) => beside.waitForTimeout(ms),
    turns: (count) => turnsOf(beside, count),
    settle: () => beside.waitForTimeout(120),
  };
}

test(`in ${HISTORIES} random histories in this browser nothing that was acknowledged as saved is missing`, async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(60_000 + HISTORIES * 10_000);
  const scripts = { this: await storeScript('this'), next: await storeScript('next') };
  const now = Date.now();
  const foreign = await foreignFiles([now - 8.64e7, now + 2000, now + 8.64e7]);
  const histories = fc.sample(fc.array(step, { minLength: 8, maxLength: 30, size: 'max' }), {
    seed: Number(process.env.NOVENTA_SEED ?? 90),
    numRuns: HISTORIES,
  });
  let saved = 0;
  for (const steps of histories) {
    const context = await browser.newContext({ baseURL: baseURL ?? '' });
    const { missing, acknowledged } = await live(await chromiumDevice(context, scripts), steps as Step[], foreign);
    expect(missing, JSON.stringify(steps)).toEqual([]);
    saved += acknowledged;
    await context.close();
  }
  expect(saved).toBeGreaterThan(HISTORIES);
});
