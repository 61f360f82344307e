const minutesOf = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

export const minutesBetween = (leaves, arrives) => (minutesOf(arrives) - minutesOf(leaves) + 1440) % 1440;
