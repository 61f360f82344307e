import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { isDraft, type StoredDraft } from './draft.ts';
import { isRecord, type StoredRecord } from './record.ts';

interface Schema extends DBSchema {
  records: { key: number; value: StoredRecord };
  /** `[day, 'now']` and, in case that one is damaged, `[day, 'before']`. */
  drafts: { key: [string, 'now' | 'before']; value: StoredDraft };
  /** What could not be read, or gave way to something newer: never deleted. */
  aside: { key: number; value: { readonly at: number; readonly why: string; readonly held: unknown } };
}

export type Database = IDBPDatabase<Schema>;

/** From each version to the next one. A migration adds; it never drops what people made. */
const migrations: readonly ((database: Database) => void)[] = [
  (database) => {
    database.createObjectStore('records', { autoIncrement: true });
    database.createObjectStore('drafts');
    database.createObjectStore('aside', { autoIncrement: true });
  },
];

/** @throws when the browser refuses storage, or the database is of a newer version of the course. */
export function openDatabase(name: string, onGone: () => void): Promise<Database> {
  return openDB<Schema>(name, migrations.length, {
    upgrade(database, oldVersion) {
      for (const migrate of migrations.slice(oldVersion)) migrate(database);
    },
    // A newer version of the course wants to migrate: give way.
    blocking: (_, __, event) => {
      (event.target as IDBDatabase).close();
      onGone();
    },
    terminated: onGone,
  });
}

/** All good records, in the order in which they happened; the others are set aside on the way. */
export async function readRecords(database: Database): Promise<readonly StoredRecord[]> {
  const good: StoredRecord[] = [];
  const transaction = database.transaction(['records', 'aside'], 'readwrite');
  for (
    let cursor = await transaction.objectStore('records').openCursor();
    cursor !== null;
    cursor = await cursor.continue()
  ) {
    if (isRecord(cursor.value)) good.push(cursor.value);
    else {
      await transaction.objectStore('aside').add({ at: Date.now(), why: 'record', held: cursor.value });
      await cursor.delete();
    }
  }
  await transaction.done;
  return good.sort((a, b) => a.at - b.at);
}

export async function addRecords(database: Database, records: readonly StoredRecord[]): Promise<void> {
  const transaction = database.transaction('records', 'readwrite');
  await send(transaction, () => Promise.all(records.map((record) => transaction.store.add(record))));
}

/** The newest good draft of a day; a damaged one is set aside. */
export async function readDraft(database: Database, day: string): Promise<StoredDraft | undefined> {
  const transaction = database.transaction(['drafts', 'aside'], 'readwrite');
  const drafts = transaction.objectStore('drafts');
  let found: StoredDraft | undefined;
  for (const slot of ['now', 'before'] as const) {
    const draft = await drafts.get([day, slot]);
    if (draft === undefined) continue;
    if (isDraft(draft)) found ??= draft;
    else {
      await transaction.objectStore('aside').add({ at: Date.now(), why: 'draft', held: draft });
      await drafts.delete([day, slot]);
    }
  }
  await transaction.done;
  return found;
}

/**
 * Makes room for this tab's drafts of a day: what another tab saved there stays as the draft before. What is damaged is
 * set aside, and so is what this tab never saw (`knownAt`: time of the draft that it has, ms since 1970).
 */
export async function prepareDraft(database: Database, day: string, tab: string, knownAt: number): Promise<void> {
  const transaction = database.transaction(['drafts', 'aside'], 'readwrite');
  const drafts = transaction.objectStore('drafts');
  const aside = transaction.objectStore('aside');
  const [now, before] = await Promise.all([drafts.get([day, 'now']), drafts.get([day, 'before'])]);
  const isGood = isDraft(now);
  if (now !== undefined && !isGood) await aside.add({ at: Date.now(), why: 'draft', held: now });
  if (isGood && now.tab !== tab) {
    if (now.at > knownAt) await aside.add({ at: Date.now(), why: 'draft of another tab', held: now });
    if (before !== undefined && !isDraft(before)) await aside.add({ at: Date.now(), why: 'draft', held: before });
    await drafts.put(now, [day, 'before']);
  }
  await transaction.done;
}

/**
 * Saves a draft over this tab's last one, `previous`, which stays as the draft before. The page may be on its way out: nothing
 * is waited for before it is sent.
 */
export async function writeDraft(database: Database, draft: StoredDraft, previous?: StoredDraft): Promise<void> {
  const transaction = database.transaction('drafts', 'readwrite');
  await send(transaction, () =>
    Promise.all([
      transaction.store.put(draft, [draft.day, 'now']),
      ...(previous === undefined ? [] : [transaction.store.put(previous, [draft.day, 'before'])]),
    ]),
  );
}

/** Makes its requests and commits at once: a transaction that still waits for answers dies with its page. */
async function send(
  transaction: { readonly done: Promise<void>; abort(): void; commit(): void },
  requests: () => Promise<unknown>,
): Promise<void> {
  try {
    const made = requests();
    transaction.commit();
    await Promise.all([made, transaction.done]);
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has ended by itself.
    }
    throw error;
  }
}

/** Every day's newest good draft. */
export async function readDrafts(database: Database): Promise<readonly StoredDraft[]> {
  const days = new Set((await database.getAllKeys('drafts')).map(([day]) => day));
  const drafts = await Promise.all([...days].map((day) => readDraft(database, day)));
  return drafts.filter((draft) => draft !== undefined);
}

export async function setAside(database: Database, why: string, held: unknown): Promise<void> {
  await database.add('aside', { at: Date.now(), why, held });
}
