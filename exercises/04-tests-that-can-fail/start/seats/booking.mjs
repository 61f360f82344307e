const HOLD_MS = 10 * 60_000;

/** What a customer may not do; `status` is the HTTP status that tells it. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Seats of trips: searched, held for ten minutes, sold. `now` tells the time in ms. */
export function createBooking(trips, now = Date.now) {
  const holds = new Map();
  const sold = new Map();
  let tickets = 0;

  function left(trip) {
    const held = [...holds.values()].filter((hold) => hold.trip === trip.id && hold.until > now());
    return trip.seats - (sold.get(trip.id) ?? 0) - held.length;
  }

  function find(id) {
    const trip = trips.find((one) => one.id === id);
    if (trip === undefined) throw new Refused(404, 'no such trip');
    return { ...trip, left: left(trip) };
  }

  function search(from, to) {
    return trips
      .filter((trip) => (from === null || trip.from === from) && (to === null || trip.to === to))
      .map((trip) => ({ ...trip, left: left(trip) }));
  }

  function hold(id) {
    const trip = find(id);
    if (trip.left <= 0) throw new Refused(409, 'no seat left');
    const name = `H${holds.size + 1}`;
    holds.set(name, { trip: id, until: now() + HOLD_MS, used: false });
    return { hold: name, trip: id, until: now() + HOLD_MS };
  }

  function sell(name) {
    const held = holds.get(name);
    if (held === undefined) throw new Refused(404, 'no such hold');
    if (held.used) throw new Refused(409, 'sold already');
    if (held.until <= now()) throw new Refused(410, 'the hold has expired');
    holds.set(name, { ...held, until: 0, used: true });
    sold.set(held.trip, (sold.get(held.trip) ?? 0) + 1);
    tickets += 1;
    return { ticket: `K${tickets}`, trip: held.trip, price: { amount: find(held.trip).price, currency: 'units' } };
  }

  return { search, find, hold, sell };
}
