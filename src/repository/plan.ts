// From a person's records to the commits of their course repository. Pure: the same records give the same repository, and later
// records only add to it.
import { writeFile } from '../progress/file.ts';
import { readWork } from '../progress/fold.ts';
import type { StoredRecord } from '../progress/record.ts';
import { recordsFile } from './progress-file.ts';

/** What a day is called, for folders and messages. */
export interface DayName {
  readonly id: string;
  /** `02-first-change-in-git`. */
  readonly folder: string;
  readonly title: string;
  readonly steps: readonly { readonly id: string; readonly title: string }[];
}

export interface PlannedCommit {
  readonly message: string;
  /** ms since 1970: when the step was passed, in real time. */
  readonly at: number;
  readonly folder: string;
  /** The whole content of the day's folder: path below it → text. */
  readonly files: Readonly<Record<string, string>>;
  /** The day's records until then: path in the repository, and text. */
  readonly records: readonly [path: string, text: string];
  /** Git's note of the commit: what was checked. */
  readonly note: string;
}

export interface Plan {
  readonly commits: readonly PlannedCommit[];
  /** Tag → index of the commit that it names: the one with which the day was done. */
  readonly tags: ReadonlyMap<string, number>;
}

/**
 * One commit each time that a step was passed with other work than before, in the order of time. Of days or steps that the course
 * does not name any more the ids stand for their titles: nothing is left out.
 */
export function planOf(records: readonly StoredRecord[], names: readonly DayName[]): Plan {
  const commits: PlannedCommit[] = [];
  const tags = new Map<string, number>();
  const before = new Map<string, string>();
  const lastOf = new Map<string, number>();
  const inOrder = records.toSorted((a, b) => a.at - b.at);
  for (const [index, { at, event }] of inOrder.entries()) {
    const tag = `day-${event.day.replace(/^d/, '')}`;
    const last = lastOf.get(event.day);
    if (event.type === 'DayPassed' && last !== undefined && !tags.has(tag)) tags.set(tag, last);
    if (event.type !== 'WorkKept' || !/^d\d\d$/.test(event.day)) continue;
    const work = readWork(event.work);
    const same = JSON.stringify([work?.files, work?.passed]);
    if (work === undefined || before.get(event.step) === same) continue;
    before.set(event.step, same);
    const name = names.find(({ id }) => id === event.day);
    const title = name?.steps.find(({ id }) => id === event.step)?.title ?? event.step;
    const known = inOrder.slice(0, index + 1).filter((record) => record.event.day === event.day);
    const lines = [
      `step: ${event.step}`,
      `simulated time: ${new Date(work.now).toJSON() ?? work.now}`,
      ...work.passed.map((check) => `passed: ${check}`),
      ...work.gone.map((path) => `removed: ${path}`),
      ...work.left.map((path) => `not kept, too large or no text: ${path}`),
    ];
    const files = Object.entries(work.files).filter(([path], _, all) => isPlain(path) && !isFolderOf(path, all));
    commits.push({
      at,
      folder: name?.folder ?? event.day,
      files: Object.fromEntries(files),
      records: [recordsFile(event.day), writeFile({ records: known, drafts: [] })],
      message: `${name?.title ?? event.day}: ${title}\n`,
      note: `${lines.join('\n')}\n`,
    });
    lastOf.set(event.day, commits.length - 1);
  }
  return { commits, tags };
}

/** A path that git and every file system take; the records may have been loaded from anywhere. */
function isPlain(path: string): boolean {
  const isPart = (part: string): boolean => !/^(|\.|\.\.|\.git)$/i.test(part) && !/[\0\\:]/.test(part);
  return path.length < 1000 && path.split('/').every(isPart);
}

/** A file and a folder of one name cannot stand beside each other. */
function isFolderOf(path: string, files: readonly (readonly [path: string, text: string])[]): boolean {
  return files.some(([other]) => other.startsWith(`${path}/`));
}
