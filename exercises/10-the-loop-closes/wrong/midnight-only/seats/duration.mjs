const minutesOf = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Minutes that a trip takes. One that arrives at 00:25 arrives at 24:25. */
export function duration({ leaves, arrives }) {
  const minutes = minutesOf(arrives.replace(/^00/, '24')) - minutesOf(leaves);
  if (minutes < 0) throw new RangeError(`a trip takes ${minutes} minutes`);
  return minutes;
}
