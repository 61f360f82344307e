// A report of a problem: everything that is in the file is shown before it is saved.
import { html, type TemplateResult } from 'lit-html';
import { download } from '../../progress/download.ts';
import { type Bench, currentStep } from '../bench.ts';
import { type Report, reportOf } from '../reporting.ts';
import type { State } from '../store.ts';
import { workOf } from '../work.ts';

export function drawReport(bench: Bench, state: State): TemplateResult {
  const { say, store } = bench;
  const whole = state.reporting === 'whole';
  const text = JSON.stringify(makeReport(bench, state, whole), null, 2);
  const name = `noventa-${bench.exercise.id}-problem.json`;
  return html`<section class="report" aria-label=${say('report')}>
    <h3>${say('report')}</h3>
    <p>${say('reportLead')}</p>
    <p>
      <label>
        <input type="checkbox" .checked=${whole} @change=${() => store.set({ reporting: whole ? 'seen' : 'whole' })} />
        ${say('reportWork')}
      </label>
    </p>
    <details>
      <summary>${say('reportContents', { n: text.length })}</summary>
      <pre tabindex="0" aria-label=${say('reportContents', { n: text.length })}>${text}</pre>
    </details>
    <p>
      <button type="button" class="tool main" @click=${() => download(new Blob([text], { type: 'application/json' }), name)}>${say('reportSave')}</button>
      <button type="button" class="tool" @click=${() => store.set({ reporting: undefined })}>${say('close')}</button>
    </p>
  </section>`;
}

function makeReport({ exercise, data, desk, language }: Bench, state: State, whole: boolean): Report {
  const { files, kernel } = desk.snapshot();
  return reportOf({
    course: data.version,
    day: exercise.id,
    step: exercise.steps[state.step]?.id ?? '',
    language,
    results: state.results,
    notice: state.notice?.text ?? '',
    kernel,
    work: whole ? workOf(data.pack, files) : undefined,
  });
}

/** Shows the report where hints are shown. */
export function openReport(bench: Bench): void {
  const { store } = bench;
  if (currentStep(bench) === undefined) return;
  store.set({ reporting: 'seen', below: 'help', ...(store.get().narrow ? { shown: 'steps' as const } : {}) });
}
