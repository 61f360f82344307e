import type { Key } from './keys.ts';
import {
  emptyLine,
  insert,
  type Line,
  move,
  remove,
  toEnd,
  toStart,
  transpose,
  type WordKind,
  wordLeft,
  wordRight,
} from './line.ts';

/** The line under the cursor and what has been cut from lines, as readline keeps them. */
export interface Editing {
  readonly line: Line;
  readonly killed: string;
  /** Whether the last key cut something: the next cut is joined to it. */
  readonly killing: boolean;
  /** Lines as they were before each change, newest last. */
  readonly undo: readonly Line[];
}

export const noEditing: Editing = { line: emptyLine, killed: '', killing: false, undo: [] };

/** What a key does to the line alone. @returns undefined when it is not such a key. */
export function edited(editing: Editing, key: Key): Editing | undefined {
  const { line, killed, undo } = editing;
  const change = (next: Line): Editing => ({ line: next, killed, killing: false, undo: [...undo, line] });
  const cursor = (next: Line): Editing => ({ ...editing, line: next, killing: false });
  const cut = (count: number): Editing => {
    const { line: rest, removed } = remove(line, count);
    const joined = editing.killing ? (count < 0 ? removed + killed : killed + removed) : removed;
    return { line: rest, killed: removed === '' ? killed : joined, killing: true, undo: [...undo, line] };
  };
  const left = (kind: WordKind): number => -wordLeft(line, kind);
  switch (key.key) {
    case 'text':
      return change(insert(line, key.text));
    case 'left':
      return cursor(move(line, -1));
    case 'right':
      return cursor(move(line, 1));
    case 'home':
      return cursor(toStart(line));
    case 'end':
      return cursor(toEnd(line));
    case 'word-left':
      return cursor(move(line, left('letters')));
    case 'word-right':
      return cursor(move(line, wordRight(line, 'letters')));
    case 'rub-out':
      return change(remove(line, -1).line);
    case 'delete':
      return change(remove(line, 1).line);
    case 'transpose':
      return change(transpose(line));
    case 'kill-to-end':
      return cut(line.after.length);
    case 'kill-to-start':
      return cut(-line.before.length);
    case 'kill-word':
      return cut(left('anything'));
    case 'kill-word-left':
      return cut(left('letters'));
    case 'kill-word-right':
      return cut(wordRight(line, 'letters'));
    case 'yank':
      return change(insert(line, killed));
    case 'undo':
      return { ...editing, line: undo.at(-1) ?? line, undo: undo.slice(0, -1), killing: false };
    default:
      return undefined;
  }
}
