import { html, type TemplateResult } from 'lit-html';

/** Keys that lead out of a pane or help in it: those that have no room beside the tabs are left out whole. */
export function drawWayOut(keys: string): TemplateResult {
  return html`<p class="way-out">${keys.split(' · ').map((key) => html`<span>${key}</span>`)}</p>`;
}
