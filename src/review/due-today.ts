// Tells at the opening of a page how much there is to review. Read only once the page is at rest.
import { openStore } from '../course/store.ts';
import { calendarDay } from '../progress/calendar-day.ts';
import type { ReviewItem } from './schedule.ts';

const place = document.querySelector<HTMLElement>('[data-due]');
if (place !== null) void tell(place);

async function tell(place: HTMLElement): Promise<void> {
  const days = (await openStore())?.days() ?? {};
  // Nothing of the scheduler is fetched by who has nothing to review.
  if (!Object.values(days).some(({ passedAt }) => passedAt !== undefined)) return;
  const { dueOn, schedule, sitting } = await import('./schedule.ts');
  const items: readonly ReviewItem[] = JSON.parse(place.dataset.items ?? '[]');
  const due = dueOn(calendarDay(Date.now()), schedule(items, days));
  if (due.length === 0) return;
  const minutes = sitting(due).reduce((sum, item) => sum + item.minutes, 0);
  const said = (due.length === 1 ? place.dataset.one : place.dataset.many) ?? '';
  const text = place.querySelector('span');
  if (text) text.textContent = said.replace('{n}', String(due.length)).replace('{minutes}', String(minutes));
  place.hidden = false;
}
