import { special } from './evaluate.ts';
import { natives } from './natives.ts';
import type { Definition, Node, Pattern } from './syntax.ts';

/** What the compiler refuses, and where it stands. */
export interface Fault {
  readonly message: string;
  readonly at: number;
}

interface Names {
  readonly functions: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
}

/** Functions and variables that a program uses and nobody defines, and numbers divided by zero. */
export function faultsOf(
  program: Node,
  library: ReadonlyMap<string, Definition>,
  variables: Iterable<string>,
): readonly Fault[] {
  const found: Fault[] = [];
  const visit = (node: Node, names: Names): void => {
    switch (node.type) {
      case 'variable':
        if (!names.variables.has(node.name)) found.push({ message: `$${node.name} is not defined`, at: node.at });
        return;
      case 'call': {
        const key = `${node.name}/${node.args.length}`;
        if (!names.functions.has(key)) found.push({ message: `${key} is not defined`, at: node.at });
        for (const arg of node.args) visit(arg, names);
        return;
      }
      case 'define': {
        const { name, params, body } = node.definition;
        const functions = new Set([...names.functions, `${name}/${params.length}`]);
        const inner = new Set([...functions, ...params.map((param) => `${param.replace('$', '')}/0`)]);
        const own = params.filter((param) => param.startsWith('$')).map((param) => param.slice(1));
        visit(body, { functions: inner, variables: new Set([...names.variables, ...own]) });
        visit(node.body, { ...names, functions });
        return;
      }
      case 'bind':
        visit(node.source, names);
        visit(node.body, withPattern(node.pattern, names));
        return;
      case 'reduce':
      case 'foreach': {
        visit(node.source, names);
        visit(node.start, names);
        const inner = withPattern(node.pattern, names);
        visit(node.update, inner);
        if (node.type === 'foreach' && node.extract !== undefined) visit(node.extract, inner);
        return;
      }
      default:
        if (dividesByZero(node)) found.push({ message: divided, at: node.at });
        for (const inner of partsOf(node)) visit(inner, names);
    }
  };
  visit(program, {
    functions: new Set(
      [...special, ...Object.keys(natives), ...library.keys()].filter((name) => !name.startsWith('_')),
    ),
    variables: new Set([...variables, 'ENV']),
  });
  // The parser is before whoever looks for names.
  const divisions = found.filter(({ message }) => message === divided);
  return divisions.length > 0 ? divisions : found;
}

const divided = 'Division by zero?';

/** Of numbers that stand in the program, the compiler works it out (`constant_fold`). */
function dividesByZero(node: Node): node is Node & { readonly type: 'operator' } {
  const [above, below] = node.type === 'operator' && node.sign === '/' ? [node.left, node.right] : [];
  const isNumber = above?.type === 'literal' && typeof above.value === 'number' && above.value !== 0;
  return isNumber && below?.type === 'literal' && below.value === 0;
}

function withPattern(pattern: Pattern, names: Names): Names {
  const bound: string[] = [];
  const collect = (part: Pattern): void => {
    if (part.type === 'name') bound.push(part.name);
    else if (part.type === 'array') for (const one of part.parts) collect(one);
    else {
      for (const one of part.parts) {
        if (one.name !== undefined) bound.push(one.name);
        if (one.pattern !== undefined) collect(one.pattern);
      }
    }
  };
  collect(pattern);
  return { ...names, variables: new Set([...names.variables, ...bound]) };
}

function partsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case 'text':
      return node.parts.filter((part) => typeof part !== 'string');
    case 'index':
      return [node.of, node.by];
    case 'slice':
      return [node.of, node.from, node.to].filter((part) => part !== undefined);
    case 'each':
      return [node.of];
    case 'array':
      return node.body === undefined ? [] : [node.body];
    case 'object':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'negate':
    case 'label':
      return [node.body];
    case 'pipe':
    case 'comma':
    case 'operator':
      return [node.left, node.right];
    case 'if':
      return [node.test, node.then, node.otherwise];
    case 'try':
      return node.handler === undefined ? [node.body] : [node.body, node.handler];
    default:
      return [];
  }
}
