// The page of reviews: what is due today, one item after the other.
import { html, nothing, render, type TemplateResult } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import { type Asked, askWith } from '../../../sandbox/hosts/asking.ts';
import type { Language } from '../../../sandbox/machine/words.ts';
import { openStore } from '../../course/store.ts';
import type { DayNames } from '../../day-assets/contract.ts';
import { calendarDay } from '../../progress/calendar-day.ts';
import type { Progress } from '../../progress/contract.ts';
import { questionOf } from '../questions.ts';
import { type DueItem, dueOn, newlyLearned, type ReviewItem, schedule, sitting } from '../schedule.ts';
import type { OpenIncident } from './incident.ts';
import { type Answer, drawQuestion, drawVerdict, judgeAnswer } from './question.ts';
import { type Say, sayFrom } from './words.ts';

interface Settings {
  readonly language: Language;
  readonly base: string;
  readonly items: readonly ReviewItem[];
  readonly incidents: Readonly<Record<string, DayNames>>;
  /** Day id → its title and address. */
  readonly days: Readonly<Record<string, { readonly title: string; readonly href: string }>>;
  readonly words: Readonly<Record<string, string>>;
}

type Now =
  | { readonly at: 'overview' }
  | {
      readonly at: 'question';
      readonly asked: Asked;
      readonly seed: string;
      readonly answer?: Answer;
      readonly unread?: true;
    }
  | { readonly at: 'incident'; readonly seed: string; readonly state: 'ready' | 'open' | 'passed' | 'broken' }
  | { readonly at: 'end' };

const place = document.querySelector<HTMLElement>('#review');
const store = place === null ? undefined : await openStore();
if (place) await begin(place, store);

async function begin(place: HTMLElement, store: Progress | undefined): Promise<void> {
  const settings = JSON.parse(place.dataset.settings ?? '{}') as Settings;
  const say = sayFrom(settings.words);
  place.replaceChildren();
  if (store === undefined) render(html`<p role="status">${say('notRead')}</p>`, place);
  else runReview(place, store, settings, say);
}

