// Reads YAML into known shapes and complains as Go's yaml.v3 does when it decodes strictly, which is what promtool prints.
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { parseDuration } from '../promql/duration.ts';
import { syntaxError } from './syntax.ts';

/** What a value is to be. Struct and element types name themselves in errors as Prometheus' own do. */
export type Shape =
  | 'string'
  | 'int'
  | 'float'
  | 'bool'
  | 'duration'
  | 'any'
  | { readonly map: 'string' }
  | { readonly list: Shape; readonly named: string }
  | Struct;

export interface Struct {
  readonly struct: string;
  readonly fields: Readonly<Record<string, Shape>>;
  /** What is wrong with a whole one beyond the types of its fields; told before anything else, as Go's own decoders do. */
  readonly check?: (record: Record_) => string | undefined;
}

/** A decoded value: records as Maps, so that a key may be `__proto__`; what is absent or null is undefined. */
export type Decoded = string | number | boolean | undefined | readonly Decoded[] | Record_;
export interface Record_ {
  readonly fields: ReadonlyMap<string, Decoded>;
  /** Where a field's value stands, as Go counts it: line:column from 1; 0:0 for an absent one. */
  readonly at: ReadonlyMap<string, Place>;
  readonly place: Place;
}
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** @returns the value, or what is wrong: one text for all type errors, as Go makes one error of them */
export function decodeYaml(
  text: string,
  shape: Struct,
): { readonly ok: true; readonly value: Record_ } | { readonly ok: false; readonly errors: readonly string[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, strict: true, prettyErrors: false });
  const broken = syntaxError(document, lines);
  if (broken !== undefined) return { ok: false, errors: [broken] };
  const wrong: string[] = [];
  const fatal: string[] = [];
  const placeOf = (node: Node): Place => {
    const { line, col } = lines.linePos(node.range?.[0] ?? 0);
    return { line, column: col };
  };

  function mismatch(node: Node, into: string): undefined {
    const tag = isMap(node) ? '!!map' : isSeq(node) ? '!!seq' : tagOf(node);
    const source = isScalar(node) ? String(node.source ?? node.value) : undefined;
    const short = source !== undefined && source.length > 10 ? `${source.slice(0, 7)}...` : source;
    const written = short === undefined ? '' : ` \`${short}\``;
    wrong.push(`  line ${placeOf(node).line}: cannot unmarshal ${tag}${written} into ${into}`);
    return undefined;
  }

  function decode(given: Node | null, want: Shape): Decoded {
    const node = isAlias(given) ? (given.resolve(document) ?? null) : given;
    if (node === null || (isScalar(node) && node.value === null)) return undefined;
    if (want === 'any') return isScalar(node) ? String(node.source ?? node.value) : undefined;
    if (typeof want === 'string') return scalar(node, want);
    if ('map' in want) return isMap(node) ? strings(node) : mismatch(node, 'map[string]string');
    if ('list' in want)
      return isSeq(node) ? node.items.map((item) => decode(item as Node, want.list)) : mismatch(node, want.named);
    return isMap(node) ? struct(node, want) : mismatch(node, want.struct);
  }

  function scalar(node: Node, want: 'string' | 'int' | 'float' | 'bool' | 'duration'): Decoded {
    if (!isScalar(node)) return mismatch(node, want === 'float' ? 'float64' : want === 'duration' ? 'string' : want);
    const { value } = node;
    // A number or truth value where a text is wanted is taken as it is written.
    const source = typeof value === 'string' ? value : String(node.source ?? value);
    if (want === 'string') return source;
    if (want === 'duration') {
      const ms = parseDuration(source);
      if (ms === undefined) {
        fatal.push(source === '' ? 'empty duration string' : `not a valid duration string: "${source}"`);
      }
      return ms;
    }
    if (want === 'bool') return typeof value === 'boolean' ? value : mismatch(node, 'bool');
    if (typeof value !== 'number' || (want === 'int' && !Number.isInteger(value))) {
      return mismatch(node, want === 'int' ? 'int' : 'float64');
    }
    return value;
  }

  function keysOf(map: YAMLMap): { key: string; node: Node; value: Node | null }[] {
    const seen = new Map<string, number>();
    return map.items.flatMap((pair) => {
      const node = pair.key as Node;
      const key = isScalar(node) ? String(node.value) : '';
      const { line } = placeOf(node);
      const before = seen.get(key);
      if (before !== undefined) {
        wrong.push(`  line ${line}: mapping key ${JSON.stringify(key)} already defined at line ${before}`);
        return [];
      }
      seen.set(key, line);
      return [{ key, node, value: pair.value as Node | null }];
    });
  }

  function strings(map: YAMLMap): Record_ {
    const entries = keysOf(map);
    const fields = new Map(entries.map(({ key, value }) => [key, decode(value, 'string') ?? ''] as const));
    return { fields, at: new Map(), place: placeOf(map) };
  }

  function struct(map: YAMLMap, { struct: name, fields: shapes, check }: Struct): Record_ {
    const fields = new Map<string, Decoded>();
    const at = new Map<string, Place>();
    for (const { key, node, value } of keysOf(map)) {
      const shape = Object.hasOwn(shapes, key) ? shapes[key] : undefined;
      if (shape === undefined) wrong.push(`  line ${placeOf(node).line}: field ${key} not found in type ${name}`);
      else {
        fields.set(key, decode(value, shape));
        if (value !== null) at.set(key, placeOf(value));
      }
    }
    const record = { fields, at, place: placeOf(map) };
    const refused = check?.(record);
    if (refused !== undefined) fatal.push(refused);
    return record;
  }

  const value = decode(document.contents, shape);
  if (fatal.length > 0) return { ok: false, errors: [fatal[0] as string] };
  if (wrong.length > 0) return { ok: false, errors: [`yaml: unmarshal errors:\n${wrong.join('\n')}`] };
  const empty: Record_ = { fields: new Map(), at: new Map(), place: { line: 0, column: 0 } };
  return { ok: true, value: (value as Record_ | undefined) ?? empty };
}

function tagOf(node: Node): string {
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === 'number') return Number.isInteger(value) ? '!!int' : '!!float';
  return typeof value === 'boolean' ? '!!bool' : '!!str';
}

export const stringOf = (record: Record_, name: string): string =>
  (record.fields.get(name) as string | undefined) ?? '';
export const numberOf = (record: Record_, name: string): number | undefined =>
  record.fields.get(name) as number | undefined;
export const recordsOf = (record: Record_, name: string): readonly Record_[] =>
  ((record.fields.get(name) as readonly (Record_ | undefined)[] | undefined) ?? []).filter(
    (item) => item !== undefined,
  );
export const textsOf = (record: Record_, name: string): readonly string[] =>
  ((record.fields.get(name) as readonly (string | undefined)[] | undefined) ?? []).map((item) => item ?? '');
/** A field that maps texts to texts, in the order in which it is written. */
export function pairsOf(record: Record_, name: string): readonly (readonly [string, string])[] {
  const map = record.fields.get(name) as Record_ | undefined;
  return [...(map?.fields ?? [])].map(([key, value]) => [key, value as string] as const);
}
