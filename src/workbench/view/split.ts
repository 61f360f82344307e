import { html, type TemplateResult } from 'lit-html';

export interface Split {
  readonly label: string;
  readonly axis: 'inline' | 'block';
  /** The custom property of the workbench that it sets, in %. */
  readonly property: string;
  readonly low: number;
  readonly high: number;
  readonly usual: number;
  /** Whether a larger value means towards the start (the pane after the line grows). */
  readonly reversed: boolean;
}

const kept = 'noventa-workbench-splits';

/** A line between two panes that is moved by mouse, finger and keyboard, and remembered. */
export function drawSplit(split: Split): TemplateResult {
  return html`<div
    class="split-line"
    data-axis=${split.axis}
    role="separator"
    tabindex="0"
    aria-orientation=${split.axis === 'inline' ? 'vertical' : 'horizontal'}
    aria-label=${split.label}
    aria-valuemin=${split.low}
    aria-valuemax=${split.high}
    aria-valuenow=${Math.round(placeOf(split))}
    @keydown=${(event: KeyboardEvent) => moveByKey(split, event)}
    @pointerdown=${hold}
    @pointermove=${(event: PointerEvent) => moveByPointer(split, event)}
    @dblclick=${(event: Event) => put(split, event.currentTarget as HTMLElement, split.usual)}
  ></div>`;
}

function placeOf({ property, usual }: Split): number {
  return values()[property] ?? usual;
}

/** Sets the remembered places. */
export function restoreSplits(workbench: HTMLElement): void {
  for (const [property, value] of Object.entries(values())) workbench.style.setProperty(property, `${value}%`);
}

function put(split: Split, line: HTMLElement, wanted: number): void {
  const value = Math.min(split.high, Math.max(split.low, wanted));
  line.setAttribute('aria-valuenow', String(Math.round(value)));
  line.closest<HTMLElement>('.workbench')?.style.setProperty(split.property, `${value}%`);
  remembered = { ...values(), [split.property]: value };
  try {
    localStorage.setItem(kept, JSON.stringify(remembered));
  } catch {
    // Storage is refused: the place lasts as long as the page.
  }
}

let remembered: Readonly<Record<string, number>> | undefined;

function values(): Readonly<Record<string, number>> {
  remembered ??= read();
  return remembered;
}

function read(): Readonly<Record<string, number>> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(kept) ?? '{}');
    if (typeof found !== 'object' || found === null) return {};
    return Object.fromEntries(
      Object.entries(found).filter(([property, value]) => property.startsWith('--') && typeof value === 'number'),
    );
  } catch {
    return {};
  }
}

function moveByKey(split: Split, event: KeyboardEvent): void {
  const line = event.currentTarget as HTMLElement;
  const [less, more] = split.axis === 'inline' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
  const sense = split.reversed ? -1 : 1;
  const next = {
    [less]: placeOf(split) - 4 * sense,
    [more]: placeOf(split) + 4 * sense,
    Home: split.low,
    End: split.high,
    Enter: split.usual,
  }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  put(split, line, next);
}

function hold(event: PointerEvent): void {
  const line = event.currentTarget as HTMLElement;
  line.setPointerCapture(event.pointerId);
  event.preventDefault();
  line.focus();
}

function moveByPointer(split: Split, event: PointerEvent): void {
  const line = event.currentTarget as HTMLElement;
  const frame = line.closest('.workbench')?.getBoundingClientRect();
  if (!line.hasPointerCapture(event.pointerId) || frame === undefined) return;
  const share =
    split.axis === 'inline' ? (event.clientX - frame.left) / frame.width : (event.clientY - frame.top) / frame.height;
  put(split, line, 100 * (split.reversed ? 1 - share : share));
}
