// Tabs of the open files, and what stands where no text can be shown.
import { html, nothing, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { type Bench, closeFile, openFile } from '../bench.ts';
import { contentOf, fromHome, nameOf } from '../files.ts';
import { sizeOf } from '../saved.ts';
import type { State } from '../store.ts';
import type { Surface } from '../surface.ts';
import { sign, signs } from './signs.ts';
import { drawWayOut } from './way-out.ts';

export function drawEditor(bench: Bench, state: State, host: HTMLElement, kind: Surface['kind']): TemplateResult {
  const { say } = bench;
  const instead = insteadOfText(bench, state);
  host.hidden = instead !== undefined;
  return html`
    <div class="bar">
      <ul class="open" aria-label=${say('openFiles')}>
        ${repeat(
          state.open,
          (path) => path,
          (
            path,
          ) => html`<li ?data-active=${path === state.active} ${path === state.active ? ref(tabIntoView) : nothing}>
            <button type="button" aria-current=${path === state.active ? 'true' : nothing} title=${fromHome(path)} @click=${() => openFile(bench, path)}>
              ${nameOf(path)}
            </button>
            <button type="button" class="quiet" aria-label=${say('closeFile', { file: nameOf(path) })} @click=${() => closeFile(bench, path)}>
              ${sign(signs.cross)}
            </button>
          </li>`,
        )}
      </ul>
      ${drawWayOut(say(kind === 'monaco' ? 'tabTrap' : 'plainTrap'))}
    </div>
    ${instead === undefined ? nothing : html`<p class="empty">${instead}</p>`} ${host} ${drawProblems(bench, state)}
  `;
}

/** Among more tabs than fit, the one whose file is shown. The page itself stays where it is. */
function tabIntoView(tab: Element | undefined): void {
  queueMicrotask(() => {
    const bar = tab?.parentElement;
    if (tab === undefined || !bar) return;
    const [all, own] = [bar.getBoundingClientRect(), tab.getBoundingClientRect()];
    if (own.left < all.left) bar.scrollLeft -= all.left - own.left;
    else if (own.right > all.right) bar.scrollLeft += own.right - all.right;
  });
}

/** What is wrong with a workflow file, by line: each leads there. */
function drawProblems({ say, goToLine }: Bench, { problems, active }: State): TemplateResult {
  const list = problems?.path === active ? (problems?.list ?? []) : [];
  return html`<section class="problems" aria-label=${say('problems')} aria-live="polite" ?hidden=${list.length === 0}>
    <ul>
      ${list.map(
        ({ severity, line, message }) => html`<li data-severity=${severity}>
          <button type="button" class="plain-link" @click=${() => goToLine(line)}>${say('problemAt', { line })}</button>
          <span class="kind">${say(severity === 'error' ? 'problemError' : 'problemWarning')}</span> ${message}
        </li>`,
      )}
    </ul>
  </section>`;
}

function insteadOfText({ say, language }: Bench, { active, files }: State): string | undefined {
  if (active === undefined) return say('nothingOpen');
  const content = contentOf(files, active);
  const file = fromHome(active);
  if (content.kind === 'missing') return say('gone', { file });
  if (content.kind === 'text') return undefined;
  return say(content.kind, { file, size: sizeOf(content.size, language) });
}
