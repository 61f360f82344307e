// Tabs of the terminals, with one more to open and the shown one to close.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Bench } from '../bench.ts';
import type { State } from '../store.ts';
import { MOST_TERMINALS, numberOf } from '../terminals.ts';
import { sign, signs } from './signs.ts';

export function drawTerminalTabs(bench: Bench, { terminals, terminal, busyTerminals }: State): TemplateResult {
  const { say, terminal: screens } = bench;
  const nameOf = (id: string): string => {
    const name = say('terminalNumber', { n: numberOf(id) });
    return busyTerminals.includes(id) ? say('terminalBusy', { name }) : name;
  };
  const button = (label: string, path: string, action: () => unknown): TemplateResult =>
    html`<button type="button" class="quiet" aria-label=${label} title=${label} @click=${action}>${sign(path)}</button>`;
  const closeLabel = say('closeTerminal', { n: numberOf(terminal) });
  return html`<span class="terminal-tabs">
    ${
      terminals.length === 1
        ? nothing
        : html`<span role="tablist" aria-label=${say('terminals')} @keydown=${(event: KeyboardEvent) => move(bench, terminals, terminal, event)}>
            ${terminals.map(
              (id) => html`<button
                type="button"
                role="tab"
                data-terminal=${id}
                aria-label=${nameOf(id)}
                title=${nameOf(id)}
                aria-selected=${id === terminal}
                aria-controls="wb-panel-terminal"
                tabindex=${id === terminal ? 0 : -1}
                ?data-busy=${busyTerminals.includes(id)}
                @click=${() => choose(bench, id)}
              >
                ${numberOf(id)}
              </button>`,
            )}
          </span>`
    }
    ${terminals.length < MOST_TERMINALS ? button(say('newTerminal'), signs.newFile, () => screens.add()) : nothing}
    ${terminals.length > 1 ? button(closeLabel, signs.cross, () => close(bench, terminal)) : nothing}
  </span>`;
}

function choose({ terminal }: Bench, id: string): void {
  terminal.show(id);
  terminal.focus();
}

function close({ terminal }: Bench, id: string): void {
  terminal.close(id);
  terminal.focus();
}

/** The keys of tabs, as the ARIA patterns have them: arrows, Home, End, and Delete to close. */
function move({ terminal }: Bench, ids: readonly string[], shown: string, event: KeyboardEvent): void {
  const at = ids.indexOf(shown);
  const list = event.currentTarget as HTMLElement;
  const next = {
    ArrowRight: ids[(at + 1) % ids.length],
    ArrowLeft: ids[(at - 1 + ids.length) % ids.length],
    Home: ids[0],
    End: ids.at(-1),
  }[event.key];
  if (event.key === 'Delete') terminal.close(shown);
  else if (next !== undefined) terminal.show(next);
  else return;
  event.preventDefault();
  requestAnimationFrame(() => {
    const tab = list.querySelector<HTMLElement>('[aria-selected=true]');
    if (list.isConnected && tab !== null) tab.focus();
    else terminal.focus();
  });
}
