// What our diagrams are drawn with: boxes, lines and words, laid out for a width. Pure.

/** `plain` for what only is there, `now` for what the picture is about, `good` and `bad` for what came of it, `dim` for what is past or idle. */
export type Tone = 'plain' | 'now' | 'good' | 'bad' | 'dim';

export type Shape =
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly tone: Tone;
      /** `gate` has its ends cut to points; `pill` is round. */
      readonly form: 'box' | 'gate' | 'pill';
      readonly dashed?: boolean;
      readonly lines: readonly string[];
    }
  | { readonly kind: 'line'; readonly path: string; readonly tone: Tone; readonly dashed?: boolean; readonly tip?: Tip }
  | {
      readonly kind: 'words';
      readonly x: number;
      readonly y: number;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly lines: readonly string[];
      readonly strong?: boolean;
    }
  | { readonly kind: 'dot'; readonly x: number; readonly y: number; readonly tone: Tone };

/** The end of an arrow, and where it looks. */
export interface Tip {
  readonly x: number;
  readonly y: number;
  readonly way: 'right' | 'down' | 'left';
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Widths for which every diagram is laid out: of a phone, and of the column of text. */
export const widths = { narrow: 300, wide: 600 } as const;

/** Height of a line of words, and the width of an average letter at that size: units of the drawing. */
export const line = 18;
const letter = 7.6;

/** Cuts words into lines that fit a width; a single word that does not is left whole. */
export function wrap(text: string, width: number): readonly string[] {
  const most = Math.max(1, Math.floor(width / letter));
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The width that words take up in one line. */
export function lengthOf(text: string): number {
  return text.length * letter;
}
