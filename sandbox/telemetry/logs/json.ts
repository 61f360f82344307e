// A reader of JSON that keeps what JSON.parse loses: numbers as they are written and the first of two equal keys.

export type JsonValue =
  | { readonly kind: 'text' | 'literal'; readonly text: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'array'; readonly items: readonly JsonValue[]; readonly text: string }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, JsonValue])[]; readonly text: string };

const MAX_DEPTH = 100;

/** Undefined for what is not JSON, or nested too deep. */
export function parseJson(source: string): JsonValue | undefined {
  let at = 0;
  const fault = Symbol('fault');
  const space = (): void => {
    while (/[ \t\n\r]/.test(source[at] ?? '')) at++;
  };
  const match = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    if (found === undefined) throw fault;
    at += found.length;
    return found;
  };
  const text = (): string => {
    const quoted = match(/"(?:[^"\\]|\\[\s\S])*"/y);
    try {
      return JSON.parse(quoted) as string;
    } catch {
      throw fault;
    }
  };

  function list<Item>(close: string, item: () => Item): Item[] {
    const items: Item[] = [];
    at++;
    space();
    if (source[at] === close) {
      at++;
      return items;
    }
    for (;;) {
      items.push(item());
      space();
      const next = source[at++];
      if (next === close) return items;
      if (next !== ',') throw fault;
      space();
    }
  }

  function value(depth: number): JsonValue {
    if (depth > MAX_DEPTH) throw fault;
    space();
    const start = at;
    const char = source[at];
    if (char === '"') return { kind: 'text', text: text() };
    if (char === '[') {
      const items = list(']', () => value(depth + 1));
      return { kind: 'array', items, text: source.slice(start, at) };
    }
    if (char === '{') {
      const entries = list('}', () => {
        const key = text();
        space();
        if (source[at++] !== ':') throw fault;
        return [key, value(depth + 1)] as const;
      });
      return { kind: 'object', entries, text: source.slice(start, at) };
    }
    const literal = match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y);
    return literal === 'null' ? { kind: 'null' } : { kind: 'literal', text: literal };
  }

  try {
    const found = value(0);
    space();
    return at === source.length ? found : undefined;
  } catch (error) {
    if (error === fault) return undefined;
    throw error;
  }
}
