// A board of panels as a person writes it: a YAML file.
import * as z from 'zod/mini';
import type { Words } from '../machine/index.ts';
import type { Expectation } from '../world/file/fields.ts';
import { type FileProblem, parseFile } from '../world/file/parse.ts';

export const units = ['number', 'per_second', 'percent', 'seconds', 'bytes', 'cost'] as const;
export type Unit = (typeof units)[number];

export interface Panel {
  readonly title: string;
  /** Lines of the chart: a name ('' where the labels name it) and its PromQL. */
  readonly lines: readonly { readonly name: string; readonly expr: string }[];
  readonly unit: Unit;
  /** In the unit of the expression: from here on it is worth a look, from there on it is bad. */
  readonly thresholds: { readonly warning?: number; readonly critical?: number };
}

const words = {
  panels: { es: 'entre 1 y 40 paneles', en: 'from 1 to 40 panels' },
  text: (longest: number): Words => ({
    es: `un texto de 1 a ${longest} caracteres`,
    en: `a text of 1 to ${longest} characters`,
  }),
  noExpression: (field: string): Words => ({
    es: `${field}: se espera una expresión de PromQL, o hasta 12 con nombre (p95: histogram_quantile(…))`,
    en: `${field}: expected a PromQL expression, or up to 12 with names (p95: histogram_quantile(…))`,
  }),
};

const text = (longest: number) =>
  z.string().check(
    z.refine((value) => value.length >= 1 && value.length <= longest, {
      params: { expected: words.text(longest) } satisfies Expectation,
    }),
  );
const expression = text(2000);

const panelSchema = z.strictObject({
  title: text(80),
  expr: z.unknown(),
  unit: z.optional(z.enum(units)),
  thresholds: z.optional(z.strictObject({ warning: z.optional(z.number()), critical: z.optional(z.number()) })),
});
const fileSchema = z.strictObject({
  panels: z.array(panelSchema).check(
    z.refine((list) => list.length >= 1 && list.length <= 40, {
      params: { expected: words.panels } satisfies Expectation,
    }),
  ),
});
const lineSchema = z.record(text(40), expression);

export type ReadPanels =
  | { readonly ok: true; readonly panels: readonly Panel[] }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/**
 * Reads a file of panels: `panels:`, each with `title`, `expr` (an expression, or a map of names to expressions), and perhaps `unit` and
 * `thresholds` (`warning`, `critical`). What is wrong is told with its place.
 */
export function readPanels(content: string, file: string): ReadPanels {
  const parsed = parseFile(content, file, fileSchema);
  if (!parsed.ok) return parsed;
  const problems: FileProblem[] = [];
  const panels = parsed.value.panels.map(({ title, expr, unit = 'number', thresholds = {} }, index): Panel => {
    const path = ['panels', index, 'expr'];
    const lines = linesOf(expr);
    if (lines === undefined) problems.push(parsed.problem(path, words.noExpression(`panels[${index}].expr`)));
    const { warning, critical } = thresholds;
    return {
      title,
      lines: lines ?? [],
      unit,
      thresholds: { ...(warning !== undefined && { warning }), ...(critical !== undefined && { critical }) },
    };
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, panels };
}

function linesOf(expr: unknown): Panel['lines'] | undefined {
  const one = z.safeParse(expression, expr);
  if (one.success) return [{ name: '', expr: one.data }];
  const many = z.safeParse(lineSchema, expr);
  if (!many.success) return undefined;
  const lines = Object.entries(many.data).map(([name, line]) => ({ name, expr: line }));
  return lines.length > 0 && lines.length <= 12 ? lines : undefined;
}
