// Markdown as elements. What a job wrote is only ever text and attributes of ours.
import { html, nothing, type TemplateResult } from 'lit-html';
import { type Block, type Inline, type Item, parseMarkdown } from '../markdown.ts';

/** @param below the level of the heading under which it stands: its own go on from there, without a gap. */
export function drawMarkdown(text: string, below: number): TemplateResult {
  const open: number[] = [];
  const levelOf = (level: number): number => {
    while ((open.at(-1) ?? 0) >= level) open.pop();
    open.push(level);
    return below + open.length;
  };
  return html`<div class="run-markdown">
    ${parseMarkdown(text).map((block) => (block.kind === 'heading' ? drawHeading(block, levelOf(block.level)) : drawBlock(block)))}
  </div>`;
}

function drawHeading({ level, inner }: Extract<Block, { kind: 'heading' }>, spoken: number): TemplateResult {
  return html`<p class="title" role="heading" aria-level=${spoken} data-level=${level}>${inner.map(drawInline)}</p>`;
}

function drawBlock(block: Block): TemplateResult {
  switch (block.kind) {
    case 'heading':
      return html`<p class="title" data-level=${block.level}>${block.inner.map(drawInline)}</p>`;
    case 'paragraph':
      return html`<p>${block.inner.map(drawInline)}</p>`;
    case 'code':
      return html`<pre tabindex="0">${block.text}</pre>`;
    case 'quote':
      return html`<blockquote>${block.blocks.map(drawBlock)}</blockquote>`;
    case 'rule':
      return html`<hr />`;
    case 'list':
      return block.start === undefined
        ? html`<ul>${block.items.map(drawItem)}</ul>`
        : html`<ol start=${block.start}>${block.items.map(drawItem)}</ol>`;
    case 'table':
      return html`<div class="table"><table>
        <thead><tr>${block.head.map((cell) => html`<th scope="col">${cell.map(drawInline)}</th>`)}</tr></thead>
        <tbody>${block.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell.map(drawInline)}</td>`)}</tr>`)}</tbody>
      </table></div>`;
  }
}

function drawItem({ done, inner, below }: Item): TemplateResult {
  return html`<li ?data-task=${done !== undefined}>${done === undefined ? nothing : done ? '☑ ' : '☐ '}${inner.map(drawInline)}${below.map(drawBlock)}</li>`;
}

function drawInline(part: Inline): TemplateResult {
  switch (part.kind) {
    case 'text':
      return html`${part.text}`;
    case 'code':
      return html`<code>${part.text}</code>`;
    case 'strong':
      return html`<strong>${part.inner.map(drawInline)}</strong>`;
    case 'em':
      return html`<em>${part.inner.map(drawInline)}</em>`;
    case 'del':
      return html`<del>${part.inner.map(drawInline)}</del>`;
    case 'link':
      return html`<a href=${part.href} rel="noopener noreferrer nofollow" target="_blank">${part.inner.map(drawInline)}</a>`;
  }
}
