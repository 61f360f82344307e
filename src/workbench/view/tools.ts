// The row of buttons.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Bench } from '../bench.ts';
import { check, run, runnable, stop } from '../checking.ts';
import { nameOf } from '../files.ts';
import { firstBytes, resetDay, resetFile, resetStep } from '../resetting.ts';
import { hint, showSolution } from '../solving.ts';
import type { State } from '../store.ts';
import { sign, signs } from './signs.ts';

export function drawTools(bench: Bench, state: State): TemplateResult {
  const { say } = bench;
  const checking = state.checking.length > 0;
  const runs = runnable(bench) !== undefined && state.active !== undefined;
  return html`
    <button type="button" class="tool main" aria-disabled=${checking} title=${say('checkKeys')} aria-keyshortcuts="Control+Enter Meta+Enter" @click=${() => check(bench)}>
      ${sign(signs.check)} ${say(checking ? 'checking' : 'check')}
    </button>
    ${
      runs
        ? html`<button type="button" class="tool" title=${say('runFile', { file: nameOf(state.active ?? '') })} @click=${() => run(bench)}>
            ${sign(signs.play)} ${say('run')}
          </button>`
        : nothing
    }
    ${
      state.busy
        ? html`<button type="button" class="tool" title=${say('stopWhy')} @click=${() => stop(bench)}>${sign(signs.square)} ${say('stop')}</button>`
        : nothing
    }
    ${
      state.narrow && state.shown !== 'steps'
        ? nothing
        : html`<button type="button" class="tool" @click=${() => hint(bench)}>${say('hint')}</button>
            <button type="button" class="tool" @click=${() => showSolution(bench)}>${say('solution')}</button>
            ${drawReset(bench, state)}`
    }
  `;
}

function drawReset(bench: Bench, state: State): TemplateResult {
  const { say } = bench;
  const { active } = state;
  const canFile = active !== undefined && firstBytes(bench, active) !== undefined;
  const choose = (event: Event, action: () => unknown): void => {
    const menu = (event.currentTarget as HTMLElement).closest('details');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
    action();
  };
  return html`<details class="menu" @keydown=${closeOnEscape} @focusout=${closeOnLeave}>
    <summary class="tool">${say('reset')}</summary>
    <div>
      <button type="button" ?disabled=${!canFile} @click=${(event: Event) => choose(event, () => active && resetFile(bench, active))}>
        ${canFile ? say('resetFile', { file: nameOf(active ?? '') }) : say('resetFileNone')}
      </button>
      <button type="button" @click=${(event: Event) => choose(event, () => resetStep(bench))}>${say('resetStep')}</button>
      <button type="button" @click=${(event: Event) => choose(event, () => resetDay(bench))}>${say('resetDay')}</button>
      <p>${say('resetKeeps')}</p>
    </div>
  </details>`;
}

function closeOnEscape(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (event.key !== 'Escape' || !menu.open) return;
  menu.open = false;
  menu.querySelector('summary')?.focus();
  event.stopPropagation();
}

function closeOnLeave(event: FocusEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
}
