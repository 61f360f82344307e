import type { Command } from '../command.ts';
import { nameOf, resolvePath } from '../files/index.ts';
import type { Machine } from '../machine.ts';

/** What Tab finds for the word at the end of `text`. */
export interface Completions {
  /** The word as it was typed, with its quotes and backslashes. */
  readonly typed: string;
  /** Whole words that may stand in its place, sorted. Folders end in `/`. */
  readonly candidates: readonly string[];
}

export interface CompletionSource {
  readonly machine: Machine;
  readonly cwd: string;
  readonly commands: readonly Command[];
  readonly commandNames: readonly string[];
}

/** Words for Tab: commands where a command is expected, else what the command offers, and paths. */
export function completionsOf(text: string, source: CompletionSource): Completions {
  const typed = lastWord(text);
  const start = unquote(typed);
  const words = wordsBefore(text.slice(0, text.length - typed.length));
  const [name] = words;
  if (name === undefined && !start.includes('/')) {
    return { typed, candidates: source.commandNames.filter((candidate) => candidate.startsWith(start)) };
  }
  const command = source.commands.find((one) => one.name === name);
  const offered = command?.complete?.(words.slice(1), start, source) ?? [];
  const candidates = [...offered.filter((word) => word.startsWith(start)), ...paths(start, source)];
  return { typed, candidates: [...new Set(candidates)].sort() };
}

/** A word as it must be typed: spaces and what the shell would take for itself are escaped. */
export function escapeWord(word: string): string {
  return word.replaceAll(/[ \t'"\\$`&|;<>()*?[\]{}!#]/g, '\\$&');
}

/** The longest start that all words share. */
export function commonStart(words: readonly string[]): string {
  const [first = '', ...rest] = words;
  let length = first.length;
  for (const word of rest) while (!word.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

function paths(start: string, { machine, cwd }: CompletionSource): readonly string[] {
  const end = start.lastIndexOf('/') + 1;
  const folder = start.slice(0, end);
  const prefix = start.slice(end);
  const absolute = resolvePath(cwd, folder.replace(/^~(?=\/)/, machine.home));
  const { files } = machine;
  if (!files.exists(absolute) || files.stat(absolute).type !== 'directory') return [];
  const names = files
    .list(absolute)
    .filter((name) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')));
  return names.map((name) => {
    const path = resolvePath(absolute, name);
    const isFolder = files.exists(path) && files.stat(path).type === 'directory';
    return `${folder}${name}${isFolder ? '/' : ''}`;
  });
}

/** How a candidate is listed: paths by their last part. */
export function listedName(candidate: string): string {
  const isFolder = candidate.endsWith('/');
  return isFolder ? `${nameOf(candidate.slice(0, -1))}/` : candidate.includes('/') ? nameOf(candidate) : candidate;
}

function lastWord(text: string): string {
  let start = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '\\') at++;
    else if (character === '"' || character === "'") quote = character;
    else if (/[\s|;&<>(]/.test(character)) start = at + 1;
  }
  return text.slice(start);
}

function unquote(word: string): string {
  return word.replaceAll(/\\(.)|["']/g, '$1');
}

/** The words of the command that is being typed, without assignments in front of it. */
function wordsBefore(text: string): readonly string[] {
  const command = text.split(/[|;&(]/).at(-1) ?? '';
  const words = command.split(/\s+/).filter((word) => word !== '');
  while (words[0] !== undefined && /^\w+=/.test(words[0])) words.shift();
  return words;
}
