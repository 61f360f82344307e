import type { Snapshot } from '../../sandbox/hosts/protocol.ts';
import type { DayProgress, ImportAnswer, Progress, ProgressEvent, ProgressStatus } from './contract.ts';
import {
  addRecords,
  type Database,
  leaveDraft,
  openDatabase,
  putDraft,
  readDraft,
  readDrafts,
  readRecords,
  setAside,
  takeUpLeft,
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
  /** Drafts that are not stored yet. */
  const inMemory = new Map<string, StoredDraft>();
  /** Day → the stored draft that this tab's work goes on from: when it was made and its checksum. */
  const known = new Map<string, Pick<StoredDraft, 'at' | 'sum'>>();
  let records: readonly StoredRecord[] = [];
  /** Records on their way to the disk, and those that wait because the last attempt failed. */
  let underWay: readonly StoredRecord[] = [];
  let unwritten: readonly StoredRecord[] = [];
  let days: Readonly<Record<string, DayProgress>> = {};
  let database: Database | undefined;
  let connecting: Promise<Database> | undefined;
  let failed = false;
  let aside = 0;
  let writing = 0;
  let savedAt: number | undefined;
  let askedToPersist = false;

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const isWaiting = (): boolean => waiting.size > 0 || unwritten.length > 0 || (inMemory.size > 0 && tabs.isWriter());

  function connect(): Promise<Database> {
    connecting ??= openDatabase(name, () => {
      database = undefined;
      failed = true;
      changed();
    })
      .then((open) => {
        database = open;
        return open;
      })
      .finally(() => {
        connecting = undefined;
      });
    return connecting;
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

  /** What waits for its quiet moment becomes a draft. Its time is after that of the one before, whatever the device's clock does. */
  function take(day: string): void {
    const draft = waiting.get(day);
    if (draft === undefined) return;
    clearTimeout(draft.timer);
    waiting.delete(day);
    const seen = known.get(day);
    const at = Math.max(Date.now(), (seen?.at ?? 0) + 1, (inMemory.get(day)?.at ?? 0) + 1);
    inMemory.set(day, draftOf(day, draft.take(), at, tab, seen?.sum));
  }

  async function saveDraft(day: string): Promise<void> {
    take(day);
    const draft = inMemory.get(day);
    if (draft === undefined) return;
    if (!tabs.isWriter()) return changed();
    const done = await write(async (open) => {
      await putDraft(open, draft, 'always');
      aside = await open.count('aside');
    });
    if (!done) return;
    if (inMemory.get(day) === draft) inMemory.delete(day);
    known.set(day, draft);
    settle();
  }

  /** Once all is stored, nothing of it need be kept elsewhere. */
  function settle(): void {
    if (underWay.length === 0 && unwritten.length === 0 && waiting.size === 0 && inMemory.size === 0)
      forgetParting(name, tab);
    changed();
  }

  /** `leaving`: the page may end at any moment, before the database answers. */
  async function flush(leaving = false): Promise<void> {
    for (const day of [...waiting.keys()]) take(day);
    const drafts = [...inMemory.values()];
    const unsaved = [...underWay, ...unwritten];
    const keptElsewhere =
      leaving &&
      (drafts.length > 0 || unsaved.length > 0) &&
      leaveParting(name, tab, writeFile({ records: unsaved, drafts }));
    const left = leaving && !keptElsewhere ? drafts : [];
    await Promise.all([
      writeRecords(),
      ...left.map((draft) => store((open) => leaveDraft(open, draft))),
      ...drafts.map(({ day }) => saveDraft(day)),
    ]);
  }

  /** Stores what pages that were left had no time to store. */
  async function takeUpPartings(): Promise<void> {
    if (!tabs.isWriter()) return;
    for (const parting of readPartings(name)) {
      if (await write((open) => storeParting(open, parting))) forget(parting);
    }
    await store(takeUpLeft);
  }

  let joined = false;
  const tabs = await joinTabs(
    name,
    () => {
      changed();
      // What was typed while another tab was saving is saved now.
      if (joined)
        void takeUpPartings()
          .then(load)
          .then(() => flush());
    },
    () => void load(),
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
      take(day);
      const unsaved = inMemory.get(day);
      const stored = unsaved ?? (await store((open) => readDraft(open, day)));
      const parting = partingDraft(name, day);
      const kept = parting !== undefined && parting.at > (stored?.at ?? 0) ? parting : stored;
      await store(async (open) => {
        aside = await open.count('aside');
      });
      changed();
      if (kept !== undefined && kept !== unsaved) known.set(day, kept);
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
      if (failed || unwritten.length > 0) return { ok: false, reason: 'storage', detail: 'kept in memory' };
      return { ok: true, added: fresh.length, drafts };
    },
    async exportSetAside() {
      const entries = (await store((open) => open.getAll('aside'))) ?? [];
      return new Blob([writeSetAside(entries)], { type: 'application/json' });
    },
  };

  /** A draft from a file: kept when it is newer than the one here; the older one is set aside. @returns whether it was kept. */
  async function takeIn(draft: StoredDraft): Promise<boolean> {
    const { day, at } = draft;
    const unsaved = inMemory.get(day);
    // As another tab's, made from nothing here: what this one saves next must not take its place unseen.
    const { seen: _, ...taken } = { ...draft, tab: `file ${draft.sum}` };
    if (unsaved !== undefined && unsaved.at >= at) {
      await write((open) => setAside(open, 'older draft', draft));
      return false;
    }
    let kept = false;
    const done = await write(async (open) => {
      if (unsaved !== undefined) await setAside(open, 'older draft', unsaved);
      kept = await putDraft(open, taken, 'newer');
      aside = await open.count('aside');
    });
    if (done && inMemory.get(day) === unsaved) inMemory.delete(day);
    else if (!done && unsaved === undefined && at > (known.get(day)?.at ?? 0)) inMemory.set(day, taken);
    return kept;
  }
}
