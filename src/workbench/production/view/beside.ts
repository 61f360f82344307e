// Beside the charts: alerts, events, logs.
import { html, type TemplateResult } from 'lit-html';
import { markOf } from '../marks.ts';
import type { Room } from '../room.ts';
import { timeText } from '../units.ts';

const MOST_EVENTS = 60;

export function drawAlerts({ say, seen }: Room): TemplateResult {
  const alerts = seen?.alerts ?? [];
  return html`<section class="alerts">
    <h3>${say('alerts')}</h3>
    ${
      alerts.length === 0
        ? html`<p class="hint">${say('noAlerts')}</p>`
        : html`<ul>${alerts.map(
            ({ name, state, labels, since }) =>
              html`<li data-state=${state}><strong>${name}</strong> ${say(state)}, ${say('since', { time: timeText(since) })} <code>${labels}</code></li>`,
          )}</ul>`
    }
  </section>`;
}

export function drawEvents({ say, seen }: Room): TemplateResult {
  const events = [...(seen?.events ?? [])].reverse();
  const older = events.length - MOST_EVENTS;
  return html`<section class="events" tabindex="0" aria-label=${say('events')}>
    <h3>${say('events')}</h3>
    ${
      events.length === 0
        ? html`<p class="hint">${say('noEvents')}</p>`
        : html`<ol reversed>${events.slice(0, MOST_EVENTS).map((event) => {
            const { kind, at, sign, text } = markOf(event, say);
            return html`<li data-kind=${kind}><time>${timeText(at, true)}</time> <span class="mark-sign" aria-hidden="true">${sign}</span> ${text}</li>`;
          })}</ol>`
    }
    ${older > 0 ? html`<p class="hint">${say('olderEvents', { n: older })}</p>` : ''}
  </section>`;
}

export function drawLogs({ ids, say, seen, choices, choose }: Room): TemplateResult {
  const logs = seen?.logs;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    choose({ logs: String(new FormData(event.currentTarget as HTMLFormElement).get('logs')) });
  };
  if (logs === undefined) return html``;
  return html`<section class="logs">
    <h3>${say('logs')}</h3>
    <form class="field" @submit=${submit}>
      <label for=${`${ids}-logs`}>${say('logsQuery')}</label>
      <input id=${`${ids}-logs`} name="logs" type="text" spellcheck="false" autocomplete="off" autocapitalize="off" .defaultValue=${choices.logs} />
      <button type="submit" class="tool small">${say('ask')}</button>
    </form>
    ${
      logs.kind === 'problem'
        ? html`<p class="problem">${logs.message}</p>`
        : logs.lines.length === 0
          ? html`<p class="hint">${say('noLogs')}</p>`
          : html`<ol class="log-lines" tabindex="0" aria-label=${say('logs')}>${logs.lines.map(
              ({ at, labels, line }) => html`<li title=${labels}><time>${timeText(at, true)}</time> ${line}</li>`,
            )}</ol>`
    }
  </section>`;
}
