import type { Request, State } from './state.ts';

const KEEP = 600_000;

/**
 * What a good answer does to seats and money. Every seat is free, held or sold; every charge is earned by a seat, owed back, or of
 * somebody who is still here. @returns the code of the answer: 409 when there is no seat to take or to pay for.
 */
export function settle(w: State, r: Request, effect: 'hold' | 'pay' | 'charge'): number {
  const user = w.users[r.user];
  const ours = user !== undefined && user.generation === r.userGeneration ? user : undefined;
  const seats = w.scenario.seats;
  if (seats === undefined) return r.code;
  const { ledger } = w;
  switch (effect) {
    case 'charge':
      ledger.charged += seats.price;
      if (ours === undefined) ledger.refundsDue += seats.price;
      else ours.charges++;
      return r.code;
    case 'hold':
      if (ours === undefined || ours.held === 1) return r.code;
      if (ledger.free === 0) return 409;
      ledger.free--;
      ledger.held++;
      ours.held = 1;
      ours.heldAt = w.now;
      return r.code;
    case 'pay':
      if (ours === undefined) return r.code;
      if (ours.held === 1 && w.now - ours.heldAt > (seats.keep ?? KEEP)) {
        ours.held = 0;
        giveBack(w);
      }
      if (ours.held === 0 || ours.charges === 0) return 409;
      ours.held = 0;
      ours.charges--;
      ledger.held--;
      ledger.sold++;
      ledger.earned += seats.price;
      return r.code;
  }
}

/** A seat that nobody pays for any more. */
export function giveBack({ ledger }: State): void {
  ledger.held--;
  ledger.free++;
}

/** How long a seat is kept, ms. */
export function keepOf(w: State): number {
  return w.scenario.seats?.keep ?? KEEP;
}
