import { html, type TemplateResult } from 'lit-html';

/** A drawn sign of 16 × 16; what it means is always said in words beside it. */
export function sign(path: string): TemplateResult {
  return html`<svg class="sign" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d=${path}></path></svg>`;
}

export const signs = {
  check: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  ring: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11',
  question: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2C8.3 8.6 8 9 8 10M8 12.6v.2',
  dots: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  play: 'M5 3.5v9l7-4.5z',
  square: 'M4 4h8v8H4z',
  file: 'M4 2.5h5l3 3v8H4zM9 2.5v3h3',
  folder: 'M2.5 4h4l1.5 1.5h5.5v7h-11z',
  newFile: 'M8 3v10M3 8h10',
  newFolder: 'M2.5 4h4l1.5 1.5h5.5v7h-11zM8 7.2v3.6M6.2 9h3.6',
  pen: 'M3 13l.6-2.8L10.8 3 13 5.2l-7.2 7.2z',
  bin: 'M3.5 4.5h9M6.5 4V2.8h3V4M5 4.5l.6 8.7h4.8l.6-8.7',
  star: 'M8 2.2l1.7 3.6 3.9.5-2.9 2.7.8 3.9L8 11l-3.5 1.9.8-3.9L2.4 6.3l3.9-.5z',
  open: 'M4 6l4 4 4-4',
  closed: 'M6 4l4 4-4 4',
} as const;
