// What a page has not finished writing when it is left. A database answers later, and a page that ends may not live to
// see it; `localStorage` has it at once. The next page that writes takes it up.

import { addRecords, type Database, putDraft, readRecords, setAside } from './database.ts';
import type { StoredDraft } from './draft.ts';
import { readFile } from './file.ts';
import { identityOf } from './record.ts';

export interface Parting {
  readonly key: string;
  /** As `writeFile` made it. */
  readonly text: string;
}

const prefix = (name: string): string => `${name}:parting:`;

/** @returns whether it was kept: not where there is no room, or no storage. */
export function leaveParting(name: string, tab: string, text: string): boolean {
  try {
    localStorage.setItem(prefix(name) + tab, text);
    return true;
  } catch {
    return false;
  }
}

export function forgetParting(name: string, tab: string): void {
  try {
    localStorage.removeItem(prefix(name) + tab);
  } catch {
    // What cannot be removed is found again, and then known already.
  }
}

/** Forgets what was taken up; what its page has kept there since then stays. */
export function forget({ key, text }: Parting): void {
  try {
    if (localStorage.getItem(key) === text) localStorage.removeItem(key);
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
  for (const draft of contents.drafts) await putDraft(database, draft, 'newer');
}

/** The newest draft of a day that a left page kept and nobody has stored yet. */
export function partingDraft(name: string, day: string): StoredDraft | undefined {
  return readPartings(name)
    .map(({ text }) => readFile(text))
    .flatMap((contents) => ('ok' in contents ? [] : contents.drafts))
    .filter((draft) => draft.day === day)
    .sort((a, b) => b.at - a.at)[0];
}
