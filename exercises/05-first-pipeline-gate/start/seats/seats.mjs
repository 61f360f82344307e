// What seats knows and does, without HTTP. A hold lasts ten minutes.
const HOLD_MS = 10 * 60 * 1000;

export function createSeats(trips, now = Date.now) {
  const holds = new Map();
  let last = 0;

  const taken = (trip) =>
    [...holds.values()].filter((hold) => hold.trip === trip.id && (hold.sold || hold.until > now())).length;
  const shown = (trip) => ({ ...trip, left: trip.seats - taken(trip) });
  const byId = (id) => trips.find((trip) => trip.id === id);

  return {
    search: (from, to) =>
      trips.filter((trip) => (from === null || trip.from === from) && (to === null || trip.to === to)).map(shown),
    trip: (id) => (byId(id) === undefined ? undefined : shown(byId(id))),
    hold(id) {
      const trip = byId(id);
      if (trip === undefined) return { status: 404, body: { error: 'not found' } };
      if (taken(trip) >= trip.seats) return { status: 409, body: { error: 'sold out' } };
      last += 1;
      holds.set(`H${last}`, { trip: id, until: now() + HOLD_MS, sold: false });
      return { status: 201, body: { hold: `H${last}`, trip: id } };
    },
    sell(id) {
      const hold = holds.get(id);
      if (hold === undefined) return { status: 404, body: { error: 'not found' } };
      if (hold.sold || hold.until <= now()) return { status: 409, body: { error: 'hold is over' } };
      hold.sold = true;
      return { status: 200, body: { ticket: id, trip: hold.trip } };
    },
  };
}
