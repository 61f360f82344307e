// What the checks found.
import { html, nothing, type TemplateResult } from 'lit-html';
import { prose } from '../../lesson/prose.ts';
import { type Bench, chooseStep, openFile, openStepFiles, type RunPlace, tell } from '../bench.ts';
import { fromHome, inHome } from '../files.ts';
import { goalState } from '../goals.ts';
import type { CheckResult, Place } from '../parts.ts';
import type { State } from '../store.ts';
import { drawCopy } from './copy.ts';
import { drawLuck } from './luck.ts';
import { sign } from './signs.ts';
import { goalSigns } from './steps.ts';

export function drawResults(bench: Bench, state: State): TemplateResult {
  const { say, exercise } = bench;
  if (state.judged.length === 0) return html`<p class="empty">${say('noResults')}</p>${drawLuck(bench, state)}`;
  const goals = new Map(
    exercise.steps.flatMap(({ checks, stars = [] }) =>
      [...checks, ...stars].map(({ id, goal }) => [id, goal[bench.language]]),
    ),
  );
  return html`
    <p class="sum" data-outcome=${state.outcome}>${summary(bench, state)}</p>
    ${
      state.outcome === 'stepPassed' && state.step + 1 < exercise.steps.length
        ? html`<p>
            <button type="button" class="tool main" @click=${() => goOn(bench, state.step + 1)}>${say('nextStep')}</button>
          </p>`
        : nothing
    }
    ${state.outcome === 'dayPassed' ? drawKept(bench, state) : nothing}
    <ul class="results">
      ${state.judged.map((id) => drawResult(bench, state, id, goals.get(id) ?? id))}
    </ul>
    ${drawLuck(bench, state)}
  `;
}

/** The day's work, which was kept with its steps. */
function drawKept({ say, exercise }: Bench, { progress }: State): TemplateResult | typeof nothing {
  const last = exercise.steps.flatMap(({ id }) => progress.work[id] ?? []).sort((a, b) => b.at - a.at)[0];
  if (last === undefined) return nothing;
  const paths = Object.keys(last.files);
  return html`<p class="kept">
    ${say('dayKept', { n: paths.length })} ${paths.map((path, index) => html`${index > 0 ? ', ' : ''}<code>${path}</code>`)}
  </p>`;
}

/** One sentence on how it stands; the live region says it too. */
export function summary({ say }: Bench, state: State): string {
  if (state.judged.length === 0) return '';
  if (state.checking.length > 0) return say('checking');
  const reached = state.judged.filter((id) => state.results[id]?.outcome === 'passed').length;
  const count = say('reached', { n: reached, of: state.judged.length });
  return state.outcome === 'none' ? `${count}.` : `${say(state.outcome)} ${count}.`;
}

function goOn(bench: Bench, step: number): void {
  chooseStep(bench, step);
  openStepFiles(bench);
  bench.store.set({ below: 'terminal' });
  bench.goTo('steps');
}

function drawResult(bench: Bench, state: State, id: string, goal: string): TemplateResult {
  const { store, say } = bench;
  const now = goalState({ ...state, everPassed: [] }, id);
  const { path, word } = goalSigns[now];
  const head = html`${sign(path)} <span>${prose(goal)}</span> <span class="state">${say(word)}</span>`;
  const result = state.results[id];
  if (state.checking.includes(id) || result === undefined || result.outcome === 'passed')
    return html`<li data-state=${now}><div class="head">${head}</div></li>`;
  const open = state.unfolded === id;
  return html`<li data-state=${now}>
    <button type="button" class="head" aria-expanded=${open} aria-controls="wb-${id}" @click=${() => store.set({ unfolded: open ? undefined : id })}>
      ${head}
    </button>
    <div class="why" id="wb-${id}" ?hidden=${!open}>${drawWhy(bench, result)}</div>
  </li>`;
}

function drawWhy(bench: Bench, result: Exclude<CheckResult, { outcome: 'passed' }>): TemplateResult {
  const { say, language } = bench;
  if (result.outcome === 'unfinished') {
    const told = `${bench.exercise.id} ${result.id}\n${result.message[language]}\n${result.detail}\n${navigator.userAgent}`;
    return html`<p>
        <strong>${say(result.fault === 'program' ? 'faultProgram' : 'faultCourse')}.</strong>
        ${prose(result.message[language])}
      </p>
      ${drawCopy(bench, told)}`;
  }
  const { expected, found, where, next } = result.verdict;
  return html`<dl>
    <dt>${say('expected')}</dt>
    <dd>${prose(expected[language])}</dd>
    <dt>${say('found')}</dt>
    <dd>${prose(found[language])}</dd>
    ${where ? html`<dt>${say('where')}</dt><dd>${drawPlace(bench, where)}</dd>` : nothing}
    <dt>${say('next')}</dt>
    <dd>${prose(next[language])}</dd>
  </dl>`;
}

function drawPlace(bench: Bench, place: Place): TemplateResult {
  const { say } = bench;
  if ('command' in place) return html`${prose(say('command', { name: `\`${place.command}\`` }))}`;
  if ('stage' in place) return drawStage(bench, place);
  if ('repository' in place)
    return html`<button type="button" class="plain-link" @click=${() => bench.goToRun(place)}>${prose(runName(bench, place))}</button>`;
  if ('service' in place) return html`${prose(say('service', { name: `\`${place.service}\`` }))}`;
  const path = inHome(place.file);
  const name = place.line === undefined ? fromHome(path) : say('line', { file: fromHome(path), line: place.line });
  if (bench.store.get().files[path]?.type !== 'file') return html`<code>${name}</code>`;
  return html`<button type="button" class="plain-link" @click=${() => visit(bench, path, place.line)}>${name}</button>`;
}

/** A stage of the loop, in the run whose lines stand in the terminal. */
function drawStage(
  { say, store, terminal, goTo }: Bench,
  { stage, run }: Extract<Place, { stage: string }>,
): TemplateResult {
  const name = `\`${stage}\``;
  if (run === undefined) return html`${prose(say('stage', { name }))}`;
  const show = (): void => {
    store.set({ below: 'terminal' });
    goTo('terminal');
    if (!terminal.showLine(`${run}:`)) tell({ store }, say('runScrolledOff', { run }));
  };
  return html`<button type="button" class="plain-link" @click=${show}>${prose(say('stageOf', { name, run }))}</button>`;
}

function runName({ say }: Bench, { run, job, step }: RunPlace): string {
  const names = [job, step].flatMap((one) => (one === undefined ? [] : [`\`${one}\``]));
  return [say('runOf', { n: run }), ...names].join(', ');
}

function visit(bench: Bench, path: string, line: number | undefined): void {
  openFile(bench, path);
  bench.goTo('editor');
  if (line !== undefined) bench.goToLine(line);
}
