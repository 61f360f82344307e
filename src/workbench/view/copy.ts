import { html, type TemplateResult } from 'lit-html';
import { type Bench, tell } from '../bench.ts';

/** A button that copies a text, and says whether it did. */
export function drawCopy(bench: Bench, text: string): TemplateResult {
  return html`<button type="button" class="tool small" @click=${() => copy(bench, text)}>${bench.say('copy')}</button>`;
}

export async function copy(bench: Bench, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell(bench, bench.say('copied'));
  } catch {
    tell(bench, bench.say('copyRefused'), 'bad');
  }
}
