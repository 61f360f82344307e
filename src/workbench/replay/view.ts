// A replay as a function of its state.
import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { isExact } from '../../../sandbox/hosts/replay/recording.ts';
import { fromHome } from '../files.ts';
import { hasProduction, textOf } from '../production/there.ts';
import { messagesIn } from './messages.ts';
import { deedText } from './moments.ts';
import type { Room } from './room.ts';
import { linkTo, saveFile, sessionOf } from './share.ts';
import type { Sight } from './stops.ts';
import { drawSides, drawWhatIf } from './what-if-view.ts';

const MOST_DEEDS = 200;
const MOST_MESSAGES = 20;

export function drawReplay(room: Room): TemplateResult {
  const { say, shared, isAccepted, isOtherDay, told, close } = room;
  return html`
    <header>
      <h2>${say(shared === undefined ? 'title' : 'sharedTitle')}</h2>
      ${isAccepted && room.end !== undefined ? drawTools(room) : nothing}
      <button type="button" class="tool small" @click=${close}>${say('close')}</button>
    </header>
    <p class="told" role="status">${told}</p>
    ${isOtherDay ? html`<p class="warn">${say('otherDay', { day: shared?.day.slice(0, 8) ?? '' })}</p>` : isAccepted ? drawRun(room) : drawAsk(room)}
  `;
}

/** What it is, before anything of it runs. */
function drawAsk(room: Room): TemplateResult {
  const { say, stops, isOtherVersion, accept } = room;
  const deeds = stops.flatMap(({ action }) => (action === undefined ? [] : [deedText(action, say)]));
  return html`
    <p>${say('sharedLead')}</p>
    ${isOtherVersion ? html`<p class="warn">${say('otherVersion')}</p>` : nothing}
    <h3>${say('sharedDeeds', { n: deeds.length })}</h3>
    <ol class="deeds" tabindex="0" aria-label=${say('sharedDeeds', { n: deeds.length })}>
      ${deeds.slice(0, MOST_DEEDS).map((deed) => html`<li><code>${deed.slice(0, 300)}</code></li>`)}
    </ol>
    ${deeds.length > MOST_DEEDS ? html`<p>${say('moreDeeds', { n: deeds.length - MOST_DEEDS })}</p>` : nothing}
    <p><button type="button" class="tool main" @click=${accept}>${say('sharedRun')}</button></p>
  `;
}

function drawTools(room: Room): TemplateResult {
  const { say, shared, bench, tell, openFile } = room;
  const session = shared ?? sessionOf(bench);
  const share = async (): Promise<void> => {
    if (session === undefined) return tell(say('shareUnknown'));
    const { link, length } = linkTo(session);
    if (link === undefined) {
      saveFile(session);
      return tell(say('shareTooLong', { n: length }));
    }
    try {
      await navigator.clipboard.writeText(link);
      tell(say('shared', { n: length }));
    } catch {
      saveFile(session);
      tell(say('shareRefused'));
    }
  };
  const save = (): void => {
    if (session !== undefined) saveFile(session);
    tell(say(session === undefined ? 'shareUnknown' : 'saved'));
  };
  const choose = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    const [file] = input.files ?? [];
    if (file !== undefined) openFile(file);
    input.value = '';
  };
  return html`<div class="share" role="group" aria-label=${say('sharing')}>
    <button type="button" class="tool small" @click=${share}>${say('share')}</button>
    <button type="button" class="tool small" @click=${save}>${say('save')}</button>
    <label class="tool small file">${say('openFile')}<input type="file" accept=".json,application/json" @change=${choose} /></label>
  </div>`;
}

function drawRun(room: Room): TemplateResult {
  const { say, recording, shared, isOtherVersion, fault, end, progress, all } = room;
  return html`
    <p>${say(shared === undefined ? 'lead' : 'throwAway')}</p>
    ${isExact(recording) ? nothing : html`<p class="warn">${say('notExact')}</p>`}
    ${recording.isFull ? html`<p class="warn">${say('full')}</p>` : nothing}
    ${isOtherVersion ? html`<p class="warn">${say('otherVersion')}</p>` : nothing}
    ${fault === '' ? nothing : html`<p class="warn" role="alert">${fault}</p>`}
    ${
      progress === undefined
        ? nothing
        : html`<p class="progress"><label>${say('working')} <progress max=${Math.max(1, all)} value=${progress}></progress></label> ${progress}/${all}</p>`
    }
    ${end === undefined ? nothing : [drawRuler(room), drawMoment(room), drawWhatIf(room), drawSides(room)]}
  `;
}

function drawRuler(room: Room): TemplateResult {
  const { say, stops, wanted, sights, go, goToSight } = room;
  const last = stops.length - 1;
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'PageUp' && event.key !== 'PageDown') return;
    event.preventDefault();
    goToSight(event.key === 'PageUp' ? 1 : -1);
  };
  return html`<div class="ruler-row">
    <div class="time">
      <button type="button" class="tool small" ?disabled=${wanted === 0} @click=${() => go(wanted - 1)}>${say('back')}</button>
      <div class="ruler">
        <input
          type="range"
          aria-label=${say('ruler')}
          aria-describedby="replay-keys"
          aria-valuetext=${whereText(room)}
          min="0"
          max=${last}
          .value=${String(wanted)}
          @keydown=${key}
          @input=${(event: Event) => go(Number((event.currentTarget as HTMLInputElement).value))}
        />
        ${drawMarks(sights, last)}
      </div>
      <button type="button" class="tool small" ?disabled=${wanted === last} @click=${() => go(wanted + 1)}>${say('on')}</button>
    </div>
    <p class="where" role="status">${room.moment === undefined ? say('working') : whereText(room)}</p>
    <p class="hint" id="replay-keys">${say('keys')}</p>
    ${drawSights(room)}
  </div>`;
}

