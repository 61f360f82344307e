// Runs a jq program: each node gives a stream of values, with the path to each where paths are asked for.

import { formatText } from './formats.ts';
import { isArray, isObject, isTrue, type Json, kindOf } from './json.ts';
import { type Native, natives } from './natives.ts';
import { JqError, operate, shownValue } from './operators.ts';
import { deletePaths, getIndex, getPath, getSlice, setPath } from './paths.ts';
import type { Definition, Node, Pattern } from './syntax.ts';

/** A value and the way to it. No path: none is asked for. `null`: it stands nowhere in the input. */
export interface Item {
  readonly value: Json;
  readonly path: readonly Json[] | null | undefined;
}

type Scope =
  | { readonly kind: 'variable'; readonly name: string; readonly value: Json; readonly outer: Scope | undefined }
  | {
      readonly kind: 'closure';
      readonly name: string;
      readonly body: Node;
      readonly scope: Scope | undefined;
      readonly outer: Scope | undefined;
    }
  | {
      readonly kind: 'definition';
      readonly name: string;
      readonly definition: Definition;
      readonly outer: Scope | undefined;
    }
  | { readonly kind: 'label'; readonly name: string; readonly mark: object; readonly outer: Scope | undefined };

/** What a program can reach beside its input. */
export interface World {
  readonly library: ReadonlyMap<string, Definition>;
  readonly now: () => number;
  readonly env: Readonly<Record<string, string>>;
  readonly input: () => Json | undefined;
  readonly inputName: () => string | null;
  readonly inputLine: () => number;
  readonly stderr: (text: string) => void;
}

/** Thrown by `halt` and `halt_error`: the program ends with something to say. */
export class Halt {
  readonly value: Json | undefined;
  readonly exitCode: number;
  constructor(value: Json | undefined, exitCode: number) {
    this.value = value;
    this.exitCode = exitCode;
  }
}

/** Functions that look at more than their input and the values of their arguments. */
export const special: readonly string[] = [
  'empty/0',
  'path/1',
  'getpath/1',
  'error/0',
  'error/1',
  'first/1',
  'limit/2',
  'range/1',
  'range/2',
  'range/3',
  'input/0',
  'debug/0',
  'stderr/0',
  'halt/0',
  'halt_error/0',
  'halt_error/1',
  'now/0',
  'input_filename/0',
  'input_line_number/0',
];

class Break {
  readonly mark: object;
  constructor(mark: object) {
    this.mark = mark;
  }
}

export function* evaluate(
  program: Node,
  input: Json,
  variables: ReadonlyMap<string, Json>,
  world: World,
): Generator<Json> {
  let scope: Scope | undefined;
  for (const [name, value] of variables) scope = { kind: 'variable', name, value, outer: scope };
  for (const { value } of run(program, { value: input, path: undefined }, scope, world)) yield value;
}

const MOST_STEPS = 20_000_000;
let steps = 0;

export function resetSteps(): void {
  steps = 0;
}

