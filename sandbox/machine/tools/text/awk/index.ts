// awk as Debian has it: mawk 1.3.4, which counts bytes.
import type { Command, CommandIO } from '../../../command.ts';
import { FileError, operandPath } from '../../../files/index.ts';
import { compile } from '../../pattern.ts';
import { byteText, byteWord, fromByteText, ofFolder, readInput, reason, ToolEnd, textOf } from '../../tool.ts';
import { type Records, recordsOf } from './records.ts';
import { createMachine, faultOf, runProgram } from './run.ts';
import type { Surroundings } from './surroundings.ts';
import { parse, unquoted } from './syntax.ts';
import { Outside, type Value } from './values.ts';

const usage = {
  es: `Uso: awk [-F separador] [-v variable=valor] [-f archivo | 'programa'] [archivo...]
El lenguaje es el de mawk 1.3.4: patrones, arreglos, funciones, getline, printf, tuberías y system().
Las opciones -W de mawk no forman parte de este sandbox.
`,
  en: `Usage: awk [-F separator] [-v variable=value] [-f file | 'program'] [file...]
The language is that of mawk 1.3.4: patterns, arrays, functions, getline, printf, pipes and system().
The -W options of mawk are not part of this sandbox.
`,
};

function awkNamed(name: string): Command {
  return {
    name,
    summary: { es: 'procesa texto por líneas y campos', en: 'processes text by lines and fields' },
    async run(args, io) {
      try {
        return await run(args, io);
      } catch (error) {
        if (!(error instanceof ToolEnd)) throw error;
        io.stderr(`awk: ${error.message}\n`);
        return error.exitCode;
      }
    },
  };
}

async function run(args: readonly string[], io: CommandIO): Promise<number> {
  const words = [...args];
  const machine = createMachine();
  const sources: string[] = [];
  const set = (setting: string): void => {
    const [, name, value = ''] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(setting) ?? [];
    if (name === undefined) throw new ToolEnd(`improper assignment: -v ${setting}`, 2);
    machine.globals.set(name, new Outside(unquoted(byteWord(value))));
  };
  while (words[0]?.startsWith('-') && words[0] !== '-') {
    const word = words.shift() as string;
    if (word === '--') break;
    if (word === '--help') {
      io.stdout(usage[io.machine.language]);
      return 0;
    }
    const [option, attached] = [word.slice(0, 2), word.slice(2)];
    if (!['-F', '-v', '-f'].includes(option)) {
      if (option === '-W') throw new ToolEnd(`'${word}' is not part of this sandbox`, 2);
      io.stderr(`awk: not an option: ${word}\n`);
      return 2;
    }
    const value = attached === '' ? words.shift() : attached;
    if (value === undefined) throw new ToolEnd(`option ${option} lacks argument`, 2);
    if (option === '-F') machine.globals.set('FS', value === 't' ? 't' : unquoted(byteWord(value)));
    else if (option === '-v') set(value);
    else sources.push(readSource(value, io));
  }
  if (sources.length === 0) {
    const program = words.shift();
    if (program === undefined) {
      io.stderr(usage[io.machine.language]);
      return 0;
    }
    sources.push(byteWord(program));
  }
  const program = parse(sources.join('\n'), faultOf);
  machine.arrays.set(
    'ENVIRON',
    new Map(Object.entries(io.env).map(([key, value]) => [byteWord(key), new Outside(byteWord(value))])),
  );
  const argv = new Map<string, Value>(
    ['awk', ...words].map((word, index) => [String(index), new Outside(byteWord(word))]),
  );
  machine.arrays.set('ARGV', argv);
  machine.globals.set('ARGC', argv.size);
  const outside = createOutside(words, io);
  const steps = runProgram(program, machine, outside);
  let exitCode = 0;
  try {
    let step = steps.next();
    while (!step.done) {
      outside.flush();
      if (io.run === undefined) throw new ToolEnd('a shell is needed to run a command', 2);
      const { command, stdin } = step.value;
      const ran = await io.run({ words: textOf(fromByteText(command)), stdin: fromByteText(stdin) });
      io.stderr(ran.stderr);
      step = steps.next({ stdout: byteText(ran.stdout), exitCode: ran.exitCode });
    }
    exitCode = step.value;
  } finally {
    outside.end();
  }
  return exitCode;
}

function readSource(name: string, io: CommandIO): string {
  try {
    return byteText(readInput(name, io));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new ToolEnd(`cannot open ${name} (${reason(error)})`, 2);
  }
}

function createOutside(words: readonly string[], io: CommandIO): Surroundings & { flush(): void; end(): void } {
  const patternOf = (source: string) => compile(source, 'extended', { escapes: 'awk' });
  const random = io.machine.kernel.random('awk');
  const waiting =
    words.length === 0 || words.every((word) => /^[A-Za-z_]\w*=/.test(word)) ? [...words, '-'] : [...words];
  let current: Records | undefined;
  let started: string | undefined;
  let isInput = false;
  let pieces: string[] = [];
  return {
    write: (text) => void pieces.push(text),
    end() {
      this.flush();
      if (isInput && current !== undefined) io.leaves?.(current.left());
    },
    flush() {
      if (pieces.length > 0) io.stdout(fromByteText(pieces.join('')));
      pieces = [];
    },
    complain(text) {
      this.flush();
      io.stderr(textOf(fromByteText(text)));
    },
    open(name, separator) {
      try {
        return recordsOf(byteText(readInput(textOf(fromByteText(name)), io)), separator, patternOf);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        return undefined;
      }
    },
    next(separator) {
      for (;;) {
        const record = current?.next();
        if (record !== undefined) {
          const newFile = started;
          started = undefined;
          return { record, newFile };
        }
        current = undefined;
        const word = waiting.shift();
        if (word === undefined) return undefined;
        if (/^[A-Za-z_]\w*=/.test(word)) return { assign: byteWord(word) };
        if (word === '') continue;
        try {
          current = recordsOf(byteText(readInput(word, io)), separator, patternOf);
          isInput = word === '-';
          started = byteWord(word);
        } catch (error) {
          if (!(error instanceof FileError)) throw error;
          this.flush();
          throw new ToolEnd(ofFolder('awk', error, word) ?? `cannot open ${word} (${reason(error)})`, 2);
        }
      }
    },
    skipFile() {
      current = undefined;
    },
    records: (text, separator) => recordsOf(text, separator, patternOf),
    save(name, text, append) {
      const path = operandPath(io.cwd, textOf(fromByteText(name)));
      if (path === '/dev/null') return;
      try {
        if (append) io.machine.files.appendFile(path, fromByteText(text));
        else io.machine.files.writeFile(path, fromByteText(text));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        throw new ToolEnd(`cannot open "${name}" for output (${reason(error)})`, 2);
      }
    },
    now: io.machine.kernel.now,
    random: () => random.integer(0, 2 ** 31 - 2) / (2 ** 31 - 1),
  };
}

export const awkTools: readonly Command[] = [awkNamed('awk'), awkNamed('mawk')];
