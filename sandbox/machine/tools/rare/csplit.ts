// csplit: cuts a file where its lines say so. And tsort.
import { operandPath } from '../../files/index.ts';
import { compile, type Pattern } from '../pattern.ts';
import { bytesOf, defineTool, linesOf, misuse, ToolEnd, textOf, tryInput } from '../tool.ts';
import { rareSummaries } from './summaries.ts';

interface Cut {
  /** As it stands on the command line. */
  readonly word: string;
  /** The number of a line, or a line that matches. */
  readonly at: number | Pattern;
  /** How many lines after it. */
  readonly offset: number;
  /** What stands before it is not kept. */
  readonly skips: boolean;
  repeat: number;
}

export const csplit = defineTool({
  name: 'csplit',
  summary: rareSummaries.csplit,
  synopsis: '[OPTION]... FILE PATTERN...',
  options: 'b|suffix-format= f|prefix= k|keep-files n|digits= q|quiet s|silent suppress-matched z|elide-empty-files',
  run(given, io) {
    const [name, ...words] = given.operands;
    if (name === undefined) throw misuse('missing operand');
    if (words.length === 0) throw misuse(`missing operand after ‘${name}’`);
    const cuts = readCuts(words);
    const bytes = tryInput('csplit', name, io, "cannot open '%' for reading: ");
    if (bytes === undefined) return 1;
    const { lines, ended } = linesOf(textOf(bytes));
    const text = (from: number, to: number): string => {
      const end = Math.min(to, lines.length);
      const last = end === lines.length && !ended ? '' : '\n';
      return end <= from ? '' : lines.slice(from, end).join('\n') + last;
    };
    const made: string[] = [];
    const give = (piece: string): void => {
      const content = bytesOf(piece);
      if (given.has('z') && content.length === 0) return;
      const number = made.length;
      const digits = String(number).padStart(Number(given.value('n') ?? 2), '0');
      const suffix = (given.value('b') ?? '').replace(/%(\d*)d/, (_, width: string) =>
        String(number).padStart(Number(width), width.startsWith('0') ? '0' : ' '),
      );
      const path = operandPath(io.cwd, `${given.value('f') ?? 'xx'}${given.has('b') ? suffix : digits}`);
      io.machine.files.writeFile(path, content);
      made.push(path);
      if (!given.has('q', 's')) io.stdout(`${content.length}\n`);
    };
    const complain = (problem: string): number => {
      io.stderr(`csplit: ${problem}\n`);
      if (!given.has('k')) for (const path of made) io.machine.files.remove(path);
      return 1;
    };
    let at = 0;
    let searchFrom = 0;
    for (const cut of cuts) {
      for (let turn = 0; turn <= cut.repeat; turn++) {
        const found = cutLine(cut, turn, lines, searchFrom);
        if (found === undefined || found > lines.length) {
          const problem = typeof cut.at === 'number' ? 'line number out of range' : 'match not found';
          // `{*}`: as often as it matches.
          if (typeof cut.at !== 'number' && cut.repeat === Number.POSITIVE_INFINITY) break;
          const where = turn === 0 ? '' : ` on repetition ${turn}`;
          if (!cut.skips) give(text(at, lines.length));
          return complain(`‘${cut.word}’: ${problem}${where}`);
        }
        if (!cut.skips) give(text(at, found));
        at = found + (given.has('suppress-matched') && typeof cut.at !== 'number' ? 1 : 0);
        searchFrom = found - cut.offset + 1;
      }
    }
    give(text(at, lines.length));
    return 0;
  },
});

/** The index of the line before which is cut. */
function cutLine({ at, offset }: Cut, turn: number, lines: readonly string[], from: number): number | undefined {
  if (typeof at === 'number') return at * (turn + 1) - 1 >= lines.length ? undefined : at * (turn + 1) - 1;
  const found = lines.findIndex((line, index) => index >= from && at.find(line) !== undefined);
  return found < 0 ? undefined : found + offset;
}

