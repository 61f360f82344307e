/** Simulated time of day, as the machine's clock shows it. */
export function timeText(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}
