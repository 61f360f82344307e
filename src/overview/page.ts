// Draws the overview of the learner's progress from the records.
import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { Language } from '../../sandbox/machine/words.ts';
import { openStore } from '../course/store.ts';
import { calendarDay } from '../progress/calendar-day.ts';
import type { Progress } from '../progress/contract.ts';
import { download } from '../progress/download.ts';
import { dueOn, type ReviewItem, schedule } from '../review/schedule.ts';
import { type Calendar, type CalendarDay, calendarOf, WEEK_GOAL, type Week } from './calendar.ts';
import { csvOf } from './csv.ts';
import { skillsOf } from './skills.ts';
import { timeSpent } from './time.ts';

export interface Settings {
  readonly language: Language;
  readonly items: readonly ReviewItem[];
  /** Address of the page of reviews. */
  readonly review: string;
  readonly written: readonly { readonly id: string; readonly title: string; readonly stages: readonly string[] }[];
  readonly stages: readonly { readonly stage: string; readonly name: string }[];
  readonly words: Readonly<Record<string, string>>;
}

/** Weeks that are shown: a quarter of a year. */
const SHOWN_WEEKS = 13;
const MINUTE = 60_000;

const place = document.querySelector<HTMLElement>('#overview');
if (place !== null) {
  const store = await openStore();
  const settings = JSON.parse(place.dataset.settings ?? '{}') as Settings;
  if (store !== undefined) {
    const show = (): void => {
      render(draw(store, settings, Date.now()), place);
    };
    store.subscribe(show);
    show();
  }
}

/** @param now ms since 1970. */
function draw(store: Progress, settings: Settings, now: number): TemplateResult {
  const records = store.records();
  const say = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
    (settings.words[key] ?? key).replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
  const calendar = calendarOf(records, now);
  const due = dueOn(calendarDay(now), schedule(settings.items, store.days()));
  const spent = timeSpent(records);
  return html`
    <div class="part">
      <h2>${say('week')}</h2>
      <p class="big">${say('thisWeek', { n: calendar.thisWeek, goal: WEEK_GOAL })}</p>
      <p>${say('streak', { streak: calendar.streak, freezes: calendar.freezes })} ${say('ever', { best: calendar.best, total: calendar.total })}</p>
      ${due.length === 0 ? nothing : html`<p>${say('due', { n: due.length })} <a href=${settings.review}>${say('review')}</a></p>`}
      ${drawCalendar(calendar, settings.language, say)}
    </div>
    <div class="part">
      <h2>${say('skills')}</h2>
      <div class="scroll">
        <table>
          <caption>${say('skillsLead')}</caption>
          <thead>
            <tr><th scope="col">${say('stage')}</th><th scope="col">${say('days')}</th><th scope="col">${say('done')}</th><th scope="col">${say('learned')}</th></tr>
          </thead>
          <tbody>
            ${skillsOf(
              settings.written,
              settings.stages.map(({ stage }) => stage),
              store.days(),
            ).map(
              ({ stage, days, done, learned }) =>
                html`<tr><th scope="row">${settings.stages.find((one) => one.stage === stage)?.name}</th><td>${days}</td><td>${done}</td><td>${learned}</td></tr>`,
            )}
          </tbody>
        </table>
      </div>
    </div>
    <div class="part">
      <h2>${say('time')}</h2>
      <p>${say('timeLead', {
        time: timeOf(
          Object.values(spent).reduce((sum, ms) => sum + ms, 0),
          say,
        ),
      })}</p>
      ${drawTimes(settings, spent, say)}
      <div class="choices unprinted">
        <button class="button quiet" type="button" @click=${() => download(new Blob([csvOf(records)], { type: 'text/csv' }), 'noventa.csv')}>${say('csv')}</button>
        <button class="button quiet" type="button" @click=${() => window.print()}>${say('print')}</button>
      </div>
    </div>
  `;
}

type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

function drawCalendar({ weeks }: Calendar, language: Language, say: Say): TemplateResult {
  const shown = weeks.slice(-SHOWN_WEEKS);
  const name = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const date = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const moment = (day: number): Date => new Date(day * 86_400_000);
  const cell = ({ day, kind, done }: CalendarDay): TemplateResult =>
    html`<td data-kind=${kind}>
      <span aria-hidden="true">${{ learned: '●', rest: '·', ahead: '' }[kind]}</span>
      <span class="heard">${date.format(moment(day))}: ${kind === 'learned' ? say('dayLearned', { n: done }) : say(kind)}</span>
    </td>`;
  const row = (week: Week): TemplateResult =>
    html`<tr>
      <th scope="row">${date.format(moment(week.monday))}</th>
      ${week.days.map(cell)}
      <td>${say(`week-${week.kind}`, { n: week.learned, goal: WEEK_GOAL })}</td>
    </tr>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${say('calendar')}>
    <table class="calendar">
      <caption>${say('calendar')}</caption>
      <thead>
        <tr>
          <th scope="col">${say('weekOf')}</th>
          ${shown.at(-1)?.days.map(({ day }) => html`<th scope="col">${name.format(moment(day))}</th>`)}
          <th scope="col">${say('result')}</th>
        </tr>
      </thead>
      <tbody>${shown.map(row)}</tbody>
    </table>
  </div>`;
}

function drawTimes(
  { written }: Settings,
  spent: Readonly<Record<string, number>>,
  say: Say,
): TemplateResult | typeof nothing {
  const rows = written.filter(({ id }) => (spent[id] ?? 0) > 0);
  if (rows.length === 0) return nothing;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr><th scope="col">${say('day')}</th><th scope="col">${say('spent')}</th></tr>
      </thead>
      <tbody>
        ${rows.map(({ id, title }) => html`<tr><th scope="row">${title}</th><td>${timeOf(spent[id] ?? 0, say)}</td></tr>`)}
      </tbody>
    </table>
  </div>`;
}

function timeOf(ms: number, say: Say): string {
  const minutes = Math.round(ms / MINUTE);
  return minutes < 60 ? say('minutes', { n: minutes }) : say('hours', { h: Math.floor(minutes / 60), m: minutes % 60 });
}
