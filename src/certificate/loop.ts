// The loop of the course with a station for each day of the part: filled where the day was passed.
import { html, svg, type TemplateResult } from 'lit-html';
import type { Certificate } from './contract.ts';
import type { Settings } from './settings.ts';

/** Half the width of the loop, in units of the drawing. */
const HALF = 100;

/** A point of Bernoulli's lemniscate; `turn` 0 and 1/2 are its crossing. */
function pointAt(turn: number): readonly [x: number, y: number] {
  const angle = Math.PI / 2 + turn * 2 * Math.PI;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const reach = HALF / (1 + sin * sin);
  return [Math.round(reach * cos * 10) / 10, Math.round(reach * sin * cos * 11) / 10];
}

const line = `M${Array.from({ length: 120 }, (_, at) => pointAt(at / 120).join(' ')).join('L')}Z`;

export function drawLoop({ part, of, days }: Certificate, { parts }: Pick<Settings, 'parts'>): TemplateResult {
  const passed = new Set(days.map(({ id }) => id));
  const ids = parts.find((one) => one.part === part)?.days ?? [];
  const isNumbered = of <= 12;
  return html`<svg class="loop" viewBox="-112 -50 224 100" aria-hidden="true">
    <path d=${line}></path>
    ${Array.from({ length: of }, (_, at) => {
      const id = ids[at] ?? '';
      const [x, y] = pointAt((at + 0.5) / of);
      return svg`<g class=${passed.has(id) ? 'passed' : ''}>
        <circle cx=${x} cy=${y} r=${isNumbered ? 7 : 2.1}></circle>
        ${isNumbered ? svg`<text x=${x} y=${y + 2.6}>${Number(id.slice(1)) || ''}</text>` : ''}
      </g>`;
    })}
  </svg>`;
}
