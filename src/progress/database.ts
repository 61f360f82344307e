import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { isDraft, type StoredDraft } from './draft.ts';
import { isLaterRecord, isRecord, type StoredRecord } from './record.ts';

interface Schema extends DBSchema {
  records: { key: number; value: StoredRecord };
  /**
   * `[day, 'now']` and, in case that one is damaged, `[day, 'before']`. `[day, 'left', tab]`: what a page wrote on its way out, to be
   * taken up by the next one.
   */
  drafts: { key: [string, 'now' | 'before'] | [string, 'left', string]; value: StoredDraft };
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

/**
 * All good records, in the order in which they happened. The others are set aside on the way where there is room for that; those of a
 * later course stay.
 */
export async function readRecords(database: Database): Promise<readonly StoredRecord[]> {
  const all: readonly unknown[] = await database.getAll('records');
  if (all.some(isBroken)) await setRecordsAside(database).catch(() => {});
  return all.filter(isRecord).sort((a, b) => a.at - b.at);
}

const isBroken = (value: unknown): boolean => !isRecord(value) && !isLaterRecord(value);

async function setRecordsAside(database: Database): Promise<void> {
  const transaction = database.transaction(['records', 'aside'], 'readwrite');
  await whole(transaction, async () => {
    for (
      let cursor = await transaction.objectStore('records').openCursor();
      cursor !== null;
      cursor = await cursor.continue()
    ) {
      if (!isBroken(cursor.value)) continue;
      await transaction.objectStore('aside').add({ at: Date.now(), why: 'record', held: cursor.value });
      await cursor.delete();
    }
  });
}

export async function addRecords(database: Database, records: readonly StoredRecord[]): Promise<void> {
  const transaction = database.transaction('records', 'readwrite');
  await send(transaction, () => Promise.all(records.map((record) => transaction.store.add(record))));
}

/** The newest good draft of a day; a damaged one is set aside where there is room for that. */
export async function readDraft(database: Database, day: string): Promise<StoredDraft | undefined> {
  const transaction = database.transaction('drafts');
  const held = await Promise.all(slots.map((slot) => transaction.store.get([day, slot])));
  if (held.some((one) => one !== undefined && !isDraft(one))) await setDraftsAside(database, day).catch(() => {});
  return held.find(isDraft);
}

const slots = ['now', 'before'] as const;

async function setDraftsAside(database: Database, day: string): Promise<void> {
  const transaction = database.transaction(['drafts', 'aside'], 'readwrite');
  const drafts = transaction.objectStore('drafts');
  await whole(transaction, async () => {
    for (const slot of slots) {
      const held = await drafts.get([day, slot]);
      if (held === undefined || isDraft(held)) continue;
      await transaction.objectStore('aside').add({ at: Date.now(), why: 'draft', held });
      await drafts.delete([day, slot]);
    }
  });
}

/**
 * Saves a draft, in one piece with all that must not be lost by it: the one that was there stays as the draft before; what is
 * damaged is set aside, and so is the stored one when this one was not made from it.
 * @param wins against a stored draft that it was not made from: `always`, or when it is `newer`; else it is set aside itself.
 * @returns whether it is stored as the day's draft now.
 */
export async function putDraft(database: Database, draft: StoredDraft, wins: 'always' | 'newer'): Promise<boolean> {
  const { day } = draft;
  const transaction = database.transaction(['drafts', 'aside'], 'readwrite');
  const drafts = transaction.objectStore('drafts');
  const keepAside = (why: string, held: unknown): Promise<number> =>
    transaction.objectStore('aside').add({ at: Date.now(), why, held: held as StoredDraft });
  return whole(transaction, async () => {
    const now = await drafts.get([day, 'now']);
    const before = await drafts.get([day, 'before']);
    await drafts.delete([day, 'left', draft.tab]);
    const here = isDraft(now) ? now : undefined;
    if (here?.sum === draft.sum) return false;
    const isNewer = here === undefined || draft.at > here.at;
    const isNext = here !== undefined && (draft.seen === here.sum || (draft.tab === here.tab && isNewer));
    if (here !== undefined && !isNext && wins === 'newer' && !isNewer) {
      await keepAside('older draft', draft);
      return false;
    }
    if (now !== undefined && here === undefined) await keepAside('draft', now);
    if (here !== undefined) {
      if (!isNext) await keepAside('draft of another tab', here);
      if (before !== undefined && !isDraft(before)) await keepAside('draft', before);
      await drafts.put(here, [day, 'before']);
    }
    await drafts.put(draft, [day, 'now']);
    return true;
  });
}

/** Writes a draft beside the day's own. The page may be on its way out: nothing is waited for before it is sent. */
export async function leaveDraft(database: Database, draft: StoredDraft): Promise<void> {
  const transaction = database.transaction('drafts', 'readwrite');
  await send(transaction, () => Promise.all([transaction.store.put(draft, [draft.day, 'left', draft.tab])]));
}

/** Takes up what pages wrote in that way. */
export async function takeUpLeft(database: Database): Promise<void> {
  for (const key of await database.getAllKeys('drafts')) {
    if (key[1] !== 'left') continue;
    const draft = await database.get('drafts', key);
    if (isDraft(draft)) await putDraft(database, draft, 'newer');
    else if (draft !== undefined) {
      await setAside(database, 'draft', draft);
      await database.delete('drafts', key);
    }
  }
}

/** Does all of an action in a transaction, or nothing. */
async function whole<T>(
  transaction: { readonly done: Promise<void>; abort(): void },
  action: () => Promise<T>,
): Promise<T> {
  // Failures are told by what failed first.
  transaction.done.catch(() => {});
  try {
    const result = await action();
    await transaction.done;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has ended by itself.
    }
    throw error;
  }
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
