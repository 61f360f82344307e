// Messages of QuickJS in V8's words. V8 writes the expression that failed into them: it is read from the program's text.
import { firstValue, isClass, type Node, nodesOf } from '../syntax/index.ts';
import type { Texts } from './contract.ts';
import { patternProblem } from './patterns.ts';
import { shown, unescaped } from './printer.ts';
import type { Step } from './recorder.ts';
import { lastName } from './targets.ts';

type Rule = readonly [pattern: RegExp, words: (match: RegExpExecArray, failure: Failure) => string | undefined];

/** What failed. */
export interface Failure {
  readonly step: Step | undefined;
  /** The text that it stands in. */
  readonly text: string;
  readonly texts: Texts;
  /** A function of the language refused what it was given. */
  readonly isGiven: boolean;
}

const superFirst =
  "Must call super constructor in derived class before accessing 'this' or returning from derived constructor";
const reading = ' (cannot read property Symbol(Symbol.iterator))';

const rules: readonly Rule[] = [
  [/^cannot read property 'Symbol\.iterator' of (null|undefined)$/, (m, failure) => notIterable(failure, m[1])],
  [/^cannot read property '(.*)' of (null|undefined)$/s, (m, { step }) => readOf(m[1] as string, m[2] as string, step)],
  [
    /^cannot set property '(.*)' of (null|undefined)$/s,
    (m) => `Cannot set properties of ${m[2]} (setting '${keyShown(m[1] as string)}')`,
  ],
  [/^not a function$/, (_, failure) => notFunction(failure)],
  [/^(?:\S+ is )?not a constructor$/, (_, { step }) => `${shown(step?.node.callee)} is not a constructor`],
  [/^'(.*)' is read-only$/, (m, failure) => readOnly(m[1] as string, failure)],
  [
    /^(\S+) is not initialized$/,
    (m) => (m[1] === 'this' ? superFirst : `Cannot access '${m[1]}' before initialization`),
  ],
  [
    /^class constructors must be invoked with 'new'$/,
    (_, failure) => `Class constructor ${nameCalled(failure) ?? ''} cannot be invoked without 'new'`,
  ],
  [/^must be called with new$/, (_, failure) => withNew(nameCalled(failure) ?? 'Promise')],
  [/^Constructor requires 'new'$/, (_, failure) => withNew(nameCalled(failure) ?? 'Map')],
  [/^(object|value) is not iterable$/, (_, failure) => notIterable(failure, undefined)],
  [/^invalid value used as WeakMap key$/, () => 'Invalid value used as weak map key'],
  [/^invalid value used in WeakSet$/i, () => 'Invalid value used in weak set'],
  [
    /^private class field '(.*)' does not exist$/,
    (m, { step }) =>
      `Cannot ${step?.kind === 'set' ? 'write' : 'read'} private member ${m[1]} ${step?.kind === 'set' ? 'to' : 'from'} an object whose class did not declare it`,
  ],
  [/^invalid brand on object$/, (_, { step }) => `Receiver must be an instance of class ${classAround(step)}`],
  [/^value has no property$/, () => "Cannot read properties of undefined (reading 'undefined')"],
  [/^undefined private field '(.*)'$/, (m) => `Private field '${m[1]}' must be declared in an enclosing class`],
  [/^regexp must have the 'g' flag$/, () => 'String.prototype.replaceAll called with a non-global RegExp argument'],
  [/^invalid array length$/, () => 'Invalid array length'],
  [/^invalid string length$|^string too long$/, () => 'Invalid string length'],
  [/^circular reference$/, () => 'Converting circular structure to JSON'],
  [/^empty array$/, () => 'Reduce of empty array with no initial value'],
  [/^object is not extensible$/, (_, failure) => notExtensible(failure)],
  [
    /^could not delete property ?'?(.*?)'?$/,
    (m, { step, text }) => {
      const isTaken = step?.kind === 'call';
      const key = isTaken ? Math.max(0, lengthOf(step, text) - 1) : m[1] || (step?.key ?? '');
      return `Cannot delete property '${key}' of ${isTaken ? '[object Array]' : '#<Object>'}`;
    },
  ],
  [
    /^no setter for property ?'?(.*?)'?$/,
    (m, failure) => {
      const name = m[1] || (failure.step?.key ?? '');
      return `Cannot set property ${name} of #<${classOf(failure, name)}> which has only a getter`;
    },
  ],
  [/^invalid repeat count$/, (_, failure) => `Invalid count value: ${given(failure) ?? '-1'}`],
  [/^cannot convert symbol to string$/, () => 'Cannot convert a Symbol value to a string'],
  [/^cannot convert symbol to number$/, () => 'Cannot convert a Symbol value to a number'],
  [
    /^cannot convert BigInt to number$|^cannot convert to BigInt$|^bigint argument with unary/i,
    (_, { step }) => mixed(step),
  ],
  [/^both operands must be BigInt$/, () => 'Cannot mix BigInt and other types, use explicit conversions'],
  [/^invalid BigInt literal$/, (_, failure) => `Cannot convert ${plain(failure) ?? 'value'} to a BigInt`],
  [/^BigInt are forbidden in JSON\.stringify$/, () => 'Do not know how to serialize a BigInt'],
  [
    /^cannot convert to BigInt: not an integer$/,
    (_, failure) =>
      `The number ${given(failure) ?? 'NaN'} cannot be converted to a BigInt because it is not an integer`,
  ],
  [/^function name expected$/, () => 'Function statements require a function name'],
  [/^invalid number of digits$/, () => 'toFixed() digits argument must be between 0 and 100'],
  [/^radix must be between 2 and 36$/, () => 'toString() radix argument must be between 2 and 36'],
  [/^expecting hex digit$|^malformed UTF-8$|^expecting %$/, () => 'URI malformed'],
  [
    /^invalid 'instanceof' right operand$/,
    (_, { step }) =>
      `Right-hand side of 'instanceof' is not ${step?.node.right?.type === 'Literal' ? 'an object' : 'callable'}`,
  ],
  [/^invalid 'in' operand$/, (_, { step, text }) => inOperand(step?.node, text)],
  [/^Date value is NaN$|^invalid date value$/i, () => 'Invalid time value'],
  [/^not a Date object$/, () => 'this is not a Date object.'],
  [/^iterator value is not an entry object$/i, () => 'Iterator value is not an entry object'],
  [/^not an object$/, (_, failure) => notObject(failure)],
  [
    /^parent class must be constructor$/,
    (_, { step, text }) =>
      `Class extends value ${/^(?:Identifier|Literal)$/.test(step?.node.type ?? '') && step !== undefined ? slice(text, step.node) : 'undefined'} is not a constructor or null`,
  ],
  [/^Cannot convert undefined or null to object$/, (_, failure) => takenApart(failure)],
  [/^unexpected token in expression: '(.+)'$/s, (m) => `Unexpected token '${m[1]}'`],
  [/^unexpected end of string$/, () => 'Invalid or unexpected token'],
  [/^missing initializer for const variable$/, () => 'Missing initializer in const declaration'],
  [/^return not in a function$/, () => 'Illegal return statement'],
  [/^(unsupported keyword: import|expecting '\('.*import.*)$/, () => 'Cannot use import statement outside a module'],
  [/^unexpected token in expression: ''$|^unexpected end of (input|comment)$/, () => 'Unexpected end of input'],
];

