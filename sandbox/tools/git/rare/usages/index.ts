// How each command is used, and what git says of a command line that does not fit. Git's words for each option are git's own prose: left out.
import { GitStop, type UsageStop } from '../../options.ts';
import { usage } from '../../usage.ts';
import { changing } from './changing.ts';
import { historyOptions } from './history-options.ts';
import { looking } from './looking.ts';
import { sharing } from './sharing.ts';

const usages: Readonly<Record<string, string>> = { git: usage, ...changing, ...looking, ...sharing };

export const usageOf = (command: string): string | undefined =>
  Object.hasOwn(usages, command) ? usages[command] : undefined;

/** `git stash` with an option is `git stash push`, whose options it shows. */
const stashUsage = changing.stash?.concat(changing['stash push']?.replace(/^[\s\S]*?\n\n/, '') ?? '');

/** Commands that read their options in the way of `git log`, which shows no usage. */
const likeLog: readonly string[] = ['diff', 'diff-tree', 'diff-index', 'format-patch', 'log', 'rev-list', 'show'];

/** An option of the real tool that is not here is refused by name; any other gets the real tool's own answer. */
export function complaint({ command, message, option }: UsageStop): GitStop {
  const usage = command === 'stash' && option !== undefined ? stashUsage : usageOf(command);
  const notHere = new GitStop(`git ${command}: '${option}' is not part of this sandbox`, 129);
  if (option === undefined) return new GitStop(withoutEnd(`${message}${usage ?? ''}`), 129);
  const name = option.replace(/^--(?:no-)?/, '').replace(/=.*/, '');
  if (likeLog.includes(command)) {
    if (historyOptions.includes(name) || !option.startsWith('--')) return notHere;
    return command === 'diff'
      ? new GitStop(`error: invalid option: ${option}`, 255)
      : new GitStop(`fatal: unrecognized argument: ${option}`);
  }
  if (usage === undefined || isNamed(usage, option)) return notHere;
  // These two say nothing of the option itself.
  if (command === 'revert' || command === 'cherry-pick') return new GitStop(withoutEnd(usage), 129);
  const shown = option.startsWith('--') ? `option \`${option.slice(2)}'` : `switch \`${option.slice(1)}'`;
  return new GitStop(`error: unknown ${shown}\n${withoutEnd(usage)}`, 129);
}

const withoutEnd = (text: string): string => text.replace(/\n$/, '');

/** Whether a usage has an option, or the one that it is the opposite of. */
function isNamed(usage: string, option: string): boolean {
  const plain = option.replace(/^--no-/, '--').replace(/=.*/, '');
  const words = usage.match(/(?<![\w-])--?[a-zA-Z0-9][\w-]*/g) ?? [];
  return words.some((word) => word === plain || word === option || word === plain.replace(/^--/, '--no-'));
}
