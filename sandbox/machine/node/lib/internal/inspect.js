// util.inspect and util.format. Source of the rules: Node.js 24 documentation, "util.inspect(object[, options])", and what node prints.
import { define, stackOf } from 'node:internal/errors';
import { host } from 'node:internal/host';

export const custom = Symbol.for('nodejs.util.inspect.custom');

const defaults = {
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
};

/** util.inspect.colors: the codes that begin and end each. */
const foregrounds = 'Black Red Green Yellow Blue Magenta Cyan White'.split(' ');
const lower = (name) => name[0].toLowerCase() + name.slice(1);
const modes =
  'reset:0:0 bold:1:22 dim:2:22 italic:3:23 underline:4:24 blink:5:25 inverse:7:27 hidden:8:28 strikethrough:9:29 doubleunderline:21:24';
export const paints = Object.fromEntries([
  ...modes
    .split(' ')
    .map((mode) => mode.split(':'))
    .map(([name, start, end]) => [name, [+start, +end]]),
  ...foregrounds.map((name, at) => [lower(name), [30 + at, 39]]),
  ...foregrounds.map((name, at) => [`bg${name}`, [40 + at, 49]]),
  ['framed', [51, 54]],
  ['overlined', [53, 55]],
  ['gray', [90, 39]],
  ...foregrounds.slice(1).map((name, at) => [`${lower(name)}Bright`, [91 + at, 39]]),
  ['bgGray', [100, 49]],
  ...foregrounds.slice(1).map((name, at) => [`bg${name}Bright`, [101 + at, 49]]),
]);
Object.defineProperty(paints, 'grey', { get: () => paints.gray });

/** util.inspect.styles */
export const styles = {
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: 'red',
  module: 'underline',
};

export function inspect(value, ...rest) {
  const [options, depth, colors] = rest;
  const isOptions = typeof options === 'object' && options !== null;
  const legacy = isOptions
    ? options
    : {
        ...(typeof options === 'boolean' ? { showHidden: options } : {}),
        ...(depth !== undefined ? { depth } : {}),
        ...(colors !== undefined ? { colors } : {}),
      };
  const context = { ...defaults, ...legacy, indentation: 0, current: 0, seen: [], circular: new Map() };
  if (context.depth === null) context.depth = Infinity;
  if (context.maxArrayLength === null) context.maxArrayLength = Infinity;
  if (context.maxStringLength === null) context.maxStringLength = Infinity;
  context.paint = context.colors ? paint : (text) => text;
  return formatValue(context, value, 0);
}
inspect.custom = custom;
inspect.defaultOptions = defaults;

function paint(text, style) {
  const codes = paints[styles[style]];
  return codes === undefined ? text : `\u001b[${codes[0]}m${text}\u001b[${codes[1]}m`;
}

