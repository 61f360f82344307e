// What stands below the message in the editor of `git commit`: comments that say what is about to be committed (builtin/commit.c).
import type { Person } from '../../forge/git/index.ts';
import { dateOf } from './dates.ts';
import { config } from './sources.ts';
import { hasState } from './state.ts';
import { statusForForm } from './status-long.ts';
import type { Work } from './work.ts';

export interface FormFacts {
  readonly author: Person;
  readonly committer: Person;
  /** Whether the date was taken over or given, and so is worth a line. */
  readonly dated: boolean;
  readonly amending: boolean;
  /** Whether a rebase makes the commit. */
  readonly replaying?: boolean;
}

/** The form, to put below a message that ends with a newline. */
export async function commitForm(
  work: Work,
  { author, committer, dated, amending, replaying = false }: FormFacts,
): Promise<string> {
  if (config(work, 'commit.status') === 'false') return '';
  const head = ['MERGE_HEAD', 'CHERRY_PICK_HEAD'].find((name) => hasState(work, name));
  const what = head === 'MERGE_HEAD' ? 'merge' : 'cherry-pick';
  const doubt =
    head === undefined
      ? ''
      : `#\n# It looks like you may be committing a ${what}.\n# If this is not correct, please run\n#\tgit update-ref -d ${head}\n# and try again.\n\n`;
  const people = [
    ...(author.name === committer.name && author.email === committer.email
      ? []
      : [`# Author:    ${author.name} <${author.email}>`]),
    ...(dated ? [`# Date:      ${dateOf(author)}`] : []),
  ];
  const state = (await statusForForm(work, amending))
    .replace(replaying ? 'editing a commit while rebasing' : '', replaying ? 'rebasing' : '')
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '#' : line.startsWith('\t') ? `#${line}` : `# ${line}`));
  return `${doubt}\n# Please enter the commit message for your changes. Lines starting\n# with '#' will be ignored, and an empty message aborts the commit.\n#\n${people.length === 0 ? '' : `${people.join('\n')}\n#\n`}${state.join('\n')}\n`;
}
