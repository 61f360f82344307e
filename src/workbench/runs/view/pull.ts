// A pull request's page: its checks, its reviews, and what it waits for.
import { html, nothing, type TemplateResult } from 'lit-html';
import { type MergeState, mergeStateOf, type PullRequest, type Wait } from '../../../../sandbox/hosts/forge-view.ts';
import { prose } from '../../../lesson/prose.ts';
import { checksOf, type ShownCheck } from '../merge.ts';
import { type Room, repositoryOf } from '../room.ts';
import { drawActions } from './acts.ts';
import { drawMarkdown } from './markdown.ts';
import { timeText } from './moment.ts';
import { actionsOf } from './pull-actions.ts';
import { drawPullState } from './pull-state.ts';
import { drawState } from './state.ts';

/** Who sits at the desk. */
const LEARNER = 'dev';

export function drawPull(room: Room, name: string, number: number): TemplateResult {
  const { say, now } = room;
  const repository = repositoryOf(room, name);
  const pull = repository?.pulls.find((one) => one.number === number);
  if (repository === undefined || pull === undefined) return html`<p class="run-empty">${say('gone')}</p>`;
  const said = repository.checks(pull.headCommit);
  const checks = checksOf(pull, repository.settings, said, now);
  const merge = mergeStateOf(pull, repository.settings, said, now);
  return html`<article class="run-page">
    <header>
      <h3 tabindex="-1">${drawPullState(room, pull)} ${pull.title} <span class="run-number">${say('pullNumber', { n: number })}</span></h3>
      <p class="run-facts">
        <span>${prose(say('wants', { author: pull.author, head: `\`${pull.head}\``, base: `\`${pull.base}\`` }))}</span>
        <span>${say('commit', { id: pull.headCommit.slice(0, 7) })}</span>
        <span>${say('at', { time: timeText(pull.createdAt) })}</span>
        ${drawExtent(room, pull)}
        ${pull.labels.length > 0 ? html`<span>${say('labels', { names: pull.labels.join(', ') })}</span>` : nothing}
      </p>
    </header>
    ${pull.body.trim() === '' ? nothing : drawMarkdown(pull.body, 3)}
    <section class="run-merge" data-merge=${merge.state}>
      <h4>${say('merge')}</h4>
      ${drawMergeState(room, pull, merge)}
    </section>
    ${drawActions(room, repository, actionsOf(pull, merge, repository.settings, LEARNER))}
    ${drawChecks(room, name, checks)} ${drawReviews(room, pull)} ${drawComments(room, pull)} ${drawFiles(room, pull)}
  </article>`;
}

function drawMergeState(
  room: Room,
  pull: PullRequest,
  { state, status, waitsFor, isQueueRequired }: MergeState,
): TemplateResult {
  const { say } = room;
  const { mergedBy, base, autoMerge } = pull;
  if (state === 'merged') return html`<p>${say('wasMerged', { who: mergedBy ?? '' })}</p>`;
  if (state === 'closed') return html`<p>${say('wasClosed')}</p>`;
  if (state === 'queued') return html`<p>${prose(say('isQueued', { base }))}</p>`;
  const notes = [
    ...(autoMerge === undefined ? [] : [say('autoMerge', { by: autoMerge.by, method: autoMerge.method })]),
    ...(isQueueRequired ? [say('needsQueue', { base })] : []),
    ...(state === 'ready' && status === 'UNSTABLE' ? [say('optionalFails')] : []),
  ];
  return html`<p>${say(state === 'ready' ? 'canMerge' : 'cannotMerge')}</p>
    ${waitsFor.length > 0 ? html`<ul>${waitsFor.map((wait) => html`<li>${prose(waitText(room, pull, wait))}</li>`)}</ul>` : nothing}
    ${notes.map((note) => html`<p>${prose(note)}</p>`)}`;
}

function waitText({ say }: Room, { base }: PullRequest, wait: Wait): string {
  switch (wait.kind) {
    case 'draft':
      return say('waitDraft');
    case 'conflicts':
      return say('waitConflicts', { base, paths: wait.paths.map((path) => `\`${path}\``).join(', ') });
    case 'behind':
      return say('waitBehind', { base });
    case 'check':
      return say('waitCheck', { name: wait.name, state: say(checkWords[wait.state]) });
    case 'reviews':
      return say('waitReviews', { have: wait.have, need: wait.need });
    case 'changes':
      return say('waitChanges', { by: wait.by });
    case 'owners':
      return say('waitOwners', { who: wait.who.join(', ') });
    case 'lastPush':
      return say('waitLastPush', { by: wait.by });
    case 'locked':
      return say('waitLocked', { base });
  }
}

