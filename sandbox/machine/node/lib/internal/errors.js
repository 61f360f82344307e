// Errors as V8 words and prints them: what QuickJS says otherwise is said again in Node's words.
import { host } from 'node:internal/host';

const RealError = Error;
/** The lines of each error's stack. */
const traces = new WeakMap();

/** Functions of the language that V8 does not show, and those that it shows with their class. */
const unseen = new Set(['', 'call', 'apply', 'bind', 'map']);
const ofArray = new Set([
  'every',
  'filter',
  'find',
  'findIndex',
  'flatMap',
  'forEach',
  'map',
  'reduce',
  'some',
  'sort',
]);

/** Where each error was made: the first place that is the program's own. */
const places = new WeakMap();

export function placeOf(error) {
  return typeof error === 'object' && error !== null ? places.get(error) : undefined;
}

const define = (target, name, value) =>
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });

Error.stackTraceLimit = 10;
// QuickJS keeps these two behind a setter: they have to be assigned.
Error.prepareStackTrace = (error, frames) => {
  // What the program called last, when it was one of our own functions.
  const start = frames.findIndex((frame) => !/^(node:|$)/.test(frame.getFileName() ?? ''));
  const inner = start > 0 ? frames[start - 1].getFunctionName() : undefined;
  const own = frames
    .map((frame) => ({
      file: frame.getFileName() ?? '',
      line: frame.getLineNumber(),
      column: frame.getColumnNumber(),
      name: frame.getFunctionName() ?? '',
      native: frame.isNative(),
    }))
    .filter(
      ({ file, native, name }, at, all) =>
        !(
          native &&
          all
            .slice(at)
            .find((one) => !one.native)
            ?.file.startsWith('node:')
        ) &&
        (native || file !== '') &&
        !file.startsWith('node:') &&
        !(native && unseen.has(name)),
    );
  // The constructors of the error's own class are no part of its story.
  const classes = classNames(error);
  while (own.length > 0 && (own[0].name === 'construct' || classes.includes(own[0].name))) own.shift();
  const [first] = own.filter(({ native }) => !native);
  for (const frame of own)
    if (!frame.native && frame.line === 1) frame.column = Math.max(1, frame.column - host.prefixLength(frame.file));
  if (first !== undefined && error instanceof RealError) places.set(error, first);
  reword(error, first);
  // What cannot be read has run nowhere: its place stands above, not in the stack.
  const isUnread = error instanceof SyntaxError && frames[0]?.getFileName() === first?.file && !frames[0].isNative();
  if (isUnread && first === own[0]) own.shift();
  // A CommonJS file is the body of a function: behind its last line comes ours.
  if (
    isUnread &&
    first.line > 1 &&
    first.file.startsWith('/') &&
    host.sourceLine(first.file, first.line) === undefined
  ) {
    while (first.line > 1 && host.sourceLine(first.file, first.line) === undefined) first.line -= 1;
    define(error, 'message', 'Unexpected end of input');
  }
  // With a cause made in the same line, QuickJS points at that one.
  const outer = first !== undefined && Object.hasOwn(error, 'cause') ? outerNew(first) : undefined;
  if (outer !== undefined) first.column = outer;
  const lines = own.slice(0, 10).map(({ file, line, column, name, native }, at) => {
    const place = native
      ? '<anonymous>'
      : `${file}:${line}:${columnOf(file, line, column, at === 0 ? inner : own[at - 1].name)}`;
    if (native && name === 'Promise') return '    at new Promise (<anonymous>)';
    if (native && ofArray.has(name)) return `    at Array.${name} (<anonymous>)`;
    return name === '' || name.startsWith('<') ? `    at ${place}` : `    at ${name} (${place})`;
  });
  // It comes again when the error is thrown, and may know less by then.
  if (lines.length > 0 || !traces.has(error)) traces.set(error, lines);
  return [header(error), ...lines].join('\n');
};

/**
 * V8 tells of a call where its name begins, of `new` where that begins; QuickJS may point at what follows, or into the arguments.
 */
