// The syntax tree of a JavaScript text: enough of a parser for programs that QuickJS has read already, so it judges nothing.
import { createRecent } from '../../../kernel/index.ts';
import { allOf, type Node } from './nodes.ts';
import { Unreadable } from './scanner.ts';
import { Parser } from './statements.ts';

export interface Tree {
  readonly root: Node;
  /** All of them, each behind what it is a part of. */
  readonly nodes: readonly Node[];
  /** Where names begin, and whatever stands behind a space; in order. */
  readonly marks: readonly number[];
}

const trees = createRecent<Tree | undefined>(16);

/** The tree of a text; nothing where it cannot be read as JavaScript. */
export function treeOf(text: string): Tree | undefined {
  return trees.get(text, () => {
    try {
      const parser = new Parser(text);
      const root = parser.program();
      return { root, nodes: allOf(root), marks: parser.marks };
    } catch (error) {
      // A text may be nested deeper than there is room for.
      if (error instanceof Unreadable || error instanceof RangeError) return undefined;
      throw error;
    }
  });
}

/** Where a word stands that cannot; nothing where all of them may, or where the text ends too early. */
export function unreadableAt(text: string): number | undefined {
  try {
    new Parser(text).program();
  } catch (error) {
    if (error instanceof Unreadable) return error.at < text.trimEnd().length ? error.at : undefined;
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}
