// The foot: whether the work is saved, and the last thing that was said.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Bench } from '../bench.ts';
import { savedLine } from '../saved.ts';
import type { State } from '../store.ts';
import { openReport } from './report.ts';
import { summary } from './results.ts';
import { sign, signs } from './signs.ts';

export function drawStatus(bench: Bench, state: State): TemplateResult {
  const { say, store, progress } = bench;
  const { text, tone, offersTakeOver } = savedLine(state.status, state.now, state.changed, say);
  return html`
    <p class="saved" data-tone=${tone}>
      ${text}
      ${
        offersTakeOver
          ? html`<button type="button" class="tool small" @click=${() => progress?.takeOver()}>${say('takeOver')}</button>`
          : nothing
      }
    </p>
    <button type="button" class="plain-link" @click=${() => openReport(bench)}>${say('report')}</button>
    <div class="notice" data-tone=${state.notice?.tone ?? nothing} ?hidden=${state.notice === undefined}>
      <p>${state.notice?.text}</p>
      ${
        state.notice?.undo
          ? html`<button type="button" class="tool small" @click=${state.notice.undo.action}>${state.notice.undo.label}</button>`
          : nothing
      }
      <button type="button" class="quiet" aria-label=${say('close')} @click=${() => store.set({ notice: undefined })}>
        ${sign(signs.cross)}
      </button>
    </div>
    <p class="heard" role="status">${[state.notice?.text, summary(bench, state), tone === 'bad' ? text : ''].filter(Boolean).join(' ')}</p>
  `;
}
