/** How often a coach stops on the way. Not every trip does. */
export function stopsOf({ stops }) {
  return stops?.length;
}
