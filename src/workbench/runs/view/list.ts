// Lists of runs and of pull requests, and what stands there while there are none.
import { html, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { prose } from '../../../lesson/prose.ts';
import { durationText, showRun } from '../model.ts';
import type { Room } from '../room.ts';
import { timeText } from './moment.ts';
import { drawPullState } from './pull-state.ts';
import { drawState } from './state.ts';

export function drawRunList(room: Room): TemplateResult {
  const { say, documents, now } = room;
  const several = documents.repositories.length > 1;
  const runs = documents.repositories
    .flatMap((repository) => repository.runs.map((run) => ({ run, repository })))
    .sort((a, b) => b.run.createdAt - a.run.createdAt || b.run.number - a.run.number);
  if (runs.length === 0) return drawNoRuns(room);
  return html`<ul class="run-list" aria-label=${say('runs')}>
    ${repeat(
      runs,
      ({ run }) => `${run.repository}#${run.number}`,
      ({ run, repository }) => {
        const { state, title, workflow, runNumber, event, branch, duration, isOver } = showRun(run, now);
        const facts = [
          ...(several ? [repository.name] : []),
          say('runNumber', { workflow, n: runNumber }),
          say('id', { n: run.number }),
          say('on', { event, branch }),
          say('at', { time: timeText(run.createdAt) }),
          say(isOver ? 'took' : 'runningFor', { time: durationText(duration) }),
        ];
        return html`<li>
          <button type="button" class="run-row" data-key="${repository.name}#${run.number}" @click=${() => room.go({ page: 'run', repository: repository.name, number: run.number })}>
            ${drawState(room, state)}
            <span class="run-title">${title}</span>
            <span class="run-facts">${facts.map((fact) => html`<span>${fact}</span> `)}</span>
          </button>
        </li>`;
      },
    )}
  </ul>`;
}

function drawNoRuns({ say }: Room): TemplateResult {
  return html`<section class="run-empty">
    <h3>${say('noRuns')}</h3>
    <p>${say('noRunsLead')}</p>
    <ol>
      ${(['noRunsFile', 'noRunsCommit', 'noRunsPush'] as const).map((key) => html`<li>${prose(say(key))}</li>`)}
    </ol>
    <p>${say('noRunsEnd')}</p>
  </section>`;
}

export function drawPullList(room: Room): TemplateResult {
  const { say, documents } = room;
  const several = documents.repositories.length > 1;
  const pulls = documents.repositories
    .flatMap((repository) => repository.pulls.map((pull) => ({ pull, repository })))
    .sort(
      (a, b) =>
        Number(b.pull.state === 'OPEN') - Number(a.pull.state === 'OPEN') || b.pull.createdAt - a.pull.createdAt,
    );
  if (pulls.length === 0) return html`<p class="run-empty">${prose(say('noPulls'))}</p>`;
  return html`<ul class="run-list" aria-label=${say('pulls')}>
    ${repeat(
      pulls,
      ({ pull, repository }) => `${repository.name}#${pull.number}`,
      ({ pull, repository }) => {
        const facts = [
          ...(several ? [repository.name] : []),
          say('pullNumber', { n: pull.number }),
          `${pull.head} → ${pull.base}`,
          say('by', { who: pull.author }),
        ];
        return html`<li>
          <button type="button" class="run-row" data-key="${repository.name}!${pull.number}" @click=${() => room.go({ page: 'pull', repository: repository.name, number: pull.number })}>
            ${drawPullState(room, pull)}
            <span class="run-title">${pull.title}</span>
            <span class="run-facts">${facts.map((fact) => html`<span>${fact}</span> `)}</span>
          </button>
        </li>`;
      },
    )}
  </ul>`;
}
