import { folderOf, readDocument, readDocuments, writeDocument } from '../../forge/index.ts';
import type { Machine } from '../../machine/index.ts';
import type { StoredRun } from './contract.ts';

const folder = (repository: string): string => `${folderOf(repository)}/runs`;

/** Oldest first. */
export function readRuns(machine: Machine, repository: string): readonly StoredRun[] {
  return readDocuments<StoredRun>(machine, folder(repository)).map(whole);
}

export function readRun(machine: Machine, repository: string, number: number): StoredRun | undefined {
  const run = readDocument<StoredRun>(machine, `${folder(repository)}/${number}.json`);
  return run && whole(run);
}

/** What was kept before runs could change the forge says nothing of it. */
function whole(run: StoredRun): StoredRun {
  const limits = { usual: 'read', isReadOnly: false } as const;
  return {
    ...run,
    effects: run.effects ?? [],
    appliedTo: run.appliedTo ?? run.attemptAt,
    given: { ...run.given, limits: run.given.limits ?? limits },
  };
}

export function saveRun(machine: Machine, run: StoredRun): void {
  writeDocument(machine, `${folder(run.repository)}/${run.number}.json`, run);
}

/** Where the files of a run's artifacts lie: a folder an artifact. */
export function artifactsOf(repository: string, number: number): string {
  return `${folder(repository)}/${number}/artifacts`;
}
