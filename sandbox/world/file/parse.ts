import { isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import * as z from 'zod/mini';
import type { Expectation } from './fields.ts';
import { expected, type Text, told } from './words.ts';

/** What is wrong with a file, where; a person can mend it. */
export interface FileProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** `services.web.instances`; '' for the whole file. */
  readonly field: string;
  readonly message: Text;
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly problem: (path: Path, message: Text) => FileProblem }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

export type Path = readonly (string | number)[];

const MOST_BYTES = 1_000_000;

/** Reads a YAML file by its schema. Every problem is told, each at its place. */
export function parseFile<T extends z.core.$ZodType>(text: string, file: string, schema: T): Parsed<z.output<T>> {
  const lines = new LineCounter();
  const document = parseDocument(text.slice(0, MOST_BYTES), { lineCounter: lines, uniqueKeys: true });
  const problemAt = (offset: number, field: string, message: Text): FileProblem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), field, message };
  };
  const problem = (path: Path, message: Text): FileProblem =>
    problemAt(offsetOf(document, path), nameOf(path), message);
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, code, message }) => {
      const why = (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:$/, '');
      return problemAt(pos[0], '', told.notYaml(why, code));
    });
    return { ok: false, problems };
  }
  const hidden = hiddenKeys(document);
  if (hidden.length > 0)
    return {
      ok: false,
      problems: hidden.map((at) => problemAt(at, '__proto__', told.wrong('__proto__', '__proto__', expected.name))),
    };
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return { ok: false, problems: [problem([], told.notYaml(error instanceof Error ? error.message : ''))] };
  }
  const result = z.safeParse(schema, content);
  if (result.success) return { ok: true, value: result.data, problem };
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, content, schema, problem, file));
  return { ok: false, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

type Document = ReturnType<typeof parseDocument>;

/** Where keys stand that JavaScript does not take for a name like any other. */
function hiddenKeys(document: Document): readonly number[] {
  const found: number[] = [];
  visit(document, {
    Pair(_, { key }) {
      if (isScalar(key) && key.value === '__proto__') found.push(key.range?.[0] ?? 0);
    },
  });
  return found;
}

/** Where a field's value begins, or that of the nearest field around it. */
function offsetOf(document: Document, path: Path): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** `arrivals[0].rate`. */
export function nameOf(path: Path): string {
  return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('');
}

type Issue = z.core.$ZodIssue;

function problemsOf(
  issue: Issue,
  content: unknown,
  schema: z.core.$ZodType,
  problem: (path: Path, message: Text) => FileProblem,
  file: string,
): readonly FileProblem[] {
  const path = issue.path as Path;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const known = knownFields(schema, path, content);
      return problem([...path, key], told.unknown(nameOf([...path, key]), known));
    });
  if (issue.code === 'invalid_key') return [problem(path, told.wrong(nameOf(path), shown(path.at(-1)), expected.name))];
  const found = valueAt(content, path);
  // A union whose `distribution`, `pattern` or `kind` is missing or unknown.
  const at =
    issue.code === 'invalid_union' && issue.discriminator !== undefined && isRecord(found)
      ? [...path.slice(0, path.at(-1) === issue.discriminator ? -1 : undefined), issue.discriminator]
      : path;
  const value = valueAt(content, at);
  const should = shouldBe(issue);
  const field = nameOf(at) || file;
  return [problem(at, value === undefined ? told.missing(field, should) : told.wrong(field, shown(value), should))];
}

function shouldBe(issue: Issue): Text {
  switch (issue.code) {
    case 'custom':
      return (issue.params as Expectation | undefined)?.expected ?? expected.something;
    case 'invalid_value':
      return expected.oneOf(issue.values.map(String));
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? expected.oneOf(issue.options.map(String))
        : expected.something;
    case 'invalid_format':
      return expected.name;
    case 'too_small':
      return expected.items(Number(issue.minimum), issue.exact ? Number(issue.minimum) : 1_000_000);
    case 'too_big':
      return expected.items(issue.exact ? Number(issue.maximum) : 0, Number(issue.maximum));
    case 'invalid_type':
      return (
        {
          object: expected.map,
          record: expected.map,
          array: expected.list,
          boolean: expected.truth,
          string: expected.text,
        }[issue.expected as string] ?? expected.something
      );
    default:
      return expected.something;
  }
}

function valueAt(content: unknown, path: Path): unknown {
  let value = content;
  for (const part of path) value = isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  return value;
}

function isRecord(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  if (isRecord(value)) return Array.isArray(value) ? '[…]' : '{…}';
  // JSON has no words for what YAML writes as .nan and .inf.
  if (typeof value === 'number' && !Number.isFinite(value))
    return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  const text = JSON.stringify(value) ?? 'null';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** The fields that a schema has at a path, in the schema's order. */
export function knownFields(schema: z.core.$ZodType, path: Path, content: unknown): readonly string[] {
  let here = schema as unknown as Shape;
  let value = content;
  for (const part of [...path, undefined]) {
    here = bare(here, value);
    if (part === undefined) break;
    const { def } = here._zod;
    here = (def.shape?.[part] ?? def.valueType ?? def.element ?? here) as Shape;
    value = isRecord(value) ? value[part] : undefined;
  }
  return Object.keys(here._zod.def.shape ?? {});
}

interface Shape {
  readonly _zod: {
    readonly def: {
      readonly shape?: Readonly<Record<string | number, Shape>>;
      readonly valueType?: Shape;
      readonly element?: Shape;
      readonly innerType?: Shape;
      readonly options?: readonly Shape[];
      readonly discriminator?: string;
    };
    readonly values?: ReadonlySet<unknown>;
  };
}

/** A schema without `optional` around it, and of a union the member that the value chose. */
function bare(schema: Shape, value: unknown): Shape {
  const { innerType, options, discriminator } = schema._zod.def;
  if (innerType !== undefined) return bare(innerType, value);
  if (options === undefined || discriminator === undefined) return schema;
  const chosen = isRecord(value) ? value[discriminator] : undefined;
  return options.find(({ _zod }) => _zod.def.shape?.[discriminator]?._zod.values?.has(chosen)) ?? (options[0] as Shape);
}
