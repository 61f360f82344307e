// A browser's storage, tabs, locks and clock in Node, all on one loop of events, so that a history plays the same each time.
import {
  IDBCursor,
  IDBDatabase,
  IDBFactory,
  IDBIndex,
  IDBKeyRange,
  IDBObjectStore,
  IDBRequest,
  IDBTransaction,
} from 'fake-indexeddb';
import type { Progress } from '../../../src/progress/index.ts';
import type { Course, Damage, Device, Fault, Tab } from './history.ts';
import { type Create, snapshotWith } from './store.ts';

export const BEGINNING = Date.UTC(2026, 10, 1);

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
async function turns(count: number): Promise<void> {
  for (let at = 0; at < count; at++) await turn();
}

/** Turns of the loop in which the store surely ends what it is at. */
const ENOUGH = 250;

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** One page: what it holds of the device, and whether it still lives. */
class Page {
  alive = true;
  readonly timers = new Map<number, Timer>();
  readonly listeners: { type: string; run: () => void }[] = [];
  readonly transactions = new Set<{ made: IDBTransaction; committed: boolean }>();
  readonly databases: IDBDatabase[] = [];
  readonly ends: (() => void)[] = [];

  check(): void {
    if (!this.alive) throw new DOMException('the page is gone', 'InvalidStateError');
  }
  emit(type: string): void {
    for (const listener of this.listeners) if (listener.type === type) listener.run();
  }
  /** The process ends: what was committed goes through, the rest does not. */
  end(): void {
    if (!this.alive) return;
    this.alive = false;
    this.timers.clear();
    this.listeners.length = 0;
    for (const { made, committed } of this.transactions) if (!committed) quietly(() => made.abort());
    for (const database of this.databases) quietly(() => database.close());
    for (const end of this.ends) end();
  }
}

function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // It had ended by itself.
  }
}

interface Waiting {
  readonly page: Page;
  readonly granted: (lock: unknown) => Promise<unknown> | undefined;
  readonly refused: (error: unknown) => void;
}

/** One lock of `navigator.locks`, as far as the store uses it. */
class Lock {
  private holder: Waiting | undefined;
  private waiting: Waiting[] = [];

  request(
    page: Page,
    options: LockOptions,
    granted: (lock: unknown) => Promise<unknown> | undefined,
  ): Promise<unknown> {
    return new Promise((_, refused) => {
      const one: Waiting = { page, granted, refused };
      if (options.steal === true) {
        const robbed = this.holder;
        this.give(one);
        robbed?.refused(new DOMException('stolen', 'AbortError'));
      } else if (this.holder === undefined) this.give(one);
      else if (options.ifAvailable === true) void Promise.resolve().then(() => granted(null));
      else this.waiting.push(one);
    });
  }
  private give(one: Waiting): void {
    this.holder = one;
    void Promise.resolve().then(() => one.page.alive && one.granted({}));
  }
  leave(page: Page): void {
    this.waiting = this.waiting.filter((one) => one.page !== page);
    if (this.holder?.page !== page) return;
    this.holder = undefined;
    const next = this.waiting.shift();
    if (next !== undefined) this.give(next);
  }
}

