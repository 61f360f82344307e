// What is looked at: the source, the panels, the stretch of time.
import { html, nothing, type TemplateResult } from 'lit-html';
import { fromHome } from '../../files.ts';
import { visitFile } from '../../runs/visit.ts';
import type { Room } from '../room.ts';
import { type Width, widths } from '../span.ts';

export function drawChoices(room: Room): TemplateResult {
  const { say, there, choices, board, choose, linked } = room;
  const sources = [
    ...(linked === undefined ? [] : [['link', say('linkedSource')] as const]),
    ...(there.live ? [['live', say('liveSource')] as const] : []),
    ...there.runs.map((path) => [path, say('simulatedSource', { path: folderOf(path) })] as const),
  ];
  const boards = [['', say('usualBoard')] as const, ...there.boards.map((path) => [path, fromHome(path)] as const)];
  const hour = 3_600_000;
  const spans = [
    ...(board?.kind === 'simulated' ? [['all', say('wholeDay')] as const] : []),
    ...widths.map(
      (ms) => [String(ms), ms < hour ? say('minutes', { n: ms / 60_000 }) : say('hours', { n: ms / hour })] as const,
    ),
  ];
  return html`<div class="choices">
    ${select(say('source'), sources, choices.source, (source) => choose({ source }))}
    ${boards.length > 1 ? select(say('boardChoice'), boards, choices.board, (path) => choose({ board: path })) : nothing}
    ${select(say('width'), spans, String(choices.width), (width) => choose({ width: widthOf(width) }))}
  </div>`;
}

const widthOf = (text: string): Width => (text === 'all' ? 'all' : Number(text));

const folderOf = (path: string): string => fromHome(path).replace(/\/run\.json$/, '');

function select(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen: string,
  onChange: (value: string) => void,
): TemplateResult {
  return html`<label>${label}
    <select @change=${(event: Event) => onChange((event.currentTarget as HTMLSelectElement).value)}>
      ${options.map(([value, text]) => html`<option value=${value} .selected=${value === chosen}>${text}</option>`)}
    </select>
  </label>`;
}

/** What is wrong with the learner's file of panels. */
export function drawProblems({ say, board, choices, bench }: Room): TemplateResult | typeof nothing {
  const problems = board?.problems ?? [];
  if (problems.length === 0) return nothing;
  const file = fromHome(choices.board);
  return html`<div class="problems">
    <p>${say('problems', { file })}</p>
    <ul>${problems.map(
      ({ line, message }) =>
        html`<li><button type="button" class="plain-link" @click=${() => visitFile(bench, choices.board, line)}>${say('atLine', { file, n: line })}</button>: ${message}</li>`,
    )}</ul>
    <p>${say('usualShown')}</p>
  </div>`;
}
