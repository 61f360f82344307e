// What Go's yaml says of a text that is not YAML, from what our parser found. Its words and lines were compared with promtool's.
import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  type LineCounter,
  type Node,
  visit,
  type YAMLParseError,
} from 'yaml';

/**
 * `yaml: line 7: could not find expected ':'`, or undefined of a text without faults. What its scanner finds it tells with the line, what its
 * parser finds with the line before that on which the broken part begins.
 */
export function syntaxError(document: Document.Parsed, lines: LineCounter): string | undefined {
  const [error] = document.errors;
  if (error === undefined) return undefined;
  const { line, words } = told(document, error, (at) => lines.linePos(at).line);
  return `yaml: line ${line}: ${words}`;
}

interface Told {
  readonly line: number;
  readonly words: string;
}

const NO_COLON = "could not find expected ':'";
const SECOND_COLON = 'mapping values are not allowed in this context';

function told(document: Document.Parsed, { code, message, pos }: YAMLParseError, lineOf: (at: number) => number): Told {
  const [from, to] = pos;
  const here = (words: string): Told => ({ line: lineOf(from), words });
  const within = (words: string, inner = around(document, from, isCollection)): Told => ({
    line: Math.max(1, lineOf(inner?.range?.[0] ?? from) - 1),
    words,
  });
  const header = document.errors.find((one) => one.message.includes('block-scalar-header'));
  // `expr: {job="a"} > 1`: what comes after is taken for the head of a text of several lines.
  if (header !== undefined && lineOf(header.pos[0]) === lineOf(from))
    return here('did not find expected comment or line break');
  switch (code) {
    case 'TAB_AS_INDENT':
    case 'BAD_SCALAR_START':
      return here('found character that cannot start any token');
    case 'MULTILINE_IMPLICIT_KEY':
      // A text of several lines, until the colon of the last: nothing before it says that it should be a key.
      return isFirst(document, from) ? { line: lineOf(to), words: SECOND_COLON } : here(NO_COLON);
    case 'BLOCK_AS_IMPLICIT_KEY': {
      const long = document.errors.find((one) => one.code === 'MULTILINE_IMPLICIT_KEY' && one.pos[0] === from);
      return { line: lineOf(long?.pos[1] ?? from), words: SECOND_COLON };
    }
    case 'BAD_INDENT':
    case 'BLOCK_IN_FLOW':
      return within(inFlow(document, from));
    case 'MISSING_CHAR': {
      if (message.startsWith('Implicit map keys')) return here(NO_COLON);
      if (message.startsWith('Sequence item')) return within("did not find expected '-' indicator");
      if (!message.includes('quote')) return within(inFlow(document, from));
      const quoted = around(document, from, isScalar);
      return { line: lineOf(quoted?.range?.[0] ?? from), words: 'found unexpected end of stream' };
    }
    case 'BAD_ALIAS':
      return here('unknown anchor referenced');
    default:
      return within('did not find expected key', around(document, from, isMap));
  }
}

function inFlow(document: Document.Parsed, at: number): string {
  const flow = around(document, at, isCollection);
  if (flow?.flow !== true) return 'did not find expected key';
  return `did not find expected ',' or '${isMap(flow) ? '}' : ']'}'`;
}

/** The innermost node of a kind that begins before a place and does not end before it. */
function around<T extends Node>(
  document: Document.Parsed,
  at: number,
  is: (node: unknown) => node is T,
): T | undefined {
  let inner: T | undefined;
  visit(document, {
    Node(_, node) {
      const [start, end] = node.range ?? [at, at];
      if (is(node) && start < at && at <= end) inner = node;
    },
  });
  return inner;
}

/** Whether the key that begins at a place is the first one of its mapping. */
function isFirst(document: Document.Parsed, at: number): boolean {
  let first = true;
  visit(document, {
    Map(_, { items }) {
      if (items.findIndex(({ key }) => (key as Node | null)?.range?.[0] === at) > 0) first = false;
    },
  });
  return first;
}
