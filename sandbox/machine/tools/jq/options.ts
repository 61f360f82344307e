import type { CommandIO } from '../../command.ts';
import { FileError } from '../../files/index.ts';
import type { Words } from '../../words.ts';
import { readInput, reason, textOf } from '../tool.ts';
import type { Json } from './json.ts';
import { JsonProblem, readValues } from './reader.ts';

export interface Options {
  readonly program: string;
  readonly files: readonly string[];
  readonly variables: ReadonlyMap<string, Json>;
  readonly nullInput: boolean;
  readonly raw: boolean;
  readonly slurp: boolean;
  readonly exitStatus: boolean;
  readonly sorted: boolean;
  readonly ascii: boolean;
  readonly colour: 'auto' | 'always' | 'never';
  readonly indent: string | undefined;
  readonly output: 'json' | 'raw' | 'joined' | 'nul';
}

const help: Words = {
  es: `Uso: jq [OPCIONES] FILTRO [ARCHIVOS...]
Opciones: -n --null-input, -r --raw-output, -R --raw-input, -s --slurp, -c --compact-output, -S --sort-keys, -e --exit-status,
  -j --join-output, -a --ascii-output, -C --color-output, -M --monochrome-output, --tab, --indent N, -f --from-file,
  --arg NOMBRE TEXTO, --argjson NOMBRE JSON, --slurpfile NOMBRE ARCHIVO, --rawfile NOMBRE ARCHIVO, --args, --jsonargs
Lo demás del programa real (módulos, --stream, --seq) no forma parte de este sandbox.
`,
  en: `Usage: jq [OPTIONS] FILTER [FILES...]
Options: -n --null-input, -r --raw-output, -R --raw-input, -s --slurp, -c --compact-output, -S --sort-keys, -e --exit-status,
  -j --join-output, -a --ascii-output, -C --color-output, -M --monochrome-output, --tab, --indent N, -f --from-file,
  --arg NAME TEXT, --argjson NAME JSON, --slurpfile NAME FILE, --rawfile NAME FILE, --args, --jsonargs
The rest of the real program (modules, --stream, --seq) is not part of this sandbox.
`,
};

const usage =
  'Usage:\tjq [OPTIONS] FILTER [FILES...]\n\tjq [OPTIONS] --args FILTER [ARGUMENTS...]\n\tjq [OPTIONS] --jsonargs FILTER [JSON_VALUES...]\n';

const hint =
  'Use jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n';

const longNames: Readonly<Record<string, string>> = {
  '--null-input': 'n',
  '--raw-output': 'r',
  '--raw-input': 'R',
  '--slurp': 's',
  '--compact-output': 'c',
  '--sort-keys': 'S',
  '--exit-status': 'e',
  '--join-output': 'j',
  '--ascii-output': 'a',
  '--color-output': 'C',
  '--monochrome-output': 'M',
  '--from-file': 'f',
  '--unbuffered': 'u',
};

