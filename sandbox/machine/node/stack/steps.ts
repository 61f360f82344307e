// What a program does, in the order in which it does it: each step that may fail, or that calls something.
import { bodyOf, type Node, type Tree } from '../syntax/index.ts';
import type { Step } from './recorder.ts';
import { Values } from './values.ts';

/** What the program of a text does. */
export function stepsOf(text: string, tree: Tree): readonly Step[] {
  const program = new Program(text, tree, bodyOf(tree.root, undefined));
  program.run();
  return program.found;
}

class Program extends Values {
  run(): void {
    this.list(this.body.node.list);
  }

  protected list(nodes: readonly (Node | undefined)[]): void {
    for (const node of nodes) if (node !== undefined) this.runners[node.type]?.(node);
  }

  /** What begins with an expression that has a place. */
  private led(start: number | undefined, value: Node | undefined): void {
    this.statement(start);
    this.value(value);
  }

  private tested(test: Node | undefined): void {
    this.led(test && this.placeOf(test), test);
  }

  private readonly runners: Readonly<Record<string, (node: Node) => void>> = {
    BlockStatement: ({ list }) => this.list(list),
    ExpressionStatement: ({ start, argument }) => {
      this.mark(start);
      this.led(start, argument);
    },
    VariableDeclaration: ({ list }) => {
      for (const one of list) if (one?.right !== undefined) this.declared(one);
    },
    ThrowStatement: (node) => {
      this.mark(this.from(node.start + 5));
      this.led(node.start, node.argument);
      this.step('throw', node, node.start);
    },
    ReturnStatement: ({ start, argument }) => this.led(start, argument),
    IfStatement: ({ start, test, body, other }) => {
      this.led(start, test);
      this.list([body, other]);
    },
    ForStatement: ({ init, test, update, body }) => {
      if (init?.type === 'VariableDeclaration') this.list([init]);
      else this.tested(init);
      this.tested(test);
      this.list([body]);
      this.tested(update);
    },
    ForOfStatement: (node) => this.loop(node, 'iterate'),
    ForInStatement: (node) => this.loop(node, 'operator'),
    WhileStatement: ({ test, body }) => {
      this.tested(test);
      this.list([body]);
    },
    DoWhileStatement: ({ test, body }) => {
      this.list([body]);
      this.tested(test);
    },
    SwitchStatement: ({ start, test, list }) => {
      this.led(start, test);
      for (const one of list) {
        this.value(one?.test);
        this.list(one?.list ?? []);
      }
    },
    TryStatement: ({ body, other, finalizer }) => {
      this.list([body]);
      if (other?.argument !== undefined) this.taken(other.argument, '.catch');
      this.list([other?.body, finalizer]);
    },
    LabeledStatement: ({ body }) => this.list([body]),
    WithStatement: ({ test, body }) => {
      this.value(test);
      this.list([body]);
    },
    FunctionDeclaration: (node) => this.within(node),
    ClassDeclaration: (node) => this.class(node),
    ExportNamedDeclaration: ({ argument }) => this.list([argument]),
    ExportDefaultDeclaration: ({ argument }) => {
      if (argument !== undefined && /Declaration$/.test(argument.type)) this.list([argument]);
      else this.tested(argument);
    },
  };

  private declared({ left, right, at }: Node): void {
    const before = this.at;
    const start = this.from(at + 1);
    this.led(start, right);
    this.expression(start);
    this.taken(left, right, before);
  }

  private loop(node: Node, kind: 'iterate' | 'operator'): void {
    const { left, right, body } = node;
    const before = this.at;
    this.tested(right);
    this.step(kind, node);
    const target = left.type === 'VariableDeclaration' ? (left.list[0]?.left as Node) : left;
    const isName = target.type === 'Identifier' || left === target;
    this.statement(isName ? this.placeOf(target) : target.end - 1);
    this.emit(true);
    const { place } = this;
    this.late = place;
    this.taken(target, '.for', before);
    this.list([body]);
    // QuickJS asks for the next value behind the body.
    this.record('next', node, place);
  }
}