function readCuts(words: readonly string[]): readonly Cut[] {
  const cuts: Cut[] = [];
  let before = 0;
  for (const word of words) {
    const [, times] = /^\{(\d+|\*)\}$/.exec(word) ?? [];
    const last = cuts.at(-1);
    if (times !== undefined && last !== undefined) {
      last.repeat = times === '*' ? Number.POSITIVE_INFINITY : Number(times);
      continue;
    }
    if (/^\d+$/.test(word)) {
      if (Number(word) === 0) throw new ToolEnd(`${word}: line number must be greater than zero`);
      if (Number(word) < before)
        throw new ToolEnd(`line number ‘${word}’ is smaller than preceding line number, ${before}`);
      before = Number(word);
      cuts.push({ word, at: before, offset: 0, skips: false, repeat: 0 });
      continue;
    }
    const [, mark, source = '', offset = '0'] = /^([/%])(.*)\1([-+]?\d+)?$/.exec(word) ?? [];
    if (mark === undefined && /^[/%]/.test(word)) throw new ToolEnd(`${word}: closing delimiter '${word[0]}' missing`);
    if (mark === undefined) throw new ToolEnd(`‘${word}’: invalid pattern`);
    cuts.push({ word, at: patternOf(word, source), offset: Number(offset), skips: mark === '%', repeat: 0 });
  }
  return cuts;
}

function patternOf(word: string, source: string): Pattern {
  try {
    return compile(source, 'basic');
  } catch (error) {
    if (error instanceof ToolEnd) throw new ToolEnd(`‘${word}’: invalid regular expression: ${error.message}`);
    throw error;
  }
}

export const tsort = defineTool({
  name: 'tsort',
  summary: rareSummaries.tsort,
  synopsis: '[FILE]',
  options: '',
  run(given, io) {
    const [name = '-', extra] = given.operands;
    if (extra !== undefined) throw misuse(`extra operand ‘${extra}’`);
    const bytes = tryInput('tsort', name, io);
    if (bytes === undefined) return 1;
    const words = textOf(bytes)
      .split(/\s+/)
      .filter((word) => word !== '');
    if (words.length % 2 === 1) throw new ToolEnd(`${name}: input contains an odd number of tokens`);
    const after = new Map<string, string[]>();
    const waiting = new Map<string, number>();
    for (let at = 0; at < words.length; at += 2) {
      const [first = '', second = ''] = words.slice(at, at + 2);
      for (const word of [first, second]) {
        if (!after.has(word)) after.set(word, []);
        waiting.set(word, waiting.get(word) ?? 0);
      }
      if (first === second || after.get(first)?.includes(second)) continue;
      after.get(first)?.unshift(second);
      waiting.set(second, (waiting.get(second) ?? 0) + 1);
    }
    const left = new Set([...after.keys()].sort());
    const queue = [...left].filter((word) => waiting.get(word) === 0);
    let exitCode = 0;
    while (left.size > 0) {
      const next = queue.shift();
      if (next === undefined) {
        exitCode = 1;
        const loop = loopIn(left, after);
        io.stderr(`tsort: ${name}: input contains a loop:\n${loop.map((word) => `tsort: ${word}\n`).join('')}`);
        const [broken = ''] = loop;
        waiting.set(broken, 0);
        queue.push(broken);
        continue;
      }
      if (!left.delete(next)) continue;
      io.stdout(`${next}\n`);
      for (const word of after.get(next) ?? []) {
        const still = (waiting.get(word) ?? 0) - 1;
        waiting.set(word, still);
        if (still === 0) queue.push(word);
      }
    }
    return exitCode;
  },
});

/** A circle among what is left, in the order in which one waits for the other. */
function loopIn(left: ReadonlySet<string>, after: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const path: string[] = [];
  for (let word = [...left][0]; word !== undefined; word = after.get(word)?.find((next) => left.has(next))) {
    if (path.includes(word)) return path.slice(path.indexOf(word));
    path.push(word);
  }
  return path;
}
