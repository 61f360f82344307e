// Machines that jobs ask for ("Choosing the runner for a job").
import type { Report } from './report.ts';
import { at, type Entry, entriesOf, itemsOf, type Tree, textOf } from './tree.ts';

const systems: readonly (readonly [string, RegExp])[] = [
  ['Linux', /^(ubuntu-.*|linux)$/],
  ['Windows', /^windows(-.*)?$/],
  ['macOS', /^macos(-.*)?$/],
];

/** Those that the product has: images that were taken away are not among them. Names of larger machines are the company's own. */
const known =
  /^(ubuntu-(latest|24\.04|22\.04|slim)(-arm)?|windows-(latest|2025|2022|11-arm)|macos-(latest|26|15|14|13)(-(large|xlarge|intel))?|(ubuntu|windows)-latest-\d+-cores?|self-hosted|linux|windows|macos|x64|arm|arm64)$/;

export function lintLabels(jobs: Tree | undefined, report: Report): void {
  for (const job of entriesOf(jobs)) {
    const runsOn = at(job.value, 'runs-on');
    // A group is the company's own, and so are its labels.
    if (runsOn === undefined || at(runsOn, 'group') !== undefined) continue;
    const written = runsOn.kind === 'map' ? at(runsOn, 'labels') : runsOn;
    const labels = written?.kind === 'list' ? written.items : written === undefined ? [] : [written];
    const all = labels.map((label) => valuesOf(label, job));
    // What each job of a matrix asks for is looked at by itself.
    const fixed = all.flatMap((values) => (values.length === 1 ? values.flat() : []));
    if (fixed.length > 0) lintUnknown(fixed, [], report);
    for (const values of all) if (values.length > 1) for (const value of values) lintUnknown(value, fixed, report);
    lintSystems(
      all.map((values) => values.flat()),
      report,
    );
  }
}

/** A label, or all that it may be: the values of the row of the matrix that it names. A value may be several labels. */
function valuesOf(label: Tree, job: Entry): readonly (readonly Tree[])[] {
  const [, name] = /^\s*\$\{\{\s*matrix\.([\w-]+)\s*\}\}\s*$/.exec(textOf(label) ?? '') ?? [];
  if (name === undefined) return [[label]];
  const matrix = at(job.value, 'strategy', 'matrix');
  const added = itemsOf(at(matrix, 'include')).flatMap((row) => at(row, name.toLowerCase()) ?? []);
  return [...itemsOf(at(matrix, name.toLowerCase())), ...added].map((one) => (one.kind === 'list' ? one.items : [one]));
}

/** @param others labels that the same job asks for as well. */
function lintUnknown(labels: readonly Tree[], others: readonly Tree[], report: Report): void {
  const nameOf = (label: Tree): string => (textOf(label) ?? '').toLowerCase();
  // One's own machines have one's own labels.
  if ([...labels, ...others].some((label) => nameOf(label) === 'self-hosted')) return;
  for (const label of labels) {
    const name = nameOf(label);
    if (name === '' || name.includes('${{') || known.test(name)) continue;
    report(label, 'runner-label', {
      es: `No hay ninguna máquina con la etiqueta ${textOf(label)}: el trabajo esperaría para siempre. La habitual es ubuntu-latest.`,
      en: `No machine has the label ${textOf(label)}: the job would wait for ever. The usual one is ubuntu-latest.`,
    });
  }
}

function lintSystems(labels: readonly (readonly Tree[])[], report: Report): void {
  const systemOf = (label: Tree): string | undefined =>
    systems.find(([, form]) => form.test((textOf(label) ?? '').toLowerCase()))?.[0];
  for (const [index, values] of labels.entries())
    for (const label of values) {
      const system = systemOf(label);
      const others = labels.filter((_, other) => (values.length > 1 ? other !== index : other < index)).flat();
      if (system === undefined || !others.some((one) => systemOf(one) !== undefined && systemOf(one) !== system))
        continue;
      // Of values of a matrix and a fixed label, the values are told.
      if (values.length === 1 && others.length > 1 && labels.some((one) => one.length > 1)) continue;
      report(label, 'runner-label', {
        es: 'Un trabajo corre en una sola máquina: estas etiquetas son de sistemas distintos. Para varias, usa una matriz.',
        en: 'A job runs on one machine: these labels are of different systems. For several, use a matrix.',
      });
    }
}