function* run(node: Node, input: Item, scope: Scope | undefined, world: World): Generator<Item> {
  if (++steps > MOST_STEPS) throw new JqError('too many steps');
  const tracked = input.path !== undefined;
  const fresh = (value: Json): Item => ({ value, path: tracked ? null : undefined });
  const values = function* (inner: Node): Generator<Json> {
    for (const { value } of run(inner, { value: input.value, path: undefined }, scope, world)) yield value;
  };
  switch (node.type) {
    case 'identity':
      yield input;
      return;
    case 'recurse':
      yield* run({ type: 'call', name: 'recurse', args: [], at: 0 }, input, scope, world);
      return;
    case 'literal':
      yield fresh(node.value);
      return;
    case 'text':
      yield* interpolate(node.parts, 0, '', node.format, values, fresh);
      return;
    case 'format':
      yield fresh(formatText(node.name, input.value));
      return;
    case 'index':
      for (const by of values(node.by)) {
        for (const of of run(node.of, input, scope, world)) yield { value: getIndex(of.value, by), path: step(of, by) };
      }
      return;
    case 'slice': {
      const none: readonly Json[] = [null];
      for (const to of node.to === undefined ? none : values(node.to)) {
        for (const from of node.from === undefined ? none : values(node.from)) {
          for (const of of run(node.of, input, scope, world)) {
            const key = new Map<string, Json>([
              ['start', from],
              ['end', to],
            ]);
            yield { value: getSlice(of.value, from, to), path: step(of, key) };
          }
        }
      }
      return;
    }
    case 'each':
      for (const of of run(node.of, input, scope, world)) {
        if (isArray(of.value)) for (const [at, value] of of.value.entries()) yield { value, path: step(of, at) };
        else if (isObject(of.value)) for (const [key, value] of of.value) yield { value, path: step(of, key) };
        else throw new JqError(`Cannot iterate over ${shownValue(of.value)}`);
      }
      return;
    case 'array':
      yield fresh(node.body === undefined ? [] : [...values(node.body)]);
      return;
    case 'object':
      for (const made of objects(node.entries, 0, new Map(), values)) yield fresh(made);
      return;
    case 'negate':
      for (const value of values(node.body)) {
        if (typeof value !== 'number') throw new JqError(`${shownValue(value)} cannot be negated`);
        yield fresh(-value);
      }
      return;
    case 'pipe':
      for (const item of run(node.left, input, scope, world)) yield* run(node.right, item, scope, world);
      return;
    case 'comma':
      yield* run(node.left, input, scope, world);
      yield* run(node.right, input, scope, world);
      return;
    case 'operator':
      yield* operator(node, input, scope, world, values, fresh);
      return;
    case 'if':
      for (const test of values(node.test)) yield* run(isTrue(test) ? node.then : node.otherwise, input, scope, world);
      return;
    case 'try':
      try {
        yield* run(node.body, input, scope, world);
      } catch (error) {
        if (!(error instanceof JqError)) throw error;
        if (node.handler !== undefined) yield* run(node.handler, fresh(error.payload), scope, world);
      }
      return;
    case 'reduce': {
      for (const start of run(node.start, input, scope, world)) {
        let state: Item = start;
        for (const { value } of run(node.source, { value: input.value, path: undefined }, scope, world)) {
          for (const inner of bind(node.pattern, value, scope, values)) {
            let last: Item = fresh(null);
            for (const next of run(node.update, state, inner, world)) last = next;
            state = last;
          }
        }
        yield state;
      }
      return;
    }
    case 'foreach':
      for (const start of run(node.start, input, scope, world)) {
        let state: Item = start;
        for (const { value } of run(node.source, { value: input.value, path: undefined }, scope, world)) {
          for (const inner of bind(node.pattern, value, scope, values)) {
            for (const next of run(node.update, state, inner, world)) {
              state = next;
              if (node.extract === undefined) yield next;
              else yield* run(node.extract, next, inner, world);
            }
          }
        }
      }
      return;
    case 'define':
      yield* run(
        node.body,
        input,
        { kind: 'definition', name: nameOf(node.definition), definition: node.definition, outer: scope },
        world,
      );
      return;
    case 'bind':
      for (const { value } of run(node.source, { value: input.value, path: undefined }, scope, world)) {
        for (const inner of bind(node.pattern, value, scope, values)) yield* run(node.body, input, inner, world);
      }
      return;
    case 'label': {
      const mark = {};
      try {
        yield* run(node.body, input, { kind: 'label', name: node.name, mark, outer: scope }, world);
      } catch (error) {
        if (!(error instanceof Break) || error.mark !== mark) throw error;
      }
      return;
    }
    case 'break':
      for (let at = scope; at !== undefined; at = at.outer) {
        if (at.kind === 'label' && at.name === node.label) throw new Break(at.mark);
      }
      throw new JqError(`$*label-${node.label} is not defined`);
    case 'variable':
      yield fresh(variable(node.name, scope, world));
      return;
    case 'call':
      yield* call(node.name, node.args, input, scope, world, fresh);
      return;
  }
}

