// A YAML file as a tree that knows where each part stands.
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml';

export interface Spot {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface Entry extends Spot {
  readonly key: string;
  readonly value: Tree;
}

export type Tree = Spot &
  (
    | { readonly kind: 'map'; readonly entries: readonly Entry[] }
    | { readonly kind: 'list'; readonly items: readonly Tree[] }
    | {
        readonly kind: 'scalar';
        readonly value: string | number | boolean | null;
        readonly text: string;
        readonly isQuoted: boolean;
        readonly isBlock: boolean;
        /** Where it ends, from 1. */
        readonly lastLine: number;
      }
  );

export interface Parsed {
  readonly root: Tree;
  /** Anchors to which no alias refers. */
  readonly unused: readonly (Spot & { readonly name: string })[];
  /** Keys `<<`. */
  readonly merges: readonly Spot[];
}

/** Undefined when the file is no YAML: GitHub's parser says that better. */
export function parseTree(text: string): Parsed | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, maxAliasCount: 100 } as object);
  if (document.errors.length > 0 || document.contents === null) return undefined;
  const spot = (offset = 0): Spot => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const anchors = new Map<string, Spot & { readonly name: string }>();
  const unused: (Spot & { readonly name: string })[] = [];
  const merges: Spot[] = [];
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) anchors.delete(node.source);
      else if ('anchor' in node && typeof node.anchor === 'string') {
        // A name may be given again: then the one before has had its time.
        const before = anchors.get(node.anchor);
        if (before !== undefined) unused.push(before);
        anchors.set(node.anchor, { ...spot(node.range?.[0]), name: node.anchor });
      }
    },
  });

  function tree(node: unknown, open: readonly unknown[]): Tree {
    const here = spot((node as Node | null)?.range?.[0]);
    const nothing: Tree = {
      ...here,
      kind: 'scalar',
      value: null,
      text: '',
      isQuoted: false,
      isBlock: false,
      lastLine: here.line,
    };
    if (isAlias(node)) {
      const target = node.resolve(document);
      return target === undefined || open.includes(target) ? nothing : { ...tree(target, open), ...here };
    }
    const inside = [...open, node];
    if (isMap(node))
      return {
        ...here,
        kind: 'map',
        entries: node.items.map((pair: Pair) => {
          const at = spot((pair.key as Node | null)?.range?.[0]);
          const key = isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : '';
          if (key === '<<') merges.push(at);
          return { ...at, key, value: pair.value === null ? { ...nothing, ...at } : tree(pair.value, inside) };
        }),
      };
    if (isSeq(node)) return { ...here, kind: 'list', items: node.items.map((item) => tree(item, inside)) };
    if (!isScalar(node)) return nothing;
    const { value, source, type } = node;
    const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    return {
      ...here,
      kind: 'scalar',
      value: known,
      text: String(source ?? ''),
      isQuoted: type !== 'PLAIN',
      isBlock: type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED',
      lastLine: spot(Math.max(0, (node.range?.[1] ?? 1) - 1)).line,
    };
  }

  return { root: tree(document.contents, []), unused: [...unused, ...anchors.values()], merges };
}

/** The value under a key, whatever its letters' case; undefined when there is none. */
export function at(tree: Tree | undefined, ...path: readonly string[]): Tree | undefined {
  let now = tree;
  for (const key of path) now = entry(now, key)?.value;
  return now;
}

export function entry(tree: Tree | undefined, key: string): Entry | undefined {
  return tree?.kind === 'map' ? tree.entries.find((one) => one.key.toLowerCase() === key) : undefined;
}

export const entriesOf = (tree: Tree | undefined): readonly Entry[] => (tree?.kind === 'map' ? tree.entries : []);
export const itemsOf = (tree: Tree | undefined): readonly Tree[] => (tree?.kind === 'list' ? tree.items : []);

export function textOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === 'scalar' && tree.value !== null ? String(tree.value) : undefined;
}

export const isEmpty = (tree: Tree): boolean =>
  (tree.kind === 'map' && tree.entries.length === 0) ||
  (tree.kind === 'list' && tree.items.length === 0) ||
  (tree.kind === 'scalar' && (tree.value === null || tree.value === ''));

/** A tree as plain data, for comparing. */
export function plain(tree: Tree): unknown {
  if (tree.kind === 'map') return Object.fromEntries(tree.entries.map(({ key, value }) => [key, plain(value)]));
  return tree.kind === 'list' ? tree.items.map(plain) : tree.value;
}

export const hasExpression = (tree: Tree | undefined): boolean =>
  tree !== undefined &&
  (tree.kind === 'scalar'
    ? typeof tree.value === 'string' && tree.value.includes('${{')
    : tree.kind === 'list'
      ? tree.items.some(hasExpression)
      : tree.entries.some(({ value }) => hasExpression(value)));

export interface Text extends Spot {
  readonly text: string;
  readonly isBlock: boolean;
  readonly lastLine: number;
}

/** Every text of a tree, with where it stands. */
export function texts(tree: Tree | undefined): readonly Text[] {
  if (tree === undefined) return [];
  if (tree.kind === 'map') return tree.entries.flatMap(({ value }) => texts(value));
  if (tree.kind === 'list') return tree.items.flatMap(texts);
  const { line, column, isBlock, lastLine } = tree;
  return typeof tree.value === 'string' ? [{ line, column, text: tree.value, isBlock, lastLine }] : [];
}

/** Where a part of a text stands: the lines of a block follow its sign. */
export function within({ line, column, text, isBlock, lastLine }: Text, index: number): Spot {
  const breaks = text.slice(0, index).split('\n').length - 1;
  return isBlock
    ? { line: line + 1 + breaks, column: 1 }
    : { line: Math.min(line + breaks, lastLine), column: column + index };
}

/** The expression of a text that is nothing else. Braces within quotes are not its end. */
export function wholeExpression(text: string): string | undefined {
  return /^\s*\$\{\{((?:'[^']*'|(?!\}\})[^'])*)\}\}\s*$/.exec(text)?.[1];
}