function runReview(place: HTMLElement, store: Progress, settings: Settings, say: Say): void {
  const { language, items, days } = settings;
  let queue: readonly DueItem[] = [];
  let index = 0;
  let right = 0;
  let learned: readonly string[] = [];
  let now: Now = { at: 'overview' };
  let incident: OpenIncident | undefined;
  /** What was answered is written in its order, and before anything is said of it. */
  let noted: Promise<void> = Promise.resolve();

  const scheduled = (): readonly DueItem[] => schedule(items, store.days());
  const today = (): number => calendarDay(Date.now());
  const current = (): DueItem | undefined => queue[index];

  function show(next: Now, focus?: string): void {
    now = next;
    render(draw(), place);
    if (focus !== undefined) place.querySelector<HTMLElement>(focus)?.focus();
  }

  async function start(chosen: readonly DueItem[]): Promise<void> {
    queue = chosen;
    index = 0;
    right = 0;
    learned = [];
    await ask();
  }

  /** Asks the current item, or ends. */
  async function ask(): Promise<void> {
    const item = current();
    if (item === undefined) return show({ at: 'end' }, 'h2');
    const seed = `${item.id}#${item.times + 1}`;
    if (Object.hasOwn(settings.incidents, item.id)) return show({ at: 'incident', seed, state: 'ready' }, 'h2');
    try {
      show({ at: 'question', asked: askWith(await questionOf(item.id), seed), seed }, 'h2');
    } catch (error) {
      console.error(error);
      index += 1;
      await ask();
    }
  }

  function note(seed: string, rating: 1 | 2 | 3): void {
    const item = current();
    if (item === undefined) return;
    if (rating > 1) right += 1;
    noted = noted.then(() => write(item, seed, rating)).catch(console.error);
  }

  async function write(item: DueItem, seed: string, rating: 1 | 2 | 3): Promise<void> {
    await store.record({ type: 'ItemReviewed', day: item.day, item: item.id, seed, rating });
    for (const day of newlyLearned(items, store.days())) {
      await store.record({ type: 'DayLearned', day });
      learned = [...learned, day];
    }
  }

  function answer(given: string): void {
    if (now.at !== 'question' || now.answer !== undefined) return;
    const judged = judgeAnswer(now.asked, given);
    const { answer: _, unread: __, ...asked } = now;
    if (judged === undefined) {
      show({ ...asked, unread: true }, 'input');
      return;
    }
    note(now.seed, judged.right ? 3 : 1);
    show({ ...asked, answer: judged }, '.next');
  }

  async function next(): Promise<void> {
    const answered = index;
    await incident?.close();
    incident = undefined;
    await noted;
    // Pressed twice, it is still one item further.
    if (index !== answered) return;
    index += 1;
    await ask();
  }

  async function openIncident(): Promise<void> {
    const item = current();
    const names = item && settings.incidents[item.id];
    if (now.at !== 'incident' || item === undefined || names === undefined) return;
    const { seed } = now;
    show({ at: 'incident', seed, state: 'open' });
    const container = place.querySelector<HTMLElement>('.mount');
    if (container === null) return;
    try {
      const door = await import('./incident.ts');
      incident = await door.openIncident({
        container,
        id: item.id,
        seed,
        language,
        base: settings.base,
        names,
        onPassed: (helped) => {
          note(seed, helped ? 2 : 3);
          show({ at: 'incident', seed, state: 'passed' });
        },
      });
    } catch (error) {
      console.error(error);
      container.replaceChildren();
      show({ at: 'incident', seed, state: 'broken' });
    }
  }

  async function giveUp(): Promise<void> {
    if (now.at === 'incident') note(now.seed, 1);
    await next();
  }

  function draw(): TemplateResult {
    if (now.at === 'overview') return drawOverview();
    if (now.at === 'end') return drawEnd();
    const item = current();
    const day = item && days[item.day];
    return html`
      <h2 tabindex="-1" data-item=${item?.id ?? nothing}>
        <span class="count">${say('count', { n: index + 1, of: queue.length })}</span>
        ${say(now.at === 'incident' ? 'incident' : 'question')}
      </h2>
      ${day && html`<p class="from">${say('from')} <a href=${day.href}>${day.title}</a></p>`}
      ${now.at === 'question' ? drawAsked(now) : drawIncident(now)}
    `;
  }

  function drawAsked({ asked, seed, answer: judged, unread }: Extract<Now, { at: 'question' }>): TemplateResult {
    return html`
      ${keyed(`${seed} ${index}`, drawQuestion({ asked, answer: judged, language, say, onAnswer: answer }))}
      <div class="told" role="status">
        ${unread ? html`<p>${say(asked.kind === 'choice' ? 'chooseFirst' : 'unread')}</p>` : nothing}
        ${judged ? drawVerdict(asked, judged, language, say) : nothing}
      </div>
      ${judged ? html`<button class="button next" type="button" @click=${next}>${say(isLast() ? 'finish' : 'next')}</button>` : nothing}
    `;
  }

  function drawIncident({ state }: Extract<Now, { at: 'incident' }>): TemplateResult {
    const words = { ready: 'incidentLead', open: 'incidentOpen', passed: 'incidentPassed', broken: 'incidentBroken' };
    return html`
      <p role="status">${say(words[state])}</p>
      <div class="choices">
        ${state === 'ready' || state === 'broken' ? html`<button class="button" type="button" @click=${openIncident}>${say(state === 'ready' ? 'begin' : 'retry')}</button>` : nothing}
        ${state === 'passed' ? html`<button class="button next" type="button" @click=${next}>${say(isLast() ? 'finish' : 'next')}</button>` : nothing}
        ${state === 'ready' || state === 'broken' ? html`<button class="button quiet" type="button" @click=${next}>${say('skip')}</button>` : nothing}
        ${state === 'open' ? html`<button class="button quiet" type="button" @click=${giveUp}>${say('giveUp')}</button>` : nothing}
      </div>
      <div class="mount" ?hidden=${state === 'ready' || state === 'broken'}></div>
    `;
  }

  const isLast = (): boolean => index === queue.length - 1;

  function drawOverview(): TemplateResult {
    const all = scheduled();
    if (all.length === 0) return html`<p>${say('none')}</p>`;
    const due = dueOn(today(), all);
    const chosen = sitting(due);
    if (due.length === 0) return drawNothingDue(all);
    return html`
      <p>${say('today', { due: due.length, n: chosen.length, minutes: minutesOf(chosen) })}</p>
      <button class="button" type="button" @click=${() => start(chosen)}>${say('start')}</button>
    `;
  }

  function drawNothingDue(all: readonly DueItem[]): TemplateResult {
    const first = all[0];
    const when = first === undefined ? '' : dateOf(first.due, language);
    return html`
      <p>${say('nothingDue', { date: when })}</p>
      <button class="button quiet" type="button" @click=${() => start(sitting(all))}>${say('anyway')}</button>
    `;
  }

  function drawEnd(): TemplateResult {
    const all = scheduled();
    const due = dueOn(today(), all);
    const first = all.find((item) => item.due > today());
    return html`
      <h2 tabindex="-1">${say('done')}</h2>
      <p>${say('score', { right, of: queue.length })}</p>
      ${learned.map((id) => html`<p class="learned">${say('learned', { day: days[id]?.title ?? id })}</p>`)}
      ${due.length === 0 && first ? html`<p>${say('nothingDue', { date: dateOf(first.due, language) })}</p>` : nothing}
      ${due.length > 0 ? html`<p>${say('more', { due: due.length })}</p>` : nothing}
      ${due.length > 0 ? html`<button class="button" type="button" @click=${() => start(sitting(due))}>${say('goOn')}</button>` : nothing}
    `;
  }

  show({ at: 'overview' });
}

function minutesOf(items: readonly DueItem[]): number {
  return items.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** @param day as `calendarDay` counts. */
function dateOf(day: number, language: Language): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language, options).format(new Date(day * 86_400_000));
}