function nameOf({ name, params }: Definition): string {
  return `${name}/${params.length}`;
}

function step(of: Item, key: Json): Item['path'] {
  if (of.path === undefined) return undefined;
  if (of.path === null)
    throw new JqError(`Invalid path expression with result ${shownValue(of.value).replace(/^\w+ \((.*)\)$/, '$1')}`);
  return [...of.path, key];
}

function* interpolate(
  parts: readonly (string | Node)[],
  at: number,
  before: string,
  format: string | undefined,
  values: (node: Node) => Iterable<Json>,
  fresh: (value: Json) => Item,
): Generator<Item> {
  const part = parts[at];
  if (part === undefined) yield fresh(before);
  else if (typeof part === 'string') yield* interpolate(parts, at + 1, before + part, format, values, fresh);
  else {
    for (const value of values(part))
      yield* interpolate(parts, at + 1, before + formatText(format ?? '@text', value), format, values, fresh);
  }
}

function* objects(
  entries: readonly { readonly key: Node; readonly value: Node }[],
  at: number,
  made: ReadonlyMap<string, Json>,
  values: (node: Node) => Iterable<Json>,
): Generator<ReadonlyMap<string, Json>> {
  const entry = entries[at];
  if (entry === undefined) {
    yield made;
    return;
  }
  for (const key of values(entry.key)) {
    if (typeof key !== 'string') throw new JqError(`Cannot use ${shownValue(key)} as object key`);
    for (const value of values(entry.value)) yield* objects(entries, at + 1, new Map([...made, [key, value]]), values);
  }
}

/** The scopes in which the names of a pattern stand for the parts of a value. */
function* bind(
  pattern: Pattern,
  value: Json,
  scope: Scope | undefined,
  values: (node: Node) => Iterable<Json>,
): Generator<Scope | undefined> {
  if (pattern.type === 'name') {
    yield { kind: 'variable', name: pattern.name, value, outer: scope };
    return;
  }
  if (pattern.type === 'array') {
    const all = function* (at: number, inner: Scope | undefined): Generator<Scope | undefined> {
      const part = pattern.parts[at];
      if (part === undefined) yield inner;
      else for (const next of bind(part, getIndex(value, at), inner, values)) yield* all(at + 1, next);
    };
    yield* all(0, scope);
    return;
  }
  const all = function* (at: number, inner: Scope | undefined): Generator<Scope | undefined> {
    const part = pattern.parts[at];
    if (part === undefined) {
      yield inner;
      return;
    }
    for (const key of values(part.key)) {
      const found = getIndex(value, key);
      const named: Scope | undefined =
        part.name === undefined ? inner : { kind: 'variable', name: part.name, value: found, outer: inner };
      if (part.pattern === undefined) yield* all(at + 1, named);
      else for (const next of bind(part.pattern, found, named, values)) yield* all(at + 1, next);
    }
  };
  yield* all(0, scope);
}

function variable(name: string, scope: Scope | undefined, world: World): Json {
  for (let at = scope; at !== undefined; at = at.outer) if (at.kind === 'variable' && at.name === name) return at.value;
  if (name === 'ENV') return new Map(Object.entries(world.env));
  throw new JqError(`$${name} is not defined`);
}

