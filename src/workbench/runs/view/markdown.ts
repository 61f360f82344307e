// Markdown as elements. What a job wrote is only ever text and attributes of ours.
import { html, nothing, type TemplateResult } from 'lit-html';
import { type Block, type Inline, type Item, parseMarkdown } from '../markdown.ts';

export function drawMarkdown(text: string): TemplateResult {
  return html`<div class="run-markdown">${parseMarkdown(text).map(drawBlock)}</div>`;
}

function drawBlock(block: Block): TemplateResult {
  switch (block.kind) {
    case 'heading':
      // Below the page's own headings, whatever the job says.
      return html`<p class="title" role="heading" aria-level=${Math.min(9, block.level + 4)} data-level=${block.level}>${block.inner.map(drawInline)}</p>`;
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
  return html`<li>${done === undefined ? nothing : done ? '☑ ' : '☐ '}${inner.map(drawInline)}${below.map(drawBlock)}</li>`;
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
