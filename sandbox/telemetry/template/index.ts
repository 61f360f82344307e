// Templates of alerts: `{{ $labels.instance }} is at {{ $value | humanizePercentage }}`. Go's text/template with the functions
// that Prometheus adds, as far as labels and annotations of alerts need them; what is missing is refused by its name.
import { getLabel, type Labels } from '../labels.ts';
import { parseDuration } from '../promql/duration.ts';
import type { Sample } from '../promql/query.ts';
import { compileRegex, expandTemplate, findMatch } from '../regex/index.ts';
import { humanize, humanize1024, humanizeDuration, humanizePercentage, humanizeTimestamp } from './humanize.ts';
import { type Integer, isInteger, type Printable, print, sprintf } from './printf.ts';
import { type Operand, type Piece, type Pipeline, readTemplate, TemplateError } from './read.ts';

export { TemplateError };

/** What a template is filled with. */
export interface TemplateData {
  readonly labels: Labels;
  readonly value: number;
  readonly externalLabels?: Labels;
  readonly externalUrl?: string;
  /** Seconds since 1970. */
  readonly now: number;
  /** Answers `query`. */
  readonly query: (expression: string) => readonly Sample[];
}

/** Labels with `pairs` have what Alertmanager's have beside their values: `.SortedPairs`, `.Names` and `.Values`. */
type Value = Printable | Sample | readonly Value[] | { readonly map: Labels; readonly pairs?: true } | Dot;
interface Dot {
  readonly dot: ReadonlyMap<string, Value>;
}

const known = ['$labels', '$externalLabels', '$externalURL', '$value'];

/**
 * Looks whether a template can be read.
 * @returns what is wrong in Go's words, or undefined
 */
export function checkTemplate(text: string): { readonly message: string; readonly line: number } | undefined {
  try {
    readTemplate(text, names, known);
    return undefined;
  } catch (error) {
    if (error instanceof TemplateError) return { message: error.message, line: error.line };
    throw error;
  }
}

/** @throws TemplateError for what is wrong with it or goes wrong in it */
export function fillTemplate(text: string, data: TemplateData): string {
  const pieces = readTemplate(text, names, known);
  const dot: Dot = {
    dot: new Map<string, Value>([
      ['Labels', { map: data.labels }],
      ['ExternalLabels', { map: data.externalLabels ?? [] }],
      ['ExternalURL', data.externalUrl ?? ''],
      ['Value', data.value],
    ]),
  };
  const variables = new Map<string, Value>([
    ['$', dot],
    ['$labels', { map: data.labels }],
    ['$externalLabels', { map: data.externalLabels ?? [] }],
    ['$externalURL', data.externalUrl ?? ''],
    ['$value', data.value],
  ]);
  return render(pieces, dot, { variables, data, steps: { left: MAX_STEPS } });
}

/** A value for `fillMessage`. */
export const kv = (map: Labels): Value => ({ map, pairs: true });
export const dotOf = (fields: Readonly<Record<string, Value>>): Dot => ({ dot: new Map(Object.entries(fields)) });

/**
 * Fills a template of a message, in which only `dot` and fewer functions are known.
 * @throws TemplateError for what is wrong with it or goes wrong in it
 */
export function fillMessage(text: string, dot: Dot): string {
  const data: TemplateData = { labels: [], value: 0, now: 0, query: () => [] };
  const variables = new Map<string, Value>([['$', dot]]);
  return render(readTemplate(text, messageNames, ['$']), dot, { variables, data, steps: { left: MAX_STEPS } });
}

interface Scope {
  /** How many more pipelines may be run: loops in loops end. */
  readonly steps: { left: number };
  readonly variables: Map<string, Value>;
  readonly data: TemplateData;
}

const MAX_OUTPUT = 65_536;
const MAX_STEPS = 10_000;

function render(pieces: readonly Piece[], dot: Value, scope: Scope): string {
  let out = '';
  for (const piece of pieces) {
    if (piece.kind === 'text') out += piece.text;
    else if (piece.kind === 'action') {
      const value = run(piece.pipeline, dot, scope);
      if (piece.pipeline.declares.length === 0) out += show(value);
    } else out += branch(piece, dot, scope);
    if (out.length > MAX_OUTPUT) throw new TemplateError('the text grows too long', 1);
  }
  return out;
}

function branch(piece: Extract<Piece, { kind: 'if' | 'with' | 'range' }>, dot: Value, scope: Scope): string {
  const inner: Scope = { ...scope, variables: new Map(scope.variables) };
  const value = run(piece.pipeline, dot, inner);
  if (!isTrue(value)) return render(piece.otherwise, dot, inner);
  if (piece.kind !== 'range') return render(piece.body, piece.kind === 'with' ? value : dot, inner);
  const entries: readonly (readonly [Value, Value])[] = Array.isArray(value)
    ? (value as readonly Value[]).map((item, i) => [{ integer: i }, item] as const)
    : isMap(value)
      ? value.map.map(([name, text]) => [name, text] as const)
      : [];
  const { declares } = piece.pipeline;
  return entries
    .map(([key, item]) => {
      if (declares.length === 2) inner.variables.set(declares[0] as string, key);
      if (declares.length > 0) inner.variables.set(declares.at(-1) as string, item);
      return render(piece.body, item, inner);
    })
    .join('');
}