const checkWords = { expected: 'expected', pending: 'in_progress', failing: 'failure', passing: 'success' } as const;

function drawExtent({ say }: Room, { comparison }: PullRequest): TemplateResult | typeof nothing {
  if (comparison === undefined) return nothing;
  const { files, commits } = comparison;
  const sum = (side: 'additions' | 'deletions'): number => files.reduce((total, one) => total + one[side], 0);
  const values = { commits, files: files.length, additions: sum('additions'), deletions: sum('deletions') };
  return html`<span>${say('changed', values)}</span>`;
}

function drawFiles({ say }: Room, { comparison }: PullRequest): TemplateResult | typeof nothing {
  if (comparison === undefined || comparison.files.length === 0) return nothing;
  return html`<section class="run-checks">
    <h4>${say('files')}</h4>
    <ul>
      ${comparison.files.map(({ path, additions, deletions }) => html`<li><code>${path}</code> <span class="run-time">+${additions} −${deletions}</span></li>`)}
    </ul>
  </section>`;
}

function drawComments({ say }: Room, { comments = [] }: PullRequest): TemplateResult | typeof nothing {
  if (comments.length === 0) return nothing;
  return html`<section class="run-reviews">
    <h4>${say('comments')}</h4>
    <ul>
      ${comments.map(
        ({ author, body, createdAt }) => html`<li>
          <p><strong>${author}</strong> <span class="run-time">${say('at', { time: timeText(createdAt) })}</span></p>
          ${drawMarkdown(body, 4)}
        </li>`,
      )}
    </ul>
  </section>`;
}

function drawChecks(room: Room, repository: string, checks: readonly ShownCheck[]): TemplateResult {
  const { say } = room;
  return html`<section class="run-checks">
    <h4>${say('checks')}</h4>
    ${checks.length === 0 ? html`<p class="run-none">${say('noChecks')}</p>` : nothing}
    <ul>
      ${checks.map(({ name, workflow, event, state, isRequired, run }) => {
        const label = workflow === '' ? name : `${workflow} / ${name} (${event})`;
        return html`<li>
          ${drawState(room, state)}
          ${
            run === undefined
              ? html`<span class="run-name">${label}</span>`
              : html`<button type="button" class="plain-link run-name" @click=${() => room.go({ page: 'run', repository, number: run })}>${label}</button>`
          }
          ${isRequired ? html`<span class="run-required">${say('required')}</span>` : nothing}
        </li>`;
      })}
    </ul>
  </section>`;
}

function drawReviews({ say }: Room, { reviews, reviewRequests }: PullRequest): TemplateResult {
  return html`<section class="run-reviews">
    <h4>${say('reviews')}</h4>
    ${reviews.length === 0 ? html`<p class="run-none">${say('noReviews')}</p>` : nothing}
    ${reviewRequests.length > 0 ? html`<p class="run-none">${say('asked', { who: reviewRequests.join(', ') })}</p>` : nothing}
    <ul>
      ${reviews.map(
        ({ author, state, body, createdAt }) => html`<li>
          <p><strong>${author}</strong> ${say(state)} <span class="run-time">${say('at', { time: timeText(createdAt) })}</span></p>
          ${body.trim() === '' ? nothing : drawMarkdown(body, 4)}
        </li>`,
      )}
    </ul>
  </section>`;
}
