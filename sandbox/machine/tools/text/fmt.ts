// GNU fmt: breaks where the cost over the whole paragraph is least (coreutils `fmt.c`: `base_cost`, `line_cost`).
import { byteText, defineTool, fromByteText, linesOf, tryInput } from '../tool.ts';

export const fmt = defineTool({
  name: 'fmt',
  summary: { es: 'reparte párrafos en líneas de un ancho', en: 'fills paragraphs to a width' },
  synopsis: '[-WIDTH] [OPTION]... [FILE]...',
  options: 'w|width= s|split-only u|uniform-spacing g|goal=',
  absent: 'c|crown-margin p|prefix= t|tagged-paragraph',
  counts: { w: ['width', 0, 2500], g: ['width', 0, 75] },
  rewrite: (args) => args.map((arg, index) => (index === 0 && /^-\d+$/.test(arg) ? `-w${arg.slice(1)}` : arg)),
  run(given, io) {
    const width = Number(given.value('w') ?? (given.has('g') ? Number(given.value('g')) + 10 : 75));
    const goal = Number(given.value('g') ?? Math.floor((width * 187) / 200));
    let failed = false;
    for (const name of given.operands.length === 0 ? ['-'] : given.operands) {
      const bytes = tryInput('fmt', name, io, "cannot open '%' for reading: ");
      if (bytes === undefined) {
        failed = true;
        continue;
      }
      for (const { indent, words } of paragraphs(byteText(bytes), given.has('s'), given.has('u'))) {
        if (words.length === 0) io.stdout('\n');
        else
          for (const line of fill(words, width - indent.length, goal - indent.length))
            io.stdout(fromByteText(`${indent}${line}\n`));
      }
    }
    return failed ? 1 : 0;
  },
});

interface Word {
  readonly text: string;
  /** Blanks that follow it within a line. */
  readonly space: number;
  /** Begins with an opening bracket or quote. */
  readonly opens: boolean;
  readonly isPunctuated: boolean;
  /** Ends with a full stop or the like. */
  readonly isPeriod: boolean;
  /** Ends a sentence. */
  readonly isFinal: boolean;
}

interface Paragraph {
  readonly indent: string;
  readonly words: Word[];
}

function paragraphs(text: string, apart: boolean, uniform: boolean): readonly Paragraph[] {
  const all: Paragraph[] = [];
  let open = false;
  for (const line of linesOf(text).lines) {
    const [indent = ''] = /^[ \t]*/.exec(line) ?? [];
    const words = wordsOf(line, uniform);
    const last = all.at(-1);
    if (open && words.length > 0 && last?.indent === indent && !apart) last.words.push(...words);
    else all.push({ indent: words.length === 0 ? '' : indent, words });
    open = words.length > 0;
  }
  return all;
}

function wordsOf(line: string, uniform: boolean): Word[] {
  return [...line.matchAll(/([^ \t]+)([ \t]*)/g)].map(([whole, text = '', blanks = ''], index, all) => {
    const isLast = index === all.length - 1 || whole === '';
    const isPeriod = /[.?!][)\]'"]*$/.test(text);
    const isFinal = isPeriod && (isLast || blanks.length > 1);
    const space = isLast || uniform ? (isFinal ? 2 : 1) : blanks.length;
    return { text, space, opens: /^[([`'"]/.test(text), isPunctuated: /[!-/:-@[-`{-~]$/.test(text), isPeriod, isFinal };
  });
}

const square = (value: number): number => value * value;

/** What it costs to begin a line at a word. */
function baseCost(words: readonly Word[], at: number): number {
  const word = words[at] as Word;
  const before = words[at - 1];
  let cost = square(70);
  if (before !== undefined) {
    if (before.isPeriod) cost += before.isFinal ? -square(50) : square(600);
    else if (before.isPunctuated) cost -= square(40);
    else if (words[at - 2]?.isFinal) cost += Math.floor(square(200) / before.text.length);
  }
  if (word.opens) cost -= square(40);
  else if (word.isFinal) cost += Math.floor(square(150) / word.text.length);
  return cost;
}

function fill(words: readonly Word[], width: number, goal: number): readonly string[] {
  const count = words.length;
  const costs: number[] = [];
  const next: number[] = [];
  const lengths: number[] = [];
  costs[count] = 0;
  for (let start = count - 1; start >= 0; start--) {
    let least = Number.POSITIVE_INFINITY;
    let length = (words[start] as Word).text.length;
    for (let end = start + 1; ; end++) {
      const own = end === count ? 0 : square(10 * (goal - length));
      const ragged = end === count || next[end] === count ? 0 : square(10 * (length - (lengths[end] ?? 0))) / 2;
      const total = own + ragged + (costs[end] ?? 0);
      if (total < least) {
        least = total;
        next[start] = end;
        lengths[start] = length;
      }
      if (end === count) break;
      length += (words[end - 1] as Word).space + (words[end] as Word).text.length;
      if (length >= width) break;
    }
    costs[start] = least + baseCost(words, start);
  }
  const lines: string[] = [];
  for (let at = 0; at < count; at = next[at] ?? count) {
    const line = words.slice(at, next[at]);
    lines.push(line.map(({ text, space }, index) => text + ' '.repeat(index === line.length - 1 ? 0 : space)).join(''));
  }
  return lines;
}
