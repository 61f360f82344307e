// What if, on the page: the other machine's terminal, time that passes there, and its buyers beside those of what was done.
import { html, nothing, type TemplateResult } from 'lit-html';
import { drawFigures } from '../production/view/compare.ts';
import { productionSpeaker } from '../production/words.ts';
import type { Room } from './room.ts';

const MINUTE = 60_000;

export function drawWhatIf(room: Room): TemplateResult {
  const { say, whatIf, moment, end, timeOf } = room;
  const { state } = whatIf;
  const begin = (): void => {
    if (moment !== undefined && end !== undefined) void whatIf.begin(moment, end);
  };
  return html`<section class="what-if" aria-label=${say('whatIf')}>
    <h3>${say('whatIf')}</h3>
    <p>${say('whatIfLead')}</p>
    <p><button type="button" class="tool" ?disabled=${moment === undefined} @click=${begin}>${say(state.kind === 'none' ? 'whatIfBegin' : 'whatIfAgain')}</button></p>
    ${
      state.kind === 'none'
        ? nothing
        : html`
          <p class="where" role="status">${say('whatIfNow', { from: timeOf(state.from), now: timeOf(state.now) })} ${state.isWorking ? say('working') : ''}</p>
          ${state.fault === '' ? nothing : html`<p class="warn" role="alert">${state.fault}</p>`}
          ${whatIf.host}
          <p class="row">
            ${[1, 5, 60].map(
              (minutes) =>
                html`<button type="button" class="tool small" ?disabled=${state.isWorking} @click=${() => whatIf.pass(minutes * MINUTE)}>${say('whatIfPass', { n: minutes })}</button>`,
            )}
            <button type="button" class="tool small main" ?disabled=${state.isWorking} @click=${whatIf.compare}>${say('whatIfCompare')}</button>
          </p>
          ${drawCompared(room)}
        `
    }
  </section>`;
}

/** What somebody else did beside what was done here. */
export function drawSides({
  say,
  language,
  shared,
  end,
  sides,
  compareSides,
  timeOf,
}: Room): TemplateResult | typeof nothing {
  if (shared === undefined || end === undefined) return nothing;
  const speak = productionSpeaker(language);
  return html`<section class="what-if" aria-label=${say('sides')}>
    <h3>${say('sides')}</h3>
    <p>${say('sidesLead')}</p>
    <p><button type="button" class="tool" ?disabled=${sides === 'working'} @click=${compareSides}>${say('sidesCompare')}</button></p>
    <div role="status">${
      sides === undefined
        ? nothing
        : sides === 'working'
          ? html`<p>${say('working')}</p>`
          : sides === 'broke'
            ? html`<p class="warn">${say('whatIfBroke')}</p>`
            : sides.figures === undefined
              ? html`<p>${say('whatIfNoBuyers')}</p>`
              : html`${drawFigures(speak, language, [say('theirs'), say('mine')], sides.figures)}
                <p class="hint">${say('whatIfHorizon', { from: timeOf(sides.from), until: timeOf(sides.until) })} ${speak('restoreWhy')}</p>`
    }</div>
  </section>`;
}

function drawCompared({ say, language, whatIf: { state }, timeOf }: Room): TemplateResult | typeof nothing {
  if (state.kind === 'none' || state.compared === undefined) return nothing;
  const { until, was, is } = state.compared;
  if (was === undefined || is === undefined) return html`<p role="status">${say('whatIfNoBuyers')}</p>`;
  const speak = productionSpeaker(language);
  return html`<div class="compare">
    ${drawFigures(speak, language, [say('whatWas'), say('whatWouldBe')], [was, is])}
    <p class="hint" role="status">${say('whatIfHorizon', { from: timeOf(state.from), until: timeOf(until) })} ${speak('restoreWhy')}</p>
  </div>`;
}
