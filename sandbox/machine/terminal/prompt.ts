import { parentOf } from '../files/index.ts';
import type { Machine } from '../machine.ts';

const colour = (code: number, text: string): string => `\x1b[${code}m${text}\x1b[0m`;

/** `dev@desk:~/seats (main)$ `: where you are, on which branch, and the exit status when it is not 0. */
export function promptOf(machine: Machine, cwd: string, exitCode: number): string {
  const { user, hostname, home } = machine;
  const place = cwd === home || cwd.startsWith(`${home}/`) ? `~${cwd.slice(home.length)}` : cwd;
  const branch = branchAt(machine, cwd);
  return [
    `${colour(32, `${user}@${hostname}`)}:${colour(34, place)}`,
    branch === undefined ? '' : ` ${colour(36, `(${branch})`)}`,
    exitCode === 0 ? '' : ` ${colour(31, `[${exitCode}]`)}`,
    '$ ',
  ].join('');
}

/** The branch of the repository around a folder, or the start of its commit when none is checked out. */
function branchAt({ files }: Machine, cwd: string): string | undefined {
  for (let folder = cwd; ; folder = parentOf(folder)) {
    const head = `${folder === '/' ? '' : folder}/.git/HEAD`;
    if (files.exists(head)) {
      const text = files.readText(head).trim();
      return text.startsWith('ref: refs/heads/') ? text.slice('ref: refs/heads/'.length) : `${text.slice(0, 7)}…`;
    }
    if (folder === '/') return undefined;
  }
}
