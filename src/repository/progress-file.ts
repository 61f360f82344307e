/** Where everything that is known lies in a downloaded course repository: records and unfinished work of all days. */
export const PROGRESS_FILE = '.noventa/progress.json';

/** Where the records of one day lie, up to the commit. */
export const recordsFile = (day: string): string => `.noventa/${day}.json`;

/** Whether a path of a repository is one of these, in its root or below the one folder that git hosts put around an archive. */
export function isProgressFile(path: string): boolean {
  return /^([^/]+\/)?\.noventa\/(progress|d\d\d)\.json$/.test(path);
}
