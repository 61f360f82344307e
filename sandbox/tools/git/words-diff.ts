// `--word-diff`: what changed within lines, as `[-old-]{+new+}`.
import { diffArrays } from 'diff';

type Paint = (code: string, text: string) => string;

interface Word {
  readonly text: string;
  /** The white space before it. */
  readonly before: string;
}

/** The lines of a hunk with their signs, as lines of words. Runs of changed lines are compared word by word. */
export function wordLines(lines: readonly string[], paint: Paint, bare = false): readonly string[] {
  const out: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const run = (sign: string): string[] => {
      const from = at;
      while (lines[at]?.startsWith(sign)) at += 1;
      return lines.slice(from, at).map((line) => line.slice(1));
    };
    const line = lines[at] ?? '';
    if (line.startsWith('-') || line.startsWith('+'))
      out.push(...compared(run('-'), run('+'), paint, bare ? ['', '', '', ''] : ['[-', '-]', '{+', '+}']));
    else {
      out.push(line.slice(1));
      at += 1;
    }
  }
  return out;
}

function compared(
  old: readonly string[],
  now: readonly string[],
  paint: Paint,
  [goes, gone, comes, came]: readonly [string, string, string, string],
): readonly string[] {
  const [before, after] = [wordsOf(old.join('\n')), wordsOf(now.join('\n'))];
  const marked = (words: readonly Word[], [open, close]: readonly [string, string], code: string): string =>
    words
      .map(({ text, before: space }, index) => (index === 0 ? '' : space) + text)
      .join('')
      .split('\n')
      .map((part) => (part === '' ? '' : paint(code, `${open}${part}${close}`)))
      .join('\n');
  let text = '';
  let [left, right] = [0, 0];
  let space = '';
  for (const { added, removed, count = 0 } of diffArrays(
    before.map((word) => word.text),
    after.map((word) => word.text),
  )) {
    if (removed) {
      const words = before.slice(left, left + count);
      space = after[right]?.before ?? words[0]?.before ?? '';
      text += space + marked(words, [goes, gone], '31');
      left += count;
      continue;
    }
    const words = after.slice(right, right + count);
    if (added) text += (space === '' ? (words[0]?.before ?? '') : '') + marked(words, [comes, came], '32');
    else {
      text += words
        .map((word, index) => (index === 0 && space !== '' && space === word.before ? '' : word.before) + word.text)
        .join('');
      left += count;
    }
    right += count;
    space = '';
  }
  return text.split('\n');
}

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/(\s*)(\S+)/g)].map(([, before = '', word = '']) => ({ before, text: word }));
}
