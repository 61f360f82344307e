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

/** All good records, in the order in which they were added; the others are set aside on the way. */
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
  return good;
}

export async function addRecords(database: Database, records: readonly StoredRecord[]): Promise<void> {
  const transaction = database.transaction('records', 'readwrite');
  for (const record of records) await transaction.store.add(record);
  await transaction.done;
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

/** Saves a draft over the one that was there, which stays beside it; one that another tab saved since is set aside. */
export async function writeDraft(database: Database, draft: StoredDraft, knownAt: number): Promise<void> {
  const transaction = database.transaction(['drafts', 'aside'], 'readwrite');
  const drafts = transaction.objectStore('drafts');
  const old = await drafts.get([draft.day, 'now']);
  if (old !== undefined && old.tab !== draft.tab && old.at > knownAt) {
    await transaction.objectStore('aside').add({ at: Date.now(), why: 'draft of another tab', held: old });
  }
  if (old !== undefined && old.tab !== draft.tab) await drafts.put(old, [draft.day, 'before']);
  await drafts.put(draft, [draft.day, 'now']);
  await transaction.done;
}

/** Saves a draft in one go, for a page that is about to go: nothing may be waited for. */
export function writeDraftAtOnce(database: Database, draft: StoredDraft): Promise<void> {
  const transaction = database.transaction('drafts', 'readwrite');
  void transaction.store.put(draft, [draft.day, 'now']);
  transaction.commit();
  return transaction.done;
}

export async function setAside(database: Database, why: string, held: unknown): Promise<void> {
  await database.add('aside', { at: Date.now(), why, held });
}
