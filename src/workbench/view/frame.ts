// The whole workbench as a function of its state.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Bench } from '../bench.ts';
import { type Pane, panesOf, type State } from '../store.ts';
import type { Surface } from '../surface.ts';
import type { WordKey } from '../words.ts';
import { type BelowHosts, drawBelow, drawUnderSteps, drawViewPane, isTall } from './below.ts';
import { drawEditor } from './editor.ts';
import { drawSplit } from './split.ts';
import { drawStatus } from './status.ts';
import { drawSteps } from './steps.ts';
import { drawTools } from './tools.ts';
import { drawTree } from './tree.ts';

/** Elements that others own; the rest is drawn around them. */
export interface Hosts extends BelowHosts {
  readonly editor: HTMLElement;
  readonly surface: Surface['kind'];
}

const names: Readonly<Record<Pane, WordKey>> = {
  steps: 'steps',
  files: 'files',
  editor: 'editor',
  terminal: 'terminal',
  runs: 'runs',
  production: 'production',
};

export function drawFrame(bench: Bench, state: State, hosts: Hosts): TemplateResult {
  const { say } = bench;
  const pane = (name: Pane, label: string, content: TemplateResult | readonly TemplateResult[]): TemplateResult =>
    html`<section class="pane ${name}" id="wb-${name}" data-pane=${name} aria-label=${label} ?data-shown=${state.shown === name} ?data-tall=${name === 'terminal' && isTall(state)}>
      ${content}
    </section>`;
  return html`
    ${state.narrow ? drawPaneTabs(bench, state) : nothing}
    ${pane('steps', say('steps'), [drawSteps(bench, state), ...(state.narrow ? [drawUnderSteps(bench, state)] : [])])}
    <div class="tools" role="group" aria-label=${say('actions')}>${drawTools(bench, state)}</div>
    ${pane('files', say('files'), drawTree(bench, state))}
    ${drawSplit({ label: say('resizeTree'), axis: 'inline', property: '--tree', low: 15, high: 50, usual: 26, reversed: false })}
    ${pane('editor', say('editor'), drawEditor(bench, state, hosts.editor, hosts.surface))}
    ${drawSplit({ label: say('resizeBelow'), axis: 'block', property: '--below', low: 15, high: 65, usual: 34, reversed: true })}
    ${pane('terminal', say('below'), drawBelow(bench, state, hosts))}
    ${(['runs', 'production'] as const).map((view) =>
      state.narrow && panesOf(state).includes(view) ? pane(view, say(view), drawViewPane(hosts[view])) : nothing,
    )}
    <div class="foot">${drawStatus(bench, state)}</div>
  `;
}

function drawPaneTabs({ store, say, goTo }: Bench, state: State): TemplateResult {
  const panes = panesOf(state);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step && panes[(panes.indexOf(state.shown) + step + panes.length) % panes.length];
    if (!next) return;
    event.preventDefault();
    const list = event.currentTarget as HTMLElement;
    store.set({ shown: next });
    list.querySelector<HTMLElement>(`[data-to=${next}]`)?.focus();
  };
  return html`<div class="pane-tabs" role="tablist" aria-label=${say('actions')} @keydown=${move}>
    ${panes.map(
      (name) => html`<button
        type="button"
        role="tab"
        data-to=${name}
        aria-selected=${state.shown === name}
        aria-controls="wb-${name}"
        tabindex=${state.shown === name ? 0 : -1}
        @click=${() => goTo(name)}
      >
        ${say(names[name])}
      </button>`,
    )}
  </div>`;
}
