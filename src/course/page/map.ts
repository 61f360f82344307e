import { doneCount, stateOf } from '../map.ts';
import { openStore } from '../store.ts';

const map = document.querySelector<HTMLElement>('noventa-map');
const days = [...document.querySelectorAll<HTMLElement>('[data-day]')];
const written = days.map(({ dataset }) => dataset.day ?? '');
const status = map?.querySelector('[role=status]');

const store = await openStore();
if (store === undefined) {
  if (status) status.textContent = map?.dataset.notRead ?? '';
} else {
  const show = (): void => {
    const progress = store.days();
    for (const day of days) {
      const badge = day.querySelector<HTMLElement>('.state');
      const name = badge?.querySelector('.name');
      const state = stateOf(progress, day.dataset.day ?? '');
      if (badge) badge.dataset.state = state;
      if (badge && name) name.textContent = badge.dataset[state] ?? '';
    }
    const summary = map?.dataset.summary ?? '';
    const counts = { done: doneCount(progress, written), written: written.length };
    if (status)
      status.textContent = summary.replace('{done}', String(counts.done)).replace('{written}', String(counts.written));
  };
  store.subscribe(show);
  show();
}
