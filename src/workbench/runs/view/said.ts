// What a run says: annotations, problems of its file, summaries.
import { html, nothing, type TemplateResult } from 'lit-html';
import { sign, signs } from '../../view/signs.ts';
import { inClone, type Repository } from '../documents.ts';
import type { ShownJob, ShownRun } from '../model.ts';
import type { Room } from '../room.ts';
import { visitFile } from '../visit.ts';
import type { RunsWord } from '../words.ts';
import { foldsBy } from './folds.ts';
import { drawMarkdown } from './markdown.ts';

const levels = ['error', 'warning', 'notice'] as const;
/** At first; the rest is a click away. */
const MOST = 20;
const shapes = { error: signs.cross, warning: 'M8 3v6M8 12.2v.2', notice: 'M8 7v5M8 3.8v.2' } as const;

/** What a run says of itself: errors first. */
export function drawAnnotations(room: Room, repository: Repository, { annotations }: ShownRun): TemplateResult {
  return drawNotes(
    room,
    repository,
    'annotations',
    levels.flatMap((level) => annotations.filter((one) => one.level === level)),
  );
}

/** Why the file of the workflow could not be read, or what looks wrong in it. */
export function drawProblems(room: Room, repository: Repository, { problems, path, jobs }: ShownRun): TemplateResult {
  const notes = problems.map(({ severity, message, line }) => ({ level: severity, message, file: path, line }));
  return drawNotes(room, repository, jobs.length === 0 ? 'problems' : 'remarks', notes);
}

type Note = Omit<ShownRun['annotations'][number], 'job'> & { readonly job?: string };

function drawNotes(room: Room, repository: Repository, title: RunsWord, notes: readonly Note[]): TemplateResult {
  const { say } = room;
  if (notes.length === 0) return html``;
  const drawAll = (some: readonly Note[]): TemplateResult =>
    html`<ul>${some.map((note) => drawNote(room, repository, note))}</ul>`;
  return html`<section class="run-annotations">
    <h4>${say(title)}</h4>
    ${drawAll(notes.slice(0, MOST))} ${drawRest(room, title, notes.slice(MOST), drawAll)}
  </section>`;
}

function drawNote(
  room: Room,
  repository: Repository,
  { level, message, title, file, line, job }: Note,
): TemplateResult {
  return html`<li data-level=${level}>
    <span class="run-level">${sign(shapes[level])} ${room.say(level)}</span>
    <div>
      ${title === undefined ? nothing : html`<strong>${title}</strong>`}
      <p>${message}</p>
      <p class="run-facts">${job === undefined ? nothing : html`<span>${job}</span>`} ${file === undefined ? nothing : drawPlace(room, repository, file, line)}</p>
    </div>
  </li>`;
}

function drawPlace(room: Room, { clone }: Repository, file: string, line: number | undefined): TemplateResult {
  const { bench, say } = room;
  const name = line === undefined ? file : say('place', { file, line });
  const path = inClone(bench.store.get().files, clone, file);
  if (path === undefined) return html`<code>${name}</code>`;
  return html`<button type="button" class="plain-link" @click=${() => visitFile(bench, path, line)}>${name}</button>`;
}

export function drawSummaries(room: Room, { jobs }: ShownRun): TemplateResult {
  const { say } = room;
  const told = jobs.filter(({ summary }) => summary.trim() !== '');
  if (told.length === 0) return html``;
  const drawAll = (some: readonly ShownJob[]): TemplateResult =>
    html`${some.map(
      ({ name, summary }) => html`<h4>${jobs.length === 1 ? say('summary') : say('summaryOf', { job: name })}</h4>
        ${drawMarkdown(summary, 4)}`,
    )}`;
  return html`<section class="run-summary">
    ${drawAll(told.slice(0, MOST))} ${drawRest(room, 'summary', told.slice(MOST), drawAll)}
  </section>`;
}

function drawRest<T>(
  room: Room,
  what: RunsWord,
  rest: readonly T[],
  draw: (rest: readonly T[]) => TemplateResult,
): TemplateResult {
  if (rest.length === 0) return html``;
  const key = `${JSON.stringify(room.route)}/${what}`;
  const open = room.isOpen(key, false);
  return html`<details class="run-rest" ?open=${open} @toggle=${foldsBy(room, key, open)}>
    <summary>${room.say('more', { n: rest.length })}</summary>
    ${open ? draw(rest) : nothing}
  </details>`;
}
