import { emptyLine, type Line, lineOf, textOf } from './line.ts';

/** Lines of the history brought back to the prompt: by Up and Down, by Ctrl+R and Ctrl+S, by Alt+. */
export interface Recall {
  /** The line `step` entries away from the one that is shown. Undefined when there is none. */
  go(step: number, shown: Line): Line | undefined;
  /** The last word of the line before, and of the ones before that when asked again: the line with it in place. */
  lastArgument(line: Line): Line | undefined;
  /** A key other than Alt+. was pressed. */
  endArguments(): void;
  /** A line was entered or given up. */
  forget(): void;
}

export function createRecall(history: () => readonly string[]): Recall {
  /** Where Up has led, and the lines as they were left on the way: index in the history → line. */
  let index: number | undefined;
  let left = new Map<number, Line>();
  let argument: { readonly back: number; readonly before: Line } | undefined;

  return {
    go(step, shown) {
      const lines = history();
      const from = index ?? lines.length;
      const to = Math.max(0, Math.min(lines.length, from + step));
      if (to === from) return undefined;
      left.set(from, shown);
      index = to;
      return left.get(to) ?? (to === lines.length ? emptyLine : lineOf(lines[to] ?? ''));
    },
    lastArgument(line) {
      const lines = history();
      const back = (argument?.back ?? 0) + 1;
      const from = lines[lines.length - back];
      if (from === undefined) return undefined;
      argument = { back, before: argument?.before ?? line };
      const { before, after } = argument.before;
      return { before: [...before, ...(wordsOf(from).at(-1) ?? '')], after };
    },
    endArguments() {
      argument = undefined;
    },
    forget() {
      index = undefined;
      left = new Map();
      argument = undefined;
    },
  };
}

/** The words of a line as they were typed, quotes and all. */
function wordsOf(line: string): readonly string[] {
  return line.match(/(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'\\])+/g) ?? [];
}

/** A search through the history that is under way. */
export interface Search {
  readonly query: string;
  readonly forward: boolean;
  /** The entry that is shown; the length of the history before anything was found. */
  readonly index: number;
  readonly failed: boolean;
  readonly typed: Line;
}

/** Looks for `query` from the entry `from` on, and that entry with the cursor where it matches. */
export function searched(
  history: readonly string[],
  search: Search,
  shown: Line,
  from: number,
): { readonly search: Search; readonly line: Line } {
  const { query, forward } = search;
  if (query === '') return { search: { ...search, failed: false }, line: shown };
  let index = Math.min(from, history.length - 1);
  while (index >= 0 && index < history.length && !history[index]?.includes(query)) index += forward ? 1 : -1;
  const found = history[index];
  if (found === undefined) return { search: { ...search, failed: true }, line: shown };
  const at = found.lastIndexOf(query);
  const line = { before: [...found.slice(0, at)], after: [...found.slice(at)] };
  return { search: { ...search, index, failed: false }, line };
}

/** What stands in front of the line while it is searched. */
export function searchPrompt({ query, forward, failed }: Search): string {
  return `(${failed ? 'failed ' : ''}${forward ? 'i-search' : 'reverse-i-search'})\`${query}': `;
}

/** Whether a line has anything on it. */
export function isEmpty(line: Line): boolean {
  return textOf(line) === '';
}