function* operator(
  node: Node & { readonly type: 'operator' },
  input: Item,
  scope: Scope | undefined,
  world: World,
  values: (node: Node) => Iterable<Json>,
  fresh: (value: Json) => Item,
): Generator<Item> {
  const { sign, left, right } = node;
  if (sign === 'and' || sign === 'or') {
    for (const one of values(left)) {
      if (isTrue(one) === (sign === 'or')) yield fresh(sign === 'or');
      else for (const other of values(right)) yield fresh(isTrue(other));
    }
    return;
  }
  if (sign === '//') {
    let found = false;
    try {
      for (const item of run(left, input, scope, world)) {
        if (!isTrue(item.value)) continue;
        found = true;
        yield item;
      }
    } catch (error) {
      if (!(error instanceof JqError)) throw error;
    }
    if (!found) yield* run(right, input, scope, world);
    return;
  }
  if (sign === '|=') {
    yield fresh(
      modify(left, input.value, scope, world, (value) => run(right, { value, path: undefined }, scope, world)),
    );
    return;
  }
  if (sign.endsWith('=') && !['==', '!=', '<=', '>='].includes(sign)) {
    for (const value of values(right)) {
      if (sign === '=') {
        let out = input.value;
        for (const path of pathsOf(left, input.value, scope, world)) out = setPath(out, path, value);
        yield fresh(out);
      } else {
        const change = function* (old: Json): Generator<Item> {
          const next = sign === '//=' ? (isTrue(old) ? old : value) : operate(sign.slice(0, -1), old, value);
          yield { value: next, path: undefined };
        };
        yield fresh(modify(left, input.value, scope, world, change));
      }
    }
    return;
  }
  for (const b of values(right)) for (const a of values(left)) yield fresh(operate(sign, a, b));
}

/** `|=`: the first value of each change counts; none removes what stood there. */
function modify(
  left: Node,
  input: Json,
  scope: Scope | undefined,
  world: World,
  change: (value: Json) => Iterable<Item>,
): Json {
  let out = input;
  for (const path of [...pathsOf(left, input, scope, world)]) {
    let changed = false;
    for (const { value } of change(getPath(out, path))) {
      out = setPath(out, path, value);
      changed = true;
      break;
    }
    if (!changed) out = deletePaths(out, [path]);
  }
  return out;
}

function* pathsOf(node: Node, input: Json, scope: Scope | undefined, world: World): Generator<readonly Json[]> {
  for (const { value, path } of run(node, { value: input, path: [] }, scope, world)) {
    if (path === null)
      throw new JqError(`Invalid path expression with result ${shownValue(value).replace(/^\w+ \((.*)\)$/, '$1')}`);
    yield path ?? [];
  }
}

function* call(
  name: string,
  args: readonly Node[],
  input: Item,
  scope: Scope | undefined,
  world: World,
  fresh: (value: Json) => Item,
): Generator<Item> {
  const key = `${name}/${args.length}`;
  for (let at = scope; at !== undefined; at = at.outer) {
    if (at.kind === 'closure' && at.name === key) {
      yield* run(at.body, input, at.scope, world);
      return;
    }
    if (at.kind === 'definition' && at.name === key) {
      yield* apply(at.definition, args, input, at, scope, world);
      return;
    }
  }
  const values = function* (node: Node): Generator<Json> {
    for (const { value } of run(node, { value: input.value, path: undefined }, scope, world)) yield value;
  };
  switch (key) {
    case 'empty/0':
      return;
    case 'path/1':
      for (const path of pathsOf(args[0] as Node, input.value, scope, world)) yield fresh([...path]);
      return;
    case 'getpath/1':
      for (const path of values(args[0] as Node)) {
        if (!isArray(path)) throw new JqError('Path must be specified as an array');
        if (input.path === null) throw new JqError(`Invalid path expression with result ${shownValue(input.value)}`);
        yield {
          value: getPath(input.value, path),
          path: input.path === undefined ? undefined : [...input.path, ...path],
        };
      }
      return;
    case 'error/0':
      throw new JqError(typeof input.value === 'string' ? input.value : '', input.value);
    case 'error/1':
      for (const value of values(args[0] as Node)) throw new JqError(typeof value === 'string' ? value : '', value);
      return;
    case 'first/1':
      for (const item of run(args[0] as Node, input, scope, world)) {
        yield item;
        return;
      }
      return;
    case 'limit/2':
      for (const count of values(args[0] as Node)) {
        let left = Number(count);
        if (left <= 0) continue;
        for (const item of run(args[1] as Node, input, scope, world)) {
          yield item;
          if (--left <= 0) break;
        }
      }
      return;
    case 'range/1':
    case 'range/2':
    case 'range/3':
      yield* range(args, values, fresh);
      return;
    case 'input/0': {
      const next = world.input();
      if (next === undefined) throw new JqError('break');
      yield fresh(next);
      return;
    }
    case 'debug/0':
      world.stderr(`["DEBUG:",${formatText('@json', input.value)}]\n`);
      yield input;
      return;
    case 'stderr/0':
      world.stderr(formatText('@json', input.value));
      yield input;
      return;
    case 'halt/0':
      throw new Halt(undefined, 0);
    case 'halt_error/0':
      throw new Halt(input.value, 5);
    case 'halt_error/1':
      for (const code of values(args[0] as Node)) throw new Halt(input.value, Number(code));
      return;
    case 'now/0':
      yield fresh(world.now() / 1000);
      return;
    case 'input_filename/0':
      yield fresh(world.inputName());
      return;
    case 'input_line_number/0':
      yield fresh(world.inputLine());
      return;
  }
  const native = natives[key];
  if (native !== undefined) {
    yield* product(native, args, 0, [], input.value, values, fresh);
    return;
  }
  const definition = world.library.get(key);
  if (definition === undefined) throw new JqError(`${key} is not defined`);
  yield* apply(definition, args, input, undefined, scope, world);
}

