// What a report of a problem holds: enough to see again what was seen, and nothing of the person. Pure.
import type { CheckResult, Snapshot } from './parts.ts';
import type { workOf } from './work.ts';

export interface Report {
  readonly format: 'noventa-problem';
  readonly version: 1;
  /** Names of the course's own files, which change with their content: the exact version. */
  readonly course: Readonly<Record<string, string>>;
  readonly day: string;
  readonly step: string;
  readonly language: string;
  /** What the day's machine was begun with, and its clock: ms since 1970, simulated. */
  readonly seed: string;
  readonly now: number;
  /** What the last checks said, by id. */
  readonly results: Readonly<Record<string, unknown>>;
  /** Sentence at the foot of the workbench. */
  readonly notice: string;
  /** Lines that were typed, in their order, and the files that are not as the day brought them. Absent when not wanted. */
  readonly actions?: readonly {
    readonly at: number;
    readonly terminal: string;
    readonly cwd: string;
    readonly line: string;
  }[];
  readonly work?: ReturnType<typeof workOf>;
}

interface Seen {
  readonly course: Readonly<Record<string, string>>;
  readonly day: string;
  readonly step: string;
  readonly language: string;
  readonly results: Readonly<Record<string, CheckResult>>;
  readonly notice: string;
  readonly kernel: Snapshot['kernel'];
  /** Undefined when only what was seen is to be told. */
  readonly work: ReturnType<typeof workOf> | undefined;
}

/** Lines that are kept: the last ones. */
const MOST_LINES = 400;

export function reportOf({ course, day, step, language, results, notice, kernel, work }: Seen): Report {
  const begun = kernel.log.findIndex(({ type }) => type === 'DayOpened');
  const actions = kernel.log
    .slice(begun + 1)
    .flatMap((entry) => {
      if (entry.type !== 'CommandStarted') return [];
      const { at, terminal, cwd, line } = entry;
      return [{ at, terminal, cwd, line }];
    })
    .slice(-MOST_LINES);
  const report: Report = {
    format: 'noventa-problem',
    version: 1,
    course,
    day,
    step,
    language,
    seed: kernel.seed,
    now: kernel.now,
    results,
    notice,
    ...(work && { actions, work }),
  };
  return JSON.parse(JSON.stringify(report), (_, value) => (typeof value === 'string' ? withoutPersons(value) : value));
}

/**
 * Takes out what names a person or opens a door: addresses of e-mail that are not the company's, and tokens of git hosts and clouds
 * in their published forms.
 */
export function withoutPersons(text: string): string {
  return text
    .replace(/[\w.+-]{1,64}@(?![\w.-]{0,64}\.test\b)[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g, '…@…')
    .replace(/\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|AKIA[0-9A-Z]{16})\b/g, '…')
    .replace(/(user\.name\s+)("[^"]*"|'[^']*'|\S+)/g, '$1…');
}
