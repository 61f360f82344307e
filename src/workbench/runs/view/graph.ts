// The graph of a run's jobs: boxes that lead to the job, arrows behind them, and the same in words.
import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { curveOf, layGraph } from '../graph.ts';
import { durationText, type JobGroup, type ShownJob } from '../model.ts';
import type { Room } from '../room.ts';
import { drawShape } from './state.ts';

/** px; the styles agree. */
const HEAD = 32;
const ROW = 30;
const EDGE = 10;
/** Of a matrix, as many rows as these: the list below has all. */
const MOST_ROWS = 6;

export function drawGraph(room: Room, groups: readonly JobGroup[], visit: (job: ShownJob) => void): TemplateResult {
  const { say } = room;
  const graph = layGraph(
    groups.map(({ id, needs, kind, jobs }) => ({ id, needs, height: heightOf(kind, jobs.length) })),
  );
  const arrows = arrowText(groups);
  const byId = new Map(groups.map((group) => [group.id, group]));
  return html`<section class="run-graph" aria-label=${say('graph')} tabindex="0">
      <div class="run-boxes" style="width: ${graph.width}px; height: ${graph.height}px">
        <svg width=${graph.width} height=${graph.height} role=${arrows === '' ? 'presentation' : 'img'} aria-label=${arrows === '' ? nothing : arrows}>
          <defs>
            <marker id="run-tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M1 1l5 3-5 3"></path>
            </marker>
          </defs>
          ${graph.arrows.map((arrow) => svg`<path d=${curveOf(arrow)} marker-end="url(#run-tip)"></path>`)}
        </svg>
        ${graph.boxes.map(({ id, x, y, width, height }) => {
          const group = byId.get(id);
          return group === undefined
            ? nothing
            : html`<div class="run-box" data-run-state=${group.state} style="inset: ${y}px auto auto ${x}px; width: ${width}px; height: ${height}px">
                ${drawBox(room, group, visit)}
              </div>`;
        })}
      </div>
    </section>
    <details class="run-twin">
      <summary>${say('graphText')}</summary>
      <ol>
        ${groups.map(
          ({ id, needs, kind, jobs, state }) =>
            html`<li>
              <strong>${id}</strong>${kind === 'job' ? nothing : ` (${kindText(room, kind, jobs.length)})`}: ${say(state)};
              ${needs.length === 0 ? say('needsNothing') : say('needs', { jobs: needs.join(', ') })}.
            </li>`,
        )}
      </ol>
    </details>`;
}

function heightOf(kind: JobGroup['kind'], jobs: number): number {
  if (kind === 'job') return ROW + EDGE;
  return HEAD + Math.min(jobs, MOST_ROWS + 1) * ROW + EDGE;
}

function kindText({ say }: Room, kind: JobGroup['kind'], jobs: number): string {
  return `${say(kind === 'matrix' ? 'matrix' : 'calledWorkflow')}, ${say('parts', { n: jobs })}`;
}

function drawBox(room: Room, { id, kind, jobs }: JobGroup, visit: (job: ShownJob) => void): TemplateResult {
  const shown = jobs.length > MOST_ROWS + 1 ? jobs.slice(0, MOST_ROWS) : jobs;
  return html`${kind === 'job' ? nothing : html`<p class="run-group" title=${id}><strong>${id}</strong> ${kindText(room, kind, jobs.length)}</p>`}
    ${shown.map(
      (job) => html`<button type="button" title=${job.name} @click=${() => visit(job)}>
        ${drawShape(room, job.state)} <span class="run-name">${shortName(job, id, kind)}</span>
        <span class="run-time">${job.endedAt === undefined || job.state === 'skipped' ? '' : durationText(job.endedAt - job.startedAt)}</span>
      </button>`,
    )}
    ${shown.length < jobs.length ? html`<p class="run-more">${room.say('more', { n: jobs.length - shown.length })}</p>` : nothing}`;
}

/** Within its box a job need not repeat the box's name. */
function shortName({ name }: ShownJob, id: string, kind: JobGroup['kind']): string {
  if (kind === 'workflow') return name.includes(' / ') ? name.slice(name.indexOf(' / ') + 3) : name;
  const inside = kind === 'matrix' && name.startsWith(`${id} (`) ? name.slice(id.length + 2, -1) : '';
  return inside === '' ? name : inside;
}

function arrowText(groups: readonly JobGroup[]): string {
  return groups
    .filter(({ needs }) => needs.length > 0)
    .map(({ id, needs }) => `${needs.join(', ')} → ${id}`)
    .join('; ');
}