/** The message in V8's words; nothing when it stays. */
export function rewordFor(message: string, failure: Failure): string | undefined {
  for (const [pattern, words] of rules) {
    const match = pattern.exec(message);
    if (match !== null) return words(match, failure);
  }
  const pattern = plain(failure);
  return pattern === undefined
    ? undefined
    : patternProblem(message, pattern, failure.step?.key === 'matchAll' ? 'g' : '');
}

const slice = (text: string, { start, end }: Node): string => text.slice(start, end);

function readOf(name: string, value: string, step: Step | undefined): string {
  const told = step?.node.type === 'Property' || step?.kind === 'pattern' ? taken(step, value) : undefined;
  return told ?? `Cannot read properties of ${value} (reading '${keyShown(name)}')`;
}

const keyShown = (name: string): string => (name === '[object Object]' ? '#<Object>' : name);

/** A pattern takes properties out of what is nothing. */
function taken({ source, key, node }: Step, value: string): string | undefined {
  if (source === undefined)
    return key === undefined ? undefined : `Cannot read properties of ${value} (reading '${key}')`;
  const nothing = value === 'null' ? 'object null' : value;
  const shownSource = typeof source === 'string' ? source || nothing : shown(source);
  const first = node.type === 'Property' ? node : node.list[0];
  const property =
    first === undefined || first.isComputed || first.type === 'RestElement' ? '' : `property '${key}' of `;
  return `Cannot destructure ${property}'${shownSource}' as it is ${value}.`;
}

