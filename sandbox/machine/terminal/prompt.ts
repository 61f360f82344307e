import type { Machine } from '../machine.ts';
import { gitFolder } from './offers.ts';

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
function branchAt(machine: Machine, cwd: string): string | undefined {
  const folder = gitFolder({ machine, cwd });
  if (folder === undefined || !machine.files.exists(`${folder}/HEAD`)) return undefined;
  const text = machine.files.readText(`${folder}/HEAD`).trim();
  return text.startsWith('ref: refs/heads/') ? text.slice('ref: refs/heads/'.length) : `${text.slice(0, 7)}…`;
}
