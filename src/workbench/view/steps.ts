// The head: which step this is, what to do, and its goals.
import { html, nothing, type TemplateResult } from 'lit-html';
import { prose } from '../../lesson/prose.ts';
import { type Bench, chooseStep, currentStep, filesOfStep, openFile, openStepFiles } from '../bench.ts';
import { nameOf } from '../files.ts';
import { type GoalState, goalState } from '../goals.ts';
import type { State } from '../store.ts';
import type { WordKey } from '../words.ts';
import { sign, signs } from './signs.ts';

export const goalSigns: Readonly<Record<GoalState, { readonly path: string; readonly word: WordKey }>> = {
  open: { path: signs.ring, word: 'goalOpen' },
  checking: { path: signs.dots, word: 'goalChecking' },
  reached: { path: signs.check, word: 'goalReached' },
  missed: { path: signs.cross, word: 'goalMissed' },
  unfinished: { path: signs.question, word: 'goalUnfinished' },
};

export function drawSteps(bench: Bench, state: State): TemplateResult {
  const { exercise, language, say } = bench;
  const step = currentStep(bench);
  if (step === undefined) return html``;
  return html`
    <ol class="way">
      ${exercise.steps.map(({ id, title, kind }, index) => {
        const done = state.progress.steps.includes(id);
        const name = `${index + 1}. ${title[language].replaceAll('`', '')}${kind === 'challenge' ? ` (${say('challenge')})` : ''}${done ? `, ${say('stepDone')}` : ''}`;
        return html`<li>
          <button
            type="button"
            aria-current=${index === state.step ? 'step' : nothing}
            aria-label=${name}
            title=${name}
            ?data-done=${done}
            @click=${() => {
              chooseStep(bench, index);
              openStepFiles(bench);
            }}
          >
            ${done ? sign(signs.check) : index + 1}
          </button>
        </li>`;
      })}
      <li class="fold">
        <button type="button" class="quiet" aria-expanded=${!state.taskFolded} aria-controls="wb-task" @click=${() => bench.store.set({ taskFolded: !state.taskFolded })}>
          ${sign(state.taskFolded ? signs.closed : signs.open)}
          <span class="heard">${say(state.taskFolded ? 'showTask' : 'foldTask')}</span>
        </button>
      </li>
    </ol>
    <div class="task" id="wb-task" tabindex="-1">
      <h2>
        <span class="count">${say('step', { n: state.step + 1, of: exercise.steps.length })}</span>
        ${prose(step.title[language])}
      </h2>
      <div ?hidden=${state.taskFolded && !state.narrow}>
        <p>${prose(step.task[language])}</p>
        <ul class="goals" aria-label=${say('goals')}>
          ${step.checks.map(({ id, goal }) => drawGoal(bench, state, id, goal[language]))}
          ${(step.stars ?? []).map(({ id, star, goal }) => drawStar(bench, state, id, star, goal[language]))}
        </ul>
        ${drawFiles(bench)}
      </div>
    </div>
  `;
}

/** The files that the step is about: each opens beside it. */
function drawFiles(bench: Bench): TemplateResult | typeof nothing {
  const paths = filesOfStep(bench);
  if (paths.length === 0) return nothing;
  const open = (path: string): void => {
    openFile(bench, path);
    bench.goTo('editor');
  };
  return html`<p class="its-files">
    ${bench.say('itsFiles')}
    ${paths.map((path) => html`<button type="button" class="plain-link" @click=${() => open(path)}>${nameOf(path)}</button> `)}
  </p>`;
}

const starWords = { faster: 'starFaster', cheaper: 'starCheaper', safer: 'starSafer' } as const;

/** A goal beyond the challenge. One that was earned stays earned. */
function drawStar(
  { say, store }: Bench,
  state: State,
  id: string,
  star: keyof typeof starWords,
  goal: string,
): TemplateResult {
  const earned = state.progress.stars.includes(id);
  const judging = state.checking.includes(id);
  const missed = !earned && state.results[id] !== undefined && !judging;
  const told = html`<span class="goal">${prose(goal)}</span> <span class="state">${say(starWords[star])}, ${say(earned ? 'starEarned' : judging ? 'goalChecking' : missed ? 'goalMissed' : 'starOpen')}</span>`;
  return html`<li class="star" data-state=${earned ? 'reached' : 'open'}>
    ${sign(signs.star)}
    ${missed ? html`<button type="button" class="plain-link" @click=${() => store.set({ below: 'results', judged: [...new Set([...state.judged, id])], unfolded: id })}>${told}</button>` : html`<span>${told}</span>`}
  </li>`;
}

function drawGoal({ store, say }: Bench, state: State, id: string, goal: string): TemplateResult {
  const now = goalState({ ...state, everPassed: state.progress.checks }, id);
  const { path, word } = goalSigns[now];
  const told = html`<span class="goal">${prose(goal)}</span> <span class="state">${say(word)}</span>`;
  const hasResult = state.judged.includes(id) && (now === 'missed' || now === 'unfinished');
  return html`<li data-state=${now}>
    ${sign(path)}
    ${
      hasResult
        ? html`<button type="button" class="plain-link" @click=${() => store.set({ below: 'results', unfolded: id })}>${told}</button>`
        : html`<span>${told}</span>`
    }
  </li>`;
}
