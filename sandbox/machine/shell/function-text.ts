// A function as bash shows it (`declare -f`, `type`): its own layout, not the one in which it was typed. Source: bash 5.2, print_cmd.c.
import { printCommand } from './just-bash.ts';

/** A part of the parsed language, as far as it is shown. */
interface Part {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tree of just-bash, of which each kind has its own fields
  readonly [field: string]: any;
}

const STEP = 4;

/** `name ()` with the body below it, as `declare -f name` shows it. */
export function functionText(name: string, definition: unknown): string {
  return `${definitionText(name, definition as Part, 0)}\n`;
}

function definitionText(name: string, { body, redirections }: Part, depth: number): string {
  const edge = ' '.repeat(depth);
  const statements: readonly Part[] = body.type === 'Group' ? body.body : [{ type: 'Statement', ...alone(body) }];
  const after = redirected(body.type === 'Group' ? [...body.redirections, ...redirections] : redirections);
  return `${name} () \n${edge}{ \n${listText(statements, depth + STEP)}\n${edge}}${after}`;
}

function alone(command: Part): Omit<Part, 'type'> {
  return { pipelines: [{ commands: [command], negated: false }], operators: [], background: false };
}

/** Statements a line each, the first with its indent, without what ends the last. */
function listText(statements: readonly Part[], depth: number): string {
  let text = '';
  for (const [index, statement] of statements.entries()) {
    const edge = index > 0 && statements[index - 1]?.background === true ? ' ' : ' '.repeat(depth);
    text += edge + statementText(statement, depth);
    const isLast = index === statements.length - 1;
    if (statement.background) text += ' &';
    else if (!isLast) text += text.endsWith('\n') ? '\n' : ';\n';
  }
  return text;
}

/** A list that another word follows. */
function ended(text: string): string {
  return /[&\n]$/.test(text) ? text : `${text};`;
}

/** A statement, without what ends it. */
export function statementText({ pipelines, operators }: Omit<Part, 'type'>, depth: number): string {
  const first = (pipelines as readonly Part[]).map((pipeline) => pipelineText(pipeline, depth));
  return first.map((text, index) => (index === 0 ? text : ` ${operators[index - 1]} ${text}`)).join('');
}

function pipelineText({ commands, negated, timed, timePosix, pipeStderr }: Part, depth: number): string {
  const before = (timed ? (timePosix ? 'time -p ' : 'time ') : '') + (negated ? '! ' : '');
  const shown = (commands as readonly Part[]).map((command, index) => {
    const isLast = index === commands.length - 1;
    return commandText(command, depth) + (isLast ? '' : pipeStderr?.[index] ? ' 2>&1 | ' : ' | ');
  });
  return before + shown.join('');
}

function commandText(command: Part, depth: number): string {
  const edge = ' '.repeat(depth);
  const inner = (list: readonly Part[]): string => `${ended(listText(list, depth + STEP))}\n`;
  const loop = (head: string): string => `${head}\n${edge}do\n${inner(command.body)}${edge}done`;
  const after = redirected(command.redirections);
  switch (command.type) {
    case 'SimpleCommand':
      return simpleText(command);
    case 'For':
      return loop(`for ${command.variable} in ${command.words?.map(wordText).join(' ') ?? '"$@"'};`) + after;
    case 'CStyleFor': {
      const parts = [command.init, command.condition, command.update].map((part) => part?.originalText?.trim() ?? '1');
      return loop(`for ((${parts.join('; ')}))`) + after;
    }
    case 'While':
    case 'Until': {
      const condition = ended(listText(command.condition, depth).trimStart());
      return `${command.type.toLowerCase()} ${condition} do\n${inner(command.body)}${edge}done${after}`;
    }
    case 'If':
      return ifText(command.clauses, command.elseBody, depth) + after;
    case 'Case': {
      const items = (command.items as readonly Part[]).map((item) => itemText(item, depth + STEP));
      return `case ${wordText(command.word)} in ${items.join('')}\n${edge}esac${after}`;
    }
    case 'Subshell':
      return `( ${listText(command.body, depth).trimStart()} )${after}`;
    case 'Group':
      return `{ \n${listText(command.body, depth + STEP)}\n${edge}}${after}`;
    case 'FunctionDef':
      return `function ${definitionText(command.name, command, depth)}`;
    case 'ArithmeticCommand':
      return `((${command.expression.originalText ?? ''}))${after}`;
    case 'ConditionalCommand':
      return `[[ ${conditionText(command.expression)} ]]${after}`;
    default:
      return printCommand(command);
  }
}

