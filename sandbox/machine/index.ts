// The learner's desk: files, shell, programs, terminal.
export type { AbortSignal, Command, CommandIO } from './command.ts';
export { createMachine } from './create.ts';
export * from './files/index.ts';
export { goOn, waitUntil } from './go-on.ts';
export type { Machine } from './machine.ts';
export type { HttpHandler, HttpRequest, HttpResponse, Network, NetworkFailure } from './network.ts';
export {
  createNodeRuntime,
  type NodeRuntime,
  nodeVersion,
  nodeVersionOn,
  type ProgramSettings,
  type ProgramStart,
  versionsOn,
} from './node/index.ts';
export type { Pace } from './pace.ts';
export type { Process, Processes } from './process.ts';
export { createRealCommands, type RealPrograms, type RealStart } from './real.ts';
export { createShell, type RunOptions, type RunResult, type Shell, type ShellState } from './shell/index.ts';
export { createTerminal, type Terminal, throughPager } from './terminal/index.ts';
export { sha1, sha256 } from './tools/archive/digests.ts';
export { formatTime } from './tools/time/format.ts';
export type { Tty } from './tty.ts';
export { installVirtualGlobals } from './virtual-globals.ts';
export type { Language, Words } from './words.ts';
