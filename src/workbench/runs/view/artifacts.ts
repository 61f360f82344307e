// The files that a run leaves behind.
import { html, nothing, type TemplateResult } from 'lit-html';
import { largestText } from '../../files.ts';
import { sizeOf } from '../../saved.ts';
import { sign, signs } from '../../view/signs.ts';
import type { ArtifactFile, Repository } from '../documents.ts';
import type { ShownRun } from '../model.ts';
import type { Room } from '../room.ts';
import { foldsBy } from './folds.ts';
import { drawText } from './log.ts';
import { timeText } from './moment.ts';

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
