// The shell of a machine: bash as people type it.
export type { RunOptions, RunResult, Shell, ShellState } from './contract.ts';
export { parseScript } from './just-bash.ts';
export { createShell } from './shell.ts';
