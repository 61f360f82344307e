// How a state looks: a shape, a word, a colour.
import { html, type TemplateResult } from 'lit-html';
import { sign, signs } from '../../view/signs.ts';
import type { StateName } from '../model.ts';
import type { Room } from '../room.ts';

const shapes: Readonly<Record<StateName, string>> = {
  success: signs.check,
  failure: signs.cross,
  cancelled: `${signs.ring}M4.2 4.2l7.6 7.6`,
  skipped: 'M3.5 4l4 4-4 4M8.5 4l4 4-4 4',
  queued: signs.ring,
  in_progress: 'M8 2.5A5.5 5.5 0 1 1 2.5 8',
  waiting: 'M6 4v8M10 4v8',
  pending: signs.dots,
  expected: signs.dots,
};

export function drawState({ say }: Pick<Room, 'say'>, state: StateName): TemplateResult {
  return html`<span class="run-state" data-run-state=${state}>${sign(shapes[state])} ${say(state)}</span>`;
}

/** Where the word would not fit: it is still heard, and shown under the pointer. */
export function drawShape({ say }: Pick<Room, 'say'>, state: StateName): TemplateResult {
  return html`<span class="run-state" data-run-state=${state} title=${say(state)}>${sign(shapes[state])}<span class="heard">${say(state)}:</span></span>`;
}
