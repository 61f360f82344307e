// Which parts of a TypeScript file are types, told from the tokens that sucrase's parser has marked.

/** A token of sucrase's; `isType` says that JavaScript has no use for it. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly isType: boolean;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What has no meaning without types: JavaScript would have to be written for it. */
export class Unsupported extends Error {
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}

const modifiers = new Set(['public', 'private', 'protected', 'readonly', 'abstract', 'override']);
const valueWords = new Set(['const', 'let', 'var', 'function', 'class', 'enum']);

/** The parts of `text` that are to become spaces. @throws Unsupported */
export function typeSpans(text: string, tokens: readonly Token[]): readonly Span[] {
  const word = (at: number): string => {
    const token = tokens[at];
    return token === undefined ? '' : text.slice(token.start, token.end);
  };
  const from = (first: number, last: number): Span => ({
    start: (tokens[first] as Token).start,
    end: (tokens[last] as Token).end,
  });
  const isName = (at: number): boolean => /^[\w$]+$/.test(word(at));
  const isString = (at: number): boolean => /^['"]/.test(word(at));
  const refuse = (what: string, first: number, last: number): never => {
    throw new Unsupported(`TypeScript ${what} is not supported in strip-only mode`, from(first, last));
  };

  /** The last token of what a bracket at `open` begins. */
  function closing(open: number): number {
    let depth = 0;
    for (let at = open; at < tokens.length; at++) {
      if (['{', '(', '['].includes(word(at))) depth += 1;
      if (['}', ')', ']'].includes(word(at)) && --depth === 0) return at;
    }
    return tokens.length - 1;
  }
  const withSemicolon = (at: number): number => (word(at + 1) === ';' ? at + 1 : at);

  /** Import or export of types only: its last token. */
  function typesOnly(at: number): number | undefined {
    if (!['import', 'export'].includes(word(at)) || word(at + 1) !== 'type') return undefined;
    const isNamed = word(at) === 'import' && isName(at + 2) && !(word(at + 2) === 'from' && isString(at + 3));
    if (!isNamed && word(at + 2) !== '{' && word(at + 2) !== '*') return undefined;
    let last = word(at + 2) === '{' ? closing(at + 2) : at + 2;
    if (word(at) === 'import' || word(last + 1) === 'from' || word(at + 2) === '*') {
      while (last + 1 < tokens.length && !isString(last)) last += 1;
      if (word(last + 1) === 'with') last = closing(last + 2);
    }
    return withSemicolon(last);
  }

  function refuseValues(at: number): void {
    const previous = word(at - 1);
    if (word(at) === 'enum' && isName(at + 1) && previous !== '.') {
      const first = previous === 'const' ? at - 1 : at;
      refuse('enum', first, closing(at + 2));
    }
    if (modifiers.has(word(at)) && (previous === '(' || previous === ',') && isName(at + 1)) {
      let name = at;
      while (modifiers.has(word(name)) && isName(name + 1)) name += 1;
      let last = name;
      while (tokens[last + 1]?.isType) last += 1;
      refuse('parameter property', name, last);
    }
    if (word(at) === 'import' && isName(at + 1) && word(at + 2) === '=') {
      refuse('import equals declaration', at, withSemicolon(word(at + 4) === '(' ? closing(at + 4) : at + 3));
    }
    if (word(at) === 'export' && word(at + 1) === '=') {
      let last = at + 2;
      while (last + 1 < tokens.length && word(last) !== ';') last += 1;
      refuse('export assignment', at, last);
    }
  }

  /** Types that hold values: namespaces, and assertions in angle brackets. */
  function refuseRange(first: number, last: number): void {
    for (let at = first; at <= last; at++) {
      const isSpace = ['namespace', 'module'].includes(word(at)) && isName(at + 1) && word(at - 1) !== 'declare';
      const open = at + 1 + [...tokens.slice(at + 1)].findIndex(({ start }) => text[start] === '{');
      if (!isSpace || open <= at || (at > first && !['}', ';', 'export'].includes(word(at - 1)))) continue;
      const end = closing(open);
      if (word(at) === 'module') {
        throw new Unsupported('`module` keyword is not supported. Use `namespace` instead.', from(at, at + 1));
      }
      for (let inner = open + 1; inner < end; inner++) {
        const begins = ['{', ';', '}', 'export'].includes(word(inner - 1));
        if (begins && valueWords.has(word(inner))) {
          refuse('namespace declaration', word(at - 1) === 'export' ? at - 1 : at, end);
        }
      }
      return;
    }
    const before = word(first - 1);
    const isPrefix = before === 'return' || (!isName(first - 1) && !/^['"`)\]}]/.test(before));
    if (word(first) !== '<' || !isPrefix) return;
    let after = word(last + 1) === '(' ? closing(last + 1) + 1 : -1;
    while (after > 0 && tokens[after]?.isType) after += 1;
    if (after > 0 && word(after) === '=>') return;
    const message =
      "The angle-bracket syntax for type assertions, `<T>expr`, is not supported in type strip mode. Instead, use the 'as' syntax: `expr as T`.";
    throw new Unsupported(message, from(first, last + 1));
  }

  const spans: Span[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (!tokens[at]?.isType) {
      const end = typesOnly(at);
      if (end !== undefined) {
        spans.push(from(at, end));
        at = end;
        continue;
      }
      refuseValues(at);
      const previous = word(at - 1);
      const isModifier = modifiers.has(word(at)) && (isName(at + 1) || /^[[#*'"]/.test(word(at + 1)));
      const inClass = isModifier && previous !== '.' && previous !== '=' && !/^(const|let|var|return)$/.test(previous);
      if (inClass || (word(at) === '!' && isAssertion(at))) spans.push(from(at, at));
      if (
        word(at) === 'declare' &&
        isName(at + 1) &&
        /^[{};]$|^(static|readonly|public|private|protected)$/.test(previous)
      ) {
        let last = at;
        while (isName(last + 1) && !tokens[last + 1]?.isType) last += 1;
        while (tokens[last + 1]?.isType) last += 1;
        last = withSemicolon(last);
        spans.push(from(at, last));
        at = last;
      }
      continue;
    }
    let last = at;
    while (tokens[last + 1]?.isType) last += 1;
    refuseRange(at, last);
    // In a list of names the comma goes too.
    const listed = word(at) === 'type' && (word(at - 1) === '{' || word(at - 1) === ',') && word(last + 1) === ',';
    spans.push(from(at, listed ? last + 1 : last));
    at = listed ? last + 1 : last;
  }
  return spans;

  /** `!` behind a value that nothing else joins. */
  function isAssertion(at: number): boolean {
    const before = word(at - 1);
    const isNot = /^(return|typeof|void|in|of|await|yield|case|delete|throw|else|do|new|instanceof)$/.test(before);
    return /^[\w$)\]'"`}]/.test(before.slice(-1)) && !isNot && tokens[at - 1]?.end === tokens[at]?.start;
  }
}
