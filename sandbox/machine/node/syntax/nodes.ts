// The nodes of a program's syntax tree. Types, and the names of most fields, are those of ESTree.

export interface Node {
  type: string;
  readonly start: number;
  readonly end: number;
  /** A name, the text of a literal, an operator, or the word that a declaration or method begins with. */
  readonly name: string;
  /** Where the operator stands, the bracket of a call or of what is asked for, the dot, or the `=`. */
  readonly at: number;
  readonly isComputed: boolean;
  readonly isOptional: boolean;
  readonly isStatic: boolean;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** A property that is called as what it holds. */
  readonly isShort: boolean;
  // The parts: which of them there are depends on the type.
  readonly id: Node | undefined;
  readonly init: Node | undefined;
  readonly left: Node;
  readonly right: Node | undefined;
  readonly test: Node | undefined;
  readonly update: Node | undefined;
  readonly object: Node;
  readonly property: Node;
  readonly callee: Node;
  readonly key: Node;
  value: Node | undefined;
  readonly superClass: Node | undefined;
  readonly params: Node[];
  /** Statements, elements, arguments, properties, members, cases, specifiers. */
  readonly list: (Node | undefined)[];
  readonly quasis: readonly Node[];
  readonly argument: Node | undefined;
  readonly body: Node;
  /** What else there is: an `else`, a `catch`. */
  readonly other: Node | undefined;
  readonly finalizer: Node | undefined;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** The parts of a node, in the order in which they stand. */
export function partsOf(node: Node): readonly Node[] {
  return Object.values(node).flat().filter(isNode);
}

/** A node and all that it is made of: each behind what it is a part of. */
export function allOf(root: Node): readonly Node[] {
  const found: Node[] = [];
  const visit = (node: Node): void => {
    found.push(node);
    for (const part of partsOf(node)) visit(part);
  };
  visit(root);
  return found;
}

export const isFunction = ({ type }: Node): boolean => /^(?:Arrow)?Function/.test(type);
export const isClass = ({ type }: Node): boolean => type === 'ClassDeclaration' || type === 'ClassExpression';
