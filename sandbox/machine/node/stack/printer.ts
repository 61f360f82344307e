// An expression as V8 writes it into a message.
import type { Node } from '../syntax/index.ts';

export const UNSEEN = '(intermediate value)';

/** @param isIterator whether what was called gave nothing to go through: then the brackets of calls are left out */
export function shown(node: Node | undefined, isIterator = false): string {
  return (node && printed(node, isIterator)) || UNSEEN;
}

function printed(node: Node, isIterator: boolean): string {
  const { type, name, list, argument } = node;
  const show = (one: Node | undefined): string => shown(one, isIterator);
  switch (type) {
    case 'Identifier':
    case 'PrivateIdentifier':
      return name;
    case 'ThisExpression':
      return 'this';
    case 'Literal':
      return literal(name);
    case 'MemberExpression':
      return `${node.object.type === 'Super' ? UNSEEN : show(node.object)}${propertyOf(node, show)}`;
    case 'ChainExpression':
      return show(argument);
    case 'CallExpression':
    case 'TaggedTemplateExpression':
      return `${node.callee.type === 'Super' ? 'super' : show(node.callee)}${isIterator ? '' : '(...)'}`;
    case 'NewExpression':
      return isIterator ? show(node.callee) : '';
    case 'ArrayExpression':
      return `[${list.map((one) => (one === undefined ? '' : show(one))).join(',')}]`;
    case 'ObjectExpression':
      return `{${list.map((one) => (one?.type === 'Property' ? UNSEEN : '')).join('')}}`;
    case 'SpreadElement':
      return `(...${show(argument)})`;
    case 'UnaryExpression':
      return `(${name}${/^\w/.test(name) ? ' ' : ''}${show(argument)})`;
    case 'UpdateExpression':
      return node.at === node.start ? `(${name}${show(argument)})` : `(${show(argument)}${name})`;
    case 'BinaryExpression':
    case 'LogicalExpression':
      return `(${operands(node, name)
        .map((one) => show(one))
        .join(` ${name} `)})`;
    case 'SequenceExpression':
      return `(${list.map((one) => show(one)).join(' , ')})`;
    case 'ConditionalExpression':
      return UNSEEN.repeat(3);
    case 'AssignmentExpression':
      return show(node.left);
    case 'TemplateLiteral':
      if (list.length === 0) return `"${unescaped(node.quasis[0]?.name ?? '')}"`;
      return list.map((one) => show(one)).join('');
    case 'ImportExpression':
      return `ImportCall(${show(list[0])})`;
    default:
      return '';
  }
}

/** What one operator stands between, one after the other. */
function operands({ left, right }: Node, name: string): readonly (Node | undefined)[] {
  const isSame = /^(?:Binary|Logical)Expression$/.test(left.type) && left.name === name;
  return [...(isSame ? operands(left, name) : [left]), right];
}

function propertyOf({ property, isComputed, isOptional }: Node, show: (node: Node) => string): string {
  const text = /^"(.*)"$/s.exec(/^(?:Template)?Literal$/.test(property.type) ? show(property) : '')?.[1];
  const name = isComputed ? text : property.type === 'PrivateIdentifier' ? undefined : property.name;
  if (name !== undefined) return `${isOptional ? '?' : ''}.${name}`;
  return `${isOptional ? '?.' : ''}[${show(property)}]`;
}

function literal(text: string): string {
  if (/^['"]/.test(text)) return `"${unescaped(text.slice(1, -1))}"`;
  if (/^\.?\d/.test(text)) return text.endsWith('n') ? '' : String(Number(text.replaceAll('_', '')));
  return text;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' };

/** The text that stands between quotes. */
export function unescaped(text: string): string {
  return text.replace(
    /\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r\n|[\s\S]))/g,
    (_, long, four, two, one) => {
      const code = long ?? four ?? two;
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
      return /^[\r\n]/.test(one) ? '' : (escapes[one] ?? one);
    },
  );
}
