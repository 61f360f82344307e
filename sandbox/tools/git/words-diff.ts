// `--word-diff`: what changed within lines, as `[-old-]{+new+}`.
import { diffArrays } from 'diff';

type Style = 'plain' | 'bare' | 'porcelain';
type Paint = (code: string, text: string) => string;

interface Word {
  readonly text: string;
  /** The white space before it. */
  readonly before: string;
}

/** The lines of a hunk with their signs, as lines of words. Runs of changed lines are compared word by word; `word` says what one is. */
export function wordLines(
  all: readonly string[],
  paint: Paint,
  style: Style = 'plain',
  word = /\S+/g,
): readonly string[] {
  // Of an end without a newline nothing is said here.
  const lines = all.filter((line) => !line.startsWith('\\'));
  const out: string[] = [];
  const reset = paint('0', '') === '' ? '' : '\x1b[m';
  for (let at = 0; at < lines.length; ) {
    const run = (sign: string): string[] => {
      const from = at;
      while (lines[at]?.startsWith(sign)) at += 1;
      return lines.slice(from, at).map((line) => line.slice(1));
    };
    const line = lines[at] ?? '';
    if (line.startsWith('-') || line.startsWith('+'))
      out.push(...shownAs(style, compared(run('-'), run('+'), word), paint));
    else {
      out.push(...(style === 'porcelain' ? [` ${line.slice(1)}`, '~'] : [line === ' ' ? '' : line.slice(1) + reset]));
      at += 1;
    }
  }
  return out;
}

/** Text that stayed, went or came. */
interface Piece {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** Pieces as lines: with marks or colours around what changed, or (`porcelain`) each on a line of its own and `~` for the end of a line. */
function shownAs(style: Style, pieces: readonly Piece[], paint: Paint): readonly string[] {
  if (style === 'porcelain') {
    const joined = pieces.flatMap(({ sign, text }) =>
      text.split('\n').flatMap((part, at) => [...(at > 0 ? ['~'] : []), ...(part === '' ? [] : [sign + part])]),
    );
    return [...joined, '~'];
  }
  const [goes, gone, comes, came] = style === 'bare' ? ['', '', '', ''] : ['[-', '-]', '{+', '+}'];
  const marked = ({ sign, text }: Piece): string =>
    sign === ' '
      ? text
      : text
          .split('\n')
          .map((part) =>
            part === '' ? '' : sign === '-' ? paint('31', goes + part + gone) : paint('32', comes + part + came),
          )
          .join('\n');
  return pieces.map(marked).join('').split('\n');
}

function compared(old: readonly string[], now: readonly string[], word: RegExp): readonly Piece[] {
  const text = now.join('\n');
  const [before, after] = [wordsOf(old.join('\n'), word), wordsOf(text, word)];
  const joined = (words: readonly Word[]): string =>
    words.map(({ text, before: space }, index) => (index === 0 ? '' : space) + text).join('');
  const pieces: Piece[] = [];
  const put = (sign: Piece['sign'], text: string): void => {
    const last = pieces.at(-1);
    if (text === '') return;
    if (last?.sign === sign) pieces[pieces.length - 1] = { sign, text: last.text + text };
    else pieces.push({ sign, text });
  };
  let [left, right] = [0, 0];
  let space = '';
  for (const { added, removed, count = 0 } of diffArrays(
    before.map((word) => word.text),
    after.map((word) => word.text),
  )) {
    if (removed) {
      const words = before.slice(left, left + count);
      space = after[right]?.before ?? words[0]?.before ?? '';
      put(' ', space);
      put('-', joined(words));
      left += count;
      continue;
    }
    const words = after.slice(right, right + count);
    if (added) {
      put(' ', space === '' ? (words[0]?.before ?? '') : '');
      put('+', joined(words));
    } else {
      const texts = words.map(
        (word, index) => (index === 0 && space !== '' && space === word.before ? '' : word.before) + word.text,
      );
      put(' ', texts.join(''));
      left += count;
    }
    right += count;
    space = '';
  }
  // What stands behind the last word.
  const told = after.reduce((sum, one) => sum + one.before.length + one.text.length, 0);
  put(' ', text.slice(told));
  return pieces;
}

/** The words of a text, and what stands between them. A word ends with its line. */
function wordsOf(text: string, word: RegExp): readonly Word[] {
  let end = 0;
  return [...text.matchAll(word)].map((found) => {
    const before = text.slice(end, found.index);
    end = found.index + found[0].length;
    return { before, text: found[0] };
  });
}
