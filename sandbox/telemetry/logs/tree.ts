import type { SyntaxNode } from '@lezer/common';
import { unquote } from '../promql/text.ts';
import { QueryProblem } from './problem.ts';

/** A node of Grafana's grammar with its text; few helpers, so that what reads it stays readable. */
export interface TreeNode {
  readonly name: string;
  readonly text: string;
  readonly children: readonly TreeNode[];
}

/** How deep a query may nest; what reads it goes down with it. */
const MAX_DEPTH = 500;

/** @throws QueryProblem for a query that nests too deep */
export function treeOf(node: SyntaxNode, source: string, depth = 0): TreeNode {
  if (depth > MAX_DEPTH) throw new QueryProblem('parse error : the query is nested too deep');
  const children: TreeNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling)
    children.push(treeOf(child, source, depth + 1));
  const text = source.slice(node.from, node.to);
  return { name: node.type.isError ? 'error' : node.name, text, children: withLateOffset(children) };
}

/** `[5m] offset 1m` behind an `unwrap` is an error for the grammar, in two parts, and none for Loki. */
function withLateOffset(children: readonly TreeNode[]): readonly TreeNode[] {
  const at = children.findIndex(({ name, text }) => name === 'error' && text === 'offset');
  const duration = children[at + 1];
  if (at < 0 || duration?.name !== 'error' || duration.children[0]?.name !== 'Duration') return children;
  const offset = { name: 'LateOffset', text: `offset ${duration.text}`, children: duration.children };
  return children.toSpliced(at, 2, offset);
}

export function child(node: TreeNode, name: string): TreeNode | undefined {
  return node.children.find((one) => one.name === name);
}

/** All nodes of a name below a list that the grammar nests, in order. */
export function listed(node: TreeNode, list: string, item: string): readonly TreeNode[] {
  return node.children.flatMap((one) => (one.name === list ? listed(one, list, item) : one.name === item ? [one] : []));
}

/** What the first string below a node says. */
export function stringOf(node: TreeNode | undefined): string {
  const text = node === undefined ? undefined : node.name === 'String' ? node : child(node, 'String');
  if (text === undefined) throw new QueryProblem('parse error : syntax error: expecting STRING');
  const answer = unquote(text.text);
  if ('value' in answer) return answer.value;
  throw new QueryProblem(`parse error : ${answer.error}`);
}