const isMap = (value: Value): value is { map: Labels; pairs?: true } => typeof value === 'object' && 'map' in value;
const isSample = (value: Value): value is Sample => typeof value === 'object' && 'labels' in value;

function isTrue(value: Value): boolean {
  if (isInteger(value)) return value.integer !== 0;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object') return isMap(value) ? value.map.length > 0 : true;
  return Boolean(value) || (typeof value === 'number' && Number.isNaN(value));
}

function show(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(show).join(' ')}]`;
  if (typeof value !== 'object' || isInteger(value)) return print(value as Printable);
  if (isMap(value)) return `map[${value.map.map(([name, text]) => `${name}:${text}`).join(' ')}]`;
  return isSample(value) ? `{${show({ map: value.labels })} ${print(value.value)}}` : '';
}

function run(pipeline: Pipeline, dot: Value, scope: Scope): Value {
  if (--scope.steps.left < 0) throw new TemplateError('too many steps', 1);
  let value: Value;
  pipeline.commands.forEach((command, i) => {
    value = call(command, i === 0 ? [] : [value], dot, scope);
  });
  for (const name of pipeline.declares) scope.variables.set(name, value);
  return value;
}

function call(command: readonly Operand[], piped: readonly Value[], dot: Value, scope: Scope): Value {
  const [first, ...rest] = command as [Operand, ...Operand[]];
  if (first.kind !== 'function') {
    if (rest.length > 0 || piped.length > 0) throw new TemplateError("can't give argument to non-function", 1);
    return operandValue(first, dot, scope);
  }
  const args = [...rest.map((operand) => operandValue(operand, dot, scope)), ...piped];
  return functionOf(first.name)(args, scope.data);
}

function operandValue(operand: Operand, dot: Value, scope: Scope): Value {
  switch (operand.kind) {
    case 'literal':
      return operand.isInteger ? { integer: operand.value as number } : operand.value;
    case 'nil':
      return undefined;
    case 'function':
      return functionOf(operand.name)([], scope.data);
    case 'pipeline':
      return operand.fields.reduce<Value>(field, run(operand.pipeline, dot, scope));
    case 'path':
      return operand.fields.reduce<Value>(field, operand.from === '.' ? dot : scope.variables.get(operand.from));
  }
}

function field(value: Value, name: string): Value {
  if (typeof value === 'object' && 'dot' in value && value.dot.has(name)) return value.dot.get(name);
  if (Array.isArray(value) && (name === 'Firing' || name === 'Resolved'))
    return value.filter((one: Value) => isDot(one) && one.dot.get('Status') === name.toLowerCase());
  if (typeof value === 'object' && isMap(value))
    return (value.pairs && pairsOf(value.map, name)) ?? getLabel(value.map, name);
  if (typeof value === 'object' && isSample(value)) {
    if (name === 'Labels') return { map: value.labels };
    if (name === 'Value') return value.value;
  }
  throw new TemplateError(`can't evaluate field ${name}`, 1);
}

const isDot = (value: Value): value is Dot => typeof value === 'object' && 'dot' in value;

function pairsOf(labels: Labels, name: string): readonly Value[] | undefined {
  const sorted = [
    ...labels.filter(([label]) => label === 'alertname'),
    ...labels.filter(([label]) => label !== 'alertname'),
  ];
  if (name === 'SortedPairs') return sorted.map(([Name, Value]) => dotOf({ Name, Value }));
  if (name === 'Names') return sorted.map(([label]) => label);
  return name === 'Values' ? sorted.map(([, value]) => value) : undefined;
}

type TemplateFunction = (args: readonly Value[], data: TemplateData) => Value;

const text = (value: Value): string => (typeof value === 'string' ? value : show(value));

function number(value: Value): number {
  if (typeof value === 'number') return value;
  if (isInteger(value)) return value.integer;
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isNaN(parsed)) throw new TemplateError(`can't convert ${show(value)} to float`, 1);
  return parsed;
}

const compareValues = (a: Value, b: Value): number => {
  if (typeof a === 'string' || typeof b === 'string') return text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
  return number(a) - number(b);
};
const numeric =
  (of: (value: number) => string): TemplateFunction =>
  ([value]) =>
    of(number(value));
const host = /^(?:\[([^\]]*)\]|([^:]*)):([^:]*)$/;

