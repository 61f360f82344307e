import { isLabelName, NAME, quote } from '../labels.ts';
import type { Expr } from '../promql/ast.ts';
import { ParseError } from '../promql/errors.ts';
import { parseExpr } from '../promql/read.ts';
import { checkTemplate } from '../template/index.ts';
import {
  decodeYaml,
  numberOf,
  type Place,
  pairsOf,
  type Record_,
  recordsOf,
  type Struct,
  stringOf,
} from '../yaml/decode.ts';

/** Times in ms. */
export interface RuleGroup {
  readonly name: string;
  readonly interval: number | undefined;
  /** Rules look that far back. */
  readonly queryOffset: number;
  /** Most alerts or series that a rule may give; 0 for any number. */
  readonly limit: number;
  readonly rules: readonly Rule[];
}

export type Rule = RecordingRule | AlertingRule;

interface RuleBase {
  readonly name: string;
  readonly expr: Expr;
  /** The expression as it is written. */
  readonly text: string;
  /** Texts by name; those of alerts are templates. */
  readonly labels: readonly (readonly [string, string])[];
}

export interface RecordingRule extends RuleBase {
  readonly kind: 'record';
}

export interface AlertingRule extends RuleBase {
  readonly kind: 'alert';
  readonly for: number;
  readonly keepFiringFor: number;
  readonly annotations: readonly (readonly [string, string])[];
}

const ruleShape: Struct = {
  struct: 'rulefmt.RuleNode',
  fields: {
    record: 'string',
    alert: 'string',
    expr: 'string',
    for: 'duration',
    keep_firing_for: 'duration',
    labels: { map: 'string' },
    annotations: { map: 'string' },
  },
};

const fileShape: Struct = {
  struct: 'rulefmt.RuleGroups',
  fields: {
    groups: {
      named: '[]rulefmt.RuleGroup',
      list: {
        struct: 'rulefmt.RuleGroup',
        fields: {
          name: 'string',
          interval: 'duration',
          query_offset: 'duration',
          limit: 'int',
          labels: { map: 'string' },
          rules: { list: ruleShape, named: '[]rulefmt.RuleNode' },
        },
      },
    },
  },
};

/**
 * Reads a file of rules.
 * https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
 * @returns the groups, or what is wrong in promtool's words, without the file's name
 */
export function readRules(
  text: string,
):
  | { readonly ok: true; readonly groups: readonly RuleGroup[] }
  | { readonly ok: false; readonly errors: readonly string[] } {
  const decoded = decodeYaml(text, fileShape);
  if (!decoded.ok) {
    // promtool decodes twice and prints what the parser cannot read each time.
    const [error = ''] = decoded.errors;
    const again = /^yaml: line|into rulefmt\.RuleGroups$/.test(error)
      ? [error.replace(/RuleGroups$/, 'ruleGroups')]
      : [];
    return { ok: false, errors: [error, ...again] };
  }
  const errors: string[] = [];
  const seen = new Set<string>();
  const groups = recordsOf(decoded.value, 'groups').map((group) => readGroup(group, seen, errors));
  return errors.length > 0 ? { ok: false, errors } : { ok: true, groups };
}

function readGroup(group: Record_, seen: Set<string>, errors: string[]): RuleGroup {
  const name = stringOf(group, 'name');
  const place = `${group.place.line}:${group.place.column}`;
  if (name === '') errors.push(`${place}: Groupname must not be empty`);
  if (seen.has(name)) errors.push(`${place}: groupname: ${quote(name)} is repeated in the same file`);
  seen.add(name);
  const shared = pairsOf(group, 'labels');
  for (const [label] of shared) if (!isLabelName(label) || label === NAME) errors.push(`invalid label name: ${label}`);
  const rules = recordsOf(group, 'rules').flatMap((rule, i) => {
    const found = readRule(rule, shared);
    const title = stringOf(rule, 'alert') || stringOf(rule, 'record');
    for (const { at, message } of found.wrong) {
      const where = at === undefined ? '' : `${at}: `;
      errors.push(`${where}group ${quote(name)}, rule ${i + 1}, ${quote(title)}: ${message}`);
    }
    return found.rule === undefined ? [] : [found.rule];
  });
  return {
    name,
    interval: numberOf(group, 'interval') || undefined,
    queryOffset: numberOf(group, 'query_offset') ?? 0,
    limit: numberOf(group, 'limit') ?? 0,
    rules,
  };
}

