export interface Piece {
  readonly as: 'text' | 'code' | 'term';
  readonly text: string;
}

/** Words of an exercise cut into their pieces in order: `code` in backticks, *a foreign word* between stars. */
export function pieces(text: string): readonly Piece[] {
  return text
    .split('`')
    .flatMap((part, index): Piece[] => (index % 2 === 1 ? [{ as: 'code', text: part }] : termsOf(part)))
    .filter((piece) => piece.text !== '');
}

/** Only letters between the stars: a message may show `*.log,*.tmp` or a timetable as the learner wrote it. */
const termsOf = (part: string): Piece[] =>
  part
    .split(/(?<![\w*])\*(\p{L}[\p{L} -]*)\*(?![\w*])/u)
    .map((one, index) => ({ as: index % 2 === 1 ? 'term' : 'text', text: one }));
