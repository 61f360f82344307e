// Deep equality. Source of the rules: Node.js documentation, "assert: Comparison details".
export function isDeepStrictEqual(a, b) {
  return same(a, b, true, []);
}

export function isDeepEqual(a, b) {
  return same(a, b, false, []);
}

function same(a, b, strict, seen) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    const isObject = (one) => typeof one === 'object' && one !== null;
    if (strict || isObject(a) || isObject(b)) return false;
    // biome-ignore lint/suspicious/noDoubleEquals: that is what the loose comparison means
    return a == b || (Number.isNaN(a) && Number.isNaN(b));
  }
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (seen.some(([left, right]) => left === a && right === b)) return true;
  const deeper = [...seen, [a, b]];
  const equal = (left, right) => same(left, right, strict, deeper);
  if (a instanceof Date && b instanceof Date && a.getTime() !== b.getTime()) return false;
  if (a instanceof RegExp && b instanceof RegExp && String(a) !== String(b)) return false;
  if (a instanceof Error && (a.message !== b.message || a.name !== b.name)) return false;
  if (a instanceof Error && strict)
    for (const name of ['cause', 'errors'])
      if (Object.hasOwn(a, name) !== Object.hasOwn(b, name) || !same(a[name], b[name], strict, [...seen, [a, b]]))
        return false;
  if ([Number, String, Boolean].some((Boxed) => a instanceof Boxed) && !Object.is(a.valueOf(), b.valueOf()))
    return false;
  if (a instanceof Set && !sameSet(a, b, equal)) return false;
  if (a instanceof Map && !sameMap(a, b, equal)) return false;
  if (a instanceof ArrayBuffer)
    return b instanceof ArrayBuffer && same(new Uint8Array(a), new Uint8Array(b), strict, seen);
  if (a instanceof WeakMap || a instanceof WeakSet || a instanceof Promise) return false;
  const symbolsOf = (one) =>
    Object.getOwnPropertySymbols(one).filter((key) => Object.prototype.propertyIsEnumerable.call(one, key));
  const keysOf = (one) => [...Object.keys(one), ...(strict ? symbolsOf(one) : [])];
  const keys = keysOf(a);
  if (Array.isArray(a) && a.length !== b.length) return false;
  if (keys.length !== keysOf(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}

function sameSet(a, b, equal) {
  if (!(b instanceof Set) || a.size !== b.size) return false;
  const rest = [...b].filter((item) => !a.has(item));
  return [...a].every((item) => {
    if (b.has(item)) return true;
    const index = rest.findIndex((other) => equal(item, other));
    if (index >= 0) rest.splice(index, 1);
    return index >= 0;
  });
}

function sameMap(a, b, equal) {
  if (!(b instanceof Map) || a.size !== b.size) return false;
  return [...a].every(([key, item]) => {
    if (b.has(key)) return equal(item, b.get(key));
    return [...b].some(([otherKey, other]) => equal(key, otherKey) && equal(item, other));
  });
}
