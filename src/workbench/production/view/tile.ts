// A panel: its chart, and its text twin.
import { html, nothing, type TemplateResult } from 'lit-html';
import { strokeOf } from '../chart.ts';
import type { Room, Tile } from '../room.ts';
import { sentenceOf, tableOf } from '../twin.ts';

export function drawTile(room: Room, tile: Tile): TemplateResult {
  const { say, language } = room;
  const { panel, lines, problem, all, key, chart } = tile;
  const { title, unit } = panel;
  const sentence = sentenceOf(lines, unit, language, say);
  const level = levelOf(tile);
  return html`<figure class="tile" data-level=${level ?? nothing}>
    <figcaption>
      <h4>${title}</h4>
      ${level === undefined ? nothing : html`<span class="level">${say(level)}</span>`}
    </figcaption>
    ${problem === undefined ? nothing : html`<p class="problem">${problem}</p>`}
    <div role="img" aria-label="${title}. ${sentence}" ?hidden=${lines.length === 0}>${chart.host}</div>
    ${lines.length > 1 ? drawLegend(tile) : nothing}
    <p class="sentence">${lines.length === 0 && problem === undefined ? say('noSeries') : sentence}</p>
    ${all === undefined ? nothing : html`<p class="sentence">${say('notAll', { n: lines.length, all })}</p>`}
    <details ?open=${room.isOpen(key)} @toggle=${(event: Event) => room.setOpen(key, (event.currentTarget as HTMLDetailsElement).open)}>
      <summary>${say('table')}<span class="heard">: ${title}</span></summary>
      ${room.isOpen(key) ? drawTable(room, tile) : nothing}
    </details>
  </figure>`;
}

function drawLegend({ lines }: Tile): TemplateResult {
  return html`<ul class="legend" aria-hidden="true">
    ${lines.map(({ name }, index) => {
      const { token, dash } = strokeOf(index);
      return html`<li>
        <svg width="22" height="6"><line x1="0" x2="22" y1="3" y2="3" stroke="var(--${token})" stroke-width="2" stroke-dasharray=${dash.join(' ')} /></svg>
        ${name}
      </li>`;
    })}
  </ul>`;
}

function drawTable({ ids, say, language, start, step }: Room, { panel, lines, key }: Tile): TemplateResult {
  const { title, unit } = panel;
  const count = lines[0]?.values.length ?? 0;
  const { head, rows } = tableOf(lines, { start, step, count }, unit, language);
  return html`
    <dl class="expressions">
      <dt>${say('expression')}</dt>
      ${panel.lines.map(({ name, expr }) => html`<dd>${name === '' ? nothing : html`${name}: `}<code>${expr}</code></dd>`)}
    </dl>
    <div class="table" role="region" tabindex="0" aria-labelledby=${`${ids}-table-${key}`}>
      <table>
        <caption id=${`${ids}-table-${key}`}>${say('tableOf', { title })}</caption>
        <thead><tr><th scope="col">${say('time')}</th>${head.map((name) => html`<th scope="col">${name === '' ? say('value') : name}</th>`)}</tr></thead>
        <tbody>${rows.map(([time, ...values]) => html`<tr><th scope="row">${time}</th>${values.map((value) => html`<td>${value}</td>`)}</tr>`)}</tbody>
      </table>
    </div>
  `;
}

/** Whether the last value of any line is past a threshold. */
function levelOf({ panel: { thresholds }, lines }: Tile): 'warning' | 'critical' | undefined {
  const last = lines.map(({ values }) => {
    let at = values.length - 1;
    while (at >= 0 && Number.isNaN(values[at] as number)) at--;
    return (values[at] ?? Number.NaN) as number;
  });
  const isPast = (limit: number | undefined): boolean => limit !== undefined && last.some((value) => value > limit);
  return isPast(thresholds.critical) ? 'critical' : isPast(thresholds.warning) ? 'warning' : undefined;
}
