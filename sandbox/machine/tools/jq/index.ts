// jq 1.6: the program, its options and its exit codes.
import type { Command, CommandIO } from '../../command.ts';
import { FileError } from '../../files/index.ts';
import { readInput, reason, textOf } from '../tool.ts';
import { faultsOf } from './check.ts';
import { evaluate, Halt, resetSteps, type World } from './evaluate.ts';
import { isTrue, type Json, jsonText, type Layout } from './json.ts';
import { readLibrary } from './library.ts';
import { JqError } from './operators.ts';
import { type Options, readOptions } from './options.ts';
import { JsonProblem, readValues } from './reader.ts';
import { type Node, parseProgram, SyntaxProblem } from './syntax.ts';

export const jq: Command = {
  name: 'jq',
  summary: { es: 'consulta y transforma JSON', en: 'queries and transforms JSON' },
  run(args, io) {
    const options = readOptions(args, io);
    if (typeof options === 'number') return options;
    const program = compiled(options, io);
    return program === undefined ? 3 : filter(program, options, io);
  },
};

let library: ReturnType<typeof readLibrary> | undefined;

function compiled({ program, variables }: Options, io: CommandIO): Node | undefined {
  library ??= readLibrary();
  const complain = (message: string, at: number): void => {
    const before = program.slice(0, at).split('\n');
    const text = program.split('\n')[before.length - 1] ?? '';
    const column = before.at(-1)?.length ?? 0;
    io.stderr(`jq: error: ${message} at <top-level>, line ${before.length}:\n${text}${' '.repeat(column)}\n`);
  };
  const end = (count: number): undefined => {
    io.stderr(`jq: ${count} compile error${count === 1 ? '' : 's'}\n`);
  };
  try {
    const parsed = parseProgram(program);
    const faults = faultsOf(parsed, library, variables.keys());
    if (faults.length === 0) return parsed;
    for (const { message, at } of faults) complain(message, at);
    return end(faults.length);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    complain(error.message, error.at);
    if (error.unterminated === undefined) return end(1);
    complain("Possibly unterminated 'if' statement", error.unterminated);
    return end(2);
  }
}

/** The inputs one after another, as files and options say. */
interface Source {
  next(): Json | undefined;
  readonly name: () => string | null;
  readonly line: () => number;
  /** Exit code for files that could not be read. */
  readonly failed: () => number;
}

function createSource({ files, raw, slurp }: Options, io: CommandIO): Source {
  let exitCode = 0;
  let name: string | null = null;
  let line = 0;
  function* texts(): Generator<{ readonly name: string; readonly text: string }> {
    if (files.length === 0) yield { name: '<stdin>', text: textOf(io.stdin) };
    for (const file of files) {
      try {
        yield { name: file, text: textOf(readInput(file, io)) };
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (error.code !== 'EISDIR') io.stderr(`jq: error: Could not open file ${file}: ${reason(error)}\n`);
        exitCode = 2;
      }
    }
  }
  function* values(): Generator<Json> {
    for (const one of texts()) {
      name = one.name;
      if (raw) {
        for (const text of one.text.replace(/\n$/, '').split('\n')) {
          line++;
          if (one.text !== '') yield text;
        }
        continue;
      }
      for (const read of readValues(one.text.replace(/^\ufeff/, ''))) {
        line = read.line;
        yield read.value;
      }
    }
  }
  function* all(): Generator<Json> {
    if (!slurp) yield* values();
    else if (raw) yield [...texts()].map(({ text }) => text).join('');
    else yield [...values()];
  }
  const stream = all();
  return {
    next() {
      const { done, value } = stream.next();
      return done ? undefined : value;
    },
    name: () => name,
    line: () => line,
    failed: () => exitCode,
  };
}

function filter(program: Node, options: Options, io: CommandIO): number {
  const source = createSource(options, io);
  const layout: Layout = {
    indent: options.indent,
    sorted: options.sorted,
    ascii: options.ascii,
    coloured: options.colour === 'always' || (options.colour === 'auto' && io.isTerminal),
  };
  const world: World = {
    library: library ?? new Map(),
    now: io.machine.kernel.now,
    env: io.env,
    input: source.next,
    inputName: () => (source.name() === '<stdin>' ? null : source.name()),
    inputLine: source.line,
    stderr: io.stderr,
  };
  const variables = new Map(options.variables);
  let last: Json | undefined;
  let exitCode = 0;
  resetSteps();
  const where = (): string => (source.name() === null ? '<unknown>' : `${source.name()}:${source.line()}`);
  const one = (input: Json): void => {
    try {
      for (const value of evaluate(program, input, variables, world)) {
        last = value;
        const raw = options.output !== 'json' && typeof value === 'string';
        io.stdout(
          (raw ? value : jsonText(value, layout)) +
            (options.output === 'joined' ? '' : options.output === 'nul' ? '\0' : '\n'),
        );
      }
    } catch (error) {
      if (error instanceof Halt || !(error instanceof JqError)) throw error;
      exitCode = 5;
      const isText = error.value === undefined || typeof error.value === 'string';
      io.stderr(
        isText
          ? `jq: error (at ${where()}): ${error.message}\n`
          : `jq: error (at ${where()}) (not a string): ${jsonText(error.value ?? null)}\n`,
      );
    }
  };
  try {
    if (options.nullInput) one(null);
    else for (let input = source.next(); input !== undefined; input = source.next()) one(input);
  } catch (error) {
    if (error instanceof JsonProblem) {
      io.stderr(`parse error: ${error.message}\n`);
      return 4;
    }
    if (!(error instanceof Halt)) throw error;
    if (error.value !== undefined)
      io.stderr(typeof error.value === 'string' ? error.value : `${jsonText(error.value)}\n`);
    return error.exitCode;
  }
  if (exitCode !== 0) return exitCode;
  if (source.failed() !== 0) return source.failed();
  if (!options.exitStatus) return 0;
  return last === undefined ? 4 : isTrue(last) ? 0 : 1;
}
