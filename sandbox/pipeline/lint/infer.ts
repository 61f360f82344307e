// The type of an expression, and what in it cannot be ("Evaluate expressions in workflows and actions").
import { data, Lexer, Parser } from '@actions/expressions';
import {
  Binary,
  ContextAccess,
  type Expr,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Star,
  Unary,
} from '@actions/expressions/ast';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import type { Words } from '../../machine/index.ts';
import { any, boolean, either, nothing, number, type Type, text, typeOfJson } from './types.ts';

/** Types of contexts by their name in lower case. */
export type Shapes = Readonly<Record<string, Type>>;

const contexts = [
  'github',
  'env',
  'vars',
  'job',
  'jobs',
  'steps',
  'runner',
  'secrets',
  'strategy',
  'matrix',
  'needs',
  'inputs',
];
const declared: FunctionDefinition[] = ['always', 'success', 'failure', 'cancelled', 'hashFiles'].map((name) => ({
  name,
  minArgs: 0,
  maxArgs: 255,
  call: () => new data.Null(),
}));

const kinds: Readonly<Record<Type['kind'], Words>> = {
  any: { es: 'algo', en: 'something' },
  null: { es: 'nada (null)', en: 'nothing (null)' },
  boolean: { es: 'un booleano', en: 'a boolean' },
  number: { es: 'un número', en: 'a number' },
  string: { es: 'un texto', en: 'a text' },
  array: { es: 'una lista', en: 'a list' },
  object: { es: 'un objeto', en: 'an object' },
};

/** Undefined for what is no expression: GitHub's parser says that. */
export function infer(expression: string, shapes: Shapes, tell: (words: Words) => void): Type | undefined {
  let tree: Expr;
  try {
    tree = new Parser(new Lexer(expression).lex().tokens, contexts, declared).parse();
  } catch {
    return undefined;
  }
  return typeOf(tree, shapes, tell);
}

function typeOf(node: Expr, shapes: Shapes, tell: (words: Words) => void): Type {
  const of = (one: Expr): Type => typeOf(one, shapes, tell);
  if (node instanceof Literal) {
    const { literal } = node;
    if (literal instanceof data.NumberData) return number;
    if (literal instanceof data.StringData) return text;
    return literal instanceof data.Null ? nothing : boolean;
  }
  if (node instanceof Grouping) return of(node.group);
  if (node instanceof Unary) {
    of(node.expr);
    return boolean;
  }
  if (node instanceof Binary) return compared(node, of(node.left), of(node.right), tell);
  if (node instanceof Logical) {
    const types = node.args.map(of);
    return types.length === 0 ? any : types.reduce((sum, one) => (sum.kind === one.kind ? either(sum, one) : any));
  }
  if (node instanceof ContextAccess) return shapes[node.name.lexeme.toLowerCase()] ?? any;
  if (node instanceof IndexAccess) return part(node, of(node.expr), shapes, tell);
  if (node instanceof FunctionCall) return called(node, node.args.map(of), tell);
  return any;
}

/** "Operators": what is not of one kind is compared as numbers, and a list or an object is none. */
function compared({ operator: { lexeme: sign } }: Binary, left: Type, right: Type, tell: (words: Words) => void): Type {
  const isPart = ({ kind }: Type): boolean => kind === 'array' || kind === 'object';
  const isOrder = /[<>]/.test(sign);
  const wrong = isOrder
    ? [left, right].find((one) => isPart(one) || one.kind === 'null' || one.kind === 'boolean')
    : undefined;
  if (wrong !== undefined)
    tell({
      es: `Con ${sign} se comparan números o textos, y aquí hay ${kinds[wrong.kind].es}.`,
      en: `${sign} compares numbers or texts, and here is ${kinds[wrong.kind].en}.`,
    });
  else if (!isOrder && (isPart(left) || isPart(right)) && !sameKind(left, right))
    tell({
      es: `${kinds[left.kind].es} y ${kinds[right.kind].es} no son iguales nunca: la comparación da siempre lo mismo.`,
      en: `${kinds[left.kind].en} and ${kinds[right.kind].en} are never equal: the comparison always gives the same.`,
    });
  return boolean;
}

function sameKind(a: Type, b: Type): boolean {
  if ([a.kind, b.kind].some((kind) => kind === 'any' || kind === 'null')) return true;
  if (a.kind === 'array' && b.kind === 'array') return sameKind(a.of, b.of);
  return a.kind === b.kind;
}

