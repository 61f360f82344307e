// A step's log. Chunks lie ready as text, and the browser lays out those that are in view: so its own search and copy reach all of it.
import { html, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { type Chunk, logParts, numbersOf, piecesOf, textChunks } from '../log.ts';
import type { Room } from '../room.ts';

export function drawLog({ say }: Room, name: string, log: readonly string[]): TemplateResult {
  if (log.length === 0) return html`<p class="run-none">${say('noLog')}</p>`;
  return html`<div class="run-log" role="region" aria-label=${say('logOf', { step: name })} tabindex="0">
    ${guard([log], () => drawParts(say, log))}
  </div>`;
}

function drawParts(say: Room['say'], log: readonly string[]): readonly TemplateResult[] {
  return logParts(log).map((part) =>
    part.kind === 'lines'
      ? html`${part.chunks.map(drawChunk)}`
      : html`<details>
          <summary><span class="numbers" aria-hidden="true">${part.at}</span><span>${part.title}</span></summary>
          ${part.chunks.length === 0 ? html`<p class="run-none">${say('noLog')}</p>` : part.chunks.map(drawChunk)}
        </details>`,
  );
}

function drawChunk(chunk: Chunk): TemplateResult {
  return html`<div class="chunk" style="--lines: ${chunk.lines.length}"><pre class="numbers" aria-hidden="true">${numbersOf(chunk)}</pre><pre>${piecesOf(
    chunk,
  ).map(({ kind, text }) => (kind === 'plain' ? text : html`<span class=${kind}>${text}</span>`))}</pre></div>`;
}

/** A text of several lines that is no log, such as a file of an artifact. */
export function drawText(label: string, text: string): TemplateResult {
  return html`<div class="run-log" role="region" aria-label=${label} tabindex="0">
    ${guard([text], () => textChunks(text).map(drawChunk))}
  </div>`;
}
