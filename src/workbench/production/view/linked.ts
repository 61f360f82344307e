// A day that came with a link: what it is, before anything of it runs; and the link of a day that was lived through here.
import { html, nothing, type TemplateResult } from 'lit-html';
import { copy } from '../../view/copy.ts';
import { fragmentOf } from '../link.ts';
import type { Room } from '../room.ts';

/** Asks before anything of it runs. */
export function drawLinked({ say, linked, accept }: Room): TemplateResult {
  if (linked === undefined) return html``;
  if (!linked.ok) return html`<p class="problem">${say(linked.why)}</p>`;
  return html`<section class="linked" aria-label=${say('linkedTitle')}>
    <h3>${say('linkedTitle')}</h3>
    <p>${say('linkedLead')}</p>
    <pre tabindex="0" aria-label=${say('linkedContent')}>${shown(linked.run, say)}</pre>
    <button type="button" class="tool main" @click=${accept}>${say('linkedRun')}</button>
  </section>`;
}

/** As it would be read: the texts of files with their lines, and of a packed program that there is one. */
function shown(run: string, say: Room['say']): string {
  try {
    const value: unknown = JSON.parse(run);
    if (typeof value !== 'object' || value === null) return run;
    return Object.entries(value)
      .map(([name, text]) => {
        const content = name === 'artifact' ? say('linkedArtifact', { n: String(text).length }) : String(text);
        return content.includes('\n') ? `${name}:\n${content.trimEnd()}\n` : `${name}: ${content}`;
      })
      .join('\n');
  } catch {
    return run;
  }
}

export function drawShare({ say, board, bench, runText }: Room): TemplateResult | typeof nothing {
  if (board?.kind !== 'simulated') return nothing;
  const fragment = fragmentOf(runText);
  const { origin, pathname } = location;
  return fragment === undefined
    ? html`<p class="hint">${say('noLink')}</p>`
    : html`<button type="button" class="tool small share" @click=${() => copy(bench, `${origin}${pathname}${fragment}`)}>${say('share')}</button>`;
}
