// A terminal of the machine: keystrokes in, text out.
export type { Terminal } from './contract.ts';
export { throughPager } from './pager.ts';
export { createTerminal, type TerminalOptions } from './terminal.ts';
