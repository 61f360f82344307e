import { trips } from './search.mjs';

/** Keeps seats for a buyer: the status and what to say. Not every trip stops on the way. */
export function hold({ trip: id, seats = 1 }) {
  const trip = trips.find((one) => one.id === id);
  if (trip === undefined) return [404, { error: 'no such trip' }];
  if (seats > trip.seats) return [409, { error: 'not enough seats' }];
  return [201, { trip: id, seats, stops: (trip.stops ?? []).length }];
}
