import { bounded, widthAfter } from './split-width.ts';

const kept = 'noventa-split';
const usual = 50;

/** Lets the handle between lesson and workbench be moved by mouse, finger and keyboard, and remembers where it was left. */
export function resizeSplit(split: HTMLElement): void {
  const handle = split.querySelector<HTMLElement>('[role=separator]');
  if (handle === null) return;
  const root = document.documentElement;
  let width = bounded(Number.parseFloat(root.style.getPropertyValue('--split')) || usual);

  function show(next: number): void {
    width = bounded(next);
    root.style.setProperty('--split', `${width}%`);
    handle?.setAttribute('aria-valuenow', String(Math.round(width)));
  }

  function keep(): void {
    try {
      localStorage.setItem(kept, String(width));
    } catch {
      // Storage is refused: the width lasts as long as the page.
    }
  }

  handle.addEventListener('pointerdown', (event) => {
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
    handle.focus();
  });
  handle.addEventListener('pointermove', (event) => {
    if (handle.hasPointerCapture(event.pointerId)) show((event.clientX / root.clientWidth) * 100);
  });
  handle.addEventListener('pointerup', keep);
  handle.addEventListener('dblclick', () => {
    show(usual);
    keep();
  });
  handle.addEventListener('keydown', (event) => {
    const next = widthAfter(event.key, width);
    if (next === undefined) return;
    event.preventDefault();
    show(next);
    keep();
  });
  // The page's head has set the width itself: setting it once more would have every element styled anew.
  handle.setAttribute('aria-valuenow', String(Math.round(width)));
}
