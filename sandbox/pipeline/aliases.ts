// Anchors and aliases that cannot be followed: GitHub's parser goes through them without a limit, and says only that something is missing.
import { type Alias, isAlias, isCollection, isPair, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Problem } from './workflow.ts';

/** Parts of a file once all aliases stand written out. Ours: GitHub's own limit is on bytes and not documented. */
const MOST_PARTS = 100_000;

export const TOO_MANY = 'The anchors of this file make';

/** The first of them; undefined for a file that is no YAML, or has none. */
export function aliasProblem(text: string): Problem | undefined {
  if (!/[&*]/.test(text)) return undefined;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  if (document.errors.length > 0) return undefined;
  const sizes = new Map<unknown, number>();
  let found: { readonly alias: Alias; readonly message: string } | undefined;

  function sizeOf(node: unknown, open: readonly unknown[]): number {
    if (found !== undefined) return 0;
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined) return tell(node, `Unknown anchor '${node.source}'`);
      if (open.includes(target)) return tell(node, `The anchor '${node.source}' contains itself`);
      const size = sizes.get(target) ?? sizeOf(target, open);
      return size > MOST_PARTS ? tell(node, `${TOO_MANY} more than ${MOST_PARTS} values`) : size;
    }
    const known = sizes.get(node);
    if (known !== undefined) return known;
    const inside = [...open, node];
    const parts = isPair(node) ? [node.key, node.value] : isCollection(node) ? node.items : [];
    const size = parts.reduce<number>((sum, part) => sum + sizeOf(part, inside), 1);
    sizes.set(node, size);
    return size;
  }

  function tell(alias: Alias, message: string): number {
    found ??= { alias, message };
    return 0;
  }

  let hasAlias = false;
  visit(document, {
    Alias() {
      hasAlias = true;
      return visit.BREAK;
    },
  });
  if (hasAlias && sizeOf(document.contents, []) > MOST_PARTS && found === undefined)
    return {
      severity: 'error',
      line: 1,
      column: 1,
      message: `${TOO_MANY} more than ${MOST_PARTS} values`,
    };
  if (found === undefined) return undefined;
  const { line, col } = lines.linePos((found.alias as Node).range?.[0] ?? 0);
  return { severity: 'error', line, column: col, message: found.message };
}