interface Wrong {
  readonly at: string | undefined;
  readonly message: string;
}

function readRule(
  rule: Record_,
  shared: readonly (readonly [string, string])[],
): { readonly rule: Rule | undefined; readonly wrong: readonly Wrong[] } {
  const wrong: Wrong[] = [];
  const [record, alert, text] = [stringOf(rule, 'record'), stringOf(rule, 'alert'), stringOf(rule, 'expr')];
  const place = (name: string): string => format(rule.at.get(name));
  const say = (message: string, at?: string): void => void wrong.push({ at, message });
  if (record !== '' && alert !== '') {
    say("only one of 'record' and 'alert' must be set", `${place('record')}: ${place('alert')}`);
  }
  if (record === '' && alert === '') say("one of 'record' or 'alert' must be set", place('record'));
  const expr = readExpression(text, place('expr'), say);
  const labels = [...new Map([...shared, ...pairsOf(rule, 'labels')])];
  const annotations = pairsOf(rule, 'annotations');
  if (record !== '') {
    if (annotations.length > 0) say("invalid field 'annotations' in recording rule", place('record'));
    if (numberOf(rule, 'for')) say("invalid field 'for' in recording rule", place('record'));
    if (numberOf(rule, 'keep_firing_for')) say("invalid field 'keep_firing_for' in recording rule", place('record'));
    if (!isLabelName(record)) say(`invalid recording rule name: ${record}`, place('record'));
    if (/[{}]/.test(record)) {
      say(`braces present in the recording rule name; should it be in expr?: ${record}`, place('record'));
    }
  }
  for (const [name] of pairsOf(rule, 'labels')) {
    if (!isLabelName(name) || name === NAME) say(`invalid label name: ${name}`);
  }
  for (const [name] of annotations) if (!isLabelName(name)) say(`invalid annotation name: ${name}`);
  if (alert !== '') checkTemplates(alert, pairsOf(rule, 'labels'), annotations, say);
  if (wrong.length > 0 || expr === undefined) return { rule: undefined, wrong };
  if (record !== '') return { rule: { kind: 'record', name: record, expr, text, labels }, wrong };
  const [hold, keep] = [numberOf(rule, 'for') ?? 0, numberOf(rule, 'keep_firing_for') ?? 0];
  return {
    rule: { kind: 'alert', name: alert, expr, text, labels, annotations, for: hold, keepFiringFor: keep },
    wrong,
  };
}

const format = (place: Place | undefined): string => `${place?.line ?? 0}:${place?.column ?? 0}`;

function readExpression(text: string, at: string, say: (message: string, at?: string) => void): Expr | undefined {
  if (text === '') {
    say("field 'expr' must be set in rule", at);
    return undefined;
  }
  try {
    return parseExpr(text);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    say(`could not parse expression: ${error.message}`, at);
    return undefined;
  }
}

function checkTemplates(
  alert: string,
  labels: readonly (readonly [string, string])[],
  annotations: readonly (readonly [string, string])[],
  say: (message: string) => void,
): void {
  for (const [kind, pairs] of [
    ['label', labels],
    ['annotation', annotations],
  ] as const) {
    for (const [name, text] of pairs) {
      const wrong = checkTemplate(text);
      if (wrong !== undefined)
        say(`${kind} ${quote(name)}: template: __alert_${alert}:${wrong.line}: ${wrong.message}`);
    }
  }
}
