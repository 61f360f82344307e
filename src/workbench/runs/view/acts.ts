// Buttons that run a command, each with the command that it stands for, and what the last one answered.
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { numberOf } from '../../terminals.ts';
import type { Repository } from '../documents.ts';
import type { Room } from '../room.ts';
import type { RunsWord } from '../words.ts';

export interface Action {
  readonly label: RunsWord;
  readonly command: string;
  readonly main?: boolean;
}

export function drawActions(room: Room, repository: Repository, actions: readonly Action[]): TemplateResult {
  const { say, act } = room;
  const busy = act !== undefined && act.end === undefined;
  if (room.bench.isPast || (actions.length === 0 && act === undefined)) return html``;
  return html`<section class="run-acts" aria-label=${say('actions')}>
    <ul>
      ${repeat(
        actions,
        ({ command }) => command,
        ({ label, command, main }) => html`<li>
          <button type="button" class="tool ${main ? 'main' : ''}" aria-disabled=${busy} @click=${() => busy || room.run(command, repository)}>
            ${say(label)}
          </button>
          ${drawSame(room, command)}
        </li>`,
      )}
    </ul>
    ${act === undefined ? nothing : drawAct(room, act)}
  </section>`;
}

/** What takes several lines is folded. */
function drawSame({ say }: Room, command: string): TemplateResult {
  if (!command.includes('\n')) return html`<span class="run-same">${say('sameAs')} <code>${command}</code></span>`;
  return html`<details class="run-same">
    <summary>${say('sameAs')} <code>gh api</code>…</summary>
    <pre tabindex="0" aria-label=${say('sameAs')}>${command}</pre>
  </details>`;
}

function drawAct(room: Room, { command, end }: NonNullable<Room['act']>): TemplateResult {
  const { say } = room;
  const said = end === undefined ? actingWords(room) : end.output.trimEnd();
  return html`<figure class="run-said">
    <figcaption class="heard">${say('said')}</figcaption>
    <pre tabindex="0" aria-label=${say('said')}><span class="typed">$ ${command}</span>${said === '' ? '' : `\n${said}`}</pre>
    ${end === undefined || end.exitCode === 0 ? nothing : html`<p data-tone="bad">${say('exitCode', { n: end.exitCode })}</p>`}
  </figure>`;
}

/** Commands of buttons go through the first terminal's shell, one after another with what is typed there. */
function actingWords({ bench, say }: Room): string {
  const { busyTerminals, terminals } = bench.store.get();
  const [first] = terminals;
  return first !== undefined && busyTerminals.includes(first)
    ? say('actingLater', { n: numberOf(first) })
    : say('acting');
}
