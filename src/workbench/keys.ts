// Keys that work anywhere in the workbench, whatever has the keyboard.
import { type Pane, panes } from './store.ts';

export interface Keys {
  /** Those that there are now. */
  readonly panes: () => readonly Pane[];
  readonly onCheck: () => void;
  readonly goTo: (pane: Pane) => void;
}

/**
 * Ctrl/⌘+Enter checks, also when nothing has the keyboard (a button that was drawn anew loses it); F6 and Shift+F6 go round the panes. Heard before
 * Monaco and xterm hear them.
 * @returns ends the listening.
 */
export function listenToKeys(workbench: HTMLElement, { panes, onCheck, goTo }: Keys): () => void {
  const hear = (event: KeyboardEvent): void => {
    const isInside = workbench.contains(event.target as Node);
    const isChecking = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (isChecking && (isInside || event.target === document.body)) onCheck();
    else if (event.key === 'F6' && isInside) goTo(neighbour(panes(), paneOf(event.target), event.shiftKey ? -1 : 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('keydown', hear, { capture: true });
  return () => document.removeEventListener('keydown', hear, { capture: true });
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