/** Options of the line, or the exit code when there is nothing to run. */
export function readOptions(args: readonly string[], io: CommandIO): Options | number {
  const letters = new Set<string>();
  const variables = new Map<string, Json>();
  const named = new Map<string, Json>();
  const operands: string[] = [];
  const positional: Json[] = [];
  let indent: string | undefined = '  ';
  let rest: 'files' | 'args' | 'jsonargs' = 'files';
  const refuse = (text: string): number => {
    io.stderr(text);
    return 2;
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as string;
    const short = /^-[a-zA-Z]+$/.test(arg) ? [...arg.slice(1)] : undefined;
    if (arg === '--help' || arg === '-h') {
      io.stdout(help[io.machine.language]);
      return 0;
    }
    if (arg === '--version' || arg === '-V') {
      io.stdout('jq-1.6\n');
      return 0;
    }
    if (longNames[arg] !== undefined) letters.add(longNames[arg]);
    else if (short?.every((letter) => 'nrRscSejaCMfu'.includes(letter)))
      for (const letter of short) letters.add(letter);
    else if (arg === '--tab') {
      letters.delete('c');
      indent = '\t';
    } else if (arg === '--indent') {
      const width = Number(args[++at]);
      if (args[at] === undefined) return refuse(`jq: --indent takes one parameter\n${hint}`);
      if (width > 7) return refuse(`jq: Cannot indent more than 7 characters\n${hint}`);
      letters.delete('c');
      indent = width === 0 ? undefined : ' '.repeat(width);
    } else if (arg === '--args' || arg === '--jsonargs') rest = arg.slice(2) as 'args' | 'jsonargs';
    else if (['--arg', '--argjson', '--slurpfile', '--rawfile', '--argfile'].includes(arg)) {
      const [name, value] = [args[at + 1], args[at + 2]];
      const what = arg === '--arg' ? 'value' : arg === '--argjson' ? 'text' : 'filename';
      if (name === undefined || value === undefined)
        return refuse(`jq: ${arg} takes two parameters (e.g. ${arg} varname ${what})\n${hint}`);
      at += 2;
      const read = namedValue(arg, name, value, io);
      if (typeof read === 'string') return refuse(read);
      if (!named.has(name)) named.set(name, read.value);
    } else if (/^-./.test(arg) && !/^-\d/.test(arg)) {
      const absent = ['--stream', '--seq', '-L', '--stream-errors'].includes(arg);
      return refuse(absent ? `jq: '${arg}' is not part of this sandbox\n` : `jq: Unknown option ${arg}\n${hint}`);
    } else if (rest === 'files' || operands.length === 0) operands.push(arg);
    else positional.push(rest === 'args' ? arg : ([...readValues(arg)][0]?.value ?? null));
  }
  for (const [name, value] of named) variables.set(name, value);
  variables.set(
    'ARGS',
    new Map<string, Json>([
      ['positional', positional],
      ['named', named],
    ]),
  );
  // Without a filter it shows what it reads, unless both sides are the terminal.
  let program = operands.shift() ?? (io.isTerminal && io.stdin.length === 0 ? undefined : '.');
  if (program === undefined) return refuse(`jq - commandline JSON processor [version 1.6]\n\n${usage}`);
  if (letters.has('f')) {
    try {
      program = textOf(readInput(program, io));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return refuse(`jq: Could not open ${program}: ${reason(error)}\n`);
    }
  }
  return {
    program,
    files: operands,
    variables,
    nullInput: letters.has('n'),
    raw: letters.has('R'),
    slurp: letters.has('s'),
    exitStatus: letters.has('e'),
    sorted: letters.has('S'),
    ascii: letters.has('a'),
    colour: letters.has('M') ? 'never' : letters.has('C') ? 'always' : 'auto',
    indent: letters.has('c') ? undefined : indent,
    output: letters.has('j') ? 'joined' : letters.has('r') ? 'raw' : 'json',
  };
}

function namedValue(option: string, name: string, value: string, io: CommandIO): { readonly value: Json } | string {
  if (option === '--arg') return { value };
  try {
    if (option === '--argjson') {
      const [first, second] = [...readValues(value)];
      if (first === undefined || second !== undefined) throw new JsonProblem('');
      return { value: first.value };
    }
    const text = textOf(readInput(value, io));
    if (option === '--rawfile') return { value: text };
    const values = [...readValues(text)].map((one) => one.value);
    const [only = null] = values;
    return { value: option === '--argfile' && values.length === 1 ? only : values };
  } catch (error) {
    if (option === '--argjson') return `jq: invalid JSON text passed to --argjson\n${hint}`;
    const why = error instanceof JsonProblem ? error.message : `Could not open ${value}: No such file or directory`;
    return `jq: Bad JSON in --${option.slice(2)} ${name} ${value}: ${why}\n`;
  }
}
