import { getLabel, type Labels } from '../labels.ts';
import { compileRegex, findMatch, type Regex, RegexError } from '../regex/index.ts';
import { ConfigProblem } from './problem.ts';

/** A condition on one label. A label that is missing is the same as an empty one. */
export interface Matcher {
  readonly name: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

const shape = /^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(=~|=|!=|!~)\s*([\s\S]*?)\s*$/;

/**
 * Reads one matcher in Alertmanager's classic syntax (documentation, "Label matchers"): the value may stand in double quotes, in
 * which `\"`, `\n` and `\\` are escapes.
 * @throws ConfigProblem in amtool's words
 */
export function parseMatcher(text: string): Matcher {
  const match = shape.exec(text);
  if (match === null) throw new ConfigProblem(`bad matcher format: ${text}`);
  const [, name = '', op = '', raw = ''] = match;
  return createMatcher(name, op as Matcher['op'], unquote(raw));
}

/** @throws ConfigProblem when `value` has to be a regular expression and is none. */
export function createMatcher(name: string, op: Matcher['op'], value: string): Matcher {
  if (op === '=~' || op === '!~') patternOf(value);
  return { name, op, value };
}

/** Reads matchers that are separated by commas, with or without braces: `{severity="page", team=~"a|b"}`. */
export function parseMatchers(text: string): readonly Matcher[] {
  const tokens: string[] = [];
  let token = '';
  let isQuoted = false;
  let isEscaped = false;
  for (const char of text.replace(/^\{/, '').replace(/\}$/, '')) {
    if (char === ',' && !isQuoted) {
      tokens.push(token);
      token = '';
      continue;
    }
    if (char === '"' && !isEscaped) isQuoted = !isQuoted;
    isEscaped = char === '\\' && !isEscaped;
    token += char;
  }
  if (token.trim() !== '') tokens.push(token.trim());
  return tokens.map(parseMatcher);
}

function unquote(raw: string): string {
  const isQuoted = raw.startsWith('"');
  const wrong = new ConfigProblem(`matcher value contains unescaped double quote: ${raw}`);
  const inner = isQuoted ? raw.slice(1, -1) : raw;
  if (isQuoted && (raw.length < 2 || !raw.endsWith('"') || /(?<!\\)(?:\\\\)*\\$/.test(inner))) throw wrong;
  if (/(?<!\\)(?:\\\\)*"/.test(inner)) throw wrong;
  return inner.replace(/\\([\s\S])/g, (written, char: string) =>
    char === 'n' ? '\n' : char === '"' || char === '\\' ? char : written,
  );
}

export function matches(matcher: Matcher, labels: Labels): boolean {
  const value = getLabel(labels, matcher.name);
  if (matcher.op === '=') return value === matcher.value;
  if (matcher.op === '!=') return value !== matcher.value;
  return (findMatch(patternOf(matcher.value), value) !== undefined) === (matcher.op === '=~');
}

export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every((matcher) => matches(matcher, labels));
}

/** `severity=~"page|ticket"` */
export function formatMatcher({ name, op, value }: Matcher): string {
  return `${name}${op}"${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

/** `{severity="page",team="a"}` */
export function formatMatchers(matchers: readonly Matcher[]): string {
  return `{${matchers.map(formatMatcher).join(',')}}`;
}

const patterns = new Map<string, Regex>();

function patternOf(value: string): Regex {
  const known = patterns.get(value);
  if (known !== undefined) return known;
  // Read as it stands first, so that a bracket too many does not close ours; the words name the anchored pattern, as Go's do.
  const pattern = compile(value);
  if (patterns.size >= 500) patterns.clear();
  patterns.set(value, pattern);
  return pattern;
}

function compile(value: string): Regex {
  try {
    return compileRegex(value, { dotAll: false });
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    // Go reads the pattern between its anchors: words that name all of it name them too.
    const isWhole = /^error parsing regexp: (?:missing closing|unexpected) \)/.test(error.message);
    throw new ConfigProblem(
      isWhole ? error.message.replace(`\`${value}\``, () => `\`^(?:${value})$\``) : error.message,
    );
  }
}
