// The moments of a recording as words, and what changed at one. Pure.
import type { Action } from '../../../sandbox/hosts/replay/recording.ts';
import { fromHome } from '../files.ts';
import type { Snapshot } from '../parts.ts';
import type { ReplaySay } from './words.ts';

/** What somebody did, in a few words. */
export function deedText(action: Action, say: ReplaySay): string {
  switch (action.call) {
    case 'type':
      // biome-ignore lint/suspicious/noControlCharactersInRegex: keys that are no letters are left out
      return action.args.data.replace(/\x1b\[[0-9;?]*[A-Za-z~]|[\x00-\x1f\x7f]/g, '') || '⏎';
    case 'run':
      return action.args.script;
    case 'writeFile':
    case 'makeFolder':
      return say('written', { path: fromHome(action.args.path) });
    case 'remove':
      return say('removed', { path: fromHome(action.args.path) });
    case 'rename':
      return say('moved', { path: fromHome(action.args.from), to: fromHome(action.args.to) });
    case 'advance':
      return say('passed');
    case 'interrupt':
      return say('stopped');
    case 'runWorkflow':
      return 'noventa workflow';
    default:
      return say('screen');
  }
}

type Files = Snapshot['files'];

export interface Change {
  readonly path: string;
  /** Undefined when the file is gone. */
  readonly text: string | undefined;
}

/** Files of the home folder that are not as they were a moment before; the insides of repositories are left out. */
export function changesBetween(before: Files, now: Files): readonly Change[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return paths.flatMap((path): Change[] => {
    if (!path.startsWith('/home/') || path.includes('/.git/') || path.includes('/node_modules/')) return [];
    const [was, is] = [before[path], now[path]];
    if (was?.type !== 'file' && is?.type !== 'file') return [];
    if (was?.type === 'file' && is?.type === 'file' && textOf(was.bytes) === textOf(is.bytes)) return [];
    return [{ path, text: is?.type === 'file' ? textOf(is.bytes) : undefined }];
  });
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
