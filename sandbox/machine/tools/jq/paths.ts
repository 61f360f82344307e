import { isArray, isObject, type Json, kindOf } from './json.ts';
import { JqError } from './operators.ts';

export function getIndex(value: Json, key: Json): Json {
  if (typeof key === 'string' && (isObject(value) || value === null))
    return value === null ? null : (value.get(key) ?? null);
  if (typeof key === 'number' && (isArray(value) || value === null)) {
    if (value === null) return null;
    const at = Math.floor(key);
    return value[at < 0 ? at + value.length : at] ?? null;
  }
  if (isObject(key) && (isArray(value) || value === null || typeof value === 'string'))
    return getSlice(value, key.get('start') ?? null, key.get('end') ?? null);
  if (isArray(key) && isArray(value)) return positions(value, key);
  throw cannotIndex(value, key);
}

function cannotIndex(value: Json, key: Json): JqError {
  return new JqError(
    typeof key === 'string'
      ? `Cannot index ${kindOf(value)} with string "${key}"`
      : `Cannot index ${kindOf(value)} with ${kindOf(key)}`,
  );
}

/** Where a list stands within another. */
export function positions(value: readonly Json[], part: readonly Json[]): Json {
  const texts = value.map((one) => JSON.stringify(plain(one)));
  const wanted = part.map((one) => JSON.stringify(plain(one)));
  if (wanted.length === 0) return null;
  return texts.flatMap((_, at) => (wanted.every((one, index) => texts[at + index] === one) ? [at] : []));
}

function plain(value: Json): unknown {
  if (isArray(value)) return value.map(plain);
  return isObject(value)
    ? [...value].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, plain(inner)])
    : value;
}

function bounds(length: number, from: Json, to: Json): readonly [number, number] {
  if ((from !== null && typeof from !== 'number') || (to !== null && typeof to !== 'number'))
    throw new JqError('Start and end indices of an array slice must be numbers');
  const place = (at: number): number => Math.min(Math.max(at < 0 ? at + length : at, 0), length);
  const start = from === null ? 0 : place(Math.floor(from));
  const end = to === null ? length : place(Math.ceil(to));
  return [start, Math.max(start, end)];
}

export function getSlice(value: Json, from: Json, to: Json): Json {
  if (value === null) return null;
  if (typeof value === 'string') {
    const letters = [...value];
    return letters.slice(...bounds(letters.length, from, to)).join('');
  }
  if (isArray(value)) return value.slice(...bounds(value.length, from, to));
  throw new JqError(`Cannot index ${kindOf(value)} with object`);
}

export function getPath(value: Json, path: readonly Json[]): Json {
  let at = value;
  for (const key of path) {
    if (at === null) return null;
    at = getIndex(at, key);
  }
  return at;
}

export function setPath(value: Json, path: readonly Json[], to: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  if (typeof key === 'string' && (isObject(value) || value === null)) {
    const out = new Map(value ?? []);
    out.set(key, setPath(out.get(key) ?? null, rest, to));
    return out;
  }
  if (typeof key === 'number' && (isArray(value) || value === null)) {
    const out = [...(value ?? [])];
    const at = key < 0 ? key + out.length : key;
    if (at < 0) throw new JqError('Out of bounds negative array index');
    while (out.length < at) out.push(null);
    out[at] = setPath(out[at] ?? null, rest, to);
    return out;
  }
  if (isObject(key) && (isArray(value) || value === null)) {
    const list = value ?? [];
    const [start, end] = bounds(list.length, key.get('start') ?? null, key.get('end') ?? null);
    const part = setPath(list.slice(start, end), rest, to);
    if (!isArray(part)) throw new JqError('A slice of an array can only be assigned another array');
    return [...list.slice(0, start), ...part, ...list.slice(end)];
  }
  throw cannotIndex(value, key);
}

/** All paths at once, so that removing one does not move another. */
export function deletePaths(value: Json, paths: readonly (readonly Json[])[]): Json {
  const [first] = paths;
  if (first === undefined) return value;
  if (paths.some((path) => path.length === 0)) return null;
  if (value === null) return null;
  if (isObject(value)) {
    const out = new Map(value);
    for (const [key, own] of grouped(paths)) {
      if (typeof key !== 'string') throw new JqError('Cannot delete field at array index of object');
      if (!out.has(key)) continue;
      if (own.some((path) => path.length === 1)) out.delete(key);
      else
        out.set(
          key,
          deletePaths(
            out.get(key) ?? null,
            own.map((path) => path.slice(1)),
          ),
        );
    }
    return out;
  }
  if (!isArray(value))
    throw new JqError(
      `Cannot delete field at ${typeof first[0] === 'string' ? 'object' : 'array'} index of ${kindOf(value)}`,
    );
  const out: (Json | undefined)[] = [...value];
  for (const [key, own] of grouped(paths)) {
    if (typeof key === 'string') throw new JqError('Cannot delete field at object index of array');
    const places =
      typeof key === 'number'
        ? [key < 0 ? key + value.length : key]
        : isObject(key)
          ? (([start, end]) => Array.from({ length: end - start }, (_, at) => start + at))(
              bounds(value.length, key.get('start') ?? null, key.get('end') ?? null),
            )
          : [];
    for (const place of places) {
      if (place < 0 || place >= value.length) continue;
      if (own.some((path) => path.length === 1)) out[place] = undefined;
      else
        out[place] = deletePaths(
          value[place] ?? null,
          own.map((path) => path.slice(1)),
        );
    }
  }
  return out.filter((one): one is Json => one !== undefined);
}

function grouped(paths: readonly (readonly Json[])[]): readonly (readonly [Json, readonly (readonly Json[])[]])[] {
  const groups = new Map<unknown, (readonly Json[])[]>();
  for (const path of paths) {
    const key = path[0] ?? null;
    const same = groups.get(key) ?? [];
    same.push(path);
    groups.set(key, same);
  }
  return [...groups].map(([key, own]) => [key as Json, own]);
}
