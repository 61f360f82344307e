// Commands of just-bash that differ from the GNU tools in what they accept or say: their arguments and answers put right.

import { resolvePath } from '../files/index.ts';
import type { Machine } from '../machine.ts';

/** What a command of just-bash answers. */
export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

interface Context {
  readonly cwd: string;
  readonly origCommand?: (args: readonly string[]) => Promise<Answer>;
}

interface Correction {
  readonly args?: (args: readonly string[]) => readonly string[];
  readonly answer?: (answer: Answer, args: readonly string[], place: Place) => Answer;
}

interface Place {
  readonly machine: Machine;
  readonly cwd: string;
}

const corrections: Readonly<Record<string, Correction>> = {
  cat: { answer: withHint },
  file: { answer: fileAnswer },
  mkdir: {
    answer: (answer) => rewrite(withHint(answer), /cannot create directory '(.*)':/g, 'cannot create directory ‘$1’:'),
  },
  mv: { args: targetLast, answer: copyAnswer },
  paste: { args: pasteArguments },
  rmdir: { answer: withHint },
};

/** The corrected commands, as just-bash takes them. */
export function correctedCommands(machine: Machine) {
  return Object.entries(corrections).map(([name, { args: correct, answer: say }]) => ({
    name,
    async execute(args: readonly string[], context: Context): Promise<Answer> {
      if (context.origCommand === undefined) throw new Error(`just-bash has no ${name}`);
      const answer = await context.origCommand([...(correct?.(args) ?? args)]);
      return say === undefined ? answer : say(answer, args, { machine, cwd: context.cwd });
    },
  }));
}

/** The words of the line that are not options. */
function operands(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  if (end !== -1) return [...args.slice(0, end).filter(isOperand), ...args.slice(end + 1)];
  return args.filter(isOperand);
}

function isOperand(arg: string): boolean {
  return arg === '-' || !arg.startsWith('-');
}

function rewrite(answer: Answer, pattern: RegExp, words: string): Answer {
  return { ...answer, stderr: answer.stderr.replaceAll(pattern, words) };
}

/** GNU tools end a complaint about their arguments with where to read more. */
function withHint(answer: Answer): Answer {
  return rewrite(
    answer,
    /^(\w+)(: (?:missing (?:file )?operand|(?:invalid|unrecognized) option .*)\n)(?!Try)/gm,
    "$1$2Try '$1 --help' for more information.\n",
  );
}

function missingOperands(answer: Answer, args: readonly string[]): Answer {
  const [first, second] = operands(args);
  if (answer.exitCode === 0 || second !== undefined) return answer;
  const what = first === undefined ? 'missing file operand' : `missing destination file operand after '${first}'`;
  return rewrite(answer, /^(\w+): missing .*\n/gm, `$1: ${what}\nTry '$1 --help' for more information.\n`);
}

/** `-sd,` becomes `-s -d,`; without a file paste reads standard input. */
function pasteArguments(args: readonly string[]): readonly string[] {
  const words = args.flatMap((arg) => (/^-sd./.test(arg) ? ['-s', `-d${arg.slice(3)}`] : [arg]));
  const reads = words.some((arg, index) => isOperand(arg) && words[index - 1] !== '-d');
  return reads ? words : [...words, '-'];
}

/** What is copied or moved is told by the names of the line; a target that is not there is told as such. */
function copyAnswer(answer: Answer, args: readonly string[], { machine, cwd }: Place): Answer {
  const names = operands(args);
  const target = names.at(-1) ?? '';
  const absent = !machine.files.exists(resolvePath(cwd, target));
  const told = missingOperands(answer, args);
  const full = resolvePath(cwd, target);
  const named = (text: string): string =>
    text.replaceAll(`'${full}'`, `'${target}'`).replaceAll(`'${full}/`, `'${target.replace(/\/$/, '')}/`);
  const stderr = absent
    ? told.stderr.replace(/(target '.*') is not a directory/, '$1: No such file or directory')
    : told.stderr;
  return { ...told, stdout: named(told.stdout), stderr: named(stderr) };
}

/** `file` tells kinds in one column, after the longest name. */
function fileAnswer(answer: Answer, args: readonly string[]): Answer {
  const brief = args.some((arg) => arg === '--brief' || /^-[a-z]*b/.test(arg));
  const lines = answer.stdout
    .replaceAll(/JSON data$/gm, 'JSON text data')
    .replaceAll(/^(.*): cannot open \(/gm, "$1: cannot open `$1' (")
    .split(/(?<=\n)/);
  if (brief) return { ...answer, stdout: lines.join('') };
  const width = Math.max(0, ...lines.map((line) => line.indexOf(': ')));
  return {
    ...answer,
    stdout: lines.map((line) => line.replace(': ', `: ${' '.repeat(width - line.indexOf(': '))}`)).join(''),
  };
}

/** `-t FOLDER` before the names is the folder after them. */
function targetLast(args: readonly string[]): readonly string[] {
  const at = args.findIndex((arg) => arg === '-t' || arg.startsWith('--target-directory='));
  if (at < 0) return args;
  const folder = args[at] === '-t' ? args[at + 1] : args[at]?.slice('--target-directory='.length);
  return [
    ...args.slice(0, at),
    ...args.slice(at + (args[at] === '-t' ? 2 : 1)),
    ...(folder === undefined ? [] : [folder]),
  ];
}
