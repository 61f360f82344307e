// `gh auth status`: who one is here. Signing in and out is no part of the sandbox.
import { loginOf } from '../../forge/index.ts';
import type { CommandIO } from '../../machine/index.ts';

/** Needs no repository, unlike the rest of `gh`. */
export function authStatus({ machine, env, stdout }: Pick<CommandIO, 'machine' | 'env' | 'stdout'>): number {
  stdout(
    `git.ventarela.test\n  ✓ Logged in to git.ventarela.test account ${loginOf(machine, env)}\n  - Active account: true\n  - Git operations protocol: https\n`,
  );
  return 0;
}
