// Commands of just-bash that differ from the GNU tools in what they accept or say: their arguments and answers put right.

import { resolvePath } from '../files/index.ts';
import type { Machine } from '../machine.ts';
import { normalDiff, unifiedDiff } from './diff-format.ts';

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
  awk: { args: awkArguments },
  cat: { answer: withHint },
  cp: { answer: missingOperands },
  diff: { args: (args) => args.filter((arg) => arg !== '-u'), answer: diffAnswer },
  grep: { answer: grepAnswer },
  head: { answer: cannotOpen },
  mkdir: { answer: withHint },
  mv: { answer: missingOperands },
  paste: { args: pasteArguments },
  rm: { answer: withHint },
  rmdir: { answer: withHint },
  sort: { answer: sortAnswer },
  tail: { answer: cannotOpen },
  touch: { answer: touchAnswer },
  uniq: { answer: uniqAnswer },
  wc: { answer: wcAnswer },
  xargs: { args: xargsArguments },
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

function cannotOpen(answer: Answer): Answer {
  return rewrite(
    withHint(answer),
    /^(head|tail): (.*): (No such file or directory)$/gm,
    "$1: cannot open '$2' for reading: $3",
  );
}

function sortAnswer(answer: Answer): Answer {
  const told = rewrite(
    answer,
    /^sort: (.*): No such file or directory$/gm,
    'sort: cannot read: $1: No such file or directory',
  );
  return told.stderr === answer.stderr ? answer : { ...told, exitCode: 2 };
}

function touchAnswer(answer: Answer): Answer {
  const codes = { ENOENT: 'No such file or directory', ENOTDIR: 'Not a directory' };
  return {
    ...answer,
    stderr: withHint(answer).stderr.replaceAll(
      /^(touch: cannot touch '.*': )(ENOENT|ENOTDIR): .*$/gm,
      (_, start: string, code: 'ENOENT' | 'ENOTDIR') => start + codes[code],
    ),
  };
}

function grepAnswer(answer: Answer, args: readonly string[]): Answer {
  if (answer.stderr === 'grep: missing pattern\n') {
    const usage = "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";
    return { ...answer, stderr: usage };
  }
  // A search of the present folder tells its paths from there: `./d/x`.
  const recursive = args.some((arg) => arg === '--recursive' || /^-[a-zA-Z]*[rR]/.test(arg));
  const nameless = args.some((arg) => arg === '--no-filename' || /^-[a-zA-Z]*h/.test(arg));
  if (!recursive || nameless || operands(args).at(-1) !== '.') return answer;
  return { ...answer, stdout: answer.stdout.replaceAll(/^(?!\.\/|--$)(?=.)/gm, './') };
}

function uniqAnswer(answer: Answer, args: readonly string[]): Answer {
  if (!args.some((arg) => arg === '--count' || /^-[a-z]*c/.test(arg))) return answer;
  const stdout = answer.stdout.replaceAll(/^ *(\d+) /gm, (_, count: string) => `${count.padStart(7)} `);
  return { ...answer, stdout };
}

/** Of standard input wc cannot know how wide the numbers will be: several stand in columns of seven. */
function wcAnswer(answer: Answer, args: readonly string[]): Answer {
  if (operands(args).length > 0 || !/ \d/.test(answer.stdout.trim())) return answer;
  const numbers = answer.stdout.trim().split(/\s+/);
  return { ...answer, stdout: `${numbers.map((number) => number.padStart(7)).join(' ')}\n` };
}

/** A value attached to its option becomes a word of its own: just-bash knows only that form. */
function xargsArguments(args: readonly string[]): readonly string[] {
  const words: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-')) return [...words, ...args.slice(at)];
    const [, option, value] = /^(-[nIPdLs])(.*)$/s.exec(arg) ?? [];
    if (option === undefined || value === undefined) words.push(arg);
    else words.push(option, value === '' ? (args[++at] ?? '') : value);
  }
  return words;
}

/** `-sd,` becomes `-s -d,`; without a file paste reads standard input. */
function pasteArguments(args: readonly string[]): readonly string[] {
  const words = args.flatMap((arg) => (/^-sd./.test(arg) ? ['-s', `-d${arg.slice(3)}`] : [arg]));
  const reads = words.some((arg, index) => isOperand(arg) && words[index - 1] !== '-d');
  return reads ? words : [...words, '-'];
}

/** `-vX=1` becomes `-v X=1`; the output separators, which just-bash does not take from `-v`, are set by the program itself. */
function awkArguments(args: readonly string[]): readonly string[] {
  const before: string[] = [];
  const settings: string[] = [];
  let at = 0;
  for (; at < args.length && args[at]?.startsWith('-') && args[at] !== '-'; at++) {
    const arg = args[at] ?? '';
    if (arg === '-F' || arg === '-f') before.push(arg, args[++at] ?? '');
    else if (!arg.startsWith('-v')) before.push(arg);
    else {
      const setting = arg === '-v' ? (args[++at] ?? '') : arg.slice(2);
      const [, name, value = ''] = /^(OFS|ORS)=(.*)$/s.exec(setting) ?? [];
      if (name === undefined) before.push('-v', setting);
      else settings.push(`BEGIN { ${name} = "${value.replaceAll('"', '\\"')}" } `);
    }
  }
  const [program, ...files] = args.slice(at);
  if (program === undefined || settings.length === 0) return [...before, ...args.slice(at)];
  return [...before, settings.join('') + program, ...files];
}

function diffAnswer(answer: Answer, args: readonly string[], { machine, cwd }: Place): Answer {
  if (!answer.stdout.includes('\n@@ ')) return answer;
  const unified = args.some((arg) => arg === '--unified' || /^-[a-z]*[uU]/.test(arg));
  const timeOf = (name: string): number => {
    const path = resolvePath(cwd, name);
    return machine.files.exists(path) ? machine.files.stat(path).mtimeMs : machine.kernel.now();
  };
  return { ...answer, stdout: unified ? unifiedDiff(answer.stdout, timeOf) : normalDiff(answer.stdout) };
}
