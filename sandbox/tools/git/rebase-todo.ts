// The list of what a rebase does (`git-rebase-todo`): read, written, and put in the order that `--autosquash` wants.
import { type CommitData, short, subjectOf } from '../../forge/git/index.ts';
import type { Work } from './work.ts';

export const todoCommands = {
  p: 'pick',
  r: 'reword',
  e: 'edit',
  s: 'squash',
  f: 'fixup',
  x: 'exec',
  b: 'break',
  d: 'drop',
  u: 'update-ref',
  l: 'label',
  t: 'reset',
} as const;

export type TodoCommand = (typeof todoCommands)[keyof typeof todoCommands] | 'noop';

export interface Todo {
  readonly command: TodoCommand;
  /** The commit as it stands in the list. */
  readonly name: string;
  /** What follows: the subject, or a line for the shell. */
  readonly rest: string;
  /** Whether the commit changes nothing, of which the list tells. */
  readonly isEmpty?: boolean;
}

/** The steps of a list; lines that are not understood are given back as they are. */
export function readTodo(text: string): { readonly steps: readonly Todo[]; readonly wrong: readonly string[] } {
  const steps: Todo[] = [];
  const wrong: string[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(trimmed) ?? [];
    const command = commandNamed(word);
    if (command === 'exec' || isOfNoCommit(command)) steps.push({ command, name: '', rest });
    else if (command === 'break' || command === 'noop') steps.push({ command, name: '', rest: '' });
    else if (command !== undefined && rest !== '') {
      const [, name = '', subject = ''] = /^(?:-[cC]\s+)?(\S+)\s*(.*)$/.exec(rest) ?? [];
      steps.push({ command, name, rest: subject });
    } else wrong.push(`error: invalid line ${at + 1}: ${trimmed}`);
  }
  return { steps, wrong };
}

/** Steps that are about names, not about a commit. */
export const isOfNoCommit = (command: TodoCommand | undefined): command is 'label' | 'reset' | 'update-ref' =>
  command === 'label' || command === 'reset' || command === 'update-ref';

function commandNamed(word: string): TodoCommand | undefined {
  if (word === 'noop') return word;
  for (const [letter, name] of Object.entries(todoCommands)) if (word === letter || word === name) return name;
  return undefined;
}

/** A list as a file holds it, with an empty line behind what is said of a ref; @param shownTo where a person sees it: with short ids. */
export function writeTodo(steps: readonly Todo[], shownTo?: Work): string {
  const isSetOff = ({ command, rest }: Todo, at: number): boolean =>
    command === 'update-ref' || (command === 'label' && rest === 'onto' && at + 1 < steps.length);
  return steps.map((step, at) => `${lineOf(step, shownTo)}\n${isSetOff(step, at) ? '\n' : ''}`).join('');
}

export function lineOf({ command, name, rest, isEmpty = false }: Todo, shownTo?: Work): string {
  if (command === 'exec' || isOfNoCommit(command)) return `${command} ${rest}`;
  if (name === '') return command;
  return `${command} ${shownTo === undefined ? name : short(shownTo, name)}${rest === '' ? '' : ` ${rest}`}${isEmpty ? ' # empty' : ''}`;
}

/** Moves `fixup!` and `squash!` commits behind those that they name (todo_list_rearrange_squash). */
export function autosquashed(steps: readonly Todo[]): readonly Todo[] {
  const groups: { readonly first: Todo; readonly more: Todo[] }[] = [];
  for (const step of steps) {
    const [, kind, wanted = ''] = /^(fixup|squash)! (.*)$/.exec(step.rest) ?? [];
    const target = wanted.replace(/^((fixup|squash)! )+/, '');
    const group =
      kind === undefined
        ? undefined
        : (groups.find(({ first }) => first.rest === target) ??
          groups.find(({ first }) => first.name.startsWith(target)) ??
          groups.find(({ first }) => first.rest.startsWith(target)));
    if (group === undefined) groups.push({ first: step, more: [] });
    else group.more.push({ ...step, command: kind === 'fixup' ? 'fixup' : 'squash' });
  }
  return groups.flatMap(({ first, more }) => [first, ...more]);
}

export const pickOf = (oid: string, data: CommitData, isEmpty = false): Todo => ({
  command: 'pick',
  name: oid,
  rest: subjectOf(data),
  isEmpty,
});

/** What git writes below the list for the person who edits it. */
export function todoHelp(range: string, count: number): string {
  return `
# Rebase ${range} (${count} command${count === 1 ? '' : 's'})
#
# Commands:
# p, pick <commit> = use commit
# r, reword <commit> = use commit, but edit the commit message
# e, edit <commit> = use commit, but stop for amending
# s, squash <commit> = use commit, but meld into previous commit
# f, fixup [-C | -c] <commit> = like "squash" but keep only the previous
#                    commit's log message, unless -C is used, in which case
#                    keep only this commit's message; -c is same as -C but
#                    opens the editor
# x, exec <command> = run command (the rest of the line) using shell
# b, break = stop here (continue rebase later with 'git rebase --continue')
# d, drop <commit> = remove commit
# l, label <label> = label current HEAD with a name
# t, reset <label> = reset HEAD to a label
# m, merge [-C <commit> | -c <commit>] <label> [# <oneline>]
#         create a merge commit using the original merge commit's
#         message (or the oneline, if no original merge commit was
#         specified); use -c <commit> to reword the commit message
# u, update-ref <ref> = track a placeholder for the <ref> to be updated
#                       to this position in the new commits. The <ref> is
#                       updated at the end of the rebase
#
# These lines can be re-ordered; they are executed from top to bottom.
#
# If you remove a line here THAT COMMIT WILL BE LOST.
#
# However, if you remove everything, the rebase will be aborted.
#
`;
}
