// What takes values: names, properties and patterns; and what is made of parts: functions and classes.
import { bodyOf, type Node } from '../syntax/index.ts';
import { UNSEEN } from './printer.ts';
import { Recorder } from './recorder.ts';

/** What V8 calls the functions that give a class its fields. */
export const FIELDS = '<instance_members_initializer>';
export const STATIC = '<static_initializer>';

export abstract class Targets extends Recorder {
  protected abstract value(node: Node | undefined): void;
  /** Does the statements of a list. */
  protected abstract list(nodes: readonly (Node | undefined)[]): void;

  protected key(node: Node): void {
    this.value(node.key);
    this.step('key', node);
  }

  /** What a property is asked of, and by which name. */
  protected reference({ object, isComputed, property }: Node): void {
    if (object.type === 'Super') this.emit();
    else this.value(object);
    if (isComputed) this.value(property);
    else if (property.type === 'PrivateIdentifier') this.emit();
  }

  protected taking(source: Node | string | undefined, run: () => void): void {
    const kept = this.source;
    this.source = source;
    run();
    this.source = kept;
  }

  /** @param source what the pattern takes apart @param at where QuickJS was before: it reads the pattern before what that takes apart */
  protected taken(node: Node, source: Node | string | undefined, at = this.at): void {
    const after = this.at;
    if (node.type !== 'Identifier') this.at = at;
    this.taking(source, () => this.pattern(node));
    this.at = after;
  }

  /** What takes a value: a name, a property, or a pattern. */
  protected pattern(node: Node): void {
    const { type, list } = node;
    if (type === 'Identifier') this.step('store', node, undefined, node.name);
    else if (type === 'MemberExpression') {
      this.reference(node);
      this.step('set', node, undefined, keyOf(node));
    } else if (type === 'ArrayPattern') {
      this.step('iterate', node);
      for (const one of list) {
        if (one === undefined) continue;
        this.expression((one.argument ?? one).start);
        this.element(one, undefined, () => this.step('next', node));
      }
    } else if (type === 'ObjectPattern') this.properties(node);
  }

  private properties(node: Node): void {
    const [first] = node.list;
    const index = this.found.length;
    // V8 looks whether there is anything when it takes out the first property.
    if (first === undefined || first.isComputed) this.step('pattern', node, node.start);
    for (const one of node.list) {
      const value = one?.value ?? one?.argument;
      if (one === undefined || value === undefined) continue;
      this.expression(value.start);
      if (one.isComputed) this.key(one);
      const target = value.type === 'AssignmentPattern' ? value.left : value;
      const source = target.type === 'MemberExpression' ? undefined : this.source;
      this.element(value, this.source, () => {
        if (one.type === 'Property')
          this.taking(source, () => this.step('get', one, undefined, keyOf({ ...one, property: one.key })));
        else this.step('pattern', node);
      });
    }
    const taking = this.found.slice(index).find(({ kind }) => kind === 'get' || kind === 'pattern');
    if (taking?.kind === 'get') this.found.splice(index, 0, { ...taking, kind: 'pattern', node });
  }

  /** A part of a pattern. @param take how its value comes, when it is known where it goes */
  private element(target: Node, source: Node | string | undefined, take: () => void): void {
    const { type, left, right, argument } = target;
    const place = type === 'AssignmentPattern' ? left : ((type === 'RestElement' ? argument : target) as Node);
    const isMember = place.type === 'MemberExpression';
    if (isMember) this.reference(place);
    take();
    if (type === 'AssignmentPattern') this.value(right);
    if (isMember) this.step('set', place, undefined, keyOf(place));
    else if (type === 'AssignmentPattern') this.taken(place, right);
    else this.taken(place, place.type === 'ArrayPattern' ? source : undefined);
  }

  protected class(node: Node): void {
    const { superClass, body, start } = node;
    this.emit();
    if (superClass !== undefined) {
      this.value(superClass);
      this.step('extends', superClass);
    }
    const members = body.list as Node[];
    for (const one of members.filter(({ isComputed }) => isComputed)) {
      this.statement(this.placeOf(one.key));
      this.key(one);
    }
    for (const one of members) {
      const { value, list } = one;
      if (one.type === 'MethodDefinition' && value !== undefined)
        this.within(value, undefined, () => this.function(value), node);
      if (one.type === 'StaticBlock') this.within(one, this.text.indexOf('{', one.start), () => this.list(list), node);
    }
    for (const isStatic of [false, true]) {
      const fields = members.filter((one) => one.type === 'PropertyDefinition' && one.isStatic === isStatic);
      this.within(
        { ...body, isStatic },
        -1,
        () => {
          for (const { value } of fields) {
            this.statement(value && this.placeOf(value));
            this.value(value);
          }
        },
        node,
      );
    }
    this.step('class', node, start);
    // What makes a class that has no constructor.
    if (!members.some(isMaker)) this.within(node, start, () => this.step('call', node, start, FIELDS), node);
  }

  /** @param start where QuickJS takes it to begin @param run what is done in it */
  protected within(node: Node, start = node.start, run = (): void => this.function(node), maker?: Node): void {
    const index = this.found.length;
    this.aside(() => {
      const body = bodyOf(node, this.body, maker);
      this.body = body;
      this.afresh(node.start);
      if (start < 0) this.at = start;
      else this.mark(start);
      this.isPlaced = false;
      run();
      if (this.isPlaced || start < 0) return;
      // A function that knows no place at all is told of where its line begins.
      for (const step of this.found.slice(index)) if (step.body === body) step.at = this.lineOf(start);
    });
  }

  private function({ params, body }: Node): void {
    for (const one of params) {
      if (one.type === 'AssignmentPattern') this.value(one.right);
      const target = one.type === 'AssignmentPattern' ? one.left : one;
      if (target.type !== 'Identifier') this.taken(target, one === target ? '' : UNSEEN.repeat(3));
    }
    if (body.type === 'BlockStatement') this.list(body.list);
    else {
      this.statement(this.placeOf(body));
      this.value(body);
    }
  }
}

const isMaker = ({ type, key, isComputed, isStatic }: Node): boolean =>
  type === 'MethodDefinition' && !isComputed && !isStatic && key.name === 'constructor';

/** The name of what is asked for, where the text tells. */
export function keyOf({ property, isComputed }: Node): string | undefined {
  if (property.type === 'Literal') return /^['"]/.test(property.name) ? property.name.slice(1, -1) : property.name;
  return isComputed ? undefined : property.name;
}

/** The name by which something is called. */
export function lastName(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' ? keyOf(node) : undefined;
}
