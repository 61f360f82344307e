// What is done for the value of an expression.
import { declarerOf, type Node } from '../syntax/index.ts';
import { keyOf, lastName, Targets } from './targets.ts';

type Part = Node | undefined;

export abstract class Values extends Targets {
  protected value(node: Part): void {
    if (node === undefined) return;
    const read = this.readers[node.type];
    if (read === undefined) this.emit();
    else read(node);
  }

  private readonly each = ({ list }: Node): void => {
    for (const one of list) this.value(one);
  };
  private readonly functioned = (node: Node): void => {
    this.emit();
    this.within(node);
  };

  private readonly readers: Readonly<Record<string, (node: Node) => void>> = {
    Identifier: (node) => this.name(node, node.start),
    ThisExpression: () => (this.body.node.type === 'ArrowFunctionExpression' ? this.emit() : this.local()),
    TemplateLiteral: ({ list, quasis }) => {
      for (const [index, one] of list.entries()) {
        if (one === undefined) continue;
        if (quasis[index]?.name !== '') this.emit();
        this.placed(one);
        this.step('text', one);
      }
      if (list.length === 0) this.emit();
    },
    ArrayExpression: ({ list }) => {
      if (list[0]?.type !== 'SpreadElement') this.emit();
      for (const one of list) {
        this.value(one?.argument !== undefined && one.type === 'SpreadElement' ? one.argument : one);
        if (one?.type === 'SpreadElement') this.spread(one);
      }
    },
    ObjectExpression: ({ list }) => {
      if (list[0]?.type !== 'SpreadElement') this.emit();
      for (const one of list) if (one !== undefined) this.property(one);
    },
    ClassExpression: (node) => this.class(node),
    MemberExpression: (node) => this.member(node),
    ChainExpression: ({ argument }) => this.value(argument),
    CallExpression: (node) => this.call(node),
    TaggedTemplateExpression: (node) => this.call(node),
    NewExpression: (node) => {
      this.mark(this.from(node.start + 3));
      this.value(node.callee);
      this.arguments(node, node.start);
      this.step('new', node, node.start, lastName(node.callee));
    },
    ImportExpression: this.each,
    SequenceExpression: this.each,
    AssignmentExpression: (node) => this.assignment(node),
    UpdateExpression: (node) => this.update(node),
    BinaryExpression: (node) => {
      const { left, right, name, at } = node;
      if (left.type !== 'PrivateIdentifier') this.value(left);
      if (name !== '**') this.mark(this.from(at + name.length));
      this.value(right);
      this.step('operator', node, at, name);
    },
    LogicalExpression: ({ left, right }) => {
      this.value(left);
      this.value(right);
    },
    UnaryExpression: (node) => this.unary(node),
    ConditionalExpression: ({ test, body, other }) => {
      for (const one of [test, body, other]) this.value(one);
    },
    AwaitExpression: (node) => {
      this.value(node.argument);
      this.step('wait', node, node.start);
    },
    YieldExpression: (node) => {
      this.value(node.argument);
      if (node.name === '*') this.step('iterate', node, node.argument && this.placeOf(node.argument));
      else this.step('wait', node, node.start);
    },
    FunctionExpression: this.functioned,
    ArrowFunctionExpression: this.functioned,
  };

  /** A name whose value is asked for. @param place nothing where it is called: then V8 gives it no place of its own */
  private name(node: Node, place: number | undefined): void {
    const declarer = declarerOf(node.name, this.body);
    if (declarer === undefined) {
      this.step('name', node, place, node.name);
      return;
    }
    const { body, known } = declarer;
    this.expression(node.start);
    // It may be looked for before it has a value; where that is certain not to be, V8 does not look.
    const look = (): void => this.step('name', node, undefined, node.name);
    if (body === this.body && !known.isShared) {
      if (known.isLexical) this.aside(look);
      this.local();
    } else {
      this.emit();
      if (known.isLexical) look();
    }
  }

  private spread(node: Node): void {
    this.step('iterate', node, node.argument && this.placeOf(node.argument));
  }

  private property(node: Node): void {
    const { isComputed, value, argument, start } = node;
    if (isComputed) this.key(node);
    const isMethod = value?.type === 'FunctionExpression' && this.text[value.start] === '(';
    if (isMethod && value !== undefined) this.within(value, start);
    else if (value !== undefined) this.placed(value);
    else this.value(argument);
  }

  /** A part of something that gives it its place. */
  private placed(node: Node): void {
    const place = this.placeOf(node);
    if (place !== undefined) this.expression(place);
    this.value(node);
  }

  private member(node: Node): void {
    this.reference(node);
    this.step('get', node, this.memberPlace(node), keyOf(node));
  }

  private call(node: Node): void {
    const { callee, at, value, type } = node;
    const last = callee.type === 'ChainExpression' ? (callee.argument as Node) : callee;
    if (last.type === 'MemberExpression') this.member(last);
    else if (last.type === 'Identifier') this.name(last, undefined);
    else if (last.type === 'Super') this.emit();
    else this.value(last);
    if (type !== 'CallExpression') this.mark(at);
    else if (last.type !== 'Super') this.mark(this.from(at + 1));
    const place = this.callPlace(node);
    if (value === undefined) this.arguments(node, place);
    else this.each(value);
    this.step('call', node, place, lastName(last));
  }

  /** @param place that of the call, which V8 tells of when it goes through what is spread at the end */
  private arguments({ list }: Node, place: number): void {
    for (const one of list) {
      if (one?.type !== 'SpreadElement') this.value(one);
      else {
        this.value(one.argument);
        if (one === list.at(-1)) this.taking('...', () => this.record('iterate', one, place));
        else this.taking('', () => this.spread(one));
      }
    }
  }

  private assignment(node: Node): void {
    const { left, right, name, at } = node;
    const before = this.at;
    const isPlain = name === '=';
    if (left.type === 'MemberExpression') {
      this.reference(left);
      if (!isPlain) this.step('get', left, undefined, keyOf(left));
    } else if (!isPlain) this.name(left, undefined);
    this.value(right);
    if (!isPlain) this.step('operator', node);
    this.expression(at);
    if (left.type === 'MemberExpression') this.step('set', left, undefined, keyOf(left));
    else this.taken(left, right, before);
  }

  private update(node: Node): void {
    const argument = node.argument as Node;
    const isMember = argument.type === 'MemberExpression';
    if (isMember) {
      this.reference(argument);
      this.step('get', argument, undefined, keyOf(argument));
    } else this.name(argument, undefined);
    this.step('operator', node);
    this.expression(this.placeOf(node) as number);
    if (isMember) this.step('set', argument, undefined, keyOf(argument));
    else this.pattern(argument);
  }

  private unary(node: Node): void {
    const { name, argument, start } = node;
    const last = argument?.type === 'ChainExpression' ? argument.argument : argument;
    if (name === 'typeof' && argument?.type === 'Identifier') this.emit();
    else if (name === 'delete' && last?.type === 'MemberExpression') {
      this.reference(last);
      this.step('delete', last, undefined, keyOf(last));
    } else {
      this.value(argument);
      if (/^[-+~]$/.test(name)) this.step('operator', node, start, name);
    }
  }
}