/** QuickJS does not tell which nothing it was. */
function takenApart({ step, text }: Failure): string | undefined {
  if (step === undefined || step.kind !== 'pattern') return undefined;
  const { source } = step;
  const isName = typeof source === 'object' && source.type === 'Identifier';
  const value = isName ? firstValue(text, source.name) : source;
  const isNull = typeof value === 'object' && value.type === 'Literal' && value.name === 'null';
  return taken(step, isNull ? 'null' : 'undefined');
}

/** A value as V8 describes it where it shows no expression. */
function described(node: Node | undefined): string {
  if (node === undefined) return 'undefined';
  const { type, name } = node;
  if (type === 'ObjectExpression' || type === 'ArrayExpression') return 'object';
  if (type !== 'Literal') return 'undefined';
  if (/^['"]/.test(name)) return `string "${unescaped(name.slice(1, -1))}"`;
  if (/^[\d.]/.test(name)) return `number ${name}`;
  return name === 'null' ? 'object null' : `boolean ${name}`;
}

/** The text of the first argument, and its value where that is a text. */
const given = ({ step, text }: Failure): string | undefined => {
  const first = step?.node.list?.[0];
  return first === undefined ? undefined : slice(text, first);
};
const plain = (failure: Failure): string | undefined => {
  const text = given(failure);
  return text !== undefined && /^['"`]/.test(text) ? unescaped(text.slice(1, -1)) : undefined;
};

/** A function that takes functions was given something else, or what is called is none. */
function notFunction(failure: Failure): string {
  const { step, isGiven } = failure;
  const first = described(step?.node.list?.[0]);
  if (isGiven && step?.kind === 'new') return `Promise resolver ${given(failure) ?? first} is not a function`;
  if (isGiven) return `${first} is not a function`;
  if (step?.kind === 'iterate') {
    const { right } = step.node;
    const words = right?.type === 'CallExpression' ? 'a function or its return value is not ' : '';
    return `${shown(right)} is not ${words}async iterable`;
  }
  const callee = shown(step?.node.callee);
  return `${callee} is not a ${step?.kind === 'new' ? 'constructor' : 'function'}`;
}

const nameCalled = ({ step }: Failure): string | undefined => step?.node.callee && lastName(step.node.callee);

const withNew = (name: string): string =>
  name === 'Promise' ? "Promise constructor cannot be invoked without 'new'" : `Constructor ${name} requires 'new'`;

/** @param value `null` or `undefined`, where QuickJS tells */
function notIterable(failure: Failure, value: string | undefined): string {
  const { node, source, place }: Partial<Step> = failure.step ?? {};
  const isLiteral = typeof source === 'object' && source.type === 'Literal';
  const said = isLiteral ? described(source) : value === 'null' ? 'object null' : (value ?? 'object');
  const nothing = `${said} is not iterable${reading}`;
  if (node?.type === 'ForOfStatement') return gone(node.right);
  if (node?.type === 'YieldExpression') return `yield* ${shown(undefined)} is not iterable`;
  if (node?.type === 'SpreadElement') {
    if (source === undefined) return gone(node.argument);
    if (source === '') return nothing;
    return value === undefined
      ? 'Spread syntax requires ...iterable[Symbol.iterator] to be a function'
      : `${shown(node.argument)} is not iterable (cannot read property undefined)`;
  }
  if (node?.type === 'NewExpression' || node?.type === 'CallExpression') {
    const first = described(node.list[0]);
    return first === 'undefined' ? nothing : `${first} is not iterable${reading}`;
  }
  if (node?.type !== 'ArrayPattern' || source === undefined) return nothing;
  if (place !== node.start) {
    if (typeof source === 'string') return source.startsWith('.') ? `${source} is not iterable` : nothing;
    return source.start === place && source.type !== 'MemberExpression' ? gone(source) : nothing;
  }
  // Within a pattern of properties it is what that takes apart which V8 names.
  const whole = typeof source === 'string' ? source || said : shown(source);
  return value === undefined
    ? `${isLiteral ? said : whole} is not iterable${reading}`
    : `Cannot destructure property 'Symbol(Symbol.iterator)' of '${whole}' as it is ${value}.`;
}

/** What cannot be gone through: what was called, or what it gave. */
function gone(node: Node | undefined): string {
  const isCall = node?.type === 'CallExpression' || node?.type === 'NewExpression';
  return `${shown(node, true)} is not ${isCall ? 'a function or its return value is not ' : ''}iterable`;
}

/** A constant, or a property that may not change. */
function readOnly(name: string, { step, text }: Failure): string {
  const isOfList = /^(?:\d+|length)$/.test(name);
  if (step?.kind !== 'set' && step?.kind !== 'call' && !isOfList) return 'Assignment to constant variable.';
  const object = step?.kind === 'set' ? step.node.object : undefined;
  const isModule = nodesOf(text).some(
    ({ type, left }) => type === 'ImportNamespaceSpecifier' && left.name === object?.name,
  );
  const owner =
    isModule && object?.type === 'Identifier' ? '[object Module]' : isOfList ? '[object Array]' : '#<Object>';
  return `Cannot assign to read only property '${name}' of object '${owner}'`;
}

/** What is added to an object that takes nothing: by an assignment, or by a function of the language. */
function notExtensible({ step, text }: Failure): string {
  const [, property, ...more] = step?.kind === 'call' ? step.node.list : [];
  const last = more.at(-1) ?? property;
  if (step?.key === 'defineProperty' && property?.type === 'Literal')
    return `Cannot define property ${unescaped(property.name.slice(1, -1))}, object is not extensible`;
  const isAssigned = step?.key === 'assign' && last?.type === 'ObjectExpression';
  const key = isAssigned
    ? last.list.find((one) => one?.type === 'Property')?.key.name
    : step?.kind === 'call'
      ? lengthOf(step, text)
      : step?.key;
  return `Cannot add property ${key ?? '0'}, object is not extensible`;
}

/** How many there are in the list whose method is called, as far as the text tells. */
function lengthOf({ node }: Step, text: string): number {
  const { object } = node.callee ?? {};
  const value = object?.type === 'Identifier' ? firstValue(text, object.name) : object;
  const list = value?.type === 'CallExpression' ? value.list[0] : value;
  return list?.type === 'ArrayExpression' ? list.list.length : 0;
}

function mixed(step: Step | undefined): string {
  return step?.kind === 'operator' && step.node.type !== 'UnaryExpression'
    ? 'Cannot mix BigInt and other types, use explicit conversions'
    : 'Cannot convert a BigInt value to a number';
}

function inOperand(node: Node | undefined, text: string): string {
  const said = (one: Node | undefined): string =>
    one === undefined ? '' : slice(text, one).replace(/^(['"`])(.*)\1$/s, '$2');
  return `Cannot use 'in' operator to search for '${said(node?.left)}' in ${said(node?.right)}`;
}

function notObject(failure: Failure): string {
  const { step, text } = failure;
  const callee = step?.node.callee;
  if (callee === undefined) return 'not an object';
  const [owner, name] = [callee.object?.name, lastName(callee)];
  if (owner === 'Object' && name?.startsWith('define')) return 'Object.defineProperty called on non-object';
  if (owner === 'Reflect') return `Reflect.${name} called on non-object`;
  if (name === 'Proxy') return 'Cannot create proxy with a non-object as target or handler';
  const entry = step?.node.list[0]?.list?.[0];
  return entry === undefined
    ? 'not an object'
    : `Iterator value ${slice(text, entry).replace(/^['"]|['"]$/g, '')} is not an entry object`;
}

/** The class in which something is done. */
function classAround(step: Step | undefined): string {
  for (let body = step?.body; body !== undefined; body = body.outer)
    if (body.maker !== undefined) return body.maker.id?.name ?? 'anonymous';
  return 'anonymous';
}

/** The class of what a property was set of. */
function classOf({ step, text, texts }: Failure, property: string): string {
  const object = step?.node.object;
  const made = object?.type === 'Identifier' ? firstValue(text, object.name) : undefined;
  if (made?.type === 'NewExpression') return lastName(made.callee) ?? 'Object';
  const isGetter = (one: Node | undefined): boolean => one?.name === 'get' && one.key.name === property;
  const classes = texts.loaded().flatMap((file) => nodesOf(texts.read(file) ?? '').filter(isClass));
  return classes.find(({ body }) => body.list.some(isGetter))?.id?.name ?? 'Object';
}
