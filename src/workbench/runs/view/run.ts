// A run's page.
import { html, nothing, type TemplateResult } from 'lit-html';
import { prose } from '../../../lesson/prose.ts';
import { gh } from '../commands.ts';
import { inClone, type Repository } from '../documents.ts';
import { billedMinutes, durationText, groupsOf, type ShownJob, type ShownRun, showRun } from '../model.ts';
import { type Room, repositoryOf } from '../room.ts';
import { visitFile } from '../visit.ts';
import { type Action, drawActions } from './acts.ts';
import { drawArtifacts } from './artifacts.ts';
import { drawGraph } from './graph.ts';
import { drawJobs, jobKey } from './jobs.ts';
import { timeText } from './moment.ts';
import { drawAnnotations, drawProblems, drawSummaries } from './said.ts';
import { drawState } from './state.ts';

export function drawRun(room: Room, name: string, number: number): TemplateResult {
  const { say, now } = room;
  const repository = repositoryOf(room, name);
  const stored = repository?.runs.find((one) => one.number === number);
  if (repository === undefined || stored === undefined) return html`<p class="run-empty">${say('gone')}</p>`;
  const run = showRun(stored, now);
  const waiting = [...new Set(run.waiting.map(({ environment }) => environment))];
  return html`<article class="run-page">
    <header>
      <h3 tabindex="-1">${drawState(room, run.state)} ${run.title}</h3>
      ${drawFacts(room, repository, run)}
    </header>
    ${waiting.map((environment) => html`<p class="run-waits">${prose(say('waitsFor', { environment }))}</p>`)}
    ${drawActions(room, repository, actionsOf(run, waiting))}
    ${run.jobs.length > 1 ? drawGraph(room, groupsOf(run.jobs), (job) => visitJob(room, run, job)) : nothing}
    ${drawProblems(room, repository, run)} ${drawAnnotations(room, repository, run)}
    ${run.jobs.length > 0 ? drawJobs(room, run) : nothing}
    ${drawSummaries(room, run)}
    ${drawArtifacts(room, repository, run)}
  </article>`;
}

function drawFacts(room: Room, repository: Repository, run: ShownRun): TemplateResult {
  const { say, bench } = room;
  const path = inClone(bench.store.get().files, repository.clone, run.path);
  const facts = [
    say('runNumber', { workflow: run.workflow, n: run.runNumber }),
    say('id', { n: run.number }),
    ...(run.attempt > 1 ? [say('attempt', { n: run.attempt })] : []),
    say('on', { event: run.event, branch: run.branch }),
    say('commit', { id: run.commit.slice(0, 7) }),
    say('by', { who: run.actor }),
    say('at', { time: timeText(run.createdAt) }),
  ];
  return html`<p class="run-facts">${facts.map((fact) => html`<span>${fact}</span> `)}</p>
    <p class="run-facts">
      <span>${say(run.isOver ? 'took' : 'runningFor', { time: durationText(run.duration) })} (${say('simulated')})</span>
      <span title=${say('billedWhy')}>${say('billed', { n: billedMinutes(run.jobs) })}</span>
      ${
        path === undefined
          ? html`<code>${run.path}</code>`
          : html`<button type="button" class="plain-link" @click=${() => visitFile(bench, path)}>${say('file', { file: run.path })}</button>`
      }
    </p>`;
}

function actionsOf({ number, state, isOver, jobs }: ShownRun, waiting: readonly string[]): readonly Action[] {
  // A file that cannot be read gives the same again: it is the next push that runs.
  if (isOver && jobs.length === 0) return [];
  if (isOver)
    return [
      { label: 'rerun', command: gh.rerun(number) },
      ...(state === 'failure' || state === 'cancelled'
        ? [{ label: 'rerunFailed', command: gh.rerunFailed(number) } as const]
        : []),
    ];
  return [
    ...waiting.flatMap((environment) => [
      { label: 'approve', command: gh.review(number, environment, 'approved'), main: true } as const,
      { label: 'reject', command: gh.review(number, environment, 'rejected') } as const,
    ]),
    ...(waiting.length === 0 ? [{ label: 'watch', command: gh.watch(number), main: true } as const] : []),
    { label: 'cancel', command: gh.cancel(number) },
  ];
}

/** What to unfold to see a job of a run, by its name or its key in the file, and a step of it by its name; `job` is its place. */
export function placeIn(
  run: ShownRun,
  job: string | undefined,
  step: string | undefined,
): { readonly keys: readonly string[]; readonly job?: number } {
  const found = run.jobs.find(({ name, id }) => name === job || id === job);
  if (found === undefined) return { keys: [] };
  const key = jobKey(run, found);
  const index = found.steps.findIndex(({ name }) => name === step);
  return { keys: [key, ...(index < 0 ? [] : [`${key}/${index}`])], job: found.place };
}

/** From a box of the graph to the job in the list below it, unfolded. */
function visitJob(room: Room, run: ShownRun, job: ShownJob): void {
  room.setOpen(jobKey(run, job), true);
  const find = (): void => {
    const summary = document.querySelector<HTMLElement>(`.runs-host [data-job="${job.place}"] > summary`);
    summary?.focus({ preventScroll: true });
    summary?.scrollIntoView({ block: 'start' });
  };
  requestAnimationFrame(() => requestAnimationFrame(find));
}
