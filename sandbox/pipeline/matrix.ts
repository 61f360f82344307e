import type { Json } from './expression.ts';

export type Combination = { readonly [key: string]: Json };

/** The most jobs that one matrix may make ("Usage limits" of GitHub Actions). */
export const MATRIX_LIMIT = 256;

/**
 * The jobs of a matrix, in order ("Running variations of jobs in a workflow"): every combination of the lists, without those that
 * match an `exclude`; each `include` joins every original combination that it can without overwriting an original value, or else
 * is one of its own. @throws an Error with the words for the author.
 */
export function expandMatrix(matrix: Json): readonly Combination[] {
  if (typeof matrix !== 'object' || matrix === null || Array.isArray(matrix))
    throw new Error('matrix must be a mapping');
  const { include, exclude, ...lists } = matrix as Readonly<Record<string, Json>>;
  let combinations: Combination[] = Object.keys(lists).length === 0 ? [] : [{}];
  for (const [key, list] of Object.entries(lists)) {
    if (!Array.isArray(list)) throw new Error(`matrix.${key} must be a list`);
    if (list.length === 0) throw new Error(`matrix vector '${key}' does not contain any values`);
    combinations = combinations.flatMap((one) => list.map((value) => ({ ...one, [key]: value })));
    if (combinations.length > MATRIX_LIMIT) throw new Error(tooMany);
  }
  const originals = combinations.filter((one) => !listOf(exclude).some((pattern) => matches(one, pattern)));
  const joined = originals.map((one) => ({ ...one }) as Record<string, Json>);
  const alone: Combination[] = [];
  for (const extra of listOf(include)) {
    const hosts = originals.flatMap((original, index) =>
      Object.entries(extra).every(([key, value]) => !(key in original) || same(original[key] ?? null, value))
        ? [index]
        : [],
    );
    for (const index of hosts) Object.assign(joined[index] as object, extra);
    if (hosts.length === 0) alone.push(extra);
  }
  const all = [...joined, ...alone];
  if (all.length > MATRIX_LIMIT) throw new Error(tooMany);
  if (all.length === 0) throw new Error('matrix must define at least one vector');
  return all;
}

const tooMany = `a matrix makes at most ${MATRIX_LIMIT} jobs for each run`;

function listOf(value: Json | undefined): readonly Combination[] {
  return Array.isArray(value) ? (value as readonly Combination[]) : [];
}

/** Whether a combination has all values of a pattern; nested values match in the same way. */
function matches(value: Json, pattern: Json): boolean {
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) return same(value, pattern);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const have = value as { readonly [key: string]: Json };
  return Object.entries(pattern).every(([key, one]) => key in have && matches(have[key] ?? null, one));
}

function same(a: Json, b: Json): boolean {
  if (typeof a !== 'object' && typeof b !== 'object') return String(a) === String(b);
  return JSON.stringify(a) === JSON.stringify(b);
}