function part(node: IndexAccess, whole: Type, shapes: Shapes, tell: (words: Words) => void): Type {
  const { index } = node;
  if (index instanceof Star) {
    if (whole.kind === 'object')
      return {
        kind: 'array',
        of: [...whole.has.values(), ...(whole.others ? [whole.others] : [])].reduce(either, any),
      };
    return { kind: 'array', of: whole.kind === 'array' ? whole.of : any };
  }
  const name = nameOf(index);
  const isDotted = index instanceof Literal && !index.token.lexeme.startsWith("'") && name !== undefined;
  const key = typeOf(index, shapes, tell);
  if (whole.kind === 'any') return any;
  if (whole.kind === 'array') {
    // `list.*.name`: the part of each.
    if (isDotted) return { kind: 'array', of: any };
    if (key.kind === 'string' || key.kind === 'boolean')
      tell({
        es: `Los elementos de una lista se nombran con un número, y aquí hay ${kinds[key.kind].es}.`,
        en: `The items of a list are named by a number, and here is ${kinds[key.kind].en}.`,
      });
    return whole.of;
  }
  if (whole.kind !== 'object') {
    tell({
      es: `${written(node.expr)} es ${kinds[whole.kind].es}: no tiene partes.`,
      en: `${written(node.expr)} is ${kinds[whole.kind].en}: it has no parts.`,
    });
    return any;
  }
  if (key.kind !== 'string' && key.kind !== 'any') {
    tell({
      es: `Las partes de un objeto se nombran con un texto, y aquí hay ${kinds[key.kind].es}.`,
      en: `The parts of an object are named by a text, and here is ${kinds[key.kind].en}.`,
    });
    return any;
  }
  if (name === undefined) return any;
  const found = whole.has.get(name.toLowerCase()) ?? whole.others;
  if (found !== undefined) return found;
  const near = [...whole.has.keys()].slice(0, 12).join(', ');
  const place = written(node.expr);
  const isNeeds = place === 'needs';
  tell({
    es: `No hay ${place}.${name}${isNeeds ? ': solo los trabajos de needs' : ''}.${near === '' ? '' : ` Hay: ${near}.`}`,
    en: `There is no ${place}.${name}${isNeeds ? ': only the jobs of needs' : ''}.${near === '' ? '' : ` There are: ${near}.`}`,
  });
  return any;
}

const nameOf = (index: Expr): string | undefined =>
  index instanceof Literal && index.literal instanceof data.StringData ? index.literal.value : undefined;

/** An expression as its author may have written it. */
function written(node: Expr): string {
  if (node instanceof ContextAccess) return node.name.lexeme;
  if (node instanceof Literal) return node.token.lexeme;
  if (node instanceof IndexAccess) return `${written(node.expr)}.${nameOf(node.index) ?? '*'}`;
  return node instanceof FunctionCall ? `${node.functionName.lexeme}(…)` : '(…)';
}

/** "Functions": what each takes and gives. */
function called({ functionName, args }: FunctionCall, types: readonly Type[], tell: (words: Words) => void): Type {
  const name = functionName.lexeme.toLowerCase();
  const takes = (place: number, wanted: readonly Type['kind'][]): void => {
    const kind = types[place]?.kind;
    if (kind === undefined || kind === 'any' || wanted.includes(kind)) return;
    tell({
      es: `${functionName.lexeme} no toma ${kinds[kind].es} como argumento ${place + 1}.`,
      en: `${functionName.lexeme} does not take ${kinds[kind].en} as argument ${place + 1}.`,
    });
  };
  const plain = ['string', 'number', 'boolean', 'null'] as const;
  switch (name) {
    case 'contains':
      takes(0, [...plain, 'array']);
      return boolean;
    case 'startswith':
    case 'endswith':
      takes(0, plain);
      takes(1, plain);
      return boolean;
    case 'join':
      takes(0, [...plain, 'array']);
      return text;
    case 'format':
      lintFormat(args, tell);
      return text;
    case 'fromjson':
      takes(0, plain);
      return constant(args[0], tell);
    case 'tojson':
    case 'hashfiles':
      return text;
    case 'always':
    case 'success':
    case 'failure':
    case 'cancelled':
      return boolean;
    default:
      return any;
  }
}

const stringOf = (node: Expr | undefined): string | undefined =>
  node instanceof Literal && node.token.lexeme.startsWith("'")
    ? node.token.lexeme.slice(1, -1).replaceAll("''", "'")
    : undefined;

function lintFormat(args: readonly Expr[], tell: (words: Words) => void): void {
  const pattern = stringOf(args[0]);
  if (pattern === undefined) return;
  const used = new Set(
    [
      ...pattern
        .replaceAll('{{', '')
        .replaceAll('}}', '')
        .matchAll(/\{(\d+)\}/g),
    ].map(([, one]) => Number(one)),
  );
  const given = args.length - 1;
  const lacking = [...used].find((one) => one >= given);
  const idle = Array.from({ length: given }, (_, one) => one).find((one) => !used.has(one));
  if (lacking !== undefined)
    tell({
      es: `El formato nombra {${lacking}}, y hay ${given} valores: el primero es {0}.`,
      en: `The format names {${lacking}}, and there are ${given} values: the first is {0}.`,
    });
  else if (idle !== undefined)
    tell({
      es: `El formato no usa el valor {${idle}}: quítalo o nómbralo.`,
      en: `The format does not use the value {${idle}}: take it away, or name it.`,
    });
}

function constant(node: Expr | undefined, tell: (words: Words) => void): Type {
  const content = stringOf(node);
  if (content === undefined) return any;
  try {
    return typeOfJson(JSON.parse(content));
  } catch {
    tell({
      es: 'El texto que se da a fromJSON no es JSON.',
      en: 'The text that is given to fromJSON is not JSON.',
    });
    return any;
  }
}
