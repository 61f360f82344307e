// Hints of the step, and the solution.
import { html, nothing, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { prose } from '../../lesson/prose.ts';
import { type Bench, currentStep } from '../bench.ts';
import { hint } from '../solving.ts';
import type { FileDiff, SolutionView, State } from '../store.ts';
import { drawCopy } from './copy.ts';
import { drawReport } from './report.ts';

export function drawHelp(bench: Bench, state: State): TemplateResult {
  const { say, language } = bench;
  const step = currentStep(bench);
  const shown = step === undefined ? 0 : (state.hints[step.id] ?? 0);
  return html`
    ${state.reporting === undefined ? nothing : drawReport(bench, state)}
    ${shown === 0 ? html`<p class="empty">${say('hintNone')}</p>` : nothing}
    <ol class="hints">
      ${step?.hints.slice(0, shown).map((words, index) => html`<li ${ref(intoView)}><h3>${say('hintTitle', { n: index + 1 })}</h3>${drawHint(words[language])}</li>`)}
    </ol>
    ${
      state.solution === undefined
        ? html`<p>
            <button type="button" class="tool small" @click=${() => hint(bench)}>
              ${shown < 3 ? say('nextHint', { n: shown + 1 }) : say('lastHint')}
            </button>
            ${shown < 3 ? nothing : html`<span class="aside">${say('lastHintWhy')}</span>`}
          </p>`
        : drawSolution(bench, state.solution)
    }
  `;
}

/** A hint may hold a skeleton of several lines: those keep their lines. */
function drawHint(text: string): TemplateResult {
  return html`<p class="hint">${prose(text)}</p>`;
}

function drawSolution(bench: Bench, solution: SolutionView): TemplateResult {
  const { say } = bench;
  const reason = currentStep(bench)?.reason[bench.language];
  const close = html`<button type="button" class="tool small" @click=${() => bench.store.set({ solution: undefined })}>${say('close')}</button>`;
  if (solution.kind === 'loading') return html`<p>…</p>`;
  if (solution.kind === 'broken') return html`<p>${say('solutionBroke', { why: solution.why })}</p>${close}`;
  return html`<section ${ref(intoView)} class="solution" aria-label=${say('solution')}>
    <h3>${say('solutionTitle')}</h3>
    <p>${solution.files.length === 0 ? say('solutionSame') : say('solutionLead')}</p>
    ${reason === undefined ? nothing : html`<p><strong>${say('reason')}</strong> ${prose(reason)}</p>`}
    ${solution.files.map((file) => drawDiff(bench, file))}
    ${
      solution.commands === ''
        ? nothing
        : html`<p>${say('solutionCommands')} ${drawCopy(bench, solution.commands)}</p>
            <pre tabindex="0" aria-label=${say('solutionCommands')}>${solution.commands}</pre>`
    }
    <p class="aside">${say('backTomorrow')}</p>
    ${close}
  </section>`;
}

const kinds: Readonly<Record<string, string>> = { '+': 'comes', '-': 'goes' };

function drawDiff({ say }: Bench, { path, hunks }: FileDiff): TemplateResult {
  return html`<figure class="diff">
    <figcaption><code>${path}</code></figcaption>
    ${
      hunks === undefined
        ? html`<p>${say('solutionBinary')}</p>`
        : html`<pre tabindex="0" aria-label=${path}>${hunks.map(
            ({ header, lines }) =>
              html`<span class="hunk">${header}</span>${lines.map((line) => html`<span class=${kinds[line[0] ?? ''] ?? 'stays'}>${line.replace(/^-/, '−') || ' '}</span>`)}`,
          )}</pre>`
    }
  </figure>`;
}

/** Called by lit when something new comes into the page. */
function intoView(element: Element | undefined): void {
  if (element !== undefined) queueMicrotask(() => element.scrollIntoView({ block: 'nearest' }));
}