/** @param withLocks false: as where pages are not served over HTTPS, every tab takes itself for the writer. */
export function nodeDevice(scripts: Readonly<Record<Course, string>>, withLocks: boolean): Device {
  const factory = new IDBFactory();
  const lock = new Lock();
  const pages: Page[] = [];
  const channels: { page: Page; run: () => void }[] = [];
  const local = new Map<string, string>();
  let fault: Fault | undefined;
  let now = BEGINNING;
  let passed = 0;
  let names = 0;
  const next = (): number => {
    names += 1;
    return names;
  };

  const fail = (one: Fault, name: string): void => {
    if (fault === one) throw new DOMException(one, name);
  };

  /** Watches a connection of a page, and lets it fail. */
  function adopt(page: Page, database: IDBDatabase): void {
    if (page.databases.includes(database)) return;
    page.databases.push(database);
    if (!page.alive) {
      database.close();
      return;
    }
    const begin = database.transaction.bind(database);
    database.transaction = (...args) => {
      page.check();
      fail('gone', 'InvalidStateError');
      const made = begin(...args);
      const known = { made, committed: false };
      page.transactions.add(known);
      for (const type of ['complete', 'abort']) made.addEventListener(type, () => page.transactions.delete(known));
      const storeOf = made.objectStore.bind(made);
      made.objectStore = (name) => {
        const store = storeOf(name);
        for (const method of ['add', 'put'] as const) {
          const write = store[method].bind(store);
          store[method] = (...what) => {
            page.check();
            fail('full', 'QuotaExceededError');
            if (fault === 'aborts') setImmediate(() => quietly(() => made.abort()));
            return write(...what);
          };
        }
        return store;
      };
      const commit = made.commit.bind(made);
      made.commit = () => {
        page.check();
        if (fault === 'aborts') return made.abort();
        known.committed = true;
        commit();
      };
      return made;
    };
  }

  function globalsOf(page: Page) {
    return {
      indexedDB: {
        open(name: string, version?: number) {
          page.check();
          fail('refused', 'SecurityError');
          const request = factory.open(name, version);
          request.addEventListener('success', () => adopt(page, request.result));
          return request;
        },
      },
      IDBCursor,
      IDBDatabase,
      IDBIndex,
      IDBKeyRange,
      IDBObjectStore,
      IDBRequest,
      IDBTransaction,
      navigator: withLocks
        ? {
            locks: {
              request: (_: string, options: LockOptions, granted: (lock: unknown) => Promise<unknown> | undefined) =>
                lock.request(page, options, granted),
            },
          }
        : {},
      localStorage: new Proxy(
        {
          getItem: (key: string) => local.get(key) ?? null,
          setItem(key: string, value: string) {
            fail('local', 'QuotaExceededError');
            local.set(key, value);
          },
          removeItem: (key: string) => void local.delete(key),
        },
        {
          get(methods, name) {
            page.check();
            return methods[name as keyof typeof methods];
          },
          ownKeys() {
            page.check();
            return [...local.keys()];
          },
          getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: '' }),
        },
      ),
      BroadcastChannel: class {
        readonly own = { page, run: () => {} };
        addEventListener(_: string, run: () => void): void {
          this.own.run = run;
          channels.push(this.own);
        }
        postMessage(): void {
          for (const one of channels) if (one !== this.own) setImmediate(() => one.page.alive && one.run());
        }
      },
      document: {
        visibilityState: 'hidden',
        addEventListener: (type: string, run: () => void) => page.listeners.push({ type, run }),
      },
      addEventListener: (type: string, run: () => void) => page.listeners.push({ type, run }),
      setTimeout(run: () => void, ms: number) {
        const id = next();
        page.timers.set(id, { due: passed + ms, run });
        return id;
      },
      clearTimeout: (id: number) => page.timers.delete(id),
      Date: { now: () => now },
      Math: {
        ...Object.fromEntries(['max', 'min', 'floor'].map((name) => [name, Math[name as 'max']])),
        random: () => next() / 1e6,
      },
    };
  }

  async function open(course: Course): Promise<Tab> {
    const page = new Page();
    pages.push(page);
    page.ends.push(() => lock.leave(page));
    const globals = globalsOf(page);
    const create: Create = new Function(...Object.keys(globals), `${scripts[course]}; return store.createProgress;`)(
      ...Object.values(globals),
    );
    return tabOf(page, await create('noventa'));
  }

  function tabOf(page: Page, progress: Progress): Tab {
    return {
      record(events) {
        for (const event of events) void progress.record(event);
      },
      keep: (day, mark) => progress.keepDraft(day, () => snapshotWith(mark, day)),
      async draft(day) {
        const entry = (await progress.draft(day))?.files['/x'];
        return entry?.type === 'file' ? new TextDecoder().decode(entry.bytes) : undefined;
      },
      status: async () => progress.status(),
      flush: () => void progress.flush(),
      takeOver: () => void progress.takeOver(),
      import: async (text) => (await progress.import(new Blob([text]))).ok,
      records: async () => JSON.stringify(progress.records()),
      export: async () => (await progress.export()).text(),
      exportSetAside: async () => (await progress.exportSetAside()).text(),
      hide: async () => page.emit('visibilitychange'),
      async leave(count) {
        page.emit('pagehide');
        await turns(count);
        page.end();
      },
      kill: async () => page.end(),
    };
  }

  /** Runs on the database as it lies there, with no page about it. */
  async function onDisk(action: (transaction: IDBTransaction) => void): Promise<void> {
    await turns(ENOUGH);
    if (!(await factory.databases()).some(({ name }) => name === 'noventa')) return;
    await new Promise<void>((resolve, reject) => {
      const opening = factory.open('noventa');
      opening.onsuccess = () => {
        const transaction = opening.result.transaction(['records', 'drafts'], 'readwrite');
        transaction.oncomplete = () => {
          opening.result.close();
          resolve();
        };
        transaction.onabort = () => reject(transaction.error);
        action(transaction);
      };
      opening.onerror = () => reject(opening.error);
    });
  }

  return {
    open,
    async fault(one) {
      fault = one;
    },
    corrupt: (what, which) => {
      if (what === 'parting') {
        const key = [...local.keys()].find((one) => one.includes(':parting:'));
        if (key !== undefined) local.set(key, (local.get(key) ?? '').replace('"sum":', '"sum": 1'));
        return Promise.resolve();
      }
      return onDisk((transaction) => damage(transaction, what, which));
    },
    async clock(by) {
      now += by;
    },
    async wait(ms) {
      const until = passed + ms;
      for (;;) {
        const first = pages
          .flatMap((page) => [...page.timers].map(([id, timer]) => ({ page, id, timer })))
          .filter(({ timer }) => timer.due <= until)
          .sort((a, b) => a.timer.due - b.timer.due)[0];
        if (first === undefined) break;
        now += first.timer.due - passed;
        passed = first.timer.due;
        first.page.timers.delete(first.id);
        first.timer.run();
        await turn();
      }
      now += until - passed;
      passed = until;
    },
    turns,
    settle: () => turns(ENOUGH),
  };
}

/** Damages something that lies in the database. Runs in pages too: it refers to nothing around it. */
export function damage(transaction: IDBTransaction, what: Damage, which: number): void {
  const store = transaction.objectStore(what === 'record' || what === 'strange' ? 'records' : 'drafts');
  const all = store.getAll();
  const keys = store.getAllKeys();
  keys.onsuccess = () => {
    const ends = what === 'now' || what === 'before' ? what : undefined;
    const some = keys.result
      .map((key, at) => ({ key, held: all.result[at] }))
      .filter(({ key }) => ends === undefined || (Array.isArray(key) && key[1] === ends));
    const one = some[which % Math.max(1, some.length)];
    if (one === undefined) return;
    const strange: Record<string, unknown> = { version: 1, at: 9n, was: one.held };
    strange.self = strange;
    const changed = {
      record: { ...one.held, sum: 7 },
      now: { ...one.held, at: 1 },
      before: ['nonsense', one.held],
      sum: { ...one.held, sum: undefined },
      strange: which % 2 === 0 ? strange : { ...one.held, at: Number.NaN, event: { ...one.held.event, self: strange } },
      parting: one.held,
    }[what];
    store.put(changed, one.key);
  };
}
