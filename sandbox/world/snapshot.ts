import type { Hooks } from './hooks.ts';
import { createOutbox, type State } from './state.ts';

/** A world as JSON: what `restore` needs to go on from there. */
export interface WorldSnapshot {
  readonly version: 1;
  readonly state: Readonly<Record<string, unknown>>;
}

const memory = { f64: Float64Array, i32: Int32Array } as const;

/** Writes a world down as plain data that survives JSON and shares nothing with it. */
export function snapshotOf({ hooks: _, outbox: _1, ...state }: State): WorldSnapshot {
  return { version: 1, state: plain(state) as Record<string, unknown> };
}

/** A world from its snapshot, which stays as it is. */
export function restore({ state }: WorldSnapshot, hooks: Hooks): State {
  return { ...(live(state) as State), outbox: createOutbox(), hooks };
}

/** Plain memory becomes its length and its numbers that are not 0, as pairs (index, number). */
function plain(value: unknown): unknown {
  if (value instanceof Float64Array || value instanceof Int32Array) {
    const pairs: number[] = [];
    for (let index = 0; index < value.length; index++)
      if (value[index] !== 0) pairs.push(index, value[index] as number);
    return { memory: value instanceof Float64Array ? 'f64' : 'i32', length: value.length, pairs };
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [[key, plain(one)]])),
  );
}

function live(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(live);
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  if (fields.memory === 'f64' || fields.memory === 'i32') {
    const { memory: kind, length, pairs } = fields as { memory: 'f64' | 'i32'; length: number; pairs: number[] };
    const array = new memory[kind](length);
    for (let at = 0; at < pairs.length; at += 2) array[pairs[at] as number] = pairs[at + 1] as number;
    return array;
  }
  return Object.fromEntries(Object.entries(fields).map(([key, one]) => [key, live(one)]));
}
