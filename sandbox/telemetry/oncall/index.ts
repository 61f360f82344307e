// On-call: who answers when, how a page climbs when nobody does, and what that costs each role.
export { loadOf, type OnCallLoad, onCallAt, type Page, type PagedIncident, pagesOf } from './paging.ts';
export { type OnCallSchedule, readSchedule, type ScheduleAnswer, type ScheduleProblem } from './schedule.ts';
