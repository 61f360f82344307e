// A teacher's view of a class: files are opened here and go nowhere.
import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { DayOutline } from '../lesson/outline.ts';
import { readFile } from '../progress/file.ts';
import { recordsIn } from '../repository/records-in.ts';
import { type Heat, heatOf, type Learner } from './heat.ts';

export interface Settings {
  readonly days: readonly DayOutline[];
  readonly words: Readonly<Record<string, string>>;
}

/** What one sitting takes: more is refused by name. */
const MOST = { files: 60, bytes: 40_000_000 } as const;

interface Refused {
  readonly name: string;
  readonly why: string;
}

const place = document.querySelector<HTMLElement>('#class');
if (place !== null) offer(place);

function offer(place: HTMLElement): void {
  const { days, words } = JSON.parse(place.dataset.settings ?? '{}') as Settings;
  const say = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
    (words[key] ?? key).replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
  const input = place.querySelector<HTMLInputElement>('input[type=file]');
  const status = place.querySelector<HTMLElement>('[role=status]');
  const result = place.querySelector<HTMLElement>('.result');

  input?.addEventListener('change', async () => {
    const files = [...(input.files ?? [])];
    // The same files may be chosen again.
    input.value = '';
    if (status) status.textContent = say('reading', { n: files.length });
    const learners: Learner[] = [];
    const refused: Refused[] = files.slice(MOST.files).map(({ name }) => ({ name, why: 'many' }));
    for (const file of files.slice(0, MOST.files)) {
      const read = await learnerIn(file);
      if ('why' in read) refused.push(read);
      else learners.push(read);
    }
    if (status) status.textContent = say('read', { n: learners.length, refused: refused.length });
    if (result) render(draw(heatOf(learners, days), days, refused, say), result);
  });
}

/** Damaged and hostile files are refused one by one: what others hold is shown. */
async function learnerIn(file: File): Promise<Learner | Refused> {
  const name = file.name.replace(/\.(json|zip)$/i, '').slice(0, 60);
  if (file.size > MOST.bytes) return { name, why: 'large' };
  try {
    const records: Learner['records'][number][] = [];
    for (const blob of await recordsIn(file)) {
      const contents = readFile(await blob.text());
      if ('ok' in contents) return { name, why: contents.reason };
      records.push(...contents.records);
    }
    return { name, records };
  } catch {
    return { name, why: 'damaged' };
  }
}

type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

function draw(
  { rows, stuck }: Heat,
  days: readonly DayOutline[],
  refused: readonly Refused[],
  say: Say,
): TemplateResult {
  const touched = days.filter(({ id }) => rows.some(({ steps }) => (steps[id] ?? 0) > 0) || rows.length === 0);
  return html`
    ${
      rows.length === 0
        ? nothing
        : html`<div class="scroll" tabindex="0" role="group" aria-label=${say('map')}>
            <table>
              <caption>${say('map')}</caption>
              <thead>
                <tr>
                  <th scope="col">${say('learner')}</th>
                  ${touched.map(({ id, title }) => html`<th scope="col" title=${title}>${Number(id.slice(1))}<span class="heard"> ${title}</span></th>`)}
                  <th scope="col">${say('next')}</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  ({ name, steps, next }) => html`<tr>
                    <th scope="row">${name}</th>
                    ${touched.map(({ id, steps: all }) => html`<td data-heat=${heatStep(steps[id] ?? 0, all.length)}>${steps[id]}/${all.length}</td>`)}
                    <td class="goal">${next ? html`${say('day', { n: Number(next.day.slice(1)) })} ${next.check.goal.replaceAll('`', '')}` : '–'}</td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
    ${
      stuck.length === 0
        ? nothing
        : html`<h2>${say('stuck')}</h2>
            <ol>${stuck.slice(0, 10).map(({ check, learners }) => html`<li>${check.goal.replaceAll('`', '')} (${say('learners', { n: learners })})</li>`)}</ol>`
    }
    ${
      refused.length === 0
        ? nothing
        : html`<h2>${say('refused')}</h2>
            <ul>${refused.map(({ name, why }) => html`<li>${name}: ${say(`why-${why}`)}</li>`)}</ul>`
    }
  `;
}

/** A shade from 0 to 4; the number beside it says the same. */
function heatStep(done: number, all: number): number {
  return all === 0 ? 0 : Math.floor((4 * done) / all);
}
