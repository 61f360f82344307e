import { folderOf, readDocument, readDocuments, writeDocument } from '../../forge/index.ts';
import type { Machine } from '../../machine/index.ts';
import type { StoredRun } from './contract.ts';

const folder = (repository: string): string => `${folderOf(repository)}/runs`;

/** Oldest first. */
export function readRuns(machine: Machine, repository: string): readonly StoredRun[] {
  return readDocuments(machine, folder(repository));
}

export function readRun(machine: Machine, repository: string, number: number): StoredRun | undefined {
  return readDocument(machine, `${folder(repository)}/${number}.json`);
}

export function saveRun(machine: Machine, run: StoredRun): void {
  writeDocument(machine, `${folder(run.repository)}/${run.number}.json`, run);
}

/** Where the files of a run's artifacts lie: a folder an artifact. */
export function artifactsOf(repository: string, number: number): string {
  return `${folder(repository)}/${number}/artifacts`;
}
