// Every command of ours that the shell knows, beside the shell's own.
import type { Command, NodeRuntime } from '../machine/index.ts';
import { board } from './board/index.ts';
import { curl } from './curl/index.ts';
import { git } from './git/index.ts';
import { loop } from './loop/index.ts';
import { createNodeCommand } from './node.ts';
import { npm, npx } from './npm/index.ts';

export function createCommands(runtime: NodeRuntime): readonly Command[] {
  return [createNodeCommand(runtime), curl, git, loop, board, npm, npx];
}
