// Reads the functions, objects and classes of a JavaScript text.
import { Expressions } from './expressions.ts';
import type { Node } from './nodes.ts';

/** What may stand behind the name of a member, of one that has no value. */
const named = /^[=;}(),:]$|^$/;

export abstract class Members extends Expressions {
  /** A function from the word for it on. @param start where it begins, with `async` */
  protected functionAt(start: number, type: string, isAsync: boolean): Node {
    this.expect('function');
    const isGenerator = this.eat('*');
    const id = this.kind === 'name' && !this.is('(') ? this.anyName() : undefined;
    return this.functionFrom(start, type, isAsync, isGenerator, id);
  }

  /** A function from its parameters on. */
  private functionFrom(start: number, type: string, isAsync: boolean, isGenerator: boolean, id?: Node): Node {
    return this.within(isAsync, isGenerator, () => {
      const params = this.items(')').map((one) => this.taken(one));
      const body = this.block('BlockStatement');
      return this.node(type, start, { id, params, body, isAsync, isGenerator });
    });
  }

  protected object(): Node {
    const { start } = this;
    const list: Node[] = [];
    this.next();
    while (!this.eat('}')) {
      list.push(this.is('...') ? this.item() : this.property());
      if (!this.is('}')) this.expect(',');
    }
    return this.node('ObjectExpression', start, { list });
  }

  private property(): Node {
    const { start } = this;
    const words = this.modifiers();
    const isComputed = this.is('[');
    const key = this.keyOf();
    const fields = { key, isComputed, ...words };
    if (this.is('(')) {
      const { start: from } = this;
      const value = this.functionFrom(from, 'FunctionExpression', words.isAsync, words.isGenerator);
      return this.node('Property', start, { ...fields, value });
    }
    if (this.eat(':')) return this.node('Property', start, { ...fields, value: this.assigned() });
    const { start: at } = this;
    if (!this.eat('=')) return this.node('Property', start, { ...fields, value: { ...key }, isShort: true });
    // Of a pattern: what is taken where there is nothing.
    const right = this.assigned();
    const value = this.node('AssignmentPattern', start, { left: { ...key }, at, right });
    return this.node('Property', start, { ...fields, value, isShort: true });
  }

  /** `get`, `static`, `async`, `*`, … before the name of a member. */
  private modifiers(): { name: string; isAsync: boolean; isGenerator: boolean; isStatic: boolean } {
    const found = { name: 'init', isAsync: false, isGenerator: false, isStatic: false };
    const isWord = (word: string): boolean => {
      if (this.kind !== 'name' || !this.is(word)) return false;
      const after = this.ahead();
      if (after.kind === 'mark' || after.kind === 'end')
        return !named.test(after.word) || (word === 'static' && after.word === '{');
      return !(after.isFirst && word !== 'static');
    };
    if (isWord('static')) {
      found.isStatic = true;
      this.next();
    }
    for (const word of ['async', 'get', 'set']) {
      if (!isWord(word)) continue;
      this.next();
      if (word === 'async') found.isAsync = true;
      else found.name = word;
      break;
    }
    found.isGenerator = this.kind === 'mark' && this.eat('*');
    return found;
  }

  private keyOf(): Node {
    const { start, word: name, kind } = this;
    if (kind === 'name') return this.anyName();
    if (kind === 'mark') {
      this.expect('[');
      const key = this.assigned();
      this.expect(']');
      return key;
    }
    if (kind === 'end') this.refuse();
    this.next();
    return this.node('Literal', start, { name });
  }

  protected classAt(type: string): Node {
    const { start } = this;
    this.next();
    const id = this.kind === 'name' && !this.is('extends') ? this.anyName() : undefined;
    const superClass = this.eat('extends') ? this.chain(false) : undefined;
    const from = this.expect('{');
    const list: Node[] = [];
    while (!this.eat('}')) if (!this.eat(';')) list.push(this.member());
    const body = this.node('ClassBody', from, { list });
    return this.node(type, start, { id, superClass, body });
  }

  private member(): Node {
    const { start } = this;
    const words = this.modifiers();
    if (words.isStatic && this.is('{')) {
      const { list } = this.within(false, false, () => this.block('StaticBlock'));
      return this.node('StaticBlock', start, { list });
    }
    const isComputed = this.is('[');
    const fields = { ...words, isComputed, key: this.keyOf() };
    const { start: from } = this;
    if (this.is('(')) {
      const value = this.functionFrom(from, 'FunctionExpression', words.isAsync, words.isGenerator);
      return this.node('MethodDefinition', start, { ...fields, value });
    }
    const value = this.eat('=') ? this.within(false, false, () => this.assigned()) : undefined;
    this.endOfStatement();
    return this.node('PropertyDefinition', start, { ...fields, value, at: from });
  }

  /** The `;` that may be left out. */
  protected endOfStatement(): void {
    if (!this.eat(';') && !this.is('}') && this.kind !== 'end' && !this.isFirst) this.refuse();
  }
}
