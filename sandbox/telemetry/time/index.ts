// Moments and durations as the tools of this room write them, in UTC.
export { formatTime, parseTime } from './calendar.ts';
export { parseDuration } from './duration.ts';
