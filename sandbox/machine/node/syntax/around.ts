// What stands around a place in a text, and what it is called.
import { isFunction, type Node } from './nodes.ts';
import { treeOf } from './tree.ts';

/** All nodes of a text that can be read. */
export const nodesOf = (text: string): readonly Node[] => treeOf(text)?.nodes ?? [];

/** The nodes around a place, the outermost first. */
export const around = (text: string, at: number): readonly Node[] =>
  nodesOf(text).filter(({ start, end }) => start <= at && at < end);

export const isWithin = (inner: Node, outer: Node): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** What a node is a part of. */
export function parentOf(text: string, node: Node): Node | undefined {
  const nodes = nodesOf(text);
  return nodes.slice(0, nodes.indexOf(node)).findLast((one) => isWithin(node, one));
}

/** The innermost function around a place. */
export const functionAt = (text: string, at: number): Node | undefined => around(text, at).findLast(isFunction);

const named = (text: string, { start, end }: Node): string | undefined =>
  /^[\w$.#]+$/.exec(text.slice(start, end))?.[0];

/** The name of a function or a class: its own, or that of what it is put in. */
export function nameOf(text: string, node: Node): string {
  if (node.id !== undefined) return node.id.name;
  const parent = parentOf(text, node);
  if (parent === undefined) return '';
  if (parent.value === node && !parent.isComputed && parent.key !== undefined) return parent.key.name;
  return (parent.right === node && named(text, parent.left)) || '';
}

/** What a name is given first. */
export const firstValue = (text: string, name: string): Node | undefined =>
  nodesOf(text).find(({ left, right }) => left?.name === name && right !== undefined)?.right;
