import type { CommandIO } from '../../../command.ts';
import { FileError, operandPath } from '../../../files/index.ts';
import type { Given } from '../../options.ts';
import { bytesOf, defineTool, linesOf, readInput, reason, ToolEnd, textOf } from '../../tool.ts';
import { createSed, runScript, type Streams } from './run.ts';
import { parseScript } from './script.ts';

const usage = `Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...
`;

/** GNU sed 4.9. */
export const sed = defineTool({
  name: 'sed',
  summary: { es: 'cambia texto línea a línea', en: 'changes text line by line' },
  synopsis: '[OPTION]... {script-only-if-no-other-script} [input-file]...',
  options:
    'l|line-length= n|quiet silent e|expression= f|file= E|regexp-extended r i|in-place? s|separate u|unbuffered z|null-data posix',
  counts: { l: ['line length'] },
  absent: 'b|binary follow-symlinks sandbox debug',
  usage,
  version: 'GNU sed 4.9',
  run(given, io) {
    const names = [...given.operands];
    const pieces = given.order.flatMap(([key, value]) =>
      key === 'e' ? [value] : key === 'f' ? [scriptFrom(value, io)] : [],
    );
    if (!given.has('e', 'f')) {
      const script = names.shift();
      if (script === undefined) throw new ToolEnd('', 1, true);
      pieces.push(script);
    }
    // `a\` at the end of one -e goes on in the next.
    const commands = parseScript(pieces.join('\n'), { extended: given.has('E', 'r') });
    const quiet = given.has('n', 'quiet', 'silent') || /^#n(\n|$)/.test(pieces[0] ?? '');
    if (names.length === 0 && given.has('i')) throw new ToolEnd('no input files', 4);
    if (names.length === 0) names.push('-');
    return given.has('i') ? inPlace(names, commands, quiet, given, io) : streamed(names, commands, quiet, given, io);
  },
});

function scriptFrom(name: string, io: CommandIO): string {
  try {
    return textOf(readInput(name, io)).replace(/\n$/, '');
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new ToolEnd(`couldn't open file ${name}: ${reason(error)}`, 4);
  }
}

type Commands = ReturnType<typeof parseScript>;

function streamed(names: readonly string[], commands: Commands, quiet: boolean, given: Given, io: CommandIO): number {
  let exitCode = 0;
  const out: string[] = [];
  const texts = names.flatMap((name) => {
    const text = readText(name, io);
    if (text === undefined) exitCode = 2;
    return text === undefined ? [] : [{ name, text }];
  });
  const sed = createSed(Number(given.value('l') ?? 70));
  const files = createFiles(io, (text) => out.push(text));
  const end = given.has('z') ? '\0' : '\n';
  try {
    if (given.has('s')) {
      for (const one of texts) {
        sed.line = 0;
        runScript(commands, sed, { ...linesFrom([one], end), ...files, end }, quiet);
      }
    } else {
      const lines = linesFrom(texts, end);
      runScript(commands, sed, { ...lines, ...files, end }, quiet);
      if (sed.quit !== undefined && names.at(-1) === '-') {
        let left = 0;
        for (let rest = lines.next(); rest !== undefined; rest = lines.next()) left += rest.text.length + 1;
        io.leaves?.(left);
      }
    }
  } finally {
    io.stdout(out.join(''));
    files.save();
  }
  return sed.quit || exitCode;
}

function inPlace(names: readonly string[], commands: Commands, quiet: boolean, given: Given, io: CommandIO): number {
  const { files } = io.machine;
  const suffix = given.value('i') ?? '';
  const end = given.has('z') ? '\0' : '\n';
  let exitCode = 0;
  for (const name of names) {
    const path = operandPath(io.cwd, name);
    if (name !== '-' && files.exists(path) && files.stat(path).type === 'directory') {
      io.stderr(`sed: couldn't edit ${name}: not a regular file\n`);
      exitCode = 4;
      continue;
    }
    const text = readText(name, io);
    if (text === undefined) {
      exitCode = exitCode || 2;
      continue;
    }
    const out: string[] = [];
    const written = createFiles(io, (piece) => out.push(piece));
    const sed = createSed(Number(given.value('l') ?? 70));
    const lines = linesFrom([{ name, text }], end);
    runScript(commands, sed, { ...lines, ...written, end }, quiet);
    // What was not read when the script quit stays as it was.
    if (sed.quit !== undefined)
      for (let rest = lines.next(); rest !== undefined; rest = lines.next())
        out.push(rest.text + (rest.ended ? end : ''));
    const { mode } = files.stat(path);
    if (suffix !== '') {
      const backup = suffix.includes('*') ? suffix.replaceAll('*', name) : name + suffix;
      files.writeFile(operandPath(io.cwd, backup), files.readFile(path), mode);
    }
    // As a new file: other names of the old one keep it.
    if (files.stat(path).links > 1) files.remove(path);
    files.writeFile(path, bytesOf(out.join('')), mode);
    written.save();
    if (sed.quit) exitCode = sed.quit;
  }
  return exitCode;
}

function readText(name: string, io: CommandIO): string | undefined {
  try {
    return textOf(readInput(name, io));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'EISDIR') throw new ToolEnd(`read error on ${name === '-' ? 'stdin' : name}: Is a directory`, 4);
    io.stderr(`sed: can't read ${name}: ${reason(error)}\n`);
    return undefined;
  }
}

/** Lines of several texts as one stream; a text without a last newline gets one when another follows. */
function linesFrom(texts: readonly NamedText[], end: string): Pick<Streams, 'next' | 'isLast' | 'fileName'> {
  const all = texts.flatMap(({ name, text }, index) => {
    const { lines, ended } = linesOf(text, end);
    return lines.map((line, number) => ({
      name,
      text: line,
      ended: ended || number < lines.length - 1 || texts.slice(index + 1).some((later) => later.text !== ''),
    }));
  });
  let at = 0;
  return { next: () => all[at++], isLast: () => at >= all.length, fileName: () => all[at - 1]?.name ?? '-' };
}

interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The files that a script writes are filled when it ends; it may read back none of them. */
function createFiles(
  io: CommandIO,
  write: (text: string) => void,
): Pick<Streams, 'write' | 'writeFile' | 'readFile'> & { save(): void } {
  const written = new Map<string, string[]>();
  return {
    write,
    writeFile(name, text) {
      if (name === '/dev/stdout') return write(text);
      if (name === '/dev/stderr') return io.stderr(text);
      const pieces = written.get(name) ?? [];
      pieces.push(text);
      written.set(name, pieces);
    },
    readFile(name) {
      try {
        return textOf(readInput(name === '/dev/stdin' ? '-' : name, io));
      } catch {
        return '';
      }
    },
    save() {
      for (const [name, pieces] of written) io.machine.files.writeFile(operandPath(io.cwd, name), pieces.join(''));
    },
  };
}
