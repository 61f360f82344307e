import { html, render } from 'lit-html';
import { download } from '../progress/download.ts';
import type { Snapshot } from './parts.ts';
import type { Say } from './words.ts';

/** Saved work that cannot be opened: nothing is overwritten before the person has decided. Settles when the day is to begin anew. */
export function askAboutBrokenWork(workbench: HTMLElement, say: Say, draft: Snapshot, why: string): Promise<void> {
  return new Promise((resolve) => {
    render(
      html`<div class="workbench-asks" role="alert">
        <p>${say('restoreBroke')}</p>
        <p><code>${why}</code></p>
        <p>
          <button type="button" class="button" @click=${() => downloadDraft(draft)}>${say('download')}</button>
          <button type="button" class="button quiet" @click=${() => resolve()}>${say('startAnew')}</button>
        </p>
      </div>`,
      workbench,
    );
  });
}

function downloadDraft(draft: Snapshot): void {
  const text = JSON.stringify(draft, (_, value) => (value instanceof Uint8Array ? { base64: base64(value) } : value));
  download(new Blob([text], { type: 'application/json' }), `noventa-${draft.day}.json`);
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
