// Names in expressions that nothing stands behind ("Contexts reference").
import type { Report } from './report.ts';
import { at, type Entry, entriesOf, entry, itemsOf, type Text, type Tree, textOf, texts, within } from './tree.ts';

/** What an expression may name at a place: undefined where anything goes. */
type Known = Readonly<
  Partial<Record<'inputs' | 'needs' | 'steps' | 'jobs', ReadonlyMap<string, ReadonlySet<string> | undefined>>>
>;

export function lintReferences(root: Tree, report: Report): void {
  const on = at(root, 'on');
  const jobs = entriesOf(at(root, 'jobs'));
  const inputs = new Map(
    ['workflow_dispatch', 'workflow_call'].flatMap((event) =>
      entriesOf(at(on, event, 'inputs')).map(({ key }) => [key.toLowerCase(), undefined] as const),
    ),
  );
  for (const event of ['workflow_call'])
    for (const [index, input] of entriesOf(at(on, event, 'inputs')).entries()) {
      const before = entriesOf(at(on, event, 'inputs')).slice(0, index);
      const known = new Map(before.map(({ key }) => [key.toLowerCase(), undefined] as const));
      const usual = at(input.value, 'default');
      for (const text of texts(usual)) {
        lintText(text, { inputs: known }, report);
        const type = textOf(at(input.value, 'type'));
        const [, only] = /^\$\{\{\s*inputs\.([\w-]+)\s*\}\}$/.exec(text.text.trim()) ?? [];
        const other = textOf(at(before.find(({ key }) => key === only)?.value, 'type'));
        const isText = other === 'string' || /^\$\{\{\s*('[^']*'|github\.\w+)\s*\}\}$/.test(text.text.trim());
        if ((type === 'boolean' || type === 'number') && isText)
          report(text, 'expression', {
            es: `El valor por defecto es un texto, y la entrada ${input.key} es de tipo ${type}.`,
            en: `The default is a text, and the input ${input.key} is of the type ${type}.`,
          });
      }
    }
  const outputsOf = new Map(
    jobs.map(
      (job) =>
        [
          job.key.toLowerCase(),
          job.value.kind === 'map' && entry(job.value, 'uses') ? undefined : namesIn(at(job.value, 'outputs')),
        ] as const,
    ),
  );
  for (const output of entriesOf(at(on, 'workflow_call', 'outputs')))
    for (const text of texts(at(output.value, 'value'))) lintText(text, { jobs: outputsOf, inputs }, report);
  for (const part of ['env', 'run-name', 'concurrency', 'defaults'])
    for (const text of texts(at(root, part))) lintText(text, { inputs }, report);

  for (const job of jobs) {
    const needed = at(job.value, 'needs');
    const names = needed?.kind === 'list' ? needed.items.map(textOf) : [textOf(needed)];
    const needs = new Map(
      names.flatMap((name) =>
        name === undefined ? [] : [[name.toLowerCase(), outputsOf.get(name.toLowerCase())] as const],
      ),
    );
    lintIf(job, report);
    for (const { key, value } of entriesOf(job.value)) {
      if (key === 'steps') continue;
      for (const text of texts(value)) lintText(text, { inputs, needs, ...(key === 'outputs' ? {} : {}) }, report);
    }
    const steps = new Map<string, undefined>();
    for (const step of itemsOf(at(job.value, 'steps'))) {
      for (const text of texts(step)) lintText(text, { inputs, needs, steps }, report);
      const condition = at(step, 'if');
      if (condition?.kind === 'scalar' && typeof condition.value === 'string' && !condition.value.includes('${{'))
        lintText({ ...condition, text: `\${{${condition.value}}}` }, { inputs, needs, steps }, report);
      const id = textOf(at(step, 'id'));
      if (id !== undefined) steps.set(id.toLowerCase(), undefined);
    }
  }
}

const namesIn = (tree: Tree | undefined): ReadonlySet<string> =>
  new Set(entriesOf(tree).map(({ key }) => key.toLowerCase()));

/** "Context availability": the environment is not there yet when a job is chosen. */
function lintIf(job: Entry, report: Report): void {
  const condition = at(job.value, 'if');
  const text = textOf(condition);
  if (condition !== undefined && text !== undefined && /\benv\s*[.[]/.test(text.replaceAll(/'(?:[^']|'')*'/g, '')))
    report(
      condition,
      'expression',
      {
        es: 'En el if de un trabajo no hay env todavía: hay github, inputs, needs y vars.',
        en: 'In the if of a job there is no env yet: there are github, inputs, needs and vars.',
      },
      'error',
    );
}

function lintText(text: Text, known: Known, report: Report): void {
  for (const hole of text.text.matchAll(/\$\{\{([\s\S]*?)\}\}/g)) {
    const spot = within(text, hole.index);
    const raw = hole[1] ?? '';
    const code = raw.replaceAll(/'(?:[^']|'')*'/g, (quoted) => `'${' '.repeat(Math.max(0, quoted.length - 2))}'`);
    for (const [kind, names] of Object.entries(known))
      for (const found of code.matchAll(
        new RegExp(`(?<![\\w.-])${kind}\\.([A-Za-z_][\\w-]*)(?:\\.outputs\\.([A-Za-z_][\\w-]*))?`, 'gi'),
      )) {
        const [, name = '', output] = found;
        const outputs = names.get(name.toLowerCase());
        if (!names.has(name.toLowerCase()))
          report(spot, 'expression', {
            es: `No hay ${kind}.${name}${known[kind as 'inputs'] && kind === 'needs' ? ': solo los trabajos de needs' : ''}.`,
            en: `There is no ${kind}.${name}${kind === 'needs' ? ': only the jobs of needs' : ''}.`,
          });
        else if (output !== undefined && outputs !== undefined && !outputs.has(output.toLowerCase()))
          report(spot, 'expression', {
            es: `El trabajo ${name} no tiene la salida ${output}.`,
            en: `The job ${name} has no output ${output}.`,
          });
      }
    lintForm(raw, code, text, spot, report);
  }
}

function lintForm(
  raw: string,
  code: string,
  text: Text,
  spot: { readonly line: number; readonly column: number },
  report: Report,
): void {
  const json = /fromJSON\(\s*'((?:[^']|'')*)'\s*\)/gi;
  for (const [, content = ''] of raw.matchAll(json)) {
    try {
      JSON.parse(content.replaceAll("''", "'"));
    } catch {
      report(spot, 'expression', {
        es: 'El texto que se da a fromJSON no es JSON.',
        en: 'The text that is given to fromJSON is not JSON.',
      });
    }
  }
  const whole = code.trim();
  const isAlone =
    text.text.trim().startsWith('${{') && text.text.trim().endsWith('}}') && text.text.indexOf('${{', 3) < 0;
  if (
    /^(github|env|vars|job|steps|runner|secrets|strategy|matrix|needs|inputs|null)$/i.test(whole) ||
    /^(steps|needs|jobs)\.[\w-]+(\.outputs)?$/i.test(whole) ||
    /^fromJSON\(\s*'[^']*'\s*\)$/i.test(whole)
      ? isObject(raw.trim(), isAlone)
      : false
  )
    report(spot, 'expression', {
      es: 'Un objeto o una lista no se pueden poner en un texto: usa toJSON(…) o nombra una de sus partes.',
      en: 'An object or a list cannot be put into a text: use toJSON(…), or name one of its parts.',
    });
  if (/(?<![\w.-])(vars|secrets)\.[A-Za-z_]\w*\.[A-Za-z_]/i.test(code))
    report(spot, 'expression', {
      es: 'Una variable o un secreto es un texto: no tiene partes.',
      en: 'A variable or a secret is a text: it has no parts.',
    });
}

/** Of constants it is known what they are. Where an object stands alone it may be meant: `matrix: ${{ fromJSON(…) }}`. */
function isObject(code: string, isAlone: boolean): boolean {
  const [, content] = /^fromJSON\(\s*'((?:[^']|'')*)'\s*\)$/i.exec(code) ?? [];
  if (content === undefined) return code === 'null' || !isAlone;
  try {
    const value: unknown = JSON.parse(content.replaceAll("''", "'"));
    return !isAlone && typeof value === 'object';
  } catch {
    return false;
  }
}
