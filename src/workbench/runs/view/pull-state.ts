import { html, type TemplateResult } from 'lit-html';
import type { PullRequest } from '../../../../sandbox/hosts/forge-view.ts';
import { sign, signs } from '../../view/signs.ts';
import type { Room } from '../room.ts';

const looks = {
  open: { shape: signs.ring, colour: 'in_progress' },
  draft: { shape: signs.dots, colour: 'pending' },
  merged: { shape: signs.check, colour: 'success' },
  closed: { shape: signs.cross, colour: 'cancelled' },
} as const;

export function drawPullState({ say }: Room, { state, isDraft }: PullRequest): TemplateResult {
  const name = state === 'MERGED' ? 'merged' : state === 'CLOSED' ? 'closed' : isDraft ? 'draft' : 'open';
  return html`<span class="run-state still" data-run-state=${looks[name].colour}>${sign(looks[name].shape)} ${say(name)}</span>`;
}
