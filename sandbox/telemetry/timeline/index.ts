// The timeline: what happened to production and who was told, in one list.
export { type Change, eventLabels, mergeTimelines, type TimelineEvent } from './event.ts';
export { timelineFromLog } from './from-log.ts';
