// The terminals of the workbench: several on one machine, one of them shown.
import type { Desk } from './desk.ts';
import { openTerminal, type TerminalPane } from './terminal.ts';

/** What is done to "the terminal" is done to the one that is shown. */
export interface Terminals extends TerminalPane {
  /** Opens one more and shows it. */
  add(): Promise<void>;
  show(id: string): void;
  /** Ends what runs in it, and shows its neighbour. The last one stays. */
  close(id: string): void;
}

export interface TerminalsOptions {
  readonly container: HTMLElement;
  readonly desk: Desk;
  /** Terminals that are to be open at the start, besides the first. */
  readonly others: readonly string[];
  readonly label: (number: number) => string;
  readonly isBusy: (id: string) => boolean;
  /** Ctrl+C while something runs in it. */
  readonly onInterrupt: (id: string) => void;
  readonly beforeEnter: () => void;
  readonly onChange: (open: readonly string[], shown: string) => void;
}

/** A person needs no more, and each costs the machine a shell. */
export const MOST_TERMINALS = 6;

const FIRST = 't1';

/** The number in the name of a terminal: 1 for `t1`. */
export function numberOf(id: string): number {
  return Number(id.slice(1));
}

/** The first name that is free. */
export function freeId(taken: readonly string[]): string {
  let number = 1;
  while (taken.includes(`t${number}`)) number++;
  return `t${number}`;
}

export async function openTerminals(options: TerminalsOptions): Promise<Terminals> {
  const { container, desk, others, label, isBusy, onInterrupt, beforeEnter, onChange } = options;
  const panes = new Map<string, { readonly pane: TerminalPane; readonly host: HTMLElement }>();
  let shown = FIRST;
  let forReader = false;

  async function open(id: string): Promise<void> {
    const host = document.createElement('div');
    host.className = 'terminal-screen';
    container.append(host);
    // Seen before it is filled: xterm measures it.
    reveal(host);
    const pane = await openTerminal({
      id,
      container: host,
      desk,
      label: label(numberOf(id)),
      isBusy: () => isBusy(id),
      onInterrupt: () => onInterrupt(id),
      beforeEnter,
    });
    pane.setScreenReader(forReader);
    panes.set(id, { pane, host });
  }

  function reveal(host: HTMLElement | undefined): void {
    for (const other of container.children) if (other instanceof HTMLElement) other.hidden = other !== host;
  }

  function show(id: string): void {
    const found = panes.get(id);
    if (found === undefined) return;
    shown = id;
    reveal(found.host);
    onChange([...panes.keys()], shown);
  }

  const current = (): TerminalPane => {
    const found = panes.get(shown);
    if (found === undefined) throw new Error(`no terminal ${shown}`);
    return found.pane;
  };

  for (const id of [FIRST, ...others]) await open(id);
  show(FIRST);

  return {
    async add() {
      if (panes.size >= MOST_TERMINALS) return;
      const id = freeId([...panes.keys()]);
      await open(id);
      show(id);
      current().focus();
    },
    show,
    close(id) {
      const closed = panes.get(id);
      if (closed === undefined || panes.size === 1) return;
      const ids = [...panes.keys()];
      const next = ids[ids.indexOf(id) + 1] ?? ids[ids.indexOf(id) - 1] ?? FIRST;
      panes.delete(id);
      closed.pane.dispose();
      closed.host.remove();
      void desk.call('closeTerminal', { id }).catch(() => {});
      show(shown === id ? next : shown);
    },
    async reopen() {
      for (const { pane } of panes.values()) await pane.reopen();
    },
    setScreenReader(on) {
      forReader = on;
      for (const { pane } of panes.values()) pane.setScreenReader(on);
    },
    enter: (line) => current().enter(line),
    press: (data) => current().press(data),
    selection: () => current().selection(),
    showLine(text) {
      const found = [...panes].find(([, { pane }]) => pane.showLine(text));
      if (found !== undefined) show(found[0]);
      return found !== undefined;
    },
    paste: (text) => current().paste(text),
    focus: () => current().focus(),
    dispose() {
      for (const { pane } of panes.values()) pane.dispose();
    },
  };
}
