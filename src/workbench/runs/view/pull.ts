// A pull request's page: its checks, its reviews, and what it waits for.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { PullRequest } from '../../../../sandbox/hosts/forge-view.ts';
import { prose } from '../../view/text.ts';
import { gh } from '../commands.ts';
import { checksOf, type MergeState, mergeStateOf, type ShownCheck, type Wait } from '../merge.ts';
import { type Room, repositoryOf } from '../room.ts';
import { type Action, drawActions } from './acts.ts';
import { drawMarkdown } from './markdown.ts';
import { timeText } from './moment.ts';
import { drawPullState } from './pull-state.ts';
import { drawState } from './state.ts';

export function drawPull(room: Room, name: string, number: number): TemplateResult {
  const { say, now } = room;
  const repository = repositoryOf(room, name);
  const pull = repository?.pulls.find((one) => one.number === number);
  if (repository === undefined || pull === undefined) return html`<p class="run-empty">${say('gone')}</p>`;
  const checks = checksOf(pull, repository.settings, repository.checks(pull.headCommit), now);
  const merge = mergeStateOf(pull, repository.settings, checks);
  return html`<article class="run-page">
    <header>
      <h3 tabindex="-1">${drawPullState(room, pull)} ${pull.title} <span class="run-number">${say('pullNumber', { n: number })}</span></h3>
      <p class="run-facts">
        <span>${prose(say('wants', { author: pull.author, head: `\`${pull.head}\``, base: `\`${pull.base}\`` }))}</span>
        <span>${say('commit', { id: pull.headCommit.slice(0, 7) })}</span>
        <span>${say('at', { time: timeText(pull.createdAt) })}</span>
      </p>
    </header>
    ${pull.body.trim() === '' ? nothing : drawMarkdown(pull.body, 3)}
    <section class="run-merge" data-merge=${merge.state}>
      <h4>${say('merge')}</h4>
      ${drawMergeState(room, pull, merge)}
    </section>
    ${drawActions(room, repository, actionsOf(pull, merge, repository.settings.methods))}
    ${drawChecks(room, name, checks)} ${drawReviews(room, pull)}
  </article>`;
}

function drawMergeState({ say }: Room, { mergedBy }: PullRequest, { state, waitsFor }: MergeState): TemplateResult {
  if (state === 'merged') return html`<p>${say('wasMerged', { who: mergedBy ?? '' })}</p>`;
  if (state === 'closed') return html`<p>${say('wasClosed')}</p>`;
  if (state === 'ready') return html`<p>${say('canMerge')}</p>`;
  return html`<p>${say('cannotMerge')}</p>
    <ul>
      ${waitsFor.map((wait) => html`<li>${prose(waitText(say, wait))}</li>`)}
    </ul>`;
}

function waitText(say: Room['say'], wait: Wait): string {
  switch (wait.kind) {
    case 'draft':
      return say('waitDraft');
    case 'check':
      return say('waitCheck', { name: wait.name, state: say(wait.state) });
    case 'reviews':
      return say('waitReviews', { have: wait.have, need: wait.need });
    case 'changes':
      return say('waitChanges', { by: wait.by });
  }
}

const methods = { squash: 'mergeSquash', merge: 'mergeMerge', rebase: 'mergeRebase' } as const;

function actionsOf(
  { number, isDraft }: PullRequest,
  { state }: MergeState,
  allowed: readonly (keyof typeof methods)[] = ['squash', 'merge', 'rebase'],
): readonly Action[] {
  if (state === 'merged' || state === 'closed') return [];
  if (isDraft) return [{ label: 'ready', command: gh.ready(number) }];
  const names = (Object.keys(methods) as (keyof typeof methods)[]).filter((name) => allowed.includes(name));
  return names.map((name, index) => ({
    label: methods[name],
    command: gh.merge(number, name),
    main: state === 'ready' && index === 0,
  }));
}

function drawChecks(room: Room, repository: string, checks: readonly ShownCheck[]): TemplateResult {
  const { say } = room;
  return html`<section class="run-checks">
    <h4>${say('checks')}</h4>
    ${checks.length === 0 ? html`<p class="run-none">${say('noChecks')}</p>` : nothing}
    <ul>
      ${checks.map(({ name, workflow, state, isRequired, run }) => {
        const label = workflow === '' ? name : `${workflow} / ${name}`;
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
