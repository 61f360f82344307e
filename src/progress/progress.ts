import type { Snapshot } from '../../sandbox/hosts/protocol.ts';
import type { DayProgress, ImportAnswer, Progress, ProgressEvent, ProgressStatus } from './contract.ts';
import {
  addRecords,
  type Database,
  openDatabase,
  prepareDraft,
  readDraft,
  readDrafts,
  readRecords,
  setAside,
  writeDraft,
} from './database.ts';
import { draftOf, type StoredDraft } from './draft.ts';
import { readFile, writeFile, writeSetAside } from './file.ts';
import { foldDays, untouched } from './fold.ts';
import { forget, forgetParting, leaveParting, partingDraft, readPartings, storeParting } from './parting.ts';
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
  /** What this tab saved last, for a day: the draft to go back to when the next one turns out damaged. */
  const lastSaved = new Map<string, StoredDraft>();
  /** Days whose stored draft was made ready to be written over. */
  const prepared = new Map<string, Promise<boolean>>();
  let records: readonly StoredRecord[] = [];
  /** Records on their way to the disk, and those that wait because the last attempt failed. */
  let underWay: readonly StoredRecord[] = [];
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

  const isWaiting = (): boolean => waiting.size > 0 || unwritten.length > 0 || (inMemory.size > 0 && tabs.isWriter());

  async function connect(): Promise<Database> {
    database = await openDatabase(name, () => {
      database = undefined;
      failed = true;
      prepared.clear();
      changed();
    });
    return database;
  }

  /** Runs something on the database. What fails stays in memory. */
  async function store<T>(action: (open: Database) => Promise<T>): Promise<T | undefined> {
    try {
      return await action(database ?? (await connect()));
    } catch {
      failed = true;
      changed();
      return undefined;
    }
  }

  /** The same for writing. Only a write that went well shows that storage works (again). @returns whether it went well. */
  async function write(action: (open: Database) => Promise<void>): Promise<boolean> {
    writing += 1;
    changed();
    const done = await store((open) => action(open).then(() => true));
    if (done === true) {
      failed = false;
      savedAt = Date.now();
      tabs.tell();
    }
    writing -= 1;
    changed();
    return done === true;
  }

  async function load(): Promise<void> {
    await store(async (open) => {
      records = [...(await readRecords(open)), ...underWay, ...unwritten];
      aside = await open.count('aside');
    });
    days = foldDays(records);
    changed();
  }

  async function writeRecords(): Promise<void> {
    const batch = unwritten;
    if (batch.length === 0) return;
    unwritten = [];
    underWay = [...underWay, ...batch];
    const done = await write((open) => addRecords(open, batch));
    underWay = underWay.filter((record) => !batch.includes(record));
    if (!done) unwritten = [...batch, ...unwritten];
    settle();
    if (done && !askedToPersist) {
      askedToPersist = true;
      void navigator.storage?.persist?.().catch(() => false);
    }
  }

  /** @returns whether what was stored for the day by others is safe from being written over. */
  function prepare(day: string): Promise<boolean> {
    const before = prepared.get(day);
    if (before !== undefined) return before;
    const ready = store(async (open) => {
      await prepareDraft(open, day, tab, knownAt.get(day) ?? 0);
      aside = await open.count('aside');
      return true;
    }).then((done) => {
      if (done !== true) prepared.delete(day);
      return done === true;
    });
    prepared.set(day, ready);
    return ready;
  }

  /** `leaving`: the page may end at any moment; the database keeps the order of what it was told, so nothing is awaited. */
  async function saveDraft(day: string, leaving: boolean): Promise<void> {
    const draft = waiting.get(day);
    if (draft !== undefined) {
      clearTimeout(draft.timer);
      waiting.delete(day);
      inMemory.set(day, draftOf(day, draft.take(), Date.now(), tab));
    }
    const stored = inMemory.get(day);
    if (stored === undefined) return;
    if (!tabs.isWriter()) return changed();
    const ready = prepare(day);
    if (!leaving && !(await ready)) return;
    if (!(await write((open) => writeDraft(open, stored, lastSaved.get(day))))) return;
    lastSaved.set(day, stored);
    if (inMemory.get(day) === stored) inMemory.delete(day);
    knownAt.set(day, stored.at);
    settle();
  }

  /** Once all is stored, nothing of it need be kept elsewhere. */
  function settle(): void {
    if (underWay.length === 0 && !isWaiting()) forgetParting(name, tab);
    changed();
  }

  async function flush(leaving = false): Promise<void> {
    const unsaved = new Set([...waiting.keys(), ...inMemory.keys()]);
    const saved = Promise.all([writeRecords(), ...[...unsaved].map((day) => saveDraft(day, leaving))]);
    if (leaving && tabs.isWriter() && (underWay.length > 0 || inMemory.size > 0))
      leaveParting(name, tab, writeFile({ records: underWay, drafts: [...inMemory.values()] }));
    await saved;
  }

  /** Stores what pages that were left had no time to store. */
  async function takeUpPartings(): Promise<void> {
    if (!tabs.isWriter()) return;
    for (const parting of readPartings(name)) {
      if (await write((open) => storeParting(open, parting))) forget(parting);
    }
  }

  let joined = false;
  const tabs = await joinTabs(
    name,
    () => {
      prepared.clear();
      lastSaved.clear();
      changed();
      // What was typed while another tab was saving is saved now.
      if (joined)
        void takeUpPartings()
          .then(load)
          .then(() => flush());
    },
    () => {
      prepared.clear();
      lastSaved.clear();
      void load();
    },
  );
  joined = true;
  await takeUpPartings();
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
    records: () => records,
    async draft(day) {
      const stored = inMemory.get(day) ?? (await store((open) => readDraft(open, day)));
      const parting = partingDraft(name, day);
      const kept = parting !== undefined && parting.at > (stored?.at ?? 0) ? parting : stored;
      await store(async (open) => {
        aside = await open.count('aside');
      });
      changed();
      if (kept !== undefined) knownAt.set(day, kept.at);
      return kept?.snapshot;
    },
    keepDraft(day, take) {
      clearTimeout(waiting.get(day)?.timer);
      waiting.set(day, { take, timer: setTimeout(() => void saveDraft(day, false), QUIET) });
      if (tabs.isWriter()) void prepare(day);
      changed();
    },
    flush: () => flush(),
    status(): ProgressStatus {
      return {
        storage: failed ? 'memory' : 'disk',
        role: tabs.isWriter() ? 'writer' : 'reader',
        saving: writing > 0 ? 'writing' : isWaiting() ? 'waiting' : 'idle',
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
      await flush();
    },
    async export() {
      await flush();
      const newest = new Map((await store(readDrafts))?.map((draft) => [draft.day, draft]));
      for (const [day, draft] of inMemory) newest.set(day, draft);
      return new Blob([writeFile({ records, drafts: [...newest.values()] })], { type: 'application/json' });
    },
    async import(file): Promise<ImportAnswer> {
      const contents = readFile(await file.text().catch(String));
      if ('ok' in contents) return contents;
      await flush();
      const here = new Set(records.map(identityOf));
      const fresh = [...new Map(contents.records.map((record) => [identityOf(record), record]))]
        .filter(([identity]) => !here.has(identity))
        .map(([, record]) => record);
      records = [...records, ...fresh].sort((a, b) => a.at - b.at);
      unwritten = [...unwritten, ...fresh];
      days = foldDays(records);
      await writeRecords();
      let drafts = 0;
      for (const draft of contents.drafts) drafts += (await takeIn(draft)) ? 1 : 0;
      changed();
      if (failed) return { ok: false, reason: 'storage', detail: 'kept in memory' };
      return { ok: true, added: fresh.length, drafts };
    },
    async exportSetAside() {
      const entries = (await store((open) => open.getAll('aside'))) ?? [];
      return new Blob([writeSetAside(entries)], { type: 'application/json' });
    },
  };

  /** A draft from a file: kept when it is newer than the one here; the older one is set aside. @returns whether it was kept. */
  async function takeIn(draft: StoredDraft): Promise<boolean> {
    const { day, at, sum } = draft;
    const unsaved = inMemory.get(day);
    const here = unsaved ?? (await store((open) => readDraft(open, day)));
    if (here?.sum === sum) return false;
    const isNewer = here === undefined || at > here.at;
    // As another tab's: what this one saves next must not take its place unseen.
    const taken = { ...draft, tab: 'file' };
    prepared.delete(day);
    const done = await write(async (open) => {
      if (here !== undefined) await setAside(open, 'older draft', isNewer ? here : draft);
      if (isNewer) await writeDraft(open, taken);
      aside = await open.count('aside');
    });
    if (isNewer && done) inMemory.delete(day);
    else if (isNewer && unsaved === undefined) inMemory.set(day, taken);
    return isNewer;
  }
}
