// Names in expressions that nothing stands behind, and values of a kind that cannot be there ("Contexts reference").
import type { Words } from '../../machine/index.ts';
import { infer, type Shapes } from './infer.ts';
import type { Report } from './report.ts';
import {
  githubShape,
  inputsShape,
  jobResultShape,
  jobShape,
  openTexts,
  runnerShape,
  secretsShape,
  stepShape,
  stepsOf,
  strategyShape,
} from './shapes.ts';
import {
  at,
  type Entry,
  entriesOf,
  type Spot,
  type Text,
  type Tree,
  textOf,
  texts,
  wholeExpression,
  within,
} from './tree.ts';
import { any, matrixType, object, type Type } from './types.ts';

export function lintReferences(root: Tree, report: Report): void {
  const on = at(root, 'on');
  const jobs = entriesOf(at(root, 'jobs'));
  const dispatched = entriesOf(at(on, 'workflow_dispatch', 'inputs')).map(({ key }) => key);
  const base: Shapes = {
    github: githubShape(dispatched),
    inputs: inputsShape(on),
    secrets: secretsShape(on),
    vars: openTexts,
    env: openTexts,
    job: jobShape,
    runner: runnerShape,
    strategy: strategyShape,
    matrix: any,
    needs: any,
    steps: any,
    jobs: any,
  };
  lintDefaults(on, base, report);
  const results = new Map(jobs.map(({ key, value }) => [key.toLowerCase(), jobResultShape(value)] as const));
  const called = { ...base, jobs: { kind: 'object', has: results } as const };
  for (const output of entriesOf(at(on, 'workflow_call', 'outputs')))
    for (const text of texts(at(output.value, 'value'))) lintText(text, called, report);
  for (const part of ['env', 'run-name', 'concurrency', 'defaults'])
    for (const text of texts(at(root, part))) lintText(text, base, report);
  for (const job of jobs) lintJob(job, base, results, report);
}

function lintJob(job: Entry, base: Shapes, results: ReadonlyMap<string, Type>, report: Report): void {
  const needed = at(job.value, 'needs');
  const names = needed?.kind === 'list' ? needed.items.map(textOf) : [textOf(needed)];
  const needs = object(
    Object.fromEntries(
      names.flatMap((name) => {
        const result = name === undefined ? undefined : results.get(name.toLowerCase());
        return name === undefined || result === undefined ? [] : [[name, result]];
      }),
    ),
  );
  const around: Shapes = { ...base, needs };
  const matrix = matrixType(job, (expression) => infer(expression, around, () => {}) ?? any);
  const shapes: Shapes = { ...around, matrix };
  lintIf(job, shapes, report);
  for (const { key, value } of entriesOf(job.value)) {
    if (key === 'steps' || key === 'if') continue;
    for (const text of texts(value)) lintText(text, key === 'strategy' ? around : shapes, report);
  }
  lintRunsOn(at(job.value, 'runs-on'), shapes, report);
  const steps: Record<string, Type> = {};
  for (const step of stepsOf(job.value)) {
    const seen = { ...shapes, steps: object(steps) };
    for (const { key, value } of entriesOf(step))
      if (key !== 'if') for (const text of texts(value)) lintText(text, seen, report);
    lintCondition(at(step, 'if'), seen, report);
    const id = textOf(at(step, 'id'));
    if (id !== undefined) steps[id] = stepShape(step);
  }
}

/** "Context availability": the environment is not there yet when a job is chosen. */
function lintIf(job: Entry, shapes: Shapes, report: Report): void {
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
  lintCondition(condition, shapes, report);
}

/** A condition is an expression with or without its braces. */
function lintCondition(condition: Tree | undefined, shapes: Shapes, report: Report): void {
  if (condition?.kind !== 'scalar' || typeof condition.value !== 'string') return;
  const [whole] = texts(condition);
  if (whole === undefined) return;
  if (condition.value.includes('${{')) lintText(whole, shapes, report);
  else lintExpression(condition.value, whole, shapes, report);
}

/** A list of labels, or an object with a group. */
function lintRunsOn(runsOn: Tree | undefined, shapes: Shapes, report: Report): void {
  const whole = wholeExpression(textOf(runsOn) ?? '');
  const type = whole === undefined ? undefined : infer(whole, shapes, () => {});
  if (runsOn !== undefined && type?.kind === 'object' && !type.has.has('group') && !type.has.has('labels'))
    report(runsOn, 'expression', {
      es: 'runs-on es un texto o una lista de textos, y aquí hay un objeto: nombra una de sus partes.',
      en: 'runs-on is a text or a list of texts, and here is an object: name one of its parts.',
    });
}

/** "Workflow syntax", `on.workflow_call.inputs.<input_id>.default`: it sees the inputs before it. */
function lintDefaults(on: Tree | undefined, base: Shapes, report: Report): void {
  const inputs = entriesOf(at(on, 'workflow_call', 'inputs'));
  for (const [index, input] of inputs.entries()) {
    const names = new Set(inputs.slice(0, index).map(({ key }) => key.toLowerCase()));
    const all = base.inputs?.kind === 'object' ? [...base.inputs.has].filter(([name]) => names.has(name)) : [];
    const shapes: Shapes = { ...base, inputs: { kind: 'object', has: new Map(all) } };
    const wanted = textOf(at(input.value, 'type'));
    for (const text of texts(at(input.value, 'default'))) {
      lintText(text, shapes, report);
      const only = wholeExpression(text.text);
      const type = only === undefined ? undefined : infer(only, shapes, () => {});
      if ((wanted === 'boolean' || wanted === 'number') && type?.kind === 'string')
        report(text, 'expression', {
          es: `El valor por defecto es un texto, y la entrada ${input.key} es de tipo ${wanted}.`,
          en: `The default is a text, and the input ${input.key} is of the type ${wanted}.`,
        });
    }
  }
}

function lintText(text: Text, shapes: Shapes, report: Report): void {
  const holes = [...text.text.matchAll(/\$\{\{((?:'[^']*'|(?!\}\})[^'])*)\}\}/g)];
  const isAlone = holes.length === 1 && text.text.trim() === holes[0]?.[0];
  for (const hole of holes) {
    const spot = within(text, hole.index);
    const type = lintExpression(hole[1] ?? '', spot, shapes, report);
    const isPart = type?.kind === 'object' || type?.kind === 'array';
    if (type?.kind === 'null' || (isPart && !isAlone))
      report(spot, 'expression', {
        es: 'Un objeto, una lista o null no se pueden poner en un texto: usa toJSON(…) o nombra una de sus partes.',
        en: 'An object, a list or null cannot be put into a text: use toJSON(…), or name one of its parts.',
      });
  }
}

function lintExpression(expression: string, spot: Spot, shapes: Shapes, report: Report): Type | undefined {
  return infer(expression, shapes, (words: Words) => report(spot, 'expression', words));
}