/** `7 of 20: git push · Mon, 2 Mar, 09:05 · push to main` */
function whereText({ say, stops, wanted, moment, textOf, timeOf, sights }: Room): string {
  const where = say('moment', { n: wanted, all: stops.length - 1, what: textOf(wanted).slice(0, 200) });
  const seen = sights.filter(({ stop }) => stop === wanted).map(({ word, values }) => say(word, values));
  const time = moment === undefined ? [] : [timeOf(moment.snapshot.kernel.now)];
  return [where, ...time, ...seen].join(' · ');
}

/** The middle of a range's thumb is half a thumb away from the ends. */
function drawMarks(sights: readonly Sight[], last: number): TemplateResult {
  const at = new Map(sights.map((sight) => [sight.stop, sight]));
  return html`<svg class="marks" aria-hidden="true">
    ${[...at.values()].map(
      ({ stop, sign, kind }) =>
        svg`<text class=${kind} x=${`${(100 * stop) / Math.max(1, last)}%`} y="11" text-anchor="middle">${sign}</text>`,
    )}
  </svg>`;
}

function drawSights({ say, sights, wanted, go }: Room): TemplateResult {
  if (sights.length === 0) return html`<p class="hint">${say('noSights')}</p>`;
  return html`<details class="sights"><summary>${say('sights', { n: sights.length })}</summary>
    <ul>${sights.map(
      ({ stop, sign, word, values }) =>
        html`<li><button type="button" class="plain-link" aria-current=${stop === wanted ? 'true' : nothing} @click=${() => go(stop)}><span aria-hidden="true">${sign}</span> ${stop}: ${say(word, values)}</button></li>`,
    )}</ul>
  </details>`;
}

function drawMoment(room: Room): TemplateResult {
  const { say, hosts, moment, end, screenText } = room;
  const files = (moment ?? end)?.snapshot.files ?? {};
  return html`<div class="moment-grid">
    <section class="desk" aria-label=${say('desk')}>
      <h3>${say('terminal')}</h3>
      <div aria-hidden="true">${hosts.screen}</div>
      <details><summary>${say('asText')}</summary><pre class="screen-text" tabindex="0" aria-label=${say('terminal')}>${screenText}</pre></details>
      ${drawFiles(room)}
      ${drawMessages(room)}
    </section>
    <section class="company" aria-label=${say('company')}>
      <h3>${say('runs')}</h3>
      <div class="view">${hosts.runs}</div>
      <div ?hidden=${!hasProduction(files)}>
        <h3>${say('production')}</h3>
        <div class="view">${hosts.production}</div>
      </div>
    </section>
  </div>`;
}

function drawFiles({ say, changes, looked, moment, look }: Room): TemplateResult {
  const text = looked === undefined || moment === undefined ? '' : textOf(moment.snapshot.files, looked);
  return html`
    <h3>${say('files')}</h3>
    ${
      changes.length === 0
        ? html`<p>${say('noFiles')}</p>`
        : changes.map(
            ({ path, text: changed }) =>
              html`<details class="changed" open><summary>${fromHome(path)}</summary><pre tabindex="0" aria-label=${fromHome(path)}>${changed ?? say('gone')}</pre></details>`,
          )
    }
    ${drawAllFiles({ say, moment, look, looked })}
    ${looked === undefined ? nothing : html`<pre class="whole" tabindex="0" aria-label=${fromHome(looked)}>${text}</pre>`}
  `;
}

function drawAllFiles({ say, moment, look, looked }: Pick<Room, 'say' | 'moment' | 'look' | 'looked'>): TemplateResult {
  const paths = Object.entries(moment?.snapshot.files ?? {}).flatMap(([path, { type }]) =>
    type === 'file' && path.startsWith('/home/') && !/\/(\.git|node_modules)\//.test(path) ? [path] : [],
  );
  return html`<label class="all-files">${say('allFiles', { n: paths.length })}
    <select @change=${(event: Event) => look((event.currentTarget as HTMLSelectElement).value)}>
      <option value="" .selected=${looked === undefined}></option>
      ${paths.map((path) => html`<option value=${path} .selected=${path === looked}>${fromHome(path)}</option>`)}
    </select>
  </label>`;
}

function drawMessages({ say, moment, timeOf }: Room): TemplateResult {
  const messages = moment === undefined ? [] : messagesIn(moment.snapshot.files);
  if (messages.length === 0) return html``;
  return html`<h3>${say('messages', { n: messages.length })}</h3>
    <ul class="messages">${messages
      .slice(0, MOST_MESSAGES)
      .map(({ at, to, title }) => html`<li><time>${timeOf(at)}</time> ${to}: ${title}</li>`)}</ul>`;
}
