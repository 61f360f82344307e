// The statements of a program, and what a module imports and exports.
import { Members } from './members.ts';
import type { Node } from './nodes.ts';

export class Parser extends Members {
  program(): Node {
    this.next();
    const list: Node[] = [];
    while (this.kind !== 'end') list.push(this.statement());
    return { ...this.node('Program', 0, { list }), end: this.text.length };
  }

  protected block(type: string): Node {
    const start = this.expect('{');
    return this.node(type, start, { list: this.statements() });
  }

  /** The statements up to the brace that closes. */
  private statements(): Node[] {
    const list: Node[] = [];
    while (!this.eat('}')) {
      if (this.kind === 'end') this.refuse();
      list.push(this.statement());
    }
    return list;
  }

  private statement(): Node {
    const { start, word, kind } = this;
    if (kind === 'mark' && word === '{') return this.block('BlockStatement');
    if (kind === 'mark' && this.eat(';')) return this.node('EmptyStatement', start);
    const read = kind === 'name' && Object.hasOwn(this.readers, word) ? this.readers[word] : undefined;
    const found = read?.(start);
    if (found !== undefined) return found;
    const value = this.expression();
    if (value.type === 'Identifier' && value.end === this.last && this.eat(':'))
      return this.node('LabeledStatement', start, { id: value, body: this.statement() });
    return this.ended('ExpressionStatement', start, { argument: value });
  }

  private ended(type: string, start: number, fields: Parameters<Members['node']>[2]): Node {
    this.endOfStatement();
    return this.node(type, start, fields);
  }

