// The files `NAME.lock` by which git keeps two of itself from writing the same file ("lockfile.h").
import type { CommandIO } from '../../machine/index.ts';
import { fatal } from './options.ts';

interface Repository {
  readonly io: CommandIO;
  readonly gitdir: string;
  readonly own?: string;
}

const advice =
  "\n\nAnother git process seems to be running in this repository, e.g.\nan editor opened by 'git commit'. Please make sure all processes\nare terminated then try again. If it still fails, a git process\nmay have crashed in this repository earlier:\nremove the file manually to continue.";

/** @param before what is said first. @throws GitStop when a file of `.git` is locked. */
export function refuseLocked({ io, gitdir, own = gitdir }: Repository, name: string, before = ''): void {
  const lock = `${name.startsWith('refs/') ? gitdir : own}/${name}.lock`;
  if (io.machine.files.exists(lock)) throw fatal(`${before}Unable to create '${lock}': File exists.${advice}`);
}
