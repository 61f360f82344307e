// Values on their way from one program to another, as structuredClone keeps them: in lists that are JSON.
import { Buffer } from 'node:buffer';
import { define, nodeError } from 'node:internal/errors';

const isShared = (value) =>
  value instanceof globalThis.SharedArrayBuffer || value.buffer instanceof globalThis.SharedArrayBuffer;

export function pack(value, seen = []) {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : ['number', Object.is(value, -0) ? '-0' : `${value}`];
  if (typeof value !== 'object') return [typeof value, `${value}`];
  if (seen.includes(value)) return ['again', seen.indexOf(value)];
  seen.push(value);
  const all = (list) => [...list].map((one) => pack(one, seen));
  if (Array.isArray(value)) return ['list', all(value)];
  if (value instanceof Date) return ['Date', `${value.getTime()}`];
  if (value instanceof RegExp) return ['RegExp', value.source, value.flags];
  if (value instanceof Map) return ['Map', all([...value].flat())];
  if (value instanceof Set) return ['Set', all(value)];
  if (value instanceof Error) {
    const { message, stack, cause } = value;
    return ['Error', value.constructor.name, message, String(stack), all([cause, ...Object.entries(value).flat()])];
  }
  if (isShared(value))
    throw nodeError(
      Error,
      'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
      'SharedArrayBuffer between threads is not part of this sandbox: send messages',
    );
  if (value instanceof ArrayBuffer) return ['ArrayBuffer', Buffer.from(value).toString('base64')];
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    const { name } = value.constructor;
    return ['view', name === 'Buffer' ? 'Uint8Array' : name, bytes.toString('base64')];
  }
  return ['object', all(Object.entries(value).flat())];
}

const pairs = (list) => list.flatMap((one, at) => (at % 2 === 0 ? [[one, list[at + 1]]] : []));
const bufferOf = (text) => new Uint8Array(Buffer.from(text, 'base64')).buffer;

const makers = {
  Date: (time) => new Date(Number(time)),
  RegExp: (source, flags) => new RegExp(source, flags),
  ArrayBuffer: bufferOf,
  view: (name, text) => new globalThis[name](bufferOf(text)),
};

export function unpack(data, seen = []) {
  if (!Array.isArray(data)) return data;
  const [kind, first, ...rest] = data;
  if (kind === 'undefined') return undefined;
  if (kind === 'number') return Number(first);
  if (kind === 'bigint') return BigInt(first);
  if (kind === 'again') return seen[first];
  const keep = (made) => {
    seen.push(made);
    return made;
  };
  const all = (list) => list.map((one) => unpack(one, seen));
  if (kind in makers) return keep(makers[kind](first, ...rest));
  if (kind === 'list') {
    const made = keep([]);
    for (const one of first) made.push(unpack(one, seen));
    return made;
  }
  if (kind === 'Map') {
    const made = keep(new Map());
    for (const [key, value] of pairs(all(first))) made.set(key, value);
    return made;
  }
  if (kind === 'Set') {
    const made = keep(new Set());
    for (const one of first) made.add(unpack(one, seen));
    return made;
  }
  if (kind === 'Error') {
    const [message, stack, more] = rest;
    const Class = globalThis[first];
    const made = keep(new (Class?.prototype instanceof Error ? Class : Error)(message));
    define(made, 'stack', stack);
    const [cause, ...entries] = all(more);
    if (cause !== undefined) define(made, 'cause', cause);
    return Object.assign(made, Object.fromEntries(pairs(entries)));
  }
  const made = keep({});
  return Object.assign(made, Object.fromEntries(pairs(all(first))));
}
