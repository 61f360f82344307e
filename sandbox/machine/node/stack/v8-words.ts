// Messages of QuickJS in V8's words. V8 writes the expression that failed into them: it is read from the program's text.

import type { Frame, Texts } from './contract.ts';
import { closing, codeOnly, offsetOf, opening, scopesAt } from './source.ts';

type Rule = readonly [pattern: RegExp, words: (match: RegExpExecArray, around: Around) => string | undefined];

/** The text around the place of an error. */
interface Around {
  readonly texts: Texts;
  readonly text: string;
  readonly code: string;
  readonly offset: number;
}

const superFirst =
  "Must call super constructor in derived class before accessing 'this' or returning from derived constructor";

const rules: readonly Rule[] = [
  [/^cannot read property 'Symbol\.iterator' of (null|undefined)$/, (m, around) => notIterable(around, m[1])],
  [/^cannot read property '(.*)' of (null|undefined)$/s, (m, around) => readOf(m[1] as string, m[2] as string, around)],
  [/^cannot set property '(.*)' of (null|undefined)$/s, (m) => `Cannot set properties of ${m[2]} (setting '${m[1]}')`],
  [/^not a function$/, (_, around) => notFunction(around)],
  [/^not a constructor$/, (_, around) => `${madeAt(around) ?? 'value'} is not a constructor`],
  [/^(\S+) is not a constructor$/, (_, around) => `${madeAt(around) ?? 'value'} is not a constructor`],
  [/^'(.*)' is read-only$/, (m, around) => readOnly(m[1] as string, around)],
  [
    /^(\S+) is not initialized$/,
    (m) => (m[1] === 'this' ? superFirst : `Cannot access '${m[1]}' before initialization`),
  ],
  [
    /^class constructors must be invoked with 'new'$/,
    (_, around) => `Class constructor ${classCalled(around)} cannot be invoked without 'new'`,
  ],
  [/^must be called with new$/, (_, around) => withNew(calleeAt(around) ?? 'Promise')],
  [/^Constructor requires 'new'$/, (_, around) => withNew(calleeAt(around) ?? 'Map')],
  [/^(object|value) is not iterable$/, (_, around) => notIterable(around, undefined)],
  [/^invalid value used as WeakMap key$/, () => 'Invalid value used as weak map key'],
  [/^invalid value used in WeakSet$/i, () => 'Invalid value used in weak set'],
  [
    /^private class field '(.*)' does not exist$/,
    (m) => `Cannot read private member ${m[1]} from an object whose class did not declare it`,
  ],
  [/^undefined private field '(.*)'$/, (m) => `Private field '${m[1]}' must be declared in an enclosing class`],
  [/^invalid array length$/, () => 'Invalid array length'],
  [/^invalid string length$|^string too long$/, () => 'Invalid string length'],
  [/^circular reference$/, () => 'Converting circular structure to JSON'],
  [/^empty array$/, () => 'Reduce of empty array with no initial value'],
  [
    /^object is not extensible$/,
    (_, { code, offset }) =>
      `Cannot add property ${/\.([\w$]+)\s*$/.exec(code.slice(0, offset))?.[1] ?? /\.([\w$]+)\s*=[^=>]/.exec(code.slice(offset))?.[1] ?? '0'}, object is not extensible`,
  ],
  [
    /^could not delete property ?'?(.*?)'?$/,
    (m, { code, offset }) =>
      `Cannot delete property '${m[1] || (/^.*?\bdelete\s+[\w$.]*?([\w$]+)\s*[;,)}\n]/.exec(code.slice(Math.max(0, code.lastIndexOf('delete', offset + 7))))?.[1] ?? '')}' of #<Object>`,
  ],
  [
    /^no setter for property ?'?(.*?)'?$/,
    (m, around) => {
      const name = m[1] || (/([\w$#]+)\s*$/.exec(around.code.slice(0, around.offset))?.[1] ?? '');
      return `Cannot set property ${name} of #<${classAround(around, name)}> which has only a getter`;
    },
  ],
  [
    /^invalid repeat count$/,
    ({ input }, { code, offset }) =>
      `Invalid count value: ${/\.repeat\(\s*([-\w.]+)\s*\)/.exec(code.slice(Math.max(0, offset - 20)))?.[1] ?? (input === '' ? '' : '-1')}`,
  ],
  [/^cannot convert symbol to string$/, () => 'Cannot convert a Symbol value to a string'],
  [/^cannot convert symbol to number$/, () => 'Cannot convert a Symbol value to a number'],
  [/^cannot convert BigInt to number$|^cannot convert to BigInt$/i, (_, around) => mixed(around)],
  [/^both operands must be BigInt$/, () => 'Cannot mix BigInt and other types, use explicit conversions'],
  [
    /^invalid BigInt literal$/,
    (_, { text, offset }) =>
      `Cannot convert ${/BigInt\(\s*(['"`])(.*?)\1/.exec(text.slice(Math.max(0, offset - 10)))?.[2] ?? 'value'} to a BigInt`,
  ],
  [/^BigInt are forbidden in JSON\.stringify$/, () => 'Do not know how to serialize a BigInt'],
  [
    /^cannot convert to BigInt: not an integer$/,
    (_, { code, offset }) =>
      `The number ${/BigInt\(\s*([-\d.e]+)/.exec(code.slice(Math.max(0, offset - 20)))?.[1] ?? 'NaN'} cannot be converted to a BigInt because it is not an integer`,
  ],
  [/^function name expected$/, () => 'Function statements require a function name'],
  [/^invalid number of digits$/, () => 'toFixed() digits argument must be between 0 and 100'],
  [/^radix must be between 2 and 36$/, () => 'toString() radix argument must be between 2 and 36'],
  [/^expecting hex digit$|^malformed UTF-8$|^expecting %$/, () => 'URI malformed'],
  [
    /^invalid 'instanceof' right operand$/,
    (_, { code, offset }) =>
      `Right-hand side of 'instanceof' is not ${/instanceof\s+[\d'"`]/.test(code.slice(Math.max(0, offset - 40), offset + 100)) ? 'an object' : 'callable'}`,
  ],
  [/^invalid 'in' operand$/, (_, { text, offset }) => inOperand(text, offset)],
  [/^Date value is NaN$|^invalid date value$/i, () => 'Invalid time value'],
  [/^not a Date object$/, () => 'this is not a Date object.'],
  [/^iterator value is not an entry object$/i, () => 'Iterator value is not an entry object'],
  [/^not an object$/, (_, around) => notObject(around)],
  [
    /^parent class must be constructor$/,
    (_, { code, offset }) =>
      `Class extends value ${/extends\s+([\w$.]+)/.exec(code.slice(Math.max(0, offset - 60)))?.[1] ?? 'undefined'} is not a constructor or null`,
  ],
  [/^Cannot convert undefined or null to object$/, (_, around) => destructured(around)],
  [/^unexpected token in expression: '(.+)'$/s, (m) => `Unexpected token '${m[1]}'`],
  [/^unexpected end of string$/, () => 'Invalid or unexpected token'],
  [/^missing initializer for const variable$/, () => 'Missing initializer in const declaration'],
  [/^invalid redefinition of /, (_, around) => redeclared(around)],
  [/^return not in a function$/, () => 'Illegal return statement'],
  [/^(unsupported keyword: import|expecting '\('.*import.*)$/, () => 'Cannot use import statement outside a module'],
  [/^unexpected token in expression: ''$|^unexpected end of (input|comment)$/, () => 'Unexpected end of input'],
];

/** The message in V8's words; nothing when it stays. */
export function rewordFor(message: string, place: Frame | undefined, texts: Texts): string | undefined {
  const text = place === undefined ? undefined : texts.read(place.file);
  const offset = text === undefined || place === undefined ? 0 : offsetOf(text, place.line, place.column);
  const around = { text: text ?? '', code: text === undefined ? '' : codeOnly(text), offset, texts };
  for (const [pattern, words] of rules) {
    const match = pattern.exec(message);
    if (match !== null) return words(match, around);
  }
  return undefined;
}

function readOf(name: string, value: string, around: Around): string {
  const { code, offset } = around;
  const before = code.slice(0, offset).trimEnd();
  const isPattern = /[{,]$/.test(before) && !/^[\w$]+\s*\(/.test(code.slice(offset));
  if (isPattern && new RegExp(`^${name.replace(/[$*+?.()|[\]{}\\^]/g, '\\$&')}\\s*[,}:=]`).test(code.slice(offset)))
    return taken(name, value, around);
  return `Cannot read properties of ${value} (reading '${name}')`;
}

/** A property that a pattern takes out of what is nothing. */
function taken(name: string, value: string, { text, code, offset }: Around): string {
  const plain = `Cannot read properties of ${value} (reading '${name}')`;
  const open = openBrace(code, offset);
  if (open < 0) return plain;
  const before = code.slice(0, open).trimEnd();
  if (/[:,{]$/.test(before) && !/\(\s*$/.test(before) && openBrace(code, open) >= 0 && /:$/.test(before)) return plain;
  const close = closing(code, open);
  const from = /^\s*=\s*/.exec(code.slice(close + 1));
  if (from !== null && !/\(\s*$/.test(before)) {
    const shown = expressionFrom(text, code, close + 1 + from[0].length);
    return `Cannot destructure property '${name}' of '${shown}' as it is ${value}.`;
  }
  const isLoop = /\b(const|let|var)$/.test(before) && /^\s*of\b/.test(code.slice(close + 1));
  if (isLoop) return `Cannot destructure property '${name}' of '.for' as it is ${value}.`;
  return `Cannot destructure property '${name}' of '${value === 'null' ? 'object null' : value}' as it is ${value}.`;
}

function openBrace(code: string, from: number): number {
  for (let at = from - 1, depth = 0; at >= 0; at--) {
    if (code[at] === '}') depth += 1;
    else if (code[at] === '{' && depth-- === 0) return at;
  }
  return -1;
}

/** QuickJS takes a pattern of properties apart only after it has looked for nothing. */
function destructured(around: Around): string | undefined {
  const { code, offset } = around;
  const isPattern = /[{,]\s*$/.test(code.slice(0, offset)) && /^[\w$]+\s*[,}:=]/.test(code.slice(offset));
  if (!isPattern) return undefined;
  const name = /^[\w$]+/.exec(code.slice(offset))?.[0] ?? '';
  const open = openBrace(code, offset);
  const close = open < 0 ? -1 : closing(code, open);
  const value =
    /^\s*=\s*null\b/.test(code.slice(close + 1)) || initialValue(code, close) === 'null' ? 'null' : 'undefined';
  return taken(name, value, around);
}

function initialValue(code: string, close: number): string | undefined {
  const name = /^\s*=\s*([\w$]+)\s*[;\n]/.exec(code.slice(close + 1))?.[1];
  return name === undefined
    ? undefined
    : new RegExp(`\\b(?:const|let|var)\\s+${name.replace('$', '\\$')}\\s*=\\s*(\\w+)`).exec(code)?.[1];
}

/** An expression as V8 shows it in a message, from its beginning. */
function expressionFrom(text: string, code: string, start: number): string {
  let at = start;
  const isWaited = /^await\s+/.exec(code.slice(at));
  if (isWaited !== null) return '(intermediate value)';
  for (;;) {
    const rest = code.slice(at);
    const step = /^[\w$#]+|^\s*\??\.\s*(?=[\w$#])/.exec(rest);
    if (step !== null) at += step[0].length;
    else if (rest.startsWith('(') || rest.startsWith('[')) at = closing(code, at) + 1;
    else break;
  }
  return shownExpression(text, code, start, at);
}

/** The expression that ends at a place: a name, its properties, what was called or asked for. */
export function expressionBefore(text: string, code: string, end: number): string {
  let at = end;
  for (;;) {
    const before = code.slice(0, at);
    const step = /(?<![\w$])[\w$#]+\s*$|\s*\??\.\s*$/.exec(before);
    if (step !== null) {
      if (/^(return|await|yield|typeof|new|throw|in|of|case|else|void|delete|do)\s*$/.test(step[0])) break;
      at = step.index;
      if (!step[0].includes('.') && !/\??\.\s*$/.test(code.slice(0, at))) break;
      continue;
    }
    const last = before.trimEnd();
    if (last.endsWith(')') || last.endsWith(']') || last.endsWith('}')) {
      at = opening(code, last.length - 1);
      if (at < 0) return 'value';
      if (
        last.endsWith('}') ||
        !/[\w$)\]]\s*$/.test(code.slice(0, at)) ||
        /\b(return|await|of|in)\s*$/.test(code.slice(0, at))
      )
        break;
      continue;
    }
    if (/['"`]$/.test(last)) {
      at = text.lastIndexOf(last.at(-1) as string, last.length - 2);
      break;
    }
    break;
  }
  return shownExpression(text, code, at, end);
}

function shownExpression(text: string, code: string, start: number, end: number): string {
  let shown = '';
  if (/\bnew\s*$/.test(code.slice(0, start)) && /\)/.test(code.slice(start, end))) {
    const open = code.indexOf('(', start);
    shown = '(intermediate value)';
    start = closing(code, open) + 1;
  }
  for (let at = start; at < end; ) {
    const char = code[at] as string;
    if (/\s/.test(char)) at += 1;
    else if (char === '(') {
      const close = closing(code, at);
      const inside = code.slice(at + 1, close).trim();
      if (shown === '') shown = /^[\w$.]+$/.test(inside) ? inside : '(intermediate value)';
      else shown += '(...)';
      at = close + 1;
    } else if (char === '[') {
      const close = closing(code, at);
      const inside = text.slice(at + 1, close).trim();
      const quoted = /^(['"`])([^'"`]+)\1$/.exec(inside)?.[2];
      if (shown === '') shown = text.slice(at, close + 1);
      else shown += quoted !== undefined ? `.${quoted}` : /^[\w$.]+$/.test(inside) ? `[${inside}]` : '[...]';
      at = close + 1;
    } else if (char === '{' || /['"`]/.test(char)) {
      const close = char === '{' ? closing(code, at) : text.indexOf(char, at + 1);
      shown += char === '{' ? '{}' : text.slice(at, close + 1).replaceAll("'", '"');
      at = close + 1;
    } else {
      shown += char;
      at += 1;
    }
  }
  return shown === '' ? 'value' : shown.replace(/^super\./, '(intermediate value).');
}

/** Where the bracket of the call opens that an error at a place is about. */
function callBracket({ code, offset }: Around): number {
  const ahead = /^\??\.?\s*[\w$#]*\s*(\?\.)?\s*\(/.exec(code.slice(offset));
  if (ahead !== null) return offset + ahead[0].length - 1;
  for (let at = offset, depth = 0; at >= 0; at--) {
    if (')]}'.includes(code[at] as string) && at !== offset) depth += 1;
    else if ('([{'.includes(code[at] as string) && depth-- <= 0) {
      if (code[at] === '(') return at;
      break;
    }
  }
  return code.indexOf('(', offset);
}

function calleeAt(around: Around): string | undefined {
  const open = callBracket(around);
  if (open < 0) return undefined;
  const { text, code } = around;
  const end = code.slice(0, open).trimEnd().replace(/\?\.$/, '').length;
  return expressionBefore(text, code, end);
}

/** A function that takes functions was given something else, or what is called is none. */
function notFunction(around: Around): string {
  const callee = calleeAt(around) ?? 'value';
  const open = callBracket(around);
  if (/\bnew\s+$/.test(around.code.slice(0, around.code.lastIndexOf(callee, open))))
    return `${callee} is not a constructor`;
  const isList = /\.(map|forEach|filter|find|findIndex|some|every|flatMap|reduce)$/.test(callee);
  if (!isList) return `${callee} is not a function`;
  const first = around.text.slice(open + 1, closing(around.code, open)).trim();
  if (first === '') return 'undefined is not a function';
  if (/^-?[\d.]+$/.test(first)) return `number ${first} is not a function`;
  if (first === 'null') return 'object null is not a function';
  if (/^(['"`]).*\1$/.test(first)) return `string "${first.slice(1, -1)}" is not a function`;
  return `${callee} is not a function`;
}

/** QuickJS tells the place of the class itself, or one before the call. */
function classCalled(around: Around): string {
  const { code, offset } = around;
  const callee = calleeAt(around)?.split('.').at(-1) ?? '';
  if (/^[A-Z]/.test(callee)) return callee;
  const before = /\bclass\s+([\w$]+)/.exec(code.slice(Math.max(0, code.lastIndexOf('class', offset)), offset + 60));
  return before?.[1] ?? /\b([A-Z][\w$]*)\s*\(/.exec(code.slice(offset))?.[1] ?? callee;
}

function madeAt({ text, code, offset }: Around): string | undefined {
  const from = code.lastIndexOf('new ', offset + 3);
  const start = from >= 0 && from > offset - 120 ? from : code.indexOf('new ', offset);
  if (start < 0) return undefined;
  const at = start + 4 + (/^\s*/.exec(code.slice(start + 4))?.[0].length ?? 0);
  const name = /^[\w$.]+/.exec(code.slice(at))?.[0];
  if (name !== undefined) return name;
  if (code[at] !== '(') return undefined;
  const inside = text.slice(at + 1, closing(code, at)).trim();
  return /^[\w$.]+$/.test(inside) ? inside : '(intermediate value)';
}

const withNew = (name: string): string =>
  name === 'Promise' ? "Promise constructor cannot be invoked without 'new'" : `Constructor ${name} requires 'new'`;

function notIterable({ text, code, offset }: Around, value: string | undefined): string {
  const pattern = /(?:const|let|var)\s*\[[^\]]*\]\s*=\s*$/.test(code.slice(0, offset));
  const reading = ' (cannot read property Symbol(Symbol.iterator))';
  if (/^new\b|^Promise\.|^Object\./.test(code.slice(offset))) {
    const open = code.indexOf('(', offset);
    const given = text.slice(open + 1, closing(code, open)).trim();
    const shown = /^-?[\d.]+$/.test(given)
      ? `number ${given}`
      : value === undefined
        ? 'object'
        : value === 'null'
          ? 'object null'
          : value;
    return `${shown} is not iterable${reading}`;
  }
  if (/^(?:of\s+|=\s*|\.\.\.\s*)?\{\s*\}/.test(code.slice(offset))) return '{} is not iterable';
  // Of a list within a list that is empty.
  if (/(?:const|let|var)\s*\[\s*\[[^=]*=\s*$/.test(code.slice(0, offset))) return `undefined is not iterable${reading}`;
  if (/:\s*$/.test(code.slice(0, offset)) && code[offset] === '[')
    return `${takenFrom(text, code, offset)} is not iterable${reading}`;
  const shown = expressionFrom(text, code, offset);
  const isCall =
    /\.\.\.\s*$/.test(code.slice(0, offset)) && /[\w$)\]]\s*\([^()[\]]*\.\.\.\s*$/.test(code.slice(0, offset));
  if (!isCall && /\(\.\.\.\)$/.test(shown))
    return `${shown.replace(/\(\.\.\.\)$/, '')} is not a function or its return value is not iterable`;
  if (pattern && /\./.test(shown)) return `${value ?? 'object'} is not iterable${reading}`;
  if (isCall && value === undefined) return 'Spread syntax requires ...iterable[Symbol.iterator] to be a function';
  if (isCall) return `${shown} is not iterable (cannot read property undefined)`;
  return `${shown === 'value' ? (value ?? 'object') : shown.replaceAll('(...)', '')} is not iterable`;
}

/** What the pattern takes apart in which a pattern of a list stands as the value of a property. */
function takenFrom(text: string, code: string, offset: number): string {
  const after = closing(code, openBrace(code, offset)) + 1;
  const equals = /^\s*=\s*/.exec(code.slice(after));
  return equals === null ? 'object' : expressionFrom(text, code, after + equals[0].length);
}

/** A constant, or a property that may not change. */
function readOnly(name: string, { code, offset }: Around): string {
  const isProperty =
    /\.\s*$/.test(code.slice(0, offset)) ||
    new RegExp(`\\.${name.replace('$', '\\$')}\\s*([-+*/]?=|\\+\\+|--)`).test(
      code.slice(Math.max(0, offset - 60), offset + 160),
    );
  const isName = new RegExp(
    `\\bconst\\s+(\\{[^}]*|\\[[^\\]]*)?\\b${name.replace('$', '\\$')}\\b|\\bfor\\s*\\(\\s*const\\s+${name.replace('$', '\\$')}\\b|\\bimport\\b[^;]*\\b${name.replace('$', '\\$')}\\b`,
  ).test(code);
  const owner = /([\w$]+)\s*\.\s*[\w$]*\s*$/.exec(code.slice(0, offset))?.[1];
  if (owner !== undefined && new RegExp(`\\bimport\\b[^;'"]*\\*\\s*as\\s+${owner.replace('$', '\\$')}\\b`).test(code))
    return `Cannot assign to read only property '${name}' of object '[object Module]'`;
  const isStored = /\.[\w$#]+\s*$/.test(code.slice(0, offset)) && code[offset] === '=';
  if (isStored) return `Cannot assign to read only property '${name}' of object '#<Object>'`;
  const isFrozen = /\.freeze\(/.test(code);
  if (
    isProperty &&
    (!isName ||
      (isFrozen && new RegExp(`\\.${name.replace('$', '\\$')}\\s*=[^=>]`).test(code.slice(offset, offset + 80))))
  )
    return `Cannot assign to read only property '${name}' of object '${/^\d+$/.test(name) ? '[object Array]' : '#<Object>'}'`;
  return 'Assignment to constant variable.';
}

function mixed({ code, offset }: Around): string {
  return /[+\-*/%]\s*\w|\w\s*[+\-*/%]/.test(code.slice(Math.max(0, offset - 10), offset + 40)) &&
    !/^\+\w/.test(code.slice(offset))
    ? 'Cannot mix BigInt and other types, use explicit conversions'
    : 'Cannot convert a BigInt value to a number';
}

function inOperand(text: string, offset: number): string {
  const match = /(['"`]?)([\w$.]+)\1\s+in\s+(['"`]?)([\w$.]+)\3/.exec(text.slice(Math.max(0, offset - 40)));
  return `Cannot use 'in' operator to search for '${match?.[2] ?? ''}' in ${match?.[4] ?? ''}`;
}

function notObject({ text, code, offset }: Around): string {
  const near = code.slice(Math.max(0, offset - 30), offset + 60);
  const entries = /(?:new (?:Map|WeakMap)|Object\.fromEntries)\(\[\s*([\w.'"]+)/.exec(text.slice(offset, offset + 60));
  if (
    entries !== null &&
    (near.indexOf('Object.define') < 0 || near.indexOf('Object.define') > near.indexOf(entries[0]))
  )
    return `Iterator value ${entries[1]?.replace(/^['"]|['"]$/g, '')} is not an entry object`;
  if (/Object\.define/.test(near)) return 'Object.defineProperty called on non-object';
  if (/Reflect\.(\w+)/.test(near)) return `Reflect.${/Reflect\.(\w+)/.exec(near)?.[1]} called on non-object`;
  if (/new Proxy/.test(near)) return 'Cannot create proxy with a non-object as target or handler';
  const made = /(?:new (?:Map|WeakMap)|Object\.fromEntries)\(\s*\[\s*([\w.'"]+)/.exec(
    text.slice(Math.max(0, offset - 20)),
  );
  return made === null
    ? 'not an object'
    : `Iterator value ${made[1]?.replace(/^['"]|['"]$/g, '')} is not an entry object`;
}

/** QuickJS says that a name is there already, but not which. */
function redeclared({ code, offset }: Around): string {
  const line = code.slice(code.lastIndexOf('\n', offset - 1) + 1).split('\n')[0] ?? '';
  const name = /\b(?:let|const|class|var|function)\s+([\w$]+)/.exec(line)?.[1];
  return name === undefined ? 'Identifier has already been declared' : `Identifier '${name}' has already been declared`;
}

function classAround({ code, offset, texts }: Around, property: string): string {
  const name = /([\w$]+)\.[\w$]+\s*$/.exec(code.slice(0, offset))?.[1];
  const made =
    name === undefined || name === 'this'
      ? null
      : new RegExp(`\\b${name.replace('$', '\\$')}\\s*=\\s*new\\s+([\\w$]+)`).exec(code);
  if (made !== null) return made[1] as string;
  const own = scopesAt(code, offset).find(({ kind }) => kind === 'class')?.name;
  return own ?? classOfGetter(property, texts) ?? 'Object';
}

/** The class that has a getter of this name. */
function classOfGetter(property: string, texts: Texts): string | undefined {
  if (!/^[\w$]+$/.test(property)) return undefined;
  for (const file of texts.loaded()) {
    const code = codeOnly(texts.read(file) ?? '');
    const getter = new RegExp(`\\bget\\s+${property.replace('$', '\\$')}\\s*\\(`).exec(code);
    const found = getter === null ? undefined : scopesAt(code, getter.index).find(({ kind }) => kind === 'class');
    if (found !== undefined && found.name !== '') return found.name;
  }
  return undefined;
}
