// From a person's progress to the commits of their course repository. Pure: the same records give the same repository.
import type { DayProgress } from '../progress/contract.ts';

/** What a day is called, for folders and messages. */
export interface DayName {
  readonly id: string;
  /** `02-first-change-in-git`. */
  readonly folder: string;
  readonly title: string;
  readonly steps: readonly { readonly id: string; readonly title: string }[];
}

export interface PlannedCommit {
  readonly day: string;
  readonly message: string;
  /** ms since 1970: when the step was passed, in real time. */
  readonly at: number;
  /** The whole content of the day's folder: path in the repository → text. */
  readonly folder: string;
  readonly files: Readonly<Record<string, string>>;
  /** Git's note of the commit: what was checked. */
  readonly note: string;
}

export interface Plan {
  readonly commits: readonly PlannedCommit[];
  /** Tag → index of the commit that it names: the last one of each day that is done. */
  readonly tags: ReadonlyMap<string, number>;
}

/**
 * One commit for each step that was passed and whose work was kept, in the order of time. Of days or steps that the course does not
 * name any more the ids stand for their titles: nothing is left out.
 */
export function planOf(days: Readonly<Record<string, DayProgress>>, names: readonly DayName[]): Plan {
  const passed = Object.entries(days).flatMap(([day, { work }]) =>
    Object.entries(work).map(([step, one]) => ({ day, step, ...one })),
  );
  passed.sort((a, b) => a.at - b.at || (a.step < b.step ? -1 : 1));

  const commits = passed.map(({ day, step, at, now, files, gone, left, passed: checks }): PlannedCommit => {
    const name = names.find(({ id }) => id === day);
    const folder = name?.folder ?? day;
    const title = name?.steps.find(({ id }) => id === step)?.title ?? step;
    const lines = [
      `step: ${step}`,
      `simulated time: ${new Date(now).toISOString()}`,
      ...checks.map((check) => `passed: ${check}`),
      ...gone.map((path) => `removed: ${path}`),
      ...left.map((path) => `not kept, too large or no text: ${path}`),
    ];
    return {
      day,
      at,
      folder,
      files: Object.fromEntries(
        Object.entries(files).filter(([path], _, all) => isPlain(path) && !isFolderOf(path, all)),
      ),
      message: `${name?.title ?? day}: ${title}\n`,
      note: `${lines.join('\n')}\n`,
    };
  });

  const tags = new Map<string, number>();
  commits.forEach(({ day }, index) => {
    const state = days[day]?.state;
    if (state === 'done' || state === 'learned') tags.set(`day-${day.slice(1)}`, index);
  });
  return { commits, tags };
}

/** A path that git and every file system take; the records may have been loaded from anywhere. */
function isPlain(path: string): boolean {
  const parts = path.split('/');
  return (
    path.length < 1000 &&
    parts.every(
      (part) => part !== '' && part !== '.' && part !== '..' && !/^\.git$/i.test(part) && !/[\0\\:]/.test(part),
    )
  );
}

/** A file and a folder of one name cannot stand beside each other. */
function isFolderOf(path: string, files: readonly (readonly [path: string, text: string])[]): boolean {
  return files.some(([other]) => other.startsWith(`${path}/`));
}
