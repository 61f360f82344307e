// tac, rev, fold, expand and unexpand: text turned round, broken and indented otherwise.
import type { Command, CommandIO } from '../../command.ts';
import { FileError } from '../../files/index.ts';
import type { Given } from '../options.ts';
import { bytesOf, byteText, defineTool, fromByteText, readInput, reason, ToolEnd, textOf, tryInput } from '../tool.ts';

const TAB = 8;

/** Runs over the texts of all files on the line. `complaint` is what a tool of coreutils says of one; else its own. */
function eachText(
  tool: string,
  given: Given,
  io: CommandIO,
  change: (text: string) => string | Uint8Array,
  complaint?: (name: string, error: FileError) => string,
): number {
  let exitCode = 0;
  for (const name of given.operands.length === 0 ? ['-'] : given.operands) {
    let bytes: Uint8Array | undefined;
    if (complaint === undefined) bytes = tryInput(tool, name, io);
    else {
      try {
        bytes = readInput(name, io);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        io.stderr(`${tool}: ${complaint(name, error)}\n`);
      }
    }
    if (bytes === undefined) exitCode = 1;
    else io.stdout(change(textOf(bytes)));
  }
  return exitCode;
}

const tac = defineTool({
  name: 'tac',
  summary: { es: 'muestra las líneas de la última a la primera', en: 'shows lines from last to first' },
  synopsis: '[OPTION]... [FILE]...',
  options: 's|separator=',
  absent: 'b|before r|regex',
  run: (given, io) => {
    const end = given.value('s') || (given.has('s') ? '\0' : '\n');
    const turned = (text: string): string =>
      text
        .split(end)
        .map((piece, index, all) => (index < all.length - 1 ? piece + end : piece))
        .filter((piece) => piece !== '')
        .reverse()
        .join('');
    return eachText('tac', given, io, turned, (name, error) =>
      error.code === 'EISDIR'
        ? `${name === '-' ? "'standard input'" : name}: read error: Invalid argument`
        : `failed to open '${name}' for reading: ${reason(error)}`,
    );
  },
});

const rev = defineTool({
  name: 'rev',
  summary: { es: 'da la vuelta a cada línea', en: 'turns each line round' },
  synopsis: '[FILE]...',
  options: '',
  version: 'util-linux 2.38.1',
  run: (given, io) => {
    const turned = (text: string): string =>
      text
        .split('\n')
        .map((line) => [...line].reverse().join(''))
        .join('\n');
    return eachText('rev', given, io, turned, (name, error) =>
      error.code === 'EISDIR' ? `${name}: 0: Is a directory` : `cannot open ${name}: ${reason(error)}`,
    );
  },
});

/** The column after a character. */
function advanced(column: number, character: string, isBytes: boolean): number {
  if (isBytes) return column + bytesOf(character).length;
  if (character === '\b') return Math.max(0, column - 1);
  if (character === '\r') return 0;
  return character === '\t' ? column + TAB - (column % TAB) : column + 1;
}

const fold = defineTool({
  name: 'fold',
  summary: { es: 'parte las líneas largas', en: 'breaks long lines' },
  synopsis: '[OPTION]... [FILE]...',
  options: 'b|bytes s|spaces w|width=',
  counts: { w: ['number of columns', 1] },
  rewrite: (args) => args.map((arg) => (/^-\d+$/.test(arg) ? `-w${arg.slice(1)}` : arg)),
  run(given, io) {
    const width = Number(given.value('w') ?? '80');
    const isBytes = given.has('b');
    const broken = (line: string): string => {
      let out = '';
      let piece = '';
      let column = 0;
      for (const character of line) {
        if (advanced(column, character, isBytes) > width && piece !== '') {
          const space = given.has('s') ? Math.max(piece.lastIndexOf(' '), piece.lastIndexOf('\t')) : -1;
          const end = space < 0 ? piece.length : space + 1;
          out += `${piece.slice(0, end)}\n`;
          piece = piece.slice(end);
          column = [...piece].reduce((sum, one) => advanced(sum, one, isBytes), 0);
        }
        piece += character;
        column = advanced(column, character, isBytes);
      }
      return out + piece;
    };
    // A column for each byte, also within a letter.
    const folded = (bytes: string): string => bytes.split('\n').map(broken).join('\n');
    return eachText('fold', given, io, (text) => fromByteText(folded(byteText(bytesOf(text)))));
  },
});

/** Where the next stop is: every so many columns, or at the places of a list. */
function stopsOf(given: Given): (column: number) => number {
  const list = given.all('t').flatMap((text) => text.split(/[, ]/));
  const wrong = list.find((text) => !/^\d+$/.test(text));
  if (wrong !== undefined) throw new ToolEnd(`tab size contains invalid character(s): ‘${wrong}’`);
  if (list.some((text) => Number(text) === 0)) throw new ToolEnd('tab size cannot be 0');
  const places = list.map(Number);
  if (places.some((place, index) => place <= (places[index - 1] ?? 0)))
    throw new ToolEnd('tab sizes must be ascending');
  const size = places.length === 1 ? (places[0] ?? TAB) : TAB;
  if (places.length < 2) return (column) => column + size - (column % size);
  return (column) => places.find((place) => place > column) ?? column + 1;
}

const withNumber = (args: readonly string[]): readonly string[] =>
  args.map((arg) => (/^-\d+(,\d+)*$/.test(arg) ? `-t${arg.slice(1)}` : arg));

const expand = defineTool({
  name: 'expand',
  summary: { es: 'cambia tabuladores por espacios', en: 'changes tabs to spaces' },
  synopsis: '[OPTION]... [FILE]...',
  options: 'i|initial t|tabs=',
  rewrite: withNumber,
  run(given, io) {
    const next = stopsOf(given);
    const spaced = (line: string): string => {
      let out = '';
      let column = 0;
      let isInitial = true;
      for (const character of line) {
        if (character === '\t' && (isInitial || !given.has('i'))) {
          const stop = next(column);
          out += ' '.repeat(stop - column);
          column = stop;
        } else {
          out += character;
          column = character === '\b' ? Math.max(0, column - 1) : column + 1;
        }
        if (!/[ \t]/.test(character)) isInitial = false;
      }
      return out;
    };
    return eachText('expand', given, io, (text) => text.split('\n').map(spaced).join('\n'));
  },
});

const unexpand = defineTool({
  name: 'unexpand',
  summary: { es: 'cambia espacios por tabuladores', en: 'changes spaces to tabs' },
  synopsis: '[OPTION]... [FILE]...',
  options: 'a|all first-only t|tabs=',
  rewrite: withNumber,
  run(given, io) {
    const next = stopsOf(given);
    const all = given.has('a', 't') && !given.has('first-only');
    const tabbed = (line: string): string => {
      let out = '';
      let blanks = '';
      let column = 0;
      let isInitial = true;
      for (const character of line) {
        if (/[ \t]/.test(character) && (isInitial || all)) {
          const stop = next(column);
          blanks += character;
          column = character === '\t' ? stop : column + 1;
          if (column === stop && (blanks.length > 1 || isInitial || character === '\t')) {
            out += '\t';
            blanks = '';
          }
          continue;
        }
        out += blanks + character;
        blanks = '';
        column++;
        isInitial = false;
      }
      return out + blanks;
    };
    return eachText('unexpand', given, io, (text) => text.split('\n').map(tabbed).join('\n'));
  },
});

export const columnTools: readonly Command[] = [tac, rev, fold, expand, unexpand];
