// The structured clone of plain data, dates, expressions, maps, sets, errors, bytes; circles are kept.
export function structuredClone(...args) {
  if (args.length === 0)
    throw Object.assign(new TypeError('The "value" argument must be specified'), { code: 'ERR_MISSING_ARGS' });
  const known = new Map();
  const made = copy(args[0], known);
  for (const moved of args[1]?.transfer ?? []) if (moved instanceof ArrayBuffer) moved.transfer?.();
  return made;
}

function refuse(value) {
  const shown = typeof value === 'function' ? Function.prototype.toString.call(value) : String(value);
  throw new globalThis.DOMException(`${shown} could not be cloned.`, 'DataCloneError');
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
  for (const Kind of [Promise, WeakMap, WeakSet]) if (value instanceof Kind) refuse(`#<${Kind.name}>`);
  for (const Boxed of [Number, String, Boolean, BigInt])
    if (value instanceof Boxed) return keep(Object(value.valueOf()));
  if (value instanceof Error) {
    const Base = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }[value.name] ?? Error;
    const made = keep(new Base(value.message));
    Object.defineProperty(made, 'stack', { value: value.stack, writable: true, configurable: true });
    if (Object.hasOwn(value, 'cause'))
      Object.defineProperty(made, 'cause', { value: copy(value.cause, known), writable: true, configurable: true });
    return made;
  }
  const made = keep(Array.isArray(value) ? new Array(value.length) : {});
  for (const key of Object.keys(value)) made[key] = copy(value[key], known);
  return made;
}
