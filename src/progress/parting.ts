// What a page has not finished writing when it is left. A database answers later, and a page that ends may not live to
// see it; `localStorage` has it at once. The next page that writes takes it up.

import { addRecords, type Database, readDraft, readRecords, setAside, writeDraft } from './database.ts';
import type { StoredDraft } from './draft.ts';
import { readFile } from './file.ts';
import { identityOf } from './record.ts';

export interface Parting {
  readonly key: string;
  /** As `writeFile` made it. */
  readonly text: string;
}

const prefix = (name: string): string => `${name}:parting:`;

/** Never throws: where there is no room, or no storage, the database's own write remains. */
export function leaveParting(name: string, tab: string, text: string): void {
  try {
    localStorage.setItem(prefix(name) + tab, text);
  } catch {
    // The database has been told too.
  }
}

export function forgetParting(name: string, tab: string): void {
  forget({ key: prefix(name) + tab });
}

export function forget({ key }: Pick<Parting, 'key'>): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // What cannot be removed is found again, and then known already.
  }
}

export function readPartings(name: string): readonly Parting[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix(name)))
      .map((key) => ({ key, text: localStorage.getItem(key) ?? '' }));
  } catch {
    return [];
  }
}

/** Puts into the database what it lacks; an older draft, or what cannot be read, is set aside. */
export async function storeParting(database: Database, { text }: Parting): Promise<void> {
  const contents = readFile(text);
  if ('ok' in contents) return setAside(database, 'parting', text);
  const here = new Set((await readRecords(database)).map(identityOf));
  await addRecords(
    database,
    contents.records.filter((record) => !here.has(identityOf(record))),
  );
  for (const draft of contents.drafts) {
    const stored = await readDraft(database, draft.day);
    if (stored === undefined || draft.at > stored.at) await writeDraft(database, draft, stored);
    else if (stored.sum !== draft.sum) await setAside(database, 'older draft', draft);
  }
}

/** The newest draft of a day that a left page kept and nobody has stored yet. */
export function partingDraft(name: string, day: string): StoredDraft | undefined {
  return readPartings(name)
    .map(({ text }) => readFile(text))
    .flatMap((contents) => ('ok' in contents ? [] : contents.drafts))
    .filter((draft) => draft.day === day)
    .sort((a, b) => b.at - a.at)[0];
}
