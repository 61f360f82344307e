/** Chance from a seed, a whole number below 2 to the 32nd: each call takes one out of a list. */
export function drawFrom(seed: number): <One>(waiting: One[]) => One;
