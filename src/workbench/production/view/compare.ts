// Two simulated days side by side, up to the moment that the ruler shows.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { RunFigures } from '../../../../sandbox/hosts/protocol.ts';
import { fromHome } from '../../files.ts';
import type { Language } from '../../parts.ts';
import { durationText } from '../../runs/model.ts';
import type { Room } from '../room.ts';
import { momentText, valueText } from '../units.ts';
import type { ProductionSay, ProductionWord } from '../words.ts';

const nameOf = (path: string): string => fromHome(path).replace(/\/run\.json$/, '');

export function drawCompare(room: Room): TemplateResult | typeof nothing {
  const { say, language, there, choices, compared, cursor, choose, board } = room;
  const others = there.runs.filter((path) => path !== choices.source);
  if (board?.kind !== 'simulated' || others.length === 0) return nothing;
  return html`<section class="compare" aria-label=${say('compare')}>
    <label class="pick">${say('compareWith')}
      <select @change=${(event: Event) => choose({ other: (event.currentTarget as HTMLSelectElement).value })}>
        <option value="" .selected=${choices.other === ''}>${say('nothingElse')}</option>
        ${others.map((path) => html`<option value=${path} .selected=${path === choices.other}>${nameOf(path)}</option>`)}
      </select>
    </label>
    ${compared === undefined ? nothing : compared.ok ? drawTable(room, compared.figures) : html`<p class="problem">${compared.message}</p>`}
    ${compared === undefined ? nothing : html`<p class="hint">${say('horizon', { time: momentText(cursor, language) })} ${say('restoreWhy')}</p>`}
  </section>`;
}

function drawTable({ say, language, choices }: Room, figures: readonly RunFigures[]): TemplateResult {
  return drawFigures(say, language, [choices.source, choices.other].map(nameOf), figures);
}

/** Figures in columns under their names; what is not measured has a dash. */
export function drawFigures(
  say: ProductionSay,
  language: Language,
  names: readonly string[],
  figures: readonly RunFigures[],
): TemplateResult {
  const rows: readonly (readonly [ProductionWord, (one: RunFigures) => string])[] = [
    ['asked', ({ asked }) => valueText(asked, 'number', language)],
    ['failed', ({ failed }) => valueText(failed, 'number', language)],
    ['p95', ({ p95 }) => valueText(p95, 'seconds', language)],
    ['cost', ({ cost }) => valueText(cost, 'cost', language)],
    ['calls', ({ calls }) => valueText(calls, 'number', language)],
    ['restore', ({ restore, isOpen }) => `${durationText(restore)}${isOpen ? ` ${say('goesOn')}` : ''}`],
  ];
  return html`<div class="table"><table>
    <caption>${say('compare')}</caption>
    <thead><tr><td></td>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${rows.map(([word, text]) => html`<tr><th scope="row">${say(word)}</th>${figures.map((one) => html`<td>${text(one)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}
