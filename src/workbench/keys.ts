// Keys that work anywhere in the workbench, whatever has the keyboard.
import { type Pane, panes } from './store.ts';

export interface Keys {
  /** Those that there are now. */
  readonly panes: () => readonly Pane[];
  readonly onCheck: () => void;
  readonly goTo: (pane: Pane) => void;
}

/** Ctrl/⌘+Enter checks; F6 and Shift+F6 go round the panes. Heard before Monaco and xterm hear them. */
export function listenToKeys(workbench: HTMLElement, { panes, onCheck, goTo }: Keys): void {
  workbench.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) onCheck();
      else if (event.key === 'F6') goTo(neighbour(panes(), paneOf(event.target), event.shiftKey ? -1 : 1));
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}

/** The pane before or after, in a circle. From outside every pane, the first. */
export function neighbour(panes: readonly Pane[], pane: Pane | undefined, step: 1 | -1): Pane {
  const at = pane === undefined ? (step === 1 ? -1 : panes.length) : panes.indexOf(pane);
  return panes[(at + step + panes.length) % panes.length] ?? 'steps';
}

/** The pane in which an element stands. */
export function paneOf(target: EventTarget | null): Pane | undefined {
  const name = target instanceof Element ? target.closest<HTMLElement>('[data-pane]')?.dataset.pane : undefined;
  return panes.find((pane) => pane === name);
}