export function columnOf(file, line, column, callee) {
  const text = host.sourceLine(file, line);
  if (text === undefined) return column;
  const before = text.slice(0, column - 1);
  const made = /\bnew\s*$/.exec(before);
  if (made !== null) return made.index + 1;
  if (text[column - 1] === '.') return column + 1;
  const here = /^(?!function\b)([\w$]+)\s*\(/.exec(text.slice(column - 1))?.[1];
  const around = enclosing(text, column, callee) ?? (here === callee ? undefined : enclosing(text, column));
  if (here !== undefined && (callee === undefined || callee === '' || here === callee || around === undefined))
    return column;
  if (around !== undefined) return around;
  let depth = 0;
  for (let at = column - 2; at >= 0; at--) {
    if (')]}'.includes(text[at])) depth += 1;
    else if ('([{'.includes(text[at])) depth -= 1;
    if (depth >= 0) continue;
    const callee = text[at] === '(' ? /[\w$]+$/.exec(text.slice(0, at)) : null;
    return callee === null || /^(if|for|while|switch|function)$/.test(callee[0]) ? column : callee.index + 1;
  }
  return column;
}

/** Where the `new` begins in whose arguments another `new` stands. */
function outerNew({ file, line, column }) {
  const text = host.sourceLine(file, line) ?? '';
  let depth = 0;
  for (let at = column - 2; at >= 0; at--) {
    if (')]}'.includes(text[at])) depth += 1;
    else if ('([{'.includes(text[at])) depth -= 1;
    if (depth >= 0 || text[at] !== '(') continue;
    const made = /\bnew\s+[\w$.]+$/.exec(text.slice(0, at));
    if (made !== null) return made.index + 5;
    depth = 0;
  }
  return undefined;
}

/** Where the call of `callee`, or of anything, begins, in whose arguments a place lies. */
function enclosing(text, column, callee) {
  if (callee === '') return undefined;
  let depth = 0;
  for (let at = column - 2; at >= 0; at--) {
    if (')]}'.includes(text[at])) depth += 1;
    else if ('([{'.includes(text[at])) depth -= 1;
    if (depth >= 0 || text[at] !== '(') continue;
    const name = /[\w$]+$/.exec(text.slice(0, at));
    if (
      name !== null &&
      (callee === undefined ? !/^(if|for|while|switch|function)$/.test(name[0]) : name[0] === callee)
    )
      return name.index + 1;
    depth = 0;
  }
  return undefined;
}

/** V8 makes the text of a stack when it is first read: a name that the error got until then is in it. */
for (const Real of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) {
  function Virtual(...args) {
    const error = Reflect.construct(Real, args, new.target ?? Virtual);
    const set = (value) => define(error, 'stack', value);
    const get = () => {
      const stack = [header(error), ...(traces.get(error) ?? [])].join('\n');
      set(stack);
      return stack;
    };
    return Object.defineProperty(error, 'stack', { configurable: true, enumerable: false, get, set });
  }
  for (const name of Reflect.ownKeys(Real)) {
    const descriptor = Object.getOwnPropertyDescriptor(Real, name);
    if (name !== 'arguments' && name !== 'caller') Object.defineProperty(Virtual, name, descriptor);
  }
  if (Real !== RealError) Object.setPrototypeOf(Virtual, globalThis.Error);
  define(Real.prototype, 'constructor', Virtual);
  define(globalThis, Real.name, Virtual);
}

function classNames(error) {
  const names = [];
  for (
    let Class = error.constructor;
    typeof Class === 'function' && Class.name !== '';
    Class = Object.getPrototypeOf(Class)
  ) {
    names.push(Class.name);
  }
  return names;
}

function header(error) {
  try {
    const name = error.name === undefined ? 'Error' : String(error.name);
    const label = error.code !== undefined && nodeErrors.has(error) ? `${name} [${error.code}]` : name;
    const message = error.message === undefined ? '' : String(error.message);
    return message === '' ? label : `${label}: ${message}`;
  } catch {
    return 'Error';
  }
}

const nodeErrors = new WeakSet();

/** An error of Node's own, with its code: `TypeError [ERR_INVALID_ARG_TYPE]: …`. */
export function nodeError(Base, code, message) {
  const error = new Base(message);
  define(error, 'code', code);
  Object.defineProperty(error, 'code', { enumerable: true });
  define(error, 'stack', String(error.stack).replace(error.name, `${error.name} [${code}]`));
  return error;
}

/** An error of the system: `Error: listen EADDRINUSE: …`, with its fields. */
export function systemError(message, fields) {
  return Object.assign(new Error(message), fields);
}

function received(value) {
  if (value === null || value === undefined) return `Received ${value}`;
  if (typeof value === 'function') return `Received function ${value.name}`;
  if (typeof value === 'object') {
    return value.constructor?.name ? `Received an instance of ${value.constructor.name}` : 'Received an object';
  }
  const shown =
    typeof value === 'string' ? `'${value.length > 28 ? `${value.slice(0, 25)}...` : value}'` : String(value);
  return `Received type ${typeof value} (${shown})`;
}

export function wrongType(name, expected, value) {
  const what = name.includes(' ') ? name : `"${name}" argument`;
  return nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The ${what} must be ${expected}. ${received(value)}`);
}

/** QuickJS's words → V8's. A function gets the match and the place. */
const wording = [
  [
    /^cannot read property '(.*)' of (null|undefined)$/s,
    (m) => `Cannot read properties of ${m[2]} (reading '${m[1]}')`,
  ],
  [/^cannot set property '(.*)' of (null|undefined)$/s, (m) => `Cannot set properties of ${m[2]} (setting '${m[1]}')`],
  [/^not a function$/, (_, place) => `${calleeAt(place)} is not a function`],
  [/^not a constructor$/, () => 'value is not a constructor'],
  [/^'(.*)' is read-only$/, () => 'Assignment to constant variable.'],
  [
    /^(\S+) is not initialized$/,
    (m) => (m[1] === 'this' ? superFirst : `Cannot access '${m[1]}' before initialization`),
  ],
  [/^class constructors must be invoked with 'new'$/, () => "Class constructor cannot be invoked without 'new'"],
  [/^value is not iterable$/, () => 'object is not iterable'],
  [/^invalid array length$/, () => 'Invalid array length'],
  [/^invalid string length$|^string too long$/, () => 'Invalid string length'],
  [/^circular reference$/, () => 'Converting circular structure to JSON'],
  [/^empty array$/, () => 'Reduce of empty array with no initial value'],
  [/^object is not extensible$/, () => 'Cannot add property, object is not extensible'],
  [/^invalid repeat count$/, () => 'Invalid count value'],
  [/^cannot convert symbol to string$/, () => 'Cannot convert a Symbol value to a string'],
  [/^cannot convert BigInt to number$/, () => 'Cannot mix BigInt and other types, use explicit conversions'],
  [/^invalid number of digits$/, () => 'toFixed() digits argument must be between 0 and 100'],
  [/^expecting hex digit$/, () => 'URI malformed'],
  [/^invalid 'instanceof' right operand$/, () => "Right-hand side of 'instanceof' is not callable"],
  [/^unexpected token in expression: ''$|^unexpected end of (input|comment)$/, () => 'Unexpected end of input'],
  [/^unexpected token in expression: '(.*)'$/s, (m) => `Unexpected token '${m[1]}'`],
  [/^unexpected end of string$/, () => 'Invalid or unexpected token'],
  [/^missing initializer for const variable$/, () => 'Missing initializer in const declaration'],
  [/^invalid redefinition of /, (_, place) => redeclared(place)],
  [/^return not in a function$/, () => 'Illegal return statement'],
  [/^Could not find export '(.*)' in module '(.*)'$/s, (m, _, error) => missingExport(m[1], m[2], error)],
];

const superFirst =
  "Must call super constructor in derived class before accessing 'this' or returning from derived constructor";

function reword(error, place) {
  const { message } = error;
  // Only `Promise.any` makes one of its own.
  if (message === '' && error instanceof AggregateError) define(error, 'message', 'All promises were rejected');
  if (typeof message !== 'string') return;
  for (const [pattern, words] of wording) {
    const match = pattern.exec(message);
    if (match === null) continue;
    define(error, 'message', words(match, place, error));
    if (message === 'string too long') Object.setPrototypeOf(error, RangeError.prototype);
    return;
  }
}

/** Before the library itself has files to look at there is no place to look into. */
function calleeAt(place) {
  const line = place === undefined ? undefined : host.sourceLine(place.file, place.line);
  if (line === undefined) return 'value';
  const rest = line.slice(place.column - 1);
  const start = place.column - 1 + (rest.length - rest.trimStart().length);
  const before = /[\w$.?]*$/.exec(line.slice(0, start))[0];
  const after = /^[\w$.?]*/.exec(line.slice(start))[0];
  const chain = line[start] === '(' ? before : `${before}${after}`;
  if (/^[A-Za-z_$][\w$]*(\??\.[\w$]+)*$/.test(chain)) return chain.replaceAll('?.', '.');
  const last = /\.([\w$]+)$/.exec(chain);
  return last === null ? 'value' : `(intermediate value).${last[1]}`;
}

function missingExport(name, file, error) {
  const importer = JSON.parse(host.importerOf(file, name));
  if (importer !== null) places.set(error, { file: importer.from, line: importer.line, column: 1 });
  return `The requested module '${importer?.specifier ?? file}' does not provide an export named '${name}'`;
}

/** QuickJS says that a name is there already, but not which. */
function redeclared(place) {
  const line = place === undefined ? undefined : host.sourceLine(place.file, place.line);
  const name = /\b(?:let|const|class|var|function)\s+([\w$]+)/.exec(line ?? '')?.[1];
  return name === undefined ? 'Identifier has already been declared' : `Identifier '${name}' has already been declared`;
}

export { define };
