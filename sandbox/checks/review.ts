import type { Words } from '../machine/words.ts';

/** Chance that is given: the same seed gives the same. */
export interface Chance {
  /** An integer in [low, high], both included. */
  integer(low: number, high: number): number;
}

/** A question that comes back days later, with other numbers each time: one of what `exercises/NN-slug/review.ts` exports as `review`. */
export interface ReviewQuestion {
  /** `d01-r1`: kept in learners' storage, never renamed. */
  readonly id: string;
  /** Makes the question. Pure: only `chance` decides. */
  ask(chance: Chance): Asked;
}

export type Asked = AskedChoice | AskedQuantity;

/** One right answer among several; the page shuffles them. `code` in backticks, as everywhere. */
export interface AskedChoice {
  readonly kind: 'choice';
  /** A line that begins with four spaces is shown as it is, as of a terminal. */
  readonly text: Words;
  readonly choices: readonly {
    readonly text: Words;
    readonly right?: true;
    /** Said when it is chosen. */
    readonly why: Words;
  }[];
}

/** A number to be found. */
export interface AskedQuantity {
  readonly kind: 'quantity';
  readonly text: Words;
  readonly answer: number;
  /** How far from the answer still counts, in the same unit. */
  readonly within?: number;
  readonly unit: Words;
  /** How one gets the right number. */
  readonly why: Words;
  /** Said of anything smaller or larger that no slip explains. */
  readonly low: Words;
  readonly high: Words;
  /** Known ways to miss it. */
  readonly slips: readonly { readonly value: number; readonly within?: number; readonly why: Words }[];
}

/** One of a list. @throws when the list is empty. */
export function pick<T>(chance: Chance, list: readonly T[]): T {
  const one = list[chance.integer(0, list.length - 1)];
  if (one === undefined) throw new RangeError('pick: an empty list');
  return one;
}

/** The list in another order, each order as likely (Fisher and Yates). */
export function shuffled<T>(chance: Chance, list: readonly T[]): readonly T[] {
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = chance.integer(0, last);
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}