/** Columns that a text takes on a terminal: East Asian and pictures two, marks over other letters none. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
export const widthOf = (text) =>
  [...stripColors(text).normalize('NFC')].reduce(
    (sum, letter) => sum + (/\p{Mn}/u.test(letter) ? 0 : wide.test(letter) ? 2 : 1),
    0,
  );
/** Whether a value of `FORCE_COLOR` asks for colours. */
export const isForced = (value) => /^(|1|true|2|3)$/.test(value);
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that starts a colour
export const stripColors = (text) => text.replace(/\u001b\[\d+m/g, '');

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are escaped
const escapable = /[\u0000-\u001f\u007f-\u009f'\\\ud800-\udfff]/u;
const names = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\', '\v': '\\x0B' };

export function quoteText(text) {
  let quote = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) quote = '"';
    else if (!text.includes('`') && !text.includes('${')) quote = '`';
  }
  if (!escapable.test(text)) return `${quote}${text}${quote}`;
  let shown = '';
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (character === quote) shown += `\\${quote}`;
    else if (names[character] !== undefined) shown += names[character];
    else if (code < 32 || (code >= 127 && code < 160))
      shown += `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    else if (character.length === 1 && code >= 0xd800 && code <= 0xdfff)
      shown += `\\u${code.toString(16).toUpperCase()}`;
    else shown += character;
  }
  return `${quote}${shown}${quote}`;
}

function formatPrimitive(context, value) {
  switch (typeof value) {
    case 'string':
      return formatString(context, value);
    case 'number':
      return context.paint(numberText(context, value), 'number');
    case 'bigint':
      return context.paint(`${context.numericSeparator ? separated(String(value)) : value}n`, 'bigint');
    case 'symbol':
      return context.paint(value.toString(), 'symbol');
    default:
      return context.paint(String(value), value === null ? 'null' : typeof value);
  }
}

const separated = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, '_');

function numberText({ numericSeparator }, value) {
  const text = Object.is(value, -0) ? '-0' : String(value);
  const parts = numericSeparator ? /^(-?\d+)(?:\.(\d+))?$/.exec(text) : null;
  if (parts === null) return text;
  const [, whole, rest] = parts;
  return `${separated(whole)}${rest === undefined ? '' : `.${rest.replace(/(\d{3})(?=\d)/g, '$1_')}`}`;
}

function formatString(context, value) {
  let text = value;
  let trailer = '';
  if (text.length > context.maxStringLength) {
    const more = text.length - context.maxStringLength;
    text = text.slice(0, context.maxStringLength);
    trailer = `... ${more} more character${more > 1 ? 's' : ''}`;
  }
  if (text.length > 16 && text.length > context.breakLength - context.indentation - 4) {
    const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [text];
    const joint = ` +\n${' '.repeat(context.indentation + 2)}`;
    return lines.map((line) => context.paint(quoteText(line), 'string')).join(joint) + trailer;
  }
  return context.paint(quoteText(text), 'string') + trailer;
}

/** Each proxy with its target and handler: it is shown without asking it. */
export const proxies = new WeakMap();
const RealProxy = globalThis.Proxy;
function VirtualProxy(target, handler) {
  if (new.target === undefined) throw new TypeError("Constructor Proxy requires 'new'");
  const proxy = new RealProxy(target, handler);
  proxies.set(proxy, [target, handler]);
  return proxy;
}
VirtualProxy.prototype = undefined;
define(VirtualProxy, 'name', 'Proxy');
define(VirtualProxy, 'revocable', (target, handler) => {
  const made = RealProxy.revocable(target, handler);
  proxies.set(made.proxy, [target, handler]);
  return made;
});
define(globalThis, 'Proxy', VirtualProxy);

function formatValue(context, given, level) {
  let value = given;
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null)
    return formatPrimitive(context, value);
  const behind = proxies.get(value);
  if (behind !== undefined && context.showProxy) {
    if (level > context.depth) return context.paint('Proxy [Array]', 'special');
    return `Proxy ${formatValue({ ...context, indentation: context.indentation }, behind, level)}`;
  }
  while (proxies.has(value)) [value] = proxies.get(value);
  if (context.customInspect) {
    const own = value[custom];
    if (typeof own === 'function' && own !== inspect) {
      const depth = context.depth === Infinity ? Infinity : context.depth - level;
      const { indentation: _, current: __, seen: ___, circular: ____, paint: _____, ...options } = context;
      const shown = own.call(value, depth, { ...options, stylize: context.paint }, inspect);
      if (shown !== value) {
        if (typeof shown !== 'object') return String(shown).replaceAll('\n', `\n${' '.repeat(context.indentation)}`);
        return formatValue(context, shown, level);
      }
    }
  }
  // What an address shows by itself is its own form; without that it is the address.
  if (!context.customInspect && typeof value.href === 'string' && classOf(value) === 'URL') return value.href;
  if (context.seen.includes(value)) {
    if (!context.circular.has(value)) context.circular.set(value, context.circular.size + 1);
    return context.paint(`[Circular *${context.circular.get(value)}]`, 'special');
  }
  return formatObject(context, value, level);
}

/** The name of the class of an object; null when it has no prototype. */
function classOf(value) {
  for (let object = value; object !== null && object !== undefined; object = Object.getPrototypeOf(object)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, 'constructor');
    // AsyncLocalStorage puts a getter there.
    const made = object === Promise.prototype ? Promise : descriptor?.value;
    if (typeof made === 'function' && made.name !== '' && value instanceof made) return made.name;
  }
  return null;
}

function tagOf(value, name) {
  let tag = value[Symbol.toStringTag];
  // An own one is among the properties.
  const isShown = Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag);
  if (typeof tag !== 'string' || tag === name || isShown) tag = '';
  return tag;
}

function prefix(name, tag, fallback, size = '') {
  const shownTag = tag !== '' && tag !== name ? `[${tag}] ` : '';
  if (name === null) return `[${fallback}${size}: null prototype] ${shownTag}`;
  return `${name}${size} ${shownTag}`;
}

function keysOf(value, showHidden) {
  if (showHidden) return [...Object.getOwnPropertyNames(value), ...Object.getOwnPropertySymbols(value)];
  const symbols = Object.getOwnPropertySymbols(value).filter((key) =>
    Object.prototype.propertyIsEnumerable.call(value, key),
  );
  return [...Object.keys(value), ...symbols];
}

const isIndex = (key) => typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key) && Number(key) < 2 ** 32 - 1;
const TypedArray = Object.getPrototypeOf(Uint8Array);
const kindOf = (value) => Object.prototype.toString.call(value).slice(8, -1);

/** What an object is: its braces, the text before them, its entries, and which keys still have to be shown. */
function anatomy(context, value, level) {
  const name = classOf(value);
  const tag = tagOf(value, name);
  let keys = keysOf(value, context.showHidden);
  const inList = (entries, braces) => ({ braces, base: '', entries, keys, list: true, vacant: value.length === 0 });

  if (Array.isArray(value)) {
    keys = keys.filter((key) => !isIndex(key));
    // What a regular expression found: QuickJS sets these in another order.
    if (keys[0] === 'groups' && keys.includes('input'))
      keys = ['index', 'input', 'groups', ...keys.filter((key) => !/^(index|input|groups)$/.test(String(key)))];
    const label = name !== 'Array' || tag !== '' ? prefix(name, tag, 'Array', `(${value.length})`) : '';
    return inList(() => arrayEntries(context, value, level), [`${label}[`, ']']);
  }
  if (value instanceof TypedArray) {
    keys = keys.filter((key) => !isIndex(key));
    const label = prefix(name, tag === name ? '' : kindTag(value, name), 'TypedArray', `(${value.length})`);
    return inList(() => typedEntries(context, value), [`${label}[`, ']']);
  }
  if (value instanceof Set) {
    const entries = () =>
      nested(context, () =>
        some(context, [...Set.prototype.values.call(value)], (item) => formatValue(context, item, level + 1)),
      );
    return {
      braces: [`${prefix(name, tag, 'Set', `(${value.size})`)}{`, '}'],
      base: '',
      entries,
      keys,
      vacant: value.size === 0,
    };
  }
  if (value instanceof Map) {
    const pair = ([key, item]) => `${formatValue(context, key, level + 1)} => ${formatValue(context, item, level + 1)}`;
    const entries = () => nested(context, () => some(context, [...Map.prototype.entries.call(value)], pair));
    return {
      braces: [`${prefix(name, tag, 'Map', `(${value.size})`)}{`, '}'],
      base: '',
      entries,
      keys,
      vacant: value.size === 0,
    };
  }
  return plainAnatomy(context, value, level, name, tag, keys);
}

function kindTag(value, name) {
  const tag = value[Symbol.toStringTag];
  return tag === name ? '' : (tag ?? '');
}

/** The first of many, and how many are left. */
function some(context, items, show) {
  const shown = items.slice(0, Math.max(0, context.maxArrayLength)).map(show);
  const more = items.length - shown.length;
  return more > 0 ? [...shown, `... ${more} more item${more > 1 ? 's' : ''}`] : shown;
}

function nested(context, action) {
  context.indentation += 2;
  const result = action();
  context.indentation -= 2;
  return result;
}

function plainAnatomy(context, value, level, name, tag, keys) {
  const none = () => [];
  const braces = [`${name === 'Object' && tag === '' ? '' : prefix(name, tag, 'Object')}{`, '}'];
  const whole = (base, entries = none) => ({ braces: ['{', '}'], base, entries, keys });

  if (kindOf(value) === 'Arguments') {
    return { braces: ['[Arguments] {', '}'], base: '', entries: none, keys, vacant: true };
  }
  if (typeof value === 'function') return whole(context.paint(functionLabel(value, name), 'special'));
  if (value instanceof RegExp) return whole(context.paint(RegExp.prototype.toString.call(value), 'regexp'));
  if (value instanceof Date) {
    const text = Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    return whole(context.paint(name === 'Date' ? text : `${name ?? '[Date: null prototype]'} ${text}`, 'date'));
  }
  if (value instanceof Error) return errorAnatomy(context, value, keys);
  if (value instanceof Promise)
    return {
      ...whole(''),
      braces: [`${prefix(name, tag, 'Promise')}{`, '}'],
      entries: () => promiseEntries(context, value, level),
    };
  if (value instanceof WeakSet || value instanceof WeakMap) {
    return {
      ...whole(''),
      braces: [`${prefix(name, tag, 'WeakMap')}{`, '}'],
      entries: () => [context.paint('<items unknown>', 'special')],
    };
  }
  if (value instanceof ArrayBuffer) {
    return {
      ...whole(''),
      braces: [`${prefix(name, tag, 'ArrayBuffer')}{`, '}'],
      entries: () => bufferEntries(context, value),
    };
  }
  if (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer)
    return {
      ...whole(''),
      braces: [`${prefix(name, tag, 'SharedArrayBuffer')}{`, '}'],
      entries: () => bufferEntries(context, value),
    };
  if (value instanceof DataView) {
    const fields = ['byteLength', 'byteOffset', 'buffer'];
    const entries = () =>
      nested(context, () => fields.map((field) => `[${field}]: ${formatValue(context, value[field], level + 1)}`));
    return { ...whole(''), braces: [`${prefix(name, tag, 'DataView')}{`, '}'], entries };
  }
  if (typeof WeakRef === 'function' && value instanceof WeakRef)
    return {
      ...whole(''),
      braces: [`${prefix(name, tag, 'WeakRef')}{`, '}'],
      entries: () => nested(context, () => [formatValue(context, value.deref(), level + 1)]),
    };
  for (const Boxed of [String, Number, Boolean, Symbol, BigInt]) {
    if (!(value instanceof Boxed) || kindOf(value) !== Boxed.name) continue;
    const label = `[${Boxed.name}${name === Boxed.name ? '' : ` (${name})`}: ${formatPrimitive({ ...context, paint: (t) => t }, value.valueOf())}]`;
    const rest = Boxed === String ? keys.filter((key) => !isIndex(key)) : keys;
    return { ...whole(context.paint(label, Boxed.name.toLowerCase())), keys: rest };
  }
  if (tag === 'Map Iterator' || tag === 'Set Iterator') {
    const items = remaining(value);
    const isPairs = items.length > 0 && items.every((item) => Array.isArray(item) && item.length === 2);
    const shown = isPairs && tag === 'Map Iterator' ? 'Map Entries' : tag;
    const entries = () => nested(context, () => some(context, items, (item) => formatValue(context, item, level + 1)));
    return { ...whole(''), braces: [`[${shown}] {`, '}'], entries };
  }
  if (tag === 'Module' && name === null) return { ...whole(''), braces: ['[Module: null prototype] {', '}'] };
  return { braces, base: '', entries: none, keys, vacant: true };
}

/** What an iterator still has to give. It is taken out, and given from here afterwards. */
function remaining(iterator) {
  const items = [];
  for (let step = iterator.next(); !step.done; step = iterator.next()) items.push(step.value);
  let at = 0;
  const next = () => (at < items.length ? { value: items[at++], done: false } : { value: undefined, done: true });
  if (items.length > 0) define(iterator, 'next', next);
  return items;
}

function functionLabel(value, name) {
  const source = Function.prototype.toString.call(value);
  if (source.startsWith('class') && Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false) {
    const parent = Object.getPrototypeOf(value)?.name;
    const extension = parent ? ` extends ${parent}` : name === null ? ' extends null' : '';
    return `[class ${value.name === '' ? '(anonymous)' : value.name}${extension}]`;
  }
  const kind = value[Symbol.toStringTag] ?? 'Function';
  return `[${kind}${name === null ? ' (null prototype)' : ''}${value.name === '' ? ' (anonymous)' : `: ${value.name}`}]`;
}

function arrayEntries(context, value, level) {
  const output = [];
  const shown = Math.min(Math.max(0, context.maxArrayLength), value.length);
  let index = 0;
  for (; index < value.length && output.length < shown; index++) {
    if (!Object.hasOwn(value, index)) {
      const start = index;
      while (index + 1 < value.length && !Object.hasOwn(value, index + 1)) index += 1;
      const holes = index - start + 1;
      output.push(context.paint(`<${holes} empty item${holes > 1 ? 's' : ''}>`, 'undefined'));
    } else output.push(formatProperty(context, value, index, level, true));
  }
  return withMore(output, value.length - index);
}

function withMore(output, more) {
  if (more > 0) output.push(`... ${more} more item${more > 1 ? 's' : ''}`);
  return Object.assign(output, { more: more > 0 });
}

function typedEntries(context, value) {
  const shown = [...value.subarray(0, context.maxArrayLength)].map((item) => formatPrimitive(context, item));
  return withMore(shown, value.length - shown.length);
}

function bufferEntries(context, value) {
  const bytes = new Uint8Array(value);
  const hex = [...bytes.subarray(0, 50)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const more = bytes.length > 50 ? ` ... ${bytes.length - 50} more byte${bytes.length > 51 ? 's' : ''}` : '';
  return [
    `${context.paint('[Uint8Contents]', 'special')}: <${hex}${more}>`,
    `[byteLength]: ${context.paint(String(value.byteLength), 'number')}`,
  ];
}

function promiseEntries(context, value, level) {
  const [state, result] = host.promiseState(value);
  if (state === 'pending') return [context.paint('<pending>', 'special')];
  const shown = nested(context, () => formatValue(context, result, level + 1));
  return [state === 'rejected' ? `${context.paint('<rejected>', 'special')} ${shown}` : shown];
}

function errorAnatomy(context, error, allKeys) {
  const name = error.name ?? 'Error';
  const text = stackOf(error);
  let stack = typeof text === 'string' && text !== '' ? text : `${Error.prototype.toString.call(error)}`;
  const className = classOf(error);
  stack = improved(stack, error, String(name), className);
  let keys = allKeys.filter(
    (key) => !['name', 'message', 'stack'].includes(key) || (key !== 'stack' && !stack.includes(String(error[key]))),
  );
  if (Object.hasOwn(error, 'cause') && !keys.includes('cause')) keys = [...keys, 'cause'];
  if (Array.isArray(error.errors) && Object.hasOwn(error, 'errors') && !keys.includes('errors'))
    keys = [...keys, 'errors'];
  stack = withoutFramesOf(error.cause, stack);
  const start = stack.indexOf('\n    at');
  if (context.bareErrors) stack = `[${start < 0 ? stack : stack.slice(0, start)}]`;
  else if (start < 0) stack = `[${stack}]`;
  if (context.indentation > 0) stack = stack.replaceAll('\n', `\n${' '.repeat(context.indentation)}`);
  return { braces: ['{', '}'], base: stack, entries: () => [], keys };
}

/** Frames that the cause has too, four and more in a row, are told with it; the first and the last of them stay. */
function withoutFramesOf(cause, stack) {
  if (!(cause instanceof Error) || typeof cause.stack !== 'string') return stack;
  const at = cause.stack.indexOf('\n    at');
  if (at < 0) return stack;
  const [lines, frames] = [stack.split('\n'), cause.stack.slice(at + 1).split('\n')];
  for (let from = 0; from < lines.length - 3; from++) {
    const first = frames.indexOf(lines[from]);
    if (first < 0) continue;
    let same = 1;
    while (from + same < lines.length && lines[from + same] === frames[first + same]) same += 1;
    if (same > 3)
      return lines.toSpliced(from + 1, same - 2, `    ... ${same - 2} lines matching cause stack trace ...`).join('\n');
  }
  return stack;
}

/** An error whose class has a name of its own, but that was never given a `name`, is shown by the name of its class. */
function improved(stack, error, name, className) {
  const end = stack.indexOf('\n    at');
  const head = end < 0 ? stack : stack.slice(0, end);
  if (className === null || className === name || head.includes(className) || !head.startsWith(name)) return stack;
  if ((Object.hasOwn(error, 'name') && className !== 'DOMException') || className === 'Error') return stack;
  return `${className.endsWith(name) ? className : `${className} [${name}]`}${stack.slice(name.length)}`;
}

function formatObject(context, value, level) {
  const { braces, base, entries, keys, list = false, vacant = false } = anatomy(context, value, level);
  if (keys.length === 0 && base !== '') return base;
  if (keys.length === 0 && vacant) return `${braces[0]}${braces[1]}`;
  if (level > context.depth) {
    const name = classOf(value);
    const label = Array.isArray(value) ? 'Array' : prefix(name, tagOf(value, name), 'Object').trim();
    return context.paint(name === null ? label : `[${label}]`, 'special');
  }
  context.seen.push(value);
  context.current = level;
  const output = entries();
  const { more = false } = output;
  const properties = keys.map((key) => formatProperty(context, value, key, level, false));
  output.push(...(context.sorted ? properties.sort() : properties));
  // What stands in no order is sorted as a whole.
  if (context.sorted && !list) output.sort();
  context.seen.pop();
  const reference = context.circular.get(value);
  if (reference === undefined) return joinEntries(context, output, base, braces, list, level, value, more);
  const mark = context.paint(`<ref *${reference}>`, 'special');
  if (base !== '') return joinEntries(context, output, `${mark} ${base}`, braces, list, level, value, more);
  return joinEntries(context, output, base, [`${mark} ${braces[0]}`, braces[1]], list, level, value, more);
}

function formatProperty(context, value, key, level, isItem) {
  const descriptor = Object.getOwnPropertyDescriptor(value, key) ?? { value: value[key], enumerable: true };
  let shown;
  if (descriptor.get !== undefined && wantsGetter(context.getters, descriptor)) {
    const label = descriptor.set === undefined ? 'Getter' : 'Getter/Setter';
    try {
      const got = descriptor.get.call(value);
      const isObject = typeof got === 'object' && got !== null;
      const text = nested(context, () => formatValue(context, got, level + 1));
      shown = isObject
        ? `${context.paint(`[${label}]`, 'special')} ${text}`
        : `${context.paint(`[${label}:`, 'special')} ${text}${context.paint(']', 'special')}`;
    } catch (error) {
      shown = context.paint(`[${label}: <Inspection threw (${error.message})>]`, 'special');
    }
  } else if (value === globalThis && descriptor.get !== undefined && /^(structuredClone|atob|btoa|fetch)$/.test(key))
    shown = context.paint(`[Function: ${key}]`, 'special');
  else if (descriptor.get !== undefined)
    shown = context.paint(descriptor.set !== undefined ? '[Getter/Setter]' : '[Getter]', 'special');
  else if (descriptor.set !== undefined) shown = context.paint('[Setter]', 'special');
  else {
    context.indentation += 2;
    shown = formatValue(context, descriptor.value, level + 1);
    context.indentation -= 2;
  }
  if (isItem) return shown;
  return `${keyText(context, key, descriptor.enumerable)}: ${shown}`;
}

const wantsGetter = (getters, { set }) =>
  getters === true || (getters === 'get' && set === undefined) || (getters === 'set' && set !== undefined);

function keyText(context, key, enumerable) {
  if (typeof key === 'symbol') return enumerable ? context.paint(key.toString(), 'symbol') : `[${key.toString()}]`;
  if (key === '__proto__') return "['__proto__']";
  if (!enumerable) return `[${key}]`;
  return /^[A-Za-z_][A-Za-z_0-9]*$/.test(key) ? key : context.paint(quoteText(key), 'string');
}

function joinEntries(context, output, base, braces, list, level, value, more) {
  const lead = base === '' ? '' : `${base} `;
  let rows = output;
  if (typeof context.compact === 'number' && context.compact >= 1) {
    if (list && output.length > 6) rows = inColumns(context, output, value, more);
    if (context.current - level < context.compact && rows === output) {
      const start = output.length + context.indentation + braces[0].length + base.length + 10;
      if (fits(context, output, start, base)) {
        const line = output.join(', ');
        if (!line.includes('\n')) return `${lead}${braces[0]} ${line} ${braces[1]}`;
      }
    }
  }
  const indent = `\n${' '.repeat(context.indentation)}`;
  if (context.compact === true) {
    const head = `${braces[0]}${base === '' ? '' : ` ${base}`}`;
    if (fits(context, output, 0, base)) return `${head} ${rows.join(', ')} ${braces[1]}`;
    return `${head}${head.length === 1 ? ' ' : `${indent}  `}${rows.join(`,${indent}  `)} ${braces[1]}`;
  }
  return `${lead}${braces[0]}${indent}  ${rows.join(`,${indent}  `)}${indent}${braces[1]}`;
}

function fits(context, output, start, base) {
  let length = output.length + start;
  if (length + output.length > context.breakLength) return false;
  for (const entry of output) {
    length += stripColors(entry).length;
    if (length > context.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

/** Many short items are set in columns: at most 16, wide enough for the widest, about as wide as 2.5 times the height. */
function inColumns(context, output, value, more) {
  const count = more ? output.length - 1 : output.length;
  const gap = 2;
  const widths = output.slice(0, count).map(widthOf);
  const widest = Math.max(...widths) + gap;
  const total = widths.reduce((sum, width) => sum + width + gap, 0);
  if (widest * 3 + context.indentation >= context.breakLength) return output;
  if (!(total / widest > 5 || widest - gap <= 6)) return output;
  const bias = Math.max(widest - 3 - Math.sqrt(widest - total / output.length), 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * bias * count) / bias),
    Math.floor((context.breakLength - context.indentation) / widest),
    context.compact * 4,
    15,
  );
  if (columns <= 1) return output;
  const columnWidths = Array.from({ length: columns }, (_, column) => {
    let width = 0;
    for (let at = column; at < count; at += columns) width = Math.max(width, widths[at]);
    return width + gap;
  });
  const toTheRight =
    value !== undefined && Array.from(value).every((item) => typeof item === 'number' || typeof item === 'bigint');
  const rows = [];
  for (let start = 0; start < count; start += columns) {
    const end = Math.min(start + columns, count);
    let row = '';
    for (let at = start; at < end - 1; at++) {
      const cell = `${output[at]}, `;
      const missing = columnWidths[at - start] - gap - widths[at];
      row += toTheRight ? `${' '.repeat(Math.max(0, missing))}${cell}` : `${cell}${' '.repeat(Math.max(0, missing))}`;
    }
    const last = output[end - 1];
    const missing = columnWidths[end - 1 - start] - gap - widths[end - 1];
    row += toTheRight ? `${' '.repeat(Math.max(0, missing))}${last}` : last;
    rows.push(row);
  }
  if (more) rows.push(output[count]);
  return rows;
}

function formatNumberLike(value) {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return 'NaN';
  const number = Number(value);
  return Object.is(number, -0) ? '-0' : String(number);
}

/** `%s` shows an object by its own toString when it has one. */
function formatAsText(value) {
  if (typeof value === 'bigint' || typeof value === 'number') return formatNumberLike(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (hasOwnText(value)) return String(value);
  return inspect(value, { depth: 0, colors: false, compact: 3 });
}

function hasOwnText(value) {
  if (typeof value[Symbol.toPrimitive] === 'function' && !(value instanceof Date)) return true;
  let owner = value;
  while (owner !== null && !Object.hasOwn(owner, 'toString')) owner = Object.getPrototypeOf(owner);
  if (owner === null) return false;
  const { constructor: maker } = Object.hasOwn(owner, 'constructor') ? owner : {};
  return (
    owner === value ||
    typeof maker !== 'function' ||
    globalThis[maker.name] !== maker ||
    maker.name === 'URL' ||
    maker.name === 'URLSearchParams'
  );
}

export function formatWithOptions(options, ...args) {
  const [first, ...rest] = args;
  let text = '';
  let next = 0;
  if (typeof first === 'string' && rest.length > 0) {
    text = first.replace(/%([sdifjoOc%])/g, (whole, letter) => {
      if (letter === '%') return '%';
      if (next >= rest.length) return whole;
      const value = rest[next++];
      if (letter === 's') return formatAsText(value);
      if (letter === 'd') return typeof value === 'object' ? formatNumberLike(Number(value)) : formatNumberLike(value);
      if (letter === 'i')
        return typeof value === 'bigint'
          ? `${value}n`
          : typeof value === 'symbol'
            ? 'NaN'
            : formatNumberLike(Number.parseInt(value, 10));
      if (letter === 'f') return typeof value === 'symbol' ? 'NaN' : formatNumberLike(Number.parseFloat(value));
      if (letter === 'j') return toJson(value);
      if (letter === 'o') return inspect(value, { ...options, showHidden: true, depth: 4 });
      if (letter === 'O') return inspect(value, options);
      return '';
    });
  } else if (args.length > 0) text = typeof first === 'string' ? first : inspect(first, options);
  for (const value of rest.slice(next)) text += ` ${typeof value === 'string' ? value : inspect(value, options)}`;
  return text;
}

function toJson(value) {
  try {
    return String(JSON.stringify(value));
  } catch (error) {
    if (error.message.includes('circular')) return '[Circular]';
    throw error;
  }
}

export const format = (...args) => formatWithOptions({}, ...args);

for (const [name, value] of Object.entries({ format, formatWithOptions, inspect }))
  Object.defineProperty(value, 'name', { value: name, configurable: true });
