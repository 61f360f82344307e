// The parsers of a pipeline: from a line's text to labels. Loki's documentation, "Log queries", "Parser expression".
import { compileRegex, findMatch } from '../regex/index.ts';
import { type JsonValue, parseJson } from './json.ts';
import { extract, fail, type Line, type Stage, sanitize } from './line.ts';
import { QueryProblem } from './problem.ts';

/** `level` or `level="a.b[0]"`: a label and the field that it takes. */
export interface Extraction {
  readonly label: string;
  readonly field: string;
}

/** `| json`: every field, nested ones joined by `_`; arrays and nulls are left out. With extractions only those. */
export function jsonParser(wanted: readonly Extraction[]): Stage {
  const paths = wanted.map(({ label, field }) => ({ label, path: pathOf(field) }));
  return (line) => {
    const root = parseJson(line.text);
    if (root?.kind !== 'object') fail(line, 'JSONParserErr');
    else if (wanted.length === 0) flatten(line, root, '');
    else for (const { label, path } of paths) extract(line, label, shown(follow(root, path)));
    return true;
  };
}

function flatten(line: Line, value: JsonValue, prefix: string): void {
  if (value.kind === 'object')
    for (const [key, one] of value.entries)
      flatten(line, one, prefix === '' ? sanitize(key) : `${prefix}_${key.replace(/[^a-zA-Z0-9_]/g, '_')}`);
  else if (value.kind === 'text' || value.kind === 'literal') extract(line, prefix, value.text);
}

type Path = readonly (string | number)[];

/** `a.b[0]["c d"]` */
function pathOf(field: string): Path {
  const path: (string | number)[] = [];
  const part = /\.?([A-Za-z_][\w-]*)|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]/y;
  while (part.lastIndex < field.length) {
    const at = part.lastIndex;
    const found = part.exec(field);
    if (found === null) throw new QueryProblem(`cannot parse expression [${field}]: syntax error at ${at}`);
    const [, name, quoted, index] = found;
    path.push(name ?? (quoted === undefined ? Number(index) : quoted.replace(/\\(.)/g, '$1')));
  }
  return path;
}

function follow(root: JsonValue, path: Path): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const step of path) {
    if (typeof step === 'number') value = value?.kind === 'array' ? value.items[step] : undefined;
    else value = value?.kind === 'object' ? value.entries.find(([key]) => key === step)?.[1] : undefined;
  }
  return value;
}

function shown(value: JsonValue | undefined): string {
  return value === undefined || value.kind === 'null' ? '' : value.text;
}

/** `| logfmt`: `key=value key="a value"`. Without `--strict` a pair that cannot be read is left out. */
export function logfmtParser(wanted: readonly Extraction[], flags: ReadonlySet<string>): Stage {
  return (line) => {
    const { pairs, isBroken } = readLogfmt(line.text);
    if (isBroken && flags.has('--strict')) {
      fail(line, 'LogfmtParserErr');
      return true;
    }
    if (wanted.length > 0)
      for (const { label, field } of wanted) extract(line, label, pairs.find(([key]) => key === field)?.[1] ?? '');
    else
      for (const [key, value] of pairs)
        if (value !== '' || flags.has('--keep-empty')) extract(line, sanitize(key), value);
    return true;
  };
}

function readLogfmt(text: string): {
  readonly pairs: readonly (readonly [string, string])[];
  readonly isBroken: boolean;
} {
  const pairs: [string, string][] = [];
  let isBroken = false;
  const part = /\s*(?:([^\s="]+)(?:=(?:"((?:[^"\\]|\\.)*)"(?=\s|$)|([^\s"=]*)(?=\s|$)))?(?=\s|$)|(\S+))/y;
  for (let found = part.exec(text); found !== null; found = part.exec(text)) {
    const [, key, quoted, bare = '', wrong] = found;
    if (wrong !== undefined) {
      isBroken = true;
      // What is wrong within quotes swallows the rest of the line.
      if (/="/.test(wrong)) break;
    } else if (key !== undefined) pairs.push([key, quoted === undefined ? bare : unquoted(quoted)]);
  }
  return { pairs, isBroken };
}

function unquoted(quoted: string): string {
  try {
    return JSON.parse(`"${quoted}"`) as string;
  } catch {
    return quoted;
  }
}

/** `| regexp "(?P<name>…)"`: the named groups of the first match. */
export function regexpParser(source: string): Stage {
  const regex = compileRegex(source, { dotAll: false });
  if (!regex.names.some((name) => name !== undefined && name !== ''))
    throw new QueryProblem('at least one named capture must be supplied');
  return (line) => {
    const match = findMatch(regex, line.text, { whole: false });
    for (const [index, name] of regex.names.entries()) {
      const [from = -1, to = -1] = [match?.[index * 2], match?.[index * 2 + 1]];
      if (match !== undefined && name !== undefined && name !== '')
        extract(line, sanitize(name), from < 0 ? '' : line.text.slice(from, to));
    }
    return true;
  };
}

/** `<name>` and `<_>` between literal texts. */
export type PatternPart = { readonly capture: string } | { readonly literal: string };

/** @throws QueryProblem in Loki's words */
export function readPattern(source: string): readonly PatternPart[] {
  if (source === '') throw new QueryProblem('empty pattern');
  const parts = source
    .split(/(<(?:_|[A-Za-z_]\w*)>)/)
    .filter((part) => part !== '')
    .map((part): PatternPart => (/^<\w+>$/.test(part) ? { capture: part.slice(1, -1) } : { literal: part }));
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    if ('capture' in part && before !== undefined && 'capture' in before)
      throw new QueryProblem(`found consecutive capture '<${before.capture}><${part.capture}>': invalid expression`);
  }
  return parts;
}

/** `| pattern "<ip> - <_>"`: texts up to the next literal; stops where a literal does not come. */
export function patternParser(source: string): Stage {
  const parts = readPattern(source);
  if (!parts.some((part) => 'capture' in part && part.capture !== '_'))
    throw new QueryProblem('at least one capture is required: invalid expression');
  return (line) => {
    let at = 0;
    for (const [index, part] of parts.entries()) {
      if ('literal' in part) {
        if (!line.text.startsWith(part.literal, at)) return true;
        at += part.literal.length;
        continue;
      }
      const next = parts[index + 1];
      const found = next !== undefined && 'literal' in next ? line.text.indexOf(next.literal, at) : line.text.length;
      const end = found < 0 ? line.text.length : found;
      if (part.capture !== '_') extract(line, part.capture, line.text.slice(at, end));
      if (found < 0) return true;
      at = end;
    }
    return true;
  };
}

/** Whether a text is what a pattern with `<_>` says, from its start to its end: the filter `|>`. */
export function patternMatcher(source: string): (text: string) => boolean {
  const parts = readPattern(source);
  if (parts.some((part) => 'capture' in part && part.capture !== '_'))
    throw new QueryProblem('named captures are not allowed');
  const regex = compileRegex(
    parts.map((part) => ('literal' in part ? part.literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : '.+')).join(''),
  );
  return (text) => findMatch(regex, text, { whole: true }) !== undefined;
}
