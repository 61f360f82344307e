// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows
// Conditions that are always the same ("Evaluate expressions"; "Workflow syntax", if).
import type { Report } from './report.ts';
import { at, entriesOf, entry, itemsOf, type Tree } from './tree.ts';

/** Functions that give the same for the same arguments. */
const pure = new Set([
  'contains',
  'startswith',
  'endswith',
  'format',
  'join',
  'tojson',
  'fromjson',
  'true',
  'false',
  'null',
  'nan',
  'infinity',
]);

export function lintConditions(jobs: Tree | undefined, report: Report): void {
  for (const job of entriesOf(jobs)) {
    lintCondition(entry(job.value, 'if')?.value, report);
    lintCondition(at(job.value, 'snapshot', 'if'), report);
    for (const step of itemsOf(at(job.value, 'steps'))) lintCondition(entry(step, 'if')?.value, report);
  }
}

function lintCondition(value: Tree | undefined, report: Report): void {
  if (value?.kind !== 'scalar' || value.value === null) return;
  const text = String(value.value);
  const [open, ...more] = [...text.matchAll(/\$\{\{/g)];
  if (open !== undefined && (more.length > 0 || !text.startsWith('${{') || !text.endsWith('}}'))) {
    report(value, 'if-cond', {
      es: 'Con algo alrededor de ${{ }} la condición es un texto, y un texto siempre se cumple. Escribe toda la condición sin ${{ }}.',
      en: 'With anything around ${{ }} the condition is a text, and a text always holds. Write the whole condition without ${{ }}.',
    });
    return;
  }
  const inner = text.replace(/^\$\{\{([\s\S]*)\}\}$/, '$1');
  const words = inner.replaceAll(/'(?:[^']|'')*'/g, '').match(/[A-Za-z_][\w-]*/g) ?? [];
  if (inner.trim() !== '' && words.every((word) => pure.has(word.toLowerCase())))
    report(value, 'if-cond', {
      es: 'Esta condición es siempre la misma: no depende de nada.',
      en: 'This condition is always the same: it depends on nothing.',
    });
}
