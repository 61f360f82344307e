import { html, type TemplateResult } from 'lit-html';
import { pieces } from './pieces.ts';

/** Words of an exercise, with their `code` set as code and *foreign words* in italics. */
export function prose(text: string): readonly TemplateResult[] {
  return pieces(text).map(({ as, text }) =>
    as === 'code' ? html`<code>${text}</code>` : as === 'term' ? html`<em>${text}</em>` : html`${text}`,
  );
}
