// The structured clone of plain data, dates, expressions, maps, sets, errors, bytes; circles are kept.
export function structuredClone(...args) {
  if (args.length === 0) throw new TypeError('The "value" argument must be specified');
  return copy(args[0], new Map());
}

function refuse(value) {
  const shown = typeof value === 'function' ? Function.prototype.toString.call(value) : String(value);
  throw Object.assign(new Error(`${shown} could not be cloned.`), { name: 'DataCloneError', code: 25 });
}

function copy(value, known) {
  if (typeof value === 'function' || typeof value === 'symbol') refuse(value);
  if (typeof value !== 'object' || value === null) return value;
  if (known.has(value)) return known.get(value);
  const keep = (made) => {
    known.set(value, made);
    return made;
  };
  if (value instanceof Date) return keep(new Date(value.getTime()));
  if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
  if (value instanceof ArrayBuffer) return keep(value.slice(0));
  if (ArrayBuffer.isView(value)) return keep(new value.constructor(value));
  if (value instanceof Map) {
    const made = keep(new Map());
    for (const [key, item] of value) made.set(copy(key, known), copy(item, known));
    return made;
  }
  if (value instanceof Set) {
    const made = keep(new Set());
    for (const item of value) made.add(copy(item, known));
    return made;
  }
  if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) refuse('#<Promise>');
  if (value instanceof Error) {
    const Base = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }[value.name] ?? Error;
    const made = keep(new Base(value.message));
    Object.defineProperty(made, 'stack', { value: value.stack, writable: true, configurable: true });
    return made;
  }
  const made = keep(Array.isArray(value) ? new Array(value.length) : {});
  for (const key of Object.keys(value)) made[key] = copy(value[key], known);
  return made;
}
