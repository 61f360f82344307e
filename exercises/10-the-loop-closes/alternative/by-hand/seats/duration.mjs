const minutesOf = (time) => {
  const [hours, minutes] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

export function duration({ leaves, arrives }) {
  const minutes = minutesOf(arrives) - minutesOf(leaves);
  return minutes < 0 ? minutes + 24 * 60 : minutes;
}