const functions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['humanize', numeric(humanize)],
  ['humanize1024', numeric(humanize1024)],
  ['humanizePercentage', numeric(humanizePercentage)],
  ['humanizeDuration', numeric(humanizeDuration)],
  ['humanizeTimestamp', numeric(humanizeTimestamp)],
  ['printf', ([format, ...args]) => sprintf(text(format), args.map(printable))],
  ['print', (args) => args.map(text).join('')],
  ['println', (args) => `${args.map(text).join(' ')}\n`],
  ['len', ([value]) => ({ integer: Array.isArray(value) ? value.length : [...text(value)].length })],
  ['index', (args) => args.slice(1).reduce<Value>(indexed, args[0])],
  ['not', ([value]) => !isTrue(value)],
  ['and', (args) => args.find((value) => !isTrue(value)) ?? args.at(-1)],
  ['or', (args) => args.find(isTrue) ?? args.at(-1)],
  ['eq', ([first, ...others]) => others.some((value) => compareValues(first, value) === 0)],
  ['ne', ([a, b]) => compareValues(a, b) !== 0],
  ['lt', ([a, b]) => compareValues(a, b) < 0],
  ['le', ([a, b]) => compareValues(a, b) <= 0],
  ['gt', ([a, b]) => !(compareValues(a, b) <= 0)],
  ['ge', ([a, b]) => !(compareValues(a, b) < 0)],
  [
    'title',
    ([value]) =>
      text(value).replace(
        /(^|[^\p{L}\p{N}'])(\p{L})/gu,
        (_, before: string, letter: string) => before + letter.toUpperCase(),
      ),
  ],
  ['toUpper', ([value]) => text(value).toUpperCase()],
  ['toLower', ([value]) => text(value).toLowerCase()],
  ['trimSpace', ([value]) => text(value).trim()],
  ['join', ([separator, list]) => (Array.isArray(list) ? list : []).map(text).join(text(separator))],
  [
    'match',
    ([pattern, value]) =>
      findMatch(compileRegex(text(pattern), { dotAll: false }), text(value), { whole: false }) !== undefined,
  ],
  ['reReplaceAll', ([pattern, replacement, value]) => replaceAll(text(pattern), text(replacement), text(value))],
  [
    'stripPort',
    ([value]) =>
      host
        .exec(text(value))
        ?.slice(1, 3)
        .find((part) => part !== undefined) ?? text(value),
  ],
  ['query', ([expression], { query }) => query(text(expression))],
  ['first', ([value]) => firstOf(value)],
  ['value', ([value]) => (typeof value === 'object' && isSample(value) ? value.value : undefined)],
  [
    'label',
    ([name, value]) => (typeof value === 'object' && isSample(value) ? getLabel(value.labels, text(name)) : ''),
  ],
  ['now', (_, { now }) => now],
  ['parseDuration', ([value]) => (parseDuration(text(value)) ?? Number.NaN) / 1000],
  ['externalURL', (_, { externalUrl }) => externalUrl ?? ''],
]);

/** Functions that Prometheus has and the sandbox has not: known by name, so that they are refused by it when they are called. */
const refused = new Set(
  'strvalue args safeHtml graphLink tableLink sortByLabel stripDomain toTime toDuration pathPrefix urlQueryEscape html js urlquery slice call'.split(
    ' ',
  ),
);
const onlyInMessages = ['trimSpace', 'join'];
const names: ReadonlySet<string> = new Set(
  [...functions.keys(), ...refused].filter((name) => !onlyInMessages.includes(name)),
);
/** Those of Go's own and of Alertmanager's. */
const messageNames: ReadonlySet<string> = new Set(
  'and or not eq ne lt le gt ge len index print printf println toUpper toLower title match reReplaceAll humanizeDuration trimSpace join safeHtml safeUrl urlUnescape stringSlice date tz since html js urlquery slice call'.split(
    ' ',
  ),
);

function functionOf(name: string): TemplateFunction {
  const found = functions.get(name);
  if (found === undefined) throw new TemplateError(`function "${name}" is not part of this sandbox`, 1);
  return found;
}

function printable(value: Value): Printable {
  return typeof value !== 'object' || isInteger(value) ? (value as Printable) : show(value);
}

function indexed(value: Value, key: Value): Value {
  if (Array.isArray(value)) return value[number(key)];
  if (typeof value === 'object' && isMap(value)) return getLabel(value.map, text(key));
  throw new TemplateError(`can't index item of type ${typeof value}`, 1);
}

function firstOf(value: Value): Value {
  if (Array.isArray(value) && value.length > 0) return value[0];
  throw new TemplateError('error calling first: first() called on vector with no elements', 1);
}

function replaceAll(pattern: string, replacement: string, value: string): string {
  const regex = compileRegex(pattern, { dotAll: false });
  let out = '';
  for (let at = 0; at <= value.length; ) {
    const match = findMatch(regex, value, { whole: false, from: at });
    if (match === undefined) return out + value.slice(at);
    const [from, to] = match as [number, number];
    out += value.slice(at, from) + expandTemplate(regex, replacement, value, match);
    if (to === from) out += value.slice(to, to + 1);
    at = to === from ? to + 1 : to;
  }
  return out;
}

export type { Integer };
