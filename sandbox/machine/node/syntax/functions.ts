// The functions of a program: what they are called, and which names each has of its own.
import { isFunction, type Node, partsOf } from './nodes.ts';

/** A function, or what runs as one: a module, the fields of a class, a block of a class. */
export interface Body {
  readonly node: Node;
  readonly outer: Body | undefined;
  /** The class whose method or field it is. */
  readonly maker: Node | undefined;
  /** The names that are declared in it, and whether another function knows them too. */
  readonly names: ReadonlyMap<string, Name>;
}

export interface Name {
  /** It belongs to a `let`, a `const` or a class: it cannot be looked for before. */
  readonly isLexical: boolean;
  readonly isShared: boolean;
  /** It is that of a function or a class, and not of what holds one. */
  readonly isFixed: boolean;
}

/** The names that a pattern gives values to. */
export function namesIn(pattern: Node): readonly string[] {
  const { type, left, argument, list, value } = pattern;
  if (type === 'Identifier') return [pattern.name];
  if (type === 'AssignmentPattern') return namesIn(left);
  if (type === 'RestElement') return argument === undefined ? [] : namesIn(argument);
  if (type === 'Property') return value === undefined ? [] : namesIn(value);
  return /Pattern$/.test(type) ? list.flatMap((one) => (one === undefined ? [] : namesIn(one))) : [];
}

/** What belongs to a function but to none within it. @param maker the class whose method or field it is */
export function bodyOf(node: Node, outer: Body | undefined, maker?: Node): Body {
  const [declared, shared] = [new Map<string, Omit<Name, 'isShared'>>(), new Set<string>()];
  const declare = (names: readonly string[], isLexical = false, isFixed = false): void => {
    for (const name of names) declared.set(name, { isLexical, isFixed });
  };
  const visit = (one: Node, isWithin: boolean): void => {
    if (one.type === 'Identifier' && isWithin) shared.add(one.name);
    if (!isWithin) {
      if (one.type === 'VariableDeclaration')
        for (const part of one.list) if (part !== undefined) declare(namesIn(part.left), one.name !== 'var');
      if (one.type === 'CatchClause' && one.argument !== undefined) declare(namesIn(one.argument));
      if (/^(?:Function|Class)/.test(one.type) && one.id !== undefined)
        declare([one.id.name], one.type === 'ClassDeclaration', true);
      if (/^Import\w*Specifier$/.test(one.type)) declare([(one.right ?? one.left).name], true);
    }
    const isInner = isWithin || (one !== node && (isFunction(one) || one.type === 'ClassBody'));
    for (const part of partsOf(one)) visit(part, isInner);
  };
  if (isFunction(node)) for (const one of node.params) declare(namesIn(one));
  visit(node, false);
  return {
    node,
    outer,
    maker,
    names: new Map([...declared].map(([name, known]) => [name, { ...known, isShared: shared.has(name) }])),
  };
}

/** What declares a name where a function stands, and the name; nothing of one that no text declares. */
export function declarerOf(name: string, from: Body): { readonly body: Body; readonly known: Name } | undefined {
  for (let body: Body | undefined = from; body !== undefined; body = body.outer) {
    const known = body.names.get(name);
    if (known !== undefined) return { body, known };
  }
  return undefined;
}
