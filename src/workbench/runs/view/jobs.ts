// The jobs of a run, their steps, and what each step wrote.
import { html, nothing, type TemplateResult } from 'lit-html';
import { durationText, type ShownJob, type ShownRun, type ShownStep } from '../model.ts';
import type { Room } from '../room.ts';
import { foldsBy } from './folds.ts';
import { drawLog } from './log.ts';
import { drawState } from './state.ts';

export function drawJobs(room: Room, run: ShownRun): TemplateResult {
  return html`<section class="run-jobs">
    <h4>${room.say('jobs')}</h4>
    ${run.jobs.map((job) => drawJob(room, run, job))}
  </section>`;
}

/** Names what is unfolded, in this attempt. */
export function jobKey(run: ShownRun, job: ShownJob): string {
  return `${run.repository}#${run.number}.${run.attempt}/${job.place}`;
}

function drawJob(room: Room, run: ShownRun, job: ShownJob): TemplateResult {
  const key = jobKey(run, job);
  const open = room.isOpen(key, run.jobs.length === 1 || job === run.jobs.find(({ state }) => state === 'failure'));
  return html`<details class="run-job" data-job=${job.place} ?open=${open} @toggle=${foldsBy(room, key, open)}>
    <summary>
      ${drawState(room, job.state)} <span class="run-name">${job.name}</span>
      <span class="run-time">${timeOf(room, job)}</span>
    </summary>
    ${open ? drawSteps(room, key, job) : nothing}
  </details>`;
}

function drawSteps(room: Room, key: string, job: ShownJob): TemplateResult {
  const { say } = room;
  const needs =
    job.needs.length === 0 ? nothing : html`<p class="run-none">${say('needs', { jobs: job.needs.join(', ') })}</p>`;
  if (job.steps.length === 0)
    return html`${needs}<p class="run-none">${say(job.endedAt === undefined ? 'noSteps' : 'noStepsSkipped')}</p>`;
  return html`${needs}
    <ol>
      ${job.steps.map((step, index) => html`<li>${drawStep(room, `${key}/${index}`, step)}</li>`)}
    </ol>`;
}

function drawStep(room: Room, key: string, step: ShownStep): TemplateResult {
  const open = room.isOpen(key, step.state === 'failure');
  return html`<details class="run-step" ?open=${open} @toggle=${foldsBy(room, key, open)}>
    <summary>
      ${drawState(room, step.state)} <span class="run-name">${step.name}</span>
      <span class="run-time">${timeOf(room, step)}</span>
    </summary>
    ${open ? drawLog(room, step.name, step.log) : nothing}
  </details>`;
}

function timeOf(
  { now }: Room,
  { state, startedAt, endedAt }: Pick<ShownStep, 'state' | 'startedAt' | 'endedAt'>,
): string {
  if (state === 'skipped' || state === 'pending' || state === 'queued') return '';
  return durationText(Math.max(0, (endedAt ?? now) - startedAt));
}
