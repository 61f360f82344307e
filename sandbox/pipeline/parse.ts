// GitHub's own parser, kept from what it does only for editors: it takes texts over several lines as they stand in the file.
import { convertWorkflowTemplate, NoOperationTraceWriter, type WorkflowTemplate } from '@actions/workflow-parser';
import { TemplateContext, TemplateValidationErrors } from '@actions/workflow-parser/templates/template-context';
import { readTemplate } from '@actions/workflow-parser/templates/template-reader';
import { StringToken, type TemplateToken } from '@actions/workflow-parser/templates/tokens/index';
import { getWorkflowSchema } from '@actions/workflow-parser/workflows/workflow-schema';
import { YamlObjectReader } from '@actions/workflow-parser/workflows/yaml-object-reader';
import { aliasProblem } from './aliases.ts';
import type { Problem } from './workflow.ts';

export interface Parsing {
  readonly problems: readonly Problem[];
  /** Absent when there are problems. */
  readonly root?: TemplateToken;
  readonly template?: WorkflowTemplate;
}

export async function parseFile(path: string, content: string): Promise<Parsing> {
  const bad = aliasProblem(content);
  if (bad !== undefined) return { problems: [bad] };
  const first = await parseOnce(path, content, true);
  // Places are right with the lines as they stand, values without: indentation, `>` and `|-` are YAML's, not the author's.
  return first.problems.length > 0 ? { problems: first.problems } : parseOnce(path, content, false);
}

async function parseOnce(path: string, content: string, asWritten: boolean): Promise<Parsing> {
  const context = new TemplateContext(
    new TemplateValidationErrors(),
    getWorkflowSchema(),
    new NoOperationTraceWriter(),
  );
  const fileId = context.getFileId(path);
  const reader = new YamlObjectReader(fileId, content);
  for (const { message, range } of reader.errors) {
    const start = /^Flow (map|sequence) in block collection must be/.test(message) ? openBracket(content) : undefined;
    context.error(fileId, message.split(/ at line \d+, column \d+/)[0] ?? message, start ?? range);
  }
  let root: TemplateToken | undefined;
  if (reader.errors.length === 0) {
    if (!asWritten) {
      const read = reader.allowLiteral.bind(reader);
      reader.allowLiteral = () => withoutSource(read());
    }
    root = readTemplate(context, 'workflow-root-strict', reader, fileId);
  }
  const told = context.errors.getErrors();
  context.errors.clear();
  for (const one of told) if (isTrue(one)) context.errors.add(one);
  // It gives no value for a file that is no mapping at all, and then cannot be converted.
  const template = root === undefined ? undefined : await convertWorkflowTemplate(context, root);
  const problems = withoutTwins(
    context.errors
      .getErrors()
      .filter(isTrue)
      .map(({ rawMessage, range }) => ({
        severity: 'error' as const,
        line: range?.start.line ?? 1,
        column: range?.start.column ?? 1,
        message: rawMessage,
      })),
  );
  for (const { Message } of template?.errors ?? [])
    if (!untrue.test(Message) && !problems.some(({ message }) => Message.includes(message)))
      problems.push({ severity: 'error', line: 1, column: 1, message: Message });
  return { problems, ...(root && { root }), ...(template && { template }) };
}

/** What this version of the library refuses and the product takes: an `env` that is an expression, and `repository_dispatch` in a list. */
const untrue =
  /Unexpected type 'BasicExpressionToken' encountered while reading '(workflow|job|step) env'|Unexpected value 'repository_dispatch'$/;
const isTrue = ({ rawMessage }: { readonly rawMessage: string }): boolean => !untrue.test(rawMessage);

/** Where the bracket stands that is never closed: YAML notices only at the end. */
function openBracket(content: string): { readonly start: Spot; readonly end: Spot } | undefined {
  const open: number[] = [];
  let quote = '';
  for (let at = 0; at < content.length; at++) {
    const sign = content[at] ?? '';
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (open.length > 0 && (sign === '"' || sign === "'")) quote = sign;
    else if (sign === '[' || sign === '{') open.push(at);
    else if (sign === ']' || sign === '}') open.pop();
  }
  const [first] = open;
  if (first === undefined) return undefined;
  const before = content.slice(0, first).split('\n');
  const spot = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  return { start: spot, end: spot };
}

interface Spot {
  readonly line: number;
  readonly column: number;
}

function withoutSource(token: ReturnType<YamlObjectReader['allowLiteral']>): typeof token {
  return token instanceof StringToken ? new StringToken(token.file, token.range, token.value, undefined) : token;
}

/** The parser tells some things twice. */
function withoutTwins(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [`${one.line}:${one.message}`, one])).values()].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
}
