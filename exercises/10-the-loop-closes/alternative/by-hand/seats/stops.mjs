/** How often a coach stops on the way. */
export function stopsOf(trip) {
  return trip.stops?.length ?? 0;
}
