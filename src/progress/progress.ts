import type { Snapshot } from '../../sandbox/hosts/protocol.ts';
import type { DayProgress, ImportAnswer, Progress, ProgressEvent, ProgressStatus } from './contract.ts';
import {
  addRecords,
  type Database,
  openDatabase,
  readDraft,
  readRecords,
  setAside,
  writeDraft,
  writeDraftAtOnce,
} from './database.ts';
import { draftOf, type StoredDraft } from './draft.ts';
import { readFile, writeFile, writeSetAside } from './file.ts';
import { foldDays, untouched } from './fold.ts';
import { identityOf, recordOf, type StoredRecord } from './record.ts';
import { joinTabs } from './tabs.ts';

/** How long after the last change a draft is saved: ms. */
const QUIET = 500;

interface WaitingDraft {
  readonly take: () => Snapshot;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Opens a person's progress. Never rejects: where nothing can be stored, it is kept in memory and says so. */
export async function createProgress(name: string): Promise<Progress> {
  const tab = Math.random().toString(36).slice(2);
  const listeners = new Set<() => void>();
  const waiting = new Map<string, WaitingDraft>();
  /** Drafts that could not be stored, and when this tab last saw each day's stored one. */
  const inMemory = new Map<string, StoredDraft>();
  const knownAt = new Map<string, number>();
  let records: readonly StoredRecord[] = [];
  let unwritten: readonly StoredRecord[] = [];
  let days: Readonly<Record<string, DayProgress>> = {};
  let database: Database | undefined;
  let failed = false;
  let aside = 0;
  let writing = 0;
  let savedAt: number | undefined;
  let askedToPersist = false;

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  /** Runs something on the database. What fails stays in memory; the next success brings it in. */
  async function store<T>(action: (open: Database) => Promise<T>): Promise<T | undefined> {
    writing += 1;
    changed();
    try {
      if (database === undefined) throw new Error('no database');
      const result = await action(database);
      failed = false;
      return result;
    } catch {
      failed = true;
      return undefined;
    } finally {
      writing -= 1;
      changed();
    }
  }

  async function load(): Promise<void> {
    await store(async (open) => {
      records = [...(await readRecords(open)), ...unwritten];
      aside = await open.count('aside');
    });
    days = foldDays(records);
    changed();
  }

  async function writeRecords(): Promise<void> {
    const batch = unwritten;
    if (batch.length === 0) return;
    const done = await store(async (open) => {
      await addRecords(open, batch);
      return true;
    });
    if (done !== true) return;
    unwritten = unwritten.slice(batch.length);
    savedAt = Date.now();
    tabs.tell();
    changed();
    if (!askedToPersist) {
      askedToPersist = true;
      void navigator.storage?.persist?.().catch(() => false);
    }
  }

  async function saveDraft(day: string, leaving = false): Promise<void> {
    const draft = waiting.get(day);
    if (draft === undefined) return;
    clearTimeout(draft.timer);
    waiting.delete(day);
    const stored = draftOf(day, draft.take(), Date.now(), tab);
    inMemory.set(day, stored);
    if (!tabs.isWriter()) return changed();
    const done = await store(async (open) => {
      if (leaving) await writeDraftAtOnce(open, stored);
      else await writeDraft(open, stored, knownAt.get(day) ?? 0);
      aside = await open.count('aside');
      return true;
    });
    if (done !== true) return;
    if (inMemory.get(day) === stored) inMemory.delete(day);
    knownAt.set(day, stored.at);
    savedAt = Date.now();
    changed();
  }

  async function flush(leaving = false): Promise<void> {
    const drafts = [...waiting.keys()].map((day) => saveDraft(day, leaving));
    await Promise.all([...drafts, writeRecords()]);
  }

  const tabs = await joinTabs(name, changed, () => void load());
  try {
    database = await openDatabase(name, () => {
      database = undefined;
      failed = true;
      changed();
    });
  } catch {
    failed = true;
  }
  await load();

  addEventListener('pagehide', () => void flush(true));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void flush(true);
  });

  return {
    async record(event: ProgressEvent) {
      const record = recordOf(event, Date.now());
      records = [...records, record];
      unwritten = [...unwritten, record];
      days = foldDays(records);
      changed();
      await writeRecords();
    },
    day: (id) => days[id] ?? untouched,
    days: () => days,
    async draft(day) {
      const kept = inMemory.get(day) ?? (await store((open) => readDraft(open, day)));
      if (kept !== undefined) knownAt.set(day, kept.at);
      return kept?.snapshot;
    },
    keepDraft(day, take) {
      clearTimeout(waiting.get(day)?.timer);
      waiting.set(day, { take, timer: setTimeout(() => void saveDraft(day), QUIET) });
      changed();
    },
    flush: () => flush(),
    status(): ProgressStatus {
      return {
        storage: failed ? 'memory' : 'disk',
        role: tabs.isWriter() ? 'writer' : 'reader',
        saving: writing > 0 ? 'writing' : waiting.size > 0 || unwritten.length > 0 ? 'waiting' : 'idle',
        ...(savedAt === undefined ? {} : { savedAt }),
        setAside: aside,
      };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async takeOver() {
      await tabs.takeOver();
      await load();
    },
    async export() {
      await flush();
      const stored = (await store((open) => open.getAll('drafts'))) ?? [];
      const newest = new Map(stored.sort((a, b) => a.at - b.at).map((draft) => [draft.day, draft]));
      for (const [day, draft] of inMemory) newest.set(day, draft);
      return new Blob([writeFile({ records, drafts: [...newest.values()] })], { type: 'application/json' });
    },
    async import(file): Promise<ImportAnswer> {
      const contents = readFile(await file.text());
      if ('ok' in contents) return contents;
      const known = new Set(records.map(identityOf));
      const fresh = contents.records.filter((record) => !known.has(identityOf(record)));
      records = [...records, ...fresh].sort((a, b) => a.at - b.at);
      unwritten = [...unwritten, ...fresh];
      days = foldDays(records);
      await writeRecords();
      let drafts = 0;
      for (const draft of contents.drafts) drafts += (await takeIn(draft)) ? 1 : 0;
      changed();
      if (unwritten.length > 0) return { ok: false, reason: 'storage', detail: `${unwritten.length}` };
      return { ok: true, added: fresh.length, drafts };
    },
    async exportSetAside() {
      const entries = (await store((open) => open.getAll('aside'))) ?? [];
      return new Blob([writeSetAside(entries)], { type: 'application/json' });
    },
  };

  /** A draft from a file: kept when it is newer than the one here; the older one is set aside. @returns whether it was kept. */
  async function takeIn(draft: StoredDraft): Promise<boolean> {
    const kept = await store(async (open) => {
      const here = await readDraft(open, draft.day);
      if (here !== undefined && here.sum === draft.sum) return false;
      const newer = here === undefined || draft.at > here.at;
      if (here !== undefined) await setAside(open, 'older draft', newer ? here : draft);
      if (newer) await writeDraft(open, { ...draft, tab }, draft.at);
      aside = await open.count('aside');
      return newer;
    });
    if (kept === undefined) inMemory.set(draft.day, draft);
    return kept ?? true;
  }
}
