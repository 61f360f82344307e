/** The trips that fit every filter of the query. */
export function search(trips, query) {
  return trips.filter((trip) => ['from', 'to'].every((end) => !query.has(end) || query.get(end) === trip[end]));
}