/** `elif` is an `if` within `else`. */
function ifText([clause, ...more]: readonly Part[], elseBody: readonly Part[] | null, depth: number): string {
  if (clause === undefined) return '';
  const edge = ' '.repeat(depth);
  const condition = ended(listText(clause.condition, depth).trimStart());
  const head = `if ${condition} then\n${ended(listText(clause.body, depth + STEP))}\n`;
  const nested = `${edge}${' '.repeat(STEP)}${ifText(more, elseBody, depth + STEP)};\n`;
  const rest = more.length > 0 ? nested : elseBody === null ? '' : `${ended(listText(elseBody, depth + STEP))}\n`;
  return `${head}${rest === '' ? '' : `${edge}else\n${rest}`}${edge}fi`;
}

function itemText({ patterns, body, terminator }: Part, depth: number): string {
  const edge = ' '.repeat(depth);
  return `\n${edge}${patterns.map(wordText).join(' | ')})\n${listText(body, depth + STEP)}\n${edge}${terminator}`;
}

function conditionText(node: Part): string {
  switch (node.type) {
    case 'CondBinary':
      return `${wordText(node.left)} ${node.operator} ${wordText(node.right)}`;
    case 'CondUnary':
      return `${node.operator} ${wordText(node.operand)}`;
    case 'CondNot':
      return `! ${conditionText(node.operand)}`;
    case 'CondAnd':
      return `${conditionText(node.left)} && ${conditionText(node.right)}`;
    case 'CondOr':
      return `${conditionText(node.left)} || ${conditionText(node.right)}`;
    case 'CondGroup':
      return `( ${conditionText(node.expression)} )`;
    default:
      return `-n ${wordText(node.word)}`;
  }
}

function simpleText({ assignments, name, args, redirections }: Part): string {
  const words = [
    ...assignments.map(assignmentText),
    ...(name === null ? [] : [wordText(name)]),
    ...args.map((arg: Part) => (arg.type === 'Word' ? wordText(arg) : assignmentText(arg))),
  ];
  return (words.join(' ') + redirected(redirections)).trimStart();
}

function assignmentText({ name, append, array, value }: Part): string {
  const held = array === null ? (value === null ? '' : wordText(value)) : `(${array.map(wordText).join(' ')})`;
  return `${name}${append ? '+' : ''}=${held}`;
}

/** Redirections as they stand after a command; the texts of here-documents follow on lines of their own. */
function redirected(redirections: readonly Part[] = []): string {
  const heads: string[] = [];
  let bodies = '';
  const shown = redirections.flatMap(({ operator, fd, fdVariable, target }) => {
    const from = fdVariable ? `{${fdVariable}}` : fd === null ? '' : String(fd);
    if (target.type === 'HereDoc') {
      const text: string = target.content.parts
        .map((part: Part) => partText(part, target.quoted ? 'plain' : 'here'))
        .join('');
      bodies += `${target.stripTabs ? text.replaceAll(/^\t+/gm, '') : text}${target.delimiter}\n`;
      heads.push(`${from}${operator}${target.quoted ? `'${target.delimiter}'` : target.delimiter}`);
      return [];
    }
    const to = wordText(target);
    if (operator === '>&' || operator === '<&') return `${from || (operator === '>&' ? '1' : '0')}${operator}${to}`;
    return `${from === '1' && operator === '>' ? '' : from}${operator} ${to}`;
  });
  if (redirections.length === 0) return '';
  return ` ${[...shown, ...heads].join(' ')}${bodies === '' ? '' : `\n${bodies}`}`;
}

function wordText(word: Part): string {
  return word.parts.map((part: Part) => partText(part, 'word')).join('');
}

/** `where`: what needs a backslash there. */
function partText(part: Part, where: 'word' | 'double' | 'here' | 'plain'): string {
  switch (part.type) {
    case 'Literal':
      if (where === 'double') return part.value.replaceAll(/["$`]|\\(?=["$`\\])/g, '\\$&');
      if (where === 'here') return part.value.replaceAll(/[$`]/g, '\\$&');
      return where === 'word' && /[\s;&|<>()"'`$\\]/.test(part.value) ? quoted(part.value) : part.value;
    case 'SingleQuoted':
      return quoted(part.value);
    case 'DoubleQuoted':
      return `"${part.parts.map((inner: Part) => partText(inner, 'double')).join('')}"`;
    case 'Escaped':
      return `\\${part.value}`;
    case 'ArithmeticExpansion':
      return `$((${part.expression.originalText ?? ''}))`;
    case 'CommandSubstitution':
      return part.legacy ? `\`${lineText(part.body)}\`` : `$(${lineText(part.body)})`;
    case 'ProcessSubstitution':
      return `${part.direction === 'input' ? '<' : '>'}(${lineText(part.body)})`;
    default:
      return printCommand({
        type: 'SimpleCommand',
        assignments: [],
        name: { parts: [part] },
        args: [],
        redirections: [],
      });
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** What stands in `$(…)`, on one line. */
function lineText({ statements }: Part): string {
  return listText(statements, 0).replaceAll(/;\n */g, '; ');
}
