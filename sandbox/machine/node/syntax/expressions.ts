// Reads the expressions of a JavaScript text.
import type { Node } from './nodes.ts';
import { isReserved, Scanner } from './scanner.ts';

const levels: readonly string[] = [
  '??',
  '||',
  '&&',
  '|',
  '^',
  '&',
  '== != === !==',
  '< > <= >= instanceof in',
  '<< >> >>>',
  '+ -',
  '* / %',
  '**',
];
const levelOf = new Map(levels.flatMap((words, level) => words.split(' ').map((word) => [word, level] as const)));
const assigning = /^(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=$/;
const prefixes = /^(?:[-+!~]|typeof|void|delete)$/;
const words = /^(?:null|true|false)$/;

type Fields = { -readonly [Field in keyof Node]?: Node[Field] };

export abstract class Expressions extends Scanner {
  protected isAsync = true;
  protected isGenerator = false;
  /** Where what stood between the brackets that were read last begins and ends. */
  private inside: readonly [number, number] = [0, 0];

  /** The statements between braces. */
  protected abstract block(type: string): Node;
  protected abstract object(): Node;
  protected abstract functionAt(start: number, type: string, isAsync: boolean): Node;
  protected abstract classAt(type: string): Node;

  protected node(type: string, start: number, fields: Fields = {}): Node {
    return { type, start, end: this.last, ...fields } as Node;
  }

  protected expression(isHead = false): Node {
    const { start } = this;
    const first = this.assigned(isHead);
    if (!this.is(',')) return first;
    const list = [first];
    while (this.eat(',')) list.push(this.assigned(isHead));
    return this.node('SequenceExpression', start, { list });
  }

  /** An expression without commas. @param isHead whether `in` belongs to a loop */
  protected assigned(isHead = false): Node {
    const { start } = this;
    if (this.isGenerator && this.is('yield')) return this.yielded(isHead);
    const left = this.binary(start, this.unary(isHead), -1, isHead);
    if (this.isArrow(left)) return left;
    const { start: sign } = this;
    if (this.eat('?')) {
      const body = this.assigned();
      this.expect(':');
      return this.node('ConditionalExpression', start, { test: left, at: sign, body, other: this.assigned(isHead) });
    }
    if (this.kind !== 'mark' || !assigning.test(this.word)) return left;
    const { word: name, start: at } = this;
    this.next();
    const fields = { name, at, left: name === '=' ? this.taken(left) : left, right: this.assigned(isHead) };
    return this.node('AssignmentExpression', start, fields);
  }

  /** Whether it is a function whose end is that of the expression. */
  private isArrow({ type, end }: Node): boolean {
    return type === 'ArrowFunctionExpression' && end === this.last;
  }

  private yielded(isHead: boolean): Node {
    const { start } = this;
    this.next();
    const isAll = !this.isFirst && this.eat('*');
    const isBare = !isAll && (this.isFirst || this.kind === 'end' || /^(?:[)\]};:,]|in|of)$/.test(this.word));
    return this.node('YieldExpression', start, {
      name: isAll ? '*' : '',
      ...this.argued(!isBare, () => this.assigned(isHead)),
    });
  }

  private argued(isThere: boolean, read: () => Node): Fields {
    if (!isThere) return {};
    const argument = read();
    return { argument };
  }

  private binary(start: number, left: Node, above: number, isHead: boolean): Node {
    const level = this.kind === 'mark' || this.kind === 'name' ? levelOf.get(this.word) : undefined;
    if (level === undefined || level <= above || (isHead && this.word === 'in') || this.isArrow(left)) return left;
    const { word: name, start: at } = this;
    this.next();
    const from = this.start;
    const right = this.binary(from, this.unary(isHead), name === '**' ? level - 1 : level, isHead);
    const type = level < 3 ? 'LogicalExpression' : 'BinaryExpression';
    return this.binary(start, this.node(type, start, { left, name, at, right }), above, isHead);
  }

  private unary(isHead: boolean): Node {
    const { start, word: name, kind } = this;
    const isMark = kind === 'mark';
    if (this.isAsync && name === 'await' && kind === 'name') {
      this.next();
      return this.node(
        'AwaitExpression',
        start,
        this.argued(true, () => this.unary(isHead)),
      );
    }
    if (kind !== 'string' && prefixes.test(name)) {
      this.next();
      return this.node('UnaryExpression', start, { name, ...this.argued(true, () => this.unary(isHead)) });
    }
    if (isMark && /^(?:\+\+|--)$/.test(name)) {
      this.next();
      return this.node('UpdateExpression', start, { name, at: start, ...this.argued(true, () => this.unary(isHead)) });
    }
    const argument = this.chain(isHead);
    const { word: after, start: at } = this;
    if (this.kind !== 'mark' || this.isFirst || !/^(?:\+\+|--)$/.test(after)) return argument;
    this.next();
    return this.node('UpdateExpression', start, { argument, name: after, at });
  }

  /** A value with what is asked of it: properties, calls, templates. */
  protected chain(isHead: boolean): Node {
    const { start } = this;
    const first = this.is('new') ? this.made() : this.primary(isHead);
    if (this.isArrow(first)) return first;
    const { value, isOptional } = this.asked(start, first, true);
    return isOptional ? this.node('ChainExpression', start, { argument: value }) : value;
  }

  private asked(start: number, first: Node, mayCall: boolean): { readonly value: Node; readonly isOptional: boolean } {
    let value = first;
    let hasOptional = false;
    for (;;) {
      const { start: at } = this;
      const isOptional = this.kind === 'mark' && this.is('?.');
      if (isOptional) this.next();
      hasOptional ||= isOptional;
      const isAsync = value.type === 'Identifier' && value.name === 'async' && value.end === this.last && !this.isFirst;
      if (this.kind === 'mark' && this.is('(') && (mayCall || isOptional)) {
        const open = this.start;
        const list = this.items(')');
        if (isAsync && this.is('=>')) return { value: this.arrow(start, list, true, false), isOptional: false };
        value = this.node('CallExpression', start, { callee: value, list, at: open, isOptional });
      } else if (this.kind === 'mark' && this.is('[')) {
        const bracket = this.start;
        this.next();
        const property = this.expression();
        this.expect(']');
        value = this.node('MemberExpression', start, {
          object: value,
          property,
          at: bracket,
          isComputed: true,
          isOptional,
        });
      } else if (isOptional || (this.kind === 'mark' && this.eat('.'))) {
        value = this.node('MemberExpression', start, { object: value, property: this.anyName(), at, isOptional });
      } else if (this.kind === 'mark' && this.is('`')) {
        const { start: open } = this;
        value = this.node('TaggedTemplateExpression', start, { callee: value, value: this.template(), at: open });
      } else return { value, isOptional: hasOptional };
    }
  }

  private made(): Node {
    const { start } = this;
    const meta = this.anyName();
    if (this.eat('.')) return this.node('MetaProperty', start, { object: meta, property: this.anyName() });
    const from = this.start;
    const { value: callee } = this.asked(from, this.is('new') ? this.made() : this.primary(false), false);
    const at = this.is('(') ? this.start : -1;
    const list = at < 0 ? [] : this.items(')');
    return this.node('NewExpression', start, { callee, list, at });
  }

  /** A name, which may be a word of the language. */
  protected anyName(): Node {
    const { start, word: name, kind } = this;
    if (kind !== 'name') this.refuse();
    this.next();
    return this.node(name.startsWith('#') ? 'PrivateIdentifier' : 'Identifier', start, { name });
  }

  /** What stands between brackets, the first of which is next: expressions, holes among them. */
  protected items(close: string): (Node | undefined)[] {
    const list: (Node | undefined)[] = [];
    this.next();
    const from = this.start;
    while (!this.is(close)) {
      if (this.is(',')) list.push(undefined);
      else list.push(this.item());
      if (!this.is(close)) this.expect(',');
    }
    this.inside = [from, this.last];
    this.next();
    return list;
  }

  protected item(): Node {
    const { start } = this;
    if (!this.eat('...')) return this.assigned();
    return this.node(
      'SpreadElement',
      start,
      this.argued(true, () => this.assigned()),
    );
  }

  private primary(isHead: boolean): Node {
    const { start, word: name, kind } = this;
    if (kind === 'number' || kind === 'string' || (kind === 'name' && words.test(name))) {
      this.next();
      return this.node('Literal', start, { name });
    }
    if (kind === 'name') return this.nameOrWord(isHead);
    if (name === '/' || name === '/=') {
      this.toPattern();
      this.next();
      return this.node('Literal', start, { name: this.text.slice(start, this.last) });
    }
    if (name === '`') return this.template();
    if (name === '(') return this.inBrackets(isHead);
    if (name === '[') {
      const list = this.items(']');
      return this.node('ArrayExpression', start, { list });
    }
    if (name === '{') return this.object();
    this.refuse();
  }

  private nameOrWord(isHead: boolean): Node {
    const { start, word: name } = this;
    if (name === 'function') return this.functionAt(start, 'FunctionExpression', false);
    if (name === 'class') return this.classAt('ClassExpression');
    if (name === 'async') {
      const after = this.ahead();
      if (!after.isFirst && after.kind === 'name' && after.word === 'function') {
        this.next();
        return this.functionAt(start, 'FunctionExpression', true);
      }
      if (!after.isFirst && after.kind === 'name' && !/^(?:in|of|instanceof)$/.test(after.word)) {
        this.next();
        return this.arrow(start, [this.anyName()], true, isHead);
      }
    }
    if (name === 'import') return this.imported();
    if (isReserved(name) && name !== 'this') this.refuse();
    const found = this.anyName();
    if (name === 'this') return { ...found, type: 'ThisExpression' };
    if (name === 'super') return { ...found, type: 'Super' };
    return this.is('=>') ? this.arrow(start, [found], false, isHead) : found;
  }

  private imported(): Node {
    const { start } = this;
    const meta = this.anyName();
    if (this.eat('.')) return this.node('MetaProperty', start, { object: meta, property: this.anyName() });
    if (!this.is('(')) this.refuse();
    const { start: at } = this;
    const list = this.items(')');
    return this.node('ImportExpression', start, { list, at });
  }

  /** An expression in brackets, or the parameters of an arrow function. */
  private inBrackets(isHead: boolean): Node {
    const { start } = this;
    const list = this.items(')');
    if (this.is('=>') && !this.isFirst) return this.arrow(start, list, false, isHead);
    const [first] = list;
    if (first === undefined) this.refuse();
    if (list.length === 1) return first;
    const [from, end] = this.inside;
    return this.node('SequenceExpression', from, { list, end });
  }

  private arrow(start: number, list: readonly (Node | undefined)[], isAsync: boolean, isHead: boolean): Node {
    const params = list.map((one) => this.taken(one));
    const at = this.expect('=>');
    const body = this.within(isAsync, false, () =>
      this.is('{') ? this.block('BlockStatement') : this.assigned(isHead),
    );
    return this.node('ArrowFunctionExpression', start, { params, at, body, isAsync });
  }

  /** Reads what belongs to a function. */
  protected within<T>(isAsync: boolean, isGenerator: boolean, read: () => T): T {
    const { isAsync: wasAsync, isGenerator: wasGenerator } = this;
    Object.assign(this, { isAsync, isGenerator });
    const found = read();
    Object.assign(this, { isAsync: wasAsync, isGenerator: wasGenerator });
    return found;
  }

  private template(): Node {
    const { start } = this;
    const [list, quasis]: [Node[], Node[]] = [[], []];
    for (;;) {
      this.toCharacters();
      quasis.push(this.node('TemplateElement', this.start, { name: this.text.slice(this.start, this.end) }));
      this.end += this.text[this.end] === '`' ? 1 : 2;
      const isOver = this.text[this.end - 1] === '`';
      this.next();
      if (isOver) return this.node('TemplateLiteral', start, { quasis, list });
      list.push(this.expression());
      if (!this.is('}')) this.refuse();
    }
  }

  /** A name or a pattern. */
  protected target(): Node {
    return this.primary(false);
  }

  /** An expression as the pattern that it turns out to be. */
  protected taken(node: Node | undefined): Node {
    if (node === undefined) this.refuse();
    const { type } = node;
    if (type === 'ArrayExpression' || type === 'ObjectExpression') {
      node.type = type === 'ArrayExpression' ? 'ArrayPattern' : 'ObjectPattern';
      for (const one of node.list) if (one !== undefined) this.taken(one);
    } else if (type === 'AssignmentExpression') node.type = 'AssignmentPattern';
    else if (type === 'Property') this.taken(node.value);
    else if (type === 'SpreadElement') {
      node.type = 'RestElement';
      this.taken(node.argument);
    }
    return node;
  }
}
