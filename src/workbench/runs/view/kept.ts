// What a run leaves behind: annotations, artifacts, summaries.
import { html, nothing, type TemplateResult } from 'lit-html';
import { largestText } from '../../files.ts';
import { sizeOf } from '../../saved.ts';
import { sign, signs } from '../../view/text.ts';
import { type ArtifactFile, inClone, type Repository } from '../documents.ts';
import type { ShownRun } from '../model.ts';
import type { Room } from '../room.ts';
import { visitFile } from '../visit.ts';
import type { RunsWord } from '../words.ts';
import { foldsBy } from './folds.ts';
import { drawText } from './log.ts';
import { drawMarkdown } from './markdown.ts';
import { timeText } from './moment.ts';

const levels = ['error', 'warning', 'notice'] as const;
const shapes = { error: signs.cross, warning: 'M8 3v6M8 12.2v.2', notice: 'M8 7v5M8 3.8v.2' } as const;

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
  return html`<section class="run-annotations">
    <h4>${say(title)}</h4>
    <ul>
      ${notes.map(
        ({ level, message, title, file, line, job }) => html`<li data-level=${level}>
          <span class="run-level">${sign(shapes[level])} ${say(level)}</span>
          <div>
            ${title === undefined ? nothing : html`<strong>${title}</strong>`}
            <p>${message}</p>
            <p class="run-facts">${job === undefined ? nothing : html`<span>${job}</span>`} ${file === undefined ? nothing : drawPlace(room, repository, file, line)}</p>
          </div>
        </li>`,
      )}
    </ul>
  </section>`;
}

function drawPlace(room: Room, { clone }: Repository, file: string, line: number | undefined): TemplateResult {
  const { bench, say } = room;
  const name = line === undefined ? file : say('place', { file, line });
  const path = inClone(bench.store.get().files, clone, file);
  if (path === undefined) return html`<code>${name}</code>`;
  return html`<button type="button" class="plain-link" @click=${() => visitFile(bench, path, line)}>${name}</button>`;
}

export function drawArtifacts(room: Room, repository: Repository, run: ShownRun): TemplateResult {
  const { say } = room;
  if (run.artifacts.length === 0) return html``;
  return html`<section class="run-artifacts">
    <h4>${say('artifacts')}</h4>
    ${run.artifacts.map(({ name, uploadedAt }) => {
      const files = repository.artifact(run.number, name);
      const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
      const key = `${run.repository}#${run.number}.${run.attempt}/artifact/${name}`;
      const open = room.isOpen(key, false);
      return html`<details class="run-job" ?open=${open} @toggle=${foldsBy(room, key, open)}>
        <summary>
          ${sign(signs.folder)} <span class="run-name">${name}</span>
          <span class="run-time">${files.length === 1 ? say('oneFile') : say('filesCount', { n: files.length })}, ${sizeOf(size, room.language)}, ${say('at', { time: timeText(uploadedAt) })}</span>
        </summary>
        ${open ? html`<ul>${files.map((file) => html`<li>${drawFile(room, `${key}/${file.path}`, file)}</li>`)}</ul>` : nothing}
      </details>`;
    })}
  </section>`;
}

function drawFile(room: Room, key: string, { path, bytes }: ArtifactFile): TemplateResult {
  const { say, language } = room;
  const text = textOf(bytes);
  const size = sizeOf(bytes.length, language);
  if (text === undefined) {
    const why = say(bytes.length > largestText ? 'tooLarge' : 'notText');
    return html`<p class="run-none">${path} (${size}, ${why})</p>`;
  }
  const open = room.isOpen(key, false);
  return html`<details class="run-step" ?open=${open} @toggle=${foldsBy(room, key, open)}>
    <summary>${sign(signs.file)} <span class="run-name">${path}</span> <span class="run-time">${size}</span></summary>
    ${open ? drawText(path, text) : nothing}
  </details>`;
}

function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.length > largestText || bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function drawSummaries({ say }: Room, { jobs }: ShownRun): TemplateResult {
  const told = jobs.filter(({ summary }) => summary.trim() !== '');
  if (told.length === 0) return html``;
  return html`<section class="run-summary">
    ${told.map(
      ({
        name,
        summary,
      }) => html`<h4>${told.length === 1 && jobs.length === 1 ? say('summary') : say('summaryOf', { job: name })}</h4>
        ${drawMarkdown(summary, 4)}`,
    )}
  </section>`;
}
