// SIGPIPE: commands of a pipeline run one after another, each with the whole output of the one before; which of them a real pipe would have
// ended is known from how much of it the next one has left.
import type { Node, State } from './just-bash.ts';

/** Bytes that a pipe holds: as much can be written into it before anyone reads. */
const CAPACITY = 65_536;
const SIGPIPE = 141;

/** Commands that write while they read: what ends them ends who writes to them. */
const streams: ReadonlySet<string> = new Set(
  'base64 cat cut expand fold grep head nl paste rev sed tee tr uniq'.split(' '),
);
/** Built into the shell, and no readers. */
const readNothing: ReadonlySet<string> = new Set(['echo', 'printf', 'true', 'false', ':', 'test', '[', 'exit']);
/** They take the pipe's error for what it is, and end in their own way. */
const hearErrors: ReadonlySet<string> = new Set(['node', 'npm', 'npx']);

/** @param codes of the commands before the one that has ended, which read `input`; those that a pipe has ended get SIGPIPE's. */
export function brokenPipe(
  { pipe, functions, unread = 0 }: State,
  commands: readonly Node[],
  codes: number[],
  input: string,
  reads: number,
): boolean {
  const last = codes.length;
  if (pipe === undefined || last === commands.length) return false;
  pipe.endless[last] = reads > pipe.readsBefore || pipe.endless[last - 1] === true;
  if (last === 0) return false;
  pipe.sizes[last - 1] = input.length;
  const reader = nameOf(commands[last]);
  if (reader === '' || functions.has(reader)) return false;
  const left = readNothing.has(reader) ? input.length : unread;
  const isBroken = (at: number): boolean => {
    const size = at === last - 1 ? left : (pipe.sizes[at] ?? 0) - CAPACITY;
    return left > 0 && (size >= CAPACITY || pipe.endless[at] === true) && !hearErrors.has(nameOf(commands[at]));
  };
  let at = last - 1;
  for (; at >= 0 && isBroken(at); at--) {
    codes[at] = SIGPIPE;
    if (!streams.has(nameOf(commands[at]))) return true;
  }
  return at < last - 1;
}

function nameOf(node: Node | undefined): string {
  const name = node?.type === 'SimpleCommand' ? node.name : undefined;
  return (typeof name === 'object' && name?.parts[0]?.value) || '';
}
