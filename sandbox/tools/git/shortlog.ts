import type { Person } from '../../forge/git/index.ts';
import { commitsAsked } from './commits-asked.ts';
import { kindsAsked } from './history.ts';
import { historyOptions, withoutNot } from './log-options.ts';
import { mailmapOf } from './mailmap.ts';
import { GitStop, lastValue, type OptionTable, readOptions } from './options.ts';
import { commitText, lookOf } from './pretty.ts';
import type { Work } from './work.ts';

const options: OptionTable = {
  ...historyOptions,
  '-s': { as: 'summary' },
  '--summary': { as: 'summary' },
  '-n': { as: 'numbered' },
  '--numbered': { as: 'numbered' },
  '-e': { as: 'email' },
  '--email': { as: 'email' },
  '-c': { as: 'committer' },
  '--committer': { as: 'committer' },
  '--group': { as: 'group', value: true },
  '--format': { as: 'format', value: true },
};

/** `git shortlog`: commits counted and listed by their author. */
export async function shortlog(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('shortlog', withoutNot(args), options);
  const { flags, words } = parsed;
  const people = new Map<string, string[]>();
  const mailmap = mailmapOf(work);
  const group = lastValue(parsed, 'group') ?? 'author';
  if (!['author', 'committer'].includes(group))
    throw new GitStop(`git shortlog: '--group=${group}' is not part of this sandbox`, 129);
  const put = (who: Pick<Person, 'name' | 'email'>, text: string): void => {
    const { name, email } = mailmap(who);
    const key = flags.has('email') ? `${name} <${email}>` : name;
    people.set(key, [text, ...(people.get(key) ?? [])]);
  };
  // Without a terminal and without a revision the real one reads a log from standard input.
  if (words.length === 0 && kindsAsked(parsed).length === 0 && !work.io.isTerminal) readLogText(work, put);
  else {
    const format = lastValue(parsed, 'format');
    const look = lookOf(work, parsed);
    for (const entry of (await commitsAsked(work, parsed)).commits) {
      const { commit } = entry;
      const subject = commit.message.trimEnd().split('\n\n')[0]?.replaceAll('\n', ' ') ?? '';
      const text = format === undefined ? subject : commitText(entry, look, []).trimEnd();
      put(flags.has('committer') || group === 'committer' ? commit.committer : commit.author, text);
    }
  }
  const sorted = [...people].sort(([a], [b]) => (a < b ? -1 : 1));
  if (flags.has('numbered')) sorted.sort(([, a], [, b]) => b.length - a.length);
  for (const [who, subjects] of sorted) {
    work.io.stdout(
      flags.has('summary')
        ? `${String(subjects.length).padStart(6)}\t${who}\n`
        : `${who} (${subjects.length}):\n${subjects.map((one) => `      ${one}\n`).join('')}\n`,
    );
  }
  return 0;
}

/** The authors and subjects of what `git log` printed. */
function readLogText({ io }: Work, put: (who: { name: string; email: string }, text: string) => void): void {
  let who: { name: string; email: string } | undefined;
  for (const line of new TextDecoder().decode(io.stdin).split('\n')) {
    const [, name, email] = /^Author: (.*?) *<(.*)>$/.exec(line) ?? [];
    if (name !== undefined && email !== undefined) who = { name, email };
    else if (who !== undefined && /^ {4}\S/.test(line)) {
      put(who, line.trim());
      who = undefined;
    }
  }
}
