import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { parseDuration } from '../time/duration.ts';
import { syntaxError } from '../yaml/syntax.ts';
import { ConfigProblem } from './problem.ts';

/**
 * Reads a YAML document into records as strictly as Alertmanager does (Go's yaml.v2, `UnmarshalStrict`): wrong types and unknown
 * fields are gathered and told together with their lines, everything else stops at the first.
 */
export interface Reader {
  readonly root: Node | null;
  /** Walks a mapping in the order in which it is written. @returns false when it is none, or something within has a wrong type. */
  struct(node: Node | null, type: string, fields: Readonly<Record<string, (value: Node | null) => void>>): boolean;
  list(node: Node | null, type: string, item: (value: Node | null) => void): void;
  /** A mapping with any keys. */
  map(node: Node | null, type: string, entry: (key: string, value: Node | null) => void): void;
  string(node: Node | null): string;
  boolean(node: Node | null): boolean;
  /** @throws ConfigProblem when it is none. */
  duration(node: Node | null): number;
  /** @throws ConfigProblem when something had a wrong type. */
  finish(): void;
}

const MAX_ALIASES = 1000;

/** @throws ConfigProblem when the text is not YAML. */
export function createReader(text: string): Reader {
  const lines = new LineCounter();
  // The parser goes down with what is nested, and so do we.
  if (/(?:[[{]\s*(?:[\w-]+:\s*)?){100}/.test(text)) throw new ConfigProblem('yaml: exceeded max depth of 100');
  const document: Document.Parsed = parseDocument(text, { lineCounter: lines, uniqueKeys: false, version: '1.1' });
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    // Where the stack ends differs between engines.
    if (/call stack/i.test(syntax.message)) throw new ConfigProblem('yaml: exceeded max depth');
    throw new ConfigProblem(syntaxError(document, lines) ?? '');
  }
  const wrong: string[] = [];

  const lineOf = (node: Node | null): number => lines.linePos(node?.range?.[0] ?? 0).line;
  let aliases = 0;
  const resolve = (node: Node | null): Node | null => {
    if (!isAlias(node)) return node;
    // Aliases of aliases grow without end, and one may stand within itself.
    if (++aliases > MAX_ALIASES) throw new ConfigProblem('yaml: document contains excessive aliasing');
    return node.resolve(document) ?? null;
  };
  const isNull = (node: Node | null): boolean => node === null || (isScalar(node) && node.value === null);

  function mistype(node: Node | null, type: string): void {
    wrong.push(`  line ${lineOf(node)}: cannot unmarshal ${shown(node)} into ${type}`);
  }

  function pairsOf(node: Node | null, type: string): readonly Pair<Node, Node | null>[] | undefined {
    if (isMap(node)) return node.items as unknown as Pair<Node, Node | null>[];
    if (!isNull(node)) mistype(node, type);
    return undefined;
  }

  function scalar(raw: Node | null, type: string): string | undefined {
    const node = resolve(raw);
    if (isScalar(node)) return node.value === null ? undefined : textOf(node);
    if (node !== null) mistype(node, type);
    return undefined;
  }

  return {
    root: document.contents,
    struct(raw, type, fields) {
      const node = resolve(raw);
      const before = wrong.length;
      const pairs = pairsOf(node, type);
      const seen = new Set<string>();
      for (const { key, value } of pairs ?? []) {
        const name = isScalar(key) ? textOf(key) : '';
        if (!Object.hasOwn(fields, name)) wrong.push(`  line ${lineOf(key)}: field ${name} not found in type ${type}`);
        else if (seen.has(name)) wrong.push(`  line ${lineOf(key)}: field ${name} already set in type ${type}`);
        else fields[name]?.(value);
        seen.add(name);
      }
      return pairs !== undefined && wrong.length === before;
    },
    list(raw, type, item) {
      const node = resolve(raw);
      if (isSeq(node)) for (const one of node.items) item(one as Node | null);
      else if (!isNull(node)) mistype(node, type);
    },
    map(raw, type, entry) {
      for (const { key, value } of pairsOf(resolve(raw), type) ?? []) entry(isScalar(key) ? textOf(key) : '', value);
    },
    string: (node) => scalar(node, 'string') ?? '',
    boolean(node) {
      const text = scalar(node, 'bool');
      if (text === undefined || /^(?:n|no|false|off)$/i.test(text)) return false;
      if (!/^(?:y|yes|true|on)$/i.test(text)) mistype(resolve(node), 'bool');
      return true;
    },
    duration(node) {
      const text = scalar(node, 'string') ?? '';
      const ms = parseDuration(text);
      if (ms !== undefined) return ms;
      throw new ConfigProblem(text === '' ? 'empty duration string' : `not a valid duration string: "${text}"`);
    },
    finish() {
      if (wrong.length > 0) throw new ConfigProblem(`yaml: unmarshal errors:\n${wrong.join('\n')}`);
    },
  };
}

/** A scalar as it was written: `08:00` stays what it is. */
function textOf(node: Node): string {
  if (!isScalar(node)) return '';
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

function shown(node: Node | null): string {
  if (isMap(node)) return '!!map';
  if (isSeq(node)) return '!!seq';
  if (!isScalar(node)) return '!!null';
  const text = textOf(node);
  const kind = typeof node.value;
  const tag =
    kind === 'number' ? (Number.isInteger(node.value) ? '!!int' : '!!float') : kind === 'boolean' ? '!!bool' : '!!str';
  return `${tag} \`${text.length > 10 ? `${text.slice(0, 7)}...` : text}\``;
}
