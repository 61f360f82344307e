/**
 * What will happen, ordered by (time, order of scheduling): a binary heap on plain memory. An entry is a kind and two whole numbers,
 * so that it can stand in a snapshot. Only (time, order, slot) move in the heap; the rest stays in the slot.
 */
export interface Agenda {
  size: number;
  order: number;
  at: Float64Array;
  rank: Float64Array;
  slot: Int32Array;
  kind: Int32Array;
  one: Int32Array;
  two: Int32Array;
}

export function createAgenda(capacity = 1024): Agenda {
  return {
    size: 0,
    order: 0,
    at: new Float64Array(capacity),
    rank: new Float64Array(capacity),
    slot: Int32Array.from({ length: capacity }, (_, index) => index),
    kind: new Int32Array(capacity),
    one: new Int32Array(capacity),
    two: new Int32Array(capacity),
  };
}

export function schedule(agenda: Agenda, at: number, kind: number, one: number, two: number): void {
  const rank = agenda.order++;
  if (agenda.size === agenda.at.length) grow(agenda);
  const { at: times, rank: ranks, slot: slots } = agenda;
  let index = agenda.size++;
  // Slots beyond the heap's end are the free ones.
  const slot = slots[index] as number;
  agenda.kind[slot] = kind;
  agenda.one[slot] = one;
  agenda.two[slot] = two;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = times[parent] as number;
    // What was scheduled at the same time before stays before.
    if (above <= at) break;
    times[index] = above;
    ranks[index] = ranks[parent] as number;
    slots[index] = slots[parent] as number;
    index = parent;
  }
  times[index] = at;
  ranks[index] = rank;
  slots[index] = slot;
}

/** Takes the first entry out. @returns its slot, whose `kind`, `one` and `two` may be read until something is scheduled. */
export function takeFirst(agenda: Agenda): number {
  const { at: times, rank: ranks, slot: slots } = agenda;
  const first = slots[0] as number;
  const last = --agenda.size;
  const at = times[last] as number;
  const rank = ranks[last] as number;
  const slot = slots[last] as number;
  // The earlier child moves up all the way down; the last entry, which is nearly always a late one, then rises from there.
  let index = 0;
  for (let right = 2; right <= last; right = 2 * index + 2) {
    let child = right - 1;
    if (right < last) {
      const here = times[child] as number;
      const there = times[right] as number;
      if (there < here || (there === here && (ranks[right] as number) < (ranks[child] as number))) child = right;
    }
    times[index] = times[child] as number;
    ranks[index] = ranks[child] as number;
    slots[index] = slots[child] as number;
    index = child;
  }
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = times[parent] as number;
    if (above < at || (above === at && (ranks[parent] as number) < rank)) break;
    times[index] = above;
    ranks[index] = ranks[parent] as number;
    slots[index] = slots[parent] as number;
    index = parent;
  }
  times[index] = at;
  ranks[index] = rank;
  slots[index] = slot;
  slots[last] = first;
  return first;
}

function grow(agenda: Agenda): void {
  const wider = createAgenda(agenda.at.length * 2);
  for (const name of ['at', 'rank', 'kind', 'one', 'two'] as const) wider[name].set(agenda[name] as never);
  wider.slot.set(agenda.slot);
  Object.assign(agenda, { ...wider, size: agenda.size, order: agenda.order });
}
