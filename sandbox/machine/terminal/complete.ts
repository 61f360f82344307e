import type { Command } from '../command.ts';
import { type Files, nameOf, resolvePath } from '../files/index.ts';
import type { Machine } from '../machine.ts';
import { offersFor } from './offers.ts';

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
  readonly variables: Readonly<Record<string, string>>;
}

/** Commands that take folders only. */
const folderCommands: readonly string[] = ['cd', 'pushd', 'rmdir'];

/** Words in front of a command, behind which another command is expected. */
const beforeCommands: readonly string[] = [
  'sudo',
  'time',
  'then',
  'do',
  'else',
  'if',
  'while',
  'until',
  '!',
  '{',
  'exec',
  'xargs',
];

/** Words for Tab: commands where a command is expected, else what the command offers, or paths. */
export async function completionsOf(text: string, source: CompletionSource): Promise<Completions> {
  const { typed, isTarget } = lastWord(text);
  return { typed, candidates: [...new Set(await candidatesFor(text, typed, isTarget, source))].sort() };
}

async function candidatesFor(
  text: string,
  typed: string,
  isTarget: boolean,
  source: CompletionSource,
): Promise<readonly string[]> {
  const start = unquote(typed);
  const [, before = '', variable] = /^([^$]*\$\{?)(\w*)$/.exec(typed) ?? [];
  if (variable !== undefined && !typed.startsWith("'")) {
    const close = before.endsWith('{') ? '}' : '';
    return Object.keys(source.variables)
      .filter((name) => name.startsWith(variable))
      .map((name) => `${unquote(before)}${name}${close}`);
  }
  const words = wordsBefore(text.slice(0, text.length - typed.length));
  const [name] = words;
  if (isTarget) return paths(start, source);
  if (name === undefined) {
    if (start.includes('/')) return paths(start, source);
    return source.commandNames.filter((candidate) => candidate.startsWith(start));
  }
  if (folderCommands.includes(name)) return paths(start, source).filter((path) => path.endsWith('/'));
  if (['man', 'which', 'type', 'command', 'help'].includes(name))
    return source.commandNames.filter((candidate) => candidate.startsWith(start));
  const command = source.commands.find((one) => one.name === name);
  const offers = offersFor(name, words.slice(1), start, source) ?? {
    words: (await command?.complete?.(words.slice(1), start, source)) ?? [],
  };
  const offered = offers.words.filter((word) => word.startsWith(start));
  return offered.length > 0 || offers.only === true ? offered : paths(start, source);
}

/** A word as it must be typed in place of `typed`: its quote is kept, or what the shell would take for itself is escaped. */
export function typedAs(typed: string, word: string, isWhole: boolean): string {
  const [quote = ''] = /^["']/.exec(typed) ?? [];
  const end = isWhole ? ' ' : '';
  if (quote !== '') {
    const inside = quote === '"' ? word.replaceAll(/["\\`]/g, '\\$&') : word;
    return `${quote}${inside}${isWhole ? quote : ''}${end}`;
  }
  const [variable = ''] = /^\$\{?\w*\}?/.exec(word) ?? [];
  return `${variable}${escapeWord(word.slice(variable.length))}${end}`;
}

function escapeWord(word: string): string {
  return word.replaceAll(/[ \t'"\\$`&|;<>()*?[\]{}!#]/g, '\\$&');
}

/** The longest start that all words share. */
export function commonStart(words: readonly string[]): string {
  const [first = '', ...rest] = words;
  let length = first.length;
  for (const word of rest) while (!word.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

function paths(start: string, { machine, cwd, variables }: CompletionSource): readonly string[] {
  const end = start.lastIndexOf('/') + 1;
  const folder = start.slice(0, end);
  const prefix = start.slice(end);
  const meant = folder
    .replace(/^~(?=\/)/, machine.home)
    .replaceAll(/\$\{?(\w+)\}?/g, (_, name) => variables[name] ?? '');
  const absolute = resolvePath(cwd, meant);
  const { files } = machine;
  if (start === '~') return ['~/'];
  if (!isFolder(files, absolute)) return [];
  const names = files
    .list(absolute)
    .filter((name) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')));
  return names.map((name) => `${folder}${name}${isFolder(files, resolvePath(absolute, name)) ? '/' : ''}`);
}

function isFolder(files: Files, path: string): boolean {
  return files.exists(path) && files.stat(path).type === 'directory';
}

/** How a candidate is listed: paths by their last part. */
export function listedName(candidate: string): string {
  const isPath = candidate.endsWith('/');
  return isPath ? `${nameOf(candidate.slice(0, -1))}/` : candidate.includes('/') ? nameOf(candidate) : candidate;
}

/** The word at the end, and whether it is what a redirection writes to or reads from. */
function lastWord(text: string): { readonly typed: string; readonly isTarget: boolean } {
  let start = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '\\') at++;
    else if (character === '"' || character === "'") quote = character;
    else if (/[\s|;&<>(]/.test(character)) start = at + 1;
  }
  return { typed: text.slice(start), isTarget: /[<>]\s*$/.test(text.slice(0, start)) };
}

function unquote(word: string): string {
  return word.replaceAll(/\\(.)|["']/g, '$1');
}

/** The words of the command that is being typed, without assignments and what else may stand in front of it. */
function wordsBefore(text: string): readonly string[] {
  const command = text.split(/\|\||&&|[|;&(\n]/).at(-1) ?? '';
  const words = (command.match(/(?:\\.|"[^"]*"|'[^']*'|[^\s"'\\])+/g) ?? []).map(unquote);
  while (words[0] !== undefined && (/^\w+=/.test(words[0]) || beforeCommands.includes(words[0]))) words.shift();
  return words;
}
