// What keeps or drops a line, and what changes its labels: from the grammar's nodes to stages.
import { compileRegex, findMatch, type Regex, RegexError } from '../regex/index.ts';
import { ERROR, fail, type Line, type Stage } from './line.ts';
import { patternMatcher } from './parsers.ts';
import { absent, QueryProblem } from './problem.ts';
import { readTemplate } from './template.ts';
import { child, listed, stringOf, type TreeNode } from './tree.ts';
import { parseBytes, parseFloatText, parseSeconds } from './values.ts';

/** A regular expression in the words of Loki when it is none. */
export function regexOf(source: string, dotAll = false): Regex {
  try {
    return compileRegex(source, { dotAll });
  } catch (error) {
    if (error instanceof RegexError) throw new QueryProblem(error.message);
    throw error;
  }
}

/** `|= "a" or "b"`: an operator and one or more texts. */
export function lineFilter(node: TreeNode): Stage {
  const op = child(node, 'Filter')?.text ?? '';
  const texts = [node, ...alternatives(node)].map((one) => {
    if (child(one, 'FilterOp') !== undefined || child(one, 'String') === undefined) absent('ip()');
    return stringOf(one);
  });
  const tests = texts.map((text) => lineTest(op, text));
  const keeps = op.startsWith('|');
  return ({ text }) => tests.some((test) => test(text)) === keeps;
}

function alternatives(node: TreeNode): readonly TreeNode[] {
  return node.children.filter(({ name }) => name === 'OrFilter').flatMap((one) => [one, ...alternatives(one)]);
}

function lineTest(op: string, wanted: string): (text: string) => boolean {
  if (op === '|=' || op === '!=') return (text) => text.includes(wanted);
  if (op === '|>' || op === '!>') return patternMatcher(wanted);
  const regex = regexOf(wanted);
  return (text) => findMatch(regex, text, { whole: false }) !== undefined;
}

/** `name="a"`, in a selector, a label filter, `drop` or `keep`; a missing label is an empty one. */
export interface LabelMatcher {
  readonly name: string;
  readonly matches: (value: string) => boolean;
  /** Whether it matches an empty value. */
  readonly op: string;
  readonly value: string;
}

export function readMatcher(node: TreeNode): LabelMatcher {
  const [name, sign] = node.children;
  const value = stringOf(node);
  const op = sign?.text ?? '';
  if (op === '=') return { name: name?.text ?? '', op, value, matches: (one) => one === value };
  if (op === '!=') return { name: name?.text ?? '', op, value, matches: (one) => one !== value };
  const regex = regexOf(value);
  return {
    name: name?.text ?? '',
    op,
    value,
    matches: (one) => (findMatch(regex, one) !== undefined) === (op === '=~'),
  };
}

/** `status >= 500 and (took > 1s or town="oria")`. A comma is `and`, which binds closer than `or`. */
export function labelFilter(node: TreeNode): Stage {
  const operands = node.children.filter(({ name }) => name === 'LabelFilter');
  const [only] = node.children;
  if (operands.length === 1 && operands[0] !== undefined) return labelFilter(operands[0]);
  if (operands.length === 0) return predicate(only);
  const isOr = child(node, 'Or') !== undefined;
  const [left, right] = operands.map(labelFilter) as [Stage, Stage];
  return isOr ? (line) => left(line) || right(line) : (line) => left(line) && right(line);
}

function predicate(node: TreeNode | undefined): Stage {
  if (node?.name === 'Matcher') {
    const { name, matches } = readMatcher(node);
    return (line) => matches(line.labels.get(name) ?? '');
  }
  const inner = node?.name === 'UnitFilter' ? node.children[0] : node;
  if (inner?.name === 'NumberFilter') return comparison(inner, parseFloatText, parseFloatText);
  if (inner?.name === 'DurationFilter')
    return comparison(
      inner,
      (text) => parseSeconds(text, true),
      (text) => parseSeconds(text),
    );
  if (inner?.name === 'BytesFilter') return comparison(inner, parseBytes, parseBytes);
  return absent(node?.text ?? 'label filter');
}

type ReadNumber = (text: string) => number | undefined;

function comparison(node: TreeNode, readLiteral: ReadNumber, readValue: ReadNumber): Stage {
  const [name, op, literal] = node.children;
  const wanted = readLiteral(literal?.text ?? '');
  if (wanted === undefined || name === undefined || op === undefined) return absent(node.text);
  return (line) => {
    // The label of an error can only be asked for as a text.
    const text = name.text === ERROR ? undefined : line.labels.get(name.text);
    if (text === undefined) return false;
    const value = readValue(text);
    if (value !== undefined) return compare(op.text, value, wanted);
    fail(line, 'LabelFilterErr');
    return true;
  };
}

export function compare(op: string, a: number, b: number): boolean {
  if (op === '>') return a > b;
  if (op === '>=') return a >= b;
  if (op === '<') return a < b;
  if (op === '<=') return a <= b;
  return op === '!=' ? a !== b : a === b;
}

/** `| drop a, b="x"` and `| keep a`. */
export function labelSieve(node: TreeNode, isDrop: boolean): Stage {
  const [list, item] = isDrop ? ['DropLabels', 'DropLabel'] : ['KeepLabels', 'KeepLabel'];
  const wanted = listed(node, list, item).map((one) => {
    const matcher = child(one, 'Matcher');
    return matcher === undefined ? { name: one.text, matches: () => true } : readMatcher(matcher);
  });
  return (line) => {
    for (const [name, value] of [...line.labels]) {
      const isListed = wanted.some((one) => one.name === name && one.matches(value));
      if (isListed === isDrop && (isDrop || !name.startsWith('__error'))) line.labels.delete(name);
    }
    return true;
  };
}

/** `| label_format new=old, other="{{.a}}"`: renames and sets labels. */
export function labelFormat(node: TreeNode): Stage {
  const changes = listed(node, 'LabelsFormat', 'LabelFormatMatcher').map((one) => {
    const to = one.children[0]?.text ?? '';
    const text = child(one, 'String');
    const change =
      text === undefined ? renaming(to, one.children[2]?.text ?? '') : setting(to, readTemplate(stringOf(text)));
    return { to, change };
  });
  const twice = changes.find(({ to }, at) => changes.findIndex((other) => other.to === to) !== at);
  if (twice !== undefined)
    throw new QueryProblem(`multiple label name '${twice.to}' not allowed in a single format operation`);
  return (line) => {
    for (const { change } of changes) change(line);
    return true;
  };
}

function renaming(to: string, from: string): (line: Line) => void {
  return ({ labels }) => {
    const value = labels.get(from);
    if (value === undefined) return;
    labels.delete(from);
    labels.set(to, value);
  };
}

function setting(to: string, template: (line: Line) => string): (line: Line) => void {
  return (line) => void line.labels.set(to, template(line));
}
