import { reachableFrom } from './log.ts';
import { type OptionTable, readOptions } from './options.ts';
import type { Work } from './work.ts';

const options: OptionTable = {
  '-s': { as: 'summary' },
  '--summary': { as: 'summary' },
  '-n': { as: 'numbered' },
  '--numbered': { as: 'numbered' },
  '-e': { as: 'email' },
  '--email': { as: 'email' },
  '--all': { as: 'all' },
  '--no-merges': { as: 'no-merges' },
};

/** `git shortlog`: commits counted and listed by their author. */
export async function shortlog(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words, paths } = readOptions('shortlog', args, options);
  // Without a terminal and without a revision the real one reads a log from standard input.
  if (words.length === 0 && !flags.has('all') && !work.io.isTerminal) return 0;
  const commits = await reachableFrom(work, words, paths, flags.has('all'));
  const people = new Map<string, string[]>();
  for (const { commit } of commits) {
    if (flags.has('no-merges') && commit.parent.length > 1) continue;
    const who = flags.has('email') ? `${commit.author.name} <${commit.author.email}>` : commit.author.name;
    const subject = commit.message.trimEnd().split('\n\n')[0]?.replaceAll('\n', ' ') ?? '';
    people.set(who, [subject, ...(people.get(who) ?? [])]);
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