  /** What begins with a word, by the word; nothing where it is a name here. */
  private readonly readers: Readonly<Record<string, (start: number) => Node | undefined>> = {
    var: (start) => this.declared(start),
    const: (start) => this.declared(start),
    let: (start) => {
      const { word, kind } = this.ahead();
      return kind === 'name'
        ? /^(?:in|instanceof|of)$/.test(word)
          ? undefined
          : this.declared(start)
        : /^[[{]$/.test(word)
          ? this.declared(start)
          : undefined;
    },
    using: (start) => (this.isUsing() ? this.declared(start) : undefined),
    await: (start) => {
      if (this.ahead().word !== 'using') return undefined;
      this.next();
      return this.declared(start);
    },
    function: (start) => this.functionAt(start, 'FunctionDeclaration', false),
    async: (start) => {
      const { word, isFirst } = this.ahead();
      if (word !== 'function' || isFirst) return undefined;
      this.next();
      return this.functionAt(start, 'FunctionDeclaration', true);
    },
    class: () => this.classAt('ClassDeclaration'),
    if: (start) => {
      const test = this.head();
      const body = this.statement();
      const other = this.eat('else') ? this.statement() : undefined;
      return this.node('IfStatement', start, { test, body, other });
    },
    while: (start) => {
      const test = this.head();
      return this.node('WhileStatement', start, { test, body: this.statement() });
    },
    do: (start) => {
      this.next();
      const body = this.statement();
      const test = this.head();
      this.eat(';');
      return this.node('DoWhileStatement', start, { body, test });
    },
    with: (start) => {
      const test = this.head();
      return this.node('WithStatement', start, { test, body: this.statement() });
    },
    for: (start) => this.loop(start),
    return: (start) => this.leaving(start, 'ReturnStatement'),
    throw: (start) => this.leaving(start, 'ThrowStatement'),
    break: (start) => this.jump(start, 'BreakStatement'),
    continue: (start) => this.jump(start, 'ContinueStatement'),
    debugger: (start) => this.jump(start, 'DebuggerStatement'),
    try: (start) => {
      this.next();
      const body = this.block('BlockStatement');
      const from = this.start;
      const other = this.eat('catch') ? this.caught(from) : undefined;
      const finalizer = this.eat('finally') ? this.block('BlockStatement') : undefined;
      return this.node('TryStatement', start, { body, other, finalizer });
    },
    switch: (start) => {
      const test = this.head();
      this.expect('{');
      const list: Node[] = [];
      while (!this.eat('}')) list.push(this.clause());
      return this.node('SwitchStatement', start, { test, list });
    },
    import: (start) => (/^[(.]$/.test(this.ahead().word) ? undefined : this.imports(start)),
    export: (start) => this.exports(start),
  };

  private isUsing(): boolean {
    const { kind, isFirst, word } = this.ahead();
    return kind === 'name' && !isFirst && !/^(?:in|instanceof|of)$/.test(word);
  }

  /** What stands in brackets behind the word of a statement. */
  private head(): Node {
    this.next();
    this.expect('(');
    const found = this.expression();
    this.expect(')');
    return found;
  }

  private leaving(start: number, type: string): Node {
    this.next();
    const isBare = this.isFirst || this.is(';') || this.is('}') || this.kind === 'end';
    return this.ended(type, start, { argument: isBare ? undefined : this.expression() });
  }

  private jump(start: number, type: string): Node {
    this.next();
    return this.ended(type, start, { id: this.kind === 'name' && !this.isFirst ? this.anyName() : undefined });
  }

  private caught(start: number): Node {
    let argument: Node | undefined;
    if (this.eat('(')) {
      argument = this.taken(this.assigned());
      this.expect(')');
    }
    return this.node('CatchClause', start, { argument, body: this.block('BlockStatement') });
  }

  private clause(): Node {
    const { start } = this;
    const test = this.eat('case') ? this.expression() : undefined;
    if (test === undefined) this.expect('default');
    this.expect(':');
    const list: Node[] = [];
    while (!/^(?:case|default|\})$/.test(this.word) && this.kind !== 'end') list.push(this.statement());
    return this.node('SwitchCase', start, { test, list });
  }

  private declared(start: number, isHead = false): Node {
    const { word: name } = this;
    this.next();
    const list: Node[] = [];
    do {
      const { start: from } = this;
      const left = this.kind === 'name' ? this.anyName() : this.taken(this.target());
      const at = this.start;
      const right = this.eat('=') ? this.assigned(isHead) : undefined;
      list.push(this.node('VariableDeclarator', from, { left, at, right }));
    } while (this.eat(','));
    return isHead
      ? this.node('VariableDeclaration', start, { name, list })
      : this.ended('VariableDeclaration', start, { name, list });
  }

  private loop(start: number): Node {
    this.next();
    const isAsync = this.eat('await');
    this.expect('(');
    const { start: from, word } = this;
    const isDeclared =
      /^(?:var|const)$/.test(word) || (word === 'let' && !/^(?:in|of|[^[{\w$])$/.test(this.ahead().word));
    const init = this.is(';') ? undefined : isDeclared ? this.declared(from, true) : this.expression(true);
    if (this.is('of') || this.is('in')) {
      const type = this.is('of') ? 'ForOfStatement' : 'ForInStatement';
      this.next();
      const right = type === 'ForOfStatement' ? this.assigned() : this.expression();
      this.expect(')');
      const left = isDeclared ? init : this.taken(init);
      return this.node(type, start, { left: left as Node, right, body: this.statement(), isAsync });
    }
    this.expect(';');
    const test = this.is(';') ? undefined : this.expression();
    this.expect(';');
    const update = this.is(')') ? undefined : this.expression();
    this.expect(')');
    return this.node('ForStatement', start, { init, test, update, body: this.statement() });
  }

  private imports(start: number): Node {
    this.next();
    const list: Node[] = [];
    if (this.kind !== 'string') {
      if (this.kind === 'name') {
        const left = this.anyName();
        list.push(this.node('ImportDefaultSpecifier', left.start, { left }));
        this.eat(',');
      }
      if (!this.is('from'))
        list.push(...(this.is('*') ? [this.whole('ImportNamespaceSpecifier')] : this.specifiers('ImportSpecifier')));
      this.expect('from');
    }
    return this.ended('ImportDeclaration', start, { list, ...this.source() });
  }

  /** `* as name` */
  private whole(type: string): Node {
    const start = this.expect('*');
    this.expect('as');
    return this.node(type, start, { left: this.moduleName() });
  }

  private moduleName(): Node {
    const { start, word: name, kind } = this;
    if (kind !== 'string') return this.anyName();
    this.next();
    return this.node('Literal', start, { name });
  }

  private specifiers(type: string): Node[] {
    const list: Node[] = [];
    this.expect('{');
    while (!this.eat('}')) {
      const { start } = this;
      const left = this.moduleName();
      const right = this.eat('as') ? this.moduleName() : { ...left };
      list.push(this.node(type, start, { left, right }));
      if (!this.is('}')) this.expect(',');
    }
    return list;
  }

  /** The file, and with what attributes it is asked for. */
  private source(): { value: Node; params: Node[] } {
    if (this.kind !== 'string') this.refuse();
    const value = this.moduleName();
    const params: Node[] = [];
    if (!this.eat('with')) return { value, params };
    this.expect('{');
    while (!this.eat('}')) {
      const { start } = this;
      const key = this.moduleName();
      this.expect(':');
      params.push(this.node('ImportAttribute', start, { key, value: this.moduleName() }));
      if (!this.is('}')) this.expect(',');
    }
    return { value, params };
  }

  private exports(start: number): Node {
    this.next();
    if (this.eat('default')) {
      const { start: from, word } = this;
      const isDeclared = /^(?:function|class)$/.test(word) || (word === 'async' && this.ahead().word === 'function');
      if (isDeclared) return this.node('ExportDefaultDeclaration', start, { argument: this.readers[word]?.(from) });
      return this.ended('ExportDefaultDeclaration', start, { argument: this.assigned() });
    }
    if (this.is('*')) {
      const isNamed = this.ahead().word === 'as';
      const { left } = isNamed ? this.whole('') : { left: undefined };
      if (!isNamed) this.next();
      this.expect('from');
      return this.ended('ExportAllDeclaration', start, { id: left, ...this.source() });
    }
    if (!this.is('{')) return this.node('ExportNamedDeclaration', start, { argument: this.statement() });
    const list = this.specifiers('ExportSpecifier');
    return this.ended('ExportNamedDeclaration', start, { list, ...(this.eat('from') ? this.source() : {}) });
  }
}
