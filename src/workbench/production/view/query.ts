// The field for PromQL: a combobox that completes names, with errors in place.
import { html, nothing, type TemplateResult } from 'lit-html';
import { complete, type Offer, type Offers, take } from '../complete.ts';
import type { Room } from '../room.ts';
import { drawTile } from './tile.ts';

/** What the field holds between two drawings. */
export interface QueryField {
  text: string;
  offers: Offers | undefined;
  chosen: number;
}

export function createQueryField(): QueryField {
  return { text: '', offers: undefined, chosen: -1 };
}

export function drawQuery(room: Room, field: QueryField, redraw: () => void): TemplateResult {
  const { ids, say, board, queryTile } = room;
  const names = board ?? { metrics: [], labels: [], functions: [] };
  const offers = field.offers?.offers ?? [];

  const offer = (input: HTMLInputElement): void => {
    field.offers = complete(input.value, input.selectionStart ?? 0, names);
    field.chosen = -1;
    redraw();
  };
  const close = (): void => {
    field.offers = undefined;
    redraw();
  };
  const accept = (input: HTMLInputElement, one: Offer): void => {
    if (field.offers === undefined) return;
    const { text, caret } = take(input.value, field.offers, one);
    field.text = text;
    input.value = text;
    input.setSelectionRange(caret, caret);
    close();
    input.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    const input = event.currentTarget as HTMLInputElement;
    if (event.key === ' ' && event.ctrlKey) offer(input);
    else if (event.key === 'Escape' && offers.length > 0) close();
    else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && offers.length > 0) {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      field.chosen = (Math.max(field.chosen, step === 1 ? -1 : 0) + step + offers.length) % offers.length;
      redraw();
    } else if ((event.key === 'Tab' || event.key === 'Enter') && offers[field.chosen] !== undefined)
      accept(input, offers[field.chosen] as Offer);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onInput = (event: InputEvent): void => {
    const input = event.currentTarget as HTMLInputElement;
    field.text = input.value;
    offer(input);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    field.offers = undefined;
    room.choose({ query: field.text.trim() });
  };

  return html`<section class="query" aria-label=${say('query')}>
    <form class="field" @submit=${submit}>
      <label for=${`${ids}-query`}>${say('query')}</label>
      <input
        id=${`${ids}-query`}
        type="text"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded=${offers.length > 0}
        aria-controls=${`${ids}-offers`}
        aria-activedescendant=${field.chosen >= 0 ? `${ids}-offer-${field.chosen}` : nothing}
        aria-describedby=${`${ids}-query-help`}
        spellcheck="false"
        autocomplete="off"
        autocapitalize="off"
        maxlength="2000"
        .value=${field.text}
        @input=${onInput}
        @keydown=${onKey}
        @blur=${close}
      />
      <button type="submit" class="tool small">${say('ask')}</button>
      <ul id=${`${ids}-offers`} role="listbox" aria-label=${say('offersCount', { n: offers.length })} ?hidden=${offers.length === 0}>
        ${offers.map(
          (one, index) => html`<li
            role="option"
            id=${`${ids}-offer-${index}`}
            aria-selected=${index === field.chosen}
            @mousedown=${(event: MouseEvent) => {
              event.preventDefault();
              const input = (event.currentTarget as HTMLElement).closest('form')?.querySelector('input');
              if (input) accept(input, one);
            }}
          >${one.text} <span>${say(one.kind)}</span></li>`,
        )}
      </ul>
    </form>
    <p class="hint" id=${`${ids}-query-help`}>${say('queryHelp')}</p>
    ${queryTile === undefined ? nothing : html`${drawPlace(room)}${drawTile(room, queryTile)}`}
  </section>`;
}

/** The expression with the place of the mistake marked. */
function drawPlace({ choices: { query }, queryPlace, say }: Room): TemplateResult | typeof nothing {
  if (queryPlace === undefined) return nothing;
  // Columns are bytes of UTF-8, from 1.
  const bytes = new TextEncoder().encode(query);
  const cut = new TextDecoder().decode(bytes.slice(0, queryPlace.column - 1)).length;
  const wrong = query.slice(cut, cut + 1);
  return html`<p class="place"><code>${query.slice(0, cut)}<mark>${wrong === '' ? ' ' : wrong}</mark>${query.slice(cut + 1)}</code> <span>${say('column', { n: queryPlace.column })}</span></p>`;
}
