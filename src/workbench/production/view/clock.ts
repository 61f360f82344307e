// The bar of time: play and pause, speed, steps, and where to go.
import { html, nothing, type TemplateResult } from 'lit-html';
import { sign, signs } from '../../view/signs.ts';
import { type Speed, speeds } from '../clock.ts';
import type { Room } from '../room.ts';
import { nextFriday } from '../span.ts';
import { momentText } from '../units.ts';

export function drawClock(room: Room): TemplateResult {
  const { say, language, board, clock, cursor, step, choices } = room;
  if (board === undefined) return html``;
  const isSimulated = board.kind === 'simulated';
  if (room.bench.isPast && !isSimulated) return html`<output class="moment">${momentText(cursor, language)}</output>`;
  const friday = nextFriday(cursor);
  const moves = clock !== 'paused';
  const stepText = step >= 60_000 ? `${step / 60_000} min` : `${step / 1000} s`;
  return html`<div class="clock" role="group" aria-label=${say('clock')}>
    <button type="button" class="tool main play" @click=${moves ? room.pause : room.play}>
      ${sign(moves ? 'M5 3.5v9M11 3.5v9' : signs.play)} ${say(moves ? 'pause' : 'play')}
    </button>
    <label class="speed">${say('speed')}
      <select @change=${(event: Event) => room.choose({ speed: Number((event.currentTarget as HTMLSelectElement).value) as Speed })}>
        ${speeds.map((speed) => html`<option value=${speed} ?selected=${speed === choices.speed}>${speed}×</option>`)}
      </select>
    </label>
    ${isSimulated ? stepButton(room, 'stepBack', -step, '−', stepText) : nothing}
    ${stepButton(room, 'stepOn', step, '+', stepText)}
    <button type="button" class="tool small" ?disabled=${moves} @click=${room.toEvent}>${say('toEvent')}</button>
    ${
      isSimulated && friday > board.until
        ? nothing
        : html`<button type="button" class="tool small" ?disabled=${moves} @click=${() => room.seek(friday)}>${say('toFriday')}</button>`
    }
    <output class="moment">${momentText(cursor, language)}</output>
    ${isSimulated ? drawRuler(room, board) : html`<p class="hint">${say('moves')}</p>`}
  </div>`;
}

function stepButton(
  { say, stepBy, clock }: Room,
  word: 'stepBack' | 'stepOn',
  by: number,
  mark: string,
  time: string,
): TemplateResult {
  return html`<button type="button" class="tool small" ?disabled=${clock !== 'paused'} aria-label=${say(word, { time: `${mark}${time}` })} @click=${() => stepBy(by)}>${mark}${time}</button>`;
}

function drawRuler(
  { say, language, cursor, seek, step }: Room,
  { from, until }: { from: number; until: number },
): TemplateResult {
  return html`<input
    type="range"
    class="ruler"
    aria-label=${say('ruler')}
    aria-valuetext=${momentText(cursor, language)}
    min=${from}
    max=${until}
    step=${step}
    .value=${String(cursor)}
    @input=${(event: Event) => seek(Number((event.currentTarget as HTMLInputElement).value))}
  />`;
}
