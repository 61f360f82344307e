import type { Labels } from '../labels.ts';
import {
  type LabelMatcher,
  labelFilter,
  labelFormat,
  labelSieve,
  lineFilter,
  readMatcher,
  regexOf,
} from './filters.ts';
import { type Line, type Stage, startLine } from './line.ts';
import { type Extraction, jsonParser, logfmtParser, patternParser, regexpParser } from './parsers.ts';
import { absent, QueryProblem } from './problem.ts';
import type { LogStream } from './store.ts';
import { readTemplate } from './template.ts';
import { child, listed, stringOf, type TreeNode } from './tree.ts';

/** `{app="seats"} |= "error" | json`: which streams, and what happens to their lines. */
export interface LogQuery {
  readonly matchers: readonly LabelMatcher[];
  readonly stages: readonly Stage[];
}

/** Reads the selector and the pipeline below a node. @throws QueryProblem */
export function readLogQuery(node: TreeNode): LogQuery {
  // Brackets around a selector or its pipeline say nothing.
  const inner = child(node, 'LogExpr');
  if (inner !== undefined && child(node, 'Selector') === undefined) {
    const within = readLogQuery(inner);
    return { ...within, stages: [...within.stages, ...stagesOf(node)] };
  }
  const selector = child(node, 'Selector');
  if (selector === undefined) throw new QueryProblem('parse error : syntax error: unexpected end of query');
  const matchers = listed(selector, 'Matchers', 'Matcher').map(readMatcher);
  if (matchers.every(({ matches }) => matches('')))
    throw new QueryProblem(
      'parse error : queries require at least one regexp or equality matcher that does not have an empty-compatible value. For instance, app=~".*" does not meet this requirement, but app=~".+" will',
    );
  return { matchers, stages: stagesOf(node) };
}

function stagesOf(node: TreeNode): readonly Stage[] {
  return listed(node, 'PipelineExpr', 'PipelineStage').flatMap(readStage);
}

function readStage(stage: TreeNode): readonly Stage[] {
  const [node] = stage.children.filter(({ name }) => name !== 'Pipe');
  switch (node?.name) {
    case 'LineFilters':
      return listed({ ...node, children: [node] }, 'LineFilters', 'LineFilter').map(lineFilter);
    case 'LabelParser':
      return [readParser(node)];
    case 'JsonExpressionParser':
      return [jsonParser(extractionsOf(node))];
    case 'LogfmtParser':
    case 'LogfmtExpressionParser':
      return [logfmtParser(extractionsOf(node), flagsOf(node))];
    case 'LabelFilter':
      return [labelFilter(node)];
    case 'LineFormatExpr': {
      const template = readTemplate(stringOf(node));
      return [
        (line) => {
          line.text = template(line);
          return true;
        },
      ];
    }
    case 'LabelFormatExpr':
      return [labelFormat(node)];
    case 'DropLabelsExpr':
      return [labelSieve(node, true)];
    case 'KeepLabelsExpr':
      return [labelSieve(node, false)];
    case 'DecolorizeExpr':
      return [decolorize];
    default:
      return absent(node?.text ?? stage.text);
  }
}

function readParser(node: TreeNode): Stage {
  const [name] = node.children;
  if (name?.name === 'Json') return jsonParser([]);
  if (name?.name === 'Logfmt') return logfmtParser([], new Set());
  if (name?.name === 'Pattern') return patternParser(stringOf(node));
  if (name?.name !== 'Regexp') return absent(node.text);
  const source = stringOf(node);
  regexOf(source);
  return regexpParser(source);
}

function extractionsOf(node: TreeNode): readonly Extraction[] {
  return listed(node, 'LabelExtractionExpressionList', 'LabelExtractionExpression').map((one) => {
    const label = one.children[0]?.text ?? '';
    return { label, field: child(one, 'String') === undefined ? label : stringOf(one) };
  });
}

function flagsOf(node: TreeNode): ReadonlySet<string> {
  return new Set(listed(node, 'LogfmtParserFlags', 'ParserFlag').map(({ text }) => text));
}

const colors = new RegExp(`${String.fromCharCode(27)}[[][0-9;]*m`, 'g');

function decolorize(line: Line): boolean {
  line.text = line.text.replace(colors, '');
  return true;
}

/** Whether a stream's labels are those that a query asks for. */
export function selects({ matchers }: LogQuery, labels: Labels): boolean {
  const values = new Map(labels);
  return matchers.every(({ name, matches }) => matches(values.get(name) ?? ''));
}

/** The lines that come through, in from < t ≤ to, stream by stream. */
export function* runPipeline(
  query: LogQuery,
  streams: readonly LogStream[],
  from: number,
  to: number,
): Generator<Line, void> {
  for (const { labels, entries } of streams) {
    if (!selects(query, labels)) continue;
    for (const { at, line: text } of entries) {
      if (at <= from || at > to) continue;
      const line = startLine(labels, at, text);
      if (query.stages.every((stage) => stage(line))) yield line;
    }
  }
}
