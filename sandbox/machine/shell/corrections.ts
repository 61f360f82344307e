// Commands of just-bash that differ from the GNU tools in what they accept or say: their arguments and answers put right.

/** What a command of just-bash answers. */
export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

interface Context {
  readonly origCommand?: (args: readonly string[]) => Promise<Answer>;
}

interface Correction {
  readonly args?: (args: readonly string[]) => readonly string[];
  readonly answer?: (answer: Answer, args: readonly string[]) => Answer;
}

const corrections: Readonly<Record<string, Correction>> = {
  cat: { answer: withHint },
  file: { answer: fileAnswer },
  paste: { args: pasteArguments },
};

/** The corrected commands, as just-bash takes them. */
export function correctedCommands() {
  return Object.entries(corrections).map(([name, { args: correct, answer: say }]) => ({
    name,
    async execute(args: readonly string[], context: Context): Promise<Answer> {
      if (context.origCommand === undefined) throw new Error(`just-bash has no ${name}`);
      const answer = await context.origCommand([...(correct?.(args) ?? args)]);
      return say === undefined ? answer : say(answer, args);
    },
  }));
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

/** `-sd,` becomes `-s -d,`; without a file paste reads standard input. */
function pasteArguments(args: readonly string[]): readonly string[] {
  const words = args.flatMap((arg) => (/^-sd./.test(arg) ? ['-s', `-d${arg.slice(3)}`] : [arg]));
  const reads = words.some((arg, index) => isOperand(arg) && words[index - 1] !== '-d');
  return reads ? words : [...words, '-'];
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
