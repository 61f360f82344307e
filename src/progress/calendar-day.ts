/** Days since 1970 in the device's own time: what a person calls a day. @param at ms since 1970. */
export function calendarDay(at: number): number {
  const date = new Date(at);
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}
