// The logs of refs (`.git/logs`): where a branch was before.

import { type Person, zone } from '../../forge/git/index.ts';
import { type CommandIO, parentOf } from '../../machine/index.ts';

interface Logs {
  readonly io: CommandIO;
  readonly gitdir: string;
  readonly own?: string;
}

export interface LogEntry {
  readonly from: string;
  readonly to: string;
  readonly who: Person;
  readonly message: string;
}

export const logOf = ({ gitdir, own = gitdir }: Logs, ref: string): string =>
  `${ref.startsWith('refs/') ? gitdir : own}/logs/${ref}`;

/** The entries of a ref's log, newest first; empty when it has none. */
export function readLog(work: Logs, ref: string): readonly LogEntry[] {
  const { files } = work.io.machine;
  if (!files.exists(logOf(work, ref))) return [];
  return files
    .readText(logOf(work, ref))
    .split('\n')
    .flatMap((line) => {
      const [, from, to, name, email, time, sign, hours, minutes, message] =
        /^(\w{40}) (\w{40}) (.*) <(.*)> (\d+) ([+-])(\d\d)(\d\d)(?:\t(.*))?$/.exec(line) ?? [];
      if (from === undefined || to === undefined) return [];
      const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? 1 : -1) || 0;
      const who = { name: name ?? '', email: email ?? '', timestamp: Number(time), timezoneOffset: offset };
      return [{ from, to, who, message: message ?? '' }];
    })
    .reverse();
}

/** Writes a whole log, newest entry first; none takes the log away. */
export function writeLog(work: Logs, ref: string, entries: readonly LogEntry[]): void {
  const { files } = work.io.machine;
  if (entries.length === 0) {
    files.remove(logOf(work, ref), { force: true });
    return;
  }
  files.mkdir(parentOf(logOf(work, ref)), { recursive: true });
  files.writeFile(logOf(work, ref), [...entries].reverse().map(lineOf).join(''));
}

export const lineOf = ({ from, to, who, message }: LogEntry): string =>
  `${from} ${to} ${who.name} <${who.email}> ${who.timestamp} ${zone(who.timezoneOffset)}${message === '' ? '' : `\t${message}`}\n`;

/** Where HEAD stood before the last switches: `@{-1}` is the first. */
export function formerHead(work: Logs, count: number): string | undefined {
  const moves = readLog(work, 'HEAD').flatMap(({ message }) => {
    const [, from] = /^checkout: moving from (\S+) to \S+$/.exec(message) ?? [];
    return from === undefined ? [] : [from];
  });
  return moves[count - 1];
}
