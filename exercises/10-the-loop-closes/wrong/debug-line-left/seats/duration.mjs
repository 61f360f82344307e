const minutesOf = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Minutes that a trip takes. Some arrive after midnight. */
export function duration({ leaves, arrives }) {
  console.log('DEBUG', leaves, arrives);
  return (minutesOf(arrives) - minutesOf(leaves) + 1440) % 1440;
}
