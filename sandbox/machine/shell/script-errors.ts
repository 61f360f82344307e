// How bash tells errors in a script: with the script's name, the line, and for a syntax error the line's text.
import type { ScriptResult, State, SyntaxProblem } from './just-bash.ts';

/** Built-in commands whose messages just-bash begins with their name alone. */
const plainBuiltins: ReadonlySet<string> = new Set([
  ...[
    'shopt',
    'trap',
    'umask',
    'ulimit',
    'kill',
    'let',
    'read',
    'printf',
    'alias',
    'unalias',
    'hash',
    'type',
    'getopts',
  ],
  ...[
    'export',
    'declare',
    'typeset',
    'local',
    'readonly',
    'unset',
    'mapfile',
    'readarray',
    'source',
    'wait',
    'pushd',
    'popd',
  ],
]);

/** `deploy.sh: line 3: `; `bash: ` where a person types. bash's `error_prolog`. */
export function errorPrefix(state: State): string {
  if (state.script === undefined) return 'bash: ';
  return `${state.sourceStack?.[0] ?? state.script.name}: line ${state.currentLine}: `;
}

/** The messages of just-bash, which begin with `bash: `, as the shell of this state tells them. */
export function locate(state: State, stderr: string, command?: string): string {
  if (stderr === '') return stderr;
  const prefix = errorPrefix(state);
  if (command !== undefined && plainBuiltins.has(command) && stderr.startsWith(`${command}: `)) {
    return stderr.startsWith(`${command}: usage: `) ? stderr : prefix + stderr;
  }
  return state.script === undefined
    ? stderr
    : stderr.replace(
        /^bash: (?!line \d+: |-c: line |eval: line |execution aborted|illegal option -- |option requires an argument -- )/gm,
        prefix,
      );
}

export function located<Result extends ScriptResult>(state: State, result: Result, command?: string): Result {
  const stderr = result.isLocated ? result.stderr : locate(state, result.stderr, command);
  return stderr === result.stderr ? result : { ...result, stderr };
}

interface ParseError {
  readonly name: string;
  readonly message: string;
  readonly line: number;
  readonly token?: { readonly type: string; readonly value: string };
}

/** What bash says of a text that just-bash cannot parse; undefined when the error is another one. */
export function syntaxProblem(thrown: unknown, source: string): SyntaxProblem | undefined {
  if (!isParseError(thrown)) return undefined;
  const lines = source.split('\n');
  const last = source.endsWith('\n') ? lines.length : lines.length + 1;
  const message = thrown.message.replace(/^Parse error at \d+:\d+: /, '').replace(/^line \d+: /, '');
  if (/^unexpected EOF while looking for matching/.test(message)) {
    // `$(` is looked for to the end; a quote is told where it was opened.
    const isSubstitution = message.endsWith("`)'") && !lines[thrown.line - 1]?.includes('((');
    const line = isSubstitution ? last : Math.max(1, thrown.line);
    return { line, words: message.replace(/matching '(.)'$/, "matching `$1'") };
  }
  if (message.startsWith('unexpected EOF while looking for `]]')) return { line: thrown.line, words: message };
  if (message === 'Expected conditional expression') return { line: thrown.line, words: '', status: 0 };
  if (/ conditional |^conditional /.test(message)) return { line: thrown.line, words: message, status: 0 };
  if (message === 'syntax error: arithmetic expression required') return withoutParts(thrown.line, message, lines);
  const named = /^syntax error near unexpected token `(.*)'$/s.exec(message)?.[1];
  const value = named ?? thrown.token?.value;
  const unclosed = /(?:^|[\s;&|(])\w+\+?=\([^()]*$/.exec(source);
  if (thrown.token?.type === 'EOF' && unclosed !== null)
    return { line: source.slice(0, unclosed.index + 1).split('\n').length, words: openParenthesis, status: 1 };
  if (thrown.token?.type === 'EOF' && endsInNewline.test(source))
    return { line: lines.length, words: "syntax error near unexpected token `newline'", source: lines.at(-1) ?? '' };
  if (thrown.token?.type === 'EOF' || /got EOF$/.test(message) || value === undefined)
    return { line: last, words: 'syntax error: unexpected end of file' };
  if (named === undefined && !/^(Expected|syntax error)/.test(message)) return { line: thrown.line, words: message };
  const token = value === '\n' || value === '' ? 'newline' : value;
  return {
    line: thrown.line,
    words: `syntax error near unexpected token \`${token}'`,
    source: lines[thrown.line - 1] ?? '',
  };
}

const openParenthesis = "unexpected EOF while looking for matching `)'";

/** What must go on in its line, and does not at the end of the text. */
const endsInNewline = /(?:[<>]|[<>]&|>\|)[ \t]*$|(?:^|[;&|(\s])(?:for|function|select|case)[ \t]*$/;

/** `for ((…))` with other than three parts. */
function withoutParts(line: number, words: string, lines: readonly string[]): SyntaxProblem {
  const text = /\(\(.*?\)\)/.exec(lines[line - 1] ?? '')?.[0] ?? '';
  return { line, words, repeated: `syntax error: \`${text}'` };
}

function isParseError(thrown: unknown): thrown is ParseError {
  return thrown instanceof Error && ['ParseException', 'LexerError'].includes(thrown.name);
}

/** The lines that bash writes of a syntax error. `within`: `eval: ` for what eval was given. */
export function syntaxErrorLines(state: State, problem: SyntaxProblem, within: string): string {
  const { script } = state;
  if (problem.words === '') return '';
  if (script === undefined) return `bash: ${within}${problem.words}\n`;
  const file = state.sourceStack?.[0] ?? script.name;
  const inCommand = script.isCommand && script.isInput !== true && state.sourceStack?.[0] === undefined;
  const prefix = within === '' ? `${file}: ${inCommand ? '-c: ' : ''}` : `${file}: ${within}`;
  const line = problem.line + (within === '' ? 0 : state.currentLine - 1);
  const place = `${prefix}line ${line}: `;
  if (problem.repeated !== undefined) return `${place}${problem.words}\n${place}${problem.repeated}\n`;
  return `${place}${problem.words}\n${problem.source === undefined ? '' : `${place}\`${problem.source}'\n`}`;
}

/** What bash says of an expression that cannot be computed: the expression, what is wrong, and from where on. */
export function arithmeticMessage(state: State, told: string, expression: string): string {
  const message = told.replace(/^bash: /, '').trimEnd();
  const text = expression
    .trimStart()
    .replace(/\$\{?([A-Za-z_]\w*)\}?/g, (_, name: string) => state.env.get(name) ?? '');
  const whole = (problem: string, token: string): string => `${text}: ${problem} (error token is "${token}")\n`;
  if (message === 'division by 0') return whole(message, /[/%]=?\s*([^/%]*)$/.exec(text)?.[1] ?? '');
  if (message === 'value too great for base') {
    const number = /\b0\d*[89]\d*/.exec(text)?.[0] ?? text;
    return `${number}: ${message} (error token is "${number}")\n`;
  }
  // The token reaches to the end of the expression.
  const reaching = message.replace(/(error token is ")(.*)"\)$/s, (all, start: string, token: string) =>
    text.trimEnd().endsWith(token) ? `${start}${token}${/\s*$/.exec(text)?.[0] ?? ''}")` : all,
  );
  return message.startsWith('syntax error') ? `${text}: ${reaching}\n` : `${message}\n`;
}
