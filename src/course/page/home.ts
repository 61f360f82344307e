import { doneCount, nextDay } from '../map.ts';
import { openStore } from '../store.ts';

interface Written {
  readonly id: string;
  readonly href: string;
  readonly text: string;
}

/** Turns "start" into "continue" for whoever has begun. */
const place = document.querySelector<HTMLElement>('#continue');
const days: readonly Written[] = JSON.parse(place?.dataset.days ?? '[]');
const start = place?.querySelector<HTMLAnchorElement>('a.button:not(.quiet)');
const progress = (await openStore())?.days();

if (place && start && progress !== undefined) {
  const ids = days.map(({ id }) => id);
  const next = days.find(({ id }) => id === nextDay(progress, ids));
  if (next !== undefined) {
    start.href = next.href;
    start.textContent = next.text;
  } else if (ids.length > 0 && doneCount(progress, ids) === ids.length) {
    start.replaceWith(place.dataset.allDone ?? '');
  }
}
