// Every command of ours that the shell knows, beside the shell's own.
import type { Command, NodeRuntime } from '../machine/index.ts';
import { board } from './board/index.ts';
import { createCleanroom } from './cleanroom/index.ts';
import { createCurl } from './curl/index.ts';
import { createGit, type RareGit } from './git/index.ts';
import { loop } from './loop/index.ts';
import { createNodeCommand } from './node.ts';
import { npm, npx } from './npm/index.ts';

/** For a day's setup only. */
export { forge } from './forge.ts';

export interface CommandOptions {
  /** Fetches what is seldom needed of git. */
  readonly rareGit: () => Promise<RareGit>;
  /** Programs of the machine that are seldom used. */
  readonly rareTools?: readonly Command[];
  /** What asks production and its monitoring (`watching.ts`), on every machine. */
  readonly watching?: readonly Command[];
  /** The ways to the company's forge (`gh/`) and hosts (`ssh/`), at the desk only. */
  readonly remote?: readonly Command[];
  /** Lets programs that a command waits for have their turn. */
  pause(): Promise<void>;
}

export function createCommands(
  runtime: NodeRuntime,
  { rareGit, rareTools = [], watching = [], remote = [], pause }: CommandOptions,
): readonly Command[] {
  const own = [
    createNodeCommand(runtime),
    createCurl(pause),
    createGit(rareGit),
    loop,
    board,
    npm,
    npx,
    ...rareTools,
    ...watching,
  ];
  return [...own, createCleanroom(own, pause), ...remote];
}