function* product(
  native: Native,
  args: readonly Node[],
  at: number,
  given: readonly Json[],
  input: Json,
  values: (node: Node) => Iterable<Json>,
  fresh: (value: Json) => Item,
): Generator<Item> {
  const arg = args[at];
  if (arg === undefined) yield fresh(native(input, ...given));
  else for (const value of values(arg)) yield* product(native, args, at + 1, [...given, value], input, values, fresh);
}

function* apply(
  definition: Definition,
  args: readonly Node[],
  input: Item,
  at: Scope | undefined,
  scope: Scope | undefined,
  world: World,
): Generator<Item> {
  const fill = function* (index: number, inner: Scope | undefined): Generator<Item> {
    const param = definition.params[index];
    const body = args[index];
    if (param === undefined || body === undefined) {
      yield* run(definition.body, input, inner, world);
      return;
    }
    if (!param.startsWith('$')) {
      yield* fill(index + 1, { kind: 'closure', name: `${param}/0`, body, scope, outer: inner });
      return;
    }
    for (const { value } of run(body, { value: input.value, path: undefined }, scope, world)) {
      const named: Scope = { kind: 'variable', name: param.slice(1), value, outer: inner };
      const literal: Node = { type: 'literal', value };
      yield* fill(index + 1, {
        kind: 'closure',
        name: `${param.slice(1)}/0`,
        body: literal,
        scope: undefined,
        outer: named,
      });
    }
  };
  yield* fill(0, at);
}

function* range(
  args: readonly Node[],
  values: (node: Node) => Iterable<Json>,
  fresh: (value: Json) => Item,
): Generator<Item> {
  const [first, second, third] = args;
  const zero: readonly Json[] = [0];
  const one: readonly Json[] = [1];
  for (const from of second === undefined ? zero : values(first as Node)) {
    for (const to of values((second ?? first) as Node)) {
      for (const by of third === undefined ? one : values(third)) {
        if (kindOf(from) !== 'number' || kindOf(to) !== 'number' || kindOf(by) !== 'number')
          throw new JqError('Range bounds must be numeric');
        const [start, end, step] = [Number(from), Number(to), Number(by)];
        if (step > 0) for (let at = start; at < end; at += step) yield fresh(at);
        else if (step < 0) for (let at = start; at > end; at += step) yield fresh(at);
      }
    }
  }
}
