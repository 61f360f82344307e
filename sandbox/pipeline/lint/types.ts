// What kind of value an expression has, as far as it is known before the run.
import { at, type Entry, entriesOf, itemsOf, type Tree, wholeExpression } from './tree.ts';

export type Type =
  | { readonly kind: 'any' | 'null' | 'boolean' | 'number' | 'string' }
  | { readonly kind: 'array'; readonly of: Type }
  /** By names in lower case. `others` is what any other name has; absent: there is no other. */
  | { readonly kind: 'object'; readonly has: ReadonlyMap<string, Type>; readonly others?: Type };

export const any: Type = { kind: 'any' };
export const text: Type = { kind: 'string' };
export const number: Type = { kind: 'number' };
export const boolean: Type = { kind: 'boolean' };
export const nothing: Type = { kind: 'null' };

export const object = (has: Readonly<Record<string, Type>>, others?: Type): Type => ({
  kind: 'object',
  has: new Map(Object.entries(has).map(([name, type]) => [name.toLowerCase(), type])),
  ...(others && { others }),
});

/** Of a value that is one or the other. */
export function either(a: Type, b: Type): Type {
  if (a.kind === 'array' && b.kind === 'array') return { kind: 'array', of: either(a.of, b.of) };
  if (a.kind === 'object' && b.kind === 'object') {
    const has = new Map(a.has);
    for (const [name, type] of b.has) has.set(name, has.has(name) ? either(has.get(name) ?? any, type) : type);
    const others = a.others === undefined ? b.others : b.others === undefined ? a.others : either(a.others, b.others);
    return { kind: 'object', has, ...(others && { others }) };
  }
  return a.kind === b.kind ? a : any;
}

export const eitherOf = (types: readonly Type[]): Type =>
  types.length === 0 ? any : types.reduce((sum, one) => either(sum, one));

/** Of JSON. */
export function typeOfJson(value: unknown): Type {
  if (value === null) return nothing;
  if (Array.isArray(value)) return { kind: 'array', of: eitherOf(value.map(typeOfJson)) };
  if (typeof value === 'object')
    return object(Object.fromEntries(Object.entries(value).map(([name, one]) => [name, typeOfJson(one)])));
  return typeof value === 'number' ? number : typeof value === 'boolean' ? boolean : text;
}

/** Of a value in the file; `infer` gives the type of an expression that is the whole of a text. */
export function typeOfTree(tree: Tree, infer: (expression: string) => Type): Type {
  if (tree.kind === 'list') return { kind: 'array', of: eitherOf(tree.items.map((one) => typeOfTree(one, infer))) };
  if (tree.kind === 'map') {
    if (tree.entries.some(({ key }) => key.includes('${{'))) return any;
    return object(Object.fromEntries(tree.entries.map(({ key, value }) => [key, typeOfTree(value, infer)])));
  }
  if (tree.value === null) return nothing;
  if (typeof tree.value === 'number') return number;
  if (typeof tree.value === 'boolean') return boolean;
  const whole = wholeExpression(tree.value);
  return whole === undefined ? text : infer(whole);
}

/** The context `matrix` of a job. */
export function matrixType(job: Entry, infer: (expression: string) => Type): Type {
  const matrix = at(job.value, 'strategy', 'matrix');
  if (matrix === undefined) return at(job.value, 'strategy')?.kind === 'scalar' ? any : object({});
  if (matrix.kind !== 'map') return any;
  const has = new Map<string, Type>();
  const add = (name: string, type: Type): void => {
    const before = has.get(name.toLowerCase());
    has.set(name.toLowerCase(), before === undefined ? type : either(before, type));
  };
  for (const { key, value } of matrix.entries) {
    if (key.includes('${{')) return any;
    if (key === 'exclude') continue;
    if (key !== 'include') {
      const row = value.kind === 'list' ? itemRow(value, infer) : any;
      add(key, row);
    } else if (value.kind !== 'list') return any;
    else
      for (const item of itemsOf(value)) {
        if (item.kind !== 'map') return any;
        for (const { key: name, value: one } of entriesOf(item)) add(name, typeOfTree(one, infer));
      }
  }
  return { kind: 'object', has };
}

/** A list that an expression gives within the row is put into it. */
function itemRow(row: Tree, infer: (expression: string) => Type): Type {
  return eitherOf(
    itemsOf(row).map((item) => {
      const type = typeOfTree(item, infer);
      return item.kind === 'scalar' && type.kind === 'array' ? type.of : type;
    }),
  );
}
