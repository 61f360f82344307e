// Evaluating `${{ … }}` with GitHub's own evaluator; the functions that need a run are ours.
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import type { Expression, Value, ValueMap } from './workflow.ts';

/** JSON as an expression sees and gives it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What an expression may refer to: `github`, `env`, … */
export type Contexts = Readonly<Record<string, Json>>;

/** How things stand where an expression is evaluated. */
export interface Standing {
  /** `success()`, `failure()` and `cancelled()`; `always()` is always true. */
  readonly status: 'success' | 'failure' | 'cancelled';
  /** For jobs: an ancestor was skipped, which is neither success nor failure. */
  readonly skipped?: boolean;
  /** The SHA-256 over the files that match, or '' when none does. */
  readonly hashFiles?: (patterns: readonly string[]) => string;
}

export interface Scope {
  readonly contexts: Contexts;
  readonly standing: Standing;
}

/** Key of what is put into a mapping: `${{ insert }}: ${{ … }}`. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in the file
export const INSERT = '${{ insert }}';

/** An expression that cannot be evaluated: its words are the evaluator's. */
export class ExpressionFailure extends Error {}

/** @throws ExpressionFailure */
export function evaluate(expression: string, { contexts, standing }: Scope): Json {
  try {
    const functions = functionsOf(standing);
    const tree = new Parser(tokensOf(expression), Object.keys(contexts), functions).parse();
    const known = new data.Dictionary(
      ...Object.entries(contexts).map(([key, value]) => ({ key, value: fromJson(value) })),
    );
    const named = new Map(functions.map((one) => [one.name.toLowerCase(), one]));
    return toJson(new Evaluator(tree, known, named).evaluate());
  } catch (error) {
    throw new ExpressionFailure(error instanceof Error ? error.message : String(error));
  }
}

/** Whether an `if` holds. Numbers, texts and null count as in GitHub's documentation ("Literals": falsy values). */
export function isTruthy(value: Json): boolean {
  return !(value === null || value === false || value === 0 || value === '' || Number.isNaN(value));
}

/** A value with every expression in it evaluated. */
export function resolve(value: Value, scope: Scope): Json {
  if (isExpression(value)) return evaluate(value.expression, scope);
  if (Array.isArray(value))
    // A list that an expression gives within a list is put into it.
    return value.flatMap((one: Value) => {
      const part = resolve(one, scope);
      return isExpression(one) && Array.isArray(part) ? (part as readonly Json[]) : [part];
    });
  if (typeof value === 'object' && value !== null) return resolveMap(value as ValueMap, scope);
  return value as Json;
}

export function resolveMap(map: ValueMap, scope: Scope): { readonly [key: string]: Json } {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) => {
      const one = resolve(value, scope);
      if (!key.startsWith('${{')) return [[key, one]];
      if (!key.startsWith(INSERT)) return [[textOf(evaluate(key.slice(3, -2), scope)), one]];
      return typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.entries(one) : [];
    }),
  );
}

/** A value as the text that a shell or an input gets. */
export function textOf(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function isExpression(value: Value): value is Expression {
  return typeof value === 'object' && value !== null && 'expression' in value && typeof value.expression === 'string';
}

/** The library's lexer takes only the first `''` of a text for a quotation mark; the product takes all ("Literals"). */
function tokensOf(expression: string) {
  const { tokens } = new Lexer(expression).lex();
  return tokens.map((token) =>
    typeof token.value === 'string' && token.lexeme.startsWith("'")
      ? { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") }
      : token,
  );
}

function functionsOf({ status, skipped = false, hashFiles }: Standing): FunctionDefinition[] {
  const flag = (name: string, holds: boolean): FunctionDefinition => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(holds),
  });
  return [
    flag('always', true),
    flag('success', status === 'success' && !skipped),
    flag('failure', status === 'failure'),
    flag('cancelled', status === 'cancelled'),
    {
      name: 'hashFiles',
      minArgs: 1,
      maxArgs: 255,
      call: (...patterns) => new data.StringData(hashFiles?.(patterns.map((one) => one.coerceString())) ?? ''),
    },
  ];
}

function fromJson(value: Json): data.ExpressionData {
  return JSON.parse(JSON.stringify(value), data.reviver) as data.ExpressionData;
}

function toJson(value: data.ExpressionData): Json {
  return JSON.parse(JSON.stringify(value, data.replacer)) as Json;
}

export function texts(map: { readonly [key: string]: Json }): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, textOf(value)]));
}

/** A scope with more contexts, or others in their place. */
export function within(scope: Scope, contexts: Contexts): Scope {
  return { ...scope, contexts: { ...scope.contexts, ...contexts } };
}
